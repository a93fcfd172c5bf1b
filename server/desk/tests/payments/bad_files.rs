//! Files with something wrong: where, what, what to do; nothing is written.

use super::given::{AREAS, DEBTS, Files, ROSTER, TARIFF, linli, refused, refused_in_both};

/// What is said about a roster.
fn roster(language: &str, text: &str) -> String {
    let files = Files::new();
    let (roster, tariff) = (files.with("R.csv", text), files.with("T.toml", TARIFF));
    let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
    let output = files.path("out.json");
    let (code, said) =
        refused(language, &[&words[..], &["--to", "2026-12", "--json", "-o", &output]].concat());
    assert_eq!(code, 1, "{said}");
    assert!(!std::path::Path::new(&output).exists(), "nothing is written");
    said
}

fn areas(text: impl AsRef<[u8]>) -> String {
    let files = Files::new();
    let areas = files.with("A.csv", text);
    let (code, said) = refused("en", &["allocate", "--amount", "100", "--areas", &areas]);
    assert_eq!(code, 1, "{said}");
    said
}

fn debts(text: &str) -> String {
    let files = Files::new();
    let debts = files.with("D.csv", text);
    let (code, said) = refused("en", &["settle", "--debts", &debts, "--pay", "100"]);
    assert_eq!(code, 1, "{said}");
    said
}

fn late(text: &str) -> String {
    let files = Files::new();
    let bills = files.with("L.csv", text);
    let (code, said) = refused("en", &["late", "--csv", &bills]);
    assert_eq!(code, 1, "{said}");
    said
}

#[test]
fn every_problem_of_a_roster_is_told_at_once_with_its_place() {
    let text = "unit,area_m2,kind,bill_from,prepaid\n\
                3-2-501,89.37,home,,\n\
                3号楼2单元501,abc,boat,2026-02-30,soon\n\
                ,-3,home,2026-01-05,13\n\
                3-2-502,,home,,\n\
                3-2-503,89.37,home,,,7\n";
    let said = roster("en", text);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].ends_with("R.csv: 10 problems; nothing was written"), "{said}");
    for (line, start) in lines[1..].iter().zip([
        "  line 3, column 1 (unit): 3号楼2单元501 stands in line 2 already",
        "  line 3, column 2 (area_m2): the area “abc” is no number",
        "  line 3, column 3 (kind): unknown kind “boat”; write one of home, shop, parking, storage.",
        "  line 3, column 4 (bill_from): “2026-02-30” is no day of the calendar",
        "  line 3, column 5 (prepaid): “soon” does not say what is prepaid",
        "  line 4, column 1 (unit): this cell must not be empty.",
        "  line 4, column 2 (area_m2): the area “-3” is negative",
        "  line 4, column 5 (prepaid): 13 prepaid months are too many (the rules allow 12)",
        "  line 5, column 2 (area_m2): this cell must not be empty.",
        "  line 6: the line has more cells than the header (“7” is left over)",
    ]) {
        assert!(line.starts_with(start), "{line} is not {start}");
    }
    let chinese = roster("zh", "unit,area_m2,kind\n3-2-501,-1,home\n");
    assert!(chinese.contains("1 个问题，什么也没有写出"), "{chinese}");
    assert!(chinese.contains("第 2 行第 2 列（area_m2）：面积“-1”是负数。请改正。"), "{chinese}");
}

#[test]
fn columns_that_are_wrong_missing_or_twice_are_named() {
    let unknown = areas("unit,area,colour\n1-1-101,1,red\n");
    assert!(
        unknown.contains(
            "line 1, column 3 (colour): unknown column “colour”; this table may have: \
                          unit, area_m2."
        ),
        "{unknown}"
    );
    let missing = areas("unit\n1-1-101\n");
    assert!(missing.contains("line 1: this column is missing: area_m2"), "{missing}");
    let twice = areas("unit,area_m2,面积\n1-1-101,1,1\n");
    assert!(twice.contains("column 2 is “面积” already"), "{twice}");
    assert!(areas("unit,area_m2\n1-1-101,1,2\n").contains("line 2: the line has more cells"));
}

#[test]
fn files_that_hold_nothing_or_no_text_are_refused() {
    assert!(areas("").contains("the file: the file holds nothing"));
    assert!(areas("unit,area_m2\n").contains("the file holds nothing"));
    assert!(areas(b"unit,area_m2\n\xff\xff,1\n").contains("neither UTF-8 nor GB18030"));
    let many: String = (0..20_001).map(|unit| format!("K{unit},1\n")).collect();
    assert!(areas(format!("unit,area_m2\n{many}")).contains("more than 20000 lines"));
    let (code, said) = refused("en", &["allocate", "--amount", "1", "--areas", "no/such.csv"]);
    assert_eq!(code, 2);
    assert!(said.contains("no/such.csv"), "{said}");
}

#[test]
fn a_quotation_mark_that_is_not_closed_loses_no_row() {
    let text = "unit,area_m2,kind,remark\n3-2-501,10,home,\"x\n3-2-502,20,home,y\n";
    let said = roster("en", text);
    let why = "line 2, column 4 (remark): the cell runs on over lines of their own: “x 3-2-502,20";
    assert!(said.contains("1 problem;") && said.contains(why), "{said}");
    let open = text.replace("home,\"x", "home,\"");
    let said = roster("zh", &open);
    assert!(said.contains("第 2 行第 4 列（remark）：这一格里有换行"), "{said}");
    // Closed, a remark of two lines is one.
    let files = Files::new();
    let areas = files.with("A.csv", "unit,area_m2,remark\n1-1-101,1,\"one,\ntwo\"\n");
    let shared = linli("en", &["allocate", "--amount", "1", "--areas", &areas]);
    assert!(shared.status.success(), "{shared:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_both_languages() {
    let files = Files::new();
    let (none, folder) = (files.path("none.csv"), files.path(""));
    let tariff = files.with("T.toml", TARIFF);
    let months = ["--from", "2026-01", "--to", "2026-01"];
    for (file, zh, en) in [
        (&none, "：没有这个文件", ": there is no such file"),
        (&folder, "：这是一个文件夹", ": this is a folder"),
    ] {
        refused_in_both(&["allocate", "--amount", "1", "--areas", file], zh, en);
        let bill = ["bill", "--tariff", &tariff, "--roster", file];
        refused_in_both(&[&bill[..], &months].concat(), zh, en);
        refused_in_both(&["import", "bank", file], zh, en);
        refused_in_both(&["roster", "check", file], zh, en);
    }
}

#[test]
fn nothing_is_written_over_a_file_that_is_read() {
    let files = Files::new();
    let (roster, tariff) = (files.with("R.csv", ROSTER), files.with("T.toml", TARIFF));
    let (areas, debts) = (files.with("A.csv", AREAS), files.with("D.csv", DEBTS));
    let late = files.with("L.csv", "due,paid,principal,rate_per_day\n2026-01-31,2026-03-02,1,1\n");
    let new = files.with("E.csv.new", "id,unit,amount\n");
    let none = files.path("none.csv");
    let bill = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01", "--to"];
    let bill = [&bill[..], &["2026-01"]].concat();
    let import = ["import", "bank", "B.csv", "--expected", &new, "--known", &none];
    for (words, output) in [
        (&bill[..], "R.csv"),
        (&bill, "./T.toml"),
        (&["allocate", "--amount", "1", "--areas", &areas], "./A.csv"),
        (&["settle", "--debts", &debts, "--pay", "1"], "D.csv"),
        (&["late", "--csv", &late], "L.csv"),
        // Not there yet, and where it would be written first.
        (&import, "none.csv"),
        (&import, "E.csv"),
        (&["print", "round", "--debts", &debts], "D.csv"),
        (&["print", "round", "--debts", "d", "--font", &areas], "A.csv"),
    ] {
        let output = files.path(output);
        let words = [words, &["-o", &output]].concat();
        let (zh, en) = ("是要读的文件，请另选一个", "the file that is read; choose another");
        refused_in_both(&words, zh, en);
    }
    refused_in_both(
        &["settle", "--debts", &debts, "--pay", "1", "-o", &files.path("")],
        "是一个文件夹",
        "-o names the folder",
    );
    assert_eq!(std::fs::read_to_string(&roster).unwrap(), ROSTER);
    assert_eq!(std::fs::read_to_string(&tariff).unwrap(), TARIFF);
    assert_eq!(std::fs::read_to_string(&debts).unwrap(), DEBTS);
}

#[test]
fn numbers_that_are_none_or_too_large_are_refused_without_a_guess() {
    for (area, why) in [
        ("1e3", "no number"),
        ("89.375", "no number"),
        ("0", "is zero"),
        ("-0.01", "is negative"),
        ("\"1,000.00\"", "no number"),
        ("NaN", "no number"),
        ("99999999999999999999999999999999", "too large"),
        ("100000.01", "too large (at most 100000 m²)"),
    ] {
        let said = areas(format!("unit,area_m2\n1-1-101,{area}\n"));
        assert!(said.contains("line 2, column 2 (area_m2)") && said.contains(why), "{said}");
    }
    for unit in ["2026-03-02", "3月2日", "\"a\tb\""] {
        let said = areas(format!("unit,area_m2\n{unit},1\n"));
        assert!(said.contains("write it as 3-2-501, and set the column to “Text”"), "{said}");
    }
}

#[test]
fn debts_have_one_id_each_and_sums_of_their_own() {
    let twice = debts("id,due,principal,late\na,2026-01-31,1,0\na,2026-02-28,1,0\n");
    assert!(twice.contains("line 3, column 1 (id): line 2 has the id “a” already"), "{twice}");
    let bad = debts("id,due,principal,late\na,2026-1-32,-1,x\n");
    for said in [
        "3 problems",
        "line 2, column 2 (due): “2026-1-32” is no day",
        "line 2, column 3 (principal): the sum “-1” is negative",
        "line 2, column 4 (late): “x” is no sum in yuan",
    ] {
        assert!(bad.contains(said), "{said}: {bad}");
    }
    let huge = debts("id,due,principal,late\na,2026-01-31,99999999999999999999,0\n");
    assert!(huge.contains("up to 1000000000000.00"), "{huge}");
    let most = "1000000000000,1000000000000";
    let lines: String = (0..19_000).map(|id| format!("{id},2026-01-31,{most}\n")).collect();
    let files = Files::new();
    let file = files.with("D.csv", format!("id,due,principal,late\n{lines}"));
    let settled = linli("en", &["settle", "--debts", &file, "--pay", "1000000000000", "--json"]);
    assert!(settled.status.success(), "the longest table of the largest sums adds up");
}

#[test]
fn late_tables_need_a_rate_and_percents() {
    let said = late("due,paid,principal\n2026-01-31,2026-02-28,100\n");
    assert!(said.contains("line 1: this column is missing: rate_per_day"), "{said}");
    let said = late("due,paid,principal,rate_per_day,cap\n2026-01-31,,100,-1,a third\n");
    for part in
        ["column 2 (paid): this cell", "column 4 (rate_per_day): “-1”", "column 5 (cap): “a"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("write five in ten thousand as 0.05"), "{said}");
}

#[test]
fn a_tariff_is_refused_with_line_and_column() {
    let files = Files::new();
    let roster = files.with("R.csv", ROSTER);
    for (tariff, why) in [
        ("[[charge]\n", "line 1, column 10: this is not TOML"),
        ("[[charge]]\nname = 物业费\n", "line 2, column 8: this is not TOML"),
        (
            "[[charge]]\nname = \"f\"\nkind = \"area\"\nrate = -2.35\n",
            "line 4, column 8 (rate): “-2.35” is no rate; write it as 2.35: not negative",
        ),
        (
            "[[charge]]\nname = \"f\"\nkind = \"volume\"\nrate = 1\n",
            "line 3, column 8 (kind): unknown kind of charge “volume”; write one of area, fixed, \
             parking, shared.",
        ),
        (
            "[[charge]]\nname = \"f\"\nkind = \"area\"\nrate = 1\nfrom = \"2026-05\"\nuntil = \"2026-04\"\n",
            "no whole month begins from 2026-05 until 2026-04",
        ),
        (
            "[[charge]]\nname = \"f\"\nkind = \"area\"\nrate = 1\n[rules]\nvacancy_rate = 60\n",
            "line 6, column 16 (vacancy_rate): “60” is not what this rule takes; write 60%, 0.6, 3/5.",
        ),
    ] {
        let tariff = files.with("T.toml", tariff);
        let words = ["bill", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01"];
        let (code, said) = refused("en", &[&words[..], &["--to", "2026-01"]].concat());
        assert_eq!(code, 1);
        assert!(said.contains("T.toml: 1 problem") && said.contains(why), "{said}");
    }
    let large = files.with("T.toml", TARIFF.replace("2.35", "1000000000"));
    let many: String = (0..1_000).map(|unit| format!("K{unit},100000,home\n")).collect();
    let roster = files.with("R.csv", format!("unit,area_m2,kind\n{many}"));
    let words = ["bill", "--roster", &roster, "--tariff", &large, "--from", "2026-01"];
    let (code, said) = refused("en", &[&words[..], &["--to", "2026-12"]].concat());
    assert_eq!(code, 1);
    assert!(said.contains("the sum of “all units” is too large to be held"), "{said}");
}

#[test]
fn good_files_are_good() {
    let files = Files::new();
    for (name, text, words) in [
        ("A.csv", AREAS, &["allocate", "--amount", "1", "--areas"][..]),
        ("D.csv", DEBTS, &["settle", "--pay", "1", "--debts"]),
    ] {
        let file = files.with(name, text);
        assert!(linli("en", &[words, &[&file]].concat()).status.success(), "{name}");
    }
}
