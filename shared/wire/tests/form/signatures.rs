//! ZIP-215 to the letter, and keys that no honest device would have.

use curve25519_dalek::{
    constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION},
    scalar::Scalar,
};
use linli_wire::{
    DeviceId, Signature, WireError,
    ids::unhex,
    sign::{self, Purpose},
};
use proptest::prelude::*;
use sha2::{Digest as _, Sha512};

use crate::given;

/// The 14 encodings of the eight points of small order, six of them not canonical (ZIP-215).
fn small_order() -> Vec<[u8; 32]> {
    let canonical = EIGHT_TORSION.iter().map(|point| point.compress().0);
    let tail = |first: &str, last: &str| format!("{first}{}{last}", "ff".repeat(30));
    let zeros = |first: &str, last: &str| format!("{first}{}{last}", "00".repeat(30));
    let odd = [
        zeros("01", "80"),
        tail("ec", "ff"),
        tail("ed", "7f"),
        tail("ed", "ff"),
        tail("ee", "7f"),
        tail("ee", "ff"),
    ];
    let odd = odd.iter().map(|hex| unhex(hex).unwrap().try_into().unwrap());
    canonical.chain(odd).collect()
}

#[test]
fn all_196_small_order_signatures_are_valid_as_zip_215_says() {
    let points = small_order();
    assert_eq!(points.len(), 14);
    for key in &points {
        for r in &points {
            let signature = Signature::from_slice(&[*r, [0; 32]].concat()).unwrap();
            sign::verify(key, Purpose::Fact, &[b"any message"], &signature).unwrap();
        }
    }
}

#[test]
fn no_device_with_such_a_key_is_ever_listed() {
    for key in small_order() {
        assert_eq!(sign::check_sound(&DeviceId(key)), Err(WireError::UnsoundKey));
    }
    let no_point = DeviceId([2; 32]);
    assert_eq!(sign::check_sound(&no_point), Err(WireError::UnsoundKey));
    assert_eq!(sign::check_sound(&given::device(1)), Ok(()));
}

#[test]
fn every_purpose_has_its_own_prefix() {
    let purposes = [
        Purpose::Pack,
        Purpose::Fact,
        Purpose::Charter,
        Purpose::Session,
        Purpose::Invite,
        Purpose::Application,
        Purpose::EndApplication,
        Purpose::Wrap,
        Purpose::Nonce,
        Purpose::Keys,
    ];
    for signed in purposes {
        let signature = given::sign(1, signed, &[b"message"]);
        for read in purposes {
            let verdict = sign::verify(&given::device(1).0, read, &[b"message"], &signature);
            assert_eq!(verdict.is_ok(), signed == read, "{signed:?} read as {read:?}");
            let longer = read.prefix().strip_suffix(b"\0").unwrap();
            assert!(signed == read || !signed.prefix().starts_with(longer));
        }
    }
}

#[test]
fn a_scalar_above_the_order_is_refused() {
    let honest = given::sign(1, Purpose::Fact, &[b"m"]);
    let order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut carry = 0_u16;
    let mut malleable = honest.0;
    for (at, byte) in order.iter().enumerate() {
        let sum = u16::from(malleable[32 + at]) + u16::from(*byte) + carry;
        malleable[32 + at] = u8::try_from(sum & 0xff).unwrap();
        carry = sum >> 8;
    }
    assert!(sign::verify(&given::device(1).0, Purpose::Fact, &[b"m"], &honest).is_ok());
    let verdict = sign::verify(&given::device(1).0, Purpose::Fact, &[b"m"], &Signature(malleable));
    assert_eq!(verdict, Err(WireError::BadSignature { part: "signature" }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A key with a part of order eight: its signatures hold under ZIP-215 whatever the challenge,
    /// where a check without the cofactor would refuse seven of eight.
    #[test]
    fn signatures_of_mixed_order_keys_hold_but_the_keys_are_unsound(
        secret in any::<[u8; 32]>(),
        nonce in any::<[u8; 32]>(),
        torsion in 1_usize..8,
    ) {
        let (secret, nonce) =
            (Scalar::from_bytes_mod_order(secret), Scalar::from_bytes_mod_order(nonce));
        let key = (secret * ED25519_BASEPOINT_POINT + EIGHT_TORSION[torsion]).compress();
        let r = (nonce * ED25519_BASEPOINT_POINT).compress();
        let message = Purpose::Pack.message(&[b"ballot"]);
        let mut hash = Sha512::new();
        hash.update(r.0);
        hash.update(key.0);
        hash.update(&message);
        let challenge = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
        let s = nonce + challenge * secret;
        let signature = Signature::from_slice(&[r.0, s.to_bytes()].concat()).unwrap();
        prop_assert!(sign::verify(&key.0, Purpose::Pack, &[b"ballot"], &signature).is_ok());
        prop_assert_eq!(sign::check_sound(&DeviceId(key.0)), Err(WireError::UnsoundKey));
    }

    #[test]
    fn one_flipped_bit_anywhere_breaks_a_signature(at in 0_usize..64, bit in 0_u8..8) {
        let mut signature = given::sign(1, Purpose::Fact, &[b"m"]);
        signature.0[at] ^= 1 << bit;
        prop_assert!(sign::verify(&given::device(1).0, Purpose::Fact, &[b"m"], &signature).is_err());
    }
}
