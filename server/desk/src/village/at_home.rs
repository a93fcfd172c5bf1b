//! What happens inside homes: a grandmother without a phone, and a tap that is nobody else's.

use super::{
    Step,
    child::{DONE, Order},
    day::{CHEN, FOUNDER, LIN, MEI, Village, WANG, ZHOU},
    phone::Trouble,
};

/// The home of somebody without a phone.
const GRANDMOTHER: &str = "3-1-201";

impl Village<'_> {
    /// A head acts for somebody without a phone: registers her, reports for her, and confirms with
    /// her mark.
    pub(super) fn act_for_grandmother(&mut self) -> Step {
        self.teller.step(
            "孙奶奶没有手机：陈楼长替她登记、报修，修好后凭她的手印确认",
            "Grandma Sun has no phone: Chen registers her, reports for her, and confirms with her mark",
        );
        let (role, scope) = ("resident".to_owned(), format!("unit/{GRANDMOTHER}"));
        let resident = format!("{role} {scope}");
        let lives = |(_, held): &&(String, String)| *held == resident;
        // The register names the home's owner, who lives elsewhere.
        self.phone(CHEN)?.order(&Order::People(GRANDMOTHER.to_owned()))?;
        let register = Order::Register { role, scope };
        let screen = self.phone(CHEN)?.must(&register, "she is registered", |screen| {
            screen.without_phone.iter().any(|person| lives(&person))
        })?;
        self.phone(CHEN)?.order(&Order::People(String::new()))?;
        let her = screen.without_phone.iter().find(lives).map(|(person, _)| person.clone());
        let report = Order::Report {
            place: format!("home/{GRANDMOTHER}"),
            class: "heating".to_owned(),
            text: "暖气不热".to_owned(),
            on_behalf: her.clone(),
        };
        let cold = self.reported_by(CHEN, &report)?;
        let those = [FOUNDER, WANG, CHEN, ZHOU];
        for at in those {
            let open = Order::Open(cold.clone());
            self.phone(at)?.must(&open, "it is reported for her", |screen| {
                let detail = screen.detail.as_ref().filter(|detail| detail.id == cold);
                detail.is_some_and(|detail| detail.on_behalf.is_some() && detail.on_behalf == her)
            })?;
        }
        self.show(&[CHEN, WANG])?;
        let wang = self.person(WANG)?;
        let mut step = |at: usize, word: &str, text: &str, status: &str| -> Step {
            if word == "claim_done" || word == "confirm" {
                self.photograph(at, DONE, &format!("cold-{word}"))?;
            }
            let (id, step, text) = (cold.clone(), word.to_owned(), text.to_owned());
            self.phone(at)?.order(&Order::Step { id, step, text })?;
            self.those_show(&those, &cold, status)
        };
        step(CHEN, "accept", "", "accepted")?;
        step(ZHOU, "hand", &wang, "dispatched")?;
        step(WANG, "arrive", "", "on_site")?;
        step(WANG, "start", "", "working")?;
        step(WANG, "claim_done", "放了气", "done_claimed")?;
        step(CHEN, "confirm", "", "confirmed")?;
        self.show(&[CHEN, ZHOU])
    }

    /// A report inside a home, after the office's key was renewed: the household still has the old
    /// key of its home, and is handed the new one.
    pub(super) fn at_home(&mut self) -> Step {
        self.teller.step(
            "梅姐家里水龙头滴水：楼长和物业看得到，隔壁林家看不到",
            "A tap drips in Mei's home: head and office read it, Lin next door does not",
        );
        let report = Order::Report {
            place: "home/3-2-501".to_owned(),
            class: "water".to_owned(),
            text: "厨房水龙头滴水".to_owned(),
            on_behalf: None,
        };
        let tap = self.reported_by(MEI, &report)?;
        let those = [FOUNDER, WANG, CHEN, MEI, ZHOU];
        self.those_show(&those, &tap, "reported")?;
        let (id, step, text) = (tap.clone(), "accept".to_owned(), String::new());
        self.phone(CHEN)?.order(&Order::Step { id, step, text })?;
        self.those_show(&those, &tap, "accepted")?;
        let next_door = self.phone(LIN)?.look()?;
        if next_door.rows.iter().any(|row| row.id == tap) {
            return Err(Trouble::Other("next door reads what is none of theirs".to_owned()));
        }
        self.show(&[MEI, CHEN, LIN])
    }
}
