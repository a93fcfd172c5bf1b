//! What readers of a circle must agree on, and whether this phone's rows follow from its facts.

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Circle, Moment, When},
    shelf::Room,
};
use linli_wire::{CircleId, DocumentId, FactId, Hash, sha256};

use crate::{
    ReplicaError,
    judge::repair_row,
    keyring::circle_id,
    replica::Replica,
    store::{Query, Row, Store, Table},
    stored::DocumentRow,
    work::load_document,
};

/// What every reader of a circle must agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircleDigest {
    /// The circle's name.
    pub circle: String,
    /// The log head.
    pub head: Hash,
    /// Heads of the circle's documents.
    pub documents: BTreeMap<DocumentId, Vec<Hash>>,
    /// Hashes of the circle's projection rows.
    pub rows: BTreeMap<FactId, Hash>,
}

impl CircleDigest {
    /// Hashes it all into one.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut bytes = self.head.0.to_vec();
        for (id, heads) in &self.documents {
            bytes.extend_from_slice(&id.0);
            heads.iter().for_each(|head| bytes.extend_from_slice(&head.0));
        }
        for (id, hash) in &self.rows {
            bytes.extend_from_slice(&id.0);
            bytes.extend_from_slice(&hash.0);
        }
        Hash::of(&bytes)
    }
}

impl<S: Store> Replica<S> {
    /// Computes what all readers of each circle must agree on, by the circles' names: for the
    /// circles of this phone; of homes that it keeps, for those of which it holds anything.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn digests(&self, now: Moment) -> Result<Vec<CircleDigest>, ReplicaError> {
        let memory = self.member()?;
        let (head, store) = (memory.cursor.head, self.store());
        let empty = |circle: &Circle| {
            let (documents, rows) = (BTreeMap::new(), BTreeMap::new());
            CircleDigest { circle: circle.name(), head, documents, rows }
        };
        let own = memory.current.circles_of(&self.keys().id(), When::Now(now));
        let mut digests: BTreeMap<CircleId, CircleDigest> = own
            .iter()
            .map(|circle| (circle_id(&memory.community, circle), empty(circle)))
            .collect();
        for (key, value) in store.scan(Table::Document, &[], None, usize::MAX)? {
            let circle = DocumentRow::decode(&value)?.circle;
            if let Some(unit) = memory.home_of(&circle) {
                digests.entry(circle).or_insert_with(|| empty(&Circle::Home(unit.clone())));
            }
            let Some(digest) = digests.get_mut(&circle) else { continue };
            let document =
                DocumentId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "document" })?;
            let snapshot = store.get(Table::Snapshot, &key)?;
            let tail = store.scan(Table::Change, &key, None, usize::MAX)?;
            digest.documents.insert(document, load_document(snapshot.as_deref(), &tail)?.heads());
        }
        for row in self.rows()? {
            if let Some(digest) = digests.get_mut(&CircleId(row.circle)) {
                digest.rows.insert(FactId(row.id), row_hash(&row));
            }
        }
        let mut digests: Vec<CircleDigest> = digests.into_values().collect();
        digests.sort_by(|one, other| one.circle.cmp(&other.circle));
        Ok(digests)
    }

    fn rows(&self) -> Result<Vec<Row>, ReplicaError> {
        let query = Query { room: Room::Repairs.code(), limit: u32::MAX, ..Query::default() };
        Ok(self.store().window(&query)?.rows)
    }

    /// Folds every repair again and returns the rows of the store that differ: altered, missing or
    /// left over.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn audit(&self) -> Result<Vec<FactId>, ReplicaError> {
        let mut stored: BTreeMap<FactId, Row> =
            self.rows()?.into_iter().map(|row| (FactId(row.id), row)).collect();
        let mut differing = Vec::new();
        let reading = self.reading()?;
        let law = self.member()?.current.law();
        for (key, _) in self.store().scan(Table::Fact, &[], None, usize::MAX)? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "fact" })?;
            if let Some((opening, repair)) = reading.fold_repair(&id)? {
                let folded = repair_row(&opening, &repair, law)?;
                if stored.remove(&id) != Some(folded) {
                    differing.push(id);
                }
            }
        }
        differing.extend(stored.into_keys());
        differing.sort();
        Ok(differing)
    }
}

fn row_hash(row: &Row) -> Hash {
    let sort = row.sort.to_be_bytes();
    let due = row.due.unwrap_or(i64::MIN).to_be_bytes();
    Hash(sha256(&[
        &[row.room],
        &row.id,
        &row.circle,
        &sort,
        &due,
        row.tags.join("\n").as_bytes(),
        row.search.as_bytes(),
        &row.body,
    ]))
}
