//! What a shell says about people: whose phone applies, why a duty ends, who owns a unit.

use linli_app::event;
use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope, StaffDuty, UnitCode},
    registry::{self, Filled, Terms, UnitStatus, view::PeopleFilter},
};
use linli_replica::WhoApplies as Applies;
use linli_wire::{DeviceId, InviteId};

use crate::{
    LinliError, UiEvent,
    event::{bad, fact},
    repair_event::Answer,
};

/// Why a device is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RevokeReason {
    /// The phone was lost.
    Lost,
    /// The person left.
    Left,
    /// It was misused.
    Abuse,
    /// Anything else.
    Other,
}

/// What an offer asks for.
pub(crate) mod ask {
    pub(crate) const PLACE: &str = "place";
    pub(crate) const UNTIL: &str = "until";
    pub(crate) const STAFF: &str = "staff";
}

/// Whose phone it is that applies, as the reviewer says after having seen the person.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum WhoApplies {
    /// A person whom nobody knows yet, or whose phone is known already.
    NewPerson,
    /// An owner whom the register names.
    CoOwner {
        /// Which, counted from 1.
        number: u16,
    },
    /// A person who has this phone as well.
    SecondPhoneOf {
        /// The phone they have.
        device: String,
    },
    /// A person who lost this phone; it is shut out at once, and two people approve.
    LostPhoneOf {
        /// The lost phone.
        device: String,
    },
    /// A person who was registered without a phone.
    Registered {
        /// The person.
        person: String,
    },
}

/// Why a duty ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum EndReason {
    /// Its last day is over.
    Expired,
    /// The person moved out.
    MovedOut,
    /// The person stepped down or was relieved.
    Relieved,
    /// Anything else.
    Other,
}

impl UiEvent {
    /// Reads what is done about people.
    pub(crate) fn read_people(self) -> Result<event::UiEvent, LinliError> {
        use event::UiEvent as Inner;
        Ok(match self {
            Self::InviteAs { role, answers } => Inner::Invite(filled(&role, &answers)?),
            Self::Approve { invite, who } => Inner::Approve {
                invite: InviteId::from_hex(&invite).ok_or_else(|| bad("invite"))?,
                who: who.read()?,
            },
            Self::RegisterAs { role, answers } => Inner::RegisterPerson(filled(&role, &answers)?),
            Self::People { search, role, offset } => {
                let role = role.map(|word| Role::from_word(&word).ok_or_else(|| bad("role")));
                Inner::People(Some((PeopleFilter { search, role: role.transpose()? }, offset)))
            }
            Self::HidePeople => Inner::People(None),
            Self::RefuseApplication { invite } => {
                Inner::RefuseApplication(InviteId::from_hex(&invite).ok_or_else(|| bad("invite"))?)
            }
            Self::Revoke { device, reason } => Inner::Revoke(
                DeviceId::from_hex(&device).ok_or_else(|| bad("device"))?,
                reason.inner(),
            ),
            Self::Adopt { facts, reason } => {
                let facts: Result<_, _> = facts.iter().map(|text| fact(text, "facts")).collect();
                Inner::Adopt(facts?, reason)
            }
            other => Inner::Registry(Box::new(other.read_registry()?)),
        })
    }

    /// Reads what is asked of the registry and needs nothing from the phone.
    pub(crate) fn read_registry(self) -> Result<registry::Event, LinliError> {
        Ok(match self {
            Self::EndDuty { person, role, scope, reason } => {
                let Terms { role, scope, .. } = terms(&role, &scope)?;
                let (person, reason) = (person_id(&person)?, reason.inner());
                registry::Event::EndDuty(registry::DutyEnded { person, role, scope, reason })
            }
            Self::ChangeOwners { unit, owners, status, from_ms } => {
                let owners: Result<_, _> = owners.iter().map(|person| person_id(person)).collect();
                let status = UnitStatus::ALL.into_iter().find(|known| known.word() == status);
                registry::Event::ChangeOwners(registry::OwnersChanged {
                    unit: unit_code(&unit)?,
                    owners: owners?,
                    status: status.ok_or_else(|| bad("status"))?,
                    from: from_ms.map(Moment),
                })
            }
            Self::ChooseRepresentative { unit, person } => {
                let (unit, person) = (unit_code(&unit)?, person_id(&person)?);
                let chosen = registry::RepresentativeChosen { unit, person };
                registry::Event::ChooseRepresentative(chosen)
            }
            Self::SetMinVersion { version } => registry::Event::SetMinVersion { version },
            _ => return Err(bad("event")),
        })
    }
}

/// Reads an offer that was filled in; what a place says is read where the register is.
fn filled(role: &str, answers: &[Answer]) -> Result<Filled, LinliError> {
    let all = |word: &'static str| answers.iter().filter(move |answer| answer.word == word);
    let one = |word| all(word).map(|answer| answer.value.as_str()).next();
    let until = one(ask::UNTIL).map(|ms| ms.parse().map(Moment).map_err(|_| bad(ask::UNTIL)));
    let staff = all(ask::STAFF).map(|answer| StaffDuty::from_word(&answer.value));
    let staff: Option<Vec<StaffDuty>> = staff.collect();
    Ok(Filled {
        role: Role::from_word(role).ok_or_else(|| bad("role"))?,
        place: one(ask::PLACE).unwrap_or_default().to_owned(),
        until: until.transpose()?,
        staff: staff.ok_or_else(|| bad(ask::STAFF))?,
    })
}

impl WhoApplies {
    pub(crate) fn of(who: &Applies) -> Self {
        match who {
            Applies::NewPerson => Self::NewPerson,
            Applies::CoOwner(number) => Self::CoOwner { number: *number },
            Applies::SecondPhoneOf(device) => Self::SecondPhoneOf { device: device.to_hex() },
            Applies::LostPhoneOf(device) => Self::LostPhoneOf { device: device.to_hex() },
            Applies::Registered(person) => Self::Registered { person: person.to_hex() },
        }
    }

    pub(crate) fn read(self) -> Result<Applies, LinliError> {
        let phone = |text: &str| DeviceId::from_hex(text).ok_or_else(|| bad("device"));
        Ok(match self {
            Self::NewPerson => Applies::NewPerson,
            Self::CoOwner { number } => Applies::CoOwner(number),
            Self::SecondPhoneOf { device } => Applies::SecondPhoneOf(phone(&device)?),
            Self::LostPhoneOf { device } => Applies::LostPhoneOf(phone(&device)?),
            Self::Registered { person } => Applies::Registered(person_id(&person)?),
        })
    }
}

impl EndReason {
    const fn inner(self) -> registry::EndReason {
        match self {
            Self::Expired => registry::EndReason::Expired,
            Self::MovedOut => registry::EndReason::MovedOut,
            Self::Relieved => registry::EndReason::Relieved,
            Self::Other => registry::EndReason::Other,
        }
    }
}

fn unit_code(text: &str) -> Result<UnitCode, LinliError> {
    UnitCode::parse(text).ok_or_else(|| bad("unit"))
}

impl RevokeReason {
    pub(crate) const fn inner(self) -> registry::RevokeReason {
        match self {
            Self::Lost => registry::RevokeReason::Lost,
            Self::Left => registry::RevokeReason::Left,
            Self::Abuse => registry::RevokeReason::Abuse,
            Self::Other => registry::RevokeReason::Other,
        }
    }
}

fn terms(role: &str, scope: &str) -> Result<Terms, LinliError> {
    let role = Role::from_word(role).ok_or_else(|| bad("role"))?;
    Ok(Terms::of(role, Scope::parse(scope).ok_or_else(|| bad("scope"))?))
}

fn person_id(text: &str) -> Result<PersonId, LinliError> {
    PersonId::from_hex(text).ok_or_else(|| bad("person"))
}
