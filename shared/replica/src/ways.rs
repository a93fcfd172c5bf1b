//! What this phone's person may choose from: places to report at, people to report for.

use linli_domain::{
    kernel::{Author, Moment, PersonId, Role, Scope, When},
    law::RepairClass,
    registry::{Filled, Offer, Registry, Terms, invitations, registrations},
    repairs::Place,
};

use crate::{AskError, ReplicaError, replica::Replica, store::Store, view::Phase};

/// Most persons that are offered to choose from: beyond that one searches.
const OFFERED_MAX: usize = 200;

/// What a report can be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The classes of the RuleSet, in its order.
    pub classes: Vec<RepairClass>,
    /// Places nearby, the nearest first.
    pub places: Vec<Place>,
    /// Persons without a phone for whom this person may report, and where they live.
    pub behalf: Vec<(PersonId, Scope)>,
}

/// Whom this person may bring in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// As what somebody can be invited.
    pub inviting: Vec<Offer>,
    /// As what somebody without a phone can be registered.
    pub registering: Vec<Offer>,
}

impl<S: Store> Replica<S> {
    /// Tells whom this person may bring in.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn offers(&self, viewer: &Author, now: Moment) -> Result<Offers, ReplicaError> {
        let (registry, at) = (&self.member()?.current, When::Now(now));
        let inviting = invitations(registry, viewer, at);
        Ok(Offers { inviting, registering: registrations(registry, viewer, at) })
    }

    /// Reads an offer that was filled in.
    ///
    /// # Errors
    /// [`AskError::Refused`] if its place cannot be read.
    pub fn terms_of(&self, filled: &Filled, now: Moment) -> Result<Terms, AskError> {
        let terms = self.member()?.current.terms_of(filled, now);
        terms.map_err(|why| AskError::Refused(why.word().to_owned()))
    }

    /// Tells what this person can report: nothing, if no duty of theirs is left.
    ///
    /// A phone that was shut out may know it from the relay alone: its own end does not reach it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn ways(&self, viewer: &Author, now: Moment) -> Result<Ways, ReplicaError> {
        let registry = &self.member()?.current;
        if viewer.duties.is_empty() || self.phase()? == Phase::Ended {
            return Ok(Ways::default());
        }
        Ok(Ways {
            classes: registry.law().repairs.classes.clone(),
            places: places(registry, viewer),
            behalf: behalf(registry, viewer, When::Now(now)),
        })
    }

    /// Returns how far the community's clock is ahead of UTC (min).
    #[must_use]
    pub fn utc_offset_minutes(&self) -> Option<i32> {
        Some(self.member().ok()?.current.law().utc_offset_minutes)
    }
}

/// The places around a person's duties: the home, its stair, its building with the stairs of who is
/// head there, then the whole area.
fn places(registry: &Registry, viewer: &Author) -> Vec<Place> {
    let mut places = Vec::new();
    for duty in &viewer.duties {
        if let Scope::Unit(unit) = &duty.scope {
            places.push(Place::Home(unit.clone()));
        }
    }
    for duty in &viewer.duties {
        match &duty.scope {
            Scope::Unit(unit) => {
                let building = unit.building().to_owned();
                places.push(Place::Stair { building: building.clone(), stair: unit.stair() });
                places.push(Place::Building(building));
            }
            Scope::Stair { building, stair } => {
                places.push(Place::Stair { building: building.clone(), stair: *stair });
                places.push(Place::Building(building.clone()));
            }
            Scope::Building(building) => {
                places.push(Place::Building(building.clone()));
                let stairs = registry.stairs().into_iter().filter(|(own, _)| own == building);
                places.extend(stairs.map(|(building, stair)| Place::Stair { building, stair }));
            }
            Scope::Community => {}
        }
    }
    places.push(Place::Community);
    let mut seen: Vec<Place> = Vec::new();
    for place in places {
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    seen
}

/// Those registered without a phone where the person is head: a head acts for nobody else.
fn behalf(registry: &Registry, viewer: &Author, at: When) -> Vec<(PersonId, Scope)> {
    let heads = [Role::Head];
    let held = registry.registered_persons().filter(|entry| {
        registry.person_at(&entry.person, at).contains(&entry.duty)
            && viewer.holds(&heads, &entry.duty.scope)
            && registry.devices_of(&entry.person).next().is_none()
    });
    held.map(|entry| (entry.person, entry.duty.scope.clone())).take(OFFERED_MAX).collect()
}
