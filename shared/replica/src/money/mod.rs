//! Money: what this person asks about it, and what screens are told of it.

mod ask;
mod ledger;
mod scan;
mod treasury;
mod view;

pub use ask::Ask;
pub use scan::{Scanned, Standing};
pub use view::{BillPage, HomePage, RoundPage, RunCheck, RunPage};
