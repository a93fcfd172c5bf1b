//! Where something is broken.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::{Circle, Scope, UnitCode};

/// Where something is broken; it decides who reads, who acts and later who pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Place {
    /// Inside a home.
    Home(UnitCode),
    /// A stair of a building: riser, lift, landing.
    Stair {
        /// The building.
        building: String,
        /// The number of the stair.
        stair: u16,
    },
    /// A building: roof, facade, basement.
    Building(String),
    /// The whole area: roads, green, gates.
    Community,
}

impl Place {
    /// Returns the circle that reads repairs of this place.
    #[must_use]
    pub fn circle(&self) -> Circle {
        match self {
            Self::Home(unit) => Circle::Home(unit.clone()),
            Self::Stair { building, .. } | Self::Building(building) => {
                Circle::Building(building.clone())
            }
            Self::Community => Circle::Community,
        }
    }

    /// Returns the scope whose keepers act here.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::Home(unit) => Scope::Unit(unit.clone()),
            Self::Stair { building, stair } => {
                Scope::Stair { building: building.clone(), stair: *stair }
            }
            Self::Building(building) => Scope::Building(building.clone()),
            Self::Community => Scope::Community,
        }
    }

    /// Reads what [`fmt::Display`] writes: `home/3-2-501`, `stair/3-2`, `building/3`, `community`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            None if text == "community" => Some(Self::Community),
            Some(("home", unit)) => UnitCode::parse(unit).map(Self::Home),
            Some(("building", building)) if !building.is_empty() => {
                Some(Self::Building(building.to_owned()))
            }
            Some(("stair", stair)) => {
                let (building, stair) = stair.rsplit_once('-')?;
                let stair = stair.parse().ok()?;
                (!building.is_empty()).then(|| Self::Stair { building: building.to_owned(), stair })
            }
            _ => None,
        }
    }

    /// Returns the place as people say it, without words of a language: `3-2-501`, `3-2`, `3`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Home(unit) => unit.to_string(),
            Self::Stair { building, stair } => format!("{building}-{stair}"),
            Self::Building(building) => building.clone(),
            Self::Community => String::new(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home(unit) => write!(f, "home/{unit}"),
            Self::Stair { building, stair } => write!(f, "stair/{building}-{stair}"),
            Self::Building(building) => write!(f, "building/{building}"),
            Self::Community => f.write_str("community"),
        }
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not a place".to_owned())
    }
}
