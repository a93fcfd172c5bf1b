//! Who is who: buildings, units, devices, roles and keys, folded from facts in log order.
//!
//! *Words.* A **charter** roots the community in its founders' devices. A **grant** says that a
//! device of a person holds a role over a scope; an owner's needs two approvals by different
//! people, a committee member's too (except in a trial). A **revocation** ends a device. A **key
//! fact** names a circle's new key. An **adoption** makes quarantined facts count.
//!
//! *Who may.* Founders and committee grant every role; property staff and heads grant residents and
//! give one of an owner's two approvals; an owner grants residents of the own home. Nobody grants
//! to their own person.
//!
//! *By position.* Every right has a place in the log where it begins and one where it ends; what a
//! fact's author could do is asked at the fact's own place. Device clocks decide nothing.
//!
//! *Circle.* All of it lies in `community`, key facts in the circle they are about.

mod event;
mod grants;
pub mod roster;
mod rules;
mod schema;
mod state;
#[cfg(test)]
mod tests;

pub use event::{
    Event, FounderKeys, FoundingTerms, RevokeReason, StairRegistered, Unit, UnitKind, UnitStatus,
};
pub use rules::{Refusal, decide};
pub use schema::{adopted_ids, circle_of, key_opened, kind, register_hash, subjects};
pub use state::{DeviceEntry, KeyOpened, NoRight, Registry, Tenure};
