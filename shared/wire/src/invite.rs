//! The certificate that lets a stranger hand in one application.
//!
//! An invitation is a one-time key pair shown as a QR. The relay knows none of it beforehand: the
//! certificate in the application says which listed member issued it, and until when it holds.

use serde::{Deserialize, Serialize};

use crate::{
    CommunityId, DeviceId, InviteId, Signature, WireError,
    cbor::{self, Bytes},
    sign::{self, Purpose},
};

const PART: &str = "invitation";

/// What a member signs when inviting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The community.
    #[serde(rename = "1")]
    pub community: CommunityId,
    /// The public half of the invitation's key.
    #[serde(rename = "2")]
    pub invite: InviteId,
    /// The member's device that invites.
    #[serde(rename = "3")]
    pub issuer: DeviceId,
    /// The last moment at which the relay takes the application, in ms since 1970 by its stamp.
    #[serde(rename = "4")]
    pub until: i64,
    /// The issuer's signature.
    #[serde(rename = "5")]
    pub signature: Signature,
}

impl Certificate {
    /// Returns the bytes that the issuer signs.
    #[must_use]
    pub fn message(
        community: &CommunityId,
        invite: &InviteId,
        issuer: &DeviceId,
        until: i64,
    ) -> Vec<u8> {
        [&community.0[..], &invite.0, &issuer.0, &until.to_be_bytes()].concat()
    }

    /// Checks the issuer's signature.
    ///
    /// # Errors
    /// [`WireError::BadSignature`].
    pub fn verify(&self) -> Result<(), WireError> {
        let message = Self::message(&self.community, &self.invite, &self.issuer, self.until);
        sign::verify(&self.issuer.0, Purpose::Invite, &[&message], &self.signature)
            .map_err(|_| WireError::BadSignature { part: PART })
    }
}

/// One application as it is handed to the relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationPost {
    /// The invitation's certificate.
    #[serde(rename = "1")]
    pub certificate: Certificate,
    /// The application, sealed to the reviewers.
    #[serde(rename = "2")]
    pub sealed: Bytes,
    /// The signature of the invitation's key over community and `sealed`.
    #[serde(rename = "3")]
    pub signature: Signature,
}

impl ApplicationPost {
    /// Encodes the request body.
    ///
    /// # Errors
    /// [`WireError::BadField`] never in practice.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        cbor::to_bytes(PART, self)
    }

    /// Decodes the request body and checks both signatures.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let post: Self = cbor::from_bytes(PART, bytes)?;
        post.certificate.verify()?;
        sign::verify(
            &post.certificate.invite.0,
            Purpose::Application,
            &[&post.certificate.community.0, &post.sealed.0],
            &post.signature,
        )
        .map_err(|_| WireError::BadSignature { part: "application" })?;
        Ok(post)
    }
}
