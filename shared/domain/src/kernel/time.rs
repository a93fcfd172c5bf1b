//! Moments, days and places in the community log.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970 (UTC).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Moment(pub i64);

/// A calendar day at a community's offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// Returns the day of a moment, at minutes ahead of UTC.
    ///
    /// `None` for moments or offsets outside the calendar.
    #[must_use]
    pub fn of(moment: Moment, offset_minutes: i32) -> Option<Self> {
        let offset = FixedOffset::east_opt(offset_minutes.checked_mul(60)?)?;
        let utc = DateTime::from_timestamp_millis(moment.0)?;
        Some(Self(utc.with_timezone(&offset).date_naive()))
    }

    /// Returns the year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Returns the quarter of the year, 1 to 4.
    #[must_use]
    pub fn quarter(self) -> u32 {
        self.0.month0() / 3 + 1
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A place in the community log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The entry, dense from 1.
    pub seq: u64,
    /// The fact within its pack.
    pub index: u16,
    /// The relay's stamp of the entry.
    pub stamp: Moment,
}

/// When something is judged: at its place in the log, or now, after everything known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At a place in the log.
    Placed(Position),
    /// Not yet in the log.
    Now(Moment),
}

impl When {
    /// Returns the time that from–to dates are compared with.
    #[must_use]
    pub const fn moment(self) -> Moment {
        match self {
            Self::Placed(place) => place.stamp,
            Self::Now(now) => now,
        }
    }

    /// Tells whether something at this place is over when something else is judged. What is not in
    /// the log is judged after everything that is known.
    #[must_use]
    pub fn is_before(self, at: Self) -> bool {
        matches!(at, Self::Now(_)) || self.order() < at.order()
    }

    /// Returns the key that orders judgements: what is not in the log comes last.
    #[must_use]
    pub const fn order(self) -> (u64, u16) {
        match self {
            Self::Placed(place) => (place.seq, place.index),
            Self::Now(_) => (u64::MAX, u16::MAX),
        }
    }
}
