//! How the registry's facts are stored: kinds and numbered fields, for ever.

use linli_wire::{
    DeviceId, FactId, Hash, KeyEpoch,
    cbor::{self, Bytes, Value},
    fact::Fact,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    DutyEnded, Event, FounderKeys, FoundingTerms, Grant, KeyOpened, OwnersChanged,
    PersonRegistered, Registry, RepresentativeChosen, RevokeReason, StairRegistered,
};
use crate::kernel::Circle;

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
    /// The owners of a unit from now on.
    pub const OWNERS_CHANGED: u16 = 7;
    /// Whom a co-owner wants to stand for the unit.
    pub const REPRESENTATIVE: u16 = 8;
    /// A person without a phone.
    pub const PERSON: u16 = 9;
    /// The end of a person's duty.
    pub const DUTY_ENDED: u16 = 10;
    /// The oldest version of the app that may write.
    pub const MIN_VERSION: u16 = 11;
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
pub(super) struct MinVersionFields {
    #[serde(rename = "1")]
    pub(super) version: u32,
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

/// What is written down of what is asked: kind, fields, and whether it needs a signature of its own.
pub(super) fn written(event: &Event) -> (u16, Value, bool) {
    match event.clone() {
        Event::Found { name, utc_offset_minutes, rules, charter, founders } => {
            let charter = Bytes(charter);
            let found = CharterFields { name, utc_offset_minutes, charter, founders, rules };
            (kind::CHARTER, fields(&found), true)
        }
        Event::RegisterStair(stair) => (kind::STAIR, fields(&stair), false),
        Event::Grant(grant) => (kind::GRANT, fields(&grant), true),
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
        Event::ChangeOwners(changed) => (kind::OWNERS_CHANGED, fields(&changed), true),
        Event::ChooseRepresentative(chosen) => (kind::REPRESENTATIVE, fields(&chosen), true),
        Event::RegisterPerson(person) => (kind::PERSON, fields(&person), true),
        Event::EndDuty(ended) => (kind::DUTY_ENDED, fields(&ended), true),
        Event::SetMinVersion { version } => {
            (kind::MIN_VERSION, fields(&MinVersionFields { version }), true)
        }
    }
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

/// Returns the devices whose rights a fact changes, as the registry knows them after it.
#[must_use]
pub fn subjects(registry: &Registry, fact: &Fact) -> Vec<DeviceId> {
    match fact.kind {
        kind::GRANT => match read::<Grant>(fact) {
            Some(grant) => [Some(grant.device), grant.replaces].into_iter().flatten().collect(),
            None => Vec::new(),
        },
        kind::REVOKE => {
            read::<RevokeFields>(fact).map(|fields| fields.device).into_iter().collect()
        }
        kind::DUTY_ENDED => match read::<DutyEnded>(fact) {
            Some(ended) => registry.devices_of(&ended.person).map(|entry| entry.device).collect(),
            None => Vec::new(),
        },
        kind::OWNERS_CHANGED => match read::<OwnersChanged>(fact) {
            Some(changed) => registry.owner_devices(&changed.unit),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Tells whether a fact of the registry says something that this app does not know: a further field,
/// or a word that cannot be read.
///
/// It may change what the rest means, so the whole fact is left to a newer app.
#[must_use]
pub fn is_newer(fact: &Fact) -> bool {
    match fact.kind {
        kind::CHARTER => !is_known::<CharterFields>(fact),
        kind::STAIR => !is_known::<StairRegistered>(fact),
        kind::GRANT => !is_known::<Grant>(fact),
        kind::REVOKE => !is_known::<RevokeFields>(fact),
        kind::KEY_OPENED => !is_known::<KeyFields>(fact),
        kind::ADOPTED => !is_known::<AdoptFields>(fact),
        kind::OWNERS_CHANGED => !is_known::<OwnersChanged>(fact),
        kind::REPRESENTATIVE => !is_known::<RepresentativeChosen>(fact),
        kind::PERSON => !is_known::<PersonRegistered>(fact),
        kind::DUTY_ENDED => !is_known::<DutyEnded>(fact),
        kind::MIN_VERSION => !is_known::<MinVersionFields>(fact),
        _ => true,
    }
}

fn is_known<T: Serialize + DeserializeOwned>(fact: &Fact) -> bool {
    read::<T>(fact).is_some_and(|known| fields(&known) == fact.fields)
}
