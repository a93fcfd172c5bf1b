//! The list of repairs: searched, filtered, a stretch at a time.

use shared::{RepairsWindow, UiEvent};

use super::parts;
use crate::flows::page::{At, Do, Lines, Notes, Page, Route, Slices, turn};

/// Notes of this page: whether one searches, and for what.
const SEARCHING: &str = "searching";
const SEARCH: &str = "search";

pub(super) fn begin(slices: &Slices) -> Notes {
    let mut notes = Notes::default();
    let search = &slices.repairs.search;
    notes.turn(SEARCHING, !search.is_empty());
    notes.write(SEARCH, search);
    notes.rest();
    notes
}

fn look(filter: &str, search: &str, offset: u32) -> UiEvent {
    UiEvent::Window { filter: filter.to_owned(), search: search.to_owned(), offset }
}

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let window = &at.slices.repairs;
    let searching = at.notes.is_on(SEARCHING);
    lines.top(at.say("screen_repairs.title"), None);
    let word = if searching { "screen.close" } else { "screen.search" };
    let mut does = vec![turn(SEARCHING, !searching)];
    if searching {
        does.push(Do::Send(look(&window.filter, "", 0)));
    }
    lines.tap(at.say(word), does);
    if searching {
        lines.field(SEARCH, at.say("screen_repairs.search_hint"), at.notes.typed(SEARCH));
    }
    if at.slices.frame.sync_waits {
        parts::sync_strip(at, lines);
    }
    parts::options(lines, &window.filters, |filter| Do::Send(look(filter, &window.search, 0)));
    if window.rows.is_empty() {
        let all = window.search.is_empty() && window.open_count == 0;
        let word = if all { "screen_repairs.empty" } else { "screen_repairs.empty_filter" };
        lines.text(at.say(word));
    } else {
        window.rows.iter().for_each(|line| parts::repair_row(lines, line));
        stretch(at, lines, window);
    }
    if !at.slices.drafts.classes.is_empty() {
        page.bottom.tap(at.say("screen_repairs.new"), vec![Do::Open(Route::Report)]);
    }
    page
}

fn stretch(at: &At<'_>, lines: &mut Lines, window: &RepairsWindow) {
    let from = |offset| vec![Do::Send(look(&window.filter, &window.search, offset))];
    let end = window.offset + u32::try_from(window.rows.len()).unwrap();
    lines.text(at.fill("screen_repairs.count", &[("count", &window.total.to_string())]));
    if end < window.total {
        lines.tap(at.say("screen.more"), from(end));
    }
    if window.offset > 0 {
        lines.tap(at.say("screen_repairs.first"), from(0));
    }
}

pub(super) fn rested(at: &At<'_>) -> Vec<UiEvent> {
    let window = &at.slices.repairs;
    let typed = at.notes.fresh(SEARCH).filter(|typed| *typed != window.search);
    typed.map(|typed| look(&window.filter, typed, 0)).into_iter().collect()
}
