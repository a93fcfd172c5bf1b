//! What is allowed: the transition table, who may take which step, and the two doors to one check.

use linli_wire::{FactId, PersonId, fact::Fact};

use super::{
    Event, Repair, Report, Status, Version,
    schema::{StepFields, kind, read_report, read_step, report_fields, step_fields},
};
use crate::{
    kernel::{Author, Draft, Moment, Role, Scope},
    law::RuleSet,
};

/// Most characters of a report, note or reason.
const TEXT_CHARS_MAX: usize = 2_000;

/// Why a step is not allowed. Order of the variants is the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The fact cannot be read.
    #[error("the fact cannot be read")]
    Unreadable,
    /// There is no such repair, or it exists already.
    #[error("no such repair")]
    Unknown,
    /// It does not build on steps that count.
    #[error("it does not build on steps that count")]
    Unfounded,
    /// Several versions stand side by side; one has to be kept first.
    #[error("several versions stand; settle first")]
    Conflicted,
    /// There is nothing to settle, or what is kept is not one of the versions.
    #[error("nothing to settle")]
    NothingToSettle,
    /// The step does not follow from where the repair stands.
    #[error("the step does not follow")]
    WrongOrder,
    /// The author's role may not take this step here.
    #[error("not this author's step")]
    NotYours,
    /// It was reopened as often as the rules allow.
    #[error("reopened too often")]
    ReopenedTooOften,
    /// The class is not in the rules.
    #[error("unknown class")]
    UnknownClass,
    /// The text is empty or too long.
    #[error("the text is empty or too long")]
    BadText,
}

impl Refusal {
    /// All refusals, in order.
    pub const ALL: [Self; 10] = [
        Self::Unreadable,
        Self::Unknown,
        Self::Unfounded,
        Self::Conflicted,
        Self::NothingToSettle,
        Self::WrongOrder,
        Self::NotYours,
        Self::ReopenedTooOften,
        Self::UnknownClass,
        Self::BadText,
    ];

    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "repairs.unreadable",
            Self::Unknown => "repairs.unknown",
            Self::Unfounded => "repairs.unfounded",
            Self::Conflicted => "repairs.conflicted",
            Self::NothingToSettle => "repairs.nothing_to_settle",
            Self::WrongOrder => "repairs.wrong_order",
            Self::NotYours => "repairs.not_yours",
            Self::ReopenedTooOften => "repairs.reopened_too_often",
            Self::UnknownClass => "repairs.unknown_class",
            Self::BadText => "repairs.bad_text",
        }
    }
}

/// The states that follow from a state.
const fn follows(from: Status) -> &'static [Status] {
    match from {
        Status::Reported => &[Status::Accepted, Status::Refused, Status::Withdrawn],
        Status::Accepted => &[Status::Dispatched, Status::Refused, Status::Withdrawn],
        Status::Dispatched => &[Status::Working, Status::Withdrawn],
        Status::Working => &[Status::DoneClaimed],
        Status::DoneClaimed => &[Status::Confirmed, Status::Reopened],
        Status::Reopened => &[Status::Dispatched, Status::Working],
        Status::Confirmed | Status::Withdrawn | Status::Refused => &[],
    }
}

/// Who may lead a repair to a state.
fn may(author: &Author, to: Status, scope: &Scope, reporter: PersonId) -> bool {
    let is_reporter = author.person == reporter && !author.duties.is_empty();
    let head = author.holds(&[Role::Head], scope);
    let property = author.holds(&[Role::Property], scope);
    match to {
        Status::Reported => false,
        Status::Accepted | Status::Refused => head || property,
        Status::Dispatched | Status::Working | Status::DoneClaimed => property,
        Status::Confirmed => is_reporter || owns_in(author, scope),
        Status::Reopened | Status::Withdrawn => is_reporter || head,
    }
}

/// Tells whether the author owns a unit that shares the place.
fn owns_in(author: &Author, scope: &Scope) -> bool {
    author.duties.iter().any(|duty| duty.role == Role::Owner && scope.covers(&duty.scope))
}

/// Tells whether the author may report at a place: who lives there, or a head on their behalf.
fn may_report(author: &Author, report: &Report) -> bool {
    let scope = report.place.scope();
    let lives = author.duties.iter().any(|duty| {
        duty.role.is_household() && (scope.covers(&duty.scope) || duty.scope.covers(&scope))
    });
    let head = author.duties.iter().any(|duty| {
        duty.role.is_head() && (duty.scope.covers(&scope) || scope == Scope::Community)
    });
    match report.on_behalf {
        None => lives || head,
        Some(_) => head,
    }
}

/// Turns what is asked into a draft, or says why not.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn decide(
    repair: Option<&Repair>,
    author: &Author,
    event: &Event,
    _now: Moment,
    law: &RuleSet,
) -> Result<Draft, Refusal> {
    let draft =
        |kind, about, fields, supersedes| Draft { kind, about, fields, supersedes, legal: false };
    let repair = match (repair, event) {
        (None, Event::Report(report)) => {
            check_report(author, report, law)?;
            return Ok(draft(kind::REPORTED, None, report_fields(report), Vec::new()));
        }
        (Some(repair), _) if !matches!(event, Event::Report(_)) => repair,
        _ => return Err(Refusal::Unknown),
    };
    let seen: Vec<&Version> = repair.tips();
    let step = step(event, &seen)?;
    if repair.is_conflicted() && step.keeps.is_none() {
        return Err(Refusal::Conflicted);
    }
    check(repair, author, &seen, &step, law)?;
    let mut supersedes: Vec<FactId> = seen.iter().map(|version| version.id).collect();
    supersedes.sort();
    Ok(draft(kind::STEP, Some(repair.id), step_fields(&step), supersedes))
}

/// Checks a fact that another wrote, from what its author saw.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn admit(repair: &Repair, author: &Author, fact: &Fact, law: &RuleSet) -> Result<(), Refusal> {
    if let Some(report) = read_report(fact) {
        return check_report(author, &report, law);
    }
    let step = read_step(fact).ok_or(Refusal::Unreadable)?;
    let seen: Vec<&Version> =
        fact.supersedes.iter().filter_map(|id| repair.versions.get(id)).collect();
    check(repair, author, &seen, &step, law)
}

/// Reads the step out of what is asked.
fn step(event: &Event, seen: &[&Version]) -> Result<StepFields, Refusal> {
    let plain = |status| StepFields { status, note: None, assignee: None, keeps: None };
    let noted = |status, note: &str| StepFields {
        status,
        note: Some(note.to_owned()),
        assignee: None,
        keeps: None,
    };
    Ok(match event {
        Event::Report(_) => return Err(Refusal::Unknown),
        Event::Accept => plain(Status::Accepted),
        Event::Refuse { reason } => noted(Status::Refused, reason),
        Event::Dispatch { to } => StepFields { assignee: Some(*to), ..plain(Status::Dispatched) },
        Event::Start => plain(Status::Working),
        Event::ClaimDone { note } => noted(Status::DoneClaimed, note),
        Event::Confirm => plain(Status::Confirmed),
        Event::Reopen { reason } => noted(Status::Reopened, reason),
        Event::Withdraw => plain(Status::Withdrawn),
        Event::Settle { keep } => {
            let kept = seen.iter().find(|version| version.id == *keep);
            let kept = kept.ok_or(Refusal::NothingToSettle)?;
            StepFields {
                status: kept.status,
                note: kept.note.clone(),
                assignee: kept.assignee,
                keeps: Some(*keep),
            }
        }
    })
}

fn check_report(author: &Author, report: &Report, law: &RuleSet) -> Result<(), Refusal> {
    if !may_report(author, report) {
        return Err(Refusal::NotYours);
    }
    if law.class(&report.class).is_none() {
        return Err(Refusal::UnknownClass);
    }
    check_text(&report.text)
}

/// The one check behind both doors.
fn check(
    repair: &Repair,
    author: &Author,
    seen: &[&Version],
    step: &StepFields,
    law: &RuleSet,
) -> Result<(), Refusal> {
    let Some(first) = seen.first() else { return Err(Refusal::Unfounded) };
    if step.keeps.is_some() {
        return check_settle(repair, author, seen, step);
    }
    if seen.iter().any(|version| version.status != first.status) {
        return Err(Refusal::Conflicted);
    }
    if !follows(first.status).contains(&step.status) {
        return Err(Refusal::WrongOrder);
    }
    if !may(author, step.status, &repair.place.scope(), repair.reporter) {
        return Err(Refusal::NotYours);
    }
    let reopens = seen.iter().map(|version| version.reopens).max().unwrap_or_default();
    if step.status == Status::Reopened && reopens >= law.repairs.reopen_max {
        return Err(Refusal::ReopenedTooOften);
    }
    let needs_text = matches!(step.status, Status::Refused | Status::Reopened);
    match &step.note {
        Some(note) => check_text(note),
        None if needs_text => Err(Refusal::BadText),
        None => Ok(()),
    }
}

/// Whoever may write one of the rivals may keep one, naming all that are superseded.
fn check_settle(
    repair: &Repair,
    author: &Author,
    seen: &[&Version],
    step: &StepFields,
) -> Result<(), Refusal> {
    let kept = seen.iter().find(|version| Some(version.id) == step.keeps);
    let differ = seen.iter().any(|v| seen.first().is_some_and(|first| first.status != v.status));
    let Some(kept) = kept.filter(|_| differ) else { return Err(Refusal::NothingToSettle) };
    let same = (kept.status, &kept.note, kept.assignee) == (step.status, &step.note, step.assignee);
    if !same {
        return Err(Refusal::NothingToSettle);
    }
    let scope = repair.place.scope();
    let allowed = seen.iter().any(|version| may(author, version.status, &scope, repair.reporter));
    if allowed { Ok(()) } else { Err(Refusal::NotYours) }
}

fn check_text(text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > TEXT_CHARS_MAX { Err(Refusal::BadText) } else { Ok(()) }
}
