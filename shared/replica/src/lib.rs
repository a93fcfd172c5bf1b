//! This phone's checked copy of a community, as a machine without I/O.
//!
//! | look in | for |
//! |---|---|
//! | [`Replica`] | the machine: ask, undo, what to send, what came back, what to show |
//! | [`store`] | what it needs of a disk, with the contract suite |
//! | [`document`] | fact documents: Automerge behind our own calls, and the gate before it |
//! | `page`, `admit` | one stretch of the log, one pack: checked, opened, vetted, taken in |
//! | `judge` | who had the right, by log position; projections |
//! | `act` | what this person does: held, written, sealed, put into the outbox |
//! | `sync` | the conversation with the relay, as plain calls and answers |
//! | [`blobs`] | photos and voice: sealed parts, and room for them |
//! | `restored` | a copy from a backup, until the log has shown where its chain ends |
//! | [`rewrite`] | what a lost device can hand in no more, to be asked anew |
//! | [`carry`] | what another phone carries to the relay |
//! | `join`, `approve`, `who`, `stop` | newcomers, further homes, lost phones |
//! | [`founding`], `found` | what founders exchange, the first day |
//! | `rotate`, `follow` | new keys after a removal, lists and keys after rights |
//! | `keyring` | circle keys, and the keys of homes derived from them |
//! | [`view`], [`repairs`] | what screens are told |
//! | [`company`] | what the company's desk is told beside them |
//! | `reading`, `project`, `folded` | folding things from their facts, their rows, years of homes kept folded |
//! | `digest` | what readers of a circle must agree on |
//! | [`alarm`] | what a relay was caught lying about |

mod act;
mod admit;
pub mod alarm;
mod approve;
pub mod blobs;
pub mod carry;
pub mod company;
mod digest;
pub mod document;
mod epoch;
mod error;
mod folded;
mod follow;
mod found;
pub mod founding;
mod held;
pub mod http;
pub mod invite;
mod join;
mod judge;
mod keyring;
mod memory;
pub mod money;

pub mod own;
mod page;
mod project;
mod reading;
pub mod repairs;
mod replica;
mod restored;
pub mod rewrite;
mod rotate;
mod stop;
pub mod store;
mod stored;
mod sync;
#[cfg(test)]
mod tests;
pub mod view;
pub mod ways;
mod who;
mod work;

pub use act::{Ask, Done};
pub use approve::WhoApplies;
pub use digest::CircleDigest;
pub use error::{AskError, ReplicaError};
pub use found::Plan;
pub use keyring::{building_office_id, circle_id};
pub use replica::Replica;
pub use restored::Restored;
pub use stored::{FactRow, Verdict};
pub use sync::{Call, Kind, Lane, Progress, Update};
pub use who::WhoChoice;
