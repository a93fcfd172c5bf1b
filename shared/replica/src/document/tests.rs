use linli_wire::{CircleId, CommunityId, cbor::Value};

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
