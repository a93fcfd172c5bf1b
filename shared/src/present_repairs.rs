//! Makes records of repairs, with words in the shell's language.

use linli_app::{model::View, words::Words};
use linli_domain::{
    kernel::{self, AttachmentKind, Moment},
    repairs::{
        self, NoteKind, Place,
        view::{self, NoteEntry, RepairRow, TimelineEntry, Urgency},
    },
};
use linli_replica::repairs::{Delivery, RepairPage};

use crate::repair_records::{
    Action, AskedFor, Attachment, AttentionList, Clock, Draft, Drafts, Reminder, RepairDetail,
    RepairLine, RepairsWindow, Slot, Step, WaitingLine,
};

/// How far a clock may be off before both times are shown (ms).
const CLOCK_OFF_MS: i64 = 5 * 60 * 1000;

/// What is needed to say something to people.
struct Telling {
    words: &'static Words,
    now: Moment,
}

impl Telling {
    fn of(view: &View) -> Self {
        Self { words: Words::of(view.settings.language), now: view.screens.now }
    }

    fn word(&self, group: &str, key: &str) -> String {
        self.words.get(group, key).to_owned()
    }

    fn place(&self, place: &Place) -> String {
        let code = place.code();
        if code.is_empty() { self.word("place", "community") } else { code }
    }

    fn line(&self, row: &RepairRow) -> RepairLine {
        let due = |(kind, _): &(repairs::clock::ClockKind, Moment)| self.word("clock", kind.word());
        RepairLine {
            id: row.id.to_hex(),
            place: self.place(&row.place),
            class: self.word("class", &row.class),
            excerpt: row.excerpt.clone(),
            status: row.status.word().to_owned(),
            status_text: self.word("status", row.status.word()),
            versions: row.versions,
            conflict: row.conflict,
            pending: row.pending,
            open: row.open,
            emergency: row.emergency,
            late: row.is_late(self.now),
            due_text: row.due.as_ref().map(due).unwrap_or_default(),
            due_ms: row.due.map(|(_, due)| due.0),
            target_text: row.target.map(|role| self.word("role", role.word())),
            assignee: row.assignee.map(|person| person.to_hex()),
            attachments: row.attachments,
            comments: row.comments,
            me_too: row.me_too,
            stars: row.stars,
            merged_into: row.into.map(|id| id.to_hex()),
            at_ms: row.at.0,
        }
    }

    fn lines(&self, rows: &[RepairRow]) -> Vec<RepairLine> {
        rows.iter().map(|row| self.line(row)).collect()
    }

    fn step(&self, entry: &TimelineEntry, delivery: Option<Delivery>) -> Step {
        let step = &entry.step;
        let how = step.how.map(|how| ("assignment", how.word()));
        let referral = step.referral.map(|to| ("referral", to.word()));
        let off = entry.at.0.saturating_sub(entry.when.0).saturating_abs() > CLOCK_OFF_MS;
        Step {
            id: entry.id.to_hex(),
            status: step.status.word().to_owned(),
            status_text: self.word("status", step.status.word()),
            person: entry.person.to_hex(),
            device: entry.device.to_hex(),
            role_text: self.word("role", entry.role.map_or("none", kernel::Role::word)),
            at_ms: entry.when.0,
            claimed_ms: off.then_some(entry.at.0),
            note: step.note.clone(),
            assignee: step.assignee.map(|person| person.to_hex()),
            how_text: how.or(referral).map(|(group, word)| self.word(group, word)),
            place: step.place.as_ref().map(|place| self.place(place)),
            until_ms: step.until.map(|until| until.0),
            estimate_fen: step.estimate.map(kernel::Fen::get),
            stars: step.stars,
            attachments: step.attachments.iter().chain(&step.mark).map(attachment).collect(),
            delivery: delivery.map(|delivery| delivery.word().to_owned()),
            delivery_text: delivery.map(|delivery| self.word("sync", delivery.word())),
            pending: entry.seq.is_none(),
            stands: entry.tip,
        }
    }

    fn note(&self, note: &NoteEntry, delivery: Option<Delivery>) -> Step {
        let (word, action) = match note.kind {
            NoteKind::Comment => ("comment", "comment"),
            NoteKind::MeToo => ("me_too", "me_too"),
            NoteKind::Slots => ("slots", "offer_slots"),
        };
        Step {
            id: note.id.to_hex(),
            status: word.to_owned(),
            status_text: self.word("action", action),
            person: note.person.to_hex(),
            device: String::new(),
            role_text: self.word("role", note.role.map_or("none", kernel::Role::word)),
            at_ms: note.when.0,
            claimed_ms: None,
            note: (!note.text.is_empty()).then(|| note.text.clone()),
            assignee: None,
            how_text: None,
            place: None,
            until_ms: None,
            estimate_fen: None,
            stars: None,
            attachments: note.attachments.iter().map(attachment).collect(),
            delivery: delivery.map(|delivery| delivery.word().to_owned()),
            delivery_text: delivery.map(|delivery| self.word("sync", delivery.word())),
            pending: note.seq.is_none(),
            stands: false,
        }
    }

    fn steps(&self, page: &RepairPage) -> Vec<Step> {
        let delivery = |id| page.deliveries.iter().find(|(known, _)| *known == id).map(|(_, d)| *d);
        let steps = page.detail.timeline.iter().map(|e| self.step(e, delivery(e.id)));
        let notes = page.detail.notes.iter().map(|note| self.note(note, delivery(note.id)));
        let mut all: Vec<Step> = steps.chain(notes).collect();
        // Steps are in order already: what was said at the same moment stands behind them.
        all.sort_by_key(|step| step.at_ms);
        all
    }

    fn clock(&self, clock: &repairs::clock::Clock) -> Clock {
        Clock {
            kind: clock.kind.word().to_owned(),
            kind_text: self.word("clock", clock.kind.word()),
            from_ms: clock.from.0,
            due_ms: clock.due.0,
            ended_ms: clock.ended.map(|ended| ended.0),
            late: clock.is_late(self.now),
        }
    }

    fn button(&self, (action, asks): &(view::Action, Vec<view::Ask>)) -> Action {
        let asked = |ask: &view::Ask| AskedFor {
            word: ask.word().to_owned(),
            text: self.word("ask", ask.word()),
        };
        Action {
            word: action.word().to_owned(),
            text: self.word("action", action.word()),
            asks: asks.iter().map(asked).collect(),
        }
    }
}

/// Makes the window of repairs.
pub(crate) fn repairs(view: &View) -> RepairsWindow {
    let telling = Telling::of(view);
    RepairsWindow {
        version: view.version,
        total: view.screens.total,
        open_count: view.screens.open_count,
        offset: view.wanted.offset,
        rows: telling.lines(&view.screens.rows),
    }
}

/// Makes the detail of the repair that is open, if one is.
pub(crate) fn detail(view: &View) -> Option<RepairDetail> {
    let telling = Telling::of(view);
    let page = view.screens.detail.as_ref()?;
    let detail = &page.detail;
    let refused = |refusal: &repairs::Refusal| telling.word("refusal", refusal.word());
    Some(RepairDetail {
        line: telling.line(&detail.row),
        text: detail.text.clone(),
        attachments: detail.attachments.iter().map(attachment).collect(),
        on_behalf: detail.on_behalf.map(|person| person.to_hex()),
        slots: detail.slots.iter().map(slot).collect(),
        visit: detail.visit.as_ref().map(slot),
        steps: telling.steps(page),
        clocks: detail.clocks.iter().map(|clock| telling.clock(clock)).collect(),
        actions: detail.actions.iter().map(|action| telling.button(action)).collect(),
        alike: telling.lines(&page.alike),
        merged: telling.lines(&page.merged),
        refused: detail.refused.iter().map(|(_, refusal)| refused(refusal)).collect(),
    })
}

/// Makes the list of what waits for this person.
pub(crate) fn attention(view: &View) -> AttentionList {
    let telling = Telling::of(view);
    let attention = &view.screens.attention;
    let reminder = |reminder: &linli_replica::repairs::Reminder| {
        let line = telling.line(&reminder.row);
        Reminder {
            at_ms: reminder.at.0,
            text: format!("{} {} · {}", line.place, line.class, line.due_text),
            id: line.id,
        }
    };
    AttentionList {
        waiting: attention
            .waiting
            .iter()
            .map(|waiting| WaitingLine {
                urgency: urgency(waiting.urgency).to_owned(),
                urgency_text: telling.word("urgency", urgency(waiting.urgency)),
                line: telling.line(&waiting.row),
            })
            .collect(),
        total: attention.total,
        reminders: attention.reminders.iter().map(reminder).collect(),
    }
}

const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => "emergency",
        Urgency::Late => "late",
        Urgency::Conflict => "conflict",
        Urgency::Due => "due",
        Urgency::Calm => "calm",
    }
}

/// Makes the list of drafts.
pub(crate) fn drafts(view: &View) -> Drafts {
    let drafts = view.screens.drafts.iter().map(|draft| Draft {
        name: draft.name.clone(),
        text: draft.text.clone(),
        attachments: draft.attachments.iter().map(attachment).collect(),
    });
    Drafts { drafts: drafts.collect(), alike: Telling::of(view).lines(&view.screens.alike) }
}

fn attachment(attachment: &kernel::Attachment) -> Attachment {
    Attachment {
        id: attachment.parts.first().map(|part| part.to_hex()).unwrap_or_default(),
        voice: attachment.kind == AttachmentKind::Voice,
        bytes: attachment.bytes,
        turn: attachment.turn,
    }
}

const fn slot(slot: &repairs::Slot) -> Slot {
    Slot { from_ms: slot.from.0, to_ms: slot.to.0 }
}
