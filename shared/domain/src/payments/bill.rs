//! A bill run: the charge lines of every unit, month by month.

use std::sync::Arc;

use super::{
    Charge, ChargeKind, Rate, Tariff, UnitName, UnitUse, prepaid,
    why::{Exact, Measure, PartOfMonth, Why},
};
use crate::{
    kernel::{AreaDm2, Day, Fen, Month, shares},
    law::{HandoverMonth, Money, Ratio, Rounding},
};

/// Most months of one run: ten years, as long as books are kept.
pub const MONTHS_MAX: u32 = 120;

/// A unit to be billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// The unit.
    pub unit: UnitName,
    /// Its exclusive area.
    pub area: AreaDm2,
    /// What it is for.
    pub kind: UnitUse,
    /// The day it was handed over, from which its owner pays; before all months if none.
    pub bill_from: Option<Day>,
    /// The day from which it stands empty.
    pub vacant_from: Option<Day>,
    /// Months that are prepaid, from the first of the run on.
    pub prepaid: u32,
}

/// From one month to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: Month,
    months: u32,
}

impl Span {
    /// Makes a span; `None` if it runs backwards or is longer than [`MONTHS_MAX`].
    #[must_use]
    pub fn new(first: Month, last: Month) -> Option<Self> {
        let months = last.since(first)?.checked_add(1)?;
        (months <= MONTHS_MAX).then_some(Self { first, months })
    }

    /// Returns the first month.
    #[must_use]
    pub const fn first(self) -> Month {
        self.first
    }

    /// Returns how many months it has.
    #[must_use]
    pub const fn months(self) -> u32 {
        self.months
    }

    pub(in crate::payments) fn each(self) -> impl Iterator<Item = Month> {
        (0..self.months).filter_map(move |later| self.first.plus(later))
    }
}

/// A charge line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The charge's name.
    pub charge: Arc<str>,
    /// The month.
    pub month: Month,
    /// What is to be paid.
    pub amount: Fen,
    /// Why it is that.
    pub why: Why,
}

/// The lines of one unit, by month, then in the order of the tariff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitBill {
    /// The unit.
    pub unit: UnitName,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What they sum to.
    pub total: Fen,
}

impl UnitBill {
    /// Sums the lines up, charge by charge, in the order of the tariff. `None` where a sum cannot be held.
    #[must_use]
    pub fn by_charge(&self) -> Option<Vec<(Arc<str>, Fen)>> {
        let mut sums: Vec<(Arc<str>, Fen)> = Vec::new();
        for line in &self.lines {
            match sums.iter_mut().find(|(charge, _)| *charge == line.charge) {
                Some((_, sum)) => *sum = sum.plus(line.amount)?,
                None => sums.push((line.charge.clone(), line.amount)),
            }
        }
        Some(sums)
    }
}

/// A bill run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The units, by building, stair and room.
    pub units: Vec<UnitBill>,
    /// What they sum to.
    pub total: Fen,
}

/// Why nothing was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotBilled {
    /// A unit's sum cannot be held.
    TooLarge(UnitName),
    /// The sum of all units cannot be held.
    AllTooLarge,
}

/// Bills units by a tariff.
///
/// Each line is rounded once. Months before the handover have no lines; how its own month is charged,
/// and what an empty unit is charged, the RuleSet of the tariff says.
///
/// # Errors
/// [`NotBilled`].
pub fn bill(units: &[Billed], tariff: &Tariff, span: Span) -> Result<Run, NotBilled> {
    let mut units: Vec<&Billed> = units.iter().collect();
    units.sort_by(|one, other| one.unit.cmp(&other.unit));
    let pools = Pools::of(tariff, &units)?;
    let (mut bills, mut total) = (Vec::with_capacity(units.len()), Fen::ZERO);
    for (at, unit) in units.iter().enumerate() {
        let bill = pools.bill(unit, at, tariff, span)?;
        total = total.plus(bill.total).ok_or(NotBilled::AllTooLarge)?;
        bills.push(bill);
    }
    Ok(Run { units: bills, total })
}

/// What units share, charge by charge: computed once, then each unit is billed by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pools(Vec<Pool>);

impl Pools {
    /// Shares what is shared among units, which have to be in order.
    pub(super) fn of(tariff: &Tariff, units: &[&Billed]) -> Result<Self, NotBilled> {
        let pools = tariff.charges.iter().map(|charge| Pool::of(charge, units));
        pools.collect::<Option<_>>().map(Self).ok_or(NotBilled::AllTooLarge)
    }

    /// Bills the unit that stands at a place in the order.
    pub(super) fn bill(
        &self,
        unit: &Billed,
        at: usize,
        tariff: &Tariff,
        span: Span,
    ) -> Result<UnitBill, NotBilled> {
        bill_of(unit, at, tariff, &self.0, span)
            .ok_or_else(|| NotBilled::TooLarge(unit.unit.clone()))
    }
}

/// What is shared of a charge: nothing, or a part for each unit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pool {
    total: Fen,
    whole: AreaDm2,
    parts: Vec<Fen>,
}

impl Pool {
    /// Shares a charge among all its units. Who has not been handed a unit yet leaves its part to the
    /// developer (Property Management Regulations 41): the others do not pay more for it.
    fn of(charge: &Charge, units: &[&Billed]) -> Option<Self> {
        let mut pool = Self { total: Fen::ZERO, whole: AreaDm2(0), parts: Vec::new() };
        if charge.kind != ChargeKind::Shared {
            return Some(pool);
        }
        let area = |unit: &&Billed| if takes(charge, unit) { unit.area.0 } else { 0 };
        let areas: Vec<u64> = units.iter().map(area).collect();
        pool.total = charge.rate.in_fen()?;
        for area in &areas {
            pool.whole = AreaDm2(pool.whole.0.checked_add(*area)?);
        }
        if pool.whole.0 > 0 {
            pool.parts = shares(pool.total, &areas)?;
        }
        Some(pool)
    }
}

fn takes(charge: &Charge, unit: &Billed) -> bool {
    charge.units.contains(&unit.kind)
}

fn bill_of(
    unit: &Billed,
    at: usize,
    tariff: &Tariff,
    pools: &[Pool],
    span: Span,
) -> Option<UnitBill> {
    let rules = &tariff.law.money;
    let mut lines = Vec::new();
    for (charge, pool) in tariff.charges.iter().zip(pools) {
        if !takes(charge, unit) {
            continue;
        }
        let measure = measure(charge, unit, pool, at);
        for month in span.each().filter(|month| charge.covers(*month)) {
            lines.extend(line(charge, measure, unit, month, rules)?);
        }
    }
    lines.sort_by_key(|line| line.month);
    prepaid::discount(&mut lines, span.first().plus(unit.prepaid)?, rules)?;
    let total = Fen::sum(lines.iter().map(|line| line.amount))?;
    Some(UnitBill { unit: unit.unit.clone(), lines, total })
}

fn measure(charge: &Charge, unit: &Billed, pool: &Pool, at: usize) -> Measure {
    let rate = charge.rate;
    match charge.kind {
        ChargeKind::Area => Measure::Area { area: unit.area, rate },
        ChargeKind::Fixed => Measure::Fixed { rate },
        ChargeKind::Parking => Measure::Parking { rate },
        ChargeKind::Shared => Measure::Shared {
            total: pool.total,
            area: unit.area,
            whole: pool.whole,
            part: pool.parts.get(at).copied().unwrap_or_default(),
        },
    }
}

/// Makes the line of a month; none inside before the unit was handed over.
fn line(
    charge: &Charge,
    measure: Measure,
    unit: &Billed,
    month: Month,
    rules: &Money,
) -> Option<Option<Line>> {
    let part = match owned(unit, month, rules)? {
        Owned::Not => return Some(None),
        Owned::Whole => None,
        Owned::Part(part) => Some(part),
    };
    let empty = if charge.kind.is_service() { empty(unit, month, rules)? } else { None };
    // Ten-thousandths of a fen are millionths of a yuan: nothing is lost before the one rounding.
    let mut above = match measure {
        Measure::Area { area, rate } => i128::from(area.0).checked_mul(i128::from(rate.get()))?,
        Measure::Fixed { rate } | Measure::Parking { rate } => {
            i128::from(rate.get()).checked_mul(Rate::PER_FEN.into())?
        }
        Measure::Shared { part, .. } => {
            i128::from(part.get()).checked_mul(Rate::PER_FEN_OF_AREA)?
        }
    };
    let mut below = 1_i128;
    if let Some(PartOfMonth { days, of }) = part {
        above = above.checked_mul(i128::from(days))?;
        below = below.checked_mul(i128::from(of))?;
    }
    if let Some(share) = empty {
        above = above.checked_mul(i128::from(share.numerator()))?;
        below = below.checked_mul(i128::from(share.denominator()))?;
    }
    // A part of what is shared is in fen already, and stays so.
    let round = match measure {
        Measure::Shared { .. } => Rounding::HalfUpFen,
        Measure::Area { .. } | Measure::Fixed { .. } | Measure::Parking { .. } => rules.round,
    };
    let rounded = round.round(above, below.checked_mul(Rate::PER_FEN_OF_AREA)?)?;
    let exact =
        Exact { millionths: above.checked_div(below)?, cut: above.checked_rem(below)? != 0 };
    let why = Why { measure, part, empty, exact, round, rounded, prepaid: None };
    Some(Some(Line { charge: charge.name.clone(), month, amount: rounded, why }))
}

/// Whose a month is.
enum Owned {
    /// The developer's.
    Not,
    /// The owner's.
    Whole,
    /// In part the owner's.
    Part(PartOfMonth),
}

/// Finds whose a month is. A unit that was handed over on the first day is its owner's from that day:
/// the rule is for what is handed over within a month.
fn owned(unit: &Billed, month: Month, rules: &Money) -> Option<Owned> {
    let Some(day) = unit.bill_from else { return Some(Owned::Whole) };
    let first = month.first()?;
    if day <= first {
        return Some(Owned::Whole);
    }
    if Month::of(day) > month {
        return Some(Owned::Not);
    }
    Some(match rules.handover_month {
        HandoverMonth::NextMonth => Owned::Not,
        HandoverMonth::Daily => {
            let (of, before) = (month.days()?, u32::try_from(day.days_since(first)).ok()?);
            Owned::Part(PartOfMonth { days: of.checked_sub(before)?, of })
        }
    })
}

/// Finds what an empty unit is charged, if it has been empty long enough when a month begins.
fn empty(unit: &Billed, month: Month, rules: &Money) -> Option<Option<Ratio>> {
    let Some(day) = unit.vacant_from else { return Some(None) };
    let less_from = day.in_months(u32::from(rules.vacancy_months))?;
    Some((month.first()? >= less_from).then_some(rules.vacancy_rate))
}
