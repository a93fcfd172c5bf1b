//! Circles: who can read.

use serde::{Deserialize, Serialize};

use super::UnitCode;

/// A circle of readers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Circle {
    /// Every member.
    Community,
    /// Who lives in a building, its heads, the office.
    Building(String),
    /// Committee, finance, authorised staff.
    Office,
    /// The heads of a building and the office: rounds and what was collected on them.
    Keepers(String),
    /// A household, the head in scope, the office.
    Home(UnitCode),
}

impl Circle {
    /// Returns the stored name: `community`, `building/3`, `office`, `keepers/3`,
    /// `home/3-2-501`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Community => "community".to_owned(),
            Self::Building(building) => format!("building/{building}"),
            Self::Office => "office".to_owned(),
            Self::Keepers(building) => format!("keepers/{building}"),
            Self::Home(unit) => format!("home/{unit}"),
        }
    }

    /// Reads a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name.split_once('/') {
            None if name == "community" => Some(Self::Community),
            None if name == "office" => Some(Self::Office),
            Some(("building", building)) if !building.is_empty() => {
                Some(Self::Building(building.to_owned()))
            }
            Some(("keepers", building)) if !building.is_empty() => {
                Some(Self::Keepers(building.to_owned()))
            }
            Some(("home", unit)) => {
                UnitCode::parse(unit).filter(|code| code.to_string() == unit).map(Self::Home)
            }
            _ => None,
        }
    }
}

impl From<Circle> for String {
    fn from(circle: Circle) -> Self {
        circle.name()
    }
}

impl TryFrom<String> for Circle {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| "not a circle".to_owned())
    }
}
