//! Photos: kept with their draft, sealed, handed over after a kill, read on another phone.

use linli_domain::{
    kernel::{Attachment, AttachmentKind, Moment},
    repairs::{Event, Status},
};
use linli_wire::FactId;

use super::given::{NOON, Phone, Village, drain, leak, restarted, sync};
use crate::{
    Ask, AskError, Done,
    blobs::{PARTS_BYTES_MAX, Picture},
    repairs::Delivery,
    store::{Store as _, Table},
    tests::status,
};

/// A photo of three parts, the last one short.
fn photo(seed: u8) -> Picture {
    let bytes = (0..600_000_u32).map(|at| u8::try_from(at % 251).unwrap() ^ seed).collect();
    Picture { kind: AttachmentKind::Photo, bytes, turn: 6 }
}

fn attach(village: &mut Village, seed: u8) {
    let Village { mei, chance, .. } = village;
    mei.attach("report", &photo(seed), NOON, chance).unwrap();
}

fn report(village: &mut Village, hold_ms: u32) -> Done {
    let ask = Ask::Repair { about: None, event: drain(), draft: Some("report".to_owned()) };
    village.mei.ask(&ask, hold_ms, NOON, &mut village.chance).unwrap()
}

fn pictures(phone: &Phone, id: &FactId) -> Vec<Attachment> {
    phone.repair(id, NOON).unwrap().unwrap().detail.pictures()
}

fn delivery(phone: &Phone, id: &FactId) -> Delivery {
    phone.repair(id, NOON).unwrap().unwrap().deliveries[0].1
}

#[test]
fn a_photo_is_kept_with_its_draft_and_read_on_another_phone() {
    let mut village = Village::new(51);
    attach(&mut village, 0);
    village.mei = restarted(&village.mei);
    assert_eq!(village.mei.draft("report").unwrap().attachments.len(), 1, "after a restart");
    let Done::Written(id) = report(&mut village, 0) else { panic!("written") };
    assert_eq!(village.mei.drafts().unwrap(), [], "the draft is done with");
    village.sync_all();
    let picture = pictures(&village.chen, &id).remove(0);
    assert_eq!((picture.parts.len(), picture.turn), (3, 6));
    assert_eq!(village.chen.open_attachment(&picture).unwrap(), None, "not fetched yet");
    assert!(village.chen.want_attachment(&picture).unwrap());
    village.sync_all();
    assert_eq!(village.chen.open_attachment(&picture).unwrap(), Some(photo(0).bytes));
    assert!(!village.chen.want_attachment(&picture).unwrap(), "it is here");
    // The relay sees nothing of it.
    let clear = &photo(0).bytes[..64];
    assert!(village.relay.blobs.values().all(|part| part.windows(64).all(|seen| seen != clear)));
}

#[test]
fn nothing_is_shown_as_sent_before_its_photo_is() {
    let mut village = Village::new(52);
    attach(&mut village, 0);
    let Done::Written(id) = report(&mut village, 0) else { panic!("written") };
    village.relay.takes_blobs = Some(1);
    let Village { mei, chen, relay, chance, .. } = &mut village;
    sync(mei, relay, chance);
    sync(chen, relay, chance);
    assert_eq!(status(chen), [Status::Reported], "the report itself is there");
    assert_eq!(delivery(mei, &id), Delivery::SavedHere);
    let standing = mei.standing().unwrap();
    assert_eq!((standing.unsent, standing.parts.unsent, standing.is_safe()), (0, 2, false));
    // The phone is killed; the part that the relay has is not sent again.
    *mei = restarted(mei);
    relay.takes_blobs = None;
    sync(mei, relay, chance);
    assert_eq!(relay.puts, 3);
    assert_eq!(delivery(mei, &id), Delivery::HandedOver);
    assert!(mei.standing().unwrap().is_safe());
}

#[test]
fn a_download_goes_on_where_it_was_and_takes_nothing_else_for_it() {
    let mut village = Village::new(53);
    attach(&mut village, 0);
    let Done::Written(id) = report(&mut village, 0) else { panic!("written") };
    village.sync_all();
    let picture = pictures(&village.chen, &id).remove(0);
    let Village { chen, relay, chance, .. } = &mut village;
    let last = relay.blobs.remove(&picture.parts[2]).unwrap();
    relay.blobs.insert(picture.parts[1], b"something else".to_vec());
    chen.want_attachment(&picture).unwrap();
    sync(chen, relay, chance);
    *chen = restarted(chen);
    assert_eq!(chen.open_attachment(&picture).unwrap(), None);
    assert_eq!(chen.store().scan(Table::Part, &[], None, 9).unwrap().len(), 1);
    relay.blobs.insert(picture.parts[2], last);
    sync(chen, relay, chance);
    assert_eq!(chen.store().scan(Table::Wanted, &[], None, 9).unwrap().len(), 1);
    let mei = village.mei.store().get(Table::Part, &picture.parts[1].0).unwrap().unwrap();
    village.relay.blobs.insert(picture.parts[1], mei[8..].to_vec());
    let Village { chen, relay, chance, .. } = &mut village;
    sync(chen, relay, chance);
    assert_eq!(chen.open_attachment(&picture).unwrap(), Some(photo(0).bytes));
}

#[test]
fn room_is_made_oldest_first_of_what_the_relay_holds_and_no_draft_loses_its_photo() {
    let mut village = Village::new(54);
    let mut pictures_of = Vec::new();
    for seed in 0..3 {
        attach(&mut village, seed);
        let Done::Written(id) = report(&mut village, 0) else { panic!("written") };
        pictures_of.push(pictures(&village.mei, &id).remove(0));
    }
    // Two photos and a part of the third are taken.
    village.relay.takes_blobs = Some(7);
    village.sync_all();
    attach(&mut village, 9);
    let here = |village: &Village| -> Vec<bool> {
        let is_here = |of| village.mei.open_attachment(of).unwrap().is_some();
        pictures_of.iter().map(is_here).collect()
    };
    village.mei.make_room(PARTS_BYTES_MAX).unwrap();
    assert_eq!(here(&village), [true, true, true], "there is room");
    let one_photo = 600_100;
    village.mei.make_room(3 * one_photo).unwrap();
    assert_eq!(here(&village), [false, true, true], "the oldest goes first");
    village.mei.make_room(0).unwrap();
    assert_eq!(here(&village), [false, false, false], "what the relay holds");
    let left = village.mei.store().scan(Table::Part, &[], None, 99).unwrap().len();
    assert_eq!(left, 2 + 3, "what it lacks, and the draft's");
    let drafted = village.mei.draft("report").unwrap().attachments.remove(0);
    assert!(village.mei.open_attachment(&drafted).unwrap().is_some());
    // All can be fetched again once everything is there.
    village.relay.takes_blobs = None;
    village.sync_all();
    for picture in &pictures_of {
        village.mei.want_attachment(picture).unwrap();
    }
    village.sync_all();
    assert_eq!(here(&village), [true, true, true]);
}

#[test]
fn an_undone_report_gives_its_photo_back_to_the_draft() {
    let mut village = Village::new(55);
    attach(&mut village, 0);
    let Done::Held(held) = report(&mut village, 6_000) else { panic!("held") };
    assert_eq!(village.mei.drafts().unwrap(), [], "sent again, there would be two of it");
    assert!(village.mei.undo(held).unwrap());
    assert_eq!(village.mei.drafts().unwrap().len(), 1);
    assert_eq!(village.mei.draft("report").unwrap().attachments.len(), 1);
    assert_eq!(village.mei.standing().unwrap().parts.unsent, 0);
    report(&mut village, 6_000);
    // Whoever begins the next draft stands by the last act.
    attach(&mut village, 1);
    assert_eq!(status(&village.mei), [Status::Reported]);
    let draft = village.mei.draft("report").unwrap();
    assert_eq!(draft.attachments.len(), 1, "the new photo alone");
    let again = village.mei.tick(Moment(NOON.0 + 60_000), &mut village.chance).unwrap();
    assert_eq!(again, None, "nothing is held any more");
}

#[test]
fn an_emergency_is_not_held_and_the_next_act_writes_the_last() {
    let mut village = Village::new(56);
    let burst = Ask::repair(None, leak());
    let done = village.mei.ask(&burst, 6_000, NOON, &mut village.chance).unwrap();
    let Done::Written(id) = done else { panic!("an emergency waits for nothing") };
    let drain = village.mei.ask(&Ask::repair(None, drain()), 6_000, NOON, &mut village.chance);
    assert!(matches!(drain, Ok(Done::Held(_))));
    let me_again = Ask::repair(Some(id), Event::Withdraw);
    village.mei.ask(&me_again, 6_000, NOON, &mut village.chance).unwrap();
    assert_eq!(status(&village.mei).len(), 2, "the drain is written, the withdrawal is held");
    assert!(status(&village.mei).contains(&Status::Reported));
}

#[test]
fn more_photos_than_fit_a_report_are_refused() {
    let mut village = Village::new(57);
    let small = Picture { kind: AttachmentKind::Photo, bytes: vec![1; 9], turn: 1 };
    let Village { mei, chance, .. } = &mut village;
    for _ in 0..10 {
        mei.attach("report", &small, NOON, chance).unwrap();
    }
    let refused = Err(AskError::Refused("repairs.bad_attachment".to_owned()));
    assert_eq!(mei.attach("report", &small, NOON, chance), refused);
    mei.detach("report", 3).unwrap();
    mei.attach("report", &small, NOON, chance).unwrap();
    let huge = Picture { bytes: vec![1; 5 << 20], ..small };
    assert_eq!(mei.attach("other", &huge, NOON, chance), refused);
    assert_eq!(mei.store().scan(Table::Part, &[], None, 99).unwrap().len(), 10);
}

#[test]
fn a_restored_relay_is_given_the_photos_again_by_whoever_has_them() {
    let mut village = Village::new(58);
    attach(&mut village, 0);
    let Done::Written(id) = report(&mut village, 0) else { panic!("written") };
    village.sync_all();
    let picture = pictures(&village.chen, &id).remove(0);
    village.chen.want_attachment(&picture).unwrap();
    village.sync_all();
    village.mei.make_room(0).unwrap();
    village.relay.blobs.clear();
    let kept = village.relay.packs.len();
    village.relay.restore(kept);
    village.sync_all();
    village.sync_all();
    assert_eq!(village.relay.blobs.len(), 3, "Chen had fetched them");
}
