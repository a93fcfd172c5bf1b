//! Who wants to come in, and who is here.

use shared::{Applicant, DutyLine, EndReason, Person, RevokeReason, UiEvent};

use super::parts;
use crate::flows::page::{At, Do, Lines, Page, Route, choose, turn};

/// The note of what is looked for.
const SEARCH: &str = "search";

/// Looks for people.
pub(super) fn search(search: &str) -> UiEvent {
    UiEvent::People { search: search.to_owned(), role: None, offset: 0 }
}

pub(super) fn rested(at: &At<'_>) -> Vec<UiEvent> {
    at.notes.fresh(SEARCH).map(search).into_iter().collect()
}

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let people = &at.slices.people;
    let waiting: Vec<_> = people.applicants.iter().filter(|one| !one.decided).collect();
    lines.top(at.say("screen_people.title"), None);
    if !waiting.is_empty() {
        lines.section(at.say("screen_people.applications"), waiting.len().to_string());
    }
    for one in waiting {
        applicant(at, lines, one);
    }
    if !people.inviting.is_empty() {
        lines.tap(at.say("screen_people.invite"), vec![Do::Open(Route::Invite)]);
    }
    if !people.registering.is_empty() {
        lines.tap(at.say("screen_people.register"), vec![Do::Open(Route::Register)]);
    }
    lines.section(at.say("screen_people.members"), people.total.to_string());
    let typed = at.notes.typed(SEARCH);
    lines.field(SEARCH, at.say("screen_repairs.search_hint"), typed);
    if people.people.is_empty() {
        lines.text(at.say("screen.nothing_found"));
    }
    for one in &people.people {
        person(at, lines, one);
    }
    let offset = people.offset + u32::try_from(people.people.len()).unwrap();
    if offset < people.total {
        let more = UiEvent::People { search: typed.to_owned(), role: None, offset };
        lines.tap(at.say("screen.more"), vec![Do::Send(more)]);
    }
    page
}

/// The digits first: nobody is let in before they were compared face to face.
fn applicant(at: &At<'_>, lines: &mut Lines, applicant: &Applicant) {
    let what = format!("{} {}", applicant.role_text, applicant.scope_text);
    lines.text(at.fill("screen_people.wants", &[("who", &applicant.name), ("what", &what)]));
    lines.texts(applicant.staff_texts.iter().chain(&applicant.until_text));
    let Some(code) = &applicant.code else { return };
    lines.text(at.say("screen_people.compare"));
    lines.text(parts::grouped(code));
    lines.text(at.say("screen_people.face_to_face"));
    if !applicant.may_decide {
        return;
    }
    let note = format!("who/{}", applicant.invite);
    let mut who = applicant.who.first();
    if applicant.who.len() > 1 {
        let chosen = at.notes.one(&note);
        who = applicant.who.iter().find(|choice| Some(&choice.text) == chosen.as_ref());
        for choice in &applicant.who {
            lines.tap(choice.text.clone(), vec![choose(&note, Some(&choice.text))]);
        }
    }
    let invite = || applicant.invite.clone();
    let approve = who.map(|who| UiEvent::Approve { invite: invite(), who: who.who.clone() });
    let does = approve.map(Do::Send).into_iter().collect();
    lines.main(at.say("screen_people.approve"), who.is_some(), does);
    let refuse = UiEvent::RefuseApplication { invite: invite() };
    lines.tap(at.say("screen_people.refuse"), vec![Do::Send(refuse)]);
}

fn person(at: &At<'_>, lines: &mut Lines, person: &Person) {
    for duty in &person.duties {
        lines.text(format!("{} {} · {}", duty.role_text, duty.scope_text, duty.state_text));
        lines.texts(duty.staff_texts.iter().chain(&duty.until_text));
        if duty.may_end && !person.own {
            let words = ["screen_people.withdraw", "screen_people.withdraw_about"];
            surely(at, lines, words, end(person, duty));
        }
    }
    lines.text(&person.short);
    for device in person.devices.iter().filter(|device| device.may_revoke && !device.own) {
        lines.text(&device.number_text);
        let revoke = UiEvent::Revoke { device: device.device.clone(), reason: RevokeReason::Lost };
        surely(at, lines, ["screen_people.lost", "screen_people.revoke_about"], revoke);
    }
    if !person.devices.is_empty() && person.devices.iter().all(|device| device.ended) {
        lines.text(at.say("screen_people.revoked"));
    }
}

fn end(person: &Person, duty: &DutyLine) -> UiEvent {
    UiEvent::EndDuty {
        person: person.person.clone(),
        role: duty.role.clone(),
        scope: duty.scope.clone(),
        reason: EndReason::Relieved,
    }
}

/// What cannot be undone is asked for twice, with what it means.
fn surely(at: &At<'_>, lines: &mut Lines, [word, about]: [&str; 2], go: UiEvent) {
    let note = format!("surely/{go:?}");
    if !at.notes.is_on(&note) {
        lines.tap(at.say(word), vec![turn(&note, true)]);
        return;
    }
    lines.text(at.say(about));
    lines.tap(at.say("screen_people.surely"), vec![turn(&note, false), Do::Send(go)]);
    lines.tap(at.say("screen.cancel"), vec![turn(&note, false)]);
}
