//! A phone whose shell is of text only: it draws the core's slices as lines, and a tap on a line
//! does what the page says.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use linli_app::words::{Language, Words};
use linli_io::clock;
use linli_tests::cable::Cable;
use shared::{Config, HostAnswer, LinliCore, Shell, UiEvent};

use super::{
    page::{At, Control, Do, Line, Notes, Route, Slices},
    pages,
};

/// Longest wait for the screens before a story fails (ms).
const PATIENCE_MS: i64 = 30_000;

/// Longest wait before somebody asks the relay once more (ms).
const NUDGE_MS: i64 = 200;

/// How long what was done can be undone (ms), unless the story says: short, because everything waits
/// for it.
const UNDO_MS: u32 = 300;

/// What the core told since it was last looked at.
#[derive(Default)]
struct Told {
    mask: u32,
    asked: Vec<u64>,
}

#[derive(Default)]
struct Ear {
    told: Mutex<Told>,
    news: Condvar,
}

impl Ear {
    fn hear(&self, take_in: impl FnOnce(&mut Told)) {
        take_in(&mut self.told.lock().unwrap());
        self.news.notify_all();
    }

    /// Waits until something is told, or for a while.
    fn wait(&self, at_most: Duration) {
        let told = self.told.lock().unwrap();
        let silent = |told: &mut Told| told.mask == 0 && told.asked.is_empty();
        drop(self.news.wait_timeout_while(told, at_most, silent).unwrap());
    }
}

impl Shell for Ear {
    fn changed(&self, mask: u32) {
        self.hear(|told| told.mask |= mask);
    }

    fn job_done(&self, _: u64, _: bool) {}

    fn host(&self, id: u64, _: u32) {
        self.hear(|told| told.asked.push(id));
    }
}

/// The real core, as a process has it.
struct Life {
    core: Arc<LinliCore>,
    ear: Arc<Ear>,
}

pub(super) struct Phone {
    folder: PathBuf,
    pub(super) cable: Cable,
    undo_ms: u32,
    life: Option<Life>,
    pub(super) slices: Slices,
    /// The pages under the one that is shown; there is always one.
    stack: Vec<Route>,
    /// What is shown, what was typed there, and what it did by itself last.
    shown: Option<Route>,
    notes: Notes,
    done: Option<Do>,
    /// What is in front of the lens: a photo, a code.
    pub(super) photo: Option<PathBuf>,
    pub(super) code: Option<String>,
}

impl Phone {
    pub(super) fn new(folder: &Path, cable: Cable, undo_ms: Option<u32>) -> Self {
        let mut phone = Self {
            folder: folder.to_owned(),
            cable,
            undo_ms: undo_ms.unwrap_or(UNDO_MS),
            life: None,
            slices: Slices::default(),
            stack: Vec::new(),
            shown: None,
            notes: Notes::default(),
            done: None,
            photo: None,
            code: None,
        };
        phone.start();
        phone
    }

    /// The process ends, if there is one, and the app is opened again.
    pub(super) fn start(&mut self) {
        self.life = None;
        let ear = Arc::new(Ear::default());
        let config = Config {
            folder: self.folder.display().to_string(),
            platform_key: Some(vec![7; 32]),
            relay: Some(format!("http://{}", self.cable.address)),
            undo_ms: Some(self.undo_ms),
        };
        let core = LinliCore::open(config, ear.clone()).unwrap();
        core.resume();
        ear.changed(u32::MAX);
        self.life = Some(Life { core, ear });
        self.stack = vec![Route::Today];
        (self.shown, self.notes, self.done) = (None, Notes::default(), None);
        self.look();
    }

    fn life(&self) -> &Life {
        self.life.as_ref().unwrap()
    }

    pub(super) fn send(&self, event: UiEvent) {
        self.life().core.dispatch(event).unwrap();
    }

    /// Sends what a tap or a rest comes to. What can be seen to be taken in is waited for: nobody
    /// goes on before the choice they made is on the screen.
    fn tell(&mut self, event: UiEvent) {
        self.send(event.clone());
        let seen = self.wait_untouched(|slices| is_taken_in(slices, &event));
        assert!(seen, "not taken in: {event:?}");
    }

    /// Takes in what the core told, and does what the page does by itself.
    fn look(&mut self) {
        self.take_in();
        loop {
            let route = self.route();
            if self.shown.as_ref() != Some(&route) {
                self.enter(route);
                continue;
            }
            let does = pages::by_itself(&self.at(), &route);
            if does == self.done {
                return;
            }
            self.done.clone_from(&does);
            self.carry_out(does);
        }
    }

    /// Reads anew what the core says has moved, and nothing else.
    fn take_in(&mut self) {
        let Self { life: Some(Life { core, ear }), slices, .. } = self else { return };
        let told = std::mem::take(&mut *ear.told.lock().unwrap());
        for id in told.asked {
            core.answer(id, HostAnswer::Done);
        }
        let Slices {
            frame,
            founding,
            repairs,
            detail,
            picture,
            people,
            attention,
            drafts,
            sending,
            money,
        } = slices;
        let moved = |bit: u32| told.mask & bit != 0;
        if moved(1) {
            (*frame, *founding) = (core.frame(), core.founding());
        }
        if moved(2) {
            *repairs = core.repairs();
        }
        if moved(4) {
            (*detail, *picture) = (core.detail(), core.picture());
        }
        if moved(8) {
            *people = core.people();
        }
        if moved(16) {
            *attention = core.attention();
        }
        if moved(32) {
            *drafts = core.drafts();
        }
        if moved(64) {
            *sending = core.sending();
        }
        if moved(128) {
            *money = core.money();
        }
    }

    fn route(&self) -> Route {
        let top = self.stack.last().unwrap();
        let is_shown = pages::is_inside(&self.slices) || *top == Route::Founding;
        if is_shown { top.clone() } else { Route::Join }
    }

    fn enter(&mut self, route: Route) {
        let left = self.shown.as_ref().and_then(pages::left);
        left.into_iter().for_each(|event| self.send(event));
        self.notes = pages::begin(&self.slices, &route);
        (self.shown, self.done) = (Some(route), None);
    }

    fn at(&self) -> At<'_> {
        let english = self.slices.frame.language == "en";
        let words = Words::of(if english { Language::En } else { Language::Zh });
        At { slices: &self.slices, notes: &self.notes, words, under: self.stack.len() > 1 }
    }

    /// What is to be seen now.
    pub(super) fn lines(&mut self) -> Vec<Line> {
        self.look();
        pages::show(&self.at(), &self.route()).0
    }

    pub(super) fn carry_out(&mut self, does: impl IntoIterator<Item = Do>) {
        for one in does {
            match one {
                Do::Send(event) => self.tell(event),
                Do::Open(route) => {
                    self.stack.retain(|under| *under != route);
                    self.stack.push(route);
                }
                Do::Switch(route) => self.stack = vec![route],
                Do::Back if self.stack.len() > 1 => drop(self.stack.pop()),
                Do::Back => {}
                Do::Choose(note, values) => {
                    self.notes.choose(&note, values);
                    self.keep();
                }
                Do::Write(note, text) => self.write(note, &text),
                Do::Photo(draft) => self.attach(draft),
                Do::Scan(note) => {
                    let code = self.code.clone().unwrap_or_default();
                    self.notes.write(note, &code);
                }
            }
        }
    }

    /// Does something about all money.
    pub(super) fn money(&self, action: &str, answers: &[(&str, &str)]) {
        let answer = |(word, value): &(&str, &str)| shared::Answer {
            word: (*word).to_owned(),
            value: (*value).to_owned(),
        };
        let answers = answers.iter().map(answer).collect();
        let (subject, action) = ("money".to_owned(), action.to_owned());
        self.send(UiEvent::MoneyAct { subject, action, answers, draft: None });
    }

    /// What an act about all money asks for.
    pub(super) fn asked(&self, action: &str, word: &str) -> Option<shared::AskedFor> {
        let action = self.slices.money.actions.iter().find(|one| one.word == action)?;
        action.asks.iter().find(|ask| ask.word == word).cloned()
    }

    fn attach(&self, draft: String) {
        let Some(photo) = &self.photo else { return };
        let file = photo.display().to_string();
        self.send(UiEvent::Attach { draft, voice: false, file });
    }

    pub(super) fn write(&mut self, note: &str, text: &str) {
        self.notes.write(note, text);
        self.keep();
    }

    /// Keeps what a page keeps at every key.
    fn keep(&mut self) {
        let events = pages::unkept(&self.at(), &self.route());
        events.into_iter().for_each(|event| self.tell(event));
    }

    /// A person rests: what was typed is taken.
    pub(super) fn rest(&mut self) {
        self.look();
        let events = pages::rested(&self.at(), &self.route());
        self.notes.rest();
        events.into_iter().for_each(|event| self.tell(event));
    }

    /// Waits until the phone shows something; `None` after a long while.
    pub(super) fn wait<T>(&mut self, shown: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        self.wait_for(PATIENCE_MS, &shown)
    }

    /// Waits a moment until the phone shows something.
    pub(super) fn glance<T>(&mut self, shown: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        self.wait_for(NUDGE_MS, &shown)
    }

    fn wait_for<T>(&mut self, ms: i64, shown: &impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let end = clock::now().0 + ms;
        loop {
            self.look();
            if let Some(value) = shown(self) {
                return Some(value);
            }
            self.listen(end)?;
        }
    }

    /// Waits until the slices hold something, while the page does nothing by itself.
    fn wait_untouched(&mut self, held: impl Fn(&Slices) -> bool) -> bool {
        let end = clock::now().0 + PATIENCE_MS;
        loop {
            self.take_in();
            if held(&self.slices) {
                return true;
            }
            if self.listen(end).is_none() {
                return false;
            }
        }
    }

    /// Waits until the core tells something; `None` at the end of all patience.
    fn listen(&self, end: i64) -> Option<()> {
        let left = u64::try_from(end - clock::now().0).ok().filter(|left| *left > 0)?;
        self.life().ear.wait(Duration::from_millis(left));
        Some(())
    }

    /// The screen as it is now, to be read.
    pub(super) fn screen(&mut self) -> String {
        let lines = self.lines();
        let drawn = lines.iter().map(|line| {
            let words = line.words.join(" | ");
            match &line.control {
                None => format!("  {words}\n"),
                Some(Control::Field(_)) => format!("  <{words}>\n"),
                Some(Control::Tap { enabled: true, .. }) => format!("  [{words}]\n"),
                Some(Control::Tap { enabled: false, .. }) => format!("  [{words}] off\n"),
            }
        });
        drawn.collect()
    }
}

/// Whether what was sent is on the screen; of most events nothing says so.
fn is_taken_in(slices: &Slices, event: &UiEvent) -> bool {
    match event {
        UiEvent::KeepDraft { name, text } => pages::kept(slices, name) == text,
        UiEvent::Window { filter, search, .. } => {
            (&slices.repairs.filter, &slices.repairs.search) == (filter, search)
        }
        _ => true,
    }
}
