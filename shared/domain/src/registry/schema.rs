//! How the registry's facts are stored: kinds and numbered fields, for ever.

use linli_wire::{
    DeviceId, FactId, Hash, InviteId, KeyEpoch, PersonId,
    cbor::{self, Bytes, Value},
    fact::Fact,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{FounderKeys, FoundingTerms, KeyOpened, RevokeReason, StairRegistered};
use crate::kernel::{Circle, Moment, Role, Scope};

/// Kinds of the registry's facts.
pub mod kind {
    /// The charter with the community's name.
    pub const CHARTER: u16 = 1;
    /// Units of a stair.
    pub const STAIR: u16 = 2;
    /// A role for a device.
    pub const GRANT: u16 = 3;
    /// The end of a device.
    pub const REVOKE: u16 = 4;
    /// A new key of a circle.
    pub const KEY_OPENED: u16 = 5;
    /// Quarantined facts that count from now on.
    pub const ADOPTED: u16 = 6;
}

const PART: &str = "registry fact";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CharterFields {
    #[serde(rename = "1")]
    pub(super) name: String,
    #[serde(rename = "2")]
    pub(super) utc_offset_minutes: i32,
    #[serde(rename = "3")]
    pub(super) charter: Bytes,
    #[serde(rename = "4")]
    pub(super) founders: Vec<FounderKeys>,
    #[serde(rename = "5")]
    pub(super) rules: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct GrantFields {
    #[serde(rename = "1")]
    pub(super) person: PersonId,
    #[serde(rename = "2")]
    pub(super) device: DeviceId,
    #[serde(rename = "3")]
    pub(super) exchange: Hash,
    #[serde(rename = "4")]
    pub(super) ballot: Hash,
    #[serde(rename = "5")]
    pub(super) role: Role,
    #[serde(rename = "6")]
    pub(super) scope: Scope,
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Moment>,
    #[serde(rename = "8", default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Moment>,
    #[serde(rename = "9", default, skip_serializing_if = "Option::is_none")]
    pub(super) invite: Option<InviteId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RevokeFields {
    #[serde(rename = "1")]
    pub(super) device: DeviceId,
    #[serde(rename = "2")]
    pub(super) reason: RevokeReason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyFields {
    #[serde(rename = "1")]
    pub(super) circle: Circle,
    #[serde(rename = "2")]
    pub(super) key_epoch: KeyEpoch,
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<KeyEpoch>,
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub(super) sealed_previous: Option<Bytes>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AdoptFields {
    #[serde(rename = "1")]
    pub(super) facts: Vec<FactId>,
    #[serde(rename = "2")]
    pub(super) reason: String,
}

/// Returns the circle that a fact of the registry belongs in: everybody has to see it, but for a
/// circle's own keys. `None` if it cannot be read.
#[must_use]
pub fn circle_of(fact: &Fact) -> Option<Circle> {
    if fact.kind == kind::KEY_OPENED {
        return read::<KeyFields>(fact).map(|key| key.circle);
    }
    Some(Circle::Community)
}

pub(super) fn fields<T: Serialize>(fields: &T) -> Value {
    // Our own types always encode; a fact without fields would be refused by everybody.
    cbor::to_value(PART, fields).unwrap_or(Value::Null)
}

pub(super) fn read<T: DeserializeOwned>(fact: &Fact) -> Option<T> {
    cbor::from_value(PART, &fact.fields).ok()
}

/// Hashes what the founders agreed on: name, rules, their keys and all units.
#[must_use]
pub fn register_hash<'a>(
    terms: &FoundingTerms,
    stairs: impl IntoIterator<Item = &'a StairRegistered>,
) -> Hash {
    let mut bytes = cbor::to_bytes(PART, terms).unwrap_or_default();
    let mut stairs: Vec<Vec<u8>> =
        stairs.into_iter().map(|stair| cbor::to_bytes(PART, stair).unwrap_or_default()).collect();
    stairs.sort();
    for stair in stairs {
        bytes.extend(stair);
    }
    Hash::of(&bytes)
}

/// Returns the facts that an adoption names.
#[must_use]
pub fn adopted_ids(fact: &Fact) -> Vec<FactId> {
    read::<AdoptFields>(fact).map(|fields| fields.facts).unwrap_or_default()
}

/// Reads a key fact, whether or not it counts: a key is proved by its epoch, not by its author.
#[must_use]
pub fn key_opened(fact: &Fact) -> Option<(Circle, KeyOpened)> {
    if fact.kind != kind::KEY_OPENED {
        return None;
    }
    let KeyFields { circle, key_epoch, previous, sealed_previous } = read(fact)?;
    let sealed_previous = sealed_previous.map(|sealed| sealed.0);
    Some((circle, KeyOpened { key_epoch, previous, sealed_previous }))
}

/// Returns the devices whose rights a fact changes.
#[must_use]
pub fn subjects(fact: &Fact) -> Vec<DeviceId> {
    match fact.kind {
        kind::GRANT => read::<GrantFields>(fact).map(|fields| fields.device).into_iter().collect(),
        kind::REVOKE => {
            read::<RevokeFields>(fact).map(|fields| fields.device).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
