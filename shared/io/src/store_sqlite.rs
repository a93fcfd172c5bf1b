//! The replica's store in one SQLite file.
//!
//! WAL; `synchronous=FULL` for what this person did, NORMAL for what came from the relay, read back
//! on the writing connection. What a commit costs is the pages it touches: the small tables of
//! bytes share one SQL table, so that the few rows that every commit changes lie side by side.
//! Projection rows have tables of their own (`rows`).

mod home;
mod migrate;
mod rows;

use std::path::Path;

use linli_replica::store::{Durability, Pair, Query, Row, Store, StoreError, Table, Window, Write};
use rusqlite::{
    Connection, ErrorCode, OptionalExtension as _, Transaction, config::DbConfig, params,
};

use home::{Home, Range};

/// Version of the schema; a file of an older one is brought up to it, any other is refused.
const SCHEMA_VERSION: i64 = 2;

/// Pages of the write-ahead log after which it is brought into the main file: the pages that every
/// commit changes are then written there once in a few hundred commits. At 4 KiB a page, 16 MiB.
const CHECKPOINT_PAGES: i64 = 4000;

/// Memory for pages, in KiB: the indices of ten thousand repairs.
const CACHE_KIB: i64 = 8 * 1024;

/// What is called before a COMMIT: only tests do that.
pub type Pause = Box<dyn FnMut() + Send>;

/// The store in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    durability: Durability,
    pause: Option<Pause>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.connection.path()).finish()
    }
}

impl SqliteStore {
    /// Opens the file, or makes it; one of an older version is brought up to today's.
    ///
    /// # Errors
    /// [`StoreError::Full`] if an older one finds no room to be brought up; [`StoreError::Failed`]
    /// if it is damaged or of an unknown version. The file is then as it was.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_pausing(path, None)
    }

    /// Opens the file as [`Self::open`] does, and calls back before the COMMIT that brings it up
    /// and before every later one: for tests that kill the process there.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_pausing(path: &Path, pause: Option<Pause>) -> Result<Self, StoreError> {
        let connection = Connection::open(path).map_err(|error| refuse("open", &error))?;
        let mut store = Self { connection, durability: Durability::Full, pause };
        store.prepare().map_err(|error| refuse("open", &error))?;
        Ok(store)
    }

    fn prepare(&mut self) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(128);
        // A plan does not depend on what is bound; else SQLite plans anew for each other LIMIT and OFFSET.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // One process, one connection: no lock is asked for at each read, and nobody else can write.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        self.set_synchronous(Durability::Full)?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => migrate::make(connection),
            SCHEMA_VERSION => Ok(()),
            other => migrate::bring_up(connection, other, self.pause.as_mut()),
        }
    }

    /// Sets how safe a commit is, and reads it back: SQLite ignores what it does not know.
    fn set_synchronous(&self, durability: Durability) -> rusqlite::Result<()> {
        let (word, number) = match durability {
            Durability::Full => ("FULL", 2),
            Durability::Normal => ("NORMAL", 1),
        };
        self.connection.pragma_update(None, "synchronous", word)?;
        let set: i64 = self.connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        if set == number { Ok(()) } else { Err(wrong("SQLite did not take synchronous")) }
    }

    /// Calls back between the writes and the COMMIT of every transaction: for tests that kill the
    /// process there.
    pub fn set_pause(&mut self, pause: Option<Pause>) {
        self.pause = pause;
    }

    /// Limits the size of the file, in pages: for tests of a full disk.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.connection
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .map_err(|error| refuse("limit", &error))
    }

    /// Brings everything into the main file, before the app goes to the back.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        rows::merge_text(&self.connection).map_err(|error| refuse("checkpoint", &error))?;
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|error| refuse("checkpoint", &error))
    }

    /// Writes a copy of the whole store, as it is at this moment, into a new file.
    ///
    /// # Errors
    /// [`StoreError`]; a file that is there already is not written over.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let Some(path) = path.to_str() else {
            return Err(StoreError::Failed {
                step: "copy",
                why: "the path is not UTF-8".to_owned(),
            });
        };
        let copied = self.connection.execute("VACUUM INTO ?1", [path]);
        copied.map(|_| ()).map_err(|error| refuse("copy", &error))
    }

    fn write(&mut self, batch: &[Write]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        for write in batch {
            apply(&transaction, write)?;
        }
        if batch.iter().any(|write| matches!(write, Write::PutRow(_))) {
            rows::index_texts(&transaction)?;
        }
        if let Some(pause) = &mut self.pause {
            pause();
        }
        transaction.commit()
    }
}

fn apply(transaction: &Transaction<'_>, write: &Write) -> rusqlite::Result<()> {
    match write {
        Write::Put(table, key, value) => {
            let home = Home::of(*table);
            let sql = format!("INSERT OR REPLACE INTO t_{}(k, v) VALUES(?1, ?2)", home.name);
            transaction.prepare_cached(&sql)?.execute(params![home.key(key), value])?;
        }
        Write::Delete(table, key) => {
            let home = Home::of(*table);
            let sql = format!("DELETE FROM t_{} WHERE k = ?1", home.name);
            transaction.prepare_cached(&sql)?.execute(params![home.key(key)])?;
        }
        Write::PutRow(row) => rows::put(transaction, row)?,
        Write::DeleteRow { room, id } => rows::delete(transaction, *room, id)?,
        Write::ClearRows => rows::clear(transaction)?,
    }
    Ok(())
}

/// An error of our own, in the words that are shown.
fn wrong(why: &str) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(why.into())
}

fn refuse(step: &'static str, error: &rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return StoreError::Full { step };
    }
    StoreError::Failed { step, why: error.to_string() }
}

impl Store for SqliteStore {
    fn commit(&mut self, batch: &[Write], durability: Durability) -> Result<(), StoreError> {
        if durability != self.durability {
            self.set_synchronous(durability).map_err(|error| refuse("commit", &error))?;
            self.durability = durability;
        }
        self.write(batch).map_err(|error| refuse("commit", &error))
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let home = Home::of(table);
        let sql = format!("SELECT v FROM t_{} WHERE k = ?1", home.name);
        let read = || {
            self.connection
                .prepare_cached(&sql)?
                .query_row(params![home.key(key)], |row| row.get(0))
                .optional()
        };
        read().map_err(|error| refuse("get", &error))
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Pair>, StoreError> {
        let home = Home::of(table);
        let range = Range::new(home, prefix, after);
        let sql = range.sql("ORDER BY k", limit);
        let read = || -> rusqlite::Result<Vec<Pair>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found =
                statement.query_map(params![range.from, range.end], |row| home.pair(row))?;
            found.collect()
        };
        read().map_err(|error| refuse("scan", &error))
    }

    fn last(&self, table: Table, prefix: &[u8]) -> Result<Option<Pair>, StoreError> {
        let home = Home::of(table);
        let range = Range::new(home, prefix, None);
        let sql = range.sql("ORDER BY k DESC", 1);
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let first = params![range.from, range.end];
            statement.query_row(first, |row| home.pair(row)).optional()
        };
        read().map_err(|error| refuse("last", &error))
    }

    fn row(&self, room: u8, id: &[u8; 16]) -> Result<Option<Row>, StoreError> {
        rows::row(&self.connection, room, id).map_err(|error| refuse("row", &error))
    }

    fn window(&self, query: &Query) -> Result<Window, StoreError> {
        rows::window(&self.connection, query).map_err(|error| refuse("window", &error))
    }

    fn count(&self, room: u8, tag: Option<&str>) -> Result<u32, StoreError> {
        let tag = tag.unwrap_or_default();
        rows::count(&self.connection, room, tag).map_err(|error| refuse("count", &error))
    }
}

#[cfg(test)]
mod tests;
