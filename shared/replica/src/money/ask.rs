//! What a person asks about money, judged and written.

use linli_domain::{
    kernel::{Attachment, Author, Day, Draft, Fen, Moment, Month, SUM_MAX, UnitCode},
    payments::{
        self, Account, Books, CommonIncomeFields, ExpenseFields, Problem, Refusal, RoundFields,
        Statement, TariffFields, account, books, round, statement, treasury,
    },
    shelf::{Room, Shelf},
};
use linli_wire::{FactId, fact::Fact};

use crate::{
    AskError, ReplicaError,
    replica::Replica,
    store::{Listed, Query, Store},
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
    /// Something about a bill run.
    Run(books::Asked),
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
    /// Give somebody a round, or the office's counter: without a building, and without homes.
    OpenRound(RoundFields, Doors),
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

/// Which homes a round has: those of which its collector may take money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    /// Those that it names.
    Named,
    /// Those of its building, or of one stair, that owe something when it is given.
    Owing {
        /// The stair.
        stair: Option<u16>,
    },
    /// All of its building, or of one stair.
    All {
        /// The stair.
        stair: Option<u16>,
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

pub(crate) fn refused(refusal: Refusal) -> AskError {
    AskError::Refused(refusal.word().to_owned())
}

/// Tells of the first problem; where that is mended, of the next one.
pub(super) fn misread(problems: Vec<Problem>) -> AskError {
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
            Ask::Run(asked) => {
                let decided = self.member()?.books.decide_run(author, asked);
                Ok((decided.map_err(refused)?, None, None))
            }
            Ask::Home { unit, asked, round, draft } => {
                let mut asked = asked.clone();
                if let account::Asked::Demand { proof, .. } = &mut asked {
                    *proof = self.photos_of(draft.as_deref())?;
                }
                let decided = self.decide_home(unit, &asked, *round, author, now)?;
                Ok((decided, None, draft.as_deref()))
            }
            Ask::OpenRound(fields, doors) => {
                Ok((self.decide_round(fields, *doors, author, now)?, None, None))
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
        let at = account::At {
            now,
            law,
            round: round.as_ref(),
            count: self.next_receipt(now)?,
            owed: said.owed,
            credit: said.credit,
            asked_back: asked_back(accounts),
            elsewhere: self.elsewhere(asked, author, round.as_ref())?,
            used: self.used(asked)?,
        };
        let reading = self.reading()?;
        reading
            .with_context(unit, year, |context| account.decide(author, asked, &at, context))
            .map_err(refused)
    }

    /// Returns the accounts of a home, the earliest year first.
    pub(crate) fn accounts_of(&self, unit: &UnitCode) -> Result<Vec<Account>, ReplicaError> {
        let query = Query {
            room: Room::Payments.code(),
            listed: Listed::Tag(payments::view::home_tag(unit)),
            limit: u32::MAX,
            ..Query::default()
        };
        let rows = self.store().window(&query)?.rows;
        let accounts: Result<Vec<_>, _> =
            rows.iter().map(|row| self.account(FactId(row.id))).collect();
        let mut accounts: Vec<Account> = accounts?.into_iter().flatten().collect();
        accounts.sort_by_key(|account| account.year);
        Ok(accounts)
    }

    fn account(&self, id: FactId) -> Result<Option<Account>, ReplicaError> {
        let reading = self.reading()?;
        if let Some(kept) = reading.memory.folded.get(&id) {
            return Ok(Some(kept));
        }
        let account = reading.fold_account(&id)?;
        if let Some(account) = &account {
            reading.memory.folded.keep(id, account.clone());
        }
        Ok(account)
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
}

/// Sums up what is asked back and waits for a second person.
fn asked_back(accounts: &[Account]) -> Fen {
    let refunds = accounts.iter().flat_map(|account| account.refunds.values());
    let waiting = refunds.filter(|refund| refund.agreed.is_none());
    Fen::sum(waiting.map(|refund| refund.fields.amount)).unwrap_or(SUM_MAX)
}
