//! A copy from a backup goes on where the log says, or not at all.

use linli_domain::{
    kernel::{Role, Scope},
    registry::{self, RevokeReason},
    repairs::{Event, Place, Report, Status},
};

use super::{
    given::{NOON, Phone, Village, ask, join, leak, restarted, sync},
    status,
};
use crate::{Ask, AskError, Restored, alarm::Lie, view::Phase};

/// A phone as a backup of it would be restored.
fn backup(phone: &Phone) -> Phone {
    let mut copy = restarted(phone);
    copy.mark_restored().unwrap();
    restarted(&copy)
}

fn refused(word: &str) -> AskError {
    AskError::Refused(word.to_owned())
}

#[test]
fn a_copy_takes_over_what_the_log_shows_of_its_chain_and_goes_on() {
    let mut village = Village::new(61);
    // One pack waits in the backup's outbox, and is handed in by the original later.
    let waiting = ask(&mut village.wang, None, road(), &mut village.chance).unwrap();
    let mut copy = backup(&village.wang);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.wang, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(copy.restored(), Some(Restored::Unproven));
    let early = ask(&mut copy, Some(waiting), Event::Accept, &mut village.chance);
    assert_eq!(early, Err(refused("app.restored")));
    // The original is lost; the copy reads the log to its end.
    village.wang = copy;
    village.sync_all();
    assert_eq!(village.wang.restored(), None);
    let place = linli_domain::repairs::given::leak().place;
    ask(&mut village.wang, Some(id), Event::VerifyPlace { place }, &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
    for phone in village.phones() {
        let standing = phone.standing().unwrap();
        assert_eq!((standing.alarms.len(), standing.unsent, standing.handed_over), (0, 0, 0));
        assert!(status(phone).contains(&Status::PlaceVerified));
        assert_eq!(status(phone).len(), 2);
    }
}

#[test]
fn what_only_the_backup_held_is_handed_in_by_the_copy() {
    let mut village = Village::new(62);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.mei = backup(&village.mei);
    village.sync_all();
    village.assert_agree();
    assert_eq!(status(&village.chen), [Status::Reported]);
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(status(&village.mei), [Status::Accepted]);
}

#[test]
fn a_copy_of_whoever_opened_new_keys_meanwhile_gets_them_and_goes_on() {
    let mut village = Village::new(63);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    let copy = backup(&village.fang);
    let device = village.lin.keys().id();
    let reason = RevokeReason::Lost;
    let revoke = Ask::Registry(registry::Event::Revoke { device, reason });
    village.fang.ask(&revoke, 0, NOON, &mut village.chance).unwrap();
    sync(&mut village.fang, &mut village.relay, &mut village.chance);
    ask(&mut village.fang, Some(id), comment("知道了"), &mut village.chance).unwrap();
    village.sync_all();
    village.fang = copy;
    village.sync_all();
    assert_eq!(village.fang.restored(), None);
    ask(&mut village.fang, Some(id), comment("来了"), &mut village.chance).unwrap();
    village.sync_all();
    let page = village.chen.repair(&id, NOON).unwrap().unwrap();
    assert_eq!(page.detail.row.comments, 2);
    assert_eq!(village.fang.standing().unwrap().alarms, vec![]);
}

#[test]
fn where_the_original_lives_on_whoever_comes_second_is_told() {
    let mut village = Village::new(64);
    let mut copy = backup(&village.wang);
    let device = village.wang.keys().id();
    // The original is without signal and writes; the copy proves its chain and writes as well.
    let kept = ask(&mut village.wang, None, road(), &mut village.chance).unwrap();
    sync(&mut copy, &mut village.relay, &mut village.chance);
    ask(&mut copy, None, road_again(), &mut village.chance).unwrap();
    sync(&mut copy, &mut village.relay, &mut village.chance);
    assert_eq!(copy.standing().unwrap().unsent, 0);
    sync(&mut village.wang, &mut village.relay, &mut village.chance);
    let standing = village.wang.standing().unwrap();
    let named: Vec<_> = standing.alarms.iter().map(|alarm| (alarm.lie, alarm.device)).collect();
    assert_eq!(named, [(Lie::Restored, Some(device))]);
    // What it wrote is still there, to be written anew with other keys.
    assert_eq!(standing.unsent, 1);
    assert!(village.wang.repair(&kept, NOON).unwrap().is_some());
    let rest = [&village.fang, &village.chen, &village.mei, &village.lin];
    assert!(rest.iter().all(|phone| phone.standing().unwrap().alarms.is_empty()));
}

#[test]
fn after_a_new_log_nobody_can_say_where_the_chain_ends() {
    let mut village = Village::new(65);
    let mut copy = backup(&village.wang);
    let before = village.relay.packs.len();
    ask(&mut village.wang, None, road(), &mut village.chance).unwrap();
    village.sync_all();
    village.relay.restore(before);
    sync(&mut copy, &mut village.relay, &mut village.chance);
    assert_eq!(copy.restored(), Some(Restored::NeedsNewKeys));
    let asked = ask(&mut copy, None, road_again(), &mut village.chance);
    assert_eq!(asked, Err(refused("app.restored")));
    assert_eq!(copy.standing().unwrap().phase, Phase::Member, "it can be read");
}

#[test]
fn without_its_key_a_device_is_issued_anew_and_reads_everything() {
    let mut village = Village::new(66);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let place = Place::parse("home/3-2-501").unwrap();
    let at_home = Event::Report(Report::new(place, "water", "厨房漏水"));
    ask(&mut village.mei, None, at_home, &mut village.chance).unwrap();
    village.sync_all();
    ask(&mut village.wang, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    let device = village.wang.keys().id();
    let reason = RevokeReason::Lost;
    let revoke = Ask::Registry(registry::Event::Revoke { device, reason });
    village.fang.ask(&revoke, 0, NOON, &mut village.chance).unwrap();
    village.sync_all();
    let Village { relay, chance, fang, .. } = &mut village;
    let role = (Role::Property, Scope::Community);
    village.wang = join(&mut [fang], role.0, &role.1.to_string(), relay, chance);
    village.sync_all();
    village.assert_agree();
    let mut stands = status(&village.wang);
    stands.sort();
    assert_eq!(stands, [Status::Reported, Status::Accepted], "also what was written in a home");
    ask(&mut village.wang, None, road(), &mut village.chance).unwrap();
    village.sync_all();
    assert_eq!(status(&village.chen).len(), 3);
}

fn comment(text: &str) -> Event {
    Event::Comment { text: text.to_owned(), attachments: Vec::new() }
}

fn road() -> Event {
    Event::Report(Report::new(Place::Community, "road", "路面破损"))
}

fn road_again() -> Event {
    Event::Report(Report::new(Place::Community, "road", "路面又破了"))
}
