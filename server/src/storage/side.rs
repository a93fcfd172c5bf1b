//! What lies beside the log: applications and wrapped keys.

use linli_wire::{CircleId, DeviceId, InviteId, KeyEpoch, limits};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::blob;

/// Small things beside the log; each is one statement of the writer.
#[derive(Clone, Debug)]
pub(crate) enum Side {
    Apply {
        invite: InviteId,
        issuer: DeviceId,
        sealed: Vec<u8>,
    },
    Answer {
        invite: InviteId,
        answer: Vec<u8>,
    },
    EndApplication {
        invite: InviteId,
    },
    /// A wrap by somebody who may list: it takes the place of all others for this circle.
    PutWrap {
        device: DeviceId,
        circle: CircleId,
        key_epoch: KeyEpoch,
        wrapped: Vec<u8>,
    },
    /// A wrap by any other member: it takes nobody's place.
    AddWrap {
        device: DeviceId,
        circle: CircleId,
        key_epoch: KeyEpoch,
        wrapped: Vec<u8>,
    },
    EndWrap {
        device: DeviceId,
        circle: CircleId,
        key_epoch: KeyEpoch,
    },
}

/// Writes a small thing; returns how many rows it changed.
pub(crate) fn write_side(connection: &Connection, no: i64, side: &Side) -> rusqlite::Result<usize> {
    match side {
        Side::Apply { invite, issuer, sealed } => connection.execute(
            "INSERT OR IGNORE INTO application VALUES(?1, ?2, ?3, ?4, NULL)",
            params![no, &invite.0[..], &issuer.0[..], sealed],
        ),
        Side::Answer { invite, answer } => connection.execute(
            "UPDATE application SET answer = ?3 WHERE community = ?1 AND invite = ?2",
            params![no, &invite.0[..], answer],
        ),
        Side::EndApplication { invite } => connection.execute(
            "DELETE FROM application WHERE community = ?1 AND invite = ?2",
            params![no, &invite.0[..]],
        ),
        Side::PutWrap { device, circle, key_epoch, wrapped } => {
            connection.execute(
                "DELETE FROM wrap WHERE community = ?1 AND device = ?2 AND circle = ?3",
                params![no, &device.0[..], &circle.0[..]],
            )?;
            add_wrap(connection, no, device, circle, key_epoch, wrapped)
        }
        Side::AddWrap { device, circle, key_epoch, wrapped } => {
            add_wrap(connection, no, device, circle, key_epoch, wrapped)
        }
        Side::EndWrap { device, circle, key_epoch } => connection.execute(
            "DELETE FROM wrap WHERE community = ?1 AND device = ?2 AND circle = ?3
             AND key_epoch = ?4",
            params![no, &device.0[..], &circle.0[..], &key_epoch.0[..]],
        ),
    }
}

/// Adds a wrap, unless one stands there or the device has too many.
fn add_wrap(
    connection: &Connection,
    no: i64,
    device: &DeviceId,
    circle: &CircleId,
    key_epoch: &KeyEpoch,
    wrapped: &[u8],
) -> rusqlite::Result<usize> {
    let wraps_max = i64::try_from(limits::WRAPS_PER_DEVICE_MAX).unwrap_or(i64::MAX);
    connection.execute(
        "INSERT OR IGNORE INTO wrap SELECT ?1, ?2, ?3, ?4, ?5 WHERE
         (SELECT count(*) FROM wrap WHERE community = ?1 AND device = ?2) < ?6",
        params![no, &device.0[..], &circle.0[..], &key_epoch.0[..], wrapped, wraps_max],
    )
}

/// Sealed bytes of an application, and the answer if there is one.
type Asked = (Vec<u8>, Option<Vec<u8>>);

/// Reads one application.
pub(crate) fn application(
    connection: &Connection,
    no: i64,
    invite: &InviteId,
) -> rusqlite::Result<Option<Asked>> {
    connection
        .query_row(
            "SELECT sealed, answer FROM application WHERE community = ?1 AND invite = ?2",
            params![no, &invite.0[..]],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
}

/// An application as it lies here: invitation, issuer, sealed bytes.
type Application = (InviteId, DeviceId, Vec<u8>);

/// Lists the applications of a community: invitation, issuer, sealed bytes.
pub(crate) fn applications(connection: &Connection, no: i64) -> rusqlite::Result<Vec<Application>> {
    let mut statement = connection
        .prepare_cached("SELECT invite, issuer, sealed FROM application WHERE community = ?1")?;
    let rows = statement.query_map([no], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
    })?;
    rows.map(|row| {
        let (invite, issuer, sealed) = row?;
        Ok((blob(&invite, InviteId::from_slice)?, blob(&issuer, DeviceId::from_slice)?, sealed))
    })
    .collect()
}

/// Lists the wraps for a device: circle, key epoch, wrap.
pub(crate) fn wraps(
    connection: &Connection,
    no: i64,
    device: &DeviceId,
) -> rusqlite::Result<Vec<(CircleId, KeyEpoch, Vec<u8>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT circle, key_epoch, wrapped FROM wrap WHERE community = ?1 AND device = ?2",
    )?;
    let rows = statement.query_map(params![no, &device.0[..]], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
    })?;
    rows.map(|row| {
        let (circle, epoch, wrapped) = row?;
        Ok((blob(&circle, CircleId::from_slice)?, blob(&epoch, KeyEpoch::from_slice)?, wrapped))
    })
    .collect()
}
