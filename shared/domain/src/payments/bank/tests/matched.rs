use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn matched(lines: &[StatementLine], expected: &[Expected]) -> Matched {
    match_lines(&Account::default(), lines, expected, &Already::default())
}

/// Ids that lines were paired with, by line.
fn pairs<'a>(matched: &Matched, expected: &'a [Expected]) -> Vec<(usize, &'a str, By)> {
    let pairs = matched.pairs.iter();
    pairs.map(|pair| (pair.line, expected[pair.expected].id.as_str(), pair.by)).collect()
}

fn referred(id: &str, reference: &str, amount: &str) -> Expected {
    Expected { reference: Some(reference.to_owned()), ..bill(id, "", amount) }
}

fn dated(id: &str, day_text: &str, party: &str, amount: &str) -> Expected {
    Expected { day: Some(day(day_text)), party: Some(party.to_owned()), ..bill(id, "", amount) }
}

#[test]
fn a_unit_is_found_however_it_is_written() {
    let expected = [
        bill("a", "3-2-501", "210.02"),
        bill("b", "S-1-S12", "210.02"),
        bill("c", "88-12-501", "210.02"),
    ];
    for (memo, id) in [
        ("3-2-501", "a"),
        ("物业费3号楼2单元501室", "a"),
        ("3栋2单元501王某某物业费", "a"),
        ("3栋 2单元 501 物业费", "a"),
        ("2026年3月 3-2-501 210元", "a"),
        ("210元 3-2-501", "a"),
        ("３－２－５０１", "a"),
        ("3-2-501/3月", "a"),
        ("费,3#2-501", "a"),
        ("03-2-501户", "a"),
        ("商铺S12 租", "b"),
        ("88弄12号501室", "c"),
    ] {
        let found = matched(&[paid("210.02", "王某某", memo)], &expected);
        assert_eq!(pairs(&found, &expected), [(0, id, By::Unit)], "{memo}");
    }
    let by_party = matched(&[paid("210.02", "3-2-501王某", "转账")], &expected);
    assert_eq!(by_party.pairs.len(), 1);
}

#[test]
fn a_part_of_a_name_is_no_name() {
    let expected = [bill("a", "2-1-501", "1"), bill("b", "1-1-501", "1"), bill("c", "3-1-2", "1")];
    for memo in [
        "3-2-501",
        "3号楼2单元501",
        "3号楼 2单元501",
        "3号楼 2-501",
        "2单元501",
        "3-2-1-501",
        "12-501",
        "501",
        "2026-1-501",
        "3号楼2单元",
    ] {
        let found = matched(&[paid("1", "", memo)], &expected);
        assert!(found.pairs.is_empty() && found.ambiguous.is_empty(), "{memo}: {found:?}");
        assert_eq!(found.open[0].why, OpenWhy::NothingFits, "{memo}");
    }
}

#[test]
fn a_reference_counts_before_a_unit_and_a_unit_before_day_and_party() {
    let expected = [
        Expected { reference: Some("B-2026-0017".to_owned()), ..bill("ref", "9-9-999", "210.02") },
        bill("unit", "3-2-501", "210.02"),
        dated("party", "2026-03-03", "王 某某", "210.02"),
    ];
    let line = |memo: &str| paid("210.02", "王某某", memo);
    let all = [line("账单b20260017 3-2-501"), line("3-2-501"), line("转账")];
    let found = matched(&all, &expected);
    assert_eq!(
        pairs(&found, &expected),
        [(0, "ref", By::Reference), (1, "unit", By::Unit), (2, "party", By::DaySumParty)]
    );
    // A receipt that was written already names the service's number.
    let receipt = [referred("r", "10000001", "210.02")];
    let numbered = StatementLine { serial: Some("10000001".to_owned()), ..line("转账") };
    assert_eq!(pairs(&matched(&[numbered], &receipt), &receipt), [(0, "r", By::Reference)]);
    // A short one is found as a whole number only.
    let short = [referred("r", "12", "210.02")];
    assert_eq!(matched(&[line("3月12日")], &short).pairs.len(), 0);
    let order = StatementLine { order: Some("12".to_owned()), ..line("") };
    assert_eq!(matched(&[order], &short).pairs.len(), 1);
}

#[test]
fn another_sum_is_never_paired_and_tells_what_it_may_be_about() {
    let expected = [
        bill("jan", "3-2-501", "210.02"),
        bill("feb", "3-2-501", "200"),
        dated("x", "2026-03-01", "王某", "420.02"),
    ];
    let both = matched(&[paid("420.02", "王某", "3-2-501 两个月")], &expected);
    assert_eq!(both.open, [Open { line: 0, why: OpenWhy::SumDiffers, candidates: vec![0, 1] }]);
    let other = [referred("r", "B20260017", "5"), bill("unit", "3-2-501", "210.02")];
    let found = matched(&[paid("210.02", "", "B20260017 3-2-501")], &other);
    assert_eq!(found.open, [Open { line: 0, why: OpenWhy::SumDiffers, candidates: vec![0] }]);
}

#[test]
fn where_two_fit_alike_nothing_is_guessed() {
    // One payment, two months of one sum.
    let months = [bill("jan", "3-2-501", "210.02"), bill("feb", "3-2-501", "210.02")];
    let found = matched(&[paid("210.02", "", "3-2-501")], &months);
    assert!(found.pairs.is_empty());
    let ambiguous = Ambiguous { line: 0, by: By::Unit, candidates: vec![0, 1], total: 2 };
    assert_eq!(found.ambiguous, [ambiguous]);
    // Two payments, one bill.
    let twins = [paid("210.02", "王某", "3-2-501"), paid("210.02", "李某", "3-2-501")];
    let found = matched(&twins, &months[..1]);
    assert!(found.pairs.is_empty());
    assert_eq!(found.ambiguous.iter().map(|one| one.line).collect::<Vec<_>>(), [0, 1]);
    // Two units in one text.
    let two = [bill("a", "3-2-501", "1"), bill("b", "3-2-502", "1")];
    assert_eq!(matched(&[paid("1", "", "3-2-501、3-2-502")], &two).ambiguous[0].total, 2);
}

#[test]
fn what_is_contested_by_a_stronger_sign_is_no_weaker_ones() {
    let expected = [
        Expected { reference: Some("B20260017".to_owned()), ..bill("a", "3-2-501", "1") },
        Expected { reference: Some("B20260017".to_owned()), ..bill("b", "3-2-502", "1") },
    ];
    let lines = [paid("1", "", "B20260017"), paid("1", "", "3-2-501")];
    let found = matched(&lines, &expected);
    assert!(found.pairs.is_empty(), "{found:?}");
    assert_eq!(found.ambiguous.len(), 2);
    // What is paired is gone for the weaker sign.
    let found = matched(&lines, &expected[..1]);
    assert_eq!(pairs(&found, &expected), [(0, "a", By::Reference)]);
    assert_eq!((found.open[0].line, found.open[0].why), (1, OpenWhy::NothingFits));
}

#[test]
fn day_and_party_reach_three_days_and_need_both() {
    let line = StatementLine { day: day("2026-03-10"), ..paid("1", "王某", "") };
    for (day, fits) in [
        ("2026-03-06", 0),
        ("2026-03-07", 1),
        ("2026-03-10", 1),
        ("2026-03-13", 1),
        ("2026-03-14", 0),
    ] {
        let expected = [
            dated("a", day, "王某", "1"),
            dated("b", day, "李某", "1"),
            dated("c", day, "王某", "2"),
        ];
        assert_eq!(matched(std::slice::from_ref(&line), &expected).pairs.len(), fits, "{day}");
    }
    let nobody = StatementLine { party: String::new(), ..line.clone() };
    assert!(matched(&[nobody], &[dated("a", "2026-03-10", " ", "1")]).pairs.is_empty());
    // A chain: each of two lines is near the one in the middle.
    let later = StatementLine { day: day("2026-03-14"), ..line.clone() };
    let middle = [dated("a", "2026-03-12", "王某", "1")];
    assert_eq!(matched(&[line, later], &middle).ambiguous.len(), 2);
}

#[test]
fn what_is_no_income_pays_nothing_and_what_is_doubtful_is_a_persons() {
    let expected = [bill("a", "3-2-501", "1")];
    let with = |standing| StatementLine { standing, ..paid("1", "", "3-2-501") };
    let found = matched(&[with(Standing::Not(NotIncome::Closed))], &expected);
    assert_eq!(found.not_income, [NotCounted { line: 0, why: NotIncome::Closed, was: None }]);
    let found = matched(&[with(Standing::Doubtful(Doubt::Reversal))], &expected);
    assert_eq!(found.open[0].why, OpenWhy::Doubtful(Doubt::Reversal));
    assert!(found.pairs.is_empty());
}

#[test]
fn what_was_matched_stays_matched_and_what_is_open_is_looked_at_again() {
    let expected = [bill("jan", "3-2-501", "1"), bill("feb", "3-2-501", "1")];
    let lines = [paid("1", "王某", "3-2-501"), paid("1", "李某", "3-2-501")];
    let keys = keys(&lines);
    let already = Already(BTreeMap::from([
        (keys[0].clone(), Some("jan".to_owned())),
        (keys[1].clone(), None),
    ]));
    let found = match_lines(&Account::default(), &lines, &expected, &already);
    assert_eq!(found.already_known, [Known { line: 0, with: "jan".to_owned() }]);
    assert_eq!(pairs(&found, &expected), [(1, "feb", By::Unit)], "jan waits no more");
    // It was income, and is none any more: somebody has to undo it.
    let refunded =
        StatementLine { standing: Standing::Not(NotIncome::Refunded), ..lines[0].clone() };
    let found = match_lines(&Account::default(), &[refunded], &expected, &already);
    assert_eq!(found.not_income[0].was.as_deref(), Some("jan"));
    // A line that stands twice in a file is one.
    let numbered = StatementLine { serial: Some("7".to_owned()), ..lines[0].clone() };
    let found = matched(&[numbered.clone(), numbered], &expected[..1]);
    assert_eq!((found.pairs.len(), found.twice), (1, vec![1]));
}

fn any_line(chance: &mut Chance, row: u32) -> StatementLine {
    let unit = chance.below(4);
    let memo = ["", "物业费", &format!("3-2-50{unit}"), "B2026000", "3-2-501 3-2-502"]
        [chance.below(5)]
    .to_owned();
    let serial = (chance.below(2) == 0).then(|| format!("S{}", chance.below(9)));
    let day = day("2026-03-01").in_days(u64::try_from(chance.below(6)).unwrap()).unwrap();
    let amount = ["1", "2", "2.50"][chance.below(3)];
    let party = ["王某", "李某", ""][chance.below(3)];
    StatementLine { row, serial, day, ..paid(amount, party, &memo) }
}

fn any_expected(chance: &mut Chance, id: usize) -> Expected {
    let unit = ["", "3-2-500", "3-2-501", "3-2-502", "3-2-503"][chance.below(5)];
    let reference = ["", "B2026000", "S1", "S2"][chance.below(4)];
    let party = ["", "王某", "李某"][chance.below(3)];
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Expected {
        day: day("2026-03-01").in_days(u64::try_from(chance.below(9)).unwrap()),
        reference: some(reference),
        party: some(party),
        ..bill(&id.to_string(), unit, ["1", "2", "2.50"][chance.below(3)])
    }
}

/// What came of every line, by its key: a word, and the ids it is about.
fn told(
    lines: &[StatementLine],
    expected: &[Expected],
) -> BTreeSet<(String, &'static str, Vec<String>)> {
    let found = matched(lines, expected);
    let key = |line: usize| found.keys[line].to_string();
    let ids = |places: &[usize]| {
        let mut ids: Vec<String> = places.iter().map(|at| expected[*at].id.clone()).collect();
        ids.sort();
        ids
    };
    let mut all = BTreeSet::new();
    let (mut lines_of_pairs, mut ids_of_pairs) = (BTreeSet::new(), BTreeSet::new());
    for pair in &found.pairs {
        assert!(
            lines_of_pairs.insert(pair.line) && ids_of_pairs.insert(pair.expected),
            "at most one"
        );
        assert_eq!(lines[pair.line].amount, expected[pair.expected].amount);
        all.insert((key(pair.line), pair.by.word(), ids(&[pair.expected])));
    }
    all.extend(found.open.iter().map(|one| (key(one.line), one.why.word(), ids(&one.candidates))));
    // Only as many candidates as are named can be compared.
    let few = |one: &Ambiguous| {
        if one.total > CANDIDATES_MAX { Vec::new() } else { ids(&one.candidates) }
    };
    all.extend(found.ambiguous.iter().map(|one| (key(one.line), "ambiguous", few(one))));
    let places = found.pairs.len() + found.open.len() + found.ambiguous.len() + found.twice.len();
    assert_eq!(places, lines.len(), "every line is in one list");
    all
}

#[test]
fn the_order_of_either_list_changes_nothing() {
    for seed in 1..=400 {
        let mut chance = Chance(seed * 0x9E37_79B9);
        let count = u32::try_from(1 + chance.below(30)).unwrap();
        let mut lines: Vec<_> = (0..count).map(|row| any_line(&mut chance, row)).collect();
        let mut expected: Vec<_> =
            (0..1 + chance.below(20)).map(|id| any_expected(&mut chance, id)).collect();
        let first = told(&lines, &expected);
        chance.shuffle(&mut lines);
        chance.shuffle(&mut expected);
        assert_eq!(first, told(&lines, &expected), "seed {seed}");
    }
}

#[test]
fn a_large_month_and_a_hostile_one_are_matched_whole() {
    // Each unit owes a sum of its own; half of them pay and name it.
    let expected: Vec<_> = (0..20_000)
        .map(|unit| {
            bill(&unit.to_string(), &format!("{}-1-{}", unit / 100, 100 + unit % 100), "210.02")
        })
        .collect();
    let lines: Vec<_> = (0..10_000)
        .map(|unit| {
            paid("210.02", "王某", &format!("物业费 {}号楼1单元{}室", unit / 100, 100 + unit % 100))
        })
        .collect();
    assert_eq!(matched(&lines, &expected).pairs.len(), 10_000);
    // Everything fits everything.
    let same = vec![
        Expected {
            day: Some(day("2026-03-01")),
            party: Some("王某".to_owned()),
            ..bill("x", "", "210.02")
        };
        20_000
    ];
    let all = matched(&vec![paid("210.02", "王某", "费"); 10_000], &same);
    assert!(all.ambiguous.len() == 10_000 && all.ambiguous.iter().all(|one| one.total == 20_000));
    // Every text is nothing but words that may be codes.
    let words = paid("210.02", "王某", &"1-1 ".repeat(250));
    assert_eq!(matched(&vec![words; 200], &expected).open.len(), 200);
}
