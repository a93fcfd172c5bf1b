//! A load: what one phone hands to another as a file, to carry it to the relay.
//!
//! It holds packs and sealed parts as they would travel by themselves: who carries it learns from it
//! what the relay learns, and nothing more. The relay takes each pack once, however often it comes.

use crate::{CommunityId, WireError, call::push_run, limits, pack::Reader};

/// What the file begins with.
const MARK: &[u8; 14] = b"linli/load/1\r\n";

const PART: &str = "load";

/// A load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Whose relay it is for.
    pub community: CommunityId,
    /// Whole packs, each author's in the order of their count.
    pub packs: Vec<Vec<u8>>,
    /// Sealed parts of photos and voice.
    pub parts: Vec<Vec<u8>>,
}

impl Load {
    /// Encodes the load.
    ///
    /// # Errors
    /// [`WireError::TooLarge`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let mut bytes = [&MARK[..], &self.community.0].concat();
        for (runs, max) in
            [(&self.packs, limits::LOAD_PACKS_MAX), (&self.parts, limits::LOAD_PARTS_MAX)]
        {
            if runs.len() > max {
                return Err(WireError::TooLarge { part: PART, max });
            }
            let count =
                u32::try_from(runs.len()).map_err(|_| WireError::TooLarge { part: PART, max })?;
            bytes.extend_from_slice(&count.to_be_bytes());
            runs.iter().try_for_each(|each| push_run(&mut bytes, PART, each))?;
        }
        if bytes.len() > limits::LOAD_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::LOAD_BYTES_MAX });
        }
        Ok(bytes)
    }

    /// Decodes a load, strictly.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        if bytes.len() > limits::LOAD_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::LOAD_BYTES_MAX });
        }
        let mut reader = Reader { part: PART, bytes };
        if reader.take()? != *MARK {
            return Err(WireError::BadField { part: PART, field: "mark" });
        }
        let community = CommunityId(reader.take()?);
        let mut runs = |max: usize| {
            let count = u32::from_be_bytes(reader.take()?);
            if usize::try_from(count).map_or(true, |count| count > max) {
                return Err(WireError::TooLarge { part: PART, max });
            }
            (0..count).map(|_| run(&mut reader)).collect::<Result<_, _>>()
        };
        let packs = runs(limits::LOAD_PACKS_MAX)?;
        let parts = runs(limits::LOAD_PARTS_MAX)?;
        if !reader.bytes.is_empty() {
            return Err(WireError::Trailing { part: PART });
        }
        Ok(Self { community, packs, parts })
    }
}

/// Reads a pack or a part; a sealed part is the larger of the two.
fn run(reader: &mut Reader<'_>) -> Result<Vec<u8>, WireError> {
    let max = limits::BLOB_BYTES_MAX;
    let len = u32::from_be_bytes(reader.take()?);
    let len = usize::try_from(len).ok().filter(|len| *len <= max);
    Ok(reader.run(len.ok_or(WireError::TooLarge { part: PART, max })?)?.to_vec())
}
