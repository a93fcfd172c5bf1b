//! What this person is here, and the quieter pages.

use shared::UiEvent;

use super::parts;
use crate::flows::page::{At, Do, Page, Route};

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_tab.me"), None);
    for duty in &at.slices.frame.duties {
        lines.text(format!("{} {}", duty.role_text, duty.scope_text));
    }
    lines.tap(at.slices.frame.community.clone(), vec![Do::Open(Route::Communities)]);
    lines.tap(at.say("screen_sync.title"), vec![Do::Open(Route::Sync)]);
    lines.tap(at.say("screen_data.title"), vec![Do::Open(Route::Data)]);
    lines.section(at.say("screen_settings.title"), String::new());
    parts::languages(at, lines);
    page
}

/// Where everything that was done here is now.
pub(super) fn sync(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let (frame, sending) = (&at.slices.frame, &at.slices.sending);
    lines.top(at.say("screen_sync.title"), Some((at, vec![Do::Back])));
    let safe = frame.safe_to_hand_back;
    lines.text(at.say(if safe { "screen_sync.safe" } else { "screen_sync.not_safe" }));
    lines.text(&frame.sync_text);
    let counts = [
        ("screen_sync.saved_here", sending.saved_here),
        ("screen_sync.handed_over", sending.handed_over),
        ("screen_sync.seen", sending.seen),
        ("screen_sync.accepted", sending.accepted),
    ];
    for (word, count) in counts {
        lines.row([at.say(word), count.to_string()]);
    }
    if !frame.contact_text.is_empty() {
        lines.text(at.fill("screen_sync.last", &[("time", &frame.contact_text)]));
    }
    if !sending.here.is_empty() {
        lines.section(at.say("screen_sync.here"), sending.saved_here.to_string());
        for line in &sending.here {
            lines.row([line.text.clone(), line.ago_text.clone()]);
        }
    }
    if !frame.alarms.is_empty() {
        lines.section(at.say("screen_sync.trouble"), String::new());
        lines.texts(frame.alarms.iter().map(|alarm| &alarm.sentence));
    }
    page.bottom.tap(at.say("screen_sync.now"), vec![Do::Send(UiEvent::SyncNow)]);
    if !safe {
        page.bottom.tap(at.say("screen_sync.share"), vec![Do::Send(UiEvent::ShareOutbox)]);
    }
    // Nobody hands a file over in a story.
    page.bottom.tap(at.say("screen_sync.take"), Vec::new());
    page
}

/// What is known of this person, and to whom: on one page.
pub(super) fn data(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_data.title"), Some((at, vec![Do::Back])));
    let words = [
        "screen_data.here",
        "screen_data.here_about",
        "screen_data.neighbours",
        "screen_data.neighbours_about",
        "screen_data.relay",
        "screen_data.relay_about",
        "screen_data.relay_never",
        "screen_data.nobody_else",
    ];
    lines.texts(words.map(|word| at.say(word)));
    page
}

/// The communities of this phone, and a further one.
pub(super) fn communities(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_communities.title"), Some((at, vec![Do::Back])));
    for here in &at.slices.frame.communities {
        let shown = at.say("screen_communities.here");
        let place = if here.shown { &shown } else { &here.phase_text };
        let words = [here.name.clone(), parts::joined([&here.role_text, place], " · ")];
        if here.shown {
            lines.row(words);
        } else {
            let switch = Do::Send(UiEvent::Switch { community: here.index });
            lines.line(words.into(), vec![switch, Do::Switch(Route::Today)]);
        }
    }
    if at.slices.frame.may_stop_joining {
        lines.tap(at.say("screen_join.stop"), vec![Do::Send(UiEvent::StopJoining)]);
    }
    lines.tap(at.say("screen_communities.add"), vec![Do::Open(Route::Join)]);
    page
}
