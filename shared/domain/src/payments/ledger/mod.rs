//! The ledger: double entry, derived from facts alone.
//!
//! *Nobody writes into it.* It is a pure function of what homes, rounds and books say ([`ledger`]): two
//! phones with the same facts have the same ledger, in whatever order the facts came. Every [`Entry`] points
//! at its fact, and its postings sum to zero, in each fund ([`Purse`]).
//!
//! | fact | from → to |
//! |---|---|
//! | bill | income of each charge → what the home owes |
//! | receipt | what the home owes → cash in hand, bank or wallet; what settles a late fee becomes income |
//! | void | back, on the day the second person agreed; cash that was counted is over from then on |
//! | withdrawal of a run | back, all its bills in one entry, on the day the second person agreed |
//! | refund | office's cash, bank or wallet → what the home owes |
//! | count | cash in hand → counted; short or over to its own account |
//! | handover | counted → office; likewise |
//! | bank's slip | office → bank |
//! | paid into the fund | what the unit owes the fund, then its sub-account → the fund's bank |
//! | the fund pays | the fund's bank → sub-accounts by area, what they lack is owed by their units |
//! | common income | income and cost of its source → money of common income |
//! | shared out | that money → the fund's bank and sub-accounts by area, the committee's money |
//! | committee, deposits | each in a fund of its own |
//!
//! *Credit* of a home is what it owes, below zero: one figure for each home, which nothing has to move when
//! its next bill takes the credit up.
//!
//! *Late fees* are income when they are paid: until then nobody knows them, as they grow by the day and a
//! court may cut them.
//!
//! *What was paid* on a bill that is withdrawn is its home's credit from that day on; late fees that were paid on
//! it are income no more. Entries before that day stay as they were, for their month may be signed.
//!
//! *A void after the count* makes the cash a surplus: it was counted, and nobody knows any more whose it was.
//! That is a [`LedgerProblem`], like whatever else somebody has to look into.

mod account;
mod build;
mod cash;
pub mod disclosure;
mod fund;
mod home;
pub mod journal;
mod problem;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

use linli_wire::FactId;

pub use account::{Class, LedgerAccount, Purse};
pub use problem::LedgerProblem;

use super::{Account, Books, Fund, Round, Treasury};
use crate::{
    kernel::{Day, Fen, Moment, Month, UnitCode},
    law::{Money, RuleSet},
};

/// What happened; entries of one moment come in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Memo {
    /// A bill.
    Billed,
    /// What a bill took up of a home's credit for lateness.
    LateFromCredit,
    /// A receipt.
    Received,
    /// It was made void.
    Voided,
    /// Money was given back.
    Refunded,
    /// A bill run was withdrawn.
    Withdrawn,
    /// Cash was counted.
    Counted,
    /// It was taken over.
    TakenOver,
    /// It was paid into the bank.
    Banked,
    /// Money came into a sub-account of the fund.
    FundPaid,
    /// Common income.
    CommonIncome,
    /// Common income was shared out.
    CommonSplit,
    /// The fund paid.
    Spent,
    /// The committee paid.
    Expense,
    /// A deposit was taken.
    DepositTaken,
    /// A deposit was given back.
    DepositReturned,
}

impl Memo {
    /// All of them, in order.
    pub const ALL: [Self; 16] = [
        Self::Billed,
        Self::LateFromCredit,
        Self::Received,
        Self::Voided,
        Self::Refunded,
        Self::Withdrawn,
        Self::Counted,
        Self::TakenOver,
        Self::Banked,
        Self::FundPaid,
        Self::CommonIncome,
        Self::CommonSplit,
        Self::Spent,
        Self::Expense,
        Self::DepositTaken,
        Self::DepositReturned,
    ];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Billed => "bill",
            Self::LateFromCredit => "late_from_credit",
            Self::Received => "receipt",
            Self::Voided => "void",
            Self::Refunded => "refund",
            Self::Withdrawn => "withdrawn",
            Self::Counted => "count",
            Self::TakenOver => "handover",
            Self::Banked => "banked",
            Self::FundPaid => "fund_paid",
            Self::CommonIncome => "common_income",
            Self::CommonSplit => "common_split",
            Self::Spent => "fund_spent",
            Self::Expense => "committee_expense",
            Self::DepositTaken => "deposit",
            Self::DepositReturned => "deposit_returned",
        }
    }
}

/// A sum on an account: its place in the chart, and what is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    account: u32,
    /// What is added to the account; the postings of an entry sum to zero.
    pub amount: Fen,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The fact it follows from.
    pub fact: FactId,
    /// When the fact has its effect.
    pub when: Moment,
    /// On which day of the community that is.
    pub day: Day,
    /// What happened.
    pub memo: Memo,
    postings: Range<usize>,
}

/// The ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    chart: Vec<LedgerAccount>,
    entries: Vec<Entry>,
    postings: Vec<Posting>,
    /// What somebody has to look into, in order.
    pub problems: Vec<LedgerProblem>,
    /// The maintenance fund, unit by unit.
    pub sub_accounts: BTreeMap<UnitCode, SubAccount>,
}

/// A unit's part of the maintenance fund (分户账).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubAccount {
    /// Its first deposits.
    pub first: Fen,
    /// What is left: never below zero.
    pub balance: Fen,
    /// What works cost it that it did not have: its owner is billed for it.
    pub owed: Fen,
}

impl SubAccount {
    /// Returns it as the rules of the low line and of topping up take it.
    #[must_use]
    pub const fn fund(&self) -> Fund {
        Fund { deposit: self.first, balance: self.balance }
    }
}

/// What the ledger is derived from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Homes, each by years.
    pub accounts: &'a [Account],
    /// Rounds.
    pub rounds: &'a [Round],
    /// Tariffs and runs.
    pub books: &'a Books,
    /// Fund, common income, committee.
    pub treasury: &'a Treasury,
    /// The rules.
    pub law: &'a RuleSet,
}

/// Derives the ledger, in whatever order its sources are given. `None` where a sum cannot be held, or a
/// moment lies outside the calendar.
///
/// It takes the bills and payments of a home in time once, however many there are.
#[must_use]
pub fn ledger(sources: &Sources<'_>) -> Option<Ledger> {
    let bills = sources.accounts.iter().map(|account| account.bills.len() + account.receipts.len());
    let mut build = build::Build::new(sources.law, bills.sum());
    let rounds: BTreeMap<FactId, &Round> =
        sources.rounds.iter().map(|round| (round.id, round)).collect();
    home::take(&mut build, sources, &counted(sources))?;
    for round in rounds.values() {
        cash::take(&mut build, round)?;
    }
    fund::take(&mut build, sources)?;
    build.finish()
}

/// Returns the receipts whose cash was counted, ascending, and when that was.
fn counted(sources: &Sources<'_>) -> Vec<(FactId, Moment)> {
    let mut counted: Vec<_> = sources.rounds.iter().flat_map(cash::counted).collect();
    counted.sort_unstable();
    counted
}

impl Ledger {
    /// Returns the accounts that are used, in the order of the chart.
    #[must_use]
    pub fn chart(&self) -> &[LedgerAccount] {
        &self.chart
    }

    /// Returns the entries, in time.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Iterates over the postings of an entry: account and sum.
    pub fn postings(&self, entry: &Entry) -> impl Iterator<Item = (&LedgerAccount, Fen)> {
        self.raw(entry).iter().filter_map(|posting| {
            let account = self.chart.get(usize::try_from(posting.account).ok()?)?;
            Some((account, posting.amount))
        })
    }

    fn raw(&self, entry: &Entry) -> &[Posting] {
        self.postings.get(entry.postings.clone()).unwrap_or_default()
    }

    /// Sums up what every account has at the end of a day, in the order of the chart; accounts with nothing
    /// are among them. `None` where a sum cannot be held.
    #[must_use]
    pub fn balances(&self, last: Day) -> Option<Vec<(&LedgerAccount, Fen)>> {
        let mut sums = vec![Fen::ZERO; self.chart.len()];
        for entry in self.entries.iter().take_while(|entry| entry.day <= last) {
            self.add(&mut sums, entry)?;
        }
        Some(self.chart.iter().zip(sums).collect())
    }

    /// Adds an entry to the sums of the accounts, which lie in the order of the chart.
    #[must_use]
    pub fn add(&self, sums: &mut [Fen], entry: &Entry) -> Option<()> {
        for posting in self.raw(entry) {
            let sum = sums.get_mut(usize::try_from(posting.account).ok()?)?;
            *sum = sum.plus(posting.amount)?;
        }
        Some(())
    }

    /// Iterates over the places in the chart that an entry touches.
    pub fn touched(&self, entry: &Entry) -> impl Iterator<Item = usize> {
        self.raw(entry).iter().filter_map(|posting| usize::try_from(posting.account).ok())
    }

    /// Tells whether the fund as a whole is below its low line. `None` where a sum cannot be held.
    #[must_use]
    pub fn fund_is_low(&self, rules: &Money) -> Option<bool> {
        let deposit = Fen::sum(self.sub_accounts.values().map(|sub| sub.first))?;
        let balance = Fen::sum(self.sub_accounts.values().map(|sub| sub.balance))?;
        Some(Fund { deposit, balance }.is_low(rules))
    }

    /// Returns the months from the first entry to the last; none if there are no entries.
    #[must_use]
    pub fn months(&self) -> Option<(Month, Month)> {
        let (first, last) = (self.entries.first()?, self.entries.last()?);
        Some((Month::of(first.day), Month::of(last.day)))
    }
}
