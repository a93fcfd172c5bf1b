//! Money: what this person asks about it, and what screens are told of it.

mod ask;
mod bills;
mod books;
mod doable;
mod find;
mod ledger;
mod offers;
mod rounds;
mod scan;
mod treasury;
mod view;

pub(crate) use ask::refused;
pub use ask::{Ask, BillAsked, Doors};
pub use books::{
    AccountPage, Book, BookOffers, BookPage, CommitteePage, CommonPage, EntryLine, EntryPage,
    FundPage, Kept, LedgerPage, MonthPage, ProjectPage, QuarterPage, Summed, UnitsPage, own_homes,
};
pub use doable::Doable;
pub use find::HomesFound;
pub use offers::MoneyOffers;
pub use scan::{Scanned, Standing};
pub use treasury::FundBill;
pub use view::{BillPage, HomePage, RoundPage, RunCheck, RunPage, SharedRound};
