//! The relay under load, as a real process on the real disk: how many packs share a commit, what a
//! pack costs, what a waiting phone and a part of a blob cost. Ratios count; absolute figures are this machine's.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a bench measures, prints, and may stop at once"
)]

#[path = "../tests/relay/given.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod given;

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use given::{Phone, Relay, figure, found, stranger};
use linli_wire::{
    CircleId, Hash,
    access::Access,
    call::{join_packs, path},
    limits,
    pack::Pack,
};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Packs of one run, whatever the number of connections.
const PACKS: usize = 3_200;

/// Bytes of a pack's body: a report with its seal.
const BODY_BYTES: usize = 320;

/// Phones that wait at once for the memory figure.
const WAITING: usize = 1_000;

/// Ticks of the processor clock in a second, as Linux tells them to programs.
const TICKS_PER_S: f64 = 100.0;

/// Bytes of the blobs of one run.
const BLOBS_BYTES: usize = 32 * 1024 * 1024;

/// Phones that bring blobs at once.
const BRINGING: usize = 8;

/// A connection that stays open, plain or over TLS.
struct Line(Box<dyn Stream>);

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

impl Line {
    fn open(relay: &Relay, secure: Option<&Arc<ClientConfig>>) -> Self {
        let stream = TcpStream::connect(relay.address).unwrap();
        stream.set_nodelay(true).unwrap();
        let Some(config) = secure else { return Self(Box::new(stream)) };
        let name = "localhost".try_into().unwrap();
        let tls = ClientConnection::new(Arc::clone(config), name).unwrap();
        Self(Box::new(StreamOwned::new(tls, stream)))
    }

    fn send(&mut self, method: &str, path: &str, token: &str, body: &[u8]) {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        self.0.write_all(&[head.as_bytes(), body].concat()).unwrap();
        self.0.flush().unwrap();
    }

    /// Reads one answer: its status and body.
    fn answer(&mut self) -> (u16, Vec<u8>) {
        let (mut answer, mut buffer) = (Vec::new(), [0; 16 * 1024]);
        loop {
            let read = self.0.read(&mut buffer).unwrap();
            assert!(read > 0, "the relay hung up");
            answer.extend_from_slice(&buffer[..read]);
            let Some(end) = answer.windows(4).position(|part| part == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.trim().parse().unwrap());
            if answer.len() >= end + 4 + length {
                let status = head.split(' ').nth(1).unwrap().parse().unwrap();
                return (status, answer.split_off(end + 4));
            }
        }
    }

    fn ask(&mut self, method: &str, path: &str, token: &str, body: &[u8]) -> (u16, Vec<u8>) {
        self.send(method, path, token, body);
        self.answer()
    }
}

/// Processor time of the relay so far.
fn cpu(relay: &Relay) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", relay.child.id())).unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let field = |at: usize| after_name.split_whitespace().nth(at).unwrap().parse::<f64>().unwrap();
    (field(11) + field(12)) / TICKS_PER_S
}

/// Bytes of memory that the relay holds.
fn resident(relay: &Relay) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", relay.child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() * 1024.0
}

/// FULL commits of one small row that the disk takes in a second, without any relay.
fn disk(folder: &Path) -> f64 {
    let file = folder.join("alone.db");
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.execute_batch("CREATE TABLE IF NOT EXISTS t(v BLOB)").unwrap();
    let started = Instant::now();
    let mut commits = 0;
    while started.elapsed() < Duration::from_secs(1) {
        connection.execute("INSERT INTO t VALUES(?1)", [vec![7_u8; 800]]).unwrap();
        commits += 1;
    }
    f64::from(commits) / started.elapsed().as_secs_f64()
}

/// A phone with its session and the bodies of its next appends, signed beforehand.
struct Sender {
    phone: Phone,
    token: String,
    bodies: Vec<Vec<u8>>,
}

impl Sender {
    fn prepare(&mut self, packs: usize) {
        let text = "a".repeat(BODY_BYTES);
        self.bodies.clear();
        for _ in 0..packs {
            let pack: Pack = self.phone.pack(self.phone.n + 1, self.phone.prev, &text);
            (self.phone.n, self.phone.prev) = (pack.header.n, pack.hash());
            self.bodies.push(join_packs([pack.bytes()]).unwrap());
        }
    }

    fn run(&self, relay: &Relay) {
        let mut line = Line::open(relay, None);
        let path = path::log(&self.phone.community);
        for body in &self.bodies {
            assert_eq!(line.ask("POST", &path, &self.token, body).0, 200);
        }
    }
}

/// Writes files of a part's size as the relay does: synced, renamed, the folder synced. Bytes a
/// second, without any relay.
fn disk_files(folder: &Path) -> f64 {
    let folder = folder.join("alone");
    std::fs::create_dir(&folder).unwrap();
    let part = vec![7_u8; limits::BLOB_BYTES_MAX];
    let started = Instant::now();
    let mut written = 0;
    while started.elapsed() < Duration::from_secs(2) {
        let (coming, name) = (folder.join("coming"), folder.join(written.to_string()));
        let mut file = std::fs::File::create(&coming).unwrap();
        file.write_all(&part).unwrap();
        file.sync_all().unwrap();
        std::fs::rename(coming, name).unwrap();
        std::fs::File::open(&folder).unwrap().sync_all().unwrap();
        written += part.len();
    }
    written as f64 / started.elapsed().as_secs_f64()
}

/// Brings parts of blobs over several connections, and reads them; each as a share of what the
/// disk writes by itself.
fn blobs(relay: &Relay, senders: &[Sender], folder: &Path) {
    let alone = disk_files(folder);
    let part = |number: usize| {
        let mut bytes = number.to_be_bytes().to_vec();
        bytes.resize(limits::BLOB_BYTES_MAX, 7);
        (path::blob(&senders[0].phone.community, &Hash::of(&bytes)), bytes)
    };
    let parts: Vec<_> = (0..BLOBS_BYTES / limits::BLOB_BYTES_MAX).map(part).collect();
    let bytes = (parts.len() * limits::BLOB_BYTES_MAX) as f64;
    let run = |method: &str, expected: u16| {
        let before = cpu(relay);
        let started = Instant::now();
        std::thread::scope(|scope| {
            for (sender, parts) in senders.iter().zip(parts.chunks(parts.len() / BRINGING)) {
                scope.spawn(move || {
                    let mut line = Line::open(relay, None);
                    for (path, bytes) in parts {
                        let body: &[u8] = if method == "PUT" { bytes } else { b"" };
                        assert_eq!(line.ask(method, path, &sender.token, body).0, expected);
                    }
                });
            }
        });
        let rate = bytes / started.elapsed().as_secs_f64();
        (rate, (cpu(relay) - before) * 1000.0 / (bytes / f64::from(1 << 20)))
    };
    let (put, got) = (run("PUT", 201), run("GET", 200));
    println!(
        "blobs: PUT {:.0} MB/s, {:.2} of the disk alone ({:.0} MB/s), {:.1} ms CPU a MiB; \
         GET {:.0} MB/s, {:.1} ms CPU a MiB",
        put.0 / 1e6,
        put.0 / alone,
        alone / 1e6,
        put.1,
        got.0 / 1e6,
        got.1,
    );
}

/// Lets phones wait for news; returns KiB of the relay's memory for each.
fn waiting(relay: &Relay, phone: &Phone, secure: Option<&Arc<ClientConfig>>) -> f64 {
    let mut first = Line::open(relay, secure);
    let post = |body: &[u8]| Some(first.ask("POST", path::SESSION, "", body));
    let token = phone.session_by(post).unwrap();
    let path = path::live(&phone.community, u64::MAX >> 1, 55);
    let before = resident(relay);
    let mut lines: Vec<Line> = Vec::with_capacity(WAITING);
    for _ in 0..WAITING {
        let mut line = Line::open(relay, secure);
        line.send("GET", &path, &token, b"");
        lines.push(line);
    }
    let all = WAITING as u64;
    while figure(&first.ask("GET", "/metrics", "", b"").1, "linli_relay_waiting") < all {}
    (resident(relay) - before) / WAITING as f64 / 1024.0
}

/// Gives a folder a certificate; returns what a phone that pins it is set up with.
fn certificate(folder: &Path) -> Arc<ClientConfig> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("relay.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("relay.key"), made.signing_key.serialize_pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let mut founder = found(&relay);
    let token = founder.session(&relay).unwrap();
    let circle = CircleId::named(&founder.community, "community");
    let mut senders = Vec::new();
    for number in 100..164 {
        let phone = stranger(&founder, number);
        let (device, circles) = (phone.device(), vec![circle]);
        let access = Access { device, circles, may_list: false, serial: 1, ended: false };
        assert_eq!(founder.list(&relay, &token, &access), 200);
        let token = phone.session(&relay).unwrap();
        senders.push(Sender { phone, token, bodies: Vec::new() });
    }
    println!("connections | packs/s | packs a commit | CPU ms a pack | the disk alone, commits/s");
    for connections in [1, 8, 64] {
        // One connection waits for the disk at every pack: fewer of them tell the same.
        let packs = if connections == 1 { PACKS / 8 } else { PACKS };
        for sender in &mut senders[..connections] {
            sender.prepare(packs / connections);
        }
        let alone = disk(folder.path());
        let (commits, before) = (relay.figure("linli_relay_commits_total"), cpu(&relay));
        let started = Instant::now();
        std::thread::scope(|scope| {
            for sender in &senders[..connections] {
                scope.spawn(|| sender.run(&relay));
            }
        });
        let seconds = started.elapsed().as_secs_f64();
        let commits = (relay.figure("linli_relay_commits_total") - commits) as f64;
        let packs = packs as f64;
        println!(
            "{connections:>11} | {:>7.0} | {:>14.1} | {:>13.3} | {alone:>8.0}",
            packs / seconds,
            packs / commits,
            (cpu(&relay) - before) * 1000.0 / packs,
        );
    }
    blobs(&relay, &senders, folder.path());
    relay.kill();
    // A process that has done nothing else, so that no memory of before is used again.
    let phone = &senders[0].phone;
    let relay = Relay::start(folder.path(), &[]);
    println!("{WAITING} waiting phones: {:.1} KiB each", waiting(&relay, phone, None));
    relay.kill();
    let config = certificate(folder.path());
    let paths = ["relay.pem", "relay.key"].map(|name| folder.path().join(name));
    let [certificate, key] = paths.each_ref().map(|path| path.to_str().unwrap());
    let tls = ["--tls-certificate", certificate, "--tls-key", key];
    let relay = Relay::start(folder.path(), &tls);
    println!("{WAITING} over TLS: {:.1} KiB each", waiting(&relay, phone, Some(&config)));
}
