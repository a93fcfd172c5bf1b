//! The roster of a community: a table of units with their owners, read cell by cell.
//!
//! *Words.* A **line** of the table is one unit, a **cell** is what stands in one column of it. A
//! **problem** says where a cell is, what is wrong with it and what to do. An **entry** is a unit as
//! it was read, with what is private about its owners.
//!
//! *All or nothing.* [`read`] gives either the whole [`Roster`] or every problem of the table: a
//! community is never founded on the lines that happened to be good.
//!
//! *Who may read it.* Units go into facts of the community; there owners are pseudonyms, made from who
//! they are with a secret that stays at the desk ([`Secret`]). Names, phones and hashes of ID cards
//! are in the entries and in nothing that is sent.

mod header;
mod owners;
mod problem;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod totals;
mod values;

use linli_wire::{PersonId, cbor, limits};

use super::{StairRegistered, Unit};

pub use header::Column;
pub(crate) use header::key as column_key;
pub use problem::{Fault, Problem};
pub use read::{read, read_plain};
pub use totals::{BuildingTotals, Totals, totals};
pub(crate) use values::{kind, looks_like_a_day};

/// Most lines of a roster: ten times the largest community that one relay serves well.
pub const LINES_MAX: usize = 20_000;

/// Most characters of one cell: a dozen owners with their ID hashes.
pub const CELL_CHARS_MAX: usize = 1_000;

/// Bytes of units after which a stair goes on in a second fact; the rest is room for its frame.
const STAIR_BYTES_TARGET: usize = limits::FACT_BYTES_MAX - 2 * 1024;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text, or a number as it is shown.
    Text(String),
    /// A date, as `2026-03-02`: what a spreadsheet makes of 3-2.
    Date(String),
    /// A formula that failed, with what it shows.
    Failed(String),
    /// Nothing of its own: it is covered by merged cells, which are named.
    Covered(String),
}

impl Cell {
    /// Returns what is seen in it, whatever it is.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Failed(text) => text.trim(),
            Self::Covered(_) => "",
        }
    }

    /// Tells whether rows of their own stand within it: an unclosed quotation mark took them in.
    #[must_use]
    pub fn swallows(&self, columns: usize) -> bool {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Failed(text) => swallows(text, columns),
            Self::Covered(_) => false,
        }
    }
}

/// Tells whether rows of a table with so many columns stand within the text of one cell. A text of
/// two lines has none: a row has as many separators as its table needs.
#[must_use]
pub fn swallows(text: &str, columns: usize) -> bool {
    let signs = |line: &str| {
        let counts = [',', '\t', ';'].into_iter().map(|sign| line.matches(sign).count());
        counts.max().unwrap_or_default()
    };
    columns > 2 && text.lines().skip(1).any(|line| signs(line) + 1 >= columns)
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its cells, from the first column on.
    pub cells: Vec<Cell>,
}

impl Line {
    /// Makes a line of texts.
    #[must_use]
    pub fn of(number: u32, texts: &[&str]) -> Self {
        let cells = texts.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        Self { number, cells }
    }

    /// Splits a text that was typed or pasted into lines and cells: at commas, or at tabs as spreadsheets copy.
    #[must_use]
    pub fn all_of(text: &str) -> Vec<Self> {
        let cells = |line: &str| {
            let cells = line.split([',', '，', '\t']);
            cells.map(|cell| Cell::Text(cell.trim().to_owned())).collect()
        };
        let lines = (1..).zip(text.lines());
        lines.map(|(number, line)| Self { number, cells: cells(line) }).collect()
    }

    /// Tells whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| match cell {
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Covered(_) => true,
            Cell::Date(_) | Cell::Failed(_) => false,
        })
    }
}

/// What turns owners into pseudonyms; it stays at the desk.
///
/// Without it nobody can try names or ID numbers against the pseudonyms in the facts.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// An owner as the roster names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The pseudonym.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Hash of the ID card's number, in hexadecimal.
    pub id_hash: Option<String>,
    /// The phone, digits only.
    pub phone: Option<String>,
    /// The share of the unit as a fraction; none for joint owners.
    pub share: Option<(u64, u64)>,
}

/// A unit as the roster has it, with what is private about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line it stands in.
    pub line: u32,
    /// The unit as it is registered.
    pub unit: Unit,
    /// Whether its stair has a lift, where the line says so.
    pub lift: Option<bool>,
    /// Its owners.
    pub owners: Vec<Owner>,
    /// The day from which it is billed, as `2026-03-02`.
    pub bill_from: Option<String>,
}

/// A roster without a problem; entries in the order of their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// The units.
    pub entries: Vec<Entry>,
}

impl Roster {
    /// Returns the units by stair, as they are registered. A stair that is too large for one fact
    /// comes in several.
    #[must_use]
    pub fn stairs(&self) -> Vec<StairRegistered> {
        let mut stairs: Vec<StairRegistered> = Vec::new();
        let mut bytes = 0;
        for entry in &self.entries {
            let unit = entry.unit.clone();
            let (building, stair) = (unit.code.building(), unit.code.stair());
            let size = cbor::to_bytes("unit", &unit).map_or(0, |bytes| bytes.len());
            match stairs.last_mut() {
                Some(last)
                    if (last.building.as_str(), last.stair) == (building, stair)
                        && bytes + size <= STAIR_BYTES_TARGET =>
                {
                    bytes += size;
                    last.units.push(unit);
                }
                _ => {
                    bytes = size;
                    stairs.push(StairRegistered {
                        building: building.to_owned(),
                        stair,
                        lift: self.has_lift(building, stair),
                        units: vec![unit],
                    });
                }
            }
        }
        stairs
    }

    fn has_lift(&self, building: &str, stair: u16) -> bool {
        self.entries
            .iter()
            .filter(|entry| entry.unit.code.building() == building)
            .filter(|entry| entry.unit.code.stair() == stair)
            .any(|entry| entry.lift == Some(true))
    }
}
