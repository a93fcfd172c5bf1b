//! What an act, an incoming change and the first screen cost on a phone, as ratios to what they
//! cannot avoid: one durable commit, one signature check. Each pair is measured in turns.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    rc::Rc,
    time::{Duration, Instant},
};

use linli_domain::kernel::Moment;
use linli_io::SqliteStore;
use linli_replica::{
    Ask, Replica,
    document::{self, FactDocument},
    repairs::Filter,
    store::{Durability, MemoryStore, Pair, Query, Row, Store, StoreError, Table, Window, Write},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_tests::{FirstDay, NOON, report};
use linli_wire::{DocumentId, cbor::Value, fact::Fact, pack::Pack};

/// Repairs of a month: the current document holds so many at most.
const MONTH: usize = 300;

const MONTH_MS: i64 = 30 * 24 * 3600 * 1000;

/// Acts and changes of one measurement: enough that snapshots and checkpoints fall into each.
const ROUNDS: usize = 1024;

/// A store that remembers the last batch it was given.
struct Watched {
    store: SqliteStore,
    last: Rc<RefCell<Vec<Write>>>,
}

impl Store for Watched {
    fn commit(&mut self, batch: &[Write], durability: Durability) -> Result<(), StoreError> {
        *self.last.borrow_mut() = batch.to_vec();
        self.store.commit(batch, durability)
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.get(table, key)
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Pair>, StoreError> {
        self.store.scan(table, prefix, after, limit)
    }

    fn last(&self, table: Table, prefix: &[u8]) -> Result<Option<Pair>, StoreError> {
        self.store.last(table, prefix)
    }

    fn row(&self, room: u8, id: &[u8; 16]) -> Result<Option<Row>, StoreError> {
        self.store.row(room, id)
    }

    fn window(&self, query: &Query) -> Result<Window, StoreError> {
        self.store.window(query)
    }

    fn count(&self, room: u8, tag: Option<&str>) -> Result<u32, StoreError> {
        self.store.count(room, tag)
    }
}

/// Writes enough that the file's write-ahead log has its full length, as on a phone in use: a log
/// that still grows makes every sync slower.
fn grow_log(store: &mut SqliteStore) {
    let key = |at: usize| at.to_be_bytes().to_vec();
    let (table, pages) = (Table::Snapshot, 2 * 4096);
    let puts: Vec<Write> = (0..pages).map(|at| Write::Put(table, key(at), vec![0; 3000])).collect();
    let deletes: Vec<Write> = (0..pages).map(|at| Write::Delete(table, key(at))).collect();
    store.commit(&puts, Durability::Full).unwrap();
    store.commit(&deletes, Durability::Full).unwrap();
}

fn timed<T>(job: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let value = job();
    (started.elapsed(), value)
}

/// The mean in microseconds: what is done only now and then, such as a snapshot, counts too.
fn mean(times: &[Duration]) -> f64 {
    times.iter().sum::<Duration>().as_secs_f64() * 1e6 / times.len() as f64
}

/// A community with so many repairs, and a phone in it that holds them all in a file.
struct Ground {
    day: FirstDay,
    author: Replica<MemoryStore>,
    phone: Replica<Watched>,
    file: PathBuf,
    last: Rc<RefCell<Vec<Write>>>,
    chance: Seeded,
    handed: usize,
    now: Moment,
    /// Reports so far: each has its number in its text.
    number: u32,
}

impl Ground {
    fn new(folder: &Path, repairs: usize) -> Self {
        let mut chance = Seeded::new(3);
        let keys = [DeviceKeys::generate(&mut chance), DeviceKeys::generate(&mut chance)];
        let mut day = FirstDay::new(&[&keys[0], &keys[1]]);
        let author = day.member(MemoryStore::default(), &keys[0]);
        let last = Rc::default();
        let file = folder.join(format!("{repairs}.db"));
        let store = SqliteStore::open(&file).unwrap();
        let phone = day.member(Watched { store, last: Rc::clone(&last) }, &keys[1]);
        let mut ground =
            Self { day, author, phone, file, last, chance, handed: 0, now: NOON, number: 0 };
        // The newest month holds 300 when the measurement begins.
        for number in 0..repairs {
            let month = (repairs - 1 - number) / MONTH;
            ground.now = Moment(NOON.0 - i64::try_from(month).unwrap() * MONTH_MS);
            ground.write();
            if (number + 1) % 512 == 0 {
                ground.hand_over();
            }
        }
        ground.hand_over();
        grow_log(&mut ground.phone.store_mut().store);
        ground
    }

    fn next_report(&mut self) -> Ask {
        self.number += 1;
        Ask::repair(None, report(self.number))
    }

    fn write(&mut self) {
        let ask = self.next_report();
        self.author.ask(&ask, 0, self.now, &mut self.chance).unwrap();
    }

    /// What the author wrote since the last time.
    fn fresh(&mut self) -> Vec<Pack> {
        let mut packs = self.author.outbox().unwrap();
        packs.drain(..self.handed);
        self.handed += packs.len();
        packs
    }

    /// Shows packs to both phones in one page; returns how long the reading phone took.
    fn show(&mut self, packs: &[Pack]) -> Duration {
        let after = u64::try_from(self.day.log.entries.len()).unwrap();
        let page = self.day.log.append(packs);
        self.day.show(&mut self.author, after, &page);
        self.handed = self.author.outbox().unwrap().len();
        timed(|| self.day.show(&mut self.phone, after, &page)).0
    }

    fn hand_over(&mut self) {
        let packs = self.fresh();
        if !packs.is_empty() {
            self.show(&packs);
        }
    }

    /// Brings everything to the disk, so that no measurement pays for what came before it.
    fn rest(&self) {
        for file in [self.file.clone(), self.file.with_extension("db-wal")] {
            std::fs::File::open(file).unwrap().sync_all().unwrap();
        }
    }

    /// One incoming change by the whole path, beside one signature check; in µs.
    fn incoming(&mut self, page: usize) -> (f64, f64) {
        self.rest();
        let (mut whole, mut verify) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS / page {
            (0..page).for_each(|_| self.write());
            let packs = self.fresh();
            verify.push(timed(|| packs.iter().for_each(|pack| pack.verify().unwrap())).0);
            whole.push(self.show(&packs));
        }
        let page = page as f64;
        (mean(&whole) / page, mean(&verify) / page)
    }

    /// An act until it is durable, beside one FULL commit of the same rows to a copy of the file;
    /// in µs.
    fn tap(&mut self, folder: &Path) -> (f64, f64) {
        let copy = folder.join("copy.db");
        self.phone.store().store.checkpoint().unwrap();
        std::fs::copy(&self.file, &copy).unwrap();
        let mut plain = SqliteStore::open(&copy).unwrap();
        grow_log(&mut plain);
        grow_log(&mut self.phone.store_mut().store);
        self.rest();
        let (mut tap, mut commit) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let ask = self.next_report();
            tap.push(timed(|| self.phone.ask(&ask, 0, self.now, &mut self.chance).unwrap()).0);
            let batch = self.last.borrow().clone();
            commit.push(timed(|| plain.commit(&batch, Durability::Full).unwrap()).0);
        }
        (mean(&tap), mean(&commit))
    }

    /// The first screen: the standing, the count and the first 60 repairs; in µs.
    fn first_screen(&self) -> f64 {
        let times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                timed(|| {
                    self.phone.standing().unwrap();
                    assert_eq!(
                        self.phone.repairs(Filter::All, "", 0, 60, NOON).unwrap().1.len(),
                        60
                    );
                })
                .0
            })
            .collect();
        mean(&times)
    }
}

/// The gate alone, beside one signature check; in µs.
fn gate() -> (f64, f64) {
    let keys = DeviceKeys::generate(&mut Seeded::new(9));
    let document = DocumentId([1; 16]);
    let writer = FactDocument::unwritten().unwrap();
    let fields =
        Value::Map(vec![(Value::from(1), Value::from("管道井漏水，三楼到五楼都有".repeat(3)))]);
    let (about, supersedes, sig) = (None, vec![], None);
    let fact = Fact { kind: 20, by: keys.id(), at: 1, about, fields, supersedes, sig };
    let raw = document::compose(&keys.id(), &document, &writer, &fact.encode());
    let purpose = linli_wire::sign::Purpose::Pack;
    let signature = keys.sign(purpose, &[&raw]);
    let (mut gate, mut verify) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        gate.push(timed(|| document::vet(&raw, &keys.id(), &document, &writer).unwrap()).0);
        let check =
            || linli_wire::sign::verify(&keys.id().0, purpose, &[&raw], &signature).unwrap();
        verify.push(timed(check).0);
    }
    (mean(&gate), mean(&verify))
}

struct Figures {
    tap: (f64, f64),
    live: (f64, f64),
    page: (f64, f64),
    screen: f64,
}

fn measure(repairs: usize) -> Figures {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut ground = Ground::new(folder.path(), repairs);
    let live = ground.incoming(1);
    let page = ground.incoming(64);
    let screen = ground.first_screen();
    let tap = ground.tap(folder.path());
    Figures { tap, live, page, screen }
}

fn ratio(name: &str, (cost, unit): (f64, f64), aim: f64) {
    let ratio = cost / unit;
    let word = if ratio <= aim { "" } else { "  over its aim" };
    println!("{name:<58} {cost:>8.0} µs ÷ {unit:>6.0} µs = {ratio:>5.2}  (aim {aim}){word}");
}

fn main() {
    ratio("the gate ÷ a signature check", gate(), 1.0);
    let small = measure(1_000);
    for (repairs, figures) in [(10_000, measure(10_000)), (50_000, measure(50_000))] {
        println!("{repairs} repairs:");
        ratio("tap to durable ÷ a FULL commit of equal rows", figures.tap, 1.3);
        ratio("an incoming change ÷ a check, pages of 64", figures.page, 6.0);
        ratio("an incoming change ÷ a check, one at a time", figures.live, 6.0);
        ratio("first screen ÷ a millisecond", (figures.screen, 1_000.0), 1.0);
        ratio("tap against 1,000 repairs", (figures.tap.0, small.tap.0), 1.2);
        ratio("incoming in pages against 1,000 repairs", (figures.page.0, small.page.0), 1.2);
        ratio("incoming singly against 1,000 repairs", (figures.live.0, small.live.0), 1.2);
        ratio("first screen against 1,000 repairs", (figures.screen, small.screen), 1.2);
    }
}
