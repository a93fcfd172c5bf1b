//! The sum at the door: typed on large keys, and kept at every one of them, as all else that is asked there is.

use shared::{Answer, AskedFor, UiEvent};

use super::{
    asks::{self, Answered},
    kept,
    money::find,
};
use crate::flows::page::{At, Do, Notes, Page, Slices, turn};

/// Note of the sum.
const SUM: &str = "sum";

/// Whether more is asked for than the sum.
const MORE: &str = "more";

/// What else is typed; the rest is chosen.
const TYPED: [&str; 2] = ["slip", "text"];

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

/// What was typed and chosen before a kill is found again, and seen.
pub(super) fn begin(slices: &Slices, unit: &str, round: Option<&str>) -> Notes {
    let mut notes = Notes::default();
    let name = draft(unit, round);
    notes.write(SUM, kept(slices, &name));
    notes.write(BEFORE, &receipts(slices, unit).to_string());
    for beside in &slices.drafts.drafts {
        let Some(word) = beside.name.strip_prefix(&format!("{name}/")) else { continue };
        notes.turn(MORE, true);
        if TYPED.contains(&word) {
            notes.write(&beside.name, &beside.text);
        } else {
            notes.choose(&beside.name, [beside.text.clone()].into());
        }
    }
    notes
}

/// The receipt is written.
pub(super) fn is_over(at: &At<'_>, unit: &str, _: Option<&str>) -> bool {
    at.notes.typed(BEFORE).parse().is_ok_and(|before: usize| receipts(at.slices, unit) > before)
}

/// What was typed or chosen and is not kept yet.
pub(super) fn unkept(at: &At<'_>, unit: &str, round: Option<&str>) -> Vec<UiEvent> {
    let name = draft(unit, round);
    let mut now = vec![(name.clone(), at.notes.typed(SUM).to_owned())];
    for ask in more(at, unit) {
        let note = asks::note(&name, &ask.word);
        let chosen = at.notes.one(&note);
        now.push((note.clone(), chosen.unwrap_or_else(|| at.notes.typed(&note).to_owned())));
    }
    let fresh = now.into_iter().filter(|(name, text)| text != kept(at.slices, name));
    fresh.map(|(name, text)| UiEvent::KeepDraft { name, text }).collect()
}

/// What is asked for beside the sum.
fn more(at: &At<'_>, unit: &str) -> Vec<AskedFor> {
    let action = subject(at.slices, unit).and_then(|subject| find(at, &subject, "collect"));
    let asks = action.map(|action| &action.asks[..]).unwrap_or_default();
    asks.iter().filter(|ask| ask.word != SUM).cloned().collect()
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
        lines.tap(label, vec![Do::Write(SUM, home.owed_plain.clone())]);
    }
    lines.tap(at.say("screen_money.clear"), vec![Do::Write(SUM, String::new())]);
    let unfolded = at.notes.is_on(MORE);
    lines.tap(at.say("screen_money.more"), vec![turn(MORE, !unfolded)]);
    let name = draft(unit, round);
    let (asks, answered) = (more(at, unit), Answered::new(at, &name));
    if unfolded {
        answered.show(lines, &asks);
    }
    let mut answers = answered.answers(&asks);
    answers.push(Answer { word: SUM.to_owned(), value: typed.clone() });
    // The draft goes with the receipt; a refusal leaves it.
    let (action, draft) = (action.word.clone(), Some(name.clone()));
    let send = Do::Send(UiEvent::MoneyAct { subject, action, answers, draft });
    page.bottom.main(at.say("screen_money.give"), !typed.is_empty(), vec![send]);
    page
}
