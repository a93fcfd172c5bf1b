//! Paper: pages as marks, and the file that holds them.
//!
//! A page-maker says what stands where, in whole twips (a twentieth of a point, 0.018 mm) from the upper
//! left corner; no float is needed before the file is written, and A4 is 11,906 by 16,838 of them.
//!
//! | look in | for |
//! |---|---|
//! | [`block`] | marks that stay together, poured into pages |
//! | [`font`] | the shapes of characters: how wide they are, where a line breaks |
//! | [`search`] | a font for Chinese on this computer |
//! | [`pdf`] | the file |

pub(super) mod block;
pub(super) mod font;
pub(super) mod pdf;
pub(super) mod search;
#[cfg(test)]
mod tests;

pub(super) use block::{Block, Frame, Page, Turn, pour};
pub(super) use font::Font;

/// Width of A4 (twips).
pub(super) const WIDTH: i32 = 11_906;

/// Height of A4 (twips).
pub(super) const HEIGHT: i32 = 16_838;

/// Takes a length in millimetres.
pub(super) const fn mm(length: i32) -> i32 {
    length * 14_400 / 254
}

/// Colours of paper: those of the screens by day (`shared/look/tokens.toml`), on white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Quiet,
    Line,
    Accent,
    /// The ground of what matters most; a copier makes it a light grey.
    Tint,
}

impl Ink {
    /// Returns red, green and blue.
    pub(super) const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Text => [0x1B, 0x24, 0x26],
            Self::Quiet => [0x53, 0x5E, 0x5E],
            Self::Line => [0x87, 0x7F, 0x72],
            Self::Accent => [0x17, 0x50, 0x5F],
            Self::Tint => [0xD9, 0xE9, 0xEA],
        }
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Half points, so that 10.5, the size of Chinese office paper, is a number.
    pub(super) half_points: i32,
    pub(super) ink: Ink,
    pub(super) weight: Weight,
}

/// Two weights, as on the screens. Fonts for Chinese often come in one: the strong one is drawn with an
/// edge around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Strong,
}

impl Style {
    pub(super) const fn plain(half_points: i32) -> Self {
        Self { half_points, ink: Ink::Text, weight: Weight::Regular }
    }

    pub(super) const fn quiet(half_points: i32) -> Self {
        Self { half_points, ink: Ink::Quiet, weight: Weight::Regular }
    }

    pub(super) const fn strong(half_points: i32) -> Self {
        Self { half_points, ink: Ink::Text, weight: Weight::Strong }
    }

    /// In the colour of the house.
    pub(super) const fn accent(self) -> Self {
        Self { ink: Ink::Accent, ..self }
    }

    /// The size (twips).
    pub(super) const fn size(self) -> i32 {
        self.half_points * 10
    }

    /// From one line to the next (twips): half as much again as the size.
    pub(super) const fn line(self) -> i32 {
        self.half_points * 15
    }
}

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// It begins there.
    Left,
    /// It ends there, so that figures stand under each other.
    Right,
    /// Its middle is there.
    Middle,
}

/// One thing that is drawn.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text; `y` is what its letters stand on.
    Text { x: i32, y: i32, side: Side, style: Style, text: String },
    /// A rectangle that is filled: grounds, lines.
    Fill { x: i32, y: i32, width: i32, height: i32, ink: Ink },
    /// The outline of a rectangle: a box to tick.
    Frame { x: i32, y: i32, width: i32, height: i32 },
    /// A line to cut along.
    Cut { from: (i32, i32), to: (i32, i32) },
    /// A QR code whose upper left module is there; each run of dark modules as column, row, length.
    Code { x: i32, y: i32, module: i32, runs: Vec<(i32, i32, i32)> },
}
