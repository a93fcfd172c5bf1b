//! As what somebody comes in; then the code to scan.

use shared::{Offer, UiEvent};

use super::asks::Answered;
use crate::flows::page::{At, Do, Page, choose};

/// The note of the chosen role.
const ROLE: &str = "role";

pub(super) fn page(at: &At<'_>) -> Page {
    let frame = &at.slices.frame;
    if frame.invitation.is_some() {
        return invitation(at);
    }
    let words = ["screen_people.invite", "screen_people.invite_make"];
    offers(at, words, &at.slices.people.inviting, |role, answers| {
        vec![Do::Send(UiEvent::InviteAs { role, answers })]
    })
}

/// A person without a phone, for whom others act.
pub(super) fn register(at: &At<'_>) -> Page {
    let words = ["screen_people.register", "screen_people.register_go"];
    offers(at, words, &at.slices.people.registering, |role, answers| {
        vec![Do::Send(UiEvent::RegisterAs { role, answers }), Do::Back]
    })
}

fn offers(
    at: &At<'_>,
    [title, go]: [&str; 2],
    offers: &[Offer],
    take: impl Fn(String, Vec<shared::Answer>) -> Vec<Do>,
) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let chosen = at.notes.one(ROLE);
    let offer = offers.iter().find(|offer| Some(&offer.word) == chosen.as_ref());
    lines.top(at.say(title), Some((at, vec![Do::Back])));
    lines.section(at.say("screen_people.as_what"), String::new());
    for one in offers {
        let is_chosen = Some(&one.word) == chosen.as_ref();
        if chosen.is_none() || is_chosen {
            let tapped = (!is_chosen).then_some(&*one.word);
            lines.tap(one.text.clone(), vec![choose(ROLE, tapped)]);
        }
    }
    let Some(offer) = offer else {
        page.bottom.main(at.say(go), false, Vec::new());
        return page;
    };
    let answered = Answered::new(at, &offer.word);
    answered.show(lines, &offer.asks);
    let complete = offer.asks.iter().all(|ask| answered.has(ask));
    let does = take(offer.word.clone(), answered.answers(&offer.asks));
    page.bottom.main(at.say(go), complete, does);
    page
}

fn invitation(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_people.invite"), Some((at, vec![Do::Back])));
    // The code itself, and what is said under it.
    lines.text(at.say("screen_people.invite_show"));
    lines.text(at.say("screen_people.invite_show"));
    lines.texts(&at.slices.frame.invitation_text);
    // There is no printer in a story.
    lines.tap(at.say("screen_people.invite_print"), Vec::new());
    let share = Do::Send(UiEvent::ShareInvitation);
    page.bottom.tap(at.say("screen_people.invite_share"), vec![share]);
    let close = vec![Do::Send(UiEvent::CloseInvitation), Do::Back];
    page.bottom.tap(at.say("screen_people.invite_done"), close);
    page
}
