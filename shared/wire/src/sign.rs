//! Checking signatures, by one rule everywhere: Ed25519 as ZIP-215 defines it.
//!
//! Under ZIP-215 a single check and a batch check agree by definition, so two phones never differ
//! over a crafted signature.

use curve25519_dalek::edwards::CompressedEdwardsY;

use crate::{DeviceId, Signature, WireError};

/// What a signature is over: each purpose has its own prefix, so none can stand in for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A pack: header and ciphertext.
    Pack,
    /// A legal fact, bound to its community.
    Fact,
    /// A charter, by one of its founders.
    Charter,
    /// The relay's challenge at the opening of a session.
    Session,
    /// An invitation certificate, by the member who invites.
    Invite,
    /// An application, by the invitation's one-time key.
    Application,
    /// The end of an application, by the invitation's one-time key.
    EndApplication,
    /// A wrapped circle key, by the device that hands it on.
    Wrap,
    /// A reviewer's nonce for the six-digit code.
    Nonce,
    /// An applicant's own keys.
    Keys,
}

impl Purpose {
    /// Returns the prefix that is signed before the message.
    #[must_use]
    pub const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Pack => b"linli/pack/1\0",
            Self::Fact => b"linli/fact/1\0",
            Self::Charter => b"linli/charter/1\0",
            Self::Session => b"linli/session/1\0",
            Self::Invite => b"linli/invite/1\0",
            Self::Application => b"linli/application/1\0",
            Self::EndApplication => b"linli/end-application/1\0",
            Self::Wrap => b"linli/wrap/1\0",
            Self::Nonce => b"linli/nonce/1\0",
            Self::Keys => b"linli/keys/1\0",
        }
    }

    /// Builds the bytes that are signed.
    #[must_use]
    pub fn message(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut message = self.prefix().to_vec();
        for part in parts {
            message.extend_from_slice(part);
        }
        message
    }
}

/// Checks a signature over `prefix || parts` by a device (or any other Ed25519 key).
///
/// # Errors
/// [`WireError::UnsoundKey`] if the key is no key, [`WireError::BadSignature`] if it does not match.
pub fn verify(
    key: &[u8; 32],
    purpose: Purpose,
    parts: &[&[u8]],
    signature: &Signature,
) -> Result<(), WireError> {
    let key = ed25519_zebra::VerificationKey::try_from(*key).map_err(|_| WireError::UnsoundKey)?;
    let signature = ed25519_zebra::Signature::from(signature.0);
    key.verify(&signature, &purpose.message(parts))
        .map_err(|_| WireError::BadSignature { part: "signature" })
}

/// Checks that a key is one that an honest device could have made.
///
/// Keys of small or mixed order let one signature fit many messages; they are refused when a
/// device is listed or granted, never when old signatures are checked.
///
/// # Errors
/// [`WireError::UnsoundKey`].
pub fn check_sound(device: &DeviceId) -> Result<(), WireError> {
    let compressed = CompressedEdwardsY(device.0);
    let point = compressed.decompress().ok_or(WireError::UnsoundKey)?;
    let canonical = point.compress() == compressed;
    if canonical && point.is_torsion_free() && !point.is_small_order() {
        Ok(())
    } else {
        Err(WireError::UnsoundKey)
    }
}
