//! Random acts in any order of arrival.

use std::collections::BTreeMap;

use linli_wire::FactId;
use proptest::prelude::*;

use super::*;
use crate::{
    kernel::Written,
    payments::{
        Method,
        account::Receipt,
        given::{Money, Undo},
    },
};

/// An act: what, for which home, how much.
type Act = (u8, u8, u16);

/// Lets people act on what stands; some of it is refused, as on real phones.
fn acted(acts: &[Act]) -> Option<Street> {
    let mut street = Street::new(3, 3)?;
    let round = street.open_round(street.months[0])?;
    let mut taken: Vec<(usize, FactId, Moment)> = Vec::new();
    let mut counts: Vec<FactId> = Vec::new();
    for (turn, (what, home, sum)) in acts.iter().enumerate() {
        let (home, fen) = (usize::from(home % 3), i64::from(*sum) + 1);
        let month = street.months[turn * 3 / acts.len().max(1)];
        let at = Street::noon(month, u32::from(*sum) % 27 + 1)?;
        let pick = |len: usize| usize::from(*sum) % len.max(1);
        match what % 11 {
            0 | 1 => {
                street.bill(home, month)?;
            }
            2..=4 => {
                let method = Method::ALL[usize::from(what % 11 - 2) % 2];
                // Now and then a transfer is recorded again.
                let reference = (sum % 13 == 0).then_some("0917");
                let money = Money { home, amount: Fen::new(fen), method, round, at, reference };
                // Now and then a number comes again, or leaves a gap.
                let number = (sum % 11 == 0).then_some(sum % 7 + 1);
                let receipt = street.receive(&money, number)?;
                if method == Method::Cash {
                    taken.push((home, receipt, at));
                }
            }
            5 => {
                if let Some((home, receipt, taken)) = taken.get(pick(taken.len())).copied() {
                    street.undo(home, Undo::Void { receipt, taken }, at)?;
                }
            }
            6 => {
                street.undo(home, Undo::Refund(Fen::new(fen / 3 + 1)), at)?;
            }
            7 if !taken.is_empty() => {
                let from = pick(taken.len());
                let some: Vec<FactId> = taken[from..].iter().map(|(_, id, _)| *id).collect();
                let off = i64::from(sum % 5 == 0);
                counts.push(street.count(round, &some, off, at));
            }
            8 => {
                if let Some(count) = counts.get(pick(counts.len())).copied() {
                    street.take(round, count, -i64::from(sum % 7 == 0), at)?;
                }
            }
            // A month that is withdrawn already is asked for again, and refused.
            10 => {
                street.withdraw(month, at);
            }
            _ => {
                if let Some(count) = counts.get(pick(counts.len())).copied() {
                    street.bank(round, count, Fen::new(fen), at);
                }
            }
        }
    }
    Some(street)
}

/// Cash in hand is receipts less voids that count less what was counted; each receipt is counted at most
/// once.
fn assert_cash(street: &Street, ledger: &Ledger) {
    let (accounts, rounds) = street.folded(&street.facts);
    let mut counted: BTreeMap<FactId, u32> = BTreeMap::new();
    for count in rounds.iter().flat_map(|round| round.counts.values()) {
        for receipt in &count.fields.receipts {
            *counted.entry(*receipt).or_default() += 1;
        }
    }
    assert!(counted.values().all(|times| *times == 1), "one count for a receipt");
    let in_hand = |receipt: &&Receipt| {
        let cash = receipt.fields.method == Method::Cash;
        cash && !receipt.is_void() && !counted.contains_key(&receipt.id)
    };
    let receipts = accounts.iter().flat_map(|account| account.receipts.values());
    let sum: i64 = receipts.filter(in_hand).map(|receipt| receipt.fields.amount.get()).sum();
    assert_eq!(balance(ledger, ":in-hand:"), sum);
    let shown: i64 = rounds.iter().map(|round| round.cash_in_hand().get()).sum();
    assert_eq!(sum, shown, "the round says the same");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]
    #[test]
    fn whatever_people_do_the_books_are_even_and_no_order_of_arrival_changes_them(
        acts in prop::collection::vec((any::<u8>(), any::<u8>(), 0_u16..30_000), 1..40),
        order in any::<u64>(),
    ) {
        let street = acted(&acts).unwrap();
        let ledger = street.ledger(&street.facts).unwrap();
        assert_even(&ledger);
        if !ledger.entries().is_empty() {
            assert_cash(&street, &ledger);
        }
        let mut shuffled = street.facts.clone();
        // A shuffle by a hash of the seed and the fact: any order can come of it.
        shuffled.sort_by_key(|fact| linli_wire::sha256(&[&order.to_be_bytes(), &fact.id.0]));
        prop_assert_eq!(street.ledger(&shuffled).unwrap(), ledger);
        assert_past_stays(&street);
        // What is owed is what the homes' own statements say.
        assert_owed(&street, &street.ledger(&street.facts).unwrap());
    }
}

/// What was told of the days before a withdrawal stays as it was.
fn assert_past_stays(street: &Street) {
    let is_withdrawal = |fact: &Written| fact.fact.about == Some(Books::id());
    let Some(first) = street.facts.iter().filter(|f| is_withdrawal(f)).map(|f| f.fact.at).min()
    else {
        return;
    };
    let before: Vec<Written> =
        street.facts.iter().filter(|fact| !is_withdrawal(fact)).cloned().collect();
    let told = |facts: &[Written]| {
        let ledger = street.ledger(facts).unwrap();
        let past = ledger.entries().iter().filter(|entry| entry.when.0 < first);
        past.map(|entry| {
            let mut sums: Vec<(String, Fen)> =
                ledger.postings(entry).map(|(account, sum)| (account.name(), sum)).collect();
            sums.sort();
            (entry.fact, entry.memo, sums)
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(told(&street.facts), told(&before));
}

/// The ledger and the statement of each home agree, late fees apart that nobody has paid.
fn assert_owed(street: &Street, ledger: &Ledger) {
    let (accounts, _) = street.folded(&street.facts);
    let day = Day::parse("2026-01-01").unwrap();
    for unit in &street.units {
        let years: Vec<Account> =
            accounts.iter().filter(|account| account.unit == unit.code).cloned().collect();
        let books = street.books_of(&street.facts);
        let said = crate::payments::statement(&years, &books, day, &street.law).unwrap();
        let left: i64 = said.bills.iter().map(|owed| owed.left.get()).sum();
        let name = format!(":home:{}", unit.code);
        if ledger.entries().is_empty() {
            continue;
        }
        let refunds: i64 = years
            .iter()
            .flat_map(|account| account.refunds.values())
            .filter(|refund| refund.agreed.is_some())
            .map(|refund| refund.fields.amount.get())
            .sum();
        let over = balance(ledger, &name) - (left - said.credit.get());
        // A refund of more than the credit leaves the home owing it: the statement stops at nothing.
        assert!((0..=refunds).contains(&over), "{name}: {over} of {refunds}");
    }
}
