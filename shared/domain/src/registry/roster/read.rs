//! From lines to entries: every line is read, and every problem is told.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Cell, Column, Entry, Fault, LINES_MAX, Line, Problem, Roster, Secret,
    header::{self, Header},
    owners::{self, Known},
    row::{Row, STAIR_MAX},
    values,
};
use crate::{kernel::UnitCode, registry::Unit};

/// Reads a table: the header first, then a unit a line. Empty lines are passed over.
///
/// # Errors
/// All problems, in the order of their lines.
pub fn read(lines: &[Line], secret: &Secret) -> Result<Roster, Vec<Problem>> {
    let mut problems = Vec::new();
    let entries = Reader::default().read(lines, secret, &mut problems);
    if problems.is_empty() {
        return Ok(Roster { entries });
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(problems)
}

/// Reads a text of five columns, a line each: building, stair, room, use, area in m². A header may
/// stand before it, and then name other columns.
///
/// # Errors
/// As [`read`].
pub fn read_plain(text: &str, secret: &Secret) -> Result<Roster, Vec<Problem>> {
    let mut lines = Line::all_of(text);
    let first = lines.iter().find(|line| !line.is_blank());
    let named = first.and_then(|line| line.cells.first()).is_some_and(|cell| match cell {
        Cell::Text(text) => header::is_name(text),
        Cell::Date(_) | Cell::Failed(_) | Cell::Covered(_) => false,
    });
    if first.is_some() && !named {
        lines.insert(0, Line::of(0, &["building", "stair", "room", "use", "area"]));
    }
    read(&lines, secret)
}

/// What is known from the lines before.
#[derive(Default)]
struct Reader {
    /// Lines of units.
    units: BTreeMap<UnitCode, u32>,
    /// Upper rooms of duplexes, with the line.
    uppers: Vec<(UnitCode, u32)>,
    /// What a stair's first line says about its lift.
    lifts: BTreeMap<(String, u16), (bool, u32)>,
    known: Known,
    /// Merged ranges that were named already.
    merged: BTreeSet<String>,
}

impl Reader {
    fn read(mut self, lines: &[Line], secret: &Secret, problems: &mut Vec<Problem>) -> Vec<Entry> {
        if lines.len() > LINES_MAX {
            let many = Problem::of_file(Fault::LinesMany, "").with(LINES_MAX.to_string());
            problems.push(many);
            return Vec::new();
        }
        let mut lines = lines.iter().filter(|line| !line.is_blank());
        let Some(first) = lines.next() else {
            problems.push(Problem::of_file(Fault::FileEmpty, ""));
            return Vec::new();
        };
        let Some(header) = Header::read(first, problems) else { return Vec::new() };
        let mut entries = BTreeMap::new();
        let mut any = false;
        for line in lines {
            any = true;
            if header.is_again(line) {
                problems.push(Problem::new(line.number, 0, "", Fault::HeaderAgain, ""));
                continue;
            }
            let mut row = Row { line, header: &header, problems, spoilt: BTreeSet::new() };
            row.look_over(&mut self.merged);
            if let Some(entry) = self.entry(&mut row, secret) {
                entries.insert(entry.unit.code.clone(), entry);
            }
        }
        if !any {
            problems.push(Problem::of_file(Fault::FileEmpty, ""));
        }
        for (upper, line) in &self.uppers {
            if let Some(own) = self.units.get(upper) {
                let at = header.position(Column::Unit).or_else(|| header.position(Column::Room));
                let at = at.unwrap_or_default();
                let problem = Problem::new(
                    *own,
                    at + 1,
                    header.word(at),
                    Fault::UnitInDuplex,
                    &upper.to_string(),
                );
                problems.push(problem.with(line.to_string()));
            }
        }
        entries.into_values().collect()
    }

    fn entry(&mut self, row: &mut Row<'_>, secret: &Secret) -> Option<Entry> {
        let code = self.code(row);
        let kind = row.required(Column::Use, |text| values::kind(text).ok_or(Fault::UseUnknown));
        let area = row.area();
        let basis = match row.text(Column::Basis) {
            None if !row.header.has(Column::Basis) => Some("register"),
            _ => row.required(Column::Basis, |text| values::basis(text).ok_or(Fault::BasisUnknown)),
        };
        let status = row.status();
        let lift = row.optional(Column::Lift, |text| values::yes(text).ok_or(Fault::LiftUnknown));
        let bill_from = row.day(Column::BillFrom, Fault::BillFrom);
        let code = code?;
        if let Some(lift) = lift {
            self.check_lift(row, &code, lift);
        }
        let owners = owners::read(row, &mut self.known, &code, secret);
        let unit = Unit {
            code,
            kind: kind?,
            area: area?,
            basis: basis?.to_owned(),
            owners: owners.iter().map(|owner| owner.person).collect(),
            status: status?,
        };
        Some(Entry { line: row.number(), unit, lift, owners, bill_from })
    }

    fn check_lift(&mut self, row: &mut Row<'_>, code: &UnitCode, lift: bool) {
        let stair = (code.building().to_owned(), code.stair());
        let (first, at) = *self.lifts.entry(stair).or_insert((lift, row.number()));
        if first != lift {
            row.fault(Column::Lift, Fault::LiftDiffers, "", &at.to_string());
        }
    }

    /// Reads the unit's code and checks that it is the first of its kind.
    fn code(&mut self, row: &mut Row<'_>) -> Option<UnitCode> {
        let (column, (code, upper)) = match row.header.has(Column::Unit) {
            true => (Column::Unit, row.whole_code()?),
            false => (Column::Room, row.code_from_parts()?),
        };
        if code.stair() == 0 || code.stair() > STAIR_MAX {
            let at = if row.header.has(Column::Stair) { Column::Stair } else { column };
            row.fault(at, Fault::StairNumber, &code.stair().to_string(), "");
            return None;
        }
        if let Some(first) = self.units.get(&code) {
            row.fault(column, Fault::UnitTwice, &code.to_string(), &first.to_string());
            return None;
        }
        self.units.insert(code.clone(), row.number());
        self.uppers.extend(upper.map(|upper| (upper, row.number())));
        Some(code)
    }
}
