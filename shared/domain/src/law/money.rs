//! What the RuleSet says about money.

use serde::{Deserialize, Serialize};

use super::{Ratio, Rounding};

/// Who pays for the month in which a unit is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverMonth {
    /// The developer; the owner from the next month on (Shanghai 49).
    NextMonth,
    /// The owner from the day of the handover, by days of the month.
    Daily,
}

impl HandoverMonth {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::NextMonth, Self::Daily];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NextMonth => "next_month",
            Self::Daily => "daily",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

/// In which order a payment settles what is owed, where the payer does not choose.
///
/// Whatever the order, older debts come before younger ones (CC 560).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettleOrder {
    /// As the law has it: of each debt the late fee before the principal (CC 561).
    Code,
    /// As the contract has it: of each debt the principal first.
    PrincipalFirst,
    /// As the contract has it: of each debt the late fee first. It gives what the law gives.
    LateFirst,
}

impl SettleOrder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Code, Self::PrincipalFirst, Self::LateFirst];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::PrincipalFirst => "principal_first",
            Self::LateFirst => "late_first",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// Money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Below this share of the first deposit the fund is topped up.
    pub fund_low: Ratio,
    /// Up to this share of the first deposit the fund is topped up.
    pub fund_topup: Ratio,
    /// Least share of common income that goes to the fund.
    pub common_to_fund: Ratio,
    /// Works up to this sum (yuan) may skip the audit; 0 for none.
    pub small_audit_yuan: u32,
    /// A final sum over the budget by more than this needs a new approval.
    pub overrun: Ratio,
    /// How a charge line is rounded, once.
    pub round: Rounding,
    /// Who pays for the month of the handover.
    pub handover_month: HandoverMonth,
    /// Months that a unit is empty before less is charged for it.
    pub vacancy_months: u16,
    /// Share of the rate that an empty unit is charged from then on.
    pub vacancy_rate: Ratio,
    /// Most months that may be prepaid.
    pub prepay_months_max: u16,
    /// What is taken off a prepayment, as a share of it.
    pub prepay_discount: Ratio,
    /// Cap of late fees, as a share of the principal.
    pub late_cap: Ratio,
    /// A late fee of more than this share of the loss may be cut by a court.
    pub late_excessive: Ratio,
    /// In which order a payment settles what is owed.
    pub alloc_order: SettleOrder,
    /// Most cash (yuan) that a collector carries before it is counted.
    pub cash_ceiling_yuan: u32,
    /// Hours within which cash that was taken is counted.
    pub count_within_hours: u16,
    /// Years after which a debt can no longer be enforced in court, unless it was demanded.
    pub limitation_years: u16,
}
