//! The gate: an incoming change is exactly of our form, or it never reaches Automerge.
//!
//! Automerge accepts changes that leave a document which can never be loaded again, and panics on
//! others, some while merely reading them. The form allowed here is so narrow (one `put` of bytes
//! under its own hash, by the actor of the pack's author, after that author's last change) that a
//! fact has exactly one change that may carry it: what passes is, byte for byte, what we would have
//! composed ourselves. The checks before the last say what is wrong with the others.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{
    Change, ScalarValue,
    legacy::{Key, ObjectId, Op, OpType},
};
use linli_wire::{DeviceId, DocumentId, FactId, Hash, WireError, fact::Fact};

use super::{Writer, actor, bounds, bucket_and_key, bucket_made_by, compose, genesis_actor};

/// Why a change was refused. Order of the variants is the order of the checks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateRefusal {
    /// More bytes than one fact can need.
    #[error("the change is too large")]
    TooLarge,
    /// Not one uncompressed change chunk, or cut short.
    #[error("not a plain change")]
    NotAPlainChange,
    /// It claims more than one row of operations.
    #[error("the change claims more than one operation")]
    TooManyRows,
    /// Automerge cannot parse it, or panics on it.
    #[error("the change cannot be parsed")]
    Unparseable,
    /// Its actor is not the one of the pack's author in this document.
    #[error("the actor is not the author's")]
    WrongActor,
    /// Its number does not follow the author's last change.
    #[error("change {got} of this author, expected {expected}")]
    WrongSeq {
        /// The number that follows.
        expected: u64,
        /// The number it has.
        got: u64,
    },
    /// It does not depend on exactly the author's last change, or genesis.
    #[error("the dependencies are not the author's last change")]
    WrongDependencies,
    /// Its first operation number does not follow its dependency's last.
    #[error("operation {got}, expected {expected}")]
    WrongStart {
        /// The number that follows.
        expected: u64,
        /// The number it has.
        got: u64,
    },
    /// It carries a time, a message, an author or unknown bytes.
    #[error("the change carries more than an operation")]
    Extra,
    /// It does not hold exactly one operation.
    #[error("the change holds {0} operations, not one")]
    NotOneOperation(usize),
    /// The operation is not a put.
    #[error("the operation is not a put")]
    NotAPut,
    /// The operation inserts or replaces something.
    #[error("the operation replaces something")]
    Replaces,
    /// The value is not bytes.
    #[error("the value is not bytes")]
    NotBytes,
    /// The bytes are not a fact.
    #[error("not a fact: {0}")]
    NotAFact(WireError),
    /// The fact names another author.
    #[error("the fact names another author")]
    WrongAuthor,
    /// The operation is on another object than the bucket of the fact's key.
    #[error("the operation is not on the fact's bucket")]
    WrongBucket,
    /// The key is not the hash of the fact.
    #[error("the key is not the fact's hash")]
    WrongKey,
    /// It says the right thing in other bytes than the ones every phone writes.
    #[error("the change is not in its one form")]
    NotItsOneForm,
}

/// A change that passed the gate.
#[derive(Clone, Debug)]
pub struct Vetted {
    /// The change as it came.
    pub raw: Vec<u8>,
    /// The fact it carries.
    pub fact: Fact,
    /// The fact's canonical bytes.
    pub bytes: Vec<u8>,
    /// The fact's id.
    pub id: FactId,
    /// The author's state after it.
    pub writer: Writer,
}

/// Checks one raw change by `device` in `document`, whose last change there was `writer`.
///
/// # Errors
/// [`GateRefusal`], the first that applies.
pub fn vet(
    raw: &[u8],
    device: &DeviceId,
    document: &DocumentId,
    writer: &Writer,
) -> Result<Vetted, GateRefusal> {
    bounds::check(raw)?;
    catch_unwind(AssertUnwindSafe(|| examine(raw, device, document, writer)))
        .unwrap_or(Err(GateRefusal::Unparseable))
}

fn examine(
    raw: &[u8],
    device: &DeviceId,
    document: &DocumentId,
    writer: &Writer,
) -> Result<Vetted, GateRefusal> {
    let change = Change::from_bytes(raw.to_vec()).map_err(|_| GateRefusal::Unparseable)?;
    if change.actor_id().to_bytes() != actor(device, document) {
        return Err(GateRefusal::WrongActor);
    }
    let expected = writer.seq.saturating_add(1);
    if change.seq() != expected {
        return Err(GateRefusal::WrongSeq { expected, got: change.seq() });
    }
    if change.deps().iter().map(|dep| Hash(dep.0)).ne([writer.last]) {
        return Err(GateRefusal::WrongDependencies);
    }
    let (expected, got) = (writer.max_op.saturating_add(1), change.start_op().get());
    if got != expected {
        return Err(GateRefusal::WrongStart { expected, got });
    }
    let extra = change.timestamp() != 0
        || change.message().is_some()
        || change.author().is_some()
        || !change.extra_bytes().is_empty();
    if extra {
        return Err(GateRefusal::Extra);
    }
    let expanded = change.decode();
    let [operation] = expanded.operations.as_slice() else {
        return Err(GateRefusal::NotOneOperation(expanded.operations.len()));
    };
    let bytes = put_bytes(operation)?;
    let fact = Fact::decode(&bytes).map_err(GateRefusal::NotAFact)?;
    if fact.by != *device {
        return Err(GateRefusal::WrongAuthor);
    }
    let id = FactId::of(document, &bytes);
    place(operation, &id)?;
    if compose(device, document, writer, &bytes) != raw {
        return Err(GateRefusal::NotItsOneForm);
    }
    let writer = Writer { last: Hash(change.hash().0), seq: change.seq(), max_op: change.max_op() };
    Ok(Vetted { raw: raw.to_vec(), fact, bytes, id, writer })
}

/// Reads the fact in a change without admitting it: nothing reaches Automerge's documents.
///
/// For key facts only, whose keys are proved by their epochs: a newcomer finds the key to the older
/// changes of an author in a newer one, which cannot be admitted before the older.
#[must_use]
pub fn peek(raw: &[u8]) -> Option<Fact> {
    bounds::check(raw).ok()?;
    catch_unwind(|| {
        let expanded = Change::from_bytes(raw.to_vec()).ok()?.decode();
        let [operation] = expanded.operations.as_slice() else { return None };
        Fact::decode(&put_bytes(operation).ok()?).ok()
    })
    .ok()?
}

fn put_bytes(operation: &Op) -> Result<Vec<u8>, GateRefusal> {
    let OpType::Put(value) = &operation.action else {
        return Err(GateRefusal::NotAPut);
    };
    if operation.insert || !operation.pred.is_empty() {
        return Err(GateRefusal::Replaces);
    }
    match value {
        ScalarValue::Bytes(bytes) => Ok(bytes.clone()),
        _ => Err(GateRefusal::NotBytes),
    }
}

fn place(operation: &Op, id: &FactId) -> Result<(), GateRefusal> {
    let ObjectId::Id(bucket) = &operation.obj else {
        return Err(GateRefusal::WrongBucket);
    };
    if bucket.0 != bucket_made_by(id) || bucket.1 != genesis_actor() {
        return Err(GateRefusal::WrongBucket);
    }
    match &operation.key {
        Key::Map(text) if text.as_str() == bucket_and_key(id).1 => Ok(()),
        _ => Err(GateRefusal::WrongKey),
    }
}
