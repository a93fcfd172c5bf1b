//! How repairs are stored: kinds, words and numbered fields, for ever.

use linli_wire::{
    FactId, PersonId,
    cbor::{self, Value},
    fact::Fact,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Assignment, Place, Referral, Report, Slot, Status};
use crate::kernel::{Attachment, Fen, Moment};

/// Kinds of the facts of repairs.
pub mod kind {
    /// A new repair or complaint.
    pub const REPORTED: u16 = 20;
    /// A step of a repair.
    pub const STEP: u16 = 21;
    /// Something said about a repair, which moves nothing.
    pub const NOTE: u16 = 22;
}

const PART: &str = "repair fact";

/// What a step says. Which fields go with which state is checked by the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The state it leads to.
    #[serde(rename = "1")]
    pub status: Status,
    /// A note, a reason, a plan.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who it is handed to.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonId>,
    /// The version it keeps, if it settles a conflict; then everything else is that version's.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub keeps: Option<FactId>,
    /// How it came to who does it.
    #[serde(rename = "5", default, skip_serializing_if = "Option::is_none")]
    pub how: Option<Assignment>,
    /// Where it really is.
    #[serde(rename = "6", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The report of the same thing that stays open.
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub into: Option<FactId>,
    /// Who else it is for.
    #[serde(rename = "8", default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// The end of a pause.
    #[serde(rename = "9", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// The visit that was agreed.
    #[serde(rename = "10", default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// One to five.
    #[serde(rename = "11", default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Photos and voice.
    #[serde(rename = "12", default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What a plan will cost.
    #[serde(rename = "13", default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Fen>,
    /// Signature or voice of the person for whom a head acts.
    #[serde(rename = "14", default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Attachment>,
}

impl Step {
    /// A step to a state and nothing else.
    pub(super) const fn to(status: Status) -> Self {
        Self {
            status,
            note: None,
            assignee: None,
            keeps: None,
            how: None,
            place: None,
            into: None,
            referral: None,
            until: None,
            slot: None,
            stars: None,
            attachments: Vec::new(),
            estimate: None,
            mark: None,
        }
    }
}

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A comment.
    Comment,
    /// Somebody has the same trouble.
    MeToo,
    /// Other times for a visit.
    Slots,
}

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteFields {
    /// What it is.
    #[serde(rename = "1")]
    pub kind: NoteKind,
    /// Its text.
    #[serde(rename = "2", default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Photos and voice.
    #[serde(rename = "3", default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Times for a visit.
    #[serde(rename = "4", default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
}

pub(super) fn fields<T: Serialize>(fields: &T) -> Value {
    // Our own types always encode; a fact without fields would be refused by everybody.
    cbor::to_value(PART, fields).unwrap_or(Value::Null)
}

fn read<T: DeserializeOwned>(fact: &Fact, kind: u16) -> Option<T> {
    (fact.kind == kind).then(|| cbor::from_value(PART, &fact.fields).ok()).flatten()
}

/// Reads a report; `None` if the fact is none or cannot be read.
#[must_use]
pub fn read_report(fact: &Fact) -> Option<Report> {
    read(fact, kind::REPORTED)
}

pub(super) fn read_step(fact: &Fact) -> Option<Step> {
    read(fact, kind::STEP)
}

pub(super) fn read_note(fact: &Fact) -> Option<NoteFields> {
    read(fact, kind::NOTE)
}

/// Returns the attachments that a fact of this room names.
#[must_use]
pub fn attachments(fact: &Fact) -> Vec<Attachment> {
    match fact.kind {
        kind::REPORTED => read_report(fact)
            .map(|report| report.attachments.into_iter().chain(report.mark).collect()),
        kind::STEP => {
            read_step(fact).map(|step| step.attachments.into_iter().chain(step.mark).collect())
        }
        kind::NOTE => read_note(fact).map(|note| note.attachments),
        _ => None,
    }
    .unwrap_or_default()
}
