//! `linli roster`: reads a roster, shows what it adds up to or everything that is wrong with it.

mod file;
mod heyuan;
pub(crate) mod show;
#[cfg(test)]
mod tests;
mod xlsx;

use std::{
    fs::File,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use linli_domain::registry::roster::{Fault, Line, Problem, Roster, Secret, read, totals};
use linli_relay::settings::Language;

use crate::office::text::{Text, unread};
use file::BYTES_MAX;

/// What is asked about rosters.
#[derive(Debug)]
pub(crate) enum RosterCommand {
    /// Check a file.
    Check {
        /// The file.
        file: PathBuf,
        /// As data.
        json: bool,
    },
    /// Write the sample community's roster.
    Make {
        /// Where to; to the output if none.
        file: Option<PathBuf>,
    },
}

/// Does what is asked.
#[expect(clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn run(command: &RosterCommand, language: Language) -> ExitCode {
    let done = match command {
        RosterCommand::Check { file, json } => return check(file, *json, language),
        RosterCommand::Make { file: Some(file) } => std::fs::write(file, heyuan::csv()),
        RosterCommand::Make { file: None } => {
            std::io::stdout().lock().write_all(heyuan::csv().as_bytes())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli roster: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why a roster was not read.
#[derive(Debug)]
pub(crate) enum NotRead {
    /// The system would not give the file.
    System(std::io::Error),
    /// What is wrong with it.
    Problems(Vec<Problem>),
}

/// Reads a roster's file.
///
/// # Errors
/// [`NotRead`].
pub(crate) fn open(path: &Path, secret: &Secret) -> Result<Roster, NotRead> {
    read_bytes(&bytes(path).map_err(NotRead::System)?, secret).map_err(NotRead::Problems)
}

/// Cuts the file of a table, whatever it is of, into lines of cells.
///
/// # Errors
/// [`NotRead`].
pub(crate) fn lines(path: &Path) -> Result<Vec<Line>, NotRead> {
    lines_under(path, is_filled)
}

/// Cuts the file of a table, whose header may stand under other lines, into lines of cells.
///
/// # Errors
/// [`NotRead`].
pub(crate) fn lines_under(
    path: &Path,
    is_header: impl Fn(&str) -> bool,
) -> Result<Vec<Line>, NotRead> {
    let bytes = bytes(path).map_err(NotRead::System)?;
    lines_of(&bytes, is_header).map_err(|why| NotRead::Problems(vec![why]))
}

/// Most tables begin with their header.
fn is_filled(line: &str) -> bool {
    !line.trim().is_empty()
}

/// Reads a text file in the letters that a table may be in.
///
/// # Errors
/// [`NotRead`].
pub(crate) fn text(path: &Path) -> Result<String, NotRead> {
    let bytes = bytes(path).map_err(NotRead::System)?;
    let text = small(&bytes)
        .and_then(|()| file::text(&bytes).ok_or_else(|| Problem::of_file(Fault::FileEncoding, "")));
    text.map_err(|why| NotRead::Problems(vec![why]))
}

/// Decodes a text in the letters that a table may be in; none if it is in others.
pub(crate) fn decoded(bytes: &[u8]) -> Option<String> {
    file::text(bytes)
}

/// Reads as much of a file as shows that it is too large.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn small(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() > BYTES_MAX {
        let most = format!("{} MiB", BYTES_MAX / 1024 / 1024);
        return Err(Problem::of_file(Fault::FileLarge, "").with(most));
    }
    Ok(())
}

fn lines_of(bytes: &[u8], is_header: impl Fn(&str) -> bool) -> Result<Vec<Line>, Problem> {
    small(bytes)?;
    file::lines(bytes, is_header)
}

/// Reads a roster from what a file holds.
fn read_bytes(bytes: &[u8], secret: &Secret) -> Result<Roster, Vec<Problem>> {
    let lines = lines_of(bytes, is_filled).map_err(|problem| vec![problem])?;
    read(&lines, secret)
}

/// Says everything that is wrong with a file that founds nothing.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn tell(path: &Path, why: &NotRead, language: Language) -> ExitCode {
    match why {
        NotRead::System(error) => {
            eprintln!("linli: {}", unread(path, error, &Text::of(language)));
            ExitCode::from(crate::USAGE)
        }
        NotRead::Problems(problems) => {
            print!("{}", show::problems(problems, language));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "a program speaks to its user")]
fn check(path: &Path, json: bool, language: Language) -> ExitCode {
    // Nothing is kept of a check: any secret does.
    match open(path, &Secret([0; 32])) {
        Ok(roster) if json => {
            println!("{}", show::totals_as_data(&roster));
            ExitCode::SUCCESS
        }
        Ok(roster) => {
            print!("{}", show::totals(&totals(&roster.stairs()), language));
            ExitCode::SUCCESS
        }
        Err(NotRead::Problems(problems)) if json => {
            println!("{}", show::problems_as_data(&problems));
            ExitCode::FAILURE
        }
        Err(why) => tell(path, &why, language),
    }
}
