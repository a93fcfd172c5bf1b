//! A relay that began a new log, restored from a backup: everything is placed again, and what it
//! lost is offered again in the old order.

use linli_wire::{
    Hash,
    call::{Content, Page},
    pack::Pack,
};

use crate::{
    ReplicaError,
    act::{Handed, outbox_row, read_outbox_row},
    memory::{Cursor, meta},
    store::{Store, Table},
    stored::{FactRow, Link, LogRow, Verdict},
    work::Work,
};

impl<S: Store> Work<'_, S> {
    /// Forgets every place; the log will be read anew from the start.
    pub(crate) fn begin_epoch(&mut self, page: &Page) -> Result<(), ReplicaError> {
        for (seq, row) in self.at.scan(Table::Log, &[])? {
            let row = LogRow::decode(&row)?;
            if self.pack(&row.hash)?.is_some_and(|pack| !pack.bytes.is_empty()) {
                self.at.put(Table::Meta, [meta::OFFER, &seq].concat(), row.hash.0);
            }
        }
        for (n, row) in self.at.scan(Table::Outbox, &[])? {
            let (hash, _) = read_outbox_row(&row)?;
            self.at.put(Table::Outbox, n, outbox_row(&hash, Handed::NotYet));
        }
        self.offer_parts()?;
        for table in [Table::Log, Table::Chain, Table::Locked, Table::Waiting] {
            self.at.clear(table, &[])?;
        }
        self.at.clear(Table::Meta, meta::ACCESS)?;
        self.at.clear(Table::Meta, meta::SEEN)?;
        self.at.put(Table::Meta, meta::REREADING, []);
        self.at.clear(Table::Registry, &[])?;
        for (key, value) in self.at.scan(Table::Fact, &[])? {
            let mut row = FactRow::decode(&value)?;
            row.place = None;
            row.verdict = Verdict::Pending;
            self.at.put(Table::Fact, key, row.encode());
        }
        let memory = &mut *self.memory;
        memory.access = linli_wire::access::AccessList::rooted_in(&memory.charter.charter);
        memory.rereading = true;
        memory.cursor = Cursor::start(&memory.community, page.epoch);
        memory.placed = linli_domain::registry::Registry::new(memory.community);
        memory.folded_to = None;
        let cursor = memory.cursor.encode();
        self.at.put(Table::Meta, meta::CURSOR, cursor);
        Ok(())
    }

    /// The new log is read to its end: judge everything by the new places, and keep on offer only
    /// what it lacks.
    pub(crate) fn end_rereading(&mut self) -> Result<(), ReplicaError> {
        if !self.memory.rereading {
            return Ok(());
        }
        self.memory.rereading = false;
        self.at.delete(Table::Meta, meta::REREADING);
        self.forget_offers(|work, hash| Ok(work.place_of(hash)?.is_some()))?;
        self.retry()?;
        self.refile_unplaced()?;
        self.rejudge = true;
        Ok(())
    }

    /// Forgets the offers of packs that are known to stand in the new log.
    pub(crate) fn forget_offers(
        &mut self,
        stands: impl Fn(&Self, &Hash) -> Result<bool, ReplicaError>,
    ) -> Result<(), ReplicaError> {
        for (key, hash) in self.at.scan(Table::Meta, meta::OFFER)? {
            if stands(self, &offered(&hash)?)? {
                self.at.delete(Table::Meta, key);
            }
        }
        Ok(())
    }

    /// Registry facts that the new log lacks stay known, after all that it has.
    fn refile_unplaced(&mut self) -> Result<(), ReplicaError> {
        for (_, value) in self.at.scan(Table::Fact, &[])? {
            let row = FactRow::decode(&value)?;
            let fact = linli_wire::fact::Fact::decode(&row.bytes)?;
            let registry = linli_domain::shelf::room_of(fact.kind)
                == Some(linli_domain::shelf::Room::Registry);
            if row.place.is_none() && registry {
                let id = fact.id(&row.document);
                self.at.put(Table::Registry, row.registry_key(&id), []);
            }
        }
        Ok(())
    }

    /// Takes the whole packs of a circle that was joined later; their places are known already.
    pub(crate) fn backfill(&mut self, page: &Page) -> Result<(), ReplicaError> {
        for entry in &page.entries {
            let Content::Whole(bytes) = &entry.content else { continue };
            let hash = entry.content.hash();
            let Some(mut row) = self.log_row(entry.seq)? else { continue };
            if row.hash != hash || row.whole {
                // Not what stood in the log: the head would not fit, so it is not taken.
                continue;
            }
            let Ok(pack) = Pack::decode(bytes) else { continue };
            if pack.verify().is_err() {
                continue;
            }
            row.whole = true;
            self.at.put(Table::Log, entry.seq.to_be_bytes(), row.encode());
            // The author's chain was followed by hashes; only its part in this circle is new.
            let (header, circle) = (&pack.header, Some(&pack.header.circle));
            self.put_link(&header.device, circle, &Link { n: header.cn, hash });
            let known = self.pack(&hash)?.unwrap_or_default();
            self.place_pack(entry.seq, row.stamp, hash, &pack, known)?;
        }
        Ok(())
    }
}

/// Reads the hash of a pack that is offered again.
pub(crate) fn offered(row: &[u8]) -> Result<Hash, ReplicaError> {
    Hash::from_slice(row).ok_or(ReplicaError::Damaged { row: "offer" })
}
