//! `linli carry` and `linli share-outbox`: what somebody could not send for days goes by another
//! way, in a file.
//!
//! A load is sealed and signed as it was on the phone that wrote it; the desk only hands it in.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use linli_io::folder;
use linli_replica::{AskError, Kind, carry::Brought, http::HttpReply};
use linli_wire::{
    call::{Appended, ErrorAnswer, code},
    limits,
    load::Load,
};

use super::{
    Trouble,
    desk::{Desk, refused},
    flags::Flags,
    sink, sync,
    text::Text,
};

/// `linli carry`.
#[derive(Debug)]
pub(crate) struct Carry {
    desk: PathBuf,
    relay: Option<String>,
    file: PathBuf,
}

impl Carry {
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--relay"], &[])?;
        let (desk, relay) = (flags.desk()?, flags.take("--relay"));
        Ok(Self { desk, relay, file: flags.only("file")?.into() })
    }
}

/// `linli share-outbox`.
#[derive(Debug)]
pub(crate) struct Share {
    desk: PathBuf,
    community: usize,
    file: PathBuf,
}

impl Share {
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--community", "--output"], &[])?;
        flags.none()?;
        let file = flags.take("--output").ok_or("-o needs the file to write")?;
        Ok(Self { desk: flags.desk()?, community: flags.community()?, file: file.into() })
    }
}

/// What the relay made of what was carried, in one round.
#[derive(Debug, Default)]
struct Heard {
    /// Packs that stand in the log now.
    placed: usize,
    /// Words of its refusals, each once.
    refusals: Vec<String>,
}

impl Heard {
    fn hear(&mut self, kind: &Kind, reply: &HttpReply) {
        if *kind != Kind::AppendCarried {
            return;
        }
        if let Ok(appended) = Appended::decode(&reply.body) {
            self.placed = self.placed.saturating_add(appended.placed.len());
        } else if let Ok(answer) = ErrorAnswer::decode(&reply.body)
            && !self.refusals.contains(&answer.code)
        {
            self.refusals.push(answer.code);
        }
    }
}

pub(crate) fn carry(order: &Carry, text: &Text) -> Result<(), Trouble> {
    let load = read(&order.file).ok_or_else(|| text.refusal("carry.unreadable"))?;
    let (mut desk, slot, brought) = take(order, &load, text)?;
    let waited = desk.standing()?.carried;
    let said = match (brought.packs, brought.parts) {
        (0, 0) => text.pick("文件里没有新的内容", "nothing in the file is new").to_owned(),
        (packs, parts) => format!(
            "{} {packs}{}{parts}",
            text.pick("接下小包", "taken to carry: packs"),
            text.pick("，照片和录音的分片", ", parts of photos and voice ")
        ),
    };
    sink::write(None, format!("{said}\n"))?;
    let entries = folder::communities(&order.desk).map_err(|error| error.to_string())?;
    let entry = entries.get(slot).ok_or_else(|| text.refusal("app.no_community"))?;
    let relay = order.relay.as_deref().unwrap_or(&entry.relay);
    let pin = entry.pin.as_ref().map(|pin| pin.0.as_slice());
    let mut heard = Heard::default();
    let sound = sync::round(&mut desk.replica, (relay, pin), text, &mut |kind, reply| {
        heard.hear(kind, reply);
    })?;
    let all = tell(&desk, waited, &heard, text)?;
    let said =
        text.pick("有的没有送完，请稍后再试", "not everything went through; try again later");
    if sound && all { Ok(()) } else { Err(Trouble::Failed(said.to_owned())) }
}

/// Gives a load to the community of the desk that it belongs to.
fn take(order: &Carry, load: &[u8], text: &Text) -> Result<(Desk, usize, Brought), Trouble> {
    let entries = folder::communities(&order.desk).map_err(|error| error.to_string())?;
    let mut why = Trouble::Failed(text.refusal("app.no_community"));
    for slot in 0..entries.len() {
        let mut desk = Desk::open(&order.desk, slot, text)?;
        match desk.replica.carry(load) {
            Ok(brought) => return Ok((desk, slot, brought)),
            Err(error) => {
                let foreign = matches!(&error, AskError::Refused(word) if word == "carry.foreign");
                why = refused(error, text);
                if !foreign {
                    break;
                }
            }
        }
    }
    Err(why)
}

/// Says what became of what was carried. Returns whether nothing of it is left or was refused.
fn tell(desk: &Desk, waited: u32, heard: &Heard, text: &Text) -> Result<bool, Trouble> {
    let standing = desk.standing()?;
    let placed = u32::try_from(heard.placed).unwrap_or(u32::MAX);
    let never = waited.saturating_sub(standing.carried).saturating_sub(placed);
    let mut said = format!("{} {placed}", text.pick("替人交出", "handed in for others:"));
    for (number, zh, en) in [
        (standing.carried, "还留着", "still kept:"),
        (never, "中转服务不收", "not taken by the relay:"),
        (standing.parts.unsent, "未送出的分片", "parts not sent:"),
    ] {
        if number > 0 {
            said.push_str(&format!(
                "{} {number}",
                text.pick(&format!("，{zh}"), &format!(", {en}"))
            ));
        }
    }
    said.push('\n');
    for code in &heard.refusals {
        said.push_str(&format!("! {}\n", sentence(code, text)));
    }
    sink::write(None, said)?;
    Ok(standing.carried == 0 && never == 0 && standing.parts.unsent == 0)
}

/// Says why the relay did not take a carried pack.
fn sentence<'a>(word: &'a str, text: &Text) -> &'a str {
    match word {
        code::NOT_ALLOWED => text.pick(
            "写下它的设备不在名单上，或已停用太久，中转服务不再收它的内容。",
            "The device that wrote it is not listed, or was ended too long ago.",
        ),
        code::FORK => text.pick(
            "同一设备的同一序号已有另一份内容：那部手机可能是从旧备份恢复的。",
            "The same device has written something else under that number: it may stand on an old \
             copy.",
        ),
        code::BAD_PACK => text.pick("中转服务读不懂它。", "The relay cannot read it."),
        code::GAP => text.pick(
            "同一人更早的内容还没到，先留在这里，到了再交。",
            "Something that the same person wrote before is missing; it is kept here until then.",
        ),
        other => other,
    }
}

/// Reads a file that another phone handed over, and not more of it than a load may have.
fn read(file: &Path) -> Option<Vec<u8>> {
    let most = u64::try_from(limits::LOAD_BYTES_MAX).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(most.saturating_add(1)).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

pub(crate) fn share(order: &Share, text: &Text) -> Result<(), Trouble> {
    sink::check(Some(&order.file), &[], text)?;
    let desk = Desk::open(&order.desk, order.community, text)?;
    let load = desk.replica.share_outbox().map_err(|error| refused(error, text))?;
    sink::write(Some(&order.file), &load)?;
    let standing = desk.standing()?;
    let load = Load::decode(&load).map_err(|error| error.to_string())?;
    let left = standing.unsent.saturating_add(standing.handed_over);
    let left = left.saturating_sub(u32::try_from(load.packs.len()).unwrap_or(u32::MAX));
    let mut said = format!(
        "{}: {} {}{}{}\n",
        order.file.display(),
        text.pick("小包", "packs"),
        load.packs.len(),
        text.pick("，照片和录音的分片 ", ", parts of photos and voice "),
        load.parts.len(),
    );
    if left > 0 {
        let line = text.pick("这次装不下，还剩", "did not fit and go with the next file: packs");
        said.push_str(&format!("{line} {left}\n"));
    }
    Ok(sink::write(None, said)?)
}
