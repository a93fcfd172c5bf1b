//! How people join: invited, compared, approved.

use linli_wire::DeviceId;

use super::{
    Step,
    child::{Order, Whose},
    day::{CHEN, FOUNDER, LIN, Village},
    phone::Trouble,
    screen::Screen,
};

/// Somebody who joins.
struct Newcomer<'a> {
    zh: &'a str,
    en: &'a str,
    role: &'a str,
    scope: &'a str,
    /// Days until the last one, where there is one.
    days: Option<i64>,
    /// Who invites, and who else approves.
    reviewers: &'a [usize],
    /// Which owner of the register it is, counted from 1.
    co_owner: Option<u16>,
}

/// Everybody but the founder, in the order of the phones.
const NEWCOMERS: [Newcomer<'static>; 6] = [
    newcomer("王师傅", "Wang", "property", "community", &[FOUNDER]),
    newcomer("陈楼长", "Chen", "head", "building/3", &[FOUNDER]),
    Newcomer {
        // The register names two owners of this home; she is the first.
        co_owner: Some(1),
        ..newcomer("梅姐", "Mei", "owner", "unit/3-2-501", &[CHEN, FOUNDER])
    },
    newcomer("林家", "Lin", "resident", "unit/3-2-502", &[CHEN]),
    newcomer("周调度", "Zhou", "property", "community", &[FOUNDER]),
    Newcomer { days: Some(365), ..newcomer("高租户", "Gao", "tenant", "unit/3-2-601", &[CHEN]) },
];

const fn newcomer<'a>(
    zh: &'a str,
    en: &'a str,
    role: &'a str,
    scope: &'a str,
    reviewers: &'a [usize],
) -> Newcomer<'a> {
    Newcomer { zh, en, role, scope, days: None, reviewers, co_owner: None }
}

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3600 * 1000;

impl Village<'_> {
    pub(super) fn join_all(&mut self) -> Step {
        self.teller.step(
            "大家凭邀请和六位数字加入，密钥当面核对",
            "Everybody joins by invitation and six digits compared face to face",
        );
        for newcomer in &NEWCOMERS {
            let lied_to = self.lie.is_some() && self.phones.len() == LIN;
            let target = if lied_to { Some(self.device_of(CHEN)?) } else { None };
            let at = self.join(newcomer, target)?;
            if lied_to {
                self.show(&[at])?;
            }
        }
        Ok(())
    }

    fn device_of(&mut self, at: usize) -> Step<DeviceId> {
        let device = DeviceId::from_hex(&self.phone(at)?.device()?);
        device.ok_or_else(|| Trouble::Other("no device".to_owned()))
    }

    /// One person joins: invited by the first reviewer, approved by all of them.
    fn join(&mut self, person: &Newcomer<'_>, lied_to_about: Option<DeviceId>) -> Step<usize> {
        let who = self.teller.pick(person.zh, person.en).to_owned();
        let none = || Trouble::Other("no reviewer".to_owned());
        let issuer = *person.reviewers.first().ok_or_else(none)?;
        let before = self.phone(issuer)?.look()?.invitation;
        let to_ms = person.days.map(|days| linli_io::clock::now().0 + days * DAY_MS);
        let (role, scope) = (person.role.to_owned(), person.scope.to_owned());
        let invite = Order::Invite { role, scope, to_ms };
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
        let whose = person.co_owner.map_or(Whose::New, Whose::CoOwner);
        for reviewer in person.reviewers {
            self.approve(*reviewer, &who, code.as_ref(), &whose)?;
        }
        self.phone(at)?.wait("the newcomer is a member", |screen| screen.phase == "Member")?;
        let (code, scope) = (code.unwrap_or_default(), person.scope);
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
        whose: &Whose,
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
        let approve = Order::Approve { invite: invite.clone(), who: whose.clone() };
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
