//! The oldest version of the app that may write.

use linli_wire::{PersonId, fact::Fact};

use super::{
    Event, Refusal, Registry,
    rules::Change,
    schema::{MinVersionFields, read},
};
use crate::kernel::{Author, Role, Scope};

impl Registry {
    /// Tells whether the community asks for a newer version of the app than this before it writes.
    #[must_use]
    pub const fn needs_newer_app(&self, app: u32) -> bool {
        app < self.min_version || app < self.law.id.min_app
    }
}

/// What an app that is too old may still write: it takes rights away and keeps circles shut, and it
/// can set right a version that was asked for by mistake.
pub(super) const fn keeps_safe(event: &Event) -> bool {
    match event {
        Event::Revoke { .. }
        | Event::EndDuty(_)
        | Event::OpenKey { .. }
        | Event::SetMinVersion { .. } => true,
        Event::Found { .. }
        | Event::RegisterStair(_)
        | Event::Grant(_)
        | Event::Adopt { .. }
        | Event::ChangeOwners(_)
        | Event::ChooseRepresentative(_)
        | Event::RegisterPerson(_) => false,
    }
}

pub(super) fn check_min_version(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
) -> Result<Change, Refusal> {
    let MinVersionFields { version } = read(fact).ok_or(Refusal::Unreadable)?;
    if !author.holds(&[Role::Founder, Role::Committee], &Scope::Community) {
        return Err(Refusal::NotYours);
    }
    let (proposed, persons) = &registry.min_version_asked;
    if *proposed == version && persons.contains(&author.person) {
        return Err(Refusal::ApprovedAlready);
    }
    Ok(Change::MinVersion(version, author.person))
}

/// Two of founders and committee ask for the same version, so that nobody stops everybody's
/// writing alone; in a trial one is enough. The last one that both asked for holds.
pub(super) fn take_min_version(registry: &mut Registry, version: u32, person: PersonId) {
    let needed = if registry.is_trial() { 1 } else { 2 };
    let (proposed, persons) = &mut registry.min_version_asked;
    if *proposed != version {
        (*proposed, *persons) = (version, Vec::new());
    }
    persons.push(person);
    if persons.len() >= needed {
        registry.min_version = version;
        registry.min_version_asked = (0, Vec::new());
    }
}
