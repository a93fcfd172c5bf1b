//! What is asked wrongly is said with what to do, ends with 2, and writes nothing.

use super::given::{AREAS, DEBTS, Files, ROSTER, TARIFF, refused, refused_in_both};

#[test]
fn flags_that_are_missing_unknown_or_too_many_are_named() {
    for (words, why) in [
        (&["bill"][..], "--roster needs a file with the columns unit, area_m2 and kind"),
        (&["bill", "--roster", "r"], "--tariff needs"),
        (&["bill", "--roster", "r", "--tariff", "t"], "--from needs the first month"),
        (&["bill", "--roster", "r", "--tariff", "t", "--from", "2026-01"], "--to needs"),
        (&["bill", "x"], "one word too many"),
        (&["bill", "--wat"], "unknown flag \"--wat\""),
        (&["allocate", "--amount"], "--amount needs a value"),
        (&["allocate"], "--amount needs a sum in yuan"),
        (&["allocate", "--amount", "1"], "--areas needs a file"),
        (&["late"], "--due needs a day such as 2026-01-31, or --csv FILE"),
        (
            &["late", "--due", "2026-01-31", "--paid", "2026-01-31", "--principal", "1"],
            "--rate-per-day needs a number of percent",
        ),
        (&["late", "--csv", "f", "--paid", "2026-01-31"], "--paid stands in the columns"),
        (&["settle"], "--debts needs a file with the columns id, due, principal, late"),
        (&["settle", "--debts", "d"], "--pay needs"),
        (&["settle", "--debts", "d", "--pay", "1", "--order", "x"], "code, principal_first or"),
    ] {
        let (code, said) = refused("en", words);
        assert_eq!(code, 2, "{words:?}: {said}");
        assert!(said.contains(why), "{words:?}: {said}");
    }
}

#[test]
fn values_that_are_wrong_are_told_in_both_languages() {
    let files = Files::new();
    let (roster, tariff) = (files.with("R.csv", ROSTER), files.with("T.toml", TARIFF));
    let (areas, debts) = (files.with("A.csv", AREAS), files.with("D.csv", DEBTS));
    let bill = ["bill", "--roster", &roster, "--tariff", &tariff, "--from"];
    let bill = |from, to| [&bill[..], &[from, "--to", to]].concat();
    let late = |due, principal, rate| {
        vec![
            "late",
            "--due",
            due,
            "--paid",
            "2026-02-28",
            "--principal",
            principal,
            "--rate-per-day",
            rate,
        ]
    };
    for (words, zh, en) in [
        (bill("2026-13", "2026-12"), "--from：月份“2026-13”不对", "--from: “2026-13” is no month"),
        (
            bill("2026-05", "2026-04"),
            "--to：结束的月份 2026-04 在开始的月份 2026-05 之前",
            "--to: the last month 2026-04 lies before the first, 2026-05",
        ),
        (
            bill("0001-01", "9999-12"),
            "--to：119988 个月太多（最多 120 个月）",
            "--to: 119988 months are too many (at most 120)",
        ),
        (
            vec!["allocate", "--amount", "1,000", "--areas", &areas],
            "--amount：金额“1,000”不对",
            "--amount: “1,000” is no sum in yuan",
        ),
        (
            vec!["allocate", "--amount", "99999999999999999999999", "--areas", &areas],
            "最大 1000000000000.00 元",
            "up to 1000000000000.00",
        ),
        (late("2026-02-30", "1", "1"), "--due：日期“2026-02-30”不对", "--due: “2026-02-30” is no"),
        (
            late("2026-01-31", "-1", "1"),
            "--principal：金额“-1”是负数",
            "--principal: the sum “-1” is",
        ),
        (
            late("2026-01-31", "1", "much"),
            "--rate-per-day：百分数“much”",
            "--rate-per-day: “much” is",
        ),
        (
            vec!["settle", "--debts", &debts, "--pay", "1", "--choose", "Mar"],
            "--choose：欠费里没有“Mar”这个编号。请选：Jan。",
            "--choose: no debt has the id “Mar”; choose one of Jan.",
        ),
        (
            vec!["settle", "--debts", &debts, "--pay", "-1"],
            "--pay：金额“-1”是负数",
            "--pay: the sum “-1” is negative",
        ),
    ] {
        refused_in_both(&words, zh, en);
    }
}
