//! A round from door to door, and the count of its cash.

use shared::{CountCard, UiEvent};

use super::{
    asks, kept,
    money::{actions, find, open_door, sent},
};
use crate::flows::page::{At, Do, Lines, Notes, Page, Route, Slices};

pub(super) fn page(at: &At<'_>, id: &str) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_money.rounds"), Some((at, vec![Do::Back])));
    let round = at.slices.money.round.as_ref().filter(|round| round.line.id == id);
    let Some(round) = round else { return page };
    lines.row([
        round.line.place_text.clone(),
        round.line.paid_text.clone(),
        round.line.chip.text.clone(),
    ]);
    lines.texts(&round.count_due_text);
    lines.texts(&round.notes);
    let here = Route::Round(id.to_owned());
    for action in &round.actions {
        let open = Route::Count(round.subject.clone(), action.word.clone(), id.to_owned());
        page.bottom.main(action.text.clone(), true, vec![Do::Open(open)]);
    }
    if let Some(unit) = &round.at {
        let label = format!("{} {unit}", at.say("screen_money.door"));
        page.bottom.main(label, true, open_door(unit, id));
    }
    let lines = &mut page.content;
    if !round.doors.is_empty() {
        lines.section(at.say("screen_money.doors"), String::new());
    }
    let mut stair = "";
    for door in &round.doors {
        if door.stair_text != stair {
            stair = &door.stair_text;
            lines.text(stair);
        }
        let words = [&door.unit, &door.owed_text, &door.chip.text, &door.note];
        let words = words.into_iter().filter(|word| !word.is_empty()).cloned().collect();
        lines.line(words, open_door(&door.unit, id));
    }
    if !round.counts.is_empty() {
        lines.section(at.say("screen_money.counts"), String::new());
    }
    round.counts.iter().for_each(|card| counted(lines, card, id, &here));
    page
}

fn counted(lines: &mut Lines, card: &CountCard, round: &str, here: &Route) {
    lines.row([card.text.clone(), card.chip.text.clone()]);
    lines.texts(&card.expected_text);
    lines.texts(&card.counted_text);
    lines.texts(&card.difference_text);
    card.recount_texts.iter().for_each(|text| lines.text(text));
    lines.texts(&card.taken_text);
    lines.texts(&card.banked_text);
    for action in &card.actions {
        if action.asks.iter().any(|ask| ask.word == "notes") {
            let open = Route::Count(card.subject.clone(), action.word.clone(), round.to_owned());
            lines.tap(action.text.clone(), vec![Do::Open(open)]);
        } else {
            actions(lines, &card.subject, std::slice::from_ref(action), here);
        }
    }
}

fn draft(subject: &str) -> String {
    format!("notes/{subject}")
}

fn note(subject: &str, worth: &str) -> String {
    format!("{subject}/{worth}")
}

/// What was counted is found again after a kill.
pub(super) fn begin(slices: &Slices, subject: &str) -> Notes {
    let mut notes = Notes::default();
    for kind in kept(slices, &draft(subject)).split(' ') {
        if let Some((worth, pieces)) = kind.split_once('x') {
            notes.write(&note(subject, worth), pieces);
        }
    }
    notes.rest();
    notes
}

/// The notes, as they are kept and sent.
fn notes(at: &At<'_>, subject: &str, action: &str) -> String {
    let asks = find(at, subject, action).map(|action| &action.asks[..]).unwrap_or_default();
    let kinds = asks.iter().filter(|ask| ask.word == "notes").flat_map(|ask| &ask.choices);
    let kind = |worth: &String| {
        let pieces = at.notes.typed(&note(subject, worth)).trim();
        (!pieces.is_empty()).then(|| format!("{worth}x{pieces}"))
    };
    kinds.filter_map(|choice| kind(&choice.value)).collect::<Vec<_>>().join(" ")
}

pub(super) fn rested(at: &At<'_>, subject: &str, action: &str) -> Vec<UiEvent> {
    let text = notes(at, subject, action);
    let keep = UiEvent::KeepDraft { name: draft(subject), text: text.clone() };
    (text != kept(at.slices, &draft(subject))).then_some(keep).into_iter().collect()
}

/// It was counted, or somebody else was faster.
pub(super) fn is_over(at: &At<'_>, subject: &str, action: &str) -> bool {
    let round = at.slices.money.round.is_some();
    round && find(at, subject, action).is_none()
}

pub(super) fn count(at: &At<'_>, subject: &str, word: &str, _: &str) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let Some(action) = find(at, subject, word) else { return page };
    lines.top(action.text.clone(), Some((at, vec![Do::Back])));
    let count = at.slices.money.round.iter().flat_map(|round| &round.counts);
    if count.filter(|count| count.subject == subject).any(|count| count.counted_text.is_none()) {
        lines.text(at.say("screen_money.blind"));
    }
    for choice in action.asks.iter().filter(|ask| ask.word == "notes").flat_map(|ask| &ask.choices)
    {
        let name = note(subject, &choice.value);
        lines.field(&name, choice.text.clone(), at.notes.typed(&name));
    }
    let tally = at.slices.money.tallies.iter().find(|tally| tally.value == draft(subject));
    if let Some(tally) = tally {
        lines.text(at.fill("screen_money.tally", &[("sum", &tally.text)]));
    }
    let text: Vec<_> = action.asks.iter().filter(|ask| ask.word == "text").cloned().collect();
    let answered = asks::Answered::new(at, subject);
    answered.show(lines, &text);
    let counted = notes(at, subject, word);
    let mut answers = answered.answers(&text);
    answers.push(shared::Answer { word: "notes".to_owned(), value: counted.clone() });
    let send = Do::Send(sent(subject, word, answers));
    let forget = UiEvent::KeepDraft { name: draft(subject), text: String::new() };
    let complete = !counted.is_empty() && text.iter().all(|ask| answered.has(ask));
    page.bottom.main(action.text.clone(), complete, vec![send, Do::Send(forget)]);
    page
}
