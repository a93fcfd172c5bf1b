//! The relay as a real process: killed under load, restored, refusing, asked for what it may give.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod given;
mod killed;
mod refused;
mod shown;
