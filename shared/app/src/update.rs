//! The machine between events and effects. No SQL, crypto or merging here; it waits on nothing.

use crux_core::{App, Command, render::render};

use crate::{
    conversation::{ask_round, begin_rounds, next, poll, retry, took, work, work_all},
    event::{Event, UiEvent},
    model::{Conversation, Model, Stride, View},
    operation::{Act, ClockOp, Effect, HostOp, ReplicaOp, ReplicaOut, Slot},
    words::Words,
};

pub(crate) type Todo = Command<Effect, Event>;

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
            Event::Round(token) => ask_round(token, model),
            Event::Began(out) => began(out, model),
            Event::Acted(slot, out) => acted(slot, out, model),
            Event::Due(slot) => tick(slot),
            Event::Next(slot, lane, out) => next(slot, lane, out, model),
            Event::Replied(slot, lane, kind, reply) => {
                let op = ReplicaOp::Answered { slot, kind, reply };
                replica(op, move |out| Event::Took(slot, lane, out))
            }
            Event::Took(slot, lane, out) => took(slot, lane, &out, model),
            Event::Retry(slot, lane, failures) => retry(slot, lane, failures, model),
            Event::Poll(slot) => poll(slot, model),
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

pub(crate) fn replica(op: ReplicaOp, then: impl Fn(ReplicaOut) -> Event + Send + 'static) -> Todo {
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
            model.wanted.people = None;
            model.wanted.offset = 0;
            show(model)
        }
        UiEvent::Invite(terms) => act(slot, Act::Invite(terms), 0),
        UiEvent::Approve { invite, who } => act(slot, Act::Approve { invite, who }, 0),
        UiEvent::RegisterPerson(terms) => act(slot, Act::RegisterPerson(terms), 0),
        UiEvent::Registry(event) => act(slot, Act::Registry(event), 0),
        UiEvent::People(people) => {
            model.wanted.people = people;
            show(model)
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

/// Writes the held acts whose time is over, also those of before a restart.
fn tick(slot: Slot) -> Todo {
    replica(ReplicaOp::Tick { slot }, move |out| Event::Acted(slot, out))
}

fn act(slot: Slot, act: Act, hold_ms: u32) -> Todo {
    replica(ReplicaOp::Act { slot, act, hold_ms }, move |out| Event::Acted(slot, out))
}

fn changed(model: &mut Model) -> Todo {
    model.version = model.version.saturating_add(1);
    render()
}

/// Reads the screens anew; one reading at a time, and once more if something moved meanwhile.
pub(crate) fn show(model: &mut Model) -> Todo {
    if model.showing {
        model.show_again = true;
        return Command::done();
    }
    model.showing = true;
    replica(ReplicaOp::Show(model.wanted.clone()), Event::Shown)
}

fn shown(out: ReplicaOut, model: &mut Model) -> Todo {
    model.showing = false;
    let mut todo = Command::done();
    if let ReplicaOut::Screens(screens) = out {
        let count = usize::try_from(screens.communities).unwrap_or_default();
        let before = model.conversations.len();
        model.conversations.resize_with(count, Conversation::default);
        model.screens = *screens;
        model.opened = true;
        let news = count > before || !model.rounds_asked.is_empty();
        todo = begin_rounds(model).and(Command::all((before..count).map(tick).collect::<Vec<_>>()));
        if news {
            todo = todo.and(work_all(model));
        }
    }
    changed(model).and(todo).and(show_once_more(model))
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
            show(model).and(work(slot, Stride::AtOnce, model))
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
        ReplicaOut::Done => show(model).and(work(slot, Stride::AtOnce, model)),
        ReplicaOut::Held { in_ms } => {
            let due = ClockOp { after_ms: in_ms, jitter: false };
            let due = Command::request_from_shell(due).then_send(move |()| Event::Due(slot));
            show(model).and(due)
        }
        ReplicaOut::Invited(text) => {
            model.invitation = Some(text);
            changed(model).and(work(slot, Stride::AtOnce, model))
        }
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            say(&word, model);
            changed(model)
        }
        _ => Command::done(),
    }
}
