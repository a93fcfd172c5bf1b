//! Makes records from what the app shows, with words in the shell's language.

use linli_app::{
    model::View,
    slice::{self, DeviceRow, DraftPage},
    words::Words,
};
use linli_replica::{Verdict, alarm::Alarm, view::Standing};

use crate::records::{
    AlarmLine, Applicant, Device, Founding, FoundingDraft, Frame, People, Phase, SetAside,
};

impl Phase {
    const fn of(phase: linli_replica::view::Phase) -> Self {
        use linli_replica::view::Phase as Inner;
        match phase {
            Inner::Fresh => Self::Fresh,
            Inner::Founding => Self::Founding,
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
            Self::Founding => "founding",
            Self::Applying => "applying",
            Self::WaitingForReviewer => "waiting_for_reviewer",
            Self::Comparing => "comparing",
            Self::Refused => "refused",
            Self::Member => "member",
            Self::Ended => "ended",
        }
    }
}

/// Makes the frame.
pub(crate) fn frame(view: &View) -> Frame {
    let words = Words::of(view.settings.language);
    let base = Frame {
        version: view.version,
        communities: view.screens.communities,
        phase_text: words.get("phase", Phase::Fresh.word()).to_owned(),
        toast: view.toast.clone(),
        refusal: view.refusal.clone(),
        invitation: view.invitation.clone(),
        elder: view.settings.elder,
        ..Frame::default()
    };
    let Some(standing) = &view.screens.standing else { return base };
    let phase = Phase::of(standing.phase);
    let safe = standing.is_safe();
    let Standing { name, trial, code, seq, unsent, handed_over, .. } = standing.clone();
    Frame {
        community: name,
        trial,
        phase,
        phase_text: standing
            .update
            .map_or_else(
                || words.get("phase", phase.word()),
                |update| words.get("refusal", update.word()),
            )
            .to_owned(),
        code,
        seq,
        unsent,
        oldest_unsent_ms: standing.oldest_unsent.map(|moment| moment.0),
        handed_over,
        contact_ms: standing.contact.map(|moment| moment.0),
        alarms: standing.alarms.iter().map(|alarm| alarm_line(alarm, words)).collect(),
        pictures_unsent: standing.parts.unsent,
        carried: standing.carried,
        safe_to_hand_back: safe,
        safe_text: words.get("sync", if safe { "safe" } else { "not_safe" }).to_owned(),
        undo_until_ms: standing.held.map(|(_, until)| until.0),
        badge: badge(view),
        ..base
    }
}

/// What waits for this person: repairs, and applications that nobody decided.
fn badge(view: &View) -> u32 {
    let applications = view.screens.applicants.iter().filter(|applicant| !applicant.decided);
    let applications = u32::try_from(applications.count()).unwrap_or(u32::MAX);
    view.screens.attention.total.saturating_add(applications)
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

/// Makes the page of people.
pub(crate) fn people(view: &View) -> People {
    let words = Words::of(view.settings.language);
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

/// Makes what this phone has to do with a founding by several.
pub(crate) fn founding(view: &View) -> Founding {
    let slice::Founding { keys, draft, signature } = view.founding.clone();
    Founding { keys, draft: draft.map(founding_draft), signature }
}

fn founding_draft(page: DraftPage) -> FoundingDraft {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let DraftPage { name, rules, threshold, founders, totals } = page;
    FoundingDraft {
        name,
        rules,
        threshold: u32::from(threshold),
        own: founders.iter().any(|(_, own)| *own),
        founders: founders.iter().map(|(device, _)| device.to_hex()).collect(),
        buildings: count(totals.buildings.len()),
        homes: count(totals.homes),
        shops: count(totals.shops),
        area_dm2: totals.area.0,
        heads: count(totals.heads),
    }
}

#[cfg(test)]
mod tests {
    use linli_replica::{Update, blobs::Parts, view::Phase as Inner};

    use super::*;

    fn shown(update: Option<Update>) -> String {
        let standing = Standing {
            phase: Inner::Member,
            name: "和园里".to_owned(),
            trial: false,
            code: None,
            seq: 7,
            unsent: 1,
            oldest_unsent: None,
            handed_over: 0,
            contact: None,
            update,
            alarms: Vec::new(),
            held: None,
            quarantined: 0,
            parts: Parts::default(),
            carried: 0,
        };
        let mut view = View::default();
        view.screens.standing = Some(standing);
        frame(&view).phase_text
    }

    #[test]
    fn who_has_to_update_is_said_in_place_of_the_phase() {
        assert_eq!(shown(None), "成员");
        assert!(shown(Some(Update::App)).starts_with("本应用版本太旧"));
        assert!(shown(Some(Update::Relay)).starts_with("小区的中转服务需要"));
    }
}
