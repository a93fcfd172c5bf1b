//! A relay that speaks TLS by itself: to pinned phones, over a renewed certificate, and not to who
//! dawdles.

use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Command,
    time::Duration,
};

use linli_io::SystemChance;
use linli_replica::store::MemoryStore;
use linli_seal::DeviceKeys;
use linli_tests::{
    FirstDay, TOKEN,
    relay::{Phone, Relay},
    texts,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_relay");

/// What the relay says next, beside its commits.
fn told(relay: &mut Relay) -> String {
    let lines = relay.lines.as_mut().unwrap().map_while(Result::ok);
    lines.into_iter().find(|line| !line.starts_with("commit ")).unwrap()
}

/// Makes a certificate and its key, in place of those before.
fn certificate(folder: &Path) -> Vec<u8> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(folder.join("relay.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("relay.key"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().to_vec()
}

fn start(folder: &Path) -> Relay {
    let paths = ["relay.pem", "relay.key"].map(|name| folder.join(name).display().to_string());
    let [certificate, key] = &paths;
    let more = ["--tls-certificate", certificate, "--tls-key", key];
    Relay::start(PROGRAM, &folder.join("data"), &folder.join("log"), &more)
}

#[test]
fn phones_that_pin_its_certificate_agree_and_a_renewed_one_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let first = certificate(folder.path());
    let mut relay = start(folder.path());
    let keys = DeviceKeys::generate(&mut SystemChance);
    let day = FirstDay::new(&[&keys]);
    let chen = day.unread(MemoryStore::default(), &keys);
    let mut founder = Phone::secure(day.founder, relay.address, &first);
    let mut chen = Phone::secure(chen, relay.address, &first);
    assert!(founder.talk() && chen.talk());
    chen.report(1);
    assert!(chen.talk() && founder.talk());
    assert_eq!(texts(&founder.replica).len(), 1);
    // Who pins another certificate, or speaks plainly, is not talked to.
    let second = certificate(folder.path());
    let mut chen = Phone::secure(chen.replica, relay.address, &second);
    assert!(!chen.talk(), "the new certificate is not in use yet");
    relay.signal("HUP");
    assert_eq!(told(&mut relay), "taken: true");
    chen.report(2);
    assert!(chen.talk());
    assert!(!Phone::secure(founder.replica, relay.address, &first).talk());
    let mut plain = Phone::new(chen.replica, relay.address);
    plain.report(3);
    assert!(!plain.talk());
    // A broken key leaves the one in use.
    fs::write(folder.path().join("relay.key"), "broken").unwrap();
    relay.signal("HUP");
    assert_eq!(told(&mut relay), "taken: false");
    assert!(Phone::secure(plain.replica, relay.address, &second).talk());
}

#[test]
fn who_dawdles_over_a_handshake_is_hung_up_on() {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path());
    let relay = start(folder.path());
    let mut dawdling = TcpStream::connect(relay.address).unwrap();
    // Long enough for any machine; a relay that waits for ever fails here.
    dawdling.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    dawdling.write_all(&[22, 3, 1, 0]).unwrap();
    let ended = dawdling.read(&mut [0; 64]);
    let hung_up = ended
        .as_ref()
        .map_or_else(|error| error.kind() == ErrorKind::ConnectionReset, |read| *read == 0);
    assert!(hung_up, "{ended:?}");
}

#[test]
fn a_relay_without_a_usable_certificate_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path());
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(folder.path().join("relay.key"), other.signing_key.serialize_pem()).unwrap();
    let path = |name: &str| folder.path().join(name);
    let output = Command::new(PROGRAM)
        .args(["--listen", "127.0.0.1:0", "--operator-token", TOKEN, "--data"])
        .arg(path("data"))
        .arg("--tls-certificate")
        .arg(path("relay.pem"))
        .arg("--tls-key")
        .arg(path("relay.key"))
        .output()
        .unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
}
