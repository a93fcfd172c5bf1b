//! What the core asks for: choices, and where it can be typed, a field.

use std::collections::BTreeSet;

use shared::{Answer, AskedFor};

use crate::flows::page::{At, Do, Lines};

/// What was chosen and typed for what is asked.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    at: &'a At<'a>,
    /// For which page or offer.
    of: &'a str,
}

impl<'a> Answered<'a> {
    pub(super) fn new(at: &'a At<'a>, of: &'a str) -> Self {
        Self { at, of }
    }

    fn note(&self, ask: &AskedFor) -> String {
        note(self.of, &ask.word)
    }

    fn typed(&self, ask: &AskedFor) -> &'a str {
        self.at.notes.typed(&self.note(ask))
    }

    fn chosen(&self, ask: &AskedFor) -> BTreeSet<String> {
        self.at.notes.chosen(&self.note(ask))
    }

    pub(super) fn has(&self, ask: &AskedFor) -> bool {
        ask.optional || !self.typed(ask).trim().is_empty() || !self.chosen(ask).is_empty()
    }

    pub(super) fn answers(&self, asks: &[AskedFor]) -> Vec<Answer> {
        let given = |ask: &AskedFor| {
            let typed = Some(self.typed(ask)).filter(|text| !text.trim().is_empty());
            let all = self.chosen(ask).into_iter().chain(typed.map(str::to_owned));
            let answer = |value| Answer { word: ask.word.clone(), value };
            all.map(answer).collect::<Vec<_>>()
        };
        asks.iter().flat_map(given).collect()
    }

    pub(super) fn show<'b>(&self, lines: &mut Lines, asks: impl IntoIterator<Item = &'b AskedFor>) {
        for ask in asks {
            self.ask(lines, ask);
        }
    }

    fn ask(&self, lines: &mut Lines, ask: &AskedFor) {
        if !ask.choices.is_empty() {
            title(self.at, lines, ask);
        }
        for choice in &ask.choices {
            let chosen = choose(ask, self.chosen(ask), &choice.value);
            lines.tap(choice.text.clone(), vec![Do::Choose(self.note(ask), chosen)]);
        }
        if ask.typed {
            let optional = || format!("{} · {}", ask.text, self.at.say("screen_ask.optional"));
            let label = if ask.optional { optional() } else { ask.text.clone() };
            lines.field(&self.note(ask), label, self.typed(ask));
        }
    }
}

/// The note of what is asked.
pub(super) fn note(of: &str, word: &str) -> String {
    format!("{of}/{word}")
}

/// What is asked, and whether it can be left out.
pub(super) fn title(at: &At<'_>, lines: &mut Lines, ask: &AskedFor) {
    let optional = || at.say("screen_ask.optional");
    lines.section(ask.text.clone(), if ask.optional { optional() } else { String::new() });
}

/// A second tap takes a choice back.
fn choose(ask: &AskedFor, mut before: BTreeSet<String>, value: &str) -> BTreeSet<String> {
    if before.remove(value) {
        return before;
    }
    if !ask.many {
        before.clear();
    }
    before.insert(value.to_owned());
    before
}
