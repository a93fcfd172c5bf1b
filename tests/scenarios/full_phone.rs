//! The phone's disk is full: a clear refusal, and everything that was there stays.

use linli_io::{SqliteStore, SystemChance, clock};
use linli_replica::{Ask, AskError, Replica, ReplicaError, store::StoreError, view::Standing};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_tests::{FirstDay, report};

fn tap(phone: &mut Replica<SqliteStore>, number: u32) -> Result<(), AskError> {
    let ask = Ask::repair(None, report(number));
    phone.ask(&ask, 0, clock::now(), &mut SystemChance).map(|_| ())
}

#[test]
fn a_full_phone_refuses_the_tap_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chen.db");
    let keys = DeviceKeys::generate(&mut Seeded::new(5));
    let store = SqliteStore::open(&path).unwrap();
    let mut phone = FirstDay::new(&[&keys]).member(store, &keys);
    // A limit below its size leaves the file no room at all.
    phone.store().limit_pages(1).unwrap();
    let mut saved = 0;
    let refused = loop {
        match tap(&mut phone, saved) {
            Ok(()) => saved += 1,
            Err(refused) => break refused,
        }
        assert!(saved < 500, "the limit is kept");
    };
    let full = ReplicaError::Store(StoreError::Full { step: "commit" });
    assert_eq!(refused, AskError::Failed(full));
    let stands = |phone: &Replica<SqliteStore>| {
        let Standing { seq, unsent, oldest_unsent, .. } = phone.standing().unwrap();
        ((seq, unsent, oldest_unsent), phone.digests(clock::now()).unwrap())
    };
    let before = stands(&phone);
    assert_eq!(phone.count_repairs(None).unwrap(), saved);
    drop(phone);
    let mut phone = Replica::open(SqliteStore::open(&path).unwrap(), keys).unwrap();
    assert_eq!(stands(&phone), before);
    assert_eq!(phone.audit().unwrap(), vec![]);
    tap(&mut phone, saved).unwrap();
    assert_eq!(phone.count_repairs(None).unwrap(), saved + 1);
}
