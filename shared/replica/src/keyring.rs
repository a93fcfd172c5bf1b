//! Which circle keys this phone holds, and how circles are named to the relay.
//!
//! | circle | readers | key |
//! |---|---|---|
//! | `community` | every member | made by a reviewer, wrapped per device |
//! | `building/<b>` | who lives there, its heads, the office | likewise |
//! | `office` | committee, finance, authorised staff | likewise |
//! | `office/<b>` | holds no packs: the office and the heads of one building | derived from `office` and the head's term |
//! | `home/<unit>` | the household, the head in scope, the office | derived from `office/<b>` and the occupancy |

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Circle, UnitCode},
    registry::Registry,
};
use linli_seal::CircleKey;
use linli_wire::{CircleId, CommunityId, KeyEpoch};

/// Names a circle to the relay. Homes are named within their building's group, so that an access
/// record for the office or a head lists one group instead of every home.
#[must_use]
pub fn circle_id(community: &CommunityId, circle: &Circle) -> CircleId {
    match circle {
        Circle::Home(unit) => {
            CircleId::in_group(community, &homes_group(unit.building()), &circle.name())
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

/// The keys this phone holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keyring {
    /// Each key with the order in which it came.
    keys: BTreeMap<(CircleId, KeyEpoch), (u64, CircleKey)>,
}

impl Keyring {
    /// Takes a key; the order is that in which keys came to this phone.
    pub(crate) fn insert(&mut self, circle: CircleId, order: u64, key: CircleKey) {
        self.keys.entry((circle, key.epoch())).or_insert((order, key));
    }

    /// Returns the order for the next key.
    pub(crate) fn next_order(&self) -> u64 {
        self.keys.values().map(|(order, _)| order.saturating_add(1)).max().unwrap_or_default()
    }

    pub(crate) fn get(&self, circle: &CircleId, epoch: &KeyEpoch) -> Option<&CircleKey> {
        self.keys.get(&(*circle, *epoch)).map(|(_, key)| key)
    }

    fn of<'a>(&'a self, circle: &CircleId) -> impl Iterator<Item = &'a (u64, CircleKey)> {
        let (from, to) = ((*circle, KeyEpoch([0; 8])), (*circle, KeyEpoch([0xff; 8])));
        self.keys.range(from..=to).map(|(_, key)| key)
    }

    /// Returns the key of a circle that came last.
    fn newest(&self, circle: &CircleId) -> Option<CircleKey> {
        self.of(circle).max_by_key(|(order, _)| *order).map(|(_, key)| key.clone())
    }

    /// Finds the key that a pack of a circle is sealed with, deriving home keys where possible.
    pub(crate) fn find(
        &self,
        community: &CommunityId,
        registry: &Registry,
        circle: &CircleId,
        epoch: &KeyEpoch,
    ) -> Option<CircleKey> {
        if let Some(key) = self.get(circle, epoch) {
            return Some(key.clone());
        }
        let unit = registry
            .units()
            .map(|unit| &unit.code)
            .find(|unit| circle_id(community, &Circle::Home((*unit).clone())) == *circle)?;
        self.home_keys(community, registry, unit).into_iter().find(|key| key.epoch() == *epoch)
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
                let derived = self
                    .building_office(community, registry, unit.building())
                    .map(|key| key.home(&unit.to_string(), registry.occupancy(unit)));
                // A household holds only its own key; its newest is the one it was handed last.
                derived.or_else(|| self.newest(&id))
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
        derived.or_else(|| self.newest(&building_office_id(community, building)))
    }

    /// Returns every key a home had in any term and occupancy that this phone can compute.
    fn home_keys(
        &self,
        community: &CommunityId,
        registry: &Registry,
        unit: &UnitCode,
    ) -> Vec<CircleKey> {
        let building = unit.building();
        let mut upper = Vec::new();
        for (_, office) in self.of(&circle_id(community, &Circle::Office)) {
            let terms = 0..=registry.head_term(building);
            upper.extend(terms.map(|term| office.building_office(building, term)));
        }
        let shared = building_office_id(community, building);
        upper.extend(self.of(&shared).map(|(_, key)| key.clone()));
        let (name, last) = (unit.to_string(), registry.occupancy(unit));
        let homes = |key: &CircleKey| -> Vec<CircleKey> {
            (0..=last).map(|occupancy| key.home(&name, occupancy)).collect()
        };
        upper.iter().flat_map(homes).collect()
    }
}
