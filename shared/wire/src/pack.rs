//! The unit that travels: a clear header, a sealed body, and the author's signature over both.
//!
//! ```text
//! ver suite kind | community 32 | circle 16 | key_epoch 8 | device 32 | n 8 | prev 32 | cn 8 |
//! cprev 32 | seen: epoch 16, seq 8, head 32 | time 8 | body_len 4 | nonce 24 | body | signature 64
//! ```
//! Numbers are big-endian. `n` and `prev` count and chain the packs of a device, `cn` and `cprev`
//! those of a device within a circle, so that readers of one circle also see a withheld pack.

use crate::{
    CircleId, CommunityId, DeviceId, Hash, KeyEpoch, LogEpoch, Signature, WireError, limits,
    sign::{self, Purpose},
};

const SIGNATURE_LEN: usize = Signature::LEN;

/// The version of the header that this program writes.
pub const VERSION: u8 = 1;

/// Suite 1: Ed25519 (ZIP-215), XChaCha20-Poly1305, HPKE X25519-HKDF-SHA256, SHA-256.
pub const SUITE: u8 = 1;

/// Length of the header in bytes.
pub const HEADER_LEN: usize = 3 + 32 + 16 + 8 + 32 + 8 + 32 + 8 + 32 + 16 + 8 + 32 + 8 + 4 + 24;

const PART: &str = "pack";

/// What a pack carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Sealed changes of documents.
    Change,
    /// A clear access record, readable by the relay.
    Access,
}

impl Kind {
    /// Returns the byte on the wire.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Change => 1,
            Self::Access => 2,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Change),
            2 => Some(Self::Access),
            _ => None,
        }
    }
}

/// What the author had last seen of the log: others compare it with what they were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The log's incarnation.
    pub epoch: LogEpoch,
    /// The last entry seen; 0 if none.
    pub seq: u64,
    /// The head after it.
    pub head: Hash,
}

impl Seen {
    /// Nothing seen yet.
    pub const NOTHING: Self = Self { epoch: LogEpoch([0; 16]), seq: 0, head: Hash::ZERO };
}

/// The clear header of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the pack carries.
    pub kind: Kind,
    /// The community it belongs to.
    pub community: CommunityId,
    /// The circle that can read it.
    pub circle: CircleId,
    /// The key of that circle it is sealed with.
    pub key_epoch: KeyEpoch,
    /// The author.
    pub device: DeviceId,
    /// Counts the author's packs from 1, without gaps.
    pub n: u64,
    /// Hash of the author's previous pack.
    pub prev: Hash,
    /// Counts the author's packs in this circle from 1, without gaps.
    pub cn: u64,
    /// Hash of the author's previous pack in this circle.
    pub cprev: Hash,
    /// What the author had last seen of the log.
    pub seen: Seen,
    /// The author's own clock, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// Nonce of the seal.
    pub nonce: [u8; 24],
}

impl Header {
    /// Encodes the header for a body of the given length. It is also the seal's associated data.
    #[must_use]
    pub fn encode(&self, body_len: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LEN);
        bytes.extend_from_slice(&[VERSION, SUITE, self.kind.byte()]);
        bytes.extend_from_slice(&self.community.0);
        bytes.extend_from_slice(&self.circle.0);
        bytes.extend_from_slice(&self.key_epoch.0);
        bytes.extend_from_slice(&self.device.0);
        bytes.extend_from_slice(&self.n.to_be_bytes());
        bytes.extend_from_slice(&self.prev.0);
        bytes.extend_from_slice(&self.cn.to_be_bytes());
        bytes.extend_from_slice(&self.cprev.0);
        bytes.extend_from_slice(&self.seen.epoch.0);
        bytes.extend_from_slice(&self.seen.seq.to_be_bytes());
        bytes.extend_from_slice(&self.seen.head.0);
        bytes.extend_from_slice(&self.time.to_be_bytes());
        bytes.extend_from_slice(&body_len.to_be_bytes());
        bytes.extend_from_slice(&self.nonce);
        bytes
    }
}

/// A pack that was read from bytes: its form is right, its signature not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The clear header.
    pub header: Header,
    bytes: Vec<u8>,
}

impl Pack {
    /// Joins a header, its sealed body and the signature over both.
    ///
    /// # Errors
    /// [`WireError::TooLarge`].
    pub fn join(header: Header, body: &[u8], signature: &Signature) -> Result<Self, WireError> {
        let body_len = body_len(body)?;
        let mut bytes = header.encode(body_len);
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(&signature.0);
        if bytes.len() > limits::PACK_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::PACK_BYTES_MAX });
        }
        Ok(Self { header, bytes })
    }

    /// Reads a pack, strictly: right lengths, known version, suite and kind.
    ///
    /// # Errors
    /// [`WireError`] that names the part.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        if bytes.len() > limits::PACK_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::PACK_BYTES_MAX });
        }
        let mut reader = Reader { part: PART, bytes };
        let [version, suite, kind] = reader.take()?;
        known("version", version, VERSION)?;
        known("suite", suite, SUITE)?;
        let kind = Kind::from_byte(kind).ok_or(WireError::Unknown {
            part: PART,
            field: "kind",
            value: u64::from(kind),
        })?;
        let mut header = Header {
            kind,
            community: CommunityId(reader.take()?),
            circle: CircleId(reader.take()?),
            key_epoch: KeyEpoch(reader.take()?),
            device: DeviceId(reader.take()?),
            n: u64::from_be_bytes(reader.take()?),
            prev: Hash(reader.take()?),
            cn: u64::from_be_bytes(reader.take()?),
            cprev: Hash(reader.take()?),
            seen: Seen {
                epoch: LogEpoch(reader.take()?),
                seq: u64::from_be_bytes(reader.take()?),
                head: Hash(reader.take()?),
            },
            time: i64::from_be_bytes(reader.take()?),
            nonce: [0; 24],
        };
        let body_len = u32::from_be_bytes(reader.take()?);
        header.nonce = reader.take()?;
        let body_len = usize::try_from(body_len).map_err(|_| WireError::Short { part: PART })?;
        if reader.bytes.len() != body_len.saturating_add(SIGNATURE_LEN) {
            return Err(WireError::BadField { part: PART, field: "body_len" });
        }
        if header.n == 0 || header.cn == 0 {
            return Err(WireError::BadField { part: PART, field: "n" });
        }
        Ok(Self { header, bytes: bytes.to_vec() })
    }

    /// Checks the author's signature over header and body.
    ///
    /// # Errors
    /// [`WireError::BadSignature`].
    pub fn verify(&self) -> Result<(), WireError> {
        let split = self.bytes.len().saturating_sub(SIGNATURE_LEN);
        let (signed, signature) =
            self.bytes.split_at_checked(split).ok_or(WireError::Short { part: PART })?;
        let signature = Signature::from_slice(signature).ok_or(WireError::Short { part: PART })?;
        sign::verify(&self.header.device.0, Purpose::Pack, &[signed], &signature)
            .map_err(|_| WireError::BadSignature { part: PART })
    }

    /// Returns the sealed body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        let end = self.bytes.len().saturating_sub(SIGNATURE_LEN);
        self.bytes.get(HEADER_LEN..end).unwrap_or_default()
    }

    /// Returns the whole pack as it travels.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Computes the hash that names the pack in the log.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(&self.bytes)
    }
}

/// Returns the length of a body as it stands in the header.
///
/// # Errors
/// [`WireError::TooLarge`].
pub fn body_len(body: &[u8]) -> Result<u32, WireError> {
    u32::try_from(body.len())
        .map_err(|_| WireError::TooLarge { part: PART, max: limits::PACK_BYTES_MAX })
}

fn known(field: &'static str, value: u8, expected: u8) -> Result<(), WireError> {
    if value == expected {
        Ok(())
    } else {
        Err(WireError::Unknown { part: PART, field, value: u64::from(value) })
    }
}

/// Takes fixed-size pieces off the front of bytes.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) part: &'static str,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn take<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (piece, rest) =
            self.bytes.split_first_chunk::<N>().ok_or(WireError::Short { part: self.part })?;
        self.bytes = rest;
        Ok(*piece)
    }

    pub(crate) fn run(&mut self, len: usize) -> Result<&'a [u8], WireError> {
        let (run, rest) =
            self.bytes.split_at_checked(len).ok_or(WireError::Short { part: self.part })?;
        self.bytes = rest;
        Ok(run)
    }
}
