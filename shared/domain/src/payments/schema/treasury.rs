//! Money that the owners have together: the maintenance fund, common income, what the committee spends.

use linli_wire::{FactId, Hash};
use serde::{Deserialize, Serialize};

use crate::{
    kernel::{Attachment, Fen, Month, UnitCode},
    repairs::Place,
};

/// Money came into the sub-account of a unit (分户账).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundPaidFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// How much.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// Whether it is the first deposit, which the low line is a share of.
    #[serde(rename = "3", default, skip_serializing_if = "is_false")]
    pub first: bool,
    /// The bank's reference.
    #[serde(rename = "4")]
    pub reference: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// A deposit was taken (押金), such as for works in a home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepositFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// How much.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// What for.
    #[serde(rename = "3")]
    pub purpose: String,
}

/// Some or all of a deposit was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepositReturnedFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The deposit.
    #[serde(rename = "2")]
    pub deposit: FactId,
    /// How much.
    #[serde(rename = "3")]
    pub amount: Fen,
}

/// Works that the maintenance fund is to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFields {
    /// What is to be done.
    #[serde(rename = "1")]
    pub purpose: String,
    /// The common part: it decides whose sub-accounts pay.
    #[serde(rename = "2")]
    pub place: Place,
    /// The repair whose place was verified; none if the author verified it.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub repair: Option<FactId>,
    /// What it may cost.
    #[serde(rename = "4")]
    pub budget: Fen,
    /// How many units the register had: the first so many share the cost.
    #[serde(rename = "5")]
    pub units: u32,
    /// The hash of those units, with kind and area.
    #[serde(rename = "6")]
    pub roster: Hash,
}

/// The owners decided: so much may be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedFields {
    /// The project.
    #[serde(rename = "1")]
    pub project: FactId,
    /// How much, all in all.
    #[serde(rename = "2")]
    pub budget: Fen,
    /// The hash of the decision.
    #[serde(rename = "3")]
    pub decision: Hash,
}

/// Why the fund is used without a vote (应急使用).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emergency {
    /// A lift failed.
    Lift,
    /// Fire equipment failed.
    FireEquipment,
    /// The facade may fall.
    Facade,
    /// The roof is in danger.
    Roof,
    /// Something may collapse.
    Collapse,
    /// A severe leak.
    Leak,
    /// A drain is blocked.
    Drain,
}

impl Emergency {
    /// All of them (Civil Code 281; Hangzhou 73).
    pub const ALL: [Self; 7] = [
        Self::Lift,
        Self::FireEquipment,
        Self::Facade,
        Self::Roof,
        Self::Collapse,
        Self::Leak,
        Self::Drain,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lift => "lift",
            Self::FireEquipment => "fire_equipment",
            Self::Facade => "facade",
            Self::Roof => "roof",
            Self::Collapse => "collapse",
            Self::Leak => "leak",
            Self::Drain => "drain",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.word() == word)
    }
}

/// It cannot wait for a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyFields {
    /// The project.
    #[serde(rename = "1")]
    pub project: FactId,
    /// Why.
    #[serde(rename = "2")]
    pub cause: Emergency,
}

/// A second person signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CosignedFields {
    /// What is signed.
    #[serde(rename = "1")]
    pub to: FactId,
}

/// The fund paid for a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpentFields {
    /// The project.
    #[serde(rename = "1")]
    pub project: FactId,
    /// How much.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// The number of the invoice.
    #[serde(rename = "3")]
    pub invoice: String,
    /// Photos of it.
    #[serde(rename = "4")]
    pub proof: Vec<Attachment>,
}

/// Where common income comes from (公共收益).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommonSource {
    /// Parking on common ground.
    Parking,
    /// Advertising, such as in lifts.
    Advertising,
    /// Rent of common rooms and ground.
    Rent,
    /// Lockers, vending and charging machines.
    Machines,
    /// Anything else.
    Other,
}

impl CommonSource {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Parking, Self::Advertising, Self::Rent, Self::Machines, Self::Other];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Parking => "parking",
            Self::Advertising => "advertising",
            Self::Rent => "rent",
            Self::Machines => "machines",
            Self::Other => "other",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// Common income of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommonIncomeFields {
    /// Where it comes from.
    #[serde(rename = "1")]
    pub source: CommonSource,
    /// The first month of the quarter.
    #[serde(rename = "2")]
    pub quarter: Month,
    /// What came in.
    #[serde(rename = "3")]
    pub amount: Fen,
    /// The reasonable cost that was agreed (合理成本, Civil Code 282).
    #[serde(rename = "4")]
    pub cost: Fen,
    /// The number of the voucher.
    #[serde(rename = "5")]
    pub voucher: String,
    /// Photos of it.
    #[serde(rename = "6", default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Attachment>,
}

/// Common income of a quarter is shared out as resolved; the rest stays common income.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitFields {
    /// The first month of the quarter.
    #[serde(rename = "1")]
    pub quarter: Month,
    /// What goes to the maintenance fund, by area.
    #[serde(rename = "2")]
    pub to_fund: Fen,
    /// What the committee gets to spend.
    #[serde(rename = "3")]
    pub to_committee: Fen,
    /// Whether the fund is below its low line: then it gets its least share.
    #[serde(rename = "4")]
    pub low: bool,
    /// The hash of the decision.
    #[serde(rename = "5")]
    pub decision: Hash,
    /// How many units the register had.
    #[serde(rename = "6")]
    pub units: u32,
    /// The hash of those units, with kind and area.
    #[serde(rename = "7")]
    pub roster: Hash,
}

/// The committee paid something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpenseFields {
    /// What for.
    #[serde(rename = "1")]
    pub purpose: String,
    /// How much.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// The number of the invoice.
    #[serde(rename = "3")]
    pub invoice: String,
    /// Photos of it.
    #[serde(rename = "4")]
    pub proof: Vec<Attachment>,
}

/// What an account of the ledger has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The account's stable name.
    #[serde(rename = "1")]
    pub account: String,
    /// What it has.
    #[serde(rename = "2")]
    pub amount: Fen,
}

/// What the ledger had at the end of a month, as finance and committee sign it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalancesFields {
    /// The month.
    #[serde(rename = "1")]
    pub month: Month,
    /// What each account has, homes' own accounts summed up, in order.
    #[serde(rename = "2")]
    pub balances: Vec<Balance>,
}
