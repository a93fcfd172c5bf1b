//! The folder of a phone or a desk, opened from outside: its list of communities, and the files of
//! one of them. Whoever only looks makes nothing that is missing.

use std::path::{Path, PathBuf};

use linli_replica::{
    Replica, ReplicaError,
    store::{Durability, Store as _, StoreError, Table, Write},
};
use linli_wire::cbor::{self, Bytes};
use serde::{Deserialize, Serialize};

use crate::{
    SqliteStore,
    keys::{self, KeysError},
};

/// The file of the phone itself: its communities, its settings, drafts from before the first one.
pub const PHONE_FILE: &str = "phone.db";

/// A community in the phone's own list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where its relay is.
    #[serde(rename = "1")]
    pub relay: String,
    /// The relay's own certificate, if the invitation gave one.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Bytes>,
}

impl Entry {
    /// Lists a community in a phone's own store.
    pub(crate) fn list(&self, own: &mut SqliteStore, slot: usize) -> Result<(), ReplicaError> {
        let value = cbor::to_bytes("community list", self)?;
        let key = format!("community/{slot:04}").into_bytes();
        Ok(own.commit(&[Write::Put(Table::Meta, key, value)], Durability::Full)?)
    }
}

/// Why a folder could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file is not there.
    #[error("{}: no such file", path.display())]
    Missing {
        /// Which one.
        path: PathBuf,
    },
    /// The keys could not be read.
    #[error("{0}")]
    Keys(#[from] KeysError),
    /// The store could not be opened; another process may hold it.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What is in the store cannot be read.
    #[error("{0}")]
    Replica(#[from] ReplicaError),
}

/// The file of a community.
#[must_use]
pub fn community_file(folder: &Path, slot: usize) -> PathBuf {
    folder.join(format!("community-{slot}.db"))
}

/// The file of a community's device keys.
#[must_use]
pub fn key_file(folder: &Path, slot: usize) -> PathBuf {
    folder.join("keys").join(format!("{slot}.key"))
}

fn there(path: PathBuf) -> Result<PathBuf, FolderError> {
    if path.exists() { Ok(path) } else { Err(FolderError::Missing { path }) }
}

/// Lists the communities of a folder.
///
/// # Errors
/// [`FolderError`].
pub fn communities(folder: &Path) -> Result<Vec<Entry>, FolderError> {
    let own = SqliteStore::open(&there(folder.join(PHONE_FILE))?)?;
    let listed = own.scan(Table::Meta, b"community/", None, usize::MAX)?;
    let read = |(_, value): &(Vec<u8>, Vec<u8>)| cbor::from_bytes("community list", value);
    let entries: Result<Vec<Entry>, _> = listed.iter().map(read).collect();
    Ok(entries.map_err(ReplicaError::from)?)
}

/// Opens one community of a folder.
///
/// # Errors
/// [`FolderError`].
pub fn open(
    folder: &Path,
    slot: usize,
    platform_key: Option<&[u8; 32]>,
) -> Result<Replica<SqliteStore>, FolderError> {
    let (file, key) = (there(community_file(folder, slot))?, there(key_file(folder, slot))?);
    let keys = keys::open_or_make(&key, platform_key)?;
    Ok(Replica::open(SqliteStore::open(&file)?, keys)?)
}
