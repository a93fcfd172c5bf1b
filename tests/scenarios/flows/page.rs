//! What a page is made of: lines of words, and what can be done on them.

use std::collections::{BTreeMap, BTreeSet};

use linli_app::words::Words;
use shared::{
    AttentionList, Drafts, Founding, Frame, Money, People, RepairDetail, RepairsWindow, Sending,
    UiEvent,
};

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Today,
    Repairs,
    People,
    Me,
    Report,
    Repair(String),
    /// What an action of a repair asks for.
    Act(String, String),
    Money,
    /// The money of a home, on a round if one is walked.
    HomeMoney(String, Option<String>),
    Round(String),
    /// A sum that is typed at the door.
    Collect(String, Option<String>),
    /// Notes and coins of a round: what is asked for, which act, the round.
    Count(String, String, String),
    /// What an act about money asks for: whose it is, which act.
    MoneyAct(String, String, Box<Self>),
    ScanReceipt,
    /// A page of the books, by its name.
    Book(String),
    Sync,
    Data,
    Communities,
    Join,
    Invite,
    Register,
    Founding,
}

/// What comes of a tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Do {
    Send(UiEvent),
    Open(Route),
    /// Shows one of the tabs, with nothing under it.
    Switch(Route),
    Back,
    /// Chooses on the page itself.
    Choose(String, BTreeSet<String>),
    /// Puts what is in front of the lens to a draft.
    Photo(String),
    /// Writes what is scanned into a field.
    Scan(&'static str),
    /// Writes something into a field.
    Write(&'static str, String),
}

/// What a finger can do with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Control {
    Tap {
        enabled: bool,
        does: Vec<Do>,
    },
    /// A field, and the note that is typed into.
    Field(String),
}

/// A line: what stands on it, piece by piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Vec<String>,
    pub(super) control: Option<Control>,
}

/// Lines, from the top down.
#[derive(Debug, Default)]
pub(super) struct Lines(pub(super) Vec<Line>);

/// A page: what scrolls, and what stays at the thumb.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) content: Lines,
    pub(super) bottom: Lines,
}

/// What was typed and chosen on a page that is not the core's yet.
#[derive(Debug, Default)]
pub(super) struct Notes {
    typed: BTreeMap<String, String>,
    chosen: BTreeMap<String, BTreeSet<String>>,
    /// What was typed since the person last rested.
    fresh: BTreeSet<String>,
}

/// What the core shows, slice by slice.
#[derive(Debug, Default)]
pub(super) struct Slices {
    pub(super) frame: Frame,
    pub(super) founding: Founding,
    pub(super) repairs: RepairsWindow,
    pub(super) detail: Option<RepairDetail>,
    pub(super) picture: Option<Vec<u8>>,
    pub(super) people: People,
    pub(super) attention: AttentionList,
    pub(super) drafts: Drafts,
    pub(super) sending: Sending,
    pub(super) money: Money,
}

/// Where a page stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) slices: &'a Slices,
    pub(super) notes: &'a Notes,
    pub(super) words: &'static Words,
    /// Whether there is a page under it.
    pub(super) under: bool,
}

impl At<'_> {
    /// Says a word of `shared/i18n`.
    pub(super) fn say(&self, path: &str) -> String {
        self.fill(path, &[])
    }

    /// Says a sentence with its places filled.
    pub(super) fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        let (group, key) = path.split_once('.').unwrap_or_default();
        assert!(self.words.keys().any(|known| known == path), "no such word: {path}");
        self.words.fill(group, key, values)
    }
}

impl Notes {
    /// What is typed takes the place of what was chosen.
    pub(super) fn write(&mut self, note: &str, text: &str) {
        if !text.is_empty() {
            self.chosen.remove(note);
        }
        self.typed.insert(note.to_owned(), text.to_owned());
        self.fresh.insert(note.to_owned());
    }

    /// What is chosen takes the place of what was typed.
    pub(super) fn choose(&mut self, note: &str, values: BTreeSet<String>) {
        self.typed.remove(note);
        self.chosen.insert(note.to_owned(), values);
    }

    pub(super) fn rest(&mut self) {
        self.fresh.clear();
    }

    pub(super) fn typed(&self, note: &str) -> &str {
        self.typed.get(note).map_or("", String::as_str)
    }

    /// What was typed into a field since the person last rested.
    pub(super) fn fresh(&self, note: &str) -> Option<&str> {
        self.fresh.contains(note).then(|| self.typed(note))
    }

    pub(super) fn chosen(&self, note: &str) -> BTreeSet<String> {
        self.chosen.get(note).cloned().unwrap_or_default()
    }

    pub(super) fn one(&self, note: &str) -> Option<String> {
        self.chosen(note).into_iter().next()
    }

    pub(super) fn is_on(&self, note: &str) -> bool {
        !self.chosen(note).is_empty()
    }

    pub(super) fn turn(&mut self, note: &str, on: bool) {
        self.choose(note, switched(on));
    }
}

/// Chooses one thing, or nothing.
pub(super) fn choose(note: &str, value: Option<&str>) -> Do {
    Do::Choose(note.to_owned(), value.map(str::to_owned).into_iter().collect())
}

/// Turns something on the page on or off.
pub(super) fn turn(note: &str, on: bool) -> Do {
    Do::Choose(note.to_owned(), switched(on))
}

fn switched(on: bool) -> BTreeSet<String> {
    on.then(|| "on".to_owned()).into_iter().collect()
}

impl Lines {
    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.0.push(Line { words: vec![text.into()], control: None });
    }

    pub(super) fn texts<T: Into<String>>(&mut self, texts: impl IntoIterator<Item = T>) {
        for text in texts {
            self.text(text);
        }
    }

    /// A line that is read as one.
    pub(super) fn row<const N: usize>(&mut self, words: [String; N]) {
        self.0.push(Line { words: words.into(), control: None });
    }

    /// The same, of as many words as there are.
    pub(super) fn words(&mut self, words: Vec<String>) {
        self.0.push(Line { words, control: None });
    }

    /// A title within a page, and how many there are.
    pub(super) fn section(&mut self, title: String, count: String) {
        self.text(title);
        if !count.is_empty() {
            self.text(count);
        }
    }

    pub(super) fn tap(&mut self, label: String, does: Vec<Do>) {
        self.line(vec![label], does);
    }

    /// A button that may have to wait.
    pub(super) fn main(&mut self, label: String, enabled: bool, does: Vec<Do>) {
        let control = Some(Control::Tap { enabled, does });
        self.0.push(Line { words: vec![label], control });
    }

    /// A line of several pieces to tap on.
    pub(super) fn line(&mut self, words: Vec<String>, does: Vec<Do>) {
        self.0.push(Line { words, control: Some(Control::Tap { enabled: true, does }) });
    }

    pub(super) fn field(&mut self, note: &str, label: String, value: &str) {
        let control = Some(Control::Field(note.to_owned()));
        self.0.push(Line { words: vec![label, value.to_owned()], control });
    }

    /// A page's title, with the way back where there is one.
    pub(super) fn top(&mut self, title: String, back: Option<(&At<'_>, Vec<Do>)>) {
        if let Some((at, does)) = back {
            self.tap(at.say("screen.back"), does);
        }
        self.text(title);
    }
}
