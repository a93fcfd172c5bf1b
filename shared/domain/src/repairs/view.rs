//! What a screen is told: rows for lists, and the whole of one repair for one viewer.

use linli_wire::{DeviceId, FactId, PersonId};
use serde::{Deserialize, Serialize};

use super::{Event, Place, Refusal, Repair, Status, Version, decide};
use crate::{
    kernel::{Author, Moment, Role},
    law::RuleSet,
};

/// Characters of the text that a row shows.
const EXCERPT_CHARS: usize = 60;

/// One line of a list, ready to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairRow {
    /// The repair.
    #[serde(rename = "1")]
    pub id: FactId,
    /// Where.
    #[serde(rename = "2")]
    pub place: Place,
    /// The class.
    #[serde(rename = "3")]
    pub class: String,
    /// The beginning of the text.
    #[serde(rename = "4")]
    pub excerpt: String,
    /// Where it stands; in a conflict, where the first version stands.
    #[serde(rename = "5")]
    pub status: Status,
    /// How many versions stand side by side.
    #[serde(rename = "6")]
    pub versions: u32,
    /// Whether they differ.
    #[serde(rename = "7")]
    pub conflict: bool,
    /// Whether any step is not yet in the log.
    #[serde(rename = "8")]
    pub pending: bool,
    /// Whether somebody still has to do something.
    #[serde(rename = "9")]
    pub open: bool,
    /// When it was reported.
    #[serde(rename = "10")]
    pub at: Moment,
    /// When it last moved.
    #[serde(rename = "11")]
    pub changed_at: Moment,
    /// Who reported it.
    #[serde(rename = "12")]
    pub reporter: PersonId,
}

/// Makes the row of a repair.
#[must_use]
pub fn row(repair: &Repair) -> RepairRow {
    let tips = repair.tips();
    RepairRow {
        id: repair.id,
        place: repair.place.clone(),
        class: repair.class.clone(),
        excerpt: repair.text.chars().take(EXCERPT_CHARS).collect(),
        status: repair.status(),
        versions: u32::try_from(tips.len()).unwrap_or(u32::MAX),
        conflict: repair.is_conflicted(),
        pending: repair.is_pending(),
        open: repair.is_conflicted() || tips.iter().any(|tip| tip.status.is_open()),
        at: repair.opened_at(),
        changed_at: repair.changed_at(),
        reporter: repair.reporter,
    }
}

/// Returns the lower-case text that a repair is found by: `32501` finds 3-2-501.
#[must_use]
pub fn search_text(repair: &Repair) -> String {
    let code = repair.place.code();
    let short = code.replace('-', "");
    format!("{code} {short} {} {}", repair.class, repair.text).to_lowercase()
}

/// A step in the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The fact.
    pub id: FactId,
    /// The state it led to.
    pub status: Status,
    /// Its author's person.
    pub person: PersonId,
    /// Its author's device.
    pub device: DeviceId,
    /// The role its author held.
    pub role: Option<Role>,
    /// The author's own clock.
    pub at: Moment,
    /// A note or a reason.
    pub note: Option<String>,
    /// Whether it is not yet in the log.
    pub pending: bool,
    /// Whether nothing supersedes it.
    pub tip: bool,
    /// Whether it settled a conflict.
    pub settles: bool,
}

/// What a viewer may do; the shell shows a button for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Take it up.
    Accept,
    /// Say no.
    Refuse,
    /// Hand it to somebody.
    Dispatch,
    /// Begin to work.
    Start,
    /// Say that it is done.
    ClaimDone,
    /// Agree that it is done.
    Confirm,
    /// Say that it is not done.
    Reopen,
    /// Take it back.
    Withdraw,
    /// Keep one of several versions.
    Settle,
}

/// One repair, as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairDetail {
    /// What the list shows.
    pub row: RepairRow,
    /// The whole text.
    pub text: String,
    /// Every step, in time.
    pub timeline: Vec<TimelineEntry>,
    /// Steps that do not count, with the reason.
    pub refused: Vec<(FactId, Refusal)>,
    /// What this viewer may do.
    pub actions: Vec<Action>,
}

/// Tells all about a repair to one viewer. An action is there when `decide` would say yes.
#[must_use]
pub fn detail(repair: &Repair, viewer: &Author, now: Moment, law: &RuleSet) -> RepairDetail {
    let tips: Vec<FactId> = repair.tips().iter().map(|tip| tip.id).collect();
    let mut timeline: Vec<TimelineEntry> =
        repair.versions.values().map(|version| entry(version, &tips)).collect();
    timeline.sort_by_key(|entry| (entry.at, entry.id));
    RepairDetail {
        row: row(repair),
        text: repair.text.clone(),
        timeline,
        refused: repair.refused.clone(),
        actions: actions(repair, viewer, now, law),
    }
}

fn entry(version: &Version, tips: &[FactId]) -> TimelineEntry {
    TimelineEntry {
        id: version.id,
        status: version.status,
        person: version.author.person,
        device: version.author.device,
        role: version.author.role(),
        at: version.at,
        note: version.note.clone(),
        pending: version.place.is_none(),
        tip: tips.contains(&version.id),
        settles: version.keeps.is_some(),
    }
}

fn actions(repair: &Repair, viewer: &Author, now: Moment, law: &RuleSet) -> Vec<Action> {
    // Texts and people are asked for later: here any that fits will do.
    let text = || "…".to_owned();
    let first = repair.tips().first().map_or(repair.id, |tip| tip.id);
    [
        (Action::Accept, Event::Accept),
        (Action::Refuse, Event::Refuse { reason: text() }),
        (Action::Dispatch, Event::Dispatch { to: viewer.person }),
        (Action::Start, Event::Start),
        (Action::ClaimDone, Event::ClaimDone { note: text() }),
        (Action::Confirm, Event::Confirm),
        (Action::Reopen, Event::Reopen { reason: text() }),
        (Action::Withdraw, Event::Withdraw),
        (Action::Settle, Event::Settle { keep: first }),
    ]
    .into_iter()
    .filter(|(_, event)| decide(Some(repair), viewer, event, now, law).is_ok())
    .map(|(action, _)| action)
    .collect()
}
