//! The threads behind the app's effects. They know nothing of Crux: an operation comes in with a
//! reply, and the reply is always called, also on failure and at the end.

mod founding;
mod keep;
mod phone;
mod replica;
mod share;
mod show;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use linli_app::operation::{ClockOp, NetOp, PictureOp, ReplicaOp, ReplicaOut, Target};
use linli_replica::{
    blobs::Picture,
    http::{HttpReply, Unreachable},
};
use linli_seal::Chance as _;

use crate::{RelayClient, SystemChance, pictures};
use replica::ReplicaLane;

/// What is called with the answer, from whatever thread has it.
pub type Reply<T> = Box<dyn FnOnce(T) + Send>;

/// Where a phone keeps its things, and what its platform gives.
#[derive(Clone, Debug, Default)]
pub struct PhoneConfig {
    /// The app's own folder.
    pub folder: PathBuf,
    /// A key of the platform's keystore, to seal the device keys with.
    pub platform_key: Option<[u8; 32]>,
    /// Where the relay is, if it is not where invitations say.
    pub relay: Option<String>,
}

/// Why the lanes could not start.
#[derive(Debug, thiserror::Error)]
pub enum LanesError {
    /// The phone's files cannot be opened.
    #[error("{0}")]
    Phone(String),
    /// A thread could not be started.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
}

type Clients = Arc<Mutex<BTreeMap<(String, Option<Vec<u8>>), RelayClient>>>;

/// All lanes of one phone.
#[derive(Debug)]
pub struct Lanes {
    replica: ReplicaLane,
    runtime: Option<tokio::runtime::Runtime>,
    clients: Clients,
}

impl Lanes {
    /// Opens the phone's files and starts the threads.
    ///
    /// # Errors
    /// [`LanesError`].
    pub fn start(config: PhoneConfig) -> Result<Self, LanesError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("linli-net")
            .thread_stack_size(1024 * 1024)
            .enable_all()
            .build()?;
        let replica = ReplicaLane::start(config)?;
        Ok(Self { replica, runtime: Some(runtime), clients: Arc::default() })
    }

    /// Hands an operation to the replica's thread.
    pub fn replica(&self, op: ReplicaOp, reply: Reply<ReplicaOut>) {
        self.replica.submit(op, reply);
    }

    /// Sends a call to a relay.
    pub fn net(&self, op: NetOp, reply: Reply<Result<HttpReply, Unreachable>>) {
        let Some(runtime) = &self.runtime else { return };
        let client = self.client(&op.target);
        runtime.spawn(async move {
            let answer = match client {
                Ok(client) => client.send(&op.call).await,
                Err(error) => Err(error),
            };
            reply(answer);
        });
    }

    /// Reads a picture of the platform, off the threads that others wait for.
    pub fn picture(&self, op: PictureOp, reply: Reply<Result<Picture, String>>) {
        let Some(runtime) = &self.runtime else { return };
        runtime.spawn_blocking(move || {
            let picture = pictures::read(op.kind, Path::new(&op.file));
            reply(picture.map_err(|why| why.word().to_owned()));
        });
    }

    /// Answers after some time.
    pub fn clock(&self, op: ClockOp, reply: Reply<()>) {
        let Some(runtime) = &self.runtime else { return };
        let mut wait = op.after_ms;
        if op.jitter {
            let drawn = u64::from(u16::from_be_bytes(SystemChance.draw()));
            wait = wait / 2 + (wait / 2).saturating_mul(drawn) / u64::from(u16::MAX);
        }
        runtime.spawn(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            reply(());
        });
    }

    fn client(&self, target: &Target) -> Result<RelayClient, Unreachable> {
        let mut clients = self.clients.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let key = (target.relay.clone(), target.pin.clone());
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let client = RelayClient::new(&target.relay, target.pin.as_deref())?;
        clients.insert(key, client.clone());
        Ok(client)
    }
}

/// Lists one community in a folder that no phone has open.
pub(crate) fn list_first(folder: &Path, relay: &str) -> Result<(), String> {
    phone::Phone::list_first(folder, relay)
}

impl Drop for Lanes {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting calls are given up: a long-poll would hold the app back for half a minute.
            runtime.shutdown_background();
        }
    }
}
