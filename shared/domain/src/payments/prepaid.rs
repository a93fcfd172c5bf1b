//! Prepayment (预缴): its discount, and what of it is given back.

use super::{
    bill::{Line, UnitBill},
    why::Prepaid,
};
use crate::{
    kernel::{Fen, Month, shares},
    law::Money,
};

/// Takes the discount off the lines of one charge that are prepaid.
///
/// It is taken off the sum of the lines, rounded once, and what is left is shared among the months by
/// largest remainder, in steps of the rounding. `None` where a sum cannot be held.
pub(super) fn discount(lines: &mut [Line], rules: &Money) -> Option<()> {
    let (discount, round) = (rules.prepay_discount, rules.round);
    let mut before = Fen::ZERO;
    let mut weights = Vec::with_capacity(lines.len());
    for line in &*lines {
        before = before.plus(line.amount)?;
        weights.push(u64::try_from(line.amount.get()).ok()?);
    }
    if discount.numerator() == 0 || before == Fen::ZERO {
        return Some(());
    }
    let kept = discount.denominator().checked_sub(discount.numerator())?;
    let above = i128::from(before.get()).checked_mul(i128::from(kept))?;
    let after = round.round(above, i128::from(discount.denominator()))?;
    let steps = Fen::new(after.get().checked_div(round.step())?);
    let parts = shares(steps, &weights)?;
    let months = u32::try_from(lines.len()).ok()?;
    for (line, part) in lines.iter_mut().zip(parts) {
        line.amount = Fen::new(part.get().checked_mul(round.step())?);
        line.why.prepaid = Some(Prepaid { months, discount, before, after });
    }
    Some(())
}

/// Finds what was billed for the months after the last one of a contract: what is given back of a
/// prepayment (Supreme Court on property services, 3). `None` where the sum cannot be held.
#[must_use]
pub fn unused(bill: &UnitBill, last: Month) -> Option<Fen> {
    let mut unused = Fen::ZERO;
    for line in bill.lines.iter().filter(|line| line.month > last) {
        unused = unused.plus(line.amount)?;
    }
    Some(unused)
}
