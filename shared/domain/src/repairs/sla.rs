//! What came of the company's promises in a stretch of time: by class, by building, by worker.
//!
//! *Which repairs.* A repair belongs to the month it was reported in, by the time that counts
//! (`opened_at`): one that was written offline on the last evening and arrives in the next month
//! changes the old month's figures, as it should. A month printed early is a month as of then.
//!
//! *Which clocks.* One promise to answer for each report; one to come and one to fix for each round
//! of work, so that a reopened repair promises again. A clock that was met counts as kept or late;
//! one that still runs counts as running, or as overdue if it has run out by the moment of the
//! report; one that ended because the report was withdrawn, merged, refused or passed on before
//! anybody had to come counts as void. Pauses and agreed visits have moved the clock already.
//!
//! *Minutes* are those from the beginning of a clock until it was met, pauses included: that is what
//! the resident waited. The average is rounded to the nearest minute, half a minute up; so is the
//! median, which of an even count is the middle of the two in the middle. Ratings are averaged in
//! tenths of a star, half a tenth up.
//!
//! *By worker* a repair counts for the person it was handed to last.

use std::collections::BTreeMap;

use linli_wire::PersonId;

use super::{
    Place, Repair, Status,
    clock::{ClockKind, clocks},
};
use crate::{kernel::Moment, law::RuleSet};

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// A stretch of time: from its beginning to before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub from: Moment,
    /// Its end, which is not in it.
    pub to: Moment,
}

impl Period {
    /// Tells whether a moment is in it.
    #[must_use]
    pub fn has(&self, moment: Moment) -> bool {
        self.from <= moment && moment < self.to
    }
}

/// What came of one kind of promise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// Met in time.
    pub kept: u32,
    /// Met, but late.
    pub late: u32,
    /// Not met yet, and there is time.
    pub running: u32,
    /// Not met yet, and the time has run out.
    pub overdue: u32,
    /// No longer needed before it was met.
    pub void: u32,
    /// How long it took, for each that was met, in milliseconds.
    waits: Vec<i64>,
}

impl Promise {
    /// Returns the share that was kept of all that had to be by now, in percent, rounded down: a
    /// hundred means that none was late.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        let all = u64::from(self.kept) + u64::from(self.late) + u64::from(self.overdue);
        u32::try_from((u64::from(self.kept) * 100).checked_div(all)?).ok()
    }

    /// Returns the average minutes until it was met.
    #[must_use]
    pub fn average(&self) -> Option<i64> {
        let count = i64::try_from(self.waits.len()).ok()?;
        let sum = self.waits.iter().try_fold(0_i64, |sum, wait| sum.checked_add(*wait))?;
        minutes(sum, count)
    }

    /// Returns the middle of the minutes until it was met.
    #[must_use]
    pub fn median(&self) -> Option<i64> {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let upper = *waits.get(waits.len() / 2)?;
        if waits.len() % 2 == 1 {
            return minutes(upper, 1);
        }
        let lower = *waits.get(waits.len() / 2 - 1)?;
        minutes(lower.checked_add(upper)?, 2)
    }
}

/// Divides milliseconds into minutes, half a minute up.
fn minutes(sum: i64, count: i64) -> Option<i64> {
    let unit = count.checked_mul(MINUTE_MS)?;
    sum.checked_add(unit / 2)?.checked_div(unit)
}

/// The figures of one class, building or worker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// How many were reported.
    pub reported: u32,
    /// How many still wait for somebody.
    pub open: u32,
    /// How many of those have a clock that has run out.
    pub overdue: u32,
    /// How many were reopened at least once.
    pub reopened: u32,
    /// To answer.
    pub answer: Promise,
    /// To come.
    pub arrive: Promise,
    /// To have it fixed.
    pub fix: Promise,
    /// How many were rated.
    pub ratings: u32,
    /// The sum of the stars.
    stars: u32,
}

impl Line {
    /// Returns the average rating in tenths of a star.
    #[must_use]
    pub fn stars_tenths(&self) -> Option<u32> {
        let twice = self.stars.checked_mul(20)?.checked_add(self.ratings)?;
        twice.checked_div(self.ratings.checked_mul(2)?)
    }

    fn count(&mut self, repair: &Repair, law: &RuleSet, now: Moment) {
        let add = |number: &mut u32| *number = number.saturating_add(1);
        add(&mut self.reported);
        let mut over = false;
        for clock in clocks(repair, law) {
            let promise = match clock.kind {
                ClockKind::Answer => &mut self.answer,
                ClockKind::Arrive => &mut self.arrive,
                ClockKind::Fix => &mut self.fix,
            };
            let late = clock.is_late(now);
            match clock.ended {
                Some(ended) if clock.met => {
                    promise.waits.push(ended.0.saturating_sub(clock.from.0));
                    add(if late { &mut promise.late } else { &mut promise.kept });
                }
                Some(_) => add(&mut promise.void),
                None => {
                    over |= late;
                    add(if late { &mut promise.overdue } else { &mut promise.running });
                }
            }
        }
        if repair.is_open() {
            add(&mut self.open);
            if over {
                add(&mut self.overdue);
            }
        }
        let path = repair.path();
        if path.iter().any(|version| version.status() == Status::Reopened) {
            add(&mut self.reopened);
        }
        if let Some(stars) = path.iter().rev().find_map(|version| version.step.stars) {
            add(&mut self.ratings);
            self.stars = self.stars.saturating_add(u32::from(stars));
        }
    }
}

/// The figures of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sla {
    /// Of all repairs together.
    pub all: Line,
    /// By the class that was reported.
    pub classes: BTreeMap<String, Line>,
    /// By building; the whole area under none.
    pub buildings: BTreeMap<Option<String>, Line>,
    /// By worker; what was handed to nobody under none.
    pub workers: BTreeMap<Option<PersonId>, Line>,
}

impl Sla {
    /// Counts a repair, if it was reported in the period. `now` is the moment of the report.
    pub fn count(&mut self, repair: &Repair, law: &RuleSet, period: &Period, now: Moment) {
        if !period.has(repair.opened_at()) {
            return;
        }
        let building = building(repair.place());
        let worker = repair.tip().and_then(|tip| tip.assignee);
        for line in [
            &mut self.all,
            self.classes.entry(repair.report.class.clone()).or_default(),
            self.buildings.entry(building).or_default(),
            self.workers.entry(worker).or_default(),
        ] {
            line.count(repair, law, now);
        }
    }
}

/// Returns the building of a place; none for the whole area.
#[must_use]
pub fn building(place: &Place) -> Option<String> {
    match place {
        Place::Home(unit) => Some(unit.building().to_owned()),
        Place::Stair { building, .. } | Place::Building(building) => Some(building.clone()),
        Place::Community => None,
    }
}
