//! What is known of a repair, folded from its facts in any order.

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::{FactId, PersonId};

use super::{
    Place, Refusal, Report, Slot, Status, Step, rules,
    schema::{NoteFields, kind, read_note, read_report, read_step},
};
use crate::{
    kernel::{Author, Moment, Position, Role, Written, order_of},
    law::RuleSet,
};

/// One step that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The fact.
    pub id: FactId,
    /// What it says; of a settled conflict, what the version says that was kept.
    pub step: Step,
    /// Its author.
    pub author: Author,
    /// The author's own clock.
    pub at: Moment,
    /// When it counts as written: the author's clock, within what the log and the steps before it
    /// allow.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What its author saw.
    pub supersedes: Vec<FactId>,
    /// Whether it settled a conflict.
    pub settles: bool,
    /// How often the repair had been reopened, this step included.
    pub reopens: u32,
    /// Where it really is, as far as somebody has seen it by then.
    pub verified: Option<Place>,
    /// Who it is handed to by then.
    pub assignee: Option<PersonId>,
    /// The visit agreed by then.
    pub visit: Option<Slot>,
}

impl Version {
    /// Returns the state it led to.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.step.status
    }
}

/// Something said about a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: NoteFields,
    /// Its author.
    pub author: Author,
    /// The author's own clock.
    pub at: Moment,
    /// When it counts as written.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// A repair as its facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The fact that began it.
    pub id: FactId,
    /// What was reported.
    pub report: Report,
    /// The person who reported it, or for whom it was reported.
    pub reporter: PersonId,
    /// Every step that counts, the report first.
    pub versions: BTreeMap<FactId, Version>,
    /// What was said about it, in time.
    pub notes: Vec<Note>,
    /// Facts that their room refused: kept, shown, not counted.
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
        tips.sort_by_key(|version| order_of(version.place, version.id));
        tips
    }

    /// Returns the first of the steps that stand.
    #[must_use]
    pub fn tip(&self) -> Option<&Version> {
        self.tips().first().copied()
    }

    /// Tells whether several outcomes stand side by side.
    #[must_use]
    pub fn is_conflicted(&self) -> bool {
        let tips = self.tips();
        tips.iter().any(|tip| tips.first().is_some_and(|first| first.status() != tip.status()))
    }

    /// Returns where it stands; in a conflict, where the first version stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.tip().map_or(Status::Reported, Version::status)
    }

    /// Tells whether somebody still has to do something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_conflicted() || self.tips().iter().any(|tip| tip.status().is_open())
    }

    /// Returns where it really is: as somebody saw it, else as it was reported.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.tip().and_then(|tip| tip.verified.as_ref()).unwrap_or(&self.report.place)
    }

    /// Returns whom a complaint is about.
    #[must_use]
    pub const fn target(&self) -> Option<Role> {
        self.report.target
    }

    /// Returns when it was reported.
    #[must_use]
    pub fn opened_at(&self) -> Moment {
        self.versions.get(&self.id).map_or(Moment(0), |version| version.when)
    }

    /// Returns when it last moved or something was said.
    #[must_use]
    pub fn changed_at(&self) -> Moment {
        let steps = self.versions.values().map(|version| version.when);
        steps.chain(self.notes.iter().map(|note| note.when)).max().unwrap_or_default()
    }

    /// Tells whether anything is not yet in the log.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.versions.values().any(|version| version.place.is_none())
            || self.notes.iter().any(|note| note.place.is_none())
    }

    /// Returns the persons who have the same trouble, the reporter not counted.
    #[must_use]
    pub fn me_too(&self) -> BTreeSet<PersonId> {
        let notes = self.notes.iter().filter(|note| note.fields.kind == super::NoteKind::MeToo);
        notes.map(|note| note.author.person).filter(|person| *person != self.reporter).collect()
    }

    /// Returns the times that were offered for a visit: the latest offer counts.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        let mut notes = self.notes.iter().rev();
        let latest = notes.find(|note| note.fields.kind == super::NoteKind::Slots);
        latest.map_or(&self.report.slots, |note| &note.fields.slots)
    }

    /// Returns the steps that led to the first that stands, in time.
    #[must_use]
    pub fn path(&self) -> Vec<&Version> {
        let mut seen = BTreeSet::new();
        let mut left: Vec<FactId> = self.tip().map(|tip| tip.id).into_iter().collect();
        while let Some(id) = left.pop() {
            if seen.insert(id)
                && let Some(version) = self.versions.get(&id)
            {
                left.extend(&version.supersedes);
            }
        }
        let mut path: Vec<&Version> = seen.iter().filter_map(|id| self.versions.get(id)).collect();
        path.sort_by_key(|version| (version.when, order_of(version.place, version.id)));
        path
    }
}

/// Folds a repair from its report and what is about it, in whatever order they are given.
///
/// A step whose predecessors are not here waits; one that its author might not take is refused.
#[must_use]
pub fn fold(opening: &Written, later: &[Written], law: &RuleSet) -> Repair {
    let report =
        read_report(&opening.fact).unwrap_or_else(|| Report::new(Place::Community, "", ""));
    let reporter = report.on_behalf.unwrap_or(opening.author.person);
    let mut repair = Repair {
        id: opening.id,
        versions: BTreeMap::from([(opening.id, first(opening, law))]),
        report,
        reporter,
        notes: Vec::new(),
        refused: Vec::new(),
        waiting: Vec::new(),
    };
    let mut left: Vec<&Written> = later.iter().collect();
    left.sort_by_key(|step| step.order());
    for note in left.iter().filter(|fact| fact.fact.kind == kind::NOTE) {
        take_note(&mut repair, note, law);
    }
    left.retain(|fact| fact.fact.kind != kind::NOTE);
    repair.notes.sort_by_key(|note| (note.when, note.id));
    loop {
        let before = left.len();
        left.retain(|step| !take_step(&mut repair, step, law));
        if left.len() == before {
            break;
        }
    }
    repair.waiting = left.iter().map(|step| step.id).collect();
    repair.refused.sort();
    repair
}

fn first(opening: &Written, law: &RuleSet) -> Version {
    let at = opening.fact.at;
    Version {
        id: opening.id,
        step: Step::to(Status::Reported),
        author: opening.author.clone(),
        at: Moment(at),
        when: opening.when(Moment(i64::MIN), law.repairs.late_sync_days_max),
        place: opening.place,
        supersedes: Vec::new(),
        settles: false,
        reopens: 0,
        verified: None,
        assignee: None,
        visit: None,
    }
}

fn take_note(repair: &mut Repair, note: &Written, law: &RuleSet) {
    match rules::admit(repair, &note.author, &note.fact, law) {
        Ok(()) => {
            let Some(fields) = read_note(&note.fact) else { return };
            repair.notes.push(Note {
                id: note.id,
                fields,
                author: note.author.clone(),
                at: Moment(note.fact.at),
                when: note.when(repair.opened_at(), law.repairs.late_sync_days_max),
                place: note.place,
            });
        }
        Err(refusal) => repair.refused.push((note.id, refusal)),
    }
}

/// Takes a step if all its predecessors are known; returns whether it is dealt with.
fn take_step(repair: &mut Repair, step: &Written, law: &RuleSet) -> bool {
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
                repair.versions.insert(step.id, version(repair, step, fields, law));
            }
        }
        Err(refusal) => repair.refused.push((step.id, refusal)),
    }
    true
}

fn version(repair: &Repair, written: &Written, step: Step, law: &RuleSet) -> Version {
    let mut seen: Vec<&Version> =
        written.fact.supersedes.iter().filter_map(|id| repair.versions.get(id)).collect();
    seen.sort_by_key(|version| (version.when, version.id));
    let kept = step.keeps.and_then(|keeps| repair.versions.get(&keeps));
    let settles = kept.is_some();
    let after = seen.iter().map(|version| version.when).max().unwrap_or_default();
    let reopened = step.status == Status::Reopened && !settles;
    let reopens = seen.iter().map(|version| version.reopens).max().unwrap_or_default();
    // What a step does not say stays as it was; of rivals, the one that was kept tells.
    let before = kept.or(seen.last().copied());
    let step = kept.map_or(step, |kept| kept.step.clone());
    Version {
        id: written.id,
        author: written.author.clone(),
        at: Moment(written.fact.at),
        when: written.when(after, law.repairs.late_sync_days_max),
        place: written.place,
        supersedes: written.fact.supersedes.clone(),
        settles,
        reopens: reopens.saturating_add(u32::from(reopened)),
        verified: step.place.clone().or_else(|| before.and_then(|v| v.verified.clone())),
        assignee: step.assignee.or_else(|| before.and_then(|v| v.assignee)),
        visit: step.slot.or_else(|| before.and_then(|v| v.visit)),
        step,
    }
}
