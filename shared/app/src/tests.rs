//! The machine alone: events go in, what it asks of the lanes comes out.

use linli_domain::{
    kernel::{Moment, Role, Scope},
    registry::Terms,
};
use linli_replica::{
    Call, Kind, Lane, Progress,
    http::{HttpCall, Method},
    view::{CommunityRow, Phase},
};

use crate::{
    Effect, Event, Linli, Model, UiEvent,
    operation::{HostOp, ReplicaOp, ReplicaOut, Target},
    slice::{Invitation, Screens, Wanted},
    words::Language,
};
use crux_core::App as _;

/// What was asked, without the handles to answer it.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    Render,
    Replica(ReplicaOp),
    Net,
    Clock(u64),
    Job(u64, bool),
}

struct Machine(Model);

impl Machine {
    /// In front, with so many communities.
    fn in_front(communities: usize) -> Self {
        let mut machine = Self(Model::default());
        machine.give(Event::Ui(UiEvent::Resume));
        machine.give(Event::Shown(screens(communities)));
        machine
    }

    fn give(&mut self, event: Event) -> Vec<Asked> {
        let mut command = Linli.update(event, &mut self.0);
        command
            .effects()
            .map(|effect| match effect {
                Effect::Render(_) => Asked::Render,
                Effect::Replica(request) => Asked::Replica(request.operation),
                Effect::Net(_) => Asked::Net,
                Effect::Clock(request) => Asked::Clock(request.operation.after_ms),
                Effect::Picture(_) => panic!("no picture is taken here"),
                Effect::Host(request) => match request.operation {
                    HostOp::JobDone { token, ok } => Asked::Job(token, ok),
                    HostOp::Share { .. } | HostOp::ShareFile { .. } => {
                        panic!("nothing is shared here")
                    }
                },
            })
            .collect()
    }

    /// Takes one whole call of a lane, from the question to what became of it.
    fn call(&mut self, slot: usize, lane: Lane, progress: Progress) -> Vec<Asked> {
        assert_eq!(self.give(Event::Next(slot, lane, a_call())), [Asked::Net]);
        self.give(Event::Took(slot, lane, ReplicaOut::Progress(progress)))
    }

    fn fails(&mut self, slot: usize, lane: Lane) -> u64 {
        let asked = self.call(slot, lane, Progress::Failed);
        let waits = asked.iter().filter_map(|asked| match asked {
            Asked::Clock(after_ms) => Some(*after_ms),
            _ => None,
        });
        let waits: Vec<u64> = waits.collect();
        assert_eq!(waits.len(), 1, "one wait for one failure");
        waits[0]
    }

    /// The lane has nothing more to ask.
    fn rests(&mut self, slot: usize, lane: Lane) -> Vec<Asked> {
        self.give(Event::Next(slot, lane, ReplicaOut::Call(None)))
    }
}

fn screens(communities: usize) -> ReplicaOut {
    let row = CommunityRow { phase: Phase::Member, name: "和园里".to_owned(), role: None };
    let communities = vec![row; communities];
    ReplicaOut::Screens(Box::new(Screens { communities, ..Screens::default() }))
}

fn a_call() -> ReplicaOut {
    let (method, path, token, body) = (Method::Get, String::new(), None, Vec::new());
    let http = HttpCall { method, path, token, body, wait_s: 0 };
    ReplicaOut::Call(Some(Box::new((Call { kind: Kind::Append, http }, Target::default()))))
}

fn next_call(slot: usize, lane: Lane, fresh: bool) -> Asked {
    Asked::Replica(ReplicaOp::NextCall { slot, lane, fresh })
}

#[test]
fn a_core_that_is_opened_writes_held_acts_that_are_due_and_talks_to_every_relay() {
    let mut machine = Machine(Model::default());
    let read = Asked::Replica(ReplicaOp::Show(Box::default()));
    assert_eq!(machine.give(Event::Ui(UiEvent::Resume)), [read]);
    let asked = machine.give(Event::Shown(screens(2)));
    for slot in 0..2 {
        assert!(asked.contains(&Asked::Replica(ReplicaOp::Tick { slot })), "{asked:?}");
        assert!(asked.contains(&next_call(slot, Lane::Work, true)), "{asked:?}");
    }
}

#[test]
fn each_failure_doubles_the_wait_up_to_a_minute_and_a_success_ends_it() {
    let mut machine = Machine::in_front(1);
    let mut waits = Vec::new();
    for failures in 1..=10 {
        waits.push(machine.fails(0, Lane::Work));
        let again = machine.give(Event::Retry(0, Lane::Work, failures));
        assert!(again.contains(&next_call(0, Lane::Work, true)));
    }
    assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    machine.call(0, Lane::Work, Progress::Moved);
    assert_eq!(machine.fails(0, Lane::Work), 500);
}

#[test]
fn an_act_does_not_wait_out_a_back_off_and_the_old_wait_is_in_vain() {
    let mut machine = Machine::in_front(1);
    machine.fails(0, Lane::Work);
    let asked = machine.give(Event::Acted(0, ReplicaOut::Done));
    assert!(asked.contains(&next_call(0, Lane::Work, false)), "{asked:?}");
    machine.fails(0, Lane::Work);
    assert_eq!(machine.give(Event::Retry(0, Lane::Work, 1)), []);
    assert_eq!(machine.give(Event::Retry(0, Lane::Work, 2)), [next_call(0, Lane::Work, true)]);
}

#[test]
fn a_held_act_is_looked_after_when_its_time_is_over() {
    let mut machine = Machine::in_front(1);
    let asked = machine.give(Event::Acted(0, ReplicaOut::Held { in_ms: 6_000 }));
    assert!(asked.contains(&Asked::Clock(6_000)), "{asked:?}");
    assert_eq!(machine.give(Event::Due(0)), [Asked::Replica(ReplicaOp::Tick { slot: 0 })]);
}

#[test]
fn what_happens_during_a_call_is_seen_to_after_it() {
    let mut machine = Machine::in_front(1);
    machine.give(Event::Acted(0, ReplicaOut::Done));
    machine.give(Event::Ui(UiEvent::SyncNow));
    assert_eq!(machine.rests(0, Lane::Work), [next_call(0, Lane::Work, true)]);
}

#[test]
fn a_lane_at_rest_waits_for_news_and_looks_for_the_rest_now_and_then() {
    let mut machine = Machine::in_front(1);
    let asked = machine.rests(0, Lane::Work);
    assert!(asked.contains(&next_call(0, Lane::Live, false)), "{asked:?}");
    assert!(matches!(asked.last(), Some(Asked::Clock(_))), "{asked:?}");
    let asked = machine.call(0, Lane::Live, Progress::Moved);
    assert!(asked.contains(&next_call(0, Lane::Live, false)), "{asked:?}");
    assert!(asked.contains(&next_call(0, Lane::Work, false)), "{asked:?}");
    assert_eq!(machine.rests(0, Lane::Work).len(), 0, "one look is planned already");
    assert_eq!(machine.give(Event::Poll(0)), [next_call(0, Lane::Work, true)]);
}

#[test]
fn in_the_back_every_lane_comes_to_rest() {
    let mut machine = Machine::in_front(1);
    machine.rests(0, Lane::Work);
    machine.give(Event::Ui(UiEvent::Pause));
    let asked = machine.call(0, Lane::Live, Progress::Moved);
    assert!(asked.iter().all(|asked| !matches!(asked, Asked::Replica(ReplicaOp::NextCall { .. }))));
    for event in [Event::Poll(0), Event::Ui(UiEvent::SyncNow), Event::Retry(0, Lane::Live, 1)] {
        assert_eq!(machine.give(event), []);
    }
    let asked = machine.give(Event::Ui(UiEvent::Resume));
    assert!(asked.contains(&next_call(0, Lane::Work, true)), "{asked:?}");
}

#[test]
fn a_background_round_ends_when_every_community_was_asked() {
    let mut machine = Machine(Model::default());
    assert_eq!(machine.give(Event::Round(7)), [], "which communities there are is not known yet");
    let asked = machine.give(Event::Shown(screens(2)));
    assert!(asked.contains(&next_call(0, Lane::Work, true)), "{asked:?}");
    assert!(asked.contains(&next_call(1, Lane::Work, true)), "{asked:?}");
    assert_eq!(machine.rests(0, Lane::Work), []);
    assert_eq!(machine.rests(1, Lane::Work), [Asked::Job(7, true)]);
    machine.give(Event::Round(8));
    let asked = machine.call(0, Lane::Work, Progress::Failed);
    assert!(!asked.contains(&Asked::Job(8, false)), "the other community is asked all the same");
    assert_eq!(machine.rests(1, Lane::Work), [Asked::Job(8, false)]);
    let nobody = &mut Machine(Model::default());
    nobody.give(Event::Shown(screens(0)));
    assert_eq!(nobody.give(Event::Round(9)), [Asked::Job(9, true)]);
}

#[test]
fn a_refusal_is_said_in_the_language_of_the_shell_until_it_is_read() {
    let mut machine = Machine::in_front(1);
    machine.give(Event::Ui(UiEvent::Speak(Language::En)));
    machine.give(Event::Acted(0, ReplicaOut::Refused("repairs.not_yours".to_owned())));
    let view = Linli.view(&machine.0);
    assert_eq!(view.toast.as_deref(), Some("This step is not yours to take."));
    assert_eq!(view.refusal.as_deref(), Some("repairs.not_yours"));
    machine.give(Event::Ui(UiEvent::ToastRead));
    assert_eq!(Linli.view(&machine.0).toast, None);
}

#[test]
fn screens_are_read_one_at_a_time_and_once_more_if_something_moved() {
    let mut machine = Machine::in_front(1);
    let read = |asked: &[Asked]| {
        asked.iter().filter(|asked| matches!(asked, Asked::Replica(ReplicaOp::Show(_)))).count()
    };
    assert_eq!(read(&machine.give(Event::Acted(0, ReplicaOut::Done))), 1);
    assert_eq!(read(&machine.give(Event::Acted(0, ReplicaOut::Done))), 0);
    assert_eq!(read(&machine.give(Event::Acted(0, ReplicaOut::Done))), 0);
    assert_eq!(read(&machine.give(Event::Shown(screens(1)))), 1);
    assert_eq!(read(&machine.give(Event::Shown(screens(1)))), 0);
}

#[test]
fn an_act_can_be_undone_for_six_seconds_and_for_ten_in_the_mode_for_elders() {
    let mut machine = Machine::in_front(1);
    let held = |machine: &mut Machine| {
        let event = linli_domain::repairs::Event::MeToo;
        let asked = machine.give(Event::Ui(UiEvent::Repair { about: None, event, draft: None }));
        match asked.as_slice() {
            [Asked::Replica(ReplicaOp::Act { hold_ms, .. })] => *hold_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(held(&mut machine), 6_000);
    machine.give(Event::Ui(UiEvent::Elder(true)));
    assert_eq!(held(&mut machine), 10_000);
    machine.give(Event::Ui(UiEvent::Open { undo_ms: Some(0) }));
    assert_eq!(held(&mut machine), 0, "a desk has nothing to undo");
}

#[test]
fn a_community_that_was_given_up_before_it_began_gives_way_to_another() {
    let row = |phase| CommunityRow { phase, name: String::new(), role: None };
    let shown = |phases: &[Phase]| {
        let mut machine = Machine(Model::default());
        machine.give(Event::Ui(UiEvent::Resume));
        let communities = phases.iter().map(|phase| row(*phase)).collect();
        let screens = Screens { communities, ..Screens::default() };
        machine.give(Event::Shown(ReplicaOut::Screens(Box::new(screens))))
    };
    let other = Asked::Replica(ReplicaOp::Show(Box::new(Wanted { slot: 1, ..Wanted::default() })));
    assert!(shown(&[Phase::Fresh, Phase::Member]).contains(&other));
    for phases in [&[Phase::Fresh, Phase::Fresh][..], &[Phase::Applying, Phase::Member], &[]] {
        assert!(!shown(phases).contains(&other), "{phases:?}");
    }
}

#[test]
fn an_invitation_is_put_away_and_goes_with_its_community() {
    let terms = Terms::of(Role::Owner, Scope::parse("unit/3-2-501").unwrap());
    let invitation = Invitation { text: "linli:x".to_owned(), terms, until: Moment(7) };
    for event in [UiEvent::CloseInvitation, UiEvent::Switch(1)] {
        let mut machine = Machine::in_front(2);
        let invited = ReplicaOut::Invited(Box::new(invitation.clone()));
        machine.give(Event::Acted(0, invited));
        assert!(Linli.view(&machine.0).invitation.is_some());
        machine.give(Event::Ui(event));
        assert_eq!(Linli.view(&machine.0).invitation, None);
    }
}
