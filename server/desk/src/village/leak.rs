//! The leak in the riser: reported without signal, seen, disputed, settled, repaired.

use linli_wire::ids::hex;

use super::{
    Step,
    child::{DONE, Order, REPORT},
    day::{CANARY, CHEN, FOUNDER, LIN, MEI, Village, WANG, ZHOU},
    phone::Trouble,
    photo,
    screen::{Screen, ScreenRow},
};

/// How the leak is reported.
const LEAK: &str = "主管接口漏水";

impl Village<'_> {
    pub(super) fn report_without_signal(&mut self) -> Step<String> {
        self.teller.step(
            "楼道里没有信号：梅姐报修主管漏水，保存的一刻手机没电",
            "No signal in the stairwell: Mei reports a leak in the riser; her phone dies while saving",
        );
        let text = format!("{LEAK}，水已经流到楼梯上 {CANARY}");
        let report = Order::Report {
            place: "stair/3-2".to_owned(),
            class: "burst_pipe".to_owned(),
            text: text.clone(),
            on_behalf: None,
        };
        self.phone(MEI)?.proxy.cut();
        let draft = |text: &str| Order::Draft { name: REPORT.to_owned(), text: text.to_owned() };
        self.phone(MEI)?.must(&draft(&text), "the draft is kept", |s| !s.drafts.is_empty())?;
        self.photograph(MEI, REPORT, "leak")?;
        let mei = self.phone(MEI)?;
        mei.write(&report)?;
        mei.kill()?;
        mei.switch_on()?;
        let is_drafted = |screen: &Screen| screen.drafts.iter().any(|draft| draft.contains(CANARY));
        let is_leak = |row: &ScreenRow| row.excerpt.starts_with(LEAK);
        let screen = mei.wait("the phone is on again", |screen| {
            let kept = is_drafted(screen) && screen.photos == 1;
            screen.phase == "Member" && (kept || screen.rows.iter().any(is_leak))
        })?;
        if is_drafted(&screen) {
            self.teller.remark(
                "重新开机：草稿和照片还在，没有存成半条；她再点一次",
                "On again: the draft and its photo are there, nothing half-saved; she taps once more",
            );
            self.phone(MEI)?.order(&report)?;
        } else {
            self.teller.remark("重新开机：报修已存好", "On again: the report was saved");
        }
        let mei = self.phone(MEI)?;
        let screen = mei.wait("the report is saved here", |s| s.rows.iter().any(is_leak))?;
        mei.order(&draft(""))?;
        let id = screen.rows.iter().find(|row| is_leak(row)).map(|row| row.id.clone());
        let id = id.unwrap_or_default();
        self.show(&[MEI, CHEN])?;
        self.teller.step(
            "信号恢复，报修到达每一部手机",
            "The signal returns; the report reaches every phone",
        );
        self.phone(MEI)?.proxy.mend();
        for at in self.online() {
            self.phone(at)?.wait("the report is here", |screen| {
                screen.rows.iter().filter(|row| row.id == id).count() == 1
            })?;
        }
        self.phone(MEI)?.wait("it is handed over", |screen| screen.unsent == 0)?;
        self.show(&[MEI, CHEN, WANG])?;
        Ok(id)
    }

    /// The photo is read on another phone, without what the camera wrote into it.
    pub(super) fn look_at_the_photo(&mut self, leak: &str) -> Step {
        self.teller.step(
            "王师傅打开梅姐的照片：看得到漏水，看不到拍摄地点",
            "Wang opens Mei's photo: he sees the leak, and not where the camera was",
        );
        let wang = self.phone(WANG)?;
        let open = Order::Open(leak.to_owned());
        let screen = wang.must(&open, "the photo is named", |screen| {
            let detail = screen.detail.as_ref();
            detail.is_some_and(|detail| detail.id == leak && !detail.photos.is_empty())
        })?;
        let photo = screen.detail.and_then(|detail| detail.photos.into_iter().next());
        let look = Order::Picture(photo.unwrap_or_default());
        let screen = wang.must(&look, "the photo is shown", |screen| screen.picture.is_some())?;
        let bytes = screen.picture.unwrap_or_default();
        let has = |text: &str| bytes.contains(&hex(text.as_bytes()));
        if !bytes.starts_with("ffd8") || !has(photo::SEEN) || has(photo::WHERE) || has("Exif") {
            return Err(Trouble::Other("the photo is not what it should be".to_owned()));
        }
        self.teller.remark(
            &format!("照片 {} 字节，没有 EXIF", bytes.len() / 2),
            &format!("The photo has {} bytes and no EXIF", bytes.len() / 2),
        );
        self.show(&[WANG])
    }

    /// A second report of the same thing is merged into the first.
    pub(super) fn report_twice(&mut self, leak: &str) -> Step {
        self.teller.step(
            "林家又报同一处漏水，手机提示已有相同的；陈楼长把它并入梅姐的",
            "Lin reports the same leak although the phone shows Mei's; Chen merges it into hers",
        );
        let (place, class) = ("stair/3-2".to_owned(), "burst_pipe".to_owned());
        let alike = Order::Alike { place: place.clone(), class: class.clone() };
        self.phone(LIN)?.must(&alike, "Mei's report is suggested", |screen| {
            screen.alike.iter().any(|id| id == leak)
        })?;
        let text = "楼道里有水".to_owned();
        let again = Order::Report { place, class, text, on_behalf: None };
        let again = self.reported_by(LIN, &again)?;
        self.all_show(&again, "reported")?;
        self.step_by(CHEN, &again, "merge", leak, "merged")?;
        for at in self.online() {
            let open = Order::Open(leak.to_owned());
            self.phone(at)?.must(&open, "the main report names it", |screen| {
                let detail = screen.detail.as_ref().filter(|detail| detail.id == leak);
                let named = detail.is_some_and(|detail| detail.merged.contains(&again));
                let into = Some(leak);
                let row = screen.rows.iter().find(|row| row.id == again);
                named && row.is_some_and(|row| row.merged_into.as_deref() == into)
            })?;
        }
        self.show(&[LIN, CHEN])
    }

    pub(super) fn act_differently(&mut self, leak: &str) -> Step {
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
            move |screen: &Screen| screen.rows.iter().any(|r| r.id == leak && r.status == word)
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
        for at in self.online() {
            let phone = self.phone(at)?;
            phone.order(&Order::Open(leak.to_owned()))?;
            phone.wait("both versions are here", |screen| {
                screen.rows.iter().any(|row| row.id == leak && row.conflict && row.versions == 2)
            })?;
        }
        self.show(&[FOUNDER, WANG, CHEN, MEI, LIN])
    }

    pub(super) fn settle(&mut self, leak: &str) -> Step {
        self.teller.step("陈楼长定夺：保留受理", "Chen settles: the acceptance stands");
        let chen = self.phone(CHEN)?;
        let screen = chen.wait("the versions are shown", |screen| screen.detail.is_some())?;
        let steps = screen.detail.map(|detail| detail.steps).unwrap_or_default();
        let keep = steps.iter().find(|step| step.stands && step.status == "accepted");
        let keep = keep.map(|step| step.id.clone()).unwrap_or_default();
        chen.order(&Order::Step { id: leak.to_owned(), step: "settle".to_owned(), text: keep })?;
        self.all_show(leak, "accepted")?;
        self.show(&[CHEN, WANG, MEI])
    }

    pub(super) fn work(&mut self, leak: &str) -> Step {
        self.teller.step(
            "周调度派给王师傅；王师傅修好，梅姐说没修好，再修，梅姐确认",
            "Zhou hands it to Wang; Wang finishes, Mei reopens, Wang finishes again, Mei confirms",
        );
        let wang = self.person(WANG)?;
        self.step_by(ZHOU, leak, "hand", &wang, "dispatched")?;
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
}
