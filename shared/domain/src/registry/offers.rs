//! What a person may invite others as, and register them as: the rule itself is asked, place by
//! place, so that a screen offers what would be let in and nothing else.

use linli_wire::PersonId;

use super::{
    PersonRegistered, Proof, Refusal, Registry, Terms,
    grants::{check_approver, may_approve, needs_first_day, needs_last_day},
    people::{check_registered, keeps_people},
    state::is_reviewer,
    view::the_unit,
};
use crate::kernel::{Author, Moment, Role, Scope, StaffDuty, UnitCode, When, parse_part};

/// A role that a person may bring somebody in with, and what has to be said for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The role.
    pub role: Role,
    /// Where it can be.
    pub place: OfferedPlace,
    /// Whether it needs a last day.
    pub ends: bool,
    /// What one can be charged with beside it, in the office.
    pub staff: Vec<StaffDuty>,
}

/// Where a role can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferedPlace {
    /// The whole community: nothing is asked.
    Community,
    /// A home: its door is typed.
    Door,
    /// One of these buildings, or of these stairs where no whole building is open; a stair can be
    /// typed as well.
    Parts(Vec<Scope>),
}

/// An offer as somebody filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The role.
    pub role: Role,
    /// Where: chosen, or typed as people write it; nothing for a role of the whole community.
    pub place: String,
    /// Last moment, where the role has one.
    pub until: Option<Moment>,
    /// What the person is to be charged with in the office.
    pub staff: Vec<StaffDuty>,
}

/// Why a typed place says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPlace {
    /// It is no door.
    #[error("not a door")]
    Door,
    /// It is neither a building nor a stair.
    #[error("neither a building nor a stair")]
    Part,
}

impl NotAPlace {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Door => "registry.bad_door",
            Self::Part => "registry.bad_part",
        }
    }
}

impl Registry {
    /// Checks what somebody is invited as: what the inviter could not approve is not offered.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn check_invitation(&self, author: &Author, terms: &Terms) -> Result<(), Refusal> {
        check_approver(self, author, terms, Proof::Usual)
    }

    /// Reads an offer that was filled in: its place as people write it, its first day today.
    ///
    /// Whether there is such a place is the rule's to say.
    ///
    /// # Errors
    /// [`NotAPlace`] if the place cannot be read at all.
    pub fn terms_of(&self, filled: &Filled, now: Moment) -> Result<Terms, NotAPlace> {
        let Filled { role, place, until, staff } = filled;
        let scope = match role {
            Role::Founder | Role::Committee | Role::Property | Role::Auditor => Scope::Community,
            Role::Head | Role::DeputyHead => read_part(place).ok_or(NotAPlace::Part)?,
            Role::Owner | Role::Resident | Role::Tenant => {
                read_door(self, place).ok_or(NotAPlace::Door)?
            }
        };
        let mut staff = staff.clone();
        staff.sort();
        staff.dedup();
        let from = needs_first_day(*role).then_some(now);
        Ok(Terms { role: *role, scope, from, to: *until, staff })
    }
}

fn read_part(text: &str) -> Option<Scope> {
    match Scope::parse(text.trim()) {
        Some(scope @ (Scope::Building(_) | Scope::Stair { .. })) => return Some(scope),
        Some(Scope::Community | Scope::Unit(_)) | None => {}
    }
    let (building, stair) = parse_part(text)?;
    Some(match stair {
        Some(stair) => Scope::Stair { building, stair },
        None => Scope::Building(building),
    })
}

fn read_door(registry: &Registry, text: &str) -> Option<Scope> {
    let chosen = text.trim().strip_prefix("unit/").unwrap_or(text);
    // A door that is written in full stands for itself, also where the register lacks it.
    let unit = the_unit(registry, chosen).or_else(|| UnitCode::parse(chosen));
    unit.map(Scope::Unit)
}

/// Returns what a person may invite others as now, the weightiest first. Who reviews nobody
/// invites nobody.
#[must_use]
pub fn invitations(registry: &Registry, author: &Author, at: When) -> Vec<Offer> {
    if !is_reviewer(author) {
        return Vec::new();
    }
    let open = |role: Role, scope: Scope| {
        let terms = Terms { role, scope, from: None, to: None, staff: Vec::new() };
        let from = needs_first_day(role).then_some(at.moment());
        let to = needs_last_day(role).then_some(at.moment());
        registry.check_invitation(author, &Terms { from, to, ..terms }).is_ok()
    };
    // Who may nowhere where they hold something, may nowhere: no need to ask at every door.
    let somewhere = |role: &Role| {
        let mut held = author.duties.iter().map(|duty| &duty.scope);
        held.any(|scope| may_approve(author, *role, scope, Proof::Usual))
    };
    let offered = Role::ALL.into_iter().filter(somewhere).filter_map(|role| {
        let place = offered_place(registry, author, role, |scope| open(role, scope))?;
        Some(offer(role, place))
    });
    offered.collect()
}

/// Returns what a person may register somebody without a phone as, the weightiest first.
#[must_use]
pub fn registrations(registry: &Registry, author: &Author, at: When) -> Vec<Offer> {
    // Nobody bears this pseudonym: whoever is registered gets a new one.
    let person = PersonId([0; 16]);
    let open = |role: Role, scope: Scope| {
        let to = needs_last_day(role).then_some(at.moment());
        let asked = PersonRegistered { person, role, scope, to };
        check_registered(registry, author, &asked, at).is_ok()
    };
    if !author.duties.iter().any(|duty| keeps_people(author, &duty.scope)) {
        return Vec::new();
    }
    let households = Role::ALL.into_iter().filter(|role| role.is_household());
    let offered = households.filter_map(|role| {
        let place = offered_place(registry, author, role, |scope| open(role, scope))?;
        Some(offer(role, place))
    });
    offered.collect()
}

fn offer(role: Role, place: OfferedPlace) -> Offer {
    let staff = StaffDuty::ALL.into_iter().filter(|duty| duty.goes_with(role)).collect();
    Offer { role, place, ends: needs_last_day(role), staff }
}

/// Where a role is open; none if nowhere.
fn offered_place(
    registry: &Registry,
    author: &Author,
    role: Role,
    open: impl Fn(Scope) -> bool,
) -> Option<OfferedPlace> {
    match role {
        Role::Founder | Role::Committee | Role::Property | Role::Auditor => {
            open(Scope::Community).then_some(OfferedPlace::Community)
        }
        Role::Head | Role::DeputyHead => {
            let keep = |scope: &Scope| open(scope.clone());
            let buildings = registry.buildings().into_iter().map(Scope::Building);
            let mut parts: Vec<Scope> = buildings.filter(keep).collect();
            if parts.is_empty() {
                let stair = |(building, stair)| Scope::Stair { building, stair };
                parts = registry.stairs().into_iter().map(stair).filter(keep).collect();
            }
            (!parts.is_empty()).then_some(OfferedPlace::Parts(parts))
        }
        Role::Owner | Role::Resident | Role::Tenant => {
            let within =
                |door: &&UnitCode| author.duties.iter().any(|duty| duty.scope.covers_unit(door));
            let mut doors = registry.units().map(|unit| &unit.code).filter(within);
            doors.any(|door| open(Scope::Unit(door.clone()))).then_some(OfferedPlace::Door)
        }
    }
}
