//! What people ask of the registry.

use linli_wire::{DeviceId, FactId, Hash, InviteId, KeyEpoch, PersonId};
use serde::{Deserialize, Serialize};

use crate::kernel::{AreaDm2, Circle, Moment, Role, Scope, StaffDuty, UnitCode};

/// What kind of exclusive part a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A home (住宅).
    Home,
    /// A shop (商铺).
    Shop,
}

impl UnitKind {
    /// Tells whether somebody can be met at its door.
    ///
    /// Parking spaces and storerooms are not registered; whoever adds them has to answer here.
    #[must_use]
    pub const fn has_door(self) -> bool {
        match self {
            Self::Home | Self::Shop => true,
        }
    }
}

/// How a unit stands on the day it is registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitStatus {
    /// Not sold yet: the developer owns it (未售).
    Unsold,
    /// Sold, not handed over: it still counts as the developer's (未交付).
    Undelivered,
    /// Handed over (已交付).
    #[default]
    Delivered,
    /// Handed over, nobody lives there yet (未入住).
    NotMovedIn,
    /// Lived in (已入住).
    MovedIn,
    /// Being decorated (装修中).
    Decorating,
    /// Let (出租).
    Rented,
    /// Empty (空置).
    Empty,
}

impl UnitStatus {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Unsold,
        Self::Undelivered,
        Self::Delivered,
        Self::NotMovedIn,
        Self::MovedIn,
        Self::Decorating,
        Self::Rented,
        Self::Empty,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unsold => "unsold",
            Self::Undelivered => "undelivered",
            Self::Delivered => "delivered",
            Self::NotMovedIn => "not_moved_in",
            Self::MovedIn => "moved_in",
            Self::Decorating => "decorating",
            Self::Rented => "rented",
            Self::Empty => "empty",
        }
    }

    /// Tells whether it counts as the developer's: unsold and sold-not-delivered units together are
    /// one head.
    #[must_use]
    pub const fn is_developers(self) -> bool {
        matches!(self, Self::Unsold | Self::Undelivered)
    }

    const fn is_default(&self) -> bool {
        matches!(self, Self::Delivered)
    }
}

/// A unit as it is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code.
    #[serde(rename = "1")]
    pub code: UnitCode,
    /// Its kind.
    #[serde(rename = "2")]
    pub kind: UnitKind,
    /// Its exclusive area.
    #[serde(rename = "3")]
    pub area: AreaDm2,
    /// What the area rests on: register, survey or contract.
    #[serde(rename = "4")]
    pub basis: String,
    /// Its owners on the day of founding, by pseudonym, in the order of the roster.
    #[serde(rename = "5", default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<PersonId>,
    /// How it stands.
    #[serde(rename = "6", default, skip_serializing_if = "UnitStatus::is_default")]
    pub status: UnitStatus,
}

/// The units of one stair; one fact each, so that a tall building fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StairRegistered {
    /// The building.
    #[serde(rename = "1")]
    pub building: String,
    /// The number of the stair.
    #[serde(rename = "2")]
    pub stair: u16,
    /// Whether it has a lift.
    #[serde(rename = "3")]
    pub lift: bool,
    /// Its units.
    #[serde(rename = "4")]
    pub units: Vec<Unit>,
}

/// Why a device is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// The public keys of a founder's device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FounderKeys {
    /// The device.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// Its exchange key (X25519).
    #[serde(rename = "2")]
    pub exchange: Hash,
    /// Its verifying key for ballots.
    #[serde(rename = "3")]
    pub ballot: Hash,
}

/// What founders agree on beside the register: each of them signs it with the charter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundingTerms {
    /// The community's name.
    #[serde(rename = "1")]
    pub name: String,
    /// Minutes that local time is ahead of UTC.
    #[serde(rename = "2")]
    pub utc_offset_minutes: i32,
    /// The RuleSet that holds from the first day: `cn` or `cn-hangzhou`.
    #[serde(rename = "3")]
    pub rules: String,
    /// The founders' keys; the charter names only their devices.
    #[serde(rename = "4")]
    pub founders: Vec<FounderKeys>,
}

/// A role for a device of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The person, by pseudonym.
    #[serde(rename = "1")]
    pub person: PersonId,
    /// The device.
    #[serde(rename = "2")]
    pub device: DeviceId,
    /// Its exchange key (X25519).
    #[serde(rename = "3")]
    pub exchange: Hash,
    /// Its verifying key for ballots.
    #[serde(rename = "4")]
    pub ballot: Hash,
    /// The role.
    #[serde(rename = "5")]
    pub role: Role,
    /// What it is for.
    #[serde(rename = "6")]
    pub scope: Scope,
    /// First moment by the relay's stamp; none for at once.
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Last moment by the relay's stamp; none for open end.
    #[serde(rename = "8", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Moment>,
    /// The invitation that brought the device.
    #[serde(rename = "9", default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteId>,
    /// What the person is charged with in the office, ascending.
    #[serde(rename = "10", default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<StaffDuty>,
    /// The person's lost device: it ends with the first approval.
    #[serde(rename = "11", default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<DeviceId>,
}

/// What is granted: a role over a scope, from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The role.
    pub role: Role,
    /// What it is for.
    pub scope: Scope,
    /// First moment by the relay's stamp; none for at once.
    pub from: Option<Moment>,
    /// Last moment by the relay's stamp; none for open end.
    pub to: Option<Moment>,
    /// What the person is charged with in the office, ascending.
    pub staff: Vec<StaffDuty>,
}

impl Terms {
    /// A role at once and without end.
    #[must_use]
    pub const fn of(role: Role, scope: Scope) -> Self {
        Self { role, scope, from: None, to: None, staff: Vec::new() }
    }
}

impl Grant {
    /// Returns what is granted, without the person and the device.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let (from, to, staff) = (self.from, self.to, self.staff.clone());
        Terms { role: self.role, scope: self.scope.clone(), from, to, staff }
    }
}

/// The owners that a unit has from now on: it was sold, inherited or divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnersChanged {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// Its owners, by pseudonym; the first is the first co-owner. None where the developer has it.
    #[serde(rename = "2")]
    pub owners: Vec<PersonId>,
    /// How it stands from then on.
    #[serde(rename = "3")]
    pub status: UnitStatus,
    /// First moment by the relay's stamp; none for at once.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
}

/// Whom a co-owner wants to stand for the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepresentativeChosen {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// One of its owners.
    #[serde(rename = "2")]
    pub person: PersonId,
}

/// A person of a home who has no phone: others may act for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRegistered {
    /// The person, by pseudonym.
    #[serde(rename = "1")]
    pub person: PersonId,
    /// As what they live there: owner, resident or tenant.
    #[serde(rename = "2")]
    pub role: Role,
    /// The unit.
    #[serde(rename = "3")]
    pub scope: Scope,
    /// Last moment by the relay's stamp; a tenant needs one.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Moment>,
}

/// Why a duty ends before its device does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its last moment is over (到期).
    Expired,
    /// The person moved out (搬离).
    MovedOut,
    /// The person stepped down or was relieved (卸任).
    Relieved,
    /// Anything else.
    Other,
}

/// The end of a person's duty, on all their phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyEnded {
    /// The person, by pseudonym.
    #[serde(rename = "1")]
    pub person: PersonId,
    /// The role.
    #[serde(rename = "2")]
    pub role: Role,
    /// What it was for.
    #[serde(rename = "3")]
    pub scope: Scope,
    /// Why.
    #[serde(rename = "4")]
    pub reason: EndReason,
}

/// What people ask of the registry.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Found the community.
    Found {
        /// Its name.
        name: String,
        /// Minutes that local time is ahead of UTC.
        utc_offset_minutes: i32,
        /// The RuleSet that holds from the first day: `cn` or `cn-hangzhou`.
        rules: String,
        /// The signed charter's bytes.
        charter: Vec<u8>,
        /// The founders' keys; the charter names only their devices.
        founders: Vec<FounderKeys>,
    },
    /// Register the units of a stair.
    RegisterStair(StairRegistered),
    /// Grant a role to a device of a person.
    Grant(Grant),
    /// Revoke a device.
    Revoke {
        /// The device.
        device: DeviceId,
        /// Why.
        reason: RevokeReason,
    },
    /// Open a new key of a circle.
    OpenKey {
        /// The circle.
        circle: Circle,
        /// The new key's epoch.
        key_epoch: KeyEpoch,
        /// The epoch before it.
        previous: Option<KeyEpoch>,
        /// The key before it, sealed under the new one.
        sealed_previous: Option<Vec<u8>>,
    },
    /// Make quarantined facts count.
    Adopt {
        /// The facts.
        facts: Vec<FactId>,
        /// Why.
        reason: String,
    },
    /// Say who owns a unit from now on.
    ChangeOwners(OwnersChanged),
    /// Choose who stands for a unit.
    ChooseRepresentative(RepresentativeChosen),
    /// Register a person who has no phone.
    RegisterPerson(PersonRegistered),
    /// End a person's duty.
    EndDuty(DutyEnded),
    /// Say which version of the app is the oldest that may write.
    SetMinVersion {
        /// The version.
        version: u32,
    },
}
