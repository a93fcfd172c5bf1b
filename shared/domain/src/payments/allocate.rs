//! A sum shared among units by area.

use super::UnitName;
use crate::kernel::{AreaDm2, Fen, shares};

/// Why a sum was not shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShared {
    /// There is no area to share it by.
    NoArea,
}

/// What falls to one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit.
    pub unit: UnitName,
    /// Its part.
    pub amount: Fen,
}

/// Shares a sum by area (Civil Code 283) with largest remainder, ties by building, stair and room.
///
/// The parts come in the order of the units, however they were given, and sum to the whole. A negative
/// sum is shared as the positive one and negated: a refund gives the odd fen back to who paid it.
///
/// # Errors
/// [`NotShared`].
pub fn allocate(sum: Fen, units: &[(UnitName, AreaDm2)]) -> Result<Vec<Part>, NotShared> {
    let mut units: Vec<&(UnitName, AreaDm2)> = units.iter().collect();
    units.sort_by(|(one, _), (other, _)| one.cmp(other));
    let areas: Vec<u64> = units.iter().map(|(_, area)| area.0).collect();
    // Whole fen times areas fit into 128 bits: without area alone there are no shares.
    let parts = shares(sum, &areas).ok_or(NotShared::NoArea)?;
    let part =
        |((unit, _), amount): (&(UnitName, AreaDm2), Fen)| Part { unit: unit.clone(), amount };
    Ok(units.into_iter().zip(parts).map(part).collect())
}
