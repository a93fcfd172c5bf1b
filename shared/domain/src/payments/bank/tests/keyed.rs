use std::collections::BTreeSet;

use super::{super::super::bank, *};

fn key_texts(lines: &[StatementLine]) -> Vec<String> {
    keys(lines).iter().map(ToString::to_string).collect()
}

fn serial(serial: &str, amount: &str) -> StatementLine {
    StatementLine { serial: Some(serial.to_owned()), ..paid(amount, "王某", "费") }
}

/// How many keys two files have together.
fn together(one: &[StatementLine], other: &[StatementLine]) -> usize {
    let all: BTreeSet<_> = keys(one).into_iter().chain(keys(other)).collect();
    all.len()
}

#[test]
fn keys_are_stable_words() {
    let with_balance =
        StatementLine { balance: Some(yuan("1000")), ..paid("210.02", "王 某/a", "费") };
    assert_eq!(
        key_texts(&[serial("77/8", "210.02"), with_balance, paid("5", "", "")]),
        [
            "bank/+/2026-03-01/210.02/1/77/8",
            "bank/-/2026-03-01/210.02/1000.00/1/王某/a",
            "bank/-/2026-03-01/5.00//1/"
        ]
    );
}

#[test]
fn accounts_with_names_have_keys_of_their_own() {
    let fund = Account::new("维修资金").unwrap();
    let key = bank::keys(&fund, &[serial("77", "1")]);
    assert_eq!(key[0].as_str(), "bank:维修资金/+/2026-03-01/1.00/1/77");
    for name in ["", "a/b", "a b", "a:b", "123456789012345678901"] {
        assert_eq!(Account::new(name), None, "{name}");
    }
}

#[test]
fn two_equal_payments_of_one_day_both_survive_and_the_same_file_adds_nothing() {
    let twins = [paid("210.02", "王某", "费"), paid("210.02", "王某", "费")];
    assert_eq!(together(&twins, &twins), 2);
    // The day went on: the later export holds one more.
    let later = [twins.as_slice(), &[paid("210.02", "王某", "费")]].concat();
    assert_eq!(together(&twins, &later), 3);
    assert_eq!(together(&later, &twins), 3);
}

#[test]
fn files_that_overlap_partly_have_the_keys_of_what_they_share() {
    let of = |day_text: &str, memo: &str| StatementLine {
        day: day(day_text),
        ..paid("210.02", "王某", memo)
    };
    let first = [of("2026-03-01", "a"), of("2026-03-02", "b"), of("2026-03-02", "c")];
    let second = [of("2026-03-02", "c"), of("2026-03-02", "b"), of("2026-03-03", "d")];
    assert_eq!(together(&first, &second), 4);
}

#[test]
fn the_earlier_of_equal_payments_keeps_its_number_whatever_the_order_of_the_file() {
    let at =
        |hour| StatementLine { time: TimeOfDay::new(hour, 0, 0), ..paid("1", "王某", "费") };
    let noon = keys(&[at(9), at(11)]);
    let evening = keys(&[at(20), at(11), at(9)]);
    assert_eq!((&evening[2], &evening[1]), (&noon[0], &noon[1]));
}

/// Too little is counted here, and it is shown as known: the price of never counting twice.
#[test]
fn two_parts_of_one_day_with_equal_lines_and_nothing_else_cannot_be_told_apart() {
    let at =
        |hour| StatementLine { time: TimeOfDay::new(hour, 0, 0), ..paid("1", "王某", "费") };
    assert_eq!(together(&[at(9)], &[at(20)]), 1);
    let with_balance = |hour, balance| StatementLine { balance: Some(yuan(balance)), ..at(hour) };
    assert_eq!(together(&[with_balance(9, "1")], &[with_balance(20, "2")]), 2);
}

#[test]
fn a_serial_names_a_line_of_its_day_and_sum() {
    let again = serial("77", "210.02");
    assert_eq!(together(&[again.clone(), again.clone()], &[]), 1, "one line that stands twice");
    let fee = serial("77", "-0.50");
    let next_day = StatementLine { day: day("2026-03-02"), ..again.clone() };
    assert_eq!(together(&[again.clone(), fee, next_day], &[]), 3);
    // One serial for a whole batch: each line of it survives.
    let other = StatementLine { party: "李某".to_owned(), ..again.clone() };
    let batch = [again.clone(), other.clone(), again];
    assert_eq!(together(&batch, &[other]), 2);
}

/// Whatever days the exports hold, in whatever order, and however often: each payment counts once.
#[test]
fn exports_of_whole_days_add_up_to_what_was_paid() {
    const DAYS: usize = 6;
    for seed in 1..=300 {
        let mut chance = Chance(seed * 0x9E37_79B9);
        let paid_on = |chance: &mut Chance, on: usize, number: usize| StatementLine {
            day: day("2026-03-01").in_days(u64::try_from(on).unwrap()).unwrap(),
            // Some have none; some banks begin anew each day; no two of one day are alike.
            serial: (chance.below(2) == 0).then(|| format!("S{number}")),
            balance: (chance.below(3) == 0)
                .then(|| Fen::new(i64::try_from(chance.below(3)).unwrap())),
            time: TimeOfDay::new(u32::try_from(chance.below(24)).unwrap(), 0, 0),
            ..paid(
                ["1", "2"][chance.below(2)],
                ["王某", ""][chance.below(2)],
                ["a", "b"][chance.below(2)],
            )
        };
        let days: Vec<Vec<StatementLine>> = (0..DAYS)
            .map(|on| (0..chance.below(9)).map(|number| paid_on(&mut chance, on, number)).collect())
            .collect();
        let (mut counted, mut covered) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..5 {
            let from = chance.below(DAYS);
            let to = from + chance.below(DAYS - from);
            let mut export: Vec<StatementLine> = days[from..=to].concat();
            chance.shuffle(&mut export);
            counted.extend(keys(&export));
            covered.extend(from..=to);
        }
        let paid: usize = covered.iter().map(|on| days[*on].len()).sum();
        assert_eq!(counted.len(), paid, "seed {seed}");
    }
}
