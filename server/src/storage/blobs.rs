//! Which parts of blobs are held, and for how many bytes each counts.

use linli_wire::{CommunityId, Hash};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{blob, number};

/// Bytes for which the smallest part counts: a file takes a block of the disk and a row here.
pub(crate) const COUNTS_MIN: u64 = 4096;

/// Bytes for which a part counts.
pub(crate) const fn counts(bytes: u64) -> u64 {
    if bytes < COUNTS_MIN { COUNTS_MIN } else { bytes }
}

/// Where one part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) bytes: u64,
    /// Whether its file is on the disk; else its place is counted and the bytes are coming.
    pub(crate) held: bool,
}

/// Finds a part.
pub(crate) fn part(
    connection: &Connection,
    no: i64,
    hash: &Hash,
) -> rusqlite::Result<Option<Part>> {
    connection
        .prepare_cached("SELECT bytes, held FROM blob WHERE community = ?1 AND hash = ?2")?
        .query_row(params![no, &hash.0[..]], |row| {
            let bytes: i64 = row.get(0)?;
            Ok(Part { bytes: u64::try_from(bytes).unwrap_or_default(), held: row.get(1)? })
        })
        .optional()
}

/// Keeps those of a list that are not held.
pub(crate) fn missing(
    connection: &Connection,
    no: i64,
    hashes: Vec<Hash>,
) -> rusqlite::Result<Vec<Hash>> {
    let mut missing = Vec::new();
    for hash in hashes {
        if !part(connection, no, &hash)?.is_some_and(|part| part.held) {
            missing.push(hash);
        }
    }
    Ok(missing)
}

/// Counts a part whose bytes are coming.
pub(crate) fn reserve(
    connection: &Connection,
    no: i64,
    hash: &Hash,
    bytes: u64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO blob VALUES(?1, ?2, ?3, 0)")?
        .execute(params![no, &hash.0[..], number(bytes)])
        .map(drop)
}

/// Notes that a part's file is on the disk.
pub(crate) fn hold(connection: &Connection, no: i64, hash: &Hash) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE blob SET held = 1 WHERE community = ?1 AND hash = ?2")?
        .execute(params![no, &hash.0[..]])
        .map(drop)
}

/// Forgets a part.
pub(crate) fn forget(connection: &Connection, no: i64, hash: &Hash) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM blob WHERE community = ?1 AND hash = ?2")?
        .execute(params![no, &hash.0[..]])
        .map(drop)
}

/// Counts what a community's parts take: how many, and for how many bytes they count.
pub(crate) fn taken(connection: &Connection, no: i64) -> rusqlite::Result<(u64, u64)> {
    let (parts, bytes): (i64, i64) = connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(max(bytes, ?2)), 0) FROM blob WHERE community = ?1",
        )?
        .query_row(params![no, number(COUNTS_MIN)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((u64::try_from(parts).unwrap_or_default(), u64::try_from(bytes).unwrap_or_default()))
}

/// Lists parts of all communities: those held, or those whose bytes never came.
pub(crate) fn all(
    connection: &Connection,
    held: Held,
) -> rusqlite::Result<Vec<(i64, CommunityId, Hash, u64)>> {
    let mut statement = connection.prepare(
        "SELECT blob.community, community.id, blob.hash, blob.bytes FROM blob
         JOIN community ON community.no = blob.community WHERE blob.held = ?1",
    )?;
    let rows = statement.query_map([held == Held::Yes], |row| {
        let ids = (row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?);
        Ok((row.get(0)?, ids, row.get::<_, i64>(3)?))
    })?;
    rows.map(|row| {
        let (no, (id, hash), bytes) = row?;
        let (id, hash) = (blob(&id, CommunityId::from_slice)?, blob(&hash, Hash::from_slice)?);
        Ok((no, id, hash, u64::try_from(bytes).unwrap_or_default()))
    })
    .collect()
}

/// Whether parts with or without a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Yes,
    No,
}
