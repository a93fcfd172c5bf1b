//! What the community may see: tariffs and the headers of bill runs; and the bills of homes.

use linli_wire::{FactId, Hash};
use serde::{Deserialize, Serialize};

use crate::{
    kernel::{Day, Fen, Month, UnitCode},
    law::Ratio,
};

/// A tariff as it was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TariffFields {
    /// The tariff as people write it (TOML), word for word.
    #[serde(rename = "1")]
    pub text: String,
    /// What lateness costs a day, as a share of the principal; nothing if the contract has none.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub late_per_day: Option<Ratio>,
    /// The hash of the decision it rests on.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Hash>,
}

/// What a stair is billed in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StairTotal {
    /// The building.
    #[serde(rename = "1")]
    pub building: String,
    /// The stair.
    #[serde(rename = "2")]
    pub stair: u16,
    /// How many units have a bill.
    #[serde(rename = "3")]
    pub bills: u32,
    /// What they sum to.
    #[serde(rename = "4")]
    pub total: Fen,
}

/// The header of a bill run: what everybody may see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFields {
    /// The tariff it is billed by.
    #[serde(rename = "1")]
    pub tariff: FactId,
    /// The first month.
    #[serde(rename = "2")]
    pub from: Month,
    /// The last month.
    #[serde(rename = "3")]
    pub to: Month,
    /// When it is due.
    #[serde(rename = "4")]
    pub due: Day,
    /// The hash of the RuleSet.
    #[serde(rename = "5")]
    pub law: Hash,
    /// How many units the register had.
    #[serde(rename = "6")]
    pub units: u32,
    /// The hash of those units, with kind and area.
    #[serde(rename = "7")]
    pub roster: Hash,
    /// The sums of the stairs, in order.
    #[serde(rename = "8")]
    pub stairs: Vec<StairTotal>,
    /// The sum of all.
    #[serde(rename = "9")]
    pub total: Fen,
}

/// A run is to be withdrawn: billed by the wrong tariff, or for the wrong homes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalFields {
    /// The run.
    #[serde(rename = "1")]
    pub run: FactId,
    /// Why.
    #[serde(rename = "2")]
    pub reason: String,
}

/// What a home's bill depends on beside tariff and register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// The day of the handover, from which its owner pays.
    #[serde(rename = "1", default, skip_serializing_if = "Option::is_none")]
    pub bill_from: Option<Day>,
    /// The day from which it stands empty.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub vacant_from: Option<Day>,
    /// Months that are prepaid, from the first of the run on.
    #[serde(rename = "3", default, skip_serializing_if = "is_zero")]
    pub prepaid: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// A home's bill. Its lines are computed by everybody, never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The run.
    #[serde(rename = "2")]
    pub run: FactId,
    /// What it depends on.
    #[serde(rename = "3")]
    pub conditions: Conditions,
    /// What its lines sum to.
    #[serde(rename = "4")]
    pub total: Fen,
}
