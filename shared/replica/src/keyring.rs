//! Which circle keys this phone holds, and how circles are named to the relay.
//!
//! | circle | readers | key |
//! |---|---|---|
//! | `community` | every member | made by a reviewer, wrapped per device |
//! | `building/<b>` | who lives there, its heads, the office | likewise |
//! | `office` | committee, finance, authorised staff | likewise |
//! | `office/<b>` | holds no packs: the office and the heads of one building | derived from `office` and the head's term |
//! | `keepers/<b>` | the office and the heads of one building | derived from `office/<b>` |
//! | `home/<unit>` | the household, the head in scope, the office | derived from `office/<b>` and the occupancy |

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Circle, Duty, Scope, UnitCode},
    registry::Registry,
};
use linli_seal::CircleKey;
use linli_wire::{CircleId, CommunityId, DeviceId, KeyEpoch};

/// Names a circle to the relay. Homes are named within their building's group, so that an access
/// record for the office or a head lists one group instead of every home.
#[must_use]
pub fn circle_id(community: &CommunityId, circle: &Circle) -> CircleId {
    match circle {
        Circle::Home(unit) => {
            CircleId::in_group(community, &homes_group(unit.building()), &circle.name())
        }
        // Whoever keeps a building's homes is given its rounds as well.
        Circle::Keepers(building) => {
            CircleId::in_group(community, &homes_group(building), &circle.name())
        }
        Circle::Community | Circle::Building(_) | Circle::Office => {
            CircleId::named(community, &circle.name())
        }
    }
}

/// Names the group of all homes of a building.
#[must_use]
pub(crate) fn homes_group(building: &str) -> String {
    format!("homes/{building}")
}

/// Names the key that the office and the heads of a building share.
#[must_use]
pub fn building_office_id(community: &CommunityId, building: &str) -> CircleId {
    CircleId::named(community, &format!("office/{building}"))
}

/// A key as it is held.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Rises with every key that came to this phone.
    pub(crate) order: u64,
    pub(crate) key: CircleKey,
    /// The device that handed it on.
    pub(crate) from: DeviceId,
}

/// The keys this phone holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keyring {
    keys: BTreeMap<(CircleId, KeyEpoch), Kept>,
}

impl Keyring {
    /// Takes a key.
    pub(crate) fn insert(&mut self, circle: CircleId, kept: Kept) {
        self.keys.entry((circle, kept.key.epoch())).or_insert(kept);
    }

    /// Returns the order for the next key.
    pub(crate) fn next_order(&self) -> u64 {
        self.keys.values().map(|kept| kept.order.saturating_add(1)).max().unwrap_or_default()
    }

    pub(crate) fn get(&self, circle: &CircleId, epoch: &KeyEpoch) -> Option<&CircleKey> {
        self.keys.get(&(*circle, *epoch)).map(|kept| &kept.key)
    }

    fn of<'a>(&'a self, circle: &CircleId) -> impl Iterator<Item = &'a Kept> {
        let (from, to) = ((*circle, KeyEpoch([0; 8])), (*circle, KeyEpoch([0xff; 8])));
        self.keys.range(from..=to).map(|(_, kept)| kept)
    }

    /// Returns the key that came last from somebody who holds it by right. Others could hand on any
    /// key: it stands in no fact.
    fn newest(
        &self,
        circle: &CircleId,
        registry: &Registry,
        holds: impl Fn(&Duty) -> bool,
    ) -> Option<CircleKey> {
        let by_right = |device: &DeviceId| {
            let tenures = registry.device(device).map(|entry| entry.tenures.iter());
            tenures.into_iter().flatten().any(|t| t.begins.is_some() && holds(&t.duty))
        };
        self.of(circle)
            .filter(|kept| by_right(&kept.from))
            .max_by_key(|kept| kept.order)
            .map(|kept| kept.key.clone())
    }

    /// Returns the key to seal with now.
    pub(crate) fn current(
        &self,
        community: &CommunityId,
        registry: &Registry,
        circle: &Circle,
    ) -> Option<CircleKey> {
        let id = circle_id(community, circle);
        match circle {
            Circle::Home(unit) => {
                let derived = self.derived_home(community, registry, unit);
                // A household holds only its own key; its newest is the one it was handed last.
                derived.or_else(|| {
                    let household = Scope::Unit(unit.clone());
                    let building = unit.building();
                    self.newest(&id, registry, |duty| {
                        let head = duty.role.is_head() && duty.scope.covers(&household);
                        keeps(duty, building) || head || duty.scope == household
                    })
                })
            }
            Circle::Keepers(building) => {
                self.building_office(community, registry, building).map(|key| keepers(&key))
            }
            Circle::Community | Circle::Building(_) | Circle::Office => {
                let opened = registry.current_key(circle)?;
                self.get(&id, &opened.key_epoch).cloned()
            }
        }
    }

    /// Returns the key that the office and the heads of a building share now.
    pub(crate) fn building_office(
        &self,
        community: &CommunityId,
        registry: &Registry,
        building: &str,
    ) -> Option<CircleKey> {
        let derived = self
            .current(community, registry, &Circle::Office)
            .map(|office| office.building_office(building, registry.head_term(building)));
        let shared = building_office_id(community, building);
        derived.or_else(|| self.newest(&shared, registry, |duty| keeps(duty, building)))
    }

    /// Computes the present key of a home; `None` if this phone is no keeper's.
    pub(crate) fn derived_home(
        &self,
        community: &CommunityId,
        registry: &Registry,
        unit: &UnitCode,
    ) -> Option<CircleKey> {
        self.building_office(community, registry, unit.building())
            .map(|key| key.home(&unit.to_string(), registry.occupancy(unit)))
    }

    /// Returns every key a home had in any term and occupancy that this phone can compute.
    pub(crate) fn home_keys(
        &self,
        community: &CommunityId,
        registry: &Registry,
        unit: &UnitCode,
    ) -> Vec<CircleKey> {
        let upper = self.building_office_keys(community, registry, unit.building());
        let (name, last) = (unit.to_string(), registry.occupancy(unit));
        let homes = |key: &CircleKey| -> Vec<CircleKey> {
            (0..=last).map(|occupancy| key.home(&name, occupancy)).collect()
        };
        upper.iter().flat_map(homes).collect()
    }

    /// Returns every key that the keepers of a building had in any term, as far as this phone can compute
    /// it.
    pub(crate) fn keepers_keys(
        &self,
        community: &CommunityId,
        registry: &Registry,
        building: &str,
    ) -> Vec<CircleKey> {
        self.building_office_keys(community, registry, building).iter().map(keepers).collect()
    }

    fn building_office_keys(
        &self,
        community: &CommunityId,
        registry: &Registry,
        building: &str,
    ) -> Vec<CircleKey> {
        let mut upper = Vec::new();
        for office in self.of(&circle_id(community, &Circle::Office)) {
            let terms = 0..=registry.head_term(building);
            upper.extend(terms.map(|term| office.key.building_office(building, term)));
        }
        let shared = building_office_id(community, building);
        upper.extend(self.of(&shared).map(|kept| kept.key.clone()));
        upper
    }
}

/// Derives the key of a building's keepers: as of a home that no unit has.
fn keepers(building_office: &CircleKey) -> CircleKey {
    building_office.home("keepers", 0)
}

/// Tells whether a duty is that of a keeper of a building's homes: the office, its head or deputy.
fn keeps(duty: &Duty, building: &str) -> bool {
    duty.role.is_office()
        || duty.role.is_head() && duty.scope == Scope::Building(building.to_owned())
}
