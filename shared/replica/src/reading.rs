//! Folding things from their facts: while work is under way and when a screen asks.

use linli_domain::{
    kernel::{Author, Circle, Moment, Position, UnitCode, When, Written},
    payments::{
        self, Account, Books, Round, Treasury, account, kind, round::receipts_id, view::ReceiptRow,
    },
    registry::{NoRight, Registry},
    repairs,
    shelf::{self, Shelf},
};
use linli_wire::{CircleId, DeviceId, DocumentId, FactId, cbor, fact::Fact};

use crate::{
    ReplicaError,
    keyring::circle_id,
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

    /// Reads the facts about a thing that count or may, with the circles they came in.
    fn about(&self, about: &FactId) -> Result<Vec<(CircleId, Written)>, ReplicaError> {
        let mut facts = Vec::new();
        for (key, _) in self.source.all(Table::About, &about.0)? {
            let id = key.get(16..).and_then(FactId::from_slice);
            let id = id.ok_or(ReplicaError::Damaged { row: "about" })?;
            if id == *about {
                continue;
            }
            let Some(row) = self.fact(&id)? else { continue };
            if row.verdict.folds() {
                facts.push((row.circle, self.written(id, &row)?));
            }
        }
        Ok(facts)
    }

    /// Folds tariffs and bill runs.
    pub(crate) fn fold_books(&self) -> Result<Books, ReplicaError> {
        let community = self.circle(&Circle::Community);
        let facts = self.about(&Books::id())?.into_iter();
        let facts: Vec<Written> =
            facts.filter(|(circle, _)| *circle == community).map(|(_, fact)| fact).collect();
        Ok(Books::fold(&facts, &self.memory.current))
    }

    /// Folds fund, common income, the committee's expenses, and balances as far as this phone reads them.
    pub(crate) fn fold_treasury(&self) -> Result<Treasury, ReplicaError> {
        let facts = self.about(&Treasury::id())?.into_iter();
        let belongs = |circle: &CircleId, fact: &Written| {
            payments::circle_of(&fact.fact).is_some_and(|own| self.circle(&own) == *circle)
        };
        let facts = facts.filter(|(circle, fact)| belongs(circle, fact)).map(|(_, fact)| fact);
        let facts: Vec<Written> = facts.collect();
        Ok(Treasury::fold(&facts, &self.memory.current))
    }

    /// Folds a home's year; `None` if the id names none.
    pub(crate) fn fold_account(&self, id: &FactId) -> Result<Option<Account>, ReplicaError> {
        let facts = self.about(id)?;
        let Some(unit) = facts.iter().find_map(|(circle, _)| self.memory.home_of(circle)) else {
            return Ok(None);
        };
        let home = self.circle(&Circle::Home(unit.clone()));
        // What was written into another home's circle is not this one's.
        let facts = facts.into_iter().filter(|(circle, _)| *circle == home);
        let facts: Vec<Written> = facts.map(|(_, fact)| fact).collect();
        let Some((_, year)) = Account::whose(id, &facts) else { return Ok(None) };
        Ok(self.with_context(unit, year, |context| Account::fold(id, &facts, context)))
    }

    /// Calls with what the fold of a home's year needs beside its facts.
    pub(crate) fn with_context<T>(
        &self,
        unit: &UnitCode,
        year: i32,
        call: impl FnOnce(&account::Context<'_>) -> T,
    ) -> T {
        // Whose rights have ended writes no receipt any more, though somebody scans it; one that was
        // written before comes by itself, and is adopted.
        let author_of = |device: &DeviceId, place: Option<Position>, at| {
            let registry = self.registry_at(place);
            let when = place.map_or(When::Now(Moment(at)), When::Placed);
            registry.author(device, when).unwrap_or_else(|_| Author::nobody(*device))
        };
        let law = self.memory.current.law();
        call(&account::Context {
            community: self.memory.community,
            books: &self.memory.books,
            late_sync_days_max: law.repairs.late_sync_days_max,
            utc_offset_minutes: law.utc_offset_minutes,
            document: self.money_document(unit, year),
            author_of: &author_of,
        })
    }

    /// Returns the document of a home's year.
    pub(crate) fn money_document(&self, unit: &UnitCode, year: i32) -> DocumentId {
        let Shelf { circle, room, period } = shelf::shelf_of_home(unit, year);
        DocumentId::of(&self.memory.community, &self.circle(&circle), room.code(), period)
    }

    /// Folds a round; `None` if the id names none, or one that was not its author's to give.
    pub(crate) fn fold_round(&self, id: &FactId) -> Result<Option<(FactRow, Round)>, ReplicaError> {
        let Some(row) = self.fact(id)? else { return Ok(None) };
        if !row.verdict.folds() {
            return Ok(None);
        }
        let opening = self.written(*id, &row)?;
        if opening.fact.kind != kind::ROUND {
            return Ok(None);
        }
        let facts = self.about(id)?.into_iter().filter(|(circle, _)| *circle == row.circle);
        let facts: Vec<Written> = facts.map(|(_, fact)| fact).collect();
        let mut receipts = Vec::new();
        for (_, value) in self.source.all(Table::About, &receipts_id(id).0)? {
            let row: ReceiptRow = cbor::from_bytes("receipt of a round", &value)?;
            receipts.push(row.for_round());
        }
        let late_days = self.memory.current.law().repairs.late_sync_days_max;
        let round = Round::fold(&opening, &facts, receipts, late_days);
        Ok(round.ok().map(|round| (row, round)))
    }

    fn circle(&self, circle: &Circle) -> CircleId {
        circle_id(&self.memory.community, circle)
    }

    fn written(&self, id: FactId, row: &FactRow) -> Result<Written, ReplicaError> {
        let fact = Fact::decode(&row.bytes)?;
        let author = self.author_of(&fact.by, row.place, fact.at);
        Ok(Written { id, fact, author, place: row.place })
    }

    fn registry_at(&self, place: Option<Position>) -> &Registry {
        if place.is_some() { &self.memory.placed } else { &self.memory.current }
    }

    /// Returns an author's rights at a place; for an adopted fact, those held last.
    fn author_of(&self, device: &DeviceId, place: Option<Position>, at: i64) -> Author {
        let registry = self.registry_at(place);
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
