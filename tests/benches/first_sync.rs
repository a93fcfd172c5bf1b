//! What a new phone pays for three years of 和园: bytes and time of its first reading of the log.
//!
//! Assumed: a phone in six of ten homes, each owner approved by two people; a repair a home and
//! year, each with eight entries; all of it in one log. A head reads the building with 208 homes
//! whole, a resident a building with 36, everything else by its hash.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::time::{Duration, Instant};

use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope},
    registry::{
        StairRegistered,
        roster::{Secret, read_plain},
    },
    repairs::{Assignment, Event, Place, Report, given},
};
use linli_io::SqliteStore;
use linli_replica::{
    Ask, Done, Kind, Plan, Replica,
    http::HttpReply,
    store::{Durability, MemoryStore, Store, Table, Write},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_tests::{COMMUNITY, Log, NOON, TOKEN, grant};
use linli_wire::{FactId, Hash, call::Content, limits};

const HEYUAN: &str = include_str!("../../server/desk/samples/heyuan/roster.csv");

/// Most bytes of a first reading, and longest time of it on one core.
const AIM: (f64, f64) = (8.0, 3.0);

const YEARS: usize = 3;

/// Of ten homes, so many have a phone.
const PHONES_OF_TEN: usize = 6;

/// Entries of the life of one repair.
const ENTRIES: usize = 8;

const DAY_MS: i64 = 24 * 3600 * 1000;

struct Ground {
    log: Log,
    founder: Replica<MemoryStore>,
    read_to: u64,
    chance: Seeded,
}

fn keys_of(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&mut Seeded::new(seed))
}

fn again(keys: &DeviceKeys) -> DeviceKeys {
    DeviceKeys::restore(keys.secret()).unwrap()
}

/// Shows a phone everything that it has not read, as the relay cuts it into pages.
fn show<S: Store>(phone: &mut Replica<S>, log: &Log, from: u64, chance: &mut Seeded) -> (u64, f64) {
    let mut after = usize::try_from(from).unwrap();
    let (mut bytes, mut took) = (0, Duration::ZERO);
    while after < log.entries.len() {
        let mut size = 0;
        let mut end = after;
        for entry in log.entries.iter().skip(after).take(limits::PAGE_ENTRIES_MAX) {
            size += match &entry.content {
                Content::Whole(pack) => pack.len() + 21,
                Content::Foreign(_) => 49,
            };
            end += 1;
            if size >= limits::PAGE_BYTES_TARGET {
                break;
            }
        }
        let body = log.page(after, end).encode().unwrap();
        bytes += body.len();
        let kind = Kind::Pull(u64::try_from(after).unwrap());
        let begun = Instant::now();
        phone.answered(&kind, Ok(HttpReply { status: 200, body }), NOON, chance).unwrap();
        took += begun.elapsed();
        after = end;
    }
    let standing = phone.standing().unwrap();
    assert!(standing.alarms.is_empty(), "{:?}", standing.alarms);
    assert_eq!(standing.seq, u64::try_from(log.entries.len()).unwrap());
    (u64::try_from(bytes).unwrap(), took.as_secs_f64())
}

impl Ground {
    fn new(stairs: &[StairRegistered]) -> Self {
        let mut chance = Seeded::new(7);
        let mut founder = Replica::open(MemoryStore::default(), keys_of(1)).unwrap();
        let token = TOKEN.to_owned();
        let plan = Plan::trial(COMMUNITY, 480, stairs.to_vec(), token, founder.keys(), &mut chance);
        founder.found(&plan.unwrap(), NOON, &mut chance).unwrap();
        let log = Log::start(founder.community().unwrap());
        let mut ground = Self { log, founder, read_to: 0, chance };
        ground.take_outbox();
        ground
    }

    /// Puts into the log what the founder wrote.
    fn take_outbox(&mut self) {
        let packs = self.founder.outbox().unwrap();
        self.log.append(&packs);
        show(&mut self.founder, &self.log, self.read_to, &mut self.chance);
        self.read_to = u64::try_from(self.log.entries.len()).unwrap();
    }

    /// A member's phone with all keys, which has read nothing.
    fn unread<S: Store>(&self, mut store: S, keys: &DeviceKeys) -> Replica<S> {
        let mut batch = Vec::new();
        for (table, prefix) in [(Table::Meta, &b"charter"[..]), (Table::Key, b"")] {
            let pairs = self.founder.store().scan(table, prefix, None, usize::MAX).unwrap();
            batch.extend(pairs.into_iter().map(|(key, value)| Write::Put(table, key, value)));
        }
        store.commit(&batch, Durability::Full).unwrap();
        Replica::open(store, again(keys)).unwrap()
    }

    /// Owners come in, each approved by the founder and by a worker of the company.
    fn let_in(&mut self, worker: &mut Replica<MemoryStore>, stairs: &[StairRegistered]) {
        let homes = stairs.iter().flat_map(|stair| &stair.units).filter(|u| !u.owners.is_empty());
        let mut read = 0;
        for (number, unit) in homes.enumerate() {
            if number % 10 >= PHONES_OF_TEN {
                continue;
            }
            let keys = keys_of(1_000 + u64::try_from(number).unwrap());
            let person = *unit.owners.first().unwrap();
            let ask = grant(&keys, person, Role::Owner, Scope::Unit(unit.code.clone()));
            self.founder.ask(&ask, 0, NOON, &mut self.chance).unwrap();
            self.take_outbox();
            show(worker, &self.log, read, &mut self.chance);
            worker.ask(&ask, 0, NOON, &mut self.chance).unwrap();
            let packs = worker.outbox().unwrap();
            self.log.append(&packs);
            show(worker, &self.log, self.read_to, &mut self.chance);
            show(&mut self.founder, &self.log, self.read_to, &mut self.chance);
            self.read_to = u64::try_from(self.log.entries.len()).unwrap();
            read = self.read_to;
        }
    }

    /// Three years of repairs in one building, by the company's worker, among those of all others.
    fn years(
        &mut self,
        worker: &mut Replica<MemoryStore>,
        building: &str,
        homes: usize,
        all: usize,
    ) {
        let repairs = homes * YEARS;
        let foreign = (all - homes) * YEARS * ENTRIES;
        let mut hidden = 0_usize;
        for number in 0..repairs {
            let days = i64::try_from(number * 365 * YEARS / repairs).unwrap();
            let now = Moment(NOON.0 + days * DAY_MS);
            self.live(worker, building, number, now);
            let packs = worker.outbox().unwrap();
            self.log.append(&packs);
            let until = foreign * (number + 1) / repairs;
            while hidden < until {
                hidden += 1;
                self.log.append_hidden(Hash::of(&hidden.to_be_bytes()));
            }
            show(worker, &self.log, self.read_to, &mut self.chance);
            self.read_to = u64::try_from(self.log.entries.len()).unwrap();
        }
    }

    fn live(
        &mut self,
        worker: &mut Replica<MemoryStore>,
        building: &str,
        number: usize,
        now: Moment,
    ) {
        let chance = &mut self.chance;
        let mut act = |about, event| -> FactId {
            let done = worker.ask(&Ask::repair(about, event), 0, now, chance).unwrap();
            let Done::Written(id) = done else { unreachable!("nothing is held") };
            id
        };
        let stair = Place::Stair { building: building.to_owned(), stair: 1 };
        let text = format!("{number} 楼道灯不亮，五楼到七楼都是，晚上看不见台阶");
        let id = act(None, Event::Report(Report::new(stair, "lighting", &text)));
        let to = PersonId([9; 16]);
        for event in [
            Event::Accept,
            Event::Dispatch { to, how: Assignment::Turn, slot: None },
            Event::Arrive,
            Event::Start,
            Event::ClaimDone { note: "换了灯泡".to_owned(), photos: vec![given::photo()] },
            Event::Confirm { mark: None },
            Event::Rate { stars: 5, text: String::new() },
        ] {
            act(Some(id), event);
        }
    }
}

fn measure(name: &str, stairs: &[StairRegistered], building: &str, role: Role) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut ground = Ground::new(stairs);
    let (wang, member) = (keys_of(2), keys_of(3));
    let company = grant(&wang, PersonId([9; 16]), Role::Property, Scope::Community);
    ground.founder.ask(&company, 0, NOON, &mut ground.chance).unwrap();
    let scope = Scope::Building(building.to_owned());
    let own = grant(&member, PersonId([3; 16]), role, scope);
    ground.founder.ask(&own, 0, NOON, &mut ground.chance).unwrap();
    ground.take_outbox();
    let mut worker = ground.unread(MemoryStore::default(), &wang);
    let Ground { log, chance, .. } = &mut ground;
    show(&mut worker, log, 0, chance);
    ground.let_in(&mut worker, stairs);
    let homes = |building: &str| -> usize {
        stairs.iter().filter(|s| s.building == building).map(|s| s.units.len()).sum()
    };
    let all: usize = stairs.iter().map(|stair| stair.units.len()).sum();
    ground.years(&mut worker, building, homes(building), all);
    let store = SqliteStore::open(&folder.path().join("phone.db")).unwrap();
    let mut phone = ground.unread(store, &member);
    let Ground { log, chance, .. } = &mut ground;
    let (bytes, seconds) = show(&mut phone, log, 0, chance);
    let whole = log.entries.iter().filter(|e| matches!(e.content, Content::Whole(_))).count();
    let megabytes = bytes as f64 / 1e6;
    let word = if megabytes <= AIM.0 && seconds <= AIM.1 { "" } else { "  over its aim" };
    let count = phone.count_repairs(None).unwrap();
    println!(
        "{name}: {count} repairs, {} entries ({whole} whole), {megabytes:.1} MB, {seconds:.2} s  \
         (aim {} MB, {} s){word}",
        log.entries.len(),
        AIM.0,
        AIM.1
    );
}

fn main() {
    let text = HEYUAN.trim_start_matches('\u{FEFF}');
    let stairs = read_plain(text, &Secret([7; 32])).unwrap().stairs();
    measure("a head of building 15, 208 homes", &stairs, "15", Role::Head);
    measure("who reads building 3, 36 homes", &stairs, "3", Role::Head);
}
