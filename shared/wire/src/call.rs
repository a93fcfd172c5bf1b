//! Requests to the relay and its answers, as both sides build and read them.
//!
//! | call | body | answer |
//! |---|---|---|
//! | `PUT /v1/c/{community}` with the operator's token | [`crate::charter::SignedCharter`] | 201, or 200 if it stands already |
//! | `POST /v1/session` | [`SessionAsk`] | [`SessionAnswer`]: first a challenge, then a token |
//! | `POST /v1/c/{community}/log` with a token | packs, each after its length | [`Appended`] |
//! | `GET /v1/c/{community}/log?after=&circle=` | – | [`Page`] |
//! | `GET /v1/c/{community}/live?after=&wait=` | – | [`Page`], held back until there is an entry |
//! | `POST /v1/c/{community}/application` | [`crate::invite::ApplicationPost`] | 201, or 200 if the same stands already |
//! | `GET /v1/c/{community}/application` with a token that may list | – | [`Applications`] |
//! | `GET /v1/c/{community}/application/{invite}` | – | the reviewer's answer, or 404 |
//! | `PUT /v1/c/{community}/application/{invite}` with a token that may list | sealed answer | 200 |
//! | `DELETE /v1/c/{community}/application/{invite}` with a token that may list, or | the invitation's signature | 200 |
//! | `GET /v1/c/{community}` with a founder's or invitation's knowledge of the id | – | [`crate::charter::SignedCharter`] |
//! | `GET /v1/c/{community}/wraps` with a token | – | [`Wraps`]: all wraps for the session's device |
//! | `PUT /v1/c/{community}/blob/{hash}` with a token | the sealed part | 201, or 200 if it is held already |
//! | `GET`, `HEAD /v1/c/{community}/blob/{hash}` with a token that reads | – | the part, or 404 |
//! | `POST /v1/c/{community}/blob/missing` with a token | [`Blobs`] | [`Blobs`]: those that the relay lacks |
//! | `PUT`, `GET`, `DELETE /v1/c/{community}/wraps/{circle}/{key_epoch}/{device}` | a wrap | 200, 404 |
//!
//! Every refusal is an [`ErrorAnswer`] with a fitting HTTP status.

use serde::{Deserialize, Serialize};

use crate::{
    CircleId, CommunityId, DeviceId, Hash, InviteId, KeyEpoch, LogEpoch, Signature, WireError,
    cbor::{self, Bytes},
    limits,
    pack::Reader,
};

pub use crate::page::{Content, Entry, Page};

pub mod code;
pub mod path;

/// Content type of every body.
pub const CONTENT_TYPE: &str = "application/octet-stream";

/// The protocol that this program speaks: the calls of this file and the frames in them.
///
/// It rises when an older program would misunderstand a newer one; what is only added leaves it.
pub const PROTOCOL: u64 = 1;

/// The protocols that a relay understands, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocols {
    /// The oldest.
    #[serde(rename = "1")]
    pub oldest: u64,
    /// The newest.
    #[serde(rename = "2")]
    pub newest: u64,
}

impl Protocols {
    /// Those of this program.
    pub const OURS: Self = Self { oldest: PROTOCOL, newest: PROTOCOL };

    /// Tells whether a protocol is one of them.
    #[must_use]
    pub const fn include(&self, protocol: u64) -> bool {
        self.oldest <= protocol && protocol <= self.newest
    }
}

/// Gives a type `encode` and `decode` by canonical CBOR.
macro_rules! cbor_body {
    ($name:ident, $part:literal) => {
        impl $name {
            /// Encodes the body.
            ///
            /// # Errors
            /// [`WireError::BadField`] never in practice: the type has no floats.
            pub fn encode(&self) -> Result<Vec<u8>, WireError> {
                cbor::to_bytes($part, self)
            }

            /// Decodes the body, strictly.
            ///
            /// # Errors
            /// [`WireError`].
            pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
                cbor::from_bytes($part, bytes)
            }
        }
    };
}

/// Opens a session: without an answer it asks for a challenge, with one it asks for a token.
///
/// In every protocol to come the version stays where it is: else nobody could be told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAsk {
    /// The community.
    #[serde(rename = "1")]
    pub community: CommunityId,
    /// The listed device.
    #[serde(rename = "2")]
    pub device: DeviceId,
    /// The relay's challenge and the device's signature over it.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<SessionProof>,
    /// The protocol that the phone speaks.
    #[serde(rename = "4")]
    pub protocol: u64,
    /// The app's version, for the sentence of a refusal.
    #[serde(rename = "5")]
    pub app: String,
}

impl SessionAsk {
    /// Asks in the protocol and version of this program.
    #[must_use]
    pub fn new(community: CommunityId, device: DeviceId, answer: Option<SessionProof>) -> Self {
        let app = env!("CARGO_PKG_VERSION").to_owned();
        Self { community, device, answer, protocol: PROTOCOL, app }
    }
}
cbor_body!(SessionAsk, "session request");

/// The device's answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionProof {
    /// The challenge, as the relay gave it.
    #[serde(rename = "1")]
    pub challenge: Bytes,
    /// Signature over community, device and challenge.
    #[serde(rename = "2")]
    pub signature: Signature,
}

/// The relay's side of opening a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// What the device has to sign.
    #[serde(rename = "1")]
    pub challenge: Bytes,
    /// The token for `authorization: Bearer`, once the challenge is answered; else empty.
    #[serde(rename = "2")]
    pub token: String,
    /// Seconds for which the token holds; 0 without a token.
    #[serde(rename = "3")]
    pub holds_s: u64,
    /// The protocols that the relay understands.
    #[serde(rename = "4")]
    pub protocols: Protocols,
}
cbor_body!(SessionAnswer, "session answer");

/// What became of the packs of one POST, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appended {
    /// The log's incarnation.
    #[serde(rename = "1")]
    pub epoch: LogEpoch,
    /// The last entry of the log.
    #[serde(rename = "2")]
    pub last: u64,
    /// The head after it.
    #[serde(rename = "3")]
    pub head: Hash,
    /// The place of each pack, also of those that stood already.
    #[serde(rename = "4")]
    pub placed: Vec<Placed>,
}
cbor_body!(Appended, "append answer");

/// The place of one pack in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The author's device.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The author's count.
    #[serde(rename = "2")]
    pub n: u64,
    /// Its place.
    #[serde(rename = "3")]
    pub seq: u64,
    /// Its stamp, in milliseconds since 1970 (UTC).
    #[serde(rename = "4")]
    pub stamp: i64,
}

/// The applications that wait for a reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applications {
    /// Each as it was handed in.
    #[serde(rename = "1")]
    pub waiting: Vec<Waiting>,
}
cbor_body!(Applications, "applications");

/// One application that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The invitation used.
    #[serde(rename = "1")]
    pub invite: InviteId,
    /// The device that issued the invitation.
    #[serde(rename = "2")]
    pub issuer: DeviceId,
    /// The application, sealed to the reviewers.
    #[serde(rename = "3")]
    pub sealed: Bytes,
}

/// All wraps that lie at the relay for one device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wraps {
    /// The wraps, in no particular order.
    #[serde(rename = "1")]
    pub wraps: Vec<Wrap>,
}
cbor_body!(Wraps, "wraps");

/// One circle key, wrapped for one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// The circle.
    #[serde(rename = "1")]
    pub circle: CircleId,
    /// The key's epoch.
    #[serde(rename = "2")]
    pub key_epoch: KeyEpoch,
    /// The wrapped key.
    #[serde(rename = "3")]
    pub wrapped: Bytes,
}

/// A list of parts of blobs, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blobs {
    /// The SHA-256 of each sealed part.
    #[serde(rename = "1")]
    pub hashes: Vec<Hash>,
}

impl Blobs {
    /// Encodes the list.
    ///
    /// # Errors
    /// [`WireError::TooLarge`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        self.check()?;
        cbor::to_bytes("blobs", self)
    }

    /// Decodes a list, strictly.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let blobs: Self = cbor::from_bytes("blobs", bytes)?;
        blobs.check()?;
        Ok(blobs)
    }

    const fn check(&self) -> Result<(), WireError> {
        if self.hashes.len() > limits::BLOBS_LISTED_MAX {
            return Err(WireError::TooLarge { part: "blobs", max: limits::BLOBS_LISTED_MAX });
        }
        Ok(())
    }
}

/// Why the relay did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorAnswer {
    /// A stable word, one of [`code`].
    #[serde(rename = "1")]
    pub code: String,
    /// One sentence for the log of the one who asked.
    #[serde(rename = "2")]
    pub detail: String,
    /// At a gap: the count expected next.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// Where packs of this POST were taken before the refusal: the answer for those.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub appended: Option<Appended>,
    /// Where the phone's protocol is the reason: those that the relay understands.
    #[serde(rename = "5", default, skip_serializing_if = "Option::is_none")]
    pub protocols: Option<Protocols>,
}
cbor_body!(ErrorAnswer, "error answer");

/// Joins packs to the body of an append: each after its length in four bytes, big-endian.
///
/// # Errors
/// [`WireError::TooLarge`].
pub fn join_packs<'a>(packs: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, WireError> {
    let mut body = Vec::new();
    for pack in packs {
        push_run(&mut body, "append", pack)?;
    }
    if body.len() > limits::APPEND_BYTES_MAX {
        return Err(WireError::TooLarge { part: "append", max: limits::APPEND_BYTES_MAX });
    }
    Ok(body)
}

/// Splits the body of an append into the bytes of its packs.
///
/// # Errors
/// [`WireError`]: empty, too many, too large, or cut short.
pub fn split_packs(body: &[u8]) -> Result<Vec<&[u8]>, WireError> {
    if body.len() > limits::APPEND_BYTES_MAX {
        return Err(WireError::TooLarge { part: "append", max: limits::APPEND_BYTES_MAX });
    }
    let mut reader = Reader { part: "append", bytes: body };
    let mut packs = Vec::new();
    while !reader.bytes.is_empty() {
        if packs.len() == limits::APPEND_PACKS_MAX {
            return Err(WireError::TooLarge { part: "append", max: limits::APPEND_PACKS_MAX });
        }
        packs.push(run(&mut reader)?);
    }
    if packs.is_empty() { Err(WireError::Short { part: "append" }) } else { Ok(packs) }
}

pub(crate) fn push_run(to: &mut Vec<u8>, part: &'static str, run: &[u8]) -> Result<(), WireError> {
    let len = u32::try_from(run.len())
        .map_err(|_| WireError::TooLarge { part, max: limits::PACK_BYTES_MAX })?;
    to.extend_from_slice(&len.to_be_bytes());
    to.extend_from_slice(run);
    Ok(())
}

pub(crate) fn run<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], WireError> {
    let len = u32::from_be_bytes(reader.take()?);
    let len = usize::try_from(len).ok().filter(|len| *len <= limits::PACK_BYTES_MAX);
    reader.run(len.ok_or(WireError::TooLarge { part: reader.part, max: limits::PACK_BYTES_MAX })?)
}
