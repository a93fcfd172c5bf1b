mod acts;
mod asks;
mod bills;
mod blobs;
mod books;
mod carry;
mod company;
mod convergence;
mod counts;
mod first_day;
pub(crate) mod given;
mod homes;
mod ledger;
mod money;
mod people;
mod references;
mod relay;
mod repairs;
mod restored;
mod rounds;
mod stopped;
mod treasury;
mod versions;
mod who;

use linli_domain::{
    kernel::{Circle, Moment, Role, Scope},
    registry::{self, RevokeReason},
    repairs::{Event, Status},
    shelf::{Room, Shelf},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_wire::{
    call::{PROTOCOL, Protocols},
    cbor::Value,
    fact::Fact,
};

use crate::{
    Ask, AskError, Done, Lane, Replica, ReplicaError, Update, Verdict, WhoApplies,
    alarm::Lie,
    document::{Writer, compose},
    repairs::Filter,
    store::{Store as _, StoreError, Table},
    view::Phase,
};
use given::{NOON, Village, ask, drain, leak, plan, repairs_of_building_3, replica, smuggle, sync};

fn status(phone: &given::Phone) -> Vec<Status> {
    let (_, rows) = phone.repairs(Filter::All, "", 0, 60, NOON).unwrap();
    rows.iter().map(|row| row.status).collect()
}

#[test]
fn a_founded_community_stands_after_a_restart() {
    let mut chance = Seeded::new(1);
    let mut fang = replica(&mut chance);
    let plan = plan(&fang, &mut chance);
    fang.found(&plan, NOON, &mut chance).unwrap();
    let standing = fang.standing().unwrap();
    assert_eq!((standing.name.as_str(), standing.trial), ("和园里", true));
    assert!(standing.unsent > 5);
    let keys = DeviceKeys::restore(fang.keys().secret()).unwrap();
    let again = Replica::open(fang.store().clone(), keys).unwrap();
    assert_eq!(again.standing().unwrap(), standing);
    assert_eq!(again.digests(NOON).unwrap(), fang.digests(NOON).unwrap());
    let refused = fang.found(&plan, NOON, &mut chance);
    assert_eq!(refused, Err(AskError::Refused("registry.founded_already".to_owned())));
}

#[test]
fn everybody_who_joins_reads_the_same() {
    let village = Village::new(2);
    village.assert_agree();
    assert!(village.relay.applications.is_empty(), "who is in ends its application");
    for phone in village.phones() {
        let standing = phone.standing().unwrap();
        assert_eq!((standing.phase, standing.alarms.len()), (Phase::Member, 0));
        assert_eq!(phone.devices().len(), 5);
    }
}

#[test]
fn a_phone_that_is_too_old_for_the_relay_stops_asking_and_says_so() {
    let mut village = Village::new(15);
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let Village { relay, chance, mei, .. } = &mut village;
    // A session that holds is not cut off; the next one is refused.
    let keys = DeviceKeys::restore(mei.keys().secret()).unwrap();
    let mut again = Replica::open(mei.store().clone(), keys).unwrap();
    relay.protocols = Protocols { oldest: PROTOCOL + 1, newest: PROTOCOL + 2 };
    sync(&mut again, relay, chance);
    assert_eq!(again.standing().unwrap().update, Some(Update::App));
    again.begin_round();
    assert_eq!(again.next_call(Lane::Work).unwrap(), None, "it asks no more");
    assert_eq!(again.standing().unwrap().unsent, 1, "and keeps what is to be said");
    // A relay that is too old may be newer in the next round.
    let keys = DeviceKeys::restore(mei.keys().secret()).unwrap();
    let mut again = Replica::open(mei.store().clone(), keys).unwrap();
    relay.protocols = Protocols { oldest: 0, newest: PROTOCOL - 1 };
    sync(&mut again, relay, chance);
    assert_eq!(again.standing().unwrap().update, Some(Update::Relay));
    relay.protocols = Protocols::OURS;
    sync(&mut again, relay, chance);
    let standing = again.standing().unwrap();
    assert_eq!((standing.update, standing.unsent), (None, 0));
}

#[test]
fn no_reviewer_is_asked_any_more_for_what_another_decided() {
    let mut village = Village::new(14);
    let Village { relay, chance, chen, wang, .. } = &mut village;
    let scope = Scope::parse("unit/3-2-502").unwrap();
    let terms = registry::Terms::of(Role::Resident, scope);
    let invite = chen.invite(&terms, "http://relay", NOON, chance).unwrap();
    let mut newcomer = replica(chance);
    newcomer.join(&invite, "somebody", chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut newcomer, &mut *wang, &mut *chen] {
            sync(phone, relay, chance);
        }
    }
    assert_eq!(wang.applicants(NOON).unwrap().len(), 1);
    chen.approve(&invite.certificate.invite, &WhoApplies::NewPerson, NOON, chance).unwrap();
    for _ in 0..3 {
        for phone in [&mut *chen, &mut newcomer, &mut *wang] {
            sync(phone, relay, chance);
        }
    }
    assert_eq!(newcomer.standing().unwrap().phase, Phase::Member);
    assert!(relay.applications.is_empty());
    assert_eq!(wang.applicants(NOON).unwrap(), vec![]);
    assert!(chen.applicants(NOON).unwrap().iter().all(|applicant| applicant.decided));
}

#[test]
fn two_decisions_made_without_signal_stand_on_every_phone_until_one_is_kept() {
    let mut village = Village::new(3);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let refuse = Event::Refuse { reason: "不归物业".to_owned() };
    let accepted = ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    ask(&mut village.wang, Some(id), refuse, &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
    for phone in village.phones() {
        let detail = phone.repair(&id, NOON).unwrap().unwrap().detail;
        assert!(detail.row.conflict);
        assert_eq!(detail.timeline.iter().filter(|entry| entry.tip).count(), 2);
    }
    let settle = Event::Settle { keep: accepted };
    ask(&mut village.chen, Some(id), settle, &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
    assert!(village.phones().iter().all(|phone| status(phone) == [Status::Accepted]));
}

#[test]
fn what_a_lost_phone_writes_is_set_aside_until_somebody_adopts_it() {
    let mut village = Village::new(4);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let lost = village.wang.keys().id();
    let revoke = registry::Event::Revoke { device: lost, reason: RevokeReason::Lost };
    village.fang.ask(&Ask::Registry(revoke), 0, NOON, &mut village.chance).unwrap();
    sync(&mut village.fang, &mut village.relay, &mut village.chance);
    let late = ask(&mut village.wang, Some(id), Event::Accept, &mut village.chance).unwrap();
    let call = village.wang.next_append().unwrap().unwrap();
    village.relay.answer(&call.http);
    let Village { relay, chance, fang, chen, mei, lin, .. } = &mut village;
    for phone in [&mut *fang, &mut *chen, &mut *mei, &mut *lin] {
        sync(phone, relay, chance);
        assert_eq!(status(phone), [Status::Reported]);
        let uncounted = phone.uncounted().unwrap();
        assert_eq!(uncounted.len(), 1);
        assert_eq!((uncounted[0].id, uncounted[0].verdict), (late, Verdict::Quarantined));
    }
    let adopt = registry::Event::Adopt { facts: vec![late], reason: "当时已受理".to_owned() };
    chen.ask(&Ask::Registry(adopt), 0, NOON, chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut *fang, &mut *chen, &mut *mei, &mut *lin] {
            sync(phone, relay, chance);
        }
    }
    for phone in [fang, chen, mei, lin] {
        assert_eq!(status(phone), [Status::Accepted]);
        assert_eq!(phone.uncounted().unwrap().len(), 0);
    }
}

#[test]
fn a_removed_member_opens_nothing_that_was_written_after() {
    let mut village = Village::new(5);
    let lost = village.wang.keys().id();
    let revoke = registry::Event::Revoke { device: lost, reason: RevokeReason::Left };
    village.fang.ask(&Ask::Registry(revoke), 0, NOON, &mut village.chance).unwrap();
    sync(&mut village.fang, &mut village.relay, &mut village.chance);
    sync(&mut village.mei, &mut village.relay, &mut village.chance);
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    sync(&mut village.mei, &mut village.relay, &mut village.chance);
    let last = village.relay.packs.last().unwrap();
    assert_eq!(last.header.device, village.mei.keys().id());
    let memory = village.wang.memory().unwrap();
    let (circle, epoch) = (&last.header.circle, &last.header.key_epoch);
    let key = memory.find_key(circle, epoch);
    assert!(key.is_none(), "the removed phone has no key for it");
    let memory = village.lin.memory().unwrap();
    assert!(memory.ring.get(circle, epoch).is_none(), "nobody was handed it yet");
    sync(&mut village.lin, &mut village.relay, &mut village.chance);
    assert_eq!(status(&village.lin), [Status::Reported]);
}

#[test]
fn a_restored_relay_is_given_again_what_it_lost_and_nothing_is_doubled() {
    let mut village = Village::new(6);
    let before = village.relay.packs.len();
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    let all: Vec<_> = village.relay.packs.iter().map(linli_wire::pack::Pack::hash).collect();
    village.relay.restore(before - 3);
    for _ in 0..3 {
        village.sync_all();
    }
    let mut again: Vec<_> = village.relay.packs.iter().map(linli_wire::pack::Pack::hash).collect();
    let mut all = all;
    all.sort();
    again.sort();
    assert_eq!(all, again);
    village.assert_agree();
    for phone in village.phones() {
        assert_eq!(status(phone), [Status::Accepted]);
        let standing = phone.standing().unwrap();
        assert_eq!((standing.unsent, standing.handed_over, standing.alarms.len()), (0, 0, 0));
    }
}

#[test]
fn a_full_disk_refuses_the_tap_and_leaves_everything_as_it_was() {
    let mut village = Village::new(7);
    let before = village.mei.standing().unwrap();
    village.mei.store_mut().set_full(true);
    let refused = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap_err();
    let full = ReplicaError::Store(StoreError::Full { step: "commit" });
    assert_eq!(refused, AskError::Failed(full));
    village.mei.store_mut().set_full(false);
    assert_eq!(village.mei.standing().unwrap(), before);
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
}

#[test]
fn a_held_act_is_written_when_its_time_is_over_or_not_at_all() {
    let mut village = Village::new(8);
    let report = Ask::repair(None, drain());
    let chance = &mut village.chance;
    let held = village.mei.ask(&report, 6_000, NOON, chance).unwrap();
    let Done::Held(number) = held else { panic!("held") };
    assert_eq!(
        village.mei.tick(Moment(NOON.0 + 5_999), chance).unwrap(),
        Some(Moment(NOON.0 + 6_000))
    );
    assert!(village.mei.undo(number).unwrap());
    assert!(!village.mei.undo(number).unwrap());
    assert_eq!(village.mei.tick(Moment(NOON.0 + 9_000), chance).unwrap(), None);
    assert_eq!(village.mei.count_repairs(None).unwrap(), 0);
    village.mei.ask(&report, 6_000, NOON, chance).unwrap();
    let keys = DeviceKeys::restore(village.mei.keys().secret()).unwrap();
    village.mei = Replica::open(village.mei.store().clone(), keys).unwrap();
    village.mei.tick(Moment(NOON.0 + 6_000), chance).unwrap();
    assert_eq!(village.mei.count_repairs(None).unwrap(), 1);
    assert_eq!(village.mei.store().scan(Table::Held, &[], None, 9).unwrap(), vec![]);
}

/// Lin hands in what no honest app writes; Mei names it, and nothing else is different.
fn is_refused(village: &mut Village, shelf: &Shelf, fact: &[u8]) -> String {
    let before = village.mei.digests(NOON).unwrap();
    let change = |device: &_, document: &_, writer: &_| compose(device, document, writer, fact);
    smuggle(&mut village.lin, shelf, change, &mut village.chance).unwrap();
    sync(&mut village.lin, &mut village.relay, &mut village.chance);
    sync(&mut village.mei, &mut village.relay, &mut village.chance);
    let alarms = village.mei.standing().unwrap().alarms;
    let alarm = alarms.last().unwrap().clone();
    assert_eq!((alarm.lie, alarm.device), (Lie::Hostile, Some(village.lin.keys().id())));
    let after = village.mei.digests(NOON).unwrap();
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.documents, &before.rows), (&after.documents, &after.rows));
    }
    alarm.detail
}

#[test]
fn two_taps_in_one_millisecond_are_one_report() {
    let mut village = Village::new(13);
    let once = ask(&mut village.lin, None, leak(), &mut village.chance).unwrap();
    assert_eq!(ask(&mut village.lin, None, leak(), &mut village.chance).unwrap(), once);
    village.sync_all();
    village.assert_agree();
    for phone in village.phones() {
        assert_eq!((status(phone).len(), phone.standing().unwrap().alarms.len()), (1, 0));
    }
}

#[test]
fn a_hostile_pack_by_a_granted_device_changes_nothing_and_is_named() {
    let mut village = Village::new(9);
    let detail = is_refused(&mut village, &repairs_of_building_3(), b"not a fact");
    assert!(detail.starts_with("not a fact"), "{detail}");
}

#[test]
fn a_fact_stands_once_and_only_where_its_kind_belongs() {
    let mut village = Village::new(10);
    let shelf = repairs_of_building_3();
    let id = ask(&mut village.lin, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let row = village.lin.reading().unwrap().fact(&id).unwrap().unwrap();
    let again = is_refused(&mut village, &shelf, &row.bytes);
    assert_eq!(again, "a fact that its author wrote before");
    let outside = "a fact outside its circle or document";
    for other in [
        Shelf { circle: Circle::Community, ..shelf.clone() },
        Shelf { period: 20_263, ..shelf.clone() },
        Shelf { room: Room::Registry, ..shelf },
    ] {
        let mut village = Village::new(11);
        let report = fact(&village, REPORT);
        assert_eq!(is_refused(&mut village, &other, &report), outside);
    }
}

#[test]
fn who_sends_packs_that_wait_for_ever_fills_nobodys_room_but_their_own() {
    let mut village = Village::new(15);
    let shelf = repairs_of_building_3();
    let by = village.lin.keys().id();
    for number in 0..270 {
        // Made after a change that nobody will ever see.
        let change = |device: &_, document: &_, writer: &Writer| {
            let (about, fields) = (None, Value::Map(vec![]));
            let fact =
                Fact { kind: 900, by, at: number, about, fields, supersedes: vec![], sig: None };
            let never = Writer { seq: writer.seq + 5, ..*writer };
            compose(device, document, &never, &fact.encode())
        };
        smuggle(&mut village.lin, &shelf, change, &mut village.chance).unwrap();
    }
    village.sync_all();
    let waiting = village.mei.store().scan(Table::Waiting, &[], None, usize::MAX).unwrap();
    assert_eq!(waiting.len(), 256);
    let alarms = village.mei.standing().unwrap().alarms;
    assert!(alarms.iter().all(|alarm| alarm.device == Some(by)) && alarms.len() == 14);
    ask(&mut village.chen, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(status(&village.mei), [Status::Reported]);
}

/// A grant in a building's own circle would be seen by some and not by others.
#[test]
fn who_is_who_is_said_to_everybody_or_to_nobody() {
    let mut village = Village::new(12);
    let building = Circle::Building("3".to_owned());
    let shelf = Shelf { circle: building, room: Room::Registry, period: 2026 };
    let grant = fact(&village, registry::kind::GRANT);
    let detail = is_refused(&mut village, &shelf, &grant);
    assert_eq!(detail, "a fact outside its circle or document");
}

const REPORT: u16 = linli_domain::repairs::kind::REPORTED;

/// Some fact of a kind, by Lin.
fn fact(village: &Village, kind: u16) -> Vec<u8> {
    let Event::Report(report) = leak() else { panic!("a report") };
    let (by, at) = (village.lin.keys().id(), NOON.0);
    let fields = linli_wire::cbor::to_value("report", &report).unwrap();
    Fact { kind, by, at, about: None, fields, supersedes: vec![], sig: None }.encode()
}
