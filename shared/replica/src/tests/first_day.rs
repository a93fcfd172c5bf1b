//! The first day of a community, with more on it than one call to the relay takes.

use linli_domain::{
    kernel::UnitCode,
    registry::{FoundingTerms, StairRegistered, Unit},
};
use linli_seal::chance::Seeded;

use super::{
    given::{NOON, Phone, replica, stairs},
    relay::Relay,
};
use crate::{
    Lane, Plan,
    founding::{Draft, FounderText},
    view::Phase,
};

/// Enough stairs for several appends.
fn many_stairs() -> Vec<StairRegistered> {
    let [first, ..] = &stairs()[..] else { panic!("a stair") };
    let home = &first.units[0];
    (1..=40)
        .map(|building| {
            let building = building.to_string();
            let unit = |room: u32| Unit {
                code: UnitCode::new(&building, 2, &room.to_string()).unwrap(),
                basis: format!("register {building}-{room}, page {}", room * 7_919 % 1_009),
                ..home.clone()
            };
            let units = (101..=300).map(unit).collect();
            StairRegistered { building, units, ..first.clone() }
        })
        .collect()
}

/// The record that lists the founder comes last: before it the relay shows a founder only hashes.
#[test]
fn a_founder_reads_nothing_before_the_whole_first_day_is_handed_over() {
    let (mut chance, mut relay) = (Seeded::new(61), Relay::new());
    let mut fang = replica(&mut chance);
    let (token, chance) = ("token".to_owned(), &mut chance);
    let plan = Plan::trial("和园", 480, many_stairs(), token, fang.keys(), chance).unwrap();
    fang.found(&plan, NOON, chance).unwrap();
    let mut appends = 0;
    fang.begin_round();
    for _ in 0..200 {
        for lane in [Lane::Work, Lane::Live] {
            let Some(call) = fang.next_call(lane).unwrap() else { continue };
            appends += usize::from(call.kind == crate::Kind::Append);
            let reply = relay.answer(&call.http);
            fang.answered(&call.kind, Ok(reply), NOON, chance).unwrap();
        }
    }
    let standing = fang.standing().unwrap();
    assert!(appends > 2, "{appends} appends are not several");
    assert!(standing.alarms.is_empty(), "{:?}", standing.alarms);
    assert_eq!((standing.phase, standing.unsent, standing.handed_over), (Phase::Member, 0, 0));
    assert!(fang.uncounted().unwrap().is_empty());
}

/// One call of a phone, answered; whether there was one.
fn one_call(phone: &mut Phone, lane: Lane, relay: &mut Relay, chance: &mut Seeded) -> bool {
    let Some(call) = phone.next_call(lane).unwrap() else { return false };
    let reply = relay.answer(&call.http);
    phone.answered(&call.kind, Ok(reply), NOON, chance).unwrap();
    true
}

/// Who reads before the record that lists them is shown hashes, and that is no lie of the relay.
#[test]
fn a_second_founder_who_enters_while_the_first_hands_over_reads_everything_in_the_end() {
    let (mut chance, mut relay) = (Seeded::new(67), Relay::new());
    let (mut fang, mut guo) = (replica(&mut chance), replica(&mut chance));
    let founders = [fang.founder_text().unwrap(), guo.founder_text().unwrap()];
    let keys = |text: &FounderText| text.keys.clone();
    let terms = FoundingTerms {
        name: "和园".to_owned(),
        utc_offset_minutes: 480,
        rules: "cn".to_owned(),
        founders: founders.iter().map(keys).collect(),
    };
    let draft = Draft::new(terms, many_stairs(), 2, &mut chance).unwrap();
    let signed = [fang.sign_draft(&draft).unwrap(), guo.sign_draft(&draft).unwrap()];
    let charter = draft.signed(&signed).unwrap();
    let plan = Plan::of(draft, &signed, "token".to_owned()).unwrap();
    fang.found(&plan, NOON, &mut chance).unwrap();
    guo.enter(&charter).unwrap();

    let mut early = 0;
    fang.begin_round();
    for _ in 0..400 {
        for lane in [Lane::Work, Lane::Live] {
            one_call(&mut fang, lane, &mut relay, &mut chance);
        }
        // Guo asks after each call of Fang's, so that he reads a log without him.
        guo.begin_round();
        while one_call(&mut guo, Lane::Work, &mut relay, &mut chance) {}
        let standing = guo.standing().unwrap();
        early += usize::from(standing.seq > 0 && fang.standing().unwrap().unsent > 0);
        assert!(standing.alarms.is_empty(), "{:?}", standing.alarms);
    }
    assert!(early > 0, "he did not come early");
    let standing = guo.standing().unwrap();
    assert_eq!((standing.phase, standing.reading), (Phase::Member, false));
    let digests = |phone: &Phone| phone.digests(NOON).unwrap();
    let (one, other) = (digests(&fang), digests(&guo));
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.hash(), other.hash(), "{}", one.circle);
    }
}
