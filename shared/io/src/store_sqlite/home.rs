//! Which SQL table holds a table of bytes, and under which keys.

use std::{borrow::Cow, collections::BTreeMap};

use linli_replica::store::{Pair, Table};

/// The SQL table that holds a table of bytes.
#[derive(Clone, Copy)]
pub(super) struct Home {
    pub(super) name: &'static str,
    /// Stands before every key, where tables share.
    mark: Option<u8>,
    /// Whether keys come at random and values are long: then the keys are kept apart from them.
    scattered: bool,
}

impl Home {
    pub(super) fn of(table: Table) -> Self {
        let own = |scattered| Self { name: table.name(), mark: None, scattered };
        let small = |mark| Self { name: "small", mark: Some(mark), scattered: false };
        match table {
            Table::Pack | Table::Fact | Table::Snapshot | Table::Part => own(true),
            Table::Log | Table::About | Table::Registry | Table::Change => own(false),
            Table::Meta => small(1),
            Table::Uncounted => small(2),
            Table::Document => small(3),
            Table::Writer => small(4),
            Table::Chain => small(5),
            Table::Held => small(6),
            Table::Outbox => small(7),
            Table::Locked => small(8),
            Table::Waiting => small(9),
            Table::Key => small(10),
            Table::Wrap => small(11),
            Table::Application => small(12),
            Table::Alarm => small(13),
            Table::Draft => small(14),
            Table::PartAge => small(15),
            Table::Upload => small(16),
            Table::Wanted => small(17),
            Table::Carried => small(18),
        }
    }

    /// Writes the statements that make every SQL table once.
    pub(super) fn schema() -> String {
        let homes: BTreeMap<&str, Self> =
            Table::ALL.map(|table| (Self::of(table).name, Self::of(table))).into();
        homes.values().map(Self::create).collect()
    }

    fn create(&self) -> String {
        let form = if self.scattered { "" } else { "WITHOUT ROWID" };
        format!("CREATE TABLE t_{}(k BLOB PRIMARY KEY, v BLOB NOT NULL) {form};", self.name)
    }

    pub(super) fn key<'a>(&self, key: &'a [u8]) -> Cow<'a, [u8]> {
        match self.mark {
            Some(mark) => Cow::Owned([&[mark], key].concat()),
            None => Cow::Borrowed(key),
        }
    }

    /// Reads a pair, the key as its table knows it.
    pub(super) fn pair(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Pair> {
        let key = row.get_ref(0)?.as_blob()?;
        let key = key.get(usize::from(self.mark.is_some())..).unwrap_or_default();
        Ok((key.to_vec(), row.get(1)?))
    }
}

/// The keys of a prefix, after one of them. Each end is one plain comparison: a bound that may be
/// open, written with OR, is no bound for the index, and the table would be walked to its end.
pub(super) struct Range {
    home: Home,
    pub(super) from: Vec<u8>,
    open: bool,
    pub(super) end: Option<Vec<u8>>,
}

impl Range {
    pub(super) fn new(home: Home, prefix: &[u8], after: Option<&[u8]>) -> Self {
        let after = after.filter(|after| *after >= prefix);
        let from = home.key(after.unwrap_or(prefix)).into_owned();
        Self { home, from, open: after.is_some(), end: after_prefix(&home.key(prefix)) }
    }

    /// Writes the query. The limit stands in its text: SQLite looks at a bound one to plan with it,
    /// and prepares the statement anew at each binding.
    pub(super) fn sql(&self, order: &str, limit: usize) -> String {
        let from = if self.open { "k > ?1" } else { "k >= ?1" };
        // Without an end the second value is NULL, and compared with nothing.
        let end = if self.end.is_some() { "k < ?2" } else { "?2 IS NULL" };
        let limit = if limit == usize::MAX { String::new() } else { format!("LIMIT {limit}") };
        format!("SELECT k, v FROM t_{} WHERE {from} AND {end} {order} {limit}", self.home.name)
    }
}

/// The first key after all keys with a prefix; none if there is none.
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
