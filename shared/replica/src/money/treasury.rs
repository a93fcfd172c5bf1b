//! The owners' common money: fund, common income, the committee's expenses, signed balances.

use linli_domain::{
    kernel::{Author, Day, Draft, Fen, Moment, Month, UnitCode},
    payments::{
        Account, Treasury,
        ledger::{Sources, ledger},
        treasury::{Asked, Known},
    },
    repairs::Place,
};
use linli_wire::FactId;

use super::ask::refused;
use crate::{AskError, ReplicaError, replica::Replica, store::Store};

/// What a home has to pay into the maintenance fund: works cost it more than its sub-account had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundBill {
    /// How much.
    pub owed: Fen,
    /// The works that it shared: what, its month, the home's part, how many shared it.
    pub works: Vec<(String, Month, Fen, u32)>,
}

impl<S: Store> Replica<S> {
    /// Tells what a home has to pay into the fund beyond its sub-account; nothing if it had enough.
    pub(super) fn fund_bill(
        &self,
        unit: &UnitCode,
        accounts: &[Account],
    ) -> Result<Option<FundBill>, ReplicaError> {
        let memory = self.member()?;
        let (treasury, law) = (self.treasury()?, memory.current.law());
        if treasury.projects.values().all(|project| project.spent.is_empty()) {
            return Ok(None);
        }
        let broken = || ReplicaError::Broken { invariant: "a sub-account can be held" };
        let sources =
            Sources { accounts, rounds: &[], books: &memory.books, treasury: &treasury, law };
        let ledger = ledger(&sources).ok_or_else(broken)?;
        let owed = ledger.sub_accounts.get(unit).map(|sub| sub.owed).unwrap_or_default();
        if owed == Fen::ZERO {
            return Ok(None);
        }
        let mut works = Vec::new();
        for project in treasury.projects.values() {
            let charged = project.charged().ok_or_else(broken)?;
            let own = charged.iter().find(|(of, share)| *of == unit && *share > Fen::ZERO);
            let first = project.spent.values().map(|spent| spent.when).min();
            if let (Some((_, share)), Some(first)) = (own, first) {
                let day = Day::of(first, law.utc_offset_minutes).ok_or_else(broken)?;
                let payers = u32::try_from(charged.len()).unwrap_or(u32::MAX);
                works.push((project.opened.fields.purpose.clone(), Month::of(day), *share, payers));
            }
        }
        works.sort_by_key(|(_, month, ..)| *month);
        Ok(Some(FundBill { owed, works }))
    }

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
