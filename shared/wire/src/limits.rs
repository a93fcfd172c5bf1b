//! Every maximum that peers must agree on, each with its reason.

/// Most bytes of one pack, header and signature included.
///
/// 64 KiB of changes is what an outbox flushes at once; the rest is room for the header, the seal
/// and a device that was offline for a week.
pub const PACK_BYTES_MAX: usize = 256 * 1024;

/// Most bytes of a pack's body once inflated.
///
/// A 104-byte pack can claim gigabytes; a phone with 2 GB of memory must never follow it.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Most bytes of one POST to the log.
///
/// Four of the largest packs: one radio wake-up carries a day's work, and the relay's memory stays
/// bounded with many phones at once.
pub const APPEND_BYTES_MAX: usize = 1024 * 1024;

/// Most packs of one POST to the log.
///
/// As many small ones as fit its bytes; the relay checks a signature for each.
pub const APPEND_PACKS_MAX: usize = 1024;

/// Bytes after which an answer to a pull is closed.
///
/// A few seconds of a slow connection: what was read is not read again if the signal goes.
pub const PAGE_BYTES_TARGET: usize = 1024 * 1024;

/// Most entries of one answer to a pull.
///
/// As foreign entries these are 100 KiB: a phone catches up on a week of other circles in one call.
pub const PAGE_ENTRIES_MAX: usize = 2048;

/// Most bytes a phone reads of one answer to a pull: the target, one more pack, and the frames.
pub const PAGE_BYTES_MAX: usize = PAGE_BYTES_TARGET + PACK_BYTES_MAX + PAGE_ENTRIES_MAX * 64 + 1024;

/// Longest a long-poll waits, in seconds.
///
/// Mobile networks and proxies cut silent connections at about 60 s.
pub const WAIT_S_MAX: u64 = 55;

/// Most bytes of one fact.
///
/// Long texts and pictures are blobs; a fact has to fit a slow evening's signal.
pub const FACT_BYTES_MAX: usize = 16 * 1024;

/// Deepest nesting of CBOR. Facts need four levels.
pub const CBOR_DEPTH_MAX: usize = 8;

/// Most items of one CBOR array or map.
///
/// The largest honest list, the wraps of an office member, has a quarter of it.
pub const CBOR_ITEMS_MAX: usize = 4096;

/// Most facts that one fact may supersede; more rivals than this are settled in two steps.
pub const SUPERSEDES_MAX: usize = 32;

/// Most circles that one access record names: every circle a member of the office may read in a
/// community of 3,000 homes, the home circles being derived and not listed.
pub const ACCESS_CIRCLES_MAX: usize = 512;

/// Most founders of a charter.
///
/// A preparatory group is seldom larger, and each founder signs on a device of their own.
pub const FOUNDERS_MAX: usize = 15;

/// Most bytes of one sealed application or of its answer.
///
/// Names and keys, sealed to a handful of reviewers; papers travel as blobs.
pub const APPLICATION_BYTES_MAX: usize = 64 * 1024;

/// Most applications that wait in one community at a time, so that a poster with an invitation
/// cannot fill the relay.
pub const APPLICATIONS_MAX: usize = 200;

/// Most bytes of one wrapped circle key: an HPKE wrap of 32 bytes is 80, with device and signature
/// of who hands it on 176.
pub const WRAP_BYTES_MAX: usize = 256;

/// Most bytes of any other small request body.
///
/// The largest is a charter with all its founders' signatures.
pub const SMALL_BODY_BYTES_MAX: usize = 16 * 1024;

/// Milliseconds for which a revoked device may still append.
///
/// A building head who was offline when the right ended still has honest receipts to hand over.
pub const REVOKED_APPEND_MS: i64 = 30 * 24 * 3600 * 1000;

/// Bytes a day that a revoked device may still append.
///
/// Several thousand receipts; a thief fills no disk with it.
pub const REVOKED_BYTES_PER_DAY: u64 = 1024 * 1024;

/// Most bytes of one raw Automerge change: one fact of the largest size and its frame.
pub const CHANGE_BYTES_MAX: usize = FACT_BYTES_MAX + 1024;

/// Most rows a change may claim in any column before it is parsed.
///
/// Linli's changes hold exactly one operation; a 69-byte chunk can claim five million.
pub const CHANGE_ROWS_MAX: u64 = 1;

/// Most changes in one pack.
///
/// A day's import of a stair or two; with one change a pack, the usual case, it is never near.
pub const PACK_CHANGES_MAX: usize = 1024;

/// Most wraps that lie at the relay for one device: every circle of the office, twice over.
pub const WRAPS_PER_DEVICE_MAX: usize = 2 * ACCESS_CIRCLES_MAX;

/// Most bytes of one part of a blob before it is sealed.
///
/// What a cut connection costs at most; a photo of a repair is one part or two.
pub const BLOB_PART_BYTES_MAX: usize = 256 * 1024;

/// Most bytes of one sealed part: a nonce of 24, a tag of 16, and room for a version.
pub const BLOB_BYTES_MAX: usize = BLOB_PART_BYTES_MAX + 64;

/// Most parts that one list names.
///
/// As many as 64 MiB have: a phone asks once about a whole evening's photos, in a small body.
pub const BLOBS_LISTED_MAX: usize = 256;

/// Most bytes of a load that one phone carries for another.
///
/// A week of a building head with a hundred photos; it still fits a messenger's file.
pub const LOAD_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Most packs of one load: a busy person writes a hundred a day, for a month.
pub const LOAD_PACKS_MAX: usize = 4096;

/// Most sealed parts of photos and voice in one load: what its bytes hold.
pub const LOAD_PARTS_MAX: usize = 255;
