//! XLSX: the one sheet that holds something, cell by cell.
//!
//! Cells are taken as they come instead of as a rectangle: two cells at opposite corners of a sheet
//! span seventeen billion. What the file claims to be once inflated is counted before it is parsed.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Dimensions, Reader as _, Xlsx};
use linli_domain::registry::roster::{Cell, Fault, LINES_MAX, Line, Problem};

/// Most bytes of all parts once inflated: three times what 20,000 lines need.
const INFLATED_MAX: u64 = 64 * 1024 * 1024;

/// Most parts of the archive; a workbook of one sheet has a dozen.
const PARTS_MAX: usize = 1_000;

/// Columns beyond this are told as one: no roster has as many.
const COLUMN_MAX: u32 = 63;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

fn damaged(error: &impl ToString) -> Problem {
    Problem::of_file(Fault::FileDamaged, &error.to_string())
}

/// Cuts a workbook into lines of cells.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Problem> {
    check_size(bytes)?;
    // A library that stumbles over a hostile file must not end the program.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    read.unwrap_or_else(|_| Err(damaged(&"xlsx")))
}

/// Inflates every part once and keeps nothing: what a part claims to be is not asked.
fn check_size(bytes: &[u8]) -> Result<(), Problem> {
    let large = || {
        let most = format!("{} MiB", INFLATED_MAX / 1024 / 1024);
        Problem::of_file(Fault::FileLarge, "").with(most)
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > PARTS_MAX {
        return Err(large());
    }
    let mut left = INFLATED_MAX;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let mut part = part.take(left.saturating_add(1));
        let size =
            std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(size).ok_or_else(large)?;
    }
    Ok(())
}

fn read(bytes: &[u8]) -> Result<Vec<Line>, Problem> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut filled: Vec<(String, Cells)> = Vec::new();
    for name in book.sheet_names() {
        let cells = cells(&mut book, &name)?;
        if !cells.is_empty() {
            filled.push((name, cells));
        }
    }
    if filled.len() > 1 {
        let names: Vec<&str> = filled.iter().map(|(name, _)| name.as_str()).collect();
        return Err(Problem::of_file(Fault::FileSheets, &names.join("、")));
    }
    let Some((name, mut cells)) = filled.pop() else {
        return Err(Problem::of_file(Fault::FileEmpty, ""));
    };
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| damaged(&error))?;
    for range in &merged {
        cover(&mut cells, range);
    }
    Ok(cells.into_iter().map(|(row, cells)| line(row, cells)).collect())
}

/// Takes the cells of a sheet that hold something; one line more than is allowed at most.
fn cells(book: &mut Book<'_>, name: &str) -> Result<Cells, Problem> {
    let mut cells = Cells::new();
    let Ok(mut reader) = book.worksheet_cells_reader(name) else {
        // A sheet that is a chart.
        return Ok(cells);
    };
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        if let Some(cell) = taken(cell.get_value()) {
            cells.entry(row).or_default().entry(column.min(COLUMN_MAX)).or_insert(cell);
        }
        if cells.len() > LINES_MAX {
            break;
        }
    }
    Ok(cells)
}

fn taken(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        // As it was typed: the shortest digits that make this number.
        DataRef::Float(number) => Cell::Text(number.to_string()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            Cell::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Date(text.clone()),
        DataRef::Error(error) => Cell::Failed(error.to_string()),
    })
}

/// Marks the cells under a merged range, in lines that hold something.
fn cover(cells: &mut Cells, range: &Dimensions) {
    let (first, last) = (range.start, range.end);
    let name = format!("{}:{}", place(first), place(last));
    for (row, line) in cells.range_mut(first.0..=last.0.max(first.0)) {
        for column in first.1..=last.1.min(COLUMN_MAX) {
            if (*row, column) != first {
                line.entry(column).or_insert_with(|| Cell::Covered(name.clone()));
            }
        }
    }
}

/// Names a cell as spreadsheets do: `B7`.
fn place((row, column): (u32, u32)) -> String {
    let (mut letters, mut rest) = (String::new(), column.saturating_add(1));
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.insert(0, char::from(b'A'.saturating_add(u8::try_from(digit).unwrap_or_default())));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row.saturating_add(1))
}

fn line(row: u32, mut cells: BTreeMap<u32, Cell>) -> Line {
    let width = cells.keys().last().map_or(0, |last| last.saturating_add(1));
    let cells = (0..width)
        .map(|column| cells.remove(&column).unwrap_or_else(|| Cell::Text(String::new())))
        .collect();
    Line { number: row.saturating_add(1), cells }
}
