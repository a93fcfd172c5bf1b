//! What a reviewer says after having seen the person: whose phone it is, and that it is granted.

use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope, StaffDuty},
    registry::{self, Terms},
};
use linli_seal::{
    Chance,
    join::{Asked, Verdict},
};
use linli_wire::{DeviceId, Hash, InviteId};

use crate::{
    AskError,
    act::{Ask, Done},
    replica::Replica,
    store::Store,
    who::grant_for,
};

/// Whose phone it is that applies, as the reviewer says after having seen the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoApplies {
    /// A person whom the registry does not know, or whose phone is known already.
    NewPerson,
    /// An owner whom the register names: the first, the second co-owner of the unit.
    CoOwner(u16),
    /// A person who has this phone as well.
    SecondPhoneOf(DeviceId),
    /// A person who lost this phone: it is shut out at once, and two people approve.
    LostPhoneOf(DeviceId),
    /// A person who was registered without a phone.
    Registered(PersonId),
}

impl<S: Store> Replica<S> {
    /// Approves an application whose code was compared: writes the grant.
    ///
    /// An owner's grant begins with the second approval, by another reviewer's phone; so does that
    /// of a phone that replaces a lost one.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn approve(
        &mut self,
        invite: &InviteId,
        who: &WhoApplies,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Done, AskError> {
        let mut review = self.review(invite)?;
        let terms = read_terms(&review.application.asked)?;
        let registry = &self.member()?.current;
        let grant = grant_for(registry, invite, &review.application, &terms, who, now)?;
        let event = registry::Event::Grant(grant);
        let done = self.ask(&Ask::Registry(event), 0, now, chance)?;
        review.verdict = Verdict::Granted;
        review.unsent = review.own;
        self.keep_review(invite, &review)?;
        Ok(done)
    }

    /// Registers a person of a home who has no phone, under a new pseudonym.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn register_person(
        &mut self,
        terms: &Terms,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<PersonId, AskError> {
        let mut id = [0; 16];
        chance.fill(&mut id);
        let (role, scope, to) = (terms.role, terms.scope.clone(), terms.to);
        let person = registry::PersonRegistered { person: PersonId(id), role, scope, to };
        self.ask(&Ask::Registry(registry::Event::RegisterPerson(person)), 0, now, chance)?;
        Ok(PersonId(id))
    }
}

pub(crate) fn write_terms(terms: &Terms) -> Asked {
    Asked {
        role: terms.role.word().to_owned(),
        scope: terms.scope.to_string(),
        from: terms.from.map(|moment| moment.0),
        to: terms.to.map(|moment| moment.0),
        staff: terms.staff.iter().map(|duty| duty.word().to_owned()).collect(),
    }
}

/// Reads what is asked for; words of a newer app are refused.
pub(crate) fn read_terms(asked: &Asked) -> Result<Terms, AskError> {
    let unknown = || AskError::Refused("join.unknown_role".to_owned());
    let staff: Option<Vec<StaffDuty>> =
        asked.staff.iter().map(|word| StaffDuty::from_word(word)).collect();
    Ok(Terms {
        role: Role::from_word(&asked.role).ok_or_else(unknown)?,
        scope: Scope::parse(&asked.scope).ok_or_else(unknown)?,
        from: asked.from.map(Moment),
        to: asked.to.map(Moment),
        staff: staff.ok_or_else(unknown)?,
    })
}

/// A person's pseudonym: drawn from chance that the newcomer's phone made, so that two reviewers
/// who approve the same application name the same person.
pub(crate) fn first_half(exchange: &Hash) -> [u8; 16] {
    let hash = linli_wire::sha256(&[b"linli/person/1\0", &exchange.0]);
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}
