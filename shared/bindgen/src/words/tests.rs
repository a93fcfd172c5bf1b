use super::*;

const FORBIDDEN: &[&str] = &["数据", "同步失败", "提交", "操作", "系统"];
/// Most characters of one line on a narrow phone; lines break after punctuation.
const LINE_MAX: usize = 16;

fn file(name: &str) -> String {
    std::fs::read_to_string(crate::root().unwrap().join("shared/i18n").join(name)).unwrap()
}

fn error(zh: &str, en: &str) -> String {
    read(&format!("[screen_home]\n{zh}"), &format!("[screen_home]\n{en}")).unwrap_err()
}

#[test]
fn both_languages_have_the_same_words_with_the_same_places() {
    let words = read(&file("zh-Hans.toml"), &file("en.toml")).unwrap();
    assert!(words.screens.len() > 100);
    assert!(words.screens.iter().any(|word| !word.places().is_empty()));
    assert_eq!(error("a = 'x'\nb = 'x'", "a = 'x'"), "en lacks [screen_home] b");
    assert_eq!(error("a = 'x'", "a = 'x'\nb = 'x'"), "zh lacks [screen_home] b");
    let differ = error("a = '{count}'", "a = '{what}'");
    assert_eq!(differ, r#"[screen_home] a: zh fills ["count"], en fills ["what"]"#);
}

#[test]
fn no_chinese_word_speaks_like_a_machine() {
    for ((group, key), text) in flat(&file("zh-Hans.toml"), "zh").unwrap() {
        let found = FORBIDDEN.iter().find(|word| text.contains(**word));
        assert_eq!(found, None, "[{group}] {key}");
    }
}

#[test]
fn what_a_screen_says_in_chinese_breaks_into_short_lines() {
    for word in read(&file("zh-Hans.toml"), &file("en.toml")).unwrap().screens {
        let text = word.plain("zh");
        for line in text.split(['，', '。', '；', '：', '？', '！', '、', '\n']) {
            let width =
                line.trim_matches(['“', '”']).chars().filter(|char| !char.is_ascii()).count();
            assert!(width <= LINE_MAX, "{}: {line} has {width}", word.name);
        }
    }
}

#[test]
fn the_places_stand_in_the_order_of_the_chinese() {
    let zh = "[screen]\na = '{who}说{what}，{who}'";
    let words = read(zh, "[screen]\na = '{what}, says {who}'").unwrap();
    assert_eq!(words.screens[0].places(), ["who", "what"]);
    assert_eq!(words.screens[0].plain("en"), "{what}, says {who}");
}

#[test]
fn a_malformed_place_is_refused() {
    for (bad, why) in [
        ("{", "a `{` is never closed"),
        ("{count", "a `{` is never closed"),
        ("count}", "a `}` closes nothing"),
        ("{a}}", "a `}` closes nothing"),
        ("{}", "the place `{}` is not in snake_case"),
        ("{Count}", "the place `{Count}` is not in snake_case"),
        ("{a b}", "the place `{a b}` is not in snake_case"),
        ("{{a}}", "the place `{{a}` is not in snake_case"),
        ("{in}", "the place `{in}` is a word of Kotlin or Swift"),
    ] {
        let line = format!("a = '{bad}'");
        assert_eq!(error(&line, &line), format!("zh [screen_home] a: {why}"));
    }
}

#[test]
fn a_word_without_text_or_with_a_bad_or_second_name_is_refused() {
    assert_eq!(error("a = ''", "a = 'x'"), "zh [screen_home] a: there is no text");
    assert_eq!(error("a = 'x'", "a = 1"), "en [screen_home] a: there is no text");
    let bad = error("A = 'x'", "A = 'x'");
    assert_eq!(bad, "[screen_home] A: the name `home_A` is not in snake_case");
    let twice = "[screen]\nhome_a = 'x'\n[screen_home]\na = 'x'";
    assert_eq!(read(twice, twice).unwrap_err(), "[screen_home] a: another word is called `home_a`");
    let filled = "[platform]\na = '{b}'";
    assert_eq!(read(filled, filled).unwrap_err(), "[platform] a: the system fills no places");
}

#[test]
fn the_words_of_the_core_stay_with_the_core() {
    let core = "[refusal]\n\"repairs.unknown\" = 'x'\n[status]\nreported = 'x'";
    let words = read(core, core).unwrap();
    assert!(words.screens.is_empty() && words.platform.is_empty());
}
