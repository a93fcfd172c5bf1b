//! Founding by several.

use linli_domain::registry::{
    FoundingTerms,
    roster::{Secret, read_plain},
};
use linli_io::SystemChance;
use linli_replica::founding::{Draft as FoundingDraft, Entry, FounderText, Signed};
use shared::{HostAnswer, HostRequest, Phase, UiEvent};

use crate::given::{NO_RELAY, Phone};

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
    assert_eq!(guo.core.frame().communities.len(), 1);
    let draft = draft(&keys);
    guo.send(UiEvent::ReadDraft { draft: draft.clone() });
    let page = guo.wait("read", |phone, _| phone.core.founding().draft);
    assert_eq!((page.name.as_str(), page.rules.as_str(), page.threshold), ("和园里", "cn", 2));
    assert_eq!((page.founders.len(), page.own), (2, true));
    assert_eq!((page.buildings, page.homes, page.shops, page.heads), (1, 2, 0, 2));
    assert_eq!(page.area_dm2, 16_827);
    let lines = [
        "和园里",
        "1 栋楼，2 户，0 间商铺",
        "共 168.27 平方米，2 票",
        "2 位发起人，至少 2 位签",
        "第一天的规则：cn",
    ];
    assert_eq!(page.lines, lines);
    let signatures = [&fang, &guo].map(|phone| {
        phone.send(UiEvent::SignDraft { draft: draft.clone() });
        phone.wait("signed", |phone, _| phone.core.founding().signature)
    });
    guo.send(UiEvent::ShareFounding);
    let (id, _) = guo.wait("the share sheet", |_, told| told.hosts.last().copied());
    let text = signatures[1].clone();
    assert_eq!(guo.core.host_request(id), Some(HostRequest::Share { text }));
    guo.core.answer(id, HostAnswer::Done);
    let charter = charter(&draft, &signatures);
    stranger.send(UiEvent::SignDraft { draft });
    assert_eq!(stranger.refusal().0, "registry.not_a_founder");
    stranger.send(UiEvent::ToastRead);
    stranger.wait("read", |phone, _| phone.core.frame().toast.is_none().then_some(()));
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
