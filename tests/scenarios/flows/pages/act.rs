//! What an action asks for: a text, photos, a choice; the core says which, and among what.

use shared::{Action, AskedFor, Draft, UiEvent};

use super::{
    asks::{self, Answered},
    attachments, kept,
};
use crate::flows::page::{At, Do, Lines, Notes, Page, Slices};

/// Word of what is asked for that is written at length, and kept.
const TEXT: &str = "text";

fn action<'a>(slices: &'a Slices, id: &str, word: &str) -> Option<&'a Action> {
    let shown = slices.detail.as_ref().filter(|detail| detail.line.id == id)?;
    shown.actions.iter().find(|action| action.word == word)
}

fn name(id: &str, word: &str) -> String {
    format!("act/{id}/{word}")
}

fn draft<'a>(slices: &'a Slices, name: &str) -> Option<&'a Draft> {
    slices.drafts.drafts.iter().find(|draft| draft.name == name)
}

/// What is photographed or spoken.
fn is_attached(ask: &AskedFor) -> bool {
    ["photo", "mark"].contains(&&*ask.word)
}

/// What was typed is found again after a kill.
pub(super) fn begin(slices: &Slices, id: &str, word: &str) -> Notes {
    let mut notes = Notes::default();
    let name = name(id, word);
    if let Some(draft) = draft(slices, &name) {
        notes.write(&asks::note(&name, TEXT), &draft.text);
        notes.rest();
    }
    notes
}

/// It was done, or somebody else was faster.
pub(super) fn is_over(at: &At<'_>, id: &str, word: &str) -> bool {
    action(at.slices, id, word).is_none()
}

pub(super) fn page(at: &At<'_>, id: &str, word: &str) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let Some(action) = action(at.slices, id, word) else { return page };
    let name = name(id, word);
    let answered = Answered::new(at, &name);
    lines.top(action.text.clone(), Some((at, vec![Do::Back])));
    let ready = form(at, lines, action, &answered, &name);
    let send = UiEvent::Repair {
        id: id.to_owned(),
        action: word.to_owned(),
        answers: answered.answers(&action.asks),
        draft: Some(name.clone()),
    };
    let typed = unkept(at, &name, at.notes.typed(&asks::note(&name, TEXT))).map(Do::Send);
    let does = typed.into_iter().chain([Do::Send(send), Do::Back]).collect();
    page.bottom.main(action.text.clone(), ready, does);
    page
}

/// What an action asks for: what is chosen and typed, then what is photographed. Tells whether all is there.
pub(super) fn form(
    at: &At<'_>,
    lines: &mut Lines,
    action: &Action,
    answered: &Answered<'_>,
    name: &str,
) -> bool {
    let (attached, others): (Vec<_>, Vec<_>) = action.asks.iter().partition(|ask| is_attached(ask));
    answered.show(lines, others);
    for ask in attached {
        asks::title(at, lines, ask);
        attachments::of_draft(at, lines, name);
    }
    let kept = draft(at.slices, name).is_some_and(|draft| !draft.attachments.is_empty());
    let has = |ask: &AskedFor| {
        if is_attached(ask) { ask.optional || kept } else { answered.has(ask) }
    };
    action.asks.iter().all(has)
}

/// What is photographed or spoken, if anything is.
pub(super) fn is_any_attached(action: &Action) -> bool {
    action.asks.iter().any(is_attached)
}

pub(super) fn rested(at: &At<'_>, id: &str, word: &str) -> Vec<UiEvent> {
    let name = name(id, word);
    let typed = at.notes.fresh(&asks::note(&name, TEXT));
    typed.and_then(|typed| unkept(at, &name, typed)).into_iter().collect()
}

/// What was typed and is not kept yet.
fn unkept(at: &At<'_>, name: &str, typed: &str) -> Option<UiEvent> {
    let keep = || UiEvent::KeepDraft { name: name.to_owned(), text: typed.to_owned() };
    (typed != kept(at.slices, name)).then(keep)
}
