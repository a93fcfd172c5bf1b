//! The whole of one repair, as one viewer sees it.

use linli_wire::{DeviceId, FactId, PersonId};

use super::{Action, Ask, RepairRow, actions::actions, row};
use crate::{
    kernel::{Attachment, Author, Moment, Role},
    law::RuleSet,
    repairs::{
        Note, NoteKind, Place, Refusal, Repair, Slot, Step, Version,
        clock::{Clock, clocks},
    },
};

/// Most notes that a screen shows, the newest ones: nobody fills a phone with comments.
const NOTES_SHOWN: usize = 200;

/// A step in the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub step: Step,
    /// Its author's person.
    pub person: PersonId,
    /// Its author's device.
    pub device: DeviceId,
    /// The role its author held.
    pub role: Option<Role>,
    /// The author's own clock.
    pub at: Moment,
    /// When it counts as written.
    pub when: Moment,
    /// The relay's stamp, once it is in the log.
    pub stamp: Option<Moment>,
    /// Its place in the log, once it has one.
    pub seq: Option<u64>,
    /// Whether nothing supersedes it.
    pub tip: bool,
    /// Whether it settled a conflict.
    pub settles: bool,
}

/// Something said about the repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteEntry {
    /// The fact.
    pub id: FactId,
    /// What it is.
    pub kind: NoteKind,
    /// Its text.
    pub text: String,
    /// Photos and voice.
    pub attachments: Vec<Attachment>,
    /// Its author's person.
    pub person: PersonId,
    /// The role its author held.
    pub role: Option<Role>,
    /// When it counts as written.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub seq: Option<u64>,
}

/// One repair, as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairDetail {
    /// What the list shows.
    pub row: RepairRow,
    /// Where it was reported.
    pub reported_at: Place,
    /// The whole text.
    pub text: String,
    /// Photos and voice of the report.
    pub attachments: Vec<Attachment>,
    /// The person for whom it was reported.
    pub on_behalf: Option<PersonId>,
    /// Times offered for a visit.
    pub slots: Vec<Slot>,
    /// The visit that was agreed.
    pub visit: Option<Slot>,
    /// Every step, in time.
    pub timeline: Vec<TimelineEntry>,
    /// What was said about it, in time; the newest two hundred.
    pub notes: Vec<NoteEntry>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// Facts that do not count, with the reason.
    pub refused: Vec<(FactId, Refusal)>,
    /// What this viewer may do, and what each asks for.
    pub actions: Vec<(Action, Vec<Ask>)>,
}

impl RepairDetail {
    /// Returns all photos and voice notes: of the report, of the steps, of what was said.
    #[must_use]
    pub fn pictures(&self) -> Vec<Attachment> {
        let of_steps = self
            .timeline
            .iter()
            .flat_map(|entry| entry.step.attachments.iter().chain(&entry.step.mark));
        let of_notes = self.notes.iter().flat_map(|note| &note.attachments);
        self.attachments.iter().chain(of_steps).chain(of_notes).cloned().collect()
    }
}

/// Tells all about a repair to one viewer. An action is there when `decide` would say yes.
#[must_use]
pub fn detail(repair: &Repair, viewer: &Author, now: Moment, law: &RuleSet) -> RepairDetail {
    let tips: Vec<FactId> = repair.tips().iter().map(|tip| tip.id).collect();
    let mut timeline: Vec<TimelineEntry> =
        repair.versions.values().map(|version| entry(version, &tips)).collect();
    timeline.sort_by_key(|entry| (entry.when, entry.seq.unwrap_or(u64::MAX), entry.id));
    let skip = repair.notes.len().saturating_sub(NOTES_SHOWN);
    RepairDetail {
        row: row(repair, law),
        reported_at: repair.report.place.clone(),
        text: repair.report.text.clone(),
        attachments: repair.report.attachments.clone(),
        on_behalf: repair.report.on_behalf,
        slots: repair.slots().to_vec(),
        visit: repair.tip().and_then(|tip| tip.visit),
        timeline,
        notes: repair.notes.iter().skip(skip).map(note).collect(),
        clocks: clocks(repair, law),
        refused: repair.refused.clone(),
        actions: actions(repair, viewer, now, law),
    }
}

fn entry(version: &Version, tips: &[FactId]) -> TimelineEntry {
    TimelineEntry {
        id: version.id,
        step: version.step.clone(),
        person: version.author.person,
        device: version.author.device,
        role: version.author.role(),
        at: version.at,
        when: version.when,
        stamp: version.place.map(|place| place.stamp),
        seq: version.place.map(|place| place.seq),
        tip: tips.contains(&version.id),
        settles: version.settles,
    }
}

fn note(note: &Note) -> NoteEntry {
    NoteEntry {
        id: note.id,
        kind: note.fields.kind,
        text: note.fields.text.clone(),
        attachments: note.fields.attachments.clone(),
        person: note.author.person,
        role: note.author.role(),
        when: note.when,
        seq: note.place.map(|place| place.seq),
    }
}
