//! An application that is given up: nothing of it is left, here or at the relay.

use linli_domain::{
    kernel::{Role, Scope},
    registry::Terms,
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_wire::DeviceId;

use super::{
    given::{NOON, Phone, Village, apply, replica, restarted, sync},
    people::refused,
};
use crate::{Lane, WhoApplies, invite::Invite, view::Phase};

fn resident(scope: &str) -> Terms {
    Terms::of(Role::Resident, Scope::parse(scope).unwrap())
}

fn invite(by: &Phone, scope: &str, chance: &mut Seeded) -> Invite {
    by.invite(&resident(scope), "http://relay", NOON, chance).unwrap()
}

fn phase(phone: &Phone) -> Phase {
    phone.standing().unwrap().phase
}

/// The devices whose applications nobody has decided.
fn waiting(reviewer: &Phone) -> Vec<DeviceId> {
    let applicants = reviewer.applicants(NOON).unwrap().into_iter();
    applicants.filter(|applicant| !applicant.decided).map(|applicant| applicant.device).collect()
}

#[test]
fn a_newcomer_who_stops_is_fresh_again_and_the_invitation_can_be_used_once_more() {
    let mut village = Village::new(81);
    let Village { relay, chance, chen, .. } = &mut village;
    let mut new = replica(chance);
    assert_eq!(refused(new.stop_joining()), "join.unknown");
    let invite = invite(chen, "unit/3-2-502", chance);
    new.join(&invite, "somebody", chance).unwrap();
    sync(&mut new, relay, chance);
    sync(chen, relay, chance);
    sync(&mut new, relay, chance);
    assert_eq!((phase(&new), waiting(chen)), (Phase::Comparing, vec![new.keys().id()]));
    assert!(new.standing().unwrap().may_stop);
    assert!(new.renew_keys(DeviceKeys::generate(chance)).is_err(), "they are applied with");
    new.stop_joining().unwrap();
    let before = new.keys().id();
    new.renew_keys(DeviceKeys::generate(chance)).unwrap();
    assert_ne!(new.keys().id(), before);
    // The relay is told, also after a restart.
    let mut new = restarted(&new);
    assert_eq!((phase(&new), new.standing().unwrap().may_stop), (Phase::Fresh, false));
    sync(&mut new, relay, chance);
    assert!(relay.applications.is_empty());
    assert_eq!(new.next_call(Lane::Work).unwrap(), None, "it is told once");
    sync(chen, relay, chance);
    assert_eq!(waiting(chen), vec![]);
    new.join(&invite, "somebody", chance).unwrap();
    sync(&mut new, relay, chance);
    sync(chen, relay, chance);
    assert_eq!(waiting(chen), vec![new.keys().id()]);
}

#[test]
fn a_member_gives_up_a_further_home_and_keeps_the_first() {
    let mut village = Village::new(82);
    let Village { relay, chance, chen, lin, .. } = &mut village;
    let invite = invite(chen, "unit/3-2-501", chance);
    lin.join(&invite, "林", chance).unwrap();
    sync(lin, relay, chance);
    assert!(lin.standing().unwrap().further.is_some());
    lin.stop_joining().unwrap();
    let standing = lin.standing().unwrap();
    assert_eq!((standing.phase, standing.further), (Phase::Member, None));
    assert!(lin.renew_keys(DeviceKeys::generate(chance)).is_err(), "a member keeps its keys");
    sync(lin, relay, chance);
    sync(chen, relay, chance);
    assert!(relay.applications.is_empty());
    let further = resident("unit/3-2-501");
    apply(lin, &mut [&mut *chen], &further, &WhoApplies::NewPerson, relay, chance);
    assert_eq!(lin.viewer(NOON).unwrap().duties.len(), 2);
}

#[test]
fn what_was_refused_can_be_tried_anew_or_given_up_and_what_was_approved_cannot() {
    let mut village = Village::new(83);
    let Village { relay, chance, chen, .. } = &mut village;
    let mut new = replica(chance);
    let first = invite(chen, "unit/3-2-502", chance);
    new.join(&first, "somebody", chance).unwrap();
    let both = |new: &mut Phone, chen: &mut Phone, relay: &mut _, chance: &mut _| {
        for _ in 0..2 {
            sync(new, relay, chance);
            sync(chen, relay, chance);
        }
        sync(new, relay, chance);
    };
    both(&mut new, chen, relay, chance);
    chen.refuse_application(&first.certificate.invite).unwrap();
    both(&mut new, chen, relay, chance);
    assert_eq!((phase(&new), new.may_stop_joining()), (Phase::Refused, true));
    let second = invite(chen, "unit/3-2-502", chance);
    new.join(&second, "somebody", chance).unwrap();
    both(&mut new, chen, relay, chance);
    assert_eq!(phase(&new), Phase::Comparing);
    chen.approve(&second.certificate.invite, &WhoApplies::NewPerson, NOON, chance).unwrap();
    sync(chen, relay, chance);
    // The answer is here, and nothing of the log yet.
    new.begin_round();
    let call = new.next_call(Lane::Work).unwrap().unwrap();
    let reply = relay.answer(&call.http);
    new.answered(&call.kind, Ok(reply), NOON, chance).unwrap();
    assert_eq!((phase(&new), new.may_stop_joining()), (Phase::Approved, false));
    assert_eq!(refused(new.stop_joining()), "join.granted_already");
}
