//! Fractions, compared by cross-multiplication.

use serde::{Deserialize, Serialize};

use crate::kernel::{self, Fen};

/// Most decimals of a fraction that is written as a decimal number or in percent.
const DECIMALS_MAX: usize = 6;

/// What a percentage is a part of.
const HUNDRED: u32 = 100;

/// A fraction such as two thirds. No figure of the law is ever rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Ratio {
    numerator: u32,
    denominator: u32,
}

impl Ratio {
    /// Nothing of the whole.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// Makes a fraction; `None` with a denominator of zero.
    #[must_use]
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        if denominator == 0 { None } else { Some(Self { numerator, denominator }) }
    }

    /// Reads a fraction as people write it: `3/5`, `60%`, `0.6`; at most six decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = kernel::plain(text);
        if let Some(percent) = plain.strip_suffix('%') {
            return decimal(percent, HUNDRED);
        }
        match plain.split_once('/') {
            Some((above, below)) => Self::new(above.parse().ok()?, below.parse().ok()?),
            None => decimal(&plain, 1),
        }
    }

    /// Reads a number of percent, with or without its sign: `0.05`, `30%`.
    #[must_use]
    pub fn percent(text: &str) -> Option<Self> {
        let plain = kernel::plain(text);
        decimal(plain.strip_suffix('%').unwrap_or(&plain), HUNDRED)
    }

    /// Returns what stands above the line.
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// Returns what stands below the line; never zero.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// Tells whether it is more than the whole.
    #[must_use]
    pub const fn is_over_one(self) -> bool {
        self.numerator > self.denominator
    }

    /// Returns this fraction of a sum, rounded half up to the fen. `None` where it cannot be held.
    #[must_use]
    pub fn of(self, sum: Fen) -> Option<Fen> {
        let numerator = i128::from(sum.get()).checked_mul(i128::from(self.numerator))?;
        super::Rounding::HalfUpFen.round(numerator, i128::from(self.denominator))
    }

    /// Writes the fraction in percent where that is exact: `60`, `0.05`.
    #[must_use]
    pub fn in_percent(self) -> Option<String> {
        let millionths = u64::from(self.numerator).checked_mul(100_000_000)?;
        let below = u64::from(self.denominator);
        if millionths % below != 0 {
            return None;
        }
        let millionths = millionths / below;
        let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
    }

    /// Tells whether `part` is at least this fraction of `whole` ("以上": the number is included).
    #[must_use]
    pub fn is_reached(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(self.denominator)
            >= u128::from(whole) * u128::from(self.numerator)
    }

    /// Tells whether `part` is more than this fraction of `whole` ("过半数": the number is not).
    #[must_use]
    pub fn is_exceeded(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(self.denominator)
            > u128::from(whole) * u128::from(self.numerator)
    }

    /// Tells whether this fraction is smaller than another.
    #[must_use]
    pub fn is_below(self, other: Self) -> bool {
        u64::from(self.numerator) * u64::from(other.denominator)
            < u64::from(other.numerator) * u64::from(self.denominator)
    }
}

/// Reads a decimal number of parts, `parts` of which are the whole.
fn decimal(text: &str, parts: u32) -> Option<Ratio> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > DECIMALS_MAX || !digits(whole) || !digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let tens = 10_u32.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Ratio::new(format!("{whole}{fraction}").parse().ok()?, parts.checked_mul(tens)?)
}

impl From<Ratio> for String {
    fn from(ratio: Ratio) -> Self {
        format!("{}/{}", ratio.numerator, ratio.denominator)
    }
}

impl TryFrom<String> for Ratio {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a fraction such as \"2/3\"");
        let (numerator, denominator) = text.split_once('/').ok_or_else(wrong)?;
        let numerator = numerator.trim().parse().map_err(|_| wrong())?;
        let denominator = denominator.trim().parse().map_err(|_| wrong())?;
        Self::new(numerator, denominator).ok_or_else(wrong)
    }
}
