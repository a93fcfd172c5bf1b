//! The file of what was imported before: a key for every line that came in, and what it was matched with.
//!
//! CSV with the columns `key,day,yuan,party,match`. The program adds lines and fills `match`; a person
//! may fill it, too, and so decides a line by hand: with the id of what it pays, or with any other word.
//! One file serves all accounts, so that none of them pays again what another has paid. It is written whole under another name, then takes its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{ErrorKind, Read as _},
    path::Path,
};

use linli_domain::{
    payments::{
        Fault, Problem,
        bank::{Already, Expected, Key, Matched, StatementLine},
    },
    registry::roster::swallows,
};

use super::super::said;
use crate::{
    office::{
        Trouble,
        csv::{Cell, header, line},
        sink,
        text::{Text, unread},
    },
    roster,
};

const COLUMNS: [&str; 5] = ["key", "day", "yuan", "party", "match"];

/// Most bytes of the file: five years of the largest statement each month.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// One line that was imported.
#[derive(Debug)]
struct Row {
    key: Key,
    day: String,
    yuan: String,
    party: String,
    with: Option<String>,
}

/// All lines that were imported, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<Row>);

/// How many lines an import adds, and how many open ones of before it matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Added {
    pub(super) lines: usize,
    pub(super) matched: usize,
}

/// Reads the file; where there is none yet, nothing was imported.
pub(super) fn read(path: &Path, text: &Text) -> Result<Kept, Trouble> {
    let named = |error: std::io::Error| Trouble::Usage(unread(path, &error, text));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(named(error)),
    };
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(named)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > BYTES_MAX) {
        let most = format!("{} MiB", BYTES_MAX / 1024 / 1024);
        return Err(said::whole(path, Fault::FileLarge, "", &most, text));
    }
    let Some(decoded) = roster::decoded(&bytes) else {
        return Err(said::whole(path, Fault::FileEncoding, "", "", text));
    };
    rows(&decoded).map_err(|problems| said::problems(path, &problems, text))
}

fn rows(text: &str) -> Result<Kept, Vec<Problem>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut problems, mut first) = (Vec::new(), Vec::new(), BTreeMap::new());
    for record in reader.records().flatten() {
        let at = record.position().map_or(0, csv::Position::line);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let problem = |column: usize, fault, value: &str| {
            let word = column.checked_sub(1).and_then(|column| COLUMNS.get(column));
            Problem::new(at, column, word.unwrap_or(&""), fault, value)
        };
        if first.is_empty() {
            if !record.iter().eq(COLUMNS) {
                let names = COLUMNS.join(",");
                return Err(vec![problem(0, Fault::ColumnMissing, &names).with(names.clone())]);
            }
            first.insert(Key::stored("key"), at);
            continue;
        }
        if let Some(place) = record.iter().position(|cell| swallows(cell, COLUMNS.len())) {
            // Rows that are forgotten would be counted twice.
            let cell = record.get(place).unwrap_or_default();
            problems.push(problem(place + 1, Fault::CellSwallows, cell));
            continue;
        }
        let cells: Vec<String> = record.iter().map(plain).collect();
        let [key, day, yuan, party, with] = cells.as_slice() else {
            let over = cells.get(COLUMNS.len());
            problems.push(match over {
                Some(over) => problem(0, Fault::LineLong, over),
                None => problem(cells.len() + 1, Fault::CellMissing, ""),
            });
            continue;
        };
        let stored = Key::stored(key);
        if key.is_empty() {
            problems.push(problem(1, Fault::CellMissing, ""));
        } else if let Some(line) = first.insert(stored.clone(), at) {
            problems.push(problem(1, Fault::KeyTwice, key).with(line.to_string()));
        }
        let (day, yuan, party) = (day.clone(), yuan.clone(), party.clone());
        let with = Some(with.clone()).filter(|with| !with.is_empty());
        rows.push(Row { key: stored, day, yuan, party, with });
    }
    if problems.is_empty() { Ok(Kept(rows)) } else { Err(problems) }
}

/// Takes away the apostrophe that keeps a spreadsheet from running a text.
fn plain(cell: &str) -> String {
    let text = cell.trim();
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        Some(_) | None => text.to_owned(),
    }
}

impl Kept {
    /// Returns what the room has to know of it.
    pub(super) fn already(&self) -> Already {
        Already(self.0.iter().map(|row| (row.key.clone(), row.with.clone())).collect())
    }

    /// Adds what came in: what was paired with its match, what is open without. What is no income is not
    /// kept, as it may become one: what waits today is there tomorrow.
    pub(super) fn add(
        &mut self,
        lines: &[StatementLine],
        expected: &[Expected],
        matched: &Matched,
    ) -> Added {
        let pairs = matched.pairs.iter();
        let ids =
            pairs.map(|pair| (pair.line, expected.get(pair.expected).map(|one| one.id.clone())));
        let mut found: BTreeMap<usize, Option<String>> = ids.collect();
        found.extend(matched.open.iter().map(|open| (open.line, None)));
        found.extend(matched.ambiguous.iter().map(|one| (one.line, None)));
        let mut newly: BTreeMap<&Key, &String> = BTreeMap::new();
        for (at, id) in &found {
            if let (Some(key), Some(id)) = (matched.keys.get(*at), id) {
                newly.insert(key, id);
            }
        }
        let mut added = Added { lines: 0, matched: 0 };
        for row in self.0.iter_mut().filter(|row| row.with.is_none()) {
            row.with = newly.get(&row.key).map(|id| (*id).clone());
            added.matched += usize::from(row.with.is_some());
        }
        let known: BTreeSet<Key> = self.0.iter().map(|row| row.key.clone()).collect();
        for (at, id) in found {
            let Some((line, key)) = lines.get(at).zip(matched.keys.get(at)) else { continue };
            if !known.contains(key) {
                added.lines += 1;
                self.0.push(Row {
                    key: key.clone(),
                    day: line.day.to_string(),
                    yuan: line.amount.to_string(),
                    party: line.party.clone(),
                    with: id,
                });
            }
        }
        added
    }

    /// Writes the file: it is there whole, or as it was.
    pub(super) fn write(&self, path: &Path) -> Result<(), Trouble> {
        let mut text = header(&COLUMNS);
        for row in &self.0 {
            let cells = [row.key.as_str(), &row.day, &row.yuan, &row.party];
            let cells = cells.into_iter().chain([row.with.as_deref().unwrap_or_default()]);
            text.push_str(&line(&COLUMNS.into_iter().zip(cells.map(Cell::text)).collect()));
        }
        Ok(sink::write(Some(path), text)?)
    }
}
