//! The store in memory: the plainest keeper, and the model for the others.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Durability, Listed, Pair, Query, Row, Store, StoreError, Table, Window, Write, search,
};

/// Tables and rows in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    tables: BTreeMap<Table, BTreeMap<Vec<u8>, Vec<u8>>>,
    rows: BTreeMap<(u8, [u8; 16]), Row>,
    /// Rows by room and tag: a bench keeps hundreds of thousands, and asks for a home's few.
    tagged: BTreeMap<(u8, String), BTreeSet<[u8; 16]>>,
    refuses: bool,
}

impl MemoryStore {
    /// Makes every commit fail from now on as a full disk does, or work again.
    pub const fn set_full(&mut self, full: bool) {
        self.refuses = full;
    }

    fn listed(&self, room: u8, listed: &Listed) -> Vec<&Row> {
        let all = || self.rows.range((room, [0; 16])..=(room, [u8::MAX; 16])).map(|(_, row)| row);
        match listed {
            Listed::All => all().collect(),
            Listed::Tag(tag) => {
                let ids = self.tagged.get(&(room, tag.clone())).into_iter().flatten();
                ids.filter_map(|id| self.rows.get(&(room, *id))).collect()
            }
            Listed::Overdue(now) => {
                all().filter(|row| row.due.is_some_and(|due| due < *now)).collect()
            }
        }
    }

    fn put_row(&mut self, row: Row) {
        self.delete_row(row.room, row.id);
        for tag in &row.tags {
            self.tagged.entry((row.room, tag.clone())).or_default().insert(row.id);
        }
        self.rows.insert((row.room, row.id), row);
    }

    fn delete_row(&mut self, room: u8, id: [u8; 16]) {
        let Some(row) = self.rows.remove(&(room, id)) else { return };
        for tag in row.tags {
            if let Some(ids) = self.tagged.get_mut(&(room, tag)) {
                ids.remove(&id);
            }
        }
    }
}

impl Store for MemoryStore {
    fn commit(&mut self, batch: &[Write], _: Durability) -> Result<(), StoreError> {
        if self.refuses {
            return Err(StoreError::Full { step: "commit" });
        }
        for write in batch.iter().cloned() {
            match write {
                Write::Put(table, key, value) => {
                    self.tables.entry(table).or_default().insert(key, value);
                }
                Write::Delete(table, key) => {
                    self.tables.entry(table).or_default().remove(&key);
                }
                Write::PutRow(row) => self.put_row(row),
                Write::DeleteRow { room, id } => self.delete_row(room, id),
                Write::ClearRows => {
                    self.rows.clear();
                    self.tagged.clear();
                }
            }
        }
        Ok(())
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.tables.get(&table).and_then(|values| values.get(key)).cloned())
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Pair>, StoreError> {
        let Some(values) = self.tables.get(&table) else { return Ok(Vec::new()) };
        Ok(values
            .range(prefix.to_vec()..)
            .take_while(|(key, _)| key.starts_with(prefix))
            .filter(|(key, _)| after.is_none_or(|after| key.as_slice() > after))
            .take(limit)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    fn last(&self, table: Table, prefix: &[u8]) -> Result<Option<Pair>, StoreError> {
        let Some(values) = self.tables.get(&table) else { return Ok(None) };
        Ok(values
            .range(prefix.to_vec()..)
            .take_while(|(key, _)| key.starts_with(prefix))
            .last()
            .map(|(key, value)| (key.clone(), value.clone())))
    }

    fn row(&self, room: u8, id: &[u8; 16]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows.get(&(room, *id)).cloned())
    }

    fn window(&self, query: &Query) -> Result<Window, StoreError> {
        let overdue = matches!(query.listed, Listed::Overdue(_));
        let wanted = if overdue { Vec::new() } else { search::query(&query.search) };
        let mut rows: Vec<&Row> = self
            .listed(query.room, &query.listed)
            .into_iter()
            .filter(|row| search::finds(&wanted, &row.search))
            .collect();
        rows.sort_by_key(|row| {
            let due = row.due.filter(|_| overdue);
            (due, Reverse((row.sort, row.id)))
        });
        let total = count(rows.len());
        let total = if overdue || !wanted.is_empty() { total.min(super::FOUND_MAX) } else { total };
        let skip = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let take = usize::try_from(query.limit).unwrap_or(usize::MAX);
        Ok(Window { total, rows: rows.into_iter().skip(skip).take(take).cloned().collect() })
    }

    fn count(&self, room: u8, tag: Option<&str>) -> Result<u32, StoreError> {
        let listed = tag.map_or(Listed::All, |tag| Listed::Tag(tag.to_owned()));
        Ok(count(self.listed(room, &listed).len()))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
