//! Sealing photos and voice, part by part.
//!
//! Each attachment has a key of its own, made from chance and used for nothing else, so the number
//! of a part can be its nonce. Part and count are bound to each: parts cannot be swapped, left out
//! or taken from another attachment.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};

use crate::{SealError, circle::NONCE_LEN};

const PART: &str = "blob";

/// Which part of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 0.
    pub number: u32,
    /// How many there are.
    pub count: u32,
}

impl Part {
    fn nonce(self) -> [u8; NONCE_LEN] {
        let mut nonce = [0; NONCE_LEN];
        for (to, from) in nonce.iter_mut().zip(self.number.to_be_bytes()) {
            *to = from;
        }
        nonce
    }

    fn bound(self) -> Vec<u8> {
        [&b"linli/blob/1\0"[..], &self.number.to_be_bytes(), &self.count.to_be_bytes()].concat()
    }
}

/// Seals one part under the attachment's key.
///
/// # Errors
/// [`SealError::Malformed`] never in practice.
pub fn seal(key: &[u8; 32], part: Part, clear: &[u8]) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: clear, aad: &part.bound() };
    XChaCha20Poly1305::new(key.into())
        .encrypt(&part.nonce().into(), payload)
        .map_err(|_| SealError::Malformed { part: PART })
}

/// Opens one part.
///
/// # Errors
/// [`SealError::DoesNotOpen`] if it was altered, or is another part.
pub fn open(key: &[u8; 32], part: Part, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: sealed, aad: &part.bound() };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&part.nonce().into(), payload)
        .map_err(|_| SealError::DoesNotOpen { part: PART })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_opens_only_as_itself() {
        let (key, part) = ([7; 32], Part { number: 1, count: 3 });
        let sealed = seal(&key, part, b"photo").unwrap();
        assert_eq!(open(&key, part, &sealed).unwrap(), b"photo");
        assert!(open(&[8; 32], part, &sealed).is_err());
        assert!(open(&key, Part { number: 2, ..part }, &sealed).is_err());
        assert!(open(&key, Part { count: 2, ..part }, &sealed).is_err());
        let mut altered = sealed;
        altered[0] ^= 1;
        assert!(open(&key, part, &altered).is_err());
    }
}
