//! A relay as a real process, and phones that speak to it with real keys.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
};

use ed25519_zebra::SigningKey;
use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, KeyEpoch, LogEpoch, Signature,
    access::Access,
    call::{Content, ErrorAnswer, Page, SessionAnswer, SessionAsk, SessionProof, join_packs, path},
    charter::{Charter, FounderSignature, SignedCharter},
    head,
    pack::{Header, Kind, Pack, Seen},
    sign::Purpose,
};

pub(crate) const TOKEN: &str = "an-operators-token";

pub(crate) struct Relay {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Relay {
    pub(crate) fn start(data: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linli-relay"))
            .args(["--listen", "127.0.0.1:0", "--operator-token", TOKEN, "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().parse().unwrap();
        Self { child, address }
    }

    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> Option<(u16, Vec<u8>)> {
        let (status, _, answer) = self.ask(method, path, token, body)?;
        Some((status, answer))
    }

    /// Calls and returns the answer's status, its head in small letters, and its body.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> Option<(u16, String, Vec<u8>)> {
        self.ask_with(method, path, &format!("authorization: Bearer {token}\r\n"), body)
    }

    /// The same with whole lines of the head.
    pub(crate) fn ask_with(
        &self,
        method: &str,
        path: &str,
        lines: &str,
        body: &[u8],
    ) -> Option<(u16, String, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\
             {lines}content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        // A body that is too large may be refused before it is read.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let split = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&answer[..split]).to_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, head, answer[split + 4..].to_vec()))
    }

    /// Reads a figure of `/metrics`.
    pub(crate) fn figure(&self, name: &str) -> u64 {
        figure(&self.call("GET", "/metrics", "", b"").unwrap().1, name)
    }

    /// Waits until so many phones wait for news.
    pub(crate) fn wait_until_waiting(&self, phones: u64) {
        let waiting = || self.figure("linli_relay_waiting") >= phones;
        assert!((0..100_000).any(|_| waiting()), "{phones} phones wait");
    }

    pub(crate) fn kill(mut self) {
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

/// Reads a figure out of the text of `/metrics`.
pub(crate) fn figure(text: &[u8], name: &str) -> u64 {
    let text = String::from_utf8_lossy(text);
    let line = text.lines().find(|line| line.starts_with(name)).unwrap();
    line.split(' ').nth(1).unwrap().parse().unwrap()
}

pub(crate) struct Phone {
    pub(crate) key: SigningKey,
    pub(crate) community: CommunityId,
    pub(crate) n: u64,
    pub(crate) prev: Hash,
}

impl Phone {
    pub(crate) fn device(&self) -> DeviceId {
        DeviceId(self.key.verification_key().into())
    }

    pub(crate) fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Signature {
        Signature(self.key.sign(&purpose.message(parts)).into())
    }

    pub(crate) fn pack(&self, n: u64, prev: Hash, text: &str) -> Pack {
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
        self.sealed(header, text.as_bytes())
    }

    /// Signs a pack with whatever header.
    pub(crate) fn sealed(&self, header: Header, body: &[u8]) -> Pack {
        let bytes = header.encode(u32::try_from(body.len()).unwrap());
        let signature = self.sign(Purpose::Pack, &[&bytes, body]);
        Pack::join(header, body, &signature).unwrap()
    }

    /// The next own pack: appended, and the chain moved on.
    pub(crate) fn put(&mut self, relay: &Relay, token: &str, pack: &Pack) -> u16 {
        let (status, _) = self.append(relay, token, std::slice::from_ref(pack)).unwrap();
        if status == 200 {
            (self.n, self.prev) = (pack.header.n, pack.hash());
        }
        status
    }

    /// Lists a device for circles.
    pub(crate) fn list(&mut self, relay: &Relay, token: &str, access: &Access) -> u16 {
        let pack = self.pack(self.n + 1, self.prev, "");
        let (circle, key_epoch) = (CircleId::NONE, KeyEpoch::NONE);
        let header = Header { kind: Kind::Access, circle, key_epoch, ..pack.header };
        let pack = self.sealed(header, &access.encode().unwrap());
        self.put(relay, token, &pack)
    }

    pub(crate) fn session(&self, relay: &Relay) -> Option<String> {
        self.session_by(|body| relay.call("POST", path::SESSION, "", body))
    }

    /// Opens a session by whatever way there is to the relay.
    pub(crate) fn session_by(
        &self,
        mut post: impl FnMut(&[u8]) -> Option<(u16, Vec<u8>)>,
    ) -> Option<String> {
        let (community, device) = (self.community, self.device());
        let ask = |answer| SessionAsk::new(community, device, answer).encode().unwrap();
        let (_, body) = post(&ask(None))?;
        let challenge = SessionAnswer::decode(&body).ok()?.challenge;
        let parts: [&[u8]; 3] = [&community.0, &device.0, &challenge.0];
        let signature = self.sign(Purpose::Session, &parts);
        let proof = SessionProof { challenge, signature };
        let (status, body) = post(&ask(Some(proof)))?;
        assert_eq!(status, 200);
        Some(SessionAnswer::decode(&body).unwrap().token)
    }

    pub(crate) fn append(
        &self,
        relay: &Relay,
        token: &str,
        packs: &[Pack],
    ) -> Option<(u16, Vec<u8>)> {
        let body = join_packs(packs.iter().map(Pack::bytes)).unwrap();
        relay.call("POST", &path::log(&self.community), token, &body)
    }
}

/// A stranger in a phone's community.
pub(crate) fn stranger(of: &Phone, number: u8) -> Phone {
    let key = SigningKey::from([number; 32]);
    Phone { key, community: of.community, n: 0, prev: Hash::ZERO }
}

/// A trial community that differs by a number, with its charter.
pub(crate) fn charter_of(number: u8) -> (CommunityId, Vec<u8>) {
    let key = SigningKey::from([7; 32]);
    let device = DeviceId(key.verification_key().into());
    let charter = Charter {
        version: Charter::VERSION,
        founders: vec![device],
        threshold: 1,
        trial: true,
        register: Hash([1; 32]),
        salt: Hash([number; 32]),
    };
    let community = charter.id().unwrap();
    let message = Purpose::Charter.message(&[&community.0]);
    let signature = Signature(key.sign(&message).into());
    let signatures = vec![FounderSignature { device, signature }];
    (community, SignedCharter { charter, signatures }.encode().unwrap())
}

/// Founds a trial community; its founder may append at once.
pub(crate) fn found(relay: &Relay) -> Phone {
    let (community, body) = charter_of(2);
    let phone = Phone { key: SigningKey::from([7; 32]), community, n: 0, prev: Hash::ZERO };
    let path = path::community(&community);
    assert_eq!(relay.call("PUT", &path, "wrong-token", &body).unwrap().0, 401);
    assert_eq!(relay.call("PUT", &path, TOKEN, &body).unwrap().0, 201);
    assert_eq!(relay.call("PUT", &path, TOKEN, &body).unwrap().0, 200);
    assert_eq!(relay.call("GET", &path, "", b"").unwrap(), (200, body));
    phone
}

/// A record that lists a device for circles.
pub(crate) fn access(device: DeviceId, circles: Vec<CircleId>) -> Access {
    Access { device, circles, may_list: false, serial: 1, ended: false }
}

/// A founder with a session, and a member who reads the circle `community`.
pub(crate) fn first_day(relay: &Relay) -> (Phone, String, Phone, String) {
    let mut founder = found(relay);
    let token = founder.session(relay).unwrap();
    let member = stranger(&founder, 8);
    let circle = CircleId::named(&founder.community, "community");
    assert_eq!(founder.list(relay, &token, &access(member.device(), vec![circle])), 200);
    let members = member.session(relay).unwrap();
    (founder, token, member, members)
}

pub(crate) fn refused(answer: (u16, Vec<u8>)) -> (u16, String) {
    (answer.0, ErrorAnswer::decode(&answer.1).unwrap().code)
}

/// Reads the whole log and checks places and heads.
pub(crate) fn read(relay: &Relay, phone: &Phone, token: &str) -> (LogEpoch, Vec<Pack>) {
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
