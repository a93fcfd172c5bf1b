//! What homes' bills depend on, as somebody types or pastes it: a table of the homes that are not as usual.

use std::collections::BTreeMap;

use crate::{
    kernel::{Month, UnitCode},
    payments::{
        Conditions, Fault, Problem, Span,
        sheet::{self, Column, Row, UNIT},
        tariff::Tariff,
    },
    registry::roster::Line,
};

/// The day of the handover.
pub const BILL_FROM: Column = Column::optional("bill_from", &["计费起日", "起费日", "交付日期"]);

/// The day from which a home stands empty.
pub const VACANT_FROM: Column = Column::optional("vacant_from", &["空置起日", "空置日期"]);

/// How many months are prepaid.
pub const PREPAID: Column = Column::optional("prepaid", &["预缴", "预缴月数"]);

/// Reads a table with a header: the unit, and what its bill depends on. Where nothing stands all homes are as
/// usual; `is_known` tells whether a home is in the register.
///
/// # Errors
/// All problems, in the order of their lines.
pub fn read(
    text: &str,
    span: Span,
    tariff: &Tariff,
    is_known: impl Fn(&UnitCode) -> bool,
) -> Result<BTreeMap<UnitCode, Conditions>, Vec<Problem>> {
    if text.trim().is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut first = BTreeMap::new();
    let rows = sheet::read(&Line::all_of(text), &[UNIT, BILL_FROM, VACANT_FROM, PREPAID], |row| {
        let unit = unit(row, &is_known);
        let conditions = of_row(row, span, tariff);
        let (unit, conditions) = (unit?, conditions?);
        let written = unit.to_string();
        let unit = row.once(("unit", Fault::UnitTwice), unit, &written, &mut first)?;
        Some((unit, conditions))
    })?;
    Ok(rows.into_iter().collect())
}

/// Reads what the bill of a row's home depends on.
pub fn of_row(row: &mut Row<'_>, span: Span, tariff: &Tariff) -> Option<Conditions> {
    // Every column is read, so that every problem is told.
    let (bill_from, vacant_from) = (row.day("bill_from"), row.day("vacant_from"));
    let prepaid = prepaid(row, span, tariff)?;
    Some(Conditions { bill_from, vacant_from, prepaid })
}

fn unit(row: &mut Row<'_>, is_known: &impl Fn(&UnitCode) -> bool) -> Option<UnitCode> {
    let text = row.needed("unit")?;
    let Some(unit) = UnitCode::parse(&text) else {
        row.fault("unit", Fault::UnitForm, &text, "");
        return None;
    };
    if !is_known(&unit) {
        row.fault("unit", Fault::UnitUnknown, &text, "");
        return None;
    }
    Some(unit)
}

/// Reads how many months are prepaid, from the first of the run on: their number, the last of them, or
/// whether all of the run is.
fn prepaid(row: &mut Row<'_>, span: Span, tariff: &Tariff) -> Option<u32> {
    let Some(word) = row.text("prepaid") else { return Some(0) };
    let months = match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "是" => Some(span.months()),
        "no" | "n" | "false" | "否" => Some(0),
        other => match Month::parse(other) {
            Some(last) => {
                Some(last.since(span.first()).map_or(0, |months| months.saturating_add(1)))
            }
            None => other.parse().ok(),
        },
    };
    let most = u32::from(tariff.law.money.prepay_months_max);
    match months {
        None => row.fault("prepaid", Fault::PrepaidForm, &word, ""),
        Some(months) if months > most => {
            row.fault("prepaid", Fault::PrepaidLong, &months.to_string(), &most.to_string());
        }
        Some(_) => return months,
    }
    None
}
