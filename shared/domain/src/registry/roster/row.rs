//! One line that is being read: its cells by column, and what is wrong with them.

use std::collections::BTreeSet;

use super::{CELL_CHARS_MAX, Cell, Column, Fault, Line, Problem, header::Header, owners, values};
use crate::{
    kernel::{AreaDm2, UnitCode, plain},
    registry::UnitStatus,
};

/// Largest number of a stair.
pub(super) const STAIR_MAX: u16 = 99;

/// One line that is being read.
pub(super) struct Row<'a> {
    pub(super) line: &'a Line,
    pub(super) header: &'a Header,
    pub(super) problems: &'a mut Vec<Problem>,
    /// Columns of which something was said already.
    pub(super) spoilt: BTreeSet<Column>,
}

impl Row<'_> {
    pub(super) fn number(&self) -> u32 {
        self.line.number
    }

    /// Tells whether nothing was said about a column.
    pub(super) fn is_sound(&self, column: Column) -> bool {
        !self.spoilt.contains(&column)
    }

    /// Says what is wrong in a column.
    pub(super) fn fault(&mut self, column: Column, fault: Fault, value: &str, other: &str) {
        self.spoilt.insert(column);
        let at = self.header.position(column);
        let word = at.map_or("", |at| self.header.word(at));
        let problem = Problem::new(self.line.number, at.map_or(0, |at| at + 1), word, fault, value);
        self.problems.push(problem.with(other.to_owned()));
    }

    /// Finds what no column could hold: merged and failed cells, dates, hidden signs, too much text.
    pub(super) fn look_over(&mut self, merged: &mut BTreeSet<String>) {
        let width = self.header.width();
        for (position, cell) in self.line.cells.iter().enumerate() {
            let column = self.header.column_at(position);
            let (fault, value, other) = match cell {
                Cell::Covered(range) => {
                    self.spoilt.extend(column);
                    if !merged.insert(range.clone()) {
                        continue;
                    }
                    (Fault::CellMerged, String::new(), range.clone())
                }
                Cell::Failed(shown) => (Fault::CellFailed, shown.clone(), String::new()),
                Cell::Date(day) => match column {
                    Some(Column::BillFrom | Column::Delivered | Column::Remark) => continue,
                    _ => (Fault::CellDate, day.clone(), String::new()),
                },
                Cell::Text(text) => match ill_text(text, column) {
                    Some(fault) => (fault, text.clone(), CELL_CHARS_MAX.to_string()),
                    // Not repeated: what was taken in may be phones and IDs.
                    None if cell.swallows(width) => {
                        (Fault::CellSwallows, String::new(), String::new())
                    }
                    None if position >= width && !text.trim().is_empty() => {
                        let left = Problem::new(self.line.number, 0, "", Fault::LineLong, text);
                        self.problems.push(left);
                        return;
                    }
                    None => continue,
                },
            };
            self.spoilt.extend(column);
            let word = self.header.word(position);
            let problem = Problem::new(self.line.number, position + 1, word, fault, &value);
            self.problems.push(problem.with(other));
        }
    }

    /// Returns the text of a column; `None` if it is empty or something was said about it.
    pub(super) fn text(&self, column: Column) -> Option<&str> {
        if !self.is_sound(column) {
            return None;
        }
        match self.line.cells.get(self.header.position(column)?)? {
            Cell::Text(text) | Cell::Date(text) => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            Cell::Failed(_) | Cell::Covered(_) => None,
        }
    }

    /// Reads a column that may be empty.
    pub(super) fn optional<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        let text = self.text(column)?.to_owned();
        read(&text).map_err(|fault| self.fault(column, fault, &text, "")).ok()
    }

    /// Reads a column that must say something.
    pub(super) fn required<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        if !self.is_sound(column) {
            return None;
        }
        let text = self.text(column).unwrap_or_default().to_owned();
        read(&text).map_err(|fault| self.fault(column, fault, &text, "")).ok()
    }

    pub(super) fn area(&mut self) -> Option<AreaDm2> {
        if self.is_sound(Column::Area) && self.text(Column::Area).is_none() {
            self.fault(Column::Area, Fault::AreaMissing, "", "");
        }
        let text = self.text(Column::Area)?.to_owned();
        let most = (AreaDm2::MAX.0 / 100).to_string();
        values::area(&text).map_err(|fault| self.fault(Column::Area, fault, &text, &most)).ok()
    }

    /// Reads a day, as text or as the spreadsheet's own.
    pub(super) fn day(&mut self, column: Column, fault: Fault) -> Option<String> {
        self.optional(column, |text| values::day(text).ok_or(fault))
    }

    /// Reads how the unit stands, from the status and from whether it was handed over.
    pub(super) fn status(&mut self) -> Option<UnitStatus> {
        let status =
            self.optional(Column::Status, |text| values::status(text).ok_or(Fault::StatusUnknown));
        let delivered = self.optional(Column::Delivered, |text| {
            let on = values::day(text).map(|_| true);
            on.or_else(|| values::yes(text)).ok_or(Fault::DeliveredUnknown)
        });
        if !self.is_sound(Column::Status) || !self.is_sound(Column::Delivered) {
            return None;
        }
        match (status, delivered) {
            (Some(status), Some(delivered)) if status.is_developers() == delivered => {
                let value = self.text(Column::Delivered).unwrap_or_default().to_owned();
                let other = self.text(Column::Status).unwrap_or_default().to_owned();
                self.fault(Column::Delivered, Fault::DeliveredDiffers, &value, &other);
                None
            }
            (Some(status), _) => Some(status),
            (None, Some(false)) => Some(UnitStatus::Undelivered),
            (None, Some(true) | None) => Some(UnitStatus::default()),
        }
    }

    /// Splits a column at what stands between owners; empty if nothing stands there.
    pub(super) fn parts(&self, column: Column) -> Vec<String> {
        self.text(column).map(owners::split).unwrap_or_default()
    }

    /// Reads a column that says something about each owner, or about none; `-` is nothing.
    pub(super) fn beside<T>(
        &mut self,
        column: Column,
        owners: usize,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Vec<Option<T>> {
        let parts = self.parts(column);
        let nothing = || (0..owners).map(|_| None).collect();
        if parts.is_empty() {
            return nothing();
        }
        if parts.len() != owners {
            let (here, there) = (parts.len().to_string(), owners.to_string());
            self.fault(column, Fault::OwnersCount, &here, &there);
            return nothing();
        }
        let mut values = Vec::with_capacity(owners);
        for part in parts {
            if part.is_empty() || part == "-" {
                values.push(None);
                continue;
            }
            // Phones and IDs are not repeated: a list of problems is passed on.
            let shown = if column == Column::Share { part.as_str() } else { "" };
            values.push(read(&part).map_err(|fault| self.fault(column, fault, shown, "")).ok());
        }
        values
    }

    pub(super) fn whole_code(&mut self) -> Option<(UnitCode, Option<UnitCode>)> {
        if self.is_sound(Column::Unit) && self.text(Column::Unit).is_none() {
            self.fault(Column::Unit, Fault::RoomMissing, "", "");
        }
        let text = self.text(Column::Unit)?.to_owned();
        let code = UnitCode::parse_whole(&text).filter(|_| !values::looks_like_a_day(&text));
        if code.is_none() {
            let day = values::looks_like_a_day(&text);
            let fault = if day { Fault::CellDate } else { Fault::UnitUnreadable };
            self.fault(Column::Unit, fault, &text, "");
        }
        code
    }

    pub(super) fn code_from_parts(&mut self) -> Option<(UnitCode, Option<UnitCode>)> {
        let mut parts: Vec<String> = Vec::new();
        for (column, missing) in [
            (Column::Building, Fault::BuildingMissing),
            (Column::Stair, Fault::StairMissing),
            (Column::Room, Fault::RoomMissing),
        ] {
            if let Some(part) = self.part(column, missing) {
                parts.push(part);
            }
        }
        let columns = [Column::Building, Column::Stair, Column::Room];
        if columns.iter().any(|column| !self.is_sound(*column)) {
            return None;
        }
        let text = parts.join("-");
        let code = UnitCode::parse_whole(&text);
        if code.is_none() {
            self.fault(Column::Room, Fault::UnitUnreadable, &text, "");
        }
        code
    }

    /// Reads one part of a code; `None` if the table has no such column or it is not good.
    fn part(&mut self, column: Column, missing: Fault) -> Option<String> {
        if !self.header.has(column) || !self.is_sound(column) {
            return None;
        }
        let Some(text) = self.text(column).map(str::to_owned) else {
            self.fault(column, missing, "", "");
            return None;
        };
        let part = plain(&text);
        if values::looks_like_a_day(&text) {
            self.fault(column, Fault::CellDate, &text, "");
        } else if let Some((whole, rest)) = part.split_once('.')
            && !rest.is_empty()
            && rest.bytes().all(|byte| byte == b'0')
        {
            self.fault(column, Fault::UnitDecimals, &text, whole);
        } else if column == Column::Stair {
            let number =
                part.trim_end_matches("单元").trim_end_matches('门').trim_end_matches('座');
            if !number.parse().is_ok_and(|stair| (1..=STAIR_MAX).contains(&stair)) {
                self.fault(column, Fault::StairNumber, &text, "");
            }
            return Some(number.to_owned());
        }
        Some(part)
    }
}

/// Finds what is wrong with a text whatever it says.
fn ill_text(text: &str, column: Option<Column>) -> Option<Fault> {
    let owners =
        matches!(column, Some(Column::Owners | Column::IdHash | Column::Phone | Column::Share));
    if text.chars().count() > CELL_CHARS_MAX {
        return Some(Fault::CellLong);
    }
    let trimmed = text.trim();
    if trimmed.contains(['\n', '\r']) && !owners && column != Some(Column::Remark) {
        return Some(Fault::CellBreak);
    }
    let hidden = |char: char| {
        char.is_control() && !matches!(char, '\n' | '\r' | '\t')
            || matches!(char, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' | '\u{FFFD}')
    };
    trimmed.contains(hidden).then_some(Fault::CellHidden)
}
