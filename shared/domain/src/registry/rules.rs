//! What the registry allows: one private check for what is asked and for what others wrote.

use linli_wire::{DeviceId, FactId, PersonId, charter::SignedCharter, fact::Fact};

use super::{
    DeviceEntry, DutyEnded, Event, FoundingTerms, Grant, KeyOpened, NoRight, OwnersChanged,
    PersonRegistered, Registry, RepresentativeChosen, StairRegistered, Tenure,
    grants::{Proof, check_grant, check_revoked, take_grant, take_revoke},
    owners::{check_owners, check_representative, take_owners},
    people::{check_end, check_person, take_end, take_person},
    schema::{AdoptFields, CharterFields, KeyFields, RevokeFields, kind, read, written},
    state::is_reviewer,
    versions::{check_min_version, keeps_safe, take_min_version},
};
use crate::{
    kernel::{Author, Draft, Duty, Moment, Position, Role, Scope, When},
    law::{self, RuleSet},
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
    /// A tenant needs a last day, a deputy a first and a last one.
    #[error("the role needs its dates")]
    NeedsDates,
    /// Nobody of that role is charged with that in the office.
    #[error("the duty does not go with the role")]
    WrongDuty,
    /// The owners are named twice, or none where there must be one.
    #[error("the owners cannot stand like this")]
    BadOwners,
    /// The author's role may not do this.
    #[error("the author's role may not do this")]
    NotYours,
    /// Nobody grants to their own person.
    #[error("nobody grants to their own person")]
    OwnPerson,
    /// The register names other owners.
    #[error("the register names other owners")]
    NotAnOwner,
    /// The person is registered there already.
    #[error("the person is registered there already")]
    PersonKnown,
    /// The person holds nothing like it there.
    #[error("the person holds nothing like it there")]
    NothingHeld,
    /// The lost device is another person's.
    #[error("the lost device is another person's")]
    OtherPerson,
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
    /// The community asks for a newer version of the app.
    #[error("the community asks for a newer version of the app")]
    Update,
}

impl Refusal {
    /// All refusals, in order; of a missing right, one of each kind.
    pub const ALL: [Self; 23] = [
        Self::NoRight(NoRight::Unknown),
        Self::NoRight(NoRight::NotYet),
        Self::NoRight(NoRight::Ended { at: Position { seq: 0, index: 0, stamp: Moment(0) } }),
        Self::Unreadable,
        Self::NotTheCharter,
        Self::Registered,
        Self::UnknownPlace,
        Self::WrongScope,
        Self::NeedsDates,
        Self::WrongDuty,
        Self::BadOwners,
        Self::NotYours,
        Self::OwnPerson,
        Self::NotAnOwner,
        Self::PersonKnown,
        Self::NothingHeld,
        Self::OtherPerson,
        Self::OtherDevice,
        Self::Revoked,
        Self::ApprovedAlready,
        Self::LastKeeper,
        Self::BadText,
        Self::Update,
    ];

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
            Self::NeedsDates => "registry.needs_dates",
            Self::WrongDuty => "registry.wrong_duty",
            Self::BadOwners => "registry.bad_owners",
            Self::NotYours => "registry.not_yours",
            Self::OwnPerson => "registry.own_person",
            Self::NotAnOwner => "registry.not_an_owner",
            Self::PersonKnown => "registry.person_known",
            Self::NothingHeld => "registry.nothing_held",
            Self::OtherPerson => "registry.other_person",
            Self::OtherDevice => "registry.other_device",
            Self::Revoked => "registry.revoked",
            Self::ApprovedAlready => "registry.approved_already",
            Self::LastKeeper => "registry.last_keeper",
            Self::BadText => "registry.bad_text",
            Self::Update => "app.update",
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
    let (kind, fields, legal) = written(event);
    if registry.needs_newer_app(law::APP) && !keeps_safe(event) {
        return Err(Refusal::Update);
    }
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
    Grant(Box<Grant>, Approver, Proof),
    Revoke(DeviceId),
    Key(KeyFields),
    Adopt(AdoptFields, PersonId),
    Owners(OwnersChanged, Approver),
    Representative(RepresentativeChosen, PersonId),
    Person(PersonRegistered),
    End(DutyEnded),
    MinVersion(u32, PersonId),
}

#[derive(Clone, Copy)]
pub(super) struct Approver {
    pub(super) device: DeviceId,
    pub(super) person: PersonId,
}

impl Approver {
    pub(super) const fn of(author: &Author) -> Self {
        Self { device: author.device, person: author.person }
    }
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
        Change::Grant(grant, approver, proof) => take_grant(registry, *grant, approver, proof, at),
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
        Change::Owners(changed, approver) => take_owners(registry, changed, approver, at),
        Change::Representative(chosen, by) => {
            registry.representatives.entry(chosen.unit).or_default().insert(by, chosen.person);
        }
        Change::Person(person) => take_person(registry, &person, at),
        Change::End(ended) => take_end(registry, &ended, at),
        Change::MinVersion(version, person) => take_min_version(registry, version, person),
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
        kind::GRANT => check_grant(registry, author, fact, at),
        kind::REVOKE => check_revoke(registry, author, fact, at),
        kind::KEY_OPENED => {
            let key: KeyFields = read(fact).ok_or(Refusal::Unreadable)?;
            let reads = registry.circles_of(&author.device, at).contains(&key.circle);
            let keeps = author.is_any(|role| role.is_office() || role.is_head());
            if reads && keeps { Ok(Change::Key(key)) } else { Err(Refusal::NotYours) }
        }
        kind::ADOPTED => {
            let adopt: AdoptFields = read(fact).ok_or(Refusal::Unreadable)?;
            if !is_reviewer(author) {
                return Err(Refusal::NotYours);
            }
            check_text(&adopt.reason)?;
            Ok(Change::Adopt(adopt, author.person))
        }
        kind::OWNERS_CHANGED => check_owners(registry, author, fact, at),
        kind::REPRESENTATIVE => check_representative(registry, author, fact, at),
        kind::PERSON => check_person(registry, author, fact, at),
        kind::DUTY_ENDED => check_end(registry, author, fact, at),
        kind::MIN_VERSION => check_min_version(registry, author, fact),
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
        let tenure = Tenure { begins: Some(at), ..Tenure::proposed(duty) };
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
    check_revoked(registry, author, entry, at)?;
    Ok(Change::Revoke(revoke.device))
}

fn check_text(text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > TEXT_CHARS_MAX { Err(Refusal::BadText) } else { Ok(()) }
}
