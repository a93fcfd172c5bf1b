//! Makes records from what the app shows, with words in the shell's language.

use linli_app::{model::View, words::Words};
use linli_domain::{
    registry::view::{DutyRow, PersonRow, UnitRow},
    repairs::view::{self, RepairRow, TimelineEntry},
};
use linli_replica::{Verdict, alarm::Alarm, view::Standing};
use linli_wire::DeviceId;

use crate::records::{
    Action, AlarmLine, Applicant, Device, Draft, DutyLine, Frame, People, Person, Phase,
    RepairDetail, RepairLine, RepairsWindow, SetAside, Step, UnitPage,
};

impl Phase {
    const fn of(phase: linli_replica::view::Phase) -> Self {
        use linli_replica::view::Phase as Inner;
        match phase {
            Inner::Fresh => Self::Fresh,
            Inner::Applying => Self::Applying,
            Inner::WaitingForReviewer => Self::WaitingForReviewer,
            Inner::Comparing => Self::Comparing,
            Inner::Refused => Self::Refused,
            Inner::Approved => Self::Approved,
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
            Self::Approved => "approved",
            Self::Member => "member",
            Self::Ended => "ended",
        }
    }
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
        device: view.screens.own.map(|device| device.to_hex()),
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
        further_text: standing
            .further
            .map(|further| words.get("phase", Phase::of(further).word()).to_owned()),
        needs_update: standing.needs_update,
        code,
        seq,
        unsent,
        oldest_unsent_ms: standing.oldest_unsent.map(|moment| moment.0),
        handed_over,
        contact_ms: standing.contact.map(|moment| moment.0),
        alarms: standing.alarms.iter().map(|alarm| alarm_line(alarm, words)).collect(),
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
        rows: view.screens.rows.iter().map(|row| line(row, words)).collect(),
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
        line: line(&detail.row, words),
        text: detail.text.clone(),
        steps: detail.timeline.iter().map(|entry| step(entry, words)).collect(),
        actions: detail.actions.iter().map(|action| button(*action, words)).collect(),
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
    let window = screens.people.as_ref();
    let rows = window.map(|window| window.rows.as_slice()).unwrap_or_default();
    People {
        applicants: screens.applicants.iter().map(|a| applicant(a, words)).collect(),
        total: window.map_or(0, |window| window.total),
        offset: window.map_or(0, |window| window.offset),
        people: rows.iter().map(|row| person(row, screens.own, words)).collect(),
        unit: window.and_then(|window| window.unit.as_ref()).map(|unit| unit_page(unit, words)),
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

fn applicant(applicant: &linli_replica::view::Applicant, words: &Words) -> Applicant {
    let asked = &applicant.asked;
    Applicant {
        invite: applicant.invite.to_hex(),
        name: applicant.name.clone(),
        role_text: words.get("role", &asked.role).to_owned(),
        scope: asked.scope.clone(),
        from_ms: asked.from,
        to_ms: asked.to,
        staff_texts: asked.staff.iter().map(|word| words.get("staff", word).to_owned()).collect(),
        owners: applicant.owners,
        device: applicant.device.to_hex(),
        code: applicant.code.clone(),
        decided: applicant.decided,
    }
}

/// How many characters of a pseudonym tell people apart on a screen: one in four thousand million.
const SHORT_CHARS: usize = 8;

fn person(row: &PersonRow, own: Option<DeviceId>, words: &Words) -> Person {
    let id = row.person.to_hex();
    Person {
        short: id.chars().take(SHORT_CHARS).collect(),
        person: id,
        own: row.phones.iter().any(|phone| Some(phone.device) == own),
        duties: row.duties.iter().map(|duty| duty_line(duty, words)).collect(),
        devices: row
            .phones
            .iter()
            .map(|phone| Device {
                device: phone.device.to_hex(),
                own: Some(phone.device) == own,
                ended: phone.ended,
            })
            .collect(),
    }
}

fn duty_line(row: &DutyRow, words: &Words) -> DutyLine {
    let role = row.duty.role.word();
    let state = row.state.word();
    DutyLine {
        role: role.to_owned(),
        role_text: words.get("role", role).to_owned(),
        scope: row.duty.scope.to_string(),
        from_ms: row.from.map(|moment| moment.0),
        to_ms: row.to.map(|moment| moment.0),
        staff_texts: row
            .staff
            .iter()
            .map(|duty| words.get("staff", duty.word()).to_owned())
            .collect(),
        state: state.to_owned(),
        state_text: words.get("duty", state).to_owned(),
        approvals: row.approvals,
    }
}

fn unit_page(row: &UnitRow, words: &Words) -> UnitPage {
    UnitPage {
        unit: row.unit.to_string(),
        status: row.status.word().to_owned(),
        status_text: words.get("unit_status", row.status.word()).to_owned(),
        owners: row.owners.iter().map(|person| person.to_hex()).collect(),
        representative: row.representative.map(|person| person.to_hex()),
        occupants: row.occupants,
    }
}

/// Makes the list of drafts.
pub(crate) fn drafts(view: &View) -> Vec<Draft> {
    let drafts = view.screens.drafts.iter().cloned();
    drafts.map(|(name, text)| Draft { name, text }).collect()
}
