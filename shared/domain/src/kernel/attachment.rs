//! Photos and voice: what a fact says of them. Their sealed bytes travel beside the log.

use std::fmt;

use linli_wire::{Hash, cbor::Bytes};
use serde::{Deserialize, Serialize};

/// Most bytes of one attachment before it is sealed.
///
/// A photo at 2,048 pixels has 0.3 to 1 MB, three minutes of voice 1.5 MB.
pub const ATTACHMENT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Bytes of one part before it is sealed; the last one may be shorter.
///
/// One part is sent again when the signal goes, not the whole picture.
pub const PART_BYTES: u64 = 256 * 1024;

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture (JPEG, without anything that says where or with what it was taken).
    Photo,
    /// A voice note.
    Voice,
}

/// The key that an attachment is sealed with. It stands in the fact, which the circle alone reads.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Bytes", try_from = "Bytes")]
pub struct BlobKey(pub [u8; 32]);

impl fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobKey(…)")
    }
}

impl From<BlobKey> for Bytes {
    fn from(key: BlobKey) -> Self {
        Self(key.0.to_vec())
    }
}

impl TryFrom<Bytes> for BlobKey {
    type Error = &'static str;

    fn try_from(bytes: Bytes) -> Result<Self, Self::Error> {
        bytes.0.try_into().map(Self).map_err(|_| "not a key")
    }
}

/// A photo or a voice note of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What it is.
    #[serde(rename = "1")]
    pub kind: AttachmentKind,
    /// What it is sealed with.
    #[serde(rename = "2")]
    pub key: BlobKey,
    /// The sealed parts, in order, by the hash of each.
    #[serde(rename = "3")]
    pub parts: Vec<Hash>,
    /// Bytes before sealing.
    #[serde(rename = "4")]
    pub bytes: u64,
    /// How a photo has to be turned to be upright: 1 to 8, as EXIF counts them.
    #[serde(rename = "5", default = "upright", skip_serializing_if = "is_upright")]
    pub turn: u8,
}

const fn upright() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_upright(turn: &u8) -> bool {
    *turn == 1
}

impl Attachment {
    /// Tells whether it can be what it says: neither empty nor too large, with a part for each
    /// stretch.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let parts = u64::try_from(self.parts.len()).unwrap_or(u64::MAX);
        self.bytes > 0
            && (1..=8).contains(&self.turn)
            && self.bytes <= ATTACHMENT_BYTES_MAX
            && parts == self.bytes.div_ceil(PART_BYTES)
    }
}
