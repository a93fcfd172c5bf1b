//! When a phone cannot reach the relay for days: another phone carries what it wrote.
//!
//! A load holds the outbox as it is, sealed and signed, and the photos that the relay lacks. Any
//! member's phone may carry it: the session names the carrier, the signature the author. The relay
//! takes each pack once, by its author's count, whichever way it comes first.

use linli_wire::{Hash, call::join_packs, limits, load::Load, pack::Pack};

use crate::{
    AskError, ReplicaError,
    act::read_outbox_row,
    blobs::sealed,
    replica::Replica,
    store::{Durability, Pair, Store, Table, Write},
};

/// What a load brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Packs to carry.
    pub packs: u32,
    /// Parts of photos and voice to carry.
    pub parts: u32,
}

impl<S: Store> Replica<S> {
    /// Packs everything that the relay has not shown in its log, and the photos it lacks.
    ///
    /// # Errors
    /// [`AskError::Refused`] if there is nothing to carry, [`AskError::Failed`].
    pub fn share_outbox(&self) -> Result<Vec<u8>, AskError> {
        let community = self.member()?.community;
        let mut load = Load { community, packs: Vec::new(), parts: Vec::new() };
        let mut room = limits::LOAD_BYTES_MAX / 2;
        let rows = self.scan_some(Table::Outbox, limits::LOAD_PACKS_MAX)?;
        for (_, row) in rows {
            let (hash, _) = read_outbox_row(&row)?;
            let pack = self.unplaced_pack(&hash)?.bytes;
            // What does not fit goes with the next load: packs only count in their order.
            let Some(left) = room.checked_sub(pack.len()) else { break };
            room = left;
            load.packs.push(pack);
        }
        if load.packs.is_empty() {
            return Err(AskError::Refused("carry.nothing".to_owned()));
        }
        let mut room = limits::LOAD_BYTES_MAX / 2 - limits::BLOB_BYTES_MAX;
        for (key, _) in self.scan_some(Table::Upload, limits::LOAD_PARTS_MAX)? {
            let part = self.store().get(Table::Part, &key).map_err(ReplicaError::from)?;
            let Some(part) = part else { continue };
            let part = sealed(&part)?;
            let Some(left) = room.checked_sub(part.len()) else { break };
            room = left;
            load.parts.push(part);
        }
        Ok(load.encode().map_err(ReplicaError::from)?)
    }

    fn scan_some(&self, table: Table, most: usize) -> Result<Vec<Pair>, ReplicaError> {
        Ok(self.store().scan(table, &[], None, most)?)
    }

    /// Takes a load of another phone to carry it to the relay. What is known already is not
    /// carried again.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it is no load, damaged, or of another community,
    /// [`AskError::Failed`].
    pub fn carry(&mut self, bytes: &[u8]) -> Result<Brought, AskError> {
        let refused = |word: &str| AskError::Refused(word.to_owned());
        let community = self.member()?.community;
        let load = Load::decode(bytes).map_err(|_| refused("carry.damaged"))?;
        if load.community != community {
            return Err(refused("carry.foreign"));
        }
        let mut packs = Vec::new();
        for bytes in load.packs {
            let pack = Pack::decode(&bytes).map_err(|_| refused("carry.damaged"))?;
            let own = pack.header.community == community && pack.verify().is_ok();
            if !own {
                return Err(refused("carry.damaged"));
            }
            if !self.is_placed(&pack.hash())? && pack.header.device != self.keys().id() {
                packs.push(Write::Put(Table::Carried, carried_key(&pack), bytes));
            }
        }
        let mut brought = Brought { packs: count(packs.len()), parts: 0 };
        let parts: Vec<(Hash, Vec<u8>)> =
            load.parts.into_iter().map(|part| (Hash::of(&part), part)).collect();
        self.store_mut().commit(&packs, Durability::Full).map_err(ReplicaError::from)?;
        self.work(Durability::Full, |work| {
            for (hash, part) in &parts {
                if !work.at.has(Table::Part, &hash.0)? {
                    work.keep_part(hash, part)?;
                    work.at.put(Table::Upload, hash.0, []);
                    brought.parts = brought.parts.saturating_add(1);
                }
            }
            Ok(())
        })?;
        Ok(brought)
    }

    fn is_placed(&self, hash: &Hash) -> Result<bool, ReplicaError> {
        let Some(row) = self.store().get(Table::Pack, &hash.0)? else { return Ok(false) };
        let row = crate::stored::PackRow::decode(&row)?;
        Ok(row.place(&self.member()?.cursor.epoch).is_some())
    }

    /// Returns the body of the next append of carried packs: those of one author, so that one
    /// author's gap holds nobody else back.
    pub(crate) fn next_carried(&self) -> Result<Option<Vec<u8>>, ReplicaError> {
        let mut packs: Vec<Vec<u8>> = Vec::new();
        let mut bytes = 0;
        let mut author: Option<Vec<u8>> = None;
        for (key, pack) in self.scan_some(Table::Carried, limits::APPEND_PACKS_MAX)? {
            let this = key.get(..32).unwrap_or_default().to_vec();
            if self.conversation.carry_paused.contains(&this) {
                continue;
            }
            bytes += pack.len();
            let other = author.as_ref().is_some_and(|author| *author != this);
            if other || !packs.is_empty() && bytes > limits::APPEND_BYTES_MAX / 4 {
                break;
            }
            author = Some(this);
            packs.push(pack);
        }
        if packs.is_empty() {
            return Ok(None);
        }
        Ok(Some(join_packs(packs.iter().map(Vec::as_slice))?))
    }

    /// Forgets carried packs that the relay acknowledged.
    pub(crate) fn carried_are_there(
        &mut self,
        placed: &[linli_wire::call::Placed],
    ) -> Result<(), ReplicaError> {
        let done: Vec<Write> = placed
            .iter()
            .map(|placed| [&placed.device.0[..], &placed.n.to_be_bytes()].concat())
            .map(|key| Write::Delete(Table::Carried, key))
            .collect();
        Ok(self.store_mut().commit(&done, Durability::Normal)?)
    }

    /// Counts the packs that this phone carries for others.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn carried(&self) -> Result<u32, ReplicaError> {
        Ok(count(self.scan_some(Table::Carried, limits::LOAD_PACKS_MAX)?.len()))
    }

    /// The relay refused carried packs: for good if it will never take them, else until the next
    /// round.
    pub(crate) fn carried_are_refused(&mut self, for_good: bool) -> Result<(), ReplicaError> {
        let paused = &self.conversation.carry_paused;
        let rows = self.scan_some(Table::Carried, limits::LOAD_PACKS_MAX)?;
        let author = |key: &[u8]| key.get(..32).unwrap_or_default().to_vec();
        let next = rows.iter().map(|(key, _)| author(key)).find(|this| !paused.contains(this));
        let Some(next) = next else { return Ok(()) };
        if for_good {
            let all = rows.into_iter().filter(|(key, _)| author(key) == next);
            let drop: Vec<Write> = all.map(|(key, _)| Write::Delete(Table::Carried, key)).collect();
            self.store_mut().commit(&drop, Durability::Normal)?;
        } else {
            self.conversation.carry_paused.push(next);
        }
        Ok(())
    }
}

fn carried_key(pack: &Pack) -> Vec<u8> {
    [&pack.header.device.0[..], &pack.header.n.to_be_bytes()].concat()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
