//! Killed under load, restored from a backup, told to stop.

use std::{io::Write as _, net::TcpStream, process::Command};

use linli_wire::{
    Hash,
    call::{Appended, Page, join_packs, path},
    head,
};

use crate::given::{Relay, found, read};

#[test]
fn twenty_kills_under_load_lose_nothing_acknowledged_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path(), &[]);
    let mut phone = found(&relay);
    let mut acknowledged = 0;
    for round in 0..20_u64 {
        let token = phone.session(&relay).unwrap();
        for at in 0..3 + round % 4 {
            let pack = phone.pack(phone.n + 1, phone.prev, &format!("{round} {at}"));
            let (status, body) = phone.append(&relay, &token, std::slice::from_ref(&pack)).unwrap();
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
            assert_eq!(Appended::decode(&body).unwrap().placed.len(), 1);
            (phone.n, phone.prev) = (pack.header.n, pack.hash());
            acknowledged = phone.n;
        }
        // One more is on its way when the relay dies: nobody knows whether it was taken.
        let last = phone.pack(phone.n + 1, phone.prev, "on its way");
        let body = join_packs([last.bytes()]).unwrap();
        let mut stream = TcpStream::connect(relay.address).unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\n\r\n",
            path::log(&phone.community),
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        relay.kill();
        relay = Relay::start(folder.path(), &[]);
        let token = phone.session(&relay).unwrap();
        // Offered again, it stands once, whether or not it had been taken.
        let (status, _) = phone.append(&relay, &token, std::slice::from_ref(&last)).unwrap();
        assert_eq!(status, 200);
        (phone.n, phone.prev) = (last.header.n, last.hash());
        acknowledged = acknowledged.max(phone.n);
    }
    let token = phone.session(&relay).unwrap();
    let (_, packs) = read(&relay, &phone, &token);
    // The founder lists no circle: its packs come by their hash, so places alone are counted.
    assert!(packs.is_empty());
    let (_, body) = relay.call("GET", &path::pull(&phone.community, 0), &token, b"").unwrap();
    assert_eq!(Page::decode(&body).unwrap().last, acknowledged);
}

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
fn told_to_stop_it_ends_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path(), &[]);
    found(&relay);
    let pid = relay.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(relay.child.wait().unwrap().success());
    assert!(!folder.path().join("relay.db-wal").exists(), "everything is in the main file");
}
