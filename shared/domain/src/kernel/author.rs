//! Who writes: a device, its person, and the duties held at the place that is judged.

use std::fmt;

use linli_wire::{DeviceId, FactId, Hash, PersonId, cbor::Value, fact::Fact};
use serde::{Deserialize, Serialize};

use super::{Moment, Position, Role, StaffDuty, UnitCode};

/// What a role is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Scope {
    /// The whole community.
    Community,
    /// One building.
    Building(String),
    /// One stair of a building.
    Stair {
        /// The building.
        building: String,
        /// The number of the stair.
        stair: u16,
    },
    /// One unit.
    Unit(UnitCode),
}

impl Scope {
    /// Reads what [`fmt::Display`] writes: `community`, `building/3`, `stair/3-2`, `unit/3-2-501`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            None if text == "community" => Some(Self::Community),
            Some(("building", building)) if !building.is_empty() => {
                Some(Self::Building(building.to_owned()))
            }
            Some(("stair", stair)) => {
                let (building, stair) = stair.rsplit_once('-')?;
                let stair = stair.parse().ok()?;
                (!building.is_empty()).then(|| Self::Stair { building: building.to_owned(), stair })
            }
            Some(("unit", unit)) => UnitCode::parse(unit).map(Self::Unit),
            _ => None,
        }
    }

    /// Tells whether everything in `other` is within this scope.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Community, _) => true,
            (_, Self::Unit(unit)) => self.covers_unit(unit),
            (Self::Building(building), Self::Building(other)) => building == other,
            (Self::Building(building), Self::Stair { building: other, .. }) => building == other,
            (
                Self::Stair { building, stair },
                Self::Stair { building: other, stair: other_stair },
            ) => building == other && stair == other_stair,
            (Self::Building(_) | Self::Stair { .. } | Self::Unit(_), Self::Community)
            | (Self::Stair { .. } | Self::Unit(_), Self::Building(_))
            | (Self::Unit(_), Self::Stair { .. }) => false,
        }
    }

    /// Tells whether a unit lies within; for many units in a row, where none has to be copied.
    #[must_use]
    pub fn covers_unit(&self, unit: &UnitCode) -> bool {
        match self {
            Self::Community => true,
            Self::Building(building) => building == unit.building(),
            Self::Stair { building, stair } => {
                building == unit.building() && *stair == unit.stair()
            }
            Self::Unit(own) => own == unit,
        }
    }

    /// Returns the building that the scope is or lies in; none for the whole community.
    #[must_use]
    pub fn building(&self) -> Option<&str> {
        match self {
            Self::Community => None,
            Self::Building(building) | Self::Stair { building, .. } => Some(building),
            Self::Unit(unit) => Some(unit.building()),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Community => f.write_str("community"),
            Self::Building(building) => write!(f, "building/{building}"),
            Self::Stair { building, stair } => write!(f, "stair/{building}-{stair}"),
            Self::Unit(unit) => write!(f, "unit/{unit}"),
        }
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

impl TryFrom<String> for Scope {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not a scope".to_owned())
    }
}

/// A role with its scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// The role.
    pub role: Role,
    /// What it is for.
    pub scope: Scope,
}

/// Who writes, with the duties held at the place that is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The device.
    pub device: DeviceId,
    /// The person, by pseudonym.
    pub person: PersonId,
    /// The duties.
    pub duties: Vec<Duty>,
    /// What the person is charged with in the office, ascending.
    pub staff: Vec<StaffDuty>,
}

impl Author {
    /// A device that nobody knows: it may do nothing.
    #[must_use]
    pub const fn nobody(device: DeviceId) -> Self {
        Self { device, person: PersonId([0; 16]), duties: Vec::new(), staff: Vec::new() }
    }

    /// Tells whether one of the roles is held over a scope. Who stands in for a head counts as one.
    #[must_use]
    pub fn holds(&self, roles: &[Role], over: &Scope) -> bool {
        self.duties.iter().any(|duty| duty.role.is_among(roles) && duty.scope.covers(over))
    }

    /// Tells whether one of the roles held is such a one, wherever it is held.
    #[must_use]
    pub fn is_any(&self, such: impl Fn(Role) -> bool) -> bool {
        self.duties.iter().any(|duty| such(duty.role))
    }

    /// Tells whether the person is charged with something in the office.
    #[must_use]
    pub fn has_duty(&self, duty: StaffDuty) -> bool {
        self.staff.contains(&duty)
    }

    /// Returns the weightiest role, for showing beside what was written.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.duties.iter().map(|duty| duty.role).min()
    }
}

/// For whom somebody acts who has no phone: both are recorded, the author by the signature and the
/// person by name, with the person's own mark where one was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OnBehalf {
    /// The person, by pseudonym.
    #[serde(rename = "1")]
    pub person: PersonId,
    /// The hash of the person's own mark: a picture of the signature, or the voice.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Hash>,
}

/// A fact before device, time and signature are put to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The kind.
    pub kind: u16,
    /// The thing it is about; none if it begins something.
    pub about: Option<FactId>,
    /// The fields.
    pub fields: Value,
    /// What its author saw and it replaces.
    pub supersedes: Vec<FactId>,
    /// Whether it must carry its own signature.
    pub legal: bool,
}

/// A fact that counts, as folds are given it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Its id.
    pub id: FactId,
    /// The fact.
    pub fact: Fact,
    /// Its author, with the rights held at its place.
    pub author: Author,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

impl Written {
    /// Returns when it counts as written, after what it builds on: the author's clock, as far as it is
    /// believed ([`Moment::believed`]).
    #[must_use]
    pub fn when(&self, after: Moment, late_days: u32) -> Moment {
        Moment(self.fact.at).believed(self.place, after, late_days)
    }

    /// Returns its place in the canonical order ([`order_of`]); of those that are not in the log yet what was
    /// written first comes first: whoever counts twice without signal means the second count.
    #[must_use]
    pub fn order(&self) -> (u64, u16, i64, FactId) {
        let (seq, index, id) = order_of(self.place, self.id);
        (seq, index, if self.place.is_some() { 0 } else { self.fact.at }, id)
    }
}

/// The canonical order of facts: by place, those not in the log last, then by id.
#[must_use]
pub fn order_of(place: Option<Position>, id: FactId) -> (u64, u16, FactId) {
    place.map_or((u64::MAX, u16::MAX, id), |place| (place.seq, place.index, id))
}
