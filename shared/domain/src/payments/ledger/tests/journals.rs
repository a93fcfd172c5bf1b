//! Journals, as `hledger` and `beancount` read them; the programs themselves check them in the desk's tests.

use super::*;
use crate::payments::{
    Method,
    given::{Money, Plain},
    ledger::journal::{Days, Form, journal},
};

fn written(ledger: &Ledger, days: &Days, form: Form) -> String {
    let mut out = String::new();
    journal(ledger, days, form, &Plain, &mut out).unwrap();
    out
}

fn ledger() -> Ledger {
    let mut street = Street::new(1, 2).unwrap();
    let months = street.months.clone();
    let round = street.open_round(months[0]).unwrap();
    for month in months {
        street.bill(0, month).unwrap();
        let at = Street::noon(month, 28).unwrap();
        let money = Money {
            home: 0,
            amount: Fen::new(20_000),
            method: Method::Bank,
            round,
            at,
            reference: None,
        };
        street.receive(&money, None).unwrap();
    }
    street.ledger(&street.facts).unwrap()
}

/// Takes out the ids of facts.
fn tame(text: &str) -> String {
    let hex = |word: &str| word.len() >= 32 && word.chars().all(|c| c.is_ascii_hexdigit());
    let word = |word: &str| {
        let bare = word.trim_start_matches("fact:").trim_matches('"');
        if hex(bare) { word.replace(bare, "<id>") } else { word.to_owned() }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_journal_opens_with_what_was_there_and_each_month_ends_with_balances() {
    let from = Day::parse("2026-02-01");
    let february = Days { from, to: None };
    assert_eq!(
        tame(&written(&ledger(), &february, Form::Hledger)),
        "commodity 1000.00 CNY\n\n\
         account assets:fees:bank  ; assets\n\
         account assets:fees:home:3-2-101  ; assets\n\
         account income:fees:charge:物业费  ; income\n\
         account income:fees:charge:电梯费  ; income\n\
         account income:fees:late  ; income\n\
         account equity:fees:opening  ; opening\n\n\
         2026-02-01 * opening | opening\n    \
         assets:fees:bank  200.00 CNY\n    \
         assets:fees:home:3-2-101  2.45 CNY\n    \
         equity:fees:opening  -202.45 CNY\n\n\
         2026-02-03 * bill | bill  ; fact:<id>\n    \
         assets:fees:home:3-2-101  202.45 CNY\n    \
         income:fees:charge:物业费  -185.42 CNY\n    \
         income:fees:charge:电梯费  -17.03 CNY\n\n\
         2026-02-28 * receipt | receipt  ; fact:<id>\n    \
         assets:fees:bank  200.00 CNY\n    \
         assets:fees:home:3-2-101  -199.97 CNY\n    \
         income:fees:late  -0.03 CNY\n\n\
         2026-02-28 * balance | month  end   \u{20}all \n    \
         assets:fees:bank  0.00 CNY = 400.00 CNY\n    \
         assets:fees:home:3-2-101  0.00 CNY = 4.93 CNY\n    \
         income:fees:charge:物业费  0.00 CNY = -185.42 CNY\n    \
         income:fees:charge:电梯费  0.00 CNY = -17.03 CNY\n    \
         income:fees:late  0.00 CNY = -0.03 CNY\n"
    );
    let january = Days { from: None, to: Day::parse("2026-01-05") };
    assert_eq!(
        tame(&written(&ledger(), &january, Form::Beancount)),
        "option \"operating_currency\" \"CNY\"\n\n\
         2026-01-03 commodity CNY\n\
         2026-01-03 open Assets:Fees:Home:3-2-101 CNY ; assets\n\
         2026-01-03 open Income:Fees:Charge:物业费 CNY ; income\n\
         2026-01-03 open Income:Fees:Charge:电梯费 CNY ; income\n\n\
         2026-01-03 * \"bill\" \"bill\"\n    fact: \"<id>\"\n    \
         Assets:Fees:Home:3-2-101  202.45 CNY\n    \
         Income:Fees:Charge:物业费  -185.42 CNY\n    \
         Income:Fees:Charge:电梯费  -17.03 CNY\n\n\
         2026-01-06 balance Assets:Fees:Home:3-2-101 202.45 CNY\n\
         2026-01-06 balance Income:Fees:Charge:物业费 -185.42 CNY\n\
         2026-01-06 balance Income:Fees:Charge:电梯费 -17.03 CNY\n"
    );
}

#[test]
fn a_journal_without_entries_is_still_a_journal() {
    let later = Days { from: Day::parse("2030-01-01"), to: None };
    assert!(written(&ledger(), &later, Form::Hledger).contains("assets:fees:bank  400.00 CNY"));
    assert_eq!(written(&Ledger::default(), &Days::default(), Form::Beancount), "");
}
