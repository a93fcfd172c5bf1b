//! Who may write what: the table, written out by hand from the domain's own.

use super::*;

/// Everybody of the table, each with a letter.
pub(super) fn everybody() -> (Community, Vec<(char, Person)>) {
    let mut community = Community::new(false);
    let (fang, guo) = (who(1), who(2));
    let mut both = |event: &Event| {
        community.write(&fang, event).unwrap();
        community.write(&guo, event).unwrap();
    };
    both(&charged(&who(20), Role::Committee, &[StaffDuty::Chair]));
    both(&grant(&who(27), Role::Auditor, "community"));
    both(&grant(&who(3), Role::Head, "building/3"));
    both(&grant(&who(23), Role::Head, "stair/3-2"));
    both(&dated(&who(24), Role::DeputyHead, "building/3", 0, 9_000));
    let mut fang_alone = |event: &Event| community.write(&who(1), event).unwrap();
    fang_alone(&grant(&who(4), Role::Property, "community"));
    fang_alone(&charged(&who(21), Role::Property, &[StaffDuty::Gate]));
    fang_alone(&charged(&who(22), Role::Property, &[StaffDuty::RegistryKeeper]));
    fang_alone(&grant(&who(5), Role::Owner, "unit/3-2-501"));
    fang_alone(&grant(&who(25), Role::Resident, "unit/3-2-501"));
    fang_alone(&dated(&who(26), Role::Tenant, "unit/3-2-502", 0, 9_000));
    let mut elsewhere = units();
    (elsewhere.building, elsewhere.stair) = ("1".to_owned(), 1);
    elsewhere.units.truncate(1);
    elsewhere.units[0].code = UnitCode::new("1", 1, "101").unwrap();
    fang_alone(&Event::RegisterStair(elsewhere));
    community.write(&who(3), &grant(&who(5), Role::Owner, "unit/3-2-501")).unwrap();
    let letters = [
        ('F', 1),
        ('C', 20),
        ('P', 4),
        ('G', 21),
        ('K', 22),
        ('A', 27),
        ('H', 3),
        ('S', 23),
        ('D', 24),
        ('O', 5),
        ('R', 25),
        ('T', 26),
    ];
    let people = letters.into_iter().map(|(letter, byte)| (letter, who(byte))).collect();
    (community, people)
}

/// Founder, Committee, Property, Gate, registry Keeper of the company, Auditor, Head, Stair's head, Deputy,
/// Owner, Resident, Tenant.
#[test]
fn every_role_may_write_what_the_table_says_and_nothing_else() {
    let (community, people) = everybody();
    let new = who(50);
    let end = |who: &Person, role, scope: &str| {
        let (person, scope) = (who.person, Scope::parse(scope).unwrap());
        Event::EndDuty(DutyEnded { person, role, scope, reason: EndReason::MovedOut })
    };
    let revoke = |who: &Person| {
        let (device, reason) = (who.device(), RevokeReason::Other);
        Event::Revoke { device, reason }
    };
    let mut stair = units();
    stair.stair = 3;
    stair.units.clear();
    let open = Event::OpenKey {
        circle: Circle::Community,
        key_epoch: linli_wire::KeyEpoch([1; 8]),
        previous: None,
        sealed_previous: None,
    };
    let owners = OwnersChanged {
        unit: unit_501(),
        owners: vec![new.person],
        status: UnitStatus::MovedIn,
        from: None,
    };
    let grandma = PersonRegistered {
        person: new.person,
        role: Role::Resident,
        scope: Scope::Unit(unit_501()),
        to: None,
    };
    let chosen = RepresentativeChosen { unit: unit_501(), person: who(5).person };
    let table = [
        ("FC", grant(&new, Role::Committee, "community")),
        ("FC", charged(&new, Role::Property, &[StaffDuty::Finance])),
        ("FC", grant(&new, Role::Head, "building/3")),
        ("FC", grant(&new, Role::Head, "stair/3-2")),
        ("FCH", dated(&new, Role::DeputyHead, "building/3", 0, 9)),
        ("FCHS", dated(&new, Role::DeputyHead, "stair/3-2", 0, 9)),
        ("FCPKHSD", grant(&new, Role::Owner, "unit/3-2-502")),
        ("FCPKHSDO", grant(&new, Role::Resident, "unit/3-2-501")),
        ("FCPKHSDO", dated(&new, Role::Tenant, "unit/3-2-501", 0, 9)),
        ("FCPK", grant(&new, Role::Resident, "unit/1-1-101")),
        ("FC", Event::RegisterStair(stair)),
        ("FCHSDR", revoke(&who(25))),
        ("FCG", revoke(&who(21))),
        ("FCPGKAHSD", open),
        ("FCPGKHSD", Event::Adopt { facts: vec![], reason: "补录".to_owned() }),
        ("FCKO", Event::ChangeOwners(owners)),
        ("O", Event::ChooseRepresentative(chosen)),
        ("FCPKHSD", Event::RegisterPerson(grandma)),
        ("FCPKHSDOR", end(&who(25), Role::Resident, "unit/3-2-501")),
        ("FCPKHSDT", end(&who(26), Role::Tenant, "unit/3-2-502")),
        ("FCG", end(&who(21), Role::Property, "community")),
        ("FCD", end(&who(24), Role::DeputyHead, "building/3")),
        ("FC", Event::SetMinVersion { version: 1 }),
    ];
    for (allowed, event) in table {
        for (letter, person) in &people {
            let author = community.author(person);
            let decided = decide(&community.registry, &author, &event, NOW).map(|_| ());
            let expected = if allowed.contains(*letter) { Ok(()) } else { Err(Refusal::NotYours) };
            assert_eq!(decided, expected, "{letter} {event:?}");
        }
    }
}

#[test]
fn a_role_needs_its_dates_and_only_staff_is_charged_with_something() {
    let (mut community, _) = everybody();
    let new = who(50);
    let mut refused = |event: &Event| community.write(&who(1), event).unwrap_err();
    let endless = grant(&new, Role::Tenant, "unit/3-2-501");
    assert_eq!(refused(&endless), Refusal::NeedsDates);
    assert_eq!(refused(&grant(&new, Role::DeputyHead, "stair/3-2")), Refusal::NeedsDates);
    let backwards = dated(&new, Role::Tenant, "unit/3-2-501", 9, 8);
    assert_eq!(refused(&backwards), Refusal::NeedsDates);
    let chair = charged(&new, Role::Property, &[StaffDuty::Chair]);
    assert_eq!(refused(&chair), Refusal::WrongDuty);
    let twice = charged(&new, Role::Property, &[StaffDuty::Desk, StaffDuty::Desk]);
    assert_eq!(refused(&twice), Refusal::WrongDuty);
    assert_eq!(refused(&grant(&new, Role::Head, "stair/3-9")), Refusal::UnknownPlace);
    assert_eq!(refused(&grant(&new, Role::Tenant, "stair/3-2")), Refusal::WrongScope);
}

#[test]
fn what_a_person_is_charged_with_is_asked_by_name() {
    let (community, _) = everybody();
    assert!(community.author(&who(20)).has_duty(StaffDuty::Chair));
    assert!(community.author(&who(21)).has_duty(StaffDuty::Gate));
    assert!(!community.author(&who(21)).has_duty(StaffDuty::RepairWorker));
    assert!(!community.author(&who(4)).has_duty(StaffDuty::Gate));
}

#[test]
fn a_deputy_acts_as_the_head_within_scope_and_time() {
    let (community, _) = everybody();
    let at = |moment| When::Now(Moment(moment));
    let scope = |text: &str| Scope::parse(text).unwrap();
    let author = |moment| community.registry.author(&who(24).device(), at(moment));
    let deputy = author(9_000).unwrap();
    assert!(deputy.holds(&[Role::Head], &scope("unit/3-2-501")));
    assert!(!deputy.holds(&[Role::Head], &scope("unit/1-1-101")));
    assert!(!deputy.holds(&[Role::Owner], &scope("unit/3-2-501")));
    let Err(NoRight::Ended { at: last }) = author(9_001) else { panic!("it ended") };
    let before = community.registry.author(&who(24).device(), When::Placed(last));
    assert_eq!(before, Ok(deputy), "what it held last");
}

#[test]
fn the_head_of_a_stair_reads_its_homes_and_no_others() {
    let (community, _) = everybody();
    let circles = community.registry.circles_of(&who(23).device(), When::Now(NOW));
    let home = |room| Circle::Home(UnitCode::new("3", 2, room).unwrap());
    let expected = [Circle::Community, Circle::Building("3".into()), home("501"), home("502")];
    assert_eq!(circles, expected);
}
