//! What the company's desk is told.

use linli_domain::repairs::{Assignment, Event, Place, Report};
use linli_wire::{FactId, PersonId};

use super::given::{NOON, Village, ask, join, leak};
use crate::Ask;
use linli_domain::kernel::Moment;

fn report(number: u32) -> Event {
    Event::Report(Report::new(Place::Community, "road", &format!("第 {number} 处")))
}

/// Mei reports, Chen accepts; the company hands it on, some minutes after noon.
fn hand(village: &mut Village, number: u32, to: PersonId, minutes: i64) -> FactId {
    let id = ask(&mut village.mei, None, report(number), &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.wang, Some(id), Event::Accept, &mut village.chance).unwrap();
    let dispatch = Ask::repair(Some(id), Event::Dispatch { to, how: Assignment::Turn, slot: None });
    let at = Moment(NOON.0 + minutes * 60_000);
    village.wang.ask(&dispatch, 0, at, &mut village.chance).unwrap();
    village.sync_all();
    id
}

#[test]
fn the_turn_goes_round_among_those_who_work_there() {
    let mut village = Village::new(71);
    let Village { relay, chance, fang, .. } = &mut village;
    let mut li =
        join(&mut [fang], linli_domain::kernel::Role::Property, "community", relay, chance);
    village.sync_all();
    let workers = village.wang.workers(NOON).unwrap();
    let wang = village.wang.viewer(NOON).unwrap().person;
    super::given::sync(&mut li, &mut village.relay, &mut village.chance);
    let li_person = li.viewer(NOON).unwrap().person;
    assert_eq!(workers.len(), 2);
    assert!(workers.contains(&wang) && workers.contains(&li_person));
    let first = village.wang.next_in_turn(NOON).unwrap().unwrap();
    assert_eq!(first, workers[0], "nobody has anything: the lower id");
    hand(&mut village, 1, first, 3);
    let second = village.wang.next_in_turn(NOON).unwrap().unwrap();
    assert_eq!(second, workers[1]);
    let other = hand(&mut village, 2, second, 5);
    assert_eq!(village.wang.next_in_turn(NOON).unwrap().unwrap(), first, "sent longest ago");
    // One is taken back: whoever has less is next, whenever they were sent.
    ask(&mut village.mei, Some(other), Event::Withdraw, &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(village.wang.next_in_turn(NOON).unwrap().unwrap(), second);
    let nobody = village.chen.workers(Moment(NOON.0 + 1)).unwrap();
    assert_eq!(nobody, workers, "every phone knows who works there");
}

#[test]
fn a_repair_is_found_by_the_beginning_of_its_id() {
    let mut village = Village::new(72);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.wang, Some(id), Event::Accept, &mut village.chance).unwrap();
    let hex = id.to_hex();
    for chars in [4, 5, 8, 32] {
        assert_eq!(village.wang.repairs_by_id(hex.get(..chars).unwrap()).unwrap(), [id]);
    }
    assert_eq!(
        village.wang.repairs_by_id(hex.get(..3).unwrap()).unwrap(),
        [],
        "too short to mean one"
    );
    assert_eq!(village.wang.repairs_by_id("xyzw").unwrap(), []);
    assert_eq!(village.wang.repairs_by_id("三号楼").unwrap(), []);
    // A step has an id as well; it is no repair.
    let page = village.wang.repair(&id, NOON).unwrap().unwrap();
    let step = page.detail.timeline.iter().find(|entry| entry.id != id).unwrap().id;
    assert_eq!(village.wang.repairs_by_id(&step.to_hex()).unwrap(), []);
}
