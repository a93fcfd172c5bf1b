//! How repairs are stored: kinds, words and numbered fields, for ever.

use linli_wire::{
    FactId, PersonId,
    cbor::{self, Value},
    fact::Fact,
};
use serde::{Deserialize, Serialize};

use super::{Report, Status};

/// Kinds of the facts of repairs.
pub mod kind {
    /// A new repair.
    pub const REPORTED: u16 = 20;
    /// A step of a repair.
    pub const STEP: u16 = 21;
}

const PART: &str = "repair fact";

/// The fields of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StepFields {
    #[serde(rename = "1")]
    pub(super) status: Status,
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub(super) assignee: Option<PersonId>,
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub(super) keeps: Option<FactId>,
}

pub(super) fn report_fields(report: &Report) -> Value {
    cbor::to_value(PART, report).unwrap_or(Value::Null)
}

pub(super) fn step_fields(step: &StepFields) -> Value {
    cbor::to_value(PART, step).unwrap_or(Value::Null)
}

/// Reads a report; `None` if the fact is none or cannot be read.
#[must_use]
pub fn read_report(fact: &Fact) -> Option<Report> {
    (fact.kind == kind::REPORTED).then(|| cbor::from_value(PART, &fact.fields).ok()).flatten()
}

pub(super) fn read_step(fact: &Fact) -> Option<StepFields> {
    (fact.kind == kind::STEP).then(|| cbor::from_value(PART, &fact.fields).ok()).flatten()
}
