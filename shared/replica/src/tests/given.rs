//! People with phones, for tests.

use linli_domain::{
    kernel::{AreaDm2, UnitCode},
    registry::{StairRegistered, Unit, UnitKind},
};
use linli_seal::{DeviceKeys, chance::Seeded};

use crate::{Plan, Replica, store::MemoryStore};

pub(crate) type Phone = Replica<MemoryStore>;

pub(crate) fn replica(chance: &mut Seeded) -> Phone {
    Replica::open(MemoryStore::default(), DeviceKeys::generate(chance)).unwrap()
}

/// Buildings 1 to 3 with one stair of two homes each.
pub(crate) fn stairs() -> Vec<StairRegistered> {
    (1..=3)
        .map(|building| {
            let building = building.to_string();
            let unit = |room: &str| Unit {
                code: UnitCode::new(&building, 2, room).unwrap(),
                kind: UnitKind::Home,
                area: AreaDm2(8_937),
                basis: "register".to_owned(),
            };
            let units = vec![unit("501"), unit("502")];
            StairRegistered { building, stair: 2, lift: false, units }
        })
        .collect()
}

pub(crate) fn plan(founder: &Phone, chance: &mut Seeded) -> Plan {
    Plan::trial("和园里", 480, stairs(), "token".to_owned(), founder.keys(), chance).unwrap()
}
