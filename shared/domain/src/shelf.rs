//! Which document and circle a fact lives in.

use linli_wire::fact::Fact;

use crate::{
    kernel::{Attachment, Circle, Day, Moment, UnitCode},
    payments, registry,
    repairs::{self, Repair},
};

/// A room that writes facts; its code is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Who is who.
    Registry,
    /// Repairs.
    Repairs,
    /// Money.
    Payments,
}

impl Room {
    /// Returns the stored code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Registry => 1,
            Self::Repairs => 2,
            Self::Payments => 3,
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Registry),
            2 => Some(Self::Repairs),
            3 => Some(Self::Payments),
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
        registry::kind::CHARTER..=registry::kind::MIN_VERSION => Some(Room::Registry),
        repairs::kind::REPORTED..=repairs::kind::NOTE => Some(Room::Repairs),
        payments::kind::TARIFF..=payments::kind::RECOUNTED => Some(Room::Payments),
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
            | registry::kind::OWNERS_CHANGED
            | registry::kind::REPRESENTATIVE
            | registry::kind::PERSON
            | registry::kind::DUTY_ENDED
            | registry::kind::MIN_VERSION
    ) || payments::is_legal(kind)
}

/// Returns where a fact belongs, as far as it follows from the fact alone. A step belongs where its
/// thing is; what cannot be read, or is of a newer app, belongs anywhere.
#[must_use]
pub fn shelf_of(fact: &Fact) -> Option<Shelf> {
    let at = Moment(fact.at);
    match room_of(fact.kind)? {
        room @ Room::Registry => {
            Some(Shelf { circle: registry::circle_of(fact)?, room, period: year(at) })
        }
        room @ Room::Repairs => {
            let report = repairs::read_report(fact)?;
            Some(Shelf { circle: report.place.circle(), room, period: quarter(at) })
        }
        room @ Room::Payments => {
            Some(Shelf { circle: payments::circle_of(fact)?, room, period: year(at) })
        }
    }
}

/// Returns where what is about a round belongs: in the document that the round was opened in.
#[must_use]
pub fn shelf_of_round(round: &payments::Round, opened: Moment) -> Shelf {
    Shelf { circle: round.circle(), room: Room::Payments, period: year(opened) }
}

/// Returns where the receipts of a home's year lie.
#[must_use]
pub fn shelf_of_home(unit: &UnitCode, of_year: i32) -> Shelf {
    let period = u32::try_from(of_year).unwrap_or_default();
    Shelf { circle: Circle::Home(unit.clone()), room: Room::Payments, period }
}

/// Returns where the steps of a repair belong: in the document of its report.
#[must_use]
pub fn shelf_of_repair(repair: &Repair) -> Shelf {
    let opened = repair.versions.get(&repair.id).map_or(Moment(0), |version| version.at);
    Shelf { circle: repair.report.place.circle(), room: Room::Repairs, period: quarter(opened) }
}

/// Returns the attachments that a fact of any room names.
#[must_use]
pub fn attachments(fact: &Fact) -> Vec<Attachment> {
    match room_of(fact.kind) {
        Some(Room::Repairs) => repairs::attachments(fact),
        Some(Room::Payments) => payments::attachments(fact),
        Some(Room::Registry) | None => Vec::new(),
    }
}

/// Registry and payments have one document a year: `2026`.
fn year(at: Moment) -> u32 {
    day(at).map_or(0, |day| u32::try_from(day.year()).unwrap_or_default())
}

/// Repairs have one document for each quarter of their opening: `20264`.
fn quarter(at: Moment) -> u32 {
    let in_year = day(at).map_or(0, Day::quarter);
    year(at).saturating_mul(10).saturating_add(in_year)
}

/// Documents are cut by UTC: a community's offset would come too late for its first fact.
fn day(at: Moment) -> Option<Day> {
    Day::of(at, 0)
}
