//! A relay as a process of its own, and phones that talk to it over real sockets.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Lines},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use linli_io::{RelayClient, SystemChance, clock};
use linli_replica::{Ask, Lane, Progress, Replica, store::Store};
use tokio::runtime::{Builder, Runtime};

use crate::{TOKEN, report};

/// A relay process. It is killed when it is dropped.
#[derive(Debug)]
pub struct Relay {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it says after that; taken by whoever listens.
    pub lines: Option<Lines<BufReader<ChildStdout>>>,
}

impl Relay {
    /// Starts the tests' relay program on a folder; what it says as errors goes to a log.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn start(program: &str, data: &Path, log: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(more)
            .args(["--listen", "127.0.0.1:0", "--operator-token", TOKEN, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(File::options().create(true).append(true).open(log).unwrap())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on ").unwrap().rsplit('/').next().unwrap();
        let address = address.parse().unwrap();
        Self { child, address, lines: Some(lines) }
    }

    /// Sends it a signal, such as `HUP`.
    ///
    /// # Panics
    /// If it cannot be sent.
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{signal}"), &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// Kills it at once.
    ///
    /// # Panics
    /// If it cannot be killed.
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A phone that talks to a relay.
#[derive(Debug)]
pub struct Phone<S> {
    /// What it holds.
    pub replica: Replica<S>,
    runtime: Runtime,
    client: RelayClient,
}

impl<S: Store> Phone<S> {
    /// Gives a replica a network.
    ///
    /// # Panics
    /// If the system gives no runtime.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn new(replica: Replica<S>, relay: SocketAddr) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self { replica, runtime, client: client(relay) }
    }

    /// Gives a replica a network over TLS, with the relay's own certificate in DER.
    ///
    /// # Panics
    /// If the system gives no runtime.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn secure(replica: Replica<S>, relay: SocketAddr, pin: &[u8]) -> Self {
        let relay_url = format!("https://localhost:{}", relay.port());
        let client = RelayClient::new(&relay_url, Some(pin)).unwrap();
        Self { client, ..Self::new(replica, relay) }
    }

    /// Moves to a relay at another address.
    pub fn turn_to(&mut self, relay: SocketAddr) {
        self.client = client(relay);
    }

    /// Talks until there is nothing more to say; `false` if a call failed.
    ///
    /// # Panics
    /// If the phone's own store fails.
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn talk(&mut self) -> bool {
        self.replica.begin_round();
        while let Some(call) = self.replica.next_call(Lane::Work).unwrap() {
            let reply = self.runtime.block_on(self.client.send(&call.http));
            let chance = &mut SystemChance;
            let progress = self.replica.answered(&call.kind, reply, clock::now(), chance).unwrap();
            if progress == Progress::Failed {
                return false;
            }
        }
        true
    }

    /// Writes a report with a number in its text.
    ///
    /// # Panics
    /// If a rule says no.
    #[expect(clippy::unwrap_used, reason = "a helper of tests")]
    pub fn report(&mut self, number: u32) {
        let ask = Ask::repair(None, report(number));
        self.replica.ask(&ask, 0, clock::now(), &mut SystemChance).unwrap();
    }
}

#[expect(clippy::unwrap_used, reason = "a helper of tests")]
fn client(relay: SocketAddr) -> RelayClient {
    RelayClient::new(&format!("http://{relay}"), None).unwrap()
}
