//! Why bytes from the network were refused.

/// Why a frame, a record or an answer could not be read.
///
/// Every variant names the part that is wrong; none carries content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The bytes end before the named part is complete.
    #[error("{part}: the bytes end too early")]
    Short {
        /// The part that was being read.
        part: &'static str,
    },
    /// Bytes are left over after the named part.
    #[error("{part}: bytes are left over")]
    Trailing {
        /// The part that was read completely.
        part: &'static str,
    },
    /// The named part is larger than its limit.
    #[error("{part}: larger than the limit of {max}")]
    TooLarge {
        /// The part that is too large.
        part: &'static str,
        /// The limit, in bytes or items.
        max: usize,
    },
    /// The CBOR is not in canonical form at a byte.
    #[error("{part}: not canonical CBOR at byte {at}: {why}")]
    NotCanonical {
        /// The part that was being read.
        part: &'static str,
        /// Offset of the offending byte.
        at: usize,
        /// What is wrong there.
        why: &'static str,
    },
    /// The named field has the wrong type or an impossible value.
    #[error("{part}: bad value in {field}")]
    BadField {
        /// The part that was being read.
        part: &'static str,
        /// The offending field.
        field: &'static str,
    },
    /// A version, suite or kind byte is unknown.
    #[error("{part}: unknown {field} {value}")]
    Unknown {
        /// The part that was being read.
        part: &'static str,
        /// The byte that is unknown.
        field: &'static str,
        /// Its value.
        value: u64,
    },
    /// The signature does not match the named author.
    #[error("{part}: the signature does not match")]
    BadSignature {
        /// The part whose signature was checked.
        part: &'static str,
    },
    /// The key is not a sound Ed25519 key (small or mixed order, or no point).
    #[error("the key is not a sound Ed25519 key")]
    UnsoundKey,
}
