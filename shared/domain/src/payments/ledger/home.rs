//! The money of homes: bills, receipts, voids, refunds.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher},
};

use linli_wire::FactId;

use super::{LedgerAccount, LedgerProblem, Memo, Sources, build::Build};
use crate::{
    kernel::{Fen, Moment, UnitCode},
    payments::{
        Account, Method, ReceiptNumber,
        account::{Bill, Receipt, Refund, Void},
        reference,
        statement::{Course, Open, Reversal, course},
    },
};

/// Takes all homes; `counted` are the receipts whose cash was counted, ascending.
pub(super) fn take(
    build: &mut Build,
    sources: &Sources<'_>,
    counted: &[(FactId, Moment)],
) -> Option<()> {
    let receipts = sources.accounts.iter().map(|account| account.receipts.len());
    let numbers = Vec::with_capacity(receipts.sum());
    let mut papers = Papers { numbers, references: Vec::new(), slips: Vec::new() };
    let mut reversals = Reversals::new();
    for (unit, years) in by_unit(sources.accounts) {
        take_home(build, sources, counted, (unit, &years), &mut papers, &mut reversals)?;
    }
    for ((when, agreed), sums) in reversals {
        let postings: Vec<(u32, Fen)> = sums.into_iter().collect();
        build.enter(agreed, when, Memo::Withdrawn, &postings)?;
    }
    take_numbers(build, papers.numbers);
    take_twice(build, papers.references, transfer, |(method, key), receipts| {
        LedgerProblem::ReferenceTwice { method, reference: key.into_owned(), receipts }
    });
    take_twice(build, papers.slips, slip, |key, receipts| LedgerProblem::SlipTwice {
        slip: key.into_owned(),
        receipts,
    });
    Some(())
}

/// What withdrawals of runs take back, account by account: one entry for all homes of a run.
type Reversals = BTreeMap<(Moment, FactId), BTreeMap<u32, Fen>>;

/// What receipts are told apart by.
struct Papers<'a> {
    numbers: Vec<(ReceiptNumber, FactId)>,
    /// What is not void and not cash.
    references: Vec<Reference<'a>>,
    /// What is not void and was given on paper.
    slips: Vec<Reference<'a>>,
}

/// The same on every phone.
type Hashing = BuildHasherDefault<DefaultHasher>;

/// The hash of a reference, for which home and on which receipt: of a quarter of a million few are alike, and
/// sorting hashes costs a tenth of sorting what they are of.
type Reference<'a> = (u64, &'a UnitCode, &'a Receipt);

/// Puts the years of each home together, the earliest first.
pub(super) fn by_unit(accounts: &[Account]) -> BTreeMap<&UnitCode, Vec<&Account>> {
    let mut homes: BTreeMap<&UnitCode, Vec<&Account>> = BTreeMap::new();
    // Years of a home that stand side by side are looked up together.
    for years in accounts.chunk_by(|one, other| one.unit == other.unit) {
        let Some(first) = years.first() else { continue };
        homes.entry(&first.unit).or_default().extend(years);
    }
    for years in homes.values_mut() {
        years.sort_by_key(|account| account.year);
    }
    homes
}

fn take_home<'a>(
    build: &mut Build,
    sources: &Sources<'a>,
    counted: &[(FactId, Moment)],
    (unit, years): (&'a UnitCode, &[&'a Account]),
    papers: &mut Papers<'a>,
    reversals: &mut Reversals,
) -> Option<()> {
    let counted_when = |receipt: &Receipt| {
        let at = counted.binary_search_by_key(&receipt.id, |(id, _)| *id).ok()?;
        counted.get(at).map(|(_, when)| *when)
    };
    let course = course(years, sources.books, sources.law)?;
    let mut home = Home { build, account: 0, late: BTreeMap::new() };
    home.account = home.build.account(LedgerAccount::Home(unit.clone()))?;
    home.take_late(&course)?;
    home.take_bills(&course)?;
    home.take_withdrawn(&course, reversals)?;
    for account in years {
        for receipt in account.receipts.values() {
            papers.numbers.push((receipt.fields.number.clone(), receipt.id));
            if !receipt.is_void() {
                let (reference, slip) = (&receipt.fields.reference, &receipt.fields.slip);
                papers.references.extend(hashed(reference.as_deref(), unit, receipt));
                papers.slips.extend(hashed(slip.as_deref(), unit, receipt));
            }
            home.take_receipt(receipt)?;
            if let Some(void) = receipt.void.as_deref().filter(|_| receipt.is_void()) {
                home.take_void(receipt, void, counted_when(receipt))?;
            }
            if receipt.scanned_only {
                let (unit, receipt) = (unit.clone(), receipt.id);
                home.build.problem(LedgerProblem::ScannedOnly { unit, receipt });
            }
        }
        for refund in account.refunds.values() {
            home.take_refund(refund)?;
        }
    }
    for refund in course.said.over_refunded {
        home.build.problem(LedgerProblem::OverRefund { unit: unit.clone(), refund });
    }
    for receipt in course.said.twice {
        home.build.problem(LedgerProblem::PaidTwice { unit: unit.clone(), receipt });
    }
    Some(())
}

/// A home whose facts are taken.
struct Home<'a> {
    build: &'a mut Build,
    /// What it owes.
    account: u32,
    /// What was paid for lateness, by the fact that paid it.
    late: BTreeMap<FactId, Fen>,
}

impl Home<'_> {
    fn take_late(&mut self, course: &Course<'_>) -> Option<()> {
        for (fact, amount) in &course.late {
            let sum = self.late.entry(*fact).or_default();
            *sum = sum.plus(*amount)?;
        }
        Some(())
    }

    /// Takes the bills that count: a second one of a run, filed in another year, does not.
    fn take_bills(&mut self, course: &Course<'_>) -> Option<()> {
        // In the order of the course, which is that of time.
        for Open { bill, .. } in &course.debts {
            self.take_bill(bill)?;
            if let Some(late) = self.late.get(&bill.id).copied() {
                let income = self.build.account(LedgerAccount::Late)?;
                let postings = [(self.account, late), (income, Fen::ZERO.minus(late)?)];
                self.build.enter(bill.id, bill.when, Memo::LateFromCredit, &postings)?;
            }
        }
        Some(())
    }

    /// Takes back the bills that were withdrawn, with what was paid for lateness of them.
    fn take_withdrawn(&mut self, course: &Course<'_>, reversals: &mut Reversals) -> Option<()> {
        for Reversal { debt, agreed, when, late } in &course.withdrawn {
            let bill = course.debts.get(*debt)?.bill;
            let sums = reversals.entry((*when, *agreed)).or_default();
            let mut add = |account: u32, amount: Fen| {
                let sum = sums.entry(account).or_default();
                *sum = sum.plus(amount)?;
                Some(())
            };
            add(self.account, Fen::ZERO.minus(bill.fields.total)?.minus(*late)?)?;
            for (charge, amount) in &bill.charges {
                add(self.build.charge(charge)?, *amount)?;
            }
            if *late != Fen::ZERO {
                add(self.build.account(LedgerAccount::Late)?, *late)?;
            }
        }
        Some(())
    }

    fn take_bill(&mut self, bill: &Bill) -> Option<()> {
        let mut postings = Vec::with_capacity(bill.charges.len() + 1);
        postings.push((self.account, bill.fields.total));
        for (charge, amount) in &bill.charges {
            postings.push((self.build.charge(charge)?, Fen::ZERO.minus(*amount)?));
        }
        self.build.enter(bill.id, bill.when, Memo::Billed, &postings)
    }

    fn take_receipt(&mut self, receipt: &Receipt) -> Option<()> {
        let amount = receipt.fields.amount;
        let back = Fen::ZERO.minus(amount)?;
        let money = self.build.account(came_to(receipt))?;
        let late = self.late.get(&receipt.id).copied().unwrap_or_default();
        // Most pay nothing for lateness: such a posting is left out, whatever its account.
        let income =
            if late > Fen::ZERO { self.build.account(LedgerAccount::Late)? } else { money };
        let postings =
            [(money, amount), (self.account, back.plus(late)?), (income, Fen::ZERO.minus(late)?)];
        self.build.enter(receipt.id, receipt.when, Memo::Received, &postings)
    }

    /// Takes a receipt back: it settled nothing, so there is no late fee to take back. What was counted is cash that
    /// is there and nobody's: it is over.
    fn take_void(&mut self, receipt: &Receipt, void: &Void, counted: Option<Moment>) -> Option<()> {
        let (amount, when) = (receipt.fields.amount, void.agreed_when?);
        let back = Fen::ZERO.minus(amount)?;
        let money = self.build.account(came_to(receipt))?;
        self.build.enter(void.id, when, Memo::Voided, &[(money, back), (self.account, amount)])?;
        let Some(counted) = counted else { return Some(()) };
        // Whichever came last: what was told of the days before stays true.
        let over = self.build.account(LedgerAccount::ShortOver)?;
        let postings = [(money, amount), (over, back)];
        self.build.enter(void.id, when.max(counted), Memo::Voided, &postings)?;
        let (unit, receipt) = (receipt.fields.unit.clone(), receipt.id);
        self.build.problem(LedgerProblem::VoidAfterCount { unit, receipt });
        Some(())
    }

    fn take_refund(&mut self, refund: &Refund) -> Option<()> {
        let Some(when) = refund.agreed_when else { return Some(()) };
        let amount = refund.fields.amount;
        let money = self.build.account(paid_from(refund.fields.method))?;
        let postings = [(self.account, amount), (money, Fen::ZERO.minus(amount)?)];
        self.build.enter(refund.id, when, Memo::Refunded, &postings)
    }
}

/// Where the money of a receipt is at first.
fn came_to(receipt: &Receipt) -> LedgerAccount {
    match receipt.fields.method {
        Method::Cash => LedgerAccount::InHand(receipt.author.person),
        Method::Bank => LedgerAccount::Bank,
        Method::Wechat => LedgerAccount::Wechat,
        Method::Alipay => LedgerAccount::Alipay,
    }
}

/// Cash is given back by the office, never out of a collector's bag: that one is counted against receipts.
const fn paid_from(method: Method) -> LedgerAccount {
    match method {
        Method::Cash => LedgerAccount::Office,
        Method::Bank => LedgerAccount::Bank,
        Method::Wechat => LedgerAccount::Wechat,
        Method::Alipay => LedgerAccount::Alipay,
    }
}

/// Looks for numbers that are missing or used twice, device by device and month by month.
fn take_numbers(build: &mut Build, mut numbers: Vec<(ReceiptNumber, FactId)>) {
    numbers.sort_unstable();
    for of_month in numbers.chunk_by(|(one, _), (other, _)| one.series() == other.series()) {
        let mut expected: u16 = 1;
        for same in of_month.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((number, _)) = same.first() else { continue };
            let count = number.count();
            if count > expected {
                let (prefix, month) = (number.prefix().to_owned(), number.month());
                let (from, to) = (expected, count.saturating_sub(1));
                build.problem(LedgerProblem::Gap { prefix, month, from, to });
            }
            expected = count.saturating_add(1);
            if same.len() > 1 {
                let receipts = same.iter().map(|(_, receipt)| *receipt).collect();
                build.problem(LedgerProblem::NumberTwice { number: number.clone(), receipts });
            }
        }
    }
}

fn transfer(receipt: &Receipt) -> Option<(Method, Cow<'_, str>)> {
    let text = receipt.fields.reference.as_deref()?;
    Some((receipt.fields.method, reference::key(text)))
}

fn slip(receipt: &Receipt) -> Option<Cow<'_, str>> {
    receipt.fields.slip.as_deref().map(reference::key)
}

fn hashed<'a>(
    text: Option<&str>,
    unit: &'a UnitCode,
    receipt: &'a Receipt,
) -> Option<Reference<'a>> {
    Some((Hashing::default().hash_one(reference::key(text?)), unit, receipt))
}

/// Looks for what is on two receipts: a transfer, a paper slip.
fn take_twice<'a, K: Ord>(
    build: &mut Build,
    mut papers: Vec<Reference<'a>>,
    key: impl Fn(&'a Receipt) -> Option<K>,
    problem: impl Fn(K, Vec<(UnitCode, FactId)>) -> LedgerProblem,
) {
    papers.sort_unstable_by_key(|(hash, ..)| *hash);
    for alike in papers.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        let mut same: BTreeMap<K, Vec<(UnitCode, FactId)>> = BTreeMap::new();
        for (_, unit, receipt) in alike {
            let Some(key) = key(receipt) else { continue };
            same.entry(key).or_default().push(((*unit).clone(), receipt.id));
        }
        for (key, mut receipts) in same.into_iter().filter(|(_, receipts)| receipts.len() > 1) {
            receipts.sort();
            build.problem(problem(key, receipts));
        }
    }
}
