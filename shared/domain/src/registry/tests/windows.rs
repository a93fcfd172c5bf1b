//! The window of people.

use super::{
    table::everybody,
    view::{DutyState, PeopleFilter, people},
    *,
};

fn window(community: &Community, search: &str, role: Option<Role>) -> view::PeopleWindow {
    let filter = PeopleFilter { search: search.to_owned(), role };
    people(&community.registry, &filter, 0, 60, &community.author(&who(1)), NOW)
}

fn persons(window: &view::PeopleWindow) -> Vec<PersonId> {
    window.rows.iter().map(|row| row.person).collect()
}

/// Lin has two phones and waits for a third, a grandmother has none, a tenant's time is over.
fn community() -> Community {
    let mut community = trial();
    let lin = who(6);
    let tablet = Person { person: lin.person, ..who(60) };
    community.write(&who(3), &grant(&lin, Role::Resident, "unit/3-2-502")).unwrap();
    community.write(&who(3), &grant(&tablet, Role::Resident, "unit/3-2-502")).unwrap();
    let lost = Event::Revoke { device: lin.device(), reason: RevokeReason::Lost };
    community.write(&tablet, &lost).unwrap();
    community.write(&who(3), &grant(&who(5), Role::Owner, "unit/3-2-501")).unwrap();
    let tenant = dated(&who(7), Role::Tenant, "unit/3-2-501", 0, 900);
    community.write(&who(3), &tenant).unwrap();
    let grandma = PersonRegistered {
        person: PersonId([77; 16]),
        role: Role::Resident,
        scope: Scope::Unit(unit_501()),
        to: None,
    };
    community.write(&who(3), &Event::RegisterPerson(grandma)).unwrap();
    community
}

#[test]
fn people_are_found_by_unit_role_and_pseudonym() {
    let community = community();
    let by = |bytes: &[u8]| bytes.iter().map(|b| PersonId([*b; 16])).collect::<Vec<_>>();
    let unit = window(&community, "3号楼2单元501", None);
    assert_eq!(persons(&unit), by(&[5, 77, 7]));
    assert_eq!(persons(&window(&community, "32501", None)), by(&[5, 77, 7]));
    assert_eq!(persons(&window(&community, "3-2-50", Some(Role::Resident))), by(&[77, 6]));
    assert_eq!(persons(&window(&community, "4d4d", None)), by(&[77]));
    assert_eq!(persons(&window(&community, "", Some(Role::Head))), by(&[3]));
    assert_eq!(window(&community, "", None).total, 7);
    let row = unit.unit.unwrap();
    assert_eq!((row.occupants, row.owners.len()), (1, 0), "one waits, one's time is over");
    assert!(window(&community, "3", None).unit.is_none());
}

#[test]
fn every_duty_says_how_it_stands_and_every_phone_whether_it_ended() {
    let community = community();
    let state = |search: &str, at: usize| {
        let window = window(&community, search, None);
        (window.rows[at].duties[0].state, window.rows[at].phones.len())
    };
    assert_eq!(state("3-2-501", 0), (DutyState::Waiting, 1));
    assert_eq!(state("3-2-501", 1), (DutyState::Stands, 0));
    assert_eq!(state("3-2-501", 2), (DutyState::Over, 1));
    let lin = window(&community, "3-2-502", None);
    let ended: Vec<bool> = lin.rows[0].phones.iter().map(|phone| phone.ended).collect();
    assert_eq!((ended.iter().filter(|ended| **ended).count(), ended.len()), (1, 2));
    let states: Vec<DutyState> = lin.rows[0].duties.iter().map(|duty| duty.state).collect();
    assert!(states.contains(&DutyState::Over) && states.contains(&DutyState::Stands));
}

#[test]
fn a_window_does_not_grow_with_the_members() {
    let community = community();
    let filter = PeopleFilter::default();
    let fang = community.author(&who(1));
    let window = people(&community.registry, &filter, 2, 3, &fang, NOW);
    assert_eq!((window.total, window.offset, window.rows.len()), (7, 2, 3));
    let all = people(&community.registry, &filter, 0, 60, &fang, NOW);
    assert_eq!(window.rows, all.rows[2..5]);
}

#[test]
fn an_owner_whom_the_register_names_is_shown_without_a_phone() {
    let mut community = trial();
    let change = OwnersChanged {
        unit: unit_501(),
        owners: vec![PersonId([8; 16]), PersonId([9; 16])],
        status: UnitStatus::MovedIn,
        from: None,
    };
    community.write(&who(1), &Event::ChangeOwners(change)).unwrap();
    let window = window(&community, "3-2-501", None);
    assert_eq!(persons(&window), [PersonId([8; 16]), PersonId([9; 16])]);
    let unit = window.unit.unwrap();
    assert_eq!((unit.owners.len(), unit.occupants), (2, 2));
    assert_eq!((unit.status, unit.representative), (UnitStatus::MovedIn, None));
}

#[test]
fn a_button_is_shown_exactly_where_the_rule_would_let_it() {
    let (mut community, people_of_table) = everybody();
    let tablet = Person { person: who(25).person, ..who(60) };
    community.write(&who(3), &grant(&tablet, Role::Resident, "unit/3-2-501")).unwrap();
    let lost = Event::Revoke { device: who(26).device(), reason: RevokeReason::Lost };
    community.write(&who(3), &lost).unwrap();
    let (filter, registry) = (PeopleFilter::default(), &community.registry);
    let (mut asked, mut yes) = (0, 0);
    for (letter, person) in people_of_table.iter().filter(|(letter, _)| *letter != 'T') {
        let viewer = community.author(person);
        let lets_in = |event: Event| decide(registry, &viewer, &event, NOW).is_ok();
        for row in people(registry, &filter, 0, 60, &viewer, NOW).rows {
            for phone in row.phones {
                let (device, reason) = (phone.device, RevokeReason::Other);
                let expected = lets_in(Event::Revoke { device, reason });
                assert_eq!(phone.may_revoke, expected, "{letter} {phone:?}");
                (asked, yes) = (asked + 1, yes + i32::from(expected));
            }
            for duty in row.duties.iter().filter(|duty| duty.state != DutyState::Over) {
                let (person, reason) = (row.person, EndReason::Other);
                let Duty { role, scope } = duty.duty.clone();
                let ended = DutyEnded { person, role, scope, reason };
                assert_eq!(duty.may_end, lets_in(Event::EndDuty(ended)), "{letter} {duty:?}");
            }
        }
    }
    assert!(asked > 100 && yes > 20, "{yes} of {asked}");
}

#[test]
fn a_persons_phones_stand_in_the_order_in_which_they_came() {
    let community = community();
    let lin = window(&community, "3-2-502", None);
    let devices: Vec<DeviceId> = lin.rows[0].phones.iter().map(|phone| phone.device).collect();
    assert_eq!(devices, [who(6).device(), who(60).device()]);
}
