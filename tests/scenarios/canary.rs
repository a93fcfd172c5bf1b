//! A text is found in what a plain sealer makes, and in nothing that ours makes.

use linli_seal::{Chance as _, CircleKey, DeviceKeys, body, chance::Seeded};
use linli_wire::{
    CircleId, CommunityId, Hash,
    pack::{Header, Kind, Seen},
};

const CANARY: &[u8] = "Kanarienvogel-金丝雀-48213".as_bytes();

fn has(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|part| part == CANARY)
}

#[test]
fn the_scan_finds_a_text_unless_it_is_sealed() {
    let mut chance = Seeded::new(1);
    let keys = DeviceKeys::generate(&mut chance);
    let key = CircleKey::generate(&mut chance);
    let community = CommunityId([1; 32]);
    let header = Header {
        kind: Kind::Change,
        community,
        circle: CircleId::named(&community, "building/3"),
        key_epoch: key.epoch(),
        device: keys.id(),
        n: 1,
        prev: Hash::ZERO,
        cn: 1,
        cprev: Hash::ZERO,
        seen: Seen::NOTHING,
        time: 0,
        nonce: chance.draw(),
    };
    let text = [b"a leak: ", CANARY].concat();
    let plain = body::sign(header.clone(), &text, &keys).unwrap();
    assert!(has(plain.bytes()), "the scan can find it");
    let sealed = body::seal(header.clone(), &text, &key, &keys).unwrap();
    assert!(!has(sealed.bytes()));
    assert_eq!(body::open(&sealed, &key).unwrap(), text);
    let other = CircleKey::generate(&mut chance);
    assert!(body::open(&sealed, &other).is_err(), "a wrong key reads nothing");
    let bomb = vec![0; linli_wire::limits::BODY_BYTES_MAX + 1];
    assert!(body::seal(header, &bomb, &key, &keys).is_err());
}
