//! Money and area, exactly.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in fen (0.01 yuan).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Fen(i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Takes an amount in fen.
    #[must_use]
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// Reads a sum as people write it: `210`, `210.5`, `210.50`, also with full-width digits.
    ///
    /// `None` for more than two decimals, a sign, or a sum that does not fit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = super::plain(text);
        let (yuan, fen) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |part: &str| part.chars().all(|char| char.is_ascii_digit());
        if yuan.is_empty() || fen.len() > 2 || !digits(yuan) || !digits(fen) {
            return None;
        }
        let fen: i64 = format!("{fen:0<2}").parse().ok()?;
        Some(Self(yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)?))
    }

    /// Reads a sum that may be negative, up to [`SUM_MAX`] either way: `210.02`, `-100`.
    #[must_use]
    pub fn parse_signed(text: &str) -> Option<Self> {
        let plain = super::plain(text);
        let (negative, digits) =
            plain.strip_prefix('-').map_or((false, &*plain), |rest| (true, rest));
        let sum = Self::parse(digits).filter(|sum| *sum <= SUM_MAX)?;
        if negative { Self::ZERO.minus(sum) } else { Some(sum) }
    }

    /// Returns the amount in fen.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Adds, or returns `None` where the sum cannot be held.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Adds up, or returns `None` where a sum on the way cannot be held.
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Subtracts, or returns `None` where the difference cannot be held.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

/// Largest sum that people may type: a million million yuan.
///
/// Twenty thousand of them, the longest table there is, add up to less than an `i64` holds.
pub const SUM_MAX: Fen = Fen(100_000_000_000_000);

/// In yuan with two decimals, without a sign of the currency: `210.02`, `-0.06`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// An area in square decimetres: 89.37 m² is 8,937, exactly as registers write it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct AreaDm2(pub u64);

/// Why a text is no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnArea {
    /// It has a separator of thousands.
    Separator,
    /// It is no number.
    Number,
    /// It is below zero.
    Negative,
    /// It has more than two decimals.
    Decimals,
    /// It is zero.
    Zero,
    /// It is larger than [`AreaDm2::MAX`].
    Large,
}

impl AreaDm2 {
    /// Largest area of one unit: 100,000 m² is more than a whole shopping centre.
    pub const MAX: Self = Self(10_000_000);

    /// Reads an area in m², exactly to 0.01: `89.37`, `89.37㎡`.
    ///
    /// # Errors
    /// [`NotAnArea`].
    pub fn parse(text: &str) -> Result<Self, NotAnArea> {
        let text = super::plain(text);
        let text = ["㎡", "m²", "平方米", "平米"]
            .iter()
            .fold(text.as_str(), |text, unit| text.strip_suffix(unit).unwrap_or(text));
        let (sign, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        if digits.contains(',') || digits.contains('\'') {
            return Err(NotAnArea::Separator);
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) {
            return Err(NotAnArea::Number);
        }
        if sign {
            return Err(NotAnArea::Negative);
        }
        if fraction.len() > 2 {
            return Err(NotAnArea::Decimals);
        }
        let hundredths = format!("{whole}{fraction:0<2}");
        // More digits than a number holds are too many square metres.
        match hundredths.parse::<u64>().map(Self) {
            Ok(Self(0)) => Err(NotAnArea::Zero),
            Ok(area) if area <= Self::MAX => Ok(area),
            Ok(_) | Err(_) => Err(NotAnArea::Large),
        }
    }
}

/// In m² with two decimals: `89.37`.
impl fmt::Display for AreaDm2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Splits an amount by weights: floors first, then the missing fen one by one to the largest
/// remainders, ties by order. A negative amount splits its absolute value and negates, so that a
/// refund gives the odd fen back to the one who paid it. The parts sum to the whole.
///
/// Returns `None` if the weights sum to nothing or the figures cannot be held.
#[must_use]
pub fn shares(total: Fen, weights: &[u64]) -> Option<Vec<Fen>> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return None;
    }
    let whole = u128::from(total.0.unsigned_abs());
    let mut parts: Vec<(u128, u128)> = Vec::with_capacity(weights.len());
    for weight in weights {
        let product = whole.checked_mul(u128::from(*weight))?;
        parts.push((product / sum, product % sum));
    }
    let given: u128 = parts.iter().map(|(floor, _)| floor).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map(|(_, rest)| *rest)));
    // Sorting is stable, so ties stay in unit order; fewer fen are missing than there are parts.
    let missing = usize::try_from(whole.checked_sub(given)?).ok()?;
    for at in order.into_iter().take(missing) {
        if let Some((floor, _)) = parts.get_mut(at) {
            *floor += 1;
        }
    }
    parts
        .into_iter()
        .map(|(part, _)| {
            let part = i64::try_from(part).ok()?;
            Some(Fen(if total.0 < 0 { part.checked_neg()? } else { part }))
        })
        .collect()
}
