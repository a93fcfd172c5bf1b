//! The register of units that a run is made from.

use std::{collections::BTreeMap, sync::Arc};

use linli_wire::Hash;

use super::super::{Billed, UnitName, UnitUse};
use crate::{kernel::UnitCode, registry::Registry};

/// Units with kind and area, in order. Copies share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    units: Arc<Vec<Billed>>,
    places: Arc<BTreeMap<UnitCode, usize>>,
    hash: Hash,
}

impl Roster {
    /// Takes all units that are registered.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let stairs = registry.registered_stairs();
        Self::new(stairs.flat_map(|stair| &stair.units).map(|unit| (&unit.code, unit)))
    }

    /// Takes the units that were registered first, so many of them; `None` if there are fewer, or if that
    /// many would take part of a stair.
    #[must_use]
    pub fn of_first(registry: &Registry, count: u32) -> Option<Self> {
        let count = usize::try_from(count).ok()?;
        let mut units = Vec::new();
        for stair in registry.registered_stairs() {
            if units.len() == count {
                break;
            }
            units.extend(stair.units.iter().map(|unit| (&unit.code, unit)));
        }
        (units.len() == count && count > 0).then(|| Self::new(units))
    }

    pub(in crate::payments) fn new<'a>(
        units: impl IntoIterator<Item = (&'a UnitCode, &'a crate::registry::Unit)>,
    ) -> Self {
        let units: BTreeMap<_, _> = units.into_iter().collect();
        let mut bytes = Vec::new();
        for (code, unit) in &units {
            bytes.extend_from_slice(
                format!("{code}\0{}\0{}\n", UnitUse::from(unit.kind).word(), unit.area.0)
                    .as_bytes(),
            );
        }
        let billed = |(code, unit): (&&UnitCode, &&crate::registry::Unit)| Billed {
            unit: UnitName::from(*code),
            area: unit.area,
            kind: unit.kind.into(),
            bill_from: None,
            vacant_from: None,
            prepaid: 0,
        };
        Self {
            hash: Hash::of(&[b"linli/roster/1\0", bytes.as_slice()].concat()),
            places: Arc::new(
                units.keys().enumerate().map(|(at, code)| ((*code).clone(), at)).collect(),
            ),
            units: Arc::new(units.iter().map(billed).collect()),
        }
    }

    /// Returns the hash that a header names.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        self.hash
    }

    /// Returns the units, in order.
    #[must_use]
    pub fn units(&self) -> &[Billed] {
        &self.units
    }

    /// Iterates over the codes, in order.
    pub fn codes(&self) -> impl Iterator<Item = &UnitCode> {
        self.places.keys()
    }

    /// Finds a unit and its place in the order.
    #[must_use]
    pub fn find(&self, code: &UnitCode) -> Option<(usize, &Billed)> {
        let at = *self.places.get(code)?;
        Some((at, self.units.get(at)?))
    }
}
