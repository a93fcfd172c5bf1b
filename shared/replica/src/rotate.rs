//! What follows from granting and revoking: the relay's access list, wrapped keys, new keys.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::{Circle, Draft, Moment, Role, Scope, UnitCode, When},
    registry,
};
use linli_seal::{Chance, CircleKey, wrap};
use linli_wire::{CircleId, DeviceId, FactId, access::Access, fact::Fact, pack::Kind};

use crate::{
    ReplicaError,
    act::{Filed, read_outbox_row},
    keyring::{Kept, building_office_id, circle_id, homes_group},
    memory::meta,
    store::{Store, Table},
    work::Work,
};

impl<S: Store> Work<'_, S> {
    /// Does what follows from own registry facts that were just written.
    pub(crate) fn after_own_facts(
        &mut self,
        facts: &[Fact],
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        self.memory.refresh_current();
        if !self.memory.current.may_list(&self.me(), When::Now(now)) {
            // A reviewer's phone lists and hands keys once it sees the fact.
            return Ok(());
        }
        let subjects: BTreeSet<DeviceId> =
            facts.iter().flat_map(|fact| registry::subjects(&self.memory.current, fact)).collect();
        for device in subjects {
            self.list_device(&device, now, chance)?;
        }
        Ok(())
    }

    /// Brings the relay's list and the keys of one device in line with the registry.
    pub(crate) fn list_device(
        &mut self,
        device: &DeviceId,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let registry = &self.memory.current;
        let circles = registry.circles_of(device, When::Now(now));
        let known = self.newest_access(device)?;
        if circles.is_empty() && known.is_none() {
            // One approval of two: nothing begins yet.
            return Ok(());
        }
        let ended = circles.is_empty();
        let access = Access {
            device: *device,
            circles: self.listed_circles(device, &circles, now),
            may_list: !ended && registry.may_list(device, When::Now(now)),
            serial: known.as_ref().map_or(1, |known| known.serial.saturating_add(1)),
            ended,
        };
        let same = known.as_ref().is_some_and(|known| {
            (&known.circles, known.may_list, known.ended)
                == (&access.circles, access.may_list, access.ended)
        });
        if same {
            return Ok(());
        }
        self.write_access(&access, now, chance)?;
        if let Some(known) = known {
            self.shut_out(device, &known, &access, now, chance)?;
        }
        if ended { Ok(()) } else { self.hand_keys(device, &circles, now, chance) }
    }

    /// Returns the newest record about a device, counting own ones that are still in the outbox.
    fn newest_access(&self, device: &DeviceId) -> Result<Option<Access>, ReplicaError> {
        let listed = self.memory.access.get(device).map(|listed| listed.access.clone());
        let mut newest = listed.filter(|access| access.serial > 0);
        for (_, row) in self.at.scan(Table::Outbox, &[])? {
            let (hash, _) = read_outbox_row(&row)?;
            let Some(known) = self.pack(&hash)? else { continue };
            let pack = known.pack()?;
            if pack.header.kind == Kind::Access {
                let access = Access::decode(pack.body())?;
                if access.device == *device {
                    newest = Some(access);
                }
            }
        }
        Ok(newest)
    }

    fn listed_circles(&self, device: &DeviceId, circles: &[Circle], now: Moment) -> Vec<CircleId> {
        let community = &self.memory.community;
        let mut ids: BTreeSet<CircleId> =
            circles.iter().map(|circle| circle_id(community, circle)).collect();
        for building in self.buildings_kept_by(device, now) {
            ids.insert(CircleId::group(community, &homes_group(&building)));
        }
        ids.into_iter().collect()
    }

    /// The buildings whose homes a device may read: all for the office, its own for a head.
    fn buildings_kept_by(&self, device: &DeviceId, now: Moment) -> Vec<String> {
        let registry = &self.memory.current;
        let Ok(author) = registry.author(device, When::Now(now)) else { return Vec::new() };
        let mut kept = Vec::new();
        for building in registry.buildings() {
            let keeps = author.duties.iter().any(|duty| match duty.role {
                Role::Founder | Role::Committee | Role::Property | Role::Auditor => true,
                Role::Head | Role::DeputyHead => duty.scope == Scope::Building(building.clone()),
                Role::Owner | Role::Resident | Role::Tenant => false,
            });
            if keeps {
                kept.push(building.clone());
            }
        }
        kept
    }

    /// Wraps the keys that this phone holds of a device's circles, though it is listed already.
    pub(crate) fn hand_keys_of(
        &mut self,
        device: &DeviceId,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let circles = self.memory.current.circles_of(device, When::Now(now));
        if circles.is_empty() { Ok(()) } else { self.hand_keys(device, &circles, now, chance) }
    }

    /// Wraps the keys of its circles for a device.
    fn hand_keys(
        &mut self,
        device: &DeviceId,
        circles: &[Circle],
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let community = self.memory.community;
        let memory = &self.memory;
        let mut keys: Vec<(CircleId, CircleKey)> = Vec::new();
        for circle in circles {
            if let Some(key) = memory.ring.current(&community, &memory.current, circle) {
                keys.push((circle_id(&community, circle), key));
            }
        }
        if !circles.contains(&Circle::Office) {
            for building in self.buildings_kept_by(device, now) {
                let key = memory.ring.building_office(&community, &memory.current, &building);
                if let Some(key) = key {
                    keys.push((building_office_id(&community, &building), key));
                }
            }
        }
        for (circle, key) in keys {
            self.wrap_for(device, &circle, &key, chance)?;
        }
        Ok(())
    }

    /// Wraps a key for a device; also for this one, which may have to be restored from a backup that
    /// does not hold the key yet.
    pub(crate) fn wrap_for(
        &mut self,
        device: &DeviceId,
        circle: &CircleId,
        key: &CircleKey,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let Some(entry) = self.memory.current.device(device) else { return Ok(()) };
        let community = self.memory.community;
        let key_epoch = key.epoch();
        let purpose =
            wrap::Purpose { community: &community, circle, key_epoch: &key_epoch, device };
        let wrapped = wrap::wrap(&purpose, self.keys, &entry.exchange, key, chance)?;
        self.at.put(Table::Wrap, [&circle.0[..], &key_epoch.0, &device.0].concat(), wrapped);
        Ok(())
    }

    /// Gives every circle that a device could read and may not any more a new key, for those who
    /// stay.
    fn shut_out(
        &mut self,
        device: &DeviceId,
        known: &Access,
        left: &Access,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let lost = |circle: &CircleId| known.reads(circle) && !left.reads(circle);
        let community = self.memory.community;
        let buildings = self.memory.current.buildings();
        self.hand_homes_of(device, now, chance)?;
        let kept = |building: &String| CircleId::group(&community, &homes_group(building));
        let kept_homes = buildings.iter().any(|building| lost(&kept(building)));
        let circles = [Circle::Community, Circle::Office]
            .into_iter()
            .chain(buildings.into_iter().map(Circle::Building));
        for circle in circles {
            if lost(&circle_id(&community, &circle)) {
                self.open_key(&circle, now, chance)?;
            }
        }
        // The keys of the homes it kept are new; who keeps them beside it is handed theirs.
        // A new office key has done so already.
        let done = lost(&circle_id(&community, &Circle::Office));
        if kept_homes && !done { self.hand_building_keys(now, chance) } else { Ok(()) }
    }

    /// Opens a new key for a circle, wraps it for its readers and writes the fact, sealed with it.
    ///
    /// Does nothing if this phone does not hold the present key: another keyholder has to.
    fn open_key(
        &mut self,
        circle: &Circle,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let community = self.memory.community;
        let memory = &self.memory;
        let Some(previous) = memory.ring.current(&community, &memory.current, circle) else {
            return Ok(());
        };
        let key = CircleKey::generate(chance);
        let id = circle_id(&community, circle);
        let sealed = key.seal_previous(&id, &previous, chance)?;
        let event = registry::Event::OpenKey {
            circle: circle.clone(),
            key_epoch: key.epoch(),
            previous: Some(previous.epoch()),
            sealed_previous: Some(sealed),
        };
        self.write_key_opened(circle, &key, &event, now, chance)?;
        self.memory.refresh_current();
        let readers: Vec<DeviceId> = self
            .memory
            .current
            .readers_of(circle, When::Now(now))
            .into_iter()
            .map(|reader| reader.device)
            .collect();
        for reader in readers {
            self.wrap_for(&reader, &id, &key, chance)?;
        }
        if *circle == Circle::Office {
            self.hand_building_keys(now, chance)?;
        }
        Ok(())
    }

    /// A home that somebody left has a new key: hands it to who still lives there.
    fn hand_homes_of(
        &mut self,
        device: &DeviceId,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let Some(entry) = self.memory.current.device(device) else { return Ok(()) };
        let units: Vec<UnitCode> = entry
            .tenures
            .iter()
            .filter_map(|tenure| match &tenure.duty.scope {
                Scope::Unit(unit) => Some(unit.clone()),
                Scope::Community | Scope::Building(_) | Scope::Stair { .. } => None,
            })
            .collect();
        units.iter().try_for_each(|unit| self.hand_home_key(unit, now, chance))
    }

    /// Hands a home's present key to its household, once for each key. Only keepers can: they
    /// compute it; a household has what it was handed last.
    pub(crate) fn hand_home_key(
        &mut self,
        unit: &UnitCode,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let memory = &self.memory;
        let (community, home) = (memory.community, Circle::Home(unit.clone()));
        let Some(key) = memory.ring.derived_home(&community, &memory.current, unit) else {
            return Ok(());
        };
        let circle = circle_id(&community, &home);
        let handed = [meta::HANDED, &circle.0, &key.epoch().0].concat();
        if self.at.has(Table::Meta, &handed)? {
            return Ok(());
        }
        self.at.put(Table::Meta, handed, []);
        let readers = memory.current.readers_of(&home, When::Now(now));
        let readers: Vec<DeviceId> = readers.into_iter().map(|reader| reader.device).collect();
        readers.iter().try_for_each(|reader| self.wrap_for(reader, &circle, &key, chance))
    }

    /// After a new office key, the heads get the keys of their buildings anew.
    fn hand_building_keys(
        &mut self,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let devices: Vec<DeviceId> =
            self.memory.current.devices().map(|entry| entry.device).collect();
        for device in devices {
            let circles = self.memory.current.circles_of(&device, When::Now(now));
            if !circles.contains(&Circle::Office) {
                self.hand_keys(&device, &[], now, chance)?;
            }
        }
        Ok(())
    }

    /// Writes the fact that a key is opened, sealed with that key; keeps the key.
    pub(crate) fn write_key_opened(
        &mut self,
        circle: &Circle,
        key: &CircleKey,
        event: &registry::Event,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let me = self.me();
        let author = self.memory.current.author(&me, When::Now(now));
        let author =
            author.map_err(|_| ReplicaError::Broken { invariant: "a reader opens keys" })?;
        let draft = registry::decide(&self.memory.current, &author, event, now)
            .map_err(|_| ReplicaError::Broken { invariant: "a reader may open keys" })?;
        let id = circle_id(&self.memory.community, circle);
        self.keep_key(id, key.clone(), me);
        let filed = self.file_registry(draft, now)?;
        self.write(filed, Some(key.clone()), now, chance).map(|_| ())
    }

    /// Files an own registry fact, signed if it is a legal one.
    pub(crate) fn file_registry(&self, draft: Draft, now: Moment) -> Result<Filed, ReplicaError> {
        Filed::new(self.keys, &self.memory.community, draft, None, now)
    }

    /// Keeps a circle's key, and who handed it on.
    pub(crate) fn keep_key(&mut self, circle: CircleId, key: CircleKey, from: DeviceId) {
        if self.memory.ring.get(&circle, &key.epoch()).is_some() {
            return;
        }
        let order = self.memory.ring.next_order();
        let row = [&order.to_be_bytes()[..], key.bytes(), &from.0].concat();
        self.at.put(Table::Key, [&circle.0[..], &key.epoch().0].concat(), row);
        self.memory.ring.insert(circle, Kept { order, key, from });
        self.keys_came = true;
    }

    /// Opens older keys by the chain: each key fact carries the key before it.
    ///
    /// Key facts are read whether or not they count yet: a newcomer holds the newest key first, and
    /// the charter that says who may write them lies under the oldest.
    pub(crate) fn follow_key_chains(&mut self) -> Result<(), ReplicaError> {
        for (key, _) in self.at.scan(Table::Registry, &[])? {
            let id = key.get(10..).and_then(FactId::from_slice);
            let id = id.ok_or(ReplicaError::Damaged { row: "registry" })?;
            if let Some(row) = self.fact(&id)? {
                self.follow_key_chain(&Fact::decode(&row.bytes)?);
            }
        }
        Ok(())
    }

    /// Opens the key before the one that a key fact names, if that one is held.
    pub(crate) fn follow_key_chain(&mut self, fact: &Fact) {
        let Some((circle, opened)) = registry::key_opened(fact) else { return };
        let id = circle_id(&self.memory.community, &circle);
        let Some(key) = self.memory.ring.get(&id, &opened.key_epoch).cloned() else { return };
        if let (Some(epoch), Some(sealed)) = (opened.previous, opened.sealed_previous)
            && self.memory.ring.get(&id, &epoch).is_none()
            && let Ok(previous) = key.open_previous(&id, &epoch, &sealed)
        {
            self.keep_key(id, previous, fact.by);
        }
    }
}
