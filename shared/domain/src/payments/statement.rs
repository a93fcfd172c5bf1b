//! What a home owes: its bills, what each payment settled, late fees, credit.
//!
//! Bills and payments are taken in time. A payment settles what is owed on its day, the payer's choice
//! first ([`settle`](super::settle())); what is left over is credit, which the next bill takes up. A late
//! fee grows on what is left of a bill's principal; what had grown on a part before it was paid stays owed.
//!
//! When a run is withdrawn, what was paid on its bill until then becomes credit on that day, and pays what else is
//! owed. Earlier payments are not settled anew: what the ledger said before that day stays true.

use linli_wire::FactId;

use super::{
    Account, Books, LateFee, Limitation,
    account::{self, Bill},
    books::Run,
    late, limitation,
    settle::{Due, pay_off},
};
use crate::{
    kernel::{Day, Fen, Moment, Month},
    law::{Money, Ratio, RuleSet},
};

/// A bill, and what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The bill.
    pub bill: FactId,
    /// Its run.
    pub run: FactId,
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
    /// When it is due.
    pub due: Day,
    /// What it is.
    pub total: Fen,
    /// What is left of it.
    pub left: Fen,
    /// What is owed for lateness on the day of the statement.
    pub late: Fen,
    /// What was paid for lateness.
    pub late_paid: Fen,
    /// Whether that grows no more on what is left: the RuleSet's `late_cap` is reached, and a court may cut
    /// what was agreed (Civil Code 585).
    pub late_capped: bool,
    /// Whether its run was withdrawn: then nothing of it is owed or paid.
    pub withdrawn: bool,
    /// Until when it can be enforced in court, and how often it was demanded.
    pub limitation: Option<Limitation>,
}

/// What a payment settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The receipt.
    pub receipt: FactId,
    /// Bill by bill: principal and late fee.
    pub parts: Vec<(FactId, Fen, Fen)>,
    /// What was left over.
    pub credit: Fen,
}

/// What a home owes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The bills, the one due first first; those that were withdrawn are among them.
    pub bills: Vec<Owed>,
    /// The payments, in time.
    pub applied: Vec<Applied>,
    /// What is owed in all.
    pub owed: Fen,
    /// What the home has to its credit.
    pub credit: Fen,
    /// Receipts for more than was owed, without anybody having meant it: two people paid, or two
    /// collectors took it. Somebody has to give it back or agree that it stays.
    pub twice: Vec<FactId>,
    /// Refunds for more than the home had to its credit then.
    pub over_refunded: Vec<FactId>,
}

impl Owed {
    /// Tells whether something of it is left to pay.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.left > Fen::ZERO || self.late > Fen::ZERO
    }
}

impl Statement {
    /// Returns the bills of which something is left to pay, the one due first first.
    pub fn open(&self) -> impl Iterator<Item = &Owed> {
        self.bills.iter().filter(|owed| owed.is_open())
    }
}

/// Computes what a home owes at the end of a day, from the accounts of all its years. `None` where a sum
/// cannot be held.
#[must_use]
pub fn statement(
    accounts: &[Account],
    books: &Books,
    today: Day,
    law: &RuleSet,
) -> Option<Statement> {
    let years: Vec<&Account> = accounts.iter().collect();
    let course = course(&years, books, law)?;
    let mut said = course.said;
    for mut debt in course.debts {
        debt.owed.late = debt.late_at(today, &law.money)?;
        debt.owed.late_capped = debt.growing(today, &law.money)?.capped;
        said.owed = said.owed.plus(debt.owed.left)?.plus(debt.owed.late)?;
        debt.owed.limitation = limited(&debt, accounts, law.utc_offset_minutes, &law.money);
        said.bills.push(debt.owed);
    }
    said.bills.sort_by_key(|owed| (owed.due, owed.bill));
    Some(said)
}

/// What of a payment went where: bill, principal, late fee.
type Parts = Vec<(FactId, Fen, Fen)>;

/// How a home came to owe what it owes.
pub(super) struct Course<'a> {
    rules: &'a Money,
    /// All bills, paid or not, also those that were withdrawn.
    pub(super) debts: Vec<Open<'a>>,
    /// Which of them are not paid, in time: the others are not looked at again.
    open: Vec<usize>,
    /// Payments, credit, what was paid twice; the bills are still in `debts`.
    pub(super) said: Statement,
    /// What was paid for lateness, by the receipt it was paid with, or the bill that took up the credit.
    pub(super) late: Vec<(FactId, Fen)>,
    /// The bills that were withdrawn, in time.
    pub(super) withdrawn: Vec<Reversal>,
}

/// What the withdrawal of a run takes back of a home's bill.
pub(super) struct Reversal {
    /// The place of the bill among the debts.
    pub(super) debt: usize,
    /// The fact that agreed.
    pub(super) agreed: FactId,
    /// When it has its effect on this bill.
    pub(super) when: Moment,
    /// What had been paid for lateness of it, less what the credit now pays for lateness of others; below zero
    /// if that is more.
    pub(super) late: Fen,
}

/// Takes bills and payments of a home in time; its years are given with the earliest first. `None` where a
/// sum cannot be held.
pub(super) fn course<'a>(
    years: &[&'a Account],
    books: &Books,
    law: &'a RuleSet,
) -> Option<Course<'a>> {
    let offset = law.utc_offset_minutes;
    let (debts, events) = events(years, books);
    let mut course = Course {
        rules: &law.money,
        debts,
        open: Vec::new(),
        said: Statement::default(),
        late: Vec::new(),
        withdrawn: Vec::new(),
    };
    for (when, _, id, event) in events {
        let day = Day::of(when, offset)?;
        match event {
            Event::Bill(at) => course.bill(at, id, day)?,
            Event::Payment(payment) => course.payment(id, &payment, day)?,
            Event::Withdrawn(at) => course.withdraw(at, id, when, day)?,
            Event::Refund(amount) => {
                let left = course.said.credit.minus(amount)?;
                if left < Fen::ZERO {
                    course.said.over_refunded.push(id);
                }
                course.said.credit = left.max(Fen::ZERO);
            }
        }
    }
    if course.said.credit == Fen::ZERO {
        course.said.twice.clear();
    }
    Some(course)
}

/// A bill on its way.
pub(super) struct Open<'a> {
    pub(super) bill: &'a Bill,
    pub(super) owed: Owed,
    rate: Ratio,
    /// What had grown on parts before they were paid.
    grown: Fen,
}

impl Open<'_> {
    /// What is owed for lateness on a day.
    pub(super) fn late_at(&self, day: Day, rules: &Money) -> Option<Fen> {
        self.grown.plus(self.growing(day, rules)?.fee)?.minus(self.owed.late_paid)
    }

    /// What has grown on a day on what is left.
    fn growing(&self, day: Day, rules: &Money) -> Option<LateFee> {
        late(self.owed.due, day, self.owed.left, self.rate, rules.late_cap).ok()
    }

    /// Nothing is left of it, and nothing will grow any more.
    fn is_settled(&self) -> bool {
        self.owed.left == Fen::ZERO && self.grown == self.owed.late_paid
    }
}

/// Something that moves money; small, as it is sorted, and with all that is needed, as what it is taken
/// from is not looked up again in the order of time.
#[derive(Clone, Copy)]
enum Event {
    /// The bill at a place among the debts.
    Bill(usize),
    Payment(Payment),
    Refund(Fen),
    /// The run of the bill at a place among the debts was withdrawn.
    Withdrawn(usize),
}

/// What is paid, and what for.
#[derive(Clone, Copy)]
struct Payment {
    amount: Fen,
    choice: Option<FactId>,
    /// Whether it is meant to be more than is owed.
    more: bool,
}

/// A move with what orders it: moment, rank within it, fact.
type Timed = (Moment, u8, FactId, Event);

/// The bills, and everything that moves money, in time; bills before payments of one moment.
fn events<'a>(accounts: &[&'a Account], books: &Books) -> (Vec<Open<'a>>, Vec<Timed>) {
    let bills = accounts.iter().map(|account| account.bills.len()).sum();
    let receipts: usize = accounts.iter().map(|account| account.receipts.len()).sum();
    let (mut debts, mut events) = (Vec::with_capacity(bills), Vec::with_capacity(bills + receipts));
    for bill in account::one_of_each_run(accounts) {
        let Some(run) = books.run(&bill.fields.run) else { continue };
        events.push((bill.when, 0, bill.id, Event::Bill(debts.len())));
        if let Some(agreed) = run.withdrawn() {
            // A bill that comes later still goes as it came.
            let when = agreed.when.max(bill.when);
            events.push((when, 3, agreed.id, Event::Withdrawn(debts.len())));
        }
        debts.push(open(bill, run));
    }
    for account in accounts {
        for receipt in account.receipts.values().filter(|receipt| !receipt.is_void()) {
            let (amount, choice) = (receipt.fields.amount, receipt.fields.choice);
            let more = receipt.fields.ahead || receipt.credit_kept;
            let payment = Payment { amount, choice, more };
            events.push((receipt.when, 1, receipt.id, Event::Payment(payment)));
        }
        for refund in account.refunds.values() {
            // It is given once the second person agrees.
            let Some(when) = refund.agreed_when else { continue };
            events.push((when, 2, refund.id, Event::Refund(refund.fields.amount)));
        }
    }
    // As numbers ids have the order of their bytes, and are compared at once.
    events.sort_unstable_by_key(|(when, rank, id, _)| (*when, *rank, u128::from_be_bytes(id.0)));
    (debts, events)
}

fn open<'a>(bill: &'a Bill, run: &Run) -> Open<'a> {
    let owed = Owed {
        bill: bill.id,
        run: run.id,
        from: run.fields.from,
        to: run.fields.to,
        due: run.fields.due,
        total: bill.fields.total,
        left: bill.fields.total,
        late: Fen::ZERO,
        late_paid: Fen::ZERO,
        late_capped: false,
        withdrawn: false,
        limitation: None,
    };
    Open { bill, owed, rate: run.late_per_day, grown: Fen::ZERO }
}

impl Course<'_> {
    /// A new bill takes up the credit.
    fn bill(&mut self, at: usize, bill: FactId, day: Day) -> Option<()> {
        self.open.push(at);
        let credit = std::mem::take(&mut self.said.credit);
        let (parts, credit) = self.pay(credit, None, day)?;
        self.said.credit = credit;
        self.note_late(bill, &parts)
    }

    fn payment(&mut self, receipt: FactId, payment: &Payment, day: Day) -> Option<()> {
        let (parts, credit) = self.pay(payment.amount, payment.choice, day)?;
        self.said.credit = self.said.credit.plus(credit)?;
        if credit > Fen::ZERO && !payment.more {
            self.said.twice.push(receipt);
        }
        self.note_late(receipt, &parts)?;
        self.said.applied.push(Applied { receipt, parts, credit });
        Some(())
    }

    /// What was paid on a bill is credit again, and pays what is owed on that day.
    fn withdraw(&mut self, at: usize, agreed: FactId, when: Moment, day: Day) -> Option<()> {
        self.open.retain(|open| *open != at);
        let debt = self.debts.get_mut(at)?;
        let owed = &mut debt.owed;
        let (paid, late) = (owed.total.minus(owed.left)?, owed.late_paid);
        (owed.left, owed.late_paid, owed.withdrawn) = (Fen::ZERO, Fen::ZERO, true);
        debt.grown = Fen::ZERO;
        let credit = self.said.credit.plus(paid)?.plus(late)?;
        let (parts, credit) = self.pay(credit, None, day)?;
        self.said.credit = credit;
        let spent = Fen::sum(parts.iter().map(|(_, _, late)| *late))?;
        let late = late.minus(spent)?;
        self.withdrawn.push(Reversal { debt: at, agreed, when, late });
        Some(())
    }

    fn note_late(&mut self, by: FactId, parts: &[(FactId, Fen, Fen)]) -> Option<()> {
        let late = Fen::sum(parts.iter().map(|(_, _, late)| *late))?;
        if late > Fen::ZERO {
            self.late.push((by, late));
        }
        Some(())
    }

    /// Settles what is owed on a day; returns what went where, and what is left over.
    fn pay(&mut self, amount: Fen, choice: Option<FactId>, day: Day) -> Option<(Parts, Fen)> {
        if amount == Fen::ZERO {
            return Some((Vec::new(), amount));
        }
        let mut dues = Vec::with_capacity(self.open.len());
        let mut chosen = None;
        for (turn, at) in self.open.iter().enumerate() {
            let open = self.debts.get(*at)?;
            let late = open.late_at(day, self.rules)?;
            let Owed { due, left: principal, bill, .. } = open.owed;
            // What is paid already cannot be chosen: the payment goes on as if nothing were.
            if choice == Some(bill) && (principal > Fen::ZERO || late > Fen::ZERO) {
                chosen = Some(turn);
            }
            dues.push(Due { due, principal, late });
        }
        let (paid, credit) = pay_off(&dues, amount, self.rules.alloc_order, chosen)?;
        let mut parts = Vec::new();
        for (at, paid) in self.open.iter().zip(paid) {
            if paid.principal == Fen::ZERO && paid.late == Fen::ZERO {
                continue;
            }
            let open = self.debts.get_mut(*at)?;
            let before = open.late_at(day, self.rules)?;
            open.owed.left = open.owed.left.minus(paid.principal)?;
            // What had grown on the part that is paid now stays owed.
            open.grown = open.grown.plus(before.minus(open.late_at(day, self.rules)?)?)?;
            open.owed.late_paid = open.owed.late_paid.plus(paid.late)?;
            parts.push((open.owed.bill, paid.principal, paid.late));
        }
        let debts = &self.debts;
        self.open.retain(|at| debts.get(*at).is_some_and(|debt| !debt.is_settled()));
        Some((parts, credit))
    }
}

/// Finds until when a bill can be enforced, by the demands that name it.
fn limited(open: &Open, accounts: &[Account], offset: i32, rules: &Money) -> Option<Limitation> {
    let demands = accounts.iter().flat_map(|account| &account.demands);
    let named = demands.filter(|demand| demand.fields.bills.contains(&open.owed.bill));
    let days: Vec<Day> = named.filter_map(|demand| Day::of(demand.when, offset)).collect();
    limitation(open.owed.due, &days, rules.limitation_years)
}
