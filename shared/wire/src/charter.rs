//! What a community is rooted in: its founders' devices and how many of them must agree.
//!
//! The charter holds no names: those are facts in the community's own circle, tied to it by
//! `register`, the hash of what the founders agreed on. The community's id is the SHA-256 of the
//! charter without its signatures, so a relay cannot swap communities.

use serde::{Deserialize, Serialize};

use crate::{
    CommunityId, DeviceId, Hash, Signature, WireError, cbor, limits,
    sign::{self, Purpose},
};

const PART: &str = "charter";

/// The charter, without signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charter {
    /// Version of this layout.
    #[serde(rename = "1")]
    pub version: u8,
    /// The founders' devices, ascending.
    #[serde(rename = "2")]
    pub founders: Vec<DeviceId>,
    /// How many of them must sign.
    #[serde(rename = "3")]
    pub threshold: u8,
    /// Whether this is a trial with a single founder, which every screen shows.
    #[serde(rename = "4")]
    pub trial: bool,
    /// Hash of the register of buildings and units that the founders agreed on.
    #[serde(rename = "5")]
    pub register: Hash,
    /// Chance, so that two communities never share an id.
    #[serde(rename = "6")]
    pub salt: Hash,
}

impl Charter {
    /// The version of the layout that this program writes.
    pub const VERSION: u8 = 1;

    /// Encodes the charter.
    ///
    /// # Errors
    /// [`WireError::BadField`] never in practice.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        cbor::to_bytes(PART, self)
    }

    /// Computes the community's id.
    ///
    /// # Errors
    /// As [`Charter::encode`].
    pub fn id(&self) -> Result<CommunityId, WireError> {
        Ok(CommunityId(crate::sha256(&[&self.encode()?])))
    }

    /// Checks the rules a charter must keep.
    ///
    /// # Errors
    /// [`WireError`] that names the field.
    pub fn check(&self) -> Result<(), WireError> {
        let bad = |field| Err(WireError::BadField { part: PART, field });
        if self.version != Self::VERSION {
            let value = u64::from(self.version);
            return Err(WireError::Unknown { part: PART, field: "version", value });
        }
        if self.founders.is_empty() || self.founders.len() > limits::FOUNDERS_MAX {
            return bad("founders");
        }
        if !self.founders.windows(2).all(|pair| matches!(pair, [one, next] if one < next)) {
            return bad("founders");
        }
        for founder in &self.founders {
            sign::check_sound(founder)?;
        }
        let threshold = usize::from(self.threshold);
        // One founder alone decides nothing for good: that is a trial, and says so.
        let least = if self.trial { 1 } else { 2 };
        if threshold < least || threshold > self.founders.len() {
            return bad("threshold");
        }
        Ok(())
    }
}

/// A charter with its founders' signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCharter {
    /// The charter.
    #[serde(rename = "1")]
    pub charter: Charter,
    /// Signatures of founders over the community's id.
    #[serde(rename = "2")]
    pub signatures: Vec<FounderSignature>,
}

/// One founder's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FounderSignature {
    /// The founder's device.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The signature over the community's id.
    #[serde(rename = "2")]
    pub signature: Signature,
}

impl SignedCharter {
    /// Encodes the charter with its signatures.
    ///
    /// # Errors
    /// [`WireError::BadField`] never in practice.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        cbor::to_bytes(PART, self)
    }

    /// Decodes a charter and checks that enough founders signed it.
    ///
    /// # Errors
    /// [`WireError`] that names the field or the signature.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let signed: Self = cbor::from_bytes(PART, bytes)?;
        signed.verify()?;
        Ok(signed)
    }

    /// Checks the charter and that enough different founders signed it; returns the community's id.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn verify(&self) -> Result<CommunityId, WireError> {
        self.charter.check()?;
        let id = self.charter.id()?;
        let mut signers: Vec<DeviceId> = Vec::new();
        for signature in &self.signatures {
            if !self.charter.founders.contains(&signature.device)
                || signers.contains(&signature.device)
            {
                return Err(WireError::BadField { part: PART, field: "signatures" });
            }
            sign::verify(&signature.device.0, Purpose::Charter, &[&id.0], &signature.signature)
                .map_err(|_| WireError::BadSignature { part: PART })?;
            signers.push(signature.device);
        }
        if signers.len() < usize::from(self.charter.threshold) {
            return Err(WireError::BadSignature { part: PART });
        }
        Ok(id)
    }
}
