//! Statements: every layout as it is exported, hostile files, keys, matching.

mod hostile;
mod keyed;
mod layouts;
mod matched;

use super::*;
use crate::{
    kernel::{Day, Fen},
    payments::{Fault, Problem, UnitName},
    registry::roster::Line,
};

fn yuan(text: &str) -> Fen {
    Fen::parse_signed(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Rows of a text without quotation marks.
fn rows(text: &str) -> Vec<Line> {
    let rows = text.lines().zip(1..);
    rows.map(|(row, number)| Line::of(number, &row.split(',').collect::<Vec<_>>())).collect()
}

fn statement(text: &str) -> Statement {
    read(&rows(text)).unwrap()
}

fn problems(text: &str) -> Vec<Problem> {
    read(&rows(text)).unwrap_err()
}

/// Keys of an account without a name.
fn keys(lines: &[StatementLine]) -> Vec<Key> {
    super::keys(&Account::default(), lines)
}

/// A line of a bank on the first of March, of one person, without serial and balance.
fn paid(amount: &str, party: &str, memo: &str) -> StatementLine {
    StatementLine {
        row: 2,
        channel: Channel::Bank,
        serial: None,
        order: None,
        day: day("2026-03-01"),
        time: None,
        amount: yuan(amount),
        balance: None,
        party: party.to_owned(),
        memo: memo.to_owned(),
        standing: Standing::Income,
    }
}

fn bill(id: &str, unit: &str, amount: &str) -> Expected {
    Expected {
        id: id.to_owned(),
        amount: yuan(amount),
        unit: UnitName::parse(unit),
        day: None,
        reference: None,
        party: None,
    }
}

/// Numbers of a seed: Marsaglia's xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }
}
