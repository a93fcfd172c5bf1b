//! A relay is killed while it writes: what it acknowledged is there, once and in its place; what it
//! stopped before the COMMIT of is not.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use linli_io::SystemChance;
use linli_replica::store::MemoryStore;
use linli_seal::DeviceKeys;
use linli_tests::{
    FirstDay,
    relay::{Phone, Relay},
    texts,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_relay");

/// Three heads, each a writer of its own, when the first day is over.
fn members(folder: &Path) -> Vec<Phone<MemoryStore>> {
    let relay = Relay::start(PROGRAM, &folder.join("data"), &folder.join("log"), &[]);
    let keys: [_; 3] = std::array::from_fn(|_| DeviceKeys::generate(&mut SystemChance));
    let day = FirstDay::new(&keys.each_ref());
    let mut phones: Vec<_> = keys
        .iter()
        .map(|keys| Phone::new(day.unread(MemoryStore::default(), keys), relay.address))
        .collect();
    assert!(Phone::new(day.founder, relay.address).talk());
    for phone in &mut phones {
        assert!(phone.talk());
    }
    phones
}

/// Writes and hands over until the relay is gone. Returns the numbers it acknowledged.
fn write_on(phone: &mut Phone<MemoryStore>, numbers: &AtomicU32) -> Vec<u32> {
    let mut acknowledged = Vec::new();
    loop {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        phone.report(number);
        if !phone.talk() {
            return acknowledged;
        }
        assert_eq!(phone.replica.standing().unwrap().unsent, 0);
        acknowledged.push(number);
    }
}

#[test]
fn fifty_kills_under_load_lose_nothing_acknowledged_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let mut phones = members(folder.path());
    let numbers = AtomicU32::new(0);
    for round in 0..50_u32 {
        // Twenty of them stop between the writes and the COMMIT, with one writer, so that it is
        // known whose act that is.
        let stops = round % 5 < 2;
        let last = (round % 3 + 2).to_string();
        let stop = ["--stop-at", &last];
        let mut relay = Relay::start(PROGRAM, &data, &log, if stops { &stop } else { &[] });
        let writers = if stops { 1 } else { phones.len() };
        let before = phones.iter().map(|phone| phone.replica.standing().unwrap().seq).max();
        let (address, lines) = (relay.address, relay.lines.take().unwrap());
        let relay = Mutex::new(relay);
        let (relay, numbers, line) = (&relay, &numbers, format!("commit {last}"));
        let acknowledged = thread::scope(|scope| {
            let writing: Vec<_> = phones
                .iter_mut()
                .take(writers)
                .map(|phone| {
                    phone.turn_to(address);
                    scope.spawn(move || write_on(phone, numbers))
                })
                .collect();
            scope.spawn(move || {
                let reached = lines.map_while(Result::ok).any(|said| said == line);
                relay.lock().unwrap().kill();
                assert!(reached);
            });
            let ended: Vec<_> = writing.into_iter().map(thread::ScopedJoinHandle::join).collect();
            // A writer that failed leaves the relay without work: it would wait for ever.
            relay.lock().unwrap().kill();
            ended.into_iter().map(Result::unwrap).collect::<Vec<_>>()
        });
        let relay = Relay::start(PROGRAM, &data, &log, &[]);
        let reader = phones.last_mut().unwrap();
        reader.turn_to(relay.address);
        if stops {
            assert!(reader.talk());
            let seq = reader.replica.standing().unwrap().seq;
            let taken = u64::try_from(acknowledged[0].len()).unwrap();
            assert_eq!(seq, before.unwrap() + taken, "what it stopped before is not there");
        }
        // Handed in once more, everything stands once.
        for _ in 0..2 {
            for phone in &mut phones {
                phone.turn_to(relay.address);
                assert!(phone.talk());
            }
        }
        let count = usize::try_from(numbers.load(Ordering::Relaxed)).unwrap();
        for phone in &phones {
            let mut texts = texts(&phone.replica);
            assert_eq!(texts.len(), count);
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), count);
            let standing = phone.replica.standing().unwrap();
            assert_eq!((standing.unsent, standing.handed_over), (0, 0));
            assert!(standing.alarms.is_empty(), "{:?}", standing.alarms);
        }
    }
    assert!(numbers.load(Ordering::Relaxed) > 150);
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "", "it had nothing to complain about");
}
