//! Moments as a clock on the wall of the community shows them.

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _};

use super::{Day, Moment};

/// A moment by the community's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallTime {
    /// The day.
    pub day: Day,
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, 1 to 31.
    pub day_of_month: u32,
    /// The day of the week, 1 for Monday to 7.
    pub weekday: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute, 0 to 59.
    pub minute: u32,
}

impl WallTime {
    /// Reads a moment at minutes ahead of UTC.
    ///
    /// `None` for moments or offsets outside the calendar.
    #[must_use]
    pub fn of(moment: Moment, offset_minutes: i32) -> Option<Self> {
        let offset = FixedOffset::east_opt(offset_minutes.checked_mul(60)?)?;
        let local = DateTime::from_timestamp_millis(moment.0)?.with_timezone(&offset);
        Some(Self {
            day: Day::of(moment, offset_minutes)?,
            year: local.year(),
            month: local.month(),
            day_of_month: local.day(),
            weekday: local.weekday().number_from_monday(),
            hour: local.hour(),
            minute: local.minute(),
        })
    }
}

impl Day {
    /// Returns a full hour of the day, at minutes ahead of UTC.
    #[must_use]
    pub fn at_hour(self, hour: u8, offset_minutes: i32) -> Option<Moment> {
        let begins = self.begins(offset_minutes)?;
        Some(Moment(begins.0.checked_add(i64::from(hour) * 3_600_000)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_shows_its_own_midnight() {
        // 2026-11-24 16:00 UTC is midnight in China.
        let midnight = Moment(1_795_536_000_000);
        let wall = WallTime::of(midnight, 480).unwrap();
        assert_eq!((wall.year, wall.month, wall.day_of_month), (2026, 11, 25));
        assert_eq!((wall.weekday, wall.hour, wall.minute), (3, 0, 0));
        let before = WallTime::of(Moment(midnight.0 - 1), 480).unwrap();
        assert_eq!((before.day_of_month, before.hour, before.minute), (24, 23, 59));
        assert_eq!(wall.day.at_hour(9, 480), Some(Moment(midnight.0 + 9 * 3_600_000)));
        assert_eq!(WallTime::of(Moment(i64::MAX), 480), None);
    }
}
