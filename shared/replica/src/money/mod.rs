//! Money: what this person asks about it, and what screens are told of it.

mod ask;
mod ledger;
mod offers;
mod scan;
mod treasury;
mod view;

pub use ask::{Ask, BillAsked};
pub use offers::{Doable, MoneyOffers};
pub use scan::{Scanned, Standing};
pub use view::{BillPage, HomePage, RoundPage, RunCheck, RunPage};
