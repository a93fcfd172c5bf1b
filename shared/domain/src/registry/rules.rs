//! What the registry allows: one private check for what is asked and for what others wrote.

use linli_wire::{
    DeviceId, FactId, Hash, PersonId, cbor::Bytes, charter::SignedCharter, fact::Fact,
};

use super::{
    DeviceEntry, Event, FoundingTerms, KeyOpened, NoRight, Registry, StairRegistered, Tenure,
    grants::{check_grant, take_grant},
    schema::{
        AdoptFields, CharterFields, GrantFields, KeyFields, RevokeFields, fields, kind, read,
    },
};
use crate::{
    kernel::{Author, Draft, Duty, Moment, Role, Scope, When},
    law::RuleSet,
};

/// Most characters of a name or a reason.
const TEXT_CHARS_MAX: usize = 200;

/// Why the registry says no. Order of the variants is the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The author has no right at that place.
    #[error("the author has no right here: {}", .0.word())]
    NoRight(NoRight),
    /// The fact cannot be read.
    #[error("the fact cannot be read")]
    Unreadable,
    /// The charter is written already, or is not this community's.
    #[error("not this community's first charter")]
    NotTheCharter,
    /// The stair or a unit of it is registered already.
    #[error("registered already")]
    Registered,
    /// The building or unit is not registered.
    #[error("no such building or unit")]
    UnknownPlace,
    /// The role does not go with that scope.
    #[error("the role does not go with that scope")]
    WrongScope,
    /// The author's role may not do this.
    #[error("the author's role may not do this")]
    NotYours,
    /// Nobody grants to their own person.
    #[error("nobody grants to their own person")]
    OwnPerson,
    /// The device is known with another person or other keys, or its keys are unsound.
    #[error("the device is known otherwise")]
    OtherDevice,
    /// The device was revoked.
    #[error("the device was revoked")]
    Revoked,
    /// This person approved it already.
    #[error("approved already by this person")]
    ApprovedAlready,
    /// Nobody could grant any more.
    #[error("the last of founders and committee stays")]
    LastKeeper,
    /// The text is empty or too long.
    #[error("the text is empty or too long")]
    BadText,
}

impl Refusal {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoRight(why) => why.word(),
            Self::Unreadable => "registry.unreadable",
            Self::NotTheCharter => "registry.not_the_charter",
            Self::Registered => "registry.registered",
            Self::UnknownPlace => "registry.unknown_place",
            Self::WrongScope => "registry.wrong_scope",
            Self::NotYours => "registry.not_yours",
            Self::OwnPerson => "registry.own_person",
            Self::OtherDevice => "registry.other_device",
            Self::Revoked => "registry.revoked",
            Self::ApprovedAlready => "registry.approved_already",
            Self::LastKeeper => "registry.last_keeper",
            Self::BadText => "registry.bad_text",
        }
    }

    /// Tells whether the author's right is missing, rather than the step being wrong.
    #[must_use]
    pub const fn is_missing_right(self) -> bool {
        matches!(self, Self::NoRight(_))
    }
}

/// The rules before the charter is read.
pub(super) fn first_law() -> RuleSet {
    // The text is part of the program and tested; there is nothing to fall back on.
    match RuleSet::national() {
        Ok(law) => law,
        Err(_) => std::process::abort(),
    }
}

/// A founder's pseudonym.
pub(super) fn founder_person(device: &DeviceId) -> PersonId {
    let hash = linli_wire::sha256(&[b"linli/founder/1\0", &device.0]);
    PersonId(std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default()))
}

/// Turns what is asked into a draft, if the registry as it stands would take it.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn decide(
    registry: &Registry,
    author: &Author,
    event: &Event,
    now: Moment,
) -> Result<Draft, Refusal> {
    let (kind, fields, legal) = match event.clone() {
        Event::Found { name, utc_offset_minutes, rules, charter, founders } => {
            let charter = Bytes(charter);
            let found = CharterFields { name, utc_offset_minutes, charter, founders, rules };
            (kind::CHARTER, fields(&found), true)
        }
        Event::RegisterStair(stair) => (kind::STAIR, fields(&stair), false),
        Event::Grant { person, device, exchange, ballot, role, scope, from, to, invite } => {
            let (exchange, ballot) = (Hash(exchange), Hash(ballot));
            let grant =
                GrantFields { person, device, exchange, ballot, role, scope, from, to, invite };
            (kind::GRANT, fields(&grant), true)
        }
        Event::Revoke { device, reason } => {
            (kind::REVOKE, fields(&RevokeFields { device, reason }), true)
        }
        Event::OpenKey { circle, key_epoch, previous, sealed_previous } => {
            let sealed_previous = sealed_previous.map(Bytes);
            let key = KeyFields { circle, key_epoch, previous, sealed_previous };
            (kind::KEY_OPENED, fields(&key), false)
        }
        Event::Adopt { facts, reason } => {
            (kind::ADOPTED, fields(&AdoptFields { facts, reason }), true)
        }
    };
    let draft = Draft { kind, about: None, fields, supersedes: Vec::new(), legal };
    let fact = Fact {
        kind,
        by: author.device,
        at: now.0,
        about: None,
        fields: draft.fields.clone(),
        supersedes: Vec::new(),
        sig: None,
    };
    check(registry, Some(author), &fact, When::Now(now))?;
    Ok(draft)
}

/// What a checked fact changes.
pub(super) enum Change {
    Charter(Box<(SignedCharter, CharterFields)>),
    Stair(StairRegistered),
    Grant(GrantFields, Approver),
    Revoke(DeviceId),
    Key(KeyFields),
    Adopt(AdoptFields, PersonId),
}

pub(super) struct Approver {
    pub(super) device: DeviceId,
    pub(super) person: PersonId,
}

/// Takes a fact, or refuses it and changes nothing.
pub(super) fn apply(
    registry: &mut Registry,
    _: FactId,
    fact: &Fact,
    at: When,
) -> Result<(), Refusal> {
    let change = check(registry, None, fact, at)?;
    match change {
        Change::Charter(parts) => take_charter(registry, *parts, at),
        Change::Stair(stair) => {
            for unit in &stair.units {
                registry.units.insert(unit.code.clone(), unit.clone());
            }
            registry.stairs.push(stair.into());
        }
        Change::Grant(grant, approver) => take_grant(registry, grant, approver, at),
        Change::Revoke(device) => take_revoke(registry, &device, at),
        Change::Key(key) => registry.keys.entry(key.circle).or_default().push(KeyOpened {
            key_epoch: key.key_epoch,
            previous: key.previous,
            sealed_previous: key.sealed_previous.map(|sealed| sealed.0),
        }),
        Change::Adopt(adopt, person) => {
            for fact in adopt.facts {
                registry.adopted.entry(fact).or_insert(person);
            }
        }
    }
    Ok(())
}

fn check(
    registry: &Registry,
    author: Option<&Author>,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    if fact.kind == kind::CHARTER {
        return check_charter(registry, fact);
    }
    let known;
    let author = match author {
        Some(author) => author,
        None => {
            known = registry.author(&fact.by, at).map_err(Refusal::NoRight)?;
            &known
        }
    };
    match fact.kind {
        kind::STAIR => check_stair(registry, author, fact),
        kind::GRANT => check_grant(registry, author, fact),
        kind::REVOKE => check_revoke(registry, author, fact, at),
        kind::KEY_OPENED => {
            let key: KeyFields = read(fact).ok_or(Refusal::Unreadable)?;
            let reads = registry.circles_of(&author.device, at).contains(&key.circle);
            let keeps = author.duties.iter().any(|d| d.role.is_office() || d.role == Role::Head);
            if reads && keeps { Ok(Change::Key(key)) } else { Err(Refusal::NotYours) }
        }
        kind::ADOPTED => {
            let adopt: AdoptFields = read(fact).ok_or(Refusal::Unreadable)?;
            if !author.duties.iter().any(|d| d.role.is_office() || d.role == Role::Head) {
                return Err(Refusal::NotYours);
            }
            check_text(&adopt.reason)?;
            Ok(Change::Adopt(adopt, author.person))
        }
        _ => Err(Refusal::Unreadable),
    }
}

fn check_charter(registry: &Registry, fact: &Fact) -> Result<Change, Refusal> {
    let charter: CharterFields = read(fact).ok_or(Refusal::Unreadable)?;
    let signed = SignedCharter::decode(&charter.charter.0).map_err(|_| Refusal::NotTheCharter)?;
    let ours = signed.charter.id().is_ok_and(|id| id == registry.community);
    if registry.charter.is_some() || !ours || !signed.charter.founders.contains(&fact.by) {
        return Err(Refusal::NotTheCharter);
    }
    check_text(&charter.name)?;
    Ok(Change::Charter(Box::new((signed, charter))))
}

fn take_charter(registry: &mut Registry, parts: (SignedCharter, CharterFields), at: When) {
    let (signed, charter) = parts;
    for device in &signed.charter.founders {
        let keys = charter.founders.iter().find(|keys| keys.device == *device);
        let duty = Duty { role: Role::Founder, scope: Scope::Community };
        let tenure = Tenure { duty, approvals: vec![], begins: Some(at), from: None, to: None };
        let entry = DeviceEntry {
            device: *device,
            person: founder_person(device),
            exchange: keys.map_or([0; 32], |keys| keys.exchange.0),
            ballot: keys.map_or([0; 32], |keys| keys.ballot.0),
            tenures: vec![tenure],
            ended: None,
        };
        registry.devices.insert(*device, entry);
    }
    if charter.rules == "cn-hangzhou"
        && let Ok(law) = RuleSet::hangzhou()
    {
        registry.law = law;
    }
    registry.law.utc_offset_minutes = charter.utc_offset_minutes;
    let CharterFields { name, utc_offset_minutes, rules, founders, .. } = charter;
    registry.terms = FoundingTerms { name, utc_offset_minutes, rules, founders };
    registry.charter = Some(signed);
}

fn check_stair(registry: &Registry, author: &Author, fact: &Fact) -> Result<Change, Refusal> {
    let stair: StairRegistered = read(fact).ok_or(Refusal::Unreadable)?;
    if !author.holds(&[Role::Founder, Role::Committee], &Scope::Community) {
        return Err(Refusal::NotYours);
    }
    if stair.units.iter().any(|unit| registry.units.contains_key(&unit.code)) {
        return Err(Refusal::Registered);
    }
    let own = stair
        .units
        .iter()
        .all(|unit| unit.code.building() == stair.building && unit.code.stair() == stair.stair);
    if own { Ok(Change::Stair(stair)) } else { Err(Refusal::UnknownPlace) }
}

fn check_revoke(
    registry: &Registry,
    author: &Author,
    fact: &Fact,
    at: When,
) -> Result<Change, Refusal> {
    let revoke: RevokeFields = read(fact).ok_or(Refusal::Unreadable)?;
    let entry = registry.devices.get(&revoke.device).ok_or(Refusal::UnknownPlace)?;
    if entry.ended.is_some() {
        return Err(Refusal::Revoked);
    }
    let household = entry.tenures.iter().all(|tenure| tenure.duty.role.is_household());
    let in_scope = household
        && entry.tenures.iter().all(|tenure| author.holds(&[Role::Head], &tenure.duty.scope));
    let allowed = entry.person == author.person
        || author.holds(&[Role::Founder, Role::Committee], &Scope::Community)
        || in_scope;
    if !allowed {
        return Err(Refusal::NotYours);
    }
    let keepers = [Role::Founder, Role::Committee];
    let keeps = |device: &DeviceId| {
        registry.author(device, at).is_ok_and(|author| author.holds(&keepers, &Scope::Community))
    };
    let others = registry.devices.keys().any(|device| *device != revoke.device && keeps(device));
    if keeps(&revoke.device) && !others {
        return Err(Refusal::LastKeeper);
    }
    Ok(Change::Revoke(revoke.device))
}

fn take_revoke(registry: &mut Registry, device: &DeviceId, at: When) {
    let Some(entry) = registry.devices.get_mut(device) else { return };
    entry.ended = Some(at);
    for tenure in &entry.tenures {
        match (&tenure.duty.role, &tenure.duty.scope) {
            (Role::Head, Scope::Building(building)) => {
                let term = registry.head_terms.entry(building.clone()).or_default();
                *term = term.saturating_add(1);
            }
            (Role::Owner | Role::Resident, Scope::Unit(unit)) => {
                let number = registry.occupancies.entry(unit.clone()).or_default();
                *number = number.saturating_add(1);
            }
            _ => {}
        }
    }
}

fn check_text(text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > TEXT_CHARS_MAX { Err(Refusal::BadText) } else { Ok(()) }
}
