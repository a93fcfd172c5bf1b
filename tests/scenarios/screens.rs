//! A phone with its screens, as a shell drives it: what scenarios look at.

use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use shared::{Config, LinliCore, Shell, UiEvent};

/// Nobody listens here.
pub(crate) const NO_RELAY: &str = "http://127.0.0.1:9";

/// Longest wait for the screens before a scenario fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shell that is woken whenever something moved.
#[derive(Default)]
pub(crate) struct Ear {
    changes: Mutex<u64>,
    news: Condvar,
}

impl Shell for Ear {
    fn changed(&self, _: u32) {
        *self.changes.lock().unwrap() += 1;
        self.news.notify_all();
    }

    fn job_done(&self, _: u64, _: bool) {}

    fn host(&self, _: u64, _: u32) {}
}

pub(crate) struct Phone {
    pub(crate) core: Arc<LinliCore>,
    ear: Arc<Ear>,
}

impl Phone {
    /// Opens a phone that finds its relay where its invitations say, or at an address.
    pub(crate) fn open(folder: &Path, relay: Option<&str>) -> Self {
        let ear = Arc::new(Ear::default());
        let (folder, relay) = (folder.display().to_string(), relay.map(str::to_owned));
        let config = Config { folder, relay, undo_ms: Some(0), ..Config::default() };
        let phone = Self { core: LinliCore::open(config, ear.clone()).unwrap(), ear };
        phone.core.resume();
        phone
    }

    pub(crate) fn send(&self, event: UiEvent) {
        self.core.dispatch(event).unwrap();
    }

    /// Waits until the screens show something.
    pub(crate) fn wait<T>(&self, what: &str, shown: impl Fn(&LinliCore) -> Option<T>) -> T {
        let mut changes = self.ear.changes.lock().unwrap();
        loop {
            if let Some(value) = shown(&self.core) {
                return value;
            }
            let (next, waited) = self.ear.news.wait_timeout(changes, PATIENCE).unwrap();
            changes = next;
            assert!(!waited.timed_out(), "{what}: {:?}", self.core.frame());
        }
    }
}
