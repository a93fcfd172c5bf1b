//! What a receipt names: the reference of a transfer, a paper slip, a round.

use linli_domain::{
    kernel::{Fen, Month},
    payments::{
        self, Account, Fields, Method, ReceiptFields, ReceiptNumber,
        account::{Asked, ReceiptAsked},
        ledger::LedgerProblem,
    },
};

use super::{
    given::{NOON, Village, sync},
    money::{ask, billed, cash, home, of_home, on_a_round, page},
};
use crate::{act::Filed, money, store::Durability};

fn transfer(method: Method, reference: &str) -> Asked {
    let reference = Some(reference.to_owned());
    Asked::Receive(ReceiptAsked { method, reference, ahead: true, ..cash("210.02") })
}

fn with_slip(unit: &str, slip: &str, reference: &str) -> money::Ask {
    let Asked::Receive(asked) = transfer(Method::Bank, reference) else { unreachable!() };
    of_home(unit, Asked::Receive(ReceiptAsked { slip: Some(slip.to_owned()), ..asked }))
}

#[test]
fn a_transfer_that_is_recorded_already_is_refused_at_any_home_until_that_receipt_is_void() {
    let mut village = billed(75);
    let Village { relay, chance, chen, wang, .. } = &mut village;
    let bank = |unit: &str| of_home(unit, transfer(Method::Bank, "A0917"));
    let receipt = ask(wang, bank("3-2-501"), NOON, chance).unwrap();
    let again = of_home("1-2-501", transfer(Method::Bank, "a 0917"));
    for asked in [bank("3-2-501"), bank("3-2-502"), again] {
        let refused = ask(wang, asked, NOON, chance);
        assert_eq!(refused, Err("payments.reference_twice".to_owned()));
    }
    ask(wang, of_home("3-2-502", transfer(Method::Wechat, "A0917")), NOON, chance).unwrap();
    let void = Asked::Void { receipt, reason: "记错了房".to_owned() };
    let void = ask(wang, of_home("3-2-501", void), NOON, chance).unwrap();
    let asked = ask(wang, bank("3-2-502"), NOON, chance);
    assert_eq!(asked, Err("payments.reference_twice".to_owned()), "it is not void yet");
    sync(wang, relay, chance);
    sync(chen, relay, chance);
    ask(chen, of_home("3-2-501", Asked::Agree { to: void }), NOON, chance).unwrap();
    sync(chen, relay, chance);
    sync(wang, relay, chance);
    ask(wang, bank("3-2-502"), NOON, chance).unwrap();
}

#[test]
fn a_paper_slip_is_compared_and_goes_with_one_receipt_that_stands() {
    let mut village = billed(78);
    let Village { chance, wang, .. } = &mut village;
    let serial = payments::slip_serial("ABCD", 1).unwrap();
    let mistyped = serial.replace("0001", "0010");
    let refused = ask(wang, with_slip("3-2-501", &mistyped, "A1"), NOON, chance);
    assert_eq!(refused, Err("payments.bad_slip".to_owned()));
    ask(wang, with_slip("3-2-501", &serial, "A1"), NOON, chance).unwrap();
    let small = serial.to_lowercase();
    let refused = ask(wang, with_slip("3-2-502", &small, "A2"), NOON, chance);
    assert_eq!(refused, Err("payments.slip_twice".to_owned()));
}

#[test]
fn two_phones_that_record_one_transfer_apart_are_told_by_the_ledger() {
    let mut village = billed(76);
    let Village { chance, chen, wang, .. } = &mut village;
    let bank = |unit: &str| of_home(unit, transfer(Method::Bank, "A0917"));
    let mut receipts = vec![
        ask(chen, bank("3-2-501"), NOON, chance).unwrap(),
        ask(wang, bank("3-2-502"), NOON, chance).unwrap(),
    ];
    receipts.sort();
    village.sync_all();
    let ledger = village.fang.ledger(NOON).unwrap();
    let told = |problem: &LedgerProblem| match problem {
        LedgerProblem::ReferenceTwice { receipts, .. } => Some(receipts.clone()),
        _ => None,
    };
    let mut found: Vec<_> = ledger.problems.iter().filter_map(told).flatten().collect();
    found.sort_by_key(|(_, receipt)| *receipt);
    assert_eq!(found.into_iter().map(|(_, receipt)| receipt).collect::<Vec<_>>(), receipts);
    village.assert_agree();
}

#[test]
fn two_phones_that_name_one_slip_apart_are_told_by_the_ledger() {
    let mut village = billed(80);
    let Village { chance, chen, wang, .. } = &mut village;
    ask(chen, with_slip("3-2-501", "0017", "A1"), NOON, chance).unwrap();
    ask(wang, with_slip("3-2-502", " 00 17", "A2"), NOON, chance).unwrap();
    village.sync_all();
    let problems = village.fang.ledger(NOON).unwrap().problems;
    let [LedgerProblem::SlipTwice { slip, receipts }] = &problems[..] else {
        panic!("{problems:?}")
    };
    assert_eq!((slip.as_str(), receipts.len()), ("0017", 2));
}

#[test]
fn a_receipt_that_names_anything_as_its_round_counts_and_disturbs_nothing() {
    let (mut village, _) = on_a_round(79);
    let Village { chance, chen, .. } = &mut village;
    let (own, other) = (home("3-2-501"), home("3-2-502"));
    let community = chen.community().unwrap();
    let before = ask(chen, of_home("3-2-502", transfer(Method::Bank, "A1")), NOON, chance);
    for (count, named) in (31..).zip([Account::id(&own, 2026), Account::id(&other, 2026)]) {
        let fields = Fields::Receipt(ReceiptFields {
            unit: own.clone(),
            amount: Fen::new(100),
            method: Method::Cash,
            number: ReceiptNumber::new(&chen.keys().id(), Month::parse("2026-11").unwrap(), count)
                .unwrap(),
            choice: None,
            round: Some(named),
            slip: None,
            reference: None,
            reason: None,
            ahead: true,
        });
        let draft = payments::draft_of(&fields, Some(Account::id(&own, 2026)));
        let filed = Filed::new(chen.keys(), &community, draft, None, NOON).unwrap();
        chen.work(Durability::Full, |work| work.write(filed, None, NOON, chance)).unwrap();
    }
    village.sync_all();
    village.sync_all();
    for phone in [&village.chen, &village.wang, &village.fang] {
        assert_eq!(page(phone, "3-2-501").receipts().len(), 2);
        let there = page(phone, "3-2-502");
        assert_eq!(
            there.receipts().iter().map(|r| r.id).collect::<Vec<_>>(),
            [before.clone().unwrap()]
        );
    }
    village.assert_agree();
}
