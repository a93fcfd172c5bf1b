//! The two shells are twins: the same screens, slices, events and words.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{ios, shells};

type Names = BTreeSet<String>;

/// The areas, as Android's folders call them; the iOS shell's begin with a capital.
const AREAS: &[&str] = &["today", "repairs", "people", "me", "join", "money"];

/// What the system itself says on iOS.
const SAID_BY_IOS: &[&str] = &["back"];

struct Shell {
    name: &'static str,
    files: Vec<(String, String)>,
}

impl Shell {
    fn android() -> Self {
        Self { name: "Android", files: shells::written("screens") }
    }

    fn ios() -> Self {
        Self { name: "iOS", files: ios::written("LinliUI") }
    }

    /// What it has of an area, or in all.
    fn text(&self, area: Option<&str>) -> String {
        let is_in = |file: &str| {
            let file = file.to_lowercase();
            area.is_none_or(|area| file.contains(&format!("screens/{area}/")))
        };
        let files = self.files.iter().filter(|(file, _)| is_in(file));
        files.map(|(_, text)| text.replace('`', "")).collect()
    }

    fn screens(&self) -> Names {
        let is_screen = |name: &String| name.ends_with("Screen");
        let text = self.text(None);
        after(&text, if self.name == "iOS" { "struct " } else { "fun " })
            .filter(is_screen)
            .collect()
    }

    fn events(&self, area: Option<&str>) -> Names {
        let text = self.text(area);
        match self.name {
            "iOS" => after(&text.replace("send(\n", "send(").replace(' ', ""), "send(.").collect(),
            _ => after(&text, "UiEvent.").map(|name| lower_first(&name)).collect(),
        }
    }

    fn slices(&self, area: Option<&str>) -> Names {
        let is_slice = |name: &String| !["send", "dispatch"].contains(&name.as_str());
        after(&self.text(area), "at.linli.").filter(is_slice).collect()
    }

    fn words(&self) -> Names {
        let text = self.text(None);
        match self.name {
            "iOS" => {
                // A word may be handed on before it is said.
                let known: Names = self.known().collect();
                after(&text, ".").filter(|name| known.contains(name)).collect()
            }
            _ => {
                let words = after(&text, "Word.").map(|name| camel(&name));
                words.chain(after(&text, "Phrase.")).collect()
            }
        }
    }

    fn known(&self) -> impl Iterator<Item = String> {
        let words = "../shell_ios/LinliKit/Sources/LinliUI/Words.swift";
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(words)).unwrap();
        let words: Vec<_> =
            after(&text, "static let ").chain(after(&text, "static func ")).collect();
        words.into_iter()
    }
}

/// The names that follow a mark.
fn after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = String> + 'a {
    let name = |(at, _): (usize, &str)| -> String {
        let rest = text[at + mark.len()..].chars();
        rest.take_while(|char| char.is_alphanumeric() || *char == '_').collect()
    };
    text.match_indices(mark).map(name).filter(|name| !name.is_empty())
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// `SEND_NOW` as `sendNow`.
fn camel(name: &str) -> String {
    let mut words = name.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    words.fold(first, |name, word| {
        let mut chars = word.chars();
        let first = chars.next().map(|first| first.to_ascii_uppercase());
        name.chars().chain(first).chain(chars).collect()
    })
}

/// What one has and the other lacks, named.
fn lacking(what: &str, android: &Names, ios: &Names) -> Vec<String> {
    let lacks = |shell: &str, name: &String| format!("{shell} lacks the {what} {name}");
    let on_ios = android.difference(ios).map(|name| lacks("iOS", name));
    on_ios.chain(ios.difference(android).map(|name| lacks("Android", name))).collect()
}

#[test]
fn both_shells_have_the_same_screens_slices_events_and_words() {
    let (android, ios) = (Shell::android(), Shell::ios());
    assert!(android.screens().len() > 10, "{:?}", android.screens());
    assert!(android.events(Some("repairs")).len() > 5, "{:?}", android.events(Some("repairs")));
    let mut found = lacking("screen", &android.screens(), &ios.screens());
    for area in AREAS.iter().map(|area| Some(*area)).chain([None]) {
        let (here, there) = (android.events(area), ios.events(area));
        found.extend(lacking(&format!("event in {area:?}"), &here, &there));
        let (here, there) = (android.slices(area), ios.slices(area));
        found.extend(lacking(&format!("slice in {area:?}"), &here, &there));
    }
    let mut words = android.words();
    words.retain(|word| !SAID_BY_IOS.contains(&word.as_str()));
    let mut there = ios.words();
    // These are also events and ways back.
    there.retain(|word| !SAID_BY_IOS.contains(&word.as_str()));
    assert!(words.len() > 80, "{}", words.len());
    found.extend(lacking("word", &words, &there));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn what_one_shell_lacks_is_named() {
    let names = |all: &[&str]| -> Names { all.iter().map(|name| (*name).to_owned()).collect() };
    let found = lacking("event", &names(&["undo", "carry"]), &names(&["undo", "elder"]));
    assert_eq!(found, ["iOS lacks the event carry", "Android lacks the event elder"]);
    assert_eq!(camel("SYNC_SHARE_ABOUT"), "syncShareAbout");
    assert_eq!(after("at.send(UiEvent.SyncNow)", "UiEvent.").collect::<Vec<_>>(), ["SyncNow"]);
}
