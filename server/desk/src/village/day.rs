//! The day itself.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use linli_relay::settings::Language;

use super::{
    Lie, Step,
    child::{DONE, Order, Screen},
    lie::LieState,
    phone::{Phone, Trouble},
    photo,
    proxy::Proxy,
    relay::{Relay, TOKEN},
    summary,
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

/// Three buildings, two stairs each, four homes a stair: 24 units.
fn roster() -> String {
    let mut roster = String::new();
    for building in 1..=3 {
        for stair in 1..=2 {
            for (room, area) in
                [("501", "89.37"), ("502", "78.90"), ("601", "89.37"), ("602", "78.90")]
            {
                roster.push_str(&format!("{building},{stair},{room},home,{area}\n"));
            }
        }
    }
    roster
}

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
        let leak = self.report_without_signal()?;
        self.act_differently(&leak)?;
        self.settle(&leak)?;
        self.work(&leak)?;
        self.lose_a_phone()?;
        self.replace_the_phone()?;
        self.at_home()
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
            "业委会的方主任建立小区「和园里」：3栋楼、24户，试用",
            "Fang of the committee founds the trial community Heyuanli: 3 buildings, 24 homes",
        );
        let who = self.teller.pick("方主任", "Fang").to_owned();
        self.add(&who, false)?;
        let founder = self.phone(FOUNDER)?;
        let found = Order::Found {
            name: "和园里".to_owned(),
            relay: founder.proxy.relay(),
            token: TOKEN.to_owned(),
            roster: roster(),
        };
        founder.must(&found, "the community stands at the relay", |screen| {
            screen.phase == "Member" && screen.unsent == 0 && screen.seq > 0
        })?;
        self.show(&[FOUNDER])
    }

    fn report_without_signal(&mut self) -> Step<String> {
        self.teller.step(
            "楼道里没有信号：梅姐报修主管漏水，保存的一刻手机没电",
            "No signal in the stairwell: Mei reports a leak in the riser; her phone dies while saving",
        );
        let text = format!("主管接口漏水，水已经流到楼梯上 {CANARY}");
        let report = Order::Report {
            place: "stair/3-2".to_owned(),
            class: "burst_pipe".to_owned(),
            text: text.clone(),
        };
        let mei = self.phone(MEI)?;
        mei.proxy.cut();
        let draft = |text: &str| Order::Draft { name: "report".to_owned(), text: text.to_owned() };
        mei.must(&draft(&text), "the draft is kept", |screen| !screen.drafts.is_empty())?;
        mei.write(&report)?;
        mei.kill()?;
        mei.switch_on()?;
        let screen = mei.wait("the phone is on again", |screen| {
            screen.phase == "Member" && screen.drafts.iter().any(|draft| draft.contains(CANARY))
        })?;
        if screen.rows.is_empty() {
            self.teller.remark(
                "重新开机：草稿还在，没有存成半条；她再点一次",
                "On again: the draft is there, nothing half-saved; she taps once more",
            );
            self.phone(MEI)?.order(&report)?;
        } else {
            self.teller.remark("重新开机：报修已存好", "On again: the report was saved");
        }
        let mei = self.phone(MEI)?;
        let screen = mei.wait("the report is saved here", |screen| !screen.rows.is_empty())?;
        mei.order(&draft(""))?;
        let id = screen.rows.first().map(|row| row.id.clone()).unwrap_or_default();
        self.show(&[MEI, CHEN])?;
        self.teller.step(
            "信号恢复，报修到达每一部手机",
            "The signal returns; the report reaches every phone",
        );
        self.phone(MEI)?.proxy.mend();
        for at in 0..self.phones.len() {
            self.phone(at)?.wait("the report is here", |screen| {
                screen.rows.iter().filter(|row| row.id == id).count() == 1
            })?;
        }
        self.phone(MEI)?.wait("it is handed over", |screen| screen.unsent == 0)?;
        self.show(&[MEI, CHEN, WANG])?;
        Ok(id)
    }

    fn act_differently(&mut self, leak: &str) -> Step {
        self.teller.step(
            "陈楼长和王师傅都断了信号，各做各的决定",
            "Chen and Wang are both cut off and decide differently",
        );
        self.phone(CHEN)?.proxy.cut();
        self.phone(WANG)?.proxy.cut();
        let step = |step: &str, text: &str| Order::Step {
            id: leak.to_owned(),
            step: step.to_owned(),
            text: text.to_owned(),
        };
        let at = |word: &'static str| {
            move |screen: &Screen| screen.rows.iter().any(|row| row.status == word)
        };
        self.phone(CHEN)?.must(&step("accept", ""), "Chen accepted", at("accepted"))?;
        let refuse = step("refuse", "属于自来水公司的管道");
        self.phone(WANG)?.must(&refuse, "Wang refused", at("refused"))?;
        self.show(&[CHEN, WANG])?;
        self.teller.step(
            "中转服务被杀掉又重启；信号恢复，每部手机都看到同样的两个版本",
            "The relay is killed and restarted; the signal returns; every phone shows the same two versions",
        );
        self.relay.kill_and_restart()?;
        self.phone(CHEN)?.proxy.mend();
        self.phone(WANG)?.proxy.mend();
        for at in 0..self.phones.len() {
            let phone = self.phone(at)?;
            phone.order(&Order::Open(leak.to_owned()))?;
            phone.wait("both versions are here", |screen| {
                screen.rows.iter().any(|row| row.id == leak && row.conflict && row.versions == 2)
            })?;
        }
        self.show(&[FOUNDER, WANG, CHEN, MEI, LIN])
    }

    fn settle(&mut self, leak: &str) -> Step {
        self.teller.step("陈楼长定夺：保留受理", "Chen settles: the acceptance stands");
        let chen = self.phone(CHEN)?;
        let screen = chen.wait("the versions are shown", |screen| screen.detail.is_some())?;
        let detail = screen.detail.unwrap_or_else(|| unreachable_detail(leak));
        let keep = detail.steps.iter().find(|step| step.stands && step.status == "accepted");
        let keep = keep.map(|step| step.id.clone()).unwrap_or_default();
        chen.order(&Order::Step { id: leak.to_owned(), step: "settle".to_owned(), text: keep })?;
        self.all_show(leak, "accepted")?;
        self.show(&[CHEN, WANG, MEI])
    }

    /// Waits until every phone shows a repair in a state, without conflict.
    pub(super) fn all_show(&mut self, id: &str, status: &str) -> Step {
        for at in 0..self.phones.len() {
            self.phone(at)?.wait(&format!("{status} is shown"), |screen| {
                screen.rows.iter().any(|r| r.id == id && r.status == status && !r.conflict)
            })?;
        }
        Ok(())
    }

    pub(super) fn step_by(
        &mut self,
        at: usize,
        id: &str,
        step: &str,
        text: &str,
        status: &str,
    ) -> Step {
        self.phone(at)?.order(&Order::Step {
            id: id.to_owned(),
            step: step.to_owned(),
            text: text.to_owned(),
        })?;
        self.all_show(id, status)
    }

    /// Takes a photo and puts it to a draft.
    pub(super) fn photograph(&mut self, at: usize, draft: &str, name: &str) -> Step {
        let file = photo::take(self.folder, name)?.display().to_string();
        let phone = self.phone(at)?;
        phone.order(&Order::Attach { draft: draft.to_owned(), file })?;
        phone.wait("the photo is kept", |screen| screen.photos == 1).map(|_| ())
    }

    fn work(&mut self, leak: &str) -> Step {
        self.teller.step(
            "王师傅修好，梅姐说没修好，再修，梅姐确认",
            "Wang finishes, Mei reopens, Wang finishes again, Mei confirms",
        );
        let wang = self.phone(WANG)?.look()?;
        let wang = wang.devices.into_iter().find(|d| d.own).map(|d| d.person).unwrap_or_default();
        self.step_by(WANG, leak, "dispatch", &wang, "dispatched")?;
        self.step_by(WANG, leak, "arrive", "", "on_site")?;
        self.step_by(WANG, leak, "start", "", "working")?;
        self.photograph(WANG, DONE, "wang-1")?;
        self.step_by(WANG, leak, "claim_done", "换了接口", "done_claimed")?;
        self.step_by(MEI, leak, "reopen", "还在滴水", "reopened")?;
        self.show(&[MEI, WANG])?;
        self.step_by(WANG, leak, "start", "", "working")?;
        self.photograph(WANG, DONE, "wang-2")?;
        self.step_by(WANG, leak, "claim_done", "重新缠了生料带", "done_claimed")?;
        self.step_by(MEI, leak, "confirm", "", "confirmed")?;
        self.show(&[MEI, CHEN])
    }

    /// A report inside a home, after the office's key was renewed: the household still has the old
    /// key of its home, and is handed the new one.
    fn at_home(&mut self) -> Step {
        self.teller.step(
            "梅姐家里水龙头滴水：楼长和物业看得到，隔壁林家看不到",
            "A tap drips in Mei's home: head and office read it, Lin next door does not",
        );
        let report = Order::Report {
            place: "home/3-2-501".to_owned(),
            class: "water".to_owned(),
            text: "厨房水龙头滴水".to_owned(),
        };
        let screen = self.phone(MEI)?.must(&report, "reported", |s| s.rows.len() == 3)?;
        let tap = screen.rows.iter().find(|row| row.place.ends_with("501"));
        let tap = tap.map(|row| row.id.clone()).unwrap_or_default();
        let those = [FOUNDER, WANG, CHEN, MEI];
        let shows = |word: &'static str, id: String| {
            move |screen: &Screen| screen.rows.iter().any(|r| r.id == id && r.status == word)
        };
        for at in those {
            self.phone(at)?.wait("the tap is shown", shows("reported", tap.clone()))?;
        }
        let (id, step, text) = (tap.clone(), "accept".to_owned(), String::new());
        self.phone(CHEN)?.order(&Order::Step { id, step, text })?;
        for at in those {
            self.phone(at)?.wait("it is accepted", shows("accepted", tap.clone()))?;
        }
        let next_door = self.phone(LIN)?.look()?;
        if next_door.rows.iter().any(|row| row.id == tap) {
            return Err(Trouble::Other("next door reads what is none of theirs".to_owned()));
        }
        self.show(&[MEI, CHEN, LIN])
    }

    fn is_caught(&mut self) -> Step<bool> {
        let Some(lie) = self.lie else { return Ok(false) };
        let screen = self.phone(LIN)?.look()?;
        Ok(screen.alarms.iter().any(|alarm| alarm.word == lie.named()))
    }

    /// A phone has named the lie: says which, where, and whose pack shows it.
    fn caught(&mut self) -> Step<End> {
        for at in 0..self.phones.len() {
            let phone = self.phone(at)?;
            let (who, screen) = (phone.who.clone(), phone.look()?);
            if screen.alarms.is_empty() {
                continue;
            }
            self.teller.screen(&who, &screen);
            for alarm in screen.alarms {
                let device = alarm.device.unwrap_or_else(|| "?".to_owned());
                let (word, seq, detail) = (&alarm.word, alarm.seq, &alarm.detail);
                self.teller.say(
                    &format!(
                        "{who}抓到谎言：{word}，seq {seq}，设备 {device}（{}）",
                        alarm.sentence
                    ),
                    &format!("CAUGHT by {who}: {word} at seq {seq}, device {device} — {detail}"),
                );
                self.teller.summary(serde_json::json!({
                    "caught_by": who, "lie": alarm.word, "seq": alarm.seq, "device": device,
                }));
            }
        }
        Ok(End::Caught)
    }

    fn end(mut self, took: Duration) -> Step<End> {
        if let Some(lie) = self.lie {
            let told = self.phone(LIN)?.proxy.told();
            let word = lie.word();
            match told {
                None => self.teller.say(
                    &format!("谎言 {word} 没有碰上"),
                    &format!("the lie {word} was never met"),
                ),
                Some(told) => self.teller.say(
                    &format!("谎言 {word}（seq {}）没有被发现", told.seq),
                    &format!("the lie {word} at seq {} was not noticed", told.seq),
                ),
            }
            self.teller.summary(serde_json::json!({ "never_met": told.is_none() }));
            return Ok(if told.is_none() { End::Agreed } else { End::Disagreed });
        }
        // Everybody has read to the same end before the phones are compared.
        let last = self.phone(FOUNDER)?.look()?.seq;
        for at in 0..self.phones.len() {
            self.phone(at)?.wait("the log is read to its end", |screen| {
                screen.seq >= last && screen.unsent == 0 && screen.handed_over == 0
            })?;
        }
        for phone in &mut self.phones {
            phone.switch_off()?;
        }
        let wire: Vec<u8> = self.phones.iter().flat_map(|p| p.proxy.captured()).collect();
        let folders = self.phones.iter().map(|p| (p.who.clone(), p.folder.clone())).collect();
        summary::tell(folders, &self.folder.join("relay"), &wire, took, self.teller)
    }
}

fn unreachable_detail(id: &str) -> super::child::ScreenDetail {
    super::child::ScreenDetail { id: id.to_owned(), steps: Vec::new(), actions: Vec::new() }
}
