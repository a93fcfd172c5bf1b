//! Homes that somebody looks for, to do something about their money.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::{Fen, Moment, UnitCode},
    payments::{
        books,
        view::{AccountRow, PAID_MORE},
    },
};
use linli_wire::cbor;

use crate::{
    ReplicaError,
    replica::Replica,
    store::{Listed, Store},
};

/// Homes that fit what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomesFound {
    /// The first of them in their order, each with what it owes.
    pub homes: Vec<(UnitCode, Fen)>,
    /// How many more there are.
    pub more: u32,
}

impl<S: Store> Replica<S> {
    /// Finds homes by room, building and room, or all of a code; nothing for who has to do with no home's money
    /// but their own.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn homes_found(
        &self,
        typed: &str,
        limit: usize,
        now: Moment,
    ) -> Result<Option<HomesFound>, ReplicaError> {
        let author = self.viewer(now)?;
        let units = self.member()?.current.units().map(|unit| &unit.code);
        let mut units = units.filter(|unit| books::may_act_for(&author, unit)).peekable();
        if units.peek().is_none() {
            return Ok(None);
        }
        let mut fitting: Vec<&UnitCode> = units.filter(|unit| fits(unit, typed)).collect();
        let more = fitting.len().saturating_sub(limit);
        fitting.truncate(limit);
        let told = |unit: &UnitCode| Ok((unit.clone(), self.owed(unit, now)?));
        let homes: Result<_, ReplicaError> = fitting.into_iter().map(told).collect();
        Ok(Some(HomesFound { homes: homes?, more: u32::try_from(more).unwrap_or(u32::MAX) }))
    }

    /// Counts the homes that paid something twice, for who keeps the books.
    ///
    /// The rows tell which homes paid more than they were billed in some year; only of these the statement is
    /// made, so it costs what these are, not what all homes are.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn homes_paid_twice(&self, now: Moment) -> Result<u32, ReplicaError> {
        if !books::may_bill(&self.viewer(now)?) {
            return Ok(0);
        }
        let mut units = BTreeSet::new();
        for row in self.money_rows(Listed::Tag(PAID_MORE.to_owned()), u32::MAX)?.1 {
            let AccountRow { unit, .. } = cbor::from_bytes("account row", &row.body)?;
            units.insert(unit);
        }
        let mut count = 0;
        for unit in units {
            let said = self.statement_of(&self.accounts_of(&unit)?, now)?;
            count += u32::from(!said.twice.is_empty());
        }
        Ok(count)
    }
}

/// Tells whether a home is meant: `501`, `3-501`, `3-2`, `3-2-501`, `3号楼2单元501室`; rooms by how they begin.
fn fits(unit: &UnitCode, typed: &str) -> bool {
    if UnitCode::parse(typed).is_some_and(|meant| meant == *unit) {
        return true;
    }
    let typed = typed.to_uppercase();
    let parts: Vec<&str> = typed
        .split(|letter: char| letter == '-' || letter == '－' || letter.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let (stair, room) = (unit.stair().to_string(), unit.room());
    match parts.as_slice() {
        [part] => room.starts_with(part) || unit.short() == *part,
        [building, part] => {
            unit.building() == *building && (stair == *part || room.starts_with(part))
        }
        [building, of, part] => {
            unit.building() == *building && stair == *of && room.starts_with(part)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_found_however_much_of_it_is_typed() {
        let unit = UnitCode::parse("3-2-501").unwrap();
        for typed in
            ["501", "50", "3-501", "3-2", "3-2-501", "3-2-5", "3号楼2单元501室", " 3 501 ", "32501"]
        {
            assert!(fits(&unit, typed), "{typed}");
        }
        for typed in ["", "-", "01", "2-501", "3-1", "3-1-501", "3-2-501-1", "13-2-501"] {
            assert!(!fits(&unit, typed), "{typed}");
        }
    }
}
