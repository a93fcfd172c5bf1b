//! Typed ids, so that no two of them can be swapped.

use std::fmt;

/// Makes an id type over a fixed number of bytes.
macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// Returns the bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Reads an id from exactly its bytes.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Reads an id from lower-case hexadecimal.
            #[must_use]
            pub fn from_hex(text: &str) -> Option<Self> {
                crate::ids::unhex(text).and_then(|bytes| Self::from_slice(&bytes))
            }

            /// Writes the id as lower-case hexadecimal.
            #[must_use]
            pub fn to_hex(&self) -> String {
                crate::ids::hex(&self.0)
            }

            /// Writes the first eight digits, enough for people to tell a few apart.
            #[must_use]
            pub fn short(&self) -> String {
                self.to_hex().chars().take(8).collect()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.short())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_bytes(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_bytes(crate::ids::BytesVisitor::<$len>).map(Self)
            }
        }
    };
}

bytes_id!(
    /// A community: SHA-256 of its charter without the signatures.
    CommunityId,
    32
);
bytes_id!(
    /// A device: its Ed25519 verifying key, so that a signature needs no look-up.
    DeviceId,
    32
);
bytes_id!(
    /// A SHA-256 hash: of a pack, of a log head, of evidence.
    Hash,
    32
);
bytes_id!(
    /// The public half of an invitation's one-time key.
    InviteId,
    32
);
bytes_id!(
    /// A circle of readers: a hash of its name, so that the relay learns no name.
    CircleId,
    16
);
bytes_id!(
    /// A fact: the first 16 bytes of the SHA-256 of its document's id and its canonical bytes.
    FactId,
    16
);
bytes_id!(
    /// A document: one for each community, circle, kind and period.
    DocumentId,
    16
);
bytes_id!(
    /// A person, by a pseudonym that links devices and says nothing else.
    PersonId,
    16
);
bytes_id!(
    /// One incarnation of a relay's log of a community.
    LogEpoch,
    16
);
bytes_id!(
    /// An Ed25519 signature.
    Signature,
    64
);
bytes_id!(
    /// One key of a circle, named by 8 bytes of a commitment to it.
    KeyEpoch,
    8
);

impl Hash {
    /// No hash: what the first pack of a device names as its predecessor.
    pub const ZERO: Self = Self([0; 32]);

    /// Hashes bytes with SHA-256.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(crate::sha256(&[bytes]))
    }
}

impl CircleId {
    /// No circle: what a clear access pack names.
    pub const NONE: Self = Self([0; 16]);

    /// Names a circle of a community, such as `community` or `building/3`.
    #[must_use]
    pub fn named(community: &CommunityId, name: &str) -> Self {
        let hash = crate::sha256(&[b"linli/circle/1\0", &community.0, name.as_bytes()]);
        Self(crate::first(&hash))
    }

    /// Names a group of circles, such as all homes of a building: eight bytes of its hash.
    ///
    /// An access record may list a group, so that the office need not list 1,936 homes.
    #[must_use]
    pub fn group(community: &CommunityId, group: &str) -> Self {
        let mut id = Self::named(community, group);
        id.0.iter_mut().skip(8).for_each(|byte| *byte = 0);
        id
    }

    /// Names a circle within a group: the group's eight bytes, then eight of its own.
    #[must_use]
    pub fn in_group(community: &CommunityId, group: &str, name: &str) -> Self {
        let (group, own) = (Self::group(community, group), Self::named(community, name));
        Self(std::array::from_fn(|at| {
            let from = if at < 8 { &group.0 } else { &own.0 };
            from.get(at).copied().unwrap_or_default()
        }))
    }

    /// Returns the group that this circle would belong to.
    #[must_use]
    pub fn its_group(&self) -> Self {
        let mut id = *self;
        id.0.iter_mut().skip(8).for_each(|byte| *byte = 0);
        id
    }
}

impl KeyEpoch {
    /// No key: what a clear access pack names.
    pub const NONE: Self = Self([0; 8]);
}

impl FactId {
    /// Computes the id of a fact from the document that holds it and its canonical bytes.
    ///
    /// The same bytes in another document are another fact: nobody can make two circles differ
    /// over one fact by writing it into both.
    #[must_use]
    pub fn of(document: &DocumentId, bytes: &[u8]) -> Self {
        Self(crate::first(&crate::sha256(&[b"linli/fact-id/1\0", &document.0, bytes])))
    }
}

impl DocumentId {
    /// Computes the id of the document for a circle, kind and period.
    #[must_use]
    pub fn of(community: &CommunityId, circle: &CircleId, kind: u8, period: u32) -> Self {
        let hash = crate::sha256(&[
            b"linli/document/1\0",
            &community.0,
            &circle.0,
            &[kind],
            &period.to_be_bytes(),
        ]);
        Self(crate::first(&hash))
    }
}

/// Writes bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads lower-case hexadecimal of any even length.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Reads exactly `N` bytes from serde.
pub(crate) struct BytesVisitor<const N: usize>;

impl<'de, const N: usize> serde::de::Visitor<'de> for BytesVisitor<N> {
    type Value = [u8; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<[u8; N], E> {
        bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<[u8; N], A::Error> {
        let mut bytes = [0; N];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = items
                .next_element()?
                .ok_or_else(|| serde::de::Error::invalid_length(at, &"more bytes"))?;
        }
        Ok(bytes)
    }
}
