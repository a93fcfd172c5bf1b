//! A repair from report to archive; a complaint on the same way.
//!
//! *States.* Reported → Accepted → `PlaceVerified` → Dispatched → `OnSite` → (`PlanProposed` →
//! Approved, or `VotePending` first) → Working ↔ Paused → `DoneClaimed` → Confirmed, or Reopened and
//! worked on again → Rated → Archived. Side exits: Merged into another report of the same thing,
//! Refused, Withdrawn, Referred to who is responsible. A place may be corrected on the way; the
//! report never goes back to the resident for it.
//!
//! *Who may.* Residents of the place report, comment and say "me too"; a head does it on behalf of
//! somebody, whose signature or voice may stand beside it. A head or the property company in scope
//! accepts, verifies the place, merges, refers or refuses; the company dispatches, comes, works,
//! pauses and claims it done, with a photo; staff that are charged with something do that: the gate
//! and the books mend nothing, and who hands out work alone hands it to others. A plan that costs
//! money needs a verified place, and is approved by who pays: the home's owner, else the committee.
//! The reporter or an owner in scope confirms (the head for somebody it was reported for, with that
//! person's mark); the reporter (or a head on behalf) withdraws before work begins and reopens, at
//! most `reopen_max` times.
//!
//! *Complaints* are handled by committee, head and company alike, with one difference: whom a
//! complaint is about cannot close it.
//!
//! *Clocks.* Each class has times to answer, to come, to fix ([`clock`]). They start at the
//! reporter's time, but never after the relay's stamp. What came of them in a month is told by
//! [`sla`]; whose turn it is to be sent, by [`turn`].
//!
//! *Conflict.* Every step names the steps its author saw. Two steps from the same one, both legal,
//! are not an error: both stand as versions until somebody who could have written one of them
//! settles it by keeping one. Notes supersede nothing and never conflict.
//!
//! *Circle.* Homes in `home/<unit>`, stairs and buildings in `building/<b>`, the rest in
//! `community`, by the place that was reported: who could read it then reads it to the end.

mod again;
mod asked;
pub mod clock;
mod event;
#[cfg(any(test, feature = "testing"))]
pub mod given;
mod place;
mod refusal;
mod rights;
mod rules;
mod schema;
pub mod sla;
mod state;
mod status;
#[cfg(test)]
mod tests;
pub mod turn;
pub mod view;

pub use again::event_of;
pub use event::{Assignment, Event, Referral, Report, Slot};
pub use place::Place;
pub use refusal::Refusal;
pub use rules::{ATTACHMENTS_MAX, admit, decide};
pub use schema::{NoteFields, NoteKind, Step, attachments, kind, read_report};
pub use state::{Note, Repair, Version, fold};
pub use status::Status;
