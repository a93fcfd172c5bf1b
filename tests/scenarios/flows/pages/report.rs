//! What is broken, where, a photo, and up it goes; everything is kept as it is chosen.

use shared::{BehalfChoice, ClassChoice, Report, UiEvent};

use super::{attachments, kept, parts};
use crate::flows::page::{At, Do, Lines, Notes, Page, Slices, turn};

/// The draft of a report, and beside it what was chosen.
pub(super) const DRAFT: &str = "report";
const DRAFT_CLASS: &str = "report/class";
const DRAFT_PLACE: &str = "report/place";
const DRAFT_BEHALF: &str = "report/behalf";
const DRAFT_TARGET: &str = "report/target";

/// Notes of this page: what is typed, and what is unfolded.
const TYPED: &str = "typed";
const DOOR: &str = "door";
const ALL_KINDS: &str = "all_kinds";
const FOR_WHOM: &str = "for_whom";
const SENT: &str = "sent";

/// What was chosen so far, as the core has kept it.
struct Begun<'a> {
    kind: Option<&'a ClassChoice>,
    behalf: Option<&'a BehalfChoice>,
    place: &'a str,
    target: &'a str,
}

fn begun(slices: &Slices) -> Begun<'_> {
    let drafts = &slices.drafts;
    let class = kept(slices, DRAFT_CLASS);
    let person = kept(slices, DRAFT_BEHALF);
    let behalf = drafts.behalf.iter().find(|choice| choice.person == person);
    Begun {
        kind: drafts.classes.iter().find(|kind| kind.class == class),
        behalf,
        place: behalf.map_or_else(|| kept(slices, DRAFT_PLACE), |choice| &choice.place),
        target: kept(slices, DRAFT_TARGET),
    }
}

fn keep(name: &str, text: &str) -> UiEvent {
    UiEvent::KeepDraft { name: name.to_owned(), text: text.to_owned() }
}

pub(super) fn begin(slices: &Slices) -> Notes {
    let mut notes = Notes::default();
    notes.write(TYPED, kept(slices, DRAFT));
    let place = begun(slices).place;
    if slices.drafts.places.iter().all(|known| known.value != place) {
        notes.write(DOOR, place);
    }
    notes.rest();
    notes
}

/// Whether the core has taken the draft away with the report; a refusal leaves it.
pub(super) fn is_over(at: &At<'_>) -> bool {
    let mine = |name: &str| name == DRAFT || name.starts_with("report/");
    at.notes.is_on(SENT) && !at.slices.drafts.drafts.iter().any(|draft| mine(&draft.name))
}

/// What is looked for among the neighbours' reports.
pub(super) fn alike(at: &At<'_>) -> UiEvent {
    let begun = begun(at.slices);
    let class = begun.kind.map_or("", |kind| &kind.class).to_owned();
    let known = !begun.place.is_empty() && begun.kind.is_some();
    UiEvent::Alike { place: known.then(|| begun.place.to_owned()), class }
}

pub(super) fn rested(at: &At<'_>) -> Vec<UiEvent> {
    let begun = begun(at.slices);
    let typed = at.notes.fresh(TYPED).filter(|typed| *typed != kept(at.slices, DRAFT));
    let door = at.notes.fresh(DOOR).filter(|_| begun.behalf.is_none());
    let door = door.filter(|door| !door.trim().is_empty() && *door != begun.place);
    let typed = typed.map(|text| keep(DRAFT, text));
    typed.into_iter().chain(door.map(|door| keep(DRAFT_PLACE, door.trim()))).collect()
}

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let (drafts, begun) = (&at.slices.drafts, begun(at.slices));
    let typed = at.notes.typed(TYPED);
    let back = unkept(at).into_iter().chain([Do::Back]).collect();
    lines.top(at.say("screen_report.title"), Some((at, back)));
    lines.section(at.say("screen_report.what"), String::new());
    kinds(at, lines, begun.kind);
    if begun.kind.is_some_and(|kind| kind.emergency) {
        lines.text(at.say("screen_report.danger"));
    }
    if begun.kind.is_some_and(|kind| kind.complaint) {
        parts::options(lines, &drafts.targets, |target| Do::Send(keep(DRAFT_TARGET, target)));
    }
    if !drafts.behalf.is_empty() {
        for_whom(at, lines, begun.behalf.is_some());
    }
    if begun.behalf.is_none() {
        lines.section(at.say("screen_report.where"), String::new());
        parts::options(lines, &drafts.places, |place| Do::Send(keep(DRAFT_PLACE, place)));
        lines.field(DOOR, at.say("screen_report.door"), at.notes.typed(DOOR));
    }
    lines.field(TYPED, at.say("screen_report.what_hint"), typed);
    attachments::of_draft(at, lines, DRAFT);
    for line in &drafts.alike {
        let about = format!("{} · {}", line.excerpt, line.place);
        let words = vec![at.say("screen_report.alike"), about, line.chip.text.clone()];
        lines.line(words, parts::open_repair(&line.id));
    }
    send(at, &mut page.bottom, &begun);
    page
}

/// Whoever leaves the page finds again what they typed, also if a rule says no.
fn unkept(at: &At<'_>) -> Option<Do> {
    let typed = at.notes.typed(TYPED);
    (typed != kept(at.slices, DRAFT)).then(|| Do::Send(keep(DRAFT, typed)))
}

fn send(at: &At<'_>, lines: &mut Lines, begun: &Begun<'_>) {
    let label = at.say("screen_report.send");
    let Some(kind) = begun.kind else { return lines.main(label, false, Vec::new()) };
    let typed = at.notes.typed(TYPED);
    let text = if typed.trim().is_empty() { &kind.text } else { typed };
    let report = Report {
        place: begun.place.to_owned(),
        class: kind.class.clone(),
        text: text.to_owned(),
        on_behalf: begun.behalf.map(|choice| choice.person.clone()),
        slots: Vec::new(),
        target: kind.complaint.then(|| begun.target.to_owned()),
    };
    let ready = !begun.place.is_empty() && (!kind.complaint || !begun.target.is_empty());
    let does =
        [Do::Send(UiEvent::Report { report, draft: Some(DRAFT.to_owned()) }), turn(SENT, true)];
    lines.main(label, ready, unkept(at).into_iter().chain(does).collect());
}

fn kinds(at: &At<'_>, lines: &mut Lines, chosen: Option<&ClassChoice>) {
    let all = at.notes.is_on(ALL_KINDS);
    let classes = &at.slices.drafts.classes;
    let is_shown = |kind: &&ClassChoice| all || kind.usual || Some(*kind) == chosen;
    for kind in classes.iter().filter(is_shown) {
        lines.tap(kind.text.clone(), vec![Do::Send(keep(DRAFT_CLASS, &kind.class))]);
    }
    if classes.iter().filter(is_shown).count() < classes.len() {
        lines.tap(at.say("screen.show_all"), vec![turn(ALL_KINDS, true)]);
    }
}

fn for_whom(at: &At<'_>, lines: &mut Lines, chosen: bool) {
    if !chosen && !at.notes.is_on(FOR_WHOM) {
        lines.tap(at.say("screen_report.on_behalf"), vec![turn(FOR_WHOM, true)]);
        return;
    }
    lines.section(at.say("screen_report.on_behalf_who"), String::new());
    for choice in &at.slices.drafts.behalf {
        lines.tap(choice.text.clone(), vec![Do::Send(keep(DRAFT_BEHALF, &choice.person))]);
    }
    let myself = vec![turn(FOR_WHOM, false), Do::Send(keep(DRAFT_BEHALF, ""))];
    lines.tap(at.say("screen_report.for_myself"), myself);
}
