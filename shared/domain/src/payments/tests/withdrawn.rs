//! A bill run is taken back by two people: the worked case, who may, any order of arrival.

use linli_wire::FactId;

use super::{given::*, *};
use crate::{
    kernel::{Author, Moment, Written},
    payments::{
        books::Asked,
        ledger::{Ledger, LedgerAccount, Memo, Sources, ledger},
        treasury::Treasury,
    },
};

const BILL: Fen = Fen::new(21_002);

/// The same charge at 1.35 yuan, as it should have been.
const RIGHT: &str = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 1.35\n";

/// 89.37 m² at 1.35 yuan.
const RIGHT_BILL: Fen = Fen::new(12_065);

/// So many days after the noon of 27 November.
fn later(seq: u64, days: i64, author: &Author, fields: &Fields) -> Written {
    let at = Moment(NOON.0 + days * DAY);
    let about = fields.home().map_or_else(Books::id, |_| account_id());
    written_at(seq, at, author, fields, Some(about))
}

fn ask(seq: u64, days: i64, author: &Author, run: FactId) -> Written {
    let fields = WithdrawalFields { run, reason: "单价错了".to_owned() };
    later(seq, days, author, &Fields::Withdrawal(fields))
}

fn agree(seq: u64, days: i64, author: &Author, to: FactId) -> Written {
    later(seq, days, author, &Fields::WithdrawalAgreed(CosignedFields { to }))
}

fn told(books: &Books, account: &Account) -> Ledger {
    let (law, treasury) = (&RuleSet::national().unwrap(), &Treasury::default());
    let accounts = std::slice::from_ref(account);
    ledger(&Sources { accounts, rounds: &[], books, treasury, law }).unwrap()
}

/// What an account has at the end of a day.
fn has(ledger: &Ledger, account: &LedgerAccount, on: &str) -> Fen {
    let balances = ledger.balances(day(on)).unwrap();
    balances.into_iter().find(|(of, _)| *of == account).map_or(Fen::ZERO, |(_, sum)| sum)
}

/// November's run, its bill of 3-2-501, and what it needs to be taken back on the 29th.
fn withdrawn() -> (Vec<Written>, Written) {
    let (books, mut facts) = books(&["2026-11"]);
    let run = books.runs()[0].id;
    let bill = bill_fact(10, run, BILL);
    let asked = ask(30, 1, &finance(), run);
    let agreed = agree(31, 2, &committee(), asked.id);
    facts.extend([asked, agreed]);
    (facts, bill)
}

#[test]
fn what_was_paid_on_a_wrong_bill_is_credit_and_the_month_is_billed_anew() {
    let (mut facts, bill) = withdrawn();
    let paid = receipt_fact(20, &head(), 1, yuan("150"));
    let before = Books::fold(&facts[..3], &registry());
    let account = fold(&[bill.clone(), paid.clone()], &before);
    assert_eq!(said(&account, &before, "2026-11-28").owed, yuan("60.02"), "one person asks");
    let books = Books::fold(&facts, &registry());
    let account = fold(&[bill.clone(), paid.clone()], &books);
    assert_eq!(account.refused, [(bill.id, Refusal::RunWithdrawn)]);
    let left = said(&account, &books, "2026-11-30");
    assert_eq!((left.owed, left.credit, left.twice.len()), (Fen::ZERO, yuan("150"), 0));
    assert!(left.bills[0].withdrawn && !left.bills[0].is_open());
    // The right tariff, the same month.
    let fields = TariffFields { text: RIGHT.to_owned(), late_per_day: None, decision: None };
    let tariff = later(32, 3, &committee(), &Fields::Tariff(fields));
    facts.push(tariff.clone());
    let asked = run_asked(tariff.id, "2026-11", "2026-12-15");
    let again = Books::fold(&facts, &registry()).compute(&asked, &registry()).unwrap();
    let run = later(33, 4, &finance(), &Fields::Run(again.header));
    facts.push(run.clone());
    let books = Books::fold(&facts, &registry());
    assert_eq!((books.runs().len(), books.refused.len()), (2, 0));
    let fields = BillFields {
        unit: code("3-2-501"),
        run: run.id,
        conditions: Conditions::default(),
        total: RIGHT_BILL,
    };
    let new = later(34, 4, &finance(), &Fields::Bill(fields));
    let account = fold(&[bill, paid, new], &books);
    let settled = said(&account, &books, "2026-12-31");
    assert_eq!((settled.owed, settled.credit), (Fen::ZERO, yuan("29.35")));
    let ledger = told(&books, &account);
    let home = LedgerAccount::Home(code("3-2-501"));
    assert_eq!(has(&ledger, &home, "2026-11-28"), yuan("60.02"), "as it was signed");
    assert_eq!(has(&ledger, &home, "2026-11-29"), yuan("-150"));
    assert_eq!(has(&ledger, &home, "2026-12-31"), yuan("-29.35"));
    let charge = LedgerAccount::Charge("fee".to_owned());
    assert_eq!(has(&ledger, &charge, "2026-12-31"), yuan("-120.65"));
    let reversal = ledger.entries().iter().find(|entry| entry.memo == Memo::Withdrawn).unwrap();
    assert_eq!((reversal.fact, reversal.day), (facts[3].id, day("2026-11-29")));
}

#[test]
fn a_late_fee_of_a_wrong_bill_is_credit_too_and_pays_what_is_owed_beside_it() {
    // January's is due in January: 303 days by 27 November, 210.02 × 0.05 % × 303 = 31.82.
    let (before, mut facts) = books(&["2026-01", "2026-02"]);
    let (february, january) = (before.runs()[0].id, before.runs()[1].id);
    let bills = [bill_fact(10, january, BILL), bill_fact(11, february, BILL)];
    let paid = receipt_fact(20, &head(), 1, yuan("241.84"));
    let account_facts = [&bills[..], &[paid]].concat();
    let first = said(&fold(&account_facts, &before), &before, "2026-11-27");
    assert_eq!((first.bills[0].left, first.bills[0].late_paid), (Fen::ZERO, yuan("31.82")));
    assert_eq!(first.bills[1].left, BILL);
    let asked = ask(30, 0, &finance(), january);
    let agreed = agree(31, 0, &committee(), asked.id);
    facts.extend([asked, agreed]);
    let books = Books::fold(&facts, &registry());
    let account = fold(&account_facts, &books);
    let later = said(&account, &books, "2026-11-27");
    // February: 272 days, 28.56 for lateness; what January had paid covers both but for nothing.
    assert_eq!((later.bills[1].late_paid, later.bills[1].left), (yuan("28.56"), Fen::ZERO));
    assert_eq!((later.owed, later.credit), (Fen::ZERO, yuan("3.26")));
    let ledger = told(&books, &account);
    assert_eq!(has(&ledger, &LedgerAccount::Late, "2026-11-27"), yuan("-28.56"));
    let home = LedgerAccount::Home(code("3-2-501"));
    assert_eq!(has(&ledger, &home, "2026-11-27"), yuan("-3.26"));
}

#[test]
fn a_withdrawal_takes_two_who_may_bill() {
    let (books, facts) = books(&["2026-11"]);
    let run = books.runs()[0].id;
    let withdraw = |reason: &str| Asked::Withdraw { run, reason: reason.to_owned() };
    for author in [worker(), head(), owner()] {
        assert_eq!(books.decide_run(&author, &withdraw("x")), Err(Refusal::NotYours));
    }
    for wrong in [String::new(), "字".repeat(501)] {
        assert_eq!(books.decide_run(&finance(), &withdraw(&wrong)), Err(Refusal::BadText));
    }
    let unknown = Asked::Withdraw { run: FactId([1; 16]), reason: "x".to_owned() };
    assert_eq!(books.decide_run(&finance(), &unknown), Err(Refusal::Unknown));
    assert!(books.decide_run(&finance(), &withdraw("x")).is_ok());
    let asked = ask(30, 1, &finance(), run);
    let to = asked.id;
    let facts = [&facts[..], &[asked]].concat();
    let books = Books::fold(&facts, &registry());
    let again = books.decide_run(&committee(), &withdraw("x"));
    assert_eq!(again, Err(Refusal::AlreadyWithdrawn));
    let agreed = Asked::Agree { to };
    assert_eq!(books.decide_run(&finance(), &agreed), Err(Refusal::SamePerson));
    assert_eq!(books.decide_run(&head(), &agreed), Err(Refusal::NotYours));
    assert!(books.decide_run(&committee(), &agreed).is_ok());
    // Whoever writes it all the same is refused by everybody.
    for (author, refusal) in [(finance(), Refusal::SamePerson), (owner(), Refusal::NotYours)] {
        let forged = agree(31, 2, &author, to);
        let books = Books::fold(&[&facts[..], std::slice::from_ref(&forged)].concat(), &registry());
        assert_eq!(books.refused, [(forged.id, refusal)]);
        assert!(books.runs()[0].withdrawn().is_none());
    }
    let stray = agree(31, 2, &committee(), FactId([1; 16]));
    let books = Books::fold(&[&facts[..], std::slice::from_ref(&stray)].concat(), &registry());
    assert_eq!(books.refused, [(stray.id, Refusal::Unknown)]);
}

#[test]
fn a_run_is_withdrawn_in_whatever_order_its_facts_come() {
    let (facts, bill) = withdrawn();
    let books = Books::fold(&facts, &registry());
    let agreed = *books.runs()[0].withdrawn().unwrap();
    let account = fold(std::slice::from_ref(&bill), &books);
    for turn in 0..facts.len() {
        let mut turned = facts.clone();
        turned.rotate_left(turn);
        turned.reverse();
        let books = Books::fold(&turned, &registry());
        assert_eq!(books.runs()[0].withdrawn(), Some(&agreed));
        assert_eq!(fold(std::slice::from_ref(&bill), &books), account);
    }
    // Also where the log has who agrees before who asks, and who asks before the run.
    let mut places: Vec<_> = facts.iter().map(|fact| fact.place).collect();
    places[1..].reverse();
    let mut moved = facts;
    for (fact, place) in moved.iter_mut().zip(places) {
        fact.place = place;
    }
    // A later run bills the months anew in that order as well.
    let Some(Fields::Run(fields)) = Fields::of(&moved[1].fact) else { panic!() };
    moved.push(later(35, 4, &committee(), &Fields::Run(fields)));
    let books = Books::fold(&moved, &registry());
    let agreements: Vec<Option<FactId>> =
        books.runs().iter().map(|run| run.withdrawn().map(|agreed| agreed.id)).collect();
    assert_eq!((books.refused.len(), agreements.len()), (0, 2));
    assert!(agreements.contains(&Some(agreed.id)) && agreements.contains(&None));
}

#[test]
fn a_second_run_that_came_before_the_withdrawal_stays_refused() {
    let (mut facts, _) = withdrawn();
    let Some(Fields::Run(fields)) = Fields::of(&facts[1].fact) else { panic!() };
    let second = later(29, 0, &committee(), &Fields::Run(fields.clone()));
    let third = later(35, 4, &committee(), &Fields::Run(fields));
    facts.extend([second.clone(), third]);
    let books = Books::fold(&facts, &registry());
    assert_eq!(books.refused, [(second.id, Refusal::BilledTwice)]);
    let standing = books.runs().into_iter().filter(|run| run.withdrawn().is_none());
    assert_eq!(standing.count(), 1);
}
