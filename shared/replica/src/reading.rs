//! Folding things from their facts: while work is under way and when a screen asks.

use linli_domain::{
    kernel::{Author, Moment, Position, When, Written},
    registry::NoRight,
    repairs,
};
use linli_wire::{DeviceId, FactId, fact::Fact};

use crate::{
    ReplicaError,
    memory::Memory,
    store::{Pair, Store, StoreError, Table},
    stored::FactRow,
};

/// Where rows are read from: the store, or the store with unwritten changes on top.
pub(crate) trait Source {
    fn value(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    fn all(&self, table: Table, prefix: &[u8]) -> Result<Vec<Pair>, StoreError>;
}

impl<S: Store> Source for S {
    fn value(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(table, key)
    }

    fn all(&self, table: Table, prefix: &[u8]) -> Result<Vec<Pair>, StoreError> {
        self.scan(table, prefix, None, usize::MAX)
    }
}

/// A fold reads facts and rights.
pub(crate) struct Reading<'a, R> {
    pub(crate) source: &'a R,
    pub(crate) memory: &'a Memory,
}

impl<R: Source> Reading<'_, R> {
    pub(crate) fn fact(&self, id: &FactId) -> Result<Option<FactRow>, ReplicaError> {
        self.source.value(Table::Fact, &id.0)?.map(|row| FactRow::decode(&row)).transpose()
    }

    /// Folds one repair from its facts; `None` if it has no opening that counts.
    pub(crate) fn fold_repair(
        &self,
        about: &FactId,
    ) -> Result<Option<(FactRow, repairs::Repair)>, ReplicaError> {
        let Some(opening_row) = self.fact(about)? else { return Ok(None) };
        if !opening_row.verdict.folds() {
            return Ok(None);
        }
        let opening = self.written(*about, &opening_row)?;
        if opening.fact.kind != repairs::kind::REPORTED {
            return Ok(None);
        }
        let mut steps = Vec::new();
        for (key, _) in self.source.all(Table::About, &about.0)? {
            let id = key.get(16..).and_then(FactId::from_slice);
            let id = id.ok_or(ReplicaError::Damaged { row: "about" })?;
            if id == *about {
                continue;
            }
            let Some(row) = self.fact(&id)? else { continue };
            // A step belongs to the circle of its repair: elsewhere others could not judge it.
            if row.verdict.folds() && row.circle == opening_row.circle {
                steps.push(self.written(id, &row)?);
            }
        }
        let repair = repairs::fold(&opening, &steps, self.memory.current.law());
        Ok(Some((opening_row, repair)))
    }

    fn written(&self, id: FactId, row: &FactRow) -> Result<Written, ReplicaError> {
        let fact = Fact::decode(&row.bytes)?;
        let author = self.author_of(&fact.by, row.place, fact.at);
        Ok(Written { id, fact, author, place: row.place })
    }

    /// Returns an author's rights at a place; for an adopted fact, those held last.
    fn author_of(&self, device: &DeviceId, place: Option<Position>, at: i64) -> Author {
        let registry = if place.is_some() { &self.memory.placed } else { &self.memory.current };
        let when = place.map_or(When::Now(Moment(at)), When::Placed);
        match registry.author(device, when) {
            Ok(author) => author,
            Err(NoRight::Ended { at: last }) => registry
                .author(device, When::Placed(last))
                .unwrap_or_else(|_| Author::nobody(*device)),
            Err(_) => Author::nobody(*device),
        }
    }
}
