//! The relay: a durable, ordered log of sealed packs for each community. It can read none of them.
//!
//! | look in | for |
//! |---|---|
//! | [`settings`] | flags, environment, TOML file |
//! | `storage` | SQLite: what is kept, and how it is written |
//! | `writer` | the one thread that appends: group commit, dedupe, places, stamps |
//! | `job` | what the writer is asked, and what it answers |
//! | `working` | what the writer remembers of a community |
//! | `quota` | how much devices and communities may hand in |
//! | `blobs` | the files of sealed parts |
//! | `shared` | what readers see: heads, access, news |
//! | `session` | challenges and tokens |
//! | `http` | one function for each call of `linli_wire::call` |
//! | `serve` | sockets, start and stop |

mod blobs;
mod command;
mod http;
mod job;
mod numbers;
mod quota;
mod serve;
mod session;
pub mod settings;
mod shared;
mod storage;
mod working;
mod writer;

pub use command::run;
pub use serve::{Relay, StartError};
pub use writer::Pause;
