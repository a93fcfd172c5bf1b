//! A phone or desk that stands on a backup: an older copy of itself.
//!
//! Its danger is its own count. The relay and everybody else know each device by a chain of numbered
//! packs; a copy that goes on from an old number writes a second pack under a number that was used,
//! and its later facts are refused by everybody. So a restored replica reads and writes nothing,
//! until the log itself shows where its chain ends:
//!
//! 1. it reads the log to its end, in the same log epoch as the backup: of a log that began anew
//!    meanwhile nobody can say that all of this device's packs are in it again;
//! 2. every own pack it finds there is opened: else the next change in a document would be counted
//!    wrongly as well;
//! 3. it takes over the numbers of its chains, hands in what the backup still held unsent and the log
//!    does not have, and goes on.
//!
//! What the lost device had written and never handed in is lost. If that device is not lost after
//! all, the two share one chain: whoever writes second is refused by the relay, and whoever reads a
//! pack of its own that it did not write says so ([`Lie::Restored`](crate::alarm::Lie::Restored)). A
//! replica that cannot prove its chain stays as it is, to read from: its person gets new keys by
//! invitation, as after the loss of a phone.

use linli_wire::{CircleId, Hash, LogEpoch, pack::Pack};

use crate::{
    ReplicaError,
    act::read_outbox_row,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table},
    stored::{Cut, PackRow},
    work::Work,
};

/// How a restored replica stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// It may go on once the log has shown where its chain ends.
    Unproven,
    /// The relay began a new log since the backup, or the backup had not read any: it needs new keys.
    NeedsNewKeys,
}

impl<S: Store> Replica<S> {
    /// Marks this replica as restored from a backup: it writes nothing until the log has shown where
    /// its chain ends. What was held and could be undone is dropped: the device it was copied from
    /// has written it or not.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn mark_restored(&mut self) -> Result<(), ReplicaError> {
        if self.memory().is_none() {
            // Nothing was written yet: there is no chain to break.
            return Ok(());
        }
        self.work(Durability::Full, |work| {
            let epoch = work.memory.cursor.epoch;
            work.at.put(Table::Meta, meta::RESTORED, epoch.0);
            work.at.clear(Table::Held, &[])?;
            work.memory.restored = Some(epoch);
            Ok(())
        })
    }

    /// Tells how this replica stands if it was restored and has not proved its chain.
    #[must_use]
    pub fn restored(&self) -> Option<Restored> {
        let memory = self.memory()?;
        let epoch = memory.restored?;
        let lost =
            epoch == LogEpoch([0; 16]) || memory.cursor.epoch != epoch || memory.is_stopped();
        Some(if lost { Restored::NeedsNewKeys } else { Restored::Unproven })
    }

    /// Goes on with the own chains as the log shows them, if it was read to its end and every own
    /// pack in it was opened. Returns whether it did.
    pub(crate) fn end_restored(&mut self) -> Result<bool, ReplicaError> {
        if self.restored() != Some(Restored::Unproven)
            || !self.conversation.caught_up
            || self.member()?.rereading
        {
            return Ok(false);
        }
        self.work(Durability::Full, |work| {
            if work.has_unopened_own()? {
                return Ok(false);
            }
            work.take_over_chains()?;
            work.at.delete(Table::Meta, meta::RESTORED);
            work.memory.restored = None;
            Ok(true)
        })
    }
}

impl<S: Store> Work<'_, S> {
    /// Tells whether a pack of this device waits for its key or for an earlier one.
    fn has_unopened_own(&self) -> Result<bool, ReplicaError> {
        for table in [Table::Locked, Table::Waiting] {
            for (key, _) in self.at.scan(table, &[])? {
                let mut cut = Cut { row: "locked", bytes: &key };
                let _: [u8; 8] = cut.take()?;
                let Some(row) = self.pack(&Hash(cut.take()?))? else { continue };
                if row.pack()?.header.device == self.me() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Takes over the ends of the own chains in the log, where they are ahead of the backup's.
    fn take_over_chains(&mut self) -> Result<(), ReplicaError> {
        let me = self.me();
        for (key, _) in self.at.scan(Table::Chain, &me.0)? {
            let rest = key.strip_prefix(&me.0[..]).unwrap_or_default();
            let circle = CircleId::from_slice(rest);
            let Some(shown) = self.link(&me, circle.as_ref())? else { continue };
            if shown.n > self.own_link(circle.as_ref())?.n {
                self.put_own_link(circle.as_ref(), &shown);
            }
        }
        Ok(())
    }

    /// Tells whether a pack in the log is of this device, and was not written here: another copy of
    /// it is alive, or was. A restored replica expects what it lacks, but nothing else under the
    /// numbers of its own outbox.
    pub(crate) fn is_of_a_copy(&self, pack: &Pack, known: &PackRow) -> Result<bool, ReplicaError> {
        let header = &pack.header;
        if header.device != self.me() {
            return Ok(false);
        }
        if known.bytes.is_empty() && self.memory.restored.is_none() {
            return Ok(true);
        }
        let waiting = self.at.get(Table::Outbox, &header.n.to_be_bytes())?;
        Ok(match waiting {
            Some(row) => read_outbox_row(&row)?.0 != pack.hash(),
            None => false,
        })
    }
}
