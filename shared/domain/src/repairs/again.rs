//! What was asked, read out of what was written: for a person whose device can hand nothing in any
//! more and who writes it anew with another.

use linli_wire::fact::Fact;

use super::{
    Event, NoteKind, Status, Step,
    schema::{kind, read_note, read_report, read_step},
};
use crate::kernel::Attachment;

/// Returns the event that leads to such a fact, without its photos and voice, and those.
///
/// `None` if the fact is none of this room or cannot be read. What the fact superseded is not told:
/// whoever asks again is judged by what stands then.
#[must_use]
pub fn event_of(fact: &Fact) -> Option<(Event, Vec<Attachment>)> {
    match fact.kind {
        kind::REPORTED => {
            let mut report = read_report(fact)?;
            let attachments = std::mem::take(&mut report.attachments);
            report.mark = None;
            Some((Event::Report(report), attachments))
        }
        kind::NOTE => {
            let note = read_note(fact)?;
            let event = match note.kind {
                NoteKind::Comment => Event::Comment { text: note.text, attachments: Vec::new() },
                NoteKind::MeToo => Event::MeToo,
                NoteKind::Slots => Event::OfferSlots { slots: note.slots },
            };
            Some((event, note.attachments))
        }
        kind::STEP => {
            let mut step = read_step(fact)?;
            let mut attachments = std::mem::take(&mut step.attachments);
            attachments.extend(step.mark.take());
            Some((of_step(step)?, attachments))
        }
        _ => None,
    }
}

fn of_step(step: Step) -> Option<Event> {
    if let Some(keep) = step.keeps {
        return Some(Event::Settle { keep });
    }
    let note = || step.note.clone().unwrap_or_default();
    Some(match step.status {
        Status::Reported => return None,
        // A place corrected on the way leaves the repair where it stands.
        Status::OnSite | Status::Working | Status::PlaceVerified if step.place.is_some() => {
            Event::VerifyPlace { place: step.place? }
        }
        Status::PlaceVerified => return None,
        Status::Merged => Event::Merge { into: step.into? },
        Status::Accepted => Event::Accept,
        Status::Dispatched => {
            Event::Dispatch { to: step.assignee?, how: step.how?, slot: step.slot }
        }
        Status::OnSite => Event::Arrive,
        Status::PlanProposed => Event::ProposePlan { text: note(), estimate: step.estimate? },
        Status::VotePending => Event::AwaitVote,
        Status::Approved => Event::ApprovePlan { reason: note() },
        Status::Working => Event::Start,
        Status::Paused => Event::Pause { reason: note(), until: step.until? },
        Status::DoneClaimed => Event::ClaimDone { note: note(), photos: Vec::new() },
        Status::Confirmed => Event::Confirm { mark: None },
        Status::Reopened => Event::Reopen { reason: note(), photos: Vec::new() },
        Status::Rated => Event::Rate { stars: step.stars?, text: note() },
        Status::Archived => Event::Archive,
        Status::Refused => Event::Refuse { reason: note() },
        Status::Withdrawn => Event::Withdraw,
        Status::Referred => Event::Refer { to: step.referral?, reason: note() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repairs::{
        Report,
        given::{NOON, Story, chen, events, fang, lin, mei, wang, written},
    };

    #[test]
    fn whatever_is_asked_is_read_out_of_what_it_led_to() {
        let mut found = 0;
        let law = Story::new().law;
        for status in Status::ALL {
            let repair = Story::new().at(status).repair();
            for author in [mei(), lin(), chen(), wang(), fang()] {
                for event in events() {
                    let decided = super::super::decide(Some(&repair), &author, &event, NOON, &law);
                    let Ok(draft) = decided else { continue };
                    let (again, attachments) = event_of(&written(draft, &author, 3).fact).unwrap();
                    assert_eq!(again.with_attachments(attachments), event, "{status:?}");
                    found += 1;
                }
            }
        }
        assert!(found > 60, "{found}");
        let report = Event::Report(Report { ..super::super::given::leak() });
        let draft = super::super::decide(None, &mei(), &report, NOON, &law).unwrap();
        assert_eq!(event_of(&written(draft, &mei(), 1).fact).unwrap().0, report);
        let comment = Event::Comment { text: "在吗".to_owned(), attachments: Vec::new() };
        let repair = Story::new().repair();
        let draft = super::super::decide(Some(&repair), &mei(), &comment, NOON, &law).unwrap();
        assert_eq!(event_of(&written(draft, &mei(), 1).fact).unwrap().0, comment);
    }
}
