//! What the relay keeps, in SQLite: WAL, `synchronous=FULL`, one writing connection.

pub(crate) mod blobs;
pub(crate) mod side;
pub(crate) mod used;

use std::path::Path;

use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, LogEpoch,
    access::AccessList,
    charter::SignedCharter,
    head,
    pack::{Kind, Pack},
};
use rusqlite::{Connection, OptionalExtension as _, params};

/// A community as the writer needs it.
#[derive(Debug)]
pub(crate) struct Community {
    pub(crate) no: i64,
    pub(crate) id: CommunityId,
    pub(crate) charter: Vec<u8>,
    pub(crate) epoch: LogEpoch,
    pub(crate) last: u64,
    pub(crate) head: Hash,
    pub(crate) stamp: i64,
    pub(crate) access: AccessList,
    /// Parts of blobs, and the bytes for which they count.
    pub(crate) blobs: (u64, u64),
}

/// One stored entry.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) seq: u64,
    pub(crate) stamp: i64,
    pub(crate) head: Hash,
    pub(crate) hash: Hash,
    pub(crate) circle: CircleId,
    pub(crate) access: bool,
    pub(crate) bytes: Vec<u8>,
}

/// Entries of a community share the high bits of one integer key.
const SEQ_BITS: u32 = 36;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS community(
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, charter BLOB NOT NULL, epoch BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS entry(
    k INTEGER PRIMARY KEY, stamp INTEGER NOT NULL, head BLOB NOT NULL, hash BLOB NOT NULL,
    circle BLOB NOT NULL, access INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS placed(
    community INTEGER NOT NULL, device BLOB NOT NULL, n INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY(community, device, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS application(
    community INTEGER NOT NULL, invite BLOB NOT NULL, issuer BLOB NOT NULL, sealed BLOB NOT NULL,
    answer BLOB, PRIMARY KEY(community, invite)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wrap(
    community INTEGER NOT NULL, device BLOB NOT NULL, circle BLOB NOT NULL,
    key_epoch BLOB NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY(community, device, circle, key_epoch)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob(
    community INTEGER NOT NULL, hash BLOB NOT NULL, bytes INTEGER NOT NULL, held INTEGER NOT NULL,
    PRIMARY KEY(community, hash)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent(token BLOB PRIMARY KEY, community BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS used(
    community INTEGER NOT NULL, device BLOB NOT NULL, day INTEGER NOT NULL,
    packs INTEGER NOT NULL, blobs INTEGER NOT NULL,
    PRIMARY KEY(community, device)) WITHOUT ROWID;
";

/// A connection with our settings, the pragma read back.
pub(crate) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    // 2 is FULL. With NORMAL a power cut loses what was acknowledged.
    if synchronous != 2 {
        return Err(wrong("SQLite did not take synchronous=FULL"));
    }
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Makes the tables, limits the file's size, and brings everything into the main file.
pub(crate) fn prepare(connection: &Connection, max_mib: Option<u32>) -> rusqlite::Result<()> {
    connection.execute_batch(SCHEMA)?;
    if let Some(max_mib) = max_mib {
        let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let pages = (i64::from(max_mib) << 20) / page.max(1);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

fn key(no: i64, seq: u64) -> i64 {
    no << SEQ_BITS | i64::try_from(seq).unwrap_or(i64::MAX >> 1) & ((1 << SEQ_BITS) - 1)
}

fn seq_of(key: i64) -> u64 {
    u64::try_from(key & ((1 << SEQ_BITS) - 1)).unwrap_or_default()
}

fn blob<T>(bytes: &[u8], read: impl Fn(&[u8]) -> Option<T>) -> rusqlite::Result<T> {
    read(bytes).ok_or_else(|| wrong("a stored id has the wrong length"))
}

/// An error of our own, in the words that are shown.
fn wrong(why: &str) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(why.into())
}

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Loads all communities, folding their access records.
pub(crate) fn communities(connection: &Connection) -> rusqlite::Result<Vec<Community>> {
    let mut statement = connection.prepare("SELECT no, id, charter, epoch FROM community")?;
    let rows =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    rows.map(|row| {
        let (no, id, charter, epoch): (i64, Vec<u8>, Vec<u8>, Vec<u8>) = row?;
        let id = blob(&id, CommunityId::from_slice)?;
        load(connection, no, id, charter, blob(&epoch, LogEpoch::from_slice)?)
    })
    .collect()
}

fn load(
    connection: &Connection,
    no: i64,
    id: CommunityId,
    charter: Vec<u8>,
    epoch: LogEpoch,
) -> rusqlite::Result<Community> {
    let signed =
        SignedCharter::decode(&charter).map_err(|_| wrong("a stored charter is damaged"))?;
    let mut access = AccessList::rooted_in(&signed.charter);
    let range = params![key(no, 0), key(no, u64::MAX >> 1)];
    let mut statement = connection.prepare_cached(
        "SELECT stamp, bytes FROM entry WHERE access = 1 AND k BETWEEN ?1 AND ?2 ORDER BY k",
    )?;
    let mut rows = statement.query(range)?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(1)?;
        let pack = Pack::decode(&bytes).map_err(|_| wrong("a stored pack is damaged"))?;
        // One that was refused stands in the log without effect.
        let _ = access.take_pack(&pack, row.get(0)?);
    }
    let last = connection
        .query_row(
            "SELECT k, head, stamp FROM entry WHERE k BETWEEN ?1 AND ?2 ORDER BY k DESC LIMIT 1",
            range,
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?)),
        )
        .optional()?;
    let (last, head, stamp) = match last {
        Some((last, head, stamp)) => (seq_of(last), blob(&head, Hash::from_slice)?, stamp),
        None => (0, head::start(&id, &epoch), i64::MIN),
    };
    let blobs = blobs::taken(connection, no)?;
    Ok(Community { no, id, charter, epoch, last, head, stamp, access, blobs })
}

/// Founds a community; returns it.
pub(crate) fn found(
    connection: &Connection,
    id: CommunityId,
    charter: &[u8],
    epoch: LogEpoch,
) -> rusqlite::Result<Community> {
    connection.execute(
        "INSERT INTO community(id, charter, epoch) VALUES(?1, ?2, ?3)",
        params![&id.0[..], charter, &epoch.0[..]],
    )?;
    load(connection, connection.last_insert_rowid(), id, charter.to_vec(), epoch)
}

/// Notes that a one-time token founds a community; tells whether it was still good for it.
pub(crate) fn spend(
    connection: &Connection,
    token: &Hash,
    community: &CommunityId,
) -> rusqlite::Result<bool> {
    let spent = connection.execute(
        "INSERT OR IGNORE INTO spent VALUES(?1, ?2)",
        params![&token.0[..], &community.0[..]],
    )?;
    Ok(spent == 1)
}

/// Begins a new epoch: the entries stay, the heads are computed anew from the new start.
pub(crate) fn renew(
    connection: &mut Connection,
    community: &Community,
    epoch: LogEpoch,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let mut head = head::start(&community.id, &epoch);
    for seq in 1..=community.last {
        let k = key(community.no, seq);
        let (stamp, hash): (i64, Vec<u8>) =
            transaction.query_row("SELECT stamp, hash FROM entry WHERE k = ?1", [k], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        head = head::next(&head, seq, stamp, &blob(&hash, Hash::from_slice)?);
        transaction.execute("UPDATE entry SET head = ?2 WHERE k = ?1", params![k, &head.0[..]])?;
    }
    let epoch = &epoch.0[..];
    transaction
        .execute("UPDATE community SET epoch = ?2 WHERE no = ?1", params![community.no, epoch])?;
    transaction.commit()
}

/// Writes one entry (inside the writer's transaction).
pub(crate) fn append(
    connection: &Connection,
    no: i64,
    entry: &Stored,
    pack: &Pack,
) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(
        params![
            key(no, entry.seq),
            entry.stamp,
            &entry.head.0[..],
            &entry.hash.0[..],
            &entry.circle.0[..],
            pack.header.kind == Kind::Access,
            entry.bytes,
        ],
    )?;
    connection.prepare_cached("INSERT INTO placed VALUES(?1, ?2, ?3, ?4)")?.execute(params![
        no,
        &pack.header.device.0[..],
        number(pack.header.n),
        number(entry.seq)
    ])?;
    Ok(())
}

/// Returns the last count of a device and the hash of that pack.
pub(crate) fn last_of(
    connection: &Connection,
    no: i64,
    device: &DeviceId,
) -> rusqlite::Result<Option<(u64, Hash)>> {
    let row = connection
        .prepare_cached(
            "SELECT n, seq FROM placed WHERE community = ?1 AND device = ?2
             ORDER BY n DESC LIMIT 1",
        )?
        .query_row(params![no, &device.0[..]], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })
        .optional()?;
    let Some((n, seq)) = row else { return Ok(None) };
    let seq = u64::try_from(seq).unwrap_or_default();
    let hash: Vec<u8> = connection
        .prepare_cached("SELECT hash FROM entry WHERE k = ?1")?
        .query_row([key(no, seq)], |row| row.get(0))?;
    Ok(Some((u64::try_from(n).unwrap_or_default(), blob(&hash, Hash::from_slice)?)))
}

/// Finds where a device's pack stands: seq, stamp, hash.
pub(crate) fn place_of(
    connection: &Connection,
    no: i64,
    device: &DeviceId,
    n: u64,
) -> rusqlite::Result<Option<(u64, i64, Hash)>> {
    let seq: Option<i64> = connection
        .prepare_cached("SELECT seq FROM placed WHERE community = ?1 AND device = ?2 AND n = ?3")?
        .query_row(params![no, &device.0[..], number(n)], |row| row.get(0))
        .optional()?;
    let Some(seq) = seq else { return Ok(None) };
    let seq = u64::try_from(seq).unwrap_or_default();
    let (stamp, hash): (i64, Vec<u8>) = connection
        .prepare_cached("SELECT stamp, hash FROM entry WHERE k = ?1")?
        .query_row([key(no, seq)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some((seq, stamp, blob(&hash, Hash::from_slice)?)))
}

/// Reads entries after a place, until their bytes or number are enough.
pub(crate) fn read(
    connection: &Connection,
    no: i64,
    after: u64,
    bytes_max: usize,
    entries_max: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let mut statement = connection.prepare_cached(
        "SELECT k, stamp, head, hash, circle, access, bytes FROM entry
         WHERE k > ?1 AND k <= ?2 ORDER BY k",
    )?;
    let mut rows = statement.query(params![key(no, after), key(no, u64::MAX >> 1)])?;
    let (mut entries, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let stored = Stored {
            seq: seq_of(row.get(0)?),
            stamp: row.get(1)?,
            head: blob(row.get_ref(2)?.as_blob()?, Hash::from_slice)?,
            hash: blob(row.get_ref(3)?.as_blob()?, Hash::from_slice)?,
            circle: blob(row.get_ref(4)?.as_blob()?, CircleId::from_slice)?,
            access: row.get(5)?,
            bytes: row.get(6)?,
        };
        bytes += stored.bytes.len();
        entries.push(stored);
        if bytes >= bytes_max || entries.len() >= entries_max {
            break;
        }
    }
    Ok(entries)
}

/// Returns the head after an entry.
pub(crate) fn head_at(
    connection: &Connection,
    no: i64,
    seq: u64,
) -> rusqlite::Result<Option<Hash>> {
    let head: Option<Vec<u8>> = connection
        .prepare_cached("SELECT head FROM entry WHERE k = ?1")?
        .query_row([key(no, seq)], |row| row.get(0))
        .optional()?;
    head.map(|head| blob(&head, Hash::from_slice)).transpose()
}
