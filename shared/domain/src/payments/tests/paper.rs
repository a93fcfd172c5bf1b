//! Capital figures, check characters, serials, and what a paper tells a camera.

use super::*;

#[test]
fn sums_in_capital_figures_are_as_banks_write_them() {
    for (sum, said) in [
        // The examples of the Payment and Settlement Measures, annex 1.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        // A home's year, and the edges.
        ("2520.24", "贰仟伍佰贰拾元零贰角肆分"),
        ("0", "零元整"),
        ("0.04", "肆分"),
        ("0.40", "肆角"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("20.20", "贰拾元零贰角"),
        ("101.01", "壹佰零壹元零壹分"),
        ("1001", "壹仟零壹元整"),
        ("10001", "壹万零壹元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("10010010", "壹仟零壹万零壹拾元整"),
        ("100000001", "壹亿零壹元整"),
        ("100050000", "壹亿零伍万元整"),
        ("2000300000000", "贰万零叁亿元整"),
        ("-30.06", "负叁拾元零陆分"),
    ] {
        let sum = Fen::parse(sum).unwrap_or_else(|| yuan(sum));
        assert_eq!(in_capitals(sum), said, "{sum}");
    }
    assert_eq!(
        in_capitals(Fen::new(i64::MIN)),
        "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"
    );
}

#[test]
fn a_check_character_is_that_of_the_standard() {
    // GRid A1-2425G-ABC1234002-M; ISAN 0000-0000-D07A-0090-Q, 1881-66C7-3420-6541-Y.
    for (text, check) in
        [("A1-2425G-ABC1234002", 'M'), ("00000000D07A0090", 'Q'), ("188166C734206541", 'Y')]
    {
        assert_eq!(check_37_36(text), Some(check), "{text}");
    }
    for bad in ["", "-", "a1", "A 1", "号"] {
        assert_eq!(check_37_36(bad), None, "{bad}");
    }
}

#[test]
fn one_wrong_character_of_a_serial_is_noticed() {
    let serial = slip_serial("ABCD", 1).unwrap();
    let (body, check) = serial.rsplit_once('-').unwrap();
    assert_eq!(body, "PS-ABCD-0001");
    for (at, right) in body.char_indices().filter(|(_, char)| *char != '-') {
        for wrong in ('0'..='9').chain('A'..='Z').filter(|wrong| *wrong != right) {
            let mut text = body.to_owned();
            text.replace_range(at..=at, &wrong.to_string());
            assert_ne!(check_37_36(&text).unwrap().to_string(), check, "{text}");
            let other_book = !text.starts_with("PS-");
            assert_eq!(is_sound_slip(&format!("{text}-{check}")), other_book, "{text}");
        }
    }
    assert_ne!(check_37_36("PS-ABCD-0010"), check_37_36("PS-ABCD-0001"));
}

#[test]
fn a_slip_is_typed_as_it_stands_or_in_small_letters_and_other_books_have_other_numbers() {
    let serial = slip_serial("ABCD", 1).unwrap();
    let small = format!(" {} ", serial.to_lowercase().replace('-', " - "));
    for right in [serial.as_str(), small.as_str(), "0012345", "旧本子 17", "PS12"] {
        assert!(is_sound_slip(right), "{right}");
    }
    for wrong in ["PS-", "PS-ABCD-0001", "PS-ABCD-0001-", "ps-楼-0001-K"] {
        assert!(!is_sound_slip(wrong), "{wrong}");
    }
}

#[test]
fn serials_have_a_prefix_and_four_digits() {
    assert!(slip_serial("Z9", SLIP_MAX).unwrap().starts_with("PS-Z9-9999-"));
    for (prefix, number) in
        [("", 1), ("ABCDEFGHI", 1), ("ab", 1), ("A-B", 1), ("楼", 1), ("AB", 0), ("AB", 10_000)]
    {
        assert_eq!(slip_serial(prefix, number), None, "{prefix} {number}");
    }
}

#[test]
fn a_paper_tells_a_camera_what_it_is() {
    let unit = name("3-2-501");
    let due = Some(day("2026-12-31"));
    let total = Fen::new(252_024);
    let bill = Scan { paper: Paper::Bill, unit: Some(&unit), due, total, id: "2026-01_2026-12" };
    assert_eq!(
        bill.to_string(),
        "linli:bill?unit=3-2-501&due=2026-12-31&fen=252024&id=2026-01_2026-12"
    );
    let kiosk = name("东门 A&B=1%");
    let demand = Scan { paper: Paper::Demand, unit: Some(&kiosk), due: None, total, id: "" };
    assert_eq!(demand.to_string(), "linli:demand?unit=东门%20A%26B%3D1%25&fen=252024");
    let round = Scan { paper: Paper::Round, unit: None, due, total, id: "1/3" };
    assert_eq!(round.to_string(), "linli:round?due=2026-12-31&fen=252024&id=1/3");
}

#[test]
fn what_a_paper_tells_is_short_whatever_the_names() {
    for char in ['%', '号', '𠮷', 'x'] {
        let text = char.to_string().repeat(40);
        let (unit, total) = (name(&text), Fen::new(i64::MIN));
        let due = Some(day("9999-12-31"));
        let scan = Scan { paper: Paper::Demand, unit: Some(&unit), due, total, id: &text };
        assert!(scan.to_string().len() <= SCAN_BYTES_MAX, "{scan}");
    }
}
