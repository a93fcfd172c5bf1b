//! What is allowed: what each step has to say, and the two doors to one check.

use linli_wire::{FactId, fact::Fact};

use super::{
    Event, NoteKind, Refusal, Repair, Report, Slot, Status, Step, Version,
    asked::{Said, said},
    rights::{is_target, may, may_note, may_report},
    schema::{NoteFields, fields, kind, read_note, read_report, read_step},
    status::follows,
};
use crate::{
    kernel::{Attachment, AttachmentKind, Author, Draft, Moment},
    law::RuleSet,
};

/// Most characters of a report, note or reason.
const TEXT_CHARS_MAX: usize = 2_000;

/// Most attachments of one fact.
///
/// Nine photos fill one screen of thumbnails, and a voice note beside them; their parts still fit
/// one fact.
pub const ATTACHMENTS_MAX: usize = 10;

/// Most times that are offered for a visit: a week of evenings.
const SLOTS_MAX: usize = 7;

/// Longest stretch offered for a visit: nobody waits at home for longer than a day.
const SLOT_MS_MAX: i64 = 24 * 3600 * 1000;

/// Turns what is asked into a draft, or says why not.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn decide(
    repair: Option<&Repair>,
    author: &Author,
    event: &Event,
    now: Moment,
    law: &RuleSet,
) -> Result<Draft, Refusal> {
    let draft =
        |kind, about, fields, supersedes| Draft { kind, about, fields, supersedes, legal: false };
    let repair = match (repair, event) {
        (None, Event::Report(report)) => {
            check_report(author, report, law)?;
            check_future(&report.slots, now)?;
            return Ok(draft(kind::REPORTED, None, fields(report), Vec::new()));
        }
        (Some(repair), _) if !matches!(event, Event::Report(_)) => repair,
        _ => return Err(Refusal::Unknown),
    };
    let seen: Vec<&Version> = repair.tips();
    let step = match said(event, repair, &seen)? {
        Said::Step(step) => step,
        Said::Note(note) => {
            check_note(repair, author, &note)?;
            check_future(&note.slots, now)?;
            return Ok(draft(kind::NOTE, Some(repair.id), fields(&note), Vec::new()));
        }
    };
    if repair.is_conflicted() && step.keeps.is_none() {
        return Err(Refusal::Conflicted);
    }
    check(repair, author, &seen, &step, now, law)?;
    let mut supersedes: Vec<FactId> = seen.iter().map(|version| version.id).collect();
    supersedes.sort();
    Ok(draft(kind::STEP, Some(repair.id), fields(&step), supersedes))
}

/// Checks a fact that another wrote, from what its author saw.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn admit(repair: &Repair, author: &Author, fact: &Fact, law: &RuleSet) -> Result<(), Refusal> {
    if let Some(report) = read_report(fact) {
        return check_report(author, &report, law);
    }
    if fact.kind == kind::NOTE {
        return check_note(repair, author, &read_note(fact).ok_or(Refusal::Unreadable)?);
    }
    let step = read_step(fact).ok_or(Refusal::Unreadable)?;
    let seen: Vec<&Version> =
        fact.supersedes.iter().filter_map(|id| repair.versions.get(id)).collect();
    check(repair, author, &seen, &step, Moment(fact.at), law)
}

fn check_report(author: &Author, report: &Report, law: &RuleSet) -> Result<(), Refusal> {
    if !may_report(author, report) {
        return Err(Refusal::NotYours);
    }
    let class = law.class(&report.class);
    if class.is_none_or(|class| class.complaint != report.target.is_some()) {
        return Err(Refusal::UnknownClass);
    }
    check_text(&report.text)?;
    check_attachments(&report.attachments, report.mark.as_ref())?;
    check_slots(&report.slots)
}

fn check_note(repair: &Repair, author: &Author, note: &NoteFields) -> Result<(), Refusal> {
    let (text, pictures, slots) =
        (!note.text.is_empty(), !note.attachments.is_empty(), !note.slots.is_empty());
    let fits = match note.kind {
        NoteKind::Comment => !slots,
        NoteKind::MeToo => !text && !pictures && !slots,
        NoteKind::Slots => slots && !text && !pictures,
    };
    if !fits {
        return Err(Refusal::Unreadable);
    }
    if !may_note(author, repair, note.kind) {
        return Err(Refusal::NotYours);
    }
    if note.kind == NoteKind::Comment && (text || !pictures) {
        check_text(&note.text)?;
    }
    check_attachments(&note.attachments, None)?;
    check_slots(&note.slots)
}

/// The one check behind both doors.
fn check(
    repair: &Repair,
    author: &Author,
    seen: &[&Version],
    step: &Step,
    written: Moment,
    law: &RuleSet,
) -> Result<(), Refusal> {
    let Some(first) = seen.first() else { return Err(Refusal::Unfounded) };
    if step.keeps.is_some() {
        return check_settle(repair, author, seen, step);
    }
    if !says_what_it_should(step) {
        return Err(Refusal::Unreadable);
    }
    if seen.iter().any(|version| version.status() != first.status()) {
        return Err(Refusal::Conflicted);
    }
    // A place is corrected in passing: the repair stays where it stands.
    let in_passing = step.status == first.status() && step.place.is_none();
    let repeats = matches!(step.status, Status::Dispatched | Status::PlanProposed);
    if !follows(first.status()).contains(&step.status) || in_passing && !repeats {
        return Err(Refusal::WrongOrder);
    }
    if !may(author, repair, first, step) {
        return Err(Refusal::NotYours);
    }
    if step.status.closes() && is_target(author, repair) {
        return Err(Refusal::OwnComplaint);
    }
    if step.status == Status::Reopened
        && seen.iter().any(|version| version.reopens >= law.repairs.reopen_max)
    {
        return Err(Refusal::ReopenedTooOften);
    }
    if step.status == Status::PlanProposed && seen.iter().any(|seen| seen.verified.is_none()) {
        return Err(Refusal::PlaceNotVerified);
    }
    check_content(repair, step, written, law)
}

/// Tells whether a step carries just the fields that go with its state.
fn says_what_it_should(step: &Step) -> bool {
    let needs = |status: &[Status], has: bool| status.contains(&step.status) == has;
    let may_have = |status: &[Status], has: bool| !has || status.contains(&step.status);
    let corrects = matches!(step.status, Status::OnSite | Status::Working) && step.place.is_some();
    needs(&[Status::Dispatched], step.assignee.is_some())
        && needs(&[Status::Dispatched], step.how.is_some())
        && may_have(&[Status::Dispatched], step.slot.is_some())
        && (corrects || needs(&[Status::PlaceVerified], step.place.is_some()))
        && needs(&[Status::Merged], step.into.is_some())
        && needs(&[Status::Referred], step.referral.is_some())
        && needs(&[Status::Paused], step.until.is_some())
        && needs(&[Status::Rated], step.stars.is_some())
        && needs(&[Status::PlanProposed], step.estimate.is_some())
        && may_have(&[Status::Confirmed], step.mark.is_some())
        && may_have(&[Status::DoneClaimed, Status::Reopened], !step.attachments.is_empty())
}

/// Checks texts, times and pictures of a step.
fn check_content(
    repair: &Repair,
    step: &Step,
    written: Moment,
    law: &RuleSet,
) -> Result<(), Refusal> {
    let complaint = repair.target().is_some();
    let needs_text = matches!(
        step.status,
        Status::Refused
            | Status::Referred
            | Status::Reopened
            | Status::PlanProposed
            | Status::Approved
            | Status::Paused
    ) || complaint && step.status == Status::DoneClaimed;
    match &step.note {
        Some(note) if needs_text || !note.is_empty() => check_text(note)?,
        None if needs_text => return Err(Refusal::BadText),
        Some(_) | None => {}
    }
    let photo = step.attachments.iter().any(|picture| picture.kind == AttachmentKind::Photo);
    let photo_due = step.status == Status::DoneClaimed && law.repairs.done_needs_photo;
    if photo_due && !complaint && !photo {
        return Err(Refusal::NeedsPhoto);
    }
    check_attachments(&step.attachments, step.mark.as_ref())?;
    check_times(repair, step, written, law)?;
    if step.stars.is_some_and(|stars| !(1..=5).contains(&stars)) {
        return Err(Refusal::BadStars);
    }
    if step.into == Some(repair.id) {
        return Err(Refusal::BadTarget);
    }
    Ok(())
}

/// A pause ends after its beginning and within what may stop the clock; a visit was offered.
fn check_times(
    repair: &Repair,
    step: &Step,
    written: Moment,
    law: &RuleSet,
) -> Result<(), Refusal> {
    let longest = i64::from(law.repairs.pause_min_max).saturating_mul(60_000);
    if let Some(until) = step.until {
        let length = until.0.saturating_sub(written.0);
        if length <= 0 || length > longest {
            return Err(Refusal::BadTime);
        }
    }
    match step.slot {
        Some(slot) if !is_offered(repair, slot) => Err(Refusal::BadTime),
        Some(_) | None => Ok(()),
    }
}

/// Tells whether a visit was ever offered: the worker may not have seen the latest offer.
fn is_offered(repair: &Repair, slot: Slot) -> bool {
    let later = repair.notes.iter().flat_map(|note| &note.fields.slots);
    repair.report.slots.iter().chain(later).any(|offered| *offered == slot)
}

/// Whoever may write one of the rivals may keep one, naming all that are superseded.
fn check_settle(
    repair: &Repair,
    author: &Author,
    seen: &[&Version],
    step: &Step,
) -> Result<(), Refusal> {
    let kept = seen.iter().find(|version| Some(version.id) == step.keeps);
    let differ =
        seen.iter().any(|v| seen.first().is_some_and(|first| first.status() != v.status()));
    let Some(kept) = kept.filter(|_| differ) else { return Err(Refusal::NothingToSettle) };
    if *step != (Step { keeps: step.keeps, ..Step::to(kept.status()) }) {
        return Err(Refusal::Unreadable);
    }
    let may_write = |version: &Version| {
        let before = version.supersedes.iter().find_map(|id| repair.versions.get(id));
        before.is_some_and(|before| may(author, repair, before, &version.step))
    };
    if !seen.iter().any(|version| may_write(version)) {
        return Err(Refusal::NotYours);
    }
    if kept.status().closes() && is_target(author, repair) {
        return Err(Refusal::OwnComplaint);
    }
    Ok(())
}

fn check_text(text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > TEXT_CHARS_MAX { Err(Refusal::BadText) } else { Ok(()) }
}

fn check_attachments(attachments: &[Attachment], mark: Option<&Attachment>) -> Result<(), Refusal> {
    let sound = attachments.iter().chain(mark).all(Attachment::is_sound);
    if attachments.len() <= ATTACHMENTS_MAX && sound { Ok(()) } else { Err(Refusal::BadAttachment) }
}

fn check_slots(slots: &[Slot]) -> Result<(), Refusal> {
    let sound = |slot: &Slot| {
        let length = slot.to.0.saturating_sub(slot.from.0);
        length > 0 && length <= SLOT_MS_MAX
    };
    if slots.len() <= SLOTS_MAX && slots.iter().all(sound) { Ok(()) } else { Err(Refusal::BadTime) }
}

/// Whoever offers a visit offers it for later; what others offered may be over when it arrives.
fn check_future(slots: &[Slot], now: Moment) -> Result<(), Refusal> {
    if slots.iter().all(|slot| slot.to > now) { Ok(()) } else { Err(Refusal::BadTime) }
}
