//! Who may grant what to whom, when a grant begins, and who may revoke.

use linli_wire::{DeviceId, fact::Fact, sign};

use super::{
    DeviceEntry, Grant, Refusal, Registry, Tenure, Terms,
    rules::{Approver, Change},
    schema::read,
    state::is_reviewer,
};
use crate::kernel::{Author, Duty, Role, Scope, StaffDuty, When};

/// How a grant came to its person: it decides how many have to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By the usual approvals.
    Usual,
    /// For a person whose phone is lost, or who has none that holds this duty: two approve.
    Reissue,
}

pub(super) fn check_grant(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let grant: Grant = read(fact).ok_or(Refusal::Unreadable)?;
    let proof = proof(registry, &grant, at);
    check_approver(registry, author, &grant.terms(), proof)?;
    if author.person == grant.person {
        return Err(Refusal::OwnPerson);
    }
    if let (Role::Owner, Scope::Unit(unit)) = (grant.role, &grant.scope)
        && !registry.may_own(unit, &grant.person, at)
    {
        return Err(Refusal::NotAnOwner);
    }
    check_replaced(registry, author, &grant, at)?;
    check_device(registry, author, &grant)?;
    Ok(Change::Grant(Box::new(grant), Approver::of(author), proof))
}

impl Registry {
    /// Checks what a role itself asks for: its place, its dates, what goes with it in the office.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn check_terms(&self, terms: &Terms) -> Result<(), Refusal> {
        check_scope(self, terms.role, &terms.scope)?;
        let backwards = terms.from.zip(terms.to).is_some_and(|(from, to)| to < from);
        let missing = needs_first_day(terms.role) && terms.from.is_none()
            || needs_last_day(terms.role) && terms.to.is_none();
        if backwards || missing {
            return Err(Refusal::NeedsDates);
        }
        let ascending =
            terms.staff.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
        if !ascending || !terms.staff.iter().all(|duty| duty.goes_with(terms.role)) {
            return Err(Refusal::WrongDuty);
        }
        Ok(())
    }
}

/// Tells whether a role begins on a day that is said.
pub(super) const fn needs_first_day(role: Role) -> bool {
    matches!(role, Role::DeputyHead)
}

/// Tells whether a role ends on a day that is said.
pub(super) const fn needs_last_day(role: Role) -> bool {
    matches!(role, Role::DeputyHead | Role::Tenant)
}

/// What every grant has to be, whoever gets it: sound, and approved by who may approve it.
pub(super) fn check_approver(
    registry: &Registry,
    author: &Author,
    terms: &Terms,
    proof: Proof,
) -> Result<(), Refusal> {
    registry.check_terms(terms)?;
    if may_approve(author, terms.role, &terms.scope, proof) {
        Ok(())
    } else {
        Err(Refusal::NotYours)
    }
}

/// The lost device is the same person's, and the first who approves may shut it out.
fn check_replaced(
    registry: &Registry,
    author: &Author,
    grant: &Grant,
    at: When,
) -> Result<(), Refusal> {
    let Some(lost) = grant.replaces else { return Ok(()) };
    let lost = registry.devices.get(&lost).filter(|lost| lost.device != grant.device);
    let lost = lost.filter(|lost| lost.person == grant.person).ok_or(Refusal::OtherPerson)?;
    if lost.ended.is_some() { Ok(()) } else { check_revocable(registry, author, lost, at) }
}

fn check_device(registry: &Registry, author: &Author, grant: &Grant) -> Result<(), Refusal> {
    let sound = sign::check_sound(&grant.device).is_ok()
        && sign::check_sound(&DeviceId(grant.ballot.0)).is_ok();
    if !sound {
        return Err(Refusal::OtherDevice);
    }
    let Some(known) = registry.devices.get(&grant.device) else { return Ok(()) };
    let same = (known.person, known.exchange, known.ballot)
        == (grant.person, grant.exchange.0, grant.ballot.0);
    if !same {
        return Err(Refusal::OtherDevice);
    }
    if known.ended.is_some() {
        return Err(Refusal::Revoked);
    }
    let asked = known.tenures.iter().find(|tenure| tenure.is_asked_by(grant));
    let approved =
        asked.is_some_and(|t| t.approvals.iter().any(|(_, person, _)| *person == author.person));
    if approved { Err(Refusal::ApprovedAlready) } else { Ok(()) }
}

fn check_scope(registry: &Registry, role: Role, scope: &Scope) -> Result<(), Refusal> {
    match (role, scope) {
        (Role::Committee | Role::Property | Role::Auditor, Scope::Community) => Ok(()),
        (Role::Head | Role::DeputyHead, Scope::Building(_) | Scope::Stair { .. })
        | (Role::Owner | Role::Resident | Role::Tenant, Scope::Unit(_)) => {
            if registry.is_registered(scope) { Ok(()) } else { Err(Refusal::UnknownPlace) }
        }
        (Role::Founder, _)
        | (Role::Committee | Role::Property | Role::Auditor, _)
        | (Role::Head | Role::DeputyHead, _)
        | (Role::Owner | Role::Resident | Role::Tenant, _) => Err(Refusal::WrongScope),
    }
}

/// A known person who gets a device nobody knew: usual only where another phone of theirs stands
/// with the same duty, so that nobody is given the name of somebody else by a single reviewer.
fn proof(registry: &Registry, grant: &Grant, at: When) -> Proof {
    if let Some(known) = registry.devices.get(&grant.device) {
        let asked = known.tenures.iter().find(|tenure| tenure.is_asked_by(grant));
        return asked.map_or(Proof::Usual, |tenure| tenure.proof);
    }
    let duty = Duty { role: grant.role, scope: grant.scope.clone() };
    let mut others = registry.devices_of(&grant.person).peekable();
    let lost = grant.replaces.is_some();
    let new = others.peek().is_none();
    let second = others.any(|other| {
        let author = registry.author(&other.device, at);
        author.is_ok_and(|author| author.duties.contains(&duty))
    });
    if !lost && (new || second) { Proof::Usual } else { Proof::Reissue }
}

fn is_keeper(author: &Author) -> bool {
    author.holds(&[Role::Founder, Role::Committee], &Scope::Community)
}

/// Who of the company does the registry's work. A company that charges nobody with anything in
/// particular charges everybody.
pub(super) fn is_at_desk(author: &Author) -> bool {
    let charged = [StaffDuty::Manager, StaffDuty::Desk, StaffDuty::RegistryKeeper];
    author.holds(&[Role::Property], &Scope::Community)
        && (author.staff.is_empty() || charged.into_iter().any(|duty| author.has_duty(duty)))
}

/// Who may give one approval for a role.
pub(super) fn may_approve(author: &Author, role: Role, scope: &Scope, proof: Proof) -> bool {
    let keeper = is_keeper(author);
    let head = author.holds(&[Role::Head], scope);
    let own_head = author.duties.iter().any(|d| d.role == Role::Head && d.scope.covers(scope));
    let witness = proof == Proof::Reissue && is_reviewer(author);
    match role {
        Role::Founder => false,
        Role::Committee | Role::Property | Role::Auditor | Role::Head => keeper || witness,
        Role::DeputyHead => keeper || own_head || witness,
        Role::Owner => keeper || is_at_desk(author) || head,
        Role::Resident | Role::Tenant => {
            keeper || is_at_desk(author) || head || author.holds(&[Role::Owner], scope)
        }
    }
}

/// A phone is shut out once, by who may.
pub(super) fn check_revoked(
    registry: &Registry,
    author: &Author,
    entry: &DeviceEntry,
    at: When,
) -> Result<(), Refusal> {
    if entry.ended.is_some() {
        return Err(Refusal::Revoked);
    }
    check_revocable(registry, author, entry, at)
}

/// Founders and committee revoke everybody, a head the households in scope, everybody their own
/// phones; the last of founders and committee stays.
fn check_revocable(
    registry: &Registry,
    author: &Author,
    entry: &DeviceEntry,
    at: When,
) -> Result<(), Refusal> {
    let household = entry.tenures.iter().all(|tenure| tenure.duty.role.is_household());
    let in_scope = household
        && entry.tenures.iter().all(|tenure| author.holds(&[Role::Head], &tenure.duty.scope));
    if entry.person != author.person && !is_keeper(author) && !in_scope {
        return Err(Refusal::NotYours);
    }
    let keeps =
        |device: &DeviceId| registry.author(device, at).is_ok_and(|author| is_keeper(&author));
    // Asked of everybody only about a keeper: a list of people asks this for every phone.
    let others = || registry.devices.keys().any(|device| *device != entry.device && keeps(device));
    if keeps(&entry.device) && !others() { Err(Refusal::LastKeeper) } else { Ok(()) }
}

pub(super) fn take_grant(
    registry: &mut Registry,
    grant: Grant,
    approver: Approver,
    proof: Proof,
    at: When,
) {
    if let Some(lost) = grant.replaces
        && registry.devices.get(&lost).is_some_and(|lost| lost.ended.is_none())
    {
        take_revoke(registry, &lost, at);
    }
    let entry = registry.devices.entry(grant.device).or_insert_with(|| DeviceEntry {
        device: grant.device,
        person: grant.person,
        exchange: grant.exchange.0,
        ballot: grant.ballot.0,
        tenures: Vec::new(),
        ended: None,
    });
    let position = entry.tenures.iter().position(|tenure| tenure.is_asked_by(&grant));
    let mut tenure = match position {
        Some(position) => entry.tenures.remove(position),
        None => Tenure {
            from: grant.from,
            to: grant.to,
            staff: grant.staff,
            proof,
            invite: grant.invite,
            ..Tenure::proposed(Duty { role: grant.role, scope: grant.scope })
        },
    };
    tenure.approvals.push((approver.device, approver.person, at));
    if tenure.begins.is_none() && is_approved(registry, &tenure) {
        tenure.begins = Some(at);
    }
    if let Some(entry) = registry.devices.get_mut(&grant.device) {
        entry.tenures.push(tenure);
    }
}

/// Tells whether enough different people approved a duty.
fn is_approved(registry: &Registry, tenure: &Tenure) -> bool {
    let Duty { role, scope } = &tenure.duty;
    let approvers: Vec<Author> = tenure
        .approvals
        .iter()
        .filter_map(|(device, _, at)| registry.author(device, *at).ok())
        .collect();
    let keepers = approvers.iter().filter(|approver| is_keeper(approver)).count();
    let enough = if registry.is_trial() { 1 } else { 2 };
    let agreed = match role {
        Role::Founder => false,
        Role::Committee | Role::Auditor | Role::Head => keepers >= enough,
        Role::DeputyHead => {
            let head = approvers.iter().any(|a| a.holds(&[Role::Head], scope));
            keepers >= enough || keepers >= 1 && head
        }
        Role::Property => keepers >= 1,
        // Two different people, one of them from committee or founders.
        Role::Owner => {
            let local = approvers.iter().any(|a| a.holds(&[Role::Head, Role::Property], scope));
            keepers >= 1 && local && approvers.len() >= 2
        }
        Role::Resident | Role::Tenant => !approvers.is_empty(),
    };
    agreed && (tenure.proof == Proof::Usual || approvers.len() >= 2)
}

pub(super) fn take_revoke(registry: &mut Registry, device: &DeviceId, at: When) {
    let Some(entry) = registry.devices.get_mut(device) else { return };
    entry.ended = Some(at);
    let duties: Vec<Duty> = entry.tenures.iter().map(|tenure| tenure.duty.clone()).collect();
    duties.iter().for_each(|duty| note_end(registry, duty));
}

/// A duty that ended changes the keys of the homes that it could read.
pub(super) fn note_end(registry: &mut Registry, duty: &Duty) {
    match (duty.role, &duty.scope) {
        (
            Role::Head | Role::DeputyHead,
            Scope::Building(building) | Scope::Stair { building, .. },
        ) => {
            let term = registry.head_terms.entry(building.clone()).or_default();
            *term = term.saturating_add(1);
        }
        (Role::Owner | Role::Resident | Role::Tenant, Scope::Unit(unit)) => {
            let number = registry.occupancies.entry(unit.clone()).or_default();
            *number = number.saturating_add(1);
        }
        _ => {}
    }
}
