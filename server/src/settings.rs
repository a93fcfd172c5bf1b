//! The relay's settings: flags come before the environment, the environment before the file.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

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

/// Help text in English.
pub const HELP_EN: &str = "\
The relay of Linli: keeps the sealed log of every community; it can read none of it.

Usage: linli relay [--listen ADDRESS] [--data DIR] [--operator-token TOKEN] [--config FILE]
                   [--max-mib N] [--new-epoch]

  --listen ADDRESS        address and port (default 127.0.0.1:8787; port 0 takes a free one)
  --data DIR              folder of the database (default ./linli-relay)
  --operator-token TOKEN  what founding a community takes; none means that nobody may found
  --max-mib N             largest size of the database in MiB; a full one takes nothing more
                          (default: what the disk holds)
  --config FILE           TOML file with listen, data, operator_token, max_mib
  --new-epoch             after restoring a backup: begins a new log epoch, so that phones offer
                          again what the backup lacks
  --help                  this text

It speaks plain HTTP. Phones talk plainly to their own machine only: put a TLS proxy before it.
Told to stop (SIGTERM, Ctrl-C) it answers who waits and ends with 0; with 1 if it cannot start or
its disk fails, with 2 for a bad setting.

Environment: LINLI_RELAY_LISTEN, LINLI_RELAY_DATA, LINLI_RELAY_OPERATOR_TOKEN,
LINLI_RELAY_MAX_MIB.
";

/// Help text in Chinese.
pub const HELP_ZH: &str = "\
邻里中转服务：保存每个小区的密封日志，自己一个字也读不到。

用法：linli relay [--listen 地址] [--data 目录] [--operator-token 令牌] [--config 文件]
                  [--max-mib N] [--new-epoch]

  --listen 地址           地址和端口（默认 127.0.0.1:8787；端口 0 表示任取一个空闲端口）
  --data 目录             数据库目录（默认 ./linli-relay）
  --operator-token 令牌   建立小区所需的令牌；不设则谁也不能建立
  --max-mib N             数据库最大容量（MiB），满了就不再接收（默认以磁盘为限）
  --config 文件           TOML 文件，可写 listen、data、operator_token、max_mib
  --new-epoch             从备份恢复之后使用：开始新的日志纪元，手机会补交备份里缺的内容
  --help                  本说明

本服务只说明文 HTTP；手机只对本机说明文，所以前面要放一个 TLS 代理。
收到停止信号（SIGTERM、Ctrl-C）时先答复等候者，再以 0 结束；无法启动或磁盘出错以 1 结束，
设置有误以 2 结束。

环境变量：LINLI_RELAY_LISTEN、LINLI_RELAY_DATA、LINLI_RELAY_OPERATOR_TOKEN、LINLI_RELAY_MAX_MIB。
";

/// Where the relay listens and keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address and port.
    pub listen: SocketAddr,
    /// Folder of the database.
    pub data: PathBuf,
    /// What founding a community takes.
    pub operator_token: Option<String>,
    /// Largest size of the database in MiB; none for what the disk holds.
    pub max_mib: Option<u32>,
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

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    data: Option<PathBuf>,
    operator_token: Option<String>,
    max_mib: Option<u32>,
}

/// What was asked for on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Show the help.
    Help,
    /// Run.
    Run(Settings),
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
        let Some(flags) = Flags::read(arguments)? else { return Ok(Asked::Help) };
        let file = match &flags.config {
            Some(path) => read_file(path)?,
            None => File::default(),
        };
        let pick = |flag: &Option<String>, name: &str, key: &str, in_file: Option<String>| {
            let from_flag = flag.clone().map(|value| (format!("--{key}"), value));
            let from_variable = || variable(name).map(|value| (name.to_owned(), value));
            let from_file = || in_file.map(|value| (format!("{key} in the file"), value));
            from_flag.or_else(from_variable).or_else(from_file)
        };
        let listen = pick(&flags.listen, "LINLI_RELAY_LISTEN", "listen", file.listen)
            .unwrap_or_else(|| ("default".to_owned(), "127.0.0.1:8787".to_owned()));
        let data = file.data.map(|path| path.to_string_lossy().into_owned());
        let data = pick(&flags.data, "LINLI_RELAY_DATA", "data", data)
            .map_or_else(|| PathBuf::from("linli-relay"), |(_, value)| PathBuf::from(value));
        let token = pick(
            &flags.operator_token,
            "LINLI_RELAY_OPERATOR_TOKEN",
            "operator-token",
            file.operator_token,
        );
        if let Some((origin, token)) = &token
            && (token.len() < 16 || !token.chars().all(|c| c.is_ascii_graphic()))
        {
            let why = "the token needs at least 16 visible ASCII characters".to_owned();
            return Err(SettingsError { origin: origin.clone(), why });
        }
        let in_file = file.max_mib.map(|mib| mib.to_string());
        let max_mib = pick(&flags.max_mib, "LINLI_RELAY_MAX_MIB", "max-mib", in_file);
        Ok(Asked::Run(Self {
            listen: address(listen)?,
            max_mib: max_mib.map(mebibytes).transpose()?,
            data,
            operator_token: token.map(|(_, token)| token),
            new_epoch: flags.new_epoch,
        }))
    }
}

fn address((origin, value): (String, String)) -> Result<SocketAddr, SettingsError> {
    value.parse().map_err(|_| SettingsError {
        origin,
        why: format!("{value:?} is not an address such as 127.0.0.1:8787"),
    })
}

fn mebibytes((origin, value): (String, String)) -> Result<u32, SettingsError> {
    value.parse().ok().filter(|mib| *mib > 0).ok_or_else(|| SettingsError {
        origin,
        why: format!("{value:?} is not a whole number of MiB from 1 to {}", u32::MAX),
    })
}

fn read_file(path: &Path) -> Result<File, SettingsError> {
    let origin = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| SettingsError { origin: origin.clone(), why: error.to_string() })?;
    toml::from_str(&text).map_err(|error| SettingsError { origin, why: error.to_string() })
}

#[derive(Default)]
struct Flags {
    listen: Option<String>,
    data: Option<String>,
    operator_token: Option<String>,
    max_mib: Option<String>,
    config: Option<PathBuf>,
    new_epoch: bool,
}

impl Flags {
    fn read(arguments: &[String]) -> Result<Option<Self>, SettingsError> {
        let mut flags = Self::default();
        let mut rest = arguments.iter();
        while let Some(flag) = rest.next() {
            let mut value = || {
                rest.next().cloned().ok_or_else(|| SettingsError {
                    origin: flag.clone(),
                    why: "needs a value; see --help".to_owned(),
                })
            };
            match flag.as_str() {
                "--help" | "-h" => return Ok(None),
                "--listen" => flags.listen = Some(value()?),
                "--data" => flags.data = Some(value()?),
                "--operator-token" => flags.operator_token = Some(value()?),
                "--max-mib" => flags.max_mib = Some(value()?),
                "--config" => flags.config = Some(value()?.into()),
                "--new-epoch" => flags.new_epoch = true,
                _ => {
                    let why = "unknown flag; see --help".to_owned();
                    return Err(SettingsError { origin: flag.clone(), why });
                }
            }
        }
        Ok(Some(flags))
    }
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
        assert_eq!(origin(&["--what"], &[]), "--what");
        assert_eq!(origin(&["--data"], &[]), "--data");
        assert_eq!(origin(&["--config", "/nowhere/x.toml"], &[]), "/nowhere/x.toml");
    }
}
