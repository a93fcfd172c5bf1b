//! Who writes: a device, its person, and the duties held at the place that is judged.

use std::fmt;

use linli_wire::{DeviceId, FactId, PersonId, cbor::Value, fact::Fact};
use serde::{Deserialize, Serialize};

use super::{Position, UnitCode};

/// A role that a grant gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Named by the charter; acts as committee until there is one.
    Founder,
    /// Owners' committee (业主委员会).
    Committee,
    /// Property company (物业服务企业).
    Property,
    /// Building head (楼长).
    Head,
    /// Owner (业主).
    Owner,
    /// Lives there: family or tenant (物业使用人).
    Resident,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::Founder, Self::Committee, Self::Property, Self::Head, Self::Owner, Self::Resident];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Founder => "founder",
            Self::Committee => "committee",
            Self::Property => "property",
            Self::Head => "head",
            Self::Owner => "owner",
            Self::Resident => "resident",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Tells whether the role belongs to the office: it reads every circle.
    #[must_use]
    pub const fn is_office(self) -> bool {
        match self {
            Self::Founder | Self::Committee | Self::Property => true,
            Self::Head | Self::Owner | Self::Resident => false,
        }
    }

    /// Tells whether the role comes with a home.
    #[must_use]
    pub const fn is_household(self) -> bool {
        match self {
            Self::Owner | Self::Resident => true,
            Self::Founder | Self::Committee | Self::Property | Self::Head => false,
        }
    }
}

/// What a role is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Scope {
    /// The whole community.
    Community,
    /// One building.
    Building(String),
    /// One unit.
    Unit(UnitCode),
}

impl Scope {
    /// Reads what [`fmt::Display`] writes: `community`, `building/3`, `unit/3-2-501`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            None if text == "community" => Some(Self::Community),
            Some(("building", building)) if !building.is_empty() => {
                Some(Self::Building(building.to_owned()))
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
            (Self::Building(building), Self::Building(other)) => building == other,
            (Self::Building(building), Self::Unit(unit)) => building == unit.building(),
            (Self::Unit(unit), Self::Unit(other)) => unit == other,
            (Self::Building(_) | Self::Unit(_), Self::Community)
            | (Self::Unit(_), Self::Building(_)) => false,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Community => f.write_str("community"),
            Self::Building(building) => write!(f, "building/{building}"),
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
}

impl Author {
    /// A device that nobody knows: it may do nothing.
    #[must_use]
    pub const fn nobody(device: DeviceId) -> Self {
        Self { device, person: PersonId([0; 16]), duties: Vec::new() }
    }

    /// Tells whether one of the roles is held over a scope.
    #[must_use]
    pub fn holds(&self, roles: &[Role], over: &Scope) -> bool {
        self.duties.iter().any(|duty| roles.contains(&duty.role) && duty.scope.covers(over))
    }

    /// Returns the weightiest role, for showing beside what was written.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.duties.iter().map(|duty| duty.role).min()
    }
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
