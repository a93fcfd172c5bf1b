//! Which document and circle a fact lives in.

use crate::{
    kernel::{Circle, Day, Moment},
    registry, repairs,
};

/// A room that writes facts; its code is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Who is who.
    Registry,
    /// Repairs.
    Repairs,
}

impl Room {
    /// Returns the stored code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Registry => 1,
            Self::Repairs => 2,
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Registry),
            2 => Some(Self::Repairs),
            _ => None,
        }
    }
}

/// Where a fact is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Who can read it.
    pub circle: Circle,
    /// The room.
    pub room: Room,
    /// The period of the document.
    pub period: u32,
}

/// Returns the room of a kind of fact; `None` if this app does not know it.
#[must_use]
pub const fn room_of(kind: u16) -> Option<Room> {
    match kind {
        registry::kind::CHARTER..=registry::kind::RULES => Some(Room::Registry),
        repairs::kind::REPORTED | repairs::kind::STEP => Some(Room::Repairs),
        _ => None,
    }
}

/// Tells whether a kind of fact must carry its own signature.
#[must_use]
pub const fn is_legal(kind: u16) -> bool {
    matches!(
        kind,
        registry::kind::CHARTER
            | registry::kind::GRANT
            | registry::kind::REVOKE
            | registry::kind::ADOPTED
            | registry::kind::RULES
    )
}

/// The registry has one document a year.
#[must_use]
pub fn registry_period(at: Moment) -> u32 {
    day(at).map_or(0, |day| u32::try_from(day.year()).unwrap_or_default())
}

/// Repairs have one document for each quarter of their opening: `20264`.
#[must_use]
pub fn repairs_period(opened: Moment) -> u32 {
    day(opened).map_or(0, |day| {
        u32::try_from(day.year())
            .unwrap_or_default()
            .saturating_mul(10)
            .saturating_add(day.quarter())
    })
}

/// Documents are cut by UTC: a community's offset would come too late for its first fact.
fn day(at: Moment) -> Option<Day> {
    Day::of(at, 0)
}
