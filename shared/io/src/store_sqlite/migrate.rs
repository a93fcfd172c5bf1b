//! Steps from the schemas of older versions to today's.
//!
//! All steps of one file are one transaction: a phone that dies in the middle has its old file. The
//! text of a step is never edited once a version with its schema was handed out; a frozen file of
//! each older version lies in `tests/frozen`.

use linli_replica::store::{FOLD, Pair, Table};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{Home, Pause, Range, SCHEMA_VERSION, rows, wrong};

/// What one version's schema lacks of the next one's.
struct Step {
    /// The version that it begins from; it ends at the next one.
    from: i64,
    sql: &'static str,
    /// Values that are written otherwise since then: their table, and how each becomes today's.
    values: &'static [(Table, Rewrite)],
}

/// Writes a value of an older version as the next one does; `None` if it is not one.
type Rewrite = fn(&[u8]) -> Option<Vec<u8>>;

/// Rows of lists are no step's business: [`bring_up`] makes their tables anew.
const STEPS: &[Step] = &[Step {
    from: 1,
    // Triggers and indices go with their table. An application that is under way (`join` of table 1)
    // or under review (table 12) is written otherwise now, on both phones and under the six digits:
    // the newcomer asks for another invitation.
    sql: "DROP TABLE row;
          DROP TABLE row_count;
          CREATE TABLE t_part(k BLOB PRIMARY KEY, v BLOB NOT NULL);
          DELETE FROM t_small WHERE k = x'016a6f696e' OR k >= x'0c' AND k < x'0d';",
    values: &[(Table::Held, held_from_no_draft)],
}];

/// An act that can still be undone: moment, room, period, circle, fact; since then the draft that it
/// came from stands before the fact.
fn held_from_no_draft(value: &[u8]) -> Option<Vec<u8>> {
    let (head, rest) = value.split_at_checked(8 + 1 + 4)?;
    let (len, rest) = rest.split_first_chunk::<2>()?;
    let (circle, fact) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
    Some([head, len, circle, &[0, 0], fact].concat())
}

/// Makes the tables of an empty file.
pub(super) fn make(connection: &Connection) -> rusqlite::Result<()> {
    let transaction = begin(connection)?;
    transaction.execute_batch(&Home::schema())?;
    transaction.execute_batch(rows::SCHEMA)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

/// Brings a file of an older version up to today's, or says why not.
pub(super) fn bring_up(
    connection: &Connection,
    version: i64,
    pause: Option<&mut Pause>,
) -> rusqlite::Result<()> {
    let first = STEPS.iter().position(|step| step.from == version);
    let steps = first.and_then(|first| STEPS.get(first..)).ok_or_else(|| {
        wrong(&format!("the file has schema version {version}, this app writes {SCHEMA_VERSION}"))
    })?;
    let transaction = begin(connection)?;
    for step in steps {
        transaction.execute_batch(step.sql)?;
        for (table, rewrite) in step.values {
            rewrite_all(&transaction, *table, *rewrite)?;
        }
    }
    transaction.execute_batch(rows::SCHEMA)?;
    // The rows are gone: whoever opens the file next writes them from the facts.
    let meta = Home::of(Table::Meta);
    let sql = format!("DELETE FROM t_{} WHERE k = ?1", meta.name);
    transaction.execute(&sql, params![meta.key(FOLD)])?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    if let Some(pause) = pause {
        pause();
    }
    transaction.commit()
}

fn rewrite_all(at: &Transaction<'_>, table: Table, rewrite: Rewrite) -> rusqlite::Result<()> {
    let home = Home::of(table);
    let range = Range::new(home, &[], None);
    let found: Vec<Pair> = at
        .prepare(&range.sql("ORDER BY k", usize::MAX))?
        .query_map(params![range.from, range.end], |row| home.pair(row))?
        .collect::<Result<_, _>>()?;
    let sql = format!("UPDATE t_{} SET v = ?2 WHERE k = ?1", home.name);
    for (key, value) in found {
        let damaged = || wrong(&format!("a value of the table {} is damaged", table.name()));
        let value = rewrite(&value).ok_or_else(damaged)?;
        at.execute(&sql, params![home.key(&key), value])?;
    }
    Ok(())
}

/// Begins a transaction that is rolled back unless it is committed.
fn begin(connection: &Connection) -> rusqlite::Result<Transaction<'_>> {
    Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
}
