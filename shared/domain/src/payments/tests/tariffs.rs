//! Tariffs as people write them, and names of units.

use super::*;

/// What is said about a bad tariff.
fn said(text: &str) -> Vec<String> {
    let problems = tariff::read(text, &RuleSet::national().unwrap()).unwrap_err();
    problems.iter().map(Problem::en).collect()
}

/// A good charge with more in it.
fn with(more: &str) -> Vec<String> {
    said(&format!("[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n{more}\n"))
}

#[test]
fn a_tariff_is_read_exactly_and_its_rules_lie_over_the_ruleset() {
    let tariff = tariff(
        "[[charge]]\nname = \" 物业费 \"\nkind = \"area\"\nrate = 2.3456\nunit_kinds = [\"住宅\"]\n\
         from = \"2026-01\"\nuntil = \"2026/6/30\"\n\
         [rules]\nvacancy_rate = 0.6\nvacancy_months = 3\nhandover_month = \"daily\"\n",
    );
    let charge = &tariff.charges[0];
    assert_eq!((&*charge.name, charge.rate.to_string().as_str()), ("物业费", "2.3456"));
    assert_eq!(charge.units, [UnitUse::Home]);
    assert_eq!((charge.from, charge.until), (Some(month("2026-01")), Some(month("2026-06"))));
    assert_eq!(tariff.law.money.vacancy_months, 3);
    assert_eq!(tariff.law.money.prepay_months_max, 12, "as the RuleSet has it");
    assert_ne!(tariff.law.hash(), RuleSet::national().unwrap().hash());
    assert_eq!(fee("").law.hash(), RuleSet::national().unwrap().hash());
    for (rate, shown) in [("2", "2.00"), ("0.0125", "0.0125"), ("2.350000", "2.35")] {
        assert_eq!(Rate::parse(rate).unwrap().to_string(), shown);
    }
}

#[test]
fn what_is_wrong_with_a_tariff_is_told_with_its_place_and_what_to_do() {
    for (told, start) in [
        (said("[[charge]\n"), "line 1, column 10: this is not TOML"),
        (said(""), "line 1, column 1: there is no charge"),
        (said("charge = 3\n"), "line 1, column 10 (charge): “charge” is written in another way"),
        (said("charge = [3]\n"), "line 1, column 11 (charge): “charge” is written in another way"),
        (said("rules = 3\n"), "line 1, column 9 (rules): “rules” is written in another way"),
        (said("[fees]\n"), "line 1, column 2 (fees): unknown field “fees”; here may stand: [["),
        (
            said("[[charge]]\nname = \"fee\"\nkind = \"area\"\n"),
            "line 1, column 1 (charge): this is",
        ),
        (with("colour = 1"), "line 5, column 1 (colour): unknown field “colour”"),
        (with("unit_kinds = [\"home\", \"boat\"]"), "line 5, column 23 (unit_kinds): unknown kind"),
        (with("unit_kinds = []"), "line 5, column 14 (unit_kinds): “[]” is written"),
        (with("unit_kinds = \"home\""), "line 5, column 14 (unit_kinds): “\"home\"” is written"),
        (with("from = \"2026-13\""), "line 5, column 8 (from): “2026-13” is no day"),
        (with("until = true"), "line 5, column 9 (until): “true” is no day"),
        (
            with("from = \"2026-05\"\nuntil = \"2026-04\""),
            "line 1, column 1 (charge): no whole month begins from 2026-05 until 2026-04",
        ),
        (
            with("from = 2026-05-02\nuntil = 2026-05-31"),
            "line 1, column 1 (charge): no whole month begins from 2026-06 until 2026-05",
        ),
        (with("[rules]\nvacancy_rate = 60"), "line 6, column 16 (vacancy_rate): “60” is not what"),
        (with("[rules]\nvacancy_months = -1"), "line 6, column 18 (vacancy_months): “-1” is not"),
        (with("[rules]\nround = \"up\""), "line 6, column 9 (round): “\"up\"” is not what"),
        (with("[rules]\nhandover_month = 1"), "line 6, column 18 (handover_month): “1” is not"),
        (with("[rules]\nprepay_months_max = 601"), "line 6, column 21 (prepay_months_max): “601”"),
        (with("[rules]\nprepay_discount = 1.5"), "line 6, column 19 (prepay_discount): “1.5” is"),
        (with("[rules]\nquorum = 1"), "line 6, column 1 (quorum): unknown field “quorum”"),
        (
            with("[[charge]]\nname = \"fee\"\nkind = \"fixed\"\nrate = 1"),
            "line 5, column 1 (charge",
        ),
    ] {
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(start), "{} is not {start}", told[0]);
    }
    let parts = said("[[charge]]\nname = \"light\"\nkind = \"shared\"\nrate = 100.005\n");
    assert!(
        parts[0].starts_with("line 1, column 1 (charge): what is shared is a sum"),
        "{parts:?}"
    );
    let all = said("[[charge]]\nname = \"\"\nkind = \"volume\"\nrate = -2.35\n");
    let starts = ["line 2, column 8 (name)", "line 3, column 8 (kind)", "line 4, column 8 (rate)"];
    assert_eq!(all.len(), starts.len(), "{all:?}");
    assert!(all.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{all:?}");
    for rate in ["inf", "nan", "1e3", "0x10", "true", "2.35001", "1000000000.01", "[1]", "\"2,35\""]
    {
        let told = said(&format!("[[charge]]\nname = \"f\"\nkind = \"area\"\nrate = {rate}\n"));
        assert!(told[0].contains("is no rate; write it as 2.35"), "{rate}: {told:?}");
    }
}

#[test]
fn charges_of_one_name_may_follow_each_other_or_be_for_other_units() {
    let overlap = |first: &str, second: &str| {
        let charge = |more: &str| {
            format!("[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n{more}\n")
        };
        let text = format!("{}{}", charge(first), charge(second));
        tariff::read(&text, &RuleSet::national().unwrap()).is_err()
    };
    assert!(overlap("", ""));
    assert!(overlap("until = \"2026-03\"", "from = \"2026-03\""));
    assert!(!overlap("until = \"2026-03\"", "from = \"2026-04\""));
    assert!(!overlap("from = \"2026-04\"", "until = \"2026-03-31\""));
    assert!(!overlap("unit_kinds = [\"home\"]", "unit_kinds = [\"shop\"]"));
}

#[test]
fn every_fault_has_its_own_word_and_says_it_in_both_languages() {
    let mut words: Vec<&str> = Fault::ALL.iter().map(|fault| fault.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Fault::ALL.len());
    for fault in Fault::ALL {
        let problem = Problem::new(3, 2, "area_m2", *fault, "x").with("y".to_owned());
        for text in [problem.zh(), problem.en()] {
            assert!(!text.contains('{'), "{text}");
            assert!(text.contains("area_m2"), "{text}");
        }
        assert!(problem.zh().ends_with(['。', '？']), "{}", problem.zh());
        assert!(problem.en().ends_with(['.', '?']), "{}", problem.en());
    }
}

#[test]
fn a_unit_is_the_same_in_every_spelling_and_names_without_a_code_come_last_by_number() {
    assert_eq!(name("3-2-501"), name("3号楼2单元501室"));
    assert_eq!(name(" 3-2-501 ").as_str(), "3-2-501");
    let mut names: Vec<UnitName> =
        ["Kiosk 10", "10-1-101", "Kiosk 2", "2-1-1001", "2-1-201", "A"].map(name).into();
    names.sort();
    let sorted: Vec<&str> = names.iter().map(UnitName::as_str).collect();
    assert_eq!(sorted, ["2-1-201", "2-1-1001", "10-1-101", "A", "Kiosk 2", "Kiosk 10"]);
    assert_ne!(name("K02"), name("K2"));
    assert_eq!(name("k2"), name("K 2"));
    for text in ["", " ", "a\tb", "2026-03-02", "3月2日", &"x".repeat(41)] {
        assert!(UnitName::parse(text).is_none(), "{text}");
    }
    for kind in UnitUse::ALL {
        assert_eq!(UnitUse::parse(kind.word()), Some(kind));
    }
    assert_eq!(UnitUse::parse("车位"), Some(UnitUse::Parking));
    assert_eq!(UnitUse::parse("boat"), None);
}
