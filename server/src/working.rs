//! What the writer remembers of a community, and whether a pack may be appended to it.

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use linli_wire::{
    DeviceId, Hash,
    access::Access,
    call::{Placed, code},
    head,
    pack::{Kind, Pack},
};
use rusqlite::Connection;

use crate::{
    blobs::Blobs,
    job::{Refusal, Written, bad_pack},
    numbers::Numbers,
    quota::{Charge, Payer, Usage, mebibytes},
    settings::Quotas,
    storage::{self, Community, Stored, blobs},
};

/// A community with what the writer remembers of it.
pub(crate) struct Working {
    pub(crate) community: Community,
    chains: BTreeMap<DeviceId, (u64, Hash)>,
    usage: Usage,
}

impl Working {
    pub(crate) const fn new(community: Community) -> Self {
        let usage = Usage::new(community.no);
        Self { community, chains: BTreeMap::new(), usage }
    }

    /// Appends packs in order until one is refused.
    pub(crate) fn append(
        &mut self,
        connection: &Connection,
        carrier: &DeviceId,
        packs: Vec<(Pack, Hash)>,
        now: i64,
        desk: (&Quotas, &Numbers),
    ) -> rusqlite::Result<(Vec<Placed>, Option<Refusal>)> {
        let (quotas, numbers) = desk;
        let mut placed = Vec::with_capacity(packs.len());
        for (pack, hash) in packs {
            match self.append_one(connection, carrier, (&pack, hash), now, quotas)? {
                Ok(place) => placed.push(place),
                Err(refusal) => return Ok((placed, Some(refusal))),
            }
            Numbers::add(&numbers.packs, 1);
            Numbers::add(&numbers.bytes, u64::try_from(pack.bytes().len()).unwrap_or_default());
        }
        Ok((placed, None))
    }

    fn append_one(
        &mut self,
        connection: &Connection,
        carrier: &DeviceId,
        (pack, hash): (&Pack, Hash),
        now: i64,
        quotas: &Quotas,
    ) -> Written<Placed> {
        let (device, n) = (pack.header.device, pack.header.n);
        // A clock that is set back moves no stamp back.
        let stamp = self.community.stamp.max(now);
        let payers = match self.payers(carrier, &device, stamp) {
            Ok(payers) => payers,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (last, last_hash) = self.chain(connection, &device)?;
        if n <= last {
            let known = storage::place_of(connection, self.community.no, &device, n)?;
            return Ok(match known {
                Some((seq, stamp, stored)) if stored == hash => {
                    Ok(Placed { device, n, seq, stamp })
                }
                _ => Err(Refusal::new(409, code::FORK, "this count was used for another pack")),
            });
        }
        let next = last.saturating_add(1);
        if n > next {
            let mut refusal = Refusal::new(409, code::GAP, "earlier packs are missing");
            refusal.expected = Some(next);
            return Ok(Err(refusal));
        }
        if pack.header.prev != last_hash {
            return Ok(Err(Refusal::new(422, code::BAD_PACK, "prev does not name the last pack")));
        }
        if pack.header.kind == Kind::Access
            && let Err(error) = Access::decode(pack.body())
        {
            return Ok(Err(bad_pack(&error)));
        }
        let bytes = u64::try_from(pack.bytes().len()).unwrap_or(u64::MAX);
        let charge = Charge { packs: 1, pack_bytes: bytes, blob_bytes: 0 };
        if let Err(refusal) = self.usage.charge(connection, quotas, stamp, &payers, &charge)? {
            return Ok(Err(refusal));
        }
        let seq = self.community.last.saturating_add(1);
        let head = head::next(&self.community.head, seq, stamp, &hash);
        let entry = Stored {
            seq,
            stamp,
            head,
            hash,
            circle: pack.header.circle,
            access: pack.header.kind == Kind::Access,
            bytes: pack.bytes().to_vec(),
        };
        storage::append(connection, self.community.no, &entry, pack)?;
        // A record that its signer may not write stands in the log without effect: refusing it
        // would leave a hole in its author's count for ever.
        let _ = self.community.access.take_pack(pack, stamp);
        self.community.last = seq;
        self.community.head = head;
        self.community.stamp = stamp;
        self.chains.insert(device, (n, hash));
        Ok(Ok(Placed { device, n, seq, stamp }))
    }

    fn chain(
        &mut self,
        connection: &Connection,
        device: &DeviceId,
    ) -> rusqlite::Result<(u64, Hash)> {
        if let Some(chain) = self.chains.get(device) {
            return Ok(*chain);
        }
        let stored = storage::last_of(connection, self.community.no, device)?;
        let chain = stored.unwrap_or((0, Hash::ZERO));
        self.chains.insert(*device, chain);
        Ok(chain)
    }

    /// Author and carrier must be listed; what they hand in counts against the carrier and the
    /// community, and against whoever of them has ended.
    fn payers(
        &self,
        carrier: &DeviceId,
        author: &DeviceId,
        stamp: i64,
    ) -> Result<Vec<Payer>, Refusal> {
        let mut payers = vec![Payer::Community];
        for device in [Some(carrier), Some(author).filter(|author| *author != carrier)] {
            let Some(device) = device else { continue };
            let listed = self
                .community
                .access
                .may_append(device, stamp)
                .map_err(|why| Refusal::new(403, code::NOT_ALLOWED, why.to_string()))?;
            if listed.ended_at.is_some() {
                payers.push(Payer::Ended(*device));
            } else if device == carrier {
                payers.push(Payer::Carrier(*device));
            }
        }
        Ok(payers)
    }

    /// Counts a part whose bytes are there and not yet on the disk; returns whether it is held
    /// already. `others` is what the parts of all other communities count for.
    pub(crate) fn reserve(
        &mut self,
        connection: &Connection,
        device: &DeviceId,
        (hash, bytes): (&Hash, u64),
        now: i64,
        (quotas, others): (&Quotas, u64),
    ) -> Written<bool> {
        let stamp = self.community.stamp.max(now);
        let payers = match self.payers(device, device, stamp) {
            Ok(payers) => payers,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(part) = blobs::part(connection, self.community.no, hash)? {
            return Ok(Ok(part.held));
        }
        let counts = blobs::counts(bytes);
        let all = self.community.blobs.1.saturating_add(counts);
        if all > mebibytes(quotas.community_blob_mib) {
            let why = "the community's space for blobs is used up";
            return Ok(Err(Refusal::new(507, code::NO_SPACE, why)));
        }
        if all.saturating_add(others) > mebibytes(quotas.blob_mib) {
            let why = "the relay's space for blobs is used up";
            return Ok(Err(Refusal::new(507, code::DISK_FULL, why)));
        }
        let charge = Charge { blob_bytes: counts, ..Charge::default() };
        if let Err(refusal) = self.usage.charge(connection, quotas, stamp, &payers, &charge)? {
            return Ok(Err(refusal));
        }
        blobs::reserve(connection, self.community.no, hash, bytes)?;
        self.community.blobs.0 += 1;
        self.community.blobs.1 = all;
        Ok(Ok(false))
    }

    /// Notes that a part's file is on the disk.
    pub(crate) fn hold(&self, connection: &Connection, hash: &Hash) -> Written<bool> {
        blobs::hold(connection, self.community.no, hash)?;
        Ok(Ok(true))
    }

    /// Forgets a part whose file is gone or damaged, so that phones are told to bring it again.
    pub(crate) fn lose(
        &mut self,
        connection: &Connection,
        files: &Blobs,
        hash: &Hash,
    ) -> Written<bool> {
        let Some(part) = blobs::part(connection, self.community.no, hash)? else {
            return Ok(Ok(false));
        };
        // Somebody may have brought it again since it was missed.
        if !part.held || matches!(files.read(&self.community.id, hash), Ok(Some(_)) | Err(_)) {
            return Ok(Ok(false));
        }
        blobs::forget(connection, self.community.no, hash)?;
        self.community.blobs.0 = self.community.blobs.0.saturating_sub(1);
        let counts = blobs::counts(part.bytes);
        self.community.blobs.1 = self.community.blobs.1.saturating_sub(counts);
        Ok(Ok(true))
    }

    /// Writes what was used, once for a commit.
    pub(crate) fn write_usage(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.usage.write(connection)
    }
}

#[expect(clippy::disallowed_methods, reason = "the relay's stamp is the one shared clock")]
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use linli_wire::{
        CircleId, KeyEpoch, LogEpoch, Signature,
        charter::{Charter, FounderSignature, SignedCharter},
        pack::{Header, Seen},
        sign::Purpose,
    };

    use super::*;

    struct Founder {
        key: ed25519_zebra::SigningKey,
        device: DeviceId,
    }

    impl Founder {
        fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Signature {
            Signature(self.key.sign(&purpose.message(parts)).into())
        }

        fn found(&self, connection: &Connection) -> Working {
            let charter = Charter {
                version: Charter::VERSION,
                founders: vec![self.device],
                threshold: 1,
                trial: true,
                register: Hash([1; 32]),
                salt: Hash([2; 32]),
            };
            let id = charter.id().unwrap();
            let signature = self.sign(Purpose::Charter, &[&id.0]);
            let signatures = vec![FounderSignature { device: self.device, signature }];
            let signed = SignedCharter { charter, signatures }.encode().unwrap();
            Working::new(storage::found(connection, id, &signed, LogEpoch([1; 16])).unwrap())
        }

        fn pack(&self, working: &Working, n: u64, prev: Hash) -> Pack {
            let community = working.community.id;
            let header = Header {
                kind: Kind::Change,
                community,
                circle: CircleId::named(&community, "community"),
                key_epoch: KeyEpoch([1; 8]),
                device: self.device,
                n,
                prev,
                cn: n,
                cprev: prev,
                seen: Seen::NOTHING,
                time: 0,
                nonce: [0; 24],
            };
            let signature = self.sign(Purpose::Pack, &[&header.encode(1), b"x"]);
            Pack::join(header, b"x", &signature).unwrap()
        }
    }

    #[test]
    fn a_clock_that_is_set_back_moves_no_stamp_back() {
        let connection = Connection::open_in_memory().unwrap();
        storage::prepare(&connection, None).unwrap();
        let key = ed25519_zebra::SigningKey::from([7; 32]);
        let founder = Founder { device: DeviceId(key.verification_key().into()), key };
        let mut working = founder.found(&connection);
        let (mut prev, mut stamps) = (Hash::ZERO, Vec::new());
        for (n, now) in [(1, 9_000), (2, 4_000), (3, 9_500)] {
            let pack = founder.pack(&working, n, prev);
            prev = pack.hash();
            let desk = (&Quotas::default(), &Numbers::default());
            let packs = vec![(pack, prev)];
            let (placed, refusal) =
                working.append(&connection, &founder.device, packs, now, desk).unwrap();
            assert_eq!(refusal, None);
            stamps.extend(placed.iter().map(|placed| placed.stamp));
        }
        assert_eq!(stamps, [9_000, 9_000, 9_500]);
        // After a restart the clock still counts from the last stamp.
        let again = storage::communities(&connection).unwrap();
        assert_eq!(again[0].stamp, 9_500);
    }
}
