//! The ledger, derived from all that this phone holds.

use linli_domain::{
    kernel::Moment,
    payments::{
        Account, Refusal, Round,
        ledger::{Ledger, Sources, ledger},
    },
    shelf::Room,
};
use linli_wire::FactId;

use crate::{
    AskError, ReplicaError,
    replica::Replica,
    store::{Listed, Query, Store},
};

impl<S: Store> Replica<S> {
    /// Derives the ledger.
    ///
    /// # Errors
    /// [`AskError::Refused`] for who does not belong to the office: others hold a part of the books only.
    pub fn ledger(&self, now: Moment) -> Result<Ledger, AskError> {
        let office = self.viewer(now)?.duties.iter().any(|duty| duty.role.is_office());
        if !office {
            return Err(AskError::Refused(Refusal::NotYours.word().to_owned()));
        }
        let memory = self.member()?;
        let (accounts, rounds) = (self.all_accounts()?, self.all_rounds()?);
        let treasury = self.reading()?.fold_treasury()?;
        let sources = Sources {
            accounts: &accounts,
            rounds: &rounds,
            books: &memory.books,
            treasury: &treasury,
            law: memory.current.law(),
        };
        let broken = ReplicaError::Broken { invariant: "the ledger can be held" };
        Ok(ledger(&sources).ok_or(broken)?)
    }

    /// Folds all homes' years.
    fn all_accounts(&self) -> Result<Vec<Account>, ReplicaError> {
        let reading = self.reading()?;
        let mut accounts = Vec::new();
        for id in self.listed_as("account")? {
            accounts.extend(reading.fold_account(&id)?);
        }
        Ok(accounts)
    }

    fn all_rounds(&self) -> Result<Vec<Round>, ReplicaError> {
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
