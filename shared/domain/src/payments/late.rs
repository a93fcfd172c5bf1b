//! What is owed for paying late (违约金).

use crate::{
    kernel::{Day, Fen},
    law::{Ratio, Rounding},
};

/// Why no late fee was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLate {
    /// Less than nothing is owed.
    Negative,
    /// The fee cannot be held.
    TooLarge,
}

/// A late fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateFee {
    /// Days from the day after it was due to the day of the payment.
    pub days: u32,
    /// The fee.
    pub fee: Fen,
    /// Whether the cap cut it.
    pub capped: bool,
}

/// Finds the late fee of one bill: simple, `principal × rate × days`, cut at the cap, then rounded half
/// up once.
///
/// The rate per day is the contract's. The cap is the RuleSet's `late_cap`, 30 % of the principal, which
/// is Linli's own guard: an agreed fee may be cut if it is excessive (Civil Code 585). The cap is a sum
/// like any other, half up to the fen. Who pays on the day or before it is not late.
///
/// # Errors
/// [`NotLate`].
pub fn late(
    due: Day,
    paid: Day,
    principal: Fen,
    rate: Ratio,
    cap: Ratio,
) -> Result<LateFee, NotLate> {
    if principal < Fen::ZERO {
        return Err(NotLate::Negative);
    }
    let days = u32::try_from(paid.days_since(due).max(0)).map_err(|_| NotLate::TooLarge)?;
    let grown = i128::from(principal.get())
        .checked_mul(i128::from(rate.numerator()))
        .and_then(|sum| sum.checked_mul(i128::from(days)));
    let grown = grown.ok_or(NotLate::TooLarge)?;
    let most = i128::from(principal.get()).checked_mul(i128::from(cap.numerator()));
    let most = most.ok_or(NotLate::TooLarge)?;
    // Compared exactly, before anything is rounded.
    let left = grown.checked_mul(i128::from(cap.denominator())).ok_or(NotLate::TooLarge)?;
    let right = most.checked_mul(i128::from(rate.denominator())).ok_or(NotLate::TooLarge)?;
    let capped = left > right;
    let (above, below) =
        if capped { (most, cap.denominator()) } else { (grown, rate.denominator()) };
    let fee = Rounding::HalfUpFen.round(above, i128::from(below)).ok_or(NotLate::TooLarge)?;
    Ok(LateFee { days, fee, capped })
}

/// Tells whether a court may cut a late fee: it is more than 130 % of the loss (Civil Code 585; Supreme
/// Court on contracts, 2023, 65; the RuleSet's `late_excessive`).
#[must_use]
pub fn may_be_cut(fee: Fen, loss: Fen, excessive: Ratio) -> bool {
    let (fee, loss) = (i128::from(fee.get()), i128::from(loss.get()));
    let above = loss.checked_mul(i128::from(excessive.numerator()));
    let fee = fee.checked_mul(i128::from(excessive.denominator()));
    fee.zip(above).is_none_or(|(fee, above)| fee > above)
}
