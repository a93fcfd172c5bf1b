//! Fractions, compared by cross-multiplication.

use serde::{Deserialize, Serialize};

/// A fraction such as two thirds. No figure of the law is ever rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Ratio {
    numerator: u32,
    denominator: u32,
}

impl Ratio {
    /// Makes a fraction; `None` with a denominator of zero.
    #[must_use]
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        if denominator == 0 { None } else { Some(Self { numerator, denominator }) }
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
