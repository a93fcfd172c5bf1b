//! The rules of money: worked cases, what must hold of any figures, tariffs as
//! people write them, what stands on paper.

mod accounts;
mod bills;
mod facts;
mod given;
mod golden;
mod paper;
mod rounds;
mod sheets;
mod splits;
mod stored;
mod tariffs;
mod withdrawn;

use super::*;
use crate::{
    kernel::{AreaDm2, Day, Fen, Month},
    law::{Ratio, RuleSet},
};

/// Yuan, as in the worked cases.
fn yuan(text: &str) -> Fen {
    Fen::parse_signed(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn span(first: &str, last: &str) -> Span {
    Span::new(month(first), month(last)).unwrap()
}

fn percent(text: &str) -> Ratio {
    Ratio::percent(text).unwrap()
}

fn name(text: &str) -> UnitName {
    UnitName::parse(text).unwrap()
}

/// The home of the worked cases: 89.37 m².
fn home() -> Billed {
    Billed {
        unit: name("3-2-501"),
        area: AreaDm2(8_937),
        kind: UnitUse::Home,
        bill_from: None,
        vacant_from: None,
        prepaid: 0,
    }
}

/// A tariff by the national rules.
fn tariff(text: &str) -> Tariff {
    tariff::read(text, &RuleSet::national().unwrap()).unwrap()
}

/// 2.35 yuan for a square metre, with rules.
fn fee(rules: &str) -> Tariff {
    tariff(&format!("[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n[rules]\n{rules}\n"))
}

fn amounts(bill: &UnitBill) -> Vec<i64> {
    bill.lines.iter().map(|line| line.amount.get()).collect()
}

/// The bill of one unit.
fn billed(unit: Billed, tariff: &Tariff, span: Span) -> UnitBill {
    bill(&[unit], tariff, span).unwrap().units.remove(0)
}

fn debt(id: &str, due: &str, principal: &str, late: &str) -> Debt {
    Debt { id: id.to_owned(), due: day(due), principal: yuan(principal), late: yuan(late) }
}

/// What was paid and what is left: late fee, then principal, in fen.
fn figures(settlement: &Settlement) -> Vec<(i64, i64, i64, i64)> {
    let debt = |debt: &Settled| {
        let (late, principal) = (debt.late_paid.get(), debt.principal_paid.get());
        (late, principal, debt.late_left.get(), debt.principal_left.get())
    };
    settlement.debts.iter().map(debt).collect()
}
