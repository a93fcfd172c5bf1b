//! What stands on paper for a camera, and the numbers of slips that are filled in by hand.

use std::fmt::{self, Write as _};

use linli_wire::fact::Fact;

use super::{UnitName, check_37_36, kind, reference};
use crate::kernel::{Day, Fen};

/// Most bytes of a [`Scan`]: a code that an old phone reads from a sheet in a stairwell.
pub const SCAN_BYTES_MAX: usize = 300;

/// Tells whether a receipt's own bytes, signed, are few enough for a code that a phone reads at arm's length
/// ([`SCAN_BYTES_MAX`]); any other fact is.
#[must_use]
pub fn fits_a_code(fact: &Fact) -> bool {
    fact.kind != kind::RECEIPT || fact.encode().len() <= SCAN_BYTES_MAX
}

/// Most characters of an id on paper.
const ID_CHARS_MAX: usize = 16;

/// Most characters of the prefix of slips: a round's or a block's, told on the phone.
const PREFIX_CHARS_MAX: usize = 8;

/// Largest number of a slip; four digits.
pub const SLIP_MAX: u16 = 9_999;

/// What kind of paper it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A bill of one unit.
    Bill,
    /// A demand to one unit.
    Demand,
    /// A page of a round's sheet.
    Round,
}

/// What a paper tells a camera: `linli:bill?unit=3-2-501&due=2026-12-31&fen=252024&id=2026-01_2026-12`.
///
/// The parts stand in this order, and one that is not known is left out. `fen` is the total in fen,
/// `id` what the paper's maker knows it by. In unit and id, what has a meaning in such a text (`%&=?#+`,
/// blanks) is written as `%` and two capital hexadecimal digits; everything else stands as it is, in
/// UTF-8. At most [`SCAN_BYTES_MAX`] bytes: names are at most 40 characters, an id is cut to 16.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan<'a> {
    /// The kind of paper.
    pub paper: Paper,
    /// Whose it is.
    pub unit: Option<&'a UnitName>,
    /// Until when it is to be paid.
    pub due: Option<Day>,
    /// What is to be paid.
    pub total: Fen,
    /// What it is known by.
    pub id: &'a str,
}

impl fmt::Display for Scan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paper = match self.paper {
            Paper::Bill => "bill",
            Paper::Demand => "demand",
            Paper::Round => "round",
        };
        write!(f, "linli:{paper}?")?;
        if let Some(unit) = self.unit {
            write!(f, "unit={}&", escaped(unit.as_str()))?;
        }
        if let Some(due) = self.due {
            write!(f, "due={due}&")?;
        }
        write!(f, "fen={}", self.total.get())?;
        let id: String = self.id.chars().take(ID_CHARS_MAX).collect();
        if id.is_empty() { Ok(()) } else { write!(f, "&id={}", escaped(&id)) }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '%' | '&' | '=' | '?' | '#' | '+' | ' ' => {
                // A string takes whatever is written.
                let _ = write!(out, "%{:02X}", u32::from(char));
            }
            other => out.push(other),
        }
    }
    out
}

/// Returns the serial of a paper slip: `PS-ABCD-0001-K`, with the check character of what stands before
/// it ([`check_37_36`]).
///
/// `None` unless the prefix is 1 to 8 digits or capital letters and the number 1 to [`SLIP_MAX`].
#[must_use]
pub fn slip_serial(prefix: &str, number: u16) -> Option<String> {
    let fits = (1..=PREFIX_CHARS_MAX).contains(&prefix.len())
        && prefix.bytes().all(|char| char.is_ascii_digit() || char.is_ascii_uppercase())
        && (1..=SLIP_MAX).contains(&number);
    let serial = fits.then(|| format!("PS-{prefix}-{number:04}"))?;
    let check = check_37_36(&serial)?;
    Some(format!("{serial}-{check}"))
}

/// Tells whether what was typed off a slip can be right: our serials ([`slip_serial`], small letters and blanks apart)
/// have to check, numbers of other books are taken as they are.
#[must_use]
pub fn is_sound_slip(typed: &str) -> bool {
    let key = reference::key(typed);
    let mut body = key.chars();
    let check = body.next_back();
    !key.starts_with("PS-") || check.is_some() && check_37_36(body.as_str()) == check
}
