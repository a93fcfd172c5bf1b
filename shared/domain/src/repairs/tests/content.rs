//! What reports, steps and notes have to say.

use super::{
    super::given::{NOON, grievance, later, leak, photo, written},
    *,
};
use crate::kernel::{Attachment, Fen, Role, Written};

fn reports(who: &Author, report: &Report) -> Result<(), Refusal> {
    decide(None, who, &Event::Report(report.clone()), NOON, &law()).map(|_| ())
}

#[test]
fn who_does_not_live_there_cannot_report_and_a_head_reports_on_behalf() {
    assert_eq!(reports(&lin(), &leak()), Ok(()));
    assert_eq!(reports(&zhao(), &leak()), Err(Refusal::NotYours));
    assert_eq!(reports(&stranger(), &leak()), Err(Refusal::NotYours));
    let on_behalf = Report { on_behalf: Some(mei().person), ..leak() };
    assert_eq!(reports(&chen(), &on_behalf), Ok(()));
    assert_eq!(reports(&lin(), &on_behalf), Err(Refusal::NotYours));
    let for_oneself = Report { on_behalf: Some(chen().person), ..leak() };
    assert_eq!(reports(&chen(), &for_oneself), Err(Refusal::NotYours));
    let in_lins_home = Report { place: Place::parse("home/3-2-502").unwrap(), ..leak() };
    assert_eq!(reports(&mei(), &in_lins_home), Err(Refusal::NotYours));
    assert_eq!(reports(&wang(), &in_lins_home), Err(Refusal::NotYours));
    assert_eq!(reports(&wang(), &leak()), Ok(()), "what the company finds in common parts");
    assert_eq!(reports(&wang(), &grievance()), Err(Refusal::NotYours));
}

#[test]
fn a_report_says_what_is_wrong_and_when_somebody_is_at_home() {
    let with = |change: &dyn Fn(&mut Report)| {
        let mut report = leak();
        change(&mut report);
        reports(&mei(), &report)
    };
    assert_eq!(with(&|r| r.class = "magic".to_owned()), Err(Refusal::UnknownClass));
    assert_eq!(with(&|r| r.class = "complaint_service".to_owned()), Err(Refusal::UnknownClass));
    assert_eq!(with(&|r| r.target = Some(Role::Property)), Err(Refusal::UnknownClass));
    assert_eq!(with(&|r| r.text = "长".repeat(2_001)), Err(Refusal::BadText));
    assert_eq!(with(&|r| r.text = "长".repeat(2_000)), Ok(()));
    assert_eq!(with(&|r| r.text = "  ".to_owned()), Err(Refusal::BadText));
    assert_eq!(with(&|r| r.attachments = vec![photo(); 10]), Ok(()));
    assert_eq!(with(&|r| r.attachments = vec![photo(); 11]), Err(Refusal::BadAttachment));
    let unsound = Attachment { bytes: 300_000, ..photo() };
    assert_eq!(with(&|r| r.attachments = vec![unsound.clone()]), Err(Refusal::BadAttachment));
    let slot = |from, to| Slot { from: later(from), to: later(to) };
    assert_eq!(with(&|r| r.slots = vec![slot(60, 120)]), Ok(()));
    assert_eq!(with(&|r| r.slots = vec![slot(120, 60)]), Err(Refusal::BadTime));
    assert_eq!(with(&|r| r.slots = vec![slot(-120, -60)]), Err(Refusal::BadTime), "it is over");
    assert_eq!(with(&|r| r.slots = vec![slot(0, 24 * 60 + 1)]), Err(Refusal::BadTime));
    assert_eq!(with(&|r| r.slots = vec![slot(60, 120); 8]), Err(Refusal::BadTime));
}

#[test]
fn the_largest_report_fits_a_fact() {
    let parts = vec![linli_wire::Hash([7; 32]); 16];
    let bytes = crate::kernel::ATTACHMENT_BYTES_MAX;
    let report = Report {
        text: "长".repeat(2_000),
        attachments: vec![Attachment { parts: parts.clone(), bytes, ..photo() }; ATTACHMENTS_MAX],
        mark: Some(Attachment { parts, bytes, ..photo() }),
        ..leak()
    };
    let draft = decide(None, &chen(), &Event::Report(report), NOON, &law()).unwrap();
    let fact = written(draft, &chen(), 1).fact;
    assert!(fact.encode().len() <= linli_wire::limits::FACT_BYTES_MAX);
}

#[test]
fn done_takes_a_photo_and_an_answer_to_a_complaint_takes_words() {
    let claim =
        |photos: Vec<Attachment>, note: &str| Event::ClaimDone { note: note.into(), photos };
    let leak = Story::new().at(Status::Working).repair();
    let decide = |repair, event| decide(Some(repair), &wang(), &event, NOON, &law()).map(|_| ());
    assert_eq!(decide(&leak, claim(vec![], "换了接口")), Err(Refusal::NeedsPhoto));
    assert_eq!(decide(&leak, claim(vec![photo()], "")), Ok(()));
    let complaint = Story::begins(&lin(), grievance()).at(Status::Working).repair();
    assert_eq!(decide(&complaint, claim(vec![], "每天扫两次")), Ok(()));
    assert_eq!(decide(&complaint, claim(vec![photo()], "")), Err(Refusal::BadText));
}

#[test]
fn money_waits_until_somebody_saw_where_it_is() {
    let plan = Event::ProposePlan { text: text(), estimate: Fen::new(90_000) };
    let unseen = Story::new()
        .then(&chen(), &Event::Accept)
        .then(&wang(), &Event::Dispatch { to: wang().person, how: Assignment::Grab, slot: None })
        .then(&wang(), &Event::Arrive);
    let refused = decide(Some(&unseen.repair()), &wang(), &plan, NOON, &law());
    assert_eq!(refused, Err(Refusal::PlaceNotVerified));
    let home = Place::parse("home/3-2-501").unwrap();
    let seen = unseen.then(&wang(), &Event::VerifyPlace { place: home.clone() });
    let repair = seen.repair();
    assert_eq!((repair.status(), repair.place()), (Status::OnSite, &home));
    assert_eq!(repair.report.place, leak().place, "what was reported stays");
    // In a home its owner pays and decides, not the committee.
    let planned = seen.then(&wang(), &plan).repair();
    let approve = Event::ApprovePlan { reason: text() };
    let decide = |who: &Author| decide(Some(&planned), who, &approve, NOON, &law()).map(|_| ());
    assert_eq!(decide(&fang()), Err(Refusal::NotYours));
    assert_eq!(decide(&mei()), Ok(()));
}

#[test]
fn a_pause_has_an_end_within_a_week_and_a_visit_was_offered() {
    let working = Story::new().at(Status::Working).repair();
    let pause = |minutes| Event::Pause { reason: text(), until: later(minutes) };
    let decide_at =
        |event: &Event| decide(Some(&working), &wang(), event, NOON, &law()).map(|_| ());
    assert_eq!(decide_at(&pause(0)), Err(Refusal::BadTime));
    assert_eq!(decide_at(&pause(7 * 24 * 60)), Ok(()));
    assert_eq!(decide_at(&pause(7 * 24 * 60 + 1)), Err(Refusal::BadTime));
    let offered = Slot { from: later(60), to: later(120) };
    let report = Report { slots: vec![offered], ..leak() };
    let story = Story::begins(&mei(), report).then(&chen(), &Event::Accept);
    let dispatch = |slot| Event::Dispatch { to: wang().person, how: Assignment::Hand, slot };
    let other = Slot { from: later(61), to: later(120) };
    let decide = |repair: &Repair, slot| {
        decide(Some(repair), &wang(), &dispatch(Some(slot)), NOON, &law()).map(|_| ())
    };
    assert_eq!(decide(&story.repair(), offered), Ok(()));
    assert_eq!(decide(&story.repair(), other), Err(Refusal::BadTime));
    let again = story.then(&mei(), &Event::OfferSlots { slots: vec![other] });
    assert_eq!(decide(&again.repair(), other), Ok(()));
    assert_eq!(again.repair().slots(), [other]);
}

#[test]
fn a_repair_is_reopened_at_most_as_often_as_the_rules_allow() {
    let mut story = Story::new().at(Status::DoneClaimed);
    let reopen = Event::Reopen { reason: text(), photos: Vec::new() };
    let done = Event::ClaimDone { note: text(), photos: vec![photo()] };
    for _ in 0..law().repairs.reopen_max {
        story = story.then(&mei(), &reopen).then(&wang(), &Event::Start).then(&wang(), &done);
    }
    let refused = decide(Some(&story.repair()), &mei(), &reopen, NOON, &law());
    assert_eq!(refused, Err(Refusal::ReopenedTooOften));
}

#[test]
fn a_head_confirms_for_a_grandmother_with_her_mark_only() {
    let story = Story::begins(&chen(), Report { on_behalf: Some(lin().person), ..leak() })
        .then(&chen(), &Event::Accept)
        .then(&wang(), &Event::Dispatch { to: wang().person, how: Assignment::Turn, slot: None })
        .then(&wang(), &Event::Arrive)
        .then(&wang(), &Event::Start)
        .then(&wang(), &Event::ClaimDone { note: text(), photos: vec![photo()] });
    let repair = story.repair();
    assert_eq!(repair.reporter, lin().person, "it is hers");
    assert_eq!(repair.versions[&repair.id].author.person, chen().person, "he wrote it");
    let decide = |mark| decide(Some(&repair), &chen(), &Event::Confirm { mark }, NOON, &law());
    assert_eq!(decide(None), Err(Refusal::NotYours));
    assert!(decide(Some(photo())).is_ok());
    let hers = Story::new().at(Status::DoneClaimed).repair();
    let own = Event::Confirm { mark: Some(photo()) };
    let refused = super::decide(Some(&hers), &chen(), &own, NOON, &law());
    assert_eq!(refused, Err(Refusal::NotYours), "not for who has a phone");
}

#[test]
fn stars_go_from_one_to_five_and_nothing_is_merged_into_itself() {
    let confirmed = Story::new().at(Status::Confirmed).repair();
    let rate = |stars| Event::Rate { stars, text: String::new() };
    for (stars, expected) in [(0, Err(Refusal::BadStars)), (1, Ok(())), (5, Ok(()))] {
        let decided = decide(Some(&confirmed), &mei(), &rate(stars), NOON, &law());
        assert_eq!(decided.map(|_| ()), expected, "{stars}");
    }
    let refused = decide(Some(&confirmed), &mei(), &rate(6), NOON, &law());
    assert_eq!(refused, Err(Refusal::BadStars));
    let repair = Story::new().repair();
    let merge = Event::Merge { into: repair.id };
    let refused = decide(Some(&repair), &chen(), &merge, NOON, &law());
    assert_eq!(refused, Err(Refusal::BadTarget));
}

#[test]
fn neighbours_comment_and_have_the_same_trouble_and_strangers_say_nothing() {
    let repair = Story::new().repair();
    let comment = Event::Comment { text: text(), attachments: Vec::new() };
    let empty = Event::Comment { text: String::new(), attachments: Vec::new() };
    let picture = Event::Comment { text: String::new(), attachments: vec![photo()] };
    let decide =
        |who: &Author, event: &Event| decide(Some(&repair), who, event, NOON, &law()).map(|_| ());
    for (letter, person) in people() {
        let may = !"zs".contains(letter);
        assert_eq!(decide(&person, &comment).is_ok(), may, "{letter} comments");
        assert_eq!(decide(&person, &Event::MeToo).is_ok(), "lg".contains(letter), "{letter} too");
        let slots = Event::OfferSlots { slots: vec![Slot { from: NOON, to: later(9) }] };
        assert_eq!(decide(&person, &slots).is_ok(), letter == 'm', "{letter} offers times");
    }
    assert_eq!(decide(&lin(), &empty), Err(Refusal::BadText));
    assert_eq!(decide(&lin(), &picture), Ok(()));
    let story = Story::new()
        .then(&lin(), &Event::MeToo)
        .then_at(1, &lin(), &Event::MeToo)
        .then(&gao(), &Event::MeToo);
    assert_eq!(story.repair().me_too().len(), 2, "once for each person");
    assert_eq!(story.repair().status(), Status::Reported, "notes move nothing");
}

#[test]
fn a_step_says_only_what_goes_with_its_state() {
    let story = Story::new();
    let accept = |change: &dyn Fn(&mut Step)| {
        let mut step = Step::to(Status::Accepted);
        change(&mut step);
        let draft = decide(Some(&story.repair()), &chen(), &Event::Accept, NOON, &law()).unwrap();
        let draft = crate::kernel::Draft { fields: schema::fields(&step), ..draft };
        let Written { fact, .. } = written(draft, &chen(), 3);
        admit(&story.repair(), &chen(), &fact, &law())
    };
    assert_eq!(accept(&|_| ()), Ok(()));
    let other = Some(linli_wire::FactId([1; 16]));
    assert_eq!(accept(&|step| step.into = other), Err(Refusal::Unreadable));
    assert_eq!(accept(&|step| step.stars = Some(5)), Err(Refusal::Unreadable));
    assert_eq!(accept(&|step| step.until = Some(NOON)), Err(Refusal::Unreadable));
    assert_eq!(accept(&|step| step.assignee = Some(chen().person)), Err(Refusal::Unreadable));
    assert_eq!(accept(&|step| step.attachments = vec![photo()]), Err(Refusal::Unreadable));
    assert_eq!(accept(&|step| step.place = Some(Place::Community)), Err(Refusal::Unreadable));
}

#[test]
fn staff_do_what_they_are_charged_with() {
    use crate::kernel::StaffDuty::{Dispatcher, Finance, Gate, RepairWorker};
    let charged = |duties: &[crate::kernel::StaffDuty]| Author { staff: duties.to_vec(), ..wang() };
    let (worker, dispatcher) = (charged(&[RepairWorker]), charged(&[Dispatcher]));
    let guard = charged(&[Gate, Finance]);
    let accepted = Story::new().at(Status::Accepted).repair();
    let hand = |to: &Author| Event::Dispatch { to: to.person, how: Assignment::Hand, slot: None };
    let may =
        |who: &Author, event: &Event| decide(Some(&accepted), who, event, NOON, &law()).map(|_| ());
    assert_eq!(may(&worker, &hand(&worker)), Ok(()), "takes it");
    assert_eq!(may(&worker, &hand(&chen())), Err(Refusal::NotYours), "hands out nothing");
    assert_eq!(may(&dispatcher, &hand(&chen())), Ok(()));
    assert_eq!(may(&guard, &hand(&guard)), Err(Refusal::NotYours));
    let done = Story::new().at(Status::Working).repair();
    let claim = Event::ClaimDone { note: text(), photos: vec![photo()] };
    let claims = |who| decide(Some(&done), who, &claim, NOON, &law()).map(|_| ());
    assert_eq!((claims(&worker), claims(&guard)), (Ok(()), Err(Refusal::NotYours)));
}
