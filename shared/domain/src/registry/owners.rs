//! Who owns what: owner sets, their changes, the heads that count, and who stands for a unit.

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::{PersonId, fact::Fact};

use super::{
    OwnersChanged, Refusal, Registry, RepresentativeChosen, UnitStatus,
    grants::{is_at_desk, note_end},
    rules::{Approver, Change},
    schema::read,
};
use crate::kernel::{
    AreaDm2, Author, Duty, Moment, Position, Role, Scope, StaffDuty, UnitCode, When,
};

/// Most owners of one unit: more is a mistake of the list, or a company to be named instead.
const OWNERS_MAX: usize = 64;

/// A change of a unit's owners, with who agreed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerChange {
    /// What changes.
    pub changed: OwnersChanged,
    /// Who agreed.
    pub approvals: Vec<PersonId>,
    /// Whether one of them keeps the registry.
    kept: bool,
    /// Where it begins; none while somebody is missing.
    pub begins: Option<When>,
}

impl OwnerChange {
    fn holds(&self, at: When) -> bool {
        let begun = self.begins.is_some_and(|begins| begins.is_before(at));
        begun && self.changed.from.is_none_or(|from| from <= at.moment())
    }
}

/// The units that count as one head (业主人数).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadGroup {
    /// Whose they are.
    pub whose: Whose,
    /// The units, in order.
    pub units: Vec<UnitCode>,
    /// Their exclusive area.
    pub area: AreaDm2,
}

/// What makes units count as one head.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The developer's, unsold or not handed over.
    Developer,
    /// Exactly these owners'.
    Owners(BTreeSet<PersonId>),
    /// Somebody's whom the register does not name: the unit counts for itself.
    Unnamed(UnitCode),
}

/// What counts in a scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Units.
    pub units: u32,
    /// Heads.
    pub heads: u32,
    /// Exclusive area.
    pub area: AreaDm2,
}

impl Registry {
    /// Returns the owners that the register names for a unit, in their order; empty where it names
    /// none.
    #[must_use]
    pub fn owner_set(&self, unit: &UnitCode, at: When) -> &[PersonId] {
        if let Some(change) = self.owner_change(unit, at) {
            return &change.changed.owners;
        }
        self.units.get(unit).map_or(&[], |unit| &unit.owners)
    }

    /// Returns how a unit stands.
    #[must_use]
    pub fn unit_status(&self, unit: &UnitCode, at: When) -> UnitStatus {
        if let Some(change) = self.owner_change(unit, at) {
            return change.changed.status;
        }
        self.units.get(unit).map_or(UnitStatus::default(), |unit| unit.status)
    }

    /// Iterates over a unit's changes of owners, also those that wait for somebody.
    pub fn owner_changes(&self, unit: &UnitCode) -> impl Iterator<Item = &OwnerChange> {
        self.owner_changes.get(unit).into_iter().flatten()
    }

    /// Iterates over all changes of owners.
    pub fn all_owner_changes(&self) -> impl Iterator<Item = &OwnerChange> {
        self.owner_changes.values().flatten()
    }

    /// The newest change that holds.
    fn owner_change(&self, unit: &UnitCode, at: When) -> Option<&OwnerChange> {
        let standing = self.owner_changes(unit).filter(|change| change.holds(at));
        // One that was agreed on after its own first day holds from then on.
        standing.max_by_key(|change| {
            let begins = change.begins;
            let agreed = begins.map(When::moment);
            (change.changed.from.max(agreed), begins.map(When::order))
        })
    }

    /// Tells whether the register lets somebody hold a unit as owner.
    pub(super) fn may_own(&self, unit: &UnitCode, person: &PersonId, at: When) -> bool {
        let changed = self.owner_change(unit, at).is_some();
        let owners = self.owner_set(unit, at);
        owners.contains(person) || owners.is_empty() && !changed
    }

    /// Returns the place and moment up to which somebody could still hold a unit.
    pub(super) fn sold_at(&self, unit: &UnitCode, at: When) -> Option<Position> {
        let change = self.owner_change(unit, at)?;
        let (seq, index) = change.begins?.order();
        let Some(from) = change.changed.from else {
            let stamp = change.begins?.moment();
            return Some(Position { seq, index, stamp });
        };
        let stamp = Moment(from.0.saturating_sub(1));
        let (seq, index) = at.order();
        Some(Position { seq, index, stamp })
    }

    /// Groups the units by whose they are: each group is one head.
    ///
    /// The same owners of two units are one head; one of them alone, and both together, are two.
    #[must_use]
    pub fn head_groups(&self, scope: &Scope, at: When) -> Vec<HeadGroup> {
        let mut groups: BTreeMap<Whose, (Vec<UnitCode>, u64)> = BTreeMap::new();
        for unit in self.units().filter(|unit| scope.covers_unit(&unit.code)) {
            let (units, area) = groups.entry(self.whose(&unit.code, at)).or_default();
            units.push(unit.code.clone());
            *area = area.saturating_add(unit.area.0);
        }
        let group = |(whose, (units, area))| HeadGroup { whose, units, area: AreaDm2(area) };
        groups.into_iter().map(group).collect()
    }

    fn whose(&self, unit: &UnitCode, at: When) -> Whose {
        if self.unit_status(unit, at).is_developers() {
            return Whose::Developer;
        }
        let owners: BTreeSet<PersonId> = self.owner_set(unit, at).iter().copied().collect();
        if owners.is_empty() { Whose::Unnamed(unit.clone()) } else { Whose::Owners(owners) }
    }

    /// Counts units, heads and area in a scope.
    #[must_use]
    pub fn totals(&self, scope: &Scope, at: When) -> Totals {
        let groups = self.head_groups(scope, at);
        let units: usize = groups.iter().map(|group| group.units.len()).sum();
        let area = groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.area.0));
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Totals { units: count(units), heads: count(groups.len()), area: AreaDm2(area) }
    }

    /// Returns who stands for a unit: its only owner, or whom all co-owners with a phone chose.
    #[must_use]
    pub fn representative(&self, unit: &UnitCode, at: When) -> Option<PersonId> {
        let mut owners: Vec<PersonId> = self.owner_set(unit, at).to_vec();
        let phones = self.owners_with_phones(unit, at);
        if owners.is_empty() {
            owners.extend(&phones);
        }
        if let [only] = owners.as_slice() {
            return Some(*only);
        }
        let chosen = self.representatives.get(unit);
        let mut choices = phones.iter().map(|owner| chosen.and_then(|by| by.get(owner)));
        let first = *choices.next()??;
        let agreed = choices.all(|choice| choice == Some(&first));
        (agreed && owners.contains(&first)).then_some(first)
    }

    /// The people who hold a unit as owner on some phone.
    fn owners_with_phones(&self, unit: &UnitCode, at: When) -> BTreeSet<PersonId> {
        let duty = Duty { role: Role::Owner, scope: Scope::Unit(unit.clone()) };
        let standing = self.devices().filter(|entry| {
            let holds = entry.tenures.iter().any(|tenure| tenure.duty == duty);
            holds && self.author(&entry.device, at).is_ok_and(|a| a.duties.contains(&duty))
        });
        standing.map(|entry| entry.person).collect()
    }

    /// Returns the phones that were ever given a unit as owner's.
    #[must_use]
    pub fn owner_devices(&self, unit: &UnitCode) -> Vec<linli_wire::DeviceId> {
        let duty = Duty { role: Role::Owner, scope: Scope::Unit(unit.clone()) };
        let owners = self.devices().filter(|entry| entry.tenures.iter().any(|t| t.duty == duty));
        owners.map(|entry| entry.device).collect()
    }
}

/// Keepers of the registry: founders, committee, and who of the company is charged with it.
pub(super) fn keeps_registry(author: &Author) -> bool {
    author.holds(&[Role::Founder, Role::Committee], &Scope::Community)
        || is_at_desk(author) && author.has_duty(StaffDuty::RegistryKeeper)
}

pub(super) fn check_owners(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let changed: OwnersChanged = read(fact).ok_or(Refusal::Unreadable)?;
    if registry.unit(&changed.unit).is_none() {
        return Err(Refusal::UnknownPlace);
    }
    let distinct: BTreeSet<&PersonId> = changed.owners.iter().collect();
    let unsold = changed.status == UnitStatus::Unsold;
    let sound = distinct.len() == changed.owners.len() && distinct.len() <= OWNERS_MAX;
    if !sound || distinct.is_empty() != unsold {
        return Err(Refusal::BadOwners);
    }
    let owner = author.holds(&[Role::Owner], &Scope::Unit(changed.unit.clone()));
    if !keeps_registry(author) && !owner {
        return Err(Refusal::NotYours);
    }
    let now = (registry.owner_set(&changed.unit, at), registry.unit_status(&changed.unit, at));
    if now == (&changed.owners, changed.status) {
        return Err(Refusal::PersonKnown);
    }
    let waiting = registry.owner_changes(&changed.unit).find(|known| known.changed == changed);
    let waiting = waiting.filter(|known| known.begins.is_none());
    match waiting {
        Some(known) if known.approvals.contains(&author.person) => Err(Refusal::ApprovedAlready),
        _ => Ok(Change::Owners(changed, Approver::of(author))),
    }
}

/// A keeper and somebody else, a second keeper or the owner as it stands, agree on the same change;
/// in a trial a keeper is enough.
pub(super) fn take_owners(
    registry: &mut Registry,
    changed: OwnersChanged,
    approver: Approver,
    at: When,
) {
    let keeper = registry.author(&approver.device, at).is_ok_and(|author| keeps_registry(&author));
    let needed = if registry.is_trial() { 1 } else { 2 };
    let unit = changed.unit.clone();
    let before = registry.owner_set(&unit, at).to_vec();
    let changes = registry.owner_changes.entry(unit.clone()).or_default();
    let waits = |known: &OwnerChange| known.changed == changed && known.begins.is_none();
    let mut change = match changes.iter().position(waits) {
        Some(position) => changes.remove(position),
        None => OwnerChange { changed, approvals: Vec::new(), kept: false, begins: None },
    };
    change.approvals.push(approver.person);
    change.kept |= keeper;
    let stands = change.kept && change.approvals.len() >= needed;
    change.begins = stands.then_some(at);
    let gone = before.iter().any(|owner| !change.changed.owners.contains(owner));
    changes.push(change);
    if stands && gone {
        note_end(registry, &Duty { role: Role::Owner, scope: Scope::Unit(unit) });
    }
}

pub(super) fn check_representative(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let chosen: RepresentativeChosen = read(fact).ok_or(Refusal::Unreadable)?;
    if registry.unit(&chosen.unit).is_none() {
        return Err(Refusal::UnknownPlace);
    }
    if !author.holds(&[Role::Owner], &Scope::Unit(chosen.unit.clone())) {
        return Err(Refusal::NotYours);
    }
    let named = registry.owner_set(&chosen.unit, at).contains(&chosen.person);
    if !named && !registry.owners_with_phones(&chosen.unit, at).contains(&chosen.person) {
        return Err(Refusal::NotAnOwner);
    }
    Ok(Change::Representative(chosen, author.person))
}
