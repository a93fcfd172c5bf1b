//! Who is here, who may be brought in, and as what.

use shared::{AskedFor, EndReason, Frame, Offer, Phase, UiEvent};

use crate::given::{Phone, answer};

#[test]
fn people_are_read_when_somebody_looks_and_one_without_a_phone_is_among_them() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    assert_eq!(phone.core.people().people, vec![], "nobody looks");
    let answers = vec![answer("place", "32501")];
    phone.send(UiEvent::RegisterAs { role: "resident".to_owned(), answers });
    let (search, role) = ("3-2-501".to_owned(), None);
    phone.send(UiEvent::People { search, role, offset: 0 });
    let people = phone.wait("the grandmother", |phone, _| {
        let people = phone.core.people();
        (people.total == 1).then_some(people)
    });
    let grandma = &people.people[0];
    assert_eq!((grandma.devices.len(), grandma.short.len(), grandma.own), (0, 8, false));
    let duty = &grandma.duties[0];
    assert_eq!((duty.role_text.as_str(), duty.state.as_str()), ("住户", "stands"));
    assert_eq!((duty.scope_text.as_str(), duty.may_end), ("3-2-501", true));
    assert_eq!(duty.until_text, None);
    let unit = people.unit.unwrap();
    assert_eq!((unit.unit.as_str(), unit.occupants), ("3-2-501", 1));
    phone.send(UiEvent::EndDuty {
        person: grandma.person.clone(),
        role: "resident".to_owned(),
        scope: "unit/3-2-501".to_owned(),
        reason: EndReason::MovedOut,
    });
    phone.wait("she moved out", |phone, _| {
        let people = phone.core.people();
        (people.people[0].duties[0].state == "over").then_some(())
    });
    phone.send(UiEvent::People { search: String::new(), role: None, offset: 0 });
    let all = phone.wait("everybody", |phone, _| {
        let people = phone.core.people();
        (people.total == 2).then_some(people)
    });
    let founder = &all.people[0];
    assert!(founder.own && founder.duties[0].role == "founder");
    assert!(!founder.duties[0].may_end, "the last of founders and committee stays");
    let device = &founder.devices[0];
    assert_eq!((device.number_text.as_str(), device.may_revoke), ("第 1 部手机", false));
    phone.send(UiEvent::HidePeople);
    phone.wait("nobody looks", |phone, _| phone.core.people().people.is_empty().then_some(()));
}

/// The offer of a role.
fn offer(offers: &[Offer], word: &str) -> Offer {
    offers.iter().find(|offer| offer.word == word).cloned().unwrap()
}

fn asked(offer: &Offer, word: &str) -> AskedFor {
    offer.asks.iter().find(|ask| ask.word == word).cloned().unwrap()
}

#[test]
fn an_offer_says_what_it_asks_for_and_taken_it_becomes_an_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    let people = phone.core.people();
    let words = |offers: &[Offer]| {
        offers.iter().map(|offer| offer.word.clone()).collect::<Vec<_>>().join(" ")
    };
    let all = "committee property auditor head deputy_head owner resident tenant";
    assert_eq!(words(&people.inviting), all);
    assert_eq!(words(&people.registering), "owner resident tenant");
    let head = asked(&offer(&people.inviting, "head"), "place");
    let building = &head.choices[0];
    assert_eq!((building.value.as_str(), building.text.as_str()), ("building/3", "3号楼"));
    assert!(head.typed && !head.optional);
    let company = offer(&people.inviting, "property");
    assert_eq!(company.asks.len(), 1, "nobody asks where");
    let staff = asked(&company, "staff");
    assert!(staff.many && staff.optional && staff.choices.len() == 7);
    let tenant = offer(&people.inviting, "tenant");
    assert_eq!(tenant.text, "承租人");
    let until = asked(&tenant, "until").choices;
    assert_eq!(until.len(), 4);
    assert!(until[0].text.starts_with("30 天，到 "), "{}", until[0].text);
    let (role, place) = ("tenant".to_owned(), answer("place", "3号楼2单元501"));
    let answers = vec![place, answer("until", &until[2].value)];
    phone.send(UiEvent::InviteAs { role, answers });
    phone.wait("the invitation", |phone, _| phone.core.frame().invitation);
    let text = phone.core.frame().invitation_text.unwrap();
    assert!(text.starts_with("承租人 3-2-501，") && text.ends_with(" 前有效"), "{text}");
    phone.send(UiEvent::CloseInvitation);
    // What came and went within one frame of the screen is not told; the language is.
    phone.send(UiEvent::Speak { language: "en".to_owned() });
    let closed = |phone: &Phone| {
        let frame = phone.core.frame();
        let away = frame.invitation.is_none() && frame.invitation_text.is_none();
        (away && frame.language == "en").then_some(())
    };
    phone.wait("put away", |phone, _| closed(phone));
}

#[test]
fn an_offer_that_is_filled_in_wrongly_is_refused_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path());
    phone.found("和园里");
    for (role, place, word, sentence) in [
        ("owner", "梅姐家", "registry.bad_door", "这个门牌号看不懂"),
        ("owner", "9-9-999", "registry.unknown_place", "没有这个楼栋"),
        ("head", "3-2-501", "registry.bad_part", "看不懂是哪一栋"),
        ("head", "9", "registry.unknown_place", "没有这个楼栋"),
        ("tenant", "3-2-501", "registry.needs_dates", "承租人须有到期日"),
        ("founder", "", "registry.wrong_scope", "这个身份与所选范围不符"),
    ] {
        let answers = vec![answer("place", place)];
        phone.send(UiEvent::InviteAs { role: role.to_owned(), answers });
        let (said, toast) = phone.refusal();
        assert_eq!((said.as_str(), toast.starts_with(sentence)), (word, true), "{role} {toast}");
        phone.send(UiEvent::ToastRead);
        phone.wait("read", |phone, _| phone.core.frame().toast.is_none().then_some(()));
    }
    assert_eq!(phone.core.frame().invitation, None);
}

/// The invitation of a community that nobody can reach.
fn invitation(phone: &Phone) -> String {
    let answers = vec![answer("place", "3-2-501")];
    phone.send(UiEvent::InviteAs { role: "resident".to_owned(), answers });
    phone.wait("the invitation", |phone, _| phone.core.frame().invitation)
}

/// Somebody's phone, and an invitation that another phone's person made.
fn invited(folders: &[tempfile::TempDir; 2]) -> (Phone, String) {
    let [fang, mei] = folders.each_ref().map(|folder| Phone::open(folder.path()));
    fang.found("和园里");
    (mei, invitation(&fang))
}

fn wait_for(phone: &Phone, phase: Phase, communities: usize) -> Frame {
    phone.wait("the phase", |phone, _| {
        let frame = phone.core.frame();
        (frame.phase == phase && frame.communities.len() == communities).then_some(frame)
    })
}

#[test]
fn an_application_is_given_up_with_its_keys_and_another_one_takes_its_place() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (mei, invite) = invited(&folders);
    let join = || UiEvent::Join { invite: invite.clone(), name: "梅".to_owned() };
    mei.send(join());
    let applying = wait_for(&mei, Phase::Applying, 1);
    assert!(applying.may_stop_joining);
    assert_eq!(applying.communities[0].name, "和园里");
    mei.send(join());
    assert_eq!(mei.refusal().0, "join.under_way", "not a second application");
    mei.send(UiEvent::ToastRead);
    mei.send(UiEvent::StopJoining);
    let fresh = wait_for(&mei, Phase::Fresh, 0);
    assert!(!fresh.may_stop_joining && fresh.device != applying.device);
    mei.send(UiEvent::StopJoining);
    assert_eq!(mei.refusal().0, "join.unknown");
    drop(mei);
    let mei = Phone::open(folders[1].path());
    mei.wait("read", |phone, _| (phone.core.frame().device == fresh.device).then_some(()));
    mei.send(join());
    let again = wait_for(&mei, Phase::Applying, 1);
    assert_eq!((again.device, again.communities[0].index), (fresh.device, 0));
}

#[test]
fn who_gives_up_a_further_community_is_shown_the_one_that_stays() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (mei, invite) = invited(&folders);
    let join = || UiEvent::Join { invite: invite.clone(), name: "梅".to_owned() };
    mei.send(join());
    wait_for(&mei, Phase::Applying, 1);
    mei.found("桂花苑");
    mei.send(UiEvent::Switch { community: 0 });
    wait_for(&mei, Phase::Applying, 2);
    mei.send(UiEvent::StopJoining);
    let left = wait_for(&mei, Phase::Member, 1);
    let line = &left.communities[0];
    assert_eq!((line.name.as_str(), line.index, line.shown), ("桂花苑", 1, true));
    drop(mei);
    let mei = Phone::open(folders[1].path());
    wait_for(&mei, Phase::Member, 1);
    mei.send(join());
    let both = wait_for(&mei, Phase::Applying, 2);
    assert!(both.communities[0].shown, "the slot is taken again");
}
