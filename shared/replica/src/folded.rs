//! Folded years of homes, kept while nothing of them changes: a door that was opened is not folded again
//! for the receipt, nor are the doors beside it when the round is drawn anew.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use linli_domain::payments::Account;
use linli_wire::FactId;

/// Most years kept, of some ten kilobytes each: ten years of a building's fifty homes.
const KEPT_MAX: usize = 512;

/// Folded years by their ids. Only what is committed is kept here.
#[derive(Debug, Default)]
pub(crate) struct Folded(Mutex<BTreeMap<FactId, Account>>);

impl Folded {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<FactId, Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, id: &FactId) -> Option<Account> {
        self.lock().get(id).cloned()
    }

    pub(crate) fn keep(&self, id: FactId, account: Account) {
        let mut kept = self.lock();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(id, account);
    }

    /// Something about it came, or is judged otherwise.
    pub(crate) fn forget(&self, id: &FactId) {
        self.lock().remove(id);
    }

    /// Rights, runs or rules are not what they were.
    pub(crate) fn forget_all(&self) {
        self.lock().clear();
    }
}
