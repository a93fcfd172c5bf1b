//! Owner sets, heads and representatives.

use std::collections::BTreeSet;

use super::*;

fn person(byte: u8) -> PersonId {
    PersonId([byte; 16])
}

fn now() -> When {
    When::Now(NOW)
}

/// A stair of a building whose units have these owners; the room is the number in the list.
fn stair(number: u16, units: &[(&[u8], UnitStatus, u64)]) -> StairRegistered {
    let unit = |(room, (owners, status, area)): (u16, &(&[u8], UnitStatus, u64))| Unit {
        code: UnitCode::new("9", number, &room.to_string()).unwrap(),
        kind: UnitKind::Home,
        area: AreaDm2(*area),
        basis: "register".to_owned(),
        owners: owners.iter().map(|byte| person(*byte)).collect(),
        status: *status,
    };
    let units = (1..).zip(units).map(unit).collect();
    StairRegistered { building: "9".to_owned(), stair: number, lift: true, units }
}

const IN: UnitStatus = UnitStatus::MovedIn;

/// Two owners with two units, one with three, the developer with three, a couple, one of the couple
/// alone, and somebody.
fn he_yuan_in_small() -> StairRegistered {
    stair(
        1,
        &[
            (&[1], IN, 101),
            (&[1], IN, 103),
            (&[2], IN, 107),
            (&[2], UnitStatus::Rented, 109),
            (&[3], IN, 113),
            (&[3], IN, 127),
            (&[3], UnitStatus::Empty, 131),
            (&[], UnitStatus::Unsold, 137),
            (&[], UnitStatus::Unsold, 139),
            (&[4], UnitStatus::Undelivered, 149),
            (&[5, 6], IN, 151),
            (&[5], IN, 157),
            (&[7], IN, 163),
        ],
    )
}

#[test]
fn units_of_exactly_the_same_owners_are_one_head() {
    let mut community = Community::new(true);
    community.write(&who(1), &Event::RegisterStair(he_yuan_in_small())).unwrap();
    let scope = Scope::Building("9".to_owned());
    let groups = community.registry.head_groups(&scope, now());
    let sizes: Vec<(Whose, usize, u64)> =
        groups.into_iter().map(|group| (group.whose, group.units.len(), group.area.0)).collect();
    let owners = |bytes: &[u8]| Whose::Owners(bytes.iter().map(|b| person(*b)).collect());
    let expected = [
        (Whose::Developer, 3, 137 + 139 + 149),
        (owners(&[1]), 2, 101 + 103),
        (owners(&[2]), 2, 107 + 109),
        (owners(&[3]), 3, 113 + 127 + 131),
        (owners(&[5]), 1, 157),
        (owners(&[5, 6]), 1, 151),
        (owners(&[7]), 1, 163),
    ];
    assert_eq!(sizes, expected);
    let totals = community.registry.totals(&scope, now());
    assert_eq!(totals, Totals { units: 13, heads: 7, area: AreaDm2(1_687) });
    // Two units of which the register names nobody count for themselves.
    let all = community.registry.totals(&Scope::Community, now());
    assert_eq!((all.units, all.heads), (15, 9));
}

/// The whole of 和园 by its own figures: 1,912 homes and 24 shops, 47 owners with two units, nine
/// with three, the developer with 38.
#[test]
fn the_heads_and_the_area_of_he_yuan_are_those_worked_out_by_hand() {
    let mut community = Community::new(true);
    community.registry.units.clear();
    let mut left = (38, 47 * 2, 9 * 3, 0_u32);
    let mut owner = || -> (Vec<PersonId>, UnitStatus) {
        let named = |group: u8, number: u32| {
            let mut id = [group; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            vec![PersonId(id)]
        };
        let (developer, twos, threes, ones) = &mut left;
        if *developer > 0 {
            *developer -= 1;
            let sold = *developer % 2 == 0;
            let owners = if sold { named(9, *developer) } else { vec![] };
            let status = if sold { UnitStatus::Undelivered } else { UnitStatus::Unsold };
            (owners, status)
        } else if *twos > 0 {
            *twos -= 1;
            (named(2, *twos / 2), IN)
        } else if *threes > 0 {
            *threes -= 1;
            (named(3, *threes / 3), IN)
        } else {
            *ones += 1;
            (named(1, *ones), IN)
        }
    };
    let shapes: [(std::ops::RangeInclusive<u8>, u16, u16, &[u64]); 4] = [
        (1..=6, 6, 3, &[7_890, 8_937]),
        (7..=14, 18, 2, &[8_937, 10_542, 12_005]),
        (15..=18, 26, 2, &[6_235, 8_937, 10_542, 14_388]),
        (19..=19, 24, 1, &[5_640]),
    ];
    for (buildings, floors, stairs, areas) in shapes {
        for (building, number) in buildings.flat_map(|b| (1..=stairs).map(move |s| (b, s))) {
            let mut of_stair = Vec::new();
            for (floor, door) in
                (1..=floors).flat_map(|f| (1_u16..).zip(areas).map(move |d| (f, d)))
            {
                let (owners, status) = owner();
                let room = format!("{floor}{:02}", door.0);
                of_stair.push(Unit {
                    code: UnitCode::new(&building.to_string(), number, &room).unwrap(),
                    kind: if building == 19 { UnitKind::Shop } else { UnitKind::Home },
                    area: AreaDm2(*door.1),
                    basis: "register".to_owned(),
                    owners,
                    status,
                });
            }
            let building = building.to_string();
            let stair = StairRegistered { building, stair: number, lift: true, units: of_stair };
            community.write(&who(1), &Event::RegisterStair(stair)).unwrap();
        }
    }
    let totals = community.registry.totals(&Scope::Community, now());
    assert_eq!(totals, Totals { units: 1_936, heads: 1_834, area: AreaDm2(19_361_284) });
}

fn sold(owners: &[u8], from: Option<i64>) -> Event {
    Event::ChangeOwners(OwnersChanged {
        unit: UnitCode::new("9", 1, "11").unwrap(),
        owners: owners.iter().map(|byte| person(*byte)).collect(),
        status: IN,
        from: from.map(Moment),
    })
}

/// Two founders, Chen heads building 9, and the couple 5 and 6 own 9-1-11.
fn couple() -> Community {
    let mut community = Community::new(false);
    community.write(&who(1), &Event::RegisterStair(he_yuan_in_small())).unwrap();
    for founder in [who(1), who(2)] {
        community.write(&founder, &grant(&who(3), Role::Head, "building/9")).unwrap();
    }
    for owner in [who(5), who(6)] {
        let event = grant(&owner, Role::Owner, "unit/9-1-11");
        community.write(&who(1), &event).unwrap();
        community.write(&who(3), &event).unwrap();
    }
    community
}

#[test]
fn a_unit_whose_owners_the_register_names_is_granted_to_them_only() {
    let mut community = couple();
    let other = grant(&who(7), Role::Owner, "unit/9-1-11");
    assert_eq!(community.write(&who(1), &other), Err(Refusal::NotAnOwner));
    assert!(community.holds(&who(5), Role::Owner) && community.holds(&who(6), Role::Owner));
    // Of these the register names nobody.
    community.write(&who(1), &grant(&who(7), Role::Owner, "unit/3-2-501")).unwrap();
}

#[test]
fn a_unit_is_sold_when_a_keeper_and_its_owner_say_the_same() {
    let mut community = couple();
    let unit = UnitCode::new("9", 1, "11").unwrap();
    community.write(&who(1), &sold(&[7], None)).unwrap();
    assert_eq!(community.write(&who(1), &sold(&[7], None)), Err(Refusal::ApprovedAlready));
    assert_eq!(community.registry.owner_set(&unit, now()), [person(5), person(6)]);
    community.write(&who(6), &sold(&[7, 8], None)).unwrap();
    assert_eq!(community.registry.owner_set(&unit, now()), [person(5), person(6)], "not the same");
    let before = community.seq;
    let occupancy = community.registry.occupancy(&unit);
    community.write(&who(5), &sold(&[7], None)).unwrap();
    assert_eq!(community.registry.owner_set(&unit, now()), [person(7)]);
    assert_eq!(community.registry.owner_set(&unit, at(before)), [person(5), person(6)]);
    assert_eq!(community.registry.occupancy(&unit), occupancy + 1, "the home has a new key");
    let seller = community.registry.author(&who(5).device(), now());
    assert!(matches!(seller, Err(NoRight::Ended { .. })), "{seller:?}");
    assert!(community.registry.author(&who(5).device(), at(before)).is_ok());
    community.write(&who(1), &grant(&who(7), Role::Owner, "unit/9-1-11")).unwrap();
    assert_eq!(community.write(&who(2), &sold(&[7], None)), Err(Refusal::PersonKnown));
}

#[test]
fn two_keepers_sell_a_unit_from_a_day_on() {
    let mut community = couple();
    let unit = UnitCode::new("9", 1, "11").unwrap();
    let change = sold(&[6], Some(500));
    community.write(&who(1), &change).unwrap();
    community.write(&who(2), &change).unwrap();
    let owners = |moment| community.registry.owner_set(&unit, When::Now(Moment(moment))).to_vec();
    assert_eq!(owners(499), [person(5), person(6)]);
    assert_eq!(owners(500), [person(6)]);
    let author = |moment| {
        let device = who(5).device();
        community.registry.author(&device, When::Now(Moment(moment)))
    };
    let last = author(499).unwrap();
    let Err(NoRight::Ended { at }) = author(500) else { panic!("sold") };
    assert_eq!(community.registry.author(&who(5).device(), When::Placed(at)), Ok(last));
}

#[test]
fn owners_that_cannot_stand_are_refused() {
    let mut community = couple();
    let mut refused = |event: &Event| community.write(&who(1), event).unwrap_err();
    assert_eq!(refused(&sold(&[7, 7], None)), Refusal::BadOwners);
    assert_eq!(refused(&sold(&[], None)), Refusal::BadOwners);
    let Event::ChangeOwners(change) = sold(&[7], None) else { panic!("a change") };
    let back = OwnersChanged { status: UnitStatus::Unsold, ..change.clone() };
    assert_eq!(refused(&Event::ChangeOwners(back)), Refusal::BadOwners);
    let unit = UnitCode::new("9", 1, "99").unwrap();
    let nowhere = OwnersChanged { unit, ..change };
    assert_eq!(refused(&Event::ChangeOwners(nowhere)), Refusal::UnknownPlace);
}

#[test]
fn co_owners_have_a_representative_once_all_with_a_phone_chose_the_same() {
    let mut community = couple();
    let unit = UnitCode::new("9", 1, "11").unwrap();
    let choose = |byte| {
        let (unit, person) = (unit.clone(), person(byte));
        Event::ChooseRepresentative(RepresentativeChosen { unit, person })
    };
    let stands = |community: &Community| community.registry.representative(&unit, now());
    assert_eq!(stands(&community), None);
    assert_eq!(community.write(&who(5), &choose(7)), Err(Refusal::NotAnOwner));
    community.write(&who(5), &choose(6)).unwrap();
    assert_eq!(stands(&community), None, "the other has not chosen");
    community.write(&who(6), &choose(5)).unwrap();
    assert_eq!(stands(&community), None, "they differ");
    community.write(&who(6), &choose(6)).unwrap();
    assert_eq!(stands(&community), Some(person(6)));
    let lost = Event::Revoke { device: who(6).device(), reason: RevokeReason::Lost };
    community.write(&who(6), &lost).unwrap();
    assert_eq!(stands(&community), Some(person(6)), "who has a phone chose so");
    let alone = UnitCode::new("9", 1, "13").unwrap();
    assert_eq!(community.registry.representative(&alone, now()), Some(person(7)));
    let owners: BTreeSet<PersonId> = [person(5), person(6)].into();
    let groups = community.registry.head_groups(&Scope::Unit(unit), now());
    assert_eq!(groups[0].whose, Whose::Owners(owners));
}
