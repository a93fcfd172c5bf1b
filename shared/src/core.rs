//! The calls across the border: synchronous, coarse, from any thread.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
};

use crux_core::{Core, Request, effects::ResolveSink as _};
use linli_app::{
    Effect, Event, Linli, Model,
    event::UiEvent as Inner,
    operation::{HostOp, HostOut},
};
use linli_domain::kernel::Day;
use linli_io::lanes::{Lanes, PhoneConfig};

use crate::{
    LinliError, UiEvent,
    money_records::Money,
    present, present_detail, present_list, present_money, present_people,
    records::{Founding, Frame, People},
    repair_records::{AttentionList, Drafts, RepairDetail, RepairsWindow},
    routes::{LaneRoutes, Router},
    screen_records::Sending,
    ticker,
};

/// Where a phone keeps its things, and what its platform gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Config {
    /// The app's own folder.
    pub folder: String,
    /// 32 bytes from the platform's keystore, to seal the device keys with.
    pub platform_key: Option<Vec<u8>>,
    /// Where the relay is, if it is not where invitations say.
    pub relay: Option<String>,
    /// Milliseconds for which acts can be undone, where it is not for the app to say: a desk that
    /// nobody taps on has nothing to undo.
    pub undo_ms: Option<u32>,
}

/// What a shell gives to the core. Calls carry numbers only.
#[uniffi::export(foreign)]
pub trait Shell: Send + Sync {
    /// Slices moved: bit 1 the frame, 2 the list, 4 the open repair, 8 people, 16 what waits for
    /// this person, 32 drafts, 64 sending, 128 money.
    fn changed(&self, mask: u32);

    /// A background round ended.
    fn job_done(&self, token: u64, ok: bool);

    /// Something is asked of the platform; `host_request` tells what.
    fn host(&self, id: u64, kind: u32);
}

/// What is asked of the platform.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum HostRequest {
    /// Show the share sheet with a text (kind 1).
    Share {
        /// The text.
        text: String,
    },
    /// Show the share sheet with a file (kind 2).
    ShareFile {
        /// The file; it may be removed once it is shared.
        file: String,
    },
}

/// The platform's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum HostAnswer {
    /// It was done.
    Done,
    /// The person closed it, or the platform could not.
    Cancelled,
}

type Parked = Arc<Mutex<BTreeMap<u64, Request<HostOp>>>>;

/// The core: one for the life of the process.
#[derive(uniffi::Object)]
pub struct LinliCore {
    router: Arc<Router>,
    events: mpsc::Sender<Event>,
    parked: Parked,
    next_token: AtomicU64,
}

impl std::fmt::Debug for LinliCore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinliCore")
    }
}

fn lock(parked: &Parked) -> MutexGuard<'_, BTreeMap<u64, Request<HostOp>>> {
    parked.lock().unwrap_or_else(PoisonError::into_inner)
}

#[uniffi::export]
impl LinliCore {
    /// Opens the phone's files and starts the core.
    ///
    /// # Errors
    /// [`LinliError::Start`].
    #[uniffi::constructor]
    pub fn open(config: Config, shell: Arc<dyn Shell>) -> Result<Arc<Self>, LinliError> {
        let start = |why: String| LinliError::Start { why };
        let platform_key = match config.platform_key {
            Some(key) => Some(
                key.try_into().map_err(|_| start("the platform key needs 32 bytes".to_owned()))?,
            ),
            None => None,
        };
        let folder = PathBuf::from(config.folder);
        let phone = PhoneConfig { folder, platform_key, relay: config.relay };
        let lanes = Lanes::start(phone).map_err(|error| start(error.to_string()))?;
        let parked = Parked::default();
        let (router, ticks) = wire(&shell, &parked);
        router.routes.install(lanes);
        let tick = ticker::start(Arc::downgrade(&router), shell)
            .map_err(|error| start(error.to_string()))?;
        let _ = ticks.set(tick);
        let events = queue(Arc::downgrade(&router)).map_err(|error| start(error.to_string()))?;
        let core = Self { router, events, parked, next_token: AtomicU64::new(1) };
        core.send(Event::Ui(Inner::Open { undo_ms: config.undo_ms }))?;
        Ok(Arc::new(core))
    }

    /// Sends what a person did; it returns at once, the screens follow.
    ///
    /// # Errors
    /// [`LinliError::BadEvent`] if an id or word cannot be read.
    pub fn dispatch(&self, event: UiEvent) -> Result<(), LinliError> {
        let screens = self.router.view().screens;
        let today = Day::of(screens.now, screens.utc_offset_minutes);
        let me = screens.viewer.map(|viewer| viewer.person);
        self.send(Event::Ui(event.read(me, today)?))
    }

    /// Returns what every screen shows.
    #[must_use]
    pub fn frame(&self) -> Frame {
        present::frame(&self.router.view())
    }

    /// Returns the window of repairs asked for last.
    #[must_use]
    pub fn repairs(&self) -> RepairsWindow {
        present_list::repairs(&self.router.view())
    }

    /// Returns the repair that is open, if one is.
    #[must_use]
    pub fn detail(&self) -> Option<RepairDetail> {
        present_detail::detail(&self.router.view())
    }

    /// Returns the photo or voice note that is looked at, once it is here.
    #[must_use]
    pub fn picture(&self) -> Option<Vec<u8>> {
        self.router.view().screens.picture.map(|shown| shown.bytes.to_vec())
    }

    /// Returns what waits for this person, by urgency.
    #[must_use]
    pub fn attention(&self) -> AttentionList {
        present_list::attention(&self.router.view())
    }

    /// Returns people, applications and what was set aside.
    #[must_use]
    pub fn people(&self) -> People {
        present_people::people(&self.router.view())
    }

    /// Returns what this phone has to do with a founding by several.
    #[must_use]
    pub fn founding(&self) -> Founding {
        present::founding(&self.router.view())
    }

    /// Returns the drafts as they were typed, and what is alike to what is being reported.
    #[must_use]
    pub fn drafts(&self) -> Drafts {
        present_list::drafts(&self.router.view())
    }

    /// Returns how far what this phone wrote has come; empty while nobody looks at it.
    #[must_use]
    pub fn sending(&self) -> Sending {
        present_list::sending(&self.router.view())
    }

    /// Returns money; empty while nobody looks at it.
    #[must_use]
    pub fn money(&self) -> Money {
        present_money::money(&self.router.view())
    }

    /// Starts one bounded round for a background job; `job_done` tells its end.
    #[must_use]
    pub fn start_round(&self) -> u64 {
        let token = self.next_token.fetch_add(1, Ordering::Relaxed);
        // A core that has ended does no rounds; the platform's own limit ends the job.
        let _ = self.send(Event::Round(token));
        token
    }

    /// The app goes to the back: no new calls to the relay.
    pub fn pause(&self) {
        let _ = self.send(Event::Ui(Inner::Pause));
    }

    /// The app comes to the front.
    pub fn resume(&self) {
        let _ = self.send(Event::Ui(Inner::Resume));
    }

    /// Tells what is asked of the platform.
    #[must_use]
    pub fn host_request(&self, id: u64) -> Option<HostRequest> {
        match &lock(&self.parked).get(&id)?.operation {
            HostOp::Share { text } => Some(HostRequest::Share { text: text.clone() }),
            HostOp::ShareFile { file } => Some(HostRequest::ShareFile { file: file.clone() }),
            HostOp::JobDone { .. } => None,
        }
    }

    /// Gives the platform's answer; an unknown id changes nothing.
    pub fn answer(&self, id: u64, answer: HostAnswer) {
        let Some(mut request) = lock(&self.parked).remove(&id) else { return };
        let out = match answer {
            HostAnswer::Done => HostOut::Done,
            HostAnswer::Cancelled => HostOut::Cancelled,
        };
        // Fails only for a request that was answered before.
        let _ = self.router.resolve_request(&mut request, out);
    }
}

impl LinliCore {
    fn send(&self, event: Event) -> Result<(), LinliError> {
        self.events.send(event).map_err(|_| LinliError::Closed)
    }
}

type Ticks = Arc<std::sync::OnceLock<mpsc::Sender<()>>>;

/// Makes the router: every effect to its lane.
fn wire(shell: &Arc<dyn Shell>, parked: &Parked) -> (Arc<Router>, Ticks) {
    let ticks = Ticks::default();
    let (render, shell, parked) = (Arc::clone(&ticks), Arc::clone(shell), Arc::clone(parked));
    let next = AtomicU64::new(1);
    let core = Core::new_with(Linli, Model::default());
    let router = Router::new(core, move |lanes: LaneRoutes| {
        let park = move |request: Request<HostOp>, kind: u32, shell: &dyn Shell| {
            let id = next.fetch_add(1, Ordering::Relaxed);
            lock(&parked).insert(id, request);
            shell.host(id, kind);
        };
        move |effect| match effect {
            Effect::Render(_) => {
                if let Some(tick) = render.get() {
                    // The thread ends only with the core.
                    let _ = tick.send(());
                }
            }
            Effect::Replica(request) => lanes.replica(request),
            Effect::Net(request) => lanes.net(request),
            Effect::Clock(request) => lanes.clock(request),
            Effect::Picture(request) => lanes.picture(request),
            Effect::Host(request) => match request.operation {
                HostOp::JobDone { token, ok } => shell.job_done(token, ok),
                HostOp::Share { .. } => park(request, 1, &*shell),
                HostOp::ShareFile { .. } => park(request, 2, &*shell),
            },
        }
    });
    (router, ticks)
}

/// One thread lets events in, in order: shells may call from any thread and return at once.
fn queue(router: std::sync::Weak<Router>) -> std::io::Result<mpsc::Sender<Event>> {
    let (sender, receiver) = mpsc::channel::<Event>();
    std::thread::Builder::new().name("linli-events".to_owned()).spawn(move || {
        while let Ok(event) = receiver.recv() {
            let Some(router) = router.upgrade() else { return };
            router.update(event);
        }
    })?;
    Ok(sender)
}
