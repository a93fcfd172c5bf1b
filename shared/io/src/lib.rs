//! The only crate that touches disk, network, clock and chance.
//!
//! | look in | for |
//! |---|---|
//! | [`SqliteStore`] | the store of the replica in one SQLite file |
//! | [`RelayClient`] | HTTP to the relay: TLS with bundled roots or a pinned certificate |
//! | [`keys`] | device keys on disk |
//! | [`folder`] | the files of a phone or desk, opened from outside |
//! | [`SystemChance`], [`clock`] | chance and time |
//! | [`pictures`] | photos and voice notes of the platform, and what is taken out of them |
//! | [`lanes`] | the threads behind the app's effects |
//! | [`Member`] | a community in a folder, without screens: for the desk |

mod chance;
pub mod clock;
pub mod folder;
pub mod keys;
pub mod lanes;
mod member;
pub mod pictures;
mod relay_client;
mod store_sqlite;

pub use chance::SystemChance;
pub use member::{Member, MemberError};
pub use relay_client::RelayClient;
pub use store_sqlite::{Pause, SqliteStore};
