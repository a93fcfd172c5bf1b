//! The facts that explain a charge line; the sentence is made where the words are.

use super::Rate;
use crate::{
    kernel::{AreaDm2, Fen},
    law::{Ratio, Rounding},
};

/// What a line measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Area times rate.
    Area {
        /// The unit's area.
        area: AreaDm2,
        /// For a square metre and month.
        rate: Rate,
    },
    /// So much for a unit.
    Fixed {
        /// For a month.
        rate: Rate,
    },
    /// So much for a parking space.
    Parking {
        /// For a month.
        rate: Rate,
    },
    /// A part of what all pay together.
    Shared {
        /// What all pay.
        total: Fen,
        /// The unit's area.
        area: AreaDm2,
        /// The area of all that share it.
        whole: AreaDm2,
        /// What falls to the unit for the whole month, by largest remainder.
        part: Fen,
    },
}

/// Days of a month that are the owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartOfMonth {
    /// The owner's days.
    pub days: u32,
    /// Days of the month.
    pub of: u32,
}

/// A sum before it is rounded, in millionths of a yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    /// The millionths, cut off after them.
    pub millionths: i128,
    /// Whether there is more behind them.
    pub cut: bool,
}

impl Exact {
    /// Millionths of a yuan in a fen.
    const PER_FEN: i128 = 10_000;

    /// Tells whether it is a whole number of a rounding's steps: nothing is rounded.
    #[must_use]
    pub fn is_whole(self, round: Rounding) -> bool {
        let step = Self::PER_FEN.saturating_mul(i128::from(round.step()));
        !self.cut && self.millionths.checked_rem(step) == Some(0)
    }
}

/// Writes yuan with at least two decimals, and no zeros behind those.
pub(super) fn in_yuan(
    f: &mut std::fmt::Formatter<'_>,
    whole: impl std::fmt::Display,
    fraction: &str,
) -> std::fmt::Result {
    let (cents, rest) = fraction.split_at_checked(2).unwrap_or((fraction, ""));
    write!(f, "{whole}.{cents}{}", rest.trim_end_matches('0'))
}

/// In yuan, with at least two decimals: `210.0195`.
impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        in_yuan(f, self.millionths / 1_000_000, &format!("{:06}", self.millionths % 1_000_000))
    }
}

/// What a line is a part of, where it is prepaid at a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepaid {
    /// Months that are prepaid.
    pub months: u32,
    /// What is taken off.
    pub discount: Ratio,
    /// The sum of these months before that.
    pub before: Fen,
    /// The sum after it, which is shared among the months by largest remainder.
    pub after: Fen,
}

/// Why a charge line is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// What is measured.
    pub measure: Measure,
    /// Whose part of the month it is, where the unit was handed over within it.
    pub part: Option<PartOfMonth>,
    /// The share of the rate that an empty unit is charged.
    pub empty: Option<Ratio>,
    /// The sum before rounding.
    pub exact: Exact,
    /// How it was rounded.
    pub round: Rounding,
    /// The sum after rounding, before a prepayment's discount.
    pub rounded: Fen,
    /// How it was prepaid.
    pub prepaid: Option<Prepaid>,
}
