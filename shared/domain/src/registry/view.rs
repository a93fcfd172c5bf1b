//! What a screen is told of people: a window of them, and one unit in full.

use std::collections::BTreeMap;

use linli_wire::{DeviceId, PersonId};
use serde::{Deserialize, Serialize};

use super::{
    DeviceEntry, DutyEnded, EndReason, PersonEntry, Registry, Tenure, UnitStatus,
    grants::check_revoked, people::check_ended,
};
use crate::kernel::{Author, Duty, Moment, Role, Scope, StaffDuty, UnitCode, When};

/// Which people are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// A unit (`3-2-501`, `32501`), the beginning of one, or of a pseudonym; empty for all.
    pub search: String,
    /// Only those who hold or held this role.
    pub role: Option<Role>,
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyState {
    /// It holds.
    Stands,
    /// An approval is missing.
    Waiting,
    /// Its first day comes later.
    Ahead,
    /// It is over.
    Over,
}

impl DutyState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Stands, Self::Waiting, Self::Ahead, Self::Over];

    /// Returns the word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Waiting => "waiting",
            Self::Ahead => "ahead",
            Self::Over => "over",
        }
    }
}

/// A duty of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// Role and scope.
    pub duty: Duty,
    /// First moment.
    pub from: Option<Moment>,
    /// Last moment.
    pub to: Option<Moment>,
    /// What the person is charged with in the office.
    pub staff: Vec<StaffDuty>,
    /// How it stands.
    pub state: DutyState,
    /// How many people approved it.
    pub approvals: u32,
    /// Whether the viewer may end it.
    pub may_end: bool,
}

/// A phone of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneRow {
    /// The device.
    pub device: DeviceId,
    /// Whether it was revoked.
    pub ended: bool,
    /// Whether the viewer may revoke it.
    pub may_revoke: bool,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The person, by pseudonym.
    pub person: PersonId,
    /// What they are, the weightiest first.
    pub duties: Vec<DutyRow>,
    /// Their phones, the first one first; none for a person for whom others act.
    pub phones: Vec<PhoneRow>,
}

/// One unit, where exactly one was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit.
    pub unit: UnitCode,
    /// How it stands.
    pub status: UnitStatus,
    /// The owners that the register names, the first co-owner first.
    pub owners: Vec<PersonId>,
    /// Who stands for it.
    pub representative: Option<PersonId>,
    /// How many people hold something in it now.
    pub occupants: u32,
}

/// A stretch of the people who fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleWindow {
    /// How many fit.
    pub total: u32,
    /// The first row.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<PersonRow>,
    /// The unit, where exactly one was looked for.
    pub unit: Option<UnitRow>,
}

/// What is known of one person, before anything is drawn.
#[derive(Default)]
struct Known<'a> {
    phones: Vec<&'a DeviceEntry>,
    registered: Vec<&'a PersonEntry>,
    named: Vec<&'a UnitCode>,
}

impl Known<'_> {
    fn duties(&self) -> impl Iterator<Item = Duty> {
        let on_phones = self.phones.iter().flat_map(|entry| &entry.tenures);
        let on_phones = on_phones.map(|tenure| tenure.duty.clone());
        let registered = self.registered.iter().map(|entry| entry.duty.clone());
        let named = self.named.iter().map(|unit| owner_of(unit));
        on_phones.chain(registered).chain(named)
    }

    fn fits(&self, person: &PersonId, filter: &PeopleFilter, unit: Option<&UnitCode>) -> bool {
        let search = filter.search.trim().to_uppercase();
        let role_fits = |duty: &Duty| filter.role.is_none_or(|role| duty.role == role);
        let place_fits = |duty: &Duty| match unit {
            Some(unit) => duty.scope == Scope::Unit(unit.clone()),
            None => {
                search.is_empty() || text_of(&duty.scope).iter().any(|t| t.starts_with(&search))
            }
        };
        let named = unit.is_none()
            && !search.is_empty()
            && person.to_hex().to_uppercase().starts_with(&search);
        self.duties().any(|duty| role_fits(&duty) && (named || place_fits(&duty)))
    }
}

fn owner_of(unit: &UnitCode) -> Duty {
    Duty { role: Role::Owner, scope: Scope::Unit(unit.clone()) }
}

/// What a scope is found by.
fn text_of(scope: &Scope) -> Vec<String> {
    match scope {
        Scope::Community => Vec::new(),
        Scope::Building(building) => vec![building.clone()],
        Scope::Stair { building, stair } => {
            vec![format!("{building}-{stair}"), format!("{building}{stair}")]
        }
        Scope::Unit(unit) => vec![unit.to_string(), unit.short()],
    }
}

/// Reads a window of people: by unit and stair, the weightiest role first, with what the viewer may
/// do about them.
#[must_use]
pub fn people(
    registry: &Registry,
    filter: &PeopleFilter,
    offset: u32,
    limit: u32,
    viewer: &Author,
    now: Moment,
) -> PeopleWindow {
    let at = When::Now(now);
    let unit = the_unit(registry, &filter.search);
    let mut fitting: Vec<(Duty, PersonId, Known<'_>)> = known(registry, at)
        .into_iter()
        .filter(|(person, known)| known.fits(person, filter, unit.as_ref()))
        .filter_map(|(person, known)| Some((known.duties().min()?, person, known)))
        .collect();
    fitting.sort_by(|(one, person, _), (duty, other, _)| (one, person).cmp(&(duty, other)));
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    let shown = fitting.iter().skip(skip).take(take);
    PeopleWindow {
        total: u32::try_from(fitting.len()).unwrap_or(u32::MAX),
        offset,
        rows: shown.map(|(_, person, known)| row(registry, *person, known, viewer, at)).collect(),
        unit: unit.map(|unit| unit_row(registry, unit, at)),
    }
}

/// The unit that a search names exactly.
pub(super) fn the_unit(registry: &Registry, search: &str) -> Option<UnitCode> {
    let read = UnitCode::parse(search).filter(|unit| registry.unit(unit).is_some());
    let short = search.trim().to_uppercase();
    read.or_else(|| registry.units().map(|unit| &unit.code).find(|u| u.short() == short).cloned())
}

fn known(registry: &Registry, at: When) -> BTreeMap<PersonId, Known<'_>> {
    let mut people: BTreeMap<PersonId, Known<'_>> = BTreeMap::new();
    for entry in registry.devices() {
        people.entry(entry.person).or_default().phones.push(entry);
    }
    for entry in registry.registered_persons() {
        people.entry(entry.person).or_default().registered.push(entry);
    }
    for unit in registry.units() {
        for owner in registry.owner_set(&unit.code, at) {
            people.entry(*owner).or_default().named.push(&unit.code);
        }
    }
    people
}

fn row(
    registry: &Registry,
    person: PersonId,
    known: &Known<'_>,
    viewer: &Author,
    at: When,
) -> PersonRow {
    let mut duties: Vec<DutyRow> = Vec::new();
    for entry in &known.phones {
        for tenure in &entry.tenures {
            let row = duty_row(registry, entry, tenure, at);
            // Two phones hold the same by two grants: it is one duty.
            if !duties.contains(&row) {
                duties.push(row);
            }
        }
    }
    duties.extend(known.registered.iter().map(|entry| registered_row(entry, at)));
    for unit in &known.named {
        let duty = owner_of(unit);
        if !duties.iter().any(|row| row.duty == duty && row.state == DutyState::Stands) {
            let (from, to, staff, approvals) = (None, None, Vec::new(), 0);
            let state = DutyState::Stands;
            duties.push(DutyRow { duty, from, to, staff, state, approvals, may_end: false });
        }
    }
    for row in &mut duties {
        let Duty { role, scope } = row.duty.clone();
        let ended = DutyEnded { person, role, scope, reason: EndReason::Other };
        row.may_end =
            row.state != DutyState::Over && check_ended(registry, viewer, &ended, at).is_ok();
    }
    duties.sort_by(|one, other| {
        (&one.duty, one.from, one.to).cmp(&(&other.duty, other.from, other.to))
    });
    let phone = |entry: &DeviceEntry| PhoneRow {
        device: entry.device,
        ended: entry.ended.is_some(),
        may_revoke: check_revoked(registry, viewer, entry, at).is_ok(),
    };
    let mut phones = known.phones.clone();
    phones.sort_by_key(|entry| entry.order());
    PersonRow { person, duties, phones: phones.into_iter().map(phone).collect() }
}

fn duty_row(registry: &Registry, entry: &DeviceEntry, tenure: &Tenure, at: When) -> DutyRow {
    let state = if entry.ended.is_some() {
        DutyState::Over
    } else if tenure.begins.is_none() && tenure.ended.is_none() {
        DutyState::Waiting
    } else if registry.holds(entry, tenure, at) {
        DutyState::Stands
    } else if tenure.from.is_some_and(|from| at.moment() < from) && tenure.ended.is_none() {
        DutyState::Ahead
    } else {
        DutyState::Over
    };
    DutyRow {
        duty: tenure.duty.clone(),
        from: tenure.from,
        to: tenure.to,
        staff: tenure.staff.clone(),
        state,
        approvals: u32::try_from(tenure.approvals.len()).unwrap_or(u32::MAX),
        may_end: false,
    }
}

fn registered_row(entry: &PersonEntry, at: When) -> DutyRow {
    let state = if entry.holds(at) { DutyState::Stands } else { DutyState::Over };
    DutyRow {
        duty: entry.duty.clone(),
        from: None,
        to: entry.to,
        staff: Vec::new(),
        state,
        approvals: 1,
        may_end: false,
    }
}

fn unit_row(registry: &Registry, unit: UnitCode, at: When) -> UnitRow {
    let scope = Scope::Unit(unit.clone());
    let people = known(registry, at);
    let occupants = people
        .iter()
        .filter(|(_, known)| known.duties().any(|duty| duty.scope == scope))
        .filter(|(person, _)| registry.lives_at(person, &unit, at))
        .count();
    UnitRow {
        status: registry.unit_status(&unit, at),
        owners: registry.owner_set(&unit, at).to_vec(),
        representative: registry.representative(&unit, at),
        occupants: u32::try_from(occupants).unwrap_or(u32::MAX),
        unit,
    }
}
