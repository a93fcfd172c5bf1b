//! How people join: invited, compared, approved.

use linli_wire::DeviceId;

use super::{
    Step,
    child::{Order, Screen},
    day::{CHEN, FOUNDER, Village},
    phone::Trouble,
};

impl Village<'_> {
    pub(super) fn join_all(&mut self) -> Step {
        self.teller.step(
            "大家凭邀请和六位数字加入，密钥当面核对",
            "Everybody joins by invitation and six digits compared face to face",
        );
        self.join("王师傅", "Wang", "property", "community", &[FOUNDER], None)?;
        self.join("陈楼长", "Chen", "head", "building/3", &[FOUNDER], None)?;
        if self.lie.is_some() {
            let chen = self.phone(CHEN)?.device()?;
            let chen = DeviceId::from_hex(&chen);
            let chen = chen.ok_or_else(|| Trouble::Other("no device".to_owned()))?;
            self.join("梅姐", "Mei", "owner", "unit/3-2-501", &[CHEN, FOUNDER], None)?;
            self.join_lied_to(chen)
        } else {
            self.join("梅姐", "Mei", "owner", "unit/3-2-501", &[CHEN, FOUNDER], None)?;
            self.join("林家", "Lin", "resident", "unit/3-2-502", &[CHEN], None)?;
            Ok(())
        }
    }

    fn join_lied_to(&mut self, target: DeviceId) -> Step {
        let at = self.join("林家", "Lin", "resident", "unit/3-2-502", &[CHEN], Some(target))?;
        self.show(&[at])
    }

    /// One person joins: invited by the first reviewer, approved by all of them.
    fn join(
        &mut self,
        zh: &str,
        en: &str,
        role: &str,
        scope: &str,
        reviewers: &[usize],
        lied_to_about: Option<DeviceId>,
    ) -> Step<usize> {
        let who = self.teller.pick(zh, en).to_owned();
        let issuer = *reviewers.first().ok_or_else(|| Trouble::Other("no reviewer".to_owned()))?;
        let before = self.phone(issuer)?.look()?.invitation;
        let invite = Order::Invite { role: role.to_owned(), scope: scope.to_owned() };
        let screen = self.phone(issuer)?.must(&invite, "the invitation is shown", |screen| {
            screen.invitation.is_some() && screen.invitation != before
        })?;
        let invite = screen.invitation.unwrap_or_default();
        let at = self.add(&who, lied_to_about.is_some())?;
        if let Some(target) = lied_to_about {
            self.phone(at)?.proxy.aim(target);
        }
        let newcomer = self.phone(at)?;
        newcomer.order(&Order::Join { invite, name: who.clone() })?;
        self.phone(issuer)?.wait("the application is here", |screen| waits(screen, &who))?;
        let code = self.phone(at)?.wait("the six digits are shown", |s| s.code.is_some())?.code;
        for reviewer in reviewers {
            self.approve(*reviewer, &who, code.as_ref(), None)?;
        }
        self.phone(at)?.wait("the newcomer is a member", |screen| {
            screen.phase == "Member" && screen.devices.iter().any(|d| d.own && !d.ended)
        })?;
        let code = code.unwrap_or_default();
        self.teller.remark(
            &format!("{who}：核对 {code}，已加入（{scope}）"),
            &format!("{who}: compared {code}, joined ({scope})"),
        );
        Ok(at)
    }

    pub(super) fn approve(
        &mut self,
        reviewer: usize,
        who: &str,
        code: Option<&String>,
        lost_phone: Option<String>,
    ) -> Step {
        let reviewer = self.phone(reviewer)?;
        let screen = reviewer.wait("the same six digits are shown", |screen| {
            screen.applicants.iter().any(|a| a.name == who && !a.decided && a.code.is_some())
        })?;
        let applicant = screen.applicants.into_iter().find(|a| a.name == who && !a.decided);
        let applicant = applicant.ok_or_else(|| Trouble::Other("no application".to_owned()))?;
        if applicant.code.as_ref() != code {
            return Err(Trouble::Other("the six digits differ".to_owned()));
        }
        let invite = applicant.invite;
        let approve = Order::Approve { invite: invite.clone(), lost_phone };
        reviewer.must(&approve, "the approval is in the log", |screen| {
            let decided = screen.applicants.iter().any(|a| a.invite == invite && a.decided);
            decided && screen.unsent == 0 && screen.handed_over == 0
        })?;
        Ok(())
    }
}

fn waits(screen: &Screen, who: &str) -> bool {
    screen.applicants.iter().any(|applicant| applicant.name == who && !applicant.decided)
}
