//! What scenarios and benches share.
//!
//! | look in | for |
//! |---|---|
//! | [`FirstDay`] | a community with its members, and a log in memory to show them |
//! | [`relay`] | a relay as a process of its own, and phones that talk to it |
//! | [`cable`] | a cable to the relay that keeps what passed |

pub mod cable;
pub mod relay;

use linli_domain::{
    kernel::{AreaDm2, Moment, PersonId, Role, Scope, UnitCode},
    registry::{Event as RegistryEvent, Grant, StairRegistered, Unit, UnitKind, UnitStatus},
    repairs::{Event, Place, Report},
};
use linli_replica::{
    Ask, Kind, Plan, Replica,
    http::HttpReply,
    repairs::Filter,
    store::{Durability, MemoryStore, Store, Table, Write},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_wire::{
    Hash, LogEpoch,
    call::{Content, Entry, Page},
    head,
    pack::Pack,
};

/// What founding takes at the relays of the tests.
pub const TOKEN: &str = "an-operators-token";

/// Name of the tests' community.
pub const COMMUNITY: &str = "和园里";

/// Noon of some day.
pub const NOON: Moment = Moment(1_795_500_000_000);

/// One building with one stair of two homes.
#[must_use]
pub fn stairs() -> Vec<StairRegistered> {
    let unit = |room: &str| {
        UnitCode::new("3", 2, room).map(|code| Unit {
            code,
            kind: UnitKind::Home,
            area: AreaDm2(8_937),
            basis: "register".to_owned(),
            owners: Vec::new(),
            status: UnitStatus::default(),
        })
    };
    let units = [unit("501"), unit("502")].into_iter().flatten().collect();
    vec![StairRegistered { building: "3".to_owned(), stair: 2, lift: false, units }]
}

/// A report in stair 3-2, with a number in its text.
#[must_use]
pub fn report(number: u32) -> Event {
    let place = Place::Stair { building: "3".to_owned(), stair: 2 };
    Event::Report(Report::new(place, "road", &format!("路面第 {number} 处破损")))
}

/// Reads the texts of all repairs on a phone's list, newest first.
///
/// # Panics
/// If its store fails.
#[must_use]
#[expect(clippy::unwrap_used, reason = "a helper of tests")]
pub fn texts<S: Store>(phone: &Replica<S>) -> Vec<String> {
    let mut texts = Vec::new();
    loop {
        let offset = u32::try_from(texts.len()).unwrap();
        let (_, rows) = phone.repairs(Filter::All, "", offset, 60, NOON).unwrap();
        if rows.is_empty() {
            return texts;
        }
        texts.extend(rows.into_iter().map(|row| row.excerpt));
    }
}

/// A log in memory: what a phone is shown.
#[derive(Debug)]
pub struct Log {
    /// The entries so far.
    pub entries: Vec<Entry>,
    epoch: LogEpoch,
    head: Hash,
}

impl Log {
    /// Appends packs and returns the page that shows them.
    pub fn append(&mut self, packs: &[Pack]) -> Page {
        let from = self.entries.len();
        for pack in packs {
            let seq = u64::try_from(self.entries.len() + 1).unwrap_or(u64::MAX);
            let before = self.entries.last().map_or(i64::MIN, |entry| entry.stamp);
            let stamp = before.max(pack.header.time);
            self.head = head::next(&self.head, seq, stamp, &pack.hash());
            let content = Content::Whole(pack.bytes().to_vec());
            self.entries.push(Entry { seq, stamp, content });
        }
        let entries = self.entries.get(from..).unwrap_or_default().to_vec();
        let last = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        Page { epoch: self.epoch, last, head: self.head, entries }
    }
}

/// A founder in memory, and the log as it stands after the first day.
#[derive(Debug)]
pub struct FirstDay {
    /// The founder's phone.
    pub founder: Replica<MemoryStore>,
    /// The log.
    pub log: Log,
    chance: Seeded,
}

impl FirstDay {
    /// Founds a community and makes each device head of building 3.
    ///
    /// # Panics
    /// If the rules do not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn new(heads: &[&DeviceKeys]) -> Self {
        let mut chance = Seeded::new(7);
        let keys = DeviceKeys::generate(&mut chance);
        let mut founder = Replica::open(MemoryStore::default(), keys).unwrap();
        let token = TOKEN.to_owned();
        let plan =
            Plan::trial(COMMUNITY, 480, stairs(), token, founder.keys(), &mut chance).unwrap();
        founder.found(&plan, NOON, &mut chance).unwrap();
        for (number, keys) in (1_u8..).zip(heads) {
            let grant = RegistryEvent::Grant(Grant {
                person: PersonId([number; 16]),
                device: keys.id(),
                exchange: Hash(keys.exchange()),
                ballot: Hash(keys.ballot()),
                role: Role::Head,
                scope: Scope::Building("3".to_owned()),
                from: None,
                to: None,
                invite: None,
                staff: Vec::new(),
                replaces: None,
            });
            founder.ask(&Ask::Registry(grant), 0, NOON, &mut chance).unwrap();
        }
        let community = founder.community().unwrap();
        let epoch = LogEpoch([1; 16]);
        let head = head::start(&community, &epoch);
        let mut log = Log { entries: Vec::new(), epoch, head };
        log.append(&founder.outbox().unwrap());
        Self { founder, log, chance }
    }

    /// Opens a member's phone that holds the keys and has read nothing.
    ///
    /// # Panics
    /// If the store fails.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn unread<S: Store>(&self, mut store: S, keys: &DeviceKeys) -> Replica<S> {
        let mut batch = Vec::new();
        for (table, prefix) in [(Table::Meta, &b"charter"[..]), (Table::Key, b"")] {
            let pairs = self.founder.store().scan(table, prefix, None, usize::MAX).unwrap();
            batch.extend(pairs.into_iter().map(|(key, value)| Write::Put(table, key, value)));
        }
        store.commit(&batch, Durability::Full).unwrap();
        let keys = DeviceKeys::restore(keys.secret()).unwrap();
        Replica::open(store, keys).unwrap()
    }

    /// Opens a member's phone that holds the keys and has read the log so far.
    ///
    /// # Panics
    /// If the store fails.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn member<S: Store>(&mut self, store: S, keys: &DeviceKeys) -> Replica<S> {
        let mut phone = self.unread(store, keys);
        let last = u64::try_from(self.log.entries.len()).unwrap();
        let entries = self.log.entries.clone();
        let page = Page { epoch: self.log.epoch, last, head: self.log.head, entries };
        self.show(&mut phone, 0, &page);
        phone
    }

    /// Shows a page to a phone.
    ///
    /// # Panics
    /// If the phone cannot take it in.
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn show<S: Store>(&mut self, phone: &mut Replica<S>, after: u64, page: &Page) {
        let reply = HttpReply { status: 200, body: page.encode().unwrap() };
        phone.answered(&Kind::Pull(after), Ok(reply), NOON, &mut self.chance).unwrap();
    }
}
