//! What waits for this person, first.

use shared::{Phase, WaitingLine};

use super::{parts, report::DRAFT};
use crate::flows::page::{At, Do, Lines, Page, Route};

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let (frame, attention) = (&at.slices.frame, &at.slices.attention);
    let first = attention.waiting.first();
    let applications = at.slices.people.applicants.iter().filter(|one| !one.decided).count();
    lines.text(&frame.today_text);
    if let Some(duty) = frame.duties.first() {
        let with_role = format!("{} {}", duty.role_text, duty.scope_text);
        lines.text(if duty.door { duty.scope_text.clone() } else { with_role });
    }
    lines.top(frame.waits_text.clone(), None);
    if frame.reading {
        lines.text(at.say("screen_home.reading"));
    }
    if frame.phase == Phase::Ended {
        lines.text(&frame.phase_text);
        lines.text(at.say("screen_home.ended"));
        lines.tap(at.say("screen_home.ended_join"), vec![Do::Open(Route::Join)]);
    }
    if frame.sync_waits {
        parts::sync_strip(at, lines);
    }
    let money = frame.money_text.clone().unwrap_or_else(|| at.say("screen_money.title"));
    lines.tap(money, vec![Do::Open(Route::Money)]);
    if let Some(waiting) = first {
        hero(at, lines, waiting);
    }
    if applications > 0 {
        let count = applications.to_string();
        let label = at.fill("screen_people.applications_count", &[("count", &count)]);
        lines.tap(label, vec![Do::Switch(Route::People)]);
    }
    if attention.waiting.len() > 1 {
        lines.section(at.say("screen_home.waits"), attention.total.to_string());
    }
    for waiting in attention.waiting.iter().skip(1) {
        parts::repair_row(lines, &waiting.line);
    }
    if !attention.mine.is_empty() {
        lines.section(at.say("screen_home.mine"), String::new());
        attention.mine.iter().for_each(|line| parts::repair_row(lines, line));
    } else if first.is_none() && applications == 0 && frame.undo_until_ms.is_none() {
        lines.text(at.say("screen_repairs.empty"));
    }
    if !frame.sync_waits {
        lines.tap(frame.sync_text.clone(), vec![Do::Open(Route::Sync)]);
    }
    if !at.slices.drafts.classes.is_empty() {
        let begun = at.slices.drafts.drafts.iter().any(|draft| draft.name == DRAFT);
        let word = if begun { "screen_home.draft" } else { "screen_home.report" };
        page.bottom.tap(at.say(word), vec![Do::Open(Route::Report)]);
    }
    page
}

fn hero(at: &At<'_>, lines: &mut Lines, waiting: &WaitingLine) {
    lines.text(&waiting.urgency_text);
    lines.text(&waiting.line.excerpt);
    lines.text(format!("{} · {}", waiting.line.place, waiting.wants_text));
    lines.tap(at.say("screen_home.look"), parts::open_repair(&waiting.line.id));
}
