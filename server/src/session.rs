//! Challenges and tokens. Both are stateless: bytes with a keyed hash of this process.

use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit as _, Mac as _};
use linli_wire::{
    CommunityId, DeviceId,
    ids::{hex, unhex},
    sha256,
};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Seconds within which a challenge must be answered.
const CHALLENGE_HOLDS_S: u64 = 120;

/// Seconds for which a token holds.
pub(crate) const TOKEN_HOLDS_S: u64 = 3600;

/// Makes and checks challenges and tokens.
#[derive(Clone)]
pub(crate) struct Sessions {
    /// The length of a block of SHA-256.
    key: [u8; 64],
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

#[derive(Clone, Copy)]
enum What {
    Challenge,
    Token,
}

impl Sessions {
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut key = [0; 64];
        getrandom::fill(&mut key)?;
        Ok(Self { key })
    }

    pub(crate) fn challenge(&self, community: &CommunityId, device: &DeviceId) -> Vec<u8> {
        self.make(What::Challenge, community, device, CHALLENGE_HOLDS_S)
    }

    pub(crate) fn is_challenge(
        &self,
        community: &CommunityId,
        device: &DeviceId,
        bytes: &[u8],
    ) -> bool {
        self.holds(What::Challenge, community, device, bytes)
    }

    pub(crate) fn token(&self, community: &CommunityId, device: &DeviceId) -> String {
        let mut bytes = device.0.to_vec();
        bytes.extend(self.make(What::Token, community, device, TOKEN_HOLDS_S));
        hex(&bytes)
    }

    /// Returns whose token it is, if it holds for this community.
    pub(crate) fn device_of(&self, community: &CommunityId, token: &str) -> Option<DeviceId> {
        let bytes = unhex(token)?;
        let (device, rest) = bytes.split_first_chunk::<32>()?;
        let device = DeviceId(*device);
        self.holds(What::Token, community, &device, rest).then_some(device)
    }

    fn make(&self, what: What, community: &CommunityId, device: &DeviceId, holds: u64) -> Vec<u8> {
        let until = now_s().saturating_add(holds).to_be_bytes();
        let mut bytes = until.to_vec();
        bytes.extend(self.seal(what, community, device, until));
        bytes
    }

    fn holds(&self, what: What, community: &CommunityId, device: &DeviceId, bytes: &[u8]) -> bool {
        let Some((until, seal)) = bytes.split_first_chunk::<8>() else { return false };
        let expected = self.seal(what, community, device, *until);
        expected.ct_eq(seal).into() && now_s() <= u64::from_be_bytes(*until)
    }

    fn seal(
        &self,
        what: What,
        community: &CommunityId,
        device: &DeviceId,
        until: [u8; 8],
    ) -> [u8; 32] {
        let kind: &[u8] = match what {
            What::Challenge => b"challenge",
            What::Token => b"token",
        };
        let mut hmac = Hmac::<Sha256>::new(&self.key.into());
        for part in [kind, &community.0, &device.0, &until] {
            hmac.update(part);
        }
        hmac.finalize().into_bytes().into()
    }
}

#[expect(clippy::disallowed_methods, reason = "tokens run out by the relay's clock")]
pub(crate) fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Compares two texts in constant time.
pub(crate) fn same(one: &str, other: &str) -> bool {
    // Hashes have one length and tell nothing about where the texts differ.
    sha256(&[one.as_bytes()]).ct_eq(&sha256(&[other.as_bytes()])).into()
}
