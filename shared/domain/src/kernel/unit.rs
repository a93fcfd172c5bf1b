//! Codes of units, in the many ways people write them.

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

/// Most characters of one part of a code.
const PART_CHARS_MAX: usize = 12;

/// A unit by building, stair and room: `3-2-501`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct UnitCode {
    building: String,
    stair: u16,
    room: String,
}

impl UnitCode {
    /// Makes a code from its parts; `None` if a part is empty, too long or holds a separator.
    #[must_use]
    pub fn new(building: &str, stair: u16, room: &str) -> Option<Self> {
        let fits = |part: &str| {
            !part.is_empty()
                && part.chars().count() <= PART_CHARS_MAX
                && part.chars().all(char::is_alphanumeric)
        };
        (fits(building) && fits(room)).then(|| Self {
            building: building.to_uppercase(),
            stair,
            room: room.to_uppercase(),
        })
    }

    /// Reads the usual spellings: `3-2-501`, `3号楼2单元501`, `3幢2单元501室`, full-width digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .replace('號', "号")
            .replace('樓', "楼")
            .replace('單', "单")
            .replace("号楼", "-")
            .replace("单元", "-")
            .chars()
            .filter_map(|char| match char {
                '幢' | '栋' | '棟' | '座' | '－' | '—' => Some('-'),
                '室' | ' ' => None,
                '０'..='９' => char::from_digit(u32::from(char).checked_sub(0xFF10)?, 10),
                other => Some(other),
            })
            .collect();
        let parts: Vec<&str> = plain.split('-').collect();
        match parts.as_slice() {
            [building, stair, room] => Self::new(building, stair.parse().ok()?, room),
            // A building with one stair: A座1203.
            [building, room] => Self::new(building, 1, room),
            _ => None,
        }
    }

    /// Returns the building.
    #[must_use]
    pub fn building(&self) -> &str {
        &self.building
    }

    /// Returns the number of the stair.
    #[must_use]
    pub const fn stair(&self) -> u16 {
        self.stair
    }

    /// Returns the room.
    #[must_use]
    pub fn room(&self) -> &str {
        &self.room
    }

    /// Returns the code without separators, as people type it to search: `32501`.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}{}{}", self.building, self.stair, self.room)
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.building, self.stair, self.room)
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for UnitCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let code = Self::parse(&text).filter(|code| code.to_string() == text);
        code.ok_or_else(|| "not a unit code".to_owned())
    }
}

/// Numbers before words, and in the order of their value: 2 before 10.
fn natural(one: &str, other: &str) -> Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(other),
    }
}

impl Ord for UnitCode {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.building, &other.building)
            .then(self.stair.cmp(&other.stair))
            .then_with(|| natural(&self.room, &other.room))
            .then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

impl PartialOrd for UnitCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
