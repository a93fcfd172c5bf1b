//! Orders for paper that are wrong: where, what, what to do; nothing is written.

use super::given::{DEBTS, Files, ROSTER, TARIFF, linli, refused, refused_in_both};

const OWED: &str = "unit,id,due,principal,late\n";

/// What is said about a table of debts; nothing is written.
fn debts(language: &str, order: &[&str], text: &str) -> String {
    let files = Files::new();
    let (debts, output) = (files.with("D.csv", text), files.path("out.pdf"));
    let words = [&["print"], order, &["--debts", &debts, "-o", &output]].concat();
    let (code, said) = refused(language, &words);
    assert_eq!(code, 1, "{said}");
    assert!(!std::path::Path::new(&output).exists(), "nothing is written");
    said
}

#[test]
fn flags_that_are_missing_unknown_or_too_many_are_named() {
    for (words, why) in [
        (&["print"][..], "print needs bills, demands, round or slips"),
        (&["print", "letters"], "print needs bills, demands, round or slips"),
        (&["print", "bills"], "--roster needs a file"),
        (&["print", "demands"], "--debts needs a file with the columns unit, id, due"),
        (&["print", "round"], "--debts needs"),
        (&["print", "round", "--debts", "d"], "--output needs a file to write"),
        (&["print", "round", "--debts", "d", "--day", "2026-01-01"], "unknown flag \"--day\""),
        (&["print", "round", "x", "--debts", "d"], "one word too many"),
        (&["print", "slips"], "--prefix needs 1 to 8 digits or capital letters"),
        (&["print", "slips", "--prefix", "A"], "--from needs"),
        (&["print", "slips", "--prefix", "A", "--from", "1"], "--count needs"),
    ] {
        let (code, said) = refused("en", words);
        assert_eq!(code, 2, "{words:?}: {said}");
        assert!(said.contains(why), "{words:?}: {said}");
    }
    let long = "和".repeat(41);
    let words = ["print", "round", "--debts", "d", "--out", "o.pdf", "--title", &long];
    let (code, said) = refused("en", &words);
    assert!(code == 2 && said.contains("at most 40 characters"), "{said}");
}

#[test]
fn values_of_flags_that_are_wrong_are_told_in_both_languages() {
    let files = Files::new();
    let (roster, tariff) = (files.with("R.csv", ROSTER), files.with("T.toml", TARIFF));
    let debts = files.with("D.csv", OWED);
    let output = files.path("out.pdf");
    let slips =
        |prefix, from, count| vec!["slips", "--prefix", prefix, "--from", from, "--count", count];
    let bills = ["bills", "--roster", &roster, "--tariff", &tariff, "--from", "2026-01", "--to"];
    for (words, zh, en) in [
        (slips("ab", "1", "1"), "--prefix：前缀“ab”不对", "--prefix: “ab” is no prefix"),
        (
            slips("A", "0", "1"),
            "--from：“0”不对。请写 1 至 9999",
            "--from: “0” is no number of slips",
        ),
        (slips("A", "1", "many"), "--count：“many”不对", "--count: “many” is no number"),
        (
            slips("A", "9990", "11"),
            "--count：再加 11 张，编号会超过 9999",
            "--count: 11 more would go beyond number 9999",
        ),
        (
            [&bills[..], &["2026-01", "--due", "soon"]].concat(),
            "--due：日期“soon”不对",
            "--due: “soon” is no day",
        ),
        (
            vec!["demands", "--debts", &debts, "--day", "2026-02-30"],
            "--day：日期“2026-02-30”不对",
            "--day: “2026-02-30” is no day",
        ),
    ] {
        refused_in_both(&[&["print"], &words[..], &["-o", &output]].concat(), zh, en);
    }
    assert!(!std::path::Path::new(&output).exists());
}

#[test]
fn debts_are_told_with_their_places() {
    let text = format!(
        "{OWED}3-2-501,a,2026-01-31,1,0\n3号楼2单元501,a,2026-02-28,-1,x\n,b,2026-12-31,1,0\n3-2-502,a,2026-01-31,1,0\n"
    );
    let said = debts("en", &["demands", "--day", "2026-11-30"], &text);
    for part in [
        "5 problems; nothing was written",
        "line 3, column 2 (id): line 2 has the id “a” already",
        "line 3, column 4 (principal): the sum “-1” is negative",
        "line 3, column 5 (late): “x” is no sum",
        "line 4, column 1 (unit): this cell must not be empty",
        "line 4, column 3 (due): it is due on 2026-12-31, which is not before the day of the demand, \
         2026-11-30",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let missing = debts("en", &["round"], DEBTS);
    assert!(missing.contains("line 1: this column is missing: unit"), "{missing}");
}

#[test]
fn where_nothing_is_owed_nothing_is_printed() {
    let text = format!("{OWED}3-2-501,a,2026-01-31,0,0\n");
    let chinese = debts("zh", &["round"], &text);
    assert!(chinese.contains("没有一户有要付的款项"), "{chinese}");
    let english = debts("en", &["demands", "--day", "2026-11-30"], &text);
    assert!(english.contains("no unit has anything to pay"), "{english}");
}

#[test]
fn the_help_tells_every_kind_of_paper_in_both_languages() {
    for language in ["zh", "en"] {
        let help = linli(language, &["print", "--help"]);
        let help = String::from_utf8(help.stdout).unwrap();
        assert!(!help.contains("  linli bill --"), "{language}: it is about paper alone");
        for kind in ["bills", "demands", "round", "slips"] {
            assert!(help.contains(&format!("  linli print {kind} --")), "{language}: {kind}");
        }
    }
}
