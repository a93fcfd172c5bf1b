//! The form of every byte that travels: round trips, hostile bytes, signatures, golden bytes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "tests may stop at once"
)]

mod canonical;
mod frames;
mod given;
mod golden;
mod signatures;
