//! Figures that are published (信息公开): sums, never a home or a person.
//!
//! *Totals* are what accounts moved in a quarter; behind each stand its entries, and behind these their facts with
//! their vouchers, for those who may read them ([`Ledger::behind`]). *Collected* is what was paid of what fell due,
//! building by building, as a fraction: nobody rounds a rate before it is shown. *Arrears* are by age alone: who
//! owes is nobody's business but theirs (Civil Code 944 has a demand, no notice board).

use std::collections::BTreeMap;

use super::{Entry, Ledger, LedgerAccount, Sources, home, journal::Days};
use crate::{
    kernel::{Day, Fen, Month},
    payments::statement::course,
};

/// What an account moved in a quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// What was added to it, less what was taken from it.
    pub amount: Fen,
    /// In how many entries.
    pub entries: u32,
}

/// What was paid of what fell due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Paid of it, late fees apart.
    pub paid: Fen,
    /// What fell due.
    pub billed: Fen,
}

/// How long something is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Up to 90 days.
    Quarter,
    /// Up to 365 days.
    Year,
    /// Up to three years: until then a debt can be enforced if nobody demands it (Civil Code 188).
    ThreeYears,
    /// Longer.
    Older,
}

impl Age {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Quarter, Self::Year, Self::ThreeYears, Self::Older];

    /// Returns the stable word: days, both included.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quarter => "1-90",
            Self::Year => "91-365",
            Self::ThreeYears => "366-1095",
            Self::Older => "1096+",
        }
    }

    /// Finds the age of what is owed for some days; nothing on the due day or before it.
    #[must_use]
    pub const fn of(days: i64) -> Option<Self> {
        match days {
            ..=0 => None,
            1..=90 => Some(Self::Quarter),
            91..=365 => Some(Self::Year),
            366..=1_095 => Some(Self::ThreeYears),
            1_096.. => Some(Self::Older),
        }
    }
}

/// What is owed of one age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrears {
    /// How many bills.
    pub bills: u32,
    /// What is left of them, late fees apart.
    pub left: Fen,
}

/// What is published of the fees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// What was paid, building by building, of bills that fell due on the days asked for.
    pub collected: BTreeMap<String, Collected>,
    /// What is owed on a day, by age.
    pub arrears: BTreeMap<Age, Arrears>,
}

/// Tells how the fees of some days were paid, and what is owed on a day. `None` where a sum cannot be held.
#[must_use]
pub fn fees(sources: &Sources<'_>, days: &Days, today: Day) -> Option<Fees> {
    let mut fees = Fees::default();
    for (unit, years) in home::by_unit(sources.accounts) {
        let debts = course(&years, sources.books, sources.law)?.debts.into_iter();
        for owed in debts.map(|debt| debt.owed).filter(|owed| !owed.withdrawn) {
            if days.has(owed.due) && owed.due <= today {
                let of = fees.collected.entry(unit.building().to_owned()).or_default();
                of.billed = of.billed.plus(owed.total)?;
                of.paid = of.paid.plus(owed.total.minus(owed.left)?)?;
            }
            let age = Age::of(today.days_since(owed.due)).filter(|_| owed.left > Fen::ZERO);
            if let Some(age) = age {
                let arrears = fees.arrears.entry(age).or_default();
                arrears.bills = arrears.bills.saturating_add(1);
                arrears.left = arrears.left.plus(owed.left)?;
            }
        }
    }
    Some(fees)
}

/// Returns the name under which an account is published: without home and person.
#[must_use]
pub fn published(account: &LedgerAccount) -> String {
    let name = account.name();
    if account.home().is_some() || account.person().is_some() {
        return name.rsplit_once(':').map_or(name.clone(), |(all, _)| all.to_owned());
    }
    name
}

impl Ledger {
    /// Sums up quarter by quarter what accounts moved, by published name; a quarter is told by its first month.
    /// `None` where a sum cannot be held.
    #[must_use]
    pub fn quarters(&self, days: &Days) -> Option<BTreeMap<(Month, String), Total>> {
        let names: Vec<String> = self.chart.iter().map(published).collect();
        let mut totals: BTreeMap<(Month, &str), Total> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| days.has(entry.day)) {
            let quarter = Month::of(entry.day).quarter();
            for (at, posting) in self.touched(entry).zip(self.raw(entry)) {
                let total = totals.entry((quarter, names.get(at)?)).or_default();
                total.amount = total.amount.plus(posting.amount)?;
                total.entries = total.entries.saturating_add(1);
            }
        }
        let named = totals.into_iter();
        Some(named.map(|((quarter, name), total)| ((quarter, name.to_owned()), total)).collect())
    }

    /// Iterates over the entries behind a published total.
    pub fn behind<'a>(
        &'a self,
        quarter: Month,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Entry> + 'a {
        let of = move |entry: &&Entry| {
            Month::of(entry.day).quarter() == quarter
                && self.postings(entry).any(|(account, _)| published(account) == name)
        };
        self.entries.iter().filter(of)
    }
}
