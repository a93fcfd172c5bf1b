//! One unit of work: reads through an overlay, changes the memory, and is committed as one batch.

use std::collections::{BTreeMap, BTreeSet};

use linli_seal::DeviceKeys;
use linli_wire::{CircleId, DeviceId, DocumentId, FactId, Hash};

use crate::{
    ReplicaError,
    alarm::Alarm,
    document::{FactDocument, Vetted, Writer},
    memory::{Memory, meta},
    store::{Overlay, Store, Table},
    stored::{DocumentRow, FactRow, Link},
};

/// Most documents kept open. A phone shows one community's few current ones at a time.
const OPEN_DOCUMENTS_MAX: usize = 8;

/// Changes after which a document is saved anew.
///
/// Saving costs as much as opening; once in 64 changes neither shows.
const TAIL_MAX: u32 = 64;

/// Documents that are open, with a count of when each was used last.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    open: BTreeMap<DocumentId, (u64, FactDocument)>,
    clock: u64,
}

impl Documents {
    /// Forgets all: after a failed commit memory and disk differ.
    pub(crate) fn forget(&mut self) {
        self.open.clear();
    }

    fn evict(&mut self) {
        while self.open.len() > OPEN_DOCUMENTS_MAX {
            let oldest = self.open.iter().min_by_key(|(_, (used, _))| *used).map(|(id, _)| *id);
            if let Some(oldest) = oldest {
                self.open.remove(&oldest);
            }
        }
    }
}

/// A change that waits to be applied, with the raw bytes that are stored.
pub(crate) struct Fresh {
    pub(crate) circle: CircleId,
    pub(crate) room: u8,
    pub(crate) period: u32,
    pub(crate) raw: Vec<u8>,
    pub(crate) vetted: Vetted,
}

/// One unit of work.
pub(crate) struct Work<'a, S> {
    pub(crate) at: Overlay<'a, S>,
    pub(crate) memory: &'a mut Memory,
    pub(crate) documents: &'a mut Documents,
    pub(crate) keys: &'a DeviceKeys,
    /// Changes to apply, by document.
    pub(crate) fresh: BTreeMap<DocumentId, Vec<Fresh>>,
    /// Things whose rows have to be folded again.
    pub(crate) touched: BTreeSet<FactId>,
    /// Whether registry facts came out of order, so that every verdict is judged anew.
    pub(crate) rejudge: bool,
    /// Whether registry facts not yet in the log changed, or the registry did.
    pub(crate) registry_moved: bool,
    /// Whether circle keys came, so that locked packs may open.
    pub(crate) keys_came: bool,
}

impl<'a, S: Store> Work<'a, S> {
    pub(crate) fn new(
        store: &'a S,
        memory: &'a mut Memory,
        documents: &'a mut Documents,
        keys: &'a DeviceKeys,
    ) -> Self {
        Self {
            at: Overlay::new(store),
            memory,
            documents,
            keys,
            fresh: BTreeMap::new(),
            touched: BTreeSet::new(),
            rejudge: false,
            registry_moved: false,
            keys_came: false,
        }
    }

    /// Returns this phone's device.
    pub(crate) fn me(&self) -> DeviceId {
        self.keys.id()
    }

    pub(crate) fn fact(&self, id: &FactId) -> Result<Option<FactRow>, ReplicaError> {
        self.at.get(Table::Fact, &id.0)?.map(|row| FactRow::decode(&row)).transpose()
    }

    pub(crate) fn put_fact(&mut self, id: &FactId, row: &FactRow) {
        if row.verdict.folds() {
            self.at.delete(Table::Uncounted, id.0);
        } else {
            self.at.put(Table::Uncounted, id.0, []);
        }
        self.at.put(Table::Fact, id.0, row.encode());
    }

    /// Returns the place of a pack in the log.
    pub(crate) fn place_of(&self, pack: &Hash) -> Result<Option<u64>, ReplicaError> {
        let Some(value) = self.at.get(Table::Place, &pack.0)? else { return Ok(None) };
        let seq =
            value.as_slice().try_into().map_err(|_| ReplicaError::Damaged { row: "place" })?;
        Ok(Some(u64::from_be_bytes(seq)))
    }

    /// Returns the last own pack, over all or in a circle.
    pub(crate) fn own_link(&self, circle: Option<&CircleId>) -> Result<Link, ReplicaError> {
        match self.at.get(Table::Meta, &own_key(circle))? {
            Some(value) => Link::decode(&value),
            None => Ok(Link::START),
        }
    }

    pub(crate) fn put_own_link(&mut self, circle: Option<&CircleId>, link: &Link) {
        self.at.put(Table::Meta, own_key(circle), link.encode());
    }

    /// Returns the last pack of a device in the log, over all or in a circle.
    pub(crate) fn link(
        &self,
        device: &DeviceId,
        circle: Option<&CircleId>,
    ) -> Result<Option<Link>, ReplicaError> {
        let value = self.at.get(Table::Chain, &chain_key(device, circle))?;
        value.map(|value| Link::decode(&value)).transpose()
    }

    pub(crate) fn put_link(&mut self, device: &DeviceId, circle: Option<&CircleId>, link: &Link) {
        self.at.put(Table::Chain, chain_key(device, circle), link.encode());
    }

    /// Returns a device's last change in a document, counting those that wait to be applied.
    pub(crate) fn writer(
        &self,
        document: &DocumentId,
        device: &DeviceId,
    ) -> Result<Writer, ReplicaError> {
        match self.at.get(Table::Writer, &writer_key(document, device))? {
            Some(value) => Writer::decode(&value).ok_or(ReplicaError::Damaged { row: "writer" }),
            None => Ok(FactDocument::unwritten()?),
        }
    }

    /// Takes a vetted change: it is applied with the others at the end of the work.
    pub(crate) fn take_change(&mut self, document: DocumentId, fresh: Fresh) {
        let key = writer_key(&document, &fresh.vetted.fact.by);
        self.at.put(Table::Writer, key, fresh.vetted.writer.encode());
        self.fresh.entry(document).or_default().push(fresh);
    }

    pub(crate) fn raise(&mut self, alarm: Alarm) -> Result<(), ReplicaError> {
        self.at.put(Table::Alarm, alarm.key(), alarm.encode()?);
        self.memory.alarms.insert(alarm);
        Ok(())
    }

    /// Ends the work: what came is applied, judged and folded.
    pub(crate) fn settle(&mut self) -> Result<(), ReplicaError> {
        if self.keys_came {
            self.retry()?;
        }
        self.apply_fresh()?;
        if self.memory.rereading {
            // Half a registry would judge wrongly: rows are folded at the end of the new log.
            return Ok(());
        }
        if self.rejudge {
            self.judge_all()?;
        } else if self.registry_moved {
            self.memory.refresh_current();
        }
        self.project()
    }

    /// Applies all vetted changes, a batch for each document, and stores them.
    pub(crate) fn apply_fresh(&mut self) -> Result<(), ReplicaError> {
        for (id, changes) in std::mem::take(&mut self.fresh) {
            self.apply_to(id, changes)?;
        }
        self.documents.evict();
        Ok(())
    }

    fn apply_to(&mut self, id: DocumentId, changes: Vec<Fresh>) -> Result<(), ReplicaError> {
        let Some(first) = changes.first() else { return Ok(()) };
        let mut row = match self.at.get(Table::Document, &id.0)? {
            Some(bytes) => DocumentRow::decode(&bytes)?,
            None => DocumentRow {
                circle: first.circle,
                room: first.room,
                period: first.period,
                tail: 0,
                count: 0,
            },
        };
        let mut document = self.open(&id)?;
        let mut vetted = Vec::with_capacity(changes.len());
        for change in changes {
            row.count = row.count.saturating_add(1);
            row.tail = row.tail.saturating_add(1);
            let key = [&id.0[..], &row.count.to_be_bytes()].concat();
            self.at.put(Table::Change, key, change.raw);
            vetted.push(change.vetted);
        }
        document.apply(vetted)?;
        if row.tail >= TAIL_MAX {
            let saved = document.save();
            // Never replace a good snapshot by one that cannot be loaded again.
            FactDocument::load(&saved)?;
            self.at.clear(Table::Change, &id.0)?;
            row.tail = 0;
            self.at.put(Table::Snapshot, id.0, saved);
        }
        self.at.put(Table::Document, id.0, row.encode());
        self.documents.clock = self.documents.clock.saturating_add(1);
        self.documents.open.insert(id, (self.documents.clock, document));
        Ok(())
    }

    /// Takes a document out of the cache, or loads it: the snapshot, then the changes after it.
    pub(crate) fn open(&mut self, id: &DocumentId) -> Result<FactDocument, ReplicaError> {
        if let Some((_, document)) = self.documents.open.remove(id) {
            return Ok(document);
        }
        let snapshot = self.at.get(Table::Snapshot, &id.0)?;
        load_document(snapshot.as_deref(), &self.at.scan(Table::Change, &id.0)?)
    }
}

/// Loads a document: its snapshot (or genesis), then the changes stored after it. They passed the
/// gate before they were stored.
pub(crate) fn load_document(
    snapshot: Option<&[u8]>,
    tail: &[(Vec<u8>, Vec<u8>)],
) -> Result<FactDocument, ReplicaError> {
    let mut document = snapshot.map_or_else(FactDocument::genesis, FactDocument::load)?;
    document.apply_stored(tail.iter().map(|(_, raw)| raw.as_slice()))?;
    Ok(document)
}

fn own_key(circle: Option<&CircleId>) -> Vec<u8> {
    [meta::OWN, circle.map_or(&[][..], |circle| &circle.0)].concat()
}

fn chain_key(device: &DeviceId, circle: Option<&CircleId>) -> Vec<u8> {
    [&device.0[..], circle.map_or(&[][..], |circle| &circle.0)].concat()
}

fn writer_key(document: &DocumentId, device: &DeviceId) -> Vec<u8> {
    [&document.0[..], &device.0].concat()
}
