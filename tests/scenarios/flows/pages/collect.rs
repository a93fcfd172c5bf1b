//! The sum at the door: typed on large keys, kept at every one of them.

use shared::{Answer, UiEvent};

use super::{
    asks::Answered,
    kept,
    money::{find, sent},
};
use crate::flows::page::{At, Do, Notes, Page, Slices, turn};

/// Note of the sum.
const SUM: &str = "sum";

/// Whether more is asked for than the sum.
const MORE: &str = "more";

/// How many receipts there were when the page was opened.
const BEFORE: &str = "before";

fn subject(slices: &Slices, unit: &str) -> Option<String> {
    let home = slices.money.home.as_ref().filter(|home| home.unit == unit)?;
    Some(home.subject.clone())
}

fn draft(unit: &str, round: Option<&str>) -> String {
    format!("sum/{unit}/{}", round.unwrap_or_default())
}

fn receipts(slices: &Slices, unit: &str) -> usize {
    let home = slices.money.home.as_ref().filter(|home| home.unit == unit);
    home.map_or(0, |home| home.papers.len())
}

pub(super) fn begin(slices: &Slices, unit: &str, round: Option<&str>) -> Notes {
    let mut notes = Notes::default();
    notes.write(SUM, kept(slices, &draft(unit, round)));
    notes.write(BEFORE, &receipts(slices, unit).to_string());
    notes.rest();
    notes
}

/// The receipt is written.
pub(super) fn is_over(at: &At<'_>, unit: &str, _: Option<&str>) -> bool {
    at.notes.typed(BEFORE).parse().is_ok_and(|before: usize| receipts(at.slices, unit) > before)
}

pub(super) fn rested(at: &At<'_>, unit: &str, round: Option<&str>) -> Vec<UiEvent> {
    let (name, text) = (draft(unit, round), at.notes.typed(SUM).to_owned());
    let fresh = text != kept(at.slices, &name);
    fresh.then_some(UiEvent::KeepDraft { name, text }).into_iter().collect()
}

pub(super) fn page(at: &At<'_>, unit: &str, round: Option<&str>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(format!("{} {unit}", at.say("screen_money.door")), Some((at, vec![Do::Back])));
    let Some(subject) = subject(at.slices, unit) else { return page };
    let Some(action) = find(at, &subject, "collect") else { return page };
    let typed = at.notes.typed(SUM).trim().to_owned();
    lines.field(SUM, at.say("screen_money.sum"), &typed);
    let home = at.slices.money.home.as_ref();
    if let Some(home) = home {
        let label = at.fill("screen_money.full_sum", &[("sum", &home.owed_text)]);
        let fill = UiEvent::KeepDraft { name: draft(unit, round), text: home.owed_plain.clone() };
        lines.tap(label, vec![Do::Send(fill), Do::Write(SUM, home.owed_plain.clone())]);
    }
    lines.tap(at.say("screen_money.clear"), vec![Do::Write(SUM, String::new())]);
    let more = at.notes.is_on(MORE);
    lines.tap(at.say("screen_money.more"), vec![turn(MORE, !more)]);
    let asks: Vec<_> = action.asks.iter().filter(|ask| ask.word != SUM).cloned().collect();
    let answered = Answered::new(at, &subject);
    if more {
        answered.show(lines, &asks);
    }
    let mut answers = answered.answers(&asks);
    answers.push(Answer { word: SUM.to_owned(), value: typed.clone() });
    let send = Do::Send(sent(&subject, "collect", answers));
    let forget = UiEvent::KeepDraft { name: draft(unit, round), text: String::new() };
    let does = vec![send, Do::Send(forget)];
    page.bottom.main(at.say("screen_money.give"), !typed.is_empty(), does);
    page
}
