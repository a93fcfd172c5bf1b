//! What is derived once for all pages of the books.

use linli_domain::{
    kernel::{Author, Day, Moment, Month, Role, Scope, UnitCode},
    payments::{
        Account, Round, Treasury,
        ledger::{
            Ledger, Sources,
            disclosure::{Fees, fees},
            journal::Days,
            ledger,
        },
    },
};

use super::Book;
use crate::{ReplicaError, replica::Replica, store::Store};

/// Months before this one of which it is told how what fell due was paid.
const COLLECTED_MONTHS: u32 = 11;

/// The books as this phone derives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The ledger.
    pub ledger: Ledger,
    /// Fund, common income, committee.
    pub treasury: Treasury,
    /// How fees were paid that fell due in the last year, and what is owed; only where all homes are in it.
    pub fees: Option<Fees>,
    /// The day it is for.
    pub today: Day,
    /// The homes of this phone's person.
    pub own: Vec<UnitCode>,
}

impl Kept {
    /// Tells whether all homes are in it.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.fees.is_some()
    }

    /// Tells whether this phone's person may read of a home.
    pub(super) fn shows(&self, unit: Option<&UnitCode>) -> bool {
        self.is_whole() || unit.is_none_or(|unit| self.own.contains(unit))
    }
}

impl<S: Store> Replica<S> {
    /// Derives the books, as far as this phone's person reads them. It costs what all that was ever paid
    /// costs: keep it while [`Replica::changes`] and the day stay.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn books(&self, now: Moment) -> Result<Kept, ReplicaError> {
        let viewer = self.viewer(now)?;
        let whole = viewer.is_any(Role::is_office);
        let offset = self.member()?.current.law().utc_offset_minutes;
        let kept = |sources: &Sources<'_>| {
            let today = Day::of(now, offset)?;
            let from = Month::of(today).minus(COLLECTED_MONTHS).and_then(Month::first);
            let days = Days { from, to: Some(today) };
            let fees = if whole { Some(fees(sources, &days, today)?) } else { None };
            let (own, treasury) = (own_homes(&viewer), sources.treasury.clone());
            Some(Kept { ledger: ledger(sources)?, treasury, fees, today, own })
        };
        let broken = ReplicaError::Broken { invariant: "the books can be held" };
        self.with_sources(&viewer, kept)?.ok_or(broken)
    }

    /// Returns the books that this phone's person may open.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn books_to_open(&self, now: Moment) -> Result<Vec<Book>, ReplicaError> {
        let viewer = self.viewer(now)?;
        let mut books = vec![Book::Fund, Book::Common, Book::Committee];
        if viewer.is_any(Role::is_office) {
            books.insert(0, Book::Ledger);
        }
        books.retain(|_| !viewer.duties.is_empty());
        Ok(books)
    }

    /// Gathers what the books are derived from: all homes for the office, for others their own.
    pub(in crate::money) fn with_sources<T>(
        &self,
        viewer: &Author,
        call: impl FnOnce(&Sources<'_>) -> T,
    ) -> Result<T, ReplicaError> {
        let (mut accounts, mut rounds): (Vec<Account>, Vec<Round>) = Default::default();
        if viewer.is_any(Role::is_office) {
            (accounts, rounds) = (self.all_accounts()?, self.all_rounds()?);
        } else {
            for unit in own_homes(viewer) {
                accounts.extend(self.accounts_of(&unit)?);
            }
        }
        let memory = self.member()?;
        let treasury = self.treasury()?;
        Ok(call(&Sources {
            accounts: &accounts,
            rounds: &rounds,
            books: &memory.books,
            treasury: &treasury,
            law: memory.current.law(),
        }))
    }
}

/// Returns the homes whose money is a person's own.
#[must_use]
pub fn own_homes(viewer: &Author) -> Vec<UnitCode> {
    let mut homes: Vec<UnitCode> = Vec::new();
    for duty in viewer.duties.iter().filter(|duty| duty.role.is_household()) {
        if let Scope::Unit(unit) = &duty.scope {
            homes.push(unit.clone());
        }
    }
    homes.sort();
    homes.dedup();
    homes
}
