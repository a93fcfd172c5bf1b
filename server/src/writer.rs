//! The one thread that writes. Many jobs share one commit; each is answered after it.

use std::{
    collections::BTreeMap,
    sync::{Arc, mpsc},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use linli_wire::{
    CommunityId, DeviceId, Hash, LogEpoch, WireError,
    access::Access,
    call::{Appended, Placed, code},
    head, limits,
    pack::{Kind, Pack},
};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use crate::{
    numbers::Numbers,
    shared::{Seen, Shared},
    storage::{self, Community, Side, Stored},
};

/// Most jobs that wait for the writer; more are told to come again.
const QUEUE_MAX: usize = 4096;

/// Most packs of one commit.
const COMMIT_PACKS_MAX: usize = 2000;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Why something was refused: an HTTP status with the wire's word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
    pub(crate) expected: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), expected: None }
    }
}

/// What became of an append: the packs taken, and why the next one was not.
pub(crate) type Outcome = (Appended, Option<Refusal>);

pub(crate) enum Job {
    Append {
        community: CommunityId,
        carrier: DeviceId,
        packs: Vec<(Pack, Hash)>,
        reply: oneshot::Sender<Result<Outcome, Refusal>>,
    },
    Found {
        id: CommunityId,
        charter: Vec<u8>,
        epoch: LogEpoch,
        reply: oneshot::Sender<Result<bool, Refusal>>,
    },
    Side {
        community: CommunityId,
        side: Side,
        reply: oneshot::Sender<Result<usize, Refusal>>,
    },
}

/// Hands jobs to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Jobs(mpsc::SyncSender<Job>);

impl Jobs {
    pub(crate) fn send(&self, job: Job) -> Result<(), Refusal> {
        self.0
            .try_send(job)
            .map_err(|_| Refusal::new(503, code::BUSY, "too much at once; try again"))
    }
}

/// A community with what the writer remembers of it.
struct Working {
    community: Community,
    chains: BTreeMap<DeviceId, (u64, Hash)>,
    /// Bytes that an ended device appended today.
    late: BTreeMap<DeviceId, (i64, u64)>,
}

struct Writer {
    connection: Connection,
    working: BTreeMap<CommunityId, Working>,
    shared: Shared,
    numbers: Arc<Numbers>,
}

/// Starts the writer on its own thread; `failed` is set if it had to stop.
pub(crate) fn start(
    connection: Connection,
    shared: Shared,
    numbers: Arc<Numbers>,
    failed: watch::Sender<bool>,
) -> rusqlite::Result<(Jobs, std::thread::JoinHandle<()>)> {
    let mut writer = Writer { connection, working: BTreeMap::new(), shared, numbers };
    writer.load()?;
    let (sender, receiver) = mpsc::sync_channel(QUEUE_MAX);
    let thread = std::thread::spawn(move || writer.run(&receiver, &failed));
    Ok((Jobs(sender), thread))
}

#[expect(clippy::disallowed_methods, reason = "the relay's stamp is the one shared clock")]
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
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
        Ok(())
    }

    /// Shows readers what is committed.
    fn publish(&self, id: &CommunityId) {
        let Some(Working { community, .. }) = self.working.get(id) else { return };
        let mut shared = self.shared.write();
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
        while let Ok(first) = jobs.recv() {
            let mut packs = weight(&first);
            let mut batch = vec![first];
            while packs < COMMIT_PACKS_MAX {
                let Ok(job) = jobs.try_recv() else { break };
                packs += weight(&job);
                batch.push(job);
            }
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
        Numbers::add(&self.numbers.commits, 1);
        Numbers::add(&self.numbers.commit_us, took);
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
            Refusal::new(500, code::FAILED, "the relay's disk failed")
        };
        for answer in answers {
            answer(Some(refusal.clone()));
        }
        full && self.load().is_ok()
    }

    /// Writes a batch; the answers are given after the commit.
    fn write(&mut self, batch: Vec<Job>) -> (Vec<Answer>, rusqlite::Result<()>) {
        let mut answers: Vec<Answer> = Vec::with_capacity(batch.len());
        let mut touched: Vec<CommunityId> = Vec::new();
        let Self { connection, working, numbers, .. } = self;
        let result = (|| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut desk = Desk { working, numbers, touched: &mut touched, answers: &mut answers };
            for job in batch {
                desk.take(&transaction, job)?;
            }
            transaction.commit()
        })();
        if result.is_ok() {
            touched.dedup();
            for id in touched {
                self.publish(&id);
            }
        }
        (answers, result)
    }
}

/// What one batch works on.
struct Desk<'a> {
    working: &'a mut BTreeMap<CommunityId, Working>,
    numbers: &'a Numbers,
    touched: &'a mut Vec<CommunityId>,
    answers: &'a mut Vec<Answer>,
}

impl Desk<'_> {
    fn take(&mut self, connection: &Connection, job: Job) -> rusqlite::Result<()> {
        match job {
            Job::Found { id, charter, epoch, reply } => {
                let known = self.working.contains_key(&id);
                self.answers.push(answer(reply, Ok(!known)));
                if !known {
                    let community = storage::found(connection, id, &charter, epoch)?;
                    self.working.insert(id, Working::new(community));
                }
                self.touched.push(id);
            }
            Job::Side { community, side, reply } => {
                let done = match self.working.get(&community) {
                    Some(working) => {
                        Ok(storage::write_side(connection, working.community.no, &side)?)
                    }
                    None => Err(Refusal::new(404, code::NOT_FOUND, "no such community")),
                };
                self.answers.push(answer(reply, done));
            }
            Job::Append { community, carrier, packs, reply } => {
                let Some(working) = self.working.get_mut(&community) else {
                    let unknown = Refusal::new(404, code::NOT_FOUND, "no such community");
                    self.answers.push(answer(reply, Err(unknown)));
                    return Ok(());
                };
                let (placed, refusal) =
                    working.append(connection, &carrier, packs, self.numbers)?;
                let appended = Appended {
                    epoch: working.community.epoch,
                    last: working.community.last,
                    head: working.community.head,
                    placed,
                };
                self.answers.push(answer(reply, Ok((appended, refusal))));
                self.touched.push(community);
            }
        }
        Ok(())
    }
}

/// Answers a job once its commit is done, or tells it why the commit failed.
type Answer = Box<dyn FnOnce(Option<Refusal>)>;

fn answer<T: 'static>(
    reply: oneshot::Sender<Result<T, Refusal>>,
    value: Result<T, Refusal>,
) -> Answer {
    Box::new(move |failure| {
        // Whoever asked may have gone; that changes nothing.
        let _ = reply.send(failure.map_or(value, Err));
    })
}

const fn weight(job: &Job) -> usize {
    match job {
        Job::Append { packs, .. } => packs.len(),
        Job::Found { .. } | Job::Side { .. } => 1,
    }
}

impl Working {
    const fn new(community: Community) -> Self {
        Self { community, chains: BTreeMap::new(), late: BTreeMap::new() }
    }

    /// Appends packs in order until one is refused.
    fn append(
        &mut self,
        connection: &Connection,
        carrier: &DeviceId,
        packs: Vec<(Pack, Hash)>,
        numbers: &Numbers,
    ) -> rusqlite::Result<(Vec<Placed>, Option<Refusal>)> {
        let mut placed = Vec::with_capacity(packs.len());
        for (pack, hash) in packs {
            match self.append_one(connection, carrier, &pack, hash)? {
                Ok(place) => placed.push(place),
                Err(refusal) => {
                    Numbers::add(&numbers.refused, 1);
                    return Ok((placed, Some(refusal)));
                }
            }
            Numbers::add(&numbers.packs, 1);
            Numbers::add(&numbers.bytes, u64::try_from(pack.bytes().len()).unwrap_or_default());
        }
        Ok((placed, None))
    }

    fn append_one(
        &mut self,
        connection: &Connection,
        carrier: &DeviceId,
        pack: &Pack,
        hash: Hash,
    ) -> rusqlite::Result<Result<Placed, Refusal>> {
        let (device, n) = (pack.header.device, pack.header.n);
        let stamp = self.community.stamp.max(now_ms());
        if let Err(refusal) = self.check_access(carrier, &device, stamp, pack.bytes().len()) {
            return Ok(Err(refusal));
        }
        let (last, last_hash) = self.chain(connection, &device)?;
        if n <= last {
            let known = storage::place_of(connection, self.community.no, &device, n)?;
            return Ok(match known {
                Some((seq, stamp, stored)) if stored == hash => {
                    Ok(Placed { device, n, seq, stamp })
                }
                _ => Err(Refusal::new(409, code::FORK, "this count was used for another pack")),
            });
        }
        let next = last.saturating_add(1);
        if n > next {
            let mut refusal = Refusal::new(409, code::GAP, "earlier packs are missing");
            refusal.expected = Some(next);
            return Ok(Err(refusal));
        }
        if pack.header.prev != last_hash {
            return Ok(Err(Refusal::new(422, code::BAD_PACK, "prev does not name the last pack")));
        }
        if pack.header.kind == Kind::Access
            && let Err(error) = Access::decode(pack.body())
        {
            return Ok(Err(bad_pack(&error)));
        }
        let seq = self.community.last.saturating_add(1);
        let head = head::next(&self.community.head, seq, stamp, &hash);
        let entry = Stored {
            seq,
            stamp,
            head,
            hash,
            circle: pack.header.circle,
            access: pack.header.kind == Kind::Access,
            bytes: pack.bytes().to_vec(),
        };
        storage::append(connection, self.community.no, &entry, pack)?;
        // A record that its signer may not write stands in the log without effect: refusing it
        // would leave a hole in its author's count for ever.
        let _ = self.community.access.take_pack(pack, stamp);
        self.community.last = seq;
        self.community.head = head;
        self.community.stamp = stamp;
        self.chains.insert(device, (n, hash));
        Ok(Ok(Placed { device, n, seq, stamp }))
    }

    fn chain(
        &mut self,
        connection: &Connection,
        device: &DeviceId,
    ) -> rusqlite::Result<(u64, Hash)> {
        if let Some(chain) = self.chains.get(device) {
            return Ok(*chain);
        }
        let stored = storage::last_of(connection, self.community.no, device)?;
        let chain = stored.unwrap_or((0, Hash::ZERO));
        self.chains.insert(*device, chain);
        Ok(chain)
    }

    /// Author and carrier must be listed; ended ones have 30 days and a small daily quota.
    fn check_access(
        &mut self,
        carrier: &DeviceId,
        author: &DeviceId,
        stamp: i64,
        bytes: usize,
    ) -> Result<(), Refusal> {
        for device in [carrier, author] {
            let listed = self
                .community
                .access
                .may_append(device, stamp)
                .map_err(|why| Refusal::new(403, code::NOT_ALLOWED, why.to_string()))?;
            if listed.ended_at.is_some() {
                let day = stamp / DAY_MS;
                let used = self.late.entry(*device).or_insert((day, 0));
                if used.0 != day {
                    *used = (day, 0);
                }
                used.1 = used.1.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
                if used.1 > limits::REVOKED_BYTES_PER_DAY {
                    return Err(Refusal::new(
                        429,
                        code::QUOTA,
                        "over the quota of an ended device",
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Refuses a pack whose form is wrong.
pub(crate) fn bad_pack(error: &WireError) -> Refusal {
    Refusal::new(422, code::BAD_PACK, error.to_string())
}
