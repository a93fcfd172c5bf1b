//! Plain files, read into what is on the pages. Everything is read before anything is made.

use std::{collections::BTreeMap, path::Path};

use linli_domain::{
    kernel::{Day, Fen, UnitCode},
    law::RuleSet,
    payments::{Debt, Fault, SLIP_MAX, UnitBill, UnitName, limitation, sheet, slip_serial},
};
use linli_io::clock;

use super::{
    day,
    pages::{
        bills::{Bill, Charge},
        demands::{Demand, Owed},
        round::{Home, Round, Stair},
    },
};
use crate::{
    office::{Trouble, text::Text},
    payments::{bill, file, said, settle},
};

/// Days that a demand leaves to pay in. The law wants a reasonable time (Civil Code 944) and names none;
/// a month holds one day of wages.
const FAIR_DAYS: u64 = 30;

/// China's offset from UTC (minutes).
const OFFSET: i32 = 480;

/// Reads a bill run: the units that have something to pay.
pub(super) fn bills(
    order: &bill::Order,
    due: Option<&str>,
    law: &RuleSet,
    text: &Text,
) -> Result<Vec<Bill>, Trouble> {
    let due = due.map(|due| day("--due", due, text)).transpose()?;
    let (run, span, _) = order.reckon(law, text)?;
    let last = span.first().plus(span.months().saturating_sub(1));
    let months = (span.first(), last.unwrap_or(span.first()));
    let owing = run.units.iter().filter(|unit| unit.total != Fen::ZERO);
    let mut bills = Vec::new();
    for unit in owing {
        let charges = charges(unit, text).ok_or_else(|| {
            said::whole(order.roster(), Fault::SumLarge, unit.unit.as_str(), "", text)
        })?;
        bills.push(Bill { unit: unit.unit.clone(), months, charges, total: unit.total, due });
    }
    some(bills, order.roster(), text)
}

/// Puts months together that follow each other and are charged alike, by charge. `None` where a sum
/// cannot be held.
fn charges(unit: &UnitBill, text: &Text) -> Option<Vec<Charge>> {
    let mut charges: Vec<Charge> = Vec::new();
    let mut order: Vec<&str> = Vec::new();
    for line in &unit.lines {
        let why = bill::why(line, text);
        if !order.contains(&&*line.charge) {
            order.push(&line.charge);
        }
        let name = tame(&line.charge);
        let same = charges.iter_mut().rev().find(|charge| charge.name == name).filter(|charge| {
            charge.month == line.amount
                && charge.why == why
                && charge.last.plus(1) == Some(line.month)
        });
        match same {
            Some(charge) => {
                charge.last = line.month;
                charge.sum = charge.sum.plus(line.amount)?;
            }
            None => {
                let (first, month) = (line.month, line.amount);
                charges.push(Charge { name, first, last: first, month, why, sum: month });
            }
        }
    }
    let place = |charge: &Charge| order.iter().position(|name| tame(name) == charge.name);
    charges.sort_by_key(|charge| (place(charge), charge.first));
    Some(charges)
}

/// A text in one line.
fn tame(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Takes what there is to print; an error if there is nothing.
fn some<T>(things: Vec<T>, path: &Path, text: &Text) -> Result<Vec<T>, Trouble> {
    if things.is_empty() {
        return Err(said::whole(path, Fault::NothingOwed, "", "", text));
    }
    Ok(things)
}

/// Reads debts by unit, in the order of building, stair and room; what is nothing is left out.
fn debts(
    path: &Path,
    not_before: Option<Day>,
    text: &Text,
) -> Result<BTreeMap<UnitName, Vec<Debt>>, Trouble> {
    let mut first = BTreeMap::new();
    let columns = [&[sheet::UNIT][..], &sheet::DEBT].concat();
    let rows = file::read(path, &columns, text, |row| {
        let unit = row.unit();
        let debt = settle::debt(row, unit.clone(), &mut first)?;
        if let Some(day) = not_before.filter(|day| debt.due >= *day) {
            let due = debt.due.to_string();
            row.fault("due", Fault::DebtNotDue, &due, &day.to_string());
        }
        Some((unit?, debt))
    })?;
    let mut units: BTreeMap<UnitName, Vec<Debt>> = BTreeMap::new();
    for (unit, debt) in rows {
        if (debt.principal, debt.late) != (Fen::ZERO, Fen::ZERO) {
            units.entry(unit).or_default().push(Debt { id: tame(&debt.id), ..debt });
        }
    }
    if units.is_empty() {
        return Err(said::whole(path, Fault::NothingOwed, "", "", text));
    }
    Ok(units)
}

/// Reads debts into a letter for each unit, the oldest debt first.
pub(super) fn demands(
    path: &Path,
    on: Option<&str>,
    law: &RuleSet,
    text: &Text,
) -> Result<Vec<Demand>, Trouble> {
    let today = match on {
        Some(on) => Some(day("--day", on, text)?),
        None => Day::of(clock::now(), OFFSET),
    };
    let end = |value: &str| said::flag("--day", Fault::DayForm, value, "", text);
    let today = today.ok_or_else(|| end(""))?;
    let pay_by = today.in_days(FAIR_DAYS).ok_or_else(|| end(&today.to_string()))?;
    let years = law.money.limitation_years;
    let mut demands = Vec::new();
    for (unit, mut debts) in debts(path, Some(today), text)? {
        debts.sort_by_key(|debt| debt.due);
        let demand = demand(&unit, &debts, (today, pay_by), years);
        let large = || said::whole(path, Fault::SumLarge, unit.as_str(), "", text);
        demands.push(demand.ok_or_else(large)?);
    }
    Ok(demands)
}

fn demand(
    unit: &UnitName,
    debts: &[Debt],
    (day, pay_by): (Day, Day),
    years: u16,
) -> Option<Demand> {
    let owed = |debt: &Debt| {
        let (due, principal, late) = (debt.due, debt.principal, debt.late);
        let limitation = limitation(due, &[], years)?.last;
        let sum = principal.plus(late)?;
        Some(Owed { id: debt.id.clone(), due, principal, late, sum, limitation })
    };
    let principal = Fen::sum(debts.iter().map(|debt| debt.principal))?;
    let late = Fen::sum(debts.iter().map(|debt| debt.late))?;
    let total = principal.plus(late)?;
    let debts = debts.iter().map(owed).collect::<Option<Vec<Owed>>>()?;
    Some(Demand { unit: unit.clone(), day, pay_by, debts, principal, late, total })
}

/// Reads debts into the sheet of a round.
pub(super) fn round(path: &Path, text: &Text) -> Result<Round, Trouble> {
    let mut stairs: Vec<Stair> = Vec::new();
    let large = |what: &str| said::whole(path, Fault::SumLarge, what, "", text);
    let mut all = Fen::ZERO;
    for (unit, debts) in debts(path, None, text)? {
        let sums = debts.iter().flat_map(|debt| [debt.principal, debt.late]);
        let due = Fen::sum(sums).ok_or_else(|| large(unit.as_str()))?;
        let too_large = || large(text.pick("合计", "all units"));
        all = all.plus(due).ok_or_else(too_large)?;
        let place = unit.code().map(|code| (code.building().to_owned(), code.stair()));
        if stairs.last().is_none_or(|stair| stair.place != place) {
            stairs.push(Stair { place, homes: Vec::new(), total: Fen::ZERO });
        }
        if let Some(stair) = stairs.last_mut() {
            stair.total = stair.total.plus(due).ok_or_else(too_large)?;
            let floor = unit.code().map(floor).unwrap_or_default();
            stair.homes.push(Home { unit, due, floor });
        }
    }
    Ok(Round { stairs, total: all })
}

/// What stands before the last two digits of a room; nothing where that says no floor.
fn floor(code: &UnitCode) -> String {
    let room = code.room();
    let digits = room.bytes().all(|byte| byte.is_ascii_digit());
    let floor = room.len().checked_sub(2).and_then(|at| room.get(..at)).filter(|_| digits);
    floor.unwrap_or_default().to_owned()
}

/// Makes the serials of slips.
pub(super) fn slips(
    prefix: &str,
    from: &str,
    count: &str,
    text: &Text,
) -> Result<Vec<String>, Trouble> {
    let most = SLIP_MAX.to_string();
    let number = |flag, value: &str| {
        let number = value.parse::<u16>().ok().filter(|number| (1..=SLIP_MAX).contains(number));
        number.ok_or_else(|| said::flag(flag, Fault::SlipNumber, value, &most, text))
    };
    let (first, many) = (number("--from", from)?, number("--count", count)?);
    let last = first.checked_add(many - 1).filter(|last| *last <= SLIP_MAX);
    let last = last.ok_or_else(|| said::flag("--count", Fault::SlipsMany, count, &most, text))?;
    let serials = (first..=last).map(|number| slip_serial(prefix, number));
    let serials: Option<Vec<String>> = serials.collect();
    serials.ok_or_else(|| said::flag("--prefix", Fault::SlipPrefix, prefix, "", text))
}
