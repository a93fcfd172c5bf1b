//! Makes records from what the app shows, with words in the shell's language.

use linli_app::{
    model::View,
    slice::{self, DraftPage, Invitation},
    words::{Language, Words},
};
use linli_domain::kernel::Scope;
use linli_replica::{
    alarm::Alarm,
    view::{CommunityRow, Standing},
};

use crate::records::{AlarmLine, CommunityLine, Founding, FoundingDraft, Frame, OwnDuty, Phase};
use crate::telling::Telling;

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
            Inner::Approved => Self::Approved,
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
            Self::Approved => "approved",
            Self::Member => "member",
            Self::Ended => "ended",
        }
    }
}

/// Makes the frame.
pub(crate) fn frame(view: &View) -> Frame {
    let telling = Telling::of(view);
    let words = telling.words;
    let base = Frame {
        version: view.version,
        communities: communities(view, words),
        phase_text: words.get("phase", Phase::Fresh.word()).to_owned(),
        toast: view.toast.clone(),
        refusal: view.refusal.clone(),
        invitation: view.invitation.as_ref().map(|shown| shown.text.clone()),
        invitation_text: view.invitation.as_ref().map(|shown| invitation_text(shown, &telling)),
        elder: view.settings.elder,
        device: view.screens.own.map(|device| device.to_hex()),
        language: match view.settings.language {
            Language::Zh => "zh",
            Language::En => "en",
        }
        .to_owned(),
        today_text: telling.today(),
        waits_text: waits_text(badge(view), words),
        duties: duties(view, &telling),
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
        further_text: standing
            .further
            .map(|further| words.get("phase", Phase::of(further).word()).to_owned()),
        may_stop_joining: standing.may_stop,
        needs_update: standing.needs_update,
        reading: standing.reading,
        code,
        seq,
        unsent,
        oldest_unsent_ms: standing.oldest_unsent.map(|moment| moment.0),
        handed_over,
        contact_ms: standing.contact.map(|moment| moment.0),
        contact_text: standing.contact.map(|moment| telling.ago(moment)).unwrap_or_default(),
        sync_waits: !safe,
        sync_text: sync_text(standing, &telling),
        alarms: standing.alarms.iter().map(|alarm| alarm_line(alarm, words)).collect(),
        pictures_unsent: standing.parts.unsent,
        carried: standing.carried,
        safe_to_hand_back: safe,
        safe_text: words.get("sync", if safe { "safe" } else { "not_safe" }).to_owned(),
        undo_until_ms: standing.held.map(|(_, until)| until.0),
        money_text: crate::present_money::line(&telling, &view.screens.money_line),
        badge: badge(view),
        ..base
    }
}

/// The communities, without the slots that wait for one.
fn communities(view: &View, words: &Words) -> Vec<CommunityLine> {
    let rows = (0_u32..).zip(&view.screens.communities);
    let line = |(index, row): (u32, &CommunityRow)| {
        let named = !row.name.is_empty();
        let name = if named { &row.name } else { words.get("community", "unnamed") };
        CommunityLine {
            index,
            name: name.to_owned(),
            role_text: row.role.map_or("", |role| words.get("role", role.word())).to_owned(),
            shown: usize::try_from(index).is_ok_and(|index| index == view.wanted.slot),
            phase_text: words.get("phase", Phase::of(row.phase).word()).to_owned(),
        }
    };
    let taken = rows.filter(|(_, row)| Phase::of(row.phase) != Phase::Fresh);
    taken.map(line).collect()
}

/// For whom an invitation is, and until when somebody can use it.
fn invitation_text(invitation: &Invitation, telling: &Telling) -> String {
    let terms = &invitation.terms;
    let (role, scope) = (telling.word("role", terms.role.word()), telling.scope(&terms.scope));
    let until = telling.at(invitation.until);
    let values = [("role", &*role), ("scope", &scope), ("until", &until)];
    telling.words.fill("invitation", "for_whom", &values)
}

fn waits_text(count: u32, words: &Words) -> String {
    match count {
        0 => words.get("today", "none").to_owned(),
        1 => words.get("today", "one").to_owned(),
        many => words.fill("today", "many", &[("count", &many.to_string())]),
    }
}

fn duties(view: &View, telling: &Telling) -> Vec<OwnDuty> {
    let viewer = view.screens.viewer.iter().flat_map(|viewer| &viewer.duties);
    let mut held: Vec<_> = viewer.collect();
    held.sort_by_key(|duty| duty.role);
    let own = |duty: &&linli_domain::kernel::Duty| OwnDuty {
        role_text: telling.word("role", duty.role.word()),
        scope_text: telling.scope(&duty.scope),
        door: matches!(duty.scope, Scope::Unit(_)),
    };
    held.iter().map(own).collect()
}

/// How it stands with what was done here: unsent acts first, then photos, what is carried, and what
/// can still be undone.
fn sync_text(standing: &Standing, telling: &Telling) -> String {
    let fill = |key: &str, values: &[(&str, &str)]| telling.words.fill("strip", key, values);
    let count = |number: u32| number.to_string();
    if standing.unsent > 0 {
        let ago = standing.oldest_unsent.map(|moment| telling.ago(moment)).unwrap_or_default();
        fill("unsent", &[("count", &count(standing.unsent)), ("ago", &ago)])
    } else if standing.parts.unsent > 0 {
        fill("photos", &[("count", &count(standing.parts.unsent))])
    } else if standing.carried > 0 {
        fill("carried", &[("count", &count(standing.carried))])
    } else if standing.held.is_some() {
        fill("held", &[])
    } else {
        match standing.contact {
            Some(contact) => fill("all_sent", &[("ago", &telling.ago(contact))]),
            None => fill("nothing_sent", &[]),
        }
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

/// Makes what this phone has to do with a founding by several.
pub(crate) fn founding(view: &View) -> Founding {
    let slice::Founding { keys, draft, signature } = view.founding.clone();
    let words = Words::of(view.settings.language);
    Founding { keys, draft: draft.map(|page| founding_draft(page, words)), signature }
}

fn founding_draft(page: DraftPage, words: &Words) -> FoundingDraft {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let DraftPage { name, rules, threshold, founders, totals } = page;
    let said = |key: &str, values: &[(&str, String)]| {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.fill("draft", key, &values)
    };
    let units = [
        ("homes", totals.homes.to_string()),
        ("shops", totals.shops.to_string()),
        ("buildings", totals.buildings.len().to_string()),
    ];
    let votes = [("area", totals.area.to_string()), ("heads", totals.heads.to_string())];
    let signers = [("count", founders.len().to_string()), ("threshold", threshold.to_string())];
    let lines = vec![
        name.clone(),
        said("units", &units),
        said("votes", &votes),
        said("signers", &signers),
        said("rules", &[("rules", rules.clone())]),
    ];
    FoundingDraft {
        lines,
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
            further: None,
            may_stop: false,
            needs_update: false,
            reading: false,
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
