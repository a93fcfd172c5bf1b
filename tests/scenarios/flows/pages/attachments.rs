//! Photos and voice notes.

use shared::{Attachment, Draft, UiEvent};

use crate::flows::page::{At, Do, Lines, turn};

/// Those of a draft, and how to add one.
pub(super) fn of_draft(at: &At<'_>, lines: &mut Lines, name: &str) {
    let of = |draft: &&Draft| draft.name == name;
    let attachments = at.slices.drafts.drafts.iter().find(of).map(|draft| &draft.attachments[..]);
    for (number, attachment) in (0..).zip(attachments.unwrap_or_default()) {
        let count = attachments.unwrap_or_default().len();
        line(at, lines, (attachment, name), (number + 1, count));
        let detach = UiEvent::Detach { draft: name.to_owned(), number };
        lines.tap(at.say("screen_report.photo_remove"), vec![Do::Send(detach)]);
    }
    lines.tap(at.say("screen_report.photo"), vec![Do::Photo(name.to_owned())]);
    // Nobody speaks in a story.
    lines.tap(at.say("screen_report.voice"), Vec::new());
    lines.tap(at.say("screen_report.gallery"), vec![Do::Photo(name.to_owned())]);
}

/// All of a report or a step.
pub(super) fn all(at: &At<'_>, lines: &mut Lines, attachments: &[Attachment], of: &str) {
    for (number, attachment) in (1..).zip(attachments) {
        line(at, lines, (attachment, of), (number, attachments.len()));
    }
}

/// A photo opens where it stands; one that is not here yet says so.
fn line(
    at: &At<'_>,
    lines: &mut Lines,
    (attachment, of): (&Attachment, &str),
    (number, count): (u32, usize),
) {
    let values = [("number", &*number.to_string()), ("count", &*count.to_string())];
    let photo = || at.fill("screen_detail.photo_number", &values);
    let word = if attachment.voice { at.say("screen_detail.voice") } else { photo() };
    let note = format!("open/{of}/{number}");
    let open = at.notes.is_on(&note);
    let look = UiEvent::Look { attachment: (!open).then(|| attachment.id.clone()) };
    lines.tap(word.clone(), vec![turn(&note, !open), Do::Send(look)]);
    if !open || attachment.voice {
        return;
    }
    let is_jpeg = |bytes: &Vec<u8>| bytes.starts_with(&[0xFF, 0xD8]);
    let here = at.slices.picture.as_ref().is_some_and(is_jpeg);
    lines.text(if here { word } else { at.say("screen_detail.photo_waits") });
}
