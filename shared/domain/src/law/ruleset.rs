//! The RuleSet: its fields, how layers are laid over each other, and how it may change.

use linli_wire::{Hash, cbor};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::{Money, Ratio};

const NATIONAL: &str = include_str!("defaults/national.toml");
const HANGZHOU: &str = include_str!("defaults/hangzhou.toml");

/// Why a RuleSet cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// The text is not TOML, or a field is unknown, missing or of the wrong type.
    #[error("{file}: {why}")]
    Unreadable {
        /// The file, as given.
        file: String,
        /// Line, column and reason.
        why: String,
    },
    /// A field goes below what the law allows.
    #[error("{field} may not go below the national {least}")]
    TooLow {
        /// The field.
        field: &'static str,
        /// The national figure.
        least: String,
    },
    /// A share is more than the whole.
    #[error("{field} may not be more than the whole")]
    OverOne {
        /// The field.
        field: &'static str,
    },
    /// A new version does not rise.
    #[error("version {new} does not follow version {old}")]
    OldVersion {
        /// The version in force.
        old: u32,
        /// The version offered.
        new: u32,
    },
}

/// Name and version of a RuleSet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetId {
    /// The name, such as `cn` or `cn-hangzhou`.
    pub name: String,
    /// Rises with every change.
    pub version: u32,
    /// The oldest version of the app that may apply it.
    pub min_app: u32,
}

/// Taking part and majorities (Civil Code art. 278), calling, posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assembly {
    /// Area that has to take part.
    pub part_area: Ratio,
    /// Heads that have to take part.
    pub part_heads: Ratio,
    /// An ordinary matter needs more than this of those taking part.
    pub ordinary: Ratio,
    /// A special matter needs at least this of those taking part.
    pub special: Ratio,
    /// Which matters are special.
    pub special_matters: Vec<u8>,
    /// Kinds of units that count.
    pub count_kinds: Vec<String>,
    /// Days of notice before a regular session.
    pub notice_days_regular: u16,
    /// Days of notice before an extraordinary session.
    pub notice_days_extraordinary: u16,
    /// Share of owners that may demand a session.
    pub call_share: Ratio,
    /// Days within which a result is posted.
    pub result_post_days: u16,
    /// Days for objections.
    pub objection_days: u16,
    /// Whether silent owners follow the majority.
    pub silent: String,
}

/// The committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Smallest size.
    pub size_min: u16,
    /// Largest size.
    pub size_max: u16,
    /// Longest term in years.
    pub term_years_max: u16,
    /// Days for the handover.
    pub handover_days: u16,
    /// Months before the end of the term at which renewal is reported.
    pub renewal_report_months: u16,
}

/// One class of repairs with its times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairClass {
    /// The stored word, such as `water`.
    pub word: String,
    /// Whether it comes first and at any hour.
    pub emergency: bool,
    /// Whether it is a complaint: it is answered instead of fixed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub complaint: bool,
    /// Minutes to the first answer.
    pub answer_min: u32,
    /// Minutes to arrival.
    pub arrive_min: u32,
    /// Minutes until it is fixed.
    pub fix_min: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Repairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repairs {
    /// How often a repair may be reopened.
    pub reopen_max: u32,
    /// Minutes for which pauses may stop the clock of one round of work, all together.
    pub pause_min_max: u32,
    /// Days after which a phone's clock is not believed any more: what it says it wrote earlier
    /// than this before the relay's stamp counts from the stamp.
    pub late_sync_days_max: u32,
    /// Whether saying that it is done takes a photo.
    pub done_needs_photo: bool,
    /// The classes, in the order of the screens.
    pub classes: Vec<RepairClass>,
}

/// All rules of one community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Name and version.
    pub id: RuleSetId,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// The assembly.
    pub assembly: Assembly,
    /// The committee.
    pub committee: Committee,
    /// Money.
    pub money: Money,
    /// Repairs.
    pub repairs: Repairs,
}

impl RuleSet {
    /// Returns the national default.
    ///
    /// # Errors
    /// [`LawError`] never in practice: the text is part of the program and tested.
    pub fn national() -> Result<Self, LawError> {
        Self::layered(&[("national.toml", NATIONAL)])
    }

    /// Returns the national default with Hangzhou's overlay.
    ///
    /// # Errors
    /// [`LawError`] never in practice: the texts are part of the program and tested.
    pub fn hangzhou() -> Result<Self, LawError> {
        Self::layered(&[("national.toml", NATIONAL), ("hangzhou.toml", HANGZHOU)])
    }

    /// Lays an overlay (a city's, or the assembly's own rules) over the national default.
    ///
    /// # Errors
    /// [`LawError`] with file, line and field.
    pub fn with_overlay(file: &str, text: &str) -> Result<Self, LawError> {
        Self::layered(&[("national.toml", NATIONAL), (file, text)])
    }

    fn layered(layers: &[(&str, &str)]) -> Result<Self, LawError> {
        let mut merged = Table::new();
        let mut last = "";
        for (file, text) in layers {
            let layer: Table = text.parse().map_err(|error: toml::de::Error| {
                LawError::Unreadable { file: (*file).to_owned(), why: error.to_string() }
            })?;
            lay_over(&mut merged, layer);
            last = file;
        }
        let rules: Self = Value::Table(merged).try_into().map_err(|error: toml::de::Error| {
            LawError::Unreadable { file: last.to_owned(), why: error.to_string() }
        })?;
        rules.check()?;
        Ok(rules)
    }

    /// The thresholds of Civil Code art. 278 are not negotiable downward, and no share of a charge is
    /// more than the charge.
    fn check(&self) -> Result<(), LawError> {
        let two_thirds = Ratio::new(2, 3);
        let too_low = |ratio: Ratio| two_thirds.is_some_and(|least| ratio.is_below(least));
        if too_low(self.assembly.part_area) {
            return Err(LawError::TooLow { field: "assembly.part_area", least: "2/3".to_owned() });
        }
        if too_low(self.assembly.part_heads) {
            return Err(LawError::TooLow { field: "assembly.part_heads", least: "2/3".to_owned() });
        }
        if self.money.vacancy_rate.is_over_one() {
            return Err(LawError::OverOne { field: "money.vacancy_rate" });
        }
        if self.money.prepay_discount.is_over_one() {
            return Err(LawError::OverOne { field: "money.prepay_discount" });
        }
        Ok(())
    }

    /// Checks that this RuleSet may follow another.
    ///
    /// # Errors
    /// [`LawError::OldVersion`].
    pub const fn check_follows(&self, old: &Self) -> Result<(), LawError> {
        if self.id.version > old.id.version {
            return Ok(());
        }
        Err(LawError::OldVersion { old: old.id.version, new: self.id.version })
    }

    /// Hashes all values, however they were written.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(&cbor::to_bytes("RuleSet", self).unwrap_or_default())
    }

    /// Finds a class of repairs by its stored word.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<&RepairClass> {
        self.repairs.classes.iter().find(|class| class.word == word)
    }
}

/// Lays one table over another: tables are merged, everything else is replaced.
fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
