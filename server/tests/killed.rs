//! The relay as a real process: killed under load, restored, refusing.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
};

use ed25519_zebra::SigningKey;
use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, KeyEpoch, LogEpoch, Signature,
    call::{
        Appended, Content, ErrorAnswer, Page, SessionAnswer, SessionAsk, SessionProof, code,
        join_packs, path,
    },
    charter::{Charter, FounderSignature, SignedCharter},
    head, limits,
    pack::{Header, Kind, Pack, Seen},
    sign::Purpose,
};

const TOKEN: &str = "an-operators-token";

struct Relay {
    child: Child,
    address: SocketAddr,
}

impl Relay {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linli-relay"))
            .args(["--listen", "127.0.0.1:0", "--operator-token", TOKEN, "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address }
    }

    fn call(&self, method: &str, path: &str, token: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        // A body that is too large may be refused before it is read.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let split = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&answer[..split]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, answer[split + 4..].to_vec()))
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Phone {
    key: SigningKey,
    community: CommunityId,
    n: u64,
    prev: Hash,
}

impl Phone {
    fn device(&self) -> DeviceId {
        DeviceId(self.key.verification_key().into())
    }

    fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Signature {
        Signature(self.key.sign(&purpose.message(parts)).into())
    }

    fn pack(&self, n: u64, prev: Hash, text: &str) -> Pack {
        let header = Header {
            kind: Kind::Change,
            community: self.community,
            circle: CircleId::named(&self.community, "community"),
            key_epoch: KeyEpoch([1; 8]),
            device: self.device(),
            n,
            prev,
            cn: n,
            cprev: prev,
            seen: Seen::NOTHING,
            time: 0,
            nonce: [0; 24],
        };
        let body = text.as_bytes();
        let bytes = header.encode(u32::try_from(body.len()).unwrap());
        let signature = self.sign(Purpose::Pack, &[&bytes, body]);
        Pack::join(header, body, &signature).unwrap()
    }

    fn session(&self, relay: &Relay) -> Option<String> {
        let (community, device) = (self.community, self.device());
        let ask = |answer| SessionAsk { community, device, answer }.encode().unwrap();
        let (_, body) = relay.call("POST", path::SESSION, "", &ask(None))?;
        let challenge = SessionAnswer::decode(&body).ok()?.challenge;
        let parts: [&[u8]; 3] = [&community.0, &device.0, &challenge.0];
        let signature = self.sign(Purpose::Session, &parts);
        let proof = SessionProof { challenge, signature };
        let (status, body) = relay.call("POST", path::SESSION, "", &ask(Some(proof)))?;
        assert_eq!(status, 200);
        Some(SessionAnswer::decode(&body).unwrap().token)
    }

    fn append(&self, relay: &Relay, token: &str, packs: &[Pack]) -> Option<(u16, Vec<u8>)> {
        let body = join_packs(packs.iter().map(Pack::bytes)).unwrap();
        relay.call("POST", &path::log(&self.community), token, &body)
    }
}

/// Founds a trial community; its founder may append at once.
fn found(relay: &Relay) -> Phone {
    let key = SigningKey::from([7; 32]);
    let device = DeviceId(key.verification_key().into());
    let charter = Charter {
        version: Charter::VERSION,
        founders: vec![device],
        threshold: 1,
        trial: true,
        register: Hash([1; 32]),
        salt: Hash([2; 32]),
    };
    let community = charter.id().unwrap();
    let phone = Phone { key, community, n: 0, prev: Hash::ZERO };
    let signature = phone.sign(Purpose::Charter, &[&community.0]);
    let signed =
        SignedCharter { charter, signatures: vec![FounderSignature { device, signature }] };
    let body = signed.encode().unwrap();
    let path = path::community(&community);
    assert_eq!(relay.call("PUT", &path, "wrong-token", &body).unwrap().0, 401);
    assert_eq!(relay.call("PUT", &path, TOKEN, &body).unwrap().0, 201);
    assert_eq!(relay.call("PUT", &path, TOKEN, &body).unwrap().0, 200);
    assert_eq!(relay.call("GET", &path, "", b"").unwrap(), (200, body));
    phone
}

fn refused(answer: (u16, Vec<u8>)) -> (u16, String) {
    (answer.0, ErrorAnswer::decode(&answer.1).unwrap().code)
}

/// Reads the whole log and checks places and heads.
fn read(relay: &Relay, phone: &Phone, token: &str) -> (LogEpoch, Vec<Pack>) {
    let (mut packs, mut after) = (Vec::new(), 0);
    loop {
        let path = path::pull(&phone.community, after);
        let (status, body) = relay.call("GET", &path, token, b"").unwrap();
        assert_eq!(status, 200);
        let page = Page::decode(&body).unwrap();
        let mut head = head::start(&phone.community, &page.epoch);
        for entry in &page.entries {
            assert_eq!(entry.seq, after + 1, "places are dense");
            after = entry.seq;
            head = head::next(&head, entry.seq, entry.stamp, &entry.content.hash());
            if let Content::Whole(bytes) = &entry.content {
                packs.push(Pack::decode(bytes).unwrap());
            }
        }
        if page.entries.is_empty() || after == page.last {
            return (page.epoch, packs);
        }
    }
}

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
fn every_refusal_has_its_word() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let phone = found(&relay);
    let log = path::log(&phone.community);
    let first = phone.pack(1, Hash::ZERO, "one");
    let token = phone.session(&relay).unwrap();
    let word = |code: &str, status: u16| (status, code.to_owned());
    let append = |packs: &[Pack]| phone.append(&relay, &token, packs).unwrap();
    assert_eq!(refused(relay.call("POST", &log, "00", b"x").unwrap()), word(code::NO_SESSION, 401));
    assert_eq!(
        refused(relay.call("POST", &log, &token, b"x").unwrap()),
        word(code::BAD_REQUEST, 400)
    );
    assert_eq!(refused(append(&[phone.pack(2, first.hash(), "two")])), word(code::GAP, 409));
    assert_eq!(append(std::slice::from_ref(&first)).0, 200);
    assert_eq!(append(std::slice::from_ref(&first)).0, 200, "the same again stands once");
    assert_eq!(refused(append(&[phone.pack(1, Hash::ZERO, "other")])), word(code::FORK, 409));
    assert_eq!(refused(append(&[phone.pack(2, Hash([9; 32]), "two")])), word(code::BAD_PACK, 422));
    let mut forged = phone.pack(2, first.hash(), "two").bytes().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let body = join_packs([forged.as_slice()]).unwrap();
    let answer = relay.call("POST", &log, &token, &body).unwrap();
    assert_eq!(refused(answer), word(code::BAD_PACK, 422));
    let large = vec![0; limits::APPEND_BYTES_MAX + 1];
    assert_eq!(relay.call("POST", &log, &token, &large).unwrap().0, 413);
    let key = SigningKey::from([8; 32]);
    let other = Phone { key, community: phone.community, n: 0, prev: Hash::ZERO };
    let ask = SessionAsk { community: other.community, device: other.device(), answer: None };
    let answer = relay.call("POST", path::SESSION, "", &ask.encode().unwrap()).unwrap();
    assert_eq!(refused(answer), word(code::NOT_ALLOWED, 403));
    let nowhere = path::community(&CommunityId([3; 32]));
    assert_eq!(refused(relay.call("GET", &nowhere, "", b"").unwrap()), word(code::NOT_FOUND, 404));
    assert_eq!(relay.call("GET", "/healthz", "", b"").unwrap().0, 200);
    assert_eq!(relay.call("GET", "/readyz", "", b"").unwrap().0, 200);
    let metrics = String::from_utf8(relay.call("GET", "/metrics", "", b"").unwrap().1).unwrap();
    assert!(metrics.contains("linli_relay_packs_total"));
    assert!(!metrics.contains(&phone.community.to_hex()));
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
