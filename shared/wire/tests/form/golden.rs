//! Golden bytes of version 1: what was ever written can be read, and is written the same way.

use std::{fs, path::PathBuf};

use linli_wire::{
    CircleId, CommunityId, FactId, Hash, LogEpoch, WireError,
    access::Access,
    call::{Blobs, Content, Entry, Page, SessionAsk},
    cbor::Value,
    charter::SignedCharter,
    fact::Fact,
    head,
    ids::{hex, unhex},
    invite::ApplicationPost,
    load::Load,
    pack::Pack,
    sign::Purpose,
};

use crate::given::{self, application, charter, device, header, pack};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/v1").join(name).with_extension("hex")
}

/// Says that bytes are those of the file, and returns the file's.
fn golden(name: &str, bytes: &[u8]) -> Vec<u8> {
    let text = fs::read_to_string(file(name)).unwrap_or_default();
    let kept: String = text.split_whitespace().collect();
    assert_eq!(hex(bytes), kept, "golden/v1/{name}.hex");
    unhex(&kept).unwrap()
}

fn fact() -> Fact {
    let fields = Value::Map(vec![
        (Value::from(1), Value::from("管道井漏水")),
        (Value::from(2), Value::from(-7)),
        (Value::from(300), Value::Bytes(vec![0, 1, 2])),
    ]);
    let mut fact = Fact {
        kind: 20,
        by: device(1),
        at: 1_795_500_000_000,
        about: Some(FactId([4; 16])),
        fields,
        supersedes: vec![FactId([5; 16]), FactId([6; 16])],
        sig: None,
    };
    let unsigned = fact.encode_unsigned();
    fact.sig = Some(given::sign(1, Purpose::Fact, &[&[1; 32], &unsigned]));
    fact
}

fn access() -> Access {
    let (device, circles) = (device(2), vec![CircleId([1; 16]), CircleId([2; 16])]);
    Access { device, circles, may_list: true, serial: 3, ended: false }
}

fn page() -> Page {
    let foreign = Entry { seq: 1, stamp: 5, content: Content::Foreign(Hash([3; 32])) };
    let whole = Content::Whole(pack(header(1), 1, b"sealed").bytes().to_vec());
    let entries = vec![foreign, Entry { seq: 2, stamp: 6, content: whole }];
    Page { epoch: LogEpoch([8; 16]), last: 2, head: Hash([9; 32]), entries }
}

#[test]
fn a_fact() {
    let bytes = golden("fact", &fact().encode());
    assert_eq!(Fact::decode(&bytes).unwrap(), fact());
}

fn load() -> Load {
    let packs = vec![pack(header(1), 1, b"sealed").bytes().to_vec()];
    Load { community: CommunityId([1; 32]), packs, parts: vec![b"part".to_vec(), vec![7]] }
}

#[test]
fn a_load() {
    let bytes = golden("load", &load().encode().unwrap());
    assert_eq!(Load::decode(&bytes).unwrap(), load());
}

#[test]
fn a_load_cut_or_altered_is_refused() {
    let bytes = load().encode().unwrap();
    for length in 0..bytes.len() {
        assert!(Load::decode(&bytes[..length]).is_err(), "{length}");
    }
    let long = [&bytes[..], &[0]].concat();
    assert_eq!(Load::decode(&long), Err(WireError::Trailing { part: "load" }));
    let mut foreign = bytes;
    foreign[0] ^= 1;
    assert_eq!(Load::decode(&foreign), Err(WireError::BadField { part: "load", field: "mark" }));
    let mut bomb = b"linli/load/1\r\n".to_vec();
    bomb.extend([1; 32]);
    bomb.extend(u32::MAX.to_be_bytes());
    assert!(matches!(Load::decode(&bomb), Err(WireError::TooLarge { part: "load", .. })));
}

#[test]
fn a_list_of_blobs() {
    let blobs = Blobs { hashes: vec![Hash([3; 32]), Hash([4; 32])] };
    let bytes = golden("blobs", &blobs.encode().unwrap());
    assert_eq!(Blobs::decode(&bytes).unwrap(), blobs);
}

#[test]
fn a_session_is_asked_for_with_the_protocol_where_it_always_stands() {
    let (community, device) = (CommunityId([1; 32]), device(1));
    let ask = SessionAsk { app: "0.1.0".to_owned(), ..SessionAsk::new(community, device, None) };
    let bytes = golden("session-ask", &ask.encode().unwrap());
    assert_eq!(SessionAsk::decode(&bytes).unwrap(), ask);
}

#[test]
fn a_pack() {
    let honest = pack(header(1), 1, b"sealed");
    let bytes = golden("pack", honest.bytes());
    let again = Pack::decode(&bytes).unwrap();
    again.verify().unwrap();
    assert_eq!(again, honest);
}

#[test]
fn an_access_record() {
    let bytes = golden("access", &access().encode().unwrap());
    assert_eq!(Access::decode(&bytes).unwrap(), access());
}

#[test]
fn a_charter() {
    let honest = charter(&[1, 2, 3], 2);
    let bytes = golden("charter", &honest.encode().unwrap());
    assert_eq!(SignedCharter::decode(&bytes).unwrap(), honest);
    golden("community-id", &honest.charter.id().unwrap().0);
}

#[test]
fn an_application() {
    let honest = application(1, 2, b"sealed");
    let bytes = golden("application", &honest.encode().unwrap());
    assert_eq!(ApplicationPost::decode(&bytes).unwrap(), honest);
}

#[test]
fn a_page() {
    let bytes = golden("page", &page().encode().unwrap());
    assert_eq!(Page::decode(&bytes).unwrap(), page());
}

#[test]
fn heads_and_ids() {
    let community = CommunityId([1; 32]);
    let start = head::start(&community, &LogEpoch([2; 16]));
    golden("head-start", &start.0);
    golden("head-next", &head::next(&start, 1, 2, &Hash([3; 32])).0);
    golden("circle-id", &CircleId::named(&community, "building/3").0);
    golden("circle-id-in-group", &CircleId::in_group(&community, "homes/3", "home/3-2-501").0);
    golden("document-id", &linli_wire::DocumentId::of(&community, &CircleId([2; 16]), 1, 24_323).0);
}

/// Says that every frame one bit away from an honest one is refused, or has these bytes as its one
/// form.
fn one_form<T>(
    honest: &[u8],
    decode: impl Fn(&[u8]) -> Result<T, WireError>,
    encode: impl Fn(&T) -> Vec<u8>,
) {
    for at in 0..honest.len() {
        for bit in 0..8 {
            let mut bytes = honest.to_vec();
            bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << bit);
            if let Ok(frame) = decode(&bytes) {
                assert_eq!(hex(&encode(&frame)), hex(&bytes), "byte {at}, bit {bit}");
            }
        }
    }
}

#[test]
fn a_frame_with_any_bit_flipped_is_refused_or_has_one_form() {
    one_form(&fact().encode(), Fact::decode, Fact::encode);
    one_form(&access().encode().unwrap(), Access::decode, |a| a.encode().unwrap());
    one_form(&charter(&[1, 2, 3], 2).encode().unwrap(), SignedCharter::decode, |c| {
        c.encode().unwrap()
    });
    one_form(&application(1, 2, b"sealed").encode().unwrap(), ApplicationPost::decode, |a| {
        a.encode().unwrap()
    });
    one_form(&page().encode().unwrap(), Page::decode, |p| p.encode().unwrap());
    one_form(pack(header(1), 1, b"sealed").bytes(), Pack::decode, |p| p.bytes().to_vec());
}
