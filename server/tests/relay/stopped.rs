//! Killed and restored from a backup; told to stop.

use std::{io::Write as _, net::TcpStream, path::Path, process::Command};

use linli_wire::{
    Hash,
    call::{Blobs, Page, path},
    head,
};

use crate::given::{Relay, found, read};

fn back_up(data: &Path, to: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_linli-relay"))
        .arg("backup")
        .arg(to)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn a_backup_of_a_running_relay_is_restored_with_heads_and_parts_that_fit() {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let token = phone.session(&relay).unwrap();
    let first = phone.pack(1, Hash::ZERO, "one");
    assert_eq!(phone.append(&relay, &token, std::slice::from_ref(&first)).unwrap().0, 200);
    let parts = [b"one part", b"another.", b"too late"].map(|bytes| (Hash::of(bytes), bytes));
    let at = |hash: &Hash| path::blob(&phone.community, hash);
    let put = |relay: &Relay, token: &str, (hash, bytes): &(Hash, &[u8; 8])| {
        relay.call("PUT", &at(hash), token, *bytes).unwrap().0
    };
    let get = |relay: &Relay, token: &str, hash: &Hash| {
        relay.call("GET", &at(hash), token, b"").unwrap().0
    };
    assert_eq!(put(&relay, &token, &parts[0]), 201);
    let (ok, said) = back_up(folder.path(), copy.path());
    assert!(ok && said.contains("1 communities, 1 parts of blobs (1 new, 0 lost"), "{said}");
    // A second one into the same folder brings what is new.
    assert_eq!(put(&relay, &token, &parts[1]), 201);
    let (ok, said) = back_up(folder.path(), copy.path());
    assert!(ok && said.contains("2 parts of blobs (1 new, 0 lost"), "{said}");
    let second = phone.pack(2, first.hash(), "two");
    assert_eq!(phone.append(&relay, &token, std::slice::from_ref(&second)).unwrap().0, 200);
    assert_eq!(put(&relay, &token, &parts[2]), 201);
    let (epoch, _) = read(&relay, &phone, &token);
    relay.kill();
    // One part did not make it: whoever restores may have lost a file.
    let (first_byte, name) = (format!("{:02x}", parts[1].0.0[0]), parts[1].0.to_hex());
    let of_community = copy.path().join("blobs").join(phone.community.to_hex());
    std::fs::remove_file(of_community.join(first_byte).join(name)).unwrap();
    let relay = Relay::start(copy.path(), &["--new-epoch"]);
    let token = phone.session(&relay).unwrap();
    let (renewed, _) = read(&relay, &phone, &token);
    assert_ne!(epoch, renewed);
    let path = path::pull(&phone.community, 0);
    let page = Page::decode(&relay.call("GET", &path, &token, b"").unwrap().1).unwrap();
    assert_eq!(page.entries.len(), 1, "the second is offered again by whoever has it");
    let entry = &page.entries[0];
    let start = head::start(&phone.community, &renewed);
    assert_eq!(page.head, head::next(&start, 1, entry.stamp, &first.hash()));
    let stands = parts.each_ref().map(|(hash, _)| get(&relay, &token, hash));
    assert_eq!(stands, [200, 404, 404]);
    let asked = Blobs { hashes: parts.map(|(hash, _)| hash).to_vec() }.encode().unwrap();
    let missing = path::missing(&phone.community);
    let (_, body) = relay.call("POST", &missing, &token, &asked).unwrap();
    assert_eq!(Blobs::decode(&body).unwrap().hashes, [parts[1].0, parts[2].0]);
    assert_eq!(put(&relay, &token, &parts[1]), 201, "phones bring what the backup lacks");
    // A folder that a relay ran on is no target for a backup any more.
    let (ok, said) = back_up(folder.path(), copy.path());
    assert!(!ok && said.contains("was used by a relay since"), "{said}");
}

#[test]
fn a_backup_of_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (ok, said) = back_up(&folder.path().join("nowhere"), &folder.path().join("to"));
    assert!(!ok && said.contains("holds no relay.db"), "{said}");
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
