//! Fact documents: Automerge behind our own read and write calls, and the gate before it.
//!
//! A document holds facts and nothing else: sixteen maps made by a genesis change that every phone
//! makes alike, and in them one `put` per fact. A change depends on its author's own last change in
//! the document, else on genesis, and on nothing else; so nobody has to be first, nobody's
//! quarantine orphans another, and the cost does not grow with the number of writers.

mod bounds;
mod gate;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

use std::{
    num::NonZeroU64,
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{
    ActorId, Automerge, Change, ChangeHash, ExpandedChange, ObjType, ROOT, ReadDoc as _,
    ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType, SortedVec},
    transaction::{CommitOptions, Transactable as _},
};
use linli_wire::{DeviceId, DocumentId, FactId, Hash};

pub use gate::{GateRefusal, Vetted, peek, vet};

/// Buckets of a document: one per value of a key's first four bits.
const BUCKETS: u8 = 16;

/// Why a document could not be opened, written or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Automerge refused or failed; the document must be loaded again.
    #[error("{step}: {why}")]
    Failed {
        /// What was being done.
        step: &'static str,
        /// Automerge's own words.
        why: String,
    },
}

/// The last change of one device in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Hash of the change; genesis before the first.
    pub last: Hash,
    /// How many changes the device has made here.
    pub seq: u64,
    /// The highest operation number of that change.
    pub max_op: u64,
}

impl Writer {
    /// Encodes the writer for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        [&self.last.0[..], &self.seq.to_be_bytes(), &self.max_op.to_be_bytes()].concat()
    }

    /// Decodes what [`Writer::encode`] wrote.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (last, rest) = bytes.split_first_chunk::<32>()?;
        let (seq, max_op) = rest.split_first_chunk::<8>()?;
        Some(Self {
            last: Hash(*last),
            seq: u64::from_be_bytes(*seq),
            max_op: u64::from_be_bytes(max_op.try_into().ok()?),
        })
    }
}

/// A fact document in memory.
#[derive(Clone, Debug)]
pub struct FactDocument {
    doc: Automerge,
}

/// The actor of the genesis change.
fn genesis_actor() -> ActorId {
    ActorId::from([0_u8; 16].as_slice())
}

/// The actor under which a device writes in a document: bound to both, so that nobody can write
/// under another's name and no change can be moved to another document.
#[must_use]
pub fn actor(device: &DeviceId, document: &DocumentId) -> [u8; 16] {
    let hash = linli_wire::sha256(&[b"linli/actor/1\0", &device.0, &document.0]);
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}

/// The genesis operation that made the bucket of a fact: bucket b is made by operation b + 1.
fn bucket_made_by(id: &FactId) -> u64 {
    u64::from(id.0.first().copied().unwrap_or_default() >> 4).saturating_add(1)
}

/// The bucket and key of a fact: nobody can choose the key of another's fact.
fn bucket_and_key(id: &FactId) -> (String, String) {
    let hex = id.to_hex();
    (hex.chars().take(1).collect(), hex)
}

impl FactDocument {
    /// Makes the document as it is before the first fact, the same bytes on every phone.
    ///
    /// # Errors
    /// [`DocumentError`] never in practice.
    pub fn genesis() -> Result<Self, DocumentError> {
        let mut doc = Automerge::new();
        doc.set_actor(genesis_actor());
        let mut tx = doc.transaction();
        for bucket in 0..BUCKETS {
            tx.put_object(ROOT, format!("{bucket:x}"), ObjType::Map)
                .map_err(|error| failed("genesis", &error))?;
        }
        tx.commit_with(CommitOptions::default().with_time(0));
        Ok(Self { doc })
    }

    /// Returns the writer state of a device that has written nothing yet.
    ///
    /// # Errors
    /// As [`FactDocument::genesis`].
    pub fn unwritten() -> Result<Writer, DocumentError> {
        let heads = Self::genesis()?.doc.get_heads();
        let last = heads.first().map_or(Hash::ZERO, |head| Hash(head.0));
        Ok(Writer { last, seq: 0, max_op: u64::from(BUCKETS) })
    }

    /// Loads a document from its snapshot.
    ///
    /// # Errors
    /// [`DocumentError`] if the bytes are damaged.
    pub fn load(snapshot: &[u8]) -> Result<Self, DocumentError> {
        guard("load", || Automerge::load(snapshot).map(|doc| Self { doc }))
    }

    /// Saves the document as a snapshot.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Returns the document's heads, ascending.
    #[must_use]
    pub fn heads(&self) -> Vec<Hash> {
        let mut heads: Vec<Hash> =
            self.doc.get_heads().into_iter().map(|head| Hash(head.0)).collect();
        heads.sort();
        heads
    }

    /// Reads a fact's bytes.
    #[must_use]
    pub fn fact(&self, id: &FactId) -> Option<Vec<u8>> {
        let (bucket, key) = bucket_and_key(id);
        let (_, map) = self.doc.get(ROOT, bucket).ok()??;
        match self.doc.get(map, key).ok()?? {
            (automerge::Value::Scalar(value), _) => match value.as_ref() {
                ScalarValue::Bytes(bytes) => Some(bytes.clone()),
                _ => None,
            },
            (automerge::Value::Object(_), _) => None,
        }
    }

    /// Applies changes that passed the gate, as they were stored: only a [`Vetted`] change is.
    ///
    /// # Errors
    /// [`DocumentError`] if the store was damaged; the document is then unusable.
    pub(crate) fn apply<'a>(
        &mut self,
        raw: impl Iterator<Item = &'a [u8]>,
    ) -> Result<(), DocumentError> {
        let doc = &mut self.doc;
        guard("apply", || {
            let changes: Vec<Change> = raw
                .map(|raw| Change::from_bytes(raw.to_vec()))
                .collect::<Result<_, _>>()
                .map_err(automerge::AutomergeError::from)?;
            doc.apply_changes(changes)
        })
    }
}

/// Composes the change that writes one fact, after the author's last change and nothing else.
///
/// It needs no document: the form is fixed. (A transaction of Automerge would number the operation
/// after everything the document holds, so that the change would tell what else its author had.)
#[must_use]
pub fn compose(device: &DeviceId, document: &DocumentId, writer: &Writer, fact: &[u8]) -> Vec<u8> {
    let id = FactId::of(document, fact);
    let (_, key) = bucket_and_key(&id);
    let operation = Op {
        action: OpType::Put(ScalarValue::Bytes(fact.to_vec())),
        obj: ObjectId::Id(OpId(bucket_made_by(&id), genesis_actor())),
        key: Key::Map(key.into()),
        pred: SortedVec::new(),
        insert: false,
    };
    let change = Change::from(ExpandedChange {
        operations: vec![operation],
        actor_id: ActorId::from(actor(device, document).as_slice()),
        hash: None,
        seq: writer.seq.saturating_add(1),
        start_op: NonZeroU64::MIN.saturating_add(writer.max_op),
        time: 0,
        message: None,
        deps: vec![ChangeHash(writer.last.0)],
        extra_bytes: Vec::new(),
        author: None,
    });
    change.raw_bytes().to_vec()
}

fn failed(step: &'static str, error: &impl ToString) -> DocumentError {
    DocumentError::Failed { step, why: error.to_string() }
}

/// Belt and braces: the gate refuses what makes Automerge panic, but a panic on somebody's phone
/// must still end as an error of this one operation.
fn guard<T, E: ToString>(
    step: &'static str,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, DocumentError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(failed(step, &error)),
        Err(_) => Err(DocumentError::Failed { step, why: "Automerge panicked".to_owned() }),
    }
}
