//! What a shell draws: plain data in the shell's language, with stable ids and stored words.

use linli_app::{model::View, slice::DeviceRow, words::Words};
use linli_domain::repairs::view::{self, RepairRow, TimelineEntry};
use linli_replica::{Verdict, alarm::Alarm, view::Standing};

/// Where this phone stands with its community.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, uniffi::Enum)]
pub enum Phase {
    /// Nothing founded or joined.
    #[default]
    Fresh,
    /// The application is on its way.
    Applying,
    /// A reviewer has to open it.
    WaitingForReviewer,
    /// The six digits are compared.
    Comparing,
    /// The application was refused.
    Refused,
    /// A member.
    Member,
    /// Access has ended.
    Ended,
}

impl Phase {
    const fn of(phase: linli_replica::view::Phase) -> Self {
        use linli_replica::view::Phase as Inner;
        match phase {
            Inner::Fresh => Self::Fresh,
            Inner::Applying => Self::Applying,
            Inner::WaitingForReviewer => Self::WaitingForReviewer,
            Inner::Comparing => Self::Comparing,
            Inner::Refused => Self::Refused,
            Inner::Member => Self::Member,
            Inner::Ended => Self::Ended,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Applying => "applying",
            Self::WaitingForReviewer => "waiting_for_reviewer",
            Self::Comparing => "comparing",
            Self::Refused => "refused",
            Self::Member => "member",
            Self::Ended => "ended",
        }
    }
}

/// What a relay was caught at.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AlarmLine {
    /// The stored word.
    pub word: String,
    /// The sentence for people.
    pub sentence: String,
    /// The place in the log.
    pub seq: u64,
    /// The device whose pack shows it, where one does.
    pub device: Option<String>,
    /// One sentence for experts.
    pub detail: String,
}

/// What every screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Frame {
    /// Rises with every change.
    pub version: u64,
    /// How many communities this phone has.
    pub communities: u32,
    /// The community's name.
    pub community: String,
    /// Whether it is a trial with a single founder.
    pub trial: bool,
    /// Where this phone stands.
    pub phase: Phase,
    /// The same as a sentence.
    pub phase_text: String,
    /// The six digits to compare, while joining.
    pub code: Option<String>,
    /// The last log entry read.
    pub seq: u64,
    /// How many own packs are not handed over.
    pub unsent: u32,
    /// When the oldest of them was written, in ms since 1970.
    pub oldest_unsent_ms: Option<i64>,
    /// How many are handed over but not yet seen in the log.
    pub handed_over: u32,
    /// When the relay last answered, in ms since 1970.
    pub contact_ms: Option<i64>,
    /// What a relay was caught at.
    pub alarms: Vec<AlarmLine>,
    /// Until when the last act can be undone, in ms since 1970.
    pub undo_until_ms: Option<i64>,
    /// The sentence to show once.
    pub toast: Option<String>,
    /// The word of the refusal behind it.
    pub refusal: Option<String>,
    /// The newest invitation, for a QR.
    pub invitation: Option<String>,
}

/// One line of the list of repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairLine {
    /// The repair.
    pub id: String,
    /// Where, as people say it.
    pub place: String,
    /// The class.
    pub class: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// Where it stands, the stored word.
    pub status: String,
    /// The same for people.
    pub status_text: String,
    /// How many versions stand side by side.
    pub versions: u32,
    /// Whether they differ.
    pub conflict: bool,
    /// Whether any step is not yet in the log.
    pub pending: bool,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// When it was reported, in ms since 1970.
    pub at_ms: i64,
}

/// A window of the list of repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairsWindow {
    /// Rises with every change.
    pub version: u64,
    /// How many fit the filter.
    pub total: u32,
    /// How many are open.
    pub open_count: u32,
    /// The first row.
    pub offset: u32,
    /// The rows, about three screens of them.
    pub rows: Vec<RepairLine>,
}

/// One step of a repair.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Step {
    /// The step.
    pub id: String,
    /// Where it led to, the stored word.
    pub status: String,
    /// The same for people.
    pub status_text: String,
    /// Its author's person.
    pub person: String,
    /// Its author's device.
    pub device: String,
    /// The role its author held, for people.
    pub role_text: String,
    /// The author's own clock, in ms since 1970.
    pub at_ms: i64,
    /// A note or a reason.
    pub note: Option<String>,
    /// Whether it is not yet in the log.
    pub pending: bool,
    /// Whether it is one of the versions that stand.
    pub stands: bool,
}

/// What the person may do: a button.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Action {
    /// The stored word.
    pub word: String,
    /// The button's text.
    pub text: String,
}

/// One repair in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct RepairDetail {
    /// What the list shows.
    pub line: RepairLine,
    /// The whole text.
    pub text: String,
    /// Every step, in time.
    pub steps: Vec<Step>,
    /// What the person may do.
    pub actions: Vec<Action>,
    /// Sentences for steps that do not count.
    pub refused: Vec<String>,
}

/// An application to review.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Applicant {
    /// The application.
    pub invite: String,
    /// The name given.
    pub name: String,
    /// The role asked for, for people.
    pub role_text: String,
    /// What the role is for.
    pub scope: String,
    /// The six digits to compare, once known.
    pub code: Option<String>,
    /// Whether this phone has decided.
    pub decided: bool,
}

/// A device of the registry.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Device {
    /// The device.
    pub device: String,
    /// Its person.
    pub person: String,
    /// Roles with scopes, as stored words.
    pub duties: Vec<String>,
    /// Whether it is this phone.
    pub own: bool,
    /// Whether it was revoked.
    pub ended: bool,
    /// Whether an approval is missing still.
    pub waiting: bool,
}

/// A fact that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SetAside {
    /// The fact.
    pub id: String,
    /// Why: `quarantined`, `refused` or `newer`.
    pub verdict: String,
    /// The device that wrote it.
    pub device: String,
    /// Its place in the log.
    pub seq: u64,
}

/// People, applications and what was set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct People {
    /// Applications to review.
    pub applicants: Vec<Applicant>,
    /// Devices of the registry.
    pub devices: Vec<Device>,
    /// Facts set aside for review.
    pub set_aside: Vec<SetAside>,
}

/// A draft as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Makes the frame.
pub(crate) fn frame(view: &View) -> Frame {
    let words = Words::of(view.language);
    let base = Frame {
        version: view.version,
        communities: view.screens.communities,
        phase_text: words.get("phase", Phase::Fresh.word()).to_owned(),
        toast: view.toast.clone(),
        refusal: view.refusal.clone(),
        invitation: view.invitation.clone(),
        ..Frame::default()
    };
    let Some(standing) = &view.screens.standing else { return base };
    let phase = Phase::of(standing.phase);
    let Standing { name, trial, code, seq, unsent, handed_over, .. } = standing.clone();
    Frame {
        community: name,
        trial,
        phase,
        phase_text: words.get("phase", phase.word()).to_owned(),
        code,
        seq,
        unsent,
        oldest_unsent_ms: standing.oldest_unsent.map(|moment| moment.0),
        handed_over,
        contact_ms: standing.contact.map(|moment| moment.0),
        alarms: standing.alarms.iter().map(|alarm| alarm_line(alarm, &words)).collect(),
        undo_until_ms: standing.held.map(|(_, until)| until.0),
        ..base
    }
}

fn alarm_line(alarm: &Alarm, words: &Words) -> AlarmLine {
    AlarmLine {
        word: alarm.lie.word().to_owned(),
        sentence: words.get("alarm", alarm.lie.word()).to_owned(),
        seq: alarm.seq,
        device: alarm.device.map(|device| device.to_hex()),
        detail: alarm.detail.clone(),
    }
}

/// Makes the window of repairs.
pub(crate) fn repairs(view: &View) -> RepairsWindow {
    let words = Words::of(view.language);
    RepairsWindow {
        version: view.version,
        total: view.screens.total,
        open_count: view.screens.open_count,
        offset: view.wanted.offset,
        rows: view.screens.rows.iter().map(|row| line(row, &words)).collect(),
    }
}

fn line(row: &RepairRow, words: &Words) -> RepairLine {
    let code = row.place.code();
    let place = if code.is_empty() { words.get("place", "community").to_owned() } else { code };
    RepairLine {
        id: row.id.to_hex(),
        place,
        class: words.get("class", &row.class).to_owned(),
        excerpt: row.excerpt.clone(),
        status: row.status.word().to_owned(),
        status_text: words.get("status", row.status.word()).to_owned(),
        versions: row.versions,
        conflict: row.conflict,
        pending: row.pending,
        open: row.open,
        at_ms: row.at.0,
    }
}

/// Makes the detail of the repair that is open, if one is.
pub(crate) fn detail(view: &View) -> Option<RepairDetail> {
    let words = Words::of(view.language);
    let detail = view.screens.detail.as_ref()?;
    Some(RepairDetail {
        line: line(&detail.row, &words),
        text: detail.text.clone(),
        steps: detail.timeline.iter().map(|entry| step(entry, &words)).collect(),
        actions: detail.actions.iter().map(|action| button(*action, &words)).collect(),
        refused: detail
            .refused
            .iter()
            .map(|(_, refusal)| words.get("refusal", refusal.word()).to_owned())
            .collect(),
    })
}

fn step(entry: &TimelineEntry, words: &Words) -> Step {
    let role = entry.role.map_or("none", |role| role.word());
    Step {
        id: entry.id.to_hex(),
        status: entry.status.word().to_owned(),
        status_text: words.get("status", entry.status.word()).to_owned(),
        person: entry.person.to_hex(),
        device: entry.device.to_hex(),
        role_text: words.get("role", role).to_owned(),
        at_ms: entry.at.0,
        note: entry.note.clone(),
        pending: entry.pending,
        stands: entry.tip,
    }
}

fn button(action: view::Action, words: &Words) -> Action {
    let word = match action {
        view::Action::Accept => "accept",
        view::Action::Refuse => "refuse",
        view::Action::Dispatch => "dispatch",
        view::Action::Start => "start",
        view::Action::ClaimDone => "claim_done",
        view::Action::Confirm => "confirm",
        view::Action::Reopen => "reopen",
        view::Action::Withdraw => "withdraw",
        view::Action::Settle => "settle",
    };
    Action { word: word.to_owned(), text: words.get("action", word).to_owned() }
}

/// Makes the page of people.
pub(crate) fn people(view: &View) -> People {
    let words = Words::of(view.language);
    let screens = &view.screens;
    People {
        applicants: screens
            .applicants
            .iter()
            .map(|applicant| Applicant {
                invite: applicant.invite.to_hex(),
                name: applicant.name.clone(),
                role_text: words.get("role", &applicant.role).to_owned(),
                scope: applicant.scope.clone(),
                code: applicant.code.clone(),
                decided: applicant.decided,
            })
            .collect(),
        devices: screens.devices.iter().map(device).collect(),
        set_aside: screens
            .uncounted
            .iter()
            .map(|fact| SetAside {
                id: fact.id.to_hex(),
                verdict: match fact.verdict {
                    Verdict::Quarantined => "quarantined",
                    Verdict::Newer => "newer",
                    Verdict::Refused | Verdict::Pending | Verdict::Counted | Verdict::Adopted => {
                        "refused"
                    }
                }
                .to_owned(),
                device: fact.by.to_hex(),
                seq: fact.seq,
            })
            .collect(),
    }
}

fn device(row: &DeviceRow) -> Device {
    let DeviceRow { device, person, duties, own, ended, waiting } = row.clone();
    Device { device, person, duties, own, ended, waiting }
}

/// Makes the list of drafts.
pub(crate) fn drafts(view: &View) -> Vec<Draft> {
    let drafts = view.screens.drafts.iter().cloned();
    drafts.map(|(name, text)| Draft { name, text }).collect()
}
