//! What people see of repairs on their phones: what waits for them, how far it has come, what is
//! alike.

use linli_domain::{
    kernel::Moment,
    repairs::{Assignment, Event, Place, Report, Status, given, view::Urgency},
};
use linli_wire::FactId;

use super::given::{NOON, Phone, Village, ask, leak, sync};
use crate::{
    AskError,
    repairs::{Delivery, Filter},
    store::{Store as _, Table},
    tests::status,
};

fn waiting(phone: &Phone) -> Vec<FactId> {
    phone.attention(NOON).unwrap().waiting.iter().map(|waiting| waiting.row.id).collect()
}

fn delivery(phone: &Phone, id: &FactId) -> Delivery {
    let page = phone.repair(id, NOON).unwrap().unwrap();
    page.deliveries.iter().find(|(fact, _)| fact == id).unwrap().1
}

/// A report by Mei of a place and class.
fn report(place: &str, class: &str) -> Event {
    Event::Report(Report::new(Place::parse(place).unwrap(), class, "坏了"))
}

#[test]
fn what_waits_moves_from_person_to_person() {
    let mut village = Village::new(41);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let waits = |village: &Village| {
        let Village { fang, chen, wang, mei, lin, .. } = village;
        [fang, chen, wang, mei, lin].map(|phone| waiting(phone) == [id])
    };
    // Fang, Chen, Wang, Mei, Lin: an emergency waits for the company as well.
    assert_eq!(waits(&village), [false, true, true, false, false]);
    let attention = village.chen.attention(NOON).unwrap();
    assert_eq!((attention.total, attention.waiting[0].urgency), (1, Urgency::Emergency));
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(waits(&village), [false, false, true, false, false]);
    let wang = village.wang.viewer(NOON).unwrap().person;
    let photos = vec![given::photo()];
    for event in [
        Event::Dispatch { to: wang, how: Assignment::Grab, slot: None },
        Event::Arrive,
        Event::Start,
        Event::ClaimDone { note: String::new(), photos },
    ] {
        assert_eq!(waits(&village), [false, false, true, false, false]);
        ask(&mut village.wang, Some(id), event, &mut village.chance).unwrap();
        village.sync_all();
    }
    assert_eq!(waits(&village), [false, false, false, true, false]);
    ask(&mut village.mei, Some(id), Event::Confirm { mark: None }, &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(waits(&village), [false; 5]);
    village.assert_agree();
}

#[test]
fn a_reminder_comes_before_the_clock_runs_out() {
    let mut village = Village::new(42);
    ask(&mut village.mei, None, report("stair/3-2", "lighting"), &mut village.chance).unwrap();
    village.sync_all();
    let at = |minutes: i64| Moment(NOON.0 + minutes * 60_000);
    let reminders = |now| {
        let attention = village.chen.attention(now).unwrap();
        attention.reminders.iter().map(|reminder| reminder.at).collect::<Vec<_>>()
    };
    // Thirty minutes to answer.
    assert_eq!(reminders(at(0)), [at(15)]);
    assert_eq!(reminders(at(20)), [at(30)]);
    assert_eq!(reminders(at(31)), []);
    let late = village.chen.attention(at(31)).unwrap();
    assert_eq!(late.waiting[0].urgency, Urgency::Late);
    assert_eq!(village.mei.repairs(Filter::Late, "", 0, 9, at(31)).unwrap().0, 1, "residents too");
    assert_eq!(village.mei.repairs(Filter::Late, "", 0, 9, at(30)).unwrap().0, 0);
}

#[test]
fn an_entry_is_saved_then_handed_over_then_accepted() {
    let mut village = Village::new(43);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    assert_eq!(delivery(&village.mei, &id), Delivery::SavedHere);
    let Village { relay, chance, fang, chen, mei, lin, .. } = &mut village;
    sync(mei, relay, chance);
    assert_eq!(delivery(mei, &id), Delivery::HandedOver);
    // Chen's phone writes into the circle after it has read the report.
    sync(chen, relay, chance);
    ask(chen, Some(id), Event::Accept, chance).unwrap();
    sync(chen, relay, chance);
    assert_eq!(delivery(mei, &id), Delivery::HandedOver);
    sync(mei, relay, chance);
    assert_eq!(delivery(mei, &id), Delivery::Accepted);
    // A phone that had not read it proves nothing.
    let other = ask(mei, None, report("stair/3-2", "lighting"), chance).unwrap();
    ask(lin, None, report("stair/3-2", "door"), chance).unwrap();
    sync(mei, relay, chance);
    sync(lin, relay, chance);
    sync(mei, relay, chance);
    assert_eq!(delivery(mei, &other), Delivery::HandedOver);
    // Somebody else's entry has no such line.
    assert!(fang.repair(&id, NOON).unwrap().is_none_or(|page| page.deliveries.is_empty()));
}

#[test]
fn a_duplicate_is_suggested_and_merged_into_one_that_is_open() {
    let mut village = Village::new(44);
    let first = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let stair = Place::parse("stair/3-2").unwrap();
    let alike = village.lin.alike(&stair, "burst_pipe").unwrap();
    assert_eq!(alike.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
    assert!(village.lin.alike(&stair, "drain").unwrap().is_empty());
    let second = ask(&mut village.lin, None, leak(), &mut village.chance).unwrap();
    let home = ask(&mut village.mei, None, report("home/3-2-501", "water"), &mut village.chance);
    let home = home.unwrap();
    village.sync_all();
    let page = village.chen.repair(&second, NOON).unwrap().unwrap();
    assert_eq!(page.alike.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
    let merge = |village: &mut Village, id, into| {
        ask(&mut village.chen, Some(id), Event::Merge { into }, &mut village.chance)
    };
    let bad = Err(AskError::Refused("repairs.bad_target".to_owned()));
    assert_eq!(merge(&mut village, second, FactId([9; 16])), bad, "no such report");
    assert_eq!(merge(&mut village, second, home), bad, "neighbours cannot read it");
    merge(&mut village, second, first).unwrap();
    village.sync_all();
    let page = village.lin.repair(&first, NOON).unwrap().unwrap();
    assert_eq!(page.merged.iter().map(|row| row.id).collect::<Vec<_>>(), [second]);
    assert_eq!(village.lin.repair(&second, NOON).unwrap().unwrap().detail.row.into, Some(first));
    assert_eq!(merge(&mut village, first, second), bad, "it is closed");
    assert!(status(&village.lin).contains(&Status::Merged));
    village.assert_agree();
}

#[test]
fn lists_show_what_their_filter_says() {
    let mut village = Village::new(45);
    let mine = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let other = ask(&mut village.lin, None, report("stair/3-2", "door"), &mut village.chance);
    let other = other.unwrap();
    village.sync_all();
    ask(&mut village.lin, Some(other), Event::Withdraw, &mut village.chance).unwrap();
    ask(&mut village.chen, Some(mine), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    let wang = village.wang.viewer(NOON).unwrap().person;
    let hand = Event::Dispatch { to: wang, how: Assignment::Hand, slot: None };
    ask(&mut village.wang, Some(mine), hand, &mut village.chance).unwrap();
    village.sync_all();
    let shows = |phone: &Phone, filter, search: &str| -> Vec<FactId> {
        let (_, rows) = phone.repairs(filter, search, 0, 9, NOON).unwrap();
        rows.iter().map(|row| row.id).collect()
    };
    let Village { mei, wang, .. } = &village;
    assert_eq!(shows(mei, Filter::All, "").len(), 2);
    assert_eq!(shows(mei, Filter::Open, ""), [mine]);
    assert_eq!(shows(mei, Filter::Closed, ""), [other]);
    assert_eq!(shows(mei, Filter::Mine, ""), [mine]);
    assert_eq!(shows(mei, Filter::ForMe, ""), []);
    assert_eq!(shows(wang, Filter::ForMe, ""), [mine]);
    assert_eq!(shows(mei, Filter::Complaints, ""), []);
    assert_eq!(shows(mei, Filter::All, "主管"), [mine]);
    assert_eq!(shows(mei, Filter::Closed, "主管"), []);
    assert_eq!(shows(mei, Filter::All, "32").len(), 2);
}

/// Four people without a net for a week, each with a clock of their own.
#[test]
fn a_week_without_a_net_on_four_phones_merges_and_every_clock_starts_when_it_was_reported() {
    const DAY: i64 = 24 * 3600 * 1000;
    let mut village = Village::new(46);
    let shared = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let wang = village.wang.viewer(NOON).unwrap().person;
    let mut written = vec![shared];
    let mut own_reports = Vec::new();
    for day in 1..=7 {
        let now = Moment(NOON.0 + day * DAY);
        let Village { chance, chen, wang: worker, mei, lin, .. } = &mut village;
        let mut act = |phone: &mut Phone, about, event| -> FactId {
            let done = phone.ask(&crate::Ask::repair(about, event), 0, now, chance).unwrap();
            let crate::Done::Written(id) = done else { panic!("written") };
            id
        };
        let said = |text: &str| Event::Comment { text: text.to_owned(), attachments: Vec::new() };
        written.push(act(lin, Some(shared), said(&format!("第{day}天还在漏"))));
        let hers = act(mei, None, report("stair/3-2", "lighting"));
        own_reports.push((hers, now));
        written.push(hers);
        written.push(act(mei, Some(hers), said("灯还是不亮")));
        // The head and the worker take the shared leak up, each in their own way.
        let (head, own) = match day {
            1 => (Event::Accept, Event::Refuse { reason: "不归物业".to_owned() }),
            2 => (Event::VerifyPlace { place: Place::parse("building/3").unwrap() }, said("看过")),
            _ => (said("问过物业"), said("水务会来")),
        };
        written.push(act(chen, Some(shared), head));
        written.push(act(worker, Some(shared), own));
    }
    village.relay.now = Moment(NOON.0 + 8 * DAY);
    for _ in 0..2 {
        village.sync_all();
    }
    village.assert_agree();
    for phone in village.phones() {
        for id in &written {
            let fact = phone.store().get(Table::Fact, &id.0).unwrap();
            assert!(fact.is_some(), "nothing is lost");
        }
        let page = phone.repair(&shared, NOON).unwrap().unwrap();
        assert!(page.detail.row.conflict, "taken up and refused: people settle");
        assert_eq!(page.detail.notes.len(), 7 + 5 + 6);
        for (id, reported) in &own_reports {
            let row = phone.repair(id, NOON).unwrap().unwrap().detail.row;
            assert_eq!((row.at, row.due.unwrap().1), (*reported, plus(*reported, 30)));
        }
    }
    let hand = Event::Dispatch { to: wang, how: Assignment::Hand, slot: None };
    let refused = ask(&mut village.wang, Some(shared), hand, &mut village.chance);
    assert_eq!(refused, Err(AskError::Refused("repairs.conflicted".to_owned())));
}

fn plus(moment: Moment, minutes: i64) -> Moment {
    Moment(moment.0 + minutes * 60_000)
}

#[test]
fn a_head_acts_for_who_is_registered_at_the_place_and_for_nobody_else() {
    let mut village = Village::new(47);
    let lin = village.lin.viewer(NOON).unwrap().person;
    let for_person = |person, place: &str| {
        let place = Place::parse(place).unwrap();
        let report = Report::new(place, "drain", "下水堵了");
        Event::Report(Report { on_behalf: Some(person), ..report })
    };
    let mut acts = |person, place| {
        ask(&mut village.chen, None, for_person(person, place), &mut village.chance)
    };
    assert!(acts(lin, "home/3-2-502").is_ok());
    assert!(acts(lin, "stair/3-2").is_ok());
    let refused = Err(AskError::Refused("repairs.unknown_person".to_owned()));
    assert_eq!(acts(lin, "home/3-2-501"), refused, "she does not live there");
    assert_eq!(acts(linli_wire::PersonId([9; 16]), "stair/3-2"), refused, "nobody knows them");
}
