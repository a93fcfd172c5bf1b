//! Tariffs (收费标准): what is charged, for which units, in which months.
//!
//! A charge is so much per m² (`area`), per unit (`fixed`), per space (`parking`), or a sum of a month
//! that is shared by area (`shared`). A charge that begins or ends within a month changes whole months:
//! it begins with the first month that begins on its first day or later, and ends with the last month
//! that began by its last day. So no month is charged twice and none is left out where one charge of a
//! name ends the day before the next begins.

mod read;
mod rules;

use std::{fmt, sync::Arc};

use super::{UnitUse, why::in_yuan};
use crate::{
    kernel::{Fen, Month},
    law::RuleSet,
};

pub use read::read;

/// How a charge is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// The rate is for a square metre and month.
    Area,
    /// The rate is for a unit and month.
    Fixed,
    /// The rate is for a parking space and month.
    Parking,
    /// The rate is for all units together and a month, and is shared by area.
    Shared,
}

impl ChargeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Area, Self::Fixed, Self::Parking, Self::Shared];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Fixed => "fixed",
            Self::Parking => "parking",
            Self::Shared => "shared",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Tells whether it pays for service, of which an empty home uses less: a parking space is kept
    /// for its holder, and what was used together is paid together.
    #[must_use]
    pub const fn is_service(self) -> bool {
        match self {
            Self::Area | Self::Fixed => true,
            Self::Parking | Self::Shared => false,
        }
    }

    /// Returns whom it is for where the tariff does not say.
    #[must_use]
    pub fn usual_units(self) -> Vec<UnitUse> {
        match self {
            Self::Area | Self::Fixed | Self::Shared => vec![UnitUse::Home, UnitUse::Shop],
            Self::Parking => vec![UnitUse::Parking],
        }
    }
}

/// A rate in ten-thousandths of a yuan: 2.35 is 23,500. Local price lists have three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u64);

impl Rate {
    /// Most yuan of a rate: a sum of a month that is shared is a rate, too.
    pub const YUAN_MAX: u64 = 1_000_000_000;

    /// How many of what area (0.01 m²) times rate gives are one fen.
    pub(crate) const PER_FEN_OF_AREA: i128 = 10_000;

    /// How many of a rate's units are one fen.
    pub(crate) const PER_FEN: u64 = 100;

    const DECIMALS: usize = 4;

    /// Reads a rate in yuan: `2.35`; not negative, at most four decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = crate::kernel::plain(text);
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > Self::DECIMALS {
            return None;
        }
        let rate: u64 = format!("{whole}{fraction:0<4}").parse().ok()?;
        (rate <= Self::YUAN_MAX * 10_000).then_some(Self(rate))
    }

    /// Returns the rate as a sum; none where it has parts of a fen.
    #[must_use]
    pub fn in_fen(self) -> Option<Fen> {
        if !self.0.is_multiple_of(Self::PER_FEN) {
            return None;
        }
        i64::try_from(self.0 / Self::PER_FEN).ok().map(Fen::new)
    }

    /// Returns the rate in ten-thousandths of a yuan.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// In yuan, with at least two decimals: `2.35`, `0.0125`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        in_yuan(f, self.0 / 10_000, &format!("{:04}", self.0 % 10_000))
    }
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What it is called; a charge whose rate changes is several of one name. All bills share it.
    pub name: Arc<str>,
    /// How it is measured.
    pub kind: ChargeKind,
    /// The rate.
    pub rate: Rate,
    /// What units it is for.
    pub units: Vec<UnitUse>,
    /// The first month.
    pub from: Option<Month>,
    /// The last month.
    pub until: Option<Month>,
}

impl Charge {
    /// Tells whether a month is charged.
    #[must_use]
    pub fn covers(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.until.is_none_or(|until| month <= until)
    }

    /// Tells whether some unit would be charged twice for some month under one name.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| match (one.until, other.from) {
            (Some(until), Some(from)) => until < from,
            (None, _) | (_, None) => false,
        };
        let shared = self.units.iter().any(|unit| other.units.contains(unit));
        self.name == other.name && shared && !before(self, other) && !before(other, self)
    }
}

/// A tariff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// The charges, in the order of a bill's lines.
    pub charges: Vec<Charge>,
    /// The rules it is billed by.
    pub law: RuleSet,
}
