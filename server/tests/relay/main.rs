//! The relay as a real process: restored, stopped, refusing, asked for what it may give.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod blobs;
mod deployed;
mod founded;
mod given;
mod refused;
mod shown;
mod stopped;
