//! Handing a circle's key to one device: HPKE (RFC 9180), base mode,
//! X25519-HKDF-SHA256-ChaCha20Poly1305, signed by the device that hands it on.
//!
//! Anybody could wrap some key for a device, and a home's key stands in no fact that would tell the
//! right one: its household takes only what a keeper handed on.

use hpke::{
    Deserializable as _, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305,
    kdf::HkdfSha256, kem::X25519HkdfSha256,
};
use linli_wire::{
    CircleId, CommunityId, DeviceId, KeyEpoch, Signature,
    sign::{self, Purpose as SignedFor},
};
use zeroize::Zeroizing;

use crate::{Chance, CircleKey, DeviceKeys, SealError, chance::Lent, device::public_key};

const ENCAPPED_LEN: usize = 32;

/// What a wrap is bound to: it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    /// The community.
    pub community: &'a CommunityId,
    /// The circle.
    pub circle: &'a CircleId,
    /// The key's epoch.
    pub key_epoch: &'a KeyEpoch,
    /// The device that may open it.
    pub device: &'a DeviceId,
}

impl Purpose<'_> {
    fn info(&self) -> Vec<u8> {
        [
            b"linli/wrap/1\0".as_slice(),
            &self.community.0,
            &self.circle.0,
            &self.key_epoch.0,
            &self.device.0,
        ]
        .concat()
    }
}

/// Wraps a circle's key for a device's exchange key: who hands it on, signature, HPKE.
///
/// # Errors
/// [`SealError::Malformed`] if the exchange key is no key.
pub fn wrap(
    purpose: &Purpose<'_>,
    from: &DeviceKeys,
    exchange: &[u8; 32],
    key: &CircleKey,
    chance: &mut (impl Chance + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let info = purpose.info();
    let sealed = seal_to(exchange, &info, key.bytes(), chance)?;
    let signature = from.sign(SignedFor::Wrap, &[&info, &sealed]);
    Ok([&from.id().0[..], &signature.0, &sealed].concat())
}

/// Opens a wrap, and checks that the key fits its epoch. Returns who handed it on, too.
///
/// # Errors
/// [`SealError::DoesNotOpen`], [`SealError::Malformed`].
pub fn unwrap(
    purpose: &Purpose<'_>,
    keys: &DeviceKeys,
    wrapped: &[u8],
) -> Result<(CircleKey, DeviceId), SealError> {
    const PART: &str = "wrap";
    let malformed = SealError::Malformed { part: PART };
    let (from, rest) = wrapped.split_first_chunk::<32>().ok_or(malformed)?;
    let (signature, sealed) = rest.split_first_chunk::<64>().ok_or(malformed)?;
    let info = purpose.info();
    sign::verify(from, SignedFor::Wrap, &[&info, sealed], &Signature(*signature))
        .map_err(|_| SealError::DoesNotOpen { part: PART })?;
    let bytes = open_from(PART, keys, &info, sealed)?;
    let bytes: [u8; 32] =
        bytes.as_slice().try_into().map_err(|_| SealError::Malformed { part: PART })?;
    let key = CircleKey::from_bytes(bytes);
    if key.epoch() == *purpose.key_epoch {
        Ok((key, DeviceId(*from)))
    } else {
        Err(SealError::DoesNotOpen { part: PART })
    }
}

/// Seals a few bytes to an exchange key.
pub(crate) fn seal_to(
    exchange: &[u8; 32],
    info: &[u8],
    content: &[u8],
    chance: &mut (impl Chance + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let (encapped, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public_key(exchange)?,
            info,
            content,
            &[],
            &mut Lent(chance),
        )
        .map_err(|_| SealError::Malformed { part: "exchange key" })?;
    let mut bytes = encapped.to_bytes().to_vec();
    bytes.extend(sealed);
    Ok(bytes)
}

/// Opens what [`seal_to`] sealed.
pub(crate) fn open_from(
    part: &'static str,
    keys: &DeviceKeys,
    info: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (encapped, sealed) =
        sealed.split_at_checked(ENCAPPED_LEN).ok_or(SealError::Malformed { part })?;
    let encapped = <X25519HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(encapped)
        .map_err(|_| SealError::Malformed { part })?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        keys.unwrap_key(),
        &encapped,
        info,
        sealed,
        &[],
    )
    .map(Zeroizing::new)
    .map_err(|_| SealError::DoesNotOpen { part })
}
