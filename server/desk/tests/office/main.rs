//! The company's side with a real relay: each step is the program `linli`, as people run it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has to fail"
)]

mod backups;
mod given;
mod lists;
mod open311;
mod reports;
