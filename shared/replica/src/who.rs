//! Whose phone may it be that applies: everybody whom the rule would let this reviewer name.

use linli_domain::{
    kernel::{Author, Duty, Moment, PersonId, Role, Scope, When},
    registry::{self, DeviceEntry, Registry, Terms},
};
use linli_seal::join::Application;
use linli_wire::{DeviceId, InviteId};

use crate::{
    AskError,
    approve::{WhoApplies, first_half},
};

/// A person that a reviewer can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhoChoice {
    /// Whose phone it is.
    pub who: WhoApplies,
    /// The person, where the registry knows them.
    pub person: Option<PersonId>,
    /// Which of the person's phones is meant, counted from 1, where they have several.
    pub phone: Option<u32>,
}

/// Who reviews, and when.
#[derive(Clone, Copy)]
pub(crate) struct Reviewing<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) author: &'a Author,
    pub(crate) now: Moment,
}

impl Reviewing<'_> {
    const fn at(&self) -> When {
        When::Now(self.now)
    }

    /// Lists whom this reviewer can name: each is tried by the rule that takes the approval.
    pub(crate) fn choices(
        &self,
        invite: &InviteId,
        application: &Application,
        terms: &Terms,
    ) -> Vec<WhoChoice> {
        let mut choices = self.candidates(application, terms);
        choices.retain(|choice| {
            let grant = grant_for(self.registry, invite, application, terms, &choice.who, self.now);
            let event = grant.map(registry::Event::Grant);
            event.is_ok_and(|event| {
                registry::decide(self.registry, self.author, &event, self.now).is_ok()
            })
        });
        choices
    }

    /// Tells whether an application is this reviewer's to decide.
    pub(crate) fn may_decide(&self, terms: &Terms, choices: &[WhoChoice]) -> bool {
        !choices.is_empty() || self.registry.check_invitation(self.author, terms).is_ok()
    }

    /// Everybody of whom it makes sense to ask.
    fn candidates(&self, application: &Application, terms: &Terms) -> Vec<WhoChoice> {
        let one = |who, person| WhoChoice { who, person, phone: None };
        // A device that is known keeps its person: an earlier approval, or a further home.
        if let Some(known) = self.registry.device(&application.device) {
            return vec![one(WhoApplies::NewPerson, Some(known.person))];
        }
        let duty = Duty { role: terms.role, scope: terms.scope.clone() };
        let holding: Vec<&DeviceEntry> =
            self.registry.devices().filter(|entry| self.holds(entry, &duty)).collect();
        let holds = |person: &PersonId| holding.iter().any(|entry| entry.person == *person);
        let mut all = vec![one(WhoApplies::NewPerson, None)];
        for (number, owner) in (1..).zip(self.owners(&duty)) {
            // Who has a phone for it has a second one, or lost it.
            if !holds(owner) {
                all.push(one(WhoApplies::CoOwner(number), Some(*owner)));
            }
        }
        let registered = self.registry.registered_persons();
        for entry in registered.filter(|entry| entry.duty == duty) {
            let held = self.registry.person_at(&entry.person, self.at()).contains(&entry.duty);
            let known = all.iter().any(|choice| choice.person == Some(entry.person));
            if held && !known && !holds(&entry.person) {
                all.push(one(WhoApplies::Registered(entry.person), Some(entry.person)));
            }
        }
        let mut seen: Vec<PersonId> = Vec::new();
        for entry in &holding {
            if !seen.contains(&entry.person) {
                all.push(one(WhoApplies::SecondPhoneOf(entry.device), Some(entry.person)));
                seen.push(entry.person);
            }
        }
        let lost = self.registry.devices().filter(|entry| {
            holding.iter().any(|held| held.device == entry.device) || self.held(entry, &duty)
        });
        all.extend(lost.map(|entry| WhoChoice {
            phone: self.number(entry),
            ..one(WhoApplies::LostPhoneOf(entry.device), Some(entry.person))
        }));
        all
    }

    fn owners(&self, duty: &Duty) -> &[PersonId] {
        match (duty.role, &duty.scope) {
            (Role::Owner, Scope::Unit(unit)) => self.registry.owner_set(unit, self.at()),
            _ => &[],
        }
    }

    fn holds(&self, entry: &DeviceEntry, duty: &Duty) -> bool {
        let asked = entry.tenures.iter().any(|tenure| tenure.duty == *duty);
        let author = || self.registry.author(&entry.device, self.at());
        asked && author().is_ok_and(|author| author.duties.contains(duty))
    }

    /// Tells whether a phone that is shut out held a duty that was not ended: its person comes back
    /// with another one.
    fn held(&self, entry: &DeviceEntry, duty: &Duty) -> bool {
        let standing = |tenure: &&registry::Tenure| {
            tenure.duty == *duty && tenure.begins.is_some() && tenure.ended.is_none()
        };
        let mut tenures = entry.tenures.iter().filter(standing);
        entry.ended.is_some() && tenures.any(|tenure| !tenure.is_over(self.now))
    }

    fn number(&self, entry: &DeviceEntry) -> Option<u32> {
        let phones = self.registry.phones_in_order(&entry.person);
        let at = phones.iter().position(|phone| phone.device == entry.device)?;
        (phones.len() > 1).then(|| u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX))
    }
}

/// Makes the grant for an application, to the person that a reviewer named.
pub(crate) fn grant_for(
    registry: &Registry,
    invite: &InviteId,
    application: &Application,
    terms: &Terms,
    who: &WhoApplies,
    now: Moment,
) -> Result<registry::Grant, AskError> {
    let person = match named(registry, who, &terms.scope, now)? {
        Some(person) => person,
        // A device that is known keeps its person: an earlier approval, or a further home.
        None => registry
            .device(&application.device)
            .map_or(PersonId(first_half(&application.exchange)), |entry| entry.person),
    };
    let replaces: Option<DeviceId> = match who {
        WhoApplies::LostPhoneOf(lost) => Some(*lost),
        WhoApplies::NewPerson
        | WhoApplies::CoOwner(_)
        | WhoApplies::SecondPhoneOf(_)
        | WhoApplies::Registered(_) => None,
    };
    let Terms { role, scope, from, to, staff } = terms.clone();
    Ok(registry::Grant {
        person,
        device: application.device,
        exchange: application.exchange,
        ballot: application.ballot,
        role,
        scope,
        from,
        to,
        invite: Some(*invite),
        staff,
        replaces,
    })
}

/// Finds the person that a reviewer named; none for one that nobody knows.
fn named(
    registry: &Registry,
    who: &WhoApplies,
    scope: &Scope,
    now: Moment,
) -> Result<Option<PersonId>, AskError> {
    let refuse = |word: &str| AskError::Refused(word.to_owned());
    match who {
        WhoApplies::NewPerson => Ok(None),
        WhoApplies::CoOwner(number) => {
            let Scope::Unit(unit) = scope else { return Err(refuse("join.no_such_owner")) };
            let owners = registry.owner_set(unit, When::Now(now));
            let at = usize::from(*number).checked_sub(1);
            let owner = at.and_then(|at| owners.get(at)).copied();
            Ok(Some(owner.ok_or_else(|| refuse("join.no_such_owner"))?))
        }
        WhoApplies::SecondPhoneOf(phone) | WhoApplies::LostPhoneOf(phone) => {
            let entry = registry.device(phone);
            Ok(Some(entry.ok_or_else(|| refuse("registry.unknown_device"))?.person))
        }
        WhoApplies::Registered(person) => {
            let known = registry.person_at(person, When::Now(now));
            if known.is_empty() { Err(refuse("registry.nothing_held")) } else { Ok(Some(*person)) }
        }
    }
}
