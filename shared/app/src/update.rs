//! The machine between events and effects. No SQL, crypto or merging here; it waits on nothing.

use crux_core::{App, Command, render::render};
use linli_domain::kernel::{Fault, Problem};
use linli_replica::{
    money::Book,
    view::{CommunityRow, Phase},
};

use crate::{
    conversation::{ask_round, begin_rounds, next, poll, retry, took, work, work_all},
    event::{Event, UiEvent},
    model::{Conversation, Model, Stride, View},
    operation::{Act, ClockOp, Effect, HostOp, PictureOp, ReplicaOp, ReplicaOut, Slot},
    slice::{Settings, Wanted},
    words::{Language, Words},
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
            Event::Founding(out) => founding(out, model),
            Event::Acted(slot, out) => acted(slot, out, model),
            Event::Pictured(slot, draft, Ok(picture)) => {
                let op = ReplicaOp::Attach { slot, draft, picture };
                replica(op, move |out| Event::Acted(slot, out))
            }
            Event::Pictured(_, _, Err(word)) => {
                say(&word, model);
                changed(model)
            }
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
            settings: model.settings,
            screens: model.screens.clone(),
            wanted: model.wanted.clone(),
            said: model.said,
            toast: model.toast.clone(),
            refusal: model.refusal.clone(),
            invitation: model.invitation.clone(),
            founding: model.founding.clone(),
        }
    }
}

pub(crate) fn replica(op: ReplicaOp, then: impl Fn(ReplicaOut) -> Event + Send + 'static) -> Todo {
    Command::request_from_shell(op).then_send(then)
}

fn ui(event: UiEvent, model: &mut Model) -> Todo {
    match event {
        UiEvent::Open { undo_ms } => {
            model.undo_ms = undo_ms;
            show(model)
        }
        UiEvent::Resume => {
            model.active = true;
            show(model).and(work_all(model))
        }
        UiEvent::Pause => {
            model.active = false;
            Command::done()
        }
        UiEvent::Speak(language) => {
            model.settings.language = language;
            keep_settings(model)
        }
        UiEvent::Elder(elder) => {
            model.settings.elder = elder;
            keep_settings(model)
        }
        UiEvent::SyncNow => work_all(model),
        UiEvent::ToastRead => {
            model.toast = None;
            model.refusal = None;
            changed(model)
        }
        UiEvent::ShareInvitation => share(model.invitation.as_ref().map(|made| &made.text)),
        UiEvent::ShareFounding => {
            share(model.founding.signature.as_ref().or(model.founding.keys.as_ref()))
        }
        UiEvent::CloseInvitation => {
            model.invitation = None;
            changed(model)
        }
        UiEvent::Found { name, relay, operator_token, roster } => {
            replica(ReplicaOp::Found { name, relay, operator_token, roster }, Event::Began)
        }
        UiEvent::GiveFounderKeys => replica(ReplicaOp::FounderKeys, Event::Founding),
        UiEvent::ReadDraft(draft) => replica(ReplicaOp::ReadDraft(draft), Event::Founding),
        UiEvent::SignDraft(draft) => replica(ReplicaOp::SignDraft(draft), Event::Founding),
        UiEvent::EnterFounded(entry) => replica(ReplicaOp::Enter(entry), Event::Began),
        UiEvent::Join { invite, name } => replica(ReplicaOp::Join { invite, name }, Event::Began),
        UiEvent::Attach { draft, kind, file } => {
            let slot = model.wanted.slot;
            let op = PictureOp { kind, file };
            Command::request_from_shell(op)
                .then_send(move |picture| Event::Pictured(slot, draft, picture))
        }
        UiEvent::Say(word) => {
            say(&word, model);
            changed(model)
        }
        looked @ (UiEvent::Switch(_)
        | UiEvent::Sending(_)
        | UiEvent::Window { .. }
        | UiEvent::Detail(_)
        | UiEvent::Alike(_)
        | UiEvent::People(_)
        | UiEvent::ShowMoney(_)
        | UiEvent::Look(_)) => look(looked, model),
        done => acts(done, model),
    }
}

/// Shows something else.
fn look(event: UiEvent, model: &mut Model) -> Todo {
    let slot = model.wanted.slot;
    let wanted = &mut model.wanted;
    // What is opened with photos of its own, which may not lie here yet.
    let mut opened = None;
    match event {
        UiEvent::Switch(slot) => {
            // It is of the community that was shown.
            model.invitation = None;
            let filter = wanted.filter;
            *wanted = Wanted { slot, filter, ..Wanted::default() };
        }
        UiEvent::Window { filter, search, offset } => {
            wanted.filter = filter;
            wanted.search = search;
            wanted.offset = offset;
        }
        UiEvent::Detail(detail) => {
            wanted.detail = detail;
            wanted.picture = None;
            opened = detail;
        }
        UiEvent::Alike(alike) => wanted.alike = alike,
        UiEvent::Sending(sending) => wanted.sending = sending,
        UiEvent::Look(picture) => wanted.picture = picture,
        UiEvent::People(people) => wanted.people = people,
        UiEvent::ShowMoney(money) => {
            if let Some(Book::Entry(fact)) = money.as_ref().and_then(|open| open.book.as_ref()) {
                opened = Some(*fact);
            }
            wanted.money = money;
        }
        _ => return Command::done(),
    }
    let shown = show(model);
    match opened {
        Some(of) => {
            let want = ReplicaOp::WantPictures { slot, of };
            shown.and(replica(want, move |out| Event::Acted(slot, out)))
        }
        None => shown,
    }
}

/// Does something in the community that is shown.
fn acts(event: UiEvent, model: &Model) -> Todo {
    let slot = model.wanted.slot;
    let ask = |op| replica(op, move |out| Event::Acted(slot, out));
    let act = |act, hold_ms| ask(ReplicaOp::Act { slot, act, hold_ms });
    match event {
        UiEvent::Invite(filled) => act(Act::Invite(filled), 0),
        UiEvent::StopJoining => ask(ReplicaOp::StopJoining { slot }),
        UiEvent::Approve { invite, who } => act(Act::Approve { invite, who }, 0),
        UiEvent::RegisterPerson(filled) => act(Act::RegisterPerson(filled), 0),
        UiEvent::Registry(event) => act(Act::Registry(event), 0),
        UiEvent::RefuseApplication(invite) => act(Act::RefuseApplication(invite), 0),
        UiEvent::Revoke(device, reason) => act(Act::Revoke(device, reason), 0),
        UiEvent::Adopt(facts, reason) => act(Act::Adopt(facts, reason), 0),
        UiEvent::Repair { about, event, draft } => {
            act(Act::Repair(about, Box::new(event), draft), model.hold_ms())
        }
        // A visit can be undone; what is signed is never held.
        UiEvent::Money(ask) => act(Act::Money(ask), model.hold_ms()),
        UiEvent::Undo => match model.screens.standing.as_ref().and_then(|standing| standing.held) {
            Some((held, _)) => act(Act::Undo(held), 0),
            None => Command::done(),
        },
        UiEvent::Detach { draft, number } => ask(ReplicaOp::Detach { slot, draft, number }),
        UiEvent::Draft { name, text } => ask(ReplicaOp::KeepDraft { slot, name, text }),
        UiEvent::ShareOutbox => ask(ReplicaOp::ShareOutbox { slot }),
        UiEvent::Carry { file } => ask(ReplicaOp::Carry { slot, file }),
        _ => Command::done(),
    }
}

fn share(text: Option<&String>) -> Todo {
    let Some(text) = text else { return Command::done() };
    let share = HostOp::Share { text: text.clone() };
    Command::request_from_shell(share).then_send(|_| Event::Nothing)
}

/// Writes the held acts whose time is over, also those of before a restart.
fn tick(slot: Slot) -> Todo {
    replica(ReplicaOp::Tick { slot }, move |out| Event::Acted(slot, out))
}

fn keep_settings(model: &mut Model) -> Todo {
    let keep = Command::request_from_shell(ReplicaOp::KeepSettings(model.settings));
    keep.then_send(|_| Event::Nothing).and(show(model))
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
    replica(ReplicaOp::Show(Box::new(model.wanted.clone())), Event::Shown)
}

fn shown(out: ReplicaOut, model: &mut Model) -> Todo {
    model.showing = false;
    let mut todo = Command::done();
    if let ReplicaOut::Screens(screens) = out {
        let count = screens.communities.len();
        let before = model.conversations.len();
        model.conversations.resize_with(count, Conversation::default);
        model.screens = *screens;
        // What was chosen meanwhile stands.
        let unchosen = !model.opened && model.settings == Settings::default();
        if let Some(settings) = model.screens.settings.filter(|_| unchosen) {
            model.settings = settings;
        }
        model.opened = true;
        leave_vacant(model);
        let news = count > before || !model.rounds_asked.is_empty();
        todo = begin_rounds(model).and(Command::all((before..count).map(tick).collect::<Vec<_>>()));
        if news {
            todo = todo.and(work_all(model));
        }
    }
    changed(model).and(todo).and(show_once_more(model))
}

/// Shows another community where the shown one was given up before it began.
fn leave_vacant(model: &mut Model) {
    let rows = &model.screens.communities;
    let vacant = |row: &CommunityRow| row.phase == Phase::Fresh;
    let shown = rows.get(model.wanted.slot).is_some_and(vacant);
    if let Some(slot) = rows.iter().position(|row| !vacant(row)).filter(|_| shown) {
        model.wanted = Wanted { slot, filter: model.wanted.filter, ..Wanted::default() };
        model.show_again = true;
    }
}

fn show_once_more(model: &mut Model) -> Todo {
    if std::mem::take(&mut model.show_again) { show(model) } else { Command::done() }
}

fn say(word: &str, model: &mut Model) {
    let words = Words::of(model.settings.language);
    model.said = model.said.saturating_add(1);
    model.toast = Some(words.get("refusal", word).to_owned());
    model.refusal = Some(word.to_owned());
}

/// Says also where it is and what to do.
fn say_where<F: Fault>(word: &str, problem: &Problem<F>, model: &mut Model) {
    say(word, model);
    let where_and_why = match model.settings.language {
        Language::Zh => problem.zh(),
        Language::En => problem.en(),
    };
    if let Some(toast) = &mut model.toast {
        toast.push('\n');
        toast.push_str(&where_and_why);
    }
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
        ReplicaOut::BadRoster(problem) => {
            say_where("registry.bad_roster", &problem, model);
            changed(model)
        }
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            say(&word, model);
            changed(model)
        }
        _ => Command::done(),
    }
}

fn founding(out: ReplicaOut, model: &mut Model) -> Todo {
    match out {
        ReplicaOut::FounderKeys(slot, text) => {
            model.founding.keys = Some(text);
            model.wanted.slot = slot;
            return changed(model).and(show(model));
        }
        ReplicaOut::DraftRead(page) => {
            model.founding.draft = Some(*page);
            model.founding.signature = None;
        }
        ReplicaOut::DraftSigned(text) => model.founding.signature = Some(text),
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => say(&word, model),
        _ => return Command::done(),
    }
    changed(model)
}

fn acted(slot: Slot, out: ReplicaOut, model: &mut Model) -> Todo {
    match out {
        ReplicaOut::Done => show(model).and(work(slot, Stride::AtOnce, model)),
        ReplicaOut::Held { in_ms } => {
            let due = ClockOp { after_ms: in_ms, jitter: false };
            let due = Command::request_from_shell(due).then_send(move |()| Event::Due(slot));
            show(model).and(due)
        }
        ReplicaOut::File(file) => {
            Command::request_from_shell(HostOp::ShareFile { file }).then_send(|_| Event::Nothing)
        }
        ReplicaOut::Invited(invitation) => {
            model.invitation = Some(*invitation);
            changed(model).and(work(slot, Stride::AtOnce, model))
        }
        ReplicaOut::Misread(problem) => {
            say_where("app.misread", &problem, model);
            changed(model)
        }
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            say(&word, model);
            changed(model)
        }
        _ => Command::done(),
    }
}
