//! A store with changes on top that are not yet written: what a step in the middle of a page reads.

use std::collections::BTreeMap;

use super::{Batch, Pair, Row, Store, StoreError, Table, Write};

type Key = (Table, Vec<u8>);

impl<S: Store> crate::reading::Source for Overlay<'_, S> {
    fn value(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(table, key)
    }

    fn all(&self, table: Table, prefix: &[u8]) -> Result<Vec<Pair>, StoreError> {
        self.scan(table, prefix)
    }
}

/// Reads through to the store; collects writes until they are committed together.
#[derive(Debug)]
pub(crate) struct Overlay<'a, S> {
    store: &'a S,
    writes: BTreeMap<Key, Option<Vec<u8>>>,
    rows: BTreeMap<(u8, [u8; 16]), Option<Row>>,
    clear_rows: bool,
}

impl<'a, S: Store> Overlay<'a, S> {
    pub(crate) const fn new(store: &'a S) -> Self {
        Self { store, writes: BTreeMap::new(), rows: BTreeMap::new(), clear_rows: false }
    }

    pub(crate) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.writes.get(&(table, key.to_vec())) {
            Some(value) => Ok(value.clone()),
            None => self.store.get(table, key),
        }
    }

    pub(crate) fn has(&self, table: Table, key: &[u8]) -> Result<bool, StoreError> {
        self.get(table, key).map(|value| value.is_some())
    }

    /// Reads all pairs under a prefix, ascending.
    pub(crate) fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Pair>, StoreError> {
        let mut pairs: BTreeMap<Vec<u8>, Vec<u8>> =
            self.store.scan(table, prefix, None, usize::MAX)?.into_iter().collect();
        let written = self
            .writes
            .range((table, prefix.to_vec())..)
            .take_while(|((at, key), _)| *at == table && key.starts_with(prefix));
        for ((_, key), value) in written {
            match value {
                Some(value) => pairs.insert(key.clone(), value.clone()),
                None => pairs.remove(key),
            };
        }
        Ok(pairs.into_iter().collect())
    }

    pub(crate) fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.writes.insert((table, key.into()), Some(value.into()));
    }

    pub(crate) fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.writes.insert((table, key.into()), None);
    }

    /// Deletes everything under a prefix.
    pub(crate) fn clear(&mut self, table: Table, prefix: &[u8]) -> Result<(), StoreError> {
        for (key, _) in self.scan(table, prefix)? {
            self.delete(table, key);
        }
        Ok(())
    }

    /// Reads a projection row as it will be.
    pub(crate) fn row(&self, room: u8, id: &[u8; 16]) -> Result<Option<Row>, StoreError> {
        match self.rows.get(&(room, *id)) {
            Some(row) => Ok(row.clone()),
            None if self.clear_rows => Ok(None),
            None => self.store.row(room, id),
        }
    }

    pub(crate) fn put_row(&mut self, row: Row) {
        self.rows.insert((row.room, row.id), Some(row));
    }

    pub(crate) fn delete_row(&mut self, room: u8, id: [u8; 16]) {
        self.rows.insert((room, id), None);
    }

    pub(crate) fn clear_rows(&mut self) {
        self.clear_rows = true;
        self.rows.clear();
    }

    /// Returns everything collected, to be committed together.
    pub(crate) fn into_batch(self) -> Batch {
        let clear = self.clear_rows.then_some(Write::ClearRows);
        let writes = self.writes.into_iter().map(|((table, key), value)| match value {
            Some(value) => Write::Put(table, key, value),
            None => Write::Delete(table, key),
        });
        let rows = self.rows.into_iter().map(|((room, id), row)| match row {
            Some(row) => Write::PutRow(row),
            None => Write::DeleteRow { room, id },
        });
        clear.into_iter().chain(writes).chain(rows).collect()
    }
}
