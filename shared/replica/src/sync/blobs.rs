//! Photos and voice: handing over what the relay lacks, fetching what somebody wants to see.
//!
//! Each call is one part of at most 256 KiB, and packs go before it: a large photo on a slow
//! evening holds nobody's report back, and what was handed over is not sent twice after a kill.

use std::collections::BTreeSet;

use linli_wire::{
    Hash,
    call::{Blobs, path},
    limits,
};

use crate::{
    ReplicaError,
    blobs::{PARTS_BYTES_MAX, sealed},
    http::Method,
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

use super::{Call, Kind, Progress};

impl<S: Store> Replica<S> {
    /// Returns the next part to hand over, or the question which the relay lacks.
    pub(super) fn next_upload(&mut self) -> Result<Option<Call>, ReplicaError> {
        if self.conversation.uploads_paused {
            return Ok(None);
        }
        let community = self.member()?.community;
        while let Some(hash) = self.conversation.to_put.first().copied() {
            let Some(part) = self.store().get(Table::Part, &hash.0)? else {
                self.part_is_there(&hash)?;
                continue;
            };
            let (kind, path) = (Kind::PutPart(hash), path::blob(&community, &hash));
            return Ok(Some(self.call(kind, Method::Put, path, sealed(&part)?, 0)));
        }
        let hashes = self.uploads()?;
        if hashes.is_empty() {
            return Ok(None);
        }
        let body = Blobs { hashes }.encode()?;
        Ok(Some(self.call(Kind::MissingParts, Method::Post, path::missing(&community), body, 0)))
    }

    /// Lists what the relay may lack, the oldest first: one photo after the other is whole.
    fn uploads(&self) -> Result<Vec<Hash>, ReplicaError> {
        let waiting = self.store().scan(Table::Upload, &[], None, usize::MAX)?;
        let mut left: BTreeSet<Hash> =
            waiting.iter().filter_map(|(key, _)| Hash::from_slice(key)).collect();
        if left.is_empty() {
            return Ok(Vec::new());
        }
        let aged = self.store().scan(Table::PartAge, &[], None, usize::MAX)?;
        let aged = aged.iter().filter_map(|(key, _)| Hash::from_slice(key.get(8..)?));
        let mut hashes: Vec<Hash> = aged.filter(|hash| left.remove(hash)).collect();
        // A part that is gone is asked for all the same: then it is known to be gone.
        hashes.extend(left);
        hashes.truncate(limits::BLOBS_LISTED_MAX);
        Ok(hashes)
    }

    /// Returns the next part to fetch. What the relay did not have is asked for in the next round.
    pub(super) fn next_download(&self) -> Result<Option<Call>, ReplicaError> {
        let community = self.member()?.community;
        let wanted = self.store().scan(Table::Wanted, &[], None, usize::MAX)?;
        let hashes = wanted.iter().filter_map(|(key, _)| Hash::from_slice(key));
        let next = hashes.into_iter().find(|hash| !self.conversation.absent.contains(hash));
        Ok(next.map(|hash| {
            let path = path::blob(&community, &hash);
            self.call(Kind::GetPart(hash), Method::Get, path, Vec::new(), 0)
        }))
    }

    /// The relay told which parts it lacks: the others need not be handed over.
    pub(super) fn take_missing(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        let Ok(missing) = Blobs::decode(body) else { return Ok(Progress::Failed) };
        let (mut held, mut to_put) = (Vec::new(), Vec::new());
        for hash in self.uploads()? {
            if missing.hashes.contains(&hash) {
                to_put.push(hash);
            } else {
                held.push(Write::Delete(Table::Upload, hash.0.to_vec()));
            }
        }
        self.store_mut().commit(&held, Durability::Normal)?;
        self.conversation.to_put = to_put;
        Ok(Progress::Moved)
    }

    /// A part lies at the relay: it need not be handed over, and may make room here.
    pub(super) fn part_is_there(&mut self, hash: &Hash) -> Result<Progress, ReplicaError> {
        self.conversation.to_put.retain(|waiting| waiting != hash);
        let done = [Write::Delete(Table::Upload, hash.0.to_vec())];
        self.store_mut().commit(&done, Durability::Normal)?;
        self.make_room(PARTS_BYTES_MAX)?;
        Ok(Progress::Moved)
    }

    /// Takes a part that came. One that is not what was asked for is as if none had come.
    pub(super) fn take_part(&mut self, hash: &Hash, body: &[u8]) -> Result<Progress, ReplicaError> {
        if Hash::of(body) != *hash {
            self.conversation.absent.insert(*hash);
            return Ok(Progress::Moved);
        }
        self.work(Durability::Normal, |work| {
            work.at.delete(Table::Wanted, hash.0);
            work.keep_part(hash, body)
        })?;
        self.make_room(PARTS_BYTES_MAX)?;
        Ok(Progress::Moved)
    }

    /// The relay did not take or give a part: that waits for the next round, nothing else does.
    pub(super) fn part_is_refused(&mut self, kind: &Kind) -> Progress {
        match kind {
            Kind::GetPart(hash) => {
                self.conversation.absent.insert(*hash);
            }
            _ => self.conversation.uploads_paused = true,
        }
        Progress::Moved
    }
}
