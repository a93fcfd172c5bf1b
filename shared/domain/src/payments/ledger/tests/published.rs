//! Figures that are published.

use super::*;
use crate::payments::{
    Method,
    given::Money,
    ledger::{
        disclosure::{Age, Arrears, Collected, fees},
        journal::Days,
    },
};

fn told(street: &Street, days: &Days, today: &str) -> disclosure::Fees {
    let (accounts, rounds) = street.folded(&street.facts);
    let treasury = Treasury::default();
    let (accounts, rounds, books) = (&accounts[..], &rounds[..], &street.books);
    let sources = Sources { accounts, rounds, books, treasury: &treasury, law: &street.law };
    fees(&sources, days, Day::parse(today).unwrap()).unwrap()
}

/// Three homes, billed for January to June; one pays nothing, one half of January, one all at once.
fn street() -> Street {
    let mut street = Street::new(3, 6).unwrap();
    let months = street.months.clone();
    let round = street.open_round(months[0]).unwrap();
    for month in &months {
        for home in 0..3 {
            street.bill(home, *month).unwrap();
        }
    }
    for (home, fen, month) in [(1, 10_000, months[0]), (2, 6 * 20_729, months[5])] {
        let (amount, at) = (Fen::new(fen), Street::noon(month, 20).unwrap());
        let money = Money { home, amount, method: Method::Cash, round, at, reference: None };
        street.receive(&money, None).unwrap();
    }
    street
}

#[test]
fn arrears_are_told_by_age_and_what_is_due_today_is_none() {
    assert_eq!(
        [0, 1, 90, 91, 365, 366, 1_095, 1_096].map(Age::of),
        [
            None,
            Some(Age::Quarter),
            Some(Age::Quarter),
            Some(Age::Year),
            Some(Age::Year),
            Some(Age::ThreeYears),
            Some(Age::ThreeYears),
            Some(Age::Older)
        ]
    );
    let said = told(&street(), &Days::default(), "2026-06-30");
    // Due from 31 January to 31 May: 150, 122, 91 days, then 61 and 30; June is due today. The third home's
    // late fees came before a part of its June bill.
    let arrears: Vec<(Age, u32)> = said.arrears.iter().map(|(age, of)| (*age, of.bills)).collect();
    assert_eq!(arrears, [(Age::Quarter, 4), (Age::Year, 6)]);
    assert_eq!(
        said.arrears[&Age::Year],
        Arrears { bills: 6, left: Fen::new(3 * 20_245 + 3 * 20_487 - 10_000) }
    );
}

#[test]
fn what_was_collected_is_a_fraction_building_by_building() {
    let january = Days { from: Day::parse("2026-01-01"), to: Day::parse("2026-01-31") };
    let said = told(&street(), &january, "2026-06-30");
    let collected =
        Collected { paid: Fen::new(10_000 + 20_729), billed: Fen::new(20_245 + 20_487 + 20_729) };
    assert_eq!(said.collected.into_iter().collect::<Vec<_>>(), [("3".to_owned(), collected)]);
    let early = told(&street(), &january, "2026-01-30");
    assert!(early.collected.is_empty(), "nothing is due yet");
}

#[test]
fn totals_of_a_quarter_name_nobody_and_lead_to_their_entries() {
    let street = street();
    let ledger = street.ledger(&street.facts).unwrap();
    let quarters = ledger.quarters(&Days::default()).unwrap();
    for (_, name) in quarters.keys() {
        assert!(!name.contains("3-2-") && !name.contains("in-hand:"), "{name}");
    }
    let quarter = street.months[3];
    let owed = quarters[&(quarter, "assets:fees:home".to_owned())];
    assert_eq!((owed.entries, ledger.behind(quarter, "assets:fees:home").count()), (10, 10));
    let cash = quarters[&(quarter, "assets:fees:in-hand".to_owned())];
    assert_eq!((cash.amount, cash.entries), (Fen::new(6 * 20_729), 1));
    let found: Vec<&Entry> = ledger.behind(quarter, "assets:fees:in-hand").collect();
    assert!(street.facts.iter().any(|fact| fact.id == found[0].fact));
    let sum = Fen::sum(quarters.values().map(|total| total.amount));
    assert_eq!(sum, Some(Fen::ZERO));
}
