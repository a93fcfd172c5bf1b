//! What several pages show alike.

use shared::{Choice, RepairLine, UiEvent};

use crate::flows::page::{At, Do, Lines, Route};

/// Opens a repair.
pub(super) fn open_repair(id: &str) -> Vec<Do> {
    let show = Do::Send(UiEvent::Detail { id: Some(id.to_owned()) });
    vec![show, Do::Open(Route::Repair(id.to_owned()))]
}

/// One repair in a list.
pub(super) fn repair_row(lines: &mut Lines, line: &RepairLine) {
    let (chip, place) = (line.chip.text.clone(), line.place.clone());
    let words = vec![line.excerpt.clone(), chip, place, line.at_text.clone()];
    lines.line(words, open_repair(&line.id));
}

/// Tells that something is not sent.
pub(super) fn sync_strip(at: &At<'_>, lines: &mut Lines) {
    let words = vec![at.say("screen.saved"), at.slices.frame.sync_text.clone()];
    lines.line(words, vec![Do::Open(Route::Sync)]);
}

/// Choices, each with what it does.
pub(super) fn options(lines: &mut Lines, choices: &[Choice], does: impl Fn(&str) -> Do) {
    for choice in choices {
        lines.tap(choice.text.clone(), vec![does(&choice.value)]);
    }
}

/// The language, and the mode for elders.
pub(super) fn languages(at: &At<'_>, lines: &mut Lines) {
    for (language, word) in [("zh", "screen_settings.chinese"), ("en", "screen_settings.english")] {
        let speak = UiEvent::Speak { language: language.to_owned() };
        lines.tap(at.say(word), vec![Do::Send(speak)]);
    }
    let words = ["screen_settings.elder", "screen_settings.elder_about"].map(|word| at.say(word));
    lines.line(words.into(), vec![Do::Send(UiEvent::Elder { on: !at.slices.frame.elder })]);
}

/// Groups of digits, so that they can be read out.
pub(super) fn grouped(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    let groups: Vec<String> = digits.chunks(CODE_GROUP).map(String::from_iter).collect();
    groups.join(" ")
}

/// Digits of a code that are read out together, as `code_group` of the look.
const CODE_GROUP: usize = 3;

/// Strings that say something, beside each other.
pub(super) fn joined<const N: usize>(texts: [&str; N], between: &str) -> String {
    let said: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    said.join(between)
}
