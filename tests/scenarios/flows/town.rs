//! A small community of real phones around a real relay.

use std::{collections::BTreeMap, path::PathBuf};

use linli_app::words::Language;
use linli_tests::{
    TOKEN,
    cable::Cable,
    flows::story::{Cast, Story},
    relay::Relay,
};
use shared::{Answer, Applicant, Phase, UiEvent};

use super::phone::Phone;

/// Who is everywhere, also where the story does not name them.
const FOUNDER: &str = "founder";
const COMPANY: &str = "物业";

/// What the company's one person is charged with.
const STAFF: [&str; 4] = ["dispatcher", "repair_worker", "finance", "desk"];

/// What every home pays in a story about money.
const TARIFF: &str = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n";

/// How often a reviewer asks for an application before a story fails.
const NUDGES: u32 = 150;

pub(super) struct Town {
    phones: BTreeMap<String, Phone>,
    /// The name under which the story knows the company's person.
    company: Option<String>,
    relay: Relay,
    folder: tempfile::TempDir,
}

impl Town {
    /// Founds it, and lets everybody of a story in.
    pub(super) fn found(story: &Story, language: Language) -> Self {
        let people = &story.people;
        let folder = tempfile::tempdir().unwrap();
        let (data, log) = (folder.path().join("relay"), folder.path().join("relay.log"));
        let relay = Relay::start(env!("CARGO_BIN_EXE_relay"), &data, &log, &[]);
        let mut town = Self { phones: BTreeMap::new(), company: None, relay, folder };
        town.add(FOUNDER, None);
        town.register();
        let company = people.iter().find(|one| one.is_company());
        town.add(COMPANY, company.and_then(|one| one.undo_ms));
        town.join(COMPANY, ("property", "community"), &[FOUNDER]);
        let mut head = None;
        for one in people {
            town.cast(one, head.unwrap_or(COMPANY));
            if one.terms.as_ref().is_some_and(|(role, _)| role == "head") {
                head = Some(&one.name);
            }
            town.speak(&one.name, language);
        }
        if story.fees {
            town.bill();
        }
        town
    }

    /// The founder sets a tariff, bills this month, and gives a round to whoever can collect.
    fn bill(&mut self) {
        let founder = self.phone(FOUNDER);
        founder.send(UiEvent::ShowMoney {
            home: None,
            round: None,
            run: None,
            receipt: None,
            scanned: None,
            book: None,
            find: None,
        });
        founder.money("tariff", &[("tariff", TARIFF)]);
        let first = |phone: &mut Phone, act: &str, ask: &str| {
            let asked = phone.asked(act, ask)?;
            Some(asked.choices.first()?.value.clone())
        };
        let months = founder.wait(|phone| first(phone, "bill", "months")).unwrap();
        let due = founder.wait(|phone| first(phone, "bill", "due")).unwrap();
        founder.money("bill", &[("months", &months), ("due", &due)]);
        let billed = |phone: &mut Phone| (!phone.slices.money.runs.is_empty()).then_some(());
        assert!(founder.wait(billed).is_some(), "nothing is billed:\n{}", founder.screen());
        let collectors = founder.wait(|phone| phone.asked("open_round", "collector")).unwrap();
        let until = founder.wait(|phone| first(phone, "open_round", "until")).unwrap();
        for (number, collector) in (1..).zip(&collectors.choices) {
            founder.money("open_round", &[("collector", &collector.value), ("until", &until)]);
            let given =
                |phone: &mut Phone| (phone.slices.money.rounds.len() == number).then_some(());
            assert!(founder.wait(given).is_some(), "no round:\n{}", founder.screen());
        }
        founder.send(UiEvent::HideMoney);
    }

    fn add(&mut self, name: &str, undo_ms: Option<u32>) {
        let cable = Cable::lay(self.relay.address).unwrap();
        let phone = Phone::new(&self.folder.path().join(name), cable, undo_ms);
        self.phones.insert(name.to_owned(), phone);
    }

    /// Somebody's phone.
    pub(super) fn phone(&mut self, name: &str) -> &mut Phone {
        let company = self.company.as_deref() == Some(name);
        self.phones.get_mut(if company { COMPANY } else { name }).unwrap()
    }

    /// A file for what is photographed.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn register(&mut self) {
        let homes = (1..=6).flat_map(|floor| (1..=2).map(move |door| format!("{floor}0{door}")));
        let roster: Vec<_> = homes.map(|room| format!("3,2,{room},home,89.37")).collect();
        let found = UiEvent::Found {
            name: "和园".to_owned(),
            relay: format!("http://{}", self.relay.address),
            operator_token: TOKEN.to_owned(),
            roster: roster.join("\n"),
        };
        let founder = self.phone(FOUNDER);
        founder.send(found);
        is_member(founder);
    }

    /// An owner needs a second witness.
    fn cast(&mut self, one: &Cast, witness: &str) {
        match &one.terms {
            Some(_) if one.is_company() => self.company = Some(one.name.clone()),
            None => self.add(&one.name, one.undo_ms),
            Some((role, scope)) => {
                let both = [FOUNDER, witness];
                let reviewers = if role == "owner" { &both[..] } else { &both[..1] };
                self.add(&one.name, one.undo_ms);
                self.join(&one.name, (role, scope), reviewers);
            }
        }
    }

    fn speak(&mut self, name: &str, language: Language) {
        let word = if language == Language::En { "en" } else { "zh" };
        let phone = self.phone(name);
        phone.send(UiEvent::Speak { language: word.to_owned() });
        let speaks = phone.wait(|phone| (phone.slices.frame.language == word).then_some(()));
        assert!(speaks.is_some(), "{name} does not speak {word}");
    }

    /// Lets a phone in: each reviewer compares the code and approves.
    fn join(&mut self, name: &str, terms: (&str, &str), reviewers: &[&str]) {
        let invite = self.invite(reviewers.first().unwrap(), terms);
        self.phone(name).send(UiEvent::Join { invite, name: name.to_owned() });
        for reviewer in reviewers {
            let applicant = self.applicant(reviewer, name);
            let code = |phone: &mut Phone| phone.slices.frame.code.clone();
            let same = |phone: &mut Phone| (code(phone) == applicant.code).then_some(());
            assert!(self.phone(name).wait(same).is_some(), "{name} reads other digits");
            let who = applicant.who.first().unwrap().who.clone();
            self.phone(reviewer).send(UiEvent::Approve { invite: applicant.invite, who });
            let decided = |phone: &mut Phone| waits(phone, name).is_none().then_some(());
            assert!(self.phone(reviewer).wait(decided).is_some(), "{name} is not decided");
        }
        is_member(self.phone(name));
    }

    /// Whoever reviews asks the relay until the application is there and can be compared.
    fn applicant(&mut self, reviewer: &str, name: &str) -> Applicant {
        let reviewer = self.phone(reviewer);
        let nudged = (0..NUDGES).find_map(|_| {
            reviewer.send(UiEvent::SyncNow);
            reviewer.glance(|phone| waits(phone, name))
        });
        nudged.unwrap()
    }

    fn invite(&mut self, by: &str, (role, scope): (&str, &str)) -> String {
        let answer = |word: &str, value: &str| Answer { word: word.into(), value: value.into() };
        let place = (scope != "community").then(|| answer("place", scope));
        let staff = STAFF.iter().filter(|_| role == "property").map(|duty| answer("staff", duty));
        let answers = place.into_iter().chain(staff).collect();
        let phone = self.phone(by);
        let before = phone.slices.frame.invitation.clone();
        phone.send(UiEvent::InviteAs { role: role.to_owned(), answers });
        let made = |phone: &mut Phone| phone.slices.frame.invitation.clone();
        phone.wait(|phone| made(phone).filter(|text| Some(text) != before.as_ref())).unwrap()
    }
}

/// Somebody's application with its six digits, while nothing was said to it.
fn waits(phone: &mut Phone, name: &str) -> Option<Applicant> {
    let mut applicants = phone.slices.people.applicants.iter();
    let fits = |one: &&Applicant| one.name == name && one.code.is_some() && !one.decided;
    applicants.find(fits).cloned()
}

fn is_member(phone: &mut Phone) {
    let member = phone.wait(|phone| (phone.slices.frame.phase == Phase::Member).then_some(()));
    assert!(member.is_some(), "no member:\n{}", phone.screen());
}
