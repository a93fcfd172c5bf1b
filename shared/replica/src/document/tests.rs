use linli_wire::{CircleId, CommunityId, cbor::Value};
use proptest::prelude::*;

use super::*;

fn device(byte: u8) -> DeviceId {
    DeviceId([byte; 32])
}

fn document() -> DocumentId {
    DocumentId::of(&CommunityId([1; 32]), &CircleId([2; 16]), 2, 20264)
}

fn fact(by: u8, text: &str) -> Vec<u8> {
    let fields = Value::Map(vec![(Value::from(1), Value::from(text))]);
    linli_wire::fact::Fact {
        kind: 20,
        by: device(by),
        at: 1,
        about: None,
        fields,
        supersedes: vec![],
        sig: None,
    }
    .encode()
}

#[test]
fn what_one_phone_writes_passes_the_gate_of_another_and_both_have_the_same_heads() {
    let (mut mei, mut chen) = (FactDocument::genesis().unwrap(), FactDocument::genesis().unwrap());
    assert_eq!(mei.heads(), chen.heads());
    let mut writer = FactDocument::unwritten().unwrap();
    let mut seen = writer;
    for number in 0..5 {
        let bytes = fact(7, &format!("leak {number}"));
        let raw = compose(&device(7), &document(), &writer, &bytes);
        let own = vet(&raw, &device(7), &document(), &writer).unwrap();
        let next = own.writer;
        mei.apply([own.raw.as_slice()].into_iter()).unwrap();
        let vetted = vet(&raw, &device(7), &document(), &seen).unwrap();
        assert_eq!(vetted.bytes, bytes);
        let id = vetted.id;
        seen = vetted.writer;
        chen.apply([vetted.raw.as_slice()].into_iter()).unwrap();
        assert_eq!(chen.fact(&id).unwrap(), bytes);
        writer = next;
    }
    assert_eq!(mei.heads(), chen.heads());
    assert_eq!(FactDocument::load(&chen.save()).unwrap().heads(), mei.heads());
    assert_eq!(Writer::decode(&writer.encode()), Some(writer));
}

#[test]
fn a_change_moved_to_another_document_or_author_is_refused() {
    let none = FactDocument::unwritten().unwrap();
    let raw = compose(&device(7), &document(), &none, &fact(7, "x"));
    let other = DocumentId([9; 16]);
    assert_eq!(vet(&raw, &device(7), &other, &none).unwrap_err(), GateRefusal::WrongActor);
    assert_eq!(vet(&raw, &device(8), &document(), &none).unwrap_err(), GateRefusal::WrongActor);
    let raw = compose(&device(8), &document(), &none, &fact(7, "y"));
    assert_eq!(vet(&raw, &device(8), &document(), &none).unwrap_err(), GateRefusal::WrongAuthor);
}

/// Makes the checksum of a changed chunk right again, as whoever means harm would.
fn with_checksum(mut raw: Vec<u8>) -> Vec<u8> {
    if let Some((head, rest)) = raw.split_at_mut_checked(8) {
        let hash = linli_wire::sha256(&[rest]);
        head[4..8].copy_from_slice(&hash[..4]);
    }
    raw
}

/// Checks that whatever passes the gate is what we would have written, and can be applied.
fn try_the_gate(raw: &[u8], written: &[u8]) -> Option<GateRefusal> {
    let _ = peek(raw);
    let none = FactDocument::unwritten().unwrap();
    match vet(raw, &device(7), &document(), &none) {
        Ok(vetted) => {
            let mut doc = FactDocument::genesis().unwrap();
            doc.apply([vetted.raw.as_slice()].into_iter()).unwrap();
            assert_eq!(doc.fact(&vetted.id), Some(vetted.bytes));
            assert_eq!(FactDocument::load(&doc.save()).unwrap().heads(), doc.heads());
            assert_eq!(raw, written, "another form passed");
            None
        }
        Err(refusal) => Some(refusal),
    }
}

#[test]
fn one_byte_changed_anywhere_is_refused_and_never_panics() {
    let none = FactDocument::unwritten().unwrap();
    let written = compose(&device(7), &document(), &none, &fact(7, "leaking tap"));
    let mut refusals = Vec::new();
    for at in 0..written.len() {
        for byte in [0, 1, 2, 0x7e, 0x7f, 0x80, 0xff] {
            let mut raw = written.clone();
            raw[at] = byte;
            refusals.extend(try_the_gate(&with_checksum(raw), &written));
        }
    }
    // A run of one value is written as a run of literals; a repeat of one says the same.
    assert!(refusals.contains(&GateRefusal::NotItsOneForm));
    // Among these are bytes that Automerge panics on while it decodes them.
    assert!(refusals.contains(&GateRefusal::Unparseable));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_make_the_gate_panic_and_only_our_own_form_passes(
        text in ".{0,60}",
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let none = FactDocument::unwritten().unwrap();
        let written = compose(&device(7), &document(), &none, &fact(7, &text));
        let mut raw = written.clone();
        for (at, byte) in &changes {
            let at = at.index(raw.len());
            raw[at] = *byte;
        }
        if let Some(cut) = cut {
            raw.truncate(cut.index(raw.len()));
        }
        let _ = try_the_gate(&with_checksum(raw), &written);
    }
}
