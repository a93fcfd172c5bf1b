//! One bill run: asked for by the office, computed by everybody.

use std::{collections::BTreeMap, sync::OnceLock};

use linli_wire::FactId;

use super::{Books, Roster, TariffEntry, Withdrawal};
use crate::{
    kernel::{Author, Day, Fen, Month, Position, UnitCode, Written},
    law::Ratio,
    payments::{
        BillFields, Billed, Conditions, NotBilled, Refusal, RunFields, Span, StairTotal, Tariff,
        UnitBill, bill::Pools,
    },
    registry::Registry,
};

/// A run as its header tells it, with all that is needed to compute its bills.
#[derive(Clone, Debug)]
pub struct Run {
    /// The fact.
    pub id: FactId,
    /// The header.
    pub fields: RunFields,
    /// Who made it.
    pub author: Author,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What lateness costs a day, as a share of the principal.
    pub late_per_day: Ratio,
    /// Its withdrawal, if somebody asked for one.
    pub withdrawal: Option<Withdrawal>,
    biller: Biller,
}

/// What the bills of a run are computed from.
#[derive(Clone, Debug)]
struct Biller {
    span: Span,
    tariff: Tariff,
    roster: Roster,
    /// What is shared among all, once somebody asks for a bill.
    pools: OnceLock<Result<Pools, NotBilled>>,
}

impl Biller {
    const fn new(span: Span, tariff: Tariff, roster: Roster) -> Self {
        Self { span, tariff, roster, pools: OnceLock::new() }
    }

    fn bill(&self, unit: &UnitCode, conditions: &Conditions) -> Result<UnitBill, Refusal> {
        let Conditions { bill_from, vacant_from, prepaid } = *conditions;
        if prepaid > u32::from(self.tariff.law.money.prepay_months_max) {
            return Err(Refusal::BadTime);
        }
        let (at, base) = self.roster.find(unit).ok_or(Refusal::Unknown)?;
        let pools = self.pools.get_or_init(|| {
            let units: Vec<&Billed> = self.roster.units().iter().collect();
            Pools::of(&self.tariff, &units)
        });
        let billed = Billed { bill_from, vacant_from, prepaid, ..base.clone() };
        let pools = pools.as_ref().map_err(|_| Refusal::BadSum)?;
        pools.bill(&billed, at, &self.tariff, self.span).map_err(|_| Refusal::BadSum)
    }
}

impl Run {
    pub(super) fn new(
        fact: &Written,
        fields: RunFields,
        span: Span,
        entry: &TariffEntry,
        roster: Roster,
    ) -> Self {
        Self {
            id: fact.id,
            fields,
            author: fact.author.clone(),
            place: fact.place,
            late_per_day: entry.late_per_day(),
            withdrawal: None,
            biller: Biller::new(span, entry.tariff.clone(), roster),
        }
    }

    /// Computes the bill of a home.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] if the register of the run has no such unit, [`Refusal::BadTime`] if more is
    /// prepaid than the rules allow, [`Refusal::BadSum`] if the bill cannot be held.
    pub fn bill(&self, unit: &UnitCode, conditions: &Conditions) -> Result<UnitBill, Refusal> {
        self.biller.bill(unit, conditions)
    }

    /// Checks a home's bill: it is what this phone computes.
    ///
    /// # Errors
    /// [`Refusal::DoesNotRecompute`] and what [`Run::bill`] says.
    pub fn check(&self, bill: &BillFields) -> Result<UnitBill, Refusal> {
        let computed = self.bill(&bill.unit, &bill.conditions)?;
        if computed.total == bill.total { Ok(computed) } else { Err(Refusal::DoesNotRecompute) }
    }

    /// Tells whether it bills something that a tariff would bill again for some of these months.
    pub(super) fn bills_too(&self, tariff: &Tariff, span: Span) -> bool {
        let charges = &self.biller.tariff.charges;
        let mut months = self.biller.span.each().filter(|month| span.each().any(|m| m == *month));
        months.any(|month| {
            charges.iter().filter(|own| own.covers(month)).any(|own| {
                tariff.charges.iter().any(|other| other.covers(month) && own.overlaps(other))
            })
        })
    }

    /// Returns how many bills the header tells of.
    #[must_use]
    pub fn bills(&self) -> u32 {
        self.fields.stairs.iter().fold(0, |sum, stair| sum.saturating_add(stair.bills))
    }
}

/// What the office asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunAsked {
    /// The tariff.
    pub tariff: FactId,
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
    /// When it is due.
    pub due: Day,
    /// What homes' bills depend on; the usual where a home is missing.
    pub conditions: BTreeMap<UnitCode, Conditions>,
}

/// A run as it is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bills {
    /// The header.
    pub header: RunFields,
    /// What each home has to pay; homes that pay nothing have no bill.
    pub bills: Vec<(UnitCode, Conditions, Fen)>,
}

impl Books {
    /// Computes a run: header and bills.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn compute(&self, asked: &RunAsked, registry: &Registry) -> Result<Bills, Refusal> {
        let entry = self.tariff(&asked.tariff).ok_or(Refusal::Unknown)?;
        let span = Span::new(asked.from, asked.to).ok_or(Refusal::BadTime)?;
        if self.is_billed(&entry.tariff, span) {
            return Err(Refusal::BilledTwice);
        }
        let roster = Roster::of(registry);
        if asked.conditions.keys().any(|unit| roster.find(unit).is_none()) {
            return Err(Refusal::Unknown);
        }
        let header = RunFields {
            tariff: asked.tariff,
            from: asked.from,
            to: asked.to,
            due: asked.due,
            law: entry.tariff.law.hash(),
            units: u32::try_from(roster.units().len()).map_err(|_| Refusal::BadSum)?,
            roster: roster.hash(),
            stairs: Vec::new(),
            total: Fen::ZERO,
        };
        let biller = Biller::new(span, entry.tariff.clone(), roster.clone());
        let (mut bills, mut stairs) = (Vec::new(), Vec::<StairTotal>::new());
        for code in roster.codes() {
            let conditions = asked.conditions.get(code).copied().unwrap_or_default();
            let total = biller.bill(code, &conditions)?.total;
            if total > Fen::ZERO {
                add(&mut stairs, code, total)?;
                bills.push((code.clone(), conditions, total));
            }
        }
        let total = Fen::sum(stairs.iter().map(|stair| stair.total)).ok_or(Refusal::BadSum)?;
        if bills.is_empty() {
            return Err(Refusal::NothingOwed);
        }
        Ok(Bills { header: RunFields { stairs, total, ..header }, bills })
    }
}

fn add(stairs: &mut Vec<StairTotal>, code: &UnitCode, total: Fen) -> Result<(), Refusal> {
    match stairs.last_mut() {
        Some(last) if last.building == code.building() && last.stair == code.stair() => {
            last.bills = last.bills.saturating_add(1);
            last.total = last.total.plus(total).ok_or(Refusal::BadSum)?;
        }
        _ => stairs.push(StairTotal {
            building: code.building().to_owned(),
            stair: code.stair(),
            bills: 1,
            total,
        }),
    }
    Ok(())
}
