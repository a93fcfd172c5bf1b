//! What readers of a circle must agree on, and whether this phone's rows follow from its facts.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::{
    kernel::{Circle, Moment, When},
    shelf::Room,
};
use linli_wire::{CircleId, DocumentId, FactId, Hash, fact::Fact, sha256};

use crate::{
    ReplicaError,
    keyring::circle_id,
    project::{account_rows, repair_row, round_row},
    replica::Replica,
    store::{Query, Row, Store, Table},
    stored::{DocumentRow, FactRow},
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
            if let Some(derived) = memory.derived_circle(&circle) {
                digests.entry(circle).or_insert_with(|| empty(&derived));
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
        let mut rows = Vec::new();
        for room in [Room::Repairs, Room::Payments] {
            let query = Query { room: room.code(), limit: u32::MAX, ..Query::default() };
            rows.extend(self.store().window(&query)?.rows);
        }
        Ok(rows)
    }

    /// Folds everything again and returns the rows of the store that differ: altered, missing or
    /// left over; and facts that are not what they were written as.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn audit(&self) -> Result<Vec<FactId>, ReplicaError> {
        let mut stored: BTreeMap<FactId, Row> =
            self.rows()?.into_iter().map(|row| (FactId(row.id), row)).collect();
        let mut differing = Vec::new();
        let mut check = |row: Row| {
            let id = FactId(row.id);
            if stored.remove(&id) != Some(row) {
                differing.push(id);
            }
        };
        let reading = self.reading()?;
        let law = self.member()?.current.law();
        let (mut accounts, mut altered) = (BTreeSet::new(), Vec::new());
        for (key, value) in self.store().scan(Table::Fact, &[], None, usize::MAX)? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "fact" })?;
            let row = FactRow::decode(&value)?;
            if FactId::of(&row.document, &row.bytes) != id {
                // What a fact says cannot change: its id is the hash of it.
                altered.push(id);
            }
            if let Some((opening, repair)) = reading.fold_repair(&id)? {
                check(repair_row(&opening, &repair, law)?);
            }
            if let Some((opening, round)) = reading.fold_round(&id)? {
                check(round_row(&opening, &round)?);
            }
            accounts.extend(Fact::decode(&row.bytes)?.about);
        }
        for id in accounts {
            let account = reading.fold_account(&id)?;
            let kept = reading.memory.folded.get(&id);
            if kept.is_some() && kept != account {
                altered.push(id);
            }
            if let Some(account) = account {
                for (row, _) in account_rows(&reading, &id, &account, |_| true)? {
                    check(row);
                }
            }
        }
        differing.extend(stored.into_keys());
        differing.extend(altered);
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
