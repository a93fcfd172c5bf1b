//! The rows that screens are drawn from: whatever was touched is folded again.

use std::collections::BTreeSet;

use linli_domain::{
    law::RuleSet,
    payments::{
        Account, Books, Fields,
        round::receipts_id,
        view::{AccountRow, ReceiptRow, RoundRow},
    },
    repairs::{self, view},
    shelf::{self, Room},
};
use linli_wire::{FactId, cbor, fact::Fact};
use serde::Serialize;

use crate::{
    ReplicaError,
    judge::FOLD_VERSION,
    keyring::circle_id,
    memory::meta,
    reading::{Reading, Source},
    store::{Overlay, Row, Store, Table},
    stored::FactRow,
    work::Work,
};

const PAYMENTS: u8 = Room::Payments.code();

impl<S: Store> Work<'_, S> {
    fn reading(&self) -> Reading<'_, Overlay<'_, S>> {
        Reading { source: &self.at, memory: self.memory }
    }

    /// Folds everything touched, and writes its rows. What builds on something comes after it: bills
    /// after runs, rounds after their receipts.
    pub(crate) fn project(&mut self) -> Result<(), ReplicaError> {
        let books_wait = self.registry_moved && !self.memory.books.refused.is_empty();
        if self.touched.remove(&Books::id()).is_some() || books_wait {
            self.project_books()?;
        }
        while !self.touched.is_empty() {
            for (id, moved) in std::mem::take(&mut self.touched) {
                self.memory.folded.forget(&id);
                self.project_one(&id, &moved)?;
            }
        }
        self.at.put(Table::Meta, meta::FOLD, [FOLD_VERSION]);
        Ok(())
    }

    /// Folds tariffs and runs; bills of runs that came, went or were withdrawn are touched.
    fn project_books(&mut self) -> Result<(), ReplicaError> {
        let books = self.reading().fold_books()?;
        let runs = |books: &Books| -> BTreeSet<(FactId, bool)> {
            books.runs().iter().map(|run| (run.id, run.withdrawn().is_some())).collect()
        };
        let (before, after) = (runs(&self.memory.books), runs(&books));
        let moved: BTreeSet<FactId> =
            before.symmetric_difference(&after).map(|(run, _)| *run).collect();
        self.memory.books = books;
        self.memory.folded.forget_all();
        for run in moved {
            for (key, _) in self.at.scan(Table::About, &run.0)? {
                let bill = key.get(16..).and_then(FactId::from_slice);
                let Some(row) = bill.map(|bill| self.fact(&bill)).transpose()?.flatten() else {
                    continue;
                };
                if let Some(account) = Fact::decode(&row.bytes)?.about {
                    self.touched.entry(account).or_default().extend(bill);
                }
            }
        }
        Ok(())
    }

    /// Folds a thing; `moved` are the facts about it that are not as they were.
    fn project_one(&mut self, id: &FactId, moved: &BTreeSet<FactId>) -> Result<(), ReplicaError> {
        let row = self.fact(id)?;
        let kind = match &row {
            Some(row) => Some(Fact::decode(&row.bytes)?.kind),
            None => None,
        };
        match kind.and_then(shelf::room_of) {
            Some(Room::Registry) => Ok(()),
            Some(Room::Payments) => self.project_round(id),
            Some(Room::Repairs) => self.project_repair(id),
            None => match self.reading().fold_account(id)? {
                Some(account) => self.project_account(id, &account, moved),
                None => {
                    self.at.delete_row(PAYMENTS, id.0);
                    self.project_repair(id)
                }
            },
        }
    }

    fn project_repair(&mut self, id: &FactId) -> Result<(), ReplicaError> {
        match self.reading().fold_repair(id)? {
            Some((opening, repair)) => {
                let row = repair_row(&opening, &repair, self.memory.current.law())?;
                self.at.put_row(row);
            }
            None => self.at.delete_row(Room::Repairs.code(), id.0),
        }
        Ok(())
    }

    /// Writes the rows of a home's year; its receipts go on to their rounds.
    ///
    /// A bill or receipt that came leaves the other receipts as they are: most of a year's are not looked
    /// at again.
    fn project_account(
        &mut self,
        id: &FactId,
        account: &Account,
        moved: &BTreeSet<FactId>,
    ) -> Result<(), ReplicaError> {
        let (bills, receipts) = (&account.bills, &account.receipts);
        let alone = |fact| bills.contains_key(fact) || receipts.contains_key(fact);
        let others_stay = !self.registry_moved && moved.iter().all(alone);
        let wanted = |receipt: &FactId| !others_stay || moved.contains(receipt);
        for (row, receipt) in account_rows(&self.reading(), id, account, wanted)? {
            if let Some(receipt) = receipt {
                self.tell_round(receipt.round, &receipt.id, Some(&receipt))?;
            }
            if self.at.row(row.room, &row.id)?.as_ref() != Some(&row) {
                self.at.put_row(row);
            }
        }
        if others_stay { Ok(()) } else { self.forget_uncounted(id, account) }
    }

    /// Takes back the rows of receipts that do not count any more.
    fn forget_uncounted(&mut self, id: &FactId, account: &Account) -> Result<(), ReplicaError> {
        for (key, _) in self.at.scan(Table::About, &id.0)? {
            let Some(fact) = key.get(16..).and_then(FactId::from_slice) else { continue };
            if account.receipts.contains_key(&fact) || self.at.row(PAYMENTS, &fact.0)?.is_none() {
                continue;
            }
            self.at.delete_row(PAYMENTS, fact.0);
            let Some(row) = self.fact(&fact)? else { continue };
            if let Some(Fields::Receipt(fields)) = Fields::of(&Fact::decode(&row.bytes)?) {
                self.tell_round(fields.round, &fact, None)?;
            }
        }
        Ok(())
    }

    /// Leaves what a receipt says, or that it says nothing, with its round.
    fn tell_round(
        &mut self,
        round: Option<FactId>,
        receipt: &FactId,
        row: Option<&ReceiptRow>,
    ) -> Result<(), ReplicaError> {
        let Some(round) = round else { return Ok(()) };
        let key = [&receipts_id(&round).0[..], &receipt.0].concat();
        let value = row.map(|row| cbor::to_bytes("receipt of a round", row)).transpose()?;
        if self.at.get(Table::About, &key)? == value {
            return Ok(());
        }
        match value {
            Some(value) => self.at.put(Table::About, key, value),
            None => self.at.delete(Table::About, key),
        }
        self.touched.entry(round).or_default().insert(*receipt);
        Ok(())
    }

    fn project_round(&mut self, id: &FactId) -> Result<(), ReplicaError> {
        match self.reading().fold_round(id)? {
            Some((opening, round)) => self.at.put_row(round_row(&opening, &round)?),
            None => self.at.delete_row(PAYMENTS, id.0),
        }
        Ok(())
    }
}

/// Encodes the projection row of a repair.
pub(crate) fn repair_row(
    opening: &FactRow,
    repair: &repairs::Repair,
    law: &RuleSet,
) -> Result<Row, ReplicaError> {
    let row = view::row(repair, law);
    Ok(Row {
        room: Room::Repairs.code(),
        id: row.id.0,
        circle: opening.circle.0,
        sort: view::sort(&row),
        due: row.due.map(|(_, due)| due.0),
        tags: view::tags(repair, &row, law),
        search: view::search_text(repair),
        body: cbor::to_bytes("repair row", &row)?,
    })
}

/// Encodes the rows of a home's year: the year itself, then those of its receipts that are wanted.
pub(crate) fn account_rows<R: Source>(
    reading: &Reading<'_, R>,
    id: &FactId,
    account: &Account,
    wanted: impl Fn(&FactId) -> bool,
) -> Result<Vec<(Row, Option<ReceiptRow>)>, ReplicaError> {
    let home = linli_domain::kernel::Circle::Home(account.unit.clone());
    let circle = circle_id(&reading.memory.community, &home).0;
    let row = AccountRow::of(account);
    let year = money_row(id, circle, i64::from(account.year), row.tags(), &row)?;
    let mut rows = vec![(year, None)];
    for receipt in account.receipts.values().filter(|receipt| wanted(&receipt.id)) {
        let row = ReceiptRow::of(receipt);
        let stored = money_row(&row.id, circle, receipt.when.0.max(0), row.tags(), &row)?;
        rows.push((stored, Some(row)));
    }
    Ok(rows)
}

/// Encodes the row of a round.
pub(crate) fn round_row(
    opening: &FactRow,
    round: &linli_domain::payments::Round,
) -> Result<Row, ReplicaError> {
    let row = RoundRow::of(round);
    money_row(&row.id, opening.circle.0, round.when.0.max(0), row.tags(), &row)
}

fn money_row(
    id: &FactId,
    circle: [u8; 16],
    sort: i64,
    tags: Vec<String>,
    body: &impl Serialize,
) -> Result<Row, ReplicaError> {
    Ok(Row {
        room: PAYMENTS,
        id: id.0,
        circle,
        sort,
        due: None,
        tags,
        search: String::new(),
        body: cbor::to_bytes("row of money", body)?,
    })
}
