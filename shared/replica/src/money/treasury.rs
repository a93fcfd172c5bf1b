//! The owners' common money: fund, common income, the committee's expenses, signed balances.

use linli_domain::{
    kernel::{Author, Draft, Moment},
    payments::{
        Treasury,
        treasury::{Asked, Known},
    },
    repairs::Place,
};
use linli_wire::FactId;

use super::ask::refused;
use crate::{AskError, ReplicaError, replica::Replica, store::Store};

impl<S: Store> Replica<S> {
    /// Folds the owners' common money, as far as this phone reads it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn treasury(&self) -> Result<Treasury, ReplicaError> {
        self.reading()?.fold_treasury()
    }

    pub(super) fn decide_treasury(
        &self,
        asked: &Asked,
        author: &Author,
        now: Moment,
    ) -> Result<Draft, AskError> {
        let (named, reckons) = match asked {
            Asked::Plan { repair, .. } => (*repair, false),
            Asked::Share { .. } | Asked::SignMonth { .. } | Asked::ConfirmMonth { .. } => {
                (None, true)
            }
            Asked::Approve(_)
            | Asked::Urge { .. }
            | Asked::Cosign { .. }
            | Asked::Spend { .. }
            | Asked::Earn(_)
            | Asked::Pay(_) => (None, false),
        };
        let verified = named.map(|repair| self.verified_place(&repair)).transpose()?.flatten();
        let ledger = reckons.then(|| self.ledger(now)).transpose()?;
        let registry = &self.member()?.current;
        let known = Known { registry, verified, ledger: ledger.as_ref() };
        self.treasury()?.decide(author, asked, &known).map_err(refused)
    }

    /// Returns the place of a repair, if somebody verified it.
    pub(super) fn verified_place(&self, repair: &FactId) -> Result<Option<Place>, ReplicaError> {
        Ok(self.repair_state(repair)?.and_then(|repair| repair.tip()?.verified.clone()))
    }
}
