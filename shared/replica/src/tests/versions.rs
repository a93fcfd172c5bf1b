//! Older and newer apps: who may write, and what is kept until it is known.

use linli_domain::{
    kernel::{Circle, PersonId, Role, Scope, When},
    registry,
    repairs::Event,
    shelf::{Room, Shelf},
};
use linli_wire::{FactId, cbor::Value, fact::Fact};

use super::{
    given::{NOON, Phone, Village, ask, leak, restarted, smuggle},
    people::refused,
};
use crate::{
    Ask, Verdict,
    document::compose,
    store::{Durability, Store as _, Table, Write},
    stored::FactRow,
};

#[test]
fn a_phone_with_an_older_app_reads_on_and_writes_nothing() {
    let mut village = Village::new(58);
    let version = linli_domain::law::APP + 1;
    let newer = Ask::Registry(registry::Event::SetMinVersion { version });
    village.fang.ask(&newer, 0, NOON, &mut village.chance).unwrap();
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    for phone in village.phones() {
        assert!(phone.standing().unwrap().needs_update);
        assert!(
            phone.repair(&id, NOON).unwrap().is_some(),
            "what was written before is handed in and read"
        );
    }
    let Village { chance, mei, chen, .. } = &mut village;
    assert_eq!(refused(ask(mei, None, leak(), chance)), "app.update");
    assert_eq!(refused(ask(chen, Some(id), Event::Accept, chance)), "app.update");
    let back = Ask::Registry(registry::Event::SetMinVersion { version: version - 1 });
    village.fang.ask(&back, 0, NOON, &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
}

/// Lin's newer app writes a fact into building 3's repairs.
fn of_a_newer_app(village: &mut Village, fact: &Fact, shelf: &Shelf) -> FactId {
    let bytes = fact.encode();
    let mut id = None;
    let change = |device: &_, document: &linli_wire::DocumentId, writer: &_| {
        id = Some(FactId::of(document, &bytes));
        compose(device, document, writer, &bytes)
    };
    smuggle(&mut village.lin, shelf, change, &mut village.chance).unwrap();
    id.unwrap()
}

fn verdicts(phone: &Phone) -> Vec<(FactId, Verdict)> {
    phone.uncounted().unwrap().into_iter().map(|fact| (fact.id, fact.verdict)).collect()
}

#[test]
fn a_fact_of_an_unknown_kind_is_kept_carried_and_shown_and_survives_a_rebuild() {
    let mut village = Village::new(59);
    let (about, supersedes, sig) = (None, vec![], None);
    let fields = Value::Map(vec![(Value::from(1), Value::from("新规"))]);
    let by = village.lin.keys().id();
    let fact = Fact { kind: 9_999, by, at: NOON.0, about, fields, supersedes, sig };
    let id = of_a_newer_app(&mut village, &fact, &super::repairs_of_building_3());
    village.sync_all();
    village.assert_agree();
    let Village { fang, chen, wang, mei, .. } = &mut village;
    for phone in [fang, chen, wang, mei] {
        assert_eq!(verdicts(phone), [(id, Verdict::Newer)]);
        phone.rebuild().unwrap();
        assert_eq!(verdicts(phone), [(id, Verdict::Newer)]);
        assert_eq!(verdicts(&restarted(phone)), [(id, Verdict::Newer)]);
    }
    // A relay that lost it is given it again by whoever has it.
    let count = village.relay.packs.len();
    village.relay.restore(count - 1);
    for _ in 0..3 {
        village.sync_all();
    }
    assert_eq!(village.relay.packs.len(), count);
    village.assert_agree();
}

#[test]
fn a_known_kind_with_an_unknown_field_changes_nothing_here() {
    let mut village = Village::new(60);
    let by = village.lin.keys().id();
    let granted = |kind: u16| {
        let rows = village.fang.store().scan(Table::Fact, &[], None, usize::MAX).unwrap();
        let facts = rows.iter().map(|(_, row)| FactRow::decode(row).unwrap().bytes);
        facts.map(|bytes| Fact::decode(&bytes).unwrap()).find(|fact| fact.kind == kind).unwrap()
    };
    let mut fact = granted(registry::kind::STAIR);
    fact.by = by;
    let Value::Map(fields) = &mut fact.fields else { panic!("a map") };
    fields.push((Value::from(99), Value::from(1)));
    let shelf = Shelf { circle: Circle::Community, room: Room::Registry, period: 2026 };
    let id = of_a_newer_app(&mut village, &fact, &shelf);
    village.sync_all();
    for phone in village.phones() {
        let known = phone.reading().unwrap().fact(&id).unwrap().unwrap();
        assert_eq!(known.verdict, Verdict::Newer);
    }
    village.assert_agree();
}

/// The phone as an older app left it: it knew no such kind.
fn as_an_older_app_left_it(phone: &mut Phone, id: &FactId) {
    let mut row = phone.reading().unwrap().fact(id).unwrap().unwrap();
    let key = row.registry_key(id);
    row.verdict = Verdict::Newer;
    let batch = [
        Write::Put(Table::Fact, id.0.to_vec(), row.encode()),
        Write::Put(Table::Uncounted, id.0.to_vec(), vec![]),
        Write::Delete(Table::Registry, key),
        Write::Put(Table::Meta, b"fold".to_vec(), vec![0]),
    ];
    phone.store_mut().commit(&batch, Durability::Full).unwrap();
}

#[test]
fn what_an_older_app_kept_is_folded_once_the_app_knows_it() {
    let mut village = Village::new(61);
    let grandma = PersonId([77; 16]);
    let person = registry::PersonRegistered {
        person: grandma,
        role: Role::Resident,
        scope: Scope::parse("unit/3-2-501").unwrap(),
        to: None,
    };
    let event = Ask::Registry(registry::Event::RegisterPerson(person));
    let crate::Done::Written(id) = village.chen.ask(&event, 0, NOON, &mut village.chance).unwrap()
    else {
        panic!("written")
    };
    village.sync_all();
    // More comes after it, so that it is not the last of the registry.
    let adopt = registry::Event::Adopt { facts: vec![], reason: "补录".to_owned() };
    village.fang.ask(&Ask::Registry(adopt), 0, NOON, &mut village.chance).unwrap();
    village.sync_all();
    let lives = |phone: &Phone| {
        let registry = &phone.memory().unwrap().placed;
        !registry.person_at(&grandma, When::Now(NOON)).is_empty()
    };
    assert!(lives(&village.mei));
    as_an_older_app_left_it(&mut village.mei, &id);
    let older = crate::memory::Memory::load(village.mei.store()).unwrap().unwrap();
    assert!(older.placed.person_at(&grandma, When::Now(NOON)).is_empty(), "not known there");
    let newer = restarted(&village.mei);
    assert!(lives(&newer));
    assert_eq!(verdicts(&newer), []);
    assert_eq!(newer.digests(NOON).unwrap(), village.mei.digests(NOON).unwrap());
}
