//! Steps from the schemas of older versions to today's.
//!
//! All steps of one file are one transaction: a phone that dies in the middle has its old file. The
//! text of a step is never edited once a version with its schema was handed out; a frozen file of
//! each older version lies in `tests/frozen`.

use linli_replica::store::{FOLD, Table};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{Home, Pause, SCHEMA_VERSION, rows, wrong};

/// What one version's schema lacks of the next one's.
struct Step {
    /// The version that it begins from; it ends at the next one.
    from: i64,
    sql: &'static str,
}

/// Rows of lists are no step's business: [`bring_up`] makes their tables anew.
const STEPS: &[Step] = &[Step {
    from: 1,
    // Triggers and indices go with their table.
    sql: "DROP TABLE row;
          DROP TABLE row_count;
          CREATE TABLE t_part(k BLOB PRIMARY KEY, v BLOB NOT NULL);",
}];

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

/// Begins a transaction that is rolled back unless it is committed.
fn begin(connection: &Connection) -> rusqlite::Result<Transaction<'_>> {
    Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
}
