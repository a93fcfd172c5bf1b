//! What a shell draws of repairs: rows, one in full, what waits, drafts.

use crate::screen_records::{
    BehalfChoice, Chip, Choice, ClassChoice, ClockBar, RepairVersion, Sign,
};

/// One line of the list of repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairLine {
    /// The repair.
    pub id: String,
    /// Where, as people say it.
    pub place: String,
    /// Whether the place is a door with a number.
    pub door: bool,
    /// The class.
    pub class: String,
    /// Its picture.
    pub sign: Sign,
    /// The beginning of the text.
    pub excerpt: String,
    /// Where it stands, the stored word.
    pub status: String,
    /// The same for people.
    pub status_text: String,
    /// How it stands for this person, in one word.
    pub chip: Chip,
    /// How many versions stand side by side.
    pub versions: u32,
    /// Whether they differ.
    pub conflict: bool,
    /// Whether anything is not yet in the log.
    pub pending: bool,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// Whether it comes first.
    pub emergency: bool,
    /// Whether a clock has run out.
    pub late: bool,
    /// What the running clock is for, for people; empty if none runs.
    pub due_text: String,
    /// When it runs out, in ms since 1970.
    pub due_ms: Option<i64>,
    /// Whom a complaint is about, for people; none for a repair.
    pub target_text: Option<String>,
    /// Who it is handed to.
    pub assignee: Option<String>,
    /// How many photos and voice notes there are.
    pub attachments: u32,
    /// How many comments there are.
    pub comments: u32,
    /// How many persons have the same trouble.
    pub me_too: u32,
    /// The rating, one to five.
    pub stars: Option<u8>,
    /// The report of the same thing that stays open.
    pub merged_into: Option<String>,
    /// When it was reported, in ms since 1970.
    pub at_ms: i64,
    /// The same for people.
    pub at_text: String,
}

/// A window of the list of repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairsWindow {
    /// Rises with every change.
    pub version: u64,
    /// How many fit the filter; of a search at most 200 are counted.
    pub total: u32,
    /// How many are open.
    pub open_count: u32,
    /// Which are shown, a stored word.
    pub filter: String,
    /// All filters, in the order of the screens.
    pub filters: Vec<Choice>,
    /// What is looked for.
    pub search: String,
    /// The first row.
    pub offset: u32,
    /// The rows, about three screens of them.
    pub rows: Vec<RepairLine>,
}

/// A photo or a voice note.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Attachment {
    /// Its name, to look at it.
    pub id: String,
    /// Whether it is a voice note, not a photo.
    pub voice: bool,
    /// Bytes.
    pub bytes: u64,
    /// How a photo has to be turned to be upright: 1 to 8, as EXIF counts them.
    pub turn: u8,
}

/// A stretch of time for a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Slot {
    /// Its beginning, in ms since 1970.
    pub from_ms: i64,
    /// Its end, in ms since 1970.
    pub to_ms: i64,
}

/// One step of a repair, or something said about it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Step {
    /// The step.
    pub id: String,
    /// Where it led to, the stored word; `comment`, `me_too` or `slots` of what moved nothing.
    pub status: String,
    /// The same for people.
    pub status_text: String,
    /// Its picture.
    pub sign: Sign,
    /// Its author's person.
    pub person: String,
    /// Who that is, for people.
    pub who_text: String,
    /// Its author's device; empty of what moved nothing.
    pub device: String,
    /// The role its author held, for people.
    pub role_text: String,
    /// When it counts as written, in ms since 1970.
    pub at_ms: i64,
    /// The same for people.
    pub at_text: String,
    /// The author's own clock, where it is not believed, for people.
    pub claimed_text: Option<String>,
    /// A note or a reason.
    pub note: Option<String>,
    /// Who it was handed to.
    pub assignee: Option<String>,
    /// How it came to them, or to whom it was passed on, for people.
    pub how_text: Option<String>,
    /// Where it really is.
    pub place: Option<String>,
    /// Who that is, for people.
    pub assignee_text: Option<String>,
    /// The end of a pause, for people.
    pub until_text: Option<String>,
    /// What a plan will cost, in fen.
    pub estimate_fen: Option<i64>,
    /// The same in yuan, for people.
    pub estimate_text: Option<String>,
    /// One to five stars.
    pub stars: Option<u8>,
    /// Photos and voice notes.
    pub attachments: Vec<Attachment>,
    /// How far an own entry has come, the stored word; none of others.
    pub delivery: Option<String>,
    /// The same to draw.
    pub delivery_chip: Option<Chip>,
    /// Whether it is not yet in the log.
    pub pending: bool,
    /// Whether it is one of the versions that stand.
    pub stands: bool,
}

/// One clock of a repair.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Clock {
    /// What it is for, the stored word.
    pub kind: String,
    /// The same for people.
    pub kind_text: String,
    /// When it began, in ms since 1970.
    pub from_ms: i64,
    /// When it runs out, in ms since 1970.
    pub due_ms: i64,
    /// When it ended, in ms since 1970.
    pub ended_ms: Option<i64>,
    /// Whether it ran out.
    pub late: bool,
}

/// Something that is asked for before an action is taken.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AskedFor {
    /// The stored word: `text`, `photo`, `person`, `place`, `time`, `stars`, `sum`, `repair`,
    /// `referral`, `version`, `slots`, `mark`; of an offer `place`, `until`, `staff`.
    pub word: String,
    /// What is said for it.
    pub text: String,
    /// What there is to choose from, where it is a choice.
    pub choices: Vec<Choice>,
    /// Whether it can be typed, in place of a choice where there are some.
    pub typed: bool,
    /// Whether several can be chosen.
    pub many: bool,
    /// Whether it can be left out.
    pub optional: bool,
}

/// What the person may do: a button.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Action {
    /// The stored word.
    pub word: String,
    /// The button's text.
    pub text: String,
    /// Whether it is the one thing to do next: the large button.
    pub main: bool,
    /// What has to be asked for.
    pub asks: Vec<AskedFor>,
}

/// One repair in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairDetail {
    /// What the list shows.
    pub line: RepairLine,
    /// The whole text.
    pub text: String,
    /// Who reported it and when, for people.
    pub reported_text: String,
    /// For whom it was reported, for people.
    pub behalf_text: Option<String>,
    /// The versions that differ, to choose one; empty without a conflict.
    pub conflict: Vec<RepairVersion>,
    /// The clock that matters now.
    pub clock_bar: Option<ClockBar>,
    /// Photos and voice notes of the report.
    pub attachments: Vec<Attachment>,
    /// The person for whom it was reported.
    pub on_behalf: Option<String>,
    /// Times offered for a visit.
    pub slots: Vec<Slot>,
    /// The same for people.
    pub slot_texts: Vec<String>,
    /// The visit that was agreed.
    pub visit: Option<Slot>,
    /// The same for people.
    pub visit_text: Option<String>,
    /// Every step and everything said, in time.
    pub steps: Vec<Step>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// What the person may do.
    pub actions: Vec<Action>,
    /// Other open reports that may be of the same thing.
    pub alike: Vec<RepairLine>,
    /// Reports that were merged into this one.
    pub merged: Vec<RepairLine>,
    /// Sentences for entries that do not count.
    pub refused: Vec<String>,
}

/// Something that waits for this person.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WaitingLine {
    /// How much it hurries, the stored word.
    pub urgency: String,
    /// The same for people.
    pub urgency_text: String,
    /// What is asked of this person.
    pub wants_text: String,
    /// The repair.
    pub line: RepairLine,
}

/// A local reminder, for when the app is not in front.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Reminder {
    /// When, in ms since 1970.
    pub at_ms: i64,
    /// The repair.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// What waits for this person.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct AttentionList {
    /// By urgency, then by clock; the first two hundred.
    pub waiting: Vec<WaitingLine>,
    /// How many there are in all.
    pub total: u32,
    /// What to remind of, the earliest first.
    pub reminders: Vec<Reminder>,
    /// The newest open ones that this person reported.
    pub mine: Vec<RepairLine>,
}

/// A draft as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its photos and voice notes.
    pub attachments: Vec<Attachment>,
}

/// Drafts, and what is alike to what is being reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Drafts {
    /// The drafts.
    pub drafts: Vec<Draft>,
    /// Open reports of the place and class that is being reported.
    pub alike: Vec<RepairLine>,
    /// What can be reported.
    pub classes: Vec<ClassChoice>,
    /// Places nearby, the nearest first.
    pub places: Vec<Choice>,
    /// Times to offer for a visit.
    pub slots: Vec<Choice>,
    /// Persons for whom this person may report.
    pub behalf: Vec<BehalfChoice>,
    /// Whom a complaint can be about.
    pub targets: Vec<Choice>,
}
