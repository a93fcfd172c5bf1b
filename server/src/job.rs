//! What the writer is asked to do, and what it answers.

use linli_wire::{
    CommunityId, DeviceId, Hash, LogEpoch, WireError,
    call::{Appended, code},
    pack::Pack,
};
use tokio::sync::oneshot;

use crate::storage::side::Side;

/// Seconds after which a full queue is empty again, many times over.
const BUSY_S: u64 = 1;

/// Why something was refused: an HTTP status with the wire's word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
    pub(crate) expected: Option<u64>,
    /// Seconds after which it may go better.
    pub(crate) retry_after_s: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), expected: None, retry_after_s: None }
    }
}

/// What became of an append: the packs taken, and why the next one was not.
pub(crate) type Outcome = (Appended, Option<Refusal>);

/// Where the answer to a job goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Refusal>>;

pub(crate) enum Job {
    Append {
        community: CommunityId,
        carrier: DeviceId,
        packs: Vec<(Pack, Hash)>,
        reply: Reply<Outcome>,
    },
    Found {
        id: CommunityId,
        charter: Vec<u8>,
        epoch: LogEpoch,
        /// The one-time token that allows it, hashed; none for a general one.
        once: Option<Hash>,
        reply: Reply<bool>,
    },
    Side {
        community: CommunityId,
        side: Side,
        reply: Reply<usize>,
    },
    Blob {
        community: CommunityId,
        hash: Hash,
        step: Step,
        reply: Reply<bool>,
    },
}

/// What happens to a part of a blob.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Its bytes came from a device and want a place; answered with whether it is held already.
    Reserve { device: DeviceId, bytes: u64 },
    /// Its file is on the disk.
    Hold,
    /// Its file was missed.
    Lose,
}

impl Job {
    /// The answer to a job that was not begun because one before it failed.
    pub(crate) fn unanswered(self) -> Answer {
        match self {
            Self::Append { reply, .. } => answer(reply, Err(failed())),
            Self::Found { reply, .. } => answer(reply, Err(failed())),
            Self::Side { reply, .. } => answer(reply, Err(failed())),
            Self::Blob { reply, .. } => answer(reply, Err(failed())),
        }
    }
}

/// What a write led to: done, refused, or failed with the disk.
pub(crate) type Written<T> = rusqlite::Result<Result<T, Refusal>>;

pub(crate) fn no_community() -> Refusal {
    Refusal::new(404, code::NOT_FOUND, "no such community")
}

/// Refuses what would go a moment later.
pub(crate) fn busy(why: &str) -> Refusal {
    let mut refusal = Refusal::new(503, code::BUSY, why);
    refusal.retry_after_s = Some(BUSY_S);
    refusal
}

pub(crate) fn failed() -> Refusal {
    Refusal::new(500, code::FAILED, "the relay's disk failed")
}

/// Answers a job once its commit is done, or tells it why the commit failed.
pub(crate) type Answer = Box<dyn FnOnce(Option<Refusal>)>;

/// Makes the answer to a job.
pub(crate) fn answer<T: 'static>(reply: Reply<T>, value: Result<T, Refusal>) -> Answer {
    Box::new(move |failure| {
        // Whoever asked may have gone; that changes nothing.
        let _ = reply.send(failure.map_or(value, Err));
    })
}

/// How many packs a job is worth in a commit.
pub(crate) const fn weight(job: &Job) -> usize {
    match job {
        Job::Append { packs, .. } => packs.len(),
        Job::Found { .. } | Job::Side { .. } | Job::Blob { .. } => 1,
    }
}

/// Refuses a pack whose form is wrong.
pub(crate) fn bad_pack(error: &WireError) -> Refusal {
    Refusal::new(422, code::BAD_PACK, error.to_string())
}
