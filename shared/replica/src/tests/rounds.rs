//! Which homes a round gets, the counter of the office, and two collectors at one door.

use linli_domain::{
    kernel::{Fen, Moment, PersonId, UnitCode},
    payments::{Notes, RoundFields, round},
};
use linli_wire::FactId;

use super::{
    given::{NOON, Phone, Village, sync},
    money::{Seed, ask, billed, cash, day, home, of_round, page, receive},
};
use crate::money::{self, Doable, Doors};

/// 89.37 m² at 2.35 yuan.
const BILL: Fen = Fen::new(21_002);

fn person(phone: &Phone) -> PersonId {
    phone.viewer(NOON).unwrap().person
}

fn fields(building: Option<&str>, collector: PersonId) -> RoundFields {
    RoundFields {
        building: building.map(str::to_owned),
        collector,
        units: Vec::new(),
        from: day("2026-11-01"),
        to: day("2026-12-31"),
    }
}

/// Gives a round of building 3.
fn give(
    by: &mut Phone,
    collector: PersonId,
    doors: Doors,
    chance: &mut Seed,
) -> Result<FactId, String> {
    ask(by, money::Ask::OpenRound(fields(Some("3"), collector), doors), NOON, chance)
}

fn units(phone: &Phone, round: FactId) -> Vec<UnitCode> {
    phone.round(&round, NOON).unwrap().unwrap().round.fields.units
}

#[test]
fn a_round_has_the_homes_that_owe_when_it_is_given() {
    let mut village = billed(91);
    let collector = person(&village.chen);
    let Village { relay, chance, chen, wang, .. } = &mut village;
    let (owing, all) = (Doors::Owing { stair: None }, Doors::All { stair: None });
    let first = give(wang, collector, owing, chance).unwrap();
    assert_eq!(units(wang, first), [home("3-2-501"), home("3-2-502")]);
    sync(wang, relay, chance);
    sync(chen, relay, chance);
    ask(chen, receive("3-2-501", cash("210.02"), first), NOON, chance).unwrap();
    sync(chen, relay, chance);
    sync(wang, relay, chance);
    let second = give(wang, collector, owing, chance).unwrap();
    assert_eq!(units(wang, second), [home("3-2-502")], "who has paid is not visited again");
    let every = give(wang, collector, all, chance).unwrap();
    assert_eq!(units(wang, every).len(), 2);
    let stair = give(wang, collector, Doors::Owing { stair: Some(2) }, chance).unwrap();
    assert_eq!(units(wang, stair), [home("3-2-502")]);
    for doors in [Doors::All { stair: Some(1) }, Doors::Owing { stair: Some(1) }, Doors::Named] {
        let none = give(wang, collector, doors, chance);
        assert_eq!(none, Err("payments.no_doors".to_owned()), "{doors:?}");
    }
    sync(wang, relay, chance);
    sync(chen, relay, chance);
    ask(chen, receive("3-2-502", cash("210.02"), first), NOON, chance).unwrap();
    sync(chen, relay, chance);
    sync(wang, relay, chance);
    let settled = give(wang, collector, owing, chance);
    assert_eq!(settled, Err("payments.no_doors".to_owned()), "nobody owes anything");
    let elsewhere = money::Ask::OpenRound(fields(Some("1"), collector), all);
    let elsewhere = ask(wang, elsewhere, NOON, chance);
    assert_eq!(elsewhere, Err("payments.not_yours".to_owned()), "of building 3 alone");
    village.sync_all();
    village.assert_agree();
}

#[test]
fn whoever_comes_second_is_told_of_the_homes_that_another_has_as_well() {
    let mut village = billed(92);
    let (head, company) = (person(&village.chen), person(&village.wang));
    let Village { chance, wang, .. } = &mut village;
    let all = Doors::All { stair: None };
    let first = give(wang, head, all, chance).unwrap();
    let mut of_one = |who, minutes: i64| {
        let named = RoundFields { units: vec![home("3-2-502")], ..fields(Some("3"), who) };
        let later = Moment(NOON.0 + minutes * 60_000);
        ask(wang, money::Ask::OpenRound(named, Doors::Named), later, chance).unwrap()
    };
    let (same, second) = (of_one(head, 1), of_one(company, 2));
    village.sync_all();
    for phone in [&village.wang, &village.chen, &village.fang] {
        let shared = |round| {
            let page = phone.round(&round, NOON).unwrap().unwrap();
            page.shared.into_iter().map(|other| (other.row.id, other.homes)).collect::<Vec<_>>()
        };
        assert_eq!(shared(first), [], "the first one was alone");
        assert_eq!(shared(same), [], "nobody is in their own way");
        let mut told = shared(second);
        told.sort();
        let mut both = [(first, 1), (same, 1)];
        both.sort();
        assert_eq!(told, both);
    }
}

#[test]
fn cash_is_taken_and_counted_at_the_office_counter() {
    let mut village = billed(93);
    let (head, company) = (person(&village.chen), person(&village.wang));
    let Village { chance, chen, fang, wang, .. } = &mut village;
    let counter = |who| money::Ask::OpenRound(fields(None, who), Doors::Owing { stair: None });
    let refused = ask(fang, counter(head), NOON, chance);
    assert_eq!(refused, Err("payments.not_yours".to_owned()), "a head has no counter");
    let refused = ask(chen, counter(company), NOON, chance);
    assert_eq!(refused, Err("payments.not_yours".to_owned()), "nor gives one");
    let may = |phone: &Phone| {
        let offers = phone.money_offers(Some(&page(phone, "3-2-501")), None, NOON).unwrap();
        (offers.at_counter, offers.home.contains(&Doable::Collect))
    };
    assert_eq!(may(wang), (None, false));
    assert!(wang.money_offers(None, None, NOON).unwrap().counter, "it can be given");
    let round = ask(wang, counter(company), NOON, chance).unwrap();
    assert_eq!(units(wang, round), [], "everybody can come");
    assert_eq!(may(wang), (Some(round), true));
    ask(wang, receive("3-2-501", cash("210.02"), round), NOON, chance).unwrap();
    village.sync_all();
    let Village { chance, wang, fang, .. } = &mut village;
    let state = wang.round(&round, NOON).unwrap().unwrap();
    assert_eq!(state.row.in_hand, BILL);
    let offers = wang.money_offers(None, Some(&state.round), NOON).unwrap();
    assert_eq!(offers.round, [Doable::Count]);
    let notes = [(10_000, 2), (1_000, 1), (2, 1)];
    let notes = notes.map(|(worth, pieces)| Notes { worth: Fen::new(worth), pieces });
    let count = round::Asked::Count { notes: notes.to_vec(), reason: String::new() };
    ask(wang, of_round(round, count), NOON, chance).unwrap();
    assert!(fang.round(&round, NOON).unwrap().is_some());
    assert_eq!(may(fang), (None, false), "it is another's counter");
    village.sync_all();
    assert_eq!(page(&village.mei, "3-2-501").statement.owed, Fen::ZERO);
    assert!(village.chen.round(&round, NOON).unwrap().is_none(), "the office's own");
    village.assert_agree();
}
