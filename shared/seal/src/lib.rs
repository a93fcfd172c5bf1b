//! Device keys, circle keys, sealing and signing. Chance is an argument everywhere.
//!
//! | look in | for |
//! |---|---|
//! | [`chance`] | where random bytes come from |
//! | [`device`] | a device's three keys, made once and never exported |
//! | [`circle`] | a circle's key, its epoch, and the keys derived from it |
//! | [`body`] | sealing and opening the body of a pack |
//! | [`blob`] | sealing photos and voice, part by part |
//! | [`wrap`] | handing a circle's key to a device (HPKE, RFC 9180) |
//! | [`vault`] | sealing a secret under a key of the platform |
//! | [`join`] | the application of a newcomer and the six-digit code |

pub mod blob;
pub mod body;
pub mod chance;
pub mod circle;
pub mod device;
pub mod join;
pub mod vault;
pub mod wrap;

pub use chance::Chance;
pub use circle::CircleKey;
pub use device::DeviceKeys;

/// Why something could not be sealed or opened. It never says what was inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key does not fit, or the bytes were altered.
    #[error("{part}: does not open with this key")]
    DoesNotOpen {
        /// What was being opened.
        part: &'static str,
    },
    /// The bytes have the wrong length or form.
    #[error("{part}: malformed")]
    Malformed {
        /// What was being read.
        part: &'static str,
    },
    /// The content is larger than its limit once inflated.
    #[error("{part}: larger than the limit of {max} bytes")]
    TooLarge {
        /// What was being sealed or opened.
        part: &'static str,
        /// The limit in bytes.
        max: usize,
    },
}
