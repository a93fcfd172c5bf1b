//! Units as a plain table names them, and what they are for.

use std::cmp::Ordering;

use crate::{
    kernel::{UnitCode, plain},
    registry::{UnitKind, roster},
};

/// Most characters of a name.
const CHARS_MAX: usize = 40;

/// A unit as somebody's own table names it.
///
/// Where the name is a code in any spelling, it is the same unit as in every other spelling, and has
/// its place in the order of building, stair and room. Tables also have names that are no code, such as
/// `Kiosk`: they come after all codes, in the order of their texts and numbers.
#[derive(Clone, Debug)]
pub struct UnitName {
    text: String,
    code: Option<UnitCode>,
}

impl UnitName {
    /// Reads a name. `None` if it is empty, too long, holds control characters, or is the date that a
    /// spreadsheet makes of `3-2-1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty()
            && text.chars().count() <= CHARS_MAX
            && !text.contains(char::is_control)
            && !roster::looks_like_a_day(text);
        fits.then(|| Self { text: text.to_owned(), code: UnitCode::parse(text) })
    }

    /// Tells whether the name is a code.
    pub(super) const fn is_code(&self) -> bool {
        self.code.is_some()
    }

    /// Returns the name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the code, where the name is one.
    #[must_use]
    pub const fn code(&self) -> Option<&UnitCode> {
        self.code.as_ref()
    }
}

impl From<&UnitCode> for UnitName {
    fn from(code: &UnitCode) -> Self {
        Self { text: code.to_string(), code: Some(code.clone()) }
    }
}

impl Ord for UnitName {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.code, &other.code) {
            (Some(one), Some(other)) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => pieces(&self.text).cmp(&pieces(&other.text)),
        }
    }
}

impl PartialOrd for UnitName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for UnitName {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for UnitName {}

/// Takes a text apart into words and numbers: `A2` comes before `A10`. Leading zeros count last, so
/// that `A02` is another name than `A2`.
fn pieces(text: &str) -> (Vec<(String, usize, String)>, String) {
    let plain = plain(text).to_uppercase();
    let mut pieces: Vec<(String, usize, String)> = Vec::new();
    let mut after_digit = false;
    for char in plain.chars() {
        let digit = char.is_ascii_digit();
        if pieces.is_empty() || after_digit && !digit {
            pieces.push((String::new(), 0, String::new()));
        }
        if let Some((word, _, number)) = pieces.last_mut() {
            match digit {
                true if number == "0" => *number = char.to_string(),
                true => number.push(char),
                false => word.push(char),
            }
        }
        after_digit = digit;
    }
    // Of two numbers without leading zeros the longer one is larger.
    for (_, length, number) in &mut pieces {
        *length = number.len();
    }
    (pieces, plain)
}

/// What a unit is for, as tariffs tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitUse {
    /// A home.
    Home,
    /// A shop.
    Shop,
    /// A parking space.
    Parking,
    /// A storage room.
    Storage,
}

impl From<UnitKind> for UnitUse {
    fn from(kind: UnitKind) -> Self {
        match kind {
            UnitKind::Home => Self::Home,
            UnitKind::Shop => Self::Shop,
        }
    }
}

impl UnitUse {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Home, Self::Shop, Self::Parking, Self::Storage];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Shop => "shop",
            Self::Parking => "parking",
            Self::Storage => "storage",
        }
    }

    /// Reads what people write: the stored word, or a Chinese one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(kind) = roster::kind(text) {
            return Some(kind.into());
        }
        match plain(text).to_lowercase().as_str() {
            "parking" | "车位" | "停车位" | "车库" => Some(Self::Parking),
            "storage" | "储藏间" | "储藏室" | "地下室" => Some(Self::Storage),
            _ => None,
        }
    }
}
