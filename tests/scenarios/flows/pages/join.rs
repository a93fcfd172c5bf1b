//! From an invitation to a member; also of a further community.

use shared::{Frame, Phase, UiEvent};

use super::parts;
use crate::flows::page::{At, Do, Lines, Page, Route};

/// Notes of this page.
const INVITE: &str = "invite";
const NAME: &str = "name";

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let frame = &at.slices.frame;
    let further = at.under;
    lines.top(at.say("screen_join.title"), further.then(|| (at, vec![Do::Back])));
    if !further && !matches!(frame.phase, Phase::Fresh | Phase::Refused) {
        waiting(at, lines, frame);
        return page;
    }
    if frame.phase == Phase::Refused && !further {
        lines.text(&frame.phase_text);
    }
    lines.text(at.say("screen_join.invite"));
    lines.tap(at.say("screen_join.scan"), vec![Do::Scan(INVITE)]);
    lines.field(INVITE, at.say("screen_join.paste"), at.notes.typed(INVITE));
    lines.field(NAME, at.say("screen_join.name"), at.notes.typed(NAME));
    safety(at, lines);
    parts::languages(at, lines);
    if !further {
        founders(at, lines);
    }
    let typed = |note: &str| at.notes.typed(note).trim().to_owned();
    let (invite, name) = (typed(INVITE), typed(NAME));
    let ready = !invite.is_empty() && !name.is_empty();
    let join = Do::Send(UiEvent::Join { invite, name });
    let does = [join].into_iter().chain(further.then_some(Do::Back)).collect();
    page.bottom.main(at.say("screen_join.apply"), ready, does);
    page
}

fn waiting(at: &At<'_>, lines: &mut Lines, frame: &Frame) {
    lines.text(&frame.phase_text);
    if frame.phase == Phase::Founding {
        founders(at, lines);
    }
    if let Some(code) = frame.code.as_ref().filter(|_| frame.phase == Phase::Comparing) {
        lines.text(at.say("screen_join.compare"));
        lines.text(parts::grouped(code));
        lines.text(at.say("screen_join.compare_why"));
        safety(at, lines);
    }
    if frame.may_stop_joining {
        lines.tap(at.say("screen_join.different"), vec![Do::Send(UiEvent::StopJoining)]);
    }
}

/// Who founds a community with others gets there from here, also after a kill.
fn founders(at: &At<'_>, lines: &mut Lines) {
    lines.tap(at.say("screen_join.founders"), vec![Do::Open(Route::Founding)]);
}

fn safety(at: &At<'_>, lines: &mut Lines) {
    lines.text(at.say("screen_join.safety_title"));
    lines.text(at.say("screen_join.safety"));
}
