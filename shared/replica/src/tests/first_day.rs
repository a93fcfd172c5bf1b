//! The first day of a community, with more on it than one call to the relay takes.

use linli_domain::{
    kernel::UnitCode,
    registry::{StairRegistered, Unit},
};
use linli_seal::chance::Seeded;

use super::{
    given::{NOON, replica, stairs},
    relay::Relay,
};
use crate::{Lane, Plan, view::Phase};

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
