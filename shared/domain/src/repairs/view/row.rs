//! One line of a list, and what it is found by.

use linli_wire::{FactId, PersonId};
use serde::{Deserialize, Serialize};

use super::waiting::waits_for;
use crate::{
    kernel::{Moment, Role},
    law::RuleSet,
    repairs::{
        NoteKind, Place, Repair, Status, Version,
        clock::{Clock, ClockKind, clocks, next_due},
    },
};

/// Characters of the text that a row shows.
const EXCERPT_CHARS: usize = 60;

/// What an open emergency adds to its sort key (ms): it stands above everything newer for good.
const EMERGENCY_LIFT_MS: i64 = 1 << 41;

/// One line of a list, ready to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairRow {
    /// The repair.
    #[serde(rename = "1")]
    pub id: FactId,
    /// Where it really is, as far as is known.
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
    /// Whether anything is not yet in the log.
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
    /// Who reported it, or for whom it was reported.
    #[serde(rename = "12")]
    pub reporter: PersonId,
    /// Whether it comes first.
    #[serde(rename = "13")]
    pub emergency: bool,
    /// Whom a complaint is about; none for a repair.
    #[serde(rename = "14")]
    pub target: Option<Role>,
    /// Who it is handed to.
    #[serde(rename = "15")]
    pub assignee: Option<PersonId>,
    /// The clock that runs out next, and when.
    #[serde(rename = "16")]
    pub due: Option<(ClockKind, Moment)>,
    /// Whether a clock ran out before it was met.
    #[serde(rename = "17")]
    pub was_late: bool,
    /// How many photos and voice notes there are.
    #[serde(rename = "18")]
    pub attachments: u32,
    /// How many comments there are.
    #[serde(rename = "19")]
    pub comments: u32,
    /// How many persons have the same trouble.
    #[serde(rename = "20")]
    pub me_too: u32,
    /// The report of the same thing that stays open.
    #[serde(rename = "21")]
    pub into: Option<FactId>,
    /// The rating, one to five.
    #[serde(rename = "22")]
    pub stars: Option<u8>,
    /// The end of a pause.
    #[serde(rename = "23")]
    pub until: Option<Moment>,
}

impl RepairRow {
    /// Tells whether a clock has run out.
    #[must_use]
    pub fn is_late(&self, now: Moment) -> bool {
        self.was_late || self.due.is_some_and(|(_, due)| now > due)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Makes the row of a repair.
#[must_use]
pub fn row(repair: &Repair, law: &RuleSet) -> RepairRow {
    let tips = repair.tips();
    let tip = tips.first();
    let clocks = clocks(repair, law);
    let ended = |clock: &Clock| clock.ended.is_some_and(|ended| clock.is_late(ended));
    let pictures = |version: &Version| version.step.attachments.len();
    RepairRow {
        id: repair.id,
        place: repair.place().clone(),
        class: repair.report.class.clone(),
        excerpt: repair.report.text.chars().take(EXCERPT_CHARS).collect(),
        status: repair.status(),
        versions: count(tips.len()),
        conflict: repair.is_conflicted(),
        pending: repair.is_pending(),
        open: repair.is_open(),
        at: repair.opened_at(),
        changed_at: repair.changed_at(),
        reporter: repair.reporter,
        emergency: law.class(&repair.report.class).is_some_and(|class| class.emergency),
        target: repair.target(),
        assignee: tip.and_then(|tip| tip.assignee),
        due: next_due(&clocks).map(|clock| (clock.kind, clock.due)),
        was_late: clocks.iter().any(ended),
        attachments: count(
            repair.report.attachments.len()
                + repair.versions.values().map(pictures).sum::<usize>()
                + repair.notes.iter().map(|note| note.fields.attachments.len()).sum::<usize>(),
        ),
        comments: count(
            repair.notes.iter().filter(|note| note.fields.kind == NoteKind::Comment).count(),
        ),
        me_too: count(repair.me_too().len()),
        into: tip.and_then(|tip| tip.step.into),
        stars: repair.path().iter().rev().find_map(|version| version.step.stars),
        until: tip.and_then(|tip| tip.step.until),
    }
}

/// Returns the sort key of a row; lists show the highest first: open emergencies, then the newest.
#[must_use]
pub const fn sort(row: &RepairRow) -> i64 {
    let lift = if row.open && row.emergency { EMERGENCY_LIFT_MS } else { 0 };
    row.at.0.saturating_add(lift)
}

/// Returns the text that a repair is found by: place, class, and what was said.
#[must_use]
pub fn search_text(repair: &Repair) -> String {
    let reported = repair.report.place.code();
    let real = repair.place().code();
    let said = repair.notes.iter().map(|note| note.fields.text.as_str());
    let said = said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    format!("{reported}\n{real}\n{}\n{}\n{said}", repair.report.class, repair.report.text)
}

/// Words under which rows are listed.
pub mod tag {
    use linli_wire::{FactId, PersonId};

    use crate::repairs::Place;

    /// Somebody still has to do something.
    pub const OPEN: &str = "open";
    /// Nobody has to do anything any more.
    pub const CLOSED: &str = "closed";
    /// A complaint.
    pub const COMPLAINT: &str = "complaint";

    /// Reported by a person, or for them.
    #[must_use]
    pub fn by(person: &PersonId) -> String {
        format!("by/{person}")
    }

    /// Open, and handed to a person.
    #[must_use]
    pub fn to(person: &PersonId) -> String {
        format!("to/{person}")
    }

    /// Open, at a place and of a class: likely the same thing.
    #[must_use]
    pub fn at(place: &Place, class: &str) -> String {
        format!("at/{place}/{class}")
    }

    /// Merged into another.
    #[must_use]
    pub fn into(repair: &FactId) -> String {
        format!("into/{repair}")
    }
}

/// Returns the words under which a row is listed.
#[must_use]
pub fn tags(repair: &Repair, row: &RepairRow, law: &RuleSet) -> Vec<String> {
    let mut tags = vec![tag::by(&row.reporter)];
    tags.push(if row.open { tag::OPEN } else { tag::CLOSED }.to_owned());
    if row.target.is_some() {
        tags.push(tag::COMPLAINT.to_owned());
    }
    if row.open {
        tags.push(tag::at(&row.place, &row.class));
        tags.extend(row.assignee.as_ref().map(tag::to));
    }
    if row.status == Status::Merged {
        tags.extend(row.into.as_ref().map(tag::into));
    }
    tags.extend(waits_for(repair, law));
    tags.sort();
    tags.dedup();
    tags
}
