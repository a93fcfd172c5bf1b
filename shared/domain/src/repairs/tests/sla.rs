//! The figures of a month: across its end, with pauses, reopened, and late to arrive.

use super::{
    super::{
        given::{NOON, gao, later, leak, photo, written_at},
        sla::{Line, Period, Sla},
    },
    *,
};
use crate::kernel::{Day, Moment, Position, Written};

/// A day in milliseconds.
const DAY_MS: i64 = 24 * 3600 * 1000;

fn dispatch(to: &Author) -> Event {
    Event::Dispatch { to: to.person, how: Assignment::Hand, slot: None }
}

fn done() -> Event {
    Event::ClaimDone { note: text(), photos: vec![photo()] }
}

/// Fixed: answered after 10 minutes, come after 15, done after 90, rated.
fn fixed(stars: u8) -> Repair {
    Story::new()
        .then_at(10, &chen(), &Event::Accept)
        .then_at(11, &wang(), &dispatch(&wang()))
        .then_at(15, &wang(), &Event::Arrive)
        .then_at(16, &wang(), &Event::Start)
        .then_at(90, &wang(), &done())
        .then_at(95, &mei(), &Event::Confirm { mark: None })
        .then_at(96, &mei(), &Event::Rate { stars, text: String::new() })
        .repair()
}

fn month(text: &str) -> Period {
    let first = Day::of_month(text).unwrap();
    let begins = |day: Day| day.begins(480).unwrap();
    Period { from: begins(first), to: begins(first.in_a_month().unwrap()) }
}

/// The month that noon is in.
fn this_month() -> Period {
    month("2026-11")
}

fn count(repairs: &[Repair], period: &Period, now: Moment) -> Sla {
    let mut sla = Sla::default();
    for repair in repairs {
        sla.count(repair, &law(), period, now);
    }
    sla
}

/// Kept, late, running, overdue, void; of answering, coming, fixing.
fn promises(line: &Line) -> [[u32; 5]; 3] {
    [&line.answer, &line.arrive, &line.fix].map(|p| [p.kept, p.late, p.running, p.overdue, p.void])
}

#[test]
fn every_promise_is_counted_once_as_what_came_of_it() {
    let late = Story::new()
        .then_at(16, &chen(), &Event::Accept)
        .then_at(17, &wang(), &dispatch(&gao()))
        .then_at(31, &wang(), &Event::Arrive)
        .repair();
    let withdrawn = Story::new().then_at(3, &mei(), &Event::Withdraw).repair();
    let fresh = Story::new().repair();
    let repairs = [fixed(5), fixed(2), late, withdrawn, fresh];
    let sla = count(&repairs, &this_month(), later(119));
    assert_eq!(promises(&sla.all), [[2, 1, 0, 1, 1], [2, 1, 0, 1, 1], [2, 0, 2, 0, 1]]);
    let all = &sla.all;
    assert_eq!((all.reported, all.open, all.overdue, all.reopened), (5, 2, 1, 0));
    assert_eq!((all.ratings, all.stars_tenths()), (2, Some(35)));
    // 10, 10 and 16 minutes; 15, 15 and 31.
    assert_eq!((all.answer.average(), all.answer.median()), (Some(12), Some(10)));
    assert_eq!((all.arrive.average(), all.arrive.median()), (Some(20), Some(15)));
    assert_eq!((all.fix.percent(), all.answer.percent()), (Some(100), Some(50)));
    // Two minutes later the clocks of fixing have run out as well.
    let after = count(&repairs, &this_month(), later(121));
    assert_eq!(promises(&after.all)[2], [2, 0, 0, 2, 1]);
    assert_eq!(after.all.overdue, 2);
    // Every figure is found again in each way of counting.
    let sum = |lines: Vec<&Line>| lines.iter().map(|line| line.reported).sum::<u32>();
    assert_eq!(sum(sla.classes.values().collect()), 5);
    assert_eq!(sum(sla.buildings.values().collect()), 5);
    let workers: Vec<_> = sla.workers.iter().map(|(who, line)| (*who, line.reported)).collect();
    assert_eq!(workers, [(None, 2), (Some(gao().person), 1), (Some(wang().person), 2)]);
}

#[test]
fn a_repair_belongs_to_the_month_it_was_reported_in_wherever_its_clock_ends() {
    // 31 January 2027, 23:50 in Shanghai.
    let eve = Moment(1_801_410_600_000);
    let draft = decide(None, &mei(), &Event::Report(leak()), eve, &law()).unwrap();
    let story = Story { opening: written_at(draft, &mei(), 1, eve), steps: vec![], law: law() };
    let in_minutes = (eve.0 - NOON.0) / 60_000;
    let story = story.then_at(in_minutes + 14, &chen(), &Event::Accept);
    let repairs = [story.repair()];
    let january = count(&repairs, &month("2027-01"), Moment(eve.0 + DAY_MS));
    assert_eq!(promises(&january.all), [[1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0]]);
    assert_eq!(count(&repairs, &month("2027-02"), Moment(eve.0 + DAY_MS)), Sla::default());
}

#[test]
fn the_first_moment_of_a_month_is_in_it_and_that_of_the_next_is_not() {
    let period = month("2026-12");
    assert!(period.has(period.from) && !period.has(period.to));
    assert_eq!(period.to, month("2027-01").from);
}

#[test]
fn a_report_that_was_written_offline_counts_for_the_month_it_was_written_in() {
    let draft = decide(None, &mei(), &Event::Report(leak()), NOON, &law()).unwrap();
    let written = written_at(draft, &mei(), 1, NOON);
    let arrives = |days: i64| {
        let stamp = Moment(NOON.0 + days * DAY_MS);
        let place = Some(Position { seq: 1, index: 0, stamp });
        let opening = Written { place, ..written.clone() };
        Story { opening, steps: vec![], law: law() }.repair()
    };
    let now = Moment(NOON.0 + 90 * DAY_MS);
    // It is the 24th of November; nine days later it is December.
    assert_eq!(count(&[arrives(9)], &this_month(), now).all.reported, 1);
    // Nobody believes a phone that was offline for longer than phones keep their packs.
    assert_eq!(count(&[arrives(31)], &this_month(), now).all.reported, 0);
    assert_eq!(count(&[arrives(31)], &month("2026-12"), now).all.reported, 1);
}

#[test]
fn a_reopened_repair_promises_again_and_a_pause_moves_the_promise() {
    let reopen = Event::Reopen { reason: text(), photos: Vec::new() };
    let pause = Event::Pause { reason: text(), until: later(100) };
    let repair = Story::new()
        .then_at(10, &chen(), &Event::Accept)
        .then_at(11, &wang(), &dispatch(&wang()))
        .then_at(14, &wang(), &Event::Arrive)
        .then_at(15, &wang(), &Event::Start)
        .then_at(40, &wang(), &pause)
        .then_at(110, &wang(), &Event::Start)
        // Sixty minutes of pause: 150 is in time where 120 were promised.
        .then_at(150, &wang(), &done())
        .then_at(200, &mei(), &reopen)
        .then_at(230, &wang(), &Event::Start)
        .repair();
    let sla = count(&[repair], &this_month(), later(260));
    assert_eq!(promises(&sla.all), [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [1, 0, 1, 0, 0]]);
    assert_eq!((sla.all.reported, sla.all.reopened, sla.all.overdue), (1, 1, 0));
    // What the resident waited: the pause counts. 14 and 30 minutes to come.
    assert_eq!((sla.all.fix.average(), sla.all.arrive.median()), (Some(150), Some(22)));
}

#[test]
fn nothing_has_no_average() {
    let line = Line::default();
    assert_eq!((line.stars_tenths(), line.fix.average(), line.fix.median()), (None, None, None));
    assert_eq!(line.fix.percent(), None);
}
