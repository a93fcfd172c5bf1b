//! One phone in two communities at two relays, with two homes in one of them.

use linli_tests::{TOKEN, relay::Relay};
use shared::{Answer, Phase, Report, UiEvent};

use crate::screens::Phone;

impl Phone {
    fn found(&self, name: &str, relay: &Relay) {
        self.send(UiEvent::Found {
            name: name.to_owned(),
            relay: format!("http://{}", relay.address),
            operator_token: TOKEN.to_owned(),
            roster: "3,2,501,home,89.37\n3,2,502,home,78.90\n".to_owned(),
        });
        self.wait("the relay has the first day", |core| {
            let frame = core.frame();
            let there = frame.seq > 0 && frame.unsent == 0 && frame.handed_over == 0;
            (frame.community == name && there).then_some(())
        });
    }

    fn switch(&self, community: u32, name: &str) {
        self.send(UiEvent::Switch { community });
        self.wait("switched", |core| (core.frame().community == name).then_some(()));
    }
}

/// Mei applies for a home of the community that Fang shows, and Fang approves.
fn join(fang: &Phone, mei: &Phone, scope: &str) {
    let before = fang.core.frame().invitation;
    let answers = vec![Answer { word: "place".to_owned(), value: scope.to_owned() }];
    fang.send(UiEvent::InviteAs { role: "resident".to_owned(), answers });
    let invite = fang.wait("the invitation", |core| {
        core.frame().invitation.filter(|text| Some(text) != before.as_ref())
    });
    mei.send(UiEvent::Join { invite, name: "梅".to_owned() });
    let code = mei.wait("the six digits", |core| core.frame().code);
    fang.send(UiEvent::SyncNow);
    let applicant = fang.wait("the application", |core| {
        let applicants = core.people().applicants;
        applicants.into_iter().find(|applicant| applicant.code.as_ref() == Some(&code))
    });
    assert_eq!((applicant.scope.as_str(), applicant.may_decide), (scope, true));
    assert_eq!(applicant.who.len(), 1, "nobody has to be asked: {:?}", applicant.who);
    let (invite, who) = (applicant.invite, applicant.who.first().unwrap().who.clone());
    fang.send(UiEvent::Approve { invite, who });
    mei.wait("the home", |core| {
        let people = core.people();
        let own = people.people.into_iter().find(|person| person.own)?;
        let held = |scope: &str| {
            own.duties.iter().any(|duty| duty.scope == scope && duty.state == "stands")
        };
        (core.frame().phase == Phase::Member && held(scope)).then_some(())
    });
}

fn look_at_everybody(phone: &Phone) {
    phone.send(UiEvent::People { search: String::new(), role: None, offset: 0 });
}

#[test]
fn one_phone_lives_in_two_communities_and_has_two_homes_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let relay = |name: &str| {
        let (data, log) = (folder.path().join(name), folder.path().join(format!("{name}.log")));
        Relay::start(env!("CARGO_BIN_EXE_relay"), &data, &log, &[])
    };
    let (east, west) = (relay("east"), relay("west"));
    let fang = Phone::open(&folder.path().join("fang"), None);
    let mei = Phone::open(&folder.path().join("mei"), None);
    fang.found("和园里", &east);
    look_at_everybody(&mei);
    join(&fang, &mei, "unit/3-2-501");
    let first = mei.core.frame();
    fang.found("桂花苑", &west);
    join(&fang, &mei, "unit/3-2-502");
    let second = mei.core.frame();
    assert_eq!((first.community.as_str(), second.community.as_str()), ("和园里", "桂花苑"));
    assert_ne!(first.device, second.device, "nobody can tell that it is one phone");
    mei.send(UiEvent::Report {
        report: Report {
            place: "home/3-2-502".to_owned(),
            class: "water".to_owned(),
            text: "桂花苑的水管".to_owned(),
            ..Report::default()
        },
        draft: None,
    });
    fang.wait("the report of the second", |core| {
        core.repairs().rows.pop().filter(|row| row.excerpt == "桂花苑的水管")
    });
    // A further home in the first, with the same phone.
    fang.switch(0, "和园里");
    mei.switch(0, "和园里");
    assert_eq!(fang.core.repairs().total, 0, "what is said there is not heard here");
    look_at_everybody(&mei);
    join(&fang, &mei, "unit/3-2-502");
    assert_eq!(mei.core.frame().device, first.device);
    mei.send(UiEvent::Report {
        report: Report {
            place: "home/3-2-502".to_owned(),
            class: "power".to_owned(),
            text: "和园里第二套的电".to_owned(),
            ..Report::default()
        },
        draft: None,
    });
    fang.wait("the report of the further home", |core| {
        core.repairs().rows.pop().filter(|row| row.excerpt == "和园里第二套的电")
    });
    assert_eq!(mei.core.frame().communities.len(), 2);
}
