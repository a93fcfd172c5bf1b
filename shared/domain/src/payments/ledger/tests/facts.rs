//! What each fact moves.

use linli_wire::FactId;

use super::*;
use crate::payments::{
    Method,
    given::{Money, Undo},
};

/// Two homes, billed for January and February: 202.45 and 204.87 a month.
fn billed() -> (Street, FactId) {
    let mut street = Street::new(2, 2).unwrap();
    let (january, february) = (street.months[0], street.months[1]);
    let round = street.open_round(january).unwrap();
    for month in [january, february] {
        for home in 0..2 {
            street.bill(home, month).unwrap();
        }
    }
    (street, round)
}

fn cash(street: &Street, round: FactId, home: usize, fen: i64, day: u32) -> Money {
    let at = Street::noon(street.months[0], day).unwrap();
    Money { home, amount: Fen::new(fen), method: Method::Cash, round, at, reference: None }
}

fn told(street: &Street) -> Ledger {
    let ledger = street.ledger(&street.facts).unwrap();
    assert_even(&ledger);
    ledger
}

fn at(street: &Street, day: u32) -> Moment {
    Street::noon(street.months[0], day).unwrap()
}

#[test]
fn a_bill_is_income_of_its_charges_and_owed_by_its_home() {
    let (street, _) = billed();
    let ledger = told(&street);
    assert_eq!(balance(&ledger, ":home:3-2-101"), 2 * 20_245);
    assert_eq!(balance(&ledger, ":home:3-2-102"), 2 * 20_487);
    assert_eq!(balance(&ledger, ":charge:电梯费"), -4 * 1_703);
    assert_eq!(balance(&ledger, ":charge:物业费"), -2 * (20_245 + 20_487) + 4 * 1_703);
    assert_eq!(ledger.entries()[0].day, Day::parse("2026-01-03").unwrap());
}

#[test]
fn what_is_paid_for_lateness_becomes_income_when_it_is_paid() {
    let (mut street, round) = billed();
    // January was due on the 31st: by 10 March 38 days, 202.45 × 0.05 % × 38 = 3.85.
    let paid = Money {
        at: Street::noon(street.months[1].plus(1).unwrap(), 10).unwrap(),
        ..cash(&street, round, 0, 20_000, 9)
    };
    street.receive(&paid, None).unwrap();
    let ledger = told(&street);
    assert_eq!(balance(&ledger, ":late"), -385);
    assert_eq!(balance(&ledger, ":home:3-2-101"), 2 * 20_245 - 20_000 + 385);
    assert_eq!(balance(&ledger, ":in-hand:"), 20_000);
}

#[test]
fn cash_goes_from_hand_to_hand_to_the_bank_and_what_is_short_is_told() {
    let (mut street, round) = billed();
    let first = street.receive(&cash(&street, round, 0, 20_245, 5), None).unwrap();
    let second = street.receive(&cash(&street, round, 1, 20_487, 5), None).unwrap();
    street.receive(&cash(&street, round, 1, 111, 5), None).unwrap();
    let count = street.count(round, &[first, second], -7, at(&street, 6));
    let ledger = told(&street);
    assert_eq!((balance(&ledger, ":in-hand:"), balance(&ledger, ":counted:")), (111, 40_725));
    assert_eq!(balance(&ledger, ":short-over"), 7);
    let taken = street.take(round, count, 2, at(&street, 7)).unwrap();
    let ledger = told(&street);
    assert_eq!((balance(&ledger, ":office"), balance(&ledger, ":counted:")), (40_727, 0));
    assert_eq!(balance(&ledger, ":short-over"), 5);
    let differs = |fact| LedgerProblem::Differs { fact };
    let mut problems = vec![differs(count), differs(taken)];
    problems.sort();
    assert_eq!(ledger.problems, problems);
    let slip = street.bank(round, count, Fen::new(40_000), at(&street, 8));
    let ledger = told(&street);
    assert_eq!((balance(&ledger, ":bank"), balance(&ledger, ":office")), (40_000, 727));
    problems.push(LedgerProblem::OtherSlip { fact: slip });
    assert_eq!(ledger.problems, problems);
    assert_eq!(ledger.entries().iter().filter(|e| e.fact == taken).count(), 1);
}

#[test]
fn a_void_reverses_on_its_own_day_and_what_was_counted_of_it_is_over() {
    let (mut street, round) = billed();
    let receive = cash(&street, round, 0, 20_000, 5);
    let receipt = street.receive(&receive, None).unwrap();
    let other = street.receive(&cash(&street, round, 1, 300, 5), None).unwrap();
    let void = street.undo(0, Undo::Void { receipt, taken: receive.at }, at(&street, 9)).unwrap();
    let ledger = told(&street);
    assert_eq!((balance(&ledger, ":in-hand:"), balance(&ledger, ":home:3-2-101")), (300, 40_490));
    let days: Vec<String> = ledger
        .entries()
        .iter()
        .filter(|entry| entry.fact == receipt || entry.fact == void)
        .map(|entry| entry.day.to_string())
        .collect();
    assert_eq!(days, ["2026-01-05", "2026-01-09"]);
    street.count(round, &[receipt, other], 0, at(&street, 10));
    let ledger = told(&street);
    assert_eq!((balance(&ledger, ":in-hand:"), balance(&ledger, ":counted:")), (0, 20_300));
    assert_eq!(
        (balance(&ledger, ":home:3-2-101"), balance(&ledger, ":short-over")),
        (40_490, -20_000)
    );
    let days: Vec<String> = ledger
        .entries()
        .iter()
        .filter(|entry| entry.fact == void)
        .map(|entry| entry.day.to_string())
        .collect();
    assert_eq!(days, ["2026-01-09", "2026-01-10"], "what was told of the day before stays");
    let unit = street.units[0].code.clone();
    assert_eq!(ledger.problems, [LedgerProblem::VoidAfterCount { unit, receipt }]);
}

#[test]
fn what_is_paid_twice_is_credit_and_a_refund_gives_it_back() {
    let (mut street, round) = billed();
    street.receive(&cash(&street, round, 0, 20_245, 28), None).unwrap();
    let paid = |method, fen| Money { method, ..cash(&street, round, 0, fen, 28) };
    let (bank, wallet) = (paid(Method::Bank, 20_245), paid(Method::Alipay, 20_245));
    street.receive(&bank, None).unwrap();
    let third = street.receive(&wallet, None).unwrap();
    let early: Vec<_> = street.facts.iter().filter(|f| f.fact.at <= wallet.at.0).cloned().collect();
    let ledger = street.ledger(&early).unwrap();
    assert_eq!(balance(&ledger, ":home:3-2-101"), 20_245 - 3 * 20_245);
    // The last two of one moment: which came first follows from their ids.
    assert!(matches!(&ledger.problems[..], [LedgerProblem::PaidTwice { .. }, ..]), "{third:?}");
    let late = Street::noon(street.months[1], 27).unwrap();
    street.undo(0, Undo::Refund(Fen::new(20_245)), late).unwrap();
    let ledger = told(&street);
    assert_eq!(balance(&ledger, ":home:3-2-101"), 0);
    assert_eq!((balance(&ledger, ":bank"), balance(&ledger, ":alipay")), (0, 20_245));
    assert!(ledger.problems.is_empty(), "{:?}", ledger.problems);
}

#[test]
fn gaps_and_numbers_and_counts_that_come_twice_are_told() {
    let (mut street, round) = billed();
    let one = street.receive(&cash(&street, round, 0, 100, 5), None).unwrap();
    let again = street.receive(&cash(&street, round, 1, 200, 6), Some(1)).unwrap();
    street.receive(&cash(&street, round, 1, 300, 7), Some(5)).unwrap();
    let count = street.count(round, &[one], 0, at(&street, 8));
    let second = street.count(round, &[one, again], 0, at(&street, 9));
    street.take(round, count, 0, at(&street, 10)).unwrap();
    let taken_again = street.take(round, count, -1, at(&street, 11)).unwrap();
    let ledger = told(&street);
    let words: Vec<&str> = ledger.problems.iter().map(LedgerProblem::word).collect();
    assert_eq!(words, ["number_twice", "gap", "counted_twice", "taken_twice"]);
    let LedgerProblem::NumberTwice { receipts, .. } = &ledger.problems[0] else { panic!() };
    assert_eq!(receipts.len(), 2);
    assert!(matches!(ledger.problems[1], LedgerProblem::Gap { from: 2, to: 4, .. }));
    assert_eq!(ledger.problems[2], LedgerProblem::CountedTwice { count: second });
    assert_eq!(ledger.problems[3], LedgerProblem::TakenTwice { fact: taken_again });
    assert_eq!(balance(&ledger, ":in-hand:"), 500, "what the second count names is in hand");
}

#[test]
fn one_transfer_on_two_receipts_is_told_until_one_of_them_is_void() {
    let (mut street, round) = billed();
    let paid = |home, method, reference| Money {
        method,
        reference: Some(reference),
        ..cash(&street, round, home, 20_000, 5)
    };
    let asked = [
        paid(0, Method::Bank, "a0917"),
        paid(1, Method::Bank, "A 0917"),
        // Another way, and another reference.
        paid(1, Method::Wechat, "A0917"),
        paid(0, Method::Bank, "A0918"),
    ];
    let receipts: Vec<FactId> =
        asked.iter().map(|money| street.receive(money, None).unwrap()).collect();
    let ledger = told(&street);
    let homes = street.units.iter().map(|unit| unit.code.clone());
    let twice = LedgerProblem::ReferenceTwice {
        method: Method::Bank,
        reference: "A0917".to_owned(),
        receipts: homes.zip(receipts.iter().copied()).collect(),
    };
    assert_eq!(ledger.problems, [twice]);
    assert_eq!(balance(&ledger, ":bank"), 60_000, "both count");
    let void = Undo::Void { receipt: receipts[1], taken: asked[1].at };
    street.undo(1, void, at(&street, 9)).unwrap();
    let ledger = told(&street);
    assert!(ledger.problems.is_empty(), "{:?}", ledger.problems);
    assert_eq!(balance(&ledger, ":bank"), 40_000);
}
