//! Canonical CBOR: what is refused, what survives, and that nothing makes it panic.

use linli_wire::{
    WireError,
    cbor::{self, Value},
    fact::Fact,
    ids::unhex,
    limits,
};
use proptest::prelude::*;

use crate::given;

fn why(hex: &str) -> WireError {
    cbor::decode("t", &unhex(hex).unwrap()).unwrap_err()
}

fn word(error: &WireError) -> &'static str {
    match error {
        WireError::NotCanonical { why, .. } => why,
        WireError::Short { .. } => "short",
        WireError::Trailing { .. } => "trailing",
        WireError::TooLarge { .. } => "too large",
        other => panic!("{other}"),
    }
}

#[test]
fn every_other_way_to_write_a_value_is_refused() {
    let longer = "a longer form than needed";
    let lengths = "indefinite or reserved length";
    let simple = "tags, floats and other simple values are not allowed";
    let keys = "map keys are not ascending";
    for (hex, expected) in [
        ("", "short"),
        ("1817", longer),
        ("190017", longer),
        ("1a00000017", longer),
        ("1b0000000000000017", longer),
        ("1b00000000ffffffff", longer),
        ("3817", longer),
        ("5801ff", longer),
        ("780161", longer),
        ("980100", longer),
        ("b8010000", longer),
        ("1c", lengths),
        ("5f4100ff", lengths),
        ("7f6161ff", lengths),
        ("9f00ff", lengths),
        ("bf0000ff", lengths),
        ("ff", lengths),
        ("c000", simple),
        ("f7", simple),
        ("f90000", simple),
        ("fa00000000", simple),
        ("fb0000000000000000", simple),
        ("f814", simple),
        ("f8ff", simple),
        ("a201000000", keys),
        ("a200000000", keys),
        ("a26162006161 00", keys),
        ("61ff", "text is not UTF-8"),
        ("0000", "trailing"),
        ("8200", "short"),
        ("4200", "short"),
        ("5bffffffffffffffff", "short"),
        ("9bffffffffffffffff", "too large"),
        ("bbffffffffffffffff", "too large"),
        ("81818181818181818100", "nested too deeply"),
    ] {
        assert_eq!(word(&why(&hex.replace(' ', ""))), expected, "{hex}");
    }
}

#[test]
fn the_limits_of_depth_and_items_are_exact() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
    assert!(cbor::decode("t", &nested(limits::CBOR_DEPTH_MAX)).is_ok());
    assert!(cbor::decode("t", &nested(limits::CBOR_DEPTH_MAX + 1)).is_err());
    let list = |items| cbor::encode(&Value::Array(vec![Value::from(0); items]));
    assert!(cbor::decode("t", &list(limits::CBOR_ITEMS_MAX)).is_ok());
    assert_eq!(
        cbor::decode("t", &list(limits::CBOR_ITEMS_MAX + 1)).unwrap_err(),
        WireError::TooLarge { part: "t", max: limits::CBOR_ITEMS_MAX }
    );
}

#[test]
fn a_field_that_a_newer_program_added_survives() {
    let mut fact = Fact {
        kind: 20,
        by: given::device(1),
        at: 1,
        about: None,
        fields: Value::Map(vec![(Value::from(1), Value::from("漏水"))]),
        supersedes: vec![],
        sig: None,
    };
    let Value::Map(entries) = &mut fact.fields else { panic!() };
    entries.push((Value::from(900), Value::Array(vec![Value::from("new"), Value::Null])));
    let bytes = fact.encode();
    assert_eq!(Fact::decode(&bytes).unwrap().encode(), bytes);
}

#[test]
fn bytes_of_an_id_have_exactly_its_length() {
    let short = cbor::encode(&Value::Map(vec![
        (Value::from(1), Value::Bytes(vec![0; 31])),
        (Value::from(2), Value::Bytes(vec![0; 32])),
    ]));
    let refused = linli_wire::call::SessionAsk::decode(&short).unwrap_err();
    assert!(matches!(refused, WireError::BadField { part: "session request", .. }));
}

/// The oracle: ciborium alone, which reads every form and writes the canonical one.
fn ciborium(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let value: Value = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then(|| cbor::encode(&value))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn values_come_back_and_have_one_form(value in given::value()) {
        let bytes = cbor::encode(&value);
        prop_assert_eq!(cbor::decode("t", &bytes).unwrap(), value);
        prop_assert_eq!(ciborium(&bytes).unwrap(), bytes);
    }

    #[test]
    fn what_is_accepted_is_what_ciborium_would_write(
        bytes in proptest::collection::vec(any::<u8>(), 0..64)
    ) {
        if cbor::decode("t", &bytes).is_ok() {
            prop_assert_eq!(ciborium(&bytes).unwrap(), bytes);
        }
    }

    #[test]
    fn one_changed_byte_is_refused_or_is_another_value(
        value in given::value(),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
    ) {
        let bytes = cbor::encode(&value);
        let mut changed = bytes.clone();
        *at.get_mut(&mut changed) = to;
        if let Ok(other) = cbor::decode("t", &changed) {
            prop_assert_eq!(other == value, changed == bytes);
        }
    }

    #[test]
    fn cut_short_or_longer_is_refused(value in given::value(), at in any::<prop::sample::Index>()) {
        let bytes = cbor::encode(&value);
        prop_assert!(cbor::decode("t", &bytes[..at.index(bytes.len())]).is_err());
        prop_assert!(cbor::decode("t", &[bytes, vec![0]].concat()).is_err());
    }
}
