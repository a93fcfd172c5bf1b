use super::*;

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
