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
//! | `operator` | who may found |
//! | `address` | how often one address may open sessions |
//! | `tls` | certificates without a proxy |
//! | `backup` | a copy while it runs |
//! | `session` | challenges and tokens |
//! | `http` | one function for each call of `linli_wire::call` |
//! | `serve` | sockets, start and stop |

mod address;
mod backup;
mod blobs;
mod command;
mod http;
mod job;
mod numbers;
mod operator;
mod quota;
mod serve;
mod session;
pub mod settings;
mod shared;
mod storage;
mod tls;
mod working;
mod writer;

pub use backup::{Backed, BackupError, backup};
pub use command::run;
pub use serve::{Relay, StartError};
pub use tls::TlsError;
pub use writer::Pause;
