//! The people of a place: those with phones, and those for whom others act.

use std::collections::BTreeSet;

use linli_wire::{PersonId, fact::Fact};

use super::{
    DutyEnded, EndReason, PersonRegistered, Refusal, Registry,
    grants::{is_at_desk, needs_last_day, note_end},
    rules::Change,
    schema::read,
};
use crate::kernel::{Author, Duty, Moment, Role, Scope, UnitCode, When};

/// A person who was registered without a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonEntry {
    /// The person.
    pub person: PersonId,
    /// As what, and where.
    pub duty: Duty,
    /// Last moment by the relay's stamp.
    pub to: Option<Moment>,
    /// Where it begins.
    pub begins: When,
    /// Where it was ended.
    pub ended: Option<When>,
}

impl PersonEntry {
    fn is_over(&self, now: Moment) -> bool {
        self.to.is_some_and(|to| to < now)
    }

    pub(super) fn holds(&self, at: When) -> bool {
        self.begins.is_before(at)
            && self.to.is_none_or(|to| at.moment() <= to)
            && !self.ended.is_some_and(|ended| ended.is_before(at))
    }
}

impl Registry {
    /// Returns what a person is at a place in the log, with or without a phone: the duties of their
    /// phones, what they were registered as, and the units that the register names them an owner of.
    #[must_use]
    pub fn person_at(&self, person: &PersonId, at: When) -> Vec<Duty> {
        let mut duties: BTreeSet<Duty> = BTreeSet::new();
        for entry in self.devices_of(person) {
            duties.extend(self.author(&entry.device, at).map(|a| a.duties).unwrap_or_default());
        }
        let registered = self.registered_persons();
        let registered = registered.filter(|entry| entry.person == *person && entry.holds(at));
        duties.extend(registered.map(|entry| entry.duty.clone()));
        let owned = self.units().filter(|unit| self.owner_set(&unit.code, at).contains(person));
        duties.extend(owned.map(|unit| owner_of(&unit.code)));
        duties.into_iter().collect()
    }

    /// Tells whether a person belongs to a unit's household or owns it.
    #[must_use]
    pub fn lives_at(&self, person: &PersonId, unit: &UnitCode, at: When) -> bool {
        let scope = Scope::Unit(unit.clone());
        let duties = self.person_at(person, at);
        duties.iter().any(|duty| duty.role.is_household() && duty.scope == scope)
    }

    /// Iterates over the people registered without a phone, also those whose time is over.
    pub fn registered_persons(&self) -> impl Iterator<Item = &PersonEntry> {
        self.persons.iter()
    }

    /// Returns the devices that a person ever had, in the order of their first approval: so a phone
    /// keeps its number when another one comes.
    #[must_use]
    pub fn phones_in_order(&self, person: &PersonId) -> Vec<&super::DeviceEntry> {
        let mut phones: Vec<&super::DeviceEntry> = self.devices_of(person).collect();
        phones.sort_by_key(|entry| entry.order());
        phones
    }

    /// Iterates over the devices that a person ever had.
    pub fn devices_of(&self, person: &PersonId) -> impl Iterator<Item = &super::DeviceEntry> {
        let person = *person;
        self.devices().filter(move |entry| entry.person == person)
    }
}

fn owner_of(unit: &UnitCode) -> Duty {
    Duty { role: Role::Owner, scope: Scope::Unit(unit.clone()) }
}

/// Who keeps a home's people: founders and committee, the company's desk, the head in scope.
pub(super) fn keeps_people(author: &Author, scope: &Scope) -> bool {
    author.holds(&[Role::Founder, Role::Committee, Role::Head], scope) || is_at_desk(author)
}

pub(super) fn check_person(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let person: PersonRegistered = read(fact).ok_or(Refusal::Unreadable)?;
    check_registered(registry, author, &person, at)?;
    Ok(Change::Person(person))
}

/// Who may register a person of a home, and as what.
pub(super) fn check_registered(
    registry: &Registry,
    author: &Author,
    person: &PersonRegistered,
    at: When,
) -> Result<(), Refusal> {
    let Scope::Unit(unit) = &person.scope else { return Err(Refusal::WrongScope) };
    if registry.unit(unit).is_none() {
        return Err(Refusal::UnknownPlace);
    }
    if !person.role.is_household() {
        return Err(Refusal::WrongScope);
    }
    if needs_last_day(person.role) && person.to.is_none() {
        return Err(Refusal::NeedsDates);
    }
    if !keeps_people(author, &person.scope) {
        return Err(Refusal::NotYours);
    }
    if person.role == Role::Owner && !registry.may_own(unit, &person.person, at) {
        return Err(Refusal::NotAnOwner);
    }
    let duty = Duty { role: person.role, scope: person.scope.clone() };
    if registry.person_at(&person.person, at).contains(&duty) {
        return Err(Refusal::PersonKnown);
    }
    Ok(())
}

pub(super) fn take_person(registry: &mut Registry, person: &PersonRegistered, at: When) {
    registry.persons.push(PersonEntry {
        person: person.person,
        duty: Duty { role: person.role, scope: person.scope.clone() },
        to: person.to,
        begins: at,
        ended: None,
    });
}

/// Founders and committee end every duty but the last of their own; a head and the company's desk
/// those of households; an owner those of who lives in the home; everybody their own.
pub(super) fn check_end(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let ended: DutyEnded = read(fact).ok_or(Refusal::Unreadable)?;
    check_ended(registry, author, &ended, at)?;
    Ok(Change::End(ended))
}

/// Who may end a duty that is held.
pub(super) fn check_ended(
    registry: &Registry,
    author: &Author,
    ended: &DutyEnded,
    at: When,
) -> Result<(), Refusal> {
    let household = ended.role.is_household();
    let landlord = matches!(ended.role, Role::Resident | Role::Tenant)
        && author.holds(&[Role::Owner], &ended.scope);
    let allowed = ended.person == author.person
        || author.holds(&[Role::Founder, Role::Committee], &Scope::Community)
        || household && keeps_people(author, &ended.scope)
        || landlord;
    if !allowed {
        return Err(Refusal::NotYours);
    }
    let duty = Duty { role: ended.role, scope: ended.scope.clone() };
    let expired = ended.reason == EndReason::Expired;
    let entries = registry.devices_of(&ended.person).flat_map(|entry| &entry.tenures);
    let on_phones = entries
        .filter(|tenure| tenure.duty == duty && tenure.ended.is_none())
        .any(|tenure| !expired || tenure.is_over(at.moment()));
    let registered = registry.registered_persons().filter(|entry| entry.person == ended.person);
    let by_name = registered
        .filter(|entry| entry.duty == duty && entry.ended.is_none())
        .any(|entry| !expired || entry.is_over(at.moment()));
    if !on_phones && !by_name {
        return Err(Refusal::NothingHeld);
    }
    if matches!(ended.role, Role::Founder | Role::Committee) {
        check_not_last(registry, &ended.person, at)?;
    }
    Ok(())
}

/// Somebody else of founders and committee stays, on a phone that works.
fn check_not_last(registry: &Registry, person: &PersonId, at: When) -> Result<(), Refusal> {
    let keepers = [Role::Founder, Role::Committee];
    let others = registry.devices().filter(|entry| entry.person != *person).any(|entry| {
        let author = registry.author(&entry.device, at);
        author.is_ok_and(|author| author.holds(&keepers, &Scope::Community))
    });
    if others { Ok(()) } else { Err(Refusal::LastKeeper) }
}

pub(super) fn take_end(registry: &mut Registry, ended: &DutyEnded, at: When) {
    let duty = Duty { role: ended.role, scope: ended.scope.clone() };
    let entries = registry.devices.values_mut().filter(|entry| entry.person == ended.person);
    let tenures = entries.flat_map(|entry| &mut entry.tenures);
    let expired = ended.reason == EndReason::Expired;
    for tenure in tenures.filter(|tenure| tenure.duty == duty && tenure.ended.is_none()) {
        if !expired || tenure.is_over(at.moment()) {
            tenure.ended = Some(at);
        }
    }
    let persons = registry.persons.iter_mut().filter(|entry| entry.person == ended.person);
    for entry in persons.filter(|entry| entry.duty == duty && entry.ended.is_none()) {
        if !expired || entry.is_over(at.moment()) {
            entry.ended = Some(at);
        }
    }
    note_end(registry, &duty);
}
