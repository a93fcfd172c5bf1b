//! The one thread that writes. Many jobs share one commit; each is answered after it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use linli_wire::{
    CommunityId, DeviceId, Hash, LogEpoch,
    call::{Appended, code},
    pack::Pack,
};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::watch;

use crate::{
    blobs::Blobs,
    job::{
        Answer, Job, Outcome, Refusal, Reply, Step, Written, answer, busy, failed, no_community,
        weight,
    },
    numbers::Numbers,
    settings::Quotas,
    shared::{Seen, Shared},
    storage::{self, Community, side},
    working::{Working, now_ms},
};

/// Most jobs that wait for the writer; more are told to come again.
const QUEUE_MAX: usize = 4096;

/// Most packs of one commit.
const COMMIT_PACKS_MAX: usize = 2000;

/// Packs with which a commit is worth its sync: no more are waited for.
const LINGER_PACKS: usize = 24;

/// Longest that a commit waits for more, once the one before was shared: nothing beside the time
/// that a radio takes, and on a quick disk four times fewer syncs.
const LINGER_MAX: Duration = Duration::from_millis(2);

/// Pause after which nothing more is coming.
const LINGER_QUIET: Duration = Duration::from_micros(250);

/// Hands jobs to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Jobs(mpsc::SyncSender<Job>);

impl Jobs {
    pub(crate) fn send(&self, job: Job) -> Result<(), Refusal> {
        self.0.try_send(job).map_err(|_| busy("too much at once; try again"))
    }
}

/// Called between the writes and the COMMIT of every batch: for tests that kill the relay there.
pub type Pause = Box<dyn FnMut() + Send>;

/// What the writer works with, beside its database.
pub(crate) struct Desk {
    pub(crate) shared: Shared,
    pub(crate) numbers: Arc<Numbers>,
    pub(crate) quotas: Quotas,
    pub(crate) blobs: Blobs,
}

struct Writer {
    connection: Connection,
    working: BTreeMap<CommunityId, Working>,
    desk: Desk,
    pause: Option<Pause>,
}

/// Starts the writer on its own thread; `failed` is set if it had to stop.
pub(crate) fn start(
    connection: Connection,
    desk: Desk,
    failed: watch::Sender<bool>,
    pause: Option<Pause>,
) -> rusqlite::Result<(Jobs, std::thread::JoinHandle<()>)> {
    let mut writer = Writer { connection, working: BTreeMap::new(), desk, pause };
    writer.load()?;
    let (sender, receiver) = mpsc::sync_channel(QUEUE_MAX);
    let thread = std::thread::spawn(move || writer.run(&receiver, &failed));
    Ok((Jobs(sender), thread))
}

impl Writer {
    fn load(&mut self) -> rusqlite::Result<()> {
        self.working.clear();
        for community in storage::communities(&self.connection)? {
            self.working.insert(community.id, Working::new(community));
        }
        for id in self.working.keys().copied().collect::<Vec<_>>() {
            self.publish(&id);
        }
        self.count();
        Ok(())
    }

    /// Notes what is there, for the figures.
    fn count(&self) {
        let numbers = &self.desk.numbers;
        let blobs = self.working.values().map(|working| working.community.blobs);
        let (parts, bytes) = blobs.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Numbers::set(&numbers.communities, u64::try_from(self.working.len()).unwrap_or(u64::MAX));
        Numbers::set(&numbers.blobs, parts);
        Numbers::set(&numbers.blob_bytes, bytes);
    }

    /// Shows readers what is committed.
    fn publish(&self, id: &CommunityId) {
        let Some(Working { community, .. }) = self.working.get(id) else { return };
        let mut shared = self.desk.shared.write();
        let seen = shared.entry(*id).or_insert_with(|| Seen {
            no: community.no,
            charter: community.charter.clone(),
            epoch: community.epoch,
            last: 0,
            head: community.head,
            stamp: community.stamp,
            access: community.access.clone(),
            news: watch::channel(0).0,
        });
        seen.last = community.last;
        seen.head = community.head;
        seen.stamp = community.stamp;
        if seen.access != community.access {
            seen.access = community.access.clone();
        }
        seen.news.send_replace(community.last);
    }

    fn run(mut self, jobs: &mpsc::Receiver<Job>, failed: &watch::Sender<bool>) {
        let mut crowded = false;
        while let Ok(first) = jobs.recv() {
            let batch = gather(first, jobs, crowded);
            crowded = batch.len() > 1;
            if !self.commit(batch) {
                failed.send_replace(true);
                return;
            }
        }
        // The last sender is gone: bring everything into the main file and end.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }

    /// Does a batch of jobs in one transaction. Returns whether the writer may go on.
    #[expect(clippy::disallowed_methods, reason = "the length of a commit is measured")]
    fn commit(&mut self, batch: Vec<Job>) -> bool {
        let started = Instant::now();
        let (answers, result) = self.write(batch);
        let took = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        Numbers::add(&self.desk.numbers.commits, 1);
        Numbers::add(&self.desk.numbers.commit_us, took);
        let Err(error) = result else {
            for answer in answers {
                answer(None);
            }
            return true;
        };
        let full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
        let refusal = if full {
            Refusal::new(507, code::DISK_FULL, "the relay's disk is full")
        } else {
            // Never try the same commit again after an I/O error: what the disk holds is unknown.
            failed()
        };
        for answer in answers {
            answer(Some(refusal.clone()));
        }
        full && self.load().is_ok()
    }

    /// Writes a batch; the answers are given after the commit.
    fn write(&mut self, jobs: Vec<Job>) -> (Vec<Answer>, rusqlite::Result<()>) {
        let mut answers: Vec<Answer> = Vec::with_capacity(jobs.len());
        let mut jobs = jobs.into_iter();
        let mut touched: Vec<CommunityId> = Vec::new();
        let Self { connection, working, desk, pause } = self;
        let result = (|| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut batch = Batch {
                working,
                desk,
                touched: &mut touched,
                charged: BTreeSet::new(),
                answers: &mut answers,
            };
            let taken = jobs.by_ref().try_for_each(|job| batch.take(&transaction, job));
            // Whoever comes after a failure is told of it too.
            batch.answers.extend(jobs.map(Job::unanswered));
            taken?;
            batch.write_usage(&transaction)?;
            if let Some(pause) = pause {
                pause();
            }
            transaction.commit()
        })();
        if result.is_ok() {
            self.count();
            touched.dedup();
            for id in touched {
                self.publish(&id);
            }
        }
        (answers, result)
    }
}

/// Gathers what shares the next commit: all that waits, and in a crowd also what is just coming.
#[expect(clippy::disallowed_methods, reason = "how long others are made to wait is limited")]
fn gather(first: Job, jobs: &mpsc::Receiver<Job>, crowded: bool) -> Vec<Job> {
    let began = Instant::now();
    let mut packs = weight(&first);
    let mut batch = vec![first];
    while packs < COMMIT_PACKS_MAX {
        let linger = crowded && packs < LINGER_PACKS && began.elapsed() < LINGER_MAX;
        let quiet = if linger { LINGER_QUIET } else { Duration::ZERO };
        let Ok(job) = jobs.recv_timeout(quiet) else { break };
        packs += weight(&job);
        batch.push(job);
    }
    batch
}

/// What one batch works on.
struct Batch<'a> {
    working: &'a mut BTreeMap<CommunityId, Working>,
    desk: &'a Desk,
    touched: &'a mut Vec<CommunityId>,
    charged: BTreeSet<CommunityId>,
    answers: &'a mut Vec<Answer>,
}

impl Batch<'_> {
    fn take(&mut self, connection: &Connection, job: Job) -> rusqlite::Result<()> {
        match job {
            Job::Found { id, charter, epoch, once, reply } => {
                let done = self.found(connection, id, &charter, (epoch, once));
                self.answer(reply, done)
            }
            Job::Side { community, side, reply } => {
                let done = match self.working.get(&community) {
                    Some(working) => {
                        side::write_side(connection, working.community.no, &side).map(Ok)
                    }
                    None => Ok(Err(no_community())),
                };
                self.answer(reply, done)
            }
            Job::Blob { community, hash, step, reply } => {
                let done = self.blob(connection, community, &hash, step);
                self.answer(reply, done)
            }
            Job::Append { community, carrier, packs, reply } => {
                let done = self.append(connection, community, &carrier, packs);
                self.answer(reply, done)
            }
        }
    }

    fn found(
        &mut self,
        connection: &Connection,
        id: CommunityId,
        charter: &[u8],
        (epoch, once): (LogEpoch, Option<Hash>),
    ) -> Written<bool> {
        self.touched.push(id);
        if self.working.contains_key(&id) {
            return Ok(Ok(false));
        }
        if let Some(token) = once
            && !storage::spend(connection, &token, &id)?
        {
            let why = "the token has founded its one community";
            return Ok(Err(Refusal::new(401, code::NO_SESSION, why)));
        }
        let community = storage::found(connection, id, charter, epoch)?;
        self.working.insert(id, Working::new(community));
        Ok(Ok(true))
    }

    fn append(
        &mut self,
        connection: &Connection,
        community: CommunityId,
        carrier: &DeviceId,
        packs: Vec<(Pack, Hash)>,
    ) -> Written<Outcome> {
        let Some(working) = self.working.get_mut(&community) else {
            return Ok(Err(no_community()));
        };
        let desk = (&self.desk.quotas, &*self.desk.numbers);
        let (placed, refusal) = working.append(connection, carrier, packs, now_ms(), desk)?;
        self.touched.push(community);
        self.charged.insert(community);
        let Community { epoch, last, head, .. } = working.community;
        Ok(Ok((Appended { epoch, last, head, placed }, refusal)))
    }

    fn blob(
        &mut self,
        connection: &Connection,
        community: CommunityId,
        hash: &Hash,
        step: Step,
    ) -> Written<bool> {
        let all: u64 = self.working.values().map(|working| working.community.blobs.1).sum();
        let Some(working) = self.working.get_mut(&community) else {
            return Ok(Err(no_community()));
        };
        match step {
            Step::Reserve { device, bytes } => {
                self.charged.insert(community);
                let others = all.saturating_sub(working.community.blobs.1);
                let room = (&self.desk.quotas, others);
                working.reserve(connection, &device, (hash, bytes), now_ms(), room)
            }
            Step::Hold => working.hold(connection, hash),
            Step::Lose => working.lose(connection, &self.desk.blobs, hash),
        }
    }

    fn write_usage(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for community in &self.charged {
            if let Some(working) = self.working.get_mut(community) {
                working.write_usage(connection)?;
            }
        }
        Ok(())
    }

    /// Notes the answer to a job; after a failure of the disk none of them is given.
    fn answer<T: 'static>(&mut self, reply: Reply<T>, done: Written<T>) -> rusqlite::Result<()> {
        let (value, result) = match done {
            Ok(value) => (value, Ok(())),
            Err(error) => (Err(failed()), Err(error)),
        };
        self.answers.push(answer(reply, value));
        result
    }
}
