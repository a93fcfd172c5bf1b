//! A device's keys: one to sign, one to sign ballots, one to unwrap circle keys.

use ed25519_zebra::SigningKey;
use hpke::{Deserializable as _, Kem as _, Serializable as _, kem::X25519HkdfSha256};
use linli_wire::{DeviceId, Signature, sign::Purpose};
use zeroize::Zeroizing;

use crate::{Chance, SealError};

pub(crate) type PrivateKey = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;
pub(crate) type PublicKey = <X25519HkdfSha256 as hpke::Kem>::PublicKey;

/// The three keys of a device.
pub struct DeviceKeys {
    secret: Zeroizing<[u8; Self::SECRET_LEN]>,
    sign: SigningKey,
    ballot: SigningKey,
    unwrap: PrivateKey,
    exchange: [u8; 32],
    id: DeviceId,
}

impl DeviceKeys {
    /// Length of the secret that the keys are made from, in bytes.
    pub const SECRET_LEN: usize = 96;

    /// Makes new keys from chance.
    #[must_use]
    pub fn generate(chance: &mut (impl Chance + ?Sized)) -> Self {
        let mut secret = Zeroizing::new([0; Self::SECRET_LEN]);
        chance.fill(&mut *secret);
        Self::from_secret(secret)
    }

    /// Restores the keys from the secret that [`DeviceKeys::secret`] gave.
    ///
    /// # Errors
    /// [`SealError::Malformed`] if it is not exactly [`DeviceKeys::SECRET_LEN`] bytes.
    pub fn restore(secret: &[u8]) -> Result<Self, SealError> {
        let secret: [u8; Self::SECRET_LEN] =
            secret.try_into().map_err(|_| SealError::Malformed { part: "device keys" })?;
        Ok(Self::from_secret(Zeroizing::new(secret)))
    }

    fn from_secret(secret: Zeroizing<[u8; Self::SECRET_LEN]>) -> Self {
        let part = |from: usize| -> Zeroizing<[u8; 32]> {
            Zeroizing::new(std::array::from_fn(|at| {
                secret.get(from + at).copied().unwrap_or_default()
            }))
        };
        let sign = SigningKey::from(*part(0));
        let ballot = SigningKey::from(*part(32));
        let (unwrap, exchange) = X25519HkdfSha256::derive_keypair(&*part(64));
        let id = DeviceId(sign.verification_key().into());
        let exchange = exchange.to_bytes().into();
        Self { secret, sign, ballot, unwrap, exchange, id }
    }

    /// Returns the secret, for the platform's keystore and for nothing else.
    #[must_use]
    pub fn secret(&self) -> &[u8] {
        &*self.secret
    }

    /// Returns the device's id: its verifying key.
    #[must_use]
    pub const fn id(&self) -> DeviceId {
        self.id
    }

    /// Returns the public key that circle keys are wrapped for (X25519).
    #[must_use]
    pub const fn exchange(&self) -> [u8; 32] {
        self.exchange
    }

    /// Returns the verifying key for ballots.
    #[must_use]
    pub fn ballot(&self) -> [u8; 32] {
        self.ballot.verification_key().into()
    }

    /// Signs for a purpose.
    #[must_use]
    pub fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Signature {
        Signature(self.sign.sign(&purpose.message(parts)).into())
    }

    pub(crate) const fn unwrap_key(&self) -> &PrivateKey {
        &self.unwrap
    }
}

impl std::fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DeviceKeys({})", self.id.short())
    }
}

pub(crate) fn public_key(bytes: &[u8; 32]) -> Result<PublicKey, SealError> {
    PublicKey::from_bytes(bytes).map_err(|_| SealError::Malformed { part: "exchange key" })
}

/// A one-time signing key, as an invitation carries it.
pub struct InviteKey(SigningKey);

impl InviteKey {
    /// Makes a key from 32 secret bytes.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self(SigningKey::from(secret))
    }

    /// Returns the public half.
    #[must_use]
    pub fn id(&self) -> linli_wire::InviteId {
        linli_wire::InviteId(self.0.verification_key().into())
    }

    /// Signs for a purpose.
    #[must_use]
    pub fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Signature {
        Signature(self.0.sign(&purpose.message(parts)).into())
    }
}

impl std::fmt::Debug for InviteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InviteKey({})", self.id().short())
    }
}
