//! One phone of the village: a process that holds a `LinliCore` and does what its input says, as a
//! person would: sends events, reads slices.

use std::{
    io::{BufRead as _, Write as _},
    process::ExitCode,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};
use shared::{
    Answer, Config, HostAnswer, HostRequest, LinliCore, Report, RevokeReason, Shell, UiEvent,
    WhoApplies,
};

use super::screen::{Screen, look};

/// The draft that reports are typed in.
pub(super) const REPORT: &str = "report";

/// The draft that photos of finished work are put to.
pub(super) const DONE: &str = "done";

/// Where the phone keeps its things and where its relay is.
#[derive(Debug)]
pub(crate) struct PhoneOptions {
    pub(crate) folder: String,
    pub(crate) relay: String,
}

/// What a person does on the phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    Speak(String),
    Found {
        name: String,
        relay: String,
        token: String,
        roster: String,
    },
    Join {
        invite: String,
        name: String,
    },
    Invite {
        role: String,
        scope: String,
        to_ms: Option<i64>,
    },
    Approve {
        invite: String,
        who: Whose,
    },
    Register {
        role: String,
        scope: String,
    },
    /// Looks for people.
    People(String),
    Revoke(String),
    Draft {
        name: String,
        text: String,
    },
    Report {
        place: String,
        class: String,
        text: String,
        on_behalf: Option<String>,
    },
    Alike {
        place: String,
        class: String,
    },
    Attach {
        draft: String,
        file: String,
    },
    Step {
        id: String,
        step: String,
        text: String,
    },
    /// Shows money: of a home, of a round, or what was scanned.
    Money {
        home: Option<String>,
        round: Option<String>,
        scanned: Option<String>,
    },
    /// Does something about money: whose it is, what, and the answers.
    Pay {
        subject: String,
        act: String,
        answers: Vec<(String, String)>,
    },
    Open(String),
    Picture(String),
    ShareOutbox,
    Carry(String),
    Sync,
    Look,
    Leave,
}

/// Whose phone applies, as the reviewer says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Whose {
    /// Somebody whom nobody knows yet.
    New,
    /// An owner of the register, counted from 1.
    CoOwner(u16),
    /// Somebody who lost this phone.
    LostPhoneOf(String),
}

/// What the phone writes, a line each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Line {
    /// Something moved.
    Changed,
    /// The answer to an order: done, or why not.
    Did(Option<String>),
    /// The answer to a look.
    Screen(Box<Screen>),
}

type Output = Arc<Mutex<std::io::Stdout>>;

/// Questions to the platform that wait for their answer.
type Asked = Arc<Mutex<Vec<u64>>>;

struct Pipe {
    output: Output,
    asked: Asked,
}

impl Shell for Pipe {
    fn changed(&self, _: u32) {
        write(&self.output, &Line::Changed);
    }

    fn job_done(&self, _: u64, _: bool) {}

    fn host(&self, id: u64, _: u32) {
        if let Ok(mut asked) = self.asked.lock() {
            asked.push(id);
        }
        write(&self.output, &Line::Changed);
    }
}

/// Plays the share sheet: takes what is shared, and returns the file if it was one.
fn share(core: &LinliCore, asked: &Asked) -> Option<String> {
    let ids = asked.lock().map(|mut asked| std::mem::take(&mut *asked)).unwrap_or_default();
    let mut shared = None;
    for id in ids {
        if let Some(HostRequest::ShareFile { file }) = core.host_request(id) {
            shared = Some(file);
        }
        core.answer(id, HostAnswer::Done);
    }
    shared
}

fn write(output: &Output, line: &Line) {
    let Ok(text) = serde_json::to_string(line) else { return };
    if let Ok(mut output) = output.lock() {
        // A village that is gone reads nothing more; the input ends too, and so does the phone.
        let _ = writeln!(output, "{text}");
        let _ = output.flush();
    }
}

/// Runs one phone until its input ends.
pub(crate) fn run(options: PhoneOptions) -> ExitCode {
    let output: Output = Arc::new(Mutex::new(std::io::stdout()));
    let config = Config {
        folder: options.folder,
        platform_key: None,
        relay: Some(options.relay),
        undo_ms: Some(0),
    };
    let asked = Asked::default();
    let pipe = Pipe { output: Arc::clone(&output), asked: Arc::clone(&asked) };
    let core = match LinliCore::open(config, Arc::new(pipe)) {
        Ok(core) => core,
        Err(error) => {
            write(&output, &Line::Did(Some(error.to_string())));
            return ExitCode::FAILURE;
        }
    };
    core.resume();
    let (filter, search) = ("all".to_owned(), String::new());
    let everything = [
        UiEvent::Window { filter, search: search.clone(), offset: 0 },
        UiEvent::People { search, role: None, offset: 0 },
    ];
    if let Err(error) = everything.into_iter().try_for_each(|event| core.dispatch(event)) {
        write(&output, &Line::Did(Some(error.to_string())));
        return ExitCode::FAILURE;
    }
    obey(&core, &output, &asked);
    ExitCode::SUCCESS
}

/// Does what the input says, line by line.
fn obey(core: &LinliCore, output: &Output, asked: &Asked) {
    let mut shared = None;
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Ok(order) = serde_json::from_str::<Order>(&line) else {
            write(output, &Line::Did(Some("an order cannot be read".to_owned())));
            continue;
        };
        match order {
            Order::Leave => return,
            Order::Look => {
                shared = share(core, asked).or(shared);
                write(output, &Line::Screen(Box::new(look(core, shared.as_deref()))));
            }
            other => {
                let done = event(other).map_or(Err("no such step".to_owned()), |event| {
                    core.dispatch(event).map_err(|error| error.to_string())
                });
                write(output, &Line::Did(done.err()));
            }
        }
    }
}

fn event(order: Order) -> Option<UiEvent> {
    Some(match order {
        Order::Speak(language) => UiEvent::Speak { language },
        Order::Found { name, relay, token, roster } => {
            UiEvent::Found { name, relay, operator_token: token, roster }
        }
        Order::Join { invite, name } => UiEvent::Join { invite, name },
        Order::Invite { role, scope, to_ms } => {
            let until = to_ms.map(|ms| answer("until", ms.to_string()));
            let answers = [answer("place", scope)].into_iter().chain(until).collect();
            UiEvent::InviteAs { role, answers }
        }
        Order::Approve { invite, who } => UiEvent::Approve { invite, who: who.inner() },
        Order::Register { role, scope } => {
            UiEvent::RegisterAs { role, answers: vec![answer("place", scope)] }
        }
        Order::People(search) => UiEvent::People { search, role: None, offset: 0 },
        Order::Revoke(device) => UiEvent::Revoke { device, reason: RevokeReason::Lost },
        Order::Draft { name, text } => UiEvent::KeepDraft { name, text },
        Order::Report { place, class, text, on_behalf } => {
            let report = Report { place, class, text, on_behalf, ..Report::default() };
            UiEvent::Report { report, draft: Some(REPORT.to_owned()) }
        }
        Order::Alike { place, class } => UiEvent::Alike { place: Some(place), class },
        Order::Attach { draft, file } => UiEvent::Attach { draft, voice: false, file },
        Order::Step { id, step, text } => {
            let (action, answers) = action(&step, text)?;
            UiEvent::Repair { id, action, answers, draft: Some(DONE.to_owned()) }
        }
        Order::Money { home, round, scanned } => UiEvent::ShowMoney {
            home,
            round,
            run: None,
            receipt: None,
            scanned,
            book: None,
            find: None,
        },
        Order::Pay { subject, act, answers } => {
            let answers = answers.into_iter().map(|(word, value)| answer(&word, value)).collect();
            UiEvent::MoneyAct { subject, action: act, answers, draft: None }
        }
        Order::Open(id) => UiEvent::Detail { id: Some(id) },
        Order::Picture(name) => UiEvent::Look { attachment: Some(name) },
        Order::ShareOutbox => UiEvent::ShareOutbox,
        Order::Carry(file) => UiEvent::Carry { file },
        Order::Sync => UiEvent::SyncNow,
        Order::Look | Order::Leave => return None,
    })
}

/// The action of a step, and what its text answers.
fn action(step: &str, text: String) -> Option<(String, Vec<Answer>)> {
    let (action, asked) = match step {
        "dispatch" => ("grab", "text"),
        "hand" => ("dispatch", "person"),
        "merge" => ("merge", "repair"),
        "settle" => ("settle", "version"),
        "accept" | "refuse" | "arrive" | "start" | "claim_done" | "confirm" | "reopen"
        | "withdraw" => (step, "text"),
        _ => return None,
    };
    Some((action.to_owned(), vec![answer(asked, text)]))
}

fn answer(word: &str, value: String) -> Answer {
    Answer { word: word.to_owned(), value }
}

impl Whose {
    fn inner(self) -> WhoApplies {
        match self {
            Self::New => WhoApplies::NewPerson,
            Self::CoOwner(number) => WhoApplies::CoOwner { number },
            Self::LostPhoneOf(device) => WhoApplies::LostPhoneOf { device },
        }
    }
}
