//! What a shell is told when the community has become newer than its app.

use linli_domain::law::APP;
use shared::{Phase, Report, UiEvent};

use crate::given::{Phone, answer};

fn report() -> UiEvent {
    UiEvent::Report {
        report: Report {
            place: "community".to_owned(),
            class: "road".to_owned(),
            text: "门口路面破损".to_owned(),
            ..Report::default()
        },
        draft: Some("report".to_owned()),
    }
}

/// Somebody without a phone.
fn register() -> UiEvent {
    let answers = vec![answer("place", "3-2-501")];
    UiEvent::RegisterAs { role: "resident".to_owned(), answers }
}

fn everybody(phone: &Phone, total: u32) {
    phone.send(UiEvent::People { search: String::new(), role: None, offset: 0 });
    phone.wait("everybody", |phone, _| (phone.core.people().total == total).then_some(()));
}

fn ask_for(phone: &Phone, version: u32, needs_update: bool) {
    phone.send(UiEvent::SetMinVersion { version });
    phone.wait("the oldest app", |phone, _| {
        (phone.core.frame().needs_update == needs_update).then_some(())
    });
}

#[test]
fn an_app_that_is_too_old_shows_everything_and_keeps_what_is_typed_until_it_may_write_again() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    assert!(!phone.core.frame().needs_update);
    phone.send(register());
    everybody(&phone, 2);
    ask_for(&phone, APP + 1, true);
    let text = "后门也破了".to_owned();
    phone.send(UiEvent::KeepDraft { name: "report".to_owned(), text: text.clone() });
    for asked in [report(), register()] {
        phone.send(asked);
        let (word, sentence) = phone.refusal();
        assert_eq!(word, "app.update");
        assert_eq!(sentence, "小区要求使用更新的版本。您仍可查看；要填写请先更新应用。");
        phone.send(UiEvent::ToastRead);
        phone.wait("read", |phone, _| phone.core.frame().toast.is_none().then_some(()));
    }
    drop(phone);
    let phone = Phone::open(folder.path());
    let draft = phone.wait("the draft is back", |phone, _| phone.core.drafts().drafts.pop());
    assert_eq!(draft.text, text, "a refusal does not take what was typed");
    let frame = phone.core.frame();
    assert_eq!((frame.phase, frame.needs_update), (Phase::Member, true));
    everybody(&phone, 2);
    // Asked for by mistake: it is set right, and the app writes again.
    ask_for(&phone, APP, false);
    phone.send(register());
    everybody(&phone, 3);
}
