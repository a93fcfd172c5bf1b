//! The command line of `linli`.

use std::path::PathBuf;

use linli_relay::settings::Language;

use crate::{
    found::{self, FoundCommand},
    office,
    roster::RosterCommand,
    village::{Lie, Options, child::PhoneOptions},
};

/// Help in English.
pub(crate) const HELP_EN: &str = "\
linli, the office of a community on a computer.

Usage: linli [--lang zh|en] COMMAND

  linli village [--json] [--keep DIR] [--sabotage drop|fork|flip|replay|fen]
      Plays one day of the sample community 和园 (1,936 homes and shops): a relay and seven phones,
      each a process of its own, with real files, keys and HTTP. Ends with 0 if all phones agree.
      --json      the same as data
      --keep DIR  leaves every file in DIR (it must not exist yet)
      --sabotage  one phone's connection lies (fen: the sum of one receipt is altered in a phone's
                  own files); the phone has to name the lie, the place in the log and the device.
                  Ends with 3 if it did, with 0 if the lie was never met.
  linli status DIR
      Opens the phones of a kept village (or one phone's folder) and checks every row against the
      facts. Ends with 1 and names each row that differs.
  linli roster check FILE [--json]
      Reads a roster (CSV in UTF-8, UTF-16 or GB18030, or XLSX) and shows what it adds up to: stairs,
      homes, shops and area of each building, and the heads that vote. If something is wrong, every
      problem with its line, its column and what to do; then it ends with 1.
      Columns, in English or Chinese, in any order:
        building 楼号, stair 单元, room 房号 (or a whole code in unit 房号), use 用途, area 专有面积;
        and if wanted basis 面积依据, owners 业主, id-hash 证件哈希, phone 电话, share 份额,
        status 状态, delivered 交付, bill_from 计费起日, lift 电梯, remark 备注.
  linli roster make heyuan [FILE]
      Writes the roster of the sample community.
  linli found --roster FILE --name NAME --desk DIR [--rules cn|cn-hangzhou]
        --trial --relay URL --operator-token TOKEN
      Founds a trial community with this desk as its only founder. DIR holds the desk's keys, its
      store, and register.json: who stands behind each pseudonym. It never leaves DIR.
  linli found --roster FILE --name NAME --desk DIR [--rules ...] --founders K/N --keys FILE...
      Draws up a draft that K of N founders have to sign, each on a device of their own: this desk and
      the N-1 whose keys are in the files (from their phones, or from linli found keys --desk DIR).
  linli found sign DRAFT --desk DIR
      Shows a draft and writes this desk's signature.
  linli found finish --desk DIR --relay URL --operator-token TOKEN --signature FILE...
      Founds with the signatures, this desk's among them; run again, it goes on telling the relay.
  linli found enter CHARTER --desk DIR
      Comes in as one of the other founders.
  linli relay --help
      Runs a relay.
  linli --help
      This text.
";

/// Help in Chinese.
pub(crate) const HELP_ZH: &str = "\
邻里：在电脑上办小区的事。

用法：linli [--lang zh|en] 命令

  linli village [--json] [--keep 目录] [--sabotage drop|fork|flip|replay|fen]
      演示样例小区「和园」（1,936户，含商铺）的一天：一个中转服务、七部手机，各是独立进程，
      文件、密钥、网络都是真的。
      所有手机一致时以 0 结束。
      --json      以数据形式输出
      --keep 目录 把所有文件留在该目录（目录必须还不存在）
      --sabotage  让一部手机的网络说谎（fen：在一部手机的文件里把一张收据改一分）；
                  手机必须指出谎言、记录位置和设备。
                  指出时以 3 结束；谎言没有碰上则以 0 结束。
  linli status 目录
      打开留下的手机（或一部手机的目录），逐行与事实核对。有不符时指出是哪一行并以 1 结束。
  linli roster check 文件 [--json]
      读取名册（CSV：UTF-8、UTF-16 或 GB18030；或 XLSX），列出每幢楼的单元、住宅、商铺、面积，
      以及参加表决的业主人数。有问题时逐条指出行、列、原因和做法，并以 1 结束。
      列名用中文或英文都可以，次序不限：
        楼号 building、单元 stair、房号 room（或在“房号”一列里写全）、用途 use、专有面积 area；
        可选：面积依据 basis、业主 owners、证件哈希 id-hash、电话 phone、份额 share、状态 status、
        交付 delivered、计费起日 bill_from、电梯 lift、备注 remark。
  linli roster make heyuan [文件]
      写出样例小区“和园”的名册。
  linli found --roster 文件 --name 名称 --desk 目录 [--rules cn|cn-hangzhou]
        --trial --relay 网址 --operator-token 口令
      建立试用小区，本机是唯一的发起人。目录里有本机的密钥、数据和 register.json（每个代号是谁）；
      register.json 不会离开这个目录。
  linli found --roster 文件 --name 名称 --desk 目录 [--rules ...] --founders K/N --keys 文件...
      写出一份草案，须由 N 位发起人中的 K 位各在自己的设备上签署：本机，以及文件里的 N-1 位
      （密钥来自他们的手机，或 linli found keys --desk 目录）。
  linli found sign 草案 --desk 目录
      显示草案并写出本机的签名。
  linli found finish --desk 目录 --relay 网址 --operator-token 口令 --signature 文件...
      用收到的签名（含本机）建立小区；再次运行则继续告知中转服务。
  linli found enter 立册文件 --desk 目录
      作为其他发起人进入。
  linli relay --help
      运行中转服务。
  linli --help
      本说明。
";

/// What was asked for.
#[derive(Debug)]
pub(crate) enum Command {
    /// Help about the order that begins with these words; about all of them if there are none.
    Help(Vec<String>),
    Relay(Vec<String>),
    Village(Options),
    Found(FoundCommand),
    Roster(RosterCommand),
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
            None | Some("--help" | "-h" | "help") => {
                return Ok((language, Command::Help(Vec::new())));
            }
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
        _ if rest.iter().any(|word| word == "--help" || word == "-h") => {
            rest.retain(|word| !word.starts_with('-'));
            rest.insert(0, command.to_owned());
            Command::Help(rest)
        }
        "village" => Command::Village(village(&rest)?),
        "found" => Command::Found(found::read(&rest)?),
        "roster" => Command::Roster(roster(&rest)?),
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

fn roster(arguments: &[String]) -> Result<RosterCommand, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check", file] => Ok(RosterCommand::Check { file: file.into(), json: false }),
        ["check", file, "--json"] | ["check", "--json", file] => {
            Ok(RosterCommand::Check { file: file.into(), json: true })
        }
        ["make", "heyuan"] => Ok(RosterCommand::Make { file: None }),
        ["make", "heyuan", file] => Ok(RosterCommand::Make { file: Some(file.into()) }),
        _ => Err("roster needs check FILE [--json], or make heyuan [FILE]".to_owned()),
    }
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
                    Some("fen") => Lie::Fen,
                    _ => return Err("--sabotage needs drop, fork, flip, replay or fen".to_owned()),
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
            (&["village", "--sabotage", "lie"][..], "drop, fork, flip, replay or fen"),
            (&["village", "--what"], "unknown flag"),
            (&["dance"], "unknown command"),
            (&["roster", "check"], "check FILE"),
            (&["roster", "check", "a", "b"], "check FILE"),
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
