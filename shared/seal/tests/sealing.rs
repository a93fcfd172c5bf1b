//! What opens, for whom, and what never does.
#![expect(clippy::unwrap_used, reason = "tests may stop at once")]

use linli_seal::{
    CircleKey, DeviceKeys, SealError, body,
    chance::Seeded,
    join::{self, Answer, Application, Asked, Reviewer, Verdict},
    vault,
    wrap::{self, Purpose},
};
use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, KeyEpoch, LogEpoch, WireError, limits,
    pack::{Header, Kind, Pack, Seen},
};
use proptest::prelude::*;

const HERE: CommunityId = CommunityId([1; 32]);
const THERE: CommunityId = CommunityId([2; 32]);

fn device(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&mut Seeded::new(seed))
}

fn circle_key(seed: u64) -> CircleKey {
    CircleKey::generate(&mut Seeded::new(seed))
}

fn header(keys: &DeviceKeys, key: &CircleKey) -> Header {
    Header {
        kind: Kind::Change,
        community: HERE,
        circle: CircleId([3; 16]),
        key_epoch: key.epoch(),
        device: keys.id(),
        n: 1,
        prev: Hash::ZERO,
        cn: 1,
        cprev: Hash::ZERO,
        seen: Seen { epoch: LogEpoch([4; 16]), seq: 5, head: Hash([6; 32]) },
        time: 7,
        nonce: [8; 24],
    }
}

fn opened(header: Header, content: &[u8]) -> Result<Vec<u8>, SealError> {
    let (keys, key) = (device(1), circle_key(2));
    body::open(&body::seal(header, content, &key, &keys)?, &key)
}

#[test]
fn a_body_opens_with_its_key_and_no_other() {
    let (keys, key) = (device(1), circle_key(2));
    let pack = body::seal(header(&keys, &key), b"content", &key, &keys).unwrap();
    pack.verify().unwrap();
    assert_eq!(body::open(&pack, &key).unwrap(), b"content");
    let refused = body::open(&pack, &circle_key(3)).unwrap_err();
    assert_eq!(refused, SealError::DoesNotOpen { part: "body" });
}

/// Even its author cannot move a sealed body under another header: each field is bound.
#[test]
fn a_body_opens_under_its_own_header_only() {
    let (keys, key) = (device(1), circle_key(2));
    let honest = header(&keys, &key);
    let pack = body::seal(honest.clone(), b"content", &key, &keys).unwrap();
    let moved: [fn(&mut Header); 9] = [
        |h| h.community = THERE,
        |h| h.circle = CircleId([9; 16]),
        |h| h.key_epoch = KeyEpoch([9; 8]),
        |h| h.n = 2,
        |h| h.prev = Hash([9; 32]),
        |h| h.cn = 2,
        |h| h.seen.seq = 9,
        |h| h.time = 9,
        |h| h.nonce = [9; 24],
    ];
    for change in moved {
        let mut header = honest.clone();
        change(&mut header);
        let moved = body::sign(header, pack.body(), &keys).unwrap();
        moved.verify().unwrap();
        assert_eq!(body::open(&moved, &key), Err(SealError::DoesNotOpen { part: "body" }));
    }
}

#[test]
fn a_clear_pack_does_not_open() {
    let (keys, key) = (device(1), circle_key(2));
    let clear = Header { kind: Kind::Access, ..header(&keys, &key) };
    let pack = body::sign(clear, b"clear", &keys).unwrap();
    assert_eq!(body::open(&pack, &key), Err(SealError::Malformed { part: "body" }));
}

#[test]
fn a_body_has_an_exact_limit() {
    let keys = device(1);
    let head = header(&keys, &circle_key(2));
    let most = vec![7; limits::BODY_BYTES_MAX];
    assert_eq!(opened(head.clone(), &most).unwrap(), most);
    let too_large = SealError::TooLarge { part: "body", max: limits::BODY_BYTES_MAX };
    assert_eq!(opened(head, &vec![7; limits::BODY_BYTES_MAX + 1]), Err(too_large));
}

/// Content that a keyholder sealed by hand, not by `body::seal`.
fn sealed_by_hand(content: &[u8]) -> (Pack, CircleKey) {
    use chacha20poly1305::{
        KeyInit as _, XChaCha20Poly1305,
        aead::{Aead as _, Payload},
    };
    let (keys, key) = (device(1), circle_key(2));
    let header = header(&keys, &key);
    let bound = header.encode(u32::try_from(content.len() + 16).unwrap());
    let sealed = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt(&header.nonce.into(), Payload { msg: content, aad: &bound })
        .unwrap();
    (body::sign(header, &sealed, &keys).unwrap(), key)
}

fn deflated(content: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_bomb_is_refused_at_its_limit() {
    let bomb = deflated(&vec![0; 64 * 1024 * 1024]);
    assert!(bomb.len() < 70_000, "{} bytes", bomb.len());
    let (pack, key) = sealed_by_hand(&bomb);
    let too_large = SealError::TooLarge { part: "body", max: limits::BODY_BYTES_MAX };
    assert_eq!(body::open(&pack, &key), Err(too_large));
}

#[test]
fn content_that_is_no_deflate_or_hides_bytes_behind_it_is_refused() {
    let malformed = Err(SealError::Malformed { part: "body" });
    for content in [vec![], b"\xff\xff\xff".to_vec(), [deflated(b"a"), b"hidden".to_vec()].concat()]
    {
        let (pack, key) = sealed_by_hand(&content);
        assert_eq!(body::open(&pack, &key), malformed, "{content:?}");
    }
    let (pack, key) = sealed_by_hand(&deflated(b"a"));
    assert_eq!(body::open(&pack, &key).unwrap(), b"a");
}

#[test]
fn keys_of_devices_come_back_and_show_nothing() {
    let keys = device(1);
    let again = DeviceKeys::restore(keys.secret()).unwrap();
    assert_eq!((again.id(), again.exchange()), (keys.id(), keys.exchange()));
    assert_eq!(again.ballot(), keys.ballot());
    assert_ne!(keys.ballot(), keys.id().0);
    let malformed = SealError::Malformed { part: "device keys" };
    assert_eq!(DeviceKeys::restore(&[0; 95]).unwrap_err(), malformed);
    assert_eq!(format!("{keys:?}"), format!("DeviceKeys({})", keys.id().short()));
    linli_wire::sign::check_sound(&keys.id()).unwrap();
}

#[test]
fn derived_keys_differ_by_building_term_unit_and_occupancy() {
    let office = circle_key(1);
    let mut epochs = std::collections::BTreeSet::new();
    for (building, term) in [("3", 1), ("3", 2), ("4", 1), ("31", 1)] {
        let shared = office.building_office(building, term);
        epochs.insert(shared.epoch());
        for (unit, occupancy) in [("3-2-501", 1), ("3-2-501", 2), ("3-2-502", 1)] {
            epochs.insert(shared.home(unit, occupancy).epoch());
        }
    }
    epochs.insert(office.epoch());
    epochs.insert(office.home("3", 1).epoch());
    assert_eq!(epochs.len(), 4 + 12 + 2);
    let again = circle_key(1).building_office("3", 1).home("3-2-501", 1);
    assert_eq!(again, office.building_office("3", 1).home("3-2-501", 1));
}

#[test]
fn the_previous_key_opens_only_with_the_next_in_its_circle_and_epoch() {
    let (old, new) = (circle_key(1), circle_key(2));
    let (circle, other) = (CircleId([1; 16]), CircleId([2; 16]));
    let sealed = new.seal_previous(&circle, &old, &mut Seeded::new(3)).unwrap();
    assert_eq!(new.open_previous(&circle, &old.epoch(), &sealed).unwrap(), old);
    assert!(new.open_previous(&circle, &new.epoch(), &sealed).is_err());
    assert!(new.open_previous(&other, &old.epoch(), &sealed).is_err());
    assert!(old.open_previous(&circle, &old.epoch(), &sealed).is_err());
    assert!(new.open_previous(&circle, &old.epoch(), &sealed[..20]).is_err());
}

#[test]
fn a_wrap_opens_for_its_device_circle_epoch_and_community_only() {
    let (keys, stranger, keeper, key) = (device(1), device(2), device(5), circle_key(3));
    let (circle, epoch, id) = (CircleId([1; 16]), key.epoch(), keys.id());
    let purpose = Purpose { community: &HERE, circle: &circle, key_epoch: &epoch, device: &id };
    let wrapped =
        wrap::wrap(&purpose, &keeper, &keys.exchange(), &key, &mut Seeded::new(4)).unwrap();
    assert!(wrapped.len() <= limits::WRAP_BYTES_MAX);
    assert_eq!(wrap::unwrap(&purpose, &keys, &wrapped).unwrap(), (key, keeper.id()));
    let no = SealError::DoesNotOpen { part: "wrap" };
    assert_eq!(wrap::unwrap(&purpose, &stranger, &wrapped), Err(no));
    let forged = [&stranger.id().0[..], wrapped.get(32..).unwrap()].concat();
    assert_eq!(
        wrap::unwrap(&purpose, &keys, &forged),
        Err(SealError::DoesNotOpen { part: "wrap" })
    );
    let (other_circle, other_epoch, other_id) =
        (CircleId([2; 16]), KeyEpoch([2; 8]), stranger.id());
    for elsewhere in [
        Purpose { community: &THERE, ..purpose },
        Purpose { circle: &other_circle, ..purpose },
        Purpose { key_epoch: &other_epoch, ..purpose },
        Purpose { device: &other_id, ..purpose },
    ] {
        assert_eq!(wrap::unwrap(&elsewhere, &keys, &wrapped), Err(no));
    }
    for at in 0..wrapped.len() {
        let mut flipped = wrapped.clone();
        *flipped.get_mut(at).unwrap() ^= 1;
        assert!(wrap::unwrap(&purpose, &keys, &flipped).is_err(), "byte {at}");
        assert!(wrap::unwrap(&purpose, &keys, &wrapped[..at]).is_err(), "{at} bytes");
    }
}

/// A keyholder who hands one reader a wrong key is found out: the key must fit its epoch.
#[test]
fn a_wrapped_key_must_fit_its_epoch() {
    let (keys, keeper, honest, wrong) = (device(1), device(5), circle_key(2), circle_key(3));
    let (circle, epoch, id) = (CircleId([1; 16]), honest.epoch(), keys.id());
    let purpose = Purpose { community: &HERE, circle: &circle, key_epoch: &epoch, device: &id };
    let wrapped =
        wrap::wrap(&purpose, &keeper, &keys.exchange(), &wrong, &mut Seeded::new(4)).unwrap();
    let no = SealError::DoesNotOpen { part: "wrap" };
    assert_eq!(wrap::unwrap(&purpose, &keys, &wrapped), Err(no));
}

#[test]
fn the_vault_opens_with_the_platforms_key_only() {
    let sealed = vault::seal(&circle_key(1), b"secret", &mut Seeded::new(2)).unwrap();
    assert_eq!(&*vault::open(&circle_key(1), &sealed).unwrap(), b"secret");
    let no = SealError::DoesNotOpen { part: "vault" };
    assert_eq!(vault::open(&circle_key(2), &sealed).unwrap_err(), no);
    assert!(vault::open(&circle_key(1), &sealed[..10]).is_err());
}

fn application(keys: &DeviceKeys) -> Application {
    let asked = Asked { role: "owner".into(), scope: "unit/3-2-501".into(), ..Asked::default() };
    Application::new(&HERE, keys, "梅女士".into(), asked)
}

fn reviewer(keys: &DeviceKeys) -> Reviewer {
    Reviewer { device: keys.id(), exchange: Hash(keys.exchange()) }
}

#[test]
fn an_application_opens_for_its_reviewers_only() {
    let (mei, chen, fang, thief) = (device(1), device(2), device(3), device(4));
    let asked = application(&mei);
    let reviewers = [reviewer(&chen), reviewer(&fang)];
    let sealed = join::seal(&HERE, &asked, &reviewers, &mut Seeded::new(5)).unwrap();
    for keys in [&chen, &fang] {
        assert_eq!(join::open(&HERE, keys, &sealed).unwrap(), asked);
        assert!(join::open(&THERE, keys, &sealed).is_err());
    }
    let no = SealError::DoesNotOpen { part: "application" };
    assert_eq!(join::open(&HERE, &thief, &sealed).unwrap_err(), no);
    assert_eq!(join::open(&HERE, &mei, &sealed).unwrap_err(), no);
}

#[test]
fn an_applicants_keys_belong_together() {
    let (mei, thief) = (device(1), device(4));
    let spoiled: [fn(&mut Application, &DeviceKeys); 4] = [
        |asked, thief| asked.exchange = Hash(thief.exchange()),
        |asked, thief| asked.ballot = Hash(thief.ballot()),
        |asked, thief| asked.device = thief.id(),
        |asked, _| asked.ballot = Hash([0; 32]),
    ];
    application(&mei).verify(&HERE).unwrap();
    assert!(application(&mei).verify(&THERE).is_err());
    for spoil in spoiled {
        let mut asked = application(&mei);
        spoil(&mut asked, &thief);
        assert!(asked.verify(&HERE).is_err());
    }
}

#[test]
fn an_answer_is_the_reviewers_own_and_for_this_application() {
    let (chen, thief) = (device(2), device(4));
    let reviewers = [reviewer(&chen)];
    let (sealed, nonce) = (b"sealed", Hash([1; 32]));
    let honest = Answer::new(&HERE, &chen, sealed, nonce, Verdict::Granted);
    let read = |community, sealed: &[u8], answer: &Answer| {
        Answer::decode(community, &reviewers, sealed, &answer.encode().unwrap())
    };
    assert_eq!(read(&HERE, sealed, &honest).unwrap(), honest);
    assert!(read(&THERE, sealed, &honest).is_err());
    assert!(read(&HERE, b"another", &honest).is_err());
    let mut altered = honest;
    altered.verdict = Verdict::Refused;
    assert!(read(&HERE, sealed, &altered).is_err());
    (altered.verdict, altered.nonce) = (Verdict::Granted, Hash([2; 32]));
    assert!(read(&HERE, sealed, &altered).is_err());
    let forged = Answer::new(&HERE, &thief, sealed, nonce, Verdict::Granted);
    assert_eq!(
        read(&HERE, sealed, &forged),
        Err(WireError::BadField { part: "answer", field: "reviewer" })
    );
}

#[test]
fn the_code_changes_with_every_key_and_the_nonce() {
    let (mei, chen, thief) = (device(1), device(2), device(4));
    let code = |asked: &Application, reviewer: &DeviceId, nonce| {
        join::code(asked, reviewer, &Hash([nonce; 32]))
    };
    let asked = application(&mei);
    let honest = code(&asked, &chen.id(), 1);
    assert_eq!(honest.len(), 6);
    assert!(honest.bytes().all(|digit| digit.is_ascii_digit()));
    let swapped = Application { exchange: Hash(thief.exchange()), ..asked.clone() };
    let ballot = Application { ballot: Hash(thief.ballot()), ..asked.clone() };
    for other in [
        code(&application(&thief), &chen.id(), 1),
        code(&swapped, &chen.id(), 1),
        code(&ballot, &chen.id(), 1),
        code(&asked, &thief.id(), 1),
        code(&asked, &chen.id(), 2),
    ] {
        assert_ne!(other, honest);
    }
    let renamed = Application { name: "别名".into(), ..asked };
    assert_eq!(code(&renamed, &chen.id(), 1), honest);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_body_comes_back(content in proptest::collection::vec(any::<u8>(), 0..3_000)) {
        let keys = device(1);
        prop_assert_eq!(opened(header(&keys, &circle_key(2)), &content).unwrap(), content);
    }

    #[test]
    fn hostile_applications_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(join::open(&HERE, &device(1), &bytes).is_err());
    }
}

#[test]
fn a_newcomers_name_is_one_short_line() {
    for name in ["梅", "Mei, 3-2-501", "林 家"] {
        assert!(join::is_name(name), "{name}");
    }
    for name in ["", "  ", "one\nmore", "\u{202e}txet", "a\u{200f}b", &"长".repeat(65)] {
        assert!(!join::is_name(name), "{name:?}");
    }
}

#[test]
fn an_application_with_a_name_that_no_app_takes_is_not_opened() {
    let mut chance = Seeded::new(77);
    let (newcomer, reviewer) =
        (DeviceKeys::generate(&mut chance), DeviceKeys::generate(&mut chance));
    let community = CommunityId([1; 32]);
    let reviewers = [Reviewer { device: reviewer.id(), exchange: Hash(reviewer.exchange()) }];
    let mut opened = |name: &str| {
        let asked = Application::new(&community, &newcomer, name.to_owned(), Asked::default());
        let sealed = join::seal(&community, &asked, &reviewers, &mut chance).unwrap();
        join::open(&community, &reviewer, &sealed)
    };
    assert_eq!(opened("Mei").unwrap().name, "Mei");
    assert!(opened("Mei\nApproved already").is_err());
}
