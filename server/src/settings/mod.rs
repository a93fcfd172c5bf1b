//! The relay's settings: flags come before the environment, the environment before the file.

mod help;
mod source;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

pub use help::{HELP_EN, HELP_ZH};
use source::Source;

/// The language of help and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// Reads the language of the environment (`LINLI_LANG`, then `LANG`).
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the language")]
    pub fn from_environment() -> Self {
        let named = std::env::var("LINLI_LANG").or_else(|_| std::env::var("LANG"));
        if named.is_ok_and(|name| name.starts_with("zh")) { Self::Zh } else { Self::En }
    }
}

/// How much devices and communities may hand in.
///
/// Honest use stays far below; whoever is over hears when to come again, and nobody else suffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Packs a minute of one device: an import of a whole stair, ten times over.
    pub device_packs_minute: u64,
    /// Packs a minute of one community: every home of 1,900 on the evening of an alarm.
    pub community_packs_minute: u64,
    /// MiB of packs a day of one device: a thousand times a busy day.
    pub device_mib_day: u64,
    /// MiB of packs a day of one community.
    pub community_mib_day: u64,
    /// MiB of blobs a day of one device: two hundred photos.
    pub device_blob_mib_day: u64,
    /// MiB of blobs of one community altogether: some four years of photos.
    pub community_blob_mib: u64,
    /// MiB of blobs of all communities together; the disk should hold more.
    pub blob_mib: u64,
    /// Calls a minute from one address to open sessions: a mobile network puts thousands of
    /// phones behind one.
    pub sessions_minute: u64,
}

/// A quota: its key, and where it is kept.
type Number = (&'static str, fn(&mut Quotas) -> &mut u64);

/// The keys of the quotas.
const NUMBERS: &[Number] = &[
    ("device-packs-minute", |quotas| &mut quotas.device_packs_minute),
    ("community-packs-minute", |quotas| &mut quotas.community_packs_minute),
    ("device-mib-day", |quotas| &mut quotas.device_mib_day),
    ("community-mib-day", |quotas| &mut quotas.community_mib_day),
    ("device-blob-mib-day", |quotas| &mut quotas.device_blob_mib_day),
    ("community-blob-mib", |quotas| &mut quotas.community_blob_mib),
    ("blob-mib", |quotas| &mut quotas.blob_mib),
    ("sessions-minute", |quotas| &mut quotas.sessions_minute),
];

/// The keys of all other settings that have a value.
const KEYS: &[&str] = &[
    "listen",
    "data",
    "operator-token",
    "operator-tokens",
    "max-mib",
    "tls-certificate",
    "tls-key",
    "proxy",
];

impl Default for Quotas {
    fn default() -> Self {
        Self {
            device_packs_minute: 6_000,
            community_packs_minute: 60_000,
            device_mib_day: 64,
            community_mib_day: 1024,
            device_blob_mib_day: 64,
            community_blob_mib: 4096,
            blob_mib: u64::MAX,
            sessions_minute: 1_200,
        }
    }
}

/// Where the relay listens and keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address and port.
    pub listen: SocketAddr,
    /// Folder of the database.
    pub data: PathBuf,
    /// What founding a community takes.
    pub operator_token: Option<String>,
    /// A file of more such tokens.
    pub operator_tokens: Option<PathBuf>,
    /// Certificate and key, if the relay speaks TLS itself.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// A proxy on another machine that may say which address calls.
    pub proxy: Option<IpAddr>,
    /// Largest size of the database in MiB; none for what the disk holds.
    pub max_mib: Option<u32>,
    /// How much may be handed in.
    pub quotas: Quotas,
    /// Whether to begin a new log epoch.
    pub new_epoch: bool,
}

/// A setting that cannot be used, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {why}")]
pub struct SettingsError {
    /// The flag, variable, or file with line.
    pub origin: String,
    /// What is wrong and what to do.
    pub why: String,
}

/// What was asked for on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Show the help.
    Help,
    /// Run.
    Run(Box<Settings>),
    /// Copy what the relay keeps to a folder.
    Backup {
        /// The relay's folder.
        data: PathBuf,
        /// Where to.
        to: PathBuf,
    },
}

impl Settings {
    /// Reads flags, then the environment through `variable`, then the file.
    ///
    /// # Errors
    /// [`SettingsError`] for the first bad one.
    pub fn read(
        arguments: &[String],
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Asked, SettingsError> {
        let Some(source) = Source::read(arguments, variable)? else { return Ok(Asked::Help) };
        let listen = source.pick("listen")?;
        let listen = listen.unwrap_or_else(|| ("default".to_owned(), "127.0.0.1:8787".to_owned()));
        let data = source.pick("data")?;
        let data = data.map_or_else(|| PathBuf::from("linli-relay"), |(_, value)| value.into());
        if let Some(to) = source.backup {
            return Ok(Asked::Backup { data, to });
        }
        let mut quotas = Quotas::default();
        for (key, place) in NUMBERS {
            if let Some((origin, value)) = source.pick(key)? {
                *place(&mut quotas) = whole(&origin, &value)?;
            }
        }
        let path = |key| Ok(source.pick(key)?.map(|(_, value)| PathBuf::from(value)));
        Ok(Asked::Run(Box::new(Self {
            listen: address(listen)?,
            data,
            operator_token: source.pick("operator-token")?.map(token).transpose()?,
            operator_tokens: path("operator-tokens")?,
            tls: both(path("tls-certificate")?, path("tls-key")?)?,
            proxy: source.pick("proxy")?.map(proxy).transpose()?,
            max_mib: source.pick("max-mib")?.map(mebibytes).transpose()?,
            quotas,
            new_epoch: source.new_epoch,
        })))
    }
}

fn address((origin, value): (String, String)) -> Result<SocketAddr, SettingsError> {
    value.parse().map_err(|_| SettingsError {
        origin,
        why: format!("{value:?} is not an address such as 127.0.0.1:8787"),
    })
}

fn proxy((origin, value): (String, String)) -> Result<IpAddr, SettingsError> {
    value.parse().map_err(|_| SettingsError {
        origin,
        why: format!("{value:?} is not an address without a port, such as 192.0.2.7"),
    })
}

fn both(
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
) -> Result<Option<(PathBuf, PathBuf)>, SettingsError> {
    let lacks = |origin: &str, other: &str| {
        let why = format!("needs {other} too");
        Err(SettingsError { origin: origin.to_owned(), why })
    };
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
        (None, None) => Ok(None),
        (Some(_), None) => lacks("tls-certificate", "tls-key"),
        (None, Some(_)) => lacks("tls-key", "tls-certificate"),
    }
}

fn token((origin, value): (String, String)) -> Result<String, SettingsError> {
    if is_token(&value) {
        return Ok(value);
    }
    let why = "the token needs at least 16 visible ASCII characters".to_owned();
    Err(SettingsError { origin, why })
}

/// Tells whether a text can be an operator's token.
#[must_use]
pub(crate) fn is_token(text: &str) -> bool {
    text.len() >= 16 && text.chars().all(|char| char.is_ascii_graphic())
}

fn mebibytes((origin, value): (String, String)) -> Result<u32, SettingsError> {
    value.parse().ok().filter(|mib| *mib > 0).ok_or_else(|| SettingsError {
        origin,
        why: format!("{value:?} is not a whole number of MiB from 1 to {}", u32::MAX),
    })
}

fn whole(origin: &str, value: &str) -> Result<u64, SettingsError> {
    value.parse().map_err(|_| SettingsError {
        origin: origin.to_owned(),
        why: format!("{value:?} is not a whole number from 0 to {}", u64::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Asked, SettingsError> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Settings::read(&arguments, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn flags_come_before_the_environment_and_both_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("relay.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\ndata = \"in-file\"\n").unwrap();
        let path = path.to_str().unwrap();
        let Ok(Asked::Run(settings)) = read(
            &["--config", path, "--listen", "127.0.0.1:3"],
            &[("LINLI_RELAY_LISTEN", "127.0.0.1:2")],
        ) else {
            panic!("settings")
        };
        assert_eq!(settings.listen.port(), 3);
        assert_eq!(settings.data, PathBuf::from("in-file"));
    }

    #[test]
    fn every_bad_setting_names_where_it_came_from() {
        let origin = |arguments: &[&str], variables: &[(&str, &str)]| {
            read(arguments, variables).unwrap_err().origin
        };
        assert_eq!(origin(&["--listen", "here"], &[]), "--listen");
        assert_eq!(origin(&[], &[("LINLI_RELAY_LISTEN", "x")]), "LINLI_RELAY_LISTEN");
        assert_eq!(origin(&["--operator-token", "short"], &[]), "--operator-token");
        assert_eq!(origin(&["--max-mib", "0"], &[]), "--max-mib");
        assert_eq!(origin(&[], &[("LINLI_RELAY_MAX_MIB", "much")]), "LINLI_RELAY_MAX_MIB");
        assert_eq!(origin(&["--device-mib-day", "-1"], &[]), "--device-mib-day");
        assert_eq!(origin(&[], &[("LINLI_RELAY_BLOB_MIB", "x")]), "LINLI_RELAY_BLOB_MIB");
        assert_eq!(origin(&["--proxy", "192.0.2.7:1"], &[]), "--proxy");
        assert_eq!(origin(&["--tls-key", "k"], &[]), "tls-key");
        assert_eq!(origin(&["--tls-certificate", "c"], &[]), "tls-certificate");
        assert_eq!(origin(&["backup"], &[]), "backup");
        assert_eq!(origin(&["--what"], &[]), "--what");
        assert_eq!(origin(&["--data"], &[]), "--data");
        assert_eq!(origin(&["--config", "/nowhere/x.toml"], &[]), "/nowhere/x.toml");
    }

    #[test]
    fn a_backup_has_a_target_and_the_relays_folder() {
        let asked = read(&["backup", "there", "--data", "here"], &[]);
        assert_eq!(asked, Ok(Asked::Backup { data: "here".into(), to: "there".into() }));
    }

    #[test]
    fn a_file_may_hold_every_setting_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("relay.toml");
        let read_file = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&["--config", path.to_str().unwrap()], &[])
        };
        let text = "device_packs_minute = 7\nblob_mib = \"9\"\n";
        let Ok(Asked::Run(settings)) = read_file(text) else { panic!("settings") };
        assert_eq!((settings.quotas.device_packs_minute, settings.quotas.blob_mib), (7, 9));
        let origin = |text| read_file(text).unwrap_err().origin;
        assert_eq!(origin("device_packs_minute = -7\n"), "device_packs_minute in the file");
        assert_eq!(origin("listen = [1]\n"), "listen in the file");
        assert_eq!(origin("device-packs-minute = 7\n"), path.to_str().unwrap());
        assert_eq!(origin("config = \"x\"\n"), path.to_str().unwrap());
        assert_eq!(origin("listen = "), path.to_str().unwrap());
    }

    #[test]
    fn the_help_names_every_setting_in_both_languages() {
        for key in KEYS.iter().copied().chain(NUMBERS.iter().map(|(key, _)| *key)) {
            for help in [HELP_EN, HELP_ZH] {
                assert!(help.contains(&format!("--{key} ")), "{key}");
            }
        }
    }
}
