//! Phones that are lost, second phones, further homes, deputies, leases: on every phone.

use linli_domain::{
    kernel::{Circle, Moment, PersonId, Role, Scope, When},
    registry::{self, DutyEnded, EndReason, RevokeReason, Terms},
    repairs::{Event, Place, Report, Status},
    shelf::{Room, Shelf},
};
use linli_wire::{FactId, cbor::Value, fact::Fact};

use super::{
    given::{NOON, Phone, Village, apply, ask, leak, replica, restarted, smuggle, sync},
    status,
};
use crate::{Ask, AskError, Verdict, WhoApplies, document::compose, view::Phase};

const HOUR: i64 = 3_600_000;

fn scope(text: &str) -> Scope {
    Scope::parse(text).unwrap()
}

fn at(place: &str, text: &str) -> Event {
    let Event::Report(report) = leak() else { panic!("a report") };
    let place = Place::parse(place).unwrap();
    Event::Report(Report { place, text: text.to_owned(), ..report })
}

fn reads(phone: &Phone, id: &FactId) -> bool {
    phone.repair(id, NOON).unwrap().is_some()
}

pub(super) fn refused<T: std::fmt::Debug>(result: Result<T, AskError>) -> String {
    match result.unwrap_err() {
        AskError::Refused(word) => word,
        error => panic!("{error}"),
    }
}

fn person_of(phone: &Phone, of: &Phone) -> PersonId {
    phone.memory().unwrap().current.device(&of.keys().id()).unwrap().person
}

#[test]
fn a_lost_phone_is_set_aside_at_once_and_the_new_one_reads_all_after_the_second_approval() {
    let mut village = Village::new(51);
    let before = ask(&mut village.lin, None, at("home/3-2-502", "旧手机"), &mut village.chance);
    let before = before.unwrap();
    village.sync_all();
    let lost = village.lin.keys().id();
    let Village { relay, chance, fang, chen, wang, mei, lin } = &mut village;
    let mut new = replica(chance);
    let terms = Terms::of(Role::Resident, scope("unit/3-2-502"));
    let who = WhoApplies::LostPhoneOf(lost);
    apply(&mut new, &mut [&mut *chen], &terms, &who, relay, chance);
    // The thief is out, and nobody is in yet.
    let stolen = ask(lin, None, leak(), chance).unwrap();
    let call = lin.next_append().unwrap().unwrap();
    relay.answer(&call.http);
    for phone in [&mut *fang, &mut *wang, &mut *mei, &mut *chen] {
        sync(phone, relay, chance);
        let uncounted = phone.uncounted().unwrap();
        assert_eq!((uncounted[0].id, uncounted[0].verdict), (stolen, Verdict::Quarantined));
    }
    assert!(ask(&mut new, None, leak(), chance).is_err());
    assert_eq!(new.standing().unwrap().phase, Phase::Approved, "not ended: it waits for a second");
    // Chen again is no second person; Wang is.
    let applicants = chen.applicants(NOON).unwrap();
    let invite = applicants.iter().find(|a| a.device == new.keys().id()).unwrap().invite;
    assert_eq!(refused(chen.approve(&invite, &who, NOON, chance)), "registry.approved_already");
    wang.approve(&invite, &who, NOON, chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut *wang, &mut *chen, &mut new, &mut *fang, &mut *mei] {
            sync(phone, relay, chance);
        }
    }
    let after = ask(&mut new, None, at("home/3-2-502", "新手机"), chance).unwrap();
    for phone in [&mut new, &mut *fang, &mut *chen, &mut *wang, &mut *mei] {
        sync(phone, relay, chance);
    }
    for phone in [&*fang, &*chen, &*wang] {
        assert!(reads(phone, &before) && reads(phone, &after));
        assert_eq!(person_of(phone, &new), person_of(phone, lin));
    }
    assert!(reads(&new, &after) && !reads(lin, &after));
    assert_eq!(new.standing().unwrap().phase, Phase::Member);
}

#[test]
fn a_new_staff_phone_that_a_head_approved_last_is_handed_the_keys_of_the_office() {
    let mut village = Village::new(62);
    let tap =
        ask(&mut village.mei, None, at("home/3-2-501", "水龙头"), &mut village.chance).unwrap();
    village.sync_all();
    let lost = village.wang.keys().id();
    let Village { relay, chance, fang, chen, mei, .. } = &mut village;
    let mut new = replica(chance);
    let terms = Terms::of(Role::Property, scope("community"));
    let who = WhoApplies::LostPhoneOf(lost);
    // Chen, who is second, holds no key of the office.
    apply(&mut new, &mut [&mut *fang, &mut *chen], &terms, &who, relay, chance);
    for _ in 0..3 {
        for phone in [&mut *fang, &mut *chen, &mut *mei, &mut new] {
            sync(phone, relay, chance);
        }
    }
    assert_eq!(new.standing().unwrap().phase, Phase::Member);
    assert!(reads(&new, &tap), "a home's key follows from the office's");
    for phone in [&*fang, &*chen, &*mei, &new] {
        assert_eq!(phone.standing().unwrap().alarms, vec![]);
    }
}

#[test]
fn two_reviewers_who_shut_out_the_same_phone_at_once_raise_no_alarm() {
    let mut village = Village::new(63);
    let lost = village.lin.keys().id();
    let event =
        || Ask::Registry(registry::Event::Revoke { device: lost, reason: RevokeReason::Lost });
    village.fang.ask(&event(), 0, NOON, &mut village.chance).unwrap();
    village.chen.ask(&event(), 0, NOON, &mut village.chance).unwrap();
    let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
    for _ in 0..3 {
        for phone in [&mut *fang, &mut *chen, &mut *wang, &mut *mei] {
            sync(phone, relay, chance);
        }
    }
    let id = ask(mei, None, leak(), chance).unwrap();
    for phone in [&mut *mei, &mut *fang, &mut *chen, &mut *wang] {
        sync(phone, relay, chance);
    }
    for phone in [fang, chen, wang, mei] {
        assert_eq!(phone.standing().unwrap().alarms, vec![]);
        assert!(reads(phone, &id), "both new keys are held by who stays");
        assert!(phone.memory().unwrap().access.get(&lost).unwrap().access.ended);
    }
}

#[test]
fn a_phone_shut_out_while_it_had_no_signal_still_hands_in_what_it_wrote() {
    let mut village = Village::new(64);
    let Village { relay, chance, fang, chen, lin, .. } = &mut village;
    let id = ask(chen, None, leak(), chance).unwrap();
    let shut_out = |phone: &Phone| {
        let (device, reason) = (phone.keys().id(), RevokeReason::Lost);
        Ask::Registry(registry::Event::Revoke { device, reason })
    };
    // Keys to hand on, too, which the relay does not take from it any more.
    chen.ask(&shut_out(lin), 0, NOON, chance).unwrap();
    fang.ask(&shut_out(chen), 0, NOON, chance).unwrap();
    sync(fang, relay, chance);
    // Started anew, it does not know yet that it was shut out.
    let mut again = restarted(chen);
    for _ in 0..3 {
        sync(&mut again, relay, chance);
    }
    assert_eq!(again.standing().unwrap().unsent, 0);
    sync(fang, relay, chance);
    assert!(fang.uncounted().unwrap().iter().any(|fact| fact.id == id));
}

#[test]
fn a_second_phone_is_the_same_person_and_stays_when_the_first_is_lost() {
    let mut village = Village::new(52);
    let first = village.lin.keys().id();
    let Village { relay, chance, fang, chen, lin, .. } = &mut village;
    let mut tablet = replica(chance);
    let terms = Terms::of(Role::Resident, scope("unit/3-2-502"));
    apply(&mut tablet, &mut [&mut *chen], &terms, &WhoApplies::SecondPhoneOf(first), relay, chance);
    let one = ask(&mut tablet, None, at("home/3-2-502", "平板"), chance).unwrap();
    for phone in [&mut tablet, &mut *lin, &mut *fang] {
        sync(phone, relay, chance);
    }
    assert!(reads(lin, &one), "both phones read the home");
    assert_eq!(person_of(fang, &tablet), person_of(fang, lin));
    let event = registry::Event::Revoke { device: first, reason: RevokeReason::Lost };
    tablet.ask(&Ask::Registry(event), 0, NOON, chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut tablet, &mut *fang, &mut *chen] {
            sync(phone, relay, chance);
        }
    }
    let two = ask(&mut tablet, None, leak(), chance).unwrap();
    for phone in [&mut tablet, &mut *fang] {
        sync(phone, relay, chance);
    }
    assert!(reads(fang, &two));
    let registry = &fang.memory().unwrap().current;
    assert!(registry.author(&first, When::Now(NOON)).is_err());
}

#[test]
fn a_member_applies_with_the_same_phone_for_a_further_home_and_reads_both() {
    let mut village = Village::new(53);
    let old = ask(&mut village.mei, None, at("home/3-2-501", "从前"), &mut village.chance).unwrap();
    village.sync_all();
    let Village { relay, chance, fang, chen, wang, mei, lin } = &mut village;
    let terms = Terms::of(Role::Resident, scope("unit/3-2-501"));
    let pending = chen.invite(&terms, "http://relay", NOON, chance).unwrap();
    let own = Terms::of(Role::Resident, scope("unit/3-2-502"));
    let again = chen.invite(&own, "http://relay", NOON, chance).unwrap();
    assert_eq!(refused(lin.join(&again, "林", chance)), "join.held_already");
    lin.join(&pending, "林", chance).unwrap();
    assert_eq!(refused(lin.join(&pending, "林", chance)), "join.under_way");
    for _ in 0..2 {
        for phone in [&mut *lin, &mut *chen] {
            sync(phone, relay, chance);
        }
    }
    let standing = lin.standing().unwrap();
    assert_eq!((standing.phase, standing.further), (Phase::Member, Some(Phase::Comparing)));
    assert!(standing.code.is_some());
    *lin = restarted(lin);
    let invite = pending.certificate.invite;
    chen.approve(&invite, &WhoApplies::NewPerson, NOON, chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut *chen, &mut *lin, &mut *fang] {
            sync(phone, relay, chance);
        }
    }
    assert_eq!(lin.standing().unwrap().further, None);
    let here = ask(lin, None, at("home/3-2-502", "这边"), chance).unwrap();
    let there = ask(lin, None, at("home/3-2-501", "那边"), chance).unwrap();
    for _ in 0..2 {
        for phone in [&mut *lin, &mut *fang, &mut *chen, &mut *wang, &mut *mei] {
            sync(phone, relay, chance);
        }
    }
    assert!(relay.applications.is_empty(), "who is in ends its application");
    assert!(reads(mei, &there) && !reads(mei, &here));
    assert!(reads(lin, &there) && reads(lin, &here));
    // One occupancy has one key: who moves in beside Mei reads what that key opens.
    assert!(reads(lin, &old));
    village.assert_agree();
}

/// Lin as deputy of building 3, until an hour after noon.
fn deputy(seed: u64) -> Village {
    let mut village = Village::new(seed);
    let Village { relay, chance, fang, lin, .. } = &mut village;
    let terms = Terms {
        from: Some(Moment(0)),
        to: Some(Moment(NOON.0 + HOUR)),
        ..Terms::of(Role::DeputyHead, scope("building/3"))
    };
    apply(lin, &mut [fang], &terms, &WhoApplies::NewPerson, relay, chance);
    village.sync_all();
    village
}

#[test]
fn what_a_deputy_does_in_scope_and_time_counts_and_after_it_is_set_aside_by_everybody() {
    let mut village = deputy(54);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.lin, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    assert!(village.phones().iter().all(|phone| status(phone) == [Status::Accepted]));
    // Lin's clock stands still at noon: the phone itself would let it pass.
    village.relay.turn_clock(NOON.0 + HOUR + 1);
    let other = ask(&mut village.mei, None, at("building/3", "屋顶"), &mut village.chance).unwrap();
    village.sync_all();
    let adopted = registry::Event::Adopt { facts: vec![], reason: "补录".to_owned() };
    let late = village.lin.ask(&Ask::Registry(adopted), 0, NOON, &mut village.chance);
    assert_eq!(refused(late), "registry.not_yours", "its phone has seen the end of the term");
    village.assert_agree();
    assert!(reads(&village.fang, &other));
}

#[test]
fn a_deputy_without_signal_writes_too_late_and_everybody_sets_it_aside() {
    let mut village = deputy(55);
    // Lin's flat is given up: only the deputy's duty is left, so that the right itself is missing.
    let (person, role) = (person_of(&village.fang, &village.lin), Role::Resident);
    let (scope, reason) = (scope("unit/3-2-502"), EndReason::MovedOut);
    let end = registry::Event::EndDuty(DutyEnded { person, role, scope, reason });
    village.fang.ask(&Ask::Registry(end), 0, NOON, &mut village.chance).unwrap();
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
    let late = ask(&mut village.lin, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.relay.turn_clock(NOON.0 + HOUR + 1);
    let Village { relay, chance, lin, .. } = &mut village;
    sync(lin, relay, chance);
    village.sync_all();
    let Village { fang, chen, wang, mei, .. } = &village;
    for phone in [fang, chen, wang, mei] {
        assert_eq!(status(phone), [Status::Reported]);
        let uncounted = phone.uncounted().unwrap();
        assert_eq!((uncounted[0].id, uncounted[0].verdict), (late, Verdict::Quarantined));
    }
    // Honest, only late: adopted, it counts with the rights of the term.
    let adopt =
        registry::Event::Adopt { facts: vec![late], reason: "任期内已受理".to_owned() };
    village.chen.ask(&Ask::Registry(adopt), 0, NOON, &mut village.chance).unwrap();
    let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
    for _ in 0..2 {
        for phone in [&mut *fang, &mut *chen, &mut *wang, &mut *mei] {
            sync(phone, relay, chance);
        }
    }
    for phone in [fang, chen, wang, mei] {
        assert_eq!(status(phone), [Status::Accepted]);
    }
}

#[test]
fn what_a_deputy_does_outside_the_scope_is_refused_by_everybody() {
    let mut village = deputy(56);
    let id = ask(&mut village.mei, None, at("community", "路灯"), &mut village.chance).unwrap();
    village.sync_all();
    let Village { chance, lin, .. } = &mut village;
    assert_eq!(refused(ask(lin, Some(id), Event::Accept, chance)), "repairs.not_yours");
    let shelf = Shelf { circle: Circle::Community, room: Room::Repairs, period: 20_264 };
    let fact = Fact {
        kind: linli_domain::repairs::kind::STEP,
        by: lin.keys().id(),
        at: NOON.0,
        about: Some(id),
        fields: Value::Map(vec![(Value::from(1), Value::from("accepted"))]),
        supersedes: vec![id],
        sig: None,
    };
    let bytes = fact.encode();
    smuggle(
        lin,
        &shelf,
        |device, document, writer| compose(device, document, writer, &bytes),
        chance,
    )
    .unwrap();
    village.sync_all();
    for phone in village.phones() {
        assert_eq!(status(phone), [Status::Reported]);
        assert_eq!(phone.repair(&id, NOON).unwrap().unwrap().detail.refused.len(), 1);
    }
}

#[test]
fn a_lease_that_is_over_is_taken_off_the_list_and_its_home_gets_a_new_key() {
    let mut village = Village::new(57);
    let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
    let mut tenant = replica(chance);
    let to = Some(Moment(NOON.0 + HOUR));
    let terms = Terms { to, ..Terms::of(Role::Tenant, scope("unit/3-2-501")) };
    apply(&mut tenant, &mut [&mut *chen], &terms, &WhoApplies::NewPerson, relay, chance);
    let during = ask(&mut tenant, None, at("home/3-2-501", "租期内"), chance).unwrap();
    for phone in [&mut tenant, &mut *mei] {
        sync(phone, relay, chance);
    }
    assert!(reads(mei, &during));
    relay.turn_clock(NOON.0 + HOUR + 1);
    ask(mei, None, leak(), chance).unwrap();
    for _ in 0..3 {
        for phone in [&mut *mei, &mut *fang, &mut *chen, &mut *wang] {
            sync(phone, relay, chance);
        }
    }
    let listed = fang.memory().unwrap().access.get(&tenant.keys().id()).unwrap().clone();
    assert!(listed.access.ended, "the relay gives it nothing more");
    assert_eq!(listed.access.serial, 2, "one phone said so, once");
    for phone in [&*mei, &*fang, &*chen, &*wang] {
        assert_eq!(phone.standing().unwrap().alarms, vec![]);
    }
    let after = ask(mei, None, at("home/3-2-501", "退租之后"), chance).unwrap();
    for phone in [&mut *mei, &mut *fang] {
        sync(phone, relay, chance);
    }
    let pack = relay.packs.last().unwrap();
    let (circle, epoch) = (&pack.header.circle, &pack.header.key_epoch);
    assert!(reads(fang, &after));
    assert!(tenant.memory().unwrap().find_key(circle, epoch).is_none());
}
