//! Builders for tests: people with names, and repairs with a history.

use linli_wire::{DeviceId, DocumentId, FactId, Hash, PersonId, fact::Fact};

use super::{Assignment, Event, Place, Referral, Repair, Report, Status, decide, fold};
use crate::{
    kernel::{
        Attachment, AttachmentKind, Author, BlobKey, Draft, Duty, Fen, Moment, Position, Role,
        Scope, UnitCode, Written,
    },
    law::RuleSet,
};

/// Noon of some day.
pub const NOON: Moment = Moment(1_795_500_000_000);

fn person(byte: u8, duties: Vec<Duty>) -> Author {
    Author { device: DeviceId([byte; 32]), person: PersonId([byte; 16]), duties, staff: Vec::new() }
}

fn duty(role: Role, scope: Scope) -> Vec<Duty> {
    vec![Duty { role, scope }]
}

/// The unit 3-2-501, Mei's.
#[must_use]
pub fn mei_unit() -> Option<UnitCode> {
    UnitCode::new("3", 2, "501")
}

fn unit(room: &str, building: &str) -> Scope {
    UnitCode::new(building, 2, room).map_or(Scope::Community, Scope::Unit)
}

/// Mei, owner of 3-2-501: she reports.
#[must_use]
pub fn mei() -> Author {
    person(1, duty(Role::Owner, unit("501", "3")))
}

/// Lin, who lives in 3-2-502 and owns nothing.
#[must_use]
pub fn lin() -> Author {
    person(2, duty(Role::Resident, unit("502", "3")))
}

/// Gao, owner of 3-2-601.
#[must_use]
pub fn gao() -> Author {
    person(3, duty(Role::Owner, unit("601", "3")))
}

/// Chen, head of building 3.
#[must_use]
pub fn chen() -> Author {
    person(4, duty(Role::Head, Scope::Building("3".to_owned())))
}

/// Wang of the property company.
#[must_use]
pub fn wang() -> Author {
    person(5, duty(Role::Property, Scope::Community))
}

/// Fang of the committee.
#[must_use]
pub fn fang() -> Author {
    person(6, duty(Role::Committee, Scope::Community))
}

/// Zhao, head of building 1: out of scope.
#[must_use]
pub fn zhao() -> Author {
    person(7, duty(Role::Head, Scope::Building("1".to_owned())))
}

/// A stranger without any right.
#[must_use]
pub const fn stranger() -> Author {
    Author::nobody(DeviceId([9; 32]))
}

/// A leak in the riser of stair 3-2.
#[must_use]
pub fn leak() -> Report {
    let stair = Place::Stair { building: "3".to_owned(), stair: 2 };
    Report::new(stair, "burst_pipe", "主管漏水")
}

/// A complaint about the company, at stair 3-2.
#[must_use]
pub fn grievance() -> Report {
    let stair = Place::Stair { building: "3".to_owned(), stair: 2 };
    Report {
        target: Some(Role::Property), ..Report::new(stair, "complaint_service", "没人扫楼道")
    }
}

/// A photo that was never taken.
#[must_use]
pub fn photo() -> Attachment {
    Attachment {
        kind: AttachmentKind::Photo,
        key: BlobKey([7; 32]),
        parts: vec![Hash([7; 32])],
        bytes: 1,
        turn: 1,
    }
}

/// Every event that moves a repair, with texts and people that fit.
#[must_use]
pub fn events() -> Vec<Event> {
    let text = || "一句话".to_owned();
    let place = leak().place;
    vec![
        Event::Accept,
        Event::Merge { into: FactId([9; 16]) },
        Event::Refuse { reason: text() },
        Event::Refer { to: Referral::Utility, reason: text() },
        Event::VerifyPlace { place },
        Event::Dispatch { to: wang().person, how: Assignment::Hand, slot: None },
        Event::Arrive,
        Event::ProposePlan { text: text(), estimate: Fen::new(21_003) },
        Event::ApprovePlan { reason: text() },
        Event::AwaitVote,
        Event::Start,
        Event::Pause { reason: text(), until: later(60) },
        Event::ClaimDone { note: text(), photos: vec![photo()] },
        Event::Confirm { mark: None },
        Event::Reopen { reason: text(), photos: Vec::new() },
        Event::Rate { stars: 4, text: String::new() },
        Event::Archive,
        Event::Withdraw,
    ]
}

/// Some minutes after noon.
#[must_use]
pub const fn later(minutes: i64) -> Moment {
    Moment(NOON.0.saturating_add(minutes.saturating_mul(60_000)))
}

/// Turns a draft into a written fact at a place; `seq` 0 is not in the log yet.
#[must_use]
pub fn written(draft: Draft, author: &Author, seq: u64) -> Written {
    written_at(draft, author, seq, NOON)
}

/// Turns a draft into a fact written at a moment, at a place with that stamp.
#[must_use]
pub fn written_at(draft: Draft, author: &Author, seq: u64, at: Moment) -> Written {
    let fact = Fact {
        kind: draft.kind,
        by: author.device,
        at: at.0,
        about: draft.about,
        fields: draft.fields,
        supersedes: draft.supersedes,
        sig: None,
    };
    let place = (seq > 0).then_some(Position { seq, index: 0, stamp: at });
    let id = fact.id(&DocumentId([0; 16]));
    Written { id, author: author.clone(), place, fact }
}

/// A repair with the facts that made it.
#[derive(Clone, Debug)]
pub struct Story {
    /// The report.
    pub opening: Written,
    /// The steps and notes.
    pub steps: Vec<Written>,
    /// The rules in force.
    pub law: RuleSet,
}

impl Story {
    /// Mei reports a leak.
    #[must_use]
    pub fn new() -> Self {
        Self::begins(&mei(), leak())
    }

    /// Somebody reports something.
    ///
    /// # Panics
    /// If the rules would not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a builder of tests")]
    pub fn begins(author: &Author, report: Report) -> Self {
        let law = RuleSet::national().unwrap();
        let draft = decide(None, author, &Event::Report(report), NOON, &law).unwrap();
        Self { opening: written(draft, author, 1), steps: Vec::new(), law }
    }

    /// Returns the repair as its facts tell it.
    #[must_use]
    pub fn repair(&self) -> Repair {
        fold(&self.opening, &self.steps, &self.law)
    }

    /// Takes a step at noon on what stands.
    #[must_use]
    pub fn then(self, author: &Author, event: &Event) -> Self {
        self.then_at(0, author, event)
    }

    /// Takes a step some minutes after noon on what stands.
    ///
    /// # Panics
    /// If the rules would not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a builder of tests")]
    pub fn then_at(mut self, minutes: i64, author: &Author, event: &Event) -> Self {
        let now = later(minutes);
        let draft = decide(Some(&self.repair()), author, event, now, &self.law).unwrap();
        let seq = u64::try_from(self.steps.len()).unwrap() + 2;
        self.steps.push(written_at(draft, author, seq, now));
        self
    }

    /// Leads it to a status, by the usual people; Fang closes what the company may not.
    ///
    /// # Panics
    /// If the rules would not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a builder of tests")]
    pub fn at(self, status: Status) -> Self {
        let (reporter, closer) = match self.repair().target() {
            Some(_) => (lin(), fang()),
            None => (mei(), wang()),
        };
        let via = |before: Status, author: &Author, find: fn(&Event) -> bool| {
            let event = events().into_iter().find(find).unwrap();
            self.clone().at(before).then(author, &event)
        };
        match status {
            Status::Reported => self,
            Status::Merged => via(Status::Reported, &closer, |e| matches!(e, Event::Merge { .. })),
            Status::Refused => {
                via(Status::Reported, &closer, |e| matches!(e, Event::Refuse { .. }))
            }
            Status::Referred => {
                via(Status::Reported, &closer, |e| matches!(e, Event::Refer { .. }))
            }
            Status::Withdrawn => via(Status::Reported, &reporter, |e| *e == Event::Withdraw),
            Status::Accepted => via(Status::Reported, &chen(), |e| *e == Event::Accept),
            Status::PlaceVerified => {
                via(Status::Accepted, &chen(), |e| matches!(e, Event::VerifyPlace { .. }))
            }
            Status::Dispatched => {
                via(Status::PlaceVerified, &wang(), |e| matches!(e, Event::Dispatch { .. }))
            }
            Status::OnSite => via(Status::Dispatched, &wang(), |e| *e == Event::Arrive),
            Status::PlanProposed => {
                via(Status::OnSite, &wang(), |e| matches!(e, Event::ProposePlan { .. }))
            }
            Status::VotePending => via(Status::PlanProposed, &fang(), |e| *e == Event::AwaitVote),
            Status::Approved => {
                via(Status::PlanProposed, &fang(), |e| matches!(e, Event::ApprovePlan { .. }))
            }
            Status::Working => via(Status::OnSite, &wang(), |e| *e == Event::Start),
            Status::Paused => via(Status::Working, &wang(), |e| matches!(e, Event::Pause { .. })),
            Status::DoneClaimed => {
                via(Status::Working, &wang(), |e| matches!(e, Event::ClaimDone { .. }))
            }
            Status::Confirmed => {
                via(Status::DoneClaimed, &reporter, |e| matches!(e, Event::Confirm { .. }))
            }
            Status::Reopened => {
                via(Status::DoneClaimed, &reporter, |e| matches!(e, Event::Reopen { .. }))
            }
            Status::Rated => via(Status::Confirmed, &reporter, |e| matches!(e, Event::Rate { .. })),
            Status::Archived => via(Status::Confirmed, &fang(), |e| *e == Event::Archive),
        }
    }
}

impl Default for Story {
    fn default() -> Self {
        Self::new()
    }
}
