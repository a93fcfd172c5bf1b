//! What readers see: heads, access and news of each community, always as last committed.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use linli_wire::{CommunityId, Hash, LogEpoch, access::AccessList};
use tokio::sync::watch;

/// A community as readers see it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) no: i64,
    pub(crate) charter: Vec<u8>,
    pub(crate) epoch: LogEpoch,
    pub(crate) last: u64,
    pub(crate) head: Hash,
    pub(crate) stamp: i64,
    pub(crate) access: AccessList,
    /// Tells waiting readers the last entry.
    pub(crate) news: watch::Sender<u64>,
}

/// All communities.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared(Arc<RwLock<BTreeMap<CommunityId, Seen>>>);

impl Shared {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, BTreeMap<CommunityId, Seen>> {
        // Nothing that holds the lock can panic half-way through a change.
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<CommunityId, Seen>> {
        self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
