//! Bills beyond the worked cases: handover, rates that change, kinds of charges, what is shared.

use super::*;
use crate::law::Rounding;

const YEAR: (&str, &str) = ("2026-01", "2026-12");

#[test]
fn the_month_of_the_handover_is_the_developers_unless_it_is_shared_by_days() {
    let unit = Billed { bill_from: Some(day("2026-03-15")), ..home() };
    let months = |tariff: &Tariff| -> Vec<(String, i64)> {
        let bill = billed(unit.clone(), tariff, span("2026-02", "2026-04"));
        bill.lines.iter().map(|line| (line.month.to_string(), line.amount.get())).collect()
    };
    assert_eq!(months(&fee("")), [("2026-04".to_owned(), 21_002)]);
    // 17 of 31 days: 210.0195 × 17 ÷ 31 = 115.172…
    let daily = months(&fee("handover_month = \"daily\""));
    assert_eq!(daily, [("2026-03".to_owned(), 11_517), ("2026-04".to_owned(), 21_002)]);
    let first = Billed { bill_from: Some(day("2026-03-01")), ..home() };
    for rules in ["", "handover_month = \"daily\""] {
        let bill = billed(first.clone(), &fee(rules), span("2026-02", "2026-03"));
        assert_eq!(amounts(&bill), [21_002], "a unit handed over on the first is the owner's");
    }
}

#[test]
fn a_rate_that_changes_within_a_month_changes_the_next_whole_month() {
    let tariff = tariff(
        "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\nuntil = 2026-03-14\n\
         [[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.60\nfrom = 2026-03-15\n",
    );
    let bill = billed(home(), &tariff, span("2026-02", "2026-05"));
    assert_eq!(amounts(&bill), [21_002, 21_002, 23_236, 23_236]);
    assert_eq!(tariff.charges[0].until, Some(month("2026-03")));
    assert_eq!(tariff.charges[1].from, Some(month("2026-04")));
}

#[test]
fn lines_are_rounded_as_the_rules_say() {
    for (round, fen) in [
        (Rounding::HalfUpFen, 21_002),
        (Rounding::HalfUpJiao, 21_000),
        (Rounding::HalfUpYuan, 21_000),
    ] {
        let tariff = fee(&format!("round = \"{}\"", round.word()));
        assert_eq!(amounts(&billed(home(), &tariff, span("2026-01", "2026-01"))), [fen]);
    }
    let unit = Billed { prepaid: 12, ..home() };
    let tariff = fee("round = \"half_up_jiao\"\nprepay_discount = 0.05");
    let bill = billed(unit, &tariff, span(YEAR.0, YEAR.1));
    assert_eq!(bill.total, yuan("2394"));
    assert!(amounts(&bill).iter().all(|amount| amount % 10 == 0), "{:?}", amounts(&bill));
}

const ALL_KINDS: &str = "
[[charge]]
name = \"fee\"
kind = \"area\"
rate = 2.00
unit_kinds = [\"home\"]
[[charge]]
name = \"lift\"
kind = \"fixed\"
rate = 30
[[charge]]
name = \"space\"
kind = \"parking\"
rate = 150
[[charge]]
name = \"light\"
kind = \"shared\"
rate = 100
unit_kinds = [\"home\"]
";

fn three_homes_and_a_space() -> Vec<Billed> {
    let home = |unit: &str| Billed { unit: name(unit), area: AreaDm2(10_000), ..home() };
    let space = Billed { kind: UnitUse::Parking, ..home("B1-0123") };
    vec![space, home("1-1-103"), home("1-1-101"), home("1-1-102")]
}

#[test]
fn each_kind_of_charge_is_measured_in_its_own_way() {
    let run = bill(&three_homes_and_a_space(), &tariff(ALL_KINDS), span("2026-01", "2026-01"));
    let run = run.unwrap();
    let shown: Vec<(&str, Vec<i64>)> =
        run.units.iter().map(|bill| (bill.unit.as_str(), amounts(bill))).collect();
    assert_eq!(
        shown,
        [
            ("1-1-101", vec![20_000, 3_000, 3_334]),
            ("1-1-102", vec![20_000, 3_000, 3_333]),
            ("1-1-103", vec![20_000, 3_000, 3_333]),
            ("B1-0123", vec![15_000]),
        ]
    );
    assert_eq!(run.total, yuan("940"));
}

#[test]
fn an_empty_home_pays_in_full_for_its_space_and_for_what_was_used_together() {
    let units = three_homes_and_a_space().into_iter();
    let empty = Some(day("2025-01-01"));
    let units: Vec<Billed> = units.map(|unit| Billed { vacant_from: empty, ..unit }).collect();
    let run = bill(&units, &tariff(ALL_KINDS), span("2026-01", "2026-01")).unwrap();
    assert_eq!(amounts(&run.units[0]), [12_000, 1_800, 3_334]);
    assert_eq!(amounts(&run.units[3]), [15_000]);
    let lift = run.units[0].lines[1].why;
    assert_eq!(lift.empty, Ratio::new(3, 5));
}

#[test]
fn six_months_that_begin_within_a_month_end_within_one() {
    let unit = Billed { vacant_from: Some(day("2026-01-15")), ..home() };
    let bill = billed(unit, &fee(""), span("2026-06", "2026-08"));
    assert_eq!(amounts(&bill), [21_002, 21_002, 12_601]);
}

#[test]
fn what_is_not_handed_over_leaves_its_part_to_the_developer() {
    let mut units = three_homes_and_a_space();
    units[2].bill_from = Some(day("2026-02-01"));
    let run = bill(&units, &tariff(ALL_KINDS), span("2026-01", "2026-01")).unwrap();
    assert!(run.units[0].lines.is_empty());
    assert_eq!(amounts(&run.units[1])[2], 3_333, "the neighbours pay no more");
}

#[test]
fn what_is_shared_cannot_be_prepaid() {
    let units = three_homes_and_a_space().into_iter();
    let units: Vec<Billed> = units.map(|unit| Billed { prepaid: 2, ..unit }).collect();
    let text = format!("{ALL_KINDS}[rules]\nprepay_discount = 0.1\n");
    let run = bill(&units, &tariff(&text), span("2026-01", "2026-03")).unwrap();
    assert_eq!(
        amounts(&run.units[0]),
        [18_000, 2_700, 3_334, 18_000, 2_700, 3_334, 20_000, 3_000, 3_334],
        "the third month was not prepaid"
    );
}

#[test]
fn sums_that_cannot_be_held_are_refused_with_the_unit() {
    let unit = Billed { area: AreaDm2(u64::MAX), ..home() };
    let tariff = tariff("[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 1000000000\n");
    let refusal = bill(&[unit], &tariff, span(YEAR.0, YEAR.1));
    assert_eq!(refusal, Err(NotBilled::TooLarge(name("3-2-501"))));
    assert_eq!(Span::new(month("2026-02"), month("2026-01")), None);
    assert_eq!(Span::new(month("2026-01"), month("2036-01")), None, "ten years at most");
    assert!(Span::new(month("2026-01"), month("2035-12")).is_some());
}

#[test]
fn the_order_of_a_table_changes_no_bill() {
    let (mut units, tariff) = (three_homes_and_a_space(), tariff(ALL_KINDS));
    let run = bill(&units, &tariff, span(YEAR.0, YEAR.1));
    units.reverse();
    assert_eq!(bill(&units, &tariff, span(YEAR.0, YEAR.1)), run);
}

#[test]
fn a_prepaid_year_whose_rate_changes_is_discounted_as_one() {
    let tariff = tariff(
        "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\nuntil = \"2026-06\"\n\
         [[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.60\nfrom = \"2026-07\"\n\
         [rules]\nprepay_discount = \"5%\"\n",
    );
    let bill = billed(Billed { prepaid: 12, ..home() }, &tariff, span(YEAR.0, YEAR.1));
    // 6 × 210.02 + 6 × 232.36 = 2,654.28, less 5 % 2,521.566.
    assert_eq!(bill.total, yuan("2521.57"));
    let prepaid = bill.lines[0].why.prepaid.unwrap();
    assert_eq!((prepaid.months, prepaid.before), (12, yuan("2654.28")));
}
