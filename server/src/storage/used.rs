//! What devices and whole communities used of their day, so that a restart gives nobody a new one.

use linli_wire::DeviceId;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::number;
use crate::quota::Day;

/// The whole community has an empty id.
fn id(of: Option<&DeviceId>) -> &[u8] {
    of.map_or(&[], |device| &device.0[..])
}

/// Reads what was used last, on whatever day; none if nothing was.
pub(crate) fn read(
    connection: &Connection,
    no: i64,
    of: Option<&DeviceId>,
) -> rusqlite::Result<Option<Day>> {
    connection
        .prepare_cached("SELECT day, packs, blobs FROM used WHERE community = ?1 AND device = ?2")?
        .query_row(params![no, id(of)], |row| {
            let (packs, blobs): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok(Day {
                day: row.get(0)?,
                pack_bytes: u64::try_from(packs).unwrap_or_default(),
                blob_bytes: u64::try_from(blobs).unwrap_or_default(),
            })
        })
        .optional()
}

/// Writes what was used of a day; the day before it is forgotten.
pub(crate) fn write(
    connection: &Connection,
    no: i64,
    of: Option<&DeviceId>,
    used: &Day,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO used VALUES(?1, ?2, ?3, ?4, ?5)")?
        .execute(params![no, id(of), used.day, number(used.pack_bytes), number(used.blob_bytes)])
        .map(drop)
}
