//! A table by its columns: the first line names them, in English or Chinese, in any order.

use std::collections::BTreeMap;

use super::{Fault, Problem, UnitName};
use crate::{
    kernel::{AreaDm2, Day, Fen, NotAnArea, SUM_MAX},
    law::Ratio,
    registry::roster::{Cell, LINES_MAX, Line},
};

/// A column: its name, what else it goes by, and whether it has to be there.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    also: &'static [&'static str],
    needed: bool,
}

impl Column {
    /// One that has to be there.
    #[must_use]
    pub const fn needed(name: &'static str, also: &'static [&'static str]) -> Self {
        Self { name, also, needed: true }
    }

    /// One that may be missing.
    #[must_use]
    pub const fn optional(name: &'static str, also: &'static [&'static str]) -> Self {
        Self { name, also, needed: false }
    }
}

/// The unit, as several tables have it.
pub const UNIT: Column = Column::needed("unit", &["unitcode", "房号", "户号", "房屋编号"]);

/// The area, as several tables have it.
pub const AREA: Column =
    Column::needed("area_m2", &["area", "面积", "专有面积", "专有部分面积", "建筑面积"]);

/// A debt, as several tables have it.
pub const DEBT: [Column; 4] = [
    Column::needed("id", &["编号", "账单"]),
    Column::needed("due", &["到期日", "应付日"]),
    Column::needed("principal", &["本金", "欠费"]),
    Column::needed("late", &["latefee", "违约金"]),
];

/// Columns for people, which say nothing to a program.
const REMARKS: &[&str] = &["no", "remark", "note", "序号", "备注"];

/// One line of a table, read column by column; what is wrong is collected.
#[derive(Debug)]
pub struct Row<'a> {
    line: &'a Line,
    /// Name, position and word of each column that is there.
    columns: &'a [(&'static str, usize, String)],
    problems: &'a mut Vec<Problem>,
}

/// Reads a table line by line: the header first. Empty lines are passed over.
///
/// # Errors
/// All problems, in the order of their lines.
pub fn read<T>(
    lines: &[Line],
    columns: &[Column],
    mut row: impl FnMut(&mut Row<'_>) -> Option<T>,
) -> Result<Vec<T>, Vec<Problem>> {
    let mut problems = Vec::new();
    let rows = read_lines(lines, columns, &mut problems, &mut row);
    if problems.is_empty() {
        return Ok(rows);
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(problems)
}

fn read_lines<T>(
    lines: &[Line],
    columns: &[Column],
    problems: &mut Vec<Problem>,
    row: &mut impl FnMut(&mut Row<'_>) -> Option<T>,
) -> Vec<T> {
    if lines.len() > LINES_MAX {
        problems.push(Problem::of_file(Fault::LinesMany, "").with(LINES_MAX.to_string()));
        return Vec::new();
    }
    let mut lines = lines.iter().filter(|line| !line.is_blank());
    let Some(first) = lines.next() else {
        problems.push(Problem::of_file(Fault::FileEmpty, ""));
        return Vec::new();
    };
    let columns = header(first, columns, problems);
    problems.extend(swallowed(first, first));
    if !problems.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut any = false;
    for line in lines {
        any = true;
        if let Some(problem) = swallowed(line, first) {
            problems.push(problem);
            continue;
        }
        let mut one = Row { line, columns: &columns, problems: &mut *problems };
        one.check_width(first.cells.len());
        rows.extend(row(&mut one));
    }
    if !any {
        problems.push(Problem::of_file(Fault::FileEmpty, ""));
    }
    rows
}

/// Finds the cell that took in whole rows, in whatever column: what it says cannot be relied on.
fn swallowed(line: &Line, header: &Line) -> Option<Problem> {
    let width = header.cells.iter().rposition(|cell| !cell.shown().is_empty())? + 1;
    let at = line.cells.iter().position(|cell| cell.swallows(width))?;
    let value = line.cells.get(at).map_or("", Cell::shown);
    // The word above it; of a header that took in rows, what stands before them.
    let word = header.cells.get(at).map_or("", Cell::shown).lines().next().unwrap_or_default();
    Some(Problem::new(line.number, at + 1, word, Fault::CellSwallows, value))
}

/// A column's word without blanks, dashes and a unit in brackets.
fn key(word: &str) -> String {
    let word = word.split(['(', '（']).next().unwrap_or_default().to_lowercase();
    word.chars().filter(|char| !char.is_whitespace() && !matches!(char, '_' | '-')).collect()
}

fn header(
    line: &Line,
    columns: &[Column],
    problems: &mut Vec<Problem>,
) -> Vec<(&'static str, usize, String)> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let names = names.join(", ");
    let mut found: Vec<(&'static str, usize, String)> = Vec::new();
    for (at, cell) in line.cells.iter().enumerate() {
        let word = cell.shown().to_owned();
        let key_of_word = key(&word);
        if word.is_empty() || REMARKS.contains(&key_of_word.as_str()) {
            continue;
        }
        let column = columns.iter().find(|column| {
            key(column.name) == key_of_word || column.also.contains(&key_of_word.as_str())
        });
        let problem = |fault| Problem::new(line.number, at + 1, &word, fault, &word);
        let Some(column) = column else {
            problems.push(problem(Fault::HeaderUnknown).with(names.clone()));
            continue;
        };
        if let Some((_, first, _)) = found.iter().find(|(name, ..)| *name == column.name) {
            problems.push(problem(Fault::HeaderTwice).with((first + 1).to_string()));
            continue;
        }
        found.push((column.name, at, word));
    }
    for column in columns.iter().filter(|column| column.needed) {
        if !found.iter().any(|(name, ..)| *name == column.name) {
            let problem = Problem::new(line.number, 0, "", Fault::ColumnMissing, column.name);
            problems.push(problem.with(names.clone()));
        }
    }
    found
}

/// Reads a sum that is not below zero.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn sum(text: &str) -> Result<Fen, (Fault, String)> {
    let sum = Fen::parse_signed(text).ok_or_else(|| (Fault::SumForm, SUM_MAX.to_string()))?;
    if sum < Fen::ZERO { Err((Fault::SumNegative, String::new())) } else { Ok(sum) }
}

impl Row<'_> {
    /// Says what is wrong in a column.
    pub fn fault(&mut self, column: &str, fault: Fault, value: &str, other: &str) {
        let found = self.columns.iter().find(|(name, ..)| *name == column);
        let (at, word) = found.map_or((0, ""), |(_, at, word)| (at + 1, word.as_str()));
        let problem = Problem::new(self.line.number, at, word, fault, value);
        self.problems.push(problem.with(other.to_owned()));
    }

    fn check_width(&mut self, width: usize) {
        let line = self.line;
        let over = line.cells.iter().skip(width).map(Cell::shown).find(|word| !word.is_empty());
        if let Some(word) = over {
            self.fault("", Fault::LineLong, word, "");
        }
    }

    /// Returns what stands in a column; none where nothing does, or where it is no text.
    pub fn text(&mut self, column: &str) -> Option<String> {
        let (_, at, _) = self.columns.iter().find(|(name, ..)| *name == column)?;
        match self.line.cells.get(*at)? {
            Cell::Text(text) | Cell::Date(text) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            Cell::Failed(value) | Cell::Covered(value) => {
                let value = value.clone();
                self.fault(column, Fault::CellUnfit, &value, "");
                None
            }
        }
    }

    /// Returns what has to stand in a column.
    pub fn needed(&mut self, column: &str) -> Option<String> {
        let before = self.problems.len();
        let text = self.text(column);
        if text.is_none() && self.problems.len() == before {
            self.fault(column, Fault::CellMissing, "", "");
        }
        text
    }

    /// Reads the unit.
    pub fn unit(&mut self) -> Option<UnitName> {
        let text = self.needed("unit")?;
        let unit = UnitName::parse(&text);
        if unit.is_none() {
            self.fault("unit", Fault::UnitForm, &text, "");
        }
        unit
    }

    /// Takes a unit once, however it is spelled.
    pub fn unit_once(
        &mut self,
        unit: UnitName,
        first: &mut BTreeMap<UnitName, u32>,
    ) -> Option<UnitName> {
        let written = unit.as_str().to_owned();
        self.once(("unit", Fault::UnitTwice), unit, &written, first)
    }

    /// Reads the area.
    pub fn area(&mut self) -> Option<AreaDm2> {
        let text = self.needed("area_m2")?;
        let why = match AreaDm2::parse(&text) {
            Ok(area) => return Some(area),
            Err(why) => why,
        };
        let fault = match why {
            NotAnArea::Separator | NotAnArea::Number | NotAnArea::Decimals => Fault::AreaNumber,
            NotAnArea::Negative => Fault::AreaNegative,
            NotAnArea::Zero => Fault::AreaZero,
            NotAnArea::Large => Fault::AreaLarge,
        };
        self.fault("area_m2", fault, &text, &(AreaDm2::MAX.0 / 100).to_string());
        None
    }

    /// Reads a sum that is not below zero.
    pub fn sum(&mut self, column: &str) -> Option<Fen> {
        let text = self.needed(column)?;
        let sum = sum(&text);
        sum.map_err(|(fault, other)| self.fault(column, fault, &text, &other)).ok()
    }

    /// Takes a key once: where an earlier line has it, that is told.
    pub fn once<K: Ord + Clone>(
        &mut self,
        (column, fault): (&str, Fault),
        key: K,
        written: &str,
        first: &mut BTreeMap<K, u32>,
    ) -> Option<K> {
        if let Some(line) = first.get(&key) {
            self.fault(column, fault, written, &line.to_string());
            return None;
        }
        first.insert(key.clone(), self.line.number);
        Some(key)
    }

    /// Reads a day where one stands.
    pub fn day(&mut self, column: &str) -> Option<Day> {
        let text = self.text(column)?;
        let day = Day::read(&text);
        if day.is_none() {
            self.fault(column, Fault::DayForm, &text, "");
        }
        day
    }

    /// Reads a day that has to stand there.
    pub fn needed_day(&mut self, column: &str) -> Option<Day> {
        self.needed(column)?;
        self.day(column)
    }

    /// Reads a number of percent where one stands.
    pub fn percent(&mut self, column: &str) -> Option<Ratio> {
        let text = self.text(column)?;
        let percent = Ratio::percent(&text);
        if percent.is_none() {
            self.fault(column, Fault::PercentForm, &text, "");
        }
        percent
    }
}
