//! Prepayment (预缴): its discount, and what of it is given back.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    bill::{Line, UnitBill},
    why::{Measure, Prepaid},
};
use crate::{
    kernel::{Fen, Month, shares},
    law::Money,
};

/// Takes the discount off the lines of the months before `end`, charge by charge: a charge whose rate
/// changes meanwhile is one. `None` where a sum cannot be held.
pub(super) fn discount(lines: &mut [Line], end: Month, rules: &Money) -> Option<()> {
    if rules.prepay_discount.numerator() == 0 {
        return Some(());
    }
    let is_prepaid = |line: &&mut Line| line.month < end && can_be_prepaid(&line.why.measure);
    let mut charges: BTreeMap<Arc<str>, Vec<&mut Line>> = BTreeMap::new();
    for line in lines.iter_mut().filter(is_prepaid) {
        charges.entry(line.charge.clone()).or_default().push(line);
    }
    charges.into_values().try_for_each(|mut lines| of_charge(&mut lines, rules))
}

/// Tells whether a line is known before its month: what is shared is known only after it.
const fn can_be_prepaid(measure: &Measure) -> bool {
    match measure {
        Measure::Area { .. } | Measure::Fixed { .. } | Measure::Parking { .. } => true,
        Measure::Shared { .. } => false,
    }
}

/// Takes the discount off the sum of the lines, rounded once, and shares what is left among the months
/// by largest remainder, in steps of the rounding.
fn of_charge(lines: &mut [&mut Line], rules: &Money) -> Option<()> {
    let (discount, round) = (rules.prepay_discount, rules.round);
    let before = Fen::sum(lines.iter().map(|line| line.amount))?;
    let weights = lines.iter().map(|line| u64::try_from(line.amount.get()).ok());
    let weights = weights.collect::<Option<Vec<_>>>()?;
    if before == Fen::ZERO {
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
    let after = bill.lines.iter().filter(|line| line.month > last);
    Fen::sum(after.map(|line| line.amount))
}
