//! The command line of `linli`.

use std::path::PathBuf;

use linli_relay::settings::Language;

use crate::office;
use crate::village::{Lie, Options, child::PhoneOptions};

/// Help in English.
pub(crate) const HELP_EN: &str = "\
linli, the office of a community on a computer.

Usage: linli [--lang zh|en] COMMAND

  linli village [--json] [--keep DIR] [--sabotage drop|fork|flip|replay]
      Plays one day of a small community: a relay and five phones, each a process of its own,
      with real files, keys and HTTP. Ends with 0 if all phones agree.
      --json      the same as data
      --keep DIR  leaves every file in DIR (it must not exist yet)
      --sabotage  one phone's connection lies; the phone has to name the lie, the place in the
                  log and the device. Ends with 3 if it did, with 0 if the lie was never met.
  linli status DIR
      Opens the phones of a kept village (or one phone's folder) and checks every row against the
      facts. Ends with 1 and names each row that differs.
  linli relay --help
      Runs a relay.
  linli --help
      This text.
";

/// Help in Chinese.
pub(crate) const HELP_ZH: &str = "\
邻里：在电脑上办小区的事。

用法：linli [--lang zh|en] 命令

  linli village [--json] [--keep 目录] [--sabotage drop|fork|flip|replay]
      演示一个小小区的一天：一个中转服务、五部手机，各是独立进程，文件、密钥、网络都是真的。
      所有手机一致时以 0 结束。
      --json      以数据形式输出
      --keep 目录 把所有文件留在该目录（目录必须还不存在）
      --sabotage  让一部手机的网络说谎；手机必须指出谎言、记录位置和设备。
                  指出时以 3 结束；谎言没有碰上则以 0 结束。
  linli status 目录
      打开留下的手机（或一部手机的目录），逐行与事实核对。有不符时指出是哪一行并以 1 结束。
  linli relay --help
      运行中转服务。
  linli --help
      本说明。
";

/// What was asked for.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Relay(Vec<String>),
    Village(Options),
    Status(PathBuf),
    Office(office::Order),
    /// One phone of the village, driven over its input: not for people.
    Phone(PhoneOptions),
}

/// Reads the command line.
pub(crate) fn read(
    arguments: &[String],
    language: Language,
) -> Result<(Language, Command), String> {
    let mut rest = arguments.iter();
    let mut language = language;
    let command = loop {
        match rest.next().map(String::as_str) {
            None | Some("--help" | "-h" | "help") => return Ok((language, Command::Help)),
            Some("--lang") => {
                language = match rest.next().map(String::as_str) {
                    Some("zh") => Language::Zh,
                    Some("en") => Language::En,
                    _ => return Err("--lang needs zh or en".to_owned()),
                };
            }
            Some(command) => break command,
        }
    };
    let mut rest: Vec<String> = rest.cloned().collect();
    if let Some(at) = rest.iter().position(|word| word == "--lang") {
        let word = rest.get(at + 1).cloned().unwrap_or_default();
        language = match word.as_str() {
            "zh" => Language::Zh,
            "en" => Language::En,
            _ => return Err("--lang needs zh or en".to_owned()),
        };
        rest.drain(at..at + 2);
    }
    let command = match command {
        "relay" => Command::Relay(rest),
        _ if rest.iter().any(|word| word == "--help" || word == "-h") => Command::Help,
        "village" => Command::Village(village(&rest)?),
        "status" => match rest.as_slice() {
            [folder] => Command::Status(folder.into()),
            _ => return Err("status needs exactly one folder".to_owned()),
        },
        known if office::COMMANDS.contains(&known) => Command::Office(office::read(known, &rest)?),
        "village-phone" => match rest.as_slice() {
            [folder, relay] => {
                Command::Phone(PhoneOptions { folder: folder.clone(), relay: relay.clone() })
            }
            _ => return Err("village-phone is started by the village".to_owned()),
        },
        other => return Err(format!("unknown command {other:?}; see linli --help")),
    };
    Ok((language, command))
}

fn village(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        match flag.as_str() {
            "--json" => options.json = true,
            "--keep" => {
                let folder = rest.next().ok_or("--keep needs a folder")?;
                options.keep = Some(folder.into());
            }
            "--sabotage" => {
                options.sabotage = Some(match rest.next().map(String::as_str) {
                    Some("drop") => Lie::Drop,
                    Some("fork") => Lie::Fork,
                    Some("flip") => Lie::Flip,
                    Some("replay") => Lie::Replay,
                    _ => return Err("--sabotage needs drop, fork, flip or replay".to_owned()),
                });
            }
            other => return Err(format!("unknown flag {other:?}; see linli --help")),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<(Language, Command), String> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        read(&words, Language::En)
    }

    #[test]
    fn bad_usage_is_refused_with_what_to_do() {
        for (words, why) in [
            (&["village", "--sabotage", "lie"][..], "drop, fork, flip or replay"),
            (&["village", "--what"], "unknown flag"),
            (&["dance"], "unknown command"),
            (&["status"], "exactly one folder"),
            (&["--lang", "fr", "village"], "zh or en"),
        ] {
            assert!(read_words(words).unwrap_err().contains(why), "{words:?}");
        }
    }

    #[test]
    fn language_may_stand_before_or_after_the_command() {
        for words in [&["--lang", "zh", "village"][..], &["village", "--lang", "zh"]] {
            let (language, command) = read_words(words).unwrap();
            assert_eq!(language, Language::Zh);
            assert!(matches!(command, Command::Village(_)));
        }
    }
}
