//! The hostile changes: well-formed, with valid hashes, and poison for bare Automerge.
//!
//! Each is made twice: on a plain document, where a child process shows what Automerge does with it,
//! and on a fact document, where the gate has to name exactly what is wrong.

mod bare;

use std::num::NonZeroU64;

use automerge::{
    ActorId, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
};
use linli_wire::{DeviceId, DocumentId, FactId, cbor::Value, fact::Fact};

use super::{FactDocument, GateRefusal, Writer, actor, bucket_made_by, genesis_actor, vet};
use crate::tests::given::{NOON, Village, ask, leak, repairs_of_building_3, smuggle, sync};

/// What a case is made on.
struct Ground {
    me: ActorId,
    other: ActorId,
    seq: u64,
    start: u64,
    deps: Vec<ChangeHash>,
    map: ObjectId,
    list: ObjectId,
    text: ObjectId,
    key: String,
    value: ScalarValue,
}

impl Ground {
    fn op(&self, action: OpType) -> Op {
        Op {
            action,
            obj: self.map.clone(),
            key: Key::Map(self.key.as_str().into()),
            pred: vec![].into(),
            insert: false,
        }
    }

    fn put(&self) -> Op {
        self.op(OpType::Put(self.value.clone()))
    }

    fn change(&self, operations: Vec<Op>) -> ExpandedChange {
        ExpandedChange {
            operations,
            actor_id: self.me.clone(),
            hash: None,
            seq: self.seq,
            start_op: NonZeroU64::new(self.start).unwrap(),
            time: 0,
            message: None,
            deps: self.deps.clone(),
            extra_bytes: vec![],
            author: None,
        }
    }

    fn one(&self, change: impl Fn(&mut Op)) -> Vec<ExpandedChange> {
        let mut op = self.put();
        change(&mut op);
        vec![self.change(vec![op])]
    }

    fn framed(&self, change: impl Fn(&mut ExpandedChange)) -> Vec<ExpandedChange> {
        let mut expanded = self.change(vec![self.put()]);
        change(&mut expanded);
        vec![expanded]
    }

    fn theirs(&self, counter: u64) -> OpId {
        OpId(counter, self.other.clone())
    }
}

type Make = fn(&Ground) -> Vec<ExpandedChange>;

fn id(actor: ActorId, counter: u64) -> ObjectId {
    ObjectId::Id(OpId(counter, actor))
}

fn element(ground: &Ground, object: &ObjectId, key: ElementId, insert: bool) -> Op {
    Op { obj: object.clone(), key: Key::Seq(key), insert, ..ground.put() }
}

/// All cases: name, maker, and what the gate says.
#[expect(clippy::too_many_lines, reason = "a table of 37 rows")]
fn cases() -> Vec<(&'static str, Make, GateRefusal)> {
    use GateRefusal as Says;
    vec![
        ("unknown object", |g| g.one(|op| op.obj = id(g.other.clone(), 9999)), Says::WrongBucket),
        (
            "object by an unknown actor",
            |g| g.one(|op| op.obj = id(ActorId::from([0x77_u8; 16].as_slice()), 1)),
            Says::WrongBucket,
        ),
        (
            "object that is no make",
            |g| g.one(|op| op.obj = id(g.other.clone(), 3)),
            Says::WrongBucket,
        ),
        (
            "pred that does not exist",
            |g| g.one(|op| op.pred = vec![g.theirs(9999)].into()),
            Says::Replaces,
        ),
        ("pred on another key", |g| g.one(|op| op.pred = vec![g.theirs(2)].into()), Says::Replaces),
        (
            "pred on another object",
            |g| g.one(|op| op.pred = vec![g.theirs(3)].into()),
            Says::Replaces,
        ),
        (
            "pred by an unknown actor",
            |g| g.one(|op| op.pred = vec![OpId(3, ActorId::from([0x77_u8; 16].as_slice()))].into()),
            Says::NotAPlainChange,
        ),
        ("delete without pred", |g| vec![g.change(vec![g.op(OpType::Delete)])], Says::NotAPut),
        ("overwrite without pred", |g| g.one(|op| op.key = Key::Map("p1".into())), Says::WrongKey),
        (
            "insert after an unknown element",
            |g| vec![g.change(vec![element(g, &g.list, ElementId::Id(g.theirs(9999)), true)])],
            Says::Replaces,
        ),
        (
            "update of an unknown element",
            |g| vec![g.change(vec![element(g, &g.list, ElementId::Id(g.theirs(9999)), false)])],
            Says::WrongBucket,
        ),
        ("map key on a list", |g| g.one(|op| op.obj = g.list.clone()), Says::WrongBucket),
        (
            "element on a map",
            |g| vec![g.change(vec![element(g, &g.map, ElementId::Head, true)])],
            Says::Replaces,
        ),
        (
            "map in a text",
            |g| {
                let make = Op {
                    action: OpType::Make(ObjType::Map),
                    ..element(g, &g.text, ElementId::Head, true)
                };
                vec![g.change(vec![make])]
            },
            Says::NotAPut,
        ),
        (
            "increment of no counter",
            |g| {
                let pred = vec![g.theirs(2)].into();
                vec![g.change(vec![Op { pred, ..g.op(OpType::Increment(5)) }])]
            },
            Says::NotAPut,
        ),
        (
            "increment without pred",
            |g| {
                let obj = ObjectId::Root;
                vec![g.change(vec![Op { obj, ..g.op(OpType::Increment(5)) }])]
            },
            Says::NotAPut,
        ),
        (
            "mark end without begin",
            |g| {
                let end = element(g, &g.text, ElementId::Head, true);
                vec![g.change(vec![Op { action: OpType::MarkEnd(true), ..end }])]
            },
            Says::NotAPut,
        ),
        (
            "start far ahead",
            |g| g.framed(|c| c.start_op = NonZeroU64::new(1 << 31).unwrap()),
            wrong_start(1 << 31),
        ),
        (
            "start at the end of u32",
            |g| g.framed(|c| c.start_op = NonZeroU64::new(u64::from(u32::MAX)).unwrap()),
            wrong_start(u64::from(u32::MAX)),
        ),
        (
            "start beyond u32",
            |g| g.framed(|c| c.start_op = NonZeroU64::new(u64::from(u32::MAX) + 5).unwrap()),
            Says::Unparseable,
        ),
        (
            "start at 2^63",
            |g| g.framed(|c| c.start_op = NonZeroU64::new(1 << 63).unwrap()),
            Says::Unparseable,
        ),
        ("start too low", |g| g.framed(|c| c.start_op = NonZeroU64::MIN), wrong_start(1)),
        (
            "start that collides",
            |g| g.framed(|c| c.start_op = NonZeroU64::new(2).unwrap()),
            wrong_start(2),
        ),
        ("gap for a new actor", |g| g.framed(|c| c.seq += 1), wrong_seq(3)),
        ("gap for a known actor", |g| g.framed(|c| c.seq += 7), wrong_seq(9)),
        (
            "another device's actor",
            |g| {
                g.framed(|c| {
                    c.actor_id = g.other.clone();
                    c.seq = 2;
                })
            },
            Says::WrongActor,
        ),
        ("the same count twice", |g| g.framed(|c| c.seq -= 1), wrong_seq(1)),
        ("no dependencies", |g| g.framed(|c| c.deps = vec![]), Says::WrongDependencies),
        (
            "no dependencies, unknown object",
            |g| {
                let mut changes = g.one(|op| op.obj = id(g.other.clone(), 1));
                changes.iter_mut().for_each(|change| change.deps = vec![]);
                changes
            },
            Says::WrongDependencies,
        ),
        (
            "a missing dependency",
            |g| g.framed(|c| c.deps.push(ChangeHash([7; 32]))),
            Says::WrongDependencies,
        ),
        (
            "a dependency twice",
            |g| {
                g.framed(|c| {
                    let dep = c.deps[0];
                    c.deps.push(dep);
                })
            },
            Says::WrongDependencies,
        ),
        ("no operations", |g| vec![g.change(vec![])], Says::NotOneOperation(0)),
        ("two values for one key", |g| vec![g.change(vec![g.put(), g.put()])], Says::TooManyRows),
        ("an empty actor", |g| g.framed(|c| c.actor_id = ActorId::from(vec![])), Says::WrongActor),
        (
            "an actor of a mebibyte",
            |g| g.framed(|c| c.actor_id = ActorId::from(vec![9; 1 << 20])),
            Says::TooLarge,
        ),
        (
            "an object that is its own parent",
            |g| {
                let obj = ObjectId::Id(OpId(g.start, g.me.clone()));
                vec![g.change(vec![Op { obj, ..g.op(OpType::Make(ObjType::Map)) }])]
            },
            Says::NotAPut,
        ),
        (
            "an object made later in the change",
            |g| {
                let later = Op { obj: ObjectId::Id(OpId(g.start + 1, g.me.clone())), ..g.put() };
                let make = Op { obj: ObjectId::Root, ..g.op(OpType::Make(ObjType::Map)) };
                vec![g.change(vec![later, make])]
            },
            Says::TooManyRows,
        ),
    ]
}

const fn wrong_start(got: u64) -> GateRefusal {
    GateRefusal::WrongStart { expected: 18, got }
}

const fn wrong_seq(got: u64) -> GateRefusal {
    GateRefusal::WrongSeq { expected: 2, got }
}

fn device() -> DeviceId {
    DeviceId([0x66; 32])
}

fn document() -> DocumentId {
    DocumentId([5; 16])
}

fn fact(by: &DeviceId, text: &str) -> Vec<u8> {
    let fields = Value::Map(vec![(Value::from(1), Value::from(text))]);
    let (about, supersedes, sig) = (None, vec![], None);
    Fact { kind: 20, by: *by, at: 1, about, fields, supersedes, sig }.encode()
}

/// A fact document with one honest fact by the same device, and the ground for its next change.
fn our_ground() -> (FactDocument, Writer, Ground) {
    let mut ours = FactDocument::genesis().unwrap();
    let none = FactDocument::unwritten().unwrap();
    let raw = super::compose(&device(), &document(), &none, &fact(&device(), "first"));
    let vetted = vet(&raw, &device(), &document(), &none).unwrap();
    let writer = vetted.writer;
    ours.apply([vetted.raw.as_slice()].into_iter()).unwrap();
    (ours, writer, ground_after(&device(), &document(), &writer))
}

/// The ground for a device's next change in a document.
fn ground_after(device: &DeviceId, document: &DocumentId, writer: &Writer) -> Ground {
    let bytes = fact(device, "second");
    let id_of = FactId::of(document, &bytes);
    let bucket = id(genesis_actor(), bucket_made_by(&id_of));
    Ground {
        me: ActorId::from(actor(device, document).as_slice()),
        other: genesis_actor(),
        seq: writer.seq + 1,
        start: writer.max_op + 1,
        deps: vec![ChangeHash(writer.last.0)],
        list: id(genesis_actor(), 99),
        text: id(genesis_actor(), 98),
        map: bucket,
        key: id_of.to_hex(),
        value: ScalarValue::Bytes(bytes),
    }
}

#[test]
fn the_ground_itself_is_honest() {
    let (mut ours, writer, ground) = our_ground();
    let raw = Change::from(ground.change(vec![ground.put()])).raw_bytes().to_vec();
    let vetted = vet(&raw, &device(), &document(), &writer).unwrap();
    ours.apply([vetted.raw.as_slice()].into_iter()).unwrap();
    assert_eq!(cases().len(), 37);
}

#[test]
fn every_hostile_change_is_refused_for_what_it_is_and_the_document_still_loads() {
    for (name, make, expected) in cases() {
        let (ours, writer, ground) = our_ground();
        let heads = ours.heads();
        for change in make(&ground) {
            let raw = Change::from(change).raw_bytes().to_vec();
            let refusal = vet(&raw, &device(), &document(), &writer).unwrap_err();
            assert_eq!(refusal, expected, "{name}");
        }
        assert_eq!(ours.heads(), heads, "{name}");
        assert_eq!(FactDocument::load(&ours.save()).unwrap().heads(), heads, "{name}");
    }
}

#[test]
fn inside_a_valid_pack_by_a_granted_device_each_is_named_and_moves_nothing() {
    let mut village = Village::new(21);
    ask(&mut village.lin, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let before = village.mei.digests(NOON).unwrap();
    for (name, make, expected) in cases() {
        let seq = village.mei.standing().unwrap().seq;
        let change = |device: &_, document: &_, writer: &_| {
            let changes = make(&ground_after(device, document, writer));
            changes.into_iter().flat_map(|c| Change::from(c).raw_bytes().to_vec()).collect()
        };
        let Village { relay, chance, mei, lin, .. } = &mut village;
        let sent = smuggle(lin, &repairs_of_building_3(), change, chance);
        if expected == GateRefusal::TooLarge {
            assert!(sent.is_err(), "no pack is large enough for it");
            continue;
        }
        sent.unwrap();
        sync(lin, relay, chance);
        sync(mei, relay, chance);
        let standing = mei.standing().unwrap();
        assert_eq!(standing.seq, seq + 1, "{name}");
        let named = standing.alarms.iter().find(|alarm| alarm.seq == seq + 1);
        match expected {
            // It may be early: it waits for what its author would have written between.
            GateRefusal::WrongSeq { got, .. } if got > 1 => assert_eq!(named, None, "{name}"),
            _ => assert_eq!(named.unwrap().detail, expected.to_string(), "{name}"),
        }
    }
    let after = village.mei.digests(NOON).unwrap();
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.documents, &before.rows), (&after.documents, &after.rows));
    }
}

#[test]
fn bombs_are_refused_before_they_are_parsed() {
    let (_, writer, ground) = our_ground();
    let many: Vec<Op> = (0..200_000).map(|_| ground.op(OpType::Put(ScalarValue::Null))).collect();
    let raw = Change::from(ground.change(many)).raw_bytes().to_vec();
    assert!(raw.len() < 400, "{} bytes claim 200,000 operations", raw.len());
    let refusal = vet(&raw, &device(), &document(), &writer).unwrap_err();
    assert_eq!(refusal, GateRefusal::TooManyRows);
    let long = ScalarValue::Str("A".repeat(1_000_000).into());
    let mut change = Change::from(ground.change(vec![ground.op(OpType::Put(long))]));
    let refusal = |raw: &[u8]| vet(raw, &device(), &document(), &writer).unwrap_err();
    assert_eq!(refusal(change.raw_bytes()), GateRefusal::TooLarge);
    let deflated = change.bytes().to_vec();
    assert!(deflated.len() < 5_000);
    assert_eq!(refusal(&deflated), GateRefusal::NotAPlainChange);
    for cut in 0..100 {
        let raw = Change::from(ground.change(vec![ground.put()])).raw_bytes().to_vec();
        let short = raw.get(..cut).unwrap();
        assert_eq!(refusal(short), GateRefusal::NotAPlainChange, "{cut} bytes");
    }
}
