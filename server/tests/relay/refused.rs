//! What the relay refuses, each with its word.

use linli_wire::{
    CommunityId, Hash,
    call::{ErrorAnswer, PROTOCOL, Protocols, SessionAsk, code, join_packs, path},
    cbor, limits,
    pack::Pack,
};

use crate::given::{Relay, found, refused, stranger};

#[test]
fn every_refusal_has_its_word() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let log = path::log(&phone.community);
    let first = phone.pack(1, Hash::ZERO, "one");
    let token = phone.session(&relay).unwrap();
    let word = |code: &str, status: u16| (status, code.to_owned());
    let append = |packs: &[Pack]| phone.append(&relay, &token, packs).unwrap();
    assert_eq!(refused(relay.call("POST", &log, "00", b"x").unwrap()), word(code::NO_SESSION, 401));
    assert_eq!(
        refused(relay.call("POST", &log, &token, b"x").unwrap()),
        word(code::BAD_REQUEST, 400)
    );
    let gap = append(&[phone.pack(2, first.hash(), "two")]);
    assert_eq!(ErrorAnswer::decode(&gap.1).unwrap().expected, Some(1));
    assert_eq!(refused(gap), word(code::GAP, 409));
    assert_eq!(append(std::slice::from_ref(&first)).0, 200);
    assert_eq!(append(std::slice::from_ref(&first)).0, 200, "the same again stands once");
    assert_eq!(refused(append(&[phone.pack(1, Hash::ZERO, "other")])), word(code::FORK, 409));
    assert_eq!(refused(append(&[phone.pack(2, Hash([9; 32]), "two")])), word(code::BAD_PACK, 422));
    let mut forged = phone.pack(2, first.hash(), "two").bytes().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let body = join_packs([forged.as_slice()]).unwrap();
    let answer = relay.call("POST", &log, &token, &body).unwrap();
    assert_eq!(refused(answer), word(code::BAD_PACK, 422));
    let large = vec![0; limits::APPEND_BYTES_MAX + 1];
    assert_eq!(
        refused(relay.call("POST", &log, &token, &large).unwrap()),
        word(code::TOO_LARGE, 413)
    );
    assert_eq!(refused(relay.call("GET", "/v1/x", "", b"").unwrap()), word(code::NOT_FOUND, 404));
    assert_eq!(
        refused(relay.call("DELETE", &log, &token, b"").unwrap()),
        word(code::BAD_REQUEST, 405)
    );
    let other = stranger(&phone, 8);
    let ask = SessionAsk::new(other.community, other.device(), None);
    let answer = relay.call("POST", path::SESSION, "", &ask.encode().unwrap()).unwrap();
    assert_eq!(refused(answer), word(code::NOT_ALLOWED, 403));
    let nowhere = path::community(&CommunityId([3; 32]));
    assert_eq!(refused(relay.call("GET", &nowhere, "", b"").unwrap()), word(code::NOT_FOUND, 404));
    assert_eq!(relay.call("GET", "/healthz", "", b"").unwrap().0, 200);
    assert_eq!(relay.call("GET", "/readyz", "", b"").unwrap().0, 200);
    let metrics = String::from_utf8(relay.call("GET", "/metrics", "", b"").unwrap().1).unwrap();
    assert!(metrics.contains("linli_relay_packs_total"));
    assert!(metrics.contains("linli_relay_refused_total{reason=\"fork\"} 1\n"), "{metrics}");
    assert!(metrics.contains("linli_relay_refused_total{reason=\"other\"} 0\n"), "{metrics}");
    assert!(!metrics.contains(&phone.community.to_hex()));
}

#[test]
fn a_phone_of_another_protocol_is_told_which_ones_the_relay_understands() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let ask = SessionAsk::new(phone.community, phone.device(), None);
    for (protocol, status) in [(PROTOCOL - 1, 426), (PROTOCOL, 200), (PROTOCOL + 1, 426)] {
        let ask = SessionAsk { protocol, ..ask.clone() }.encode().unwrap();
        let (answered, body) = relay.call("POST", path::SESSION, "", &ask).unwrap();
        assert_eq!(answered, status, "{protocol}");
        if status == 426 {
            let refusal = ErrorAnswer::decode(&body).unwrap();
            assert_eq!(refusal.code, code::VERSION);
            assert_eq!(refusal.protocols, Some(Protocols::OURS));
        }
    }
    // A field that a newer protocol adds keeps nobody from being told.
    let newer = cbor::decode("t", &SessionAsk { protocol: 9, ..ask }.encode().unwrap()).unwrap();
    let cbor::Value::Map(mut fields) = newer else { unreachable!() };
    fields.push((cbor::Value::from(9), cbor::Value::from("new")));
    let body = cbor::encode(&cbor::Value::Map(fields));
    let answer = relay.call("POST", path::SESSION, "", &body).unwrap();
    assert_eq!(refused(answer), (426, code::VERSION.to_owned()));
}
