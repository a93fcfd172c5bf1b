//! How source files look.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Most lines of a file; generated bindings are not ours.
const LINES_MAX: usize = 400;

/// The order of the domain's rooms: each looks only at those before it.
const ROOMS: &[&str] = &[
    "kernel",
    "law",
    "registry",
    "delivery",
    "repairs",
    "voting",
    "governance",
    "payments",
    "notices",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["shared", "server", "tests"] {
        sources(&root().join(folder), &mut found);
    }
    found.sort();
    let read = |path: PathBuf| (path.display().to_string(), fs::read_to_string(&path).unwrap());
    found.into_iter().map(read).collect()
}

fn is_too_long(text: &str) -> bool {
    text.lines().count() > LINES_MAX
}

/// Marks of unfinished work; put together so that this file does not hold them.
fn unfinished(text: &str) -> Option<String> {
    let marks = [
        ["to", "do!("].concat(),
        ["unimplement", "ed!("].concat(),
        ["#[ig", "nore"].concat(),
        ["FIX", "ME"].concat(),
        ["TO", "DO"].concat(),
        ["#[al", "low("].concat(),
    ];
    marks.into_iter().find(|mark| text.contains(mark.as_str()))
}

/// Finds a `use crate::room` that looks to the right.
fn looks_right(room: &str, text: &str) -> Option<String> {
    let own = ROOMS.iter().position(|known| *known == room)?;
    let later = ROOMS.iter().skip(own + 1);
    later
        .into_iter()
        .find(|other| text.contains(&format!("crate::{other}")))
        .map(|o| (*o).to_owned())
}

/// Finds a path of some machine.
fn machine_path(text: &str) -> Option<&'static str> {
    // The label of a home's key is no path.
    let text = text.replace("linli/home/", "");
    ["/home/", "/Users/", "/root/", "C:\\"].into_iter().find(|path| text.contains(path))
}

#[test]
fn files_are_short_and_finished_and_know_no_machine() {
    let files = all();
    assert!(files.len() > 80);
    for (path, text) in files.iter().filter(|(path, _)| !path.ends_with("shape/sources.rs")) {
        assert!(!is_too_long(text), "{path}: {} lines", text.lines().count());
        assert_eq!(unfinished(text), None, "{path}");
        assert_eq!(machine_path(text), None, "{path}");
    }
}

#[test]
fn every_silenced_lint_has_a_reason() {
    for (path, text) in all() {
        let mut rest = text.as_str();
        while let Some(at) = rest.find("[expect(") {
            rest = &rest[at..];
            let end = rest.find(")]").unwrap_or(rest.len());
            assert!(path.ends_with("sources.rs") || rest[..end].contains("reason"), "{path}");
            rest = &rest[end..];
        }
    }
}

#[test]
fn rooms_look_left_only() {
    for (path, text) in all() {
        let Some(inside) = path.split("shared/domain/src/").nth(1) else { continue };
        let room = inside.split('/').next().unwrap();
        if ROOMS.contains(&room) {
            assert_eq!(looks_right(room, &text), None, "{path}");
        }
    }
}

/// The stored words of refusals in a text, such as `repairs.not_yours`.
fn refusal_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for room in ["registry", "repairs", "join", "invite", "picture", "carry", "app"] {
        for rest in text.split(&format!("\"{room}.")).skip(1) {
            let word: String =
                rest.chars().take_while(|char| char.is_ascii_lowercase() || *char == '_').collect();
            if !word.is_empty() && rest.chars().nth(word.len()) == Some('"') {
                words.insert(format!("{room}.{word}"));
            }
        }
    }
    words
}

#[test]
fn every_refusal_has_its_sentence_and_every_sentence_its_refusal() {
    let said: BTreeSet<String> = all()
        .iter()
        .filter(|(path, _)| {
            let path = path.rsplit("/../").next().unwrap();
            path.starts_with("shared/") && !path.contains("tests")
        })
        .flat_map(|(_, text)| refusal_words(text))
        .collect();
    assert!(said.len() > 35, "{said:?}");
    for language in ["zh-Hans", "en"] {
        let path = root().join("shared/i18n").join(format!("{language}.toml"));
        assert_eq!(refusal_words(&fs::read_to_string(path).unwrap()), said, "{language}");
    }
}

#[test]
fn no_scenario_is_forgotten() {
    let folder = root().join("tests/scenarios");
    let main = fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name}");
    }
}

#[test]
fn each_rule_can_fail() {
    assert!(is_too_long(&"x\n".repeat(LINES_MAX + 1)));
    assert!(unfinished(&["fn f() { to", "do!() }"].concat()).is_some());
    assert!(looks_right("law", "use crate::registry::Registry;").is_some());
    assert_eq!(looks_right("repairs", "use crate::registry::Registry;"), None);
    assert!(machine_path("/home/somebody/x").is_some());
}
