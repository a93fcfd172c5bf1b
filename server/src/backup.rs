//! `relay backup`: a whole copy of the database and the parts of blobs, while the relay runs.
//!
//! The database is copied under one snapshot, then every part that the copy calls held; only then
//! the copy gets its name. So a folder with a `relay.db` is whole, and can be started from as it
//! is, with a new epoch.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::{
    blobs::{Blobs, sync_folder},
    storage::blobs::{self, Held},
};

/// What a backup holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backed {
    /// Communities.
    pub communities: u64,
    /// Parts of blobs.
    pub parts: u64,
    /// Those of them that an earlier backup in the same folder had not.
    pub copied: u64,
    /// Parts whose file is gone or damaged at the relay; phones are asked for them again.
    pub lost: u64,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// No relay keeps its data there.
    #[error("{0} holds no relay.db")]
    NoDatabase(PathBuf),
    /// A relay ran on the target.
    #[error("{0} was used by a relay since; back up to another folder")]
    Used(PathBuf),
    /// The database could not be copied.
    #[error("the database could not be copied: {0}")]
    Database(#[from] rusqlite::Error),
    /// Files could not be read or written.
    #[error("{path}: {why}")]
    Files {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        why: io::Error,
    },
}

/// Copies the data of a relay, running or not, to a folder.
///
/// # Errors
/// [`BackupError`]; then the folder holds what it held before, and perhaps more parts.
pub fn backup(data: &Path, to: &Path) -> Result<Backed, BackupError> {
    let source = data.join("relay.db");
    if !source.is_file() {
        return Err(BackupError::NoDatabase(data.to_owned()));
    }
    let (whole, coming) = (to.join("relay.db"), to.join("relay.db.coming"));
    // The log of another run beside our copy would be taken for the copy's own.
    if to.join("relay.db-wal").exists() {
        return Err(BackupError::Used(to.to_owned()));
    }
    let files = |why| BackupError::Files { path: to.to_owned(), why };
    fs::create_dir_all(to).map_err(files)?;
    if coming.exists() {
        fs::remove_file(&coming).map_err(files)?;
    }
    copy_database(&source, &coming)?;
    let backed = copy_parts(&coming, data, to)?;
    fs::rename(&coming, &whole).and_then(|()| sync_folder(to)).map_err(files)?;
    Ok(backed)
}

/// Copies all pages in one step: writers go on, and the copy is of one moment.
fn copy_database(source: &Path, coming: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(source, flags)?;
    let mut copy = Connection::open(coming)?;
    Backup::new(&source, &mut copy)?.step(-1)?;
    // The file alone is the copy: nothing of it may lie in a log beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.pragma_update(None, "synchronous", "FULL")?;
    copy.close().map_err(|(_, why)| why)
}

fn copy_parts(copy: &Path, data: &Path, to: &Path) -> Result<Backed, BackupError> {
    let wrap = |why| BackupError::Files { path: to.join("blobs"), why };
    let connection = Connection::open(copy)?;
    let (from, target) = (Blobs::beside(data), Blobs::open(to).map_err(wrap)?);
    let communities: i64 =
        connection.query_row("SELECT count(*) FROM community", [], |row| row.get(0))?;
    let communities = u64::try_from(communities).unwrap_or_default();
    let mut backed = Backed { communities, ..Backed::default() };
    for (no, community, hash, bytes) in blobs::all(&connection, Held::Yes)? {
        if target.stands(&community, &hash, bytes) {
            backed.parts += 1;
            continue;
        }
        match from.read(&community, &hash).map_err(wrap)? {
            Some(part) => {
                target.write(&community, &hash, &part).map_err(wrap)?;
                backed.parts += 1;
                backed.copied += 1;
            }
            None => {
                blobs::forget(&connection, no, &hash)?;
                backed.lost += 1;
            }
        }
    }
    connection.close().map_err(|(_, why)| why)?;
    Ok(backed)
}
