//! What the registry knows, and the questions it answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use linli_wire::{
    CommunityId, DeviceId, FactId, KeyEpoch, PersonId, charter::SignedCharter, fact::Fact,
};

use super::{
    FoundingTerms, OwnerChange, PersonEntry, Refusal, StairRegistered, Tenure, Unit, rules,
    tenure::position,
};
use crate::{
    kernel::{Author, Circle, Duty, Position, Role, Scope, StaffDuty, UnitCode, When},
    law::RuleSet,
};

/// A device and what it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceEntry {
    /// The device.
    pub device: DeviceId,
    /// Its person.
    pub person: PersonId,
    /// Its exchange key (X25519).
    pub exchange: [u8; 32],
    /// Its verifying key for ballots.
    pub ballot: [u8; 32],
    /// Its duties.
    pub tenures: Vec<Tenure>,
    /// Where it was revoked.
    pub ended: Option<When>,
}

impl DeviceEntry {
    /// What orders a person's phones: where each was approved first.
    pub(super) fn order(&self) -> (Option<(u64, u16)>, DeviceId) {
        let approved = self.tenures.iter().flat_map(|tenure| &tenure.approvals);
        let begun = self.tenures.iter().filter_map(|tenure| tenure.begins);
        let first = approved.map(|(_, _, at)| *at).chain(begun).map(When::order).min();
        (first, self.device)
    }
}

/// A circle's key as the log names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOpened {
    /// The key's epoch.
    pub key_epoch: KeyEpoch,
    /// The epoch before it.
    pub previous: Option<KeyEpoch>,
    /// The key before it, sealed under this one.
    pub sealed_previous: Option<Vec<u8>>,
}

/// Why a device has no right at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRight {
    /// Nothing was ever granted to it.
    Unknown,
    /// Its first right begins later, or an approval is missing.
    NotYet,
    /// It was revoked, or all its rights ran out.
    Ended {
        /// The last place and moment at which it held one.
        at: Position,
    },
}

impl NoRight {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "registry.unknown_device",
            Self::NotYet => "registry.not_yet",
            Self::Ended { .. } => "registry.ended",
        }
    }
}

/// The registry, folded up to some place in the log.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(super) community: CommunityId,
    pub(super) terms: FoundingTerms,
    pub(super) charter: Option<SignedCharter>,
    pub(super) law: RuleSet,
    pub(super) devices: BTreeMap<DeviceId, DeviceEntry>,
    pub(super) units: BTreeMap<UnitCode, Unit>,
    pub(super) keys: BTreeMap<Circle, Vec<KeyOpened>>,
    /// Only ever read, and the registry is copied at every fact of it.
    pub(super) stairs: Vec<Arc<StairRegistered>>,
    /// Adopted facts, with the person who adopted each.
    pub(super) adopted: BTreeMap<FactId, PersonId>,
    pub(super) occupancies: BTreeMap<UnitCode, u32>,
    pub(super) head_terms: BTreeMap<String, u32>,
    /// Changes of owners, with those that wait for somebody.
    pub(super) owner_changes: BTreeMap<UnitCode, Vec<OwnerChange>>,
    /// Whom each co-owner chose last to stand for the unit.
    pub(super) representatives: BTreeMap<UnitCode, BTreeMap<PersonId, PersonId>>,
    /// People without phones.
    pub(super) persons: Vec<PersonEntry>,
    /// The oldest version of the app that may write.
    pub(super) min_version: u32,
    /// The version asked for last, and who asked for it, while somebody is missing.
    pub(super) min_version_asked: (u32, Vec<PersonId>),
}

impl Registry {
    /// Starts empty.
    #[must_use]
    pub fn new(community: CommunityId) -> Self {
        Self {
            community,
            terms: FoundingTerms::default(),
            charter: None,
            law: rules::first_law(),
            devices: BTreeMap::new(),
            units: BTreeMap::new(),
            keys: BTreeMap::new(),
            stairs: Vec::new(),
            adopted: BTreeMap::new(),
            occupancies: BTreeMap::new(),
            head_terms: BTreeMap::new(),
            owner_changes: BTreeMap::new(),
            representatives: BTreeMap::new(),
            persons: Vec::new(),
            min_version: 0,
            min_version_asked: (0, Vec::new()),
        }
    }

    /// Takes a registry fact in log order (own ones that are not in the log come last). A refused
    /// one changes nothing.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn apply(&mut self, id: FactId, fact: &Fact, at: When) -> Result<(), Refusal> {
        rules::apply(self, id, fact, at)
    }

    /// Returns who wrote something at a place, with the duties held there.
    ///
    /// # Errors
    /// [`NoRight`].
    pub fn author(&self, device: &DeviceId, at: When) -> Result<Author, NoRight> {
        let entry = self.devices.get(device).ok_or(NoRight::Unknown)?;
        if let Some(ended) = entry.ended.filter(|ended| ended.is_before(at)) {
            return Err(NoRight::Ended { at: position(ended) });
        }
        let held: Vec<&Tenure> =
            entry.tenures.iter().filter(|tenure| self.holds(entry, tenure, at)).collect();
        if !held.is_empty() {
            // A duty that was renewed stands twice for a while.
            let duties: BTreeSet<&Duty> = held.iter().map(|tenure| &tenure.duty).collect();
            let staff: BTreeSet<StaffDuty> =
                held.iter().flat_map(|tenure| tenure.staff.iter().copied()).collect();
            return Ok(Author {
                device: *device,
                person: entry.person,
                duties: duties.into_iter().cloned().collect(),
                staff: staff.into_iter().collect(),
            });
        }
        let begun = |tenure: &&Tenure| tenure.begins.is_some_and(|begins| begins.is_before(at));
        let ends = entry.tenures.iter().filter(begun).filter_map(|tenure| {
            tenure.end_before(at).or_else(|| match (tenure.duty.role, &tenure.duty.scope) {
                (Role::Owner, Scope::Unit(unit)) => self.sold_at(unit, at),
                _ => None,
            })
        });
        match ends.max_by_key(|end| (end.stamp, end.seq, end.index)) {
            Some(at) => Err(NoRight::Ended { at }),
            None => Err(NoRight::NotYet),
        }
    }

    /// Tells whether a device holds a duty: an owner only as long as the register lets them own.
    pub(super) fn holds(&self, entry: &DeviceEntry, tenure: &Tenure, at: When) -> bool {
        let owns = match (tenure.duty.role, &tenure.duty.scope) {
            (Role::Owner, Scope::Unit(unit)) => self.may_own(unit, &entry.person, at),
            _ => true,
        };
        owns && tenure.holds(at)
    }

    /// Tells whether a building, a stair or a unit is registered.
    #[must_use]
    pub fn is_registered(&self, scope: &Scope) -> bool {
        match scope {
            Scope::Community => true,
            Scope::Unit(unit) => self.units.contains_key(unit),
            Scope::Building(_) | Scope::Stair { .. } => {
                self.units.keys().any(|unit| scope.covers_unit(unit))
            }
        }
    }

    /// Returns the community's name; empty before the charter is read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.terms.name
    }

    /// Returns the rules in force.
    #[must_use]
    pub const fn law(&self) -> &RuleSet {
        &self.law
    }

    /// Tells whether the community is a trial with a single founder.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.charter.as_ref().is_some_and(|signed| signed.charter.trial)
    }

    /// Returns the buildings, in order.
    #[must_use]
    pub fn buildings(&self) -> Vec<String> {
        let mut buildings: Vec<&str> = self.units.keys().map(UnitCode::building).collect();
        buildings.dedup();
        buildings.into_iter().map(str::to_owned).collect()
    }

    /// Returns the stairs, in order.
    #[must_use]
    pub fn stairs(&self) -> Vec<(String, u16)> {
        let stair = |code: &'_ UnitCode| (code.building().to_owned(), code.stair());
        let mut codes: Vec<&UnitCode> = self.units.keys().collect();
        codes.dedup_by_key(|code| (code.building(), code.stair()));
        codes.into_iter().map(stair).collect()
    }

    /// Iterates over the stairs as they were registered, in the order of the log: more may come, and
    /// none goes.
    pub fn registered_stairs(&self) -> impl Iterator<Item = &StairRegistered> {
        self.stairs.iter().map(Arc::as_ref)
    }

    /// Iterates over the units, in order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// Finds a unit.
    #[must_use]
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)
    }

    /// Iterates over all devices ever granted.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceEntry> {
        self.devices.values()
    }

    /// Finds a device.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&DeviceEntry> {
        self.devices.get(device)
    }

    /// Returns the circles that a device may read. Homes of the office and of a building's heads are
    /// not listed: their keys are derived. The head of one stair is handed those of its homes.
    #[must_use]
    pub fn circles_of(&self, device: &DeviceId, at: When) -> Vec<Circle> {
        let Ok(author) = self.author(device, at) else { return Vec::new() };
        let mut circles = vec![Circle::Community];
        for duty in &author.duties {
            match (duty.role, &duty.scope) {
                (Role::Founder | Role::Committee | Role::Property | Role::Auditor, _) => {
                    circles.push(Circle::Office);
                    circles.extend(self.buildings().into_iter().map(Circle::Building));
                }
                (Role::Head | Role::DeputyHead, Scope::Stair { building, .. }) => {
                    circles.push(Circle::Building(building.clone()));
                    let homes = self.units.keys().filter(|unit| duty.scope.covers_unit(unit));
                    circles.extend(homes.cloned().map(Circle::Home));
                }
                (
                    Role::Head | Role::DeputyHead | Role::Owner | Role::Resident | Role::Tenant,
                    Scope::Building(building),
                ) => circles.push(Circle::Building(building.clone())),
                (Role::Owner | Role::Resident | Role::Tenant, Scope::Unit(unit)) => {
                    circles.push(Circle::Building(unit.building().to_owned()));
                    circles.push(Circle::Home(unit.clone()));
                }
                (Role::Head | Role::DeputyHead, Scope::Unit(_))
                | (Role::Owner | Role::Resident | Role::Tenant, Scope::Stair { .. })
                | (_, Scope::Community) => {}
            }
        }
        circles.sort();
        circles.dedup();
        circles
    }

    /// Returns the devices that a circle's key is wrapped for.
    #[must_use]
    pub fn readers_of(&self, circle: &Circle, at: When) -> Vec<&DeviceEntry> {
        self.devices
            .values()
            .filter(|entry| self.circles_of(&entry.device, at).contains(circle))
            .collect()
    }

    /// Tells whether a device may list others at the relay and review applications.
    #[must_use]
    pub fn may_list(&self, device: &DeviceId, at: When) -> bool {
        self.author(device, at).is_ok_and(|author| is_reviewer(&author))
    }

    /// Returns a circle's newest key.
    #[must_use]
    pub fn current_key(&self, circle: &Circle) -> Option<&KeyOpened> {
        self.keys.get(circle).and_then(|keys| keys.last())
    }

    /// Counts how often a unit's household changed.
    #[must_use]
    pub fn occupancy(&self, unit: &UnitCode) -> u32 {
        self.occupancies.get(unit).copied().unwrap_or_default()
    }

    /// Counts how often a building's heads changed.
    #[must_use]
    pub fn head_term(&self, building: &str) -> u32 {
        self.head_terms.get(building).copied().unwrap_or_default()
    }

    /// Tells whether somebody other than its own author's person adopted a fact.
    #[must_use]
    pub fn is_adopted(&self, fact: &FactId, by: &DeviceId) -> bool {
        let own = self.devices.get(by).map(|entry| entry.person);
        self.adopted.get(fact).is_some_and(|adopter| Some(*adopter) != own)
    }

    /// Tells whether the registered units are those that the founders agreed on.
    #[must_use]
    pub fn is_register_complete(&self) -> bool {
        let agreed = self.charter.as_ref().map(|signed| signed.charter.register);
        agreed == Some(super::register_hash(&self.terms, self.stairs.iter().map(Arc::as_ref)))
    }

    /// Returns a founder as author before the charter is written.
    #[must_use]
    pub fn founder(&self, device: &DeviceId) -> Author {
        let duties = vec![Duty { role: Role::Founder, scope: Scope::Community }];
        let person = rules::founder_person(device);
        Author { device: *device, person, duties, staff: Vec::new() }
    }
}

/// Who runs the community and heads list others at the relay, and review who applies.
pub(super) fn is_reviewer(author: &Author) -> bool {
    author.is_any(|role| role.runs() || role.is_head())
}
