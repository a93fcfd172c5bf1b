//! From what people ask to what is written.

use super::{Event, NoteFields, NoteKind, Refusal, Repair, Status, Step, Version};

/// What is written about a repair.
pub(super) enum Said {
    /// It moves.
    Step(Box<Step>),
    /// Something is said, and it stays where it stands.
    Note(NoteFields),
}

/// Writes what is asked, as it would stand in a fact.
///
/// # Errors
/// [`Refusal::Unknown`] for a report, which is about nothing yet; [`Refusal::NothingToSettle`].
pub(super) fn said(event: &Event, repair: &Repair, seen: &[&Version]) -> Result<Said, Refusal> {
    let to = Step::to;
    let noted = |status, note: &str| Step { note: Some(note.to_owned()), ..to(status) };
    let note =
        |kind| NoteFields { kind, text: String::new(), attachments: Vec::new(), slots: Vec::new() };
    Ok(Said::Step(Box::new(match event {
        Event::Report(_) => return Err(Refusal::Unknown),
        Event::Comment { text, attachments } => {
            let (text, attachments) = (text.clone(), attachments.clone());
            let comment = NoteFields { text, attachments, ..note(NoteKind::Comment) };
            return Ok(Said::Note(comment));
        }
        Event::MeToo => return Ok(Said::Note(note(NoteKind::MeToo))),
        Event::OfferSlots { slots } => {
            let slots = slots.clone();
            return Ok(Said::Note(NoteFields { slots, ..note(NoteKind::Slots) }));
        }
        Event::Accept => to(Status::Accepted),
        Event::Merge { into } => Step { into: Some(*into), ..to(Status::Merged) },
        Event::Refuse { reason } => noted(Status::Refused, reason),
        Event::Refer { to, reason } => {
            Step { referral: Some(*to), ..noted(Status::Referred, reason) }
        }
        Event::VerifyPlace { place } => {
            // Who is there corrects it in passing.
            let there = matches!(repair.status(), Status::OnSite | Status::Working);
            let status = if there { repair.status() } else { Status::PlaceVerified };
            Step { place: Some(place.clone()), ..to(status) }
        }
        Event::Dispatch { to: person, how, slot } => {
            Step { assignee: Some(*person), how: Some(*how), slot: *slot, ..to(Status::Dispatched) }
        }
        Event::Arrive => to(Status::OnSite),
        Event::ProposePlan { text, estimate } => {
            Step { estimate: Some(*estimate), ..noted(Status::PlanProposed, text) }
        }
        Event::ApprovePlan { reason } => noted(Status::Approved, reason),
        Event::AwaitVote => to(Status::VotePending),
        Event::Start => to(Status::Working),
        Event::Pause { reason, until } => {
            Step { until: Some(*until), ..noted(Status::Paused, reason) }
        }
        Event::ClaimDone { note, photos } => {
            Step { attachments: photos.clone(), ..noted(Status::DoneClaimed, note) }
        }
        Event::Confirm { mark } => Step { mark: mark.clone(), ..to(Status::Confirmed) },
        Event::Reopen { reason, photos } => {
            Step { attachments: photos.clone(), ..noted(Status::Reopened, reason) }
        }
        Event::Rate { stars, text } => {
            let note = (!text.trim().is_empty()).then(|| text.clone());
            Step { stars: Some(*stars), note, ..to(Status::Rated) }
        }
        Event::Archive => to(Status::Archived),
        Event::Withdraw => to(Status::Withdrawn),
        Event::Settle { keep } => {
            let kept = seen.iter().find(|version| version.id == *keep);
            let kept = kept.ok_or(Refusal::NothingToSettle)?;
            Step { keeps: Some(*keep), ..to(kept.status()) }
        }
    })))
}
