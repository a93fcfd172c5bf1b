//! What is offered is what the rule lets in, for everybody, every role and every place.

use super::{table::everybody, *};

fn places(community: &Community) -> Vec<Scope> {
    let mut places = vec![Scope::Community];
    for (building, stair) in [("3", 2), ("1", 1), ("9", 9)] {
        places.push(Scope::Building(building.to_owned()));
        places.push(Scope::Stair { building: building.to_owned(), stair });
    }
    places.extend(community.registry.units().map(|unit| Scope::Unit(unit.code.clone())));
    places.push(Scope::parse("unit/9-9-999").unwrap());
    places
}

/// A usual grant for somebody new, with the dates that its role needs.
fn usual(role: Role, scope: &Scope) -> Grant {
    let from = (role == Role::DeputyHead).then_some(NOW);
    let to = matches!(role, Role::DeputyHead | Role::Tenant).then_some(Moment(9_000));
    Grant { from, to, scope: scope.clone(), ..granted(&who(50), role, "community") }
}

/// Whether an offer leads to a place, of those that are open.
fn leads_to(offer: &Offer, scope: &Scope, open: &[Scope]) -> bool {
    match &offer.place {
        OfferedPlace::Community => *scope == Scope::Community,
        // Beside what is to be chosen, a stair of it can be typed.
        OfferedPlace::Parts(_) | OfferedPlace::Door => open.contains(scope),
    }
}

#[test]
fn an_invitation_is_offered_exactly_where_a_usual_grant_would_be_let_in() {
    let (community, people) = everybody();
    let places = places(&community);
    for (letter, person) in &people {
        let author = community.author(person);
        let reviews = community.registry.may_list(&person.device(), When::Now(NOW));
        let offers = invitations(&community.registry, &author, When::Now(NOW));
        for role in Role::ALL {
            let lets_in = |scope: &&Scope| {
                let grant = usual(role, scope);
                let checked = community.registry.check_invitation(&author, &grant.terms());
                let granted = decide(&community.registry, &author, &Event::Grant(grant), NOW);
                assert_eq!(checked.is_ok(), granted.is_ok(), "{letter} {role:?} {scope}");
                reviews && granted.is_ok()
            };
            let open: Vec<Scope> = places.iter().filter(lets_in).cloned().collect();
            let offer = offers.iter().find(|offer| offer.role == role);
            assert_eq!(offer.is_some(), !open.is_empty(), "{letter} {role:?}");
            for scope in &places {
                let led = offer.is_some_and(|offer| leads_to(offer, scope, &open));
                assert_eq!(led, open.contains(scope), "{letter} {role:?} {scope}");
            }
            if let Some(Offer { place: OfferedPlace::Parts(parts), .. }) = offer {
                assert!(parts.iter().all(|part| open.contains(part)), "{letter} {parts:?}");
                let whole = |scope: &&Scope| matches!(scope, Scope::Building(_));
                let whole = open.iter().filter(whole).count();
                assert!(parts.len() == whole || whole == 0, "{letter}: every building: {parts:?}");
            }
        }
    }
}

#[test]
fn somebody_without_a_phone_is_registered_where_the_rule_lets_it() {
    let (community, people) = everybody();
    let places = places(&community);
    for (letter, person) in &people {
        let author = community.author(person);
        let offers = registrations(&community.registry, &author, When::Now(NOW));
        for role in Role::ALL {
            let lets_in = |scope: &Scope| {
                let to = (role == Role::Tenant).then_some(Moment(9_000));
                let (person, scope) = (PersonId([50; 16]), scope.clone());
                let event = Event::RegisterPerson(PersonRegistered { person, role, scope, to });
                decide(&community.registry, &author, &event, NOW).is_ok()
            };
            let offered = offers.iter().any(|offer| offer.role == role);
            assert_eq!(offered, places.iter().any(lets_in), "{letter} {role:?}");
        }
    }
}

/// The table by hand: whom each may invite.
#[test]
fn founders_invite_everybody_a_head_the_households_and_an_owner_nobody() {
    let (community, people) = everybody();
    let words = |letter: char| {
        let (_, person) = people.iter().find(|(known, _)| *known == letter).unwrap();
        let offers = invitations(&community.registry, &community.author(person), When::Now(NOW));
        offers.iter().map(|offer| offer.role.word()).collect::<Vec<_>>().join(" ")
    };
    let all = "committee property auditor head deputy_head owner resident tenant";
    for (letters, expected) in [
        ("FC", all),
        ("HS", "deputy_head owner resident tenant"),
        ("PKD", "owner resident tenant"),
        ("AGORT", ""),
    ] {
        for letter in letters.chars() {
            assert_eq!(words(letter), expected, "{letter}");
        }
    }
}

#[test]
fn a_stairs_head_is_offered_the_stair_and_what_goes_with_a_role_comes_with_it() {
    let (community, people) = everybody();
    let offers = |letter: char| {
        let (_, person) = people.iter().find(|(known, _)| *known == letter).unwrap();
        invitations(&community.registry, &community.author(person), When::Now(NOW))
    };
    let part = |text: &str| OfferedPlace::Parts(vec![Scope::parse(text).unwrap()]);
    assert_eq!(offers('S')[0].place, part("stair/3-2"));
    assert_eq!(offers('H')[0].place, part("building/3"));
    let [_, company, _, head, deputy, owner, _, tenant] = &offers('F')[..] else { panic!() };
    assert_eq!((company.staff.len(), owner.staff.len()), (7, 0));
    assert_eq!([company.ends, head.ends, deputy.ends, tenant.ends], [false, false, true, true]);
}

#[test]
fn a_place_is_read_as_people_write_it() {
    let (community, _) = everybody();
    let read = |role: Role, place: &str| {
        let (place, staff) = (place.to_owned(), Vec::new());
        let filled = Filled { role, place, until: None, staff };
        community.registry.terms_of(&filled, NOW).map(|terms| terms.scope.to_string())
    };
    for text in ["3-2-501", "32501", "3号楼2单元501", "unit/3-2-501", " ３－２－５０１ "]
    {
        assert_eq!(read(Role::Tenant, text).as_deref(), Ok("unit/3-2-501"), "{text}");
    }
    assert_eq!(read(Role::Owner, "9-9-999").as_deref(), Ok("unit/9-9-999"), "the rule says no");
    assert_eq!(read(Role::Owner, "梅姐家"), Err(NotAPlace::Door));
    assert_eq!(read(Role::Owner, ""), Err(NotAPlace::Door));
    for (text, scope) in [
        ("3", "building/3"),
        ("3栋", "building/3"),
        ("03号楼", "building/3"),
        ("building/3", "building/3"),
        ("3-2", "stair/3-2"),
        ("3号楼2单元", "stair/3-2"),
        ("stair/3-2", "stair/3-2"),
        ("东楼", "building/东楼"),
    ] {
        assert_eq!(read(Role::Head, text).as_deref(), Ok(scope), "{text}");
    }
    assert_eq!(read(Role::DeputyHead, "3-2-501"), Err(NotAPlace::Part));
    assert_eq!(read(Role::Head, " "), Err(NotAPlace::Part));
    assert_eq!(read(Role::Property, "anything").as_deref(), Ok("community"));
}

#[test]
fn a_deputys_term_begins_when_the_offer_is_filled_in() {
    let (community, _) = everybody();
    let staff = vec![StaffDuty::Gate, StaffDuty::Desk, StaffDuty::Gate];
    let filled = Filled {
        role: Role::DeputyHead,
        place: "3".to_owned(),
        until: Some(Moment(9_000)),
        staff: Vec::new(),
    };
    let terms = community.registry.terms_of(&filled, NOW).unwrap();
    assert_eq!((terms.from, terms.to), (Some(NOW), Some(Moment(9_000))));
    let company = Filled { role: Role::Property, staff, until: None, ..filled };
    let terms = community.registry.terms_of(&company, NOW).unwrap();
    assert_eq!((terms.from, terms.staff), (None, vec![StaffDuty::Desk, StaffDuty::Gate]));
}
