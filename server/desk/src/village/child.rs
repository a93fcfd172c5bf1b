//! One phone of the village: a process that holds a `LinliCore` and does what its input says, as a
//! person would: sends events, reads slices.

use std::{
    io::{BufRead as _, Write as _},
    process::ExitCode,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};
use shared::{Config, LinliCore, RepairAction, Report, RevokeReason, Shell, UiEvent, WhoApplies};

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
    Found { name: String, relay: String, token: String, roster: String },
    Join { invite: String, name: String },
    Invite { role: String, scope: String },
    Approve { invite: String, lost_phone: Option<String> },
    Revoke(String),
    Draft { name: String, text: String },
    Report { place: String, class: String, text: String },
    Attach { draft: String, file: String },
    Step { id: String, step: String, text: String },
    Open(String),
    Sync,
    Look,
    Leave,
}

/// What the phone's screens show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Screen {
    pub(crate) phase: String,
    pub(crate) phase_text: String,
    pub(crate) community: String,
    pub(crate) code: Option<String>,
    pub(crate) seq: u64,
    pub(crate) unsent: u32,
    pub(crate) handed_over: u32,
    pub(crate) toast: Option<String>,
    pub(crate) refusal: Option<String>,
    pub(crate) invitation: Option<String>,
    pub(crate) alarms: Vec<ScreenAlarm>,
    pub(crate) drafts: Vec<String>,
    /// How many photos the drafts hold.
    pub(crate) photos: usize,
    pub(crate) rows: Vec<ScreenRow>,
    pub(crate) detail: Option<ScreenDetail>,
    pub(crate) applicants: Vec<ScreenApplicant>,
    pub(crate) devices: Vec<ScreenDevice>,
    pub(crate) set_aside: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenAlarm {
    pub(crate) word: String,
    pub(crate) sentence: String,
    pub(crate) seq: u64,
    pub(crate) device: Option<String>,
    pub(crate) detail: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenRow {
    pub(crate) id: String,
    pub(crate) place: String,
    pub(crate) class: String,
    pub(crate) excerpt: String,
    pub(crate) status: String,
    pub(crate) status_text: String,
    pub(crate) versions: u32,
    pub(crate) conflict: bool,
    pub(crate) pending: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenDetail {
    pub(crate) id: String,
    pub(crate) steps: Vec<ScreenStep>,
    pub(crate) actions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenStep {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) status_text: String,
    pub(crate) role_text: String,
    pub(crate) note: Option<String>,
    pub(crate) at_ms: i64,
    pub(crate) pending: bool,
    pub(crate) stands: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenApplicant {
    pub(crate) invite: String,
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) decided: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenDevice {
    pub(crate) device: String,
    pub(crate) person: String,
    pub(crate) duties: Vec<String>,
    pub(crate) own: bool,
    pub(crate) ended: bool,
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

struct Pipe(Output);

impl Shell for Pipe {
    fn changed(&self, _: u32) {
        write(&self.0, &Line::Changed);
    }

    fn job_done(&self, _: u64, _: bool) {}

    fn host(&self, _: u64, _: u32) {}
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
    let core = match LinliCore::open(config, Arc::new(Pipe(Arc::clone(&output)))) {
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
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let Ok(order) = serde_json::from_str::<Order>(&line) else {
            write(&output, &Line::Did(Some("an order cannot be read".to_owned())));
            continue;
        };
        match order {
            Order::Leave => break,
            Order::Look => write(&output, &Line::Screen(Box::new(look(&core)))),
            other => {
                let done = event(other).map_or(Err("no such step".to_owned()), |event| {
                    core.dispatch(event).map_err(|error| error.to_string())
                });
                write(&output, &Line::Did(done.err()));
            }
        }
    }
    ExitCode::SUCCESS
}

fn event(order: Order) -> Option<UiEvent> {
    Some(match order {
        Order::Speak(language) => UiEvent::Speak { language },
        Order::Found { name, relay, token, roster } => {
            UiEvent::Found { name, relay, operator_token: token, roster }
        }
        Order::Join { invite, name } => UiEvent::Join { invite, name },
        Order::Invite { role, scope } => {
            UiEvent::Invite { role, scope, from_ms: None, to_ms: None, staff: Vec::new() }
        }
        Order::Approve { invite, lost_phone } => {
            let who = lost_phone
                .map_or(WhoApplies::NewPerson, |device| WhoApplies::LostPhoneOf { device });
            UiEvent::Approve { invite, who }
        }
        Order::Revoke(device) => UiEvent::Revoke { device, reason: RevokeReason::Lost },
        Order::Draft { name, text } => UiEvent::KeepDraft { name, text },
        Order::Report { place, class, text } => {
            let report = Report { place, class, text, ..Report::default() };
            UiEvent::Report { report, draft: Some(REPORT.to_owned()) }
        }
        Order::Attach { draft, file } => UiEvent::Attach { draft, voice: false, file },
        Order::Step { id, step, text } => {
            let action = match step.as_str() {
                "accept" => RepairAction::Accept,
                "refuse" => RepairAction::Refuse { reason: text },
                "dispatch" => {
                    let how = "grab".to_owned();
                    RepairAction::Dispatch { person: text, how, slot: None }
                }
                "arrive" => RepairAction::Arrive,
                "start" => RepairAction::Start,
                "claim_done" => RepairAction::ClaimDone { note: text },
                "confirm" => RepairAction::Confirm,
                "reopen" => RepairAction::Reopen { reason: text },
                "withdraw" => RepairAction::Withdraw,
                "settle" => RepairAction::Settle { keep: text },
                _ => return None,
            };
            UiEvent::Repair { id, action, draft: Some(DONE.to_owned()) }
        }
        Order::Open(id) => UiEvent::Detail { id: Some(id) },
        Order::Sync => UiEvent::SyncNow,
        Order::Look | Order::Leave => return None,
    })
}

fn look(core: &LinliCore) -> Screen {
    let (frame, list, people) = (core.frame(), core.repairs(), core.people());
    let drafts = core.drafts().drafts;
    Screen {
        phase: format!("{:?}", frame.phase),
        phase_text: frame.phase_text,
        community: frame.community,
        code: frame.code,
        seq: frame.seq,
        unsent: frame.unsent,
        handed_over: frame.handed_over,
        toast: frame.toast,
        refusal: frame.refusal,
        invitation: frame.invitation,
        alarms: frame
            .alarms
            .into_iter()
            .map(|alarm| ScreenAlarm {
                word: alarm.word,
                sentence: alarm.sentence,
                seq: alarm.seq,
                device: alarm.device,
                detail: alarm.detail,
            })
            .collect(),
        drafts: drafts.iter().map(|draft| draft.text.clone()).collect(),
        photos: drafts.iter().map(|draft| draft.attachments.len()).sum(),
        rows: list.rows.into_iter().map(row).collect(),
        detail: core.detail().map(|detail| ScreenDetail {
            id: detail.line.id,
            steps: detail.steps.into_iter().map(step).collect(),
            actions: detail.actions.into_iter().map(|action| action.word).collect(),
        }),
        applicants: people
            .applicants
            .into_iter()
            .map(|applicant| ScreenApplicant {
                invite: applicant.invite,
                name: applicant.name,
                code: applicant.code,
                decided: applicant.decided,
            })
            .collect(),
        devices: people.people.into_iter().flat_map(devices).collect(),
        set_aside: people.set_aside.into_iter().map(|fact| (fact.id, fact.verdict)).collect(),
    }
}

fn devices(person: shared::Person) -> impl Iterator<Item = ScreenDevice> {
    let duty = |duty: &shared::DutyLine| format!("{} {}", duty.role, duty.scope);
    let duties: Vec<String> = person.duties.iter().map(duty).collect();
    person.devices.into_iter().map(move |device| ScreenDevice {
        device: device.device,
        person: person.person.clone(),
        duties: duties.clone(),
        own: device.own,
        ended: device.ended,
    })
}

fn row(line: shared::RepairLine) -> ScreenRow {
    ScreenRow {
        id: line.id,
        place: line.place,
        class: line.class,
        excerpt: line.excerpt,
        status: line.status,
        status_text: line.status_text,
        versions: line.versions,
        conflict: line.conflict,
        pending: line.pending,
    }
}

fn step(step: shared::Step) -> ScreenStep {
    ScreenStep {
        id: step.id,
        status: step.status,
        status_text: step.status_text,
        role_text: step.role_text,
        note: step.note,
        at_ms: step.at_ms,
        pending: step.pending,
        stands: step.stands,
    }
}
