//! A stretch of the log, as it crosses the network.

use crate::{
    Hash, LogEpoch, WireError,
    call::{push_run, run},
    limits,
    pack::Reader,
};

/// A stretch of the log, as the relay shows it to one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The log's incarnation.
    pub epoch: LogEpoch,
    /// The last entry of the log; entries may follow after this page.
    pub last: u64,
    /// The head after the last entry of this page (of `after` if the page is empty).
    pub head: Hash,
    /// The entries, dense and ascending.
    pub entries: Vec<Entry>,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place, dense from 1.
    pub seq: u64,
    /// The relay's stamp, in milliseconds since 1970 (UTC); it never goes backwards.
    pub stamp: i64,
    /// The pack, whole or only by its hash.
    pub content: Content,
}

/// A pack, whole for readers of its circle, else its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The whole pack as bytes, not yet checked.
    Whole(Vec<u8>),
    /// The hash of a pack of a foreign circle.
    Foreign(Hash),
}

impl Content {
    /// Returns the hash that enters the head.
    #[must_use]
    pub fn hash(&self) -> Hash {
        match self {
            Self::Whole(bytes) => Hash::of(bytes),
            Self::Foreign(hash) => *hash,
        }
    }
}

impl Page {
    /// Encodes the page.
    ///
    /// # Errors
    /// [`WireError::TooLarge`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        const PART: &str = "page";
        let mut bytes = vec![1_u8];
        bytes.extend_from_slice(&self.epoch.0);
        bytes.extend_from_slice(&self.last.to_be_bytes());
        bytes.extend_from_slice(&self.head.0);
        for entry in &self.entries {
            bytes.extend_from_slice(&entry.seq.to_be_bytes());
            bytes.extend_from_slice(&entry.stamp.to_be_bytes());
            match &entry.content {
                Content::Foreign(hash) => {
                    bytes.push(0);
                    bytes.extend_from_slice(&hash.0);
                }
                Content::Whole(pack) => {
                    bytes.push(1);
                    push_run(&mut bytes, PART, pack)?;
                }
            }
        }
        Ok(bytes)
    }

    /// Decodes a page. Whether it tells the truth is for the reader to find out.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        const PART: &str = "page";
        if bytes.len() > limits::PAGE_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::PAGE_BYTES_MAX });
        }
        let mut reader = Reader { part: PART, bytes };
        let [version] = reader.take()?;
        if version != 1 {
            let value = u64::from(version);
            return Err(WireError::Unknown { part: PART, field: "version", value });
        }
        let mut page = Self {
            epoch: LogEpoch(reader.take()?),
            last: u64::from_be_bytes(reader.take()?),
            head: Hash(reader.take()?),
            entries: Vec::new(),
        };
        while !reader.bytes.is_empty() {
            if page.entries.len() == limits::PAGE_ENTRIES_MAX {
                return Err(WireError::TooLarge { part: PART, max: limits::PAGE_ENTRIES_MAX });
            }
            let seq = u64::from_be_bytes(reader.take()?);
            let stamp = i64::from_be_bytes(reader.take()?);
            let content = match reader.take()? {
                [0] => Content::Foreign(Hash(reader.take()?)),
                [1] => Content::Whole(run(&mut reader)?.to_vec()),
                [other] => {
                    let value = u64::from(other);
                    return Err(WireError::Unknown { part: PART, field: "entry kind", value });
                }
            };
            page.entries.push(Entry { seq, stamp, content });
        }
        Ok(page)
    }
}
