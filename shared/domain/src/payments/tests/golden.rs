//! Worked cases of bills, payments and the fund, by their ids; B19 stands in `accounts`, B20 in `rounds`.

use super::*;
use crate::law::{Rounding, SettleOrder};

#[test]
fn b1_a_month_is_rounded_once_and_a_year_is_twelve_lines() {
    let bill = billed(home(), &fee(""), span("2026-01", "2026-12"));
    assert_eq!(amounts(&bill), [21_002; 12]);
    assert_eq!(bill.total, yuan("2520.24"), "2,520.23 would be the total first");
    let why = bill.lines[0].why;
    assert_eq!(why.exact.to_string(), "210.0195");
    assert!(!why.exact.is_whole(why.round));
}

#[test]
fn b2_half_a_fen_goes_up() {
    let unit = Billed { area: AreaDm2(10_050), ..home() };
    let tariff = tariff("[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 1.81\n");
    let bill = billed(unit, &tariff, span("2026-01", "2026-01"));
    assert_eq!(bill.total, yuan("181.91"), "181.90 would be half even");
    assert_eq!(bill.lines[0].why.exact.to_string(), "181.905");
}

#[test]
fn b4_an_empty_home_pays_less_from_the_seventh_month_on() {
    let unit = Billed { vacant_from: Some(day("2026-01-01")), ..home() };
    let bill = billed(unit, &fee(""), span("2026-01", "2026-08"));
    let lines = [[21_002; 6].as_slice(), &[12_601; 2]].concat();
    assert_eq!((amounts(&bill), bill.total), (lines, yuan("1512.14")));
}

#[test]
fn b5_a_prepaid_year_is_discounted_once_and_shared_among_its_months() {
    let unit = Billed { prepaid: 12, ..home() };
    let tariff = fee("prepay_discount = \"5%\"");
    let bill = billed(unit, &tariff, span("2026-01", "2026-12"));
    let lines = [[19_952; 11].as_slice(), &[19_951]].concat();
    assert_eq!((amounts(&bill), bill.total), (lines, yuan("2394.23")));
    let prepaid = bill.lines[11].why.prepaid.unwrap();
    assert_eq!((prepaid.before, prepaid.after), (yuan("2520.24"), yuan("2394.23")));
}

#[test]
fn b9_the_payers_march_is_paid_and_january_and_february_are_untouched() {
    let debts = [
        debt("2026-01", "2026-01-31", "210.02", "6.30"),
        debt("2026-02", "2026-02-28", "210.02", "3.15"),
        debt("2026-03", "2026-03-31", "210.02", "0"),
    ];
    let chosen = settle(&debts, yuan("210.02"), SettleOrder::Code, Some("2026-03")).unwrap();
    assert_eq!(figures(&chosen), [(0, 0, 630, 21_002), (0, 0, 315, 21_002), (0, 21_002, 0, 0)]);
    assert_eq!(chosen.credit, Fen::ZERO);
}

#[test]
fn b10_what_was_prepaid_for_after_the_contract_is_given_back() {
    let whole = billed(home(), &fee(""), span("2026-01", "2026-12"));
    assert_eq!(unused(&whole, month("2026-08")), Some(yuan("840.08")));
    let unit = Billed { prepaid: 12, ..home() };
    let tariff = fee("prepay_discount = 0.05");
    let less = billed(unit, &tariff, span("2026-01", "2026-12"));
    assert_eq!(unused(&less, month("2026-08")), Some(yuan("798.07")));
}

#[test]
fn b12_the_odd_fen_falls_to_the_first_unit_and_comes_back_to_it() {
    let units = ["1-1-103", "1-1-101", "1-1-102"].map(|unit| (name(unit), AreaDm2(10_000)));
    let parts = |sum| -> Vec<(String, i64)> {
        let parts = allocate(yuan(sum), &units).unwrap();
        parts.iter().map(|part| (part.unit.as_str().to_owned(), part.amount.get())).collect()
    };
    let expected = |first: i64, rest: i64| {
        [("1-1-101", first), ("1-1-102", rest), ("1-1-103", rest)]
            .map(|(unit, amount)| (unit.to_owned(), amount))
    };
    assert_eq!(parts("100"), expected(3_334, 3_333));
    assert_eq!(parts("-100"), expected(-3_334, -3_333));
}

#[test]
fn b14_a_fund_below_three_tenths_is_topped_up_to_the_half() {
    let rules = RuleSet::national().unwrap().money;
    let rate = Rate::parse("95").unwrap();
    let first = deposit(AreaDm2(8_937), rate, Rounding::HalfUpFen).unwrap();
    assert_eq!(first, yuan("8490.15"));
    let fund = |balance| Fund { deposit: first, balance: yuan(balance) };
    assert!(fund("2500").is_low(&rules) && fund("2547.04").is_low(&rules));
    assert!(!fund("2547.05").is_low(&rules), "the line is 2,547.045");
    assert_eq!(rules.fund_topup.of(first), Some(yuan("4245.08")));
    assert_eq!(fund("2500").missing_to(rules.fund_topup), Some(yuan("1745.08")));
    assert_eq!(fund("5000").missing_to(rules.fund_topup), Some(Fen::ZERO));
}

#[test]
fn b18_who_pays_the_second_time_has_a_credit() {
    let owed = [debt("2026-01", "2026-01-31", "210.02", "0")];
    let husband = settle(&owed, yuan("210.02"), SettleOrder::Code, None).unwrap();
    assert_eq!((figures(&husband), husband.credit), (vec![(0, 21_002, 0, 0)], Fen::ZERO));
    let left = [debt("2026-01", "2026-01-31", "0", "0")];
    let wife = settle(&left, yuan("210.02"), SettleOrder::Code, None).unwrap();
    assert_eq!((figures(&wife), wife.credit), (vec![(0, 0, 0, 0)], yuan("210.02")));
    // As one sum it comes to the same.
    let both = settle(&owed, yuan("420.04"), SettleOrder::Code, None).unwrap();
    assert_eq!(both.credit, yuan("210.02"));
}
