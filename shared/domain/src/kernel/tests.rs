use proptest::prelude::*;

use super::*;

fn fen(parts: &[Fen]) -> Vec<i64> {
    parts.iter().map(|part| part.get()).collect()
}

#[test]
fn a_hundred_yuan_over_three_gives_the_odd_fen_to_the_first_and_takes_it_back() {
    assert_eq!(fen(&shares(Fen::new(10_000), &[1, 1, 1]).unwrap()), [3334, 3333, 3333]);
    assert_eq!(fen(&shares(Fen::new(-10_000), &[1, 1, 1]).unwrap()), [-3334, -3333, -3333]);
    assert_eq!(shares(Fen::new(5), &[]), None);
    assert_eq!(shares(Fen::new(5), &[0, 0]), None);
}

proptest! {
    #[test]
    fn shares_sum_to_the_whole_and_differ_from_exact_by_less_than_a_fen(
        total in -10_000_000_000_i64..10_000_000_000,
        weights in prop::collection::vec(0_u64..100_000, 1..200),
    ) {
        let sum: u64 = weights.iter().sum();
        prop_assume!(sum > 0);
        let parts = shares(Fen::new(total), &weights).unwrap();
        prop_assert_eq!(fen(&parts).iter().sum::<i64>(), total);
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(total) * i128::from(*weight);
            let difference = i128::from(part.get()) * i128::from(sum) - exact;
            prop_assert!(difference.abs() < i128::from(sum));
        }
    }
}

#[test]
fn every_spelling_of_a_unit_code_is_the_same_unit() {
    for (text, code) in [
        ("3-2-501", "3-2-501"),
        ("3号楼2单元501", "3-2-501"),
        ("3幢2单元501室", "3-2-501"),
        ("3栋2座501", "3-2-501"),
        ("３-２-５０１", "3-2-501"),
        (" 3号樓2單元501 ", "3-2-501"),
        ("3號樓 2單元 501室", "3-2-501"),
        ("3棟2座501", "3-2-501"),
        ("3号楼-2单元-501室", "3-2-501"),
        ("3#楼2门501", "3-2-501"),
        ("3幢2单元501号", "3-2-501"),
        ("03-02-501", "3-2-501"),
        ("3—2—501", "3-2-501"),
        ("A座1203", "A-1-1203"),
        ("ａ座１２０３", "A-1-1203"),
        ("88弄12号501室", "88-12-501"),
        ("18号楼2单元2601", "18-2-2601"),
        ("3-2-3A01", "3-2-401"),
        ("3号楼2单元12A02", "3-2-1302"),
        ("3-2-15a01室", "3-2-1401"),
        ("3-2-3A", "3-2-3A"),
        ("3号楼2单元501/601", "3-2-501"),
        ("跃层3-2-501／601", "3-2-501"),
        ("商铺S12", "S-1-S12"),
        ("商铺12", "S-1-S12"),
        ("商鋪3号楼S12", "3-1-S12"),
        ("3号楼1单元商铺S12", "3-1-S12"),
        ("S-1-商铺12", "S-1-S12"),
        ("B1-0123", "B1-1-0123"),
        ("车位B1-0123", "B1-1-0123"),
        ("东楼-1-101", "东楼-1-101"),
    ] {
        let read = UnitCode::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(read.to_string(), code, "{text}");
        assert_eq!(UnitCode::parse(code), Some(read.clone()), "{text}: round trip");
        assert_eq!(UnitCode::try_from(code.to_owned()), Ok(read), "{text}: the stored form");
    }
    for text in [
        "",
        "3",
        "3-x-501",
        "3--501",
        "3-2-501-7",
        "3-99999-1",
        "3-2-601/501",
        "3-2-501/x",
        "3-2-",
        "501室",
        "3.2.501",
        "3号楼2单元5楼501",
        "-2-501",
    ] {
        assert_eq!(UnitCode::parse(text), None, "{text}");
    }
    assert_eq!(UnitCode::parse("3-2-501").unwrap().short(), "32501");
}

#[test]
fn a_duplex_is_one_unit_and_names_its_upper_room() {
    let (code, upper) = UnitCode::parse_whole("3-2-501/601").unwrap();
    assert_eq!(
        (code.to_string(), upper.unwrap().to_string()),
        ("3-2-501".into(), "3-2-601".into())
    );
    assert_eq!(UnitCode::parse_whole("3-2-501").unwrap().1, None);
}

#[test]
fn only_the_stored_form_is_read_from_facts() {
    for text in
        ["3号楼2单元501", "03-2-501", "3-02-501", "3-2-3A01", "a-1-101", "3栋-2-501", "3-501"]
    {
        assert!(UnitCode::try_from(text.to_owned()).is_err(), "{text}");
    }
    assert_eq!(UnitCode::new("3栋", 2, "501"), None);
    assert_eq!(UnitCode::new("3", 2, "501室"), None);
    assert_eq!(UnitCode::new("3", 2, "商铺S12"), None);
}

#[test]
fn units_sort_as_people_count() {
    let mut units: Vec<UnitCode> = ["10-1-101", "2-1-1101", "2-1-201", "2-1-S1"]
        .iter()
        .filter_map(|t| UnitCode::parse(t))
        .collect();
    units.sort();
    let texts: Vec<String> = units.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["2-1-201", "2-1-1101", "2-1-S1", "10-1-101"]);
}

#[test]
fn circles_scopes_and_roles_go_round() {
    let unit = UnitCode::parse("3-2-501").unwrap();
    for circle in [
        Circle::Community,
        Circle::Building("3".into()),
        Circle::Office,
        Circle::Home(unit.clone()),
    ] {
        assert_eq!(Circle::parse(&circle.name()), Some(circle));
    }
    for scope in [
        Scope::Community,
        Scope::Building("3".into()),
        Scope::Stair { building: "3".into(), stair: 2 },
        Scope::Unit(unit),
    ] {
        assert_eq!(Scope::parse(&scope.to_string()), Some(scope));
    }
    for role in Role::ALL {
        assert_eq!(Role::from_word(role.word()), Some(role));
        let stored = linli_wire::cbor::to_value("role", &role).unwrap();
        assert_eq!(stored, linli_wire::cbor::Value::from(role.word()), "one word, two ways");
    }
    for duty in StaffDuty::ALL {
        assert_eq!(StaffDuty::from_word(duty.word()), Some(duty));
        let stored = linli_wire::cbor::to_value("duty", &duty).unwrap();
        assert_eq!(stored, linli_wire::cbor::Value::from(duty.word()), "one word, two ways");
    }
    assert_eq!(Circle::parse("home/3-2"), None);
    assert_eq!(Scope::parse("building/"), None);
}

#[test]
fn a_scope_covers_what_lies_in_it() {
    let scopes = ["community", "building/3", "stair/3-2", "unit/3-2-501"];
    let scopes = scopes.map(|text| Scope::parse(text).unwrap());
    for (outer, one) in scopes.iter().enumerate() {
        for (inner, other) in scopes.iter().enumerate() {
            assert_eq!(one.covers(other), outer <= inner, "{one} {other}");
        }
    }
    for other in ["building/1", "stair/3-1", "stair/1-2", "unit/3-1-501", "unit/1-2-501"] {
        let other = Scope::parse(other).unwrap();
        assert!(!Scope::parse("stair/3-2").unwrap().covers(&other), "{other}");
    }
}

#[test]
fn a_day_is_a_day_at_the_communitys_offset() {
    let late_evening_utc = Moment(1_795_562_400_000);
    assert_eq!(Day::of(late_evening_utc, 0).unwrap().to_string(), "2026-11-24");
    assert_eq!(Day::of(late_evening_utc, 480).unwrap().to_string(), "2026-11-25");
    assert_eq!(Day::of(Moment(i64::MAX), 0), None);
    assert_eq!(Day::of(Moment(0), 100_000), None);
}

#[test]
fn days_and_months_begin_at_midnight_of_the_community() {
    let day = Day::parse("2026-11-30").unwrap();
    let begins = day.begins(480).unwrap();
    assert_eq!(begins.rfc3339(480).unwrap(), "2026-11-30T00:00:00+08:00");
    assert_eq!(begins.rfc3339(0).unwrap(), "2026-11-29T16:00:00+00:00");
    assert_eq!(Day::of(begins, 480), Some(day));
    assert_eq!(Day::of(Moment(begins.0 - 1), 480).unwrap().to_string(), "2026-11-29");
    assert_eq!(day.next().unwrap().to_string(), "2026-12-01");
    let month = Day::of_month("2026-12").unwrap();
    assert_eq!(month.in_a_month().unwrap().to_string(), "2027-01-01");
    assert_eq!(day.in_days(30).unwrap().to_string(), "2026-12-30");
    assert_eq!(day.in_months(3).unwrap().to_string(), "2027-02-28");
    assert_eq!(day.ends(480), Some(Moment(day.next().unwrap().begins(480).unwrap().0 - 1)));
    for wrong in ["2026-13-01", "2026-1-05", "2026-11-31", "today", "2026-11"] {
        assert_eq!(Day::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Moment(i64::MAX).rfc3339(480), None);
}

#[test]
fn months_are_counted_over_the_years_and_know_their_days() {
    let month = |text: &str| Month::parse(text).unwrap();
    assert_eq!(month("2026-11").plus(3), Some(month("2027-02")));
    assert_eq!(month("2027-02").since(month("2026-11")), Some(3));
    assert_eq!(month("2026-11").since(month("2027-02")), None, "it lies before");
    assert_eq!(month("2026-11").to_string(), "2026-11");
    let days = ["2026-02", "2028-02", "2026-12"].map(|text| month(text).days());
    assert_eq!(days, [Some(28), Some(29), Some(31)]);
    let day = Day::parse("2026-11-30").unwrap();
    assert_eq!((Month::of(day), day.month()), (month("2026-11"), 11));
    for (text, quarter) in [
        ("2026-01", "2026-01"),
        ("2026-03", "2026-01"),
        ("2026-04", "2026-04"),
        ("2026-12", "2026-10"),
    ] {
        assert_eq!(month(text).quarter(), month(quarter));
    }
    assert_eq!(month("2026-11").first(), Day::parse("2026-11-01"));
    assert_eq!(day.days_since(Day::parse("2026-12-02").unwrap()), -2);
    for text in ["2026-13", "2026-1", "2026", "2026-11-01", ""] {
        assert_eq!(Month::parse(text), None, "{text}");
    }
}

#[test]
fn a_sum_may_be_negative_where_it_is_asked_for_and_is_never_too_large_to_add_up() {
    for (text, sum) in [("-100", -10_000), ("210.02", 21_002), ("－０.０６", -6), ("0", 0)] {
        assert_eq!(Fen::parse_signed(text), Some(Fen::new(sum)), "{text}");
    }
    assert_eq!(Fen::parse_signed("1000000000000"), Some(SUM_MAX));
    for text in ["1000000000000.01", "--1", "-", "1,000", "1e3", "99999999999999999999", ""] {
        assert_eq!(Fen::parse_signed(text), None, "{text}");
    }
    assert_eq!(AreaDm2(8_903).to_string(), "89.03");
    assert_eq!(AreaDm2::parse("89.03㎡"), Ok(AreaDm2(8_903)));
    assert_eq!(AreaDm2::parse("-3"), Err(NotAnArea::Negative));
}
