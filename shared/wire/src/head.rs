//! The running hash of a community's log.
//!
//! Everybody lists every entry, foreign ones by their hash, so everybody computes the same head.

use crate::{CommunityId, Hash, LogEpoch};

/// Computes the head before the first entry of an epoch.
#[must_use]
pub fn start(community: &CommunityId, epoch: &LogEpoch) -> Hash {
    Hash(crate::sha256(&[b"linli/head/1\0", &community.0, &epoch.0]))
}

/// Computes the head after one more entry.
#[must_use]
pub fn next(previous: &Hash, seq: u64, stamp: i64, pack: &Hash) -> Hash {
    Hash(crate::sha256(&[&previous.0, &seq.to_be_bytes(), &stamp.to_be_bytes(), &pack.0]))
}
