//! One unit of work: reads through an overlay, changes the memory, and is committed as one batch.

use std::collections::{BTreeMap, BTreeSet};

use linli_seal::DeviceKeys;
use linli_wire::{CircleId, DeviceId, DocumentId, FactId, Hash, fact::Fact};

use crate::{
    ReplicaError,
    alarm::Alarm,
    document::{FactDocument, Vetted, Writer},
    memory::{Memory, meta},
    store::{Overlay, Store, Table},
    stored::{DocumentRow, FactRow, Link, PackRow},
};

/// A change that passed the gate, with where its document belongs.
pub(crate) struct Fresh {
    pub(crate) circle: CircleId,
    pub(crate) room: u8,
    pub(crate) period: u32,
    pub(crate) vetted: Vetted,
}

/// Most alarms of one kind about one device: a member that sends nonsense all day is named, and
/// fills no screen.
const ALARMS_MAX: usize = 50;

/// One unit of work.
pub(crate) struct Work<'a, S> {
    pub(crate) at: Overlay<'a, S>,
    pub(crate) memory: &'a mut Memory,
    pub(crate) keys: &'a DeviceKeys,
    /// Things whose rows have to be folded again, each with the facts about it that came or are judged
    /// otherwise.
    pub(crate) touched: BTreeMap<FactId, BTreeSet<FactId>>,
    /// Whether registry facts came out of order, so that every verdict is judged anew.
    pub(crate) rejudge: bool,
    /// Whether registry facts not yet in the log changed, or the registry did.
    pub(crate) registry_moved: bool,
    /// Whether circle keys came, so that locked packs may open.
    pub(crate) keys_came: bool,
}

impl<'a, S: Store> Work<'a, S> {
    pub(crate) fn new(store: &'a S, memory: &'a mut Memory, keys: &'a DeviceKeys) -> Self {
        Self {
            at: Overlay::new(store),
            memory,
            keys,
            touched: BTreeMap::new(),
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

    /// Has the thing that a fact is about, or begins, folded again.
    pub(crate) fn touch(&mut self, id: FactId, fact: &Fact) {
        self.touched.entry(fact.about.unwrap_or(id)).or_default().insert(id);
    }

    pub(crate) fn put_fact(&mut self, id: &FactId, row: &FactRow) {
        if row.verdict.folds() {
            self.at.delete(Table::Uncounted, id.0);
        } else {
            self.at.put(Table::Uncounted, id.0, []);
        }
        self.at.put(Table::Fact, id.0, row.encode());
    }

    /// Returns what is known of a pack.
    pub(crate) fn pack(&self, hash: &Hash) -> Result<Option<PackRow>, ReplicaError> {
        self.at.get(Table::Pack, &hash.0)?.map(|row| PackRow::decode(&row)).transpose()
    }

    pub(crate) fn put_pack(&mut self, hash: &Hash, row: &PackRow) {
        self.at.put(Table::Pack, hash.0, row.encode());
    }

    /// Returns the place of a pack in the log.
    pub(crate) fn place_of(&self, pack: &Hash) -> Result<Option<u64>, ReplicaError> {
        Ok(self.pack(pack)?.and_then(|row| row.place(&self.memory.cursor.epoch)))
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

    /// Returns a device's last change in a document.
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

    /// Takes a change that passed the gate. Automerge is given the stored changes of a document
    /// together, when a snapshot is due: one by one they would cost ten times as much.
    pub(crate) fn take_change(
        &mut self,
        document: DocumentId,
        fresh: Fresh,
    ) -> Result<(), ReplicaError> {
        let Fresh { circle, room, period, vetted } = fresh;
        self.at.put(Table::Writer, writer_key(&document, &vetted.fact.by), vetted.writer.encode());
        let mut row = match self.at.get(Table::Document, &document.0)? {
            Some(bytes) => DocumentRow::decode(&bytes)?,
            None => DocumentRow { circle, room, period, tail: 0, count: 0 },
        };
        row.count = row.count.saturating_add(1);
        row.tail = row.tail.saturating_add(1);
        self.at.put(
            Table::Change,
            [&document.0[..], &row.count.to_be_bytes()].concat(),
            vetted.raw,
        );
        self.at.put(Table::Document, document.0, row.encode());
        if row.is_long() {
            self.at.put(Table::Meta, [meta::LONG, &document.0].concat(), []);
        }
        Ok(())
    }

    /// Raises an alarm and keeps it.
    pub(crate) fn raise(&mut self, alarm: Alarm) -> Result<(), ReplicaError> {
        let known = self.memory.alarms.iter();
        if known.filter(|a| (a.lie, a.device) == (alarm.lie, alarm.device)).count() >= ALARMS_MAX {
            return Ok(());
        }
        self.at.put(Table::Alarm, alarm.key(), alarm.encode()?);
        self.memory.alarms.insert(alarm);
        Ok(())
    }

    /// Ends the work: what came is applied, judged and folded.
    pub(crate) fn settle(&mut self) -> Result<(), ReplicaError> {
        if self.keys_came || self.registry_moved {
            self.retry()?;
        }
        if self.memory.rereading || self.rejudge || self.registry_moved {
            self.memory.folded.forget_all();
        }
        if self.memory.rereading {
            // Half a registry would judge wrongly: rows are folded at the end of the new log.
            return Ok(());
        }
        loop {
            let homes = self.memory.homes_known();
            if self.rejudge {
                self.judge_all()?;
            } else if self.registry_moved {
                self.memory.refresh_current();
            }
            if self.memory.homes_known() == homes {
                break;
            }
            // The register was read out of order and is known only now, judged as a whole: so is
            // whose circle a locked pack is of.
            self.retry()?;
        }
        self.project()
    }

    /// Saves one document anew whose changes since its snapshot are many. Returns whether there was
    /// one.
    pub(crate) fn shorten_one(&mut self) -> Result<bool, ReplicaError> {
        let Some((key, _)) = self.at.scan(Table::Meta, meta::LONG)?.pop() else { return Ok(false) };
        let id = key.strip_prefix(meta::LONG).and_then(DocumentId::from_slice);
        let id = id.ok_or(ReplicaError::Damaged { row: "long" })?;
        let row = self.at.get(Table::Document, &id.0)?;
        let row = row.ok_or(ReplicaError::Broken { invariant: "a document has its row" })?;
        let snapshot = self.at.get(Table::Snapshot, &id.0)?;
        let document = load_document(snapshot.as_deref(), &self.at.scan(Table::Change, &id.0)?)?;
        let saved = document.save();
        // Never replace a good snapshot by one that cannot be loaded again.
        FactDocument::load(&saved)?;
        self.at.clear(Table::Change, &id.0)?;
        self.at.put(Table::Snapshot, id.0, saved);
        let row = DocumentRow { tail: 0, ..DocumentRow::decode(&row)? };
        self.at.put(Table::Document, id.0, row.encode());
        self.at.delete(Table::Meta, key);
        Ok(true)
    }
}

/// Loads a document: its snapshot (or genesis), then the changes stored after it. They passed the
/// gate before they were stored.
pub(crate) fn load_document(
    snapshot: Option<&[u8]>,
    tail: &[(Vec<u8>, Vec<u8>)],
) -> Result<FactDocument, ReplicaError> {
    let mut document = snapshot.map_or_else(FactDocument::genesis, FactDocument::load)?;
    document.apply(tail.iter().map(|(_, raw)| raw.as_slice()))?;
    Ok(document)
}

/// The key of this phone's own chain, over all or in a circle.
pub(crate) fn own_key(circle: Option<&CircleId>) -> Vec<u8> {
    [meta::OWN, circle.map_or(&[][..], |circle| &circle.0)].concat()
}

fn chain_key(device: &DeviceId, circle: Option<&CircleId>) -> Vec<u8> {
    [&device.0[..], circle.map_or(&[][..], |circle| &circle.0)].concat()
}

fn writer_key(document: &DocumentId, device: &DeviceId) -> Vec<u8> {
    [&document.0[..], &device.0].concat()
}
