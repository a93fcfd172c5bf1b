//! Paper: what is printed can be read again by people, by programs and by a camera.

use std::fmt::Write as _;

use super::{
    given::{Files, ROSTER, TARIFF, done, linli, orders, refused, sample},
    paper::{Picture, Printed, font, print},
};

/// The code at the upper right of a page or of its lower half.
fn code(picture: &Picture, top: usize) -> String {
    let codes = picture.within((155, top), (50, 45)).codes();
    assert_eq!(codes.len(), 1, "{codes:?}");
    codes[0].clone()
}

/// Asserts that a text holds others, in their order, and nothing that cannot be copied.
fn holds(text: &str, parts: &[&str]) {
    assert!(!text.contains('\u{fffd}'), "{text}");
    let mut rest = text;
    for part in parts {
        let after = rest.split_once(part);
        assert!(after.is_some(), "{part} is not in {rest}");
        rest = after.unwrap().1;
    }
}

/// Prints a sample's order, by the name of what it gives.
fn printed(language: &str, name: &str) -> Printed {
    let orders = orders();
    let (words, _) = orders.iter().find(|(_, gives)| gives == name).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let title = if language == "zh" { "和园小区" } else { "Heyuan" };
    print(language, &[&words[1..words.len() - 2], &["--title", title]].concat())
}

#[test]
fn a_bill_says_what_is_to_be_paid_until_when_and_why() {
    for (language, parts) in [
        (
            "zh",
            &[
                "和园小区  账单",
                "3-2-501",
                "2026-01 至 2026-12",
                "¥3,018.96",
                "人民币叁仟零壹拾捌元玖角陆分",
                "2026 年 12 月 31 日",
                "Property fee\n2026-01 至 2026-06\n210.02\n1,260.12\n",
                "89.37 ㎡ × 每平方米 2.35 元 × 1 个月 = 210.0195 元，四舍五入到分为 210.02 元。",
                "合计\n3,018.96",
            ][..],
        ),
        (
            "en",
            &[
                "Heyuan  Bill",
                "3-2-501",
                "2026-01 to 2026-12",
                "¥3,018.96",
                "2026-12-31",
                "89.37 m² × 2.35 yuan/m² × 1 month = 210.0195 yuan, rounded half up to 210.02.",
                "Total\n3,018.96",
            ],
        ),
    ] {
        let bills = printed(language, "bills.pdf");
        holds(&bills.text(0), parts);
        let picture = bills.picture(0, &format!("bills-{language}"));
        assert!(picture.ink() > 10, "{} of a thousand", picture.ink());
        // Two short ones share a page.
        let shop = "linli:bill?unit=3-1-S12&due=2026-12-31&fen=295872&id=2026-01_2026-12";
        let home = "linli:bill?unit=3-2-501&due=2026-12-31&fen=301896&id=2026-01_2026-12";
        assert_eq!((code(&picture, 5), code(&picture, 153)), (shop.to_owned(), home.to_owned()));
        let rest: String = (1..bills.pages()).map(|page| bills.text(page)).collect();
        holds(&rest, &["3-2-502", "3-2-601", "3-2-602", "B1-0123", "720.00"]);
    }
}

#[test]
fn the_sums_on_paper_are_those_of_the_order() {
    let (roster, tariff) = (sample("roster.csv"), sample("tariff.toml"));
    let words = ["--roster", &roster, "--tariff", &tariff, "--from", "2026-01", "--to", "2026-12"];
    let json = done(&[&["bill"], &words[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = print("en", &[&["bills"], &words[..]].concat()).all_text().replace(',', "");
    for unit in json["units"].as_array().unwrap() {
        let fen = unit["total_fen"].as_i64().unwrap();
        let total = format!("{}.{:02}", fen / 100, fen % 100);
        holds(&text, &[unit["unit"].as_str().unwrap(), &total, "Total", &total]);
        for line in unit["lines"].as_array().unwrap() {
            // A sentence may go on in the next line.
            let why = line["why"].as_str().unwrap().replace([' ', ','], "");
            assert!(text.replace([' ', '\n'], "").contains(&why), "{why}");
        }
    }
}

#[test]
fn a_demand_names_debts_limitation_and_a_fair_time() {
    let demands = printed("zh", "demands.pdf");
    assert_eq!(demands.pages(), 7);
    holds(
        &demands.text(2),
        &[
            "催告书",
            "3-2-502 业主：",
            "2022-12\n2022-12-31\n236.18\n70.85\n307.03\n已届满\n",
            "2026-10\n2026-10-31\n236.18\n3.54\n239.72\n2029-10-31\n",
            "合计\n472.36\n74.39\n546.75\n",
            "不会因欠费停电、停水、停热、停气",
            "送达日期",
        ],
    );
    let words = demands.text(2).replace('\n', "");
    assert!(words.contains("合计 546.75 元（人民币伍佰肆拾陆元柒角伍分）"), "{words}");
    assert!(words.contains("请在 2026 年 12 月 30 日前付清"), "{words}");
    assert!(words.contains("签收本函不等于同意支付"), "{words}");
    // Who owes nothing of old is told nothing about it.
    assert!(!demands.text(0).contains("签收本函") && demands.text(0).contains("第 195 条"));
    let picture = demands.picture(2, "demands-zh");
    assert_eq!(
        code(&picture, 10),
        "linli:demand?unit=3-2-502&due=2026-12-30&fen=54675&id=2026-11-30"
    );
    assert!(picture.ink() > 10);
    let english = printed("en", "demands.pdf");
    holds(&english.text(2), &["Demand for payment", "run out", "Nothing is cut off for arrears"]);
    english.picture(2, "demands-en");
    // Without a day it is a letter of today.
    assert_eq!(print("en", &["demands", "--debts", &sample("owed.csv")]).pages(), 7);
}

#[test]
fn a_round_goes_from_door_to_door_and_adds_up() {
    let round = printed("zh", "round.pdf");
    assert_eq!(round.pages(), 1);
    holds(
        &round.text(0),
        &[
            "3 号楼 1 单元",
            "3-1-S12",
            "242.14",
            "3 号楼 1 单元 小计\n242.14",
            "3 号楼 2 单元",
            "3-2-501",
            "429.49",
            "3-2-502",
            "3-2-601",
            "3-2-1101",
            "1,479.87",
            "12 号楼 1 单元",
            "12-1-302",
            "其他",
            "Kiosk",
            "全部合计\n2,012.03",
            "上门收款单",
            "第 1 页，共 1 页",
        ],
    );
    let picture = round.picture(0, "round-zh");
    assert_eq!(code(&picture, 10), "linli:round?fen=201203&id=1/1");
    printed("en", "round.pdf").picture(0, "round-en");
}

#[test]
fn long_tables_go_on_over_pages_and_end_with_their_sums() {
    let files = Files::new();
    let mut debts = "unit,id,due,principal,late\n".to_owned();
    for floor in 1..=33 {
        for room in 1..=4 {
            writeln!(debts, "7-1-{floor}{room:02},a,2026-01-31,10.01,0.02").unwrap();
        }
    }
    let debts = files.with("D.csv", debts);
    let round = print("en", &["round", "--debts", &debts]);
    assert!(round.pages() > 5, "{}", round.pages());
    let last = round.pages() - 1;
    for page in 0..=last {
        assert_eq!(round.text(page).contains("All\n1,323.96\n"), page == last);
        let said = if page == 0 { "132 homes" } else { "continued" };
        let stair = format!("Building 7, stair 1\n{said}");
        let number = format!("Page {} of", page + 1);
        holds(&round.text(page), &[&stair, "Round from door to door", &number]);
    }
    // The sum of the stair stands with its last home.
    holds(&round.text(last), &["7-1-3304", "Sum of Building 7, stair 1\n1,323.96"]);
    let picture = round.picture(last, "round-long-en");
    let all = round.pages();
    assert_eq!(code(&picture, 10), format!("linli:round?fen=132396&id={all}/{all}"));

    let tariff: String =
        (1..=40).map(|at| TARIFF.replace("fee", &format!("fee {at}")) + "\n").collect();
    let (roster, tariff) = (files.with("R.csv", ROSTER), files.with("T.toml", tariff));
    let words = ["bills", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
    let bill = print("en", &[&words[..], &["--to", "2026-01"]].concat());
    assert_eq!(bill.pages(), 3);
    holds(&bill.text(1), &["3-2-501\ncontinued, page 2", "Charge\nMonths"]);
    holds(&bill.text(2), &["continued, page 3", "fee 40", "Total\n8,400.80"]);
    bill.picture(1, "bill-long-en");
    let many: String = (1..=70).map(|at| format!("1-1-101,{at},2026-01-31,10.01,0.02\n")).collect();
    let debts = files.with("L.csv", format!("unit,id,due,principal,late\n{many}"));
    let letter = print("zh", &["demands", "--day", "2026-11-30", "--debts", &debts]);
    assert_eq!(letter.pages(), 3);
    letter.picture(2, "demand-long-zh");
    holds(
        &letter.all_text(),
        &["1-1-101\n续，第 2 页", "70", "合计\n700.70\n1.40\n702.10", "收件人签名"],
    );
}

#[test]
fn slips_have_their_serial_on_both_parts() {
    let slips = printed("zh", "slips.pdf");
    assert_eq!(slips.pages(), 2);
    let (first, last) = (slips.picture(0, "slips-zh"), slips.picture(1, "slips-zh"));
    for (picture, at, serial) in [
        (&first, 0, "PS-ABCD-0001-T"),
        (&first, 1, "PS-ABCD-0002-R"),
        (&first, 3, "PS-ABCD-0004-N"),
        (&last, 1, "PS-ABCD-0006-J"),
    ] {
        let top = at * 74 + 3;
        for (from, width) in [(0, 66), (70, 140)] {
            assert_eq!(picture.within((from, top), (width, 30)).codes(), [serial]);
        }
        holds(&slips.all_text(), &[serial, serial]);
    }
    holds(&slips.text(0), &["存根", "收据", "和园小区", "人民币（大写）", "收款人签名"]);
    assert!(!slips.text(1).contains("0007"));
    printed("en", "slips.pdf").picture(0, "slips-en");
}

#[test]
fn the_font_has_the_shapes_of_mainland_china_and_only_what_is_used() {
    let files = Files::new();
    let output = files.path("s.pdf");
    let words = ["print", "slips", "--prefix", "A", "--from", "1", "--count", "1", "-o", &output];
    assert!(linli("zh", &[&words[..], &["--font", font()]].concat()).status.success());
    let bytes = std::fs::read(&output).unwrap();
    let name = b"LINLIA+NotoSansCJKscRegular";
    assert!(bytes.windows(name.len()).any(|part| part == name));
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
}

#[test]
fn a_character_that_the_font_lacks_is_told_and_nothing_is_written() {
    let files = Files::new();
    let output = files.with("old.pdf", "as it was");
    let words =
        ["print", "slips", "--prefix", "A", "--from", "1", "--count", "1", "--font", font()];
    for (language, why) in
        [("zh", "这个字体缺少：𓀀 (U+13000)"), ("en", "this font lacks: 𓀀 (U+13000)")]
    {
        let more = ["--title", "和园 𓀀", "-o", &output];
        let (code, said) = refused(language, &[&words[..], &more].concat());
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(why) && said.contains("--font"), "{said}");
        assert_eq!(std::fs::read_to_string(&output).unwrap(), "as it was");
    }
    let words = ["print", "slips", "--prefix", "A", "--from", "1", "--count", "1", "-o", &output];
    let other = files.with("other.ttc", "no font");
    let (code, said) = refused("en", &[&words[..], &["--font", &other]].concat());
    assert!(code == 1 && said.contains("this is no font"), "{said}");
    let (code, said) = refused("en", &[&words[..], &["--font", "no/such.ttc"]].concat());
    assert!(code == 2 && said.contains("no/such.ttc"), "{said}");
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "as it was");
}

#[test]
fn a_whole_community_fits_into_one_small_file() {
    let files = Files::new();
    let mut roster = "unit,area_m2,kind\n".to_owned();
    for home in 0..1_936 {
        let (building, home) = (home / 88 + 1, home % 88);
        let (floor, room) = (home / 4 + 1, home % 4 + 1);
        writeln!(roster, "{building}-1-{floor}{room:02},{}.37,home", 80 + home).unwrap();
    }
    let (roster, tariff) = (files.with("R.csv", roster), sample("tariff.toml"));
    let output = files.path("bills.pdf");
    let words = ["print", "bills", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
    let more = ["--to", "2026-12", "--due", "2026-12-31", "--font", font(), "-o", &output];
    assert!(linli("zh", &[&words[..], &more].concat()).status.success());
    let bytes = std::fs::metadata(&output).unwrap().len();
    assert!(bytes < 8_000_000, "{bytes} bytes");
    let bills = Printed::read(&output);
    assert_eq!(bills.pages(), 968, "two to a page");
    holds(&bills.text(967), &["22-1-2203", "22-1-2204"]);
}
