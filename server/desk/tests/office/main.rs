//! The company's side with a real relay: each step is the program `linli`, as people run it.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that cannot go on has to fail"
)]

mod backups;
mod books;
mod carried;
mod given;
mod lists;
mod open311;
mod reports;
