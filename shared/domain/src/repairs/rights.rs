//! Who may do what, as `mod` tells it.

use super::{NoteKind, Place, Repair, Report, Status, Step, Version};
use crate::kernel::{Author, Duty, Role, Scope, StaffDuty};

/// Who may lead a repair from what they saw to a state.
pub(super) fn may(author: &Author, repair: &Repair, from: &Version, step: &Step) -> bool {
    let reported = repair.report.place.scope();
    let real = from.verified.as_ref().map_or_else(|| reported.clone(), Place::scope);
    // Where it really is decides; who was asked first keeps what was begun.
    let holds = |roles: &[Role]| author.holds(roles, &reported) || author.holds(roles, &real);
    let head = holds(&[Role::Head]);
    let company = holds(&[Role::Property]) && is_charged(author, step);
    let committee = holds(&[Role::Committee, Role::Founder]);
    // A complaint is handled by head and committee as well: its target may be the company.
    let handler = company || repair.target().is_some() && (committee || head);
    let reporter = is_reporter(author, repair);
    let owner = owns_in(author, &reported) || owns_in(author, &real);
    // Who pays decides: at home who owns it, elsewhere the committee for the owners.
    let payer = match real {
        Scope::Unit(_) => owner,
        Scope::Community | Scope::Building(_) | Scope::Stair { .. } => committee,
    };
    let planned = matches!(from.status(), Status::PlanProposed | Status::VotePending);
    match step.status {
        Status::Reported => false,
        Status::Refused if planned => payer,
        Status::Approved => payer,
        Status::VotePending => committee && !matches!(real, Scope::Unit(_)),
        Status::Accepted
        | Status::PlaceVerified
        | Status::Merged
        | Status::Refused
        | Status::Referred => head || handler,
        Status::Dispatched
        | Status::OnSite
        | Status::PlanProposed
        | Status::Working
        | Status::Paused
        | Status::DoneClaimed => handler,
        Status::Confirmed => {
            let with_mark = head && repair.report.on_behalf.is_some() && step.mark.is_some();
            reporter || owner || with_mark
        }
        Status::Reopened | Status::Withdrawn => reporter || head,
        Status::Rated => reporter || head && repair.report.on_behalf.is_some(),
        Status::Archived => head || company || committee,
    }
}

/// Tells whether somebody of the company is charged with repairs: who is charged with nothing in
/// particular does everything; the gate and the books do not; only who hands out work hands it to
/// others.
fn is_charged(author: &Author, step: &Step) -> bool {
    let hands_out = [StaffDuty::Manager, StaffDuty::Dispatcher, StaffDuty::Desk];
    let to_others = step.assignee.is_some_and(|assignee| assignee != author.person);
    let is = |duties: &[StaffDuty]| duties.iter().any(|duty| author.has_duty(*duty));
    author.staff.is_empty() || is(&hands_out) || is(&[StaffDuty::RepairWorker]) && !to_others
}

/// Tells whether a complaint is about this author, and is not their own.
pub(super) fn is_target(author: &Author, repair: &Repair) -> bool {
    let is = |role: Role, target| role == target || target == Role::Head && role.is_head();
    let about = |target| author.duties.iter().any(|duty| is(duty.role, target));
    repair.target().is_some_and(about) && !is_reporter(author, repair)
}

fn is_reporter(author: &Author, repair: &Repair) -> bool {
    author.person == repair.reporter && !author.duties.is_empty()
}

/// Tells whether the author owns a unit that shares the place.
fn owns_in(author: &Author, scope: &Scope) -> bool {
    author.duties.iter().any(|duty| duty.role == Role::Owner && scope.covers(&duty.scope))
}

/// Tells whether the author lives where the place is, or the place is part of where they live.
fn lives_in(author: &Author, scope: &Scope) -> bool {
    let shares = |duty: &Duty| scope.covers(&duty.scope) || duty.scope.covers(scope);
    author.duties.iter().any(|duty| duty.role.is_household() && shares(duty))
}

/// Tells whether the author is the head of the place, or of some building where the place is the
/// whole area.
fn heads_in(author: &Author, scope: &Scope) -> bool {
    let shares = |duty: &Duty| duty.scope.covers(scope) || *scope == Scope::Community;
    author.duties.iter().any(|duty| duty.role.is_head() && shares(duty))
}

/// Tells whether the author may report at a place: who lives there, its head, the company and the
/// committee what they find in common parts; a head also on behalf of somebody else.
pub(super) fn may_report(author: &Author, report: &Report) -> bool {
    let scope = report.place.scope();
    let head = heads_in(author, &scope);
    if let Some(person) = report.on_behalf {
        return head && person != author.person;
    }
    let finds = author.holds(&[Role::Property, Role::Committee], &scope)
        && !matches!(scope, Scope::Unit(_))
        && report.target.is_none();
    lives_in(author, &scope) || head || finds
}

/// Tells whether the author may say something about a repair.
pub(super) fn may_note(author: &Author, repair: &Repair, kind: NoteKind) -> bool {
    let scope = repair.report.place.scope();
    let reporter = is_reporter(author, repair);
    let (lives, head) = (lives_in(author, &scope), heads_in(author, &scope));
    match kind {
        NoteKind::Comment => {
            let office = author.is_any(Role::is_office);
            reporter || lives || head || office
        }
        NoteKind::MeToo => lives && !reporter,
        NoteKind::Slots => reporter || head && repair.report.on_behalf.is_some(),
    }
}
