//! The orders on plain files, with the program itself and the samples that are shipped.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod bad_files;
mod bad_flags;
mod given;
mod paper;
mod print;
mod print_refused;
mod samples;
mod statements;
