//! What the replica needs of a disk: ordered tables of bytes, projection rows, and one way to
//! change them, all or nothing.
//!
//! The replica computes a [`Batch`] and hands it over; the keeper writes it in one transaction.
//! Two keepers pass the same contract suite: the one in memory here and the SQLite one of
//! `linli-io`.

#[cfg(any(test, feature = "testing"))]
pub mod contract;
mod memory;
mod overlay;
pub mod search;

pub use memory::MemoryStore;
pub(crate) use overlay::Overlay;

use serde::{Deserialize, Serialize};

/// A table of bytes, ordered by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Single values by name.
    Meta,
    /// Log entries: `seq` -> stamp, hash, head.
    Log,
    /// Packs: hash -> place in the log, facts taken from it, bytes.
    Pack,
    /// Facts: id -> fact row.
    Fact,
    /// Which later facts are about a thing: about, id -> nothing. Under an id of its own
    /// (`payments::round::receipts_id`) what receipts leave for a round: that id, receipt -> receipt row.
    About,
    /// Registry facts in log order: place, id -> nothing.
    Registry,
    /// Facts that do not count: id -> nothing.
    Uncounted,
    /// Documents: id -> circle, room, period, counts.
    Document,
    /// Snapshots of documents: id -> saved document.
    Snapshot,
    /// Changes since a document's snapshot: document, count -> raw change.
    Change,
    /// The last change of a device in a document: document, device -> seq, hash, highest op.
    Writer,
    /// The last pack of a device, and of a device in a circle.
    Chain,
    /// Acts that can still be undone.
    Held,
    /// Own packs that the relay has not acknowledged: `n` -> hash.
    Outbox,
    /// Packs whose key is missing: place, hash -> nothing.
    Locked,
    /// Packs that wait for an earlier one of their author: place, hash -> author.
    Waiting,
    /// Circle keys: circle, key epoch -> key.
    Key,
    /// Wraps to hand to the relay: circle, key epoch, device -> wrap.
    Wrap,
    /// Applications to review: invitation -> application and nonce.
    Application,
    /// Lies of a relay and other alarms: count -> alarm.
    Alarm,
    /// Drafts of screens.
    Draft,
    /// Sealed parts of photos and voice: hash -> age, bytes.
    Part,
    /// Parts by age: age, hash -> length. The oldest goes first when room is needed.
    PartAge,
    /// Parts that the relay does not hold yet: hash -> nothing.
    Upload,
    /// Parts that somebody wants to see: hash -> nothing.
    Wanted,
    /// Packs of others that this phone carries to the relay: author, `n` -> pack.
    Carried,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 26] = [
        Self::Meta,
        Self::Log,
        Self::Pack,
        Self::Fact,
        Self::About,
        Self::Registry,
        Self::Uncounted,
        Self::Document,
        Self::Snapshot,
        Self::Change,
        Self::Writer,
        Self::Chain,
        Self::Held,
        Self::Outbox,
        Self::Locked,
        Self::Waiting,
        Self::Key,
        Self::Wrap,
        Self::Application,
        Self::Alarm,
        Self::Draft,
        Self::Part,
        Self::PartAge,
        Self::Upload,
        Self::Wanted,
        Self::Carried,
    ];

    /// Returns the stable name that a keeper stores the table under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Log => "log",
            Self::Pack => "pack",
            Self::Fact => "fact",
            Self::About => "about",
            Self::Registry => "registry",
            Self::Uncounted => "uncounted",
            Self::Document => "document",
            Self::Snapshot => "snapshot",
            Self::Change => "change",
            Self::Writer => "writer",
            Self::Chain => "chain",
            Self::Held => "held",
            Self::Outbox => "outbox",
            Self::Locked => "locked",
            Self::Waiting => "waiting",
            Self::Key => "key",
            Self::Wrap => "wrap",
            Self::Application => "application",
            Self::Alarm => "alarm",
            Self::Draft => "draft",
            Self::Part => "part",
            Self::PartAge => "part_age",
            Self::Upload => "upload",
            Self::Wanted => "wanted",
            Self::Carried => "carried",
        }
    }
}

/// Name in [`Table::Meta`] of the fold that wrote the projection rows.
///
/// A keeper that had to let the rows go deletes it: the replica then writes them anew.
pub const FOLD: &[u8] = b"fold";

/// One projection row: what a list shows, ready to draw, and what it is found by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The room it belongs to (its stable code).
    pub room: u8,
    /// The thing it shows: the fact that began it.
    pub id: [u8; 16],
    /// The circle it came from.
    pub circle: [u8; 16],
    /// Sort key, not below zero; lists show the highest first.
    pub sort: i64,
    /// When a clock of it runs out, while one runs (ms since 1970).
    pub due: Option<i64>,
    /// Words under which it is listed, each once, none of them empty.
    pub tags: Vec<String>,
    /// Text it is found by, as [`search`] cuts it.
    pub search: String,
    /// The row itself, as the room encodes it.
    pub body: Vec<u8>,
}

/// Most rows that a search or a list of what is overdue counts.
///
/// "More than two hundred" is all that a person needs to know; its cost does not grow with the
/// community.
pub const FOUND_MAX: u32 = 200;

/// Which rows of a room to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// All of them.
    #[default]
    All,
    /// Those under a tag.
    Tag(String),
    /// Those whose clock ran out before a moment (ms since 1970), the longest overdue first. They
    /// are not searched by text.
    Overdue(i64),
}

/// Which rows to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The room.
    pub room: u8,
    /// Which of its rows.
    pub listed: Listed,
    /// Only rows that this text finds; nothing for all.
    pub search: String,
    /// How many to skip from the top.
    pub offset: u32,
    /// How many to read at most.
    pub limit: u32,
}

/// A window of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// How many rows fit the query in all; searched by text or by clock, at most [`FOUND_MAX`].
    pub total: u32,
    /// The rows of the window.
    pub rows: Vec<Row>,
}

/// One change of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Puts a value.
    Put(Table, Vec<u8>, Vec<u8>),
    /// Deletes a key, if it is there.
    Delete(Table, Vec<u8>),
    /// Puts a projection row in place of the one with the same room and id.
    PutRow(Row),
    /// Deletes a projection row, if it is there.
    DeleteRow {
        /// The room.
        room: u8,
        /// The id.
        id: [u8; 16],
    },
    /// Deletes all projection rows, before they are rebuilt.
    ClearRows,
}

/// Changes that are written all together or not at all, in their order.
pub type Batch = Vec<Write>;

/// How safe a commit must be when it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It survives a power cut: for what this person did.
    Full,
    /// It survives a crash of the app: for what the relay still has.
    Normal,
}

/// Why the store could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk is full; what was there before is intact.
    #[error("{step}: the disk is full")]
    Full {
        /// What was being done.
        step: &'static str,
    },
    /// The store failed; what was there before is intact.
    #[error("{step}: {why}")]
    Failed {
        /// What was being done.
        step: &'static str,
        /// The keeper's own words.
        why: String,
    },
}

/// A key and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// A keeper of tables and rows.
pub trait Store {
    /// Writes a batch in one transaction.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of the batch is written.
    fn commit(&mut self, batch: &[Write], durability: Durability) -> Result<(), StoreError>;

    /// Reads a value.
    ///
    /// # Errors
    /// [`StoreError`].
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Reads up to `limit` pairs whose key begins with `prefix` and is greater than `after`, in
    /// ascending order.
    ///
    /// # Errors
    /// [`StoreError`].
    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Pair>, StoreError>;

    /// Reads the pair with the highest key that begins with `prefix`.
    ///
    /// # Errors
    /// [`StoreError`].
    fn last(&self, table: Table, prefix: &[u8]) -> Result<Option<Pair>, StoreError>;

    /// Reads a projection row.
    ///
    /// # Errors
    /// [`StoreError`].
    fn row(&self, room: u8, id: &[u8; 16]) -> Result<Option<Row>, StoreError>;

    /// Reads a window of projection rows, highest `sort` first; rows of one moment in an order of
    /// the keeper's own that stays.
    ///
    /// # Errors
    /// [`StoreError`].
    fn window(&self, query: &Query) -> Result<Window, StoreError>;

    /// Counts the rows of a room under a tag, or (with `None`) all. Its cost does not grow with the
    /// number of rows.
    ///
    /// # Errors
    /// [`StoreError`].
    fn count(&self, room: u8, tag: Option<&str>) -> Result<u32, StoreError>;
}
