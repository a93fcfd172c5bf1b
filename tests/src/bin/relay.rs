//! The relay, told to say when it commits and to stop there: for the kill tests.
//!
//! Usage: `relay [--stop-at N] SETTINGS…`. Prints `commit N` between the writes and the COMMIT of
//! its Nth batch, and waits for ever at the one named. At SIGHUP it prints whether it took a
//! renewed certificate.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of the tests")]

use std::io::Write as _;

use linli_relay::{
    Relay,
    settings::{Asked, Settings},
};
use tokio::signal::unix::{SignalKind, signal};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut stop_at = None;
    if arguments.first().is_some_and(|first| first == "--stop-at") {
        stop_at = Some(arguments.get(1).unwrap().parse::<u32>().unwrap());
        arguments.drain(..2);
    }
    let settings = match Settings::read(&arguments, |_| None) {
        Ok(Asked::Run(settings)) => Some(*settings),
        Ok(_) | Err(_) => None,
    };
    let settings = settings.unwrap();
    let mut commits = 0;
    let pause = move || {
        commits += 1;
        say(&format!("commit {commits}"));
        while stop_at == Some(commits) {
            std::thread::park();
        }
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut relay = Relay::start_with(settings, Some(Box::new(pause))).await.unwrap();
        say(&format!("listening on http://{}", relay.address()));
        let mut again = signal(SignalKind::hangup()).unwrap();
        loop {
            tokio::select! {
                _ = again.recv() => say(&format!("taken: {}", relay.reload().is_ok())),
                () = relay.failed() => return,
            }
        }
    });
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}
