//! The invitation that a reviewer shows as a QR: where to go, whom to trust, and a one-time key.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use linli_seal::{
    device::InviteKey,
    join::{Asked, Reviewer},
};
use linli_wire::{
    CommunityId, Hash,
    cbor::{self, Bytes},
    invite::Certificate,
};
use serde::{Deserialize, Serialize};

/// What every invitation's text begins with.
pub const PREFIX: &str = "linli:";

/// Most characters of an invitation's text: what a QR of 177 modules still holds with room to spare.
pub const TEXT_MAX: usize = 2_400;

/// An invitation, as it is shown and pasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The certificate that the relay asks for.
    #[serde(rename = "1")]
    pub certificate: Certificate,
    /// The one-time key's secret: it never reaches the relay.
    #[serde(rename = "2")]
    pub secret: Hash,
    /// Who can open the application; the issuer first.
    #[serde(rename = "3")]
    pub reviewers: Vec<Reviewer>,
    /// Where the relay is.
    #[serde(rename = "4")]
    pub relay: String,
    /// The community's name, to show before joining.
    #[serde(rename = "5")]
    pub name: String,
    /// What is offered, in stored words of the domain.
    #[serde(rename = "6")]
    pub offered: Asked,
    /// The relay's own certificate (DER), where it is not one of the public kind.
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Bytes>,
}

/// Why a text is no invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnInvite {
    /// It does not begin as an invitation does, or is too long.
    #[error("not an invitation of Linli")]
    Foreign,
    /// Characters are missing or wrong.
    #[error("the invitation is incomplete or damaged")]
    Damaged,
    /// Its signature does not match.
    #[error("the invitation's signature does not match")]
    Forged,
}

impl NotAnInvite {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Foreign => "invite.foreign",
            Self::Damaged => "invite.damaged",
            Self::Forged => "invite.forged",
        }
    }
}

impl Invite {
    /// Writes the text of the QR.
    #[must_use]
    pub fn to_text(&self) -> String {
        let bytes = cbor::to_bytes("invitation", self).unwrap_or_default();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a scanned or pasted text.
    ///
    /// # Errors
    /// [`NotAnInvite`].
    pub fn parse(text: &str) -> Result<Self, NotAnInvite> {
        let text = text.trim();
        let encoded = text.strip_prefix(PREFIX).ok_or(NotAnInvite::Foreign)?;
        if text.len() > TEXT_MAX {
            return Err(NotAnInvite::Foreign);
        }
        let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| NotAnInvite::Damaged)?;
        let invite: Self =
            cbor::from_bytes("invitation", &bytes).map_err(|_| NotAnInvite::Damaged)?;
        invite.certificate.verify().map_err(|_| NotAnInvite::Forged)?;
        let issuer = invite.reviewers.first().map(|reviewer| reviewer.device);
        let key = InviteKey::new(invite.secret.0);
        if issuer != Some(invite.certificate.issuer) || key.id() != invite.certificate.invite {
            return Err(NotAnInvite::Forged);
        }
        Ok(invite)
    }

    /// Returns the community it leads to.
    #[must_use]
    pub const fn community(&self) -> CommunityId {
        self.certificate.community
    }

    /// Returns the one-time key.
    #[must_use]
    pub fn key(&self) -> InviteKey {
        InviteKey::new(self.secret.0)
    }
}
