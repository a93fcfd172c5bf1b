//! All states, people and events against tables written by hand from the rules of the community.

use super::{
    super::given::{NOON, events, grievance, written},
    *,
};
use crate::repairs::Status::{
    Accepted, Approved, Archived, Confirmed, Dispatched, DoneClaimed, Merged, OnSite, Paused,
    PlaceVerified, PlanProposed, Rated, Referred, Refused, Reopened, Reported, VotePending,
    Withdrawn, Working,
};

/// A leak in the stair, reported by Mei. m Mei who reported and owns in the stair, g Gao who owns
/// there, c Chen the head of the building, w Wang of the company, f Fang of the committee. Lin (who
/// rents in the stair), Zhao (head elsewhere) and a stranger may do nothing.
const REPAIR: &[(Status, Status, &str)] = &[
    (Reported, Accepted, "cw"),
    (Reported, Merged, "cw"),
    (Reported, Refused, "cw"),
    (Reported, Referred, "cw"),
    (Reported, Withdrawn, "mc"),
    (Accepted, PlaceVerified, "cw"),
    (Accepted, Dispatched, "w"),
    (Accepted, Merged, "cw"),
    (Accepted, Refused, "cw"),
    (Accepted, Referred, "cw"),
    (Accepted, Withdrawn, "mc"),
    (PlaceVerified, PlaceVerified, "cw"),
    (PlaceVerified, Dispatched, "w"),
    (PlaceVerified, Merged, "cw"),
    (PlaceVerified, Refused, "cw"),
    (PlaceVerified, Referred, "cw"),
    (PlaceVerified, Withdrawn, "mc"),
    (Dispatched, Dispatched, "w"),
    (Dispatched, OnSite, "w"),
    (Dispatched, Merged, "cw"),
    (Dispatched, Referred, "cw"),
    (Dispatched, Withdrawn, "mc"),
    (OnSite, PlanProposed, "w"),
    (OnSite, Working, "w"),
    (OnSite, Dispatched, "w"),
    (OnSite, Merged, "cw"),
    (OnSite, Referred, "cw"),
    (OnSite, Withdrawn, "mc"),
    (PlanProposed, PlanProposed, "w"),
    (PlanProposed, Approved, "f"),
    (PlanProposed, VotePending, "f"),
    (PlanProposed, Refused, "f"),
    (PlanProposed, Withdrawn, "mc"),
    (VotePending, PlanProposed, "w"),
    (VotePending, Approved, "f"),
    (VotePending, Refused, "f"),
    (VotePending, Withdrawn, "mc"),
    (Approved, Dispatched, "w"),
    (Approved, Working, "w"),
    (Approved, Withdrawn, "mc"),
    (Working, Paused, "w"),
    (Working, DoneClaimed, "w"),
    (Working, Referred, "cw"),
    (Paused, Working, "w"),
    (DoneClaimed, Confirmed, "mg"),
    (DoneClaimed, Reopened, "mc"),
    (Reopened, Dispatched, "w"),
    (Reopened, OnSite, "w"),
    (Reopened, Working, "w"),
    (Confirmed, Rated, "m"),
    (Confirmed, Archived, "cwf"),
    (Rated, Archived, "cwf"),
    (Referred, Archived, "cwf"),
    (Merged, Accepted, "cw"),
];

/// A complaint about the company, reported by Lin (l). Head, committee and company handle it; the
/// company closes nothing. Mei and Gao own in the stair.
const COMPLAINT: &[(Status, Status, &str)] = &[
    (Reported, Accepted, "cwf"),
    (Reported, Merged, "cf"),
    (Reported, Refused, "cf"),
    (Reported, Referred, "cf"),
    (Reported, Withdrawn, "lc"),
    (Accepted, PlaceVerified, "cwf"),
    (Accepted, Dispatched, "cwf"),
    (Accepted, Merged, "cf"),
    (Accepted, Refused, "cf"),
    (Accepted, Referred, "cf"),
    (Accepted, Withdrawn, "lc"),
    (PlaceVerified, PlaceVerified, "cwf"),
    (PlaceVerified, Dispatched, "cwf"),
    (PlaceVerified, Merged, "cf"),
    (PlaceVerified, Refused, "cf"),
    (PlaceVerified, Referred, "cf"),
    (PlaceVerified, Withdrawn, "lc"),
    (Dispatched, Dispatched, "cwf"),
    (Dispatched, OnSite, "cwf"),
    (Dispatched, Merged, "cf"),
    (Dispatched, Referred, "cf"),
    (Dispatched, Withdrawn, "lc"),
    (OnSite, PlanProposed, "cwf"),
    (OnSite, Working, "cwf"),
    (OnSite, Dispatched, "cwf"),
    (OnSite, Merged, "cf"),
    (OnSite, Referred, "cf"),
    (OnSite, Withdrawn, "lc"),
    (PlanProposed, PlanProposed, "cwf"),
    (PlanProposed, Approved, "f"),
    (PlanProposed, VotePending, "f"),
    (PlanProposed, Refused, "f"),
    (PlanProposed, Withdrawn, "lc"),
    (VotePending, PlanProposed, "cwf"),
    (VotePending, Approved, "f"),
    (VotePending, Refused, "f"),
    (VotePending, Withdrawn, "lc"),
    (Approved, Dispatched, "cwf"),
    (Approved, Working, "cwf"),
    (Approved, Withdrawn, "lc"),
    (Working, Paused, "cwf"),
    (Working, DoneClaimed, "cwf"),
    (Working, Referred, "cf"),
    (Paused, Working, "cwf"),
    (DoneClaimed, Confirmed, "lmg"),
    (DoneClaimed, Reopened, "lc"),
    (Reopened, Dispatched, "cwf"),
    (Reopened, OnSite, "cwf"),
    (Reopened, Working, "cwf"),
    (Confirmed, Rated, "l"),
    (Confirmed, Archived, "cf"),
    (Rated, Archived, "cf"),
    (Referred, Archived, "cf"),
    (Merged, Accepted, "cwf"),
];

/// The state that an event leads to.
fn leads_to(event: &Event) -> Status {
    match event {
        Event::Accept => Accepted,
        Event::Merge { .. } => Merged,
        Event::Refuse { .. } => Refused,
        Event::Refer { .. } => Referred,
        Event::VerifyPlace { .. } => PlaceVerified,
        Event::Dispatch { .. } => Dispatched,
        Event::Arrive => OnSite,
        Event::ProposePlan { .. } => PlanProposed,
        Event::ApprovePlan { .. } => Approved,
        Event::AwaitVote => VotePending,
        Event::Start => Working,
        Event::Pause { .. } => Paused,
        Event::ClaimDone { .. } => DoneClaimed,
        Event::Confirm { .. } => Confirmed,
        Event::Reopen { .. } => Reopened,
        Event::Rate { .. } => Rated,
        Event::Archive => Archived,
        Event::Withdraw => Withdrawn,
        Event::Report(_)
        | Event::Settle { .. }
        | Event::Comment { .. }
        | Event::MeToo
        | Event::OfferSlots { .. } => panic!("{event:?} moves nothing"),
    }
}

/// Tells whether an event corrects the place in passing, which leads nowhere.
fn corrects(from: Status, event: &Event) -> bool {
    matches!(event, Event::VerifyPlace { .. }) && matches!(from, OnSite | Working)
}

fn compare(begin: &Story, table: &[(Status, Status, &str)]) {
    let mut allowed = 0;
    for from in Status::ALL {
        let repair = begin.clone().at(from).repair();
        assert_eq!(repair.status(), from);
        for event in events().into_iter().filter(|event| !corrects(from, event)) {
            let to = leads_to(&event);
            let row = table.iter().find(|(a, b, _)| (*a, *b) == (from, to));
            for (letter, person) in people() {
                let expected = row.is_some_and(|(_, _, who)| who.contains(letter));
                let decided = decide(Some(&repair), &person, &event, NOON, &law());
                assert_eq!(decided.is_ok(), expected, "{letter}: {from:?} -> {to:?}: {decided:?}");
                allowed += usize::from(expected);
                let Err(refusal) = decided else { continue };
                let target = letter == 'w' && repair.target().is_some() && to.closes();
                let why = match row {
                    None => Refusal::WrongOrder,
                    Some(_) if target && refusal == Refusal::OwnComplaint => continue,
                    Some(_) => Refusal::NotYours,
                };
                assert_eq!(refusal, why, "{letter}: {from:?} -> {to:?}");
            }
        }
    }
    assert_eq!(allowed, table.iter().map(|(_, _, who)| who.len()).sum::<usize>());
}

#[test]
fn every_status_person_and_event_of_a_repair_is_as_the_table_says() {
    compare(&Story::new(), REPAIR);
}

#[test]
fn every_status_person_and_event_of_a_complaint_is_as_the_table_says() {
    compare(&Story::begins(&lin(), grievance()), COMPLAINT);
}

#[test]
fn a_target_is_told_that_it_cannot_close_its_own_complaint() {
    let story = Story::begins(&lin(), grievance());
    let refuse = Event::Refuse { reason: text() };
    let own = decide(Some(&story.repair()), &wang(), &refuse, NOON, &law());
    assert_eq!(own, Err(Refusal::OwnComplaint));
    let done = story.at(DoneClaimed).repair();
    let confirm = Event::Confirm { mark: None };
    assert_eq!(decide(Some(&done), &wang(), &confirm, NOON, &law()), Err(Refusal::NotYours));
}

#[test]
fn what_decide_writes_admit_lets_in_and_the_other_way_round() {
    let mut compared = 0;
    for begin in [Story::new(), Story::begins(&lin(), grievance())] {
        for from in Status::ALL {
            let repair = begin.clone().at(from).repair();
            for event in events() {
                // Somebody allowed writes it; then everybody's right to it is judged by admit.
                let draft = people().into_iter().find_map(|(_, author)| {
                    decide(Some(&repair), &author, &event, NOON, &law()).ok()
                });
                let Some(draft) = draft else { continue };
                for (_, person) in people() {
                    let fact = written(draft.clone(), &person, 9).fact;
                    let decided = decide(Some(&repair), &person, &event, NOON, &law()).is_ok();
                    assert_eq!(admit(&repair, &person, &fact, &law()).is_ok(), decided);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 800, "{compared}");
}
