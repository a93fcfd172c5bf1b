//! The pages: what each shows, in which order, and what its controls send. They mirror
//! `shell_android/screens` and hold no rule of their own: a control is there when a slice says so.

mod act;
mod asks;
mod attachments;
mod books;
mod collect;
mod founding;
mod invite;
mod join;
mod me;
mod money;
mod parts;
mod people;
mod repair;
mod repairs;
mod report;
mod round;
mod today;

use shared::{Phase, UiEvent};

use super::page::{At, Do, Lines, Notes, Page, Route, Slices};

/// Shows a page, from its title to the tabs.
pub(super) fn show(at: &At<'_>, route: &Route) -> Lines {
    let Page { content: mut lines, bottom } = match route {
        Route::Today => today::page(at),
        Route::Repairs => repairs::page(at),
        Route::People => people::page(at),
        Route::Me => me::page(at),
        Route::Report => report::page(at),
        Route::Repair(id) => repair::page(at, id),
        Route::Act(id, word) => act::page(at, id, word),
        Route::Sync => me::sync(at),
        Route::Data => me::data(at),
        Route::Communities => me::communities(at),
        Route::Join => join::page(at),
        Route::Invite => invite::page(at),
        Route::Register => invite::register(at),
        Route::Founding => founding::page(at),
        Route::Money => money::page(at),
        Route::HomeMoney(unit, round) => money::home(at, unit, round.as_deref()),
        Route::Round(id) => round::page(at, id),
        Route::Collect(unit, round) => collect::page(at, unit, round.as_deref()),
        Route::Count(subject, action, round) => round::count(at, subject, action, round),
        Route::MoneyAct(subject, word, over) => money::act(at, subject, word, over),
        Route::ScanReceipt => money::scan(at),
        Route::Book(name) => books::page(at, name),
    };
    let frame = &at.slices.frame;
    if let Some(toast) = &frame.toast {
        lines.text(toast);
        lines.tap(at.say("screen.ok"), vec![Do::Send(UiEvent::ToastRead)]);
    }
    if frame.undo_until_ms.is_some() {
        lines.text(at.say("screen.saved"));
        lines.tap(at.say("screen.undo"), vec![Do::Send(UiEvent::Undo)]);
    }
    lines.0.extend(bottom.0);
    if is_inside(at.slices) && !at.under {
        tabs(at, &mut lines);
    }
    lines
}

/// Whether the pages of the community are shown, not those of joining it.
pub(super) fn is_inside(slices: &Slices) -> bool {
    matches!(slices.frame.phase, Phase::Member | Phase::Ended)
}

fn tabs(at: &At<'_>, lines: &mut Lines) {
    let tabs = [
        (Route::Today, "screen_tab.today"),
        (Route::Repairs, "screen_tab.repairs"),
        (Route::People, "screen_tab.people"),
        (Route::Me, "screen_tab.me"),
    ];
    for (route, word) in tabs {
        lines.tap(at.say(word), vec![Do::Switch(route)]);
    }
}

/// What stands in a page's fields when it is opened.
pub(super) fn begin(slices: &Slices, route: &Route) -> Notes {
    match route {
        Route::Repairs => repairs::begin(slices),
        Route::Report => report::begin(slices),
        Route::Act(id, word) => act::begin(slices, id, word),
        Route::Collect(unit, round) => collect::begin(slices, unit, round.as_deref()),
        Route::Count(subject, ..) => round::begin(slices, subject),
        _ => Notes::default(),
    }
}

/// What a page does by itself, whenever that becomes another thing.
pub(super) fn by_itself(at: &At<'_>, route: &Route) -> Option<Do> {
    match route {
        Route::Repair(id) => Some(Do::Send(UiEvent::Detail { id: Some(id.clone()) })),
        Route::Act(id, word) => act::is_over(at, id, word).then_some(Do::Back),
        Route::Report if report::is_over(at) => Some(Do::Back),
        Route::Report => Some(Do::Send(report::alike(at))),
        Route::People => Some(Do::Send(people::search(""))),
        Route::Sync => Some(Do::Send(UiEvent::Sending { on: true })),
        Route::Founding => is_inside(at.slices).then_some(Do::Switch(Route::Today)),
        Route::Collect(unit, round) if collect::is_over(at, unit, round.as_deref()) => {
            Some(Do::Back)
        }
        Route::Count(subject, action, _) if round::is_over(at, subject, action) => Some(Do::Back),
        Route::MoneyAct(subject, word, _) if money::is_over(at, subject, word) => Some(Do::Back),
        route => money::shown(at, route).map(Do::Send),
    }
}

/// What a page sends at every key and tap: at a door the phone may die at any moment.
pub(super) fn unkept(at: &At<'_>, route: &Route) -> Vec<UiEvent> {
    match route {
        Route::Collect(unit, round) => collect::unkept(at, unit, round.as_deref()),
        _ => Vec::new(),
    }
}

/// What a page sends when a person rests.
pub(super) fn rested(at: &At<'_>, route: &Route) -> Vec<UiEvent> {
    match route {
        Route::Report => report::rested(at),
        Route::Act(id, word) => act::rested(at, id, word),
        Route::Repairs => repairs::rested(at),
        Route::People => people::rested(at),
        Route::Count(subject, action, _) => round::rested(at, subject, action),
        _ => Vec::new(),
    }
}

/// What a page sends when it is left.
pub(super) fn left(route: &Route) -> Option<UiEvent> {
    match route {
        Route::People => Some(UiEvent::HidePeople),
        Route::Sync => Some(UiEvent::Sending { on: false }),
        route if money::is_of_money(route) => Some(UiEvent::HideMoney),
        _ => None,
    }
}

/// The text of a draft, as the core keeps it.
pub(super) fn kept<'a>(slices: &'a Slices, name: &str) -> &'a str {
    slices.drafts.drafts.iter().find(|draft| draft.name == name).map_or("", |draft| &draft.text)
}
