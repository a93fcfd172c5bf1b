//! Killed and restored from a backup; told to stop.

use std::{io::Write as _, net::TcpStream, process::Command};

use linli_wire::{
    Hash,
    call::{Page, path},
    head,
};

use crate::given::{Relay, found, read};

#[test]
fn a_restored_backup_begins_a_new_epoch_with_heads_that_fit() {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let token = phone.session(&relay).unwrap();
    let first = phone.pack(1, Hash::ZERO, "one");
    assert_eq!(phone.append(&relay, &token, std::slice::from_ref(&first)).unwrap().0, 200);
    let (epoch, _) = read(&relay, &phone, &token);
    relay.kill();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_dir() {
            continue;
        }
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let relay = Relay::start(copy.path(), &["--new-epoch"]);
    let token = phone.session(&relay).unwrap();
    let (renewed, _) = read(&relay, &phone, &token);
    assert_ne!(epoch, renewed);
    let path = path::pull(&phone.community, 0);
    let page = Page::decode(&relay.call("GET", &path, &token, b"").unwrap().1).unwrap();
    let entry = &page.entries[0];
    let start = head::start(&phone.community, &renewed);
    assert_eq!(page.head, head::next(&start, 1, entry.stamp, &first.hash()));
}

#[test]
fn told_to_stop_it_answers_who_waits_cuts_off_who_dawdles_and_ends_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let token = phone.session(&relay).unwrap();
    let first = phone.pack(1, Hash::ZERO, "one");
    assert_eq!(phone.append(&relay, &token, std::slice::from_ref(&first)).unwrap().0, 200);
    let mut dawdling = TcpStream::connect(relay.address).unwrap();
    dawdling.write_all(b"POST /v1/session HTTP/1.1\r\ncontent-length: 9\r\n\r\nhal").unwrap();
    let pid = relay.child.id().to_string();
    let path = path::live(&phone.community, 1, 55);
    let waiting = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| relay.call("GET", &path, &token, b""));
        relay.wait_until_waiting(1);
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        waiting.join().unwrap()
    });
    let (status, body) = waiting.unwrap();
    assert_eq!((status, Page::decode(&body).unwrap().entries.len()), (200, 0));
    assert!(relay.child.wait().unwrap().success());
    assert!(!folder.path().join("relay.db-wal").exists(), "everything is in the main file");
}
