//! The books as people read them: what this phone holds of them, page by page.
//!
//! *Who sees what.* The office holds all homes' money, and with it the whole ledger. Everybody else holds the
//! owners' common money and their own homes: the same derivation tells them projects, common income and their own
//! sub-accounts; of what it says about other homes nothing is shown.

mod fund;
mod kept;
mod offers;
mod pages;

use linli_domain::kernel::Month;
use linli_wire::FactId;

pub use fund::{CommitteePage, CommonPage, FundPage, ProjectPage, QuarterPage, UnitsPage};
pub use kept::{Kept, own_homes};
pub use offers::BookOffers;
pub use pages::{AccountPage, EntryLine, EntryPage, LedgerPage, MonthPage, Summed};

/// A page of the books.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Book {
    /// What accounts have, how fees come in, the balances of months.
    Ledger,
    /// What an account moved, by its published name; with a quarter its entries.
    Account(String, Option<Month>),
    /// An entry, with what shows that it is so.
    Entry(FactId),
    /// The maintenance fund and its projects.
    Fund,
    /// The sub-accounts of a building.
    Units(String),
    /// A project.
    Project(FactId),
    /// Common income.
    Common,
    /// What the committee spends.
    Committee,
}

impl Book {
    /// Returns its stable name; [`Book::parse`] reads it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Ledger => "ledger".to_owned(),
            Self::Account(name, None) => format!("account/{name}"),
            Self::Account(name, Some(quarter)) => format!("account/{name}/{quarter}"),
            Self::Entry(fact) => format!("entry/{}", fact.to_hex()),
            Self::Fund => "fund".to_owned(),
            Self::Units(building) => format!("units/{building}"),
            Self::Project(project) => format!("project/{}", project.to_hex()),
            Self::Common => "common".to_owned(),
            Self::Committee => "committee".to_owned(),
        }
    }

    /// Reads a stable name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.split_once('/') {
            None => match name {
                "ledger" => Self::Ledger,
                "fund" => Self::Fund,
                "common" => Self::Common,
                "committee" => Self::Committee,
                _ => return None,
            },
            // No name of an account has a slash.
            Some(("account", rest)) => match rest.split_once('/') {
                None => Self::Account(rest.to_owned(), None),
                Some((name, quarter)) => {
                    Self::Account(name.to_owned(), Some(Month::parse(quarter)?))
                }
            },
            Some(("entry", fact)) => Self::Entry(FactId::from_hex(fact)?),
            Some(("units", building)) => Self::Units(building.to_owned()),
            Some(("project", project)) => Self::Project(FactId::from_hex(project)?),
            Some(_) => return None,
        })
    }
}

/// What a page of the books shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookPage {
    /// Of [`Book::Ledger`].
    Ledger(LedgerPage),
    /// Of [`Book::Account`].
    Account(AccountPage),
    /// Of [`Book::Entry`].
    Entry(EntryPage),
    /// Of [`Book::Fund`].
    Fund(FundPage),
    /// Of [`Book::Units`].
    Units(UnitsPage),
    /// Of [`Book::Project`].
    Project(Box<ProjectPage>),
    /// Of [`Book::Common`].
    Common(CommonPage),
    /// Of [`Book::Committee`].
    Committee(CommitteePage),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_its_name() {
        let quarter = Month::parse("2026-10");
        let books = [
            Book::Ledger,
            Book::Account("income:fees:charge:物业费".to_owned(), None),
            Book::Account("assets:fees:home".to_owned(), quarter),
            Book::Entry(FactId([7; 16])),
            Book::Fund,
            Book::Units("3".to_owned()),
            Book::Project(FactId([8; 16])),
            Book::Common,
            Book::Committee,
        ];
        for book in books {
            assert_eq!(Book::parse(&book.name()), Some(book));
        }
        for wrong in ["", "ledgers", "entry/7", "account/x/2026", "project/"] {
            assert_eq!(Book::parse(wrong), None, "{wrong}");
        }
    }
}
