//! One of several founders: hands over keys, reads the draft, signs it, and goes in.

use shared::UiEvent;

use crate::flows::page::{At, Do, Page};

/// What was pasted.
const SENT: &str = "sent";

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let founding = &at.slices.founding;
    let signed = founding.signature.is_some();
    let sent = at.notes.typed(SENT).trim().to_owned();
    lines.top(at.say("screen_founding.title"), Some((at, vec![Do::Back])));
    lines.text(at.say("screen_founding.about"));
    if founding.keys.is_none() {
        let give = vec![Do::Send(UiEvent::GiveFounderKeys)];
        page.bottom.main(at.say("screen_founding.keys"), true, give);
        return page;
    }
    let word = if signed { "screen_founding.signature_hand" } else { "screen_founding.keys_hand" };
    lines.tap(at.say(word), vec![Do::Send(UiEvent::ShareFounding)]);
    lines.field(SENT, at.say("screen_founding.paste"), &sent);
    if !sent.is_empty() {
        let read = UiEvent::ReadDraft { draft: sent.clone() };
        lines.tap(at.say("screen_founding.read"), vec![Do::Send(read)]);
    }
    if let Some(draft) = &founding.draft {
        lines.texts(&draft.lines);
        if !draft.own {
            lines.text(at.say("screen_founding.not_own"));
        }
    }
    let is_own = founding.draft.as_ref().is_some_and(|draft| draft.own);
    if is_own && !signed {
        let sign = vec![Do::Send(UiEvent::SignDraft { draft: sent })];
        page.bottom.main(at.say("screen_founding.sign"), true, sign);
    } else {
        let ready = !sent.is_empty();
        let enter = vec![Do::Send(UiEvent::EnterFounded { charter: sent })];
        page.bottom.main(at.say("screen_founding.enter"), ready, enter);
    }
    page
}
