//! What waits for whom. Each row is listed under whoever has to act next; a person's phone looks
//! under the keys of their duties.

use linli_wire::PersonId;

use super::RepairRow;
use crate::{
    kernel::{Author, Moment, Role, Scope},
    law::RuleSet,
    repairs::{Repair, Status, Version},
};

/// Who has to act next.
enum Turn {
    /// The head of a place or the company: somebody has to take it up.
    Keepers(Scope),
    /// The company: somebody has to be sent.
    Company,
    /// Whom it is handed to.
    Worker(PersonId),
    /// Who reported it.
    Reporter(PersonId),
    /// The head, for somebody without a phone.
    HeadFor(Scope),
    /// The committee.
    Committee,
    /// Who owns the home.
    Owner(Scope),
}

impl Turn {
    fn key(&self) -> String {
        match self {
            Self::Keepers(scope) => format!("wait/keepers/{scope}"),
            Self::Company => "wait/company".to_owned(),
            Self::Worker(person) => format!("wait/worker/{person}"),
            Self::Reporter(person) => format!("wait/reporter/{person}"),
            Self::HeadFor(scope) => format!("wait/head/{scope}"),
            Self::Committee => "wait/committee".to_owned(),
            Self::Owner(scope) => format!("wait/owner/{scope}"),
        }
    }
}

/// Returns the keys of those who have to act next.
pub(super) fn waits_for(repair: &Repair, law: &RuleSet) -> Vec<String> {
    let mut turns: Vec<Turn> = repair.tips().iter().flat_map(|tip| turns(repair, tip)).collect();
    if repair.is_conflicted() {
        turns.extend(keepers(repair).into_iter().map(Turn::Keepers));
    }
    let emergency = law.class(&repair.report.class).is_some_and(|class| class.emergency);
    if emergency && repair.status() == Status::Reported {
        turns.push(Turn::Company);
    }
    turns.iter().map(Turn::key).collect()
}

/// Whose heads keep a place: of its building and of its stair, or of the whole area.
fn keepers(repair: &Repair) -> Vec<Scope> {
    let of_stair = |building: &str, stair| {
        let building = building.to_owned();
        vec![Scope::Building(building.clone()), Scope::Stair { building, stair }]
    };
    match repair.place().scope() {
        Scope::Unit(unit) => of_stair(unit.building(), unit.stair()),
        Scope::Stair { building, stair } => of_stair(&building, stair),
        wide @ (Scope::Building(_) | Scope::Community) => vec![wide],
    }
}

fn turns(repair: &Repair, tip: &Version) -> Vec<Turn> {
    let reporter = || {
        let mut turns = vec![Turn::Reporter(repair.reporter)];
        if repair.report.on_behalf.is_some() {
            turns.extend(keepers(repair).into_iter().map(Turn::HeadFor));
        }
        turns
    };
    let handler = |worker: Option<PersonId>| match (worker, repair.target()) {
        // A complaint about the company is not left to the company alone.
        (_, Some(_)) => vec![Turn::Committee, Turn::Company],
        (Some(worker), None) => vec![Turn::Worker(worker)],
        (None, None) => vec![Turn::Company],
    };
    match tip.status() {
        Status::Reported => {
            let mut turns: Vec<Turn> = keepers(repair).into_iter().map(Turn::Keepers).collect();
            if repair.target().is_some() {
                turns.push(Turn::Committee);
            }
            turns
        }
        Status::Accepted | Status::PlaceVerified => handler(None),
        Status::Dispatched
        | Status::OnSite
        | Status::Working
        | Status::Paused
        | Status::Approved
        | Status::Reopened => handler(tip.assignee),
        Status::PlanProposed | Status::VotePending => match repair.place().scope() {
            home @ Scope::Unit(_) => vec![Turn::Owner(home)],
            Scope::Building(_) | Scope::Stair { .. } | Scope::Community => vec![Turn::Committee],
        },
        Status::DoneClaimed => reporter(),
        // To rate is a favour: nothing waits for it.
        Status::Confirmed
        | Status::Merged
        | Status::Rated
        | Status::Archived
        | Status::Refused
        | Status::Withdrawn
        | Status::Referred => Vec::new(),
    }
}

/// Returns the keys under which something waits for a person.
#[must_use]
pub fn keys_of(author: &Author) -> Vec<String> {
    let mut turns = vec![Turn::Reporter(author.person), Turn::Worker(author.person)];
    for duty in &author.duties {
        match (duty.role, &duty.scope) {
            (Role::Head | Role::DeputyHead, scope) => {
                turns.extend([Turn::Keepers(scope.clone()), Turn::HeadFor(scope.clone())]);
            }
            (Role::Property, _) => {
                turns.extend([Turn::Company, Turn::Keepers(Scope::Community)]);
            }
            (Role::Committee | Role::Founder, _) => turns.push(Turn::Committee),
            (Role::Owner, scope) => turns.push(Turn::Owner(scope.clone())),
            (Role::Auditor | Role::Resident | Role::Tenant, _) => {}
        }
    }
    let mut keys: Vec<String> = turns.iter().map(Turn::key).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// How much something hurries, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Danger: at any hour.
    Emergency,
    /// A clock has run out.
    Late,
    /// Several versions stand; people have to settle.
    Conflict,
    /// A clock runs.
    Due,
    /// Whenever there is time.
    Calm,
}

/// Tells how much a row hurries now.
#[must_use]
pub fn urgency(row: &RepairRow, now: Moment) -> Urgency {
    let over = row.due.is_some_and(|(_, due)| now > due);
    match row {
        row if row.open && row.emergency => Urgency::Emergency,
        _ if over => Urgency::Late,
        row if row.conflict => Urgency::Conflict,
        row if row.due.is_some() => Urgency::Due,
        _ => Urgency::Calm,
    }
}
