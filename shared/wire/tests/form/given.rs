//! What the tests are made of: any frame, drawn at random, and signed ones.

use linli_wire::{
    CircleId, CommunityId, DeviceId, FactId, Hash, InviteId, KeyEpoch, LogEpoch, Signature,
    cbor::Value,
    charter::{Charter, FounderSignature, SignedCharter},
    fact::Fact,
    invite::{ApplicationPost, Certificate},
    pack::{Header, Kind, Pack, Seen},
    sign::Purpose,
};
use proptest::prelude::*;

pub(crate) fn key(number: u8) -> ed25519_zebra::SigningKey {
    ed25519_zebra::SigningKey::from([number; 32])
}

pub(crate) fn device(number: u8) -> DeviceId {
    DeviceId(ed25519_zebra::VerificationKey::from(&key(number)).into())
}

pub(crate) fn sign(number: u8, purpose: Purpose, parts: &[&[u8]]) -> Signature {
    Signature(key(number).sign(&purpose.message(parts)).into())
}

pub(crate) fn header(number: u8) -> Header {
    Header {
        kind: Kind::Change,
        community: CommunityId([1; 32]),
        circle: CircleId([2; 16]),
        key_epoch: KeyEpoch([3; 8]),
        device: device(number),
        n: 4,
        prev: Hash([5; 32]),
        cn: 6,
        cprev: Hash([7; 32]),
        seen: Seen { epoch: LogEpoch([8; 16]), seq: 9, head: Hash([10; 32]) },
        time: 1_795_500_000_000,
        nonce: [11; 24],
    }
}

pub(crate) fn pack(header: Header, number: u8, body: &[u8]) -> Pack {
    let len = u32::try_from(body.len()).unwrap();
    let signed = [header.encode(len), body.to_vec()].concat();
    let signature = sign(number, Purpose::Pack, &[&signed]);
    Pack::join(header, body, &signature).unwrap()
}

pub(crate) fn charter(founders: &[u8], threshold: u8) -> SignedCharter {
    let mut devices: Vec<(DeviceId, u8)> = founders.iter().map(|n| (device(*n), *n)).collect();
    devices.sort();
    let charter = Charter {
        version: Charter::VERSION,
        founders: devices.iter().map(|(device, _)| *device).collect(),
        threshold,
        trial: threshold == 1,
        register: Hash([1; 32]),
        salt: Hash([2; 32]),
    };
    let id = charter.id().unwrap();
    let signatures = devices
        .iter()
        .take(usize::from(threshold))
        .map(|(device, number)| FounderSignature {
            device: *device,
            signature: sign(*number, Purpose::Charter, &[&id.0]),
        })
        .collect();
    SignedCharter { charter, signatures }
}

pub(crate) fn application(issuer: u8, invite: u8, sealed: &[u8]) -> ApplicationPost {
    let community = CommunityId([9; 32]);
    let (until, invite_id) = (1_795_500_000_000, InviteId(device(invite).0));
    let message = Certificate::message(&community, &invite_id, &device(issuer), until);
    let certificate = Certificate {
        community,
        invite: invite_id,
        issuer: device(issuer),
        until,
        signature: sign(issuer, Purpose::Invite, &[&message]),
    };
    let signature = sign(invite, Purpose::Application, &[&community.0, sealed]);
    ApplicationPost { certificate, sealed: linli_wire::cbor::Bytes(sealed.to_vec()), signature }
}

/// Any value that canonical CBOR can hold, with map keys in order and unique.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::btree_map(0_u64..1 << 40, inner, 0..6).prop_map(integer_map),
        ]
    })
}

/// A map with integer keys; a `BTreeMap` has them in canonical order.
pub(crate) fn integer_map(entries: std::collections::BTreeMap<u64, Value>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (Value::from(key), value)).collect())
}

pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    (
        any::<u16>(),
        any::<[u8; 32]>(),
        any::<i64>(),
        proptest::option::of(any::<[u8; 16]>()),
        proptest::collection::btree_map(0_u64..300, value(), 0..6),
        proptest::collection::btree_set(any::<[u8; 16]>(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(kind, by, at, about, fields, supersedes, signed)| Fact {
            kind,
            by: DeviceId(by),
            at,
            about: about.map(FactId),
            fields: integer_map(fields),
            supersedes: supersedes.into_iter().map(FactId).collect(),
            sig: signed.then_some(Signature([7; 64])),
        })
}
