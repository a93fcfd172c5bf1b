//! Somebody in the community has a newer app: what it wrote is kept and said on the screens of a
//! phone that does not know it, and holds nothing back.

use linli_domain::{
    kernel::Circle,
    shelf::{Room, Shelf},
};
use linli_io::{Member, SqliteStore, SystemChance, keys};
use linli_replica::{
    Ask, Replica,
    document::{FactDocument, compose},
    store::{MemoryStore, Store as _, Table},
};
use linli_seal::{CircleKey, DeviceKeys, body, chance::Seeded};
use linli_tests::{FirstDay, NOON, report, texts};
use linli_wire::{
    DocumentId, FactId,
    cbor::Value,
    fact::Fact,
    pack::{Header, Pack},
};
use shared::{Phase, Report, UiEvent};

use crate::screens::{NO_RELAY, Phone};

/// Where repairs of building 3 are filed at noon.
fn repairs() -> Shelf {
    Shelf { circle: Circle::Building("3".to_owned()), room: Room::Repairs, period: 20_264 }
}

/// The key that a pack is sealed with, among those that a phone holds.
fn key_of(phone: &Replica<MemoryStore>, pack: &Pack) -> CircleKey {
    let rows = phone.store().scan(Table::Key, &[], None, usize::MAX).unwrap();
    let keys = rows
        .iter()
        .map(|(_, row)| CircleKey::from_bytes(row.get(8..40).unwrap().try_into().unwrap()));
    keys.into_iter().find(|key| key.epoch() == pack.header.key_epoch).unwrap()
}

/// What a newer app writes in the place of a pack: a fact of a kind that is not known here.
fn newer(known: &Pack, key: &CircleKey, device: &DeviceKeys) -> (FactId, Pack) {
    let Header { community, circle, .. } = known.header;
    let (room, period) = (repairs().room.code(), repairs().period);
    let document = DocumentId::of(&community, &circle, room, period);
    let fact = Fact {
        kind: 9_999,
        by: device.id(),
        at: NOON.0,
        about: None,
        fields: Value::Map(vec![(Value::from(1), Value::from("新规"))]),
        supersedes: vec![],
        sig: None,
    };
    let bytes = fact.encode();
    let raw = compose(&device.id(), &document, &FactDocument::unwritten().unwrap(), &bytes);
    let len = u32::try_from(raw.len()).unwrap();
    let piece = [&[room][..], &period.to_be_bytes(), &len.to_be_bytes(), &raw].concat();
    let pack = body::seal(known.header.clone(), &piece, key, device).unwrap();
    (FactId::of(&document, &bytes), pack)
}

#[test]
fn a_fact_of_an_unknown_kind_is_said_on_the_screen_and_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let chen = keys::open_or_make(&folder.path().join("keys/0.key"), None).unwrap();
    let guo = DeviceKeys::generate(&mut Seeded::new(11));
    let mut day = FirstDay::new(&[&chen, &guo]);
    let mut new_app = day.member(MemoryStore::default(), &guo);
    new_app.ask(&Ask::repair(None, report(1)), 0, NOON, &mut SystemChance).unwrap();
    let packs = new_app.outbox().unwrap();
    let known = packs.last().unwrap();
    let (id, pack) = newer(known, &key_of(&new_app, known), &guo);
    let store = SqliteStore::open(&folder.path().join("community-0.db")).unwrap();
    let mut phone = day.member(store, &chen);
    let seq = u64::try_from(day.log.entries.len()).unwrap();
    let page = day.log.append(&[pack]);
    day.show(&mut phone, seq, &page);
    assert_eq!(texts(&phone), Vec::<String>::new());
    drop(phone);
    Member::list(folder.path(), NO_RELAY).unwrap();

    for reported in 1..3 {
        let phone = Phone::open(folder.path(), None);
        phone.send(UiEvent::People { search: String::new(), role: None, offset: 0 });
        let aside = phone.wait("what is set aside", |core| core.people().set_aside.pop());
        assert_eq!((aside.id, aside.verdict.as_str()), (id.to_hex(), "newer"));
        assert_eq!((aside.device, aside.seq), (guo.id().to_hex(), seq + 1));
        let frame = phone.core.frame();
        assert_eq!(
            (frame.phase, frame.needs_update, frame.alarms.len()),
            (Phase::Member, false, 0)
        );
        phone.send(UiEvent::Report {
            report: Report {
                place: "stair/3-2".to_owned(),
                class: "lighting".to_owned(),
                text: "楼道灯不亮".to_owned(),
                ..Report::default()
            },
            draft: None,
        });
        phone.wait("it writes on", |core| (core.repairs().total == reported).then_some(()));
    }
}
