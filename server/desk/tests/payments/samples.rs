//! The samples give what stands beside them.

use serde_json::Value;

use super::given::{AREAS, DEBTS, Files, ROSTER, TARIFF, done, linli, orders, sample};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_order_of_the_samples_gives_what_stands_beside_it() {
    let orders: Vec<_> = orders().into_iter().filter(|(words, _)| words[0] != "print").collect();
    assert_eq!(orders.len(), 11);
    for (words, expected) in orders {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let expected = std::fs::read_to_string(sample(&expected)).unwrap();
        assert_eq!(read(&done(&words)), read(&expected), "{words:?}");
    }
}

#[test]
fn a_bill_explains_itself_in_both_languages_and_its_figures_are_the_same() {
    let (roster, tariff) = (sample("roster.csv"), sample("tariff.toml"));
    let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01", "--to"];
    let words = [&words[..], &["2026-12", "--json"]].concat();
    let chinese = String::from_utf8(linli("zh", &words).stdout).unwrap();
    let expected = std::fs::read_to_string(sample("bill.zh.json")).unwrap();
    assert_eq!(read(&chinese), read(&expected));
    let (zh, en) = (read(&chinese), read(&done(&words)));
    let (mut sum, mut lines) = (0, 0);
    for (zh, en) in zh["units"].as_array().unwrap().iter().zip(en["units"].as_array().unwrap()) {
        let mut unit = 0;
        for (zh, en) in zh["lines"].as_array().unwrap().iter().zip(en["lines"].as_array().unwrap())
        {
            assert_eq!(zh["fen"], en["fen"]);
            assert!(zh["why"].as_str().unwrap().ends_with('。'), "{zh}");
            assert!(en["why"].as_str().unwrap().ends_with('.'), "{en}");
            unit += en["fen"].as_i64().unwrap();
            lines += 1;
        }
        assert_eq!(en["total_fen"], unit);
        sum += unit;
    }
    assert_eq!((&en["total_fen"], lines), (&sum.into(), 174));
    assert_eq!(en["ruleset"]["name"], "cn");
    assert_eq!(en["ruleset"]["hash"].as_str().unwrap().len(), 64);
}

#[test]
fn people_are_shown_tables() {
    let files = Files::new();
    let (areas, debts) = (files.with("areas.csv", AREAS), files.with("debts.csv", DEBTS));
    let (roster, tariff) = (files.with("roster.csv", ROSTER), files.with("tariff.toml", TARIFF));
    assert_eq!(
        done(&["allocate", "--amount", "-100", "--areas", &areas]),
        "Unit     Yuan\n1-1-101  -33.34\n1-1-102  -33.33\n1-1-103  -33.33\nTotal    -100.00\n"
    );
    assert_eq!(
        done(&["settle", "--debts", &debts, "--pay", "300"]),
        "Id   Late fee paid  Principal paid  Late fee left  Principal left\n\
         Jan  6.30           210.02          0.00           0.00\nCredit 83.68 yuan\n"
    );
    let words = ["--due", "2026-01-31", "--paid", "2027-01-31", "--principal", "210.02"];
    assert_eq!(
        done(&[&["late", "--rate-per-day", "0.1", "--cap", "20"], &words[..]].concat()),
        "Id  Days  Late fee (yuan)\n1   365   42.00            capped\n\
         A court may cut a late fee that is excessive (Civil Code 585).\n"
    );
    let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-02", "--to"];
    assert_eq!(
        done(&[&words[..], &["2026-02"]].concat()),
        "Unit     Month    Charge  Yuan    Why\n\
         3-2-501  2026-02  fee     210.02  89.37 m² × 2.35 yuan/m² × 1 month = 210.0195 yuan, \
         rounded half up to 210.02.\n\
         3-2-501           Total   210.02\nTotal                     210.02\n"
    );
    // Into a file, whole.
    let output = files.path("out.json");
    assert_eq!(done(&[&words[..], &["2026-02", "--json", "-o", &output]].concat()), "");
    let written = std::fs::read_to_string(&output).unwrap();
    assert_eq!(read(&written)["total_fen"], 21_002);
}

#[test]
fn tables_may_be_in_chinese_with_other_columns_signs_and_letters() {
    let files = Files::new();
    let text = "专有面积（㎡）;用途;房号;预缴;备注\r\n89.37㎡;住宅;3号楼2单元501室;是;老王\r\n\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let marked = format!("\u{feff}{text}");
    let tariff =
        files.with("tariff.toml", format!("\u{feff}{TARIFF}[rules]\nprepay_discount = 0.05\n"));
    for bytes in [gb.as_ref(), marked.as_bytes()] {
        let roster = files.with("roster.csv", bytes);
        let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
        let json = read(&done(&[&words[..], &["--to", "2026-12", "--json"]].concat()));
        assert_eq!(json["total_fen"], 239_423);
        assert_eq!(json["units"][0]["unit"], "3号楼2单元501室", "as it was written");
    }
    let (gb, _, _) =
        encoding_rs::GB18030.encode("[[charge]]\nname = \"物业费\"\nkind = \"fixed\"\nrate = 1\n");
    let (roster, tariff) = (files.with("r.csv", ROSTER), files.with("gb.toml", gb));
    let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
    let json = read(&done(&[&words[..], &["--to", "2026-01", "--json"]].concat()));
    assert_eq!(json["units"][0]["lines"][0]["charge"], "物业费");
}

#[test]
fn what_is_prepaid_may_be_said_in_months_until_a_month_or_yes() {
    let files = Files::new();
    let tariff = files.with("tariff.toml", format!("{TARIFF}[rules]\nprepay_discount = \"1/2\"\n"));
    for (prepaid, fen) in [
        ("", 84_008),
        ("no", 84_008),
        ("2", 63_006),
        ("2026-02", 63_006),
        ("YES", 42_004),
        ("2025-12", 84_008),
    ] {
        let text = format!("unit,area_m2,kind,prepaid\n3-2-501,89.37,home,{prepaid}\n");
        let roster = files.with("roster.csv", text);
        let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
        let json = read(&done(&[&words[..], &["--to", "2026-04", "--json"]].concat()));
        assert_eq!(json["total_fen"], fen, "{prepaid}");
    }
}

#[test]
fn the_help_tells_the_orders_and_its_example_of_a_tariff_is_one() {
    let files = Files::new();
    for language in ["zh", "en"] {
        let help = String::from_utf8(linli(language, &["--help"]).stdout).unwrap();
        for order in [
            "linli bill --roster",
            "linli allocate",
            "linli late --csv",
            "linli settle",
            "linli import bank",
        ] {
            assert!(help.contains(order), "{language}: {order}");
        }
        let example: String = help
            .lines()
            .skip_while(|line| !line.contains("[[charge]]"))
            .take_while(|line| !line.contains("linli allocate"))
            .map(|line| format!("{}\n", line.trim_start()))
            .collect();
        let (roster, tariff) = (files.with("r.csv", ROSTER), files.with("t.toml", example));
        let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
        let json = read(&done(&[&words[..], &["--to", "2026-12", "--json"]].concat()));
        assert_eq!(json["total_fen"], 252_024, "{language}");
    }
}
