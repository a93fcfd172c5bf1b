use super::*;
use crate::kernel::Fen;

#[test]
fn hangzhou_shortens_the_notice_of_an_extraordinary_session_and_changes_nothing_else_of_it() {
    let (national, hangzhou) = (RuleSet::national().unwrap(), RuleSet::hangzhou().unwrap());
    assert_eq!(national.assembly.notice_days_extraordinary, 15);
    assert_eq!(hangzhou.assembly.notice_days_extraordinary, 7);
    assert_eq!(national.assembly.notice_days_regular, hangzhou.assembly.notice_days_regular);
    assert_eq!((national.money.small_audit_yuan, hangzhou.money.small_audit_yuan), (0, 30_000));
    assert_ne!(national.hash(), hangzhou.hash());
    assert_eq!(national.hash(), RuleSet::national().unwrap().hash());
}

#[test]
fn an_overlay_may_not_lower_the_threshold_of_the_civil_code() {
    let refusal = RuleSet::with_overlay("own.toml", "[assembly]\npart_heads = \"1/2\"\n");
    let least = "2/3".to_owned();
    assert_eq!(refusal, Err(LawError::TooLow { field: "assembly.part_heads", least }));
    assert!(RuleSet::with_overlay("own.toml", "[assembly]\npart_heads = \"3/4\"\n").is_ok());
}

#[test]
fn a_bad_overlay_is_refused_with_its_file_and_field() {
    let unknown = RuleSet::with_overlay("own.toml", "[assembly]\nquorom = 3\n").unwrap_err();
    assert!(unknown.to_string().starts_with("own.toml: "), "{unknown}");
    assert!(unknown.to_string().contains("quorom"), "{unknown}");
    let fraction = RuleSet::with_overlay("own.toml", "[money]\noverrun = \"a tenth\"\n");
    assert!(fraction.unwrap_err().to_string().contains("a tenth"));
    let broken = RuleSet::with_overlay("own.toml", "[assembly\n").unwrap_err();
    assert!(broken.to_string().contains("line 1"), "{broken}");
}

#[test]
fn a_ruleset_is_followed_only_by_a_higher_version() {
    let old = RuleSet::national().unwrap();
    let mut new = RuleSet::national().unwrap();
    assert_eq!(new.check_follows(&old), Err(LawError::OldVersion { old: 1, new: 1 }));
    new.id.version = 2;
    assert_eq!(new.check_follows(&old), Ok(()));
}

#[test]
fn two_thirds_include_the_number_and_half_does_not() {
    let rules = RuleSet::national().unwrap().assembly;
    assert!(rules.part_area.is_reached(800, 1200));
    assert!(!rules.part_area.is_reached(799, 1200));
    assert!(!rules.ordinary.is_exceeded(4, 8));
    assert!(rules.ordinary.is_exceeded(5, 8));
    assert!(rules.special.is_reached(6, 8));
}

#[test]
fn the_rules_of_money_are_read_and_written_with_the_same_words() {
    let rules = RuleSet::national().unwrap();
    let money = &rules.money;
    assert_eq!(
        (money.round, money.handover_month, money.alloc_order),
        (Rounding::HalfUpFen, HandoverMonth::NextMonth, SettleOrder::Code)
    );
    assert_eq!((money.vacancy_months, money.vacancy_rate), (6, Ratio::new(3, 5).unwrap()));
    let value = toml::Value::try_from(&rules).unwrap();
    assert_eq!(value.try_into::<RuleSet>().unwrap(), rules);
    for rounding in Rounding::ALL {
        assert_eq!(toml::Value::try_from(rounding).unwrap().as_str(), Some(rounding.word()));
        assert_eq!(Rounding::from_word(rounding.word()), Some(rounding));
    }
    for rule in HandoverMonth::ALL {
        assert_eq!(toml::Value::try_from(rule).unwrap().as_str(), Some(rule.word()));
        assert_eq!(HandoverMonth::from_word(rule.word()), Some(rule));
    }
    for order in SettleOrder::ALL {
        assert_eq!(toml::Value::try_from(order).unwrap().as_str(), Some(order.word()));
        assert_eq!(SettleOrder::from_word(order.word()), Some(order));
    }
    let own = "[money]\nround = \"half_even\"\n";
    assert!(RuleSet::with_overlay("own.toml", own).unwrap_err().to_string().contains("half_even"));
    for field in ["vacancy_rate", "prepay_discount"] {
        let own = format!("[money]\n{field} = \"5/1\"\n");
        let refusal = RuleSet::with_overlay("own.toml", &own).unwrap_err().to_string();
        assert_eq!(refusal, format!("money.{field} may not be more than the whole"));
    }
}

#[test]
fn a_sum_is_rounded_once_half_up_and_half_down_below_zero() {
    for (numerator, rounding, fen) in [
        (1_819_050, Rounding::HalfUpFen, 18_191),
        (1_819_049, Rounding::HalfUpFen, 18_190),
        (-1_819_050, Rounding::HalfUpFen, -18_191),
        (1_819_500, Rounding::HalfUpJiao, 18_200),
        (1_814_999, Rounding::HalfUpJiao, 18_150),
        (1_815_000, Rounding::HalfUpYuan, 18_200),
        (1_814_999, Rounding::HalfUpYuan, 18_100),
    ] {
        assert_eq!(rounding.round(numerator, 100).map(Fen::get), Some(fen), "{numerator}");
    }
    assert_eq!(Rounding::HalfUpFen.round(1, 0), None);
    assert_eq!(Rounding::HalfUpFen.round(i128::MAX, 1), None);
    assert_eq!(Rounding::HalfUpFen.round(i128::MIN, 1), None);
}

#[test]
fn a_fraction_is_read_as_people_write_it_and_nothing_is_guessed() {
    for text in ["3/5", "60%", "0.6", "0.600", "６０％", "60.0 %"] {
        let ratio = Ratio::parse(text).unwrap();
        assert_eq!(ratio.in_percent().as_deref(), Some("60"), "{text}");
    }
    assert_eq!(Ratio::percent("0.05"), Ratio::new(5, 10_000));
    assert_eq!(Ratio::percent("0.05%"), Ratio::new(5, 10_000));
    assert_eq!(Ratio::parse("1/3").unwrap().in_percent(), None);
    for text in ["", "-1", "a tenth", "1/0", "0.1234567", "5000000000", ".5", "1e-3", "5%%", "/2"] {
        assert_eq!(Ratio::parse(text), None, "{text}");
    }
    assert_eq!(Ratio::parse("60%").unwrap().of(Fen::new(21_002)), Some(Fen::new(12_601)));
    assert_eq!(Ratio::parse("5").unwrap().of(Fen::new(i64::MAX)), None);
}
