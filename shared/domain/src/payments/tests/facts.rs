//! Tariffs and bill runs.

use linli_wire::{FactId, Hash};

use super::{given::*, *};

#[test]
fn refusals_stand_in_order_and_have_words_of_their_own() {
    assert!(Refusal::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    let mut words: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Refusal::ALL.len());
}

#[test]
fn the_committee_decides_a_tariff_and_finance_bills_by_it() {
    let (books, facts) = books(&["2026-11"]);
    assert_eq!((books.tariffs().len(), books.runs().len()), (1, 1));
    let run = books.runs()[0];
    assert_eq!((run.bills(), run.fields.total), (4, yuan("840.08")));
    let lines = run.bill(&code("3-2-501"), &Conditions::default()).unwrap();
    assert_eq!(lines.total, yuan("210.02"));
    assert_eq!(run.bill(&code("9-9-999"), &Conditions::default()), Err(Refusal::Unknown));
    // Whatever order they come in.
    let backwards: Vec<_> = facts.iter().rev().cloned().collect();
    assert_eq!(Books::fold(&backwards, &registry()).runs()[0].fields, run.fields);
}

#[test]
fn who_may_not_decides_nothing_and_bills_nothing() {
    let Fields::Tariff(tariff) = Fields::of(&tariff_fact().fact).unwrap() else { panic!() };
    let law = RuleSet::national().unwrap();
    for author in [finance(), worker(), head(), owner()] {
        assert_eq!(Books::decide(&author, &tariff, &law), Err(Refusal::NotYours));
    }
    let (_, facts) = books(&["2026-11"]);
    for author in [worker(), head(), owner()] {
        let forged = crate::kernel::Written { author, ..facts[1].clone() };
        let books = Books::fold(&[facts[0].clone(), forged.clone()], &registry());
        assert_eq!(books.refused, [(forged.id, Refusal::NotYours)]);
    }
}

#[test]
fn a_header_that_does_not_recompute_is_refused() {
    let (_, facts) = books(&["2026-11"]);
    let Some(Fields::Run(run)) = Fields::of(&facts[1].fact) else { panic!() };
    let table = [
        (Refusal::Unknown, RunFields { tariff: FactId([1; 16]), ..run.clone() }),
        (Refusal::BadTime, RunFields { to: month("2026-10"), ..run.clone() }),
        (Refusal::OtherLaw, RunFields { law: Hash([1; 32]), ..run.clone() }),
        (Refusal::OtherRoster, RunFields { roster: Hash([1; 32]), ..run.clone() }),
        (Refusal::OtherRoster, RunFields { units: 3, ..run.clone() }),
        (Refusal::OtherRoster, RunFields { units: 2, ..run.clone() }),
        (Refusal::BadSum, RunFields { total: yuan("840.09"), ..run }),
    ];
    for (refusal, fields) in table {
        let forged = written(2, &finance(), &Fields::Run(fields), Some(Books::id()));
        let books = Books::fold(&[facts[0].clone(), forged.clone()], &registry());
        assert_eq!(books.refused, [(forged.id, refusal)]);
        assert!(books.runs().is_empty());
    }
}

#[test]
fn a_tariff_that_cannot_be_read_is_refused() {
    let law = RuleSet::national().unwrap();
    for text in ["", "rate = 2", "[[charge]]\nname = \"x\"\nkind = \"area\"\nrate = -1\n"] {
        let fields = TariffFields { text: text.to_owned(), late_per_day: None, decision: None };
        assert_eq!(Books::decide(&committee(), &fields, &law), Err(Refusal::BadTariff), "{text}");
    }
    let long = TariffFields {
        text: format!("{TARIFF}{}", "#".repeat(books::TARIFF_BYTES_MAX)),
        late_per_day: None,
        decision: None,
    };
    assert_eq!(Books::decide(&committee(), &long, &law), Err(Refusal::BadText));
}

#[test]
fn a_run_stays_the_same_when_more_homes_are_registered() {
    let (_, facts) = books(&["2026-11"]);
    let registry = registry();
    let stairs: Vec<_> = registry.registered_stairs().cloned().collect();
    let mut more = stairs.clone();
    let mut fifth = stairs[0].clone();
    fifth.building = "5".to_owned();
    for unit in &mut fifth.units {
        unit.code = crate::kernel::UnitCode::new("5", 2, unit.code.room()).unwrap();
    }
    more.push(fifth);
    let books = Books::fold(&facts, &crate::registry::given::with_stairs(more));
    assert_eq!((books.runs().len(), books.refused.len()), (1, 0));
}
