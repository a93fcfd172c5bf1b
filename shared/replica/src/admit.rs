//! Taking in one pack: open, vet every change, note every fact.
//!
//! Admission is timeless: it looks only at the pack and its author's own past in the document. One
//! change that is not of our form refuses the whole pack, on every phone alike.

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Moment, Position},
    shelf,
};
use linli_wire::{CircleId, DocumentId, FactId, Hash, KeyEpoch, fact::Fact, limits, pack::Pack};

use crate::{
    ReplicaError,
    alarm::{Alarm, Lie},
    document::{GateRefusal, Vetted, Writer, peek, vet},
    keyring::circle_id,
    memory::meta,
    store::{Store, Table},
    stored::{Cut, FactRow, Verdict},
    work::{Fresh, Work},
};

/// Most packs of one author that wait for an earlier one. Honest ones wait only while an older key of
/// their circle is on its way; the bound is each author's own, so that nobody takes another's place.
const WAITING_MAX: usize = 256;

/// One change in the body of a pack.
pub(crate) struct Piece<'a> {
    pub(crate) room: u8,
    pub(crate) period: u32,
    pub(crate) raw: &'a [u8],
}

/// Joins changes to the body of a pack: room, period, length, raw change.
pub(crate) fn join_body(pieces: &[Piece<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for piece in pieces {
        body.push(piece.room);
        body.extend_from_slice(&piece.period.to_be_bytes());
        let len = u32::try_from(piece.raw.len()).unwrap_or(u32::MAX);
        body.extend_from_slice(&len.to_be_bytes());
        body.extend_from_slice(piece.raw);
    }
    body
}

fn split_body(body: &[u8]) -> Option<Vec<Piece<'_>>> {
    let mut cut = Cut { row: "body", bytes: body };
    let mut pieces = Vec::new();
    while !cut.bytes.is_empty() {
        let [room] = cut.take().ok()?;
        let period = u32::from_be_bytes(cut.take().ok()?);
        let len = usize::try_from(u32::from_be_bytes(cut.take().ok()?)).ok()?;
        pieces.push(Piece { room, period, raw: cut.run(len).ok()? });
        if pieces.len() > limits::PACK_CHANGES_MAX {
            return None;
        }
    }
    (!pieces.is_empty()).then_some(pieces)
}

/// Why the changes of a pack were not taken in.
enum Unfit {
    /// An earlier pack of the author is still locked or waiting.
    Early,
    /// Not of our form.
    Hostile(String),
    Error(ReplicaError),
}

impl From<ReplicaError> for Unfit {
    fn from(error: ReplicaError) -> Self {
        Self::Error(error)
    }
}

impl<S: Store> Work<'_, S> {
    /// Opens a pack and takes in its facts; without its key, or too early, it waits.
    pub(crate) fn take_pack(
        &mut self,
        seq: u64,
        stamp: i64,
        hash: Hash,
        pack: &Pack,
    ) -> Result<(), ReplicaError> {
        let header = &pack.header;
        let Some(key) = self.memory.find_key(&header.circle, &header.key_epoch) else {
            self.at.put(Table::Locked, place_key(seq, &hash), []);
            return Ok(());
        };
        let body = match linli_seal::body::open(pack, &key) {
            Ok(body) => body,
            Err(error) => return self.refuse_pack(seq, pack, &error.to_string()),
        };
        match self.take_body(seq, stamp, hash, pack, &body) {
            Ok(()) => {
                self.note_old_home_key(&header.circle, &header.key_epoch);
                Ok(())
            }
            Err(Unfit::Error(error)) => Err(error),
            Err(Unfit::Hostile(why)) => self.refuse_pack(seq, pack, &why),
            Err(Unfit::Early) => {
                for piece in split_body(&body).unwrap_or_default() {
                    if let Some(fact) = peek(piece.raw) {
                        self.follow_key_chain(&fact);
                    }
                }
                let author = header.device.0;
                let waiting = self.at.scan(Table::Waiting, &[])?;
                let own = waiting.iter().filter(|(_, device)| *device == author);
                if own.count() < WAITING_MAX {
                    self.at.put(Table::Waiting, place_key(seq, &hash), author);
                    return Ok(());
                }
                self.refuse_pack(seq, pack, "too many packs wait for earlier ones")
            }
        }
    }

    /// A household that still writes with an older key of its home has to be handed the present one.
    fn note_old_home_key(&mut self, circle: &CircleId, epoch: &KeyEpoch) {
        let memory = &self.memory;
        let Some(unit) = memory.home_of(circle) else { return };
        let present = memory.ring.derived_home(&memory.community, &memory.current, unit);
        if present.is_some_and(|key| key.epoch() != *epoch) {
            self.at.put(Table::Meta, [meta::TO_HAND, &circle.0].concat(), []);
        }
    }

    fn refuse_pack(&mut self, seq: u64, pack: &Pack, why: &str) -> Result<(), ReplicaError> {
        self.raise(Alarm::new(Lie::Hostile, seq, Some(pack.header.device), why))
    }

    fn take_body(
        &mut self,
        seq: u64,
        stamp: i64,
        hash: Hash,
        pack: &Pack,
        body: &[u8],
    ) -> Result<(), Unfit> {
        let pieces =
            split_body(body).ok_or_else(|| Unfit::Hostile("the body is malformed".to_owned()))?;
        let vetted = self.vet_all(pack, &pieces)?;
        let row = self.pack(&hash)?;
        let mut row = row.ok_or(ReplicaError::Broken { invariant: "a pack taken in is kept" })?;
        row.facts = vetted.iter().map(|(_, vetted)| vetted.id).collect();
        self.put_pack(&hash, &row);
        for (at, ((document, vetted), piece)) in vetted.into_iter().zip(pieces).enumerate() {
            let index = u16::try_from(at).unwrap_or(u16::MAX);
            let place = Position { seq, index, stamp: Moment(stamp) };
            let row = FactRow {
                verdict: Verdict::Pending,
                place: Some(place),
                index,
                order: seq,
                circle: pack.header.circle,
                document,
                pack: hash,
                bytes: vetted.bytes.clone(),
            };
            let (id, fact) = (vetted.id, vetted.fact.clone());
            let circle = pack.header.circle;
            let fresh = Fresh { circle, room: piece.room, period: piece.period, vetted };
            self.take_change(document, fresh)?;
            self.note_fact(id, &fact, row)?;
        }
        Ok(())
    }

    /// Vets every change before any is taken: a pack is admitted whole or not at all.
    fn vet_all(
        &self,
        pack: &Pack,
        pieces: &[Piece<'_>],
    ) -> Result<Vec<(DocumentId, Vetted)>, Unfit> {
        let (community, device) = (&self.memory.community, &pack.header.device);
        let mut writers: BTreeMap<DocumentId, Writer> = BTreeMap::new();
        let mut vetted = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let document = DocumentId::of(community, &pack.header.circle, piece.room, piece.period);
            let writer = match writers.get(&document) {
                Some(writer) => *writer,
                None => self.writer(&document, device)?,
            };
            let change = vet(piece.raw, device, &document, &writer).map_err(|why| match why {
                GateRefusal::WrongSeq { expected, got } if got > expected => Unfit::Early,
                other => Unfit::Hostile(other.to_string()),
            })?;
            if !self.fits(&change.fact, &pack.header.circle, piece) {
                return Err(Unfit::Hostile("a fact outside its circle or document".to_owned()));
            }
            let again = vetted.iter().any(|(_, before): &(_, Vetted)| before.id == change.id);
            if again || self.at.has(Table::Fact, &change.id.0).map_err(ReplicaError::from)? {
                // Written once more, it would move to a place where its author's right has ended.
                return Err(Unfit::Hostile("a fact that its author wrote before".to_owned()));
            }
            let legal = shelf::is_legal(change.fact.kind);
            if legal && change.fact.verify(community).is_err() {
                return Err(Unfit::Hostile("a legal fact without its signature".to_owned()));
            }
            writers.insert(document, change.writer);
            vetted.push((document, change));
        }
        Ok(vetted)
    }

    /// Tells whether a fact stands where facts of its kind belong, so that everybody whom it
    /// concerns can read it, and everybody files it alike.
    fn fits(&self, fact: &Fact, circle: &CircleId, piece: &Piece<'_>) -> bool {
        let Some(room) = shelf::room_of(fact.kind) else { return true };
        room.code() == piece.room
            && shelf::shelf_of(fact).is_none_or(|shelf| {
                circle_id(&self.memory.community, &shelf.circle) == *circle
                    && shelf.period == piece.period
            })
    }

    /// Gives the facts of a pack that this phone has already (its own, or one read before a new
    /// epoch) their place in the log.
    pub(crate) fn replace_facts(
        &mut self,
        seq: u64,
        stamp: i64,
        facts: Vec<FactId>,
    ) -> Result<(), ReplicaError> {
        for id in facts {
            let Some(mut row) = self.fact(&id)? else { continue };
            row.place = Some(Position { seq, index: row.index, stamp: Moment(stamp) });
            row.order = seq;
            let fact = Fact::decode(&row.bytes)?;
            self.note_fact(id, &fact, row)?;
        }
        Ok(())
    }

    /// Tries again the packs whose key or predecessor may have come, in log order.
    pub(crate) fn retry(&mut self) -> Result<(), ReplicaError> {
        loop {
            let mut opened = false;
            self.keys_came = false;
            let mut waiting = Vec::new();
            for table in [Table::Locked, Table::Waiting] {
                let keys = self.at.scan(table, &[])?.into_iter().map(|(key, _)| (table, key));
                waiting.extend(keys);
            }
            if self.registry_moved && !waiting.is_empty() {
                // Which homes there are, and in which term, came with the packs opened just now.
                self.memory.refresh_current();
            }
            for (table, key) in waiting {
                opened |= self.retry_one(table, &key)?;
            }
            if !opened && !self.keys_came {
                return Ok(());
            }
        }
    }

    fn retry_one(&mut self, table: Table, key: &[u8]) -> Result<bool, ReplicaError> {
        let mut cut = Cut { row: "locked", bytes: key };
        let seq = u64::from_be_bytes(cut.take()?);
        let hash = Hash(cut.take()?);
        let (Some(row), Some(known)) = (self.log_row(seq)?, self.pack(&hash)?) else {
            self.at.delete(table, key);
            return Ok(false);
        };
        self.at.delete(table, key);
        self.take_pack(seq, row.stamp, hash, &known.pack()?)?;
        let again = place_key(seq, &hash);
        let waits = self.at.has(Table::Locked, &again)? || self.at.has(Table::Waiting, &again)?;
        Ok(!waits)
    }
}

/// The key of a pack that waits: by place, so that a scan goes in log order.
fn place_key(seq: u64, hash: &Hash) -> Vec<u8> {
    [&seq.to_be_bytes()[..], &hash.0].concat()
}
