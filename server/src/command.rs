//! `linli relay`: reads the settings, runs until told to stop.

use std::{io::Write as _, path::Path, process::ExitCode};

use tokio::signal::unix::{SignalKind, signal};

use crate::{
    Backed, Relay, backup,
    settings::{Asked, HELP_EN, HELP_ZH, Language, Settings},
};

/// Exit code for bad usage.
const USAGE: u8 = 2;

/// Runs the relay as a program.
///
/// Prints `listening on http://…` when it is ready. Ends with 0 when told to stop, 1 if it cannot
/// start or its disk fails, 2 for bad settings.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
#[must_use]
pub fn run(arguments: &[String], language: Language) -> ExitCode {
    let settings = match Settings::read(arguments, variable) {
        Ok(Asked::Help) => {
            print!("{}", if language == Language::Zh { HELP_ZH } else { HELP_EN });
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Backup { data, to }) => return back_up(&data, &to),
        Ok(Asked::Run(settings)) => *settings,
        Err(error) => {
            eprintln!("linli relay: {error}");
            return ExitCode::from(USAGE);
        }
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("linli relay: {error}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        let mut relay = match Relay::start(settings).await {
            Ok(relay) => relay,
            Err(error) => {
                eprintln!("linli relay: {error}");
                return ExitCode::FAILURE;
            }
        };
        let scheme = if relay.is_secure() { "https" } else { "http" };
        println!("listening on {scheme}://{}", relay.address());
        // A parent that reads the line may have gone; the relay runs all the same.
        let _ = std::io::stdout().flush();
        let Ok(mut again) = signal(SignalKind::hangup()) else { return ExitCode::FAILURE };
        loop {
            tokio::select! {
                () = told_to_stop() => break,
                _ = again.recv() => reload(&relay),
                () = relay.failed() => {
                    eprintln!("linli relay: the disk failed; nothing more is acknowledged");
                    return ExitCode::FAILURE;
                }
            }
        }
        relay.stop().await;
        ExitCode::SUCCESS
    })
}

/// Takes a renewed certificate; with a broken one the old goes on.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
fn reload(relay: &Relay) {
    match relay.reload() {
        Ok(()) => println!("the certificate was read again"),
        Err(why) => eprintln!("linli relay: the old certificate stays in use: {why}"),
    }
    // As above.
    let _ = std::io::stdout().flush();
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
fn back_up(data: &Path, to: &Path) -> ExitCode {
    match backup(data, to) {
        Ok(Backed { communities, parts, copied, lost }) => {
            println!(
                "backed up: {communities} communities, {parts} parts of blobs ({copied} new, \
                 {lost} lost at the relay)"
            );
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("linli relay: {why}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the relay's settings")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn told_to_stop() {
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
