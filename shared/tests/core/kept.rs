//! What a phone keeps beside facts: drafts with their photos, and what was chosen.

use shared::{HostRequest, UiEvent};

use crate::given::Phone;

#[test]
fn a_photo_and_a_text_stay_with_their_draft_through_a_restart_and_an_outbox_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let file = folder.path().join("note.m4a");
    std::fs::write(&file, b"\0\0\0\x18ftypM4A spoken").unwrap();
    let draft = || "report".to_owned();
    let attach = UiEvent::Attach { draft: draft(), voice: true, file: file.display().to_string() };
    phone.send(attach);
    phone.send(UiEvent::KeepDraft { name: draft(), text: "三楼".to_owned() });
    let both = |phone: &Phone| {
        let kept = phone.core.drafts().drafts.pop()?;
        (kept.attachments.len() == 1 && kept.text == "三楼").then_some(kept)
    };
    let kept = phone.wait("both are kept", |phone, _| both(phone));
    std::fs::remove_file(&file).unwrap();
    drop(phone);
    let phone = Phone::open(folder.path());
    phone.wait("both are back", |phone, _| both(phone));
    phone.send(UiEvent::Look { attachment: Some(kept.attachments[0].id.clone()) });
    let heard = phone.wait("it is opened", |phone, _| phone.core.picture());
    assert_eq!(heard, b"\0\0\0\x18ftypM4A spoken");
    phone.send(UiEvent::Attach { draft: draft(), voice: false, file: "/nowhere.jpg".to_owned() });
    assert_eq!(phone.refusal().0, "picture.unreadable");
    assert!(!phone.core.frame().safe_to_hand_back, "nothing has reached a relay");
    phone.send(UiEvent::ShareOutbox);
    let (id, kind) = phone.wait("the share sheet", |_, told| told.hosts.last().copied());
    let Some(HostRequest::ShareFile { file }) = phone.core.host_request(id) else { panic!() };
    assert_eq!((kind, std::fs::read(&file).unwrap().starts_with(b"linli/load/1")), (2, true));
    phone.send(UiEvent::Carry { file: folder.path().join("none").display().to_string() });
    phone.wait("the next refusal", |phone, _| {
        (phone.core.frame().refusal.as_deref() == Some("carry.unreadable")).then_some(())
    });
}

#[test]
fn language_and_mode_for_elders_stay_through_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    phone.send(UiEvent::Elder { on: true });
    phone.send(UiEvent::Speak { language: "en".to_owned() });
    let chosen = |phone: &Phone| {
        let frame = phone.core.frame();
        (frame.elder && frame.phase_text == "Member").then_some(())
    };
    phone.wait("chosen", |phone, _| chosen(phone));
    // What is kept is answered in order: the draft is kept after the language.
    phone.send(UiEvent::KeepDraft { name: "report".to_owned(), text: "x".to_owned() });
    phone.wait("kept", |phone, _| phone.core.drafts().drafts.pop());
    drop(phone);
    let phone = Phone::open(folder.path());
    phone.wait("it stays", |phone, _| chosen(phone));
}
