//! The money of a home: the worked cases as facts, who may what, and any order of arrival.

use linli_wire::FactId;
use proptest::prelude::*;

use super::{given::*, *};
use crate::{
    kernel::{Author, Moment, Written},
    payments::account::Account,
};

const BILL: Fen = Fen::new(21_002);

/// Bills of January to March, all made on one day.
fn quarter() -> (Books, Vec<Written>) {
    let (books, _) = books(&["2026-01", "2026-02", "2026-03"]);
    let mut runs: Vec<FactId> = books.runs().iter().map(|run| run.id).collect();
    runs.reverse();
    let bills = (10..).zip(runs).map(|(seq, run)| bill_fact(seq, run, BILL)).collect();
    (books, bills)
}

fn november() -> (Books, Vec<Written>) {
    let (books, _) = books(&["2026-11"]);
    let bill = bill_fact(10, books.runs()[0].id, BILL);
    (books, vec![bill])
}

fn about(seq: u64, author: &Author, fields: &Fields) -> Written {
    written(seq, author, fields, Some(account_id()))
}

fn refusals(facts: &[Written], books: &Books) -> Vec<Refusal> {
    fold(facts, books).refused.into_iter().map(|(_, refusal)| refusal).collect()
}

#[test]
fn b9_the_payers_own_choice_comes_first() {
    let (books, mut facts) = quarter();
    let march = fold(&facts, &books)
        .bills
        .values()
        .find(|bill| books.run(&bill.fields.run).unwrap().fields.from == month("2026-03"))
        .unwrap()
        .id;
    let fields = ReceiptFields { choice: Some(march), ..receipt_fields(&head(), 1, BILL) };
    facts.push(about(20, &head(), &Fields::Receipt(fields)));
    let account = fold(&facts, &books);
    // The late fee of March comes before its principal (Civil Code 561).
    let said = said(&account, &books, "2026-11-27");
    let left: Vec<(String, Fen)> =
        said.bills.iter().map(|owed| (owed.from.to_string(), owed.left)).collect();
    assert_eq!(left[0], ("2026-01".to_owned(), BILL));
    assert_eq!(left[1], ("2026-02".to_owned(), BILL));
    let (fee, march) = (said.bills[2].late_paid, said.bills[2].left);
    // 244 days at 0.05 % of 210.02.
    assert_eq!((fee, march), (yuan("25.62"), yuan("25.62")));
    assert_eq!(account.receipts.values().next().unwrap().fields.choice, Some(said.bills[2].bill));
}

#[test]
fn b18_two_collectors_take_money_for_one_bill() {
    let (books, mut facts) = november();
    facts.push(receipt_fact(20, &head(), 1, BILL));
    facts.push(receipt_fact(21, &deputy(), 1, BILL));
    let account = fold(&facts, &books);
    let before = said(&account, &books, "2026-11-27");
    assert_eq!((account.receipts.len(), before.owed, before.credit), (2, Fen::ZERO, BILL));
    assert_eq!(before.twice, [facts[2].id]);
    // It stays as credit once somebody of the books says so, and the next bill takes it up.
    let keep = CreditFields { unit: code("3-2-501"), receipt: facts[2].id };
    facts.push(about(22, &finance(), &Fields::Credit(keep)));
    assert_eq!(said(&fold(&facts, &books), &books, "2026-11-27").twice, []);
}

#[test]
fn b19_a_receipt_counts_once_and_a_void_one_keeps_its_number() {
    let (books, mut facts) = november();
    let receipt = receipt_fact(20, &head(), 1, BILL);
    facts.extend([receipt.clone(), receipt.clone()]);
    assert_eq!(said(&fold(&facts, &books), &books, "2026-11-27").credit, Fen::ZERO);
    let (unit, reason) = (code("3-2-501"), "写错".to_owned());
    let void = VoidFields { unit: unit.clone(), receipt: receipt.id, reason };
    facts.push(about(21, &head(), &Fields::Void(void)));
    let asked = facts.last().unwrap().id;
    let agree = |author: &Author| {
        let fields = AgreedFields { unit: unit.clone(), to: asked };
        about(22, author, &Fields::Agreed(fields))
    };
    let own = [&facts[..], &[agree(&head())]].concat();
    assert_eq!(refusals(&own, &books), [Refusal::SamePerson]);
    let other = [&facts[..], &[agree(&other_head())]].concat();
    assert_eq!(refusals(&other, &books), [Refusal::NotYours]);
    for second in [owner(), deputy(), finance(), committee()] {
        let account = fold(&[&facts[..], &[agree(&second)]].concat(), &books);
        let receipt = account.receipts.values().next().unwrap();
        assert!(receipt.is_void());
        assert_eq!(receipt.fields.number.count(), 1);
        assert_eq!(said(&account, &books, "2026-11-27").owed, BILL);
    }
}

#[test]
fn late_fees_grow_on_what_is_left_and_what_had_grown_stays_owed() {
    let (books, mut facts) = november();
    let late = Moment(NOON.0 + 11 * DAY);
    let mut fields = receipt_fields(&head(), 1, yuan("100"));
    fields.number = ReceiptNumber::new(&head().device, month("2026-12"), 1).unwrap();
    facts.push(written_at(20, late, &head(), &Fields::Receipt(fields), Some(account_id())));
    let account = fold(&facts, &books);
    // Ten days after the 28th: 1.05, then 98.95 of the principal.
    let on_the_day = said(&account, &books, "2026-12-08");
    let owed = &on_the_day.bills[0];
    assert_eq!((owed.late_paid, owed.late, owed.left), (yuan("1.05"), Fen::ZERO, yuan("111.07")));
    // Ten days more, on 111.07: 20 days are 1.11, of which 10 days had been 0.56 and nothing is paid.
    let later = said(&account, &books, "2026-12-18");
    assert_eq!((later.bills[0].late, later.bills[0].late_capped), (yuan("0.55"), false));
    // 30 % of 111.07 is the most (the RuleSet's `late_cap`), less the 0.56 that were paid for it.
    let capped = said(&account, &books, "2032-12-18");
    assert_eq!((capped.bills[0].late, capped.bills[0].late_capped), (yuan("32.76"), true));
}

#[test]
fn a_bill_that_does_not_recompute_is_refused_and_so_is_a_second_one() {
    let (books, facts) = november();
    let run = books.runs()[0].id;
    assert_eq!(
        refusals(&[bill_fact(10, run, yuan("210.03"))], &books),
        [Refusal::DoesNotRecompute]
    );
    let twice = [facts[0].clone(), bill_fact(11, run, BILL)];
    assert_eq!(refusals(&twice, &books), [Refusal::BilledTwice]);
    let Some(Fields::Bill(fields)) = Fields::of(&facts[0].fact) else { panic!() };
    let by_head = about(10, &head(), &Fields::Bill(fields));
    assert_eq!(refusals(&[by_head], &books), [Refusal::NotYours]);
    let unknown = bill_fact(10, FactId([1; 16]), BILL);
    assert_eq!(fold(std::slice::from_ref(&unknown), &books).waiting, [unknown.id]);
}

#[test]
fn a_second_bill_of_a_run_in_another_year_changes_nothing() {
    let (books, facts) = november();
    let conditions = Conditions { bill_from: Some(day("2027-01-01")), ..Conditions::default() };
    let run = books.runs()[0].id;
    let fields = BillFields { unit: code("3-2-501"), run, conditions, total: Fen::ZERO };
    // By finance, whose clock was set back: what is not in force yet costs nothing.
    let before = Account::id(&code("3-2-501"), 2025);
    let at = Moment(NOON.0 - 365 * DAY);
    let late = written_at(30, at, &finance(), &Fields::Bill(fields), Some(before));
    let account = fold(&facts, &books);
    let other = fold_year(2025, std::slice::from_ref(&late), &books);
    assert_eq!((other.bills.len(), other.refused.len()), (1, 0), "a phone that sees it alone");
    let law = RuleSet::national().unwrap();
    let today = day("2026-11-27");
    let alone = statement(std::slice::from_ref(&account), &books, today, &law).unwrap();
    let both = statement(&[other, account], &books, today, &law).unwrap();
    assert_eq!((both.owed, &both.bills), (BILL, &alone.bills));
}

/// What makes a sound receipt unsound.
type Change<'a> = &'a dyn Fn(&mut ReceiptFields);

#[test]
fn a_receipt_is_refused_that_its_author_may_not_give() {
    let (books, bill) = november();
    let of = |author: &Author, change: Change<'_>| {
        let mut fields = receipt_fields(author, 1, BILL);
        change(&mut fields);
        let facts = [bill[0].clone(), about(20, author, &Fields::Receipt(fields))];
        refusals(&facts, &books).first().copied()
    };
    for author in [head(), deputy(), finance()] {
        assert_eq!(of(&author, &|_| ()), None);
    }
    for author in [owner(), worker(), committee(), other_head()] {
        assert_eq!(of(&author, &|_| ()), Some(Refusal::NotYours));
    }
    let others = ReceiptNumber::new(&deputy().device, month("2026-11"), 1).unwrap();
    let october = ReceiptNumber::new(&head().device, month("2026-10"), 1).unwrap();
    let text = |chars: usize| Some("字".repeat(chars));
    let table: [(Refusal, Change<'_>); 9] = [
        (Refusal::BadSum, &|fields| fields.amount = Fen::ZERO),
        (Refusal::BadSum, &|fields| fields.amount = yuan("-1")),
        (Refusal::BadNumber, &|fields| fields.number = others.clone()),
        (Refusal::BadNumber, &|fields| fields.number = october.clone()),
        (Refusal::NeedsRound, &|fields| fields.round = None),
        (Refusal::NeedsReference, &|fields| (fields.method, fields.round) = (Method::Bank, None)),
        (Refusal::BadText, &|fields| fields.slip = text(65)),
        (Refusal::BadText, &|fields| fields.reason = text(501)),
        (Refusal::Unreadable, &|fields| fields.unit = code("3-2-502")),
    ];
    for (refusal, change) in table {
        assert_eq!(of(&head(), change), Some(refusal));
    }
}

#[test]
fn a_refund_takes_two_of_the_books() {
    let (books, mut facts) = november();
    let ahead = ReceiptFields { ahead: true, ..receipt_fields(&head(), 1, yuan("300")) };
    facts.push(about(20, &head(), &Fields::Receipt(ahead)));
    let unit = code("3-2-501");
    let refund = RefundFields {
        unit: unit.clone(),
        amount: yuan("89.98"),
        method: Method::Cash,
        reason: "搬走".to_owned(),
    };
    facts.push(about(21, &head(), &Fields::Refund(refund)));
    let to = facts[2].id;
    let agree = |author: &Author| {
        about(22, author, &Fields::Agreed(AgreedFields { unit: unit.clone(), to }))
    };
    let before = said(&fold(&facts, &books), &books, "2026-11-27");
    assert_eq!((before.credit, before.twice), (yuan("89.98"), vec![]), "paid ahead on purpose");
    for author in [owner(), deputy(), worker()] {
        assert_eq!(
            refusals(&[&facts[..], &[agree(&author)]].concat(), &books),
            [Refusal::NotYours]
        );
    }
    let account = fold(&[&facts[..], &[agree(&finance())]].concat(), &books);
    assert_eq!(said(&account, &books, "2026-11-27").credit, Fen::ZERO);
}

proptest! {
    /// Whatever was done, in whatever order it comes: the same account, and no fen lost.
    #[test]
    fn any_order_of_arrival_gives_the_same(
        amounts in prop::collection::vec((1_i64..60_000, 0_u8..4), 1..12),
        order in any::<u64>(),
    ) {
        let (books, mut facts) = quarter();
        let mut paid = Fen::ZERO;
        for (number, (amount, what)) in (1_u16..).zip(&amounts) {
            let seq = 20 + u64::from(number) * 3;
            let author = if what % 2 == 0 { head() } else { deputy() };
            let receipt = receipt_fact(seq, &author, number, Fen::new(*amount));
            let (unit, reason) = (code("3-2-501"), "x".to_owned());
            let void = VoidFields { unit: unit.clone(), receipt: receipt.id, reason };
            let void = about(seq + 1, &author, &Fields::Void(void));
            let agreed = AgreedFields { unit, to: void.id };
            let agreed = about(seq + 2, &owner(), &Fields::Agreed(agreed));
            facts.push(receipt);
            match what {
                0 | 1 => paid = paid.plus(Fen::new(*amount)).unwrap(),
                _ => facts.extend([void, agreed]),
            }
        }
        let (account, mut shuffled) = (fold(&facts, &books), facts.clone());
        shuffled.sort_by_key(|fact| linli_wire::sha256(&[&fact.id.0, &order.to_be_bytes()]));
        prop_assert_eq!(&fold(&shuffled, &books), &account);
        let said = said(&account, &books, "2026-11-27");
        let settled = said.bills.iter().map(|owed| {
            owed.total.minus(owed.left).unwrap().plus(owed.late_paid).unwrap()
        });
        prop_assert_eq!(Fen::sum(settled).unwrap().plus(said.credit).unwrap(), paid);
    }
}
