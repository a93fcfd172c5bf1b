//! Sealing a secret under a key of the phone's platform.

use zeroize::Zeroizing;

use crate::{Chance, CircleKey, SealError, circle::NONCE_LEN};

const BOUND: &[u8] = b"linli/vault/1\0";

/// Seals a secret.
///
/// # Errors
/// [`SealError::Malformed`] never in practice.
pub fn seal(
    key: &CircleKey,
    secret: &[u8],
    chance: &mut (impl Chance + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE_LEN];
    chance.fill(&mut nonce);
    let mut sealed = nonce.to_vec();
    sealed.extend(key.seal(&nonce, BOUND, secret)?);
    Ok(sealed)
}

/// Opens a secret.
///
/// # Errors
/// [`SealError::DoesNotOpen`] with another key.
pub fn open(key: &CircleKey, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    const PART: &str = "vault";
    let (nonce, sealed) =
        sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Malformed { part: PART })?;
    key.open(PART, nonce, BOUND, sealed).map(Zeroizing::new)
}
