//! Codes of units, in the many ways people write them.

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

/// Most characters of one part of a code.
const PART_CHARS_MAX: usize = 12;

/// Words between the parts of a code, longest first. They count only after a digit or a Latin
/// letter, so that a building may be called 东楼.
const MARKS: &[&str] = &["号楼", "单元", "幢", "栋", "座", "弄", "号", "楼", "门", "室", "#"];

/// Words before a part that say what it is; the room's letter or the floor tells it already.
const PREFIXES: &[&str] = &["地下车位", "车位", "跃层", "复式", "底商", "商铺", "店铺"];

/// Floors that are written with the number before them, because theirs is avoided.
const AVOIDED_FLOORS: &[(&str, &str)] = &[("3A", "4"), ("12A", "13"), ("15A", "14")];

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
    ///
    /// Letters become capitals, a building's number loses its leading zeros, and a room on a floor
    /// whose number is avoided gets the floor it is on: 3A01 is 401.
    #[must_use]
    pub fn new(building: &str, stair: u16, room: &str) -> Option<Self> {
        let fits = |part: &str| {
            !part.is_empty()
                && part.chars().count() <= PART_CHARS_MAX
                && part.chars().all(char::is_alphanumeric)
                && PREFIXES.iter().all(|prefix| !part.starts_with(prefix))
                && marked(part).is_none_or(|marked| marked == part)
        };
        (fits(building) && fits(room)).then(|| Self {
            building: plain_number(&building.to_uppercase()).to_owned(),
            stair,
            room: on_its_floor(&room.to_uppercase()),
        })
    }

    /// Reads the usual spellings: `3-2-501`, `3号楼2单元501`, `3幢2单元501室`, `88弄12号501室`,
    /// `A座1203`, `商铺S12`, `B1-0123`, full-width letters and digits.
    ///
    /// Where a building has one stair, it may be left out. A duplex `501/601` is one unit and has the
    /// code of its lower room.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_whole(text).map(|(code, _)| code)
    }

    /// Reads a spelling as [`UnitCode::parse`] does; with a duplex, also the code that its upper room
    /// would have.
    #[must_use]
    pub fn parse_whole(text: &str) -> Option<(Self, Option<Self>)> {
        let plain = plain(text);
        let (plain, before) = without_prefixes(&plain);
        let marked = marked(plain)?;
        let parts: Vec<&str> = marked.split('-').collect();
        let (building, stair, room) = match parts.as_slice() {
            [building, stair, room] => (*building, stair.parse().ok()?, *room),
            // A building with one stair: A座1203.
            [building, room] => (*building, 1, *room),
            // Shops that stand for themselves: 商铺S12.
            [room] if before => ("S", 1, *room),
            _ => return None,
        };
        let (room, within) = without_prefixes(room);
        let shop = before || within;
        let in_shops = |room: &str| match room.chars().next() {
            Some('0'..='9') if shop => format!("S{room}"),
            _ => room.to_owned(),
        };
        let Some((lower, upper)) = room.split_once('/') else {
            return Some((Self::new(building, stair, &in_shops(room))?, None));
        };
        if lower.parse::<u32>().ok()? >= upper.parse::<u32>().ok()? {
            return None;
        }
        Some((Self::new(building, stair, lower)?, Some(Self::new(building, stair, upper)?)))
    }

    /// Reads the stored form and nothing else.
    fn parse_stored(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (building, stair, room) = (parts.next()?, parts.next()?, parts.next()?);
        let code = Self::new(building, stair.parse().ok()?, room)?;
        (parts.next().is_none() && code.to_string() == text).then_some(code)
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
        Self::parse_stored(&text).ok_or_else(|| "not a unit code".to_owned())
    }
}

/// Reads a building, or a stair of it, as people write it: `3`, `3栋`, `3-2`, `3号楼2单元`.
#[must_use]
pub fn parse_part(text: &str) -> Option<(String, Option<u16>)> {
    let marked = marked(&plain(text))?;
    let (building, stair) = match marked.split_once('-') {
        Some((building, stair)) => (building, Some(stair.parse().ok()?)),
        None => (marked.as_str(), None),
    };
    // Any room of it: the building is written as in the codes of its units.
    let code = UnitCode::new(building, stair.unwrap_or(1), "1")?;
    Some((code.building, stair))
}

/// Writes a text with the common forms of its signs: half-width, simplified, one kind of dash, no
/// blanks.
pub(crate) fn plain(text: &str) -> String {
    let signs = text.chars().filter(|char| !char.is_whitespace());
    signs
        .map(|char| match char {
            '號' => '号',
            '樓' => '楼',
            '單' => '单',
            '棟' => '栋',
            '門' => '门',
            '躍' => '跃',
            '層' => '层',
            '鋪' | '舖' => '铺',
            '車' => '车',
            '－' | '—' | '–' | '‐' | '−' => '-',
            // Full-width forms lie at one distance from ASCII.
            '！'..='～' => {
                u32::from(char).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(char)
            }
            other => other,
        })
        .collect()
}

/// Strips words that say what a unit is; tells whether one said that it is a shop.
fn without_prefixes(text: &str) -> (&str, bool) {
    let (mut text, mut shop) = (text, false);
    while let Some((prefix, rest)) =
        PREFIXES.iter().find_map(|prefix| Some((prefix, text.strip_prefix(prefix)?)))
    {
        shop |= prefix.ends_with('铺') || prefix.ends_with('商');
        text = rest;
    }
    (text, shop)
}

/// Puts dashes where marks stand after a number or a Latin letter; one at the end falls away.
fn marked(text: &str) -> Option<String> {
    let (mut out, mut rest, mut at_mark) = (String::with_capacity(text.len()), text, false);
    while let Some(char) = rest.chars().next() {
        let after = at_mark || out.chars().last().is_some_and(|last| last.is_ascii_alphanumeric());
        if after && let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            rest = rest.strip_prefix(mark)?;
            if !at_mark {
                out.push('-');
            }
            at_mark = true;
            continue;
        }
        rest = rest.strip_prefix(char)?;
        // 3号楼-2单元-501: the mark says what the dash says.
        if !(at_mark && char == '-') {
            out.push(char);
        }
        at_mark = false;
    }
    if at_mark {
        out.pop();
    }
    Some(out)
}

/// Strips the leading zeros of a number.
fn plain_number(text: &str) -> &str {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let plain = text.trim_start_matches('0');
    if plain.is_empty() { "0" } else { plain }
}

/// Gives a room the number of the floor it is on.
fn on_its_floor(room: &str) -> String {
    for (written, floor) in AVOIDED_FLOORS {
        if let Some(rest) = room.strip_prefix(written)
            && rest.len() == 2
            && rest.bytes().all(|byte| byte.is_ascii_digit())
        {
            return format!("{floor}{rest}");
        }
    }
    room.to_owned()
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
