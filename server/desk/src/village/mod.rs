//! The demo village: one day of a community, with a relay and seven phones as real processes.

mod at_home;
mod carried;
pub(crate) mod child;
mod day;
mod ending;
mod fen;
mod forger;
mod joining;
mod leak;
mod lie;
mod lost;
mod money;
mod phone;
mod photo;
mod proxy;
mod relay;
mod screen;
mod summary;
mod teller;

use std::{path::PathBuf, process::ExitCode};

use linli_relay::settings::Language;

pub(crate) use lie::Lie;
use phone::Trouble;
pub(crate) use summary::open as open_phone;
use teller::Teller;

/// Exit code when a phone caught its relay at a lie.
const CAUGHT: u8 = 3;

/// How the village is played.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The same as data.
    pub(crate) json: bool,
    /// Where to leave the files.
    pub(crate) keep: Option<PathBuf>,
    /// How one cable lies.
    pub(crate) sabotage: Option<Lie>,
}

/// Plays the day.
#[expect(clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn run(options: &Options, language: Language) -> ExitCode {
    let mut teller = Teller::new(language, options.json);
    let folder = match Folder::make(options) {
        Ok(folder) => folder,
        Err(why) => {
            eprintln!("linli village: {why}");
            return ExitCode::from(crate::USAGE);
        }
    };
    let played = day::play(&folder.path, options.sabotage, language, &mut teller);
    let code = match played {
        Ok(day::End::Agreed) => 0,
        Ok(day::End::Disagreed) => 1,
        Ok(day::End::Caught) => CAUGHT,
        Err(trouble) => {
            teller.trouble(&trouble);
            1
        }
    };
    teller.finish(code);
    ExitCode::from(code)
}

/// The folder of the day; removed at its end unless it is to be kept.
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    fn make(options: &Options) -> Result<Self, String> {
        let (path, keep) = match &options.keep {
            Some(path) if path.exists() => {
                return Err(format!(
                    "{} exists already; --keep needs a new folder",
                    path.display()
                ));
            }
            Some(path) => (path.clone(), true),
            None => {
                let mut name = [0; 8];
                getrandom::fill(&mut name).map_err(|error| error.to_string())?;
                let name = format!("linli-village-{}", linli_wire::ids::hex(&name));
                (std::env::temp_dir().join(name), false)
            }
        };
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, keep })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // A folder of the system's temporary ones: if it stays, the system clears it.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// A step of the day that could not be done.
pub(crate) type Step<T = ()> = Result<T, Trouble>;
