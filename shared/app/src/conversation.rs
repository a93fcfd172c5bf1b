//! The conversation with each community's relay: which lane asks next, when it rests, when it
//! tries again.

use crux_core::Command;
use linli_replica::{Lane, Progress, view::Phase};

use crate::{
    event::Event,
    model::{Model, Round, State, Stride, Talk},
    operation::{ClockOp, HostOp, NetOp, ReplicaOp, ReplicaOut, Slot},
    update::{Todo, replica, show},
};

/// Milliseconds between looks for the reviewer's answer while somebody joins.
const POLL_JOINING_MS: u64 = 700;

/// Milliseconds between looks for applications and wraps; news of the log comes by itself.
const POLL_MS: u64 = 15_000;

/// First and longest wait after a failure, in milliseconds.
const RETRY_MS: (u64, u64) = (250, 60_000);

fn talk(model: &mut Model, slot: Slot, lane: Lane) -> Option<&mut Talk> {
    let conversation = model.conversations.get_mut(slot)?;
    Some(match lane {
        Lane::Work => &mut conversation.work,
        Lane::Live => &mut conversation.live,
    })
}

/// Asks the relay of every community for everything once more.
pub(crate) fn work_all(model: &mut Model) -> Todo {
    let slots = 0..model.conversations.len();
    Command::all(slots.map(|slot| work(slot, Stride::Anew, model)).collect::<Vec<_>>())
}

/// Starts the work lane, or lets it know that there is more.
pub(crate) fn work(slot: Slot, stride: Stride, model: &mut Model) -> Todo {
    step(slot, Lane::Work, stride, model)
}

fn step(slot: Slot, lane: Lane, stride: Stride, model: &mut Model) -> Todo {
    let may = model.may_talk(slot, lane);
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    match talk.state {
        State::Busy => {
            talk.again = talk.again.max(Some(stride));
            Command::done()
        }
        State::BackingOff if stride == Stride::Onward => Command::done(),
        State::Resting | State::BackingOff if !may => {
            talk.state = State::Resting;
            Command::done()
        }
        State::Resting | State::BackingOff => {
            talk.state = State::Busy;
            let fresh = lane == Lane::Work && stride == Stride::Anew;
            let op = ReplicaOp::NextCall { slot, lane, fresh };
            replica(op, move |out| Event::Next(slot, lane, out))
        }
    }
}

pub(crate) fn next(slot: Slot, lane: Lane, out: ReplicaOut, model: &mut Model) -> Todo {
    let call = match out {
        ReplicaOut::Call(Some(call)) => call,
        ReplicaOut::Call(None) => return rest(slot, lane, model),
        // This phone's own store failed: the relay is asked again once it may have recovered.
        _ => return back_off(slot, lane, model),
    };
    let (call, target) = *call;
    let kind = call.kind.clone();
    Command::request_from_shell(NetOp { target, call: call.http })
        .then_send(move |reply| Event::Replied(slot, lane, kind, reply))
}

pub(crate) fn took(slot: Slot, lane: Lane, out: &ReplicaOut, model: &mut Model) -> Todo {
    let ReplicaOut::Progress(progress @ (Progress::Moved | Progress::Idle)) = out else {
        return back_off(slot, lane, model);
    };
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    talk.state = State::Resting;
    talk.failures = 0;
    let onward = step(slot, lane, Stride::Onward, model);
    if *progress == Progress::Idle {
        return onward;
    }
    let wake = match lane {
        Lane::Live => step(slot, Lane::Work, Stride::Onward, model),
        Lane::Work => Command::done(),
    };
    onward.and(show(model)).and(wake)
}

/// A call failed: the lane tries again later, each time after twice as long.
fn back_off(slot: Slot, lane: Lane, model: &mut Model) -> Todo {
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    talk.state = State::BackingOff;
    talk.again = None;
    talk.failures = talk.failures.saturating_add(1);
    let failures = talk.failures;
    let after_ms = RETRY_MS.0.saturating_mul(1 << failures.min(8)).min(RETRY_MS.1);
    let ended = if lane == Lane::Work { end_rounds(slot, false, model) } else { Command::done() };
    let wait = ClockOp { after_ms, jitter: true };
    let wait =
        Command::request_from_shell(wait).then_send(move |()| Event::Retry(slot, lane, failures));
    wait.and(ended).and(show(model))
}

/// The wait is over; it was in vain if the lane began anew meanwhile.
pub(crate) fn retry(slot: Slot, lane: Lane, failures: u32, model: &mut Model) -> Todo {
    match talk(model, slot, lane) {
        Some(talk) if talk.state == State::BackingOff && talk.failures == failures => {
            step(slot, lane, Stride::Anew, model)
        }
        _ => Command::done(),
    }
}

/// Nothing to do on a lane for now.
fn rest(slot: Slot, lane: Lane, model: &mut Model) -> Todo {
    let Some(talk) = talk(model, slot, lane) else { return Command::done() };
    talk.state = State::Resting;
    if let Some(stride) = talk.again.take() {
        return step(slot, lane, stride, model);
    }
    if lane == Lane::Live {
        return Command::done();
    }
    let todo = end_rounds(slot, true, model);
    if !model.active {
        return todo;
    }
    let standing = model.screens.standing.as_ref();
    let phase = standing.map(|standing| standing.phase);
    let further = standing.and_then(|standing| standing.further);
    let joining = !matches!(phase, Some(Phase::Member | Phase::Ended))
        || further.is_some_and(|further| further != Phase::Refused);
    // The relay was just reached: a live lane that backs off need not wait any longer.
    let live = step(slot, Lane::Live, Stride::AtOnce, model);
    todo.and(live).and(plan_poll(slot, joining, model))
}

fn plan_poll(slot: Slot, joining: bool, model: &mut Model) -> Todo {
    let Some(conversation) = model.conversations.get_mut(slot) else { return Command::done() };
    if std::mem::replace(&mut conversation.polling, true) {
        return Command::done();
    }
    let after_ms = if joining { POLL_JOINING_MS } else { POLL_MS };
    let wait = ClockOp { after_ms, jitter: true };
    Command::request_from_shell(wait).then_send(move |()| Event::Poll(slot))
}

pub(crate) fn poll(slot: Slot, model: &mut Model) -> Todo {
    if let Some(conversation) = model.conversations.get_mut(slot) {
        conversation.polling = false;
    }
    // A lane that backs off keeps to its own wait.
    match talk(model, slot, Lane::Work) {
        Some(talk) if talk.state == State::BackingOff => Command::done(),
        _ => work(slot, Stride::Anew, model),
    }
}

/// Asks for one bounded round of every community, for a background job. A core that was just opened
/// first has to learn which communities there are.
pub(crate) fn ask_round(token: u64, model: &mut Model) -> Todo {
    model.rounds_asked.push(token);
    if model.opened { begin_rounds(model).and(work_all(model)) } else { Command::done() }
}

/// Begins the rounds that were asked for; the work lanes have to set out after it.
pub(crate) fn begin_rounds(model: &mut Model) -> Todo {
    let asked = std::mem::take(&mut model.rounds_asked);
    if model.conversations.is_empty() {
        return Command::all(asked.into_iter().map(|token| job_done(token, true)));
    }
    let slots = 0..model.conversations.len();
    let rounds =
        asked.into_iter().map(|token| Round { token, waits: slots.clone().collect(), ok: true });
    model.rounds.extend(rounds);
    Command::done()
}

/// A community's work lane came to its end: rounds that waited for nothing else are done.
fn end_rounds(slot: Slot, ok: bool, model: &mut Model) -> Todo {
    for round in &mut model.rounds {
        if round.waits.remove(&slot) {
            round.ok &= ok;
        }
    }
    let (done, left) = std::mem::take(&mut model.rounds)
        .into_iter()
        .partition::<Vec<_>, _>(|round| round.waits.is_empty());
    model.rounds = left;
    Command::all(done.into_iter().map(|round| job_done(round.token, round.ok)))
}

fn job_done(token: u64, ok: bool) -> Todo {
    Command::notify_shell(HostOp::JobDone { token, ok }).build()
}
