//! Statements of bank, WeChat and Alipay: each line counts once, and a bad file changes nothing.

use serde_json::Value;

use super::given::{Files, done, linli, refused, sample};

const HEADER: &str = "交易日期,收入,支出,余额,对方户名,摘要,流水号\n";
const EXPECTED: &str = "id,unit,amount,due,reference,party\n\
                        jan,3-2-501,210.02,,,\nfeb,3-2-502,210.02,,,\n";

fn json(words: &[&str]) -> Value {
    serde_json::from_str(&done(&[words, &["--json"]].concat())).unwrap()
}

/// What is said about a statement that is not read; the list of keys is as it was.
fn bad(language: &str, statement: impl AsRef<[u8]>) -> String {
    let files = Files::new();
    let (bank, expected) = (files.with("B.csv", statement), files.with("E.csv", EXPECTED));
    let known = files.path("K.csv");
    let words = ["import", "bank", &bank, "--expected", &expected, "--known", &known];
    let (code, said) = refused(language, &words);
    assert_eq!(code, 1, "{said}");
    assert!(!std::path::Path::new(&known).exists(), "nothing is written");
    said
}

fn lines(json: &Value, result: &str) -> u64 {
    json["totals"][result]["lines"].as_u64().unwrap()
}

#[test]
fn where_nothing_is_expected_every_income_is_an_open_task() {
    let files = Files::new();
    let bank = files.with("B.csv", format!("{HEADER}2026-03-01,210.02,,,王某,3-2-501,1\n"));
    let told = json(&["import", "bank", &bank, "--dry-run"]);
    assert_eq!((lines(&told, "matched"), lines(&told, "open")), (0, 1));
}

#[test]
fn a_statement_counts_once_however_often_and_in_whatever_parts_it_is_imported() {
    let files = Files::new();
    let expected = files.with("E.csv", EXPECTED);
    let known = files.path("K.csv");
    let first = files.with(
        "1.csv",
        format!("{HEADER}2026-03-01,210.02,,,王某,3-2-501,1\n2026-03-02,5,,,李某,捐,\n2026-03-02,5,,,李某,捐,\n"),
    );
    let overlap = files.with(
        "2.csv",
        format!("{HEADER}2026-03-02,5,,,李某,捐,\n2026-03-02,5,,,李某,捐,\n2026-03-03,210.02,,,赵某,3-2-502,2\n"),
    );
    let import = |file: &str, more: &[&str]| {
        let words = ["import", "bank", file, "--expected", &expected, "--known", &known];
        json(&[&words[..], more].concat())
    };
    let tried = import(&first, &["--dry-run"]);
    assert_eq!((&tried["kept"], &tried["added"]["lines"]), (&"dry_run".into(), &3.into()));
    assert!(!std::path::Path::new(&known).exists(), "only tried");
    let once = import(&first, &[]);
    assert_eq!((lines(&once, "matched"), lines(&once, "open")), (1, 2));
    let written = std::fs::read_to_string(&known).unwrap();
    assert_eq!(
        written,
        "\u{feff}key,day,yuan,party,match\r\n\
         bank/+/2026-03-01/210.02/1/1,2026-03-01,210.02,王某,jan\r\n\
         bank/-/2026-03-02/5.00//1/李某,2026-03-02,5.00,李某,\r\n\
         bank/-/2026-03-02/5.00//2/李某,2026-03-02,5.00,李某,\r\n"
    );
    let again = import(&first, &[]);
    assert_eq!(
        (lines(&again, "known"), lines(&again, "open")),
        (1, 2),
        "what is open stays a task"
    );
    assert_eq!(again["open"][0]["known"], true);
    assert_eq!(std::fs::read_to_string(&known).unwrap(), written, "the same twice adds nothing");
    let words = ["import", "bank", &first, "--expected", &expected, "--known", &known];
    assert!(done(&words).contains("Nothing new: nothing was added."));
    let third = import(&overlap, &[]);
    assert_eq!((&third["added"]["lines"], lines(&third, "matched")), (&1.into(), 1));
    assert_eq!(std::fs::read_to_string(&known).unwrap().lines().count(), 5);
    assert!(!std::path::Path::new(&files.path("K.csv.new")).exists());
}

#[test]
fn two_accounts_share_a_list_and_what_one_was_paid_the_other_does_not_wait_for() {
    let files = Files::new();
    let bank = files.with("B.csv", format!("{HEADER}2026-03-01,210.02,,,王某,3-2-501,1\n"));
    let (expected, known) = (files.with("E.csv", EXPECTED), files.path("K.csv"));
    let words = ["import", "bank", &bank, "--expected", &expected, "--known", &known, "--account"];
    let fees = json(&[&words[..], &["fees"]].concat());
    assert_eq!((lines(&fees, "matched"), lines(&fees, "known")), (1, 0));
    let fund = json(&[&words[..], &["fund"]].concat());
    assert_eq!((lines(&fund, "matched"), lines(&fund, "known"), lines(&fund, "open")), (0, 0, 1));
    assert_eq!(lines(&json(&[&words[..], &["fees"]].concat()), "known"), 1);
}

#[test]
fn an_open_line_is_closed_by_a_later_import_or_by_hand() {
    let files = Files::new();
    let bank = files.with(
        "B.csv",
        format!("{HEADER}2026-03-01,7,,,王某,3-2-501,1\n2026-03-02,5,,,李某,捐,2\n2026-03-03,210.02,,,=A1,3-2-501,3\n"),
    );
    let (expected, known) = (files.with("E.csv", EXPECTED), files.path("K.csv"));
    let words = ["import", "bank", &bank, "--expected", &expected, "--known", &known];
    assert_eq!(
        json(&words)["open"][0]["candidates"],
        serde_json::json!([]),
        "jan is paid by line 4"
    );
    // Somebody decides one line in the file, with any word; the other one becomes expected.
    let kept = std::fs::read_to_string(&known).unwrap();
    assert!(kept.contains(",'=A1,jan"), "no spreadsheet runs it: {kept}");
    std::fs::write(&known, kept.replace(",李某,\r\n", ",李某,donation\r\n")).unwrap();
    std::fs::write(&expected, format!("{EXPECTED}extra,3-2-501,7,,,\n")).unwrap();
    let later = json(&words);
    assert_eq!(later["matched"][0]["id"], "extra");
    assert_eq!(later["added"], serde_json::json!({ "lines": 0, "matched": 1 }));
    assert_eq!(lines(&later, "known"), 2);
    let kept = std::fs::read_to_string(&known).unwrap();
    assert!(kept.contains(",王某,extra\r\n") && kept.contains("donation"), "{kept}");
    assert_eq!(lines(&json(&words), "known"), 3);
}

#[test]
fn a_trade_that_is_given_back_later_is_told_with_what_it_had_paid() {
    let files = Files::new();
    let (expected, known) = (files.with("E.csv", EXPECTED), files.path("K.csv"));
    let wechat = |status: &str| {
        let head = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注";
        let text = format!(
            "\"微信支付账单明细\",,\r\n{head}\r\n2026-03-01 09:00:00,转账,王,\"费,\"\"三月\"\"\n3-2-501\",收入,¥210.02,/,{status},77\t,/,/\r\n"
        );
        files.with("W.csv", format!("\u{feff}{text}"))
    };
    let import =
        |file: &str| json(&["import", "bank", file, "--expected", &expected, "--known", &known]);
    assert_eq!(lines(&import(&wechat("已收钱")), "matched"), 1);
    let back = import(&wechat("已全额退款"));
    assert_eq!(
        (&back["not_income"][0]["why"], &back["not_income"][0]["was"]),
        (&"refunded".into(), &"jan".into())
    );
    let file = wechat("已全额退款");
    let table = linli("zh", &["import", "bank", &file, "--expected", &expected, "--known", &known]);
    assert!(String::from_utf8(table.stdout).unwrap().contains("以前配给了 jan，请更正"));
}

#[test]
fn people_are_shown_a_table_with_the_sum_of_each_result() {
    let (bank, expected) = (sample("alipay.csv"), sample("expected.csv"));
    let said = done(&["import", "bank", &bank, "--expected", &expected]);
    for part in [
        "18    2026-03-14  210.02  孙某六    matched     receipt-0021 (reference)\n",
        "19    2026-03-13  210.02  孙某六    not income  the trade was closed\n",
        "matched     2      446.20\n",
        "Alipay statement, 4 lines. Nothing was kept: with --known FILE",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let chinese = linli("zh", &["import", "bank", &bank, "--expected", &expected]);
    assert!(!String::from_utf8(chinese.stdout).unwrap().contains("数据"));
}

#[test]
fn tabs_semicolons_and_other_letters_are_read_under_a_preamble_of_commas() {
    let files = Files::new();
    let expected = files.with("E.csv", EXPECTED);
    for sign in ["\t", ";"] {
        let table = format!("{HEADER}2026-03-01,210.02,,,王某,3-2-501,1\n").replace(',', sign);
        let text = format!("账号,户名,币种,和园\n{table}");
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        for bytes in [gb.as_ref(), text.as_bytes()] {
            let bank = files.with("B.csv", bytes);
            assert_eq!(
                lines(&json(&["import", "bank", &bank, "--expected", &expected]), "matched"),
                1
            );
        }
    }
}

#[test]
fn a_bad_statement_is_told_line_by_line_in_both_languages() {
    let text = format!(
        "{HEADER}2026-02-30,1,,,王,费,1\n2026-03-01,\"12,34\",,,王,费,2\n2026-03-01,1,1,,王,费,2.02603E+27\n"
    );
    let english = bad("en", &text);
    for said in [
        "B.csv: 4 problems; nothing was written",
        "line 2, column 1 (交易日期): “2026-02-30” is no day; write it as 2026-03-01",
        "line 3, column 2 (收入): “12,34” is no sum",
        "line 4, column 3 (支出): both the column of income and that of spending hold a sum",
        "line 4, column 7 (流水号): a spreadsheet cut the serial “2.02603E+27”",
    ] {
        assert!(english.contains(said), "{said}: {english}");
    }
    let chinese = bad("zh", &text);
    assert!(chinese.contains("第 3 行第 2 列（收入）：金额“12,34”看不懂"), "{chinese}");
    assert!(bad("en", "a,b\n1,2\n").contains("no header of a statement was found, only “a,b”"));
    assert!(bad("zh", "").contains("文件里没有内容"));
    assert!(bad("en", b"\xff\xff,1\n").contains("neither UTF-8 nor GB18030"));
    let twice = format!("{HEADER}2026-03-01,1,,,王,费,1\n{HEADER}");
    assert!(bad("en", &twice).contains("line 3: line 1 is a header already"));
    assert!(bad("en", HEADER).contains("nothing stands under the header in line 1"));
    let open = format!("{HEADER}2026-03-01,1,,,王,\"费,1\n2026-03-02,1,,,王,费,2\n");
    assert!(bad("en", &open).contains("a quotation mark is not closed"), "rows are not lost");
}

#[test]
fn a_footnote_is_one_only_where_no_income_stands() {
    let header = "摘要,交易日期,收入金额,支出金额\n";
    let said = bad("en", format!("{header}备注:物业费 3-2-501,2026-02-30,210.02,\n"));
    assert!(said.contains("line 2, column 2 (交易日期): “2026-02-30” is no day"), "{said}");
}

#[test]
fn where_nothing_can_be_told_nothing_is_kept() {
    let files = Files::new();
    let bank = files.with("B.csv", format!("{HEADER}2026-03-01,210.02,,,王某,3-2-501,1\n"));
    let known = files.path("K.csv");
    let words = ["import", "bank", &bank, "--known", &known, "-o"];
    for output in ["nodir/x.json", ""] {
        refused("en", &[&words[..], &[&files.path(output)]].concat());
        assert!(!std::path::Path::new(&known).exists(), "{output}");
    }
    // Nor is anything told where nothing can be kept.
    std::fs::create_dir(files.path("K.csv.new")).unwrap();
    let output = files.path("x.json");
    refused("en", &[&words[..], &[&output]].concat());
    for name in ["K.csv", "x.json", "x.json.new"] {
        assert!(!std::path::Path::new(&files.path(name)).exists(), "{name}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_cut() {
    let long = bad("en", "长".repeat(100 * 1024 * 1024 / 3));
    assert!(
        long.contains("the file is too large (at most 16 MiB).") && !long.contains("roster"),
        "{long}"
    );
    let many = format!("{HEADER}{}", "2026-03-01,1,,,,,\n".repeat(20_000));
    assert!(bad("en", &many).contains("more than 20000 lines"));
}

#[test]
fn what_is_expected_and_what_is_known_are_checked_too() {
    let files = Files::new();
    let bank = files.with("B.csv", format!("{HEADER}2026-03-01,1,,,王,费,1\n"));
    let expected = files.with("E.csv", EXPECTED);
    let wrong = files.with("W.csv", "id,unit,amount,due\na,3-2-501,0,\na,3月2日,-1,soon\n,,1,\n");
    let (code, said) = refused("en", &["import", "bank", &bank, "--expected", &wrong]);
    assert_eq!(code, 1);
    for part in [
        "line 2, column 3 (amount): the sum is zero",
        "line 3, column 1 (id): line 2 has the id “a” already",
        "line 3, column 2 (unit): the unit “3月2日” cannot be read",
        "line 3, column 3 (amount): the sum “-1” is negative",
        "line 3, column 4 (due): “soon” is no day",
        "line 4, column 1 (id): this cell must not be empty.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for (text, why) in [
        ("a,b\n", "line 1: this column is missing: key,day,yuan,party,match"),
        (
            "key,day,yuan,party,match\nk,,,\n",
            "line 2, column 5 (match): this cell must not be empty",
        ),
        (
            "key,day,yuan,party,match\nk,,,,\"x\nl,2026-03-01,1.00,,jan\n",
            "line 2, column 5 (match): the cell runs on over lines of their own",
        ),
        ("key,day,yuan,party,match\nk,,,,,x\n", "line 2: the line has more cells than the header"),
        ("key,day,yuan,party,match\n,,,,\n", "line 2, column 1 (key): this cell must not be empty"),
        (
            "key,day,yuan,party,match\nk,,,,\nk,,,,\n",
            "line 3, column 1 (key): line 2 has this key already",
        ),
    ] {
        let known = files.with("K.csv", text);
        let words = ["import", "bank", &bank, "--expected", &expected, "--known", &known];
        let (code, said) = refused("en", &words);
        assert_eq!(code, 1);
        assert!(said.contains(why), "{why}: {said}");
        assert_eq!(std::fs::read_to_string(&known).unwrap(), text, "it is as it was");
    }
    for (words, why) in [
        (&["import"][..], "import needs what and its file: import bank FILE"),
        (&["import", "bank"], "import bank FILE"),
        (&["import", "cash", "f"], "not \"cash\""),
        (&["import", "bank", "f", "--expected"], "--expected"),
        (&["import", "bank", "f", "--expected", "e", "--account", "a/b"], "--account needs a name"),
        (&["bill", "--dry-run"], "unknown flag"),
    ] {
        let (code, said) = refused("en", words);
        assert_eq!(code, 2, "{words:?}: {said}");
        assert!(said.contains(why), "{words:?}: {said}");
    }
}
