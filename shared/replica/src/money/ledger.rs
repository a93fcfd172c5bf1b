//! The ledger, derived from all that this phone holds.

use linli_domain::{
    kernel::{Attachment, Author, Day, Moment, Role},
    payments::{
        self, Account, Refusal, Round,
        ledger::{
            Ledger, Sources,
            disclosure::{Fees, fees},
            journal::Days,
            ledger,
        },
    },
    shelf::Room,
};
use linli_wire::{FactId, fact::Fact};

use super::ask::refused;
use crate::{
    AskError, ReplicaError,
    replica::Replica,
    store::{Listed, Query, Store, Table},
    stored::FactRow,
};

impl<S: Store> Replica<S> {
    /// Derives the ledger.
    ///
    /// # Errors
    /// [`AskError::Refused`] for who does not belong to the office: others hold a part of the books only.
    pub fn ledger(&self, now: Moment) -> Result<Ledger, AskError> {
        let broken = ReplicaError::Broken { invariant: "the ledger can be held" };
        Ok(self.with_sources(&self.office(now)?, ledger)?.ok_or(broken)?)
    }

    /// Tells how the fees of some days were paid, and what is owed now, by age.
    ///
    /// # Errors
    /// As [`Replica::ledger`].
    pub fn published_fees(&self, days: &Days, now: Moment) -> Result<Fees, AskError> {
        let offset = self.member()?.current.law().utc_offset_minutes;
        let said = |sources: &Sources<'_>| fees(sources, days, Day::of(now, offset)?);
        let broken = ReplicaError::Broken { invariant: "published sums can be held" };
        Ok(self.with_sources(&self.office(now)?, said)?.ok_or(broken)?)
    }

    /// Returns this phone's person, if they belong to the office.
    fn office(&self, now: Moment) -> Result<Author, AskError> {
        let viewer = self.viewer(now)?;
        if viewer.is_any(Role::is_office) { Ok(viewer) } else { Err(refused(Refusal::NotYours)) }
    }

    /// Returns what shows that a fact is so, for who may read the fact: photos of invoices, slips, letters.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn vouchers(&self, fact: &FactId) -> Result<Vec<Attachment>, ReplicaError> {
        let Some(row) = self.store().get(Table::Fact, &fact.0)? else { return Ok(Vec::new()) };
        Ok(payments::attachments(&Fact::decode(&FactRow::decode(&row)?.bytes)?))
    }

    /// Folds all homes' years.
    pub(super) fn all_accounts(&self) -> Result<Vec<Account>, ReplicaError> {
        let reading = self.reading()?;
        let mut accounts = Vec::new();
        for id in self.listed_as("account")? {
            accounts.extend(reading.fold_account(&id)?);
        }
        Ok(accounts)
    }

    pub(super) fn all_rounds(&self) -> Result<Vec<Round>, ReplicaError> {
        let mut rounds = Vec::new();
        for id in self.listed_as("round")? {
            rounds.extend(self.round_state(&id)?);
        }
        Ok(rounds)
    }

    fn listed_as(&self, tag: &str) -> Result<Vec<FactId>, ReplicaError> {
        let query = Query {
            room: Room::Payments.code(),
            listed: Listed::Tag(tag.to_owned()),
            limit: u32::MAX,
            ..Query::default()
        };
        Ok(self.store().window(&query)?.rows.iter().map(|row| FactId(row.id)).collect())
    }
}
