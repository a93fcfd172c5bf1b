//! An old backup of the relay is restored: the phones give it again what it lacks.

use std::fs;

use linli_io::{SqliteStore, SystemChance, clock};
use linli_seal::DeviceKeys;
use linli_tests::{
    FirstDay,
    relay::{Phone, Relay},
    texts,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_relay");

#[test]
fn a_restored_relay_is_given_again_what_it_lacks_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    let log = folder.path().join("log");
    let mut relay = Relay::start(PROGRAM, &data, &log, &[]);
    let keys = [DeviceKeys::generate(&mut SystemChance), DeviceKeys::generate(&mut SystemChance)];
    let day = FirstDay::new(&[&keys[0], &keys[1]]);
    let open = |name: &str| SqliteStore::open(&folder.path().join(name)).unwrap();
    let mut chen = Phone::new(day.unread(open("chen.db"), &keys[0]), relay.address);
    let mut wang = Phone::new(day.unread(open("wang.db"), &keys[1]), relay.address);
    let mut founder = Phone::new(day.founder, relay.address);
    assert!(founder.talk() && chen.talk());
    chen.report(0);
    assert!(chen.talk() && wang.talk());
    // The relay runs, and goes on running.
    assert_eq!(linli_relay::backup(&data, &backup).unwrap().communities, 1);
    for number in 1..5 {
        let writer = if number % 2 == 0 { &mut chen } else { &mut wang };
        writer.report(number);
        assert!(writer.talk());
    }
    // Chen has read all of it; Wang's last report only Chen and the relay know, and Wang.
    assert!(chen.talk());
    relay.kill();
    fs::remove_dir_all(&data).unwrap();
    fs::rename(&backup, &data).unwrap();
    let relay = Relay::start(PROGRAM, &data, &log, &["--new-epoch"]);
    founder.turn_to(relay.address);
    assert!(founder.talk());
    assert_eq!(texts(&founder.replica).len(), 1, "the backup is old");
    for _ in 0..3 {
        for phone in [&mut chen, &mut wang] {
            phone.turn_to(relay.address);
            assert!(phone.talk());
        }
    }
    assert!(founder.talk());
    let mut texts = texts(&founder.replica);
    texts.sort();
    let expected: Vec<String> = (0..5).map(|n| format!("路面第 {n} 处破损")).collect();
    assert_eq!(texts, expected);
    let digests = founder.replica.digests(clock::now()).unwrap();
    for phone in [&chen, &wang] {
        let standing = phone.replica.standing().unwrap();
        assert_eq!((standing.unsent, standing.handed_over), (0, 0));
        assert_eq!(standing.alarms, vec![]);
        for digest in phone.replica.digests(clock::now()).unwrap() {
            assert!(digests.contains(&digest), "{}", digest.circle);
        }
    }
}
