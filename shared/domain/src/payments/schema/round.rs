//! Rounds from door to door, counts and handovers.

use linli_wire::{FactId, PersonId};
use serde::{Deserialize, Serialize};

use crate::kernel::{Attachment, Day, Fen, UnitCode};

/// A round from door to door, or the cash of a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundFields {
    /// The building; none for the office's own counter.
    #[serde(rename = "1", default, skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// Who collects.
    #[serde(rename = "2")]
    pub collector: PersonId,
    /// The homes to be visited.
    #[serde(rename = "3")]
    pub units: Vec<UnitCode>,
    /// The first day.
    #[serde(rename = "4")]
    pub from: Day,
    /// The last day.
    #[serde(rename = "5")]
    pub to: Day,
}

/// What came of a visit without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visit {
    /// Nobody opened.
    NobodyIn,
    /// They did not want to pay.
    Refused,
    /// They asked to come back.
    ComeBack,
}

impl Visit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NobodyIn, Self::Refused, Self::ComeBack];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NobodyIn => "nobody_in",
            Self::Refused => "refused",
            Self::ComeBack => "come_back",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visit| visit.word() == word)
    }
}

/// A visit without money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitFields {
    /// The home.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// What came of it.
    #[serde(rename = "2")]
    pub visit: Visit,
    /// When to come back, in the home's words.
    #[serde(rename = "3", default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// So many notes or coins of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// What one is worth.
    #[serde(rename = "1")]
    pub worth: Fen,
    /// How many.
    #[serde(rename = "2")]
    pub pieces: u32,
}

/// The collector's count (点钞).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountFields {
    /// The receipts it is the cash of, ascending.
    #[serde(rename = "1")]
    pub receipts: Vec<FactId>,
    /// The notes and coins, the largest first.
    #[serde(rename = "2")]
    pub notes: Vec<Notes>,
    /// What the receipts sum to.
    #[serde(rename = "3")]
    pub expected: Fen,
    /// Why it differs, if it does.
    #[serde(rename = "4", default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What another person counted (复点), the first time without having seen the collector's sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecountFields {
    /// The collector's count.
    #[serde(rename = "1")]
    pub count: FactId,
    /// The notes and coins, the largest first.
    #[serde(rename = "2")]
    pub notes: Vec<Notes>,
}

/// Whoever recounted takes the cash over (接收).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenFields {
    /// Their own last recount.
    #[serde(rename = "1")]
    pub recount: FactId,
    /// Why it differs from the collector's count, if it does.
    #[serde(rename = "2", default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Paid into the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankedFields {
    /// The collector's count.
    #[serde(rename = "1")]
    pub count: FactId,
    /// What the bank's slip says.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// The slip's own number.
    #[serde(rename = "3")]
    pub slip: String,
    /// A photo of it.
    #[serde(rename = "4", default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Attachment>,
}
