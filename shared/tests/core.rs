//! The core across its border, as a shell drives it: real files and threads, no relay to be reached.
#![expect(clippy::unwrap_used, reason = "test code")]

use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use linli_domain::registry::{
    FoundingTerms,
    roster::{Secret, read_plain},
};
use linli_io::SystemChance;
use linli_replica::founding::{Draft as FoundingDraft, Entry, FounderText, Signed};
use shared::{
    Config, HostAnswer, HostRequest, LinliCore, LinliError, Phase, Report, Shell, UiEvent,
};

/// Nobody listens here.
const NO_RELAY: &str = "http://127.0.0.1:9";

/// Longest wait for the screens before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Told {
    changed: u32,
    jobs: Vec<(u64, bool)>,
    hosts: Vec<(u64, u32)>,
}

/// A shell that remembers what it was told.
#[derive(Default)]
struct Ear {
    told: Mutex<Told>,
    news: Condvar,
}

impl Ear {
    fn note(&self, note: impl FnOnce(&mut Told)) {
        note(&mut self.told.lock().unwrap());
        self.news.notify_all();
    }
}

impl Shell for Ear {
    fn changed(&self, _: u32) {
        self.note(|told| told.changed += 1);
    }

    fn job_done(&self, token: u64, ok: bool) {
        self.note(|told| told.jobs.push((token, ok)));
    }

    fn host(&self, id: u64, kind: u32) {
        self.note(|told| told.hosts.push((id, kind)));
    }
}

struct Phone {
    core: Arc<LinliCore>,
    ear: Arc<Ear>,
}

impl Phone {
    fn open(folder: &Path) -> Self {
        let ear = Arc::new(Ear::default());
        let folder = folder.display().to_string();
        let config = Config { folder, platform_key: Some(vec![7; 32]), ..Config::default() };
        let phone = Self { core: LinliCore::open(config, ear.clone()).unwrap(), ear };
        phone.core.resume();
        phone
    }

    fn send(&self, event: UiEvent) {
        self.core.dispatch(event).unwrap();
    }

    /// Waits until something holds; the shell is woken by the core.
    fn wait<T>(&self, what: &str, holds: impl Fn(&Self, &Told) -> Option<T>) -> T {
        let mut told = self.ear.told.lock().unwrap();
        loop {
            if let Some(value) = holds(self, &told) {
                return value;
            }
            let (next, waited) = self.ear.news.wait_timeout(told, PATIENCE).unwrap();
            told = next;
            assert!(!waited.timed_out(), "{what}: {:?}", self.core.frame());
        }
    }

    fn found(&self, name: &str) {
        let communities = self.core.frame().communities;
        self.send(UiEvent::Found {
            name: name.to_owned(),
            relay: NO_RELAY.to_owned(),
            operator_token: "an-operators-token".to_owned(),
            roster: "3,2,501,home,89.37\n3,2,502,home,78.90\n".to_owned(),
        });
        self.wait("founded", |phone, _| {
            let frame = phone.core.frame();
            (frame.communities == communities + 1 && frame.community == name).then_some(())
        });
    }

    fn refusal(&self) -> (String, String) {
        self.wait("refused", |phone, _| {
            let frame = phone.core.frame();
            frame.refusal.zip(frame.toast)
        })
    }
}

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
    let first = phone.core.people().devices[0].device.clone();
    phone.found("桂花苑");
    let second = phone.core.people().devices[0].device.clone();
    assert_ne!(first, second, "each community knows its own key");
    phone.send(UiEvent::Switch { community: 0 });
    phone.wait("switched", |phone, _| (phone.core.frame().community == "和园里").then_some(()));
    drop(phone);
    let phone = Phone::open(folder.path());
    phone.wait("both are back", |phone, _| (phone.core.frame().communities == 2).then_some(()));
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
    let (invite, same_person_as) = ("zz".to_owned(), None);
    assert_eq!(field(UiEvent::Approve { invite, same_person_as }), "invite");
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
    assert_eq!(phone.core.frame().communities, 0);
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
    phone.send(UiEvent::Invite { role: "head".to_owned(), scope: "building/3".to_owned() });
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

#[test]
fn two_phones_agree_on_a_draft_and_a_third_has_nothing_to_sign() {
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [fang, guo, stranger] = folders.each_ref().map(|folder| Phone::open(folder.path()));
    let keys = [&fang, &guo].map(|phone| {
        phone.send(UiEvent::GiveFounderKeys);
        phone.wait("keys", |phone, _| phone.core.founding().keys)
    });
    guo.wait("kept for it", |phone, _| (phone.core.frame().phase == Phase::Founding).then_some(()));
    // The keys are the same after a restart.
    drop(guo);
    let guo = Phone::open(folders[1].path());
    guo.send(UiEvent::GiveFounderKeys);
    assert_eq!(guo.wait("keys again", |phone, _| phone.core.founding().keys), keys[1]);
    assert_eq!(guo.core.frame().communities, 1);
    let draft = draft(&keys);
    guo.send(UiEvent::ReadDraft { draft: draft.clone() });
    let page = guo.wait("read", |phone, _| phone.core.founding().draft);
    assert_eq!((page.name.as_str(), page.rules.as_str(), page.threshold), ("和园里", "cn", 2));
    assert_eq!((page.founders.len(), page.own), (2, true));
    assert_eq!((page.buildings, page.homes, page.shops, page.heads), (1, 2, 0, 2));
    assert_eq!(page.area_dm2, 16_827);
    let signatures = [&fang, &guo].map(|phone| {
        phone.send(UiEvent::SignDraft { draft: draft.clone() });
        phone.wait("signed", |phone, _| phone.core.founding().signature)
    });
    let charter = charter(&draft, &signatures);
    stranger.send(UiEvent::SignDraft { draft });
    assert_eq!(stranger.refusal().0, "registry.not_a_founder");
    stranger.send(UiEvent::ToastRead);
    stranger.send(UiEvent::EnterFounded { charter: charter.clone() });
    assert_eq!(stranger.refusal().0, "registry.not_a_founder");
    guo.send(UiEvent::EnterFounded { charter });
    guo.wait("in", |phone, _| (phone.core.frame().phase == Phase::Member).then_some(()));
    drop(guo);
    let guo = Phone::open(folders[1].path());
    guo.wait("still in", |phone, _| (phone.core.frame().phase == Phase::Member).then_some(()));
}

/// What a desk makes of founders' keys.
fn draft(keys: &[String]) -> String {
    let founders = keys.iter().map(|text| FounderText::parse(text).unwrap().keys).collect();
    let (name, rules) = ("和园里".to_owned(), "cn".to_owned());
    let terms = FoundingTerms { name, utc_offset_minutes: 480, rules, founders };
    let roster = "3,2,501,home,89.37\n3,2,502,home,78.90\n";
    let stairs = read_plain(roster, &Secret([7; 32])).unwrap().stairs();
    FoundingDraft::new(terms, stairs, 2, &mut SystemChance).unwrap().to_text()
}

/// What a desk makes of founders' signatures.
fn charter(draft: &str, signatures: &[String]) -> String {
    let signatures: Vec<Signed> =
        signatures.iter().map(|text| Signed::parse(text).unwrap()).collect();
    let charter = FoundingDraft::parse(draft).unwrap().signed(&signatures).unwrap();
    Entry { charter, relay: NO_RELAY.to_owned(), pin: None }.to_text()
}
