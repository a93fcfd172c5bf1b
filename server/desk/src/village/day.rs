//! The day itself.

use std::{path::Path, time::Instant};

use linli_relay::settings::Language;

use super::{
    Lie, Step,
    child::Order,
    lie::LieState,
    phone::{Phone, Trouble},
    photo,
    proxy::Proxy,
    relay::{Relay, TOKEN},
    teller::Teller,
};

/// How the day ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Agreed,
    Disagreed,
    Caught,
}

/// What must never be found on the relay's disk, on the wire or in a log.
pub(crate) const CANARY: &str = "Kanarienvogel-金丝雀-48213";

/// The sample community 和园: 18 buildings and a row of shops, 1,936 units with their owners.
const ROSTER: &str = include_str!("../../samples/heyuan/roster.csv");

/// The village while the day goes on.
pub(super) struct Village<'a> {
    pub(super) folder: &'a Path,
    pub(super) relay: Relay,
    pub(super) phones: Vec<Phone>,
    pub(super) lie: Option<Lie>,
    pub(super) language: &'static str,
    pub(super) teller: &'a mut Teller,
}

pub(super) const FOUNDER: usize = 0;
pub(super) const WANG: usize = 1;
pub(super) const CHEN: usize = 2;
pub(super) const MEI: usize = 3;
pub(super) const LIN: usize = 4;
pub(super) const ZHOU: usize = 5;
pub(super) const GAO: usize = 6;

/// Plays the day; `Caught` if a phone named its relay's lie.
pub(crate) fn play(
    folder: &Path,
    lie: Option<Lie>,
    language: Language,
    teller: &mut Teller,
) -> Step<End> {
    let relay = Relay::start(&folder.join("relay"))?;
    let language = if language == Language::Zh { "zh" } else { "en" };
    let mut village = Village { folder, relay, phones: Vec::new(), lie, language, teller };
    #[expect(clippy::disallowed_methods, reason = "the day is timed")]
    let begun = Instant::now();
    let day = village.day();
    match day {
        Ok(()) => {}
        Err(Trouble::Caught) => return village.caught(),
        Err(trouble) => return Err(trouble),
    }
    if village.is_caught()? {
        return village.caught();
    }
    village.end(begun.elapsed())
}

impl Village<'_> {
    fn day(&mut self) -> Step {
        self.found()?;
        self.join_all()?;
        let door = self.report_with_a_slow_clock()?;
        let leak = self.report_without_signal()?;
        self.look_at_the_photo(&leak)?;
        self.act_differently(&leak)?;
        self.settle(&leak)?;
        self.report_twice(&leak)?;
        self.carry(&door)?;
        self.work(&leak)?;
        self.act_for_grandmother()?;
        self.collect()?;
        self.lose_a_phone()?;
        self.replace_the_phone()?;
        self.at_home()?;
        self.back_online(&door)
    }

    pub(super) fn phone(&mut self, at: usize) -> Step<&mut Phone> {
        self.phones.get_mut(at).ok_or_else(|| Trouble::Other("no such phone".to_owned()))
    }

    pub(super) fn add(&mut self, who: &str, lies: bool) -> Step<usize> {
        let lie = if lies { self.lie.map(LieState::new) } else { None };
        let proxy = Proxy::start(self.relay.address, lie)?;
        let folder = self.folder.join(format!("phone-{}", self.phones.len()));
        self.phones.push(Phone::start(who, &folder, proxy, self.language)?);
        Ok(self.phones.len() - 1)
    }

    pub(super) fn show(&mut self, at: &[usize]) -> Step {
        for at in at {
            let phone = self.phone(*at)?;
            let (who, screen) = (phone.who.clone(), phone.look()?);
            self.teller.screen(&who, &screen);
        }
        Ok(())
    }

    fn found(&mut self) -> Step {
        self.teller.step(
            "业委会的方主任按名册建立小区「和园」：18栋楼、1,936户（含商铺），试用",
            "Fang of the committee founds the trial community Heyuan from its roster: 18 buildings, 1,936 homes and shops",
        );
        let who = self.teller.pick("方主任", "Fang").to_owned();
        self.add(&who, false)?;
        let founder = self.phone(FOUNDER)?;
        let found = Order::Found {
            name: "和园".to_owned(),
            relay: founder.proxy.relay(),
            token: TOKEN.to_owned(),
            roster: ROSTER.trim_start_matches('\u{feff}').to_owned(),
        };
        founder.must(&found, "the community stands at the relay", |screen| {
            screen.phase == "Member" && screen.unsent == 0 && screen.seq > 0
        })?;
        self.show(&[FOUNDER])
    }

    /// Lists the phones that have signal.
    pub(super) fn online(&self) -> Vec<usize> {
        let all = self.phones.iter().enumerate();
        all.filter(|(_, phone)| !phone.proxy.is_cut()).map(|(at, _)| at).collect()
    }

    /// Somebody reports; returns what became of it.
    pub(super) fn reported_by(&mut self, at: usize, report: &Order) -> Step<String> {
        let before = self.phone(at)?.look()?;
        let is_new = |id: &str| !before.rows.iter().any(|row| row.id == id);
        let screen = self.phone(at)?.must(report, "the report is saved here", |screen| {
            screen.rows.iter().any(|row| is_new(&row.id))
        })?;
        let new = screen.rows.into_iter().find(|row| is_new(&row.id));
        new.map(|row| row.id).ok_or_else(|| Trouble::Other("no report".to_owned()))
    }

    /// Returns the person whose phone it is.
    pub(super) fn person(&mut self, at: usize) -> Step<String> {
        let screen = self.phone(at)?.look()?;
        let own = screen.devices.into_iter().find(|device| device.own);
        own.map(|own| own.person).ok_or_else(|| Trouble::Other("no person".to_owned()))
    }

    /// Waits until every phone that has signal shows a repair in a state, without conflict.
    pub(super) fn all_show(&mut self, id: &str, status: &str) -> Step {
        let online = self.online();
        self.those_show(&online, id, status)
    }

    pub(super) fn step_by(
        &mut self,
        at: usize,
        id: &str,
        step: &str,
        text: &str,
        status: &str,
    ) -> Step {
        let (step, text) = (step.to_owned(), text.to_owned());
        self.phone(at)?.order(&Order::Step { id: id.to_owned(), step, text })?;
        self.all_show(id, status)
    }

    /// Waits until some phones show a repair in a state, without conflict.
    pub(super) fn those_show(&mut self, those: &[usize], id: &str, status: &str) -> Step {
        for at in those {
            self.phone(*at)?.wait(&format!("{status} is shown"), |screen| {
                screen.rows.iter().any(|r| r.id == id && r.status == status && !r.conflict)
            })?;
        }
        Ok(())
    }

    /// Takes a photo and puts it to a draft.
    pub(super) fn photograph(&mut self, at: usize, draft: &str, name: &str) -> Step {
        let file = photo::take(self.folder, name)?.display().to_string();
        let phone = self.phone(at)?;
        phone.order(&Order::Attach { draft: draft.to_owned(), file })?;
        phone.wait("the photo is kept", |screen| screen.photos == 1).map(|_| ())
    }
}
