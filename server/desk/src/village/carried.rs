//! A phone without a net all day, whose clock was behind: what it reported is late when it comes, and
//! comes by another phone.

use linli_domain::{
    kernel::Moment,
    repairs::{Event, Place, Report},
};
use linli_io::{SystemChance, clock};
use linli_replica::{Ask, Done};

use super::{
    Step,
    child::Order,
    day::{GAO, MEI, Village, ZHOU},
    phone::Trouble,
    summary,
};

/// What she reports.
const DOOR: &str = "单元门关不上";

/// How far the phone's clock was behind.
const BEHIND_MS: i64 = 2 * 3600 * 1000;

impl Village<'_> {
    /// Somebody reports with a phone whose clock is wrong.
    ///
    /// A replica reads no clock: it is told a time two hours back, as such a phone would tell it. The
    /// phone's own process begins with its clock set right.
    pub(super) fn report_with_a_slow_clock(&mut self) -> Step<String> {
        self.teller.step(
            "高租户的手机今天没有网络，报单元门坏了时手机时钟慢两小时；时钟调准，这条已经超时",
            "Gao's phone has no net today, and its clock was two hours behind when she reported the \
             stair's door: set right, it shows the report late",
        );
        let gao = self.phone(GAO)?;
        gao.switch_off()?;
        gao.proxy.cut();
        let mut replica = summary::open(&gao.folder).map_err(Trouble::Other)?;
        let place = Place::parse("stair/3-2").ok_or_else(|| Trouble::Other("no place".into()))?;
        let report = Event::Report(Report::new(place, "door", DOOR));
        let written = Moment(clock::now().0 - BEHIND_MS);
        let done = replica.ask(&Ask::repair(None, report), 0, written, &mut SystemChance);
        drop(replica);
        let Done::Written(door) = done.map_err(|error| Trouble::Other(error.to_string()))? else {
            return Err(Trouble::Other("the report is held".to_owned()));
        };
        let (door, gao) = (door.to_hex(), self.phone(GAO)?);
        gao.switch_on()?;
        gao.wait("her own report is late", |screen| {
            screen.rows.iter().any(|row| row.id == door && row.late && row.pending)
        })?;
        self.show(&[GAO])?;
        Ok(door)
    }

    /// Another phone carries what waits on hers.
    pub(super) fn carry(&mut self, door: &str) -> Step {
        self.teller.step(
            "高租户把没送出的交给梅姐的手机捎带：每部手机都看到她的报修已超时",
            "Gao hands what is not sent to Mei's phone to carry: every phone shows her report late",
        );
        let bag = self.phone(GAO)?;
        let screen =
            bag.must(&Order::ShareOutbox, "the file is shared", |screen| screen.shared.is_some())?;
        // What the share sheet does: the file comes to the other phone.
        let file = self.folder.join("carried.linli");
        std::fs::copy(screen.shared.unwrap_or_default(), &file)?;
        self.phone(MEI)?.order(&Order::Carry(file.display().to_string()))?;
        for at in self.online() {
            self.phone(at)?.wait("the carried report is here, and late", |screen| {
                screen.rows.iter().any(|row| row.id == door && row.late)
            })?;
        }
        self.show(&[GAO, MEI])?;
        self.step_by(ZHOU, door, "accept", "", "accepted")?;
        self.show(&[ZHOU])
    }

    /// The phone has its own net again: what was carried counts once.
    pub(super) fn back_online(&mut self, door: &str) -> Step {
        self.teller.step(
            "高租户的手机有网络了：捎带过的报修只算一次",
            "Gao's phone has its net again: what was carried counts once",
        );
        self.phone(GAO)?.proxy.mend();
        for at in self.online() {
            let screen = self.phone(at)?.wait("it is taken up, and still late", |screen| {
                let shown = |row: &super::screen::ScreenRow| {
                    row.id == door && row.status == "accepted" && row.late && !row.pending
                };
                screen.rows.iter().any(shown) && screen.unsent == 0 && screen.handed_over == 0
            })?;
            let doors = screen.rows.iter().filter(|row| row.excerpt == DOOR);
            if doors.count() != 1 {
                return Err(Trouble::Other("the carried report counts twice".to_owned()));
            }
        }
        self.show(&[GAO])
    }
}
