//! A home's circle: its household, the head in scope and the office, and nobody else.

use linli_domain::{
    kernel::{Circle, Role, UnitCode},
    registry::{self, RevokeReason},
    repairs::{Event, Place, Report, Status},
};
use linli_seal::CircleKey;
use linli_wire::{DeviceId, FactId};

use super::{
    acts::{Town, acts},
    given::{NOON, Phone, Village, ask, join, leak, restarted, stairs, sync},
    status,
};
use crate::{
    Ask,
    keyring::circle_id,
    store::{Durability, Store as _, Table},
    stored::{DocumentRow, FactRow},
};

fn in_the_home(text: &str) -> Event {
    let Event::Report(report) = leak() else { panic!("a report") };
    let place = Place::parse("home/3-2-501").unwrap();
    Event::Report(Report { place, text: text.to_owned(), ..report })
}

fn reads(phone: &Phone, id: &FactId) -> bool {
    phone.repair(id, NOON).unwrap().is_some()
}

fn revoke(village: &mut Village, device: DeviceId) {
    let event = registry::Event::Revoke { device, reason: RevokeReason::Left };
    village.fang.ask(&Ask::Registry(event), 0, NOON, &mut village.chance).unwrap();
    sync(&mut village.fang, &mut village.relay, &mut village.chance);
}

#[test]
fn a_report_from_a_home_is_read_by_household_head_and_office_and_not_next_door() {
    let mut village = Village::new(31);
    let id = ask(&mut village.mei, None, in_the_home("厨房漏水"), &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(village.phones().map(|phone| reads(phone, &id)), [true, true, true, true, false]);
    assert_eq!(status(&village.lin), []);
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    for phone in [&village.fang, &village.chen, &village.wang, &village.mei] {
        assert_eq!(status(phone), [Status::Accepted]);
    }
    village.assert_agree();
}

#[test]
fn who_moves_in_starts_afresh_and_who_moved_out_reads_nothing_more() {
    let mut village = Village::new(32);
    let old = ask(&mut village.mei, None, in_the_home("旧的"), &mut village.chance).unwrap();
    village.sync_all();
    let mei = village.mei.keys().id();
    revoke(&mut village, mei);
    let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
    let mut newcomer = join(&mut [chen], Role::Resident, "unit/3-2-501", relay, chance);
    for phone in [&mut *fang, &mut *chen, &mut *wang, &mut newcomer] {
        sync(phone, relay, chance);
    }
    let new = ask(&mut newcomer, None, in_the_home("新的"), chance).unwrap();
    for phone in [&mut newcomer, &mut *fang, &mut *chen, &mut *wang, mei] {
        sync(phone, relay, chance);
    }
    assert_eq!((reads(&newcomer, &old), reads(&newcomer, &new)), (false, true));
    assert_eq!((reads(&village.mei, &old), reads(&village.mei, &new)), (true, false));
    for phone in [&village.fang, &village.chen, &village.wang] {
        assert_eq!((reads(phone, &old), reads(phone, &new)), (true, true));
    }
}

/// Everybody but Chen talks.
fn the_others_sync(village: &mut Village) {
    for _ in 0..2 {
        let Village { relay, chance, fang, wang, mei, lin, .. } = village;
        for phone in [fang, wang, mei, lin] {
            sync(phone, relay, chance);
        }
    }
}

#[test]
fn a_head_whose_term_ended_reads_nothing_that_is_written_after_the_household_was_handed_its_key() {
    let mut village = Village::new(33);
    let chen = village.chen.keys().id();
    revoke(&mut village, chen);
    the_others_sync(&mut village);
    // Mei's phone has only its old key, until the office sees her write with it.
    let first = ask(&mut village.mei, None, in_the_home("换届之后"), &mut village.chance).unwrap();
    the_others_sync(&mut village);
    village.mei = restarted(&village.mei);
    the_others_sync(&mut village);
    let second = ask(&mut village.mei, None, in_the_home("又一件"), &mut village.chance).unwrap();
    the_others_sync(&mut village);
    let pack = village.relay.packs.last().unwrap();
    assert_eq!(pack.header.device, village.mei.keys().id());
    let (circle, epoch) = (&pack.header.circle, &pack.header.key_epoch);
    let found = village.chen.memory().unwrap().find_key(circle, epoch);
    assert!(found.is_none(), "the old term's key does not open it");
    for phone in [&village.fang, &village.wang, &village.mei] {
        assert!(reads(phone, &first) && reads(phone, &second));
    }
}

#[test]
fn what_the_office_writes_into_a_home_under_a_new_key_its_household_reads() {
    let mut village = Village::new(34);
    let id = ask(&mut village.mei, None, in_the_home("厨房漏水"), &mut village.chance).unwrap();
    village.sync_all();
    // Wang's phone is lost: the office has a new key, and so has every home.
    let wang = village.wang.keys().id();
    revoke(&mut village, wang);
    for _ in 0..2 {
        let Village { relay, chance, fang, chen, mei, .. } = &mut village;
        for phone in [fang, chen, mei] {
            sync(phone, relay, chance);
        }
    }
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
    for phone in [&mut *chen, &mut *fang, &mut *mei, wang] {
        sync(phone, relay, chance);
    }
    for phone in [&village.fang, &village.chen, &village.mei] {
        assert_eq!(status(phone), [Status::Accepted]);
    }
    assert_eq!(status(&village.wang), [Status::Reported], "the lost phone is told nothing");
}

#[test]
fn a_key_that_a_neighbour_hands_on_is_not_written_with() {
    let mut village = Village::new(35);
    let unit = UnitCode::parse("3-2-501").unwrap();
    let home = Circle::Home(unit);
    let mei = village.mei.keys().id();
    let planted = CircleKey::generate(&mut village.chance);
    let Village { relay, chance, lin, .. } = &mut village;
    lin.work(Durability::Full, |work| {
        let circle = circle_id(&work.memory.community, &home);
        work.wrap_for(&mei, &circle, &planted, chance)
    })
    .unwrap();
    sync(lin, relay, chance);
    village.mei = restarted(&village.mei);
    village.sync_all();
    let memory = village.mei.memory().unwrap();
    let circle = circle_id(&memory.community, &home);
    assert!(memory.ring.get(&circle, &planted.epoch()).is_some(), "it came");
    let used = memory.ring.current(&memory.community, &memory.current, &home).unwrap();
    assert_ne!(used.epoch(), planted.epoch());
}

#[test]
fn a_store_holds_no_fact_and_no_document_of_another_home_nor_of_its_keepers() {
    let mut town = Town::new(36);
    let mut chance = linli_seal::chance::Seeded::new(36);
    for act in acts(60, &mut chance) {
        town.act(act);
    }
    town.settle(0);
    let community = town.village.mei.community().unwrap();
    let homes = stairs().into_iter().flat_map(|stair| stair.units).map(|unit| unit.code);
    let homes: Vec<UnitCode> = homes.collect();
    let kept = |phone: &Phone, circle: &Circle| {
        let id = circle_id(&community, circle);
        let rows = |table| phone.store().scan(table, &[], None, usize::MAX).unwrap();
        let facts = rows(Table::Fact).into_iter();
        let facts = facts.filter(|(_, row)| FactRow::decode(row).unwrap().circle == id).count();
        let documents = rows(Table::Document).into_iter();
        let of_circle = |row: &[u8]| DocumentRow::decode(row).unwrap().circle == id;
        (facts, documents.filter(|(_, row)| of_circle(row)).count())
    };
    let keepers: Vec<Circle> = ["1", "2", "3"].map(|b| Circle::Keepers(b.to_owned())).into();
    for (phone, own) in [(&town.village.mei, "3-2-501"), (&town.village.lin, "3-2-502")] {
        let own = UnitCode::parse(own).unwrap();
        let others = homes.iter().filter(|home| **home != own).cloned().map(Circle::Home);
        for circle in others.chain(keepers.iter().cloned()).chain([Circle::Office]) {
            assert_eq!(kept(phone, &circle), (0, 0), "{}", circle.name());
        }
        // Where it may be read it is there.
        let (facts, documents) = kept(phone, &Circle::Home(own.clone()));
        assert!(facts > 1 && documents > 0);
        assert_eq!(kept(&town.village.chen, &Circle::Home(own)), (facts, documents));
    }
    assert!(kept(&town.village.chen, &keepers[2]).0 > 0, "the round");
}
