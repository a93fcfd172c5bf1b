//! What a register adds up to, and how many heads it has.

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::PersonId;

use crate::{
    kernel::{AreaDm2, UnitCode},
    registry::{StairRegistered, UnitKind},
};

/// What a building adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildingTotals {
    /// The building.
    pub building: String,
    /// How many stairs it has.
    pub stairs: usize,
    /// How many homes.
    pub homes: usize,
    /// How many shops.
    pub shops: usize,
    /// The area of both.
    pub area: AreaDm2,
}

/// What a register adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Building by building, in order.
    pub buildings: Vec<BuildingTotals>,
    /// How many homes.
    pub homes: usize,
    /// How many shops.
    pub shops: usize,
    /// The area of the homes.
    pub homes_area: AreaDm2,
    /// The area of everything.
    pub area: AreaDm2,
    /// How many heads vote.
    pub heads: usize,
}

/// Whose vote a unit is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Head {
    /// The developer: all unsold and undelivered units together.
    Developer,
    /// Exactly these owners, in however many units.
    Owners(BTreeSet<PersonId>),
    /// A unit whose owners the roster does not name.
    Unit(UnitCode),
}

/// Adds up a register. One unit is one head; the same owners with several units are one; what is
/// unsold or not handed over counts as one for the developer.
#[must_use]
pub fn totals(stairs: &[StairRegistered]) -> Totals {
    let mut totals = Totals::default();
    let (mut heads, mut seen) = (BTreeSet::new(), BTreeMap::new());
    let mut buildings: BTreeMap<&UnitCode, BuildingTotals> = BTreeMap::new();
    // A building stands in the order of its first unit's code: 2 before 10.
    for stair in stairs {
        for unit in &stair.units {
            let first = seen.entry(stair.building.as_str()).or_insert(&unit.code);
            *first = (*first).min(&unit.code);
        }
    }
    let mut counted = BTreeSet::new();
    for stair in stairs {
        let Some(first) = seen.get(stair.building.as_str()) else { continue };
        let building = buildings.entry(first).or_default();
        building.building.clone_from(&stair.building);
        building.stairs += usize::from(counted.insert((&stair.building, stair.stair)));
        for unit in &stair.units {
            let area = unit.area.0;
            building.area.0 = building.area.0.saturating_add(area);
            totals.area.0 = totals.area.0.saturating_add(area);
            match unit.kind {
                UnitKind::Home => {
                    building.homes += 1;
                    totals.homes += 1;
                    totals.homes_area.0 = totals.homes_area.0.saturating_add(area);
                }
                UnitKind::Shop => {
                    building.shops += 1;
                    totals.shops += 1;
                }
            }
            heads.insert(if unit.status.is_developers() {
                Head::Developer
            } else if unit.owners.is_empty() {
                Head::Unit(unit.code.clone())
            } else {
                Head::Owners(unit.owners.iter().copied().collect())
            });
        }
    }
    totals.buildings = buildings.into_values().collect();
    totals.heads = heads.len();
    totals
}
