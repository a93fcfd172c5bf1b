//! Lost phones, second phones, several homes, people without a phone, duties that end.

use super::*;

fn now() -> When {
    When::Now(NOW)
}

/// A phone of the same person as `of`.
fn phone(byte: u8, of: &Person) -> Person {
    Person { person: of.person, ..who(byte) }
}

fn reissue(new: &Person, lost: &Person, role: Role, scope: &str) -> Event {
    Event::Grant(Grant { replaces: Some(lost.device()), ..granted(new, role, scope) })
}

/// A trial in which Lin lives in 3-2-502.
fn lins_home() -> Community {
    let mut community = trial();
    community.write(&who(3), &grant(&who(6), Role::Resident, "unit/3-2-502")).unwrap();
    community
}

#[test]
fn a_lost_phone_is_shut_out_by_the_first_and_the_new_one_begins_with_the_second() {
    let mut community = lins_home();
    let (lin, new) = (who(6), phone(60, &who(6)));
    let event = reissue(&new, &lin, Role::Resident, "unit/3-2-502");
    community.write(&who(3), &event).unwrap();
    let old = community.registry.author(&lin.device(), now());
    assert!(matches!(old, Err(NoRight::Ended { .. })), "the thief is out at once: {old:?}");
    assert!(!community.holds(&new, Role::Resident), "one is not enough, though it is for a home");
    assert_eq!(community.write(&who(3), &event), Err(Refusal::ApprovedAlready));
    community.write(&who(4), &event).unwrap();
    assert!(community.holds(&new, Role::Resident));
    assert_eq!(community.author(&new).person, lin.person);
}

#[test]
fn a_phone_that_was_revoked_first_is_replaced_by_two_as_well() {
    let mut community = lins_home();
    let (lin, new) = (who(6), phone(60, &who(6)));
    let lost = Event::Revoke { device: lin.device(), reason: RevokeReason::Lost };
    community.write(&who(3), &lost).unwrap();
    let event = grant(&new, Role::Resident, "unit/3-2-502");
    community.write(&who(3), &event).unwrap();
    assert!(!community.holds(&new, Role::Resident));
    community.write(&who(1), &event).unwrap();
    assert!(community.holds(&new, Role::Resident));
}

#[test]
fn a_staff_members_lost_phone_takes_a_keeper_and_another_of_office_or_heads() {
    let mut community = trial();
    let (wang, new) = (who(4), phone(40, &who(4)));
    let event = reissue(&new, &wang, Role::Property, "community");
    assert_eq!(community.write(&who(3), &event), Err(Refusal::NotYours), "a head shuts nobody out");
    community.write(&who(1), &event).unwrap();
    assert!(!community.holds(&new, Role::Property));
    community.write(&who(3), &event).unwrap();
    assert!(community.holds(&new, Role::Property));
    // A head alone, or two of them, make no staff.
    let usual = grant(&who(50), Role::Property, "community");
    assert_eq!(community.write(&who(3), &usual), Err(Refusal::NotYours));
}

#[test]
fn an_owners_lost_phone_takes_the_committee_as_before() {
    let mut community = trial();
    let (mei, new) = (who(5), phone(51, &who(5)));
    for by in [who(1), who(3)] {
        community.write(&by, &grant(&mei, Role::Owner, "unit/3-2-501")).unwrap();
    }
    let event = reissue(&new, &mei, Role::Owner, "unit/3-2-501");
    assert_eq!(community.write(&who(4), &event), Err(Refusal::NotYours), "the desk revokes nobody");
    community.write(&who(3), &event).unwrap();
    community.write(&who(4), &event).unwrap();
    assert!(!community.holds(&new, Role::Owner));
    community.write(&who(1), &event).unwrap();
    assert!(community.holds(&new, Role::Owner));
}

#[test]
fn only_the_persons_own_phone_is_replaced() {
    let mut community = lins_home();
    let new = phone(60, &who(6));
    let event = reissue(&new, &who(3), Role::Resident, "unit/3-2-502");
    assert_eq!(community.write(&who(1), &event), Err(Refusal::OtherPerson));
    let unknown = reissue(&new, &who(99), Role::Resident, "unit/3-2-502");
    assert_eq!(community.write(&who(1), &unknown), Err(Refusal::OtherPerson));
    let itself = reissue(&who(6), &who(6), Role::Resident, "unit/3-2-502");
    assert_eq!(community.write(&who(1), &itself), Err(Refusal::OtherPerson));
}

#[test]
fn two_phones_of_one_person_count_as_one_and_end_each_on_its_own() {
    let mut community = lins_home();
    let (lin, tablet) = (who(6), phone(60, &who(6)));
    community.write(&who(3), &grant(&tablet, Role::Resident, "unit/3-2-502")).unwrap();
    assert!(community.holds(&tablet, Role::Resident), "the usual approval is enough");
    assert_eq!(community.author(&tablet).person, community.author(&lin).person);
    assert_eq!(community.registry.person_at(&lin.person, now()).len(), 1);
    // The person's own other phone may shut out the lost one, and not approve.
    let own = grant(&phone(61, &lin), Role::Resident, "unit/3-2-502");
    assert_eq!(community.write(&tablet, &own), Err(Refusal::NotYours));
    let lost = Event::Revoke { device: lin.device(), reason: RevokeReason::Lost };
    community.write(&tablet, &lost).unwrap();
    assert!(!community.holds(&lin, Role::Resident) && community.holds(&tablet, Role::Resident));
}

#[test]
fn an_owner_does_not_approve_a_phone_of_their_own() {
    let mut community = trial();
    let mei = who(5);
    for by in [who(1), who(3)] {
        community.write(&by, &grant(&mei, Role::Owner, "unit/3-2-501")).unwrap();
    }
    let tablet = grant(&phone(51, &mei), Role::Resident, "unit/3-2-501");
    assert_eq!(community.write(&mei, &tablet), Err(Refusal::OwnPerson));
}

#[test]
fn nobody_is_given_anothers_name_for_something_else_by_one_reviewer() {
    let mut community = lins_home();
    // Chen alone would make a phone of his act as Lin in another home.
    let puppet = phone(60, &who(6));
    community.write(&who(3), &grant(&puppet, Role::Resident, "unit/3-2-501")).unwrap();
    assert!(!community.holds(&puppet, Role::Resident));
}

#[test]
fn one_phone_has_several_homes_and_loses_them_one_by_one() {
    let mut community = lins_home();
    let lin = who(6);
    community.write(&who(3), &grant(&lin, Role::Resident, "unit/3-2-501")).unwrap();
    let homes = |community: &Community| {
        let circles = community.registry.circles_of(&lin.device(), now());
        circles.iter().filter(|circle| matches!(circle, Circle::Home(_))).count()
    };
    assert_eq!(homes(&community), 2);
    let (person, scope) = (lin.person, Scope::Unit(unit_501()));
    let reason = EndReason::MovedOut;
    let end = DutyEnded { person, role: Role::Resident, scope, reason };
    community.write(&lin, &Event::EndDuty(end.clone())).unwrap();
    assert_eq!(homes(&community), 1);
    assert_eq!(community.registry.occupancy(&unit_501()), 1);
    assert_eq!(community.write(&lin, &Event::EndDuty(end)), Err(Refusal::NothingHeld));
    community.write(&who(3), &grant(&lin, Role::Resident, "unit/3-2-501")).unwrap();
    assert_eq!(homes(&community), 2, "they may come back");
}

#[test]
fn a_lease_is_renewed_by_another_grant_and_its_approvals_do_not_mix() {
    let mut community = Community::new(false);
    let deputy = who(7);
    let term = |until| dated(&deputy, Role::DeputyHead, "building/3", 0, until);
    community.write(&who(1), &term(50)).unwrap();
    community.write(&who(2), &term(60)).unwrap();
    assert!(
        community.registry.author(&deputy.device(), at(40)).is_err(),
        "two different proposals"
    );
    community.write(&who(2), &term(50)).unwrap();
    let holds = |community: &Community, moment| {
        community.registry.author(&deputy.device(), When::Now(Moment(moment))).is_ok()
    };
    assert_eq!((holds(&community, 50), holds(&community, 51)), (true, false));
    community.write(&who(1), &term(60)).unwrap();
    assert_eq!((holds(&community, 60), holds(&community, 61)), (true, false));
    assert_eq!(community.registry.author(&deputy.device(), at(49)).unwrap().duties.len(), 1);
    // The first term is over: only it is ended, and what was renewed goes on.
    let (person, scope) = (deputy.person, Scope::Building("3".to_owned()));
    let reason = EndReason::Expired;
    let over = DutyEnded { person, role: Role::DeputyHead, scope, reason };
    let over = Event::EndDuty(over);
    community.seq = 50;
    community.write(&who(1), &over).unwrap();
    assert!(holds(&community, 60));
    let tenures = &community.registry.device(&deputy.device()).unwrap().tenures;
    assert_eq!(tenures.iter().filter(|tenure| tenure.ended.is_some()).count(), 1);
}

#[test]
fn the_last_of_founders_and_committee_stays() {
    let mut community = trial();
    let (person, scope) = (community.author(&who(1)).person, Scope::Community);
    let end = DutyEnded { person, role: Role::Founder, scope, reason: EndReason::Relieved };
    assert_eq!(community.write(&who(1), &Event::EndDuty(end)), Err(Refusal::LastKeeper));
}

fn registered(byte: u8, role: Role, to: Option<i64>) -> Event {
    let (person, scope) = (PersonId([byte; 16]), Scope::Unit(unit_501()));
    Event::RegisterPerson(PersonRegistered { person, role, scope, to: to.map(Moment) })
}

#[test]
fn a_person_without_a_phone_lives_where_a_head_says_so() {
    let mut community = trial();
    let grandma = PersonId([77; 16]);
    let lives = |community: &Community, moment| {
        community.registry.lives_at(&grandma, &unit_501(), When::Now(Moment(moment)))
    };
    assert!(!lives(&community, 1_000));
    let before = community.seq;
    community.write(&who(3), &registered(77, Role::Resident, None)).unwrap();
    assert!(lives(&community, 1_000));
    assert!(!community.registry.lives_at(&grandma, &unit_501(), at(before)));
    let twice = registered(77, Role::Resident, None);
    assert_eq!(community.write(&who(3), &twice), Err(Refusal::PersonKnown));
    assert_eq!(
        community.write(&who(3), &registered(78, Role::Tenant, None)),
        Err(Refusal::NeedsDates)
    );
    let head = registered(78, Role::Head, None);
    assert_eq!(community.write(&who(3), &head), Err(Refusal::WrongScope));
    community.write(&who(3), &registered(78, Role::Tenant, Some(2_000))).unwrap();
    let tenant = PersonId([78; 16]);
    let at = |moment| When::Now(Moment(moment));
    assert!(community.registry.lives_at(&tenant, &unit_501(), at(2_000)));
    assert!(!community.registry.lives_at(&tenant, &unit_501(), at(2_001)));
    let (person, scope) = (grandma, Scope::Unit(unit_501()));
    let end = DutyEnded { person, role: Role::Resident, scope, reason: EndReason::Other };
    community.write(&who(3), &Event::EndDuty(end)).unwrap();
    assert!(!lives(&community, 1_000));
}

#[test]
fn who_was_registered_without_a_phone_gets_one_by_the_usual_approval() {
    let mut community = trial();
    let grandma = Person { person: PersonId([77; 16]), ..who(60) };
    community.write(&who(3), &registered(77, Role::Resident, None)).unwrap();
    community.write(&who(3), &grant(&grandma, Role::Resident, "unit/3-2-501")).unwrap();
    assert!(community.holds(&grandma, Role::Resident));
    assert_eq!(community.registry.person_at(&grandma.person, now()).len(), 1);
}
