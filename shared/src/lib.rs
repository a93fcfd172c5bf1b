//! What the shells load: the border, plain records, and the few errors a shell may see.
//!
//! | look in | for |
//! |---|---|
//! | [`LinliCore`] | the calls across the border; all synchronous |
//! | [`Shell`] | what the core calls back: numbers only |
//! | [`UiEvent`] | what a shell sends |
//! | `records` | what a shell draws: plain data, words in its language |
//! | [`LinliError`] | what can go wrong at the border |
//!
//! The inner crates, from the wire to the lanes: `linli-wire`, `linli-seal`, `linli-domain`,
//! `linli-replica`, `linli-app`, `linli-io`.

mod core;
mod error;
mod event;
mod people;
mod present;
mod records;
mod routes;
mod ticker;

pub use crate::core::{Config, HostAnswer, HostRequest, LinliCore, Shell};
pub use error::LinliError;
pub use event::{RepairAction, RevokeReason, UiEvent};
pub use people::{EndReason, WhoApplies};
pub use records::{
    Action, AlarmLine, Applicant, Device, Draft, DutyLine, Frame, People, Person, Phase,
    RepairDetail, RepairLine, RepairsWindow, SetAside, Step, UnitPage,
};

uniffi::setup_scaffolding!();
