//! The machine itself: a store, keys, and what is known in memory.

use linli_domain::repairs;
use linli_seal::DeviceKeys;
use linli_wire::{CommunityId, FactId, Hash};

use crate::{
    ReplicaError,
    join::Joining,
    judge::FOLD_VERSION,
    memory::{Memory, meta},
    reading::Reading,
    store::{Durability, Store, Table},
    stored::PackRow,
    sync::Conversation,
    work::Work,
};

/// One community on one phone.
///
/// It does no I/O of its own: the store is handed in, time and chance are arguments, and calls to
/// the relay come out and go in as plain data.
#[derive(Debug)]
pub struct Replica<S> {
    store: S,
    keys: DeviceKeys,
    memory: Option<Memory>,
    pub(crate) joining: Option<Joining>,
    pub(crate) conversation: Conversation,
    changes: u64,
}

impl<S: Store> Replica<S> {
    /// Opens the replica on its store; rows written by other folds are rebuilt.
    ///
    /// # Errors
    /// [`ReplicaError`] if the store is damaged.
    pub fn open(store: S, keys: DeviceKeys) -> Result<Self, ReplicaError> {
        let memory = Memory::load(&store)?;
        let joining = Joining::load(&store)?;
        let mut replica = Self {
            store,
            keys,
            memory,
            joining,
            conversation: Conversation::default(),
            changes: 0,
        };
        let fold = replica.store.get(Table::Meta, meta::FOLD)?;
        if replica.memory.is_some() && fold.as_deref() != Some(&[FOLD_VERSION]) {
            replica.rebuild()?;
        }
        Ok(replica)
    }

    /// Rebuilds every verdict and row from the facts.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn rebuild(&mut self) -> Result<(), ReplicaError> {
        self.work(Durability::Normal, |work| {
            work.at.clear_rows();
            work.judge_all()
        })
    }

    /// Returns the community, once it is founded or its charter is known.
    #[must_use]
    pub fn community(&self) -> Option<CommunityId> {
        self.memory.as_ref().map(|memory| memory.community)
    }

    /// Counts the changes since this was opened: while it stays, whatever is derived stays.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// Returns this phone's keys.
    #[must_use]
    pub const fn keys(&self) -> &DeviceKeys {
        &self.keys
    }

    pub(crate) fn set_keys(&mut self, keys: DeviceKeys) {
        self.keys = keys;
        self.conversation = Conversation::default();
    }

    /// Returns the store, to read from.
    #[must_use]
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Returns the store, for tests and for closing it.
    #[must_use]
    pub const fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    pub(crate) const fn memory(&self) -> Option<&Memory> {
        self.memory.as_ref()
    }

    pub(crate) fn member(&self) -> Result<&Memory, ReplicaError> {
        self.memory
            .as_ref()
            .ok_or(ReplicaError::Broken { invariant: "a community is founded or joined" })
    }

    pub(crate) fn set_memory(&mut self, memory: Option<Memory>) {
        self.memory = memory;
    }

    /// Does one unit of work and commits it; on any failure nothing is changed, on disk or here.
    pub(crate) fn work<T>(
        &mut self,
        durability: Durability,
        job: impl FnOnce(&mut Work<'_, S>) -> Result<T, ReplicaError>,
    ) -> Result<T, ReplicaError> {
        let result = self.try_work(durability, job);
        if result.is_err() {
            self.memory = Memory::load(&self.store)?;
        }
        result
    }

    fn try_work<T>(
        &mut self,
        durability: Durability,
        job: impl FnOnce(&mut Work<'_, S>) -> Result<T, ReplicaError>,
    ) -> Result<T, ReplicaError> {
        let memory = self
            .memory
            .as_mut()
            .ok_or(ReplicaError::Broken { invariant: "a community is founded or joined" })?;
        let mut work = Work::new(&self.store, memory, &self.keys);
        let value = job(&mut work)?;
        work.settle()?;
        let batch = work.at.into_batch();
        if !batch.is_empty() {
            self.store.commit(&batch, durability)?;
            self.changes = self.changes.wrapping_add(1);
        }
        Ok(value)
    }

    /// Reads a pack that is to be handed in: of the outbox, or offered again.
    pub(crate) fn unplaced_pack(&self, hash: &Hash) -> Result<PackRow, ReplicaError> {
        let row = self.store.get(Table::Pack, &hash.0)?;
        let row = row.ok_or(ReplicaError::Broken { invariant: "a pack in the outbox is kept" })?;
        PackRow::decode(&row)
    }

    /// Saves documents anew whose changes since their snapshots are many; each on its own, so that
    /// nothing waits for all of them.
    pub(crate) fn shorten(&mut self) -> Result<(), ReplicaError> {
        while self.work(Durability::Normal, |work| work.shorten_one())? {}
        Ok(())
    }

    /// Folds a repair as it stands now.
    pub(crate) fn repair_state(
        &self,
        about: &FactId,
    ) -> Result<Option<repairs::Repair>, ReplicaError> {
        Ok(self.reading()?.fold_repair(about)?.map(|(_, repair)| repair))
    }

    /// Returns what folds are read through.
    pub(crate) fn reading(&self) -> Result<Reading<'_, S>, ReplicaError> {
        Ok(Reading { source: &self.store, memory: self.member()? })
    }
}
