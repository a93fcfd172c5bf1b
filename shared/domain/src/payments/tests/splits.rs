//! What must hold of any figures: no fen is lost, no payment grows, no fee passes its cap.

use proptest::prelude::*;

use super::*;
use crate::law::SettleOrder;

/// Splits that are tried; the seed of a failing one is printed.
const SPLITS: u32 = 100_000;

fn units() -> impl Strategy<Value = Vec<(UnitName, AreaDm2)>> {
    prop::collection::vec(1_u64..=20_000, 1..12).prop_map(|areas| {
        let unit = |(at, area): (usize, u64)| (name(&format!("1-1-{}", 101 + at)), AreaDm2(area));
        areas.into_iter().enumerate().map(unit).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: SPLITS, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_split_loses_a_fen_and_no_part_is_a_fen_from_exact(
        sum in -1_000_000_000_i64..=1_000_000_000,
        units in units(),
    ) {
        let whole: i128 = units.iter().map(|(_, area)| i128::from(area.0)).sum();
        let parts = allocate(Fen::new(sum), &units).unwrap();
        prop_assert_eq!(parts.iter().map(|part| part.amount.get()).sum::<i64>(), sum);
        for (part, (unit, area)) in parts.iter().zip(&units) {
            prop_assert_eq!(&part.unit, unit);
            let exact = i128::from(sum) * i128::from(area.0);
            prop_assert!((i128::from(part.amount.get()) * whole - exact).abs() < whole);
        }
        let mut reversed = units.clone();
        reversed.reverse();
        prop_assert_eq!(&allocate(Fen::new(sum), &reversed).unwrap(), &parts);
        let refund = allocate(Fen::new(-sum), &units).unwrap();
        prop_assert!(parts.iter().zip(refund).all(|(one, other)| one.amount.get() == -other.amount.get()));
    }
}

fn debts() -> impl Strategy<Value = Vec<Debt>> {
    // Few days: several debts are due on one.
    prop::collection::vec((1_u32..6, 0_i64..50_000, 0_i64..5_000), 0..8).prop_map(|debts| {
        let debt = |(at, (due, principal, late)): (usize, (u32, i64, i64))| Debt {
            id: at.to_string(),
            due: day(&format!("2026-0{due}-28")),
            principal: Fen::new(principal),
            late: Fen::new(late),
        };
        debts.into_iter().enumerate().map(debt).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn settling_makes_no_money_and_loses_none(
        debts in debts(),
        payment in 0_i64..300_000,
        order in 0_usize..3,
        choice in prop::option::of(0_usize..8),
    ) {
        let order = SettleOrder::ALL[order];
        let choice = choice.and_then(|at| debts.get(at)).map(|debt| debt.id.clone());
        let settled = settle(&debts, Fen::new(payment), order, choice.as_deref()).unwrap();
        let mut paid = settled.credit.get();
        prop_assert!(paid >= 0);
        let mut owed = 0;
        for (debt, (late, principal, late_left, principal_left)) in
            debts.iter().zip(figures(&settled))
        {
            prop_assert!(late >= 0 && principal >= 0 && late_left >= 0 && principal_left >= 0);
            prop_assert_eq!(late + late_left, debt.late.get());
            prop_assert_eq!(principal + principal_left, debt.principal.get());
            match order {
                SettleOrder::Code | SettleOrder::LateFirst => {
                    prop_assert!(principal == 0 || late_left == 0);
                }
                SettleOrder::PrincipalFirst => prop_assert!(late == 0 || principal_left == 0),
            }
            paid += late + principal;
            owed += late_left + principal_left;
        }
        prop_assert_eq!(paid, payment);
        prop_assert!(settled.credit == Fen::ZERO || owed == 0, "a credit while something is owed");
        let left = |at: usize| {
            let debt = &settled.debts[at];
            debt.late_left.get() + debt.principal_left.get()
        };
        for (at, debt) in debts.iter().enumerate() {
            let chosen = choice.as_ref() == Some(&debt.id);
            let touched = settled.debts[at].late_paid.get() + settled.debts[at].principal_paid.get();
            for (other, older) in debts.iter().enumerate() {
                if !chosen && older.due < debt.due && left(other) > 0 {
                    prop_assert_eq!(touched, 0, "a younger debt was paid first");
                }
            }
        }
    }

    #[test]
    fn a_late_fee_only_grows_and_stays_under_its_cap(
        principal in 0_i64..100_000_000,
        rate in 0_u32..20_000,
        cap in 0_u32..=100,
        days in 0_u64..2_000,
    ) {
        let (due, rate) = (day("2026-01-31"), Ratio::new(rate, 1_000_000).unwrap());
        let cap = Ratio::new(cap, 100).unwrap();
        let fee = |days: u64| {
            late(due, due.in_days(days).unwrap(), Fen::new(principal), rate, cap).unwrap()
        };
        let (one, next) = (fee(days), fee(days + 1));
        prop_assert_eq!(u64::from(one.days), days);
        prop_assert!(one.fee <= next.fee && (!one.capped || next.capped));
        prop_assert!(one.fee <= cap.of(Fen::new(principal)).unwrap());
        prop_assert!(!one.capped || one.fee == cap.of(Fen::new(principal)).unwrap());
    }

    #[test]
    fn a_year_that_is_prepaid_sums_to_its_discounted_total(
        area in 1_u64..100_000,
        rate in 1_u32..100_000,
        discount in 0_u32..=100,
        months in 0_u32..=12,
    ) {
        let unit = Billed { area: AreaDm2(area), prepaid: months, ..home() };
        let text = format!(
            "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = {}.{:04}\n\
             [rules]\nprepay_discount = \"{discount}%\"\n",
            rate / 10_000,
            rate % 10_000,
        );
        let bill = billed(unit, &tariff(&text), span("2026-01", "2026-12"));
        let sum: i64 = amounts(&bill).iter().sum();
        prop_assert_eq!(sum, bill.total.get());
        let line = bill.lines[0].why.rounded.get();
        let kept = Ratio::new(100 - discount, 100).unwrap();
        let prepaid = kept.of(Fen::new(line * i64::from(months))).unwrap().get();
        prop_assert_eq!(sum, prepaid + line * i64::from(12 - months));
    }
}

#[test]
fn a_late_fee_is_simple_counts_from_the_day_after_and_is_cut_at_the_cap() {
    let cap = RuleSet::national().unwrap().money.late_cap;
    let fee = |paid: &str, rate: &str| {
        let fee = late(day("2026-01-31"), day(paid), yuan("210.02"), percent(rate), cap).unwrap();
        (fee.days, fee.fee.get(), fee.capped)
    };
    assert_eq!(fee("2026-01-31", "0.05"), (0, 0, false));
    assert_eq!(fee("2025-12-31", "0.05"), (0, 0, false));
    assert_eq!(fee("2026-02-01", "0.05"), (1, 11, false), "0.10501");
    assert_eq!(fee("2026-03-02", "0.05"), (30, 315, false), "3.1503");
    assert_eq!(fee("2026-04-11", "0.3"), (70, 4_410, false), "44.1042");
    assert_eq!(fee("2026-05-11", "0.3"), (100, 6_301, false), "30 % is 63.006, and no more");
    assert_eq!(fee("2026-05-12", "0.3"), (101, 6_301, true));
    let negative = late(day("2026-01-31"), day("2026-02-28"), yuan("-1"), percent("1"), cap);
    assert_eq!(negative, Err(NotLate::Negative));
    let huge = late(day("0001-01-01"), day("9999-12-31"), Fen::new(i64::MAX), percent("42"), cap);
    assert!(huge.is_ok_and(|fee| fee.capped), "the cap holds however large");
    let large = percent("4200");
    let huge = late(day("0001-01-01"), day("9999-12-31"), Fen::new(i64::MAX), large, large);
    assert_eq!(huge, Err(NotLate::TooLarge));
    let excessive = RuleSet::national().unwrap().money.late_excessive;
    assert!(!may_be_cut(yuan("13"), yuan("10"), excessive), "more than 130 % of the loss");
    assert!(may_be_cut(yuan("13.01"), yuan("10"), excessive));
}

#[test]
fn debts_are_paid_oldest_first_and_debts_of_one_day_in_proportion() {
    let debts = [
        debt("b", "2026-02-28", "300", "0"),
        debt("c", "2026-02-28", "100", "0"),
        debt("a", "2026-01-31", "200", "10"),
    ];
    let paid =
        |pay: &str, order: SettleOrder| figures(&settle(&debts, yuan(pay), order, None).unwrap());
    assert_eq!(
        paid("100", SettleOrder::Code),
        [(0, 0, 0, 30_000), (0, 0, 0, 10_000), (1_000, 9_000, 0, 11_000)]
    );
    assert_eq!(paid("100", SettleOrder::LateFirst), paid("100", SettleOrder::Code));
    assert_eq!(
        paid("100", SettleOrder::PrincipalFirst),
        [(0, 0, 0, 30_000), (0, 0, 0, 10_000), (0, 10_000, 1_000, 10_000)]
    );
    // 100.01 over 300 and 100: 75.0075 and 25.0025, the odd fen to the larger rest.
    assert_eq!(
        paid("310.01", SettleOrder::Code),
        [(0, 7_501, 0, 22_499), (0, 2_500, 0, 7_500), (1_000, 20_000, 0, 0)]
    );
    let more = settle(&debts, yuan("120"), SettleOrder::Code, Some("c")).unwrap();
    assert_eq!(figures(&more)[1..], [(0, 10_000, 0, 0), (1_000, 1_000, 0, 19_000)]);
}

#[test]
fn what_cannot_be_settled_is_refused() {
    let debts = [debt("a", "2026-01-31", "1", "0")];
    let refused = |debts: &[Debt], pay: &str, choice: Option<&str>| {
        settle(debts, yuan(pay), SettleOrder::Code, choice).unwrap_err()
    };
    assert_eq!(refused(&debts, "-1", None), NotSettled::NegativePayment);
    assert_eq!(refused(&debts, "1", Some("b")), NotSettled::NoSuchDebt("b".to_owned()));
    let twice = [debts[0].clone(), debts[0].clone()];
    assert_eq!(refused(&twice, "1", None), NotSettled::Twice("a".to_owned()));
    let negative = [debt("a", "2026-01-31", "1", "-1")];
    assert_eq!(refused(&negative, "1", None), NotSettled::NegativeDebt("a".to_owned()));
    let huge =
        |id: &str| Debt { principal: Fen::new(i64::MAX), ..debt(id, "2026-01-31", "0", "0") };
    assert_eq!(refused(&[huge("a"), huge("b")], "1", None), NotSettled::TooLarge);
    assert!(allocate(yuan("1"), &[]).is_err());
}

#[test]
fn three_years_run_anew_from_each_demand_within_them() {
    let years = RuleSet::national().unwrap().money.limitation_years;
    let found = |demands: &[&str]| {
        let days: Vec<Day> = demands.iter().map(|text| day(text)).collect();
        let found = limitation(day("2024-02-29"), &days, years).unwrap();
        (found.demands, found.last.to_string())
    };
    assert_eq!(found(&[]), (0, "2027-02-28".to_owned()));
    assert_eq!(found(&["2026-05-03", "2025-01-31", "2026-05-03"]), (2, "2029-05-03".to_owned()));
    assert_eq!(found(&["2027-02-28"]), (1, "2030-02-28".to_owned()), "the last day counts");
    assert_eq!(found(&["2027-03-01"]), (0, "2027-02-28".to_owned()), "the day after does not");
    assert_eq!(found(&["2024-02-29"]), (0, "2027-02-28".to_owned()), "not before it is owed");
}
