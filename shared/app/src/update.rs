//! The machine between events and effects. No SQL, crypto or merging here; it waits on nothing.

use crux_core::{App, Command, render::render};
use linli_replica::{Lane, Progress, view::Phase};

use crate::{
    event::{Event, UiEvent},
    model::{Conversation, Model, Talk, View},
    operation::{Act, ClockOp, Effect, HostOp, NetOp, ReplicaOp, ReplicaOut, Slot},
    words::Words,
};

/// Milliseconds between looks for the reviewer's answer while somebody joins.
const POLL_JOINING_MS: u64 = 700;

/// Milliseconds between looks for applications and wraps; news of the log comes by itself.
const POLL_MS: u64 = 15_000;

/// First and longest wait after a failure, in milliseconds.
const RETRY_MS: (u64, u64) = (250, 60_000);

type Todo = Command<Effect, Event>;

/// The app.
#[derive(Clone, Copy, Debug, Default)]
pub struct Linli;

impl App for Linli {
    type Event = Event;
    type Model = Model;
    type ViewModel = View;
    type Effect = Effect;

    fn update(&self, event: Event, model: &mut Model) -> Todo {
        match event {
            Event::Ui(event) => ui(event, model),
            Event::Round(token) => round(token, model),
            Event::Began(out) => began(out, model),
            Event::Acted(slot, out) => acted(slot, out, model),
            Event::Due(slot) => {
                replica(ReplicaOp::Tick { slot }, move |out| Event::Acted(slot, out))
            }
            Event::Next(slot, lane, out) => next(slot, lane, out, model),
            Event::Replied(slot, lane, kind, reply) => {
                let op = ReplicaOp::Answered { slot, kind, reply };
                replica(op, move |out| Event::Took(slot, lane, out))
            }
            Event::Took(slot, lane, out) => took(slot, lane, &out, model),
            Event::Again(slot, lane) => again(slot, lane, model),
            Event::Shown(out) => shown(out, model),
            Event::Nothing => Command::done(),
        }
    }

    fn view(&self, model: &Model) -> View {
        View {
            version: model.version,
            language: model.language,
            screens: model.screens.clone(),
            wanted: model.wanted.clone(),
            toast: model.toast.clone(),
            refusal: model.refusal.clone(),
            invitation: model.invitation.clone(),
        }
    }
}

fn replica(op: ReplicaOp, then: impl Fn(ReplicaOut) -> Event + Send + 'static) -> Todo {
    Command::request_from_shell(op).then_send(then)
}

fn ui(event: UiEvent, model: &mut Model) -> Todo {
    let slot = model.wanted.slot;
    match event {
        UiEvent::Open => show(model),
        UiEvent::ShareInvitation => match model.invitation.clone() {
            Some(text) => {
                Command::request_from_shell(HostOp::Share { text }).then_send(|_| Event::Nothing)
            }
            None => Command::done(),
        },
        UiEvent::Resume => {
            model.active = true;
            show(model).and(work_all(model))
        }
        UiEvent::Pause => {
            model.active = false;
            Command::done()
        }
        UiEvent::Speak(language) => {
            model.language = language;
            show(model)
        }
        UiEvent::Found { name, relay, operator_token, roster } => {
            replica(ReplicaOp::Found { name, relay, operator_token, roster }, Event::Began)
        }
        UiEvent::Join { invite, name } => replica(ReplicaOp::Join { invite, name }, Event::Began),
        UiEvent::Switch(slot) => {
            model.wanted.slot = slot;
            model.wanted.detail = None;
            model.wanted.offset = 0;
            show(model)
        }
        UiEvent::Invite(role, scope) => act(slot, Act::Invite(role, scope), 0),
        UiEvent::Approve { invite, same_person_as } => {
            act(slot, Act::Approve { invite, same_person_as }, 0)
        }
        UiEvent::RefuseApplication(invite) => act(slot, Act::RefuseApplication(invite), 0),
        UiEvent::Revoke(device, reason) => act(slot, Act::Revoke(device, reason), 0),
        UiEvent::Adopt(facts, reason) => act(slot, Act::Adopt(facts, reason), 0),
        UiEvent::Repair { about, event, hold_ms } => act(slot, Act::Repair(about, event), hold_ms),
        UiEvent::Undo => match model.screens.standing.as_ref().and_then(|standing| standing.held) {
            Some((held, _)) => act(slot, Act::Undo(held), 0),
            None => Command::done(),
        },
        UiEvent::Window { open, search, offset } => {
            model.wanted.open = open;
            model.wanted.search = search;
            model.wanted.offset = offset;
            show(model)
        }
        UiEvent::Detail(detail) => {
            model.wanted.detail = detail;
            show(model)
        }
        UiEvent::Draft { name, text } => {
            replica(ReplicaOp::KeepDraft { name, text }, move |out| Event::Acted(slot, out))
        }
        UiEvent::SyncNow => work_all(model),
        UiEvent::ToastRead => {
            model.toast = None;
            model.refusal = None;
            changed(model)
        }
    }
}

fn act(slot: Slot, act: Act, hold_ms: u32) -> Todo {
    replica(ReplicaOp::Act { slot, act, hold_ms }, move |out| Event::Acted(slot, out))
}

fn changed(model: &mut Model) -> Todo {
    model.version = model.version.saturating_add(1);
    render()
}

/// Reads the screens anew; one reading at a time, and once more if something moved meanwhile.
fn show(model: &mut Model) -> Todo {
    if model.showing {
        model.show_again = true;
        return Command::done();
    }
    model.showing = true;
    replica(ReplicaOp::Show(model.wanted.clone()), Event::Shown)
}

fn shown(out: ReplicaOut, model: &mut Model) -> Todo {
    model.showing = false;
    if let ReplicaOut::Screens(screens) = out {
        let count = usize::try_from(screens.communities).unwrap_or_default();
        let before = model.conversations.len();
        model.conversations.resize_with(count, Conversation::default);
        model.screens = *screens;
        if model.active && count > before {
            let todo = work_all(model);
            return changed(model).and(todo).and(show_once_more(model));
        }
    }
    changed(model).and(show_once_more(model))
}

fn show_once_more(model: &mut Model) -> Todo {
    if std::mem::take(&mut model.show_again) { show(model) } else { Command::done() }
}

fn say(word: &str, model: &mut Model) {
    let words = Words::of(model.language);
    model.toast = Some(words.get("refusal", word).to_owned());
    model.refusal = Some(word.to_owned());
}

fn began(out: ReplicaOut, model: &mut Model) -> Todo {
    match out {
        ReplicaOut::Slot(slot) => {
            model.wanted.slot = slot;
            if model.conversations.len() <= slot {
                model.conversations.resize_with(slot + 1, Conversation::default);
            }
            show(model).and(work(slot, model))
        }
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            say(&word, model);
            changed(model)
        }
        _ => Command::done(),
    }
}

fn acted(slot: Slot, out: ReplicaOut, model: &mut Model) -> Todo {
    match out {
        ReplicaOut::Done => show(model).and(work(slot, model)),
        ReplicaOut::Held { in_ms } => {
            let due = ClockOp { after_ms: in_ms, jitter: false };
            let due = Command::request_from_shell(due).then_send(move |()| Event::Due(slot));
            show(model).and(due)
        }
        ReplicaOut::Invited(text) => {
            model.invitation = Some(text);
            changed(model).and(work(slot, model))
        }
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            say(&word, model);
            changed(model)
        }
        _ => Command::done(),
    }
}

fn talk(model: &mut Model, slot: Slot, lane: Lane) -> Option<&mut Talk> {
    let conversation = model.conversations.get_mut(slot)?;
    Some(match lane {
        Lane::Work => &mut conversation.work,
        Lane::Live => &mut conversation.live,
    })
}

fn work_all(model: &mut Model) -> Todo {
    Command::all((0..model.conversations.len()).map(|slot| work(slot, model)).collect::<Vec<_>>())
}

/// Starts the work lane, or lets it know that there is more.
fn work(slot: Slot, model: &mut Model) -> Todo {
    step(slot, Lane::Work, true, model)
}

fn step(slot: Slot, lane: Lane, fresh: bool, model: &mut Model) -> Todo {
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    if talk.busy {
        talk.again = true;
        return Command::done();
    }
    talk.busy = true;
    replica(ReplicaOp::NextCall { slot, lane, fresh }, move |out| Event::Next(slot, lane, out))
}

fn next(slot: Slot, lane: Lane, out: ReplicaOut, model: &mut Model) -> Todo {
    let ReplicaOut::Call(Some(call)) = out else { return rest(slot, lane, model) };
    let (call, target) = *call;
    let kind = call.kind.clone();
    Command::request_from_shell(NetOp { target, call: call.http })
        .then_send(move |reply| Event::Replied(slot, lane, kind, reply))
}

fn took(slot: Slot, lane: Lane, out: &ReplicaOut, model: &mut Model) -> Todo {
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    talk.busy = false;
    match out {
        ReplicaOut::Progress(Progress::Moved) => {
            talk.failures = 0;
            let wake = if lane == Lane::Live {
                step(slot, Lane::Work, false, model)
            } else {
                Command::done()
            };
            step(slot, lane, false, model).and(show(model)).and(wake)
        }
        ReplicaOut::Progress(Progress::Idle) => {
            talk.failures = 0;
            step(slot, lane, false, model)
        }
        _ => {
            talk.failures = talk.failures.saturating_add(1);
            let wait = RETRY_MS.0.saturating_mul(1 << talk.failures.min(8)).min(RETRY_MS.1);
            talk.busy = true;
            talk.again = false;
            let again = ClockOp { after_ms: wait, jitter: true };
            let again =
                Command::request_from_shell(again).then_send(move |()| Event::Again(slot, lane));
            again.and(end_rounds(slot, false, model)).and(show(model))
        }
    }
}

/// Nothing to do on a lane for now.
fn rest(slot: Slot, lane: Lane, model: &mut Model) -> Todo {
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    talk.busy = false;
    if std::mem::take(&mut talk.again) {
        return step(slot, lane, true, model);
    }
    if lane == Lane::Live {
        return Command::done();
    }
    let mut todo = end_rounds(slot, true, model);
    if !model.active {
        return todo;
    }
    let phase = model.screens.standing.as_ref().map(|standing| standing.phase);
    let member = phase == Some(Phase::Member);
    if member {
        todo = todo.and(step(slot, Lane::Live, false, model));
    }
    let Some(conversation) = model.conversations.get_mut(slot) else { return todo };
    if !conversation.polling {
        conversation.polling = true;
        let after_ms = if member { POLL_MS } else { POLL_JOINING_MS };
        let poll = ClockOp { after_ms, jitter: true };
        let poll =
            Command::request_from_shell(poll).then_send(move |()| Event::Again(slot, Lane::Work));
        todo = todo.and(poll);
    }
    todo
}

fn again(slot: Slot, lane: Lane, model: &mut Model) -> Todo {
    if let Some(conversation) = model.conversations.get_mut(slot) {
        conversation.polling = false;
    }
    if !model.active {
        if let Some(talk) = talk(model, slot, lane) {
            talk.busy = false;
        }
        return Command::done();
    }
    if let Some(talk) = talk(model, slot, lane)
        && talk.failures > 0
    {
        talk.busy = false;
    }
    step(slot, lane, lane == Lane::Work, model)
}

/// One bounded round for a background job: it ends with the work lane.
fn round(token: u64, model: &mut Model) -> Todo {
    let Some(conversation) = model.conversations.first_mut() else {
        return Command::notify_shell(HostOp::JobDone { token, ok: true }).build();
    };
    conversation.rounds.push(token);
    work_all(model)
}

fn end_rounds(slot: Slot, ok: bool, model: &mut Model) -> Todo {
    let Some(conversation) = model.conversations.get_mut(slot) else { return Command::done() };
    let rounds = std::mem::take(&mut conversation.rounds);
    Command::all(
        rounds
            .into_iter()
            .map(|token| Command::notify_shell(HostOp::JobDone { token, ok }).build()),
    )
}
