//! The maintenance fund's sub-account of a unit (专项维修资金分户账): its first deposit, its low line.

use super::Rate;
use crate::{
    kernel::{AreaDm2, Fen},
    law::{Money, Ratio, Rounding},
};

/// Finds the first deposit: area times the rate per m² (Maintenance Fund Measures 7), rounded once.
/// `None` where it cannot be held.
#[must_use]
pub fn deposit(area: AreaDm2, rate: Rate, round: Rounding) -> Option<Fen> {
    let product = i128::from(area.0).checked_mul(i128::from(rate.get()))?;
    round.round(product, Rate::PER_FEN_OF_AREA)
}

/// A sub-account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fund {
    /// The first deposit.
    pub deposit: Fen,
    /// What is left of it.
    pub balance: Fen,
}

impl Fund {
    /// Tells whether it is below the low line: 30 % of the first deposit (Maintenance Fund Measures 17;
    /// the RuleSet's `fund_low`). Compared exactly: 30 % of 8,490.15 is 2,547.045.
    #[must_use]
    pub fn is_low(self, rules: &Money) -> bool {
        let low = rules.fund_low;
        let balance = i128::from(self.balance.get()) * i128::from(low.denominator());
        balance < i128::from(self.deposit.get()) * i128::from(low.numerator())
    }

    /// Finds what has to be paid in to reach a share of the first deposit (the RuleSet's `fund_topup`,
    /// Shanghai 65: 50 %), nothing where it is reached. `None` where it cannot be held.
    #[must_use]
    pub fn missing_to(self, share: Ratio) -> Option<Fen> {
        let missing = share.of(self.deposit)?.minus(self.balance)?;
        Some(missing.max(Fen::ZERO))
    }
}
