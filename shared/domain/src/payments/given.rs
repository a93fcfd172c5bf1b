//! A street for tests: homes whose money is billed, paid, counted, given back.

use std::collections::BTreeMap;

use linli_wire::{CommunityId, DeviceId, DocumentId, FactId, fact::Fact};

use super::{
    Account, AgreedFields, BankedFields, BillFields, Books, Conditions, CosignedFields,
    CountFields, Fields, Method, Notes, ReceiptFields, ReceiptNumber, RecountFields, RefundFields,
    Round, RoundFields, TakenFields, Treasury, VoidFields, WithdrawalFields, account,
    books::{Roster, given::run_of},
    draft_of,
    ledger::{Ledger, LedgerAccount, Memo, Sources, journal::Words, ledger},
    round::{WORTHS, sum_of},
    view::ReceiptRow,
};
use crate::{
    kernel::{AreaDm2, Author, Day, Fen, Moment, Month, Position, UnitCode, Written},
    law::{Ratio, RuleSet},
    registry::{Unit, UnitKind, UnitStatus},
    repairs::given::{chen, fang, mei, wang},
};

const TARIFF: &str = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n\
    [[charge]]\nname = \"电梯费\"\nkind = \"fixed\"\nrate = 17.03\n";

/// Where all of it lies.
const DOCUMENT: DocumentId = DocumentId([3; 16]);

/// A day, in ms.
const DAY_MS: i64 = 24 * 3_600_000;

/// Homes of one stair, the months that are billed, and what was written.
#[derive(Debug)]
pub struct Street {
    /// The rules.
    pub law: RuleSet,
    /// Tariff and runs.
    pub books: Books,
    /// The homes, in order.
    pub units: Vec<Unit>,
    /// The months that are billed.
    pub months: Vec<Month>,
    /// What was written, in the order of the log.
    pub facts: Vec<Written>,
    counts: BTreeMap<(DeviceId, Month), u16>,
}

impl Street {
    /// Makes so many homes from 3-2-101 on, whose areas differ, and so many months from 2026-01 on. What is
    /// paid late costs 0.05 % a day.
    #[must_use]
    pub fn new(homes: u16, months: u32) -> Option<Self> {
        let law = RuleSet::national().ok()?;
        let unit = |at: u16| {
            let room = format!("{}{:02}", 1 + at / 90, 1 + at % 90);
            Some(Unit {
                code: UnitCode::new("3", 2, &room)?,
                kind: UnitKind::Home,
                area: AreaDm2(7_890 + u64::from(at % 40) * 103),
                basis: "register".to_owned(),
                owners: Vec::new(),
                status: UnitStatus::default(),
            })
        };
        let units = (0..homes).map(unit).collect::<Option<Vec<_>>>()?;
        let first = Month::parse("2026-01")?;
        let months = (0..months).map(|at| first.plus(at)).collect::<Option<Vec<_>>>()?;
        let late = Ratio::percent("0.05")?;
        let books = Books::given(TARIFF, late, &units, &months, &law)?;
        Some(Self { law, books, units, months, facts: Vec::new(), counts: BTreeMap::new() })
    }

    /// Returns noon of a day of a month, from 1.
    #[must_use]
    pub fn noon(month: Month, day: u32) -> Option<Moment> {
        let begins = month.first()?.in_days(u64::from(day.saturating_sub(1)))?.begins(0)?;
        Some(Moment(begins.0 + DAY_MS / 6))
    }

    /// Writes a fact; it comes last in the log, an hour after it was written.
    pub fn write(
        &mut self,
        author: &Author,
        about: Option<FactId>,
        fields: &Fields,
        at: Moment,
    ) -> FactId {
        let draft = draft_of(fields, about);
        let (kind, by, at, about) = (draft.kind, author.device, at.0, draft.about);
        let fact =
            Fact { kind, by, at, about, fields: draft.fields, supersedes: vec![], sig: None };
        let id = FactId::of(&DOCUMENT, &fact.encode());
        let seq = u64::try_from(self.facts.len()).unwrap_or_default() + 1;
        let place = Some(Position { seq, index: 0, stamp: Moment(at + 3_600_000) });
        self.facts.push(Written { id, fact, author: author.clone(), place });
        id
    }

    fn account(unit: &UnitCode, at: Moment) -> Option<FactId> {
        Some(Account::id(unit, Account::year_of(at)))
    }

    /// Bills a home for a month.
    pub fn bill(&mut self, home: usize, month: Month) -> Option<FactId> {
        let unit = self.units.get(home)?.code.clone();
        let (run, conditions) = (run_of(month), Conditions::default());
        let total = self.books.run(&run)?.bill(&unit, &conditions).ok()?.total;
        let at = Self::noon(month, 3)?;
        let about = Self::account(&unit, at);
        let fields = Fields::Bill(BillFields { unit, run, conditions, total });
        Some(self.write(&wang(), about, &fields, at))
    }

    /// Opens a round of Chen's over all homes.
    pub fn open_round(&mut self, month: Month) -> Option<FactId> {
        let units = self.units.iter().map(|unit| unit.code.clone()).take(400).collect();
        let (from, to) = (month.first()?, month.first()?.in_days(90)?);
        let (building, collector) = (Some("3".to_owned()), chen().person);
        let fields = Fields::Round(RoundFields { building, collector, units, from, to });
        Some(self.write(&wang(), None, &fields, Self::noon(month, 1)?))
    }

    /// Takes money: cash by Chen on a round, anything else by Wang; numbered in turn, or as it is said.
    pub fn receive(&mut self, money: &Money, numbered: Option<u16>) -> Option<FactId> {
        let Money { home, amount, method, round, at, .. } = *money;
        let unit = self.units.get(home)?.code.clone();
        let cash = method == Method::Cash;
        let author = if cash { chen() } else { wang() };
        let month = Month::of(Day::of(at, self.law.utc_offset_minutes)?);
        let count = self.counts.entry((author.device, month)).or_default();
        *count += 1;
        let number = ReceiptNumber::new(&author.device, month, numbered.unwrap_or(*count))?;
        let about = Self::account(&unit, at);
        let own = || format!("2026{:012}", self.facts.len());
        let reference = Some(money.reference.map_or_else(own, str::to_owned));
        let fields = Fields::Receipt(ReceiptFields {
            unit,
            amount,
            method,
            number,
            choice: None,
            round: cash.then_some(round),
            slip: None,
            reference: reference.filter(|_| !cash),
            reason: None,
            ahead: false,
        });
        Some(self.write(&author, about, &fields, at))
    }

    /// Asks for a receipt to be void, or for money to be given back, and lets another person agree.
    pub fn undo(&mut self, home: usize, what: Undo, at: Moment) -> Option<FactId> {
        let unit = self.units.get(home)?.code.clone();
        let reason = "写错了".to_owned();
        let (fields, of) = match what {
            Undo::Void { receipt, taken } => {
                (Fields::Void(VoidFields { unit: unit.clone(), receipt, reason }), taken)
            }
            Undo::Refund(amount) => {
                let method = Method::Bank;
                (Fields::Refund(RefundFields { unit: unit.clone(), amount, method, reason }), at)
            }
        };
        let about = Self::account(&unit, of);
        let to = self.write(&wang(), about, &fields, at);
        let agreed = Fields::Agreed(AgreedFields { unit, to });
        self.write(&fang(), about, &agreed, Moment(at.0 + DAY_MS / 12));
        Some(to)
    }

    /// Asks for the run of a month to be withdrawn, and lets another person agree.
    pub fn withdraw(&mut self, month: Month, at: Moment) -> FactId {
        let (run, about) = (run_of(month), Some(Books::id()));
        let fields = WithdrawalFields { run, reason: "单价错了".to_owned() };
        let to = self.write(&wang(), about, &Fields::Withdrawal(fields), at);
        let agreed = Fields::WithdrawalAgreed(CosignedFields { to });
        self.write(&fang(), about, &agreed, Moment(at.0 + DAY_MS / 12))
    }

    /// Returns the books after the withdrawals among facts, in whatever order they come.
    #[must_use]
    pub fn books_of(&self, facts: &[Written]) -> Books {
        self.books.given_back(facts, self.law.repairs.late_sync_days_max)
    }

    /// Counts receipts of a round; `off` is what is over.
    pub fn count(&mut self, round: FactId, receipts: &[FactId], off: i64, at: Moment) -> FactId {
        let mut receipts = receipts.to_vec();
        receipts.sort();
        let amount = |id: &FactId| match self.fields(id) {
            Some(Fields::Receipt(fields)) => fields.amount.get(),
            _ => 0,
        };
        let expected: i64 = receipts.iter().map(amount).sum();
        let (notes, reason) = (notes(expected + off), "找零".to_owned());
        let expected = Fen::new(expected);
        let fields = Fields::Counted(CountFields { receipts, notes, expected, reason });
        self.write(&chen(), Some(round), &fields, at)
    }

    /// Counts it anew and takes it over; `off` is what is over against the count.
    pub fn take(&mut self, round: FactId, count: FactId, off: i64, at: Moment) -> Option<FactId> {
        let Some(Fields::Counted(counted)) = self.fields(&count) else { return None };
        let notes = notes(sum_of(&counted.notes).ok()?.get() + off);
        let fields = Fields::Recounted(RecountFields { count, notes });
        let recount = self.write(&wang(), Some(round), &fields, at);
        let reason = "重点两遍".to_owned();
        let fields = Fields::Taken(TakenFields { recount, reason });
        Some(self.write(&wang(), Some(round), &fields, at))
    }

    /// Pays a count into the bank.
    pub fn bank(&mut self, round: FactId, count: FactId, amount: Fen, at: Moment) -> FactId {
        let (slip, proof) = ("工行0917".to_owned(), Vec::new());
        let fields = Fields::Banked(BankedFields { count, amount, slip, proof });
        self.write(&wang(), Some(round), &fields, at)
    }

    fn fields(&self, id: &FactId) -> Option<Fields> {
        Fields::of(&self.facts.iter().find(|fact| fact.id == *id)?.fact)
    }

    /// Folds homes and rounds from facts, in whatever order they come.
    #[must_use]
    pub fn folded(&self, facts: &[Written]) -> (Vec<Account>, Vec<Round>) {
        let mut about: BTreeMap<FactId, Vec<Written>> = BTreeMap::new();
        for fact in facts {
            about.entry(fact.fact.about.unwrap_or(fact.id)).or_default().push(fact.clone());
        }
        let author_of = |_: &DeviceId, _: Option<Position>, _: i64| mei();
        let books = self.books_of(facts);
        let context = account::Context {
            community: CommunityId([7; 32]),
            books: &books,
            late_sync_days_max: self.law.repairs.late_sync_days_max,
            utc_offset_minutes: self.law.utc_offset_minutes,
            document: DOCUMENT,
            author_of: &author_of,
        };
        let accounts: Vec<Account> =
            about.iter().filter_map(|(id, facts)| Account::fold(id, facts, &context)).collect();
        let round = |(id, facts): (&FactId, &Vec<Written>)| {
            let opening = facts.iter().find(|fact| fact.id == *id)?;
            let later: Vec<Written> = facts.iter().filter(|f| f.id != *id).cloned().collect();
            let receipts = accounts.iter().flat_map(|account| account.receipts.values());
            let receipts = receipts.filter(|receipt| receipt.fields.round == Some(*id));
            let receipts = receipts.map(|receipt| ReceiptRow::of(receipt).for_round());
            Round::fold(opening, &later, receipts, context.late_sync_days_max).ok()
        };
        let rounds = about.iter().filter_map(round).collect();
        (accounts, rounds)
    }

    /// Folds the treasury from facts, in whatever order they come.
    #[must_use]
    pub fn treasury(&self, facts: &[Written]) -> Treasury {
        let about = facts.iter().filter(|fact| fact.fact.about == Some(Treasury::id()));
        let facts: Vec<Written> = about.cloned().collect();
        Treasury::fold_with(&facts, &self.law, &mut |units| self.roster(units))
    }

    /// Returns the register of all homes, if they are so many.
    #[must_use]
    pub fn roster(&self, units: u32) -> Option<Roster> {
        let all = u32::try_from(self.units.len()).ok() == Some(units);
        all.then(|| Roster::new(self.units.iter().map(|unit| (&unit.code, unit))))
    }

    /// Derives the ledger from facts, in whatever order they come.
    #[must_use]
    pub fn ledger(&self, facts: &[Written]) -> Option<Ledger> {
        let (accounts, rounds) = self.folded(facts);
        let treasury = self.treasury(facts);
        let (books, law, treasury) = (&self.books_of(facts), &self.law, &treasury);
        ledger(&Sources { accounts: &accounts, rounds: &rounds, books, treasury, law })
    }
}

/// Money that is taken.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    /// The place of the home.
    pub home: usize,
    /// How much.
    pub amount: Fen,
    /// How.
    pub method: Method,
    /// The round, for cash.
    pub round: FactId,
    /// When.
    pub at: Moment,
    /// The reference of bank or wallet; one of its own if none is said.
    pub reference: Option<&'static str>,
}

/// What is undone.
#[derive(Clone, Copy, Debug)]
pub enum Undo {
    /// A receipt, and when it was taken.
    Void {
        /// The receipt.
        receipt: FactId,
        /// When it was taken.
        taken: Moment,
    },
    /// Something is given back.
    Refund(Fen),
}

/// The words of a journal: stable names alone, and a text that would break a line.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Words for Plain {
    fn account(&self, account: &LedgerAccount) -> String {
        account.class().word().to_owned()
    }

    fn memo(&self, memo: Memo) -> String {
        memo.word().to_owned()
    }

    fn opening(&self) -> String {
        "opening".to_owned()
    }

    fn month_end(&self) -> String {
        "month; end | \"all\"".to_owned()
    }
}

/// Notes and coins for a sum, as few as may be.
fn notes(mut fen: i64) -> Vec<Notes> {
    let mut notes = Vec::new();
    for worth in WORTHS {
        let pieces = u32::try_from(fen / worth).unwrap_or_default();
        if pieces > 0 {
            notes.push(Notes { worth: Fen::new(worth), pieces });
            fen -= i64::from(pieces) * worth;
        }
    }
    notes
}
