//! A repair from report to confirmation.
//!
//! *States.* Reported → Accepted → Dispatched → Working → DoneClaimed → Confirmed, or Reopened and
//! worked on again; side exits Withdrawn and Refused(reason).
//!
//! *Who may.* Residents of the place report, or a head on their behalf; a head or the property
//! company in scope accepts or refuses; the property company dispatches, works and claims it done;
//! the reporter or an owner in scope confirms; the reporter (or a head on behalf) withdraws before
//! work begins and reopens, at most `reopen_max` times.
//!
//! *Conflict.* Every step names the steps its author saw. Two steps from the same one, both legal,
//! are not an error: both stand as versions until somebody who could have written one of them
//! settles it by keeping one.
//!
//! *Circle.* Homes in `home/<unit>`, stairs and buildings in `building/<b>`, the rest in `community`.

mod event;
#[cfg(any(test, feature = "testing"))]
pub mod given;
mod rules;
mod schema;
mod state;
#[cfg(test)]
mod tests;
pub mod view;

pub use event::{Event, Place, Report};
pub use rules::{Refusal, admit, decide};
pub use schema::{kind, read_report};
pub use state::{Repair, Status, Version, fold};
