//! Figures for `/metrics`. No community, device or address is named.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Counters since the start, and how many wait now.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) commits: AtomicU64,
    pub(crate) packs: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) commit_us: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) busy: AtomicU64,
    waiting: AtomicU64,
}

/// A phone that waits for news; it is counted as long as this lives.
pub(crate) struct Waiting(Arc<Numbers>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Numbers {
    pub(crate) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }

    pub(crate) fn wait(numbers: &Arc<Self>) -> Waiting {
        Self::add(&numbers.waiting, 1);
        Waiting(Arc::clone(numbers))
    }

    /// Writes the figures in the text format that Prometheus reads.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (name, counter) in [
            ("linli_relay_commits_total", &self.commits),
            ("linli_relay_packs_total", &self.packs),
            ("linli_relay_pack_bytes_total", &self.bytes),
            ("linli_relay_commit_microseconds_total", &self.commit_us),
            ("linli_relay_refused_total", &self.refused),
            ("linli_relay_busy_total", &self.busy),
        ] {
            // Writing into a String cannot fail.
            let _ =
                writeln!(text, "# TYPE {name} counter\n{name} {}", counter.load(Ordering::Relaxed));
        }
        let (name, waiting) = ("linli_relay_waiting", self.waiting.load(Ordering::Relaxed));
        let _ = writeln!(text, "# TYPE {name} gauge\n{name} {waiting}");
        text
    }
}
