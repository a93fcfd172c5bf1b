//! What people ask of the registry.

use linli_wire::{DeviceId, FactId, Hash, InviteId, KeyEpoch, PersonId};
use serde::{Deserialize, Serialize};

use crate::kernel::{AreaDm2, Circle, Moment, Role, Scope, UnitCode};

/// What kind of exclusive part a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A home (住宅).
    Home,
    /// A shop (商铺).
    Shop,
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
    Grant {
        /// The person, by pseudonym.
        person: PersonId,
        /// The device.
        device: DeviceId,
        /// Its exchange key (X25519).
        exchange: [u8; 32],
        /// Its verifying key for ballots.
        ballot: [u8; 32],
        /// The role.
        role: Role,
        /// What it is for.
        scope: Scope,
        /// First moment by the relay's stamp; none for at once.
        from: Option<Moment>,
        /// Last moment by the relay's stamp; none for open end.
        to: Option<Moment>,
        /// The invitation that brought the device.
        invite: Option<InviteId>,
    },
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
}
