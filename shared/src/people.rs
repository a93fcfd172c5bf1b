//! What a shell says about people: whose phone applies, why a duty ends, who owns a unit.

use linli_domain::{
    kernel::{Moment, UnitCode},
    registry::{self, Terms, UnitStatus},
};
use linli_replica::WhoApplies as Applies;
use linli_wire::DeviceId;

use crate::{
    LinliError, UiEvent,
    event::{bad, person_id, terms},
};

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

impl WhoApplies {
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
