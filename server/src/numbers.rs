//! Figures for `/metrics`. No community, device or address is named.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use linli_wire::call::code;

/// The words under which refusals are counted: those of the wire, so that there are never more.
const REASONS: [&str; 17] = [
    code::BAD_REQUEST,
    code::NO_SESSION,
    code::NOT_ALLOWED,
    code::NOT_FOUND,
    code::FORK,
    code::GAP,
    code::CONFLICT,
    code::TOO_LARGE,
    code::BAD_PACK,
    code::BAD_BLOB,
    code::VERSION,
    code::QUOTA,
    code::BUSY,
    code::NO_SPACE,
    code::DISK_FULL,
    code::FAILED,
    "other",
];

/// Counters since the start, and what is there now.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) commits: AtomicU64,
    pub(crate) packs: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) commit_us: AtomicU64,
    pub(crate) blob_bytes_in: AtomicU64,
    pub(crate) blob_bytes_out: AtomicU64,
    /// Files that a restore or the disk lost, found when they were asked for.
    pub(crate) blobs_lost: AtomicU64,
    pub(crate) communities: AtomicU64,
    pub(crate) blobs: AtomicU64,
    pub(crate) blob_bytes: AtomicU64,
    refused: [AtomicU64; REASONS.len()],
    waiting: AtomicU64,
    connections: AtomicU64,
}

/// Something that is counted as long as this lives.
pub(crate) struct Counted(Arc<Numbers>, fn(&Numbers) -> &AtomicU64);

impl Drop for Counted {
    fn drop(&mut self) {
        (self.1)(&self.0).fetch_sub(1, Ordering::Relaxed);
    }
}

impl Numbers {
    pub(crate) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }

    pub(crate) fn set(gauge: &AtomicU64, to: u64) {
        gauge.store(to, Ordering::Relaxed);
    }

    /// Counts a phone that waits for news.
    pub(crate) fn wait(numbers: &Arc<Self>) -> Counted {
        Self::while_it_lives(numbers, |numbers| &numbers.waiting)
    }

    /// Counts a connection.
    pub(crate) fn connect(numbers: &Arc<Self>) -> Counted {
        Self::while_it_lives(numbers, |numbers| &numbers.connections)
    }

    fn while_it_lives(numbers: &Arc<Self>, which: fn(&Self) -> &AtomicU64) -> Counted {
        Self::add(which(numbers), 1);
        Counted(Arc::clone(numbers), which)
    }

    /// Counts a refusal under its word.
    pub(crate) fn refuse(&self, word: &str) {
        let named = REASONS.iter().zip(&self.refused).find(|(reason, _)| **reason == word);
        if let Some(counter) = named.map(|(_, counter)| counter).or(self.refused.last()) {
            Self::add(counter, 1);
        }
    }

    /// Writes the figures in the text format that Prometheus reads.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let mut kind = |name: &str, kind: &str, counter: &AtomicU64| {
            let value = counter.load(Ordering::Relaxed);
            let _ = writeln!(text, "# TYPE {name} {kind}\n{name} {value}");
        };
        for (name, counter) in [
            ("linli_relay_commits_total", &self.commits),
            ("linli_relay_packs_total", &self.packs),
            ("linli_relay_pack_bytes_total", &self.bytes),
            ("linli_relay_commit_microseconds_total", &self.commit_us),
            ("linli_relay_blob_bytes_in_total", &self.blob_bytes_in),
            ("linli_relay_blob_bytes_out_total", &self.blob_bytes_out),
            ("linli_relay_blobs_lost_total", &self.blobs_lost),
        ] {
            kind(name, "counter", counter);
        }
        for (name, gauge) in [
            ("linli_relay_waiting", &self.waiting),
            ("linli_relay_connections", &self.connections),
            ("linli_relay_communities", &self.communities),
            ("linli_relay_blobs", &self.blobs),
            ("linli_relay_blob_bytes", &self.blob_bytes),
        ] {
            kind(name, "gauge", gauge);
        }
        let name = "linli_relay_refused_total";
        let _ = writeln!(text, "# TYPE {name} counter");
        for (reason, counter) in REASONS.iter().zip(&self.refused) {
            let value = counter.load(Ordering::Relaxed);
            let _ = writeln!(text, "{name}{{reason=\"{reason}\"}} {value}");
        }
        text
    }
}
