use proptest::prelude::*;

use super::{
    given::{NOON, Story, chen, fang, gao, leak, lin, mei, stranger, wang, written, zhao},
    *,
};
use crate::{
    kernel::{Author, Written},
    law::RuleSet,
};

fn law() -> RuleSet {
    RuleSet::national().unwrap()
}

fn text() -> String {
    "一句话".to_owned()
}

/// Who may lead a repair from one state to another, written from the rules of the community
/// (who may write what) by hand: m Mei who reported, g Gao who owns in the stair, c Chen head of the
/// building, w Wang of the company. Lin (resident), Fang (committee), Zhao (head elsewhere) and a
/// stranger may do nothing here.
const TABLE: &[(Status, Status, &str)] = &[
    (Status::Reported, Status::Accepted, "cw"),
    (Status::Reported, Status::Refused, "cw"),
    (Status::Reported, Status::Withdrawn, "mc"),
    (Status::Accepted, Status::Dispatched, "w"),
    (Status::Accepted, Status::Refused, "cw"),
    (Status::Accepted, Status::Withdrawn, "mc"),
    (Status::Dispatched, Status::Working, "w"),
    (Status::Dispatched, Status::Withdrawn, "mc"),
    (Status::Working, Status::DoneClaimed, "w"),
    (Status::DoneClaimed, Status::Confirmed, "mg"),
    (Status::DoneClaimed, Status::Reopened, "mc"),
    (Status::Reopened, Status::Dispatched, "w"),
    (Status::Reopened, Status::Working, "w"),
];

fn people() -> [(char, Author); 8] {
    [
        ('m', mei()),
        ('l', lin()),
        ('g', gao()),
        ('c', chen()),
        ('w', wang()),
        ('f', fang()),
        ('z', zhao()),
        ('s', stranger()),
    ]
}

fn events() -> [(Status, Event); 8] {
    [
        (Status::Accepted, Event::Accept),
        (Status::Refused, Event::Refuse { reason: text() }),
        (Status::Dispatched, Event::Dispatch { to: wang().person }),
        (Status::Working, Event::Start),
        (Status::DoneClaimed, Event::ClaimDone { note: text() }),
        (Status::Confirmed, Event::Confirm),
        (Status::Reopened, Event::Reopen { reason: text() }),
        (Status::Withdrawn, Event::Withdraw),
    ]
}

#[test]
fn every_status_person_and_event_is_as_the_table_says() {
    let mut allowed = 0;
    for from in Status::ALL {
        let repair = Story::at(from).repair();
        assert_eq!(repair.status(), from);
        for (letter, person) in people() {
            for (to, event) in events() {
                let row = TABLE.iter().find(|(a, b, _)| (*a, *b) == (from, to));
                let expected = row.is_some_and(|(_, _, who)| who.contains(letter));
                let decided = decide(Some(&repair), &person, &event, NOON, &law());
                assert_eq!(decided.is_ok(), expected, "{letter}: {from:?} -> {to:?}: {decided:?}");
                if let Err(refusal) = decided {
                    let order = if row.is_some() { Refusal::NotYours } else { Refusal::WrongOrder };
                    assert_eq!(refusal, order, "{letter}: {from:?} -> {to:?}");
                }
                allowed += usize::from(expected);
            }
        }
    }
    assert_eq!(allowed, TABLE.iter().map(|(_, _, who)| who.len()).sum::<usize>());
}

#[test]
fn what_decide_writes_admit_lets_in_and_the_other_way_round() {
    for from in Status::ALL {
        let repair = Story::at(from).repair();
        for (_, person) in people() {
            for (_, event) in events() {
                // Somebody allowed writes it; then everybody's right to it is judged by admit.
                let draft = people().into_iter().find_map(|(_, author)| {
                    decide(Some(&repair), &author, &event, NOON, &law()).ok()
                });
                let Some(draft) = draft else { continue };
                let fact = written(draft, &person, 9).fact;
                let decided = decide(Some(&repair), &person, &event, NOON, &law()).is_ok();
                assert_eq!(admit(&repair, &person, &fact, &law()).is_ok(), decided);
            }
        }
    }
}

#[test]
fn two_decisions_from_one_state_stand_side_by_side_until_one_is_kept() {
    let story = Story::new();
    let before = story.repair();
    let accept = decide(Some(&before), &chen(), &Event::Accept, NOON, &law()).unwrap();
    let refuse = Event::Refuse { reason: text() };
    let refuse = decide(Some(&before), &wang(), &refuse, NOON, &law()).unwrap();
    let (accept, refuse) = (written(accept, &chen(), 3), written(refuse, &wang(), 2));
    let mut story = Story { steps: vec![accept.clone(), refuse], ..story };
    let repair = story.repair();
    assert!(repair.is_conflicted());
    assert_eq!(repair.tips().len(), 2);
    let row = view::row(&repair);
    assert!(row.conflict && row.open && row.versions == 2);
    let start = decide(Some(&repair), &wang(), &Event::Start, NOON, &law());
    assert_eq!(start, Err(Refusal::Conflicted));
    let keep = Event::Settle { keep: accept.id };
    assert_eq!(decide(Some(&repair), &lin(), &keep, NOON, &law()), Err(Refusal::NotYours));
    let settle = decide(Some(&repair), &chen(), &keep, NOON, &law()).unwrap();
    story.steps.push(written(settle, &chen(), 4));
    let repair = story.repair();
    assert!(!repair.is_conflicted());
    assert_eq!(repair.status(), Status::Accepted);
    let again = decide(Some(&repair), &chen(), &keep, NOON, &law());
    assert_eq!(again, Err(Refusal::NothingToSettle));
}

#[test]
fn the_same_decision_by_two_people_is_no_conflict() {
    let story = Story::new();
    let before = story.repair();
    let by = |who: &Author, seq| {
        let draft = decide(Some(&before), who, &Event::Accept, NOON, &law()).unwrap();
        written(draft, who, seq)
    };
    let story = Story { steps: vec![by(&chen(), 2), by(&wang(), 3)], ..story };
    let repair = story.repair();
    assert!(!repair.is_conflicted());
    assert_eq!(repair.tips().len(), 2);
    let dispatch = Event::Dispatch { to: wang().person };
    let draft = decide(Some(&repair), &wang(), &dispatch, NOON, &law()).unwrap();
    assert_eq!(draft.supersedes.len(), 2);
}

#[test]
fn a_repair_is_reopened_at_most_as_often_as_the_rules_allow() {
    let mut story = Story::at(Status::DoneClaimed);
    let reopen = Event::Reopen { reason: text() };
    let done = Event::ClaimDone { note: text() };
    for _ in 0..law().repairs.reopen_max {
        story = story.then(&mei(), &reopen).then(&wang(), &Event::Start).then(&wang(), &done);
    }
    let refused = decide(Some(&story.repair()), &mei(), &reopen, NOON, &law());
    assert_eq!(refused, Err(Refusal::ReopenedTooOften));
}

#[test]
fn who_does_not_live_there_cannot_report_and_a_head_reports_on_behalf() {
    let with = |event: Event, change: &dyn Fn(&mut Report)| {
        let Event::Report(mut report) = event else { panic!("a report") };
        change(&mut report);
        Event::Report(report)
    };
    let decide = |who: &Author, event: &Event| decide(None, who, event, NOON, &law()).map(|_| ());
    assert_eq!(decide(&lin(), &leak()), Ok(()));
    assert_eq!(decide(&zhao(), &leak()), Err(Refusal::NotYours));
    assert_eq!(decide(&stranger(), &leak()), Err(Refusal::NotYours));
    let on_behalf = with(leak(), &|report| report.on_behalf = Some(mei().person));
    assert_eq!(decide(&chen(), &on_behalf), Ok(()));
    assert_eq!(decide(&lin(), &on_behalf), Err(Refusal::NotYours));
    let other = Place::parse("home/3-2-502").unwrap();
    let in_lins_home = with(leak(), &|report| report.place = other.clone());
    assert_eq!(decide(&mei(), &in_lins_home), Err(Refusal::NotYours));
    let unknown = with(leak(), &|report| report.class = "magic".to_owned());
    assert_eq!(decide(&mei(), &unknown), Err(Refusal::UnknownClass));
    let long = with(leak(), &|report| report.text = "长".repeat(2_001));
    assert_eq!(decide(&mei(), &long), Err(Refusal::BadText));
    let empty = with(leak(), &|report| report.text = "  ".to_owned());
    assert_eq!(decide(&mei(), &empty), Err(Refusal::BadText));
}

#[test]
fn a_step_without_its_predecessor_waits_and_one_on_a_refused_step_never_counts() {
    let story = Story::at(Status::Working);
    let [accepted, dispatched, started] = story.steps.as_slice() else { panic!("three steps") };
    let steps = vec![started.clone(), accepted.clone()];
    let early = Story { steps, ..story.clone() }.repair();
    assert_eq!((early.status(), early.waiting.len()), (Status::Accepted, 1));
    let stolen = Written { author: stranger(), ..dispatched.clone() };
    let steps = vec![accepted.clone(), stolen, started.clone()];
    let refused = Story { steps, ..story.clone() }.repair();
    assert_eq!(refused.status(), Status::Accepted);
    assert_eq!(refused.refused.len(), 2);
}

#[test]
fn stored_words_and_places_go_round() {
    for status in Status::ALL {
        let value = linli_wire::cbor::to_value("status", &status).unwrap();
        assert_eq!(value.as_text(), Some(status.word()));
        assert_eq!(linli_wire::cbor::from_value::<Status>("status", &value).unwrap(), status);
    }
    for text in ["home/3-2-501", "stair/3-2", "building/3", "community"] {
        assert_eq!(Place::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Place::parse("stair/3"), None);
    let words: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|r| r.word()).collect();
    assert_eq!(words.len(), Refusal::ALL.len());
}

#[test]
fn a_row_is_found_by_the_short_form_of_its_unit() {
    let Event::Report(report) = leak() else { panic!("a report") };
    let place = Place::parse("home/3-2-501").unwrap();
    let event = Event::Report(Report { place, ..report });
    let draft = decide(None, &mei(), &event, NOON, &law()).unwrap();
    let repair = fold(&written(draft, &mei(), 1), &[], &law());
    assert!(view::search_text(&repair).contains("32501"));
    assert!(view::search_text(&repair).contains("漏水"));
}

/// Random people take random steps on what some of them have seen: rivals arise.
fn random_story(choices: &[(usize, usize, usize)]) -> Story {
    let mut story = Story::new();
    for (seen, who, what) in choices {
        let count = seen % (story.steps.len() + 1);
        let part =
            Story { steps: story.steps.iter().take(count).cloned().collect(), ..story.clone() };
        let (_, author) = &people()[who % 8];
        let mut events: Vec<Event> = events().into_iter().map(|(_, event)| event).collect();
        events.extend(part.repair().tips().iter().map(|tip| Event::Settle { keep: tip.id }));
        let event = &events[what % events.len()];
        if let Ok(draft) = decide(Some(&part.repair()), author, event, NOON, &law()) {
            let seq = u64::try_from(story.steps.len()).unwrap() + 2;
            let step = written(draft, author, seq);
            if story.steps.iter().all(|known| known.id != step.id) {
                story.steps.push(step);
            }
        }
    }
    story
}

proptest! {
    #[test]
    fn the_order_in_which_steps_come_changes_nothing(
        choices in prop::collection::vec((0_usize..9, 0_usize..8, 0_usize..16), 1..24),
        shuffle in prop::collection::vec(any::<u32>(), 32),
    ) {
        let story = random_story(&choices);
        let mut steps: Vec<(u32, Written)> =
            story.steps.iter().cloned().enumerate().map(|(at, step)| (shuffle[at % 32], step)).collect();
        steps.sort_by_key(|(key, _)| *key);
        let shuffled =
            Story { steps: steps.into_iter().map(|(_, step)| step).collect(), ..story.clone() };
        prop_assert_eq!(story.repair(), shuffled.repair());
        prop_assert!(story.repair().refused.is_empty(), "what decide wrote is let in");
    }
}
