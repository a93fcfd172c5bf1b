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

mod book_event;
mod book_records;
mod choices;
mod core;
mod error;
mod event;
mod money_acts;
mod money_event;
mod money_records;
mod money_subject;
mod people;
mod present;
mod present_books;
mod present_detail;
mod present_fund;
mod present_list;
mod present_money;
mod present_papers;
mod present_people;
mod present_round;
mod present_run;
mod qr;
mod records;
mod repair_event;
mod repair_records;
mod routes;
mod screen_records;
mod telling;
mod ticker;

pub use crate::core::{Config, HostAnswer, HostRequest, LinliCore, Shell};
pub use book_records::{BookPage, BookPart, BookRow};
pub use error::LinliError;
pub use event::UiEvent;
pub use money_records::{
    BillCard, BillLine, CountCard, DoorLine, HomeMoney, Money, PaperCard, ReceiptCode, RoundDetail,
    RoundLine, RunLine, ScannedReceipt,
};
pub use people::{EndReason, RevokeReason, WhoApplies};
pub use qr::{QrCode, draw_qr, read_qr};
pub use records::{
    AlarmLine, Applicant, CommunityLine, Device, DutyLine, Founding, FoundingDraft, Frame, Offer,
    OwnDuty, People, Person, Phase, SetAside, UnitPage, WhoChoice,
};
pub use repair_event::{Answer, Report};
pub use repair_records::{
    Action, AskedFor, Attachment, AttentionList, Clock, Draft, Drafts, Reminder, RepairDetail,
    RepairLine, RepairsWindow, Slot, Step, WaitingLine,
};

pub use screen_records::{
    BehalfChoice, Chip, Choice, ClassChoice, ClockBar, ClockMark, RepairVersion, Sending,
    SendingLine, Sign, Tone,
};

uniffi::setup_scaffolding!();
