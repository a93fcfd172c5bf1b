//! The clocks across pauses, midnight, the end of a month and wrong phone clocks.

use super::{
    super::{
        clock::{Clock, ClockKind, clocks, next_due},
        given::{NOON, later, leak, photo, written, written_at},
        view,
    },
    *,
};
use crate::kernel::{Day, Moment, Position, Written};

/// 31 January 2027, 23:50 in Shanghai: ten minutes before midnight and the end of the month.
const EVE: Moment = Moment(1_801_410_600_000);

fn of(repair: &Repair, kind: ClockKind) -> Clock {
    *clocks(repair, &law()).iter().rev().find(|clock| clock.kind == kind).unwrap()
}

fn minutes(from: Moment, to: Moment) -> i64 {
    (to.0 - from.0) / 60_000
}

fn grab() -> Event {
    Event::Dispatch { to: wang().person, how: Assignment::Grab, slot: None }
}

fn done() -> Event {
    Event::ClaimDone { note: text(), photos: vec![photo()] }
}

/// A burst pipe has 15 minutes to answer, 15 to come, 120 to be fixed.
#[test]
fn each_clock_runs_from_the_report_to_what_meets_it() {
    let story = Story::new();
    let repair = story.repair();
    let due = |kind| minutes(NOON, of(&repair, kind).due);
    assert_eq!(ClockKind::ALL.map(due), [15, 15, 120]);
    let next = next_due(&clocks(&repair, &law())).unwrap();
    assert_eq!((next.kind, next.is_late(later(15)), next.is_late(later(16))), {
        (ClockKind::Answer, false, true)
    });
    let story = story
        .then_at(14, &chen(), &Event::Accept)
        .then_at(15, &wang(), &grab())
        .then_at(20, &wang(), &Event::Arrive)
        .then_at(21, &wang(), &Event::Start)
        .then_at(90, &wang(), &done());
    let repair = story.repair();
    let late = |kind| of(&repair, kind).is_late(later(9_999));
    assert_eq!(ClockKind::ALL.map(late), [false, true, false], "he came five minutes late");
    assert_eq!(next_due(&clocks(&repair, &law())), None);
    assert!(view::row(&repair, &law()).was_late);
}

#[test]
fn a_pause_stops_the_clock_of_fixing_until_its_end_and_no_longer() {
    let pause = |until| Event::Pause { reason: text(), until: later(until) };
    let working = Story::new().at(Status::Working);
    let paused = working.then_at(30, &wang(), &pause(100));
    assert_eq!(minutes(NOON, of(&paused.repair(), ClockKind::Fix).due), 120 + 70);
    let early = paused.clone().then_at(50, &wang(), &Event::Start);
    assert_eq!(minutes(NOON, of(&early.repair(), ClockKind::Fix).due), 120 + 20);
    let forgotten = paused.then_at(5_000, &wang(), &Event::Start);
    assert_eq!(minutes(NOON, of(&forgotten.repair(), ClockKind::Fix).due), 120 + 70);
}

#[test]
fn pauses_of_a_round_stop_the_clock_for_a_week_at_most() {
    const WEEK: i64 = 7 * 24 * 60;
    let pause = |until| Event::Pause { reason: text(), until: later(until) };
    let story = Story::new()
        .at(Status::Working)
        .then_at(10, &wang(), &pause(10 + WEEK - 5))
        .then_at(10 + WEEK - 5, &wang(), &Event::Start)
        .then_at(WEEK + 10, &wang(), &pause(WEEK + 60))
        .then_at(WEEK + 60, &wang(), &Event::Start);
    assert_eq!(minutes(NOON, of(&story.repair(), ClockKind::Fix).due), 120 + WEEK);
}

#[test]
fn a_reopened_repair_has_new_clocks_and_its_old_lateness_stays() {
    let story = Story::new().at(Status::Working).then_at(200, &wang(), &done()).then_at(
        300,
        &mei(),
        &Event::Reopen { reason: text(), photos: Vec::new() },
    );
    let repair = story.repair();
    let fix = of(&repair, ClockKind::Fix);
    assert_eq!((minutes(NOON, fix.from), minutes(NOON, fix.due)), (300, 420));
    assert_eq!(of(&repair, ClockKind::Arrive).ended, None, "somebody has to come again");
    let row = view::row(&repair, &law());
    assert!(row.was_late && row.is_late(later(301)));
    let story = story.then_at(310, &wang(), &Event::Start).then_at(400, &wang(), &done());
    assert_eq!(next_due(&clocks(&story.repair(), &law())), None);
}

#[test]
fn a_visit_that_was_offered_and_taken_moves_the_clocks_to_its_end() {
    let evening = Slot { from: later(360), to: later(420) };
    let report = Report { slots: vec![evening], ..leak() };
    let taken = Event::Dispatch { to: wang().person, how: Assignment::Hand, slot: Some(evening) };
    let story = Story::begins(&mei(), report).then(&chen(), &Event::Accept).then(&wang(), &taken);
    assert_eq!(of(&story.repair(), ClockKind::Arrive).due, evening.to);
    assert_eq!(of(&story.repair(), ClockKind::Fix).due, evening.to);
}

#[test]
fn what_closes_a_report_ends_its_clocks() {
    let refuse = Event::Refuse { reason: text() };
    let refused = Story::new().then_at(10, &chen(), &refuse).repair();
    assert_eq!(next_due(&clocks(&refused, &law())), None);
    assert!(!view::row(&refused, &law()).is_late(later(9_999)));
    let ignored = Story::new().then_at(500, &mei(), &Event::Withdraw).repair();
    assert!(view::row(&ignored, &law()).is_late(later(9_999)), "nobody had come until then");
}

#[test]
fn midnight_and_the_end_of_a_month_are_minutes_like_others() {
    let draft = decide(None, &mei(), &Event::Report(leak()), EVE, &law()).unwrap();
    let opening = written_at(draft, &mei(), 1, EVE);
    let repair = fold(&opening, &[], &law());
    let fix = of(&repair, ClockKind::Fix);
    assert_eq!(minutes(EVE, fix.due), 120);
    let day = |moment| Day::of(moment, 480).unwrap().to_string();
    assert_eq!((day(EVE).as_str(), day(fix.due).as_str()), ("2027-01-31", "2027-02-01"));
}

/// Mei's report with her own clock and the relay's stamp, in minutes after noon.
fn stamped(clock: i64, stamp: i64) -> Written {
    let draft = decide(None, &mei(), &Event::Report(leak()), NOON, &law()).unwrap();
    let mut opening = written(draft, &mei(), 1);
    opening.fact.at = later(clock).0;
    opening.place = Some(Position { seq: 1, index: 0, stamp: later(stamp) });
    opening
}

#[test]
fn a_phone_without_signal_starts_the_clock_when_it_was_reported() {
    let opened =
        |clock, stamp| minutes(NOON, fold(&stamped(clock, stamp), &[], &law()).opened_at());
    assert_eq!(opened(0, 0), 0);
    assert_eq!(opened(0, 3 * 24 * 60), 0, "three days in a cellar");
    assert_eq!(opened(90, 60), 60, "a clock that runs ahead counts from the stamp");
    assert_eq!(opened(-29 * 24 * 60, 0), -29 * 24 * 60);
    assert_eq!(opened(-31 * 24 * 60, 0), 0, "a clock of another month is not believed");
    assert_eq!(opened(i64::from(i32::MIN), 0), 0);
}

#[test]
fn a_worker_with_a_slow_clock_has_not_come_before_it_was_reported() {
    let story = Story { opening: stamped(0, 0), ..Story::new() }
        .then_at(14, &chen(), &Event::Accept)
        .then_at(15, &wang(), &grab());
    let repair = story.repair();
    let arrive = decide(Some(&repair), &wang(), &Event::Arrive, NOON, &law()).unwrap();
    let mut arrive = written(arrive, &wang(), 9);
    // He came after an hour, and set his clock back to noon.
    arrive.place = Some(Position { seq: 9, index: 0, stamp: later(60) });
    let mut story = story;
    story.steps.push(arrive);
    let came = of(&story.repair(), ClockKind::Arrive);
    assert_eq!(minutes(NOON, came.ended.unwrap()), 15, "not before he was sent");
    let entry = view::detail(&story.repair(), &mei(), later(99), &law());
    let entry = entry.timeline.last().unwrap().clone();
    assert_eq!((entry.at, entry.stamp), (NOON, Some(later(60))), "both times are shown");
}
