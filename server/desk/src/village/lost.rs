//! A phone is lost, a thief tries, a forger tries, and the phone is replaced.

use linli_wire::{CommunityId, DeviceId};

use super::{
    Step,
    child::{DONE, Order, Whose},
    day::{CHEN, FOUNDER, LIN, MEI, Village, WANG, ZHOU},
    forger,
    phone::{Phone, Trouble},
    proxy::Proxy,
};

impl Village<'_> {
    pub(super) fn lose_a_phone(&mut self) -> Step {
        self.teller.step(
            "王师傅正在修楼道灯，手机丢了；方主任注销它，换了新钥匙",
            "Wang's phone is lost while he repairs the stair light; Fang revokes it and keys are renewed",
        );
        let lamp = Order::Report {
            place: "stair/3-2".to_owned(),
            class: "lighting".to_owned(),
            text: "五楼楼道灯不亮".to_owned(),
            on_behalf: None,
        };
        let lamp = self.reported_by(LIN, &lamp)?;
        self.all_show(&lamp, "reported")?;
        let wang = self.phone(WANG)?.look()?;
        let own = wang.devices.into_iter().find(|device| device.own);
        let own = own.ok_or_else(|| Trouble::Other("no device".to_owned()))?;
        self.step_by(CHEN, &lamp, "accept", "", "accepted")?;
        self.step_by(WANG, &lamp, "dispatch", &own.person, "dispatched")?;
        self.step_by(WANG, &lamp, "arrive", "", "on_site")?;
        self.step_by(WANG, &lamp, "start", "", "working")?;
        self.phone(WANG)?.proxy.cut();
        let device = own.device.clone();
        self.phone(FOUNDER)?.must(
            &Order::Revoke(own.device),
            "the revocation is in the log",
            |screen| {
                let ended = screen.devices.iter().any(|d| d.device == device && d.ended);
                ended && screen.unsent == 0 && screen.handed_over == 0
            },
        )?;
        self.show(&[FOUNDER, LIN])?;
        self.teller.step(
            "小偷用王师傅的手机把灯报成修好：每部手机都把它放到一边",
            "A thief claims the lamp done with Wang's phone: every phone sets it aside",
        );
        self.photograph(WANG, DONE, "thief")?;
        let thief = self.phone(WANG)?;
        let claim = Order::Step {
            id: lamp.clone(),
            step: "claim_done".to_owned(),
            text: "修好了".to_owned(),
        };
        thief.must(&claim, "the thief sees it done", |screen| {
            screen.rows.iter().any(|row| row.id == lamp && row.status == "done_claimed")
        })?;
        thief.proxy.mend();
        for at in [FOUNDER, CHEN, MEI, LIN, ZHOU] {
            self.phone(at)?.wait("the thief's step is set aside", |screen| {
                screen.set_aside.iter().any(|(_, verdict)| verdict == "quarantined")
                    && screen.rows.iter().any(|r| r.id == lamp && r.status == "working")
            })?;
        }
        self.show(&[FOUNDER, CHEN, MEI, LIN, ZHOU])?;
        self.forge()
    }

    fn forge(&mut self) -> Step {
        self.teller.step(
            "有人冒梅姐之名伪造一包：中转服务不收",
            "Somebody forges a pack in Mei's name: the relay refuses it",
        );
        let mei = self.phone(MEI)?.device()?;
        let mei = DeviceId::from_hex(&mei).ok_or_else(|| Trouble::Other("no device".to_owned()))?;
        let community = self.community()?;
        let thief = self.phone(WANG)?.folder.clone();
        let status = forger::forge(&thief, community, mei, self.relay.address)?;
        if status != 422 {
            return Err(Trouble::Other(format!("the forged pack was answered with {status}")));
        }
        self.teller
            .remark("已拒收（422，签名不符）", "Refused (422, the signature does not match)");
        Ok(())
    }

    /// Reads the community's id off an invitation.
    fn community(&mut self) -> Step<CommunityId> {
        let invitation = self.phone(FOUNDER)?.look()?.invitation.unwrap_or_default();
        let invite = linli_replica::invite::Invite::parse(&invitation)
            .map_err(|error| Trouble::Other(error.to_string()))?;
        Ok(invite.community())
    }

    pub(super) fn replace_the_phone(&mut self) -> Step {
        self.teller.step(
            "王师傅拿到新手机，重新加入，读到全部历史",
            "Wang gets a new phone, joins anew and reads all of the history",
        );
        let old = self.phone(WANG)?.device()?;
        let history = self.phone(WANG)?.look()?.rows.len();
        let mut lost = self.phones.remove(WANG);
        lost.switch_off()?;
        let who = lost.who.clone();
        let before = self.phone(FOUNDER)?.look()?.invitation;
        let invite = Order::Invite {
            role: "property".to_owned(),
            scope: "community".to_owned(),
            to_ms: None,
        };
        let screen = self.phone(FOUNDER)?.must(&invite, "the invitation is shown", |screen| {
            screen.invitation.is_some() && screen.invitation != before
        })?;
        let proxy = Proxy::start(self.relay.address, None)?;
        let folder = self.folder.join("phone-1-new");
        let mut new = Phone::start(&who, &folder, proxy, self.language)?;
        let invite = screen.invitation.unwrap_or_default();
        new.order(&Order::Join { invite, name: who.clone() })?;
        let code = new.wait("the six digits are shown", |screen| screen.code.is_some())?.code;
        self.phones.insert(WANG, new);
        // A staff member's new phone takes two: somebody of the committee, and the head.
        let whose = Whose::LostPhoneOf(old);
        self.approve(FOUNDER, &who, code.as_ref(), &whose)?;
        self.approve(CHEN, &who, code.as_ref(), &whose)?;
        self.phone(WANG)?.wait("all repairs are here", |screen| screen.rows.len() == history)?;
        self.show(&[WANG])
    }
}
