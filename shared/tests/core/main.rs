//! The core across its border, as a shell drives it: real files and threads, no relay to be reached.
#![expect(clippy::unwrap_used, reason = "test code")]

mod founders;
mod given;
mod kept;
mod people;
mod versions;

use std::sync::Arc;

use given::{Ear, NO_RELAY, Phone, answer};
use shared::{
    Config, HostAnswer, HostRequest, LinliCore, LinliError, Phase, Report, UiEvent, WhoApplies,
};

#[test]
fn what_was_founded_and_typed_without_a_net_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let text = "主管漏水，三楼到五楼".to_owned();
    phone.send(UiEvent::KeepDraft { name: "report".to_owned(), text: text.clone() });
    phone.wait("kept", |phone, _| phone.core.drafts().drafts.pop());
    let before = phone.core.frame();
    assert_eq!((before.phase, before.trial), (Phase::Member, true));
    assert!(before.unsent > 5 && before.oldest_unsent_ms.is_some());
    drop(phone);
    let phone = Phone::open(folder.path());
    let draft = phone.wait("the draft is back", |phone, _| phone.core.drafts().drafts.pop());
    assert_eq!(draft.text, text);
    let after = phone.core.frame();
    assert_eq!((after.community, after.unsent), (before.community, before.unsent));
}

#[test]
fn one_phone_holds_several_communities_and_shows_one() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let first = phone.core.frame().device.unwrap();
    phone.found("桂花苑");
    let second = phone.core.frame().device.unwrap();
    assert_ne!(first, second, "each community knows its own key");
    phone.send(UiEvent::Switch { community: 0 });
    phone.wait("switched", |phone, _| (phone.core.frame().community == "和园里").then_some(()));
    drop(phone);
    let phone = Phone::open(folder.path());
    let lines = phone.wait("both are back", |phone, _| {
        Some(phone.core.frame().communities).filter(|communities| communities.len() == 2)
    });
    let names: Vec<(u32, &str, bool)> =
        lines.iter().map(|line| (line.index, line.name.as_str(), line.shown)).collect();
    assert_eq!(names, [(0, "和园里", true), (1, "桂花苑", false)]);
    let founder = &lines[1];
    assert_eq!((founder.role_text.as_str(), founder.phase_text.as_str()), ("发起人", "成员"));
}

#[test]
fn a_refusal_is_a_sentence_in_the_language_of_the_shell() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let report = || UiEvent::Report {
        report: Report {
            place: "home/3-2-501".to_owned(),
            class: "burst_pipe".to_owned(),
            text: "漏水".to_owned(),
            ..Report::default()
        },
        draft: None,
    };
    phone.send(report());
    let zh = ("repairs.not_yours".to_owned(), "这一步不该由您来做。".to_owned());
    assert_eq!(phone.refusal(), zh);
    phone.send(UiEvent::ToastRead);
    phone.wait("read", |phone, _| phone.core.frame().toast.is_none().then_some(()));
    phone.send(UiEvent::Speak { language: "en".to_owned() });
    phone.send(report());
    assert_eq!(phone.refusal().1, "This step is not yours to take.");
    assert_eq!(phone.core.repairs().total, 0);
}

#[test]
fn a_burst_of_events_is_told_in_few_calls() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let before = phone.wait("some", |_, told| Some(told.changed));
    for number in 0..500 {
        let (name, text) = ("report".to_owned(), format!("漏水 {number}"));
        phone.send(UiEvent::KeepDraft { name, text });
    }
    phone.wait("the last one", |phone, _| {
        phone.core.drafts().drafts.pop().filter(|draft| draft.text == "漏水 499")
    });
    let calls = phone.ear.told.lock().unwrap().changed - before;
    assert!(calls < 200, "{calls} calls for 500 events");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_happens() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    let field = |event: UiEvent| match phone.core.dispatch(event) {
        Err(LinliError::BadEvent { field }) => field,
        other => panic!("{other:?}"),
    };
    let (invite, who) = ("zz".to_owned(), WhoApplies::NewPerson);
    assert_eq!(field(UiEvent::Approve { invite, who }), "invite");
    let invite = |role: &str, until: &str, duty: &str| UiEvent::InviteAs {
        role: role.to_owned(),
        answers: vec![answer("until", until), answer("staff", duty)],
    };
    assert_eq!(field(invite("king", "7", "desk")), "role");
    assert_eq!(field(invite("property", "tomorrow", "desk")), "until");
    assert_eq!(field(invite("property", "7", "juggler")), "staff");
    let (unit, owners, from_ms) = ("3-2-501".to_owned(), vec!["zz".to_owned()], None);
    let status = "moved_in".to_owned();
    assert_eq!(field(UiEvent::ChangeOwners { unit, owners, status, from_ms }), "person");
    let (unit, status, from_ms) = ("3-2-501".to_owned(), "haunted".to_owned(), None);
    assert_eq!(field(UiEvent::ChangeOwners { unit, owners: vec![], status, from_ms }), "status");
    assert_eq!(field(UiEvent::Speak { language: "fr".to_owned() }), "language");
    assert_eq!(field(UiEvent::Detail { id: Some("3-2-501".to_owned()) }), "id");
    phone.send(UiEvent::Found {
        name: "和园里".to_owned(),
        relay: NO_RELAY.to_owned(),
        operator_token: "an-operators-token".to_owned(),
        roster: "3,2,501,home,large\n".to_owned(),
    });
    let (word, sentence) = phone.refusal();
    assert_eq!(word, "registry.bad_roster");
    assert_eq!(
        sentence,
        "房号清单无法读取。\n第 1 行第 5 列（area）：面积“large”不是数字。请写成 89.37。"
    );
    phone.send(UiEvent::Join { invite: "nonsense".to_owned(), name: "Mei".to_owned() });
    phone.wait("the next refusal", |phone, _| {
        (phone.core.frame().refusal.as_deref() == Some("invite.foreign")).then_some(())
    });
    assert_eq!(phone.core.frame().communities, vec![]);
}

#[test]
fn a_core_that_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let start = |folder: String, platform_key: Option<Vec<u8>>| {
        let config = Config { folder, platform_key, ..Config::default() };
        LinliCore::open(config, Arc::new(Ear::default())).unwrap_err().to_string()
    };
    let short = start(folder.path().display().to_string(), Some(vec![7; 16]));
    assert!(short.contains("32 bytes"), "{short}");
    let file = folder.path().join("file");
    std::fs::write(&file, b"not a folder").unwrap();
    let nowhere = start(file.display().to_string(), None);
    assert!(nowhere.starts_with("the core could not start: "), "{nowhere}");
}

#[test]
fn an_invitation_goes_to_the_share_sheet_and_is_answered_once() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let answers = vec![answer("place", "building/3")];
    phone.send(UiEvent::InviteAs { role: "head".to_owned(), answers });
    let text = phone.wait("the invitation", |phone, _| phone.core.frame().invitation);
    phone.send(UiEvent::ShareInvitation);
    let (id, kind) = phone.wait("the share sheet", |_, told| told.hosts.last().copied());
    assert_eq!((kind, phone.core.host_request(id)), (1, Some(HostRequest::Share { text })));
    phone.core.answer(id, HostAnswer::Done);
    phone.core.answer(id, HostAnswer::Done);
    assert_eq!(phone.core.host_request(id), None);
}

#[test]
fn a_background_round_ends_and_says_whether_the_relay_was_reached() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    let done = |token: u64| {
        phone.wait("the round", |_, told| {
            told.jobs.iter().find(|(ended, _)| *ended == token).map(|(_, ok)| *ok)
        })
    };
    assert!(done(phone.core.start_round()), "nothing to ask for is no failure");
    phone.found("和园里");
    phone.core.pause();
    assert!(!done(phone.core.start_round()));
}
