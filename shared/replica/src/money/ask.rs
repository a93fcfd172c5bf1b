//! What a person asks about money, judged and written.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::{Attachment, Author, Day, Draft, Moment, Month, UnitCode, When},
    payments::{
        self, Account, BillFields, Books, CommonIncomeFields, ExpenseFields, Fields, Problem,
        Refusal, Round, RoundFields, RunAsked, Span, Statement, TariffFields, account, books,
        round, statement, treasury,
    },
    shelf::{self, Room, Shelf},
};
use linli_seal::Chance;
use linli_wire::{FactId, fact::Fact};

use crate::{
    AskError, ReplicaError,
    act::Filed,
    memory::meta,
    replica::Replica,
    store::{Durability, Listed, Query, Store, Table},
    stored::FactRow,
};

/// What a person asks about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Let a tariff come into force.
    Tariff {
        /// What.
        fields: TariffFields,
        /// The draft it was pasted in.
        draft: Option<String>,
    },
    /// Bill all homes by the tariff that came last.
    Bill {
        /// Which months, and which homes are not as usual.
        run: BillAsked,
        /// The draft the homes were pasted in.
        draft: Option<String>,
    },
    /// Something about the money of a home.
    Home {
        /// The home.
        unit: UnitCode,
        /// What.
        asked: account::Asked,
        /// The round that cash is taken on.
        round: Option<FactId>,
        /// The draft whose photos go with it.
        draft: Option<String>,
    },
    /// Give somebody a round; without units, of all homes of its building.
    OpenRound(RoundFields),
    /// Something about a round.
    Round {
        /// The round.
        round: FactId,
        /// What.
        asked: round::Asked,
        /// The draft whose photos go with it.
        draft: Option<String>,
    },
    /// Something about the owners' common money.
    Treasury {
        /// What.
        asked: treasury::Asked,
        /// The draft whose photos go with it.
        draft: Option<String>,
    },
}

/// A bill run, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillAsked {
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
    /// When it is due.
    pub due: Day,
    /// The homes that are not as usual, as a table ([`books::conditions`]).
    pub homes: String,
}

/// A home with what is known of its money.
pub(super) struct Home<'a> {
    pub(super) unit: &'a UnitCode,
    /// Its accounts, the earliest year first.
    pub(super) accounts: &'a [Account],
    /// What it owes by them.
    pub(super) said: &'a Statement,
}

/// A draft with where it is filed, if it does not say so itself, and the draft of the screen it came from.
type Decided<'a> = (Draft, Option<Shelf>, Option<&'a str>);

pub(super) fn refused(refusal: Refusal) -> AskError {
    AskError::Refused(refusal.word().to_owned())
}

/// Tells of the first problem; where that is mended, of the next one.
fn misread(problems: Vec<Problem>) -> AskError {
    match problems.into_iter().next() {
        Some(first) => AskError::Misread(Box::new(first)),
        None => refused(Refusal::Unreadable),
    }
}

impl<S: Store> Replica<S> {
    pub(crate) fn decide_money<'a>(
        &self,
        ask: &'a Ask,
        author: &Author,
        now: Moment,
    ) -> Result<Decided<'a>, AskError> {
        match ask {
            Ask::Tariff { fields, draft } => {
                let law = self.member()?.current.law();
                let decided = Books::decide(author, fields, law);
                if decided == Err(Refusal::BadTariff) {
                    payments::tariff::read(&fields.text, law).map_err(misread)?;
                }
                Ok((decided.map_err(refused)?, None, draft.as_deref()))
            }
            // A run is many facts: it is written by `bill`.
            Ask::Bill { .. } => Err(refused(Refusal::Unreadable)),
            Ask::Home { unit, asked, round, draft } => {
                let mut asked = asked.clone();
                if let account::Asked::Demand { proof, .. } = &mut asked {
                    *proof = self.photos_of(draft.as_deref())?;
                }
                let decided = self.decide_home(unit, &asked, *round, author, now)?;
                Ok((decided, None, draft.as_deref()))
            }
            Ask::OpenRound(fields) => {
                let registry = &self.member()?.current;
                let known = |unit: &UnitCode| registry.unit(unit).is_some();
                let collects = registry.person_at(&fields.collector, When::Now(now));
                if !fields.units.iter().all(known) || collects.is_empty() {
                    return Err(refused(Refusal::Unknown));
                }
                let mut fields = fields.clone();
                if let (true, Some(building)) = (fields.units.is_empty(), &fields.building) {
                    let units = registry.units().map(|unit| &unit.code);
                    fields.units = units.filter(|u| u.building() == building).cloned().collect();
                }
                Ok((Round::open(author, &fields).map_err(refused)?, None, None))
            }
            Ask::Round { round, asked, draft } => {
                let state = self.round_state(round)?.ok_or_else(|| refused(Refusal::Unknown))?;
                let shelf = self.shelf_of_round(&state)?;
                let mut asked = asked.clone();
                if let round::Asked::Bank { proof, .. } = &mut asked {
                    *proof = self.photos_of(draft.as_deref())?;
                }
                let decided = state.decide(author, &asked).map_err(refused)?;
                Ok((decided, Some(shelf), draft.as_deref()))
            }
            Ask::Treasury { asked, draft } => {
                let mut asked = asked.clone();
                if let treasury::Asked::Spend { proof, .. }
                | treasury::Asked::Earn(CommonIncomeFields { proof, .. })
                | treasury::Asked::Pay(ExpenseFields { proof, .. }) = &mut asked
                    && proof.is_empty()
                {
                    *proof = self.photos_of(draft.as_deref())?;
                }
                let decided = self.decide_treasury(&asked, author, now)?;
                Ok((decided, None, draft.as_deref()))
            }
        }
    }

    fn photos_of(&self, draft: Option<&str>) -> Result<Vec<Attachment>, ReplicaError> {
        let draft = draft.map(|draft| self.draft(draft)).transpose()?;
        Ok(draft.map(|draft| draft.attachments).unwrap_or_default())
    }

    fn decide_home(
        &self,
        unit: &UnitCode,
        asked: &account::Asked,
        round: Option<FactId>,
        author: &Author,
        now: Moment,
    ) -> Result<Draft, AskError> {
        let accounts = &self.accounts_of(unit)?;
        let said = &self.statement_of(accounts, now)?;
        self.decide_on(&Home { unit, accounts, said }, asked, round, author, now)
    }

    /// Judges what is asked about a home whose accounts are folded already.
    pub(super) fn decide_on(
        &self,
        home: &Home<'_>,
        asked: &account::Asked,
        round: Option<FactId>,
        author: &Author,
        now: Moment,
    ) -> Result<Draft, AskError> {
        let Home { unit, accounts, said } = *home;
        let memory = self.member()?;
        let law = memory.current.law();
        if memory.current.unit(unit).is_none() {
            return Err(refused(Refusal::Unknown));
        }
        let year = match asked {
            account::Asked::Receive(_)
            | account::Asked::Refund { .. }
            | account::Asked::Demand { .. }
            | account::Asked::PayFund { .. }
            | account::Asked::TakeDeposit { .. } => Account::year_of(now),
            account::Asked::ReturnDeposit { deposit: to, .. }
            | account::Asked::Void { receipt: to, .. }
            | account::Asked::KeepCredit { receipt: to }
            | account::Asked::Agree { to } => {
                let of = accounts.iter().find(|account| account.holds(to));
                of.ok_or_else(|| refused(Refusal::Unknown))?.year
            }
            account::Asked::Acknowledge { receipt } => {
                let fact = Fact::decode(receipt).map_err(|_| refused(Refusal::Unreadable))?;
                Account::year_of(Moment(fact.at))
            }
        };
        let account = accounts.iter().find(|account| account.year == year).cloned();
        let account = account.unwrap_or_else(|| Account::new(unit.clone(), year));
        let round = round.map(|round| self.round_state(&round)).transpose()?.flatten();
        let counted = self.counted_of(asked, &account)?;
        let at = account::At {
            now,
            law,
            round: round.as_ref(),
            count: self.next_receipt(now)?,
            owed: said.owed,
            credit: said.credit,
            counted: &counted,
        };
        let reading = self.reading()?;
        reading
            .with_context(unit, year, |context| account.decide(author, asked, &at, context))
            .map_err(refused)
    }

    /// Returns the receipts that were counted, on the round of the one that is asked about.
    fn counted_of(
        &self,
        asked: &account::Asked,
        account: &Account,
    ) -> Result<BTreeSet<FactId>, ReplicaError> {
        let about = |receipt: &&account::Receipt| match asked {
            account::Asked::Void { receipt: id, .. } => receipt.id == *id,
            account::Asked::Agree { to } => receipt.void.as_ref().is_some_and(|v| v.id == *to),
            account::Asked::Receive(_)
            | account::Asked::Refund { .. }
            | account::Asked::Acknowledge { .. }
            | account::Asked::Demand { .. }
            | account::Asked::KeepCredit { .. }
            | account::Asked::PayFund { .. }
            | account::Asked::TakeDeposit { .. }
            | account::Asked::ReturnDeposit { .. } => false,
        };
        let round = account.receipts.values().find(about).and_then(|receipt| receipt.fields.round);
        let round = round.map(|round| self.round_state(&round)).transpose()?.flatten();
        Ok(round.map(|round| round.counted()).unwrap_or_default())
    }

    /// Returns the count that this phone's next receipt of the month has.
    fn next_receipt(&self, now: Moment) -> Result<u16, ReplicaError> {
        let offset = self.member()?.current.law().utc_offset_minutes;
        let month = Day::of(now, offset).map(|day| Month::of(day).to_string()).unwrap_or_default();
        let key = [meta::RECEIPTS, month.as_bytes()].concat();
        let last = self.store().get(Table::Meta, &key)?.and_then(|last| last.try_into().ok());
        Ok(last.map_or(0, u16::from_be_bytes).saturating_add(1))
    }

    pub(crate) fn round_state(&self, id: &FactId) -> Result<Option<Round>, ReplicaError> {
        Ok(self.reading()?.fold_round(id)?.map(|(_, round)| round))
    }

    fn shelf_of_round(&self, round: &Round) -> Result<Shelf, ReplicaError> {
        let row = self.store().get(Table::Fact, &round.id.0)?;
        let row = FactRow::decode(&row.ok_or(ReplicaError::Damaged { row: "round" })?)?;
        Ok(shelf::shelf_of_round(round, Moment(Fact::decode(&row.bytes)?.at)))
    }

    /// Returns the accounts of a home, the earliest year first.
    pub(crate) fn accounts_of(&self, unit: &UnitCode) -> Result<Vec<Account>, ReplicaError> {
        let query = Query {
            room: Room::Payments.code(),
            listed: Listed::Tag(payments::view::home_tag(unit)),
            limit: u32::MAX,
            ..Query::default()
        };
        let reading = self.reading()?;
        let rows = self.store().window(&query)?.rows;
        let accounts: Result<Vec<_>, _> =
            rows.iter().map(|row| reading.fold_account(&FactId(row.id))).collect();
        let mut accounts: Vec<Account> = accounts?.into_iter().flatten().collect();
        accounts.sort_by_key(|account| account.year);
        Ok(accounts)
    }

    pub(crate) fn statement_of(
        &self,
        accounts: &[Account],
        now: Moment,
    ) -> Result<Statement, ReplicaError> {
        let memory = self.member()?;
        let law = memory.current.law();
        let said = Day::of(now, law.utc_offset_minutes)
            .and_then(|today| statement(accounts, &memory.books, today, law));
        said.ok_or(ReplicaError::Broken { invariant: "what a home owes can be held" })
    }

    /// Writes a bill run: the header, then a bill into each home's circle, all or nothing.
    pub(crate) fn bill(
        &mut self,
        asked: &BillAsked,
        draft: Option<&str>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<FactId, AskError> {
        self.check_version()?;
        let memory = self.member()?;
        let author = self.viewer(now)?;
        if !books::may_bill(&author) {
            return Err(refused(Refusal::NotYours));
        }
        let run = self.run_asked(asked)?;
        let bills = memory.books.compute(&run, &memory.current).map_err(refused)?;
        let community = memory.community;
        let header = payments::draft_of(&Fields::Run(bills.header), Some(Books::id()));
        let header = Filed::new(self.keys(), &community, header, None, now)?;
        let year = Account::year_of(now);
        let fact = header.fact.clone();
        let id = self.work(Durability::Full, |work| {
            let run = work.write(header, None, now, chance)?;
            work.send_attachments(&fact, draft)?;
            for (unit, conditions, total) in bills.bills {
                let about = Some(Account::id(&unit, year));
                let bill = Fields::Bill(BillFields { unit, run, conditions, total });
                let draft = payments::draft_of(&bill, about);
                let filed = Filed::new(work.keys, &community, draft, None, now)?;
                work.write(filed, None, now, chance)?;
            }
            Ok(run)
        })?;
        Ok(id)
    }

    /// Reads which run is asked for: by the tariff that came last, and the table of homes.
    fn run_asked(&self, asked: &BillAsked) -> Result<RunAsked, AskError> {
        let memory = self.member()?;
        let tariffs = memory.books.tariffs();
        let tariff = tariffs.first().ok_or_else(|| refused(Refusal::BadTariff))?;
        let BillAsked { from, to, due, .. } = *asked;
        let span = Span::new(from, to).ok_or_else(|| refused(Refusal::BadTime))?;
        let known = |unit: &UnitCode| memory.current.unit(unit).is_some();
        let conditions = books::conditions::read(&asked.homes, span, &tariff.tariff, known);
        let conditions = conditions.map_err(misread)?;
        Ok(RunAsked { tariff: tariff.id, from, to, due, conditions })
    }
}
