//! Every frame: there and back, cut at every byte, flipped at every byte, at its limits.

use linli_wire::{
    CircleId, CommunityId, DeviceId, DocumentId, Hash, InviteId, KeyEpoch, LogEpoch, Signature,
    WireError,
    access::{Access, AccessList, AccessRefusal},
    call::{
        self, Appended, Applications, Blobs, Content, Entry, ErrorAnswer, Page, Placed, Protocols,
        SessionAnswer, SessionAsk, SessionProof, Waiting, Wrap, Wraps,
    },
    cbor::{self, Bytes, Value},
    charter::SignedCharter,
    fact::Fact,
    head,
    invite::ApplicationPost,
    limits,
    pack::{HEADER_LEN, Kind, Pack},
};
use proptest::prelude::*;

use crate::given::{self, application, charter, device, header, pack};

#[test]
fn a_pack_that_is_flipped_anywhere_is_refused() {
    let honest = pack(header(1), 1, b"sealed");
    assert_eq!(Pack::decode(honest.bytes()).unwrap(), honest);
    honest.verify().unwrap();
    for at in 0..honest.bytes().len() {
        for bit in 0..8 {
            let mut bytes = honest.bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let verdict = Pack::decode(&bytes).and_then(|pack| pack.verify());
            assert!(verdict.is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_pack_cut_at_any_byte_is_refused() {
    let honest = pack(header(1), 1, b"sealed");
    for len in 0..honest.bytes().len() {
        assert!(Pack::decode(&honest.bytes()[..len]).is_err(), "{len} bytes");
    }
    assert!(Pack::decode(&[honest.bytes(), &[0]].concat()).is_err());
}

#[test]
fn the_first_bytes_of_a_pack_are_named_when_unknown() {
    let honest = pack(header(1), 1, b"");
    for (at, field) in ["version", "suite", "kind"].into_iter().enumerate() {
        let mut bytes = honest.bytes().to_vec();
        bytes[at] = 9;
        let refused = Pack::decode(&bytes).unwrap_err();
        assert_eq!(refused, WireError::Unknown { part: "pack", field, value: 9 });
    }
}

#[test]
fn packs_count_from_one() {
    for (n, cn) in [(0, 1), (1, 0)] {
        let pack = pack(linli_wire::pack::Header { n, cn, ..header(1) }, 1, b"");
        let refused = Pack::decode(pack.bytes()).unwrap_err();
        assert_eq!(refused, WireError::BadField { part: "pack", field: "n" });
    }
}

#[test]
fn the_largest_pack_is_exactly_the_limit() {
    let most = limits::PACK_BYTES_MAX - HEADER_LEN - Signature::LEN;
    let honest = pack(header(1), 1, &vec![0; most]);
    assert_eq!(honest.bytes().len(), limits::PACK_BYTES_MAX);
    Pack::decode(honest.bytes()).unwrap();
    let refused = Pack::join(header(1), &vec![0; most + 1], &Signature([0; 64])).unwrap_err();
    assert_eq!(refused, WireError::TooLarge { part: "pack", max: limits::PACK_BYTES_MAX });
    let refused = Pack::decode(&vec![0; limits::PACK_BYTES_MAX + 1]).unwrap_err();
    assert_eq!(refused, WireError::TooLarge { part: "pack", max: limits::PACK_BYTES_MAX });
}

#[test]
fn a_list_of_blobs_is_exactly_as_long_as_its_limit() {
    let list = |count| Blobs { hashes: vec![Hash([7; 32]); count] };
    let most = list(limits::BLOBS_LISTED_MAX);
    let bytes = most.encode().unwrap();
    assert!(bytes.len() <= limits::SMALL_BODY_BYTES_MAX, "{} bytes", bytes.len());
    assert_eq!(Blobs::decode(&bytes).unwrap(), most);
    let long = cbor::to_bytes("blobs", &list(limits::BLOBS_LISTED_MAX + 1)).unwrap();
    let refused = WireError::TooLarge { part: "blobs", max: limits::BLOBS_LISTED_MAX };
    assert_eq!(Blobs::decode(&long).unwrap_err(), refused);
    assert_eq!(list(limits::BLOBS_LISTED_MAX + 1).encode().unwrap_err(), refused);
}

#[test]
fn facts_keep_their_limits_and_order() {
    let fact = |text: usize, supersedes: Vec<linli_wire::FactId>| Fact {
        kind: 20,
        by: device(1),
        at: 0,
        about: None,
        fields: Value::Map(vec![(Value::from(1), Value::from("a".repeat(text)))]),
        supersedes,
        sig: None,
    };
    assert!(Fact::decode(&fact(limits::FACT_BYTES_MAX - 60, vec![]).encode()).is_ok());
    assert!(Fact::decode(&fact(limits::FACT_BYTES_MAX, vec![]).encode()).is_err());
    let id = |n: u8| linli_wire::FactId([n; 16]);
    let many = |count: u8| (0..count).map(id).collect::<Vec<_>>();
    let most = u8::try_from(limits::SUPERSEDES_MAX).unwrap();
    assert!(Fact::decode(&fact(1, many(most)).encode()).is_ok());
    assert!(Fact::decode(&fact(1, many(most + 1)).encode()).is_err());
    for wrong in [vec![id(2), id(1)], vec![id(1), id(1)]] {
        let refused = Fact::decode(&fact(1, wrong).encode()).unwrap_err();
        assert_eq!(refused, WireError::BadField { part: "fact", field: "supersedes" });
    }
    let text_key = Fact { fields: Value::Map(vec![("a".into(), Value::Null)]), ..fact(1, vec![]) };
    let refused = Fact::decode(&text_key.encode()).unwrap_err();
    assert_eq!(refused, WireError::BadField { part: "fact", field: "fields" });
}

#[test]
fn a_facts_own_signature_binds_it_to_its_community() {
    let mut fact = Fact {
        kind: 20,
        by: device(1),
        at: 0,
        about: None,
        fields: Value::Map(vec![]),
        supersedes: vec![],
        sig: None,
    };
    let (here, there) = (CommunityId([1; 32]), CommunityId([2; 32]));
    assert!(fact.verify(&here).is_err());
    let purpose = linli_wire::sign::Purpose::Fact;
    fact.sig = Some(given::sign(1, purpose, &[&here.0, &fact.encode_unsigned()]));
    assert_eq!(fact.verify(&here), Ok(()));
    assert_eq!(fact.verify(&there), Err(WireError::BadSignature { part: "fact" }));
    fact.at = 1;
    assert_eq!(fact.verify(&here), Err(WireError::BadSignature { part: "fact" }));
}

#[test]
fn a_charter_needs_enough_different_founders() {
    let honest = charter(&[1, 2, 3], 2);
    let id = honest.verify().unwrap();
    assert_eq!(SignedCharter::decode(&honest.encode().unwrap()).unwrap(), honest);
    assert_eq!(honest.charter.id().unwrap(), id);
    let spoiled = |spoil: fn(&mut SignedCharter)| {
        let mut charter = honest.clone();
        spoil(&mut charter);
        SignedCharter::decode(&charter.encode().unwrap()).unwrap_err()
    };
    let bad = |field| WireError::BadField { part: "charter", field };
    let unsigned = WireError::BadSignature { part: "charter" };
    assert_eq!(spoiled(|c| c.signatures.truncate(1)), unsigned);
    assert_eq!(spoiled(|c| c.charter.salt = Hash([3; 32])), unsigned);
    assert_eq!(spoiled(|c| c.signatures[1] = c.signatures[0].clone()), bad("signatures"));
    assert_eq!(spoiled(|c| c.signatures[0].device = device(9)), bad("signatures"));
    assert_eq!(spoiled(|c| c.charter.threshold = 1), bad("threshold"));
    assert_eq!(spoiled(|c| c.charter.threshold = 4), bad("threshold"));
    assert_eq!(spoiled(|c| c.charter.founders.clear()), bad("founders"));
    assert_eq!(spoiled(|c| c.charter.founders.reverse()), bad("founders"));
    let version = WireError::Unknown { part: "charter", field: "version", value: 2 };
    assert_eq!(spoiled(|c| c.charter.version = 2), version);
    assert!(charter(&[1], 1).verify().is_ok());
}

#[test]
fn an_application_needs_both_signatures() {
    let honest = application(1, 2, b"sealed");
    assert_eq!(ApplicationPost::decode(&honest.encode().unwrap()).unwrap(), honest);
    let refused = |spoil: fn(&mut ApplicationPost)| {
        let mut post = honest.clone();
        spoil(&mut post);
        ApplicationPost::decode(&post.encode().unwrap()).unwrap_err()
    };
    let (invitation, application) = (
        WireError::BadSignature { part: "invitation" },
        WireError::BadSignature { part: "application" },
    );
    assert_eq!(refused(|p| p.certificate.until += 1), invitation);
    assert_eq!(refused(|p| p.certificate.issuer = device(2)), invitation);
    assert_eq!(refused(|p| p.sealed.0.push(0)), application);
    assert_eq!(refused(|p| p.signature.0[0] ^= 1), application);
}

#[test]
fn the_access_list_is_rooted_in_the_founders() {
    let day = 24 * 3600 * 1000;
    let record = |number: u8, serial, may_list, ended| Access {
        device: device(number),
        circles: vec![],
        may_list,
        serial,
        ended,
    };
    let mut list = AccessList::rooted_in(&charter(&[1], 1).charter);
    assert_eq!(list.take(&device(2), record(2, 1, true, false), 0), Err(AccessRefusal::NotListed));
    list.take(&device(1), record(2, 1, false, false), 0).unwrap();
    assert_eq!(
        list.take(&device(2), record(3, 1, false, false), 0),
        Err(AccessRefusal::MayNotList)
    );
    assert_eq!(list.take(&device(1), record(2, 1, true, false), 0), Err(AccessRefusal::OldSerial));
    list.take(&device(1), record(2, 2, true, true), 5).unwrap();
    assert_eq!(list.may_read(&device(2)), Err(AccessRefusal::Ended));
    assert_eq!(list.take(&device(2), record(3, 1, false, false), 6), Err(AccessRefusal::Ended));
    assert!(list.may_append(&device(2), 5 + 30 * day).is_ok());
    assert_eq!(list.may_append(&device(2), 6 + 30 * day), Err(AccessRefusal::Ended));
    assert_eq!(list.may_append(&device(3), 0), Err(AccessRefusal::NotListed));
}

#[test]
fn an_access_record_keeps_its_limits() {
    let circle = |n: usize| CircleId(std::array::from_fn(|at| n.to_be_bytes()[at % 8]));
    let record =
        |circles| Access { device: device(1), circles, may_list: false, serial: 1, ended: false };
    let decode = |access: Access| Access::decode(&access.encode().unwrap());
    let most: Vec<CircleId> = (0..limits::ACCESS_CIRCLES_MAX).map(circle).collect();
    assert!(decode(record(most)).is_ok());
    let more = (0..=limits::ACCESS_CIRCLES_MAX).map(circle).collect();
    assert!(matches!(decode(record(more)), Err(WireError::TooLarge { .. })));
    let twice = vec![circle(1), circle(1)];
    assert_eq!(
        decode(record(twice)),
        Err(WireError::BadField { part: "access record", field: "circles" })
    );
    let unsound = Access { device: DeviceId([0; 32]), ..record(vec![]) };
    assert_eq!(decode(unsound), Err(WireError::UnsoundKey));
}

#[test]
fn a_group_stands_for_its_circles() {
    let community = CommunityId([1; 32]);
    let home = CircleId::in_group(&community, "homes/3", "home/3-2-501");
    let group = CircleId::group(&community, "homes/3");
    let access = Access {
        device: device(1),
        circles: vec![group],
        may_list: false,
        serial: 1,
        ended: false,
    };
    assert_eq!(home.its_group(), group);
    assert!(access.reads(&home));
    assert!(!access.reads(&CircleId::in_group(&community, "homes/4", "home/4-2-501")));
}

#[test]
fn an_append_is_bounded_in_bytes_and_packs() {
    let (part, max) = ("append", limits::APPEND_BYTES_MAX);
    assert_eq!(call::split_packs(&[]), Err(WireError::Short { part }));
    assert_eq!(call::split_packs(&[0, 0, 0, 2, 1]), Err(WireError::Short { part }));
    assert_eq!(call::split_packs(&vec![0; max + 1]), Err(WireError::TooLarge { part, max }));
    let many = vec![0; 4 * (limits::APPEND_PACKS_MAX + 1)];
    let max = limits::APPEND_PACKS_MAX;
    assert_eq!(call::split_packs(&many), Err(WireError::TooLarge { part, max }));
    assert!(matches!(call::split_packs(&[255; 4]), Err(WireError::TooLarge { .. })));
}

fn entry() -> impl Strategy<Value = Entry> {
    let content = prop_oneof![
        any::<[u8; 32]>().prop_map(|hash| Content::Foreign(Hash(hash))),
        proptest::collection::vec(any::<u8>(), 0..99).prop_map(Content::Whole),
    ];
    (any::<u64>(), any::<i64>(), content).prop_map(|(seq, stamp, content)| Entry {
        seq,
        stamp,
        content,
    })
}

/// Says of one CBOR body that it comes back as it was.
macro_rules! comes_back {
    ($name:ident, $body:expr) => {{
        let body = $body;
        prop_assert_eq!($name::decode(&body.encode().unwrap()).unwrap(), body);
    }};
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn packs_come_back(body in proptest::collection::vec(any::<u8>(), 0..300), access in any::<bool>()) {
        let kind = if access { Kind::Access } else { Kind::Change };
        let pack = pack(linli_wire::pack::Header { kind, ..header(1) }, 1, &body);
        let again = Pack::decode(pack.bytes()).unwrap();
        prop_assert_eq!(again.body(), &body[..]);
        prop_assert_eq!(&again, &pack);
        again.verify().unwrap();
    }

    #[test]
    fn facts_come_back(fact in given::fact()) {
        let bytes = fact.encode();
        let again = Fact::decode(&bytes).unwrap();
        prop_assert_eq!(again.encode(), bytes);
        let document = DocumentId([3; 16]);
        prop_assert_eq!(again.id(&document), fact.id(&document));
        prop_assert_ne!(again.id(&DocumentId([4; 16])), fact.id(&document));
        prop_assert_eq!(again, fact);
    }

    #[test]
    fn pages_come_back_and_cuts_never_panic(
        entries in proptest::collection::vec(entry(), 0..8),
        at in any::<prop::sample::Index>(),
    ) {
        let page = Page { epoch: LogEpoch([1; 16]), last: 7, head: Hash([2; 32]), entries };
        let bytes = page.encode().unwrap();
        prop_assert_eq!(Page::decode(&bytes).unwrap(), page);
        if let Ok(shorter) = Page::decode(&bytes[..at.index(bytes.len())]) {
            prop_assert_ne!(shorter.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn appends_come_back(
        packs in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..99), 1..9)
    ) {
        let body = call::join_packs(packs.iter().map(Vec::as_slice)).unwrap();
        prop_assert_eq!(call::split_packs(&body).unwrap(), packs);
    }

    #[test]
    fn bodies_come_back(
        id in any::<[u8; 32]>(), run in proptest::collection::vec(any::<u8>(), 0..99),
        word in "\\PC{0,20}", number in any::<u64>(), with in any::<bool>(),
    ) {
        let (signature, bytes) = (Signature([3; 64]), Bytes(run));
        let proof = SessionProof { challenge: bytes.clone(), signature };
        let answer = with.then_some(proof);
        let ask = SessionAsk::new(CommunityId(id), DeviceId(id), answer);
        comes_back!(SessionAsk, SessionAsk { protocol: number, app: word.clone(), ..ask });
        let (token, protocols) = (word.clone(), Protocols { oldest: number, newest: 7 });
        let challenge = bytes.clone();
        comes_back!(SessionAnswer, SessionAnswer { challenge, token, holds_s: number, protocols });
        let placed = vec![Placed { device: DeviceId(id), n: number, seq: number, stamp: -1 }];
        let appended = Appended { epoch: LogEpoch([4; 16]), last: number, head: Hash(id), placed };
        comes_back!(Appended, appended.clone());
        let (code, detail) = (word.clone(), word);
        let (expected, appended) = (with.then_some(number), with.then_some(appended));
        let protocols = with.then_some(protocols);
        comes_back!(ErrorAnswer, ErrorAnswer { code, detail, expected, appended, protocols });
        let (invite, issuer, sealed) = (InviteId(id), DeviceId(id), bytes.clone());
        let waiting = vec![Waiting { invite, issuer, sealed }];
        comes_back!(Applications, Applications { waiting });
        let (circle, key_epoch) = (CircleId([5; 16]), KeyEpoch([6; 8]));
        comes_back!(Blobs, Blobs { hashes: vec![Hash(id)] });
        comes_back!(Wraps, Wraps { wraps: vec![Wrap { circle, key_epoch, wrapped: bytes }] });
    }

    #[test]
    fn the_head_depends_on_everything(seq in any::<u64>(), stamp in any::<i64>(), pack in any::<[u8; 32]>()) {
        let start = head::start(&CommunityId([1; 32]), &LogEpoch([1; 16]));
        prop_assert_ne!(start, head::start(&CommunityId([1; 32]), &LogEpoch([2; 16])));
        let next = head::next(&start, seq, stamp, &Hash(pack));
        prop_assert_ne!(next, head::next(&start, seq.wrapping_add(1), stamp, &Hash(pack)));
        prop_assert_ne!(next, head::next(&start, seq, stamp.wrapping_add(1), &Hash(pack)));
        prop_assert_ne!(next, head::next(&next, seq, stamp, &Hash(pack)));
    }
}
