//! Months of the calendar.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Day;

/// Months of a year.
const YEAR: i32 = 12;

/// Months of a quarter.
const QUARTER: i32 = 3;

/// A month of the calendar, counted from the first of the year 0; stored as it is written, `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(i32);

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not a month".to_owned())
    }
}

impl Month {
    /// Reads a month as people write it: `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Day::of_month(text).map(Self::of)
    }

    /// Returns the month of a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        // A calendar's year times twelve and its month fit by far.
        let month = i32::try_from(day.month()).unwrap_or(1);
        Self(day.year().saturating_mul(YEAR).saturating_add(month).saturating_sub(1))
    }

    /// Returns the month so many months later.
    #[must_use]
    pub fn plus(self, months: u32) -> Option<Self> {
        self.0.checked_add(i32::try_from(months).ok()?).map(Self)
    }

    /// Returns the month so many months earlier.
    #[must_use]
    pub fn minus(self, months: u32) -> Option<Self> {
        self.0.checked_sub(i32::try_from(months).ok()?).map(Self)
    }

    /// Returns the first month of its quarter.
    #[must_use]
    pub const fn quarter(self) -> Self {
        // Years begin where their months can be divided by twelve.
        Self(self.0.saturating_sub(self.0.rem_euclid(QUARTER)))
    }

    /// Returns how many months this one lies after another; none if it lies before.
    #[must_use]
    pub fn since(self, other: Self) -> Option<u32> {
        u32::try_from(self.0.checked_sub(other.0)?).ok()
    }

    /// Returns its first day; none where the calendar ends.
    #[must_use]
    pub fn first(self) -> Option<Day> {
        let month = u32::try_from(self.0.rem_euclid(YEAR)).ok()?;
        Day::first_of(self.0.div_euclid(YEAR), month + 1)
    }

    /// Returns how many days it has.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        let days = self.plus(1)?.first()?.days_since(self.first()?);
        u32::try_from(days).ok()
    }
}

/// As it is read: `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(YEAR), self.0.rem_euclid(YEAR) + 1)
    }
}
