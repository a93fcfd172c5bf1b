//! The clocks of a repair: when somebody has to answer, to come, to have it fixed.
//!
//! They start when it was reported and, for coming and fixing, again whenever it is reopened. A
//! pause stops the clock of fixing until its end, all pauses of a round together at most for what
//! the RuleSet allows; a visit that the resident offered and somebody took moves both to the end of
//! that visit. Whatever closes the report ends the clocks that still run.

use serde::{Deserialize, Serialize};

use super::{Repair, Slot, Status, Version};
use crate::{kernel::Moment, law::RuleSet};

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// What a clock is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// Somebody has to answer.
    Answer,
    /// Somebody has to come.
    Arrive,
    /// It has to be fixed.
    Fix,
}

impl ClockKind {
    /// All clocks.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Arrive, Self::Fix];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Arrive => "arrive",
            Self::Fix => "fix",
        }
    }
}

/// One clock of one round of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it is for.
    pub kind: ClockKind,
    /// When it began.
    pub from: Moment,
    /// When it runs out.
    pub due: Moment,
    /// When it ended: it was met, or what it was for ended otherwise.
    pub ended: Option<Moment>,
    /// Whether it was met: somebody answered, came, said that it is done.
    pub met: bool,
}

impl Clock {
    /// Tells whether it ran out, by now or when it ended.
    #[must_use]
    pub fn is_late(&self, now: Moment) -> bool {
        self.ended.unwrap_or(now) > self.due
    }
}

/// Returns the clocks of a repair, in the order of their beginning; none if the class has none.
#[must_use]
pub fn clocks(repair: &Repair, law: &RuleSet) -> Vec<Clock> {
    let Some(class) = law.class(&repair.report.class) else { return Vec::new() };
    let path = repair.path();
    let opened = repair.opened_at();
    let after = |from: Moment, minutes: u32| plus(from, i64::from(minutes) * MINUTE_MS);
    let mut clocks = Vec::new();
    let answer = path.iter().find(|v| v.status() != Status::Reported);
    clocks.push(Clock {
        kind: ClockKind::Answer,
        from: opened,
        due: after(opened, class.answer_min),
        ended: answer.map(|v| v.when),
        // Whoever takes a report back was not answered.
        met: answer.is_some_and(|v| v.status() != Status::Withdrawn),
    });
    for round in rounds(&path) {
        let Some(from) = round.first().map(|version| version.when) else { continue };
        let visit = round.iter().rev().find_map(|version| version.visit).filter(|v| v.to > from);
        let (stopped, over) = (stopped_ms(round, law), closed_at(round));
        let came = round.iter().skip(1).find(|v| has_come(v.status())).map(|v| v.when);
        clocks.push(Clock {
            kind: ClockKind::Arrive,
            from,
            due: not_before(after(from, class.arrive_min), visit),
            ended: came.or(over),
            met: came.is_some(),
        });
        let done = round.iter().skip(1).find(|version| version.status() == Status::DoneClaimed);
        clocks.push(Clock {
            kind: ClockKind::Fix,
            from,
            due: plus(not_before(after(from, class.fix_min), visit), stopped),
            ended: done.map(|version| version.when).or(over),
            met: done.is_some(),
        });
    }
    clocks
}

/// Returns the clock that runs out first of those that run.
#[must_use]
pub fn next_due(clocks: &[Clock]) -> Option<Clock> {
    let running = clocks.iter().filter(|clock| clock.ended.is_none());
    running.min_by_key(|clock| (clock.due, clock.kind)).copied()
}

/// Cuts the way of a repair where it was reopened.
fn rounds<'a, 'v>(path: &'a [&'v Version]) -> Vec<&'a [&'v Version]> {
    let mut rounds = Vec::new();
    let mut rest = path;
    let begins = |version: &&Version| version.status() == Status::Reopened && !version.settles;
    while let Some(at) = rest.iter().skip(1).position(begins) {
        let (round, after) = rest.split_at(at.saturating_add(1));
        rounds.push(round);
        rest = after;
    }
    rounds.push(rest);
    rounds
}

const fn has_come(status: Status) -> bool {
    matches!(status, Status::OnSite | Status::Working | Status::DoneClaimed)
}

/// When the report was closed without somebody saying that it is done.
fn closed_at(round: &[&Version]) -> Option<Moment> {
    round.iter().find(|version| !version.status().is_open()).map(|version| version.when)
}

/// How long pauses stopped the clock of a round. A pause that lasts counts to its end.
fn stopped_ms(round: &[&Version], law: &RuleSet) -> i64 {
    let mut stopped = 0_i64;
    for (at, version) in round.iter().enumerate() {
        let Some(until) = version.step.until.filter(|_| version.status() == Status::Paused) else {
            continue;
        };
        let next = round.get(at.saturating_add(1)).map_or(until, |next| next.when.min(until));
        stopped = stopped.saturating_add(next.0.saturating_sub(version.when.0).max(0));
    }
    stopped.min(i64::from(law.repairs.pause_min_max).saturating_mul(MINUTE_MS))
}

fn not_before(due: Moment, visit: Option<Slot>) -> Moment {
    visit.map_or(due, |visit| due.max(visit.to))
}

const fn plus(moment: Moment, ms: i64) -> Moment {
    Moment(moment.0.saturating_add(ms))
}
