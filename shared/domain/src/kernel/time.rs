//! Moments, days and places in the community log.

use chrono::{DateTime, Datelike as _, Days, FixedOffset, Months, NaiveDate, SecondsFormat};
use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970 (UTC).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Moment(pub i64);

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3600 * 1000;

impl Moment {
    /// Returns when something counts as written.
    ///
    /// The author's clock is believed within bounds: not after the relay's stamp, not before what it
    /// builds on, and not more than `late_days` before the stamp: no honest phone was offline so long.
    #[must_use]
    pub fn believed(self, place: Option<Position>, after: Self, late_days: u32) -> Self {
        let Some(place) = place else { return self.max(after) };
        let oldest = place.stamp.0.saturating_sub(i64::from(late_days) * DAY_MS);
        let at = if self.0 < oldest || self > place.stamp { place.stamp } else { self };
        // The stamp never goes back, so it bounds what came before as well.
        at.max(after.min(place.stamp))
    }

    /// Writes the moment as RFC 3339 with an offset, to the second: `2026-11-25T12:00:00+08:00`.
    ///
    /// `None` for moments or offsets outside the calendar.
    #[must_use]
    pub fn rfc3339(self, offset_minutes: i32) -> Option<String> {
        let offset = FixedOffset::east_opt(offset_minutes.checked_mul(60)?)?;
        let utc = DateTime::from_timestamp_millis(self.0)?;
        Some(utc.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, false))
    }
}

/// A calendar day at a community's offset from UTC; stored as it is written, `2026-11-25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(NaiveDate);

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not a day".to_owned())
    }
}

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

    /// Reads a day as people write it: `2026-11-25`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        // Only as it is written again: `2026-1-5` is a slip as often as a day.
        (day.to_string() == text).then_some(Self(day))
    }

    /// Reads a day in the ways that tables have it: `2026-11-05`, `2026/11/5`, `2026年11月5日`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let dashed: String = super::plain(text)
            .chars()
            .filter(|char| *char != '日')
            .map(|char| if matches!(char, '/' | '.' | '年' | '月') { '-' } else { char })
            .collect();
        let parts: Vec<&str> = dashed.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        if year.len() != 4 {
            return None;
        }
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads the first day of a month: `2026-11`.
    #[must_use]
    pub fn of_month(text: &str) -> Option<Self> {
        Self::parse(&format!("{text}-01"))
    }

    /// Returns the first day of a month, from 1, of a year.
    pub(super) fn first_of(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(Self)
    }

    /// Returns the day after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.in_days(1)
    }

    /// Returns the day before this one.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        self.0.pred_opt().map(Self)
    }

    /// Returns the same day of the next month, or its last day.
    #[must_use]
    pub fn in_a_month(self) -> Option<Self> {
        self.in_months(1)
    }

    /// Returns the day so many days later.
    #[must_use]
    pub fn in_days(self, days: u64) -> Option<Self> {
        self.0.checked_add_days(Days::new(days)).map(Self)
    }

    /// Returns the same day so many months later, or the last day of that month.
    #[must_use]
    pub fn in_months(self, months: u32) -> Option<Self> {
        self.0.checked_add_months(Months::new(months)).map(Self)
    }

    /// Returns how many days this one lies after another; negative if it lies before.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    /// Returns the month it lies in, from 1.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// Returns the last moment of the day, at minutes ahead of UTC.
    #[must_use]
    pub fn ends(self, offset_minutes: i32) -> Option<Moment> {
        let next = self.next()?.begins(offset_minutes)?;
        Some(Moment(next.0.checked_sub(1)?))
    }

    /// Returns the moment at which the day begins, at minutes ahead of UTC.
    #[must_use]
    pub fn begins(self, offset_minutes: i32) -> Option<Moment> {
        let midnight = self.0.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis();
        Some(Moment(midnight.checked_sub(i64::from(offset_minutes).checked_mul(60_000)?)?))
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
