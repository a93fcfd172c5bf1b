//! A phone as a shell drives it, and an ear for what it is told.

use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use shared::{Answer, Config, LinliCore, Shell, UiEvent};

/// Nobody listens here.
pub(crate) const NO_RELAY: &str = "http://127.0.0.1:9";

/// Longest wait for the screens before a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An answer to what is asked for.
pub(crate) fn answer(word: &str, value: &str) -> Answer {
    Answer { word: word.to_owned(), value: value.to_owned() }
}

#[derive(Default)]
pub(crate) struct Told {
    pub(crate) changed: u32,
    pub(crate) jobs: Vec<(u64, bool)>,
    pub(crate) hosts: Vec<(u64, u32)>,
}

/// A shell that remembers what it was told.
#[derive(Default)]
pub(crate) struct Ear {
    pub(crate) told: Mutex<Told>,
    pub(crate) news: Condvar,
}

impl Ear {
    fn note(&self, note: impl FnOnce(&mut Told)) {
        note(&mut self.told.lock().unwrap());
        self.news.notify_all();
    }
}

impl Shell for Ear {
    fn changed(&self, _: u32) {
        self.note(|told| told.changed += 1);
    }

    fn job_done(&self, token: u64, ok: bool) {
        self.note(|told| told.jobs.push((token, ok)));
    }

    fn host(&self, id: u64, kind: u32) {
        self.note(|told| told.hosts.push((id, kind)));
    }
}

pub(crate) struct Phone {
    pub(crate) core: Arc<LinliCore>,
    pub(crate) ear: Arc<Ear>,
}

impl Phone {
    pub(crate) fn open(folder: &Path) -> Self {
        let ear = Arc::new(Ear::default());
        let folder = folder.display().to_string();
        let config = Config { folder, platform_key: Some(vec![7; 32]), ..Config::default() };
        let phone = Self { core: LinliCore::open(config, ear.clone()).unwrap(), ear };
        phone.core.resume();
        phone
    }

    pub(crate) fn send(&self, event: UiEvent) {
        self.core.dispatch(event).unwrap();
    }

    /// Waits until something holds; the shell is woken by the core.
    pub(crate) fn wait<T>(&self, what: &str, holds: impl Fn(&Self, &Told) -> Option<T>) -> T {
        let mut told = self.ear.told.lock().unwrap();
        loop {
            if let Some(value) = holds(self, &told) {
                return value;
            }
            let (next, waited) = self.ear.news.wait_timeout(told, PATIENCE).unwrap();
            told = next;
            assert!(!waited.timed_out(), "{what}: {:?}", self.core.frame());
        }
    }

    pub(crate) fn found(&self, name: &str) {
        let communities = self.core.frame().communities.len();
        self.send(UiEvent::Found {
            name: name.to_owned(),
            relay: NO_RELAY.to_owned(),
            operator_token: "an-operators-token".to_owned(),
            roster: "3,2,501,home,89.37\n3,2,502,home,78.90\n".to_owned(),
        });
        self.wait("founded", |phone, _| {
            let frame = phone.core.frame();
            (frame.communities.len() == communities + 1 && frame.community == name).then_some(())
        });
    }

    pub(crate) fn refusal(&self) -> (String, String) {
        self.wait("refused", |phone, _| {
            let frame = phone.core.frame();
            frame.refusal.zip(frame.toast)
        })
    }
}
