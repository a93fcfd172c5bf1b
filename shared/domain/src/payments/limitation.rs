//! Until when a debt can be enforced in court, and how often it was demanded (催告).

use crate::kernel::Day;

/// Months of a year.
const YEAR: u32 = 12;

/// How a debt stands with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limitation {
    /// Demands that counted.
    pub demands: u32,
    /// The last day on which the period runs.
    pub last: Day,
}

/// Finds until when the period of limitation runs: three years (Civil Code 188; the RuleSet's
/// `limitation_years`) from the day it was due, anew from each demand within it (Civil Code 195).
///
/// A demand before the due day or after the period counts for nothing; two on one day are one. `None`
/// where the calendar ends.
#[must_use]
pub fn limitation(due: Day, demands: &[Day], years: u16) -> Option<Limitation> {
    let months = u32::from(years).checked_mul(YEAR)?;
    let mut days = demands.to_vec();
    days.sort();
    days.dedup();
    let mut found = Limitation { demands: 0, last: due.in_months(months)? };
    for day in days.into_iter().filter(|day| *day > due) {
        if day <= found.last {
            found = Limitation { demands: found.demands + 1, last: day.in_months(months)? };
        }
    }
    Some(found)
}
