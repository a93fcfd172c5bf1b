//! Whom a reviewer can name: everybody whom the rule lets in, and nobody else.

use linli_domain::{
    kernel::{Author, PersonId, Role, Scope, UnitCode},
    registry::{self, OwnersChanged, Terms, UnitStatus},
};
use linli_seal::chance::Seeded;
use linli_wire::InviteId;

use super::{
    given::{NOON, Phone, Village, replica, sync},
    people::refused,
    relay::Relay,
};
use crate::{Ask, WhoApplies, view::Applicant, ways::Ways};

fn terms(role: Role, scope: &str) -> Terms {
    Terms::of(role, Scope::parse(scope).unwrap())
}

/// A new phone applies; everybody who reviews has heard of it.
fn apply(
    reviewers: &mut [&mut Phone],
    terms: &Terms,
    relay: &mut Relay,
    chance: &mut Seeded,
) -> (Phone, InviteId) {
    let mut new = replica(chance);
    let invite = reviewers[0].invite(terms, "http://relay", NOON, chance).unwrap();
    new.join(&invite, "somebody", chance).unwrap();
    sync(&mut new, relay, chance);
    for _ in 0..2 {
        for reviewer in reviewers.iter_mut() {
            sync(reviewer, relay, chance);
        }
    }
    (new, invite.certificate.invite)
}

fn shown(reviewer: &Phone, invite: &InviteId) -> Applicant {
    let applicants = reviewer.applicants(NOON).unwrap();
    applicants.into_iter().find(|applicant| applicant.invite == *invite).unwrap()
}

fn named(reviewer: &Phone, invite: &InviteId) -> Vec<WhoApplies> {
    shown(reviewer, invite).who.into_iter().map(|choice| choice.who).collect()
}

#[test]
fn a_residents_phone_is_a_new_persons_or_another_or_lost_one_of_who_lives_there() {
    let mut village = Village::new(71);
    let Village { relay, chance, fang, chen, wang, lin, .. } = &mut village;
    let resident = terms(Role::Resident, "unit/3-2-502");
    let reviewers = &mut [&mut *fang, &mut *chen, &mut *wang];
    let (_, empty) = apply(reviewers, &terms(Role::Resident, "unit/2-2-501"), relay, chance);
    let reviewers = &mut [&mut *fang, &mut *chen, &mut *wang];
    let (_, invite) = apply(reviewers, &resident, relay, chance);
    let old = lin.keys().id();
    let all = [WhoApplies::NewPerson, WhoApplies::SecondPhoneOf(old), WhoApplies::LostPhoneOf(old)];
    assert_eq!(named(fang, &invite), all);
    assert_eq!(named(chen, &invite), all);
    assert_eq!(named(wang, &invite), all[..2], "the company's desk shuts nobody out");
    assert_eq!(named(fang, &empty), all[..1], "a single one needs no question");
    assert!([fang, chen].iter().all(|phone| shown(phone, &invite).may_decide));
}

#[test]
fn the_registers_owners_are_named_until_they_have_a_phone() {
    let mut village = Village::new(72);
    let Village { relay, chance, fang, chen, wang, .. } = &mut village;
    let owners = vec![PersonId([8; 16]), PersonId([9; 16])];
    let unit = UnitCode::parse("3-2-502").unwrap();
    let changed = OwnersChanged { unit, owners, status: UnitStatus::MovedIn, from: None };
    let change = Ask::Registry(registry::Event::ChangeOwners(changed));
    fang.ask(&change, 0, NOON, chance).unwrap();
    for phone in [&mut *fang, &mut *chen, &mut *wang] {
        sync(phone, relay, chance);
    }
    let owner = terms(Role::Owner, "unit/3-2-502");
    let (first, invite) = apply(&mut [&mut *fang, &mut *chen], &owner, relay, chance);
    let both = [WhoApplies::CoOwner(1), WhoApplies::CoOwner(2)];
    assert_eq!(named(fang, &invite), both, "a new person is none of the owners");
    fang.approve(&invite, &WhoApplies::CoOwner(2), NOON, chance).unwrap();
    let after = shown(fang, &invite);
    assert!(after.decided && !after.may_decide && after.who.is_empty());
    for phone in [&mut *fang, &mut *chen] {
        sync(phone, relay, chance);
    }
    let second = shown(chen, &invite).who;
    assert_eq!(second.len(), 1, "whose phone it is was said already");
    assert_eq!(second[0].who, WhoApplies::NewPerson);
    assert_eq!(second[0].person, Some(PersonId([9; 16])));
    chen.approve(&invite, &second[0].who, NOON, chance).unwrap();
    for phone in [&mut *chen, &mut *fang] {
        sync(phone, relay, chance);
    }
    let device = first.keys().id();
    let (_, third) = apply(&mut [&mut *fang, &mut *chen], &owner, relay, chance);
    let expected = [
        WhoApplies::CoOwner(1),
        WhoApplies::SecondPhoneOf(device),
        WhoApplies::LostPhoneOf(device),
    ];
    assert_eq!(named(fang, &third), expected);
}

#[test]
fn a_person_without_a_phone_is_named_and_so_is_one_whose_only_phone_was_shut_out() {
    let mut village = Village::new(73);
    let Village { relay, chance, fang, chen, lin, .. } = &mut village;
    let resident = terms(Role::Resident, "unit/3-2-502");
    let grandma = chen.register_person(&resident, NOON, chance).unwrap();
    let (device, reason) = (lin.keys().id(), registry::RevokeReason::Lost);
    let lost = Ask::Registry(registry::Event::Revoke { device, reason });
    chen.ask(&lost, 0, NOON, chance).unwrap();
    let (_, invite) = apply(&mut [&mut *chen, &mut *fang], &resident, relay, chance);
    let expected =
        [WhoApplies::NewPerson, WhoApplies::Registered(grandma), WhoApplies::LostPhoneOf(device)];
    assert_eq!(named(chen, &invite), expected);
    let who = shown(chen, &invite).who;
    assert_eq!(who.iter().map(|choice| choice.phone).collect::<Vec<_>>(), [None; 3]);
}

#[test]
fn a_phone_that_was_shut_out_is_offered_nothing_to_report() {
    let mut village = Village::new(75);
    let Village { relay, chance, chen, lin, .. } = &mut village;
    let ways = |phone: &Phone| phone.ways(&phone.viewer(NOON).unwrap(), NOON).unwrap();
    assert!(!ways(lin).classes.is_empty());
    let (device, reason) = (lin.keys().id(), registry::RevokeReason::Lost);
    chen.ask(&Ask::Registry(registry::Event::Revoke { device, reason }), 0, NOON, chance).unwrap();
    for phone in [&mut *chen, &mut *lin] {
        sync(phone, relay, chance);
    }
    assert_eq!(ways(lin), Ways::default());
    let nobody = Author::nobody(chen.keys().id());
    assert_eq!(chen.ways(&nobody, NOON).unwrap(), Ways::default());
    assert!(!ways(chen).classes.is_empty());
}

#[test]
fn what_a_head_may_not_grant_a_head_neither_offers_nor_decides() {
    let mut village = Village::new(74);
    let Village { relay, chance, fang, chen, wang, .. } = &mut village;
    let company = terms(Role::Property, "community");
    let invited = chen.invite(&company, "http://relay", NOON, chance);
    assert_eq!(refused(invited), "registry.not_yours");
    let elsewhere = chen.invite(&terms(Role::Owner, "unit/1-2-501"), "http://relay", NOON, chance);
    assert_eq!(refused(elsewhere), "registry.not_yours");
    let (_, invite) = apply(&mut [&mut *fang, &mut *chen], &company, relay, chance);
    let old = wang.keys().id();
    let all = [WhoApplies::NewPerson, WhoApplies::SecondPhoneOf(old), WhoApplies::LostPhoneOf(old)];
    assert_eq!(named(fang, &invite), all);
    let shown = shown(chen, &invite);
    assert!(shown.who.is_empty() && !shown.may_decide && !shown.decided);
}
