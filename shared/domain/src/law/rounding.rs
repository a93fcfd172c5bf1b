//! Where a sum is rounded, and how.

use serde::{Deserialize, Serialize};

use crate::kernel::Fen;

/// To what a sum is rounded: half up, away from zero where it is negative.
///
/// A charge line is rounded once, at its end; nothing before it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To 0.01 yuan.
    HalfUpFen,
    /// To 0.1 yuan.
    HalfUpJiao,
    /// To whole yuan.
    HalfUpYuan,
}

impl Rounding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::HalfUpFen, Self::HalfUpJiao, Self::HalfUpYuan];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::HalfUpFen => "half_up_fen",
            Self::HalfUpJiao => "half_up_jiao",
            Self::HalfUpYuan => "half_up_yuan",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rounding| rounding.word() == word)
    }

    /// Returns the fen of the smallest step.
    #[must_use]
    pub const fn step(self) -> i64 {
        match self {
            Self::HalfUpFen => 1,
            Self::HalfUpJiao => 10,
            Self::HalfUpYuan => 100,
        }
    }

    /// Rounds a fraction of fen. `None` where it cannot be held, or is divided by nothing.
    #[must_use]
    pub fn round(self, numerator: i128, denominator: i128) -> Option<Fen> {
        let step = i128::from(self.step());
        let (above, below) = (numerator.checked_abs()?, denominator.checked_mul(step)?);
        if below <= 0 {
            return None;
        }
        let (steps, rest) = (above / below, above % below);
        // The rest is below the denominator: from half of it on, one more.
        let steps = if rest >= below - rest { steps + 1 } else { steps };
        let fen = steps.checked_mul(step)?.checked_mul(numerator.signum())?;
        i64::try_from(fen).ok().map(Fen::new)
    }
}
