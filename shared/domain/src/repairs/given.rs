//! Builders for tests: people with names, and repairs with a history.

use linli_wire::{DeviceId, DocumentId, PersonId, fact::Fact};

use super::{Event, Place, Repair, Report, Status, decide, fold};
use crate::{
    kernel::{Author, Draft, Duty, Moment, Position, Role, Scope, UnitCode, Written},
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
pub fn leak() -> Event {
    Event::Report(Report {
        place: Place::Stair { building: "3".to_owned(), stair: 2 },
        class: "burst_pipe".to_owned(),
        text: "主管漏水".to_owned(),
        on_behalf: None,
    })
}

/// Turns a draft into a written fact at a place; `seq` 0 is not in the log yet.
#[must_use]
pub fn written(draft: Draft, author: &Author, seq: u64) -> Written {
    let fact = Fact {
        kind: draft.kind,
        by: author.device,
        at: NOON.0,
        about: draft.about,
        fields: draft.fields,
        supersedes: draft.supersedes,
        sig: None,
    };
    let place = (seq > 0).then_some(Position { seq, index: 0, stamp: NOON });
    let id = fact.id(&DocumentId([0; 16]));
    Written { id, author: author.clone(), place, fact }
}

/// A repair with the facts that made it.
#[derive(Clone, Debug)]
pub struct Story {
    /// The report.
    pub opening: Written,
    /// The steps.
    pub steps: Vec<Written>,
    /// The rules in force.
    pub law: RuleSet,
}

impl Story {
    /// Mei reports a leak.
    ///
    /// # Panics
    /// If the rules would not let her.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a builder of tests")]
    pub fn new() -> Self {
        let law = RuleSet::national().unwrap();
        let draft = decide(None, &mei(), &leak(), NOON, &law).unwrap();
        Self { opening: written(draft, &mei(), 1), steps: Vec::new(), law }
    }

    /// Returns the repair as its facts tell it.
    #[must_use]
    pub fn repair(&self) -> Repair {
        fold(&self.opening, &self.steps, &self.law)
    }

    /// Takes a step on what stands.
    ///
    /// # Panics
    /// If the rules would not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a builder of tests")]
    pub fn then(mut self, author: &Author, event: &Event) -> Self {
        let draft = decide(Some(&self.repair()), author, event, NOON, &self.law).unwrap();
        let seq = u64::try_from(self.steps.len()).unwrap() + 2;
        self.steps.push(written(draft, author, seq));
        self
    }

    /// A repair that stands at a status, by the usual people.
    #[must_use]
    pub fn at(status: Status) -> Self {
        let dispatch = Event::Dispatch { to: wang().person };
        let done = Event::ClaimDone { note: "换了接口".to_owned() };
        let story = Self::new();
        let working = |story: Self| {
            story
                .then(&chen(), &Event::Accept)
                .then(&wang(), &dispatch)
                .then(&wang(), &Event::Start)
        };
        match status {
            Status::Reported => story,
            Status::Accepted => story.then(&chen(), &Event::Accept),
            Status::Dispatched => story.then(&chen(), &Event::Accept).then(&wang(), &dispatch),
            Status::Working => working(story),
            Status::DoneClaimed => working(story).then(&wang(), &done),
            Status::Confirmed => working(story).then(&wang(), &done).then(&mei(), &Event::Confirm),
            Status::Reopened => working(story)
                .then(&wang(), &done)
                .then(&mei(), &Event::Reopen { reason: "还在滴".to_owned() }),
            Status::Withdrawn => story.then(&mei(), &Event::Withdraw),
            Status::Refused => {
                story.then(&wang(), &Event::Refuse { reason: "不归物业管".to_owned() })
            }
        }
    }
}

impl Default for Story {
    fn default() -> Self {
        Self::new()
    }
}
