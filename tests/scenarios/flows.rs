//! The stories of `tests/flows`, played on the core's slices alone: a shell of text over the real
//! core and a real relay. Both shells play the same stories on their screens.

mod hand;
mod page;
mod pages;
mod phone;
mod town;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use linli_app::words::Language;

use linli_tests::flows::{
    read_all,
    story::{Story, Verb},
    tongue::Tongue,
};
use town::Town;

/// Each story, played in both languages.
macro_rules! stories {
    ($($name:ident)*) => {
        const PLAYED: &[&str] = &[$(stringify!($name)),*];
        $(mod $name {
            #[test]
            fn in_chinese() {
                super::play(stringify!($name), linli_app::words::Language::Zh);
            }

            #[test]
            fn in_english() {
                super::play(stringify!($name), linli_app::words::Language::En);
            }
        })*
    };
}

stories! {
    books
    complaint
    conflict
    counter
    found_again
    founders
    fund
    hand_back
    join
    lost_phone
    on_behalf
    paid_twice
    photo_kept
    refusal
    report_offline
    round
    short_count
    undo
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(name: &str) -> Result<Story, String> {
    read_all()?.remove(name).ok_or_else(|| format!("no story is called {name}"))
}

fn play(name: &str, language: Language) {
    let failed = tell(name, language).err().unwrap_or_default();
    assert!(failed.is_empty(), "{name}, {language:?}: {failed}");
}

/// Plays a story; an error tells the step, and what was to be seen instead.
fn tell(name: &str, language: Language) -> Result<(), String> {
    let story = read(name)?;
    let tongue = Tongue::of(language);
    let mut town = Town::found(&story, language);
    for (number, step) in (1..).zip(&story.steps) {
        hand::act(&mut town, &tongue, step).map_err(|why| {
            let (who, words) = (&step.who, step.words.join(" | "));
            let screen = town.phone(who).screen();
            format!("step {number}, {who} {:?} {words}: {why}; {who} sees\n{screen}", step.verb)
        })?;
    }
    Ok(())
}

#[test]
fn every_story_is_played() {
    let told: BTreeSet<_> = read_all().unwrap().into_keys().collect();
    let played: BTreeSet<_> = PLAYED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(told, played);
}

/// The verbs that a player of the screens knows: where it is, how its branches begin and end, and
/// what stands around each verb.
fn verbs_of([path, from, to, before, after]: [&str; 5]) -> BTreeSet<String> {
    let player = std::fs::read_to_string(root().join(path)).unwrap();
    let (_, branches) = player.split_once(from).unwrap();
    let (branches, _) = branches.split_once(to).unwrap();
    let verbs = branches.lines().filter_map(|line| {
        let (verb, _) = line.trim().strip_prefix(before)?.split_once(after)?;
        Some(verb.to_owned())
    });
    verbs.collect()
}

const COMPOSE: [&str; 5] = [
    "shell_android/ci/src/test/kotlin/cn/linli/ci/FlowTest.kt",
    "when (verb) {",
    "else ->",
    "\"",
    "\" ->",
];
const SWIFT_UI: [&str; 5] = [
    "shell_ios/LinliKit/Tests/LinliUITests/Hand.swift",
    "switch step.verb {",
    "default:",
    "case \"",
    "\":",
];

#[test]
fn every_player_knows_the_same_verbs() {
    let here: BTreeSet<_> = Verb::ALL.iter().map(|(_, word, _)| (*word).to_owned()).collect();
    assert_eq!(here, verbs_of(COMPOSE));
    assert_eq!(here, verbs_of(SWIFT_UI));
    let used = PLAYED.iter().flat_map(|name| read(name).unwrap().steps);
    let used: Vec<_> = used.map(|step| step.verb).collect();
    for (verb, word, _) in Verb::ALL {
        assert!(used.contains(&verb), "no story says {word}");
    }
}
