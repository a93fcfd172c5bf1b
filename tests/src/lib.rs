//! What scenarios and benches share.
//!
//! | look in | for |
//! |---|---|
//! | [`FirstDay`] | a community with its members, and a log in memory to show them |
//! | [`relay`] | a relay as a process of its own, and phones that talk to it |
//! | [`flows`] | the stories, and what they say in other languages |
//! | [`cable`] | a cable to the relay that keeps what passed |

pub mod cable;
pub mod flows;
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
    CommunityId, Hash, LogEpoch,
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

/// Asks for a role for a device of a person, at once and without end.
#[must_use]
pub fn grant(keys: &DeviceKeys, person: PersonId, role: Role, scope: Scope) -> Ask {
    Ask::Registry(RegistryEvent::Grant(Grant {
        person,
        device: keys.id(),
        exchange: Hash(keys.exchange()),
        ballot: Hash(keys.ballot()),
        role,
        scope,
        from: None,
        to: None,
        invite: None,
        staff: Vec::new(),
        replaces: None,
    }))
}

/// A log in memory: what a phone is shown.
#[derive(Debug)]
pub struct Log {
    /// The entries so far.
    pub entries: Vec<Entry>,
    epoch: LogEpoch,
    head: Hash,
    /// The head after each entry.
    heads: Vec<Hash>,
}

impl Log {
    /// Begins a log.
    #[must_use]
    pub fn start(community: CommunityId) -> Self {
        let epoch = LogEpoch([1; 16]);
        Self {
            entries: Vec::new(),
            epoch,
            head: head::start(&community, &epoch),
            heads: Vec::new(),
        }
    }

    /// Appends a pack of which only the hash is shown.
    pub fn append_hidden(&mut self, hash: Hash) {
        let stamp = self.entries.last().map_or(NOON.0, |entry| entry.stamp);
        self.push(stamp, hash, Content::Foreign(hash));
    }

    fn push(&mut self, stamp: i64, hash: Hash, content: Content) {
        let seq = u64::try_from(self.entries.len() + 1).unwrap_or(u64::MAX);
        self.head = head::next(&self.head, seq, stamp, &hash);
        self.heads.push(self.head);
        self.entries.push(Entry { seq, stamp, content });
    }

    /// Shows the entries after one up to another.
    #[must_use]
    pub fn page(&self, after: usize, end: usize) -> Page {
        let entries = self.entries.get(after..end).unwrap_or_default().to_vec();
        let last = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        let head = self.heads.get(end.saturating_sub(1)).copied().unwrap_or(self.head);
        Page { epoch: self.epoch, last, head, entries }
    }

    /// Appends packs and returns the page that shows them.
    pub fn append(&mut self, packs: &[Pack]) -> Page {
        let from = self.entries.len();
        for pack in packs {
            let before = self.entries.last().map_or(i64::MIN, |entry| entry.stamp);
            let stamp = before.max(pack.header.time);
            self.push(stamp, pack.hash(), Content::Whole(pack.bytes().to_vec()));
        }
        self.page(from, self.entries.len())
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
    pub fn new(heads: &[&DeviceKeys]) -> Self {
        Self::with_homes(heads, stairs())
    }

    /// The same, with a register of one's own.
    ///
    /// # Panics
    /// If the rules do not let them.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn with_homes(heads: &[&DeviceKeys], stairs: Vec<StairRegistered>) -> Self {
        let mut chance = Seeded::new(7);
        let keys = DeviceKeys::generate(&mut chance);
        let mut founder = Replica::open(MemoryStore::default(), keys).unwrap();
        let token = TOKEN.to_owned();
        let plan = Plan::trial(COMMUNITY, 480, stairs, token, founder.keys(), &mut chance).unwrap();
        founder.found(&plan, NOON, &mut chance).unwrap();
        for (number, keys) in (1_u8..).zip(heads) {
            let scope = Scope::Building("3".to_owned());
            let ask = grant(keys, PersonId([number; 16]), Role::Head, scope);
            founder.ask(&ask, 0, NOON, &mut chance).unwrap();
        }
        let community = founder.community().unwrap();
        let mut log = Log::start(community);
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
