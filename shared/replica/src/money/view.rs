//! What screens are told about money.

use linli_domain::{
    kernel::{Fen, Moment, PersonId, UnitCode},
    law::Ratio,
    payments::{
        Account, BillRun, Fields, Owed, Refusal, Round, RunFields, Statement, UnitBill, Withdrawal,
        account,
        round::Door,
        view::{AccountRow, ReceiptRow, RoundRow, collects_tag, home_tag},
    },
    shelf::Room,
};
use linli_wire::{FactId, cbor, fact::Fact};

use super::FundBill;
use crate::{
    ReplicaError,
    repairs::Delivery,
    replica::Replica,
    store::{Listed, Query, Row, Store, Table},
    stored::FactRow,
};

/// A bill with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillPage {
    /// What is left of it.
    pub owed: Owed,
    /// Its lines, each with why it is what it is.
    pub bill: UnitBill,
    /// How its run was withdrawn, if it was.
    pub withdrawal: Option<Withdrawal>,
}

/// The money of a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePage {
    /// The home.
    pub unit: UnitCode,
    /// What it owes.
    pub statement: Statement,
    /// Its bills, the one due first first.
    pub bills: Vec<BillPage>,
    /// What it has to pay into the maintenance fund beside them.
    pub fund: Option<FundBill>,
    /// Its accounts, the earliest year first.
    pub accounts: Vec<Account>,
    /// Facts that do not count, with the reason.
    pub refused: Vec<(FactId, Refusal)>,
    /// How far the receipts that this phone wrote have come.
    pub deliveries: Vec<(FactId, Delivery)>,
}

impl HomePage {
    /// Returns the receipts, the newest first.
    #[must_use]
    pub fn receipts(&self) -> Vec<&account::Receipt> {
        let mut receipts: Vec<&account::Receipt> =
            self.accounts.iter().flat_map(|account| account.receipts.values()).collect();
        receipts.sort_by_key(|receipt| std::cmp::Reverse((receipt.when, receipt.id)));
        receipts
    }
}

/// A round with what its doors owe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundPage {
    /// The round.
    pub round: Round,
    /// As lists show it.
    pub row: RoundRow,
    /// The homes in the order of their doors, with what they owe.
    pub doors: Vec<(UnitCode, Door, Fen)>,
    /// Until when the cash in hand has to be counted.
    pub count_due: Option<Moment>,
    /// The earlier rounds of others that have some of its homes on the same days.
    pub shared: Vec<SharedRound>,
}

/// A round of another collector with some of the same homes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRound {
    /// The other round.
    pub row: RoundRow,
    /// How many homes both have.
    pub homes: u32,
}

/// Whether a run recomputes, as far as this phone may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunCheck {
    /// How many bills this phone sees.
    pub seen: u32,
    /// The first unit whose bill does not recompute.
    pub differs: Option<UnitCode>,
    /// The first stair whose bills do not sum to what the header says, or are more; only told of stairs
    /// of which this phone sees all.
    pub stair_differs: Option<(String, u16)>,
}

/// A bill run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunPage {
    /// The fact.
    pub id: FactId,
    /// The header.
    pub fields: RunFields,
    /// Its withdrawal, if somebody asked for one.
    pub withdrawal: Option<Withdrawal>,
    /// Whether it recomputes; told of the run that is open alone, for it takes all its bills.
    pub check: Option<RunCheck>,
}

impl<S: Store> Replica<S> {
    /// Tells all about the money of a home, as far as this phone holds it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn home_money(&self, unit: &UnitCode, now: Moment) -> Result<HomePage, ReplicaError> {
        let books = &self.member()?.books;
        let accounts = self.accounts_of(unit)?;
        let statement = self.statement_of(&accounts, now)?;
        let bill_of = |id: &FactId| accounts.iter().find_map(|account| account.bill(id));
        let bills = statement.bills.iter().filter_map(|owed| {
            let (run, bill) = (books.run(&owed.run)?, bill_of(&owed.bill)?);
            let bill = run.check(&bill.fields).ok()?;
            let withdrawal = run.withdrawal.clone().filter(|_| owed.withdrawn);
            Some(BillPage { owed: owed.clone(), bill, withdrawal })
        });
        let refused = accounts.iter().flat_map(|account| account.refused.iter().copied()).collect();
        let bills = bills.collect();
        let me = self.keys().id();
        let receipts = accounts.iter().flat_map(|account| account.receipts.values());
        let own = receipts.filter(|receipt| receipt.author.device == me && !receipt.scanned_only);
        let deliveries: Result<_, ReplicaError> =
            own.map(|receipt| Ok((receipt.id, self.delivery(&receipt.id)?))).collect();
        let fund = self.fund_bill(unit, &accounts)?;
        let (unit, deliveries) = (unit.clone(), deliveries?);
        Ok(HomePage { unit, bills, fund, accounts, statement, refused, deliveries })
    }

    /// Tells what a home owes, and nothing else of it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn owed(&self, unit: &UnitCode, now: Moment) -> Result<Fen, ReplicaError> {
        Ok(self.statement_of(&self.accounts_of(unit)?, now)?.owed)
    }

    /// Tells all about a round.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn round(&self, id: &FactId, now: Moment) -> Result<Option<RoundPage>, ReplicaError> {
        let Some(round) = self.round_state(id)? else { return Ok(None) };
        let homes = self.owing(round.doors().into_iter().cloned(), now)?;
        let door = |(unit, owed): (UnitCode, Fen)| {
            let door = round.door(&unit);
            (unit, door, owed)
        };
        let doors = homes.into_iter().map(door).collect();
        let count_due = round.count_due(&self.member()?.current.law().money);
        let shared = self.shared_with(&round, now)?;
        Ok(Some(RoundPage { row: RoundRow::of(&round), doors, count_due, shared, round }))
    }

    /// Tells what each of these homes owes.
    pub(super) fn owing(
        &self,
        units: impl IntoIterator<Item = UnitCode>,
        now: Moment,
    ) -> Result<Vec<(UnitCode, Fen)>, ReplicaError> {
        let late = self.member()?.books.runs().iter().any(|run| run.late_per_day != Ratio::ZERO);
        let owed = |unit: UnitCode| {
            // Rows do not tell what of a payment went to late fees: where there are any, all is folded.
            let owed = if late { self.owed(&unit, now)? } else { self.unpaid(&unit)? };
            Ok((unit, owed))
        };
        units.into_iter().map(owed).collect()
    }

    /// Returns what is billed to a home and not paid, where nothing is ever owed for lateness.
    fn unpaid(&self, unit: &UnitCode) -> Result<Fen, ReplicaError> {
        let mut unpaid = Fen::ZERO;
        for row in self.money_rows(Listed::Tag(home_tag(unit)), u32::MAX)?.1 {
            let AccountRow { billed, received, refunded, .. } =
                cbor::from_bytes("account row", &row.body)?;
            let year = billed.plus(refunded).and_then(|sum| sum.minus(received));
            unpaid = year.and_then(|year| unpaid.plus(year)).unwrap_or_default();
        }
        Ok(unpaid.max(Fen::ZERO))
    }

    /// Returns the rounds, the newest first: all that this phone sees, or those of its person.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn rounds(&self, own: bool, now: Moment) -> Result<Vec<RoundRow>, ReplicaError> {
        if own {
            return self.rounds_of(&self.viewer(now)?.person);
        }
        self.round_rows("round".to_owned())
    }

    /// Returns the rounds that somebody collects, the newest first.
    pub(super) fn rounds_of(&self, person: &PersonId) -> Result<Vec<RoundRow>, ReplicaError> {
        self.round_rows(collects_tag(person))
    }

    fn round_rows(&self, tag: String) -> Result<Vec<RoundRow>, ReplicaError> {
        let (_, rows) = self.money_rows(Listed::Tag(tag), u32::MAX)?;
        let rows: Result<_, _> =
            rows.iter().map(|row| cbor::from_bytes("round row", &row.body)).collect();
        Ok(rows?)
    }

    /// Counts the rounds with a count that nobody has taken over yet.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn rounds_to_take(&self) -> Result<u32, ReplicaError> {
        Ok(self.store().count(Room::Payments.code(), Some("to_take"))?)
    }

    /// Reads receipts under a tag, the newest first, with how many there are.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn receipts(&self, tag: &str, limit: u32) -> Result<(u32, Vec<ReceiptRow>), ReplicaError> {
        let (total, rows) = self.money_rows(Listed::Tag(tag.to_owned()), limit)?;
        let rows: Result<_, _> =
            rows.iter().map(|row| cbor::from_bytes("receipt row", &row.body)).collect();
        Ok((total, rows?))
    }

    pub(super) fn money_rows(
        &self,
        listed: Listed,
        limit: u32,
    ) -> Result<(u32, Vec<Row>), ReplicaError> {
        let query = Query { room: Room::Payments.code(), listed, limit, ..Query::default() };
        let window = self.store().window(&query)?;
        Ok((window.total, window.rows))
    }

    /// Tells of the bill runs, the one due last first; the one that is open is checked as far as this
    /// phone sees it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn runs(&self, open: Option<&FactId>) -> Result<Vec<RunPage>, ReplicaError> {
        let runs = self.member()?.books.runs().into_iter();
        runs.map(|run| {
            let check = (open == Some(&run.id)).then(|| self.check_run(run)).transpose()?;
            let (fields, withdrawal) = (run.fields.clone(), run.withdrawal.clone());
            Ok(RunPage { id: run.id, fields, withdrawal, check })
        })
        .collect()
    }

    /// Recomputes every bill of a run that this phone sees.
    fn check_run(&self, run: &BillRun) -> Result<RunCheck, ReplicaError> {
        let mut bills: std::collections::BTreeMap<UnitCode, (bool, Fen)> = Default::default();
        for (key, _) in self.store().scan(Table::About, &run.id.0, None, usize::MAX)? {
            let id = key.get(16..).and_then(FactId::from_slice);
            let Some(row) = id.and_then(|id| self.store().get(Table::Fact, &id.0).transpose())
            else {
                continue;
            };
            let row = FactRow::decode(&row?)?;
            let Some(Fields::Bill(bill)) = Fields::of(&Fact::decode(&row.bytes)?) else { continue };
            if row.verdict.folds() {
                let right = run.check(&bill).is_ok();
                // A wrong bill is told, though a right one stands beside it.
                bills
                    .entry(bill.unit)
                    .and_modify(|(all_right, _)| *all_right &= right)
                    .or_insert((right, bill.total));
            }
        }
        let seen = u32::try_from(bills.len()).unwrap_or(u32::MAX);
        let differs = bills.iter().find(|(_, (right, _))| !right).map(|(unit, _)| unit.clone());
        let stair_differs = run.fields.stairs.iter().find(|stair| {
            let of_stair =
                |unit: &UnitCode| unit.building() == stair.building && unit.stair() == stair.stair;
            let of_stair: Vec<Fen> = bills
                .iter()
                .filter(|(unit, _)| of_stair(unit))
                .map(|(_, (_, total))| *total)
                .collect();
            let seen = u32::try_from(of_stair.len()).unwrap_or(u32::MAX);
            // Who sees a part of a stair cannot tell: the rest may come, or is not theirs to read.
            let differs = Fen::sum(of_stair) != Some(stair.total);
            seen > stair.bills || seen == stair.bills && differs
        });
        let stair_differs = stair_differs.map(|stair| (stair.building.clone(), stair.stair));
        Ok(RunCheck { seen, differs, stair_differs })
    }
}
