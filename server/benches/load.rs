//! The relay under load, as a real process on the real disk: how many packs share a commit, what a
//! pack costs, what a waiting phone costs. Ratios count; absolute figures are this machine's.
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
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

use given::{Phone, Relay, found, stranger};
use linli_wire::{
    CircleId,
    access::Access,
    call::{join_packs, path},
    pack::Pack,
};

/// Packs of one run, whatever the number of connections.
const PACKS: usize = 3_200;

/// Bytes of a pack's body: a report with its seal.
const BODY_BYTES: usize = 320;

/// Phones that wait at once for the memory figure.
const WAITING: usize = 1_000;

/// Ticks of the processor clock in a second, as Linux tells them to programs.
const TICKS_PER_S: f64 = 100.0;

/// A connection that stays open.
struct Line(TcpStream);

impl Line {
    fn open(relay: &Relay) -> Self {
        let stream = TcpStream::connect(relay.address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    fn send(&mut self, method: &str, path: &str, token: &str, body: &[u8]) {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        self.0.write_all(&[head.as_bytes(), body].concat()).unwrap();
    }

    /// Reads one answer; returns its status.
    fn status(&mut self) -> u16 {
        let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
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
                return head.split(' ').nth(1).unwrap().parse().unwrap();
            }
        }
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
        let mut line = Line::open(relay);
        let path = path::log(&self.phone.community);
        for body in &self.bodies {
            line.send("POST", &path, &self.token, body);
            assert_eq!(line.status(), 200);
        }
    }
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
    let path = path::live(&founder.community, u64::MAX >> 1, 55);
    let before = resident(&relay);
    let mut waiting: Vec<Line> = Vec::with_capacity(WAITING);
    for at in 0..WAITING {
        let mut line = Line::open(&relay);
        line.send("GET", &path, &senders[at % senders.len()].token, b"");
        waiting.push(line);
    }
    relay.wait_until_waiting(WAITING as u64);
    let each = (resident(&relay) - before) / WAITING as f64 / 1024.0;
    println!("{WAITING} waiting phones: {each:.1} KiB each");
}
