//! A register for the tests of other rooms, without the charter that it would take.

use super::{Registry, StairRegistered};

/// Makes a register of stairs, in the order in which they came.
#[must_use]
pub fn with_stairs(stairs: impl IntoIterator<Item = StairRegistered>) -> Registry {
    let mut registry = Registry::new(linli_wire::CommunityId([9; 32]));
    for stair in stairs {
        for unit in &stair.units {
            registry.units.insert(unit.code.clone(), unit.clone());
        }
        registry.stairs.push(stair.into());
    }
    registry
}
