//! Makes the rows of repairs, what waits, and drafts, with words in the shell's language.

use linli_app::model::View;
use linli_domain::{
    kernel::{self, AttachmentKind, Moment, Role},
    repairs::{
        self, Place, Status,
        view::{RepairRow, Urgency},
    },
};
use linli_replica::{
    own::{Own, OwnEntry},
    repairs::Delivery,
};
use linli_wire::FactId;

use crate::{
    choices,
    repair_records::{
        Attachment, AttentionList, Draft, Drafts, Reminder, RepairLine, RepairsWindow, Slot,
        WaitingLine,
    },
    screen_records::{BehalfChoice, Chip, ClassChoice, Sending, SendingLine, Sign, Tone},
    telling::Telling,
};

/// What a row needs to know of the rest of the screen.
pub(crate) struct Lines<'a> {
    pub(crate) telling: Telling,
    waiting: Vec<&'a FactId>,
    all_handed: bool,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(view: &'a View) -> Self {
        let screens = &view.screens;
        Self {
            telling: Telling::of(view),
            waiting: screens.attention.waiting.iter().map(|waiting| &waiting.row.id).collect(),
            all_handed: screens.standing.as_ref().is_some_and(|standing| standing.unsent == 0),
        }
    }

    pub(crate) fn all(&self, rows: &[RepairRow]) -> Vec<RepairLine> {
        rows.iter().map(|row| self.line(row)).collect()
    }

    pub(crate) fn line(&self, row: &RepairRow) -> RepairLine {
        let telling = &self.telling;
        let due =
            |(kind, _): &(repairs::clock::ClockKind, Moment)| telling.word("clock", kind.word());
        RepairLine {
            id: row.id.to_hex(),
            place: telling.place(&row.place),
            door: matches!(row.place, Place::Home(_)),
            class: telling.word("class", &row.class),
            sign: sign_of_class(&row.class),
            excerpt: row.excerpt.clone(),
            status: row.status.word().to_owned(),
            status_text: telling.word("status", row.status.word()),
            chip: self.chip(row),
            versions: row.versions,
            conflict: row.conflict,
            pending: row.pending,
            open: row.open,
            emergency: row.emergency,
            late: row.is_late(telling.now),
            due_text: row.due.as_ref().map(due).unwrap_or_default(),
            due_ms: row.due.map(|(_, due)| due.0),
            target_text: row.target.map(|role| telling.word("role", role.word())),
            assignee: row.assignee.map(|person| person.to_hex()),
            attachments: row.attachments,
            comments: row.comments,
            me_too: row.me_too,
            stars: row.stars,
            merged_into: row.into.map(|id| id.to_hex()),
            at_ms: row.at.0,
            at_text: telling.at(row.at),
        }
    }

    /// How a repair stands for this person, in one word: what differs first, then what has not left
    /// the phone, what is late, what waits for them, and else where it stands.
    fn chip(&self, row: &RepairRow) -> Chip {
        let telling = &self.telling;
        let chip = |tone, sign, text| Chip { tone, sign, text };
        let overdue = row.due.filter(|(_, due)| row.open && telling.now > *due);
        if row.conflict {
            chip(Tone::Conflict, Sign::Versions, telling.word("chip", "conflict"))
        } else if row.pending {
            let delivery = if self.all_handed { Delivery::HandedOver } else { Delivery::SavedHere };
            delivery_chip(telling, delivery)
        } else if let Some((_, due)) = overdue {
            let length = telling.length(telling.now.0.saturating_sub(due.0));
            let text = telling.words.fill("chip", "late", &[("span", &length)]);
            chip(Tone::Bad, Sign::Late, text)
        } else if self.waiting.contains(&&row.id) {
            chip(Tone::Warn, Sign::Waits, wants(telling, row))
        } else {
            let (tone, sign) = look_of(row.status);
            chip(tone, sign, telling.word("status", row.status.word()))
        }
    }
}

/// How far an own entry has come, as a chip.
pub(crate) fn delivery_chip(telling: &Telling, delivery: Delivery) -> Chip {
    let (tone, sign) = match delivery {
        Delivery::SavedHere => (Tone::Pending, Sign::Phone),
        Delivery::HandedOver => (Tone::Pending, Sign::Outbox),
        Delivery::Seen => (Tone::Plain, Sign::People),
        Delivery::Accepted => (Tone::Good, Sign::Check),
    };
    Chip { tone, sign, text: telling.word("sync", delivery.word()) }
}

/// What is asked of a person for whom a repair waits.
fn wants(telling: &Telling, row: &RepairRow) -> String {
    telling.word("wants", if row.conflict { "conflict" } else { row.status.word() })
}

/// Colour and picture of a status.
pub(crate) const fn look_of(status: Status) -> (Tone, Sign) {
    match status {
        Status::Reported => (Tone::Plain, Sign::Repair),
        Status::Accepted => (Tone::Accent, Sign::Check),
        Status::PlaceVerified => (Tone::Accent, Sign::Door),
        Status::Dispatched => (Tone::Accent, Sign::Walk),
        Status::OnSite | Status::Working => (Tone::Accent, Sign::Worker),
        Status::PlanProposed => (Tone::Accent, Sign::Money),
        Status::VotePending => (Tone::Accent, Sign::Vote),
        Status::Approved => (Tone::Accent, Sign::Done),
        Status::Paused => (Tone::Plain, Sign::Pause),
        Status::DoneClaimed => (Tone::Accent, Sign::Waits),
        Status::Confirmed => (Tone::Good, Sign::Done),
        Status::Rated => (Tone::Good, Sign::Star),
        Status::Archived => (Tone::Plain, Sign::Archive),
        Status::Reopened => (Tone::Warn, Sign::Repair),
        Status::Merged => (Tone::Plain, Sign::Merged),
        Status::Referred => (Tone::Plain, Sign::Handed),
        Status::Refused => (Tone::Bad, Sign::Blocked),
        Status::Withdrawn => (Tone::Plain, Sign::Blocked),
    }
}

/// The picture of a class; one that a community added itself gets the general one.
fn sign_of_class(class: &str) -> Sign {
    match class {
        "water" | "burst_pipe" => Sign::Water,
        "drain" => Sign::Drain,
        "power" => Sign::Power,
        "lighting" => Sign::Light,
        "lift" | "lift_trapped" => Sign::Lift,
        "fire" => Sign::Fire,
        "gas" => Sign::Gas,
        "door" => Sign::Door,
        "roof_leak" => Sign::Roof,
        "facade" => Sign::Facade,
        "road" => Sign::Road,
        "green" => Sign::Green,
        "clean" => Sign::Clean,
        "heating" => Sign::Heating,
        "parking" => Sign::Parking,
        "noise" => Sign::Noise,
        "telecom" => Sign::Telecom,
        "pest" => Sign::Pest,
        "charging" => Sign::Charging,
        "cctv" => Sign::Camera,
        "question" => Sign::Question,
        complaint if complaint.starts_with("complaint") => Sign::Complaint,
        _ => Sign::Repair,
    }
}

/// Makes the window of repairs.
pub(crate) fn repairs(view: &View) -> RepairsWindow {
    RepairsWindow {
        version: view.version,
        total: view.screens.total,
        open_count: view.screens.open_count,
        filter: view.wanted.filter.word().to_owned(),
        filters: choices::filters(&Telling::of(view)),
        search: view.wanted.search.clone(),
        offset: view.wanted.offset,
        rows: Lines::of(view).all(&view.screens.rows),
    }
}

/// Makes the list of what waits for this person.
pub(crate) fn attention(view: &View) -> AttentionList {
    let lines = Lines::of(view);
    let attention = &view.screens.attention;
    let reminder = |reminder: &linli_replica::repairs::Reminder| {
        let line = lines.line(&reminder.row);
        Reminder {
            at_ms: reminder.at.0,
            text: format!("{} {} · {}", line.place, line.class, line.due_text),
            id: line.id,
        }
    };
    let waiting = attention.waiting.iter().map(|waiting| WaitingLine {
        urgency: urgency(waiting.urgency).to_owned(),
        urgency_text: lines.telling.word("urgency", urgency(waiting.urgency)),
        wants_text: wants(&lines.telling, &waiting.row),
        line: lines.line(&waiting.row),
    });
    AttentionList {
        waiting: waiting.collect(),
        total: attention.total,
        reminders: attention.reminders.iter().map(reminder).collect(),
        mine: lines.all(&attention.mine),
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

/// The classes that are reported most come first, in this order; emergencies follow.
const USUAL: [&str; 8] =
    ["water", "power", "lighting", "door", "drain", "heating", "roof_leak", "other"];

/// Makes the drafts, and what a new report can choose from.
pub(crate) fn drafts(view: &View) -> Drafts {
    let lines = Lines::of(view);
    let telling = &lines.telling;
    let ways = &view.screens.ways;
    let drafts = view.screens.drafts.iter().map(|draft| Draft {
        name: draft.name.clone(),
        text: draft.text.clone(),
        attachments: draft.attachments.iter().map(attachment).collect(),
    });
    let mut classes: Vec<ClassChoice> = ways
        .classes
        .iter()
        .map(|class| ClassChoice {
            class: class.word.clone(),
            text: telling.word("class", &class.word),
            sign: sign_of_class(&class.word),
            usual: class.emergency || USUAL.contains(&class.word.as_str()),
            emergency: class.emergency,
            complaint: class.complaint,
        })
        .collect();
    classes.sort_by_key(|class| {
        let usual = USUAL.iter().position(|usual| *usual == class.class);
        (usual.unwrap_or(USUAL.len()), !class.emergency)
    });
    let behalf = ways.behalf.iter().map(|(person, scope)| BehalfChoice {
        person: person.to_hex(),
        text: telling.scope(scope),
        place: scope.to_string().replacen("unit/", "home/", 1),
    });
    let about = [Role::Property, Role::Committee, Role::Head, Role::Resident];
    Drafts {
        drafts: drafts.collect(),
        alike: lines.all(&view.screens.alike),
        classes,
        places: ways.places.iter().map(|place| choices::place(telling, place)).collect(),
        slots: choices::visits(telling),
        behalf: behalf.collect(),
        targets: about.iter().map(|role| choices::word(telling, "role", role.word())).collect(),
    }
}

/// Makes the page about sending.
pub(crate) fn sending(view: &View) -> Sending {
    let Some(Own { counts: [saved_here, handed_over, seen, accepted], here }) =
        &view.screens.sending
    else {
        return Sending::default();
    };
    let telling = Telling::of(view);
    Sending {
        saved_here: *saved_here,
        handed_over: *handed_over,
        seen: *seen,
        accepted: *accepted,
        here: here.iter().map(|entry| sending_line(&telling, entry)).collect(),
    }
}

fn sending_line(telling: &Telling, entry: &OwnEntry) -> SendingLine {
    use linli_domain::shelf::Room;
    let (sign, text) = match (&entry.repair, entry.room) {
        (Some(row), _) => {
            let status = telling.word("status", row.status.word());
            let values = [("status", &*status), ("text", &*row.excerpt)];
            (sign_of_class(&row.class), telling.words.fill("entry", "repair", &values))
        }
        (None, Some(Room::Registry | Room::Repairs)) => {
            (Sign::People, telling.word("entry", "registry"))
        }
        (None, Some(Room::Payments)) => (Sign::Money, telling.word("entry", "money")),
        (None, None) => (Sign::Newer, telling.word("entry", "other")),
    };
    SendingLine { sign, text, ago_text: telling.ago(entry.at) }
}

pub(crate) fn attachment(attachment: &kernel::Attachment) -> Attachment {
    Attachment {
        id: attachment.parts.first().map(|part| part.to_hex()).unwrap_or_default(),
        voice: attachment.kind == AttachmentKind::Voice,
        bytes: attachment.bytes,
        turn: attachment.turn,
    }
}

pub(crate) const fn slot(slot: &repairs::Slot) -> Slot {
    Slot { from_ms: slot.from.0, to_ms: slot.to.0 }
}
