//! How much devices and communities may hand in: packs a minute, bytes a day.
//!
//! The day's bytes are kept in the database, written with the commit that used them; the minute's
//! packs are not, as a restart takes about as long. Days and minutes are those of the stamp.

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::{DeviceId, call::code, limits};
use rusqlite::Connection;

use crate::{
    job::{Refusal, Written},
    settings::Quotas,
    storage::used,
};

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// Bytes of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) day: i64,
    pub(crate) pack_bytes: u64,
    pub(crate) blob_bytes: u64,
}

/// What a device or a community used.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    day: Day,
    minute: i64,
    packs: u64,
}

/// What is handed in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Charge {
    pub(crate) packs: u64,
    pub(crate) pack_bytes: u64,
    pub(crate) blob_bytes: u64,
}

/// Whose quota something counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payer {
    /// The whole community.
    Community,
    /// The device that hands in.
    Carrier(DeviceId),
    /// A device whose access has ended, as carrier or as author.
    Ended(DeviceId),
}

impl Payer {
    const fn device(&self) -> Option<&DeviceId> {
        match self {
            Self::Community => None,
            Self::Carrier(device) | Self::Ended(device) => Some(device),
        }
    }

    fn check(&self, used: &Used, quotas: &Quotas, stamp: i64) -> Result<(), Refusal> {
        let over = |what: &str, period: i64| {
            let mut refusal = Refusal::new(429, code::QUOTA, what);
            let left_ms = period.saturating_sub(stamp.rem_euclid(period));
            refusal.retry_after_s = u64::try_from(left_ms / 1000).ok().map(|left| left + 1);
            Err(refusal)
        };
        let (packs, packs_day, blobs_day) = match self {
            Self::Community => {
                (quotas.community_packs_minute, mebibytes(quotas.community_mib_day), u64::MAX)
            }
            Self::Carrier(_) | Self::Ended(_) => (
                quotas.device_packs_minute,
                mebibytes(quotas.device_mib_day),
                mebibytes(quotas.device_blob_mib_day),
            ),
        };
        let all = used.day.pack_bytes.saturating_add(used.day.blob_bytes);
        if matches!(self, Self::Ended(_)) && all > limits::REVOKED_BYTES_PER_DAY {
            return over("over the quota of an ended device", DAY_MS);
        }
        if used.packs > packs {
            return over("too many packs in this minute", MINUTE_MS);
        }
        if used.day.pack_bytes > packs_day || used.day.blob_bytes > blobs_day {
            return over("too many bytes on this day", DAY_MS);
        }
        Ok(())
    }
}

pub(crate) const fn mebibytes(count: u64) -> u64 {
    count.saturating_mul(1 << 20)
}

impl Used {
    /// What of it belongs to the day and minute of a stamp.
    fn at(mut self, stamp: i64) -> Self {
        let (day, minute) = (stamp.div_euclid(DAY_MS), stamp.div_euclid(MINUTE_MS));
        if self.day.day != day {
            self.day = Day { day, ..Day::default() };
        }
        if self.minute != minute {
            (self.minute, self.packs) = (minute, 0);
        }
        self
    }

    fn and(mut self, charge: &Charge) -> Self {
        self.packs = self.packs.saturating_add(charge.packs);
        self.day.pack_bytes = self.day.pack_bytes.saturating_add(charge.pack_bytes);
        self.day.blob_bytes = self.day.blob_bytes.saturating_add(charge.blob_bytes);
        self
    }
}

/// What one community and its devices used.
#[derive(Debug)]
pub(crate) struct Usage {
    no: i64,
    used: BTreeMap<Option<DeviceId>, Used>,
    /// Whose figures are newer than the database's.
    unwritten: BTreeSet<Option<DeviceId>>,
}

impl Usage {
    pub(crate) const fn new(no: i64) -> Self {
        Self { no, used: BTreeMap::new(), unwritten: BTreeSet::new() }
    }

    /// Counts something against everybody concerned, or against nobody if one of them is over.
    pub(crate) fn charge(
        &mut self,
        connection: &Connection,
        quotas: &Quotas,
        stamp: i64,
        payers: &[Payer],
        charge: &Charge,
    ) -> Written<()> {
        let mut charged = Vec::with_capacity(payers.len());
        for payer in payers {
            let who = payer.device().copied();
            let used = self.of(connection, who)?.at(stamp).and(charge);
            if let Err(refusal) = payer.check(&used, quotas, stamp) {
                return Ok(Err(refusal));
            }
            charged.push((who, used));
        }
        for (who, used) in charged {
            self.used.insert(who, used);
            self.unwritten.insert(who);
        }
        Ok(Ok(()))
    }

    fn of(&self, connection: &Connection, who: Option<DeviceId>) -> rusqlite::Result<Used> {
        if let Some(used) = self.used.get(&who) {
            return Ok(*used);
        }
        let day = used::read(connection, self.no, who.as_ref())?.unwrap_or_default();
        Ok(Used { day, ..Used::default() })
    }

    /// Writes what changed, once for all that share a commit.
    pub(crate) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for who in std::mem::take(&mut self.unwritten) {
            if let Some(used) = self.used.get(&who) {
                used::write(connection, self.no, who.as_ref(), &used.day)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage;

    const NOON: i64 = 20_000 * DAY_MS + DAY_MS / 2 + 30_500;

    fn database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        storage::prepare(&connection, None).unwrap();
        connection
    }

    fn quotas() -> Quotas {
        Quotas { device_packs_minute: 3, device_mib_day: 1, ..Quotas::default() }
    }

    fn pack(bytes: u64) -> Charge {
        Charge { packs: 1, pack_bytes: bytes, blob_bytes: 0 }
    }

    #[test]
    fn a_minute_and_a_day_are_counted_and_say_when_they_end() {
        let (connection, quotas) = (database(), quotas());
        let mut usage = Usage::new(1);
        let payers = [Payer::Community, Payer::Carrier(DeviceId([1; 32]))];
        let mut put = |stamp, bytes| {
            usage.charge(&connection, &quotas, stamp, &payers, &pack(bytes)).unwrap()
        };
        for _ in 0..3 {
            put(NOON, 1).unwrap();
        }
        let refusal = put(NOON, 1).unwrap_err();
        assert_eq!((refusal.status, refusal.retry_after_s), (429, Some(30)));
        put(NOON + MINUTE_MS, (1 << 20) - 3).unwrap();
        let refusal = put(NOON + MINUTE_MS, 1).unwrap_err();
        assert_eq!(refusal.retry_after_s, Some(12 * 3600 - 90));
        put(NOON + DAY_MS, 1).unwrap();
    }

    #[test]
    fn a_restart_gives_nobody_a_new_day() {
        let (connection, quotas) = (database(), quotas());
        let (mei, wang) = (DeviceId([1; 32]), DeviceId([2; 32]));
        let mut usage = Usage::new(1);
        let both = |usage: &mut Usage, device, bytes| {
            let payers = [Payer::Community, Payer::Carrier(device)];
            usage.charge(&connection, &quotas, NOON, &payers, &pack(bytes)).unwrap()
        };
        both(&mut usage, mei, 1 << 20).unwrap();
        usage.write(&connection).unwrap();
        let mut usage = Usage::new(1);
        assert!(both(&mut usage, mei, 1).is_err(), "her day is used up");
        both(&mut usage, wang, 1 << 20).unwrap();
        let mut elsewhere = Usage::new(2);
        both(&mut elsewhere, mei, 1 << 20).unwrap();
    }

    #[test]
    fn an_ended_device_has_one_small_day_for_everything() {
        let (connection, quotas) = (database(), Quotas::default());
        let mut usage = Usage::new(1);
        let payers = [Payer::Ended(DeviceId([1; 32]))];
        let half = limits::REVOKED_BYTES_PER_DAY / 2;
        let blob = Charge { blob_bytes: half, ..Charge::default() };
        let mut put = |charge| usage.charge(&connection, &quotas, NOON, &payers, &charge).unwrap();
        put(pack(half)).unwrap();
        put(blob).unwrap();
        assert!(put(pack(1)).is_err() && put(blob).is_err());
    }
}
