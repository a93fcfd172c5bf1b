//! A circle's key and the keys derived from it.
//!
//! `home` keys are never handed out one by one: office key and its epoch -> HKDF -> building-office
//! key and the head's term -> HKDF -> home key and the occupancy's number. Whoever holds an upper
//! key computes the lower ones; nobody computes upwards.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use linli_wire::{CircleId, KeyEpoch};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Chance, SealError};

/// Length of a nonce in bytes.
pub const NONCE_LEN: usize = 24;

/// A symmetric key that a circle's readers share.
#[derive(Clone, PartialEq, Eq)]
pub struct CircleKey(Zeroizing<[u8; 32]>);

impl CircleKey {
    /// Makes a new key from chance.
    #[must_use]
    pub fn generate(chance: &mut (impl Chance + ?Sized)) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        chance.fill(&mut *key);
        Self(key)
    }

    /// Takes a key from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Returns the bytes, for the store and for wrapping.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Names the key by 8 bytes of a commitment to it. A reader uses only a key that fits its
    /// epoch, so a keyholder cannot hand a wrong key to one reader.
    #[must_use]
    pub fn epoch(&self) -> KeyEpoch {
        KeyEpoch(self.expand(b"linli/commit/1\0", &[]))
    }

    /// Derives the key that the office and the head of a building share, for one term of the head.
    #[must_use]
    pub fn building_office(&self, building: &str, term: u32) -> Self {
        Self(Zeroizing::new(
            self.expand(b"linli/building-office/1\0", &[building.as_bytes(), &term.to_be_bytes()]),
        ))
    }

    /// Derives the key of a home from a building-office key, for one occupancy.
    #[must_use]
    pub fn home(&self, unit: &str, occupancy: u32) -> Self {
        Self(Zeroizing::new(
            self.expand(b"linli/home/1\0", &[unit.as_bytes(), &occupancy.to_be_bytes()]),
        ))
    }

    /// Seals the circle's previous key under this one, for those who stay and join.
    ///
    /// # Errors
    /// [`SealError::Malformed`] never in practice.
    pub fn seal_previous(
        &self,
        circle: &CircleId,
        previous: &Self,
        chance: &mut (impl Chance + ?Sized),
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_LEN];
        chance.fill(&mut nonce);
        let mut sealed = nonce.to_vec();
        sealed.extend(self.seal(&nonce, &circle.0, previous.bytes())?);
        Ok(sealed)
    }

    /// Opens the circle's previous key, and checks that it fits its epoch.
    ///
    /// # Errors
    /// [`SealError::DoesNotOpen`].
    pub fn open_previous(
        &self,
        circle: &CircleId,
        epoch: &KeyEpoch,
        sealed: &[u8],
    ) -> Result<Self, SealError> {
        const PART: &str = "previous key";
        let (nonce, sealed) =
            sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Malformed { part: PART })?;
        let bytes = Zeroizing::new(self.open(PART, nonce, &circle.0, sealed)?);
        let key: [u8; 32] =
            bytes.as_slice().try_into().map_err(|_| SealError::Malformed { part: PART })?;
        let key = Self::from_bytes(key);
        if key.epoch() == *epoch { Ok(key) } else { Err(SealError::DoesNotOpen { part: PART }) }
    }

    /// Seals bytes; `bound` is authenticated with them.
    ///
    /// # Errors
    /// [`SealError::Malformed`] never in practice: only bodies over 256 GiB fail.
    pub(crate) fn seal(
        &self,
        nonce: &[u8; NONCE_LEN],
        bound: &[u8],
        content: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        XChaCha20Poly1305::new((&*self.0).into())
            .encrypt(&(*nonce).into(), Payload { msg: content, aad: bound })
            .map_err(|_| SealError::Malformed { part: "seal" })
    }

    /// Opens sealed bytes.
    ///
    /// # Errors
    /// [`SealError::DoesNotOpen`].
    pub(crate) fn open(
        &self,
        part: &'static str,
        nonce: &[u8; NONCE_LEN],
        bound: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        XChaCha20Poly1305::new((&*self.0).into())
            .decrypt(&(*nonce).into(), Payload { msg: sealed, aad: bound })
            .map_err(|_| SealError::DoesNotOpen { part })
    }

    fn expand<const N: usize>(&self, label: &[u8], parts: &[&[u8]]) -> [u8; N] {
        let mut info = label.to_vec();
        for part in parts {
            // A length before each part: "3" + 25 and "32" + 5 must not derive the same key.
            info.extend_from_slice(&(part.len() as u64).to_be_bytes());
            info.extend_from_slice(part);
        }
        let mut out = [0; N];
        // N is 8 or 32; HKDF-SHA256 fails only above 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(None, &*self.0).expand(&info, &mut out);
        out
    }
}

impl std::fmt::Debug for CircleKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CircleKey({})", self.epoch().short())
    }
}
