//! Every byte that crosses the network, and nothing else.
//!
//! The relay and the phones share this crate; it knows no business word and no name of a person.
//!
//! | look in | for |
//! |---|---|
//! | [`ids`] | the typed ids, made by one macro |
//! | [`cbor`] | the canonical CBOR that every fact and every small answer is written in |
//! | [`fact`] | the frame of a signed fact |
//! | [`pack`] | the unit that travels: clear header, sealed body, signature |
//! | [`access`] | what the relay may know about who reads and who appends |
//! | [`charter`] | what a community is rooted in |
//! | [`head`] | the running hash of a community's log |
//! | [`call`] | requests to the relay and its answers |
//! | [`invite`] | the certificate that lets a stranger hand in one application |
//! | [`load`] | what one phone hands to another as a file, to carry it to the relay |
//! | [`limits`] | every maximum, with its reason |
//! | [`sign`] | checking Ed25519 signatures (ZIP-215) and the soundness of keys |

pub mod access;
pub mod call;
pub mod cbor;
pub mod charter;
mod error;
pub mod fact;
pub mod head;
pub mod ids;
pub mod invite;
pub mod limits;
pub mod load;
pub mod pack;
mod page;
pub mod sign;

pub use error::WireError;
pub use ids::{
    CircleId, CommunityId, DeviceId, DocumentId, FactId, Hash, InviteId, KeyEpoch, LogEpoch,
    PersonId, Signature,
};

/// Hashes bytes with SHA-256, the only hash Linli uses.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Takes the first `N` bytes of a hash; `N` is at most 32.
#[must_use]
pub(crate) fn first<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}
