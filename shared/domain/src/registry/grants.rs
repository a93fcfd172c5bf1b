//! Who may grant what to whom, and when a grant begins.

use linli_wire::{DeviceId, fact::Fact, sign};

use super::{
    DeviceEntry, Refusal, Registry, Tenure,
    rules::{Approver, Change},
    schema::{GrantFields, read},
};
use crate::kernel::{Author, Duty, Role, Scope, When};

pub(super) fn check_grant(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
) -> Result<Change, Refusal> {
    let grant: GrantFields = read(fact).ok_or(Refusal::Unreadable)?;
    check_scope(registry, grant.role, &grant.scope)?;
    if !may_approve(author, grant.role, &grant.scope) {
        return Err(Refusal::NotYours);
    }
    if author.person == grant.person {
        return Err(Refusal::OwnPerson);
    }
    let sound = sign::check_sound(&grant.device).is_ok()
        && sign::check_sound(&DeviceId(grant.ballot.0)).is_ok();
    if !sound {
        return Err(Refusal::OtherDevice);
    }
    if let Some(known) = registry.devices.get(&grant.device) {
        let same = (known.person, known.exchange, known.ballot)
            == (grant.person, grant.exchange.0, grant.ballot.0);
        if !same {
            return Err(Refusal::OtherDevice);
        }
        if known.ended.is_some() {
            return Err(Refusal::Revoked);
        }
        let duty = Duty { role: grant.role, scope: grant.scope.clone() };
        let approved = known
            .tenures
            .iter()
            .filter(|tenure| tenure.duty == duty)
            .any(|t| t.approvals.iter().any(|(_, person, _)| *person == author.person));
        if approved {
            return Err(Refusal::ApprovedAlready);
        }
    }
    let approver = Approver { device: author.device, person: author.person };
    Ok(Change::Grant(grant, approver))
}

fn check_scope(registry: &Registry, role: Role, scope: &Scope) -> Result<(), Refusal> {
    match (role, scope) {
        (Role::Committee | Role::Property, Scope::Community) => Ok(()),
        (Role::Head, Scope::Building(building)) => {
            let known = registry.buildings().contains(building);
            if known { Ok(()) } else { Err(Refusal::UnknownPlace) }
        }
        (Role::Owner | Role::Resident, Scope::Unit(unit)) => {
            if registry.units.contains_key(unit) {
                Ok(())
            } else {
                Err(Refusal::UnknownPlace)
            }
        }
        (Role::Founder, _)
        | (Role::Committee | Role::Property, Scope::Building(_) | Scope::Unit(_))
        | (Role::Head, Scope::Community | Scope::Unit(_))
        | (Role::Owner | Role::Resident, Scope::Community | Scope::Building(_)) => {
            Err(Refusal::WrongScope)
        }
    }
}

/// Who may give one approval for a role.
fn may_approve(author: &Author, role: Role, scope: &Scope) -> bool {
    let keepers = author.holds(&[Role::Founder, Role::Committee], &Scope::Community);
    let desk = author.holds(&[Role::Property], &Scope::Community);
    let head = author.holds(&[Role::Head], scope);
    match role {
        Role::Founder => false,
        Role::Committee | Role::Property | Role::Head => keepers,
        Role::Owner => keepers || desk || head,
        Role::Resident => keepers || desk || head || author.holds(&[Role::Owner], scope),
    }
}

pub(super) fn take_grant(
    registry: &mut Registry,
    grant: GrantFields,
    approver: Approver,
    at: When,
) {
    let duty = Duty { role: grant.role, scope: grant.scope };
    let entry = registry.devices.entry(grant.device).or_insert_with(|| DeviceEntry {
        device: grant.device,
        person: grant.person,
        exchange: grant.exchange.0,
        ballot: grant.ballot.0,
        tenures: Vec::new(),
        ended: None,
    });
    let position = entry.tenures.iter().position(|tenure| tenure.duty == duty);
    let mut tenure = match position {
        Some(position) => entry.tenures.remove(position),
        None => {
            let (from, to) = (grant.from, grant.to);
            Tenure { duty, approvals: Vec::new(), begins: None, from, to }
        }
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
    let keepers = approvers
        .iter()
        .filter(|a| a.holds(&[Role::Founder, Role::Committee], &Scope::Community))
        .count();
    match role {
        Role::Founder => false,
        Role::Committee | Role::Head => keepers >= if registry.is_trial() { 1 } else { 2 },
        Role::Property => keepers >= 1,
        // Two different people, one of them from committee or founders.
        Role::Owner => {
            let local = approvers.iter().any(|a| a.holds(&[Role::Head, Role::Property], scope));
            keepers >= 1 && local && approvers.len() >= 2
        }
        Role::Resident => !approvers.is_empty(),
    }
}
