//! Projection rows: listed under tags, found by text, counted without counting.
//!
//! A row's key is its sort key and the last bits of its id, so that every list and every search
//! reads its rows in the order of the screen, and only as many as it shows.

use linli_replica::store::{FOUND_MAX, Listed, Query, Row, Window, search};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

/// Bits of a key below the sort key: rows of one millisecond.
const ID_BITS: u32 = 20;

/// Highest sort key that fits above them: the year 4199, or an emergency of 2129.
const SORT_MAX: i64 = i64::MAX >> ID_BITS;

pub(super) const SCHEMA: &str = "
CREATE TABLE row(
    k INTEGER PRIMARY KEY, room INTEGER NOT NULL, id BLOB NOT NULL, circle BLOB NOT NULL,
    sort INTEGER NOT NULL, due INTEGER, tags TEXT NOT NULL, search TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE UNIQUE INDEX row_by_id ON row(room, id);
CREATE INDEX row_by_due ON row(room, due) WHERE due IS NOT NULL;
CREATE TABLE row_tag(
    room INTEGER NOT NULL, tag TEXT NOT NULL, k INTEGER NOT NULL, PRIMARY KEY(room, tag, k))
    WITHOUT ROWID;
CREATE TABLE row_count(
    room INTEGER NOT NULL, tag TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(room, tag))
    WITHOUT ROWID;
CREATE TRIGGER row_tagged AFTER INSERT ON row_tag BEGIN
    INSERT INTO row_count VALUES(new.room, new.tag, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER row_untagged AFTER DELETE ON row_tag BEGIN
    UPDATE row_count SET n = n - 1 WHERE room = old.room AND tag = old.tag;
    DELETE FROM row_count WHERE room = old.room AND tag = old.tag AND n = 0;
END;
CREATE TABLE row_unindexed(k INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE row_text USING fts5(
    grams, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
";

/// What is stored of a row that a new version may keep.
struct Before {
    k: i64,
    tags: String,
    search: String,
}

pub(super) fn put(at: &Transaction<'_>, row: &Row) -> rusqlite::Result<()> {
    let before = before(at, row.room, &row.id)?;
    let kept = before.as_ref().map(|before| before.k).filter(|k| k >> ID_BITS == sort(row));
    let k = match kept {
        Some(k) => k,
        None => free_key(at, row)?,
    };
    let tags = row.tags.join("\n");
    let same = |old: fn(&Before) -> &String, new: &String| {
        kept.is_some() && before.as_ref().is_some_and(|before| old(before) == new)
    };
    let (same_tags, same_text) = (same(|b| &b.tags, &tags), same(|b| &b.search, &row.search));
    if let Some(before) = &before {
        if !same_tags {
            untag(at, row.room, before)?;
        }
        if !same_text {
            forget_text(at, before.k)?;
        }
        if kept.is_none() {
            at.prepare_cached("DELETE FROM row WHERE k = ?1")?.execute([before.k])?;
        }
    }
    at.prepare_cached("INSERT OR REPLACE INTO row VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![
            k, row.room, row.id, row.circle, row.sort, row.due, tags, row.search, row.body
        ])?;
    if !same_tags {
        // The empty tag lists every row of a room.
        for tag in std::iter::once("").chain(row.tags.iter().map(String::as_str)) {
            at.prepare_cached("INSERT OR IGNORE INTO row_tag VALUES(?1, ?2, ?3)")?
                .execute(params![row.room, tag, k])?;
        }
    }
    if !same_text {
        at.prepare_cached("INSERT INTO row_unindexed VALUES(?1)")?.execute([k])?;
    }
    Ok(())
}

/// Rows that may wait to be indexed: one page of the log, or a busy hour. A search looks at each.
const UNINDEXED_MAX: usize = 64;

/// Indexes the texts that wait, once there are many: what the index costs at each commit is paid
/// once for all of them.
pub(super) fn index_texts(at: &Transaction<'_>) -> rusqlite::Result<()> {
    let waiting = unindexed(at)?;
    if waiting.len() < UNINDEXED_MAX {
        return Ok(());
    }
    for k in waiting {
        let text: String = at
            .prepare_cached("SELECT search FROM row WHERE k = ?1")?
            .query_row([k], |row| row.get(0))?;
        at.prepare_cached("INSERT INTO row_text(rowid, grams) VALUES(?1, ?2)")?
            .execute(params![k, search::grams(&text)])?;
    }
    at.execute_batch("DELETE FROM row_unindexed")
}

fn unindexed(at: &Connection) -> rusqlite::Result<Vec<i64>> {
    at.prepare_cached("SELECT k FROM row_unindexed")?.query_map([], |row| row.get(0))?.collect()
}

/// Pages of the index of texts that are merged at a time: a quarter of a second of a slow phone.
const MERGE_PAGES: i64 = 1000;

/// Merges what single commits left in the index of texts, so that a search looks into few places.
pub(super) fn merge_text(at: &Connection) -> rusqlite::Result<()> {
    at.prepare_cached("INSERT INTO row_text(row_text, rank) VALUES('merge', ?1)")?
        .execute([-MERGE_PAGES])
        .map(|_| ())
}

pub(super) fn delete(at: &Transaction<'_>, room: u8, id: &[u8; 16]) -> rusqlite::Result<()> {
    let Some(before) = before(at, room, id)? else { return Ok(()) };
    untag(at, room, &before)?;
    forget_text(at, before.k)?;
    at.prepare_cached("DELETE FROM row WHERE k = ?1")?.execute([before.k])?;
    Ok(())
}

pub(super) fn clear(at: &Transaction<'_>) -> rusqlite::Result<()> {
    at.execute_batch(
        "DELETE FROM row; DELETE FROM row_tag; DELETE FROM row_count; DELETE FROM row_unindexed;
         INSERT INTO row_text(row_text) VALUES('delete-all');",
    )
}

fn before(at: &Connection, room: u8, id: &[u8; 16]) -> rusqlite::Result<Option<Before>> {
    at.prepare_cached("SELECT k, tags, search FROM row WHERE room = ?1 AND id = ?2")?
        .query_row(params![room, id], |row| {
            Ok(Before { k: row.get(0)?, tags: row.get(1)?, search: row.get(2)? })
        })
        .optional()
}

fn untag(at: &Transaction<'_>, room: u8, before: &Before) -> rusqlite::Result<()> {
    for tag in std::iter::once("").chain(before.tags.split('\n').filter(|tag| !tag.is_empty())) {
        at.prepare_cached("DELETE FROM row_tag WHERE room = ?1 AND tag = ?2 AND k = ?3")?
            .execute(params![room, tag, before.k])?;
    }
    Ok(())
}

fn forget_text(at: &Transaction<'_>, k: i64) -> rusqlite::Result<()> {
    let waits = at.prepare_cached("DELETE FROM row_unindexed WHERE k = ?1")?.execute([k])?;
    if waits == 0 {
        at.prepare_cached("DELETE FROM row_text WHERE rowid = ?1")?.execute([k])?;
    }
    Ok(())
}

fn sort(row: &Row) -> i64 {
    row.sort.clamp(0, SORT_MAX)
}

/// Finds a key for a row: by its sort key and id, or the next free one.
fn free_key(at: &Connection, row: &Row) -> rusqlite::Result<i64> {
    let tail = row.id.last_chunk::<4>().copied().map_or(0, u32::from_be_bytes);
    let lowest = sort(row) << ID_BITS;
    let mask = (1_i64 << ID_BITS) - 1;
    let mut bits = i64::from(tail) & mask;
    loop {
        let taken = at.prepare_cached("SELECT 1 FROM row WHERE k = ?1")?.exists([lowest | bits])?;
        if !taken {
            return Ok(lowest | bits);
        }
        bits = bits.wrapping_add(1) & mask;
    }
}

const COLUMNS: &str = "r.room, r.id, r.circle, r.sort, r.due, r.tags, r.search, r.body";

/// Reads a window of rows, and how many fit in all.
pub(super) fn window(at: &Connection, query: &Query) -> rusqlite::Result<Window> {
    let pattern = search::pattern(&search::query(&query.search));
    match &query.listed {
        Listed::Overdue(moment) => overdue(at, query, *moment),
        Listed::All => tagged(at, query, "", &pattern),
        Listed::Tag(tag) => tagged(at, query, tag, &pattern),
    }
}

fn tagged(at: &Connection, query: &Query, tag: &str, pattern: &str) -> rusqlite::Result<Window> {
    if !pattern.is_empty() {
        return found(at, query, tag, pattern);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM row_tag t CROSS JOIN row r ON r.k = t.k
         WHERE t.room = ?1 AND t.tag = ?2 ORDER BY t.k DESC LIMIT {} OFFSET ?3",
        query.limit
    );
    let rows = at
        .prepare_cached(&sql)?
        .query_map(params![query.room, tag, query.offset], read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Window { total: count(at, query.room, tag)?, rows })
}

/// Finds rows by their text: the keys of as many as are counted, then the rows that are shown.
fn found(at: &Connection, query: &Query, tag: &str, pattern: &str) -> rusqlite::Result<Window> {
    let last = query.offset.saturating_add(query.limit);
    let sql = format!(
        "SELECT f.rowid FROM row_text f
         CROSS JOIN row_tag t ON t.room = ?1 AND t.tag = ?2 AND t.k = f.rowid
         WHERE f.grams MATCH ?3 ORDER BY f.rowid DESC LIMIT {}",
        last.max(FOUND_MAX)
    );
    let mut keys: Vec<i64> = at
        .prepare_cached(&sql)?
        .query_map(params![query.room, tag, pattern], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    keys.extend(found_unindexed(at, query, tag)?);
    keys.sort_by_key(|k| std::cmp::Reverse(*k));
    let total = u32::try_from(keys.len()).unwrap_or(u32::MAX).min(FOUND_MAX);
    let sql = format!("SELECT {COLUMNS} FROM row r WHERE r.k = ?1");
    let mut statement = at.prepare_cached(&sql)?;
    let (skip, take) = (usize_of(query.offset), usize_of(query.limit));
    let shown = keys.iter().skip(skip).take(take);
    let rows = shown.map(|k| statement.query_row([k], read)).collect::<rusqlite::Result<_>>()?;
    Ok(Window { total, rows })
}

/// Finds those that wait to be indexed, by looking at each.
fn found_unindexed(at: &Connection, query: &Query, tag: &str) -> rusqlite::Result<Vec<i64>> {
    let wanted = search::query(&query.search);
    let mut statement = at.prepare_cached(
        "SELECT r.k, r.search FROM row_unindexed u CROSS JOIN row r ON r.k = u.k
         CROSS JOIN row_tag t ON t.room = ?1 AND t.tag = ?2 AND t.k = u.k",
    )?;
    let rows = statement.query_map(params![query.room, tag], |row| {
        let text: String = row.get(1)?;
        Ok((row.get(0)?, search::finds(&wanted, &text)))
    })?;
    let mut keys = Vec::new();
    for row in rows {
        let (k, found) = row?;
        if found {
            keys.push(k);
        }
    }
    Ok(keys)
}

fn overdue(at: &Connection, query: &Query, moment: i64) -> rusqlite::Result<Window> {
    const FROM: &str = "row r WHERE r.room = ?1 AND r.due < ?2";
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} ORDER BY r.due, r.k DESC LIMIT {} OFFSET ?3",
        query.limit
    );
    let rows = at
        .prepare_cached(&sql)?
        .query_map(params![query.room, moment, query.offset], read)?
        .collect::<rusqlite::Result<_>>()?;
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {FROM} LIMIT {FOUND_MAX})");
    let total =
        at.prepare_cached(&sql)?.query_row(params![query.room, moment], |row| row.get(0))?;
    Ok(Window { total, rows })
}

/// Counts the rows of a tag; the empty one counts all of a room.
pub(super) fn count(at: &Connection, room: u8, tag: &str) -> rusqlite::Result<u32> {
    at.prepare_cached("SELECT n FROM row_count WHERE room = ?1 AND tag = ?2")?
        .query_row(params![room, tag], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

pub(super) fn row(at: &Connection, room: u8, id: &[u8; 16]) -> rusqlite::Result<Option<Row>> {
    let sql = format!("SELECT {COLUMNS} FROM row r WHERE r.room = ?1 AND r.id = ?2");
    at.prepare_cached(&sql)?.query_row(params![room, id], read).optional()
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let tags: String = row.get(5)?;
    Ok(Row {
        room: row.get(0)?,
        id: row.get(1)?,
        circle: row.get(2)?,
        sort: row.get(3)?,
        due: row.get(4)?,
        tags: tags.split('\n').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        search: row.get(6)?,
        body: row.get(7)?,
    })
}
