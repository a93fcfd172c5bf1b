//! The books of several phones: whatever people do, and whenever they talk, they have one ledger.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::{
    kernel::{Fen, UnitCode},
    payments::{
        ledger::{Ledger, LedgerAccount, LedgerProblem, Memo},
        treasury::Treasury,
    },
};
use linli_wire::FactId;
use proptest::prelude::*;

use super::{
    acts::{Act, Town, acts},
    asks::home,
    convergence::unread,
    given::{NOON, Phone, sync},
};
use crate::{AskError, CircleDigest};

/// A day: people act, then all of them find the net again.
fn day(seed: u64, acts: &[Act]) -> Town {
    let mut town = Town::new(seed);
    for act in acts {
        town.act(*act);
    }
    town.settle(acts.last().map_or(0, |(_, _, sum, _)| *sum));
    town
}

/// Each entry sums to zero, in each fund.
fn assert_even(ledger: &Ledger) {
    for entry in ledger.entries() {
        let mut sums: BTreeMap<_, Fen> = BTreeMap::new();
        for (account, amount) in ledger.postings(entry) {
            let sum = sums.entry(account.purse()).or_default();
            *sum = sum.plus(amount).unwrap();
        }
        assert!(sums.values().all(|sum| *sum == Fen::ZERO), "{entry:?}");
    }
}

/// What all entries bring to the accounts that are meant.
fn total(ledger: &Ledger, meant: impl Fn(&LedgerAccount) -> bool) -> i64 {
    let postings = ledger.entries().iter().flat_map(|entry| ledger.postings(entry));
    postings.filter(|(account, _)| meant(account)).map(|(_, amount)| amount.get()).sum()
}

/// Shares sum to what was spent or shared out, and nobody's part of the fund falls below zero.
fn assert_shares(ledger: &Ledger, treasury: &Treasury) {
    let of_units = |fact: &FactId, memo: Memo| -> Option<i64> {
        let entry = ledger.entries().iter().find(|entry| entry.fact == *fact)?;
        assert_eq!(entry.memo, memo);
        let unit = |account: &LedgerAccount| {
            matches!(account, LedgerAccount::FundShare(_) | LedgerAccount::FundOwed(_))
        };
        let postings = ledger.postings(entry).filter(|(account, _)| unit(account));
        Some(postings.map(|(_, amount)| amount.get()).sum())
    };
    for project in treasury.projects.values() {
        for (id, spent) in &project.spent {
            assert_eq!(of_units(id, Memo::Spent), Some(spent.fields.amount.get()));
        }
    }
    for (id, split) in &treasury.splits {
        let to_fund = split.entered.fields.to_fund.get();
        assert_eq!(of_units(id, Memo::CommonSplit), Some(-to_fund));
    }
    let subs = &ledger.sub_accounts;
    assert!(subs.values().all(|sub| sub.balance >= Fen::ZERO && sub.owed >= Fen::ZERO));
    let parts: i64 = subs.values().map(|sub| sub.balance.get() - sub.owed.get()).sum();
    assert_eq!(parts, total(ledger, |account| *account == LedgerAccount::FundMoney));
    for (unit, sub) in subs {
        let share = |account: &LedgerAccount| *account == LedgerAccount::FundShare(unit.clone());
        let owed = |account: &LedgerAccount| *account == LedgerAccount::FundOwed(unit.clone());
        assert_eq!(
            (-sub.balance.get(), sub.owed.get()),
            (total(ledger, share), total(ledger, owed))
        );
    }
}

/// Who reads the same holds the same: circles, what homes owe, the books.
fn assert_one(town: &Town, ledger: &Ledger) {
    let mut seen: BTreeMap<String, CircleDigest> = BTreeMap::new();
    for phone in town.phones() {
        assert_eq!(phone.audit().unwrap(), vec![]);
        for digest in phone.digests(NOON).unwrap() {
            let known = seen.entry(digest.circle.clone()).or_insert_with(|| digest.clone());
            assert_eq!(*known, digest);
        }
    }
    let [fang, chen, wang, mei, lin, second, guo] = town.phones();
    for phone in [fang, guo] {
        assert_eq!(phone.ledger(NOON).unwrap(), *ledger);
    }
    let said = |phone: &Phone, unit: &UnitCode| {
        let page = phone.home_money(unit, NOON).unwrap();
        (page.statement, page.accounts)
    };
    for (unit, household) in [(home(0), mei), (home(1), lin)] {
        let expected = said(wang, &unit);
        for phone in [fang, chen, second, household] {
            assert_eq!(said(phone, &unit), expected);
        }
    }
    for phone in [mei, lin, chen, second] {
        let refused = phone.ledger(NOON).unwrap_err();
        assert!(matches!(refused, AskError::Refused(word) if word == "payments.not_yours"));
    }
}

/// Cash in hand is what no count has, each receipt is in one count at most, and its number is its own.
fn assert_cash(town: &Town, ledger: &Ledger) {
    let page = town.village.wang.round(&town.round, NOON).unwrap().unwrap();
    let in_hand = total(ledger, |account| matches!(account, LedgerAccount::InHand(_)));
    assert_eq!(page.row.in_hand.get(), in_hand);
    let counts = page.round.counts.values();
    let counted: Vec<FactId> = counts.flat_map(|count| count.fields.receipts.clone()).collect();
    let once: BTreeSet<_> = counted.iter().collect();
    assert_eq!(once.len(), counted.len(), "one handover for a receipt");
    assert!(counted.iter().all(|id| page.round.receipts.contains_key(id)));
    let wrong = |problem: &&LedgerProblem| {
        matches!(problem, LedgerProblem::NumberTwice { .. } | LedgerProblem::Gap { .. })
            || matches!(problem, LedgerProblem::ScannedOnly { .. })
    };
    assert_eq!(ledger.problems.iter().find(wrong), None);
}

/// Wang's phone, restored with nothing read, comes to the same books from the log alone.
fn assert_read_again(town: &mut Town, ledger: &Ledger) {
    let mut wang = unread(&town.village.wang);
    sync(&mut wang, &mut town.village.relay, &mut town.village.chance);
    assert_eq!(wang.ledger(NOON).unwrap(), *ledger);
}

fn assert_books(town: &mut Town) -> Ledger {
    let ledger = town.village.wang.ledger(NOON).unwrap();
    assert_even(&ledger);
    assert_shares(&ledger, &town.village.wang.treasury().unwrap());
    assert_one(town, &ledger);
    assert_cash(town, &ledger);
    assert_read_again(town, &ledger);
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, failure_persistence: None, ..Default::default() })]
    #[test]
    fn the_books_of_the_office_are_one_whoever_acted_without_a_net(
        seed in any::<u64>(),
        acts in prop::collection::vec((any::<u16>(), any::<u8>(), 0_u16..30_000, any::<u8>()), 20..110),
    ) {
        assert_books(&mut day(seed, &acts));
    }
}

#[test]
fn such_days_have_handovers_voids_refunds_counts_that_come_twice_and_shares() {
    const DAYS: u64 = 16;
    let mut days: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..DAYS {
        println!("seed {seed}");
        let mut chance = linli_seal::chance::Seeded::new(seed);
        let mut town = day(seed, &acts(120, &mut chance));
        let ledger = assert_books(&mut town);
        let memos = ledger.entries().iter().map(|entry| entry.memo.word());
        let problems = ledger.problems.iter().map(LedgerProblem::word);
        for what in memos.chain(problems).collect::<BTreeSet<_>>() {
            *days.entry(what).or_default() += 1;
        }
    }
    println!("of {DAYS} days: {days:?}");
    for (what, least) in [
        ("count", 12),
        ("counted_twice", 4),
        ("handover", 10),
        ("taken_twice", 3),
        ("banked", 6),
        ("void", 5),
        ("void_after_count", 3),
        ("refund", 3),
        ("withdrawn", 3),
        ("fund_paid", 12),
        ("fund_spent", 12),
        ("common_income", 10),
        ("common_split", 6),
        ("deposit_returned", 8),
    ] {
        let days = days.get(what).copied().unwrap_or_default();
        assert!(days >= least, "{what} on {days} of {DAYS} days");
    }
}
