//! Sealed parts of blobs: kept under their own names, counted, found again after a kill.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use linli_wire::{
    CommunityId, Hash,
    access::Access,
    call::{Blobs, ErrorAnswer, code, path},
    limits,
};

use crate::given::{Phone, Relay, access, first_day, refused, stranger};

/// A part of the largest size whose bytes differ by a number.
fn part(number: u64) -> (Hash, Vec<u8>) {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.resize(limits::BLOB_BYTES_MAX, 7);
    (Hash::of(&bytes), bytes)
}

fn put(relay: &Relay, phone: &Phone, token: &str, (hash, bytes): &(Hash, Vec<u8>)) -> u16 {
    relay.call("PUT", &path::blob(&phone.community, hash), token, bytes).map_or(0, |it| it.0)
}

fn missing(relay: &Relay, phone: &Phone, token: &str, hashes: &[Hash]) -> Vec<Hash> {
    let asked = Blobs { hashes: hashes.to_vec() }.encode().unwrap();
    let (status, body) =
        relay.call("POST", &path::missing(&phone.community), token, &asked).unwrap();
    assert_eq!(status, 200);
    Blobs::decode(&body).unwrap().hashes
}

fn get(relay: &Relay, phone: &Phone, token: &str, hash: &Hash) -> (u16, Vec<u8>) {
    relay.call("GET", &path::blob(&phone.community, hash), token, b"").unwrap()
}

fn word(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn a_part_is_kept_under_the_hash_of_its_bytes_and_under_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (founder, token, member, members) = first_day(&relay);
    let ((one, bytes), (two, other)) = (part(1), part(2));
    assert_eq!(missing(&relay, &member, &members, &[one, two, one]), [one, two, one]);
    assert_eq!(put(&relay, &member, &members, &(one, bytes.clone())), 201);
    assert_eq!(put(&relay, &founder, &token, &(one, bytes.clone())), 200, "it is held already");
    assert_eq!(missing(&relay, &member, &members, &[one, two]), [two]);
    assert_eq!(get(&relay, &founder, &token, &one), (200, bytes.clone()));
    assert_eq!(refused(get(&relay, &founder, &token, &two)), word(code::NOT_FOUND, 404));
    let at = |hash: &Hash| path::blob(&member.community, hash);
    let (status, head, body) = relay.ask("HEAD", &at(&one), &token, b"").unwrap();
    assert_eq!((status, body.len()), (200, 0));
    assert!(head.contains(&format!("content-length: {}", bytes.len())), "{head}");
    assert_eq!(relay.call("HEAD", &at(&two), &token, b"").unwrap().0, 404);
    let call = |method, path: &str, token: &str, body: &[u8]| {
        refused(relay.call(method, path, token, body).unwrap())
    };
    assert_eq!(call("PUT", &at(&two), &members, &bytes), word(code::BAD_BLOB, 422));
    assert_eq!(call("PUT", &at(&Hash::of(b"")), &members, b""), word(code::BAD_BLOB, 422));
    let malformed = at(&two).to_uppercase().replace("/V1/C/", "/v1/c/").replace("BLOB", "blob");
    assert_eq!(call("PUT", &malformed, &members, &other), word(code::BAD_REQUEST, 400));
    assert_eq!(call("PUT", &at(&two), "", &other), word(code::NO_SESSION, 401));
    let elsewhere = path::blob(&CommunityId([3; 32]), &one);
    assert_eq!(call("GET", &elsewhere, &members, b""), word(code::NO_SESSION, 401));
    let large = vec![7; limits::BLOB_BYTES_MAX + 1];
    assert_eq!(relay.call("PUT", &at(&Hash::of(&large)), &members, &large).unwrap().0, 413);
    assert_eq!(missing(&relay, &member, &members, &[two]), [two], "none of these left anything");
}

#[test]
fn an_ended_device_reads_no_part_and_brings_a_few() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (mut founder, token, member, members) = first_day(&relay);
    assert_eq!(put(&relay, &member, &members, &part(0)), 201);
    let ended = Access { serial: 2, ended: true, ..access(member.device(), vec![]) };
    assert_eq!(founder.list(&relay, &token, &ended), 200);
    let one = part(0).0;
    assert_eq!(refused(get(&relay, &member, &members, &one)), word(code::NOT_ALLOWED, 403));
    let at = path::blob(&member.community, &one);
    assert_eq!(relay.call("HEAD", &at, &members, b"").unwrap().0, 403);
    // What it brought before counts too: four parts fit no day of an ended device.
    let taken = (1..9).take_while(|at| put(&relay, &member, &members, &part(*at)) == 201).count();
    assert_eq!(taken, 2);
    assert_eq!(put(&relay, &member, &members, &part(3)), 429);
    assert_eq!(missing(&relay, &member, &members, &[one, part(3).0]), [part(3).0]);
}

#[test]
fn a_devices_day_is_used_up_for_it_alone_and_a_restart_brings_no_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let quota = ["--device-blob-mib-day", "1"];
    let relay = Relay::start(folder.path(), &quota);
    let (founder, token, member, members) = first_day(&relay);
    for number in 0..3 {
        assert_eq!(put(&relay, &member, &members, &part(number)), 201);
    }
    let (three, bytes) = part(3);
    let at = path::blob(&member.community, &three);
    let (status, head, body) = relay.ask("PUT", &at, &members, &bytes).unwrap();
    assert_eq!((status, ErrorAnswer::decode(&body).unwrap().code.as_str()), (429, code::QUOTA));
    let after = head.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap();
    assert!((1..=24 * 3600).contains(&after.parse::<u32>().unwrap()), "{after}");
    assert_eq!(put(&relay, &member, &members, &part(0)), 200, "what is held costs nothing");
    relay.kill();
    let relay = Relay::start(folder.path(), &quota);
    let (members, token) =
        (member.session(&relay).unwrap(), founder.session(&relay).unwrap_or(token));
    assert_eq!(put(&relay, &member, &members, &part(3)), 429);
    assert_eq!(put(&relay, &founder, &token, &part(3)), 201);
}

#[test]
fn the_room_of_a_community_and_of_all_is_limited() {
    for (setting, code) in
        [("--community-blob-mib", code::NO_SPACE), ("--blob-mib", code::DISK_FULL)]
    {
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::start(folder.path(), &[setting, "1"]);
        let (_, _, member, members) = first_day(&relay);
        for number in 0..3 {
            assert_eq!(put(&relay, &member, &members, &part(number)), 201);
        }
        let (three, bytes) = part(3);
        let path = path::blob(&member.community, &three);
        let answer = relay.call("PUT", &path, &members, &bytes).unwrap();
        assert_eq!(refused(answer), word(code, 507), "{setting}");
        // A small part counts for a block of the disk: 1 MiB holds so many and no more.
        let left = (1 << 20) - 3 * limits::BLOB_BYTES_MAX;
        let small =
            |number: usize| (Hash::of(&number.to_be_bytes()), number.to_be_bytes().to_vec());
        let taken =
            (0..999).take_while(|at| put(&relay, &member, &members, &small(*at)) == 201).count();
        assert_eq!(taken, left / 4096, "{setting}");
    }
}

fn file(data: &Path, phone: &Phone, hash: &Hash) -> std::path::PathBuf {
    let (first, name) = (format!("{:02x}", hash.0[0]), hash.to_hex());
    data.join("blobs").join(phone.community.to_hex()).join(first).join(name)
}

#[test]
fn a_damaged_part_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (_, _, member, members) = first_day(&relay);
    let one = part(1);
    assert_eq!(put(&relay, &member, &members, &one), 201);
    let on_disk = file(folder.path(), &member, &one.0);
    let mut bytes = std::fs::read(&on_disk).unwrap();
    bytes[9] ^= 1;
    std::fs::write(&on_disk, &bytes).unwrap();
    assert_eq!(get(&relay, &member, &members, &one.0).0, 404, "never other bytes");
    assert_eq!(missing(&relay, &member, &members, &[one.0]), [one.0]);
    assert_eq!(put(&relay, &member, &members, &one), 201);
    assert_eq!(get(&relay, &member, &members, &one.0), (200, one.1));
}

#[test]
fn ten_kills_under_load_lose_no_part_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (mut founder, token, _, _) = first_day(&relay);
    let phones: Vec<Phone> = (20..23).map(|number| stranger(&founder, number)).collect();
    for phone in &phones {
        assert_eq!(founder.list(&relay, &token, &access(phone.device(), vec![])), 200);
    }
    relay.kill();
    let mut tried = Vec::new();
    for round in 0..10 {
        let relay = Relay::start(folder.path(), &[]);
        let (enough, pid) = (AtomicBool::new(false), relay.child.id().to_string());
        let relay = &relay;
        let write_on = |at: usize| {
            let phone = &phones[at];
            let token = phone.session(relay).unwrap();
            let first = u64::try_from(round * 1_000 + at * 100_000).unwrap();
            let mut taken = Vec::new();
            for number in first..first + 1_000 {
                let part = part(number);
                let put = put(relay, phone, &token, &part) == 201;
                taken.push((part.0, put));
                if !put {
                    break;
                }
                // The last writer pulls the plug while the others are writing.
                if at == 2 && taken.len() == 2 + round % 3 && !enough.swap(true, Ordering::Relaxed)
                {
                    let kill = std::process::Command::new("kill").args(["-KILL", &pid]).status();
                    assert!(kill.unwrap().success());
                }
            }
            taken
        };
        thread::scope(|scope| {
            let writing: Vec<_> =
                (0..phones.len()).map(|at| scope.spawn(move || write_on(at))).collect();
            for writer in writing {
                tried.extend(writer.join().unwrap());
            }
        });
    }
    let relay = Relay::start(folder.path(), &[]);
    let token = phones[0].session(&relay).unwrap();
    assert!(tried.iter().filter(|(_, taken)| *taken).count() >= 20);
    for (hash, acknowledged) in &tried {
        let lacks = missing(&relay, &phones[0], &token, &[*hash]) == [*hash];
        assert!(!(lacks && *acknowledged), "{hash} was acknowledged");
        // What it says it holds it also has.
        let (status, bytes) = get(&relay, &phones[0], &token, hash);
        let whole = status == 200 && Hash::of(&bytes) == *hash;
        assert_eq!(whole, !lacks, "{hash}");
    }
    // A place that was counted and whose bytes never came is counted no more.
    let all: std::collections::BTreeSet<Hash> = tried.iter().map(|(hash, _)| *hash).collect();
    let lacks = |hash: &&Hash| !missing(&relay, &phones[0], &token, &[**hash]).is_empty();
    let lacking = all.iter().filter(lacks);
    let held = all.len() - lacking.count();
    assert_eq!(relay.figure("linli_relay_blobs "), u64::try_from(held).unwrap());
    let coming = folder.path().join("blobs/coming");
    assert_eq!(std::fs::read_dir(coming).unwrap().count(), 0, "what was half written is gone");
}
