//! Conflicts, and facts in any order.

use proptest::prelude::*;

use super::{
    super::given::{NOON, events, grievance, later, written, written_at},
    *,
};
use crate::kernel::Written;

#[test]
fn two_decisions_from_one_state_stand_side_by_side_until_one_is_kept() {
    let story = Story::new();
    let before = story.repair();
    let accept = decide(Some(&before), &chen(), &Event::Accept, NOON, &law()).unwrap();
    let refuse = Event::Refuse { reason: text() };
    let refuse = decide(Some(&before), &wang(), &refuse, NOON, &law()).unwrap();
    let (accept, refuse) = (written(accept, &chen(), 3), written(refuse, &wang(), 2));
    let mut story = Story { steps: vec![accept.clone(), refuse.clone()], ..story };
    let repair = story.repair();
    assert!(repair.is_conflicted());
    assert_eq!(repair.tips().len(), 2);
    let row = view::row(&repair, &law());
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
    let other = Event::Settle { keep: refuse.id };
    let again = decide(Some(&repair), &chen(), &other, NOON, &law());
    assert_eq!(again, Err(Refusal::NothingToSettle));
}

#[test]
fn what_was_kept_says_all_that_it_said() {
    let story = Story::new().at(Status::Accepted);
    let before = story.repair();
    let hand = Event::Dispatch { to: wang().person, how: Assignment::Hand, slot: None };
    let hand = decide(Some(&before), &wang(), &hand, NOON, &law()).unwrap();
    let refer = Event::Refer { to: Referral::Utility, reason: text() };
    let refer = decide(Some(&before), &chen(), &refer, NOON, &law()).unwrap();
    let (hand, refer) = (written(hand, &wang(), 3), written(refer, &chen(), 4));
    let mut story = story;
    story.steps.extend([hand.clone(), refer]);
    let repair = story.repair();
    let keep = Event::Settle { keep: hand.id };
    let settle = decide(Some(&repair), &wang(), &keep, NOON, &law()).unwrap();
    story.steps.push(written(settle, &wang(), 5));
    let repair = story.repair();
    assert_eq!(repair.status(), Status::Dispatched);
    assert_eq!(repair.tip().unwrap().assignee, Some(wang().person));
    assert_eq!(repair.tip().unwrap().step.how, Some(Assignment::Hand));
}

#[test]
fn a_target_does_not_close_its_complaint_by_settling() {
    let story = Story::begins(&lin(), grievance());
    let before = story.repair();
    let accept = decide(Some(&before), &wang(), &Event::Accept, NOON, &law()).unwrap();
    let refuse = Event::Refuse { reason: text() };
    let refuse = decide(Some(&before), &fang(), &refuse, NOON, &law()).unwrap();
    let (accept, refuse) = (written(accept, &wang(), 2), written(refuse, &fang(), 3));
    let story = Story { steps: vec![accept, refuse.clone()], ..story };
    let keep = Event::Settle { keep: refuse.id };
    let decide = |who: &Author| decide(Some(&story.repair()), who, &keep, NOON, &law()).map(|_| ());
    assert_eq!(decide(&wang()), Err(Refusal::OwnComplaint));
    assert_eq!(decide(&fang()), Ok(()));
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
    let hand = Event::Dispatch { to: wang().person, how: Assignment::Hand, slot: None };
    let draft = decide(Some(&repair), &wang(), &hand, NOON, &law()).unwrap();
    assert_eq!(draft.supersedes.len(), 2);
}

#[test]
fn a_step_without_its_predecessor_waits_and_one_on_a_refused_step_never_counts() {
    let story = Story::new().at(Status::OnSite);
    let [accepted, verified, dispatched, arrived] = story.steps.as_slice() else { panic!("four") };
    let steps = vec![arrived.clone(), accepted.clone(), verified.clone()];
    let early = Story { steps, ..story.clone() }.repair();
    assert_eq!((early.status(), early.waiting.len()), (Status::PlaceVerified, 1));
    let stolen = Written { author: stranger(), ..dispatched.clone() };
    let steps = vec![accepted.clone(), verified.clone(), stolen, arrived.clone()];
    let refused = Story { steps, ..story.clone() }.repair();
    assert_eq!(refused.status(), Status::PlaceVerified);
    assert_eq!(refused.refused.len(), 2);
}

/// Random people take random steps on what some of them have seen: rivals arise.
fn random_story(begin: Story, choices: &[(usize, usize, usize)]) -> Story {
    let mut story = begin;
    for (seen, who, what) in choices {
        let count = seen % (story.steps.len() + 1);
        let part =
            Story { steps: story.steps.iter().take(count).cloned().collect(), ..story.clone() };
        let (_, author) = &people()[who % 8];
        let mut all = events();
        all.extend([Event::MeToo, Event::Comment { text: text(), attachments: Vec::new() }]);
        all.extend(part.repair().tips().iter().map(|tip| Event::Settle { keep: tip.id }));
        let event = &all[what % all.len()];
        let minute = i64::try_from(story.steps.len()).unwrap();
        if let Ok(draft) = decide(Some(&part.repair()), author, event, later(minute), &law()) {
            let seq = u64::try_from(story.steps.len()).unwrap() + 2;
            let step = written_at(draft, author, seq, later(minute));
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
        complaint in any::<bool>(),
        choices in prop::collection::vec((0_usize..99, 0_usize..8, 0_usize..99), 1..40),
        shuffle in prop::collection::vec(any::<u32>(), 40),
    ) {
        let begin = if complaint { Story::begins(&lin(), grievance()) } else { Story::new() };
        let story = random_story(begin, &choices);
        let mut steps: Vec<(u32, Written)> =
            story.steps.iter().cloned().enumerate().map(|(at, step)| (shuffle[at % 40], step)).collect();
        steps.sort_by_key(|(key, _)| *key);
        let shuffled =
            Story { steps: steps.into_iter().map(|(_, step)| step).collect(), ..story.clone() };
        prop_assert_eq!(story.repair(), shuffled.repair());
        prop_assert!(story.repair().refused.is_empty(), "what decide wrote is let in");
    }
}
