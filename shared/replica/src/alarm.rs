//! What a phone has caught a relay, or somebody behind it, lying about.

use linli_wire::{DeviceId, cbor};
use serde::{Deserialize, Serialize};

use crate::ReplicaError;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lie {
    /// An entry, or a pack that this phone may read, was kept back.
    Withheld,
    /// Two phones were shown different logs.
    Forked,
    /// A pack's bytes were altered.
    Altered,
    /// A pack was shown at a second place.
    Replayed,
    /// Stamps went backwards.
    Backdated,
    /// A device was listed for reading that the registry does not know.
    Listed,
    /// A pack of a granted device holds something that no honest app writes.
    Hostile,
    /// This phone was restored from a copy: its count was used for another pack already.
    Restored,
}

impl Lie {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            Self::Forked => "forked",
            Self::Altered => "altered",
            Self::Replayed => "replayed",
            Self::Backdated => "backdated",
            Self::Listed => "listed",
            Self::Hostile => "hostile",
            Self::Restored => "restored",
        }
    }

    /// Tells whether it proves that the relay cannot be followed any further.
    ///
    /// What only another member's word shows (a head it claims to have seen) raises the alarm but
    /// does not stop the phone: else one hostile member could stop everybody.
    #[must_use]
    pub const fn stops(self) -> bool {
        match self {
            Self::Withheld | Self::Altered | Self::Replayed | Self::Backdated | Self::Restored => {
                true
            }
            Self::Forked | Self::Listed | Self::Hostile => false,
        }
    }
}

/// One alarm: the lie, the place in the log and the device it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alarm {
    /// What is wrong.
    #[serde(rename = "1")]
    pub lie: Lie,
    /// The place in the log.
    #[serde(rename = "2")]
    pub seq: u64,
    /// The device whose pack shows it, where one does.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// One plain sentence for the log of this phone; it holds no names.
    #[serde(rename = "4")]
    pub detail: String,
}

impl Alarm {
    pub(crate) fn new(lie: Lie, seq: u64, device: Option<DeviceId>, detail: &str) -> Self {
        Self { lie, seq, device, detail: detail.to_owned() }
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, ReplicaError> {
        Ok(cbor::to_bytes("alarm", self)?)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        Ok(cbor::from_bytes("alarm", bytes)?)
    }

    /// The key in the store: the same alarm raised twice is one.
    pub(crate) fn key(&self) -> Vec<u8> {
        let device = self.device.map_or([0; 32], |device| device.0);
        [&self.seq.to_be_bytes()[..], self.lie.word().as_bytes(), &device].concat()
    }
}
