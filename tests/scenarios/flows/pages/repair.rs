//! One repair in full.

use shared::{Action, Answer, RepairDetail, RepairLine, RepairVersion, Step, UiEvent};

use super::{attachments, parts};
use crate::flows::page::{At, Do, Lines, Page, Route, choose, turn};

/// How many steps are seen at once, the newest ones.
const STEPS_SHOWN: usize = 3;

/// The one action that the conflict card takes by itself.
const SETTLE: &str = "settle";

/// Notes of this page: whether all steps are seen, and which version is kept.
const ALL_STEPS: &str = "all_steps";
const KEEP: &str = "keep";

pub(super) fn page(at: &At<'_>, id: &str) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let back = Some((at, vec![Do::Back]));
    let Some(detail) = at.slices.detail.as_ref().filter(|detail| detail.line.id == id) else {
        lines.top(String::new(), back);
        return page;
    };
    lines.top(detail.line.class.clone(), back);
    // Nobody listens in a story.
    lines.tap(at.say("screen.read_aloud"), Vec::new());
    head(at, lines, detail);
    if let Some(bar) = &detail.clock_bar {
        let marks = bar.marks.iter().map(|mark| {
            let done = if mark.done { "✓ " } else { "" };
            format!("{done}{}", mark.text)
        });
        lines.texts([bar.text.clone(), bar.due_text.clone()].into_iter().chain(marks));
    }
    conflict(at, lines, &detail.conflict);
    if !detail.attachments.is_empty() {
        lines.section(at.say("screen_detail.photos"), String::new());
        attachments::all(at, lines, &detail.attachments, "report");
    }
    steps(at, lines, detail);
    beside(at, lines, "screen_detail.alike", &detail.alike);
    beside(at, lines, "screen_detail.merged", &detail.merged);
    for why in &detail.refused {
        lines.text(format!("{}: {why}", at.say("screen_detail.refused")));
    }
    let is_other =
        |action: &&Action| !action.main && (action.word != SETTLE || detail.conflict.is_empty());
    for action in detail.actions.iter().filter(is_other) {
        lines.tap(action.text.clone(), take(id, action));
    }
    next(at, &mut page.bottom, detail);
    page
}

fn head(at: &At<'_>, lines: &mut Lines, detail: &RepairDetail) {
    lines.text(&detail.text);
    lines.text(&detail.line.place);
    lines.text(&detail.line.chip.text);
    lines.text(&detail.reported_text);
    let behalf = detail.behalf_text.as_ref();
    lines.texts(behalf.map(|who| at.fill("screen_detail.on_behalf", &[("who", who)])));
    let visit = detail.visit_text.as_ref();
    lines.texts(visit.map(|time| at.fill("screen_detail.visit", &[("time", time)])));
    if detail.visit_text.is_none() && !detail.slot_texts.is_empty() {
        lines.text(format!("{}: {}", at.say("screen_detail.slots"), detail.slot_texts.join(", ")));
    }
    if detail.line.me_too > 0 {
        let count = detail.line.me_too.to_string();
        lines.text(at.fill("screen_repairs.me_too", &[("count", &count)]));
    }
}

/// The versions side by side, none chosen.
fn conflict(at: &At<'_>, lines: &mut Lines, versions: &[RepairVersion]) {
    if versions.is_empty() {
        return;
    }
    lines.text(at.say("screen_detail.conflict_title"));
    lines.text(at.say("screen_detail.conflict_safe"));
    for version in versions {
        let values = [("who", &*version.who_text), ("time", &*version.at_text)];
        let said = at.fill("screen_detail.conflict_said", &values);
        let note = version.note.as_deref().unwrap_or_default();
        let quiet = parts::joined([&said, note], "\n");
        let words = vec![version.status_text.clone(), quiet];
        lines.line(words, vec![choose(KEEP, Some(&version.id))]);
    }
}

fn steps(at: &At<'_>, lines: &mut Lines, detail: &RepairDetail) {
    let all = at.notes.is_on(ALL_STEPS);
    let count = detail.steps.len();
    let said = if all { String::new() } else { count.to_string() };
    lines.section(at.say("screen_detail.history"), said);
    let shown = if all { count } else { STEPS_SHOWN };
    for one in detail.steps.iter().rev().take(shown) {
        step(at, lines, one);
    }
    if count > STEPS_SHOWN {
        let word = if all { "screen_detail.fewer_steps" } else { "screen_detail.all_steps" };
        lines.tap(at.say(word), vec![turn(ALL_STEPS, !all)]);
    }
}

fn step(at: &At<'_>, lines: &mut Lines, step: &Step) {
    let fill = |path: &str, name: &str, value: &Option<String>| {
        value.as_ref().map(|value| at.fill(path, &[(name, value)]))
    };
    let stars = step.stars.map(|stars| stars.to_string());
    let more = [
        step.note.clone(),
        fill("screen_detail.handed_to", "who", &step.assignee_text),
        step.how_text.clone(),
        step.place.clone(),
        step.until_text.clone(),
        fill("screen_detail.cost", "sum", &step.estimate_text),
        fill("screen_detail.stars", "stars", &stars),
        fill("screen_detail.clock_claimed", "time", &step.claimed_text),
    ];
    lines.text(&step.status_text);
    lines.texts(more.into_iter().flatten());
    lines.text(format!("{} · {}", step.who_text, step.at_text));
    lines.texts(step.delivery_chip.iter().map(|chip| &chip.text));
    attachments::all(at, lines, &step.attachments, &step.id);
}

fn beside(at: &At<'_>, lines: &mut Lines, word: &str, rows: &[RepairLine]) {
    if rows.is_empty() {
        return;
    }
    lines.section(at.say(word), rows.len().to_string());
    rows.iter().for_each(|line| parts::repair_row(lines, line));
}

fn take(id: &str, action: &Action) -> Vec<Do> {
    if !action.asks.is_empty() {
        return vec![Do::Open(Route::Act(id.to_owned(), action.word.clone()))];
    }
    vec![Do::Send(repair(id, action, Vec::new()))]
}

fn repair(id: &str, action: &Action, answers: Vec<Answer>) -> UiEvent {
    UiEvent::Repair { id: id.to_owned(), action: action.word.clone(), answers, draft: None }
}

/// The one thing to do next; in a conflict, to settle it, and it waits for a choice.
fn next(at: &At<'_>, lines: &mut Lines, detail: &RepairDetail) {
    let id = &detail.line.id;
    let settle = detail.actions.iter().find(|action| action.word == SETTLE);
    if let Some(settle) = settle.filter(|_| !detail.conflict.is_empty()) {
        let keep = at.notes.one(KEEP);
        let kept = detail.conflict.iter().find(|version| Some(&version.id) == keep.as_ref());
        let Some(kept) = kept else {
            return lines.main(at.say("screen_detail.conflict_choose"), false, Vec::new());
        };
        let value = || kept.id.clone();
        let answer =
            settle.asks.iter().map(|ask| Answer { word: ask.word.clone(), value: value() });
        let text = at.fill("screen_detail.conflict_go", &[("what", &kept.status_text)]);
        return lines.main(text, true, vec![Do::Send(repair(id, settle, answer.collect()))]);
    }
    if let Some(main) = detail.actions.iter().find(|action| action.main) {
        lines.tap(main.text.clone(), take(id, main));
    }
}
