//! A community in a folder, without screens: what the desk opens, in the files of a phone.

use std::path::Path;

use linli_replica::{Lane, Progress, Replica, http::HttpReply};
use linli_wire::call::ErrorAnswer;
use tokio::runtime::{Builder, Runtime};

use crate::{RelayClient, SqliteStore, SystemChance, clock, keys, lanes};

/// Why a member's folder could not be opened, or its relay not be talked to.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// The folder, a key or the database.
    #[error("{0}")]
    Folder(String),
    /// The relay did not answer, or has another address.
    #[error("the relay cannot be reached: {0}")]
    Unreachable(String),
    /// The relay said no.
    #[error("the relay said no: {0}")]
    Refused(String),
}

fn folder(error: impl ToString) -> MemberError {
    MemberError::Folder(error.to_string())
}

/// A community in a folder.
#[derive(Debug)]
pub struct Member {
    /// What it holds.
    pub replica: Replica<SqliteStore>,
    runtime: Runtime,
}

impl Member {
    /// Opens the first community of a folder, or begins one with new keys.
    ///
    /// # Errors
    /// [`MemberError::Folder`].
    pub fn open(path: &Path) -> Result<Self, MemberError> {
        std::fs::create_dir_all(path).map_err(folder)?;
        let keys = keys::open_or_make(&path.join("keys/0.key"), None).map_err(folder)?;
        let store = SqliteStore::open(&path.join("community-0.db")).map_err(folder)?;
        let replica = Replica::open(store, keys).map_err(folder)?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(folder)?;
        Ok(Self { replica, runtime })
    }

    /// Puts the community on the folder's list, as a phone does, so that an app may open it.
    ///
    /// # Errors
    /// [`MemberError::Folder`].
    pub fn list(path: &Path, relay: &str) -> Result<(), MemberError> {
        lanes::list_first(path, relay).map_err(MemberError::Folder)
    }

    /// Talks to the relay until there is nothing more to say.
    ///
    /// # Errors
    /// [`MemberError`]; what was written stays, and the next talk goes on.
    pub fn talk(&mut self, relay: &str) -> Result<(), MemberError> {
        let unreachable =
            |error: linli_replica::http::Unreachable| MemberError::Unreachable(error.why);
        let client = RelayClient::new(relay, None).map_err(unreachable)?;
        self.replica.begin_round();
        while let Some(call) = self.replica.next_call(Lane::Work).map_err(folder)? {
            let reply = self.runtime.block_on(client.send(&call.http)).map_err(unreachable)?;
            let why = refusal(&reply);
            let chance = &mut SystemChance;
            let progress = self.replica.answered(&call.kind, Ok(reply), clock::now(), chance);
            if progress.map_err(folder)? == Progress::Failed {
                return Err(MemberError::Refused(why));
            }
        }
        Ok(())
    }
}

/// What the relay gave as its reason.
fn refusal(reply: &HttpReply) -> String {
    match ErrorAnswer::decode(&reply.body) {
        Ok(answer) => format!("{} {}", answer.code, answer.detail).trim().to_owned(),
        Err(_) => reply.status.to_string(),
    }
}
