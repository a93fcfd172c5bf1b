//! What the replica keeps in memory: everything here is read back from the store at the start.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::{
    kernel::{Circle, Moment, Position, UnitCode, When},
    payments::Books,
    registry::Registry,
};
use linli_seal::CircleKey;
use linli_wire::{
    CircleId, CommunityId, DeviceId, FactId, Hash, KeyEpoch, LogEpoch, access::AccessList,
    charter::SignedCharter, fact::Fact, head, pack::Pack,
};

use crate::{
    ReplicaError,
    alarm::Alarm,
    folded::Folded,
    keyring::{Kept, Keyring, circle_id},
    reading::Reading,
    store::{Store, Table},
    stored::{Cut, FactRow, Verdict},
};

/// Names of single values in the store.
pub(crate) mod meta {
    /// The count of the last own receipt of a month: prefix, then `2026-11`.
    pub(crate) const RECEIPTS: &[u8] = b"receipts/";
    /// The signed charter.
    pub(crate) const CHARTER: &[u8] = b"charter";
    /// Where this phone stands in the log.
    pub(crate) const CURSOR: &[u8] = b"cursor";
    /// Access packs in log order: prefix, then place.
    pub(crate) const ACCESS: &[u8] = b"access/";
    /// Circles whose packs were all given: prefix, then circle.
    pub(crate) const COMPLETE: &[u8] = b"complete/";
    /// Set once this phone has read to the end of the log without being listed: it was shown hashes.
    pub(crate) const UNLISTED: &[u8] = b"unlisted";
    /// Own chain: `n` and hash of the last own pack.
    pub(crate) const OWN: &[u8] = b"own/";
    /// Packs to offer again after a new log epoch: prefix, then old place.
    pub(crate) const OFFER: &[u8] = b"offer/";
    /// Set while the log is read anew after a new epoch.
    pub(crate) const REREADING: &[u8] = b"rereading";
    /// Version of the folds that wrote the projection rows.
    pub(crate) use crate::store::FOLD;
    /// Documents whose changes since the snapshot are many: prefix, then document.
    pub(crate) const LONG: &[u8] = b"long/";
    /// Homes whose present key its household was handed by this phone: prefix, circle, key epoch.
    pub(crate) const HANDED: &[u8] = b"handed/";
    /// Homes whose household still writes with an older key: prefix, then circle.
    pub(crate) const TO_HAND: &[u8] = b"to_hand/";
    /// Devices whose rights changed, to be compared with the relay's list: prefix, then device.
    pub(crate) const TO_LIST: &[u8] = b"to_list/";
    /// The join that is under way.
    pub(crate) const JOIN: &[u8] = b"join";
    /// What ends this phone's application at the relay, until the relay has taken it: invitation and
    /// its signature.
    pub(crate) const ENDING: &[u8] = b"ending";
    /// Applications that were given up, until the relay is told: prefix, then invitation.
    pub(crate) const STOPPED: &[u8] = b"stopped/";
    /// The operator's token, until the relay knows the community.
    pub(crate) const FOUNDING: &[u8] = b"founding";
    /// How far another device that reads a circle has read the log: prefix, then circle.
    pub(crate) const SEEN: &[u8] = b"seen/";
    /// Bytes of all parts of photos and voice that lie here.
    pub(crate) const PARTS: &[u8] = b"parts";
    /// Counts parts, so that their ages rise.
    pub(crate) const PART_AGE: &[u8] = b"part_age";
    /// The log epoch of the backup that this phone was restored from, until its chain is proved.
    pub(crate) const RESTORED: &[u8] = b"restored";
    /// Unsent facts that were written anew with other keys: prefix, then fact.
    pub(crate) const ANEW: &[u8] = b"anew/";
    /// Set while this device is kept for a founding: the community of the draft it signed, or nothing.
    pub(crate) const FOUNDER: &[u8] = b"founder";
    /// Counts held acts.
    pub(crate) const HELD: &[u8] = b"held";
}

/// Names how far another device has read, of those that read a circle.
pub(crate) fn seen_key(circle: &CircleId) -> Vec<u8> {
    [meta::SEEN, &circle.0].concat()
}

/// Where this phone stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) epoch: LogEpoch,
    pub(crate) seq: u64,
    pub(crate) head: Hash,
    pub(crate) stamp: i64,
}

impl Cursor {
    pub(crate) const NOWHERE: Self =
        Self { epoch: LogEpoch([0; 16]), seq: 0, head: Hash::ZERO, stamp: i64::MIN };

    /// Begins a log of which nothing was read.
    pub(crate) fn start(community: &CommunityId, epoch: LogEpoch) -> Self {
        Self { epoch, seq: 0, head: head::start(community, &epoch), stamp: i64::MIN }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        [&self.epoch.0[..], &self.seq.to_be_bytes(), &self.head.0, &self.stamp.to_be_bytes()]
            .concat()
    }

    fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "cursor", bytes };
        Ok(Self {
            epoch: LogEpoch(cut.take()?),
            seq: u64::from_be_bytes(cut.take()?),
            head: Hash(cut.take()?),
            stamp: i64::from_be_bytes(cut.take()?),
        })
    }
}

/// A community as this phone knows it.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) community: CommunityId,
    pub(crate) charter: SignedCharter,
    pub(crate) cursor: Cursor,
    pub(crate) access: AccessList,
    /// The registry by the log alone: it decides rights.
    pub(crate) placed: Registry,
    /// The registry with what is not yet in the log: it decides what this person is offered.
    pub(crate) current: Registry,
    /// Registry facts not yet in the log.
    pub(crate) unplaced: BTreeMap<(u64, u16, FactId), Fact>,
    /// Place of the newest registry fact folded.
    pub(crate) folded_to: Option<Position>,
    pub(crate) ring: Keyring,
    /// The homes of the registry, by their circle.
    homes: BTreeMap<CircleId, UnitCode>,
    /// The buildings of the registry, by the circle of their keepers.
    keepers: BTreeMap<CircleId, String>,
    /// Tariffs and bill runs.
    pub(crate) books: Books,
    pub(crate) folded: Folded,
    pub(crate) complete: BTreeSet<CircleId>,
    /// Whether it read to the end of the log without being listed, as a founder may who comes early.
    pub(crate) read_unlisted: bool,
    pub(crate) alarms: BTreeSet<Alarm>,
    pub(crate) rereading: bool,
    /// The log epoch of the backup this phone stands on, until its chain is proved.
    pub(crate) restored: Option<LogEpoch>,
    /// Packs that may have been kept back in the first reading: place, author, circle.
    pub(crate) suspects: Vec<(u64, DeviceId, CircleId)>,
}

impl Memory {
    /// Begins with a charter and nothing else.
    pub(crate) fn rooted_in(charter: SignedCharter) -> Result<Self, ReplicaError> {
        let community = charter.verify()?;
        Ok(Self {
            community,
            cursor: Cursor::NOWHERE,
            access: AccessList::rooted_in(&charter.charter),
            placed: Registry::new(community),
            current: Registry::new(community),
            unplaced: BTreeMap::new(),
            folded_to: None,
            ring: Keyring::default(),
            homes: BTreeMap::new(),
            keepers: BTreeMap::new(),
            books: Books::default(),
            folded: Folded::default(),
            complete: BTreeSet::new(),
            read_unlisted: false,
            alarms: BTreeSet::new(),
            rereading: false,
            restored: None,
            suspects: Vec::new(),
            charter,
        })
    }

    /// Reads everything back from the store; `None` before founding or joining.
    pub(crate) fn load(store: &impl Store) -> Result<Option<Self>, ReplicaError> {
        let Some(charter) = store.get(Table::Meta, meta::CHARTER)? else { return Ok(None) };
        let mut memory = Self::rooted_in(SignedCharter::decode(&charter)?)?;
        if let Some(cursor) = store.get(Table::Meta, meta::CURSOR)? {
            memory.cursor = Cursor::decode(&cursor)?;
        }
        for (_, value) in store.scan(Table::Meta, meta::ACCESS, None, usize::MAX)? {
            let mut cut = Cut { row: "access", bytes: &value };
            let stamp = i64::from_be_bytes(cut.take()?);
            // A record that was taken once is taken again: the list is folded in the same order.
            let _ = memory.access.take_pack(&Pack::decode(cut.bytes)?, stamp);
        }
        for (key, value) in store.scan(Table::Key, &[], None, usize::MAX)? {
            let mut circle = Cut { row: "key", bytes: &key };
            let mut cut = Cut { row: "key", bytes: &value };
            let order = u64::from_be_bytes(cut.take()?);
            let key = CircleKey::from_bytes(cut.take()?);
            let from = DeviceId(cut.take()?);
            memory.ring.insert(CircleId(circle.take()?), Kept { order, key, from });
        }
        for (key, _) in store.scan(Table::Meta, meta::COMPLETE, None, usize::MAX)? {
            let circle = key.strip_prefix(meta::COMPLETE).and_then(CircleId::from_slice);
            memory.complete.insert(circle.ok_or(ReplicaError::Damaged { row: "complete" })?);
        }
        for (_, value) in store.scan(Table::Alarm, &[], None, usize::MAX)? {
            memory.alarms.insert(Alarm::decode(&value)?);
        }
        memory.read_unlisted = store.get(Table::Meta, meta::UNLISTED)?.is_some();
        memory.rereading = store.get(Table::Meta, meta::REREADING)?.is_some();
        if let Some(epoch) = store.get(Table::Meta, meta::RESTORED)? {
            memory.restored = Some(LogEpoch(Cut { row: "restored", bytes: &epoch }.take()?));
        }
        memory.fold_registry(store)?;
        memory.books = Reading { source: store, memory: &memory }.fold_books()?;
        Ok(Some(memory))
    }

    /// Folds the registry facts in log order, then those not yet in the log.
    fn fold_registry(&mut self, store: &impl Store) -> Result<(), ReplicaError> {
        for (key, _) in store.scan(Table::Registry, &[], None, usize::MAX)? {
            let id = key.get(10..).and_then(FactId::from_slice);
            let id = id.ok_or(ReplicaError::Damaged { row: "registry" })?;
            let row = store
                .get(Table::Fact, &id.0)?
                .ok_or(ReplicaError::Broken { invariant: "a registry entry has its fact" })?;
            let row = FactRow::decode(&row)?;
            let fact = Fact::decode(&row.bytes)?;
            if row.verdict == Verdict::Newer {
                continue;
            }
            match row.place {
                Some(place) => {
                    // Refused then, refused now: its verdict stands in the row.
                    let _ = self.placed.apply(id, &fact, When::Placed(place));
                    self.folded_to = Some(place);
                }
                None if row.verdict == Verdict::Pending => {
                    self.unplaced.insert((row.order, row.index, id), fact);
                }
                None => {}
            }
        }
        self.refresh_current();
        Ok(())
    }

    /// Computes the registry with what is not yet in the log.
    pub(crate) fn refresh_current(&mut self) {
        self.current = self.placed.clone();
        for ((_, _, id), fact) in &self.unplaced {
            // One that a rule refuses stays pending and changes nothing.
            let _ = self.current.apply(*id, fact, When::Now(Moment(fact.at)));
        }
        // Units are only ever added.
        if self.homes.len() != self.current.units().count() {
            let named = |circle: &Circle| circle_id(&self.community, circle);
            let units = self.current.units().map(|unit| unit.code.clone());
            self.homes = units.map(|unit| (named(&Circle::Home(unit.clone())), unit)).collect();
            let buildings = self.current.buildings().into_iter();
            self.keepers = buildings
                .map(|building| (named(&Circle::Keepers(building.clone())), building))
                .collect();
        }
    }

    /// Tells how many homes are known by their circle.
    pub(crate) fn homes_known(&self) -> usize {
        self.homes.len()
    }

    /// Finds the home that a circle belongs to.
    pub(crate) fn home_of(&self, circle: &CircleId) -> Option<&UnitCode> {
        self.homes.get(circle)
    }

    /// Finds the home, or the keepers of a building, that a circle belongs to: those whose keys are
    /// derived.
    pub(crate) fn derived_circle(&self, circle: &CircleId) -> Option<Circle> {
        let home = self.homes.get(circle).cloned().map(Circle::Home);
        home.or_else(|| self.keepers.get(circle).cloned().map(Circle::Keepers))
    }

    /// Finds the key that a pack of a circle is sealed with, deriving home keys where possible.
    pub(crate) fn find_key(&self, circle: &CircleId, epoch: &KeyEpoch) -> Option<CircleKey> {
        if let Some(key) = self.ring.get(circle, epoch) {
            return Some(key.clone());
        }
        let (community, registry) = (&self.community, &self.current);
        let keys = match (self.home_of(circle), self.keepers.get(circle)) {
            (Some(unit), _) => self.ring.home_keys(community, registry, unit),
            (None, Some(building)) => self.ring.keepers_keys(community, registry, building),
            (None, None) => return None,
        };
        keys.into_iter().find(|key| key.epoch() == *epoch)
    }

    /// Tells whether this phone was given every pack of a circle.
    pub(crate) fn is_complete(&self, circle: &CircleId) -> bool {
        self.complete.contains(circle) || self.complete.contains(&circle.its_group())
    }

    /// Tells whether a proven lie keeps this phone from following the relay.
    pub(crate) fn is_stopped(&self) -> bool {
        self.alarms.iter().any(|alarm| alarm.lie.stops())
    }
}
