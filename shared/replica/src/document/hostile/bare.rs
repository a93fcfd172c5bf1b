//! What bare Automerge does with the same changes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::Command,
};

use automerge::{
    ActorId, Automerge, Change, ObjId, ObjType, ROOT, ScalarValue, legacy::ObjectId,
    transaction::Transactable as _,
};

use super::{Ground, Make, cases, id};

/// A plain document as others use Automerge: a map, a list, a text, a counter.
fn bare_ground() -> (Automerge, Ground) {
    let other = ActorId::from([0x10_u8; 16].as_slice());
    let mut doc = Automerge::new().with_actor(other.clone());
    let mut tx = doc.transaction();
    let map = tx.put_object(ROOT, "payments", ObjType::Map).unwrap();
    let one = tx.put_object(&map, "p1", ObjType::Map).unwrap();
    tx.put(&one, "cents", 100).unwrap();
    let list = tx.put_object(ROOT, "list", ObjType::List).unwrap();
    tx.insert(&list, 0, "a").unwrap();
    let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, "hello").unwrap();
    tx.put(ROOT, "c", ScalarValue::counter(1)).unwrap();
    tx.commit();
    let object = |object: &ObjId| match object {
        ObjId::Root => ObjectId::Root,
        ObjId::Id(counter, actor, _) => id(actor.clone(), *counter),
    };
    let start = doc.get_changes_meta(&[]).iter().map(|meta| meta.max_op).max().unwrap() + 1;
    let ground = Ground {
        me: ActorId::from([0x66_u8; 16].as_slice()),
        other,
        seq: 1,
        start,
        deps: doc.get_heads(),
        map: object(&map),
        list: object(&list),
        text: object(&text),
        key: "x".to_owned(),
        value: ScalarValue::Int(1),
    };
    (doc, ground)
}

/// What bare Automerge does with a case.
fn bare(make: Make) -> &'static str {
    let (mut doc, ground) = bare_ground();
    let guarded = |job: &mut dyn FnMut() -> bool| catch_unwind(AssertUnwindSafe(job));
    let mut changes = Vec::new();
    for change in make(&ground) {
        let raw = Change::from(change).raw_bytes().to_vec();
        match Change::from_bytes(raw) {
            Ok(change) => changes.push(change),
            Err(_) => return "refused",
        }
    }
    match guarded(&mut || doc.apply_changes(changes.clone()).is_ok()) {
        Err(_) => return "panics",
        Ok(false) => return "refused",
        Ok(true) => {}
    }
    let write = guarded(&mut || {
        let mut tx = doc.transaction();
        let written = tx.put(ROOT, "after", 1).is_ok();
        tx.commit();
        written
    });
    if write.is_err() {
        return "panics";
    }
    match guarded(&mut || Automerge::load(&doc.save()).is_ok()) {
        Ok(true) => "accepted",
        Ok(false) | Err(_) => "bricks",
    }
}

const CHILD: &str = "LINLI_BARE_AUTOMERGE";

/// The child's part: says what bare Automerge does with each case. Without the variable it checks
/// only that every case can be made.
#[test]
#[expect(clippy::disallowed_methods, reason = "the parent tells its child what it is")]
fn bare_automerge_in_a_child_process() {
    let is_child = std::env::var(CHILD).is_ok();
    if is_child {
        std::panic::set_hook(Box::new(|_| {}));
    }
    for (name, make, _) in cases() {
        assert!(!make(&bare_ground().1).is_empty(), "{name}");
        if is_child {
            println!("case: {name}: {}", bare(make));
        }
    }
}

#[test]
fn bare_automerge_still_panics_or_bricks_on_at_least_seventeen_of_them() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "document::hostile::bare::bare_automerge_in_a_child_process",
            "--nocapture",
        ])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stdout).into_owned();
    let ends =
        |word: &str| text.lines().filter(|l| l.starts_with("case: ") && l.ends_with(word)).count();
    assert_eq!(text.lines().filter(|line| line.starts_with("case: ")).count(), 37, "{text}");
    assert!(ends("panics") + ends("bricks") >= 17, "{text}");
}
