//! What is known of a repair, folded from its facts in any order.

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::{FactId, PersonId};
use serde::{Deserialize, Serialize};

use super::{
    Place, Refusal, Report, rules,
    schema::{StepFields, read_report, read_step},
};
use crate::{
    kernel::{Author, Moment, Position, Written},
    law::RuleSet,
};

/// Where a repair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Reported, nobody has taken it up.
    Reported,
    /// Taken up.
    Accepted,
    /// Handed to somebody.
    Dispatched,
    /// Being worked on.
    Working,
    /// Said to be done.
    DoneClaimed,
    /// Agreed to be done.
    Confirmed,
    /// Not done after all.
    Reopened,
    /// Taken back.
    Withdrawn,
    /// Refused, with a reason.
    Refused,
}

impl Status {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Reported,
        Self::Accepted,
        Self::Dispatched,
        Self::Working,
        Self::DoneClaimed,
        Self::Confirmed,
        Self::Reopened,
        Self::Withdrawn,
        Self::Refused,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Accepted => "accepted",
            Self::Dispatched => "dispatched",
            Self::Working => "working",
            Self::DoneClaimed => "done_claimed",
            Self::Confirmed => "confirmed",
            Self::Reopened => "reopened",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }

    /// Tells whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Reported
            | Self::Accepted
            | Self::Dispatched
            | Self::Working
            | Self::DoneClaimed
            | Self::Reopened => true,
            Self::Confirmed | Self::Withdrawn | Self::Refused => false,
        }
    }
}

/// One step that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The fact.
    pub id: FactId,
    /// The state it led to.
    pub status: Status,
    /// Its author.
    pub author: Author,
    /// The author's own clock.
    pub at: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What its author saw.
    pub supersedes: Vec<FactId>,
    /// A note or a reason.
    pub note: Option<String>,
    /// Who it was handed to.
    pub assignee: Option<PersonId>,
    /// The version it kept, if it settled a conflict.
    pub keeps: Option<FactId>,
    /// How often the repair had been reopened, this step included.
    pub reopens: u32,
}

/// A repair as its facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The fact that began it.
    pub id: FactId,
    /// Where.
    pub place: Place,
    /// The class.
    pub class: String,
    /// What is wrong.
    pub text: String,
    /// The person who reported it, or for whom it was reported.
    pub reporter: PersonId,
    /// Every step that counts, the report first.
    pub versions: BTreeMap<FactId, Version>,
    /// Steps that their room refused: kept, shown, not counted.
    pub refused: Vec<(FactId, Refusal)>,
    /// Steps whose predecessor is not here yet.
    pub waiting: Vec<FactId>,
}

impl Repair {
    /// Returns the steps that nothing supersedes, in the order of the log.
    #[must_use]
    pub fn tips(&self) -> Vec<&Version> {
        let superseded: BTreeSet<&FactId> =
            self.versions.values().flat_map(|version| &version.supersedes).collect();
        let mut tips: Vec<&Version> =
            self.versions.values().filter(|version| !superseded.contains(&version.id)).collect();
        tips.sort_by_key(|version| order(version.place, version.id));
        tips
    }

    /// Tells whether several outcomes stand side by side.
    #[must_use]
    pub fn is_conflicted(&self) -> bool {
        let tips = self.tips();
        tips.iter().any(|tip| tips.first().is_some_and(|first| first.status != tip.status))
    }

    /// Returns where it stands; in a conflict, where the first version stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.tips().first().map_or(Status::Reported, |tip| tip.status)
    }

    /// Returns when it was reported: by the reporter's clock, but never after the relay's stamp.
    #[must_use]
    pub fn opened_at(&self) -> Moment {
        self.versions.get(&self.id).map_or(Moment(0), effective_at)
    }

    /// Returns when it last moved.
    #[must_use]
    pub fn changed_at(&self) -> Moment {
        self.versions.values().map(effective_at).max().unwrap_or_default()
    }

    /// Tells whether any step is not yet in the log.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.versions.values().any(|version| version.place.is_none())
    }
}

fn effective_at(version: &Version) -> Moment {
    version.place.map_or(version.at, |place| version.at.min(place.stamp))
}

/// The canonical order of facts: by place, those not in the log last, then by id.
fn order(place: Option<Position>, id: FactId) -> (u64, u16, FactId) {
    place.map_or((u64::MAX, u16::MAX, id), |place| (place.seq, place.index, id))
}

/// Folds a repair from its report and its steps, in whatever order they are given.
///
/// A step whose predecessors are not here waits; one that its author might not take is refused.
#[must_use]
pub fn fold(opening: &Written, steps: &[Written], law: &RuleSet) -> Repair {
    let report = read_report(&opening.fact).unwrap_or_else(|| Report {
        place: Place::Community,
        class: String::new(),
        text: String::new(),
        on_behalf: None,
    });
    let first = Version {
        id: opening.id,
        status: Status::Reported,
        author: opening.author.clone(),
        at: Moment(opening.fact.at),
        place: opening.place,
        supersedes: Vec::new(),
        note: None,
        assignee: None,
        keeps: None,
        reopens: 0,
    };
    let mut repair = Repair {
        id: opening.id,
        place: report.place,
        class: report.class,
        text: report.text,
        reporter: report.on_behalf.unwrap_or(opening.author.person),
        versions: BTreeMap::from([(opening.id, first)]),
        refused: Vec::new(),
        waiting: Vec::new(),
    };
    let mut left: Vec<&Written> = steps.iter().collect();
    left.sort_by_key(|step| order(step.place, step.id));
    loop {
        let before = left.len();
        left.retain(|step| !take(&mut repair, step, law));
        if left.len() == before {
            break;
        }
    }
    repair.waiting = left.iter().map(|step| step.id).collect();
    repair.refused.sort();
    repair
}

/// Takes a step if all its predecessors are known; returns whether it is dealt with.
fn take(repair: &mut Repair, step: &Written, law: &RuleSet) -> bool {
    let known = step.fact.supersedes.iter().all(|id| repair.versions.contains_key(id));
    if !known {
        // Built on a refused step: it can never count.
        let orphan =
            step.fact.supersedes.iter().any(|id| repair.refused.iter().any(|(r, _)| r == id));
        if orphan {
            repair.refused.push((step.id, Refusal::Unfounded));
        }
        return orphan;
    }
    match rules::admit(repair, &step.author, &step.fact, law) {
        Ok(()) => {
            if let Some(fields) = read_step(&step.fact) {
                repair.versions.insert(step.id, version(repair, step, fields));
            }
        }
        Err(refusal) => repair.refused.push((step.id, refusal)),
    }
    true
}

fn version(repair: &Repair, step: &Written, fields: StepFields) -> Version {
    let seen = step.fact.supersedes.iter().filter_map(|id| repair.versions.get(id));
    let reopens = seen.map(|version| version.reopens).max().unwrap_or_default();
    let settles = fields.keeps.is_some();
    let reopened = fields.status == Status::Reopened && !settles;
    Version {
        id: step.id,
        status: fields.status,
        author: step.author.clone(),
        at: Moment(step.fact.at),
        place: step.place,
        supersedes: step.fact.supersedes.clone(),
        note: fields.note,
        assignee: fields.assignee,
        keeps: fields.keeps,
        reopens: reopens.saturating_add(u32::from(reopened)),
    }
}
