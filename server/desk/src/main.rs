//! `linli`: the community's office on a computer, and the demo village.

mod arguments;
mod backup;
mod export;
mod found;
mod help;
mod office;
mod payments;
mod print;
mod repairs;
mod report;
mod roster;
mod status;
mod village;

use std::{io::Write as _, process::ExitCode};

use arguments::Command;
use linli_relay::settings::Language;

/// Exit code for bad usage.
const USAGE: u8 = 2;

#[expect(clippy::print_stderr, reason = "a program speaks to its user")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (language, command) = match arguments::read(&arguments, Language::from_environment()) {
        Ok(read) => read,
        Err(why) => {
            eprintln!("linli: {why}");
            return ExitCode::from(USAGE);
        }
    };
    match command {
        Command::Help(about) => {
            // Whoever reads the first lines alone closes the pipe.
            let _ = std::io::stdout().write_all(help::text(&about, language).as_bytes());
            ExitCode::SUCCESS
        }
        Command::Relay(rest) => linli_relay::run(&rest, language),
        Command::Village(options) => village::run(&options, language),
        Command::Found(command) => found::run(&command, language),
        Command::Roster(command) => roster::run(&command, language),
        Command::Status(folder) => status::run(&folder, language),
        Command::Office(order) => office::run(&order, language),
        Command::Phone(options) => village::child::run(options),
    }
}
