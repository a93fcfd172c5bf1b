//! Who is who: buildings, units, owners, people, devices, roles and keys, folded from facts in log
//! order.
//!
//! *Words.* A **charter** roots the community in its founders' devices. A **grant** says that a
//! device of a person holds a role over a scope, from a day to a day; an owner's needs two approvals
//! by different people, a committee member's too (except in a trial). A grant with other dates is
//! another proposal: so a duty is renewed. A **revocation** ends a device, an **ended duty** one
//! role of a person on all their phones. A **key fact** names a circle's new key. An **adoption**
//! makes quarantined facts count.
//!
//! *Owners.* The register names a unit's **owner set**; who is not in it is not granted the unit,
//! and who leaves it loses it. It changes when a keeper and a second keeper, or the owner as it
//! stands, write the same change. Units of exactly the same owners are one **head**; all that the
//! developer has not sold or handed over is one. Co-owners have a **representative** once all of
//! them who have a phone chose the same.
//!
//! *Phones.* One person may have several, one phone several homes. A second phone takes the usual
//! approvals where the first stands with the same duty. Else, and always when a lost phone is named,
//! it is a **re-issue**: two different people approve (for a staff role the second may be anybody of
//! office and heads). The lost phone ends with the first approval, the new one begins with the
//! second. Nobody approves for their own person, but anybody may revoke their own phones.
//!
//! *Without a phone.* A head or the desk **registers a person** of a home by pseudonym; so others
//! may act on their behalf.
//!
//! *Offers.* What a person may invite others as, and register them as, is found by asking the rule of
//! grants and of registrations at every place of the register; so no screen knows who may what.
//!
//! *Who may.* Founders and committee grant every role; the company's desk and heads grant residents
//! and tenants and give one of an owner's two approvals; an owner grants residents and tenants of
//! the own home; a head gives one of a deputy's two. Nobody grants to their own person.
//!
//! *Auditors* (监督人) watch over the owners' money: named as the committee's members are, they read all that the
//! office reads, write nothing of its work, and sign as the second person.
//!
//! *By position.* Every right has a place in the log where it begins and one where it ends; what a
//! fact's author could do is asked at the fact's own place. Device clocks decide nothing: dates mean
//! the relay's stamp.
//!
//! *Versions.* Founders and committee say which version of the app is the oldest that may write.
//! An older one reads and carries on; it only takes rights away. What it does not know it keeps.
//!
//! *Circle.* All of it lies in `community`, key facts in the circle they are about.

mod event;
#[cfg(any(test, feature = "testing"))]
pub mod given;
mod grants;
mod offers;
mod owners;
mod people;
pub mod roster;
mod rules;
mod schema;
mod state;
mod tenure;
#[cfg(test)]
mod tests;
mod versions;
pub mod view;

pub use event::{
    DutyEnded, EndReason, Event, FounderKeys, FoundingTerms, Grant, OwnersChanged,
    PersonRegistered, RepresentativeChosen, RevokeReason, StairRegistered, Terms, Unit, UnitKind,
    UnitStatus,
};
pub use grants::Proof;
pub use offers::{Filled, NotAPlace, Offer, OfferedPlace, invitations, registrations};
pub use owners::{HeadGroup, OwnerChange, Totals, Whose};
pub use people::PersonEntry;
pub use rules::{Refusal, decide};
pub use schema::{adopted_ids, circle_of, is_newer, key_opened, kind, register_hash, subjects};
pub use state::{DeviceEntry, KeyOpened, NoRight, Registry};
pub use tenure::Tenure;
