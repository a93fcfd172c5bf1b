//! `linli sync`: one bounded conversation with the relay, for each community of the desk.

use std::path::{Path, PathBuf};

use linli_io::{RelayClient, SqliteStore, SystemChance, clock, folder};
use linli_replica::{Kind, Lane, Progress, Replica, Restored, http::HttpReply, view::Phase};

use super::{Trouble, flags::Flags, sink, text::Text};

/// Most calls of one conversation: a year of a large community is read in as many, and a relay that
/// always has more does not hold the desk for ever.
const CALLS_MAX: usize = 20_000;

#[derive(Debug)]
pub(crate) struct Order {
    desk: PathBuf,
    relay: Option<String>,
}

impl Order {
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--relay"], &[])?;
        flags.none()?;
        Ok(Self { desk: flags.desk()?, relay: flags.take("--relay") })
    }
}

/// How a conversation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// There is nothing more to say.
    Done,
    /// The relay was not reached, or could not.
    Failed,
}

pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    let entries = folder::communities(&order.desk).map_err(|error| error.to_string())?;
    if entries.is_empty() {
        return Err(Trouble::Failed(text.refusal("app.no_community")));
    }
    let mut failed = false;
    for (slot, entry) in entries.iter().enumerate() {
        let relay = order.relay.as_deref().unwrap_or(&entry.relay);
        let pin = entry.pin.as_ref().map(|pin| pin.0.as_slice());
        failed |= !one(&order.desk, slot, (relay, pin), text)?;
    }
    let said =
        text.pick("有的没有送完，请稍后再试", "not everything went through; try again later");
    if failed { Err(Trouble::Failed(said.to_owned())) } else { Ok(()) }
}

/// Talks about one community and says how it stands. Returns whether all is well.
pub(super) fn one(
    desk: &Path,
    slot: usize,
    (relay, pin): (&str, Option<&[u8]>),
    text: &Text,
) -> Result<bool, Trouble> {
    let opened = folder::open(desk, slot, None);
    let mut replica = opened.map_err(|error| error.to_string())?;
    round(&mut replica, (relay, pin), text, &mut |_, _| {})
}

/// Talks once and says how the community stands; every answer of the relay is heard. Returns
/// whether all is well.
pub(super) fn round(
    replica: &mut Replica<SqliteStore>,
    (relay, pin): (&str, Option<&[u8]>),
    text: &Text,
    hear: &mut dyn FnMut(&Kind, &HttpReply),
) -> Result<bool, Trouble> {
    let client = RelayClient::new(relay, pin).map_err(|error| error.why)?;
    let end = talk(replica, &client, hear)?;
    let (said, sound) = standing(replica, &end, text)?;
    sink::write(None, said)?;
    Ok(sound && end == End::Done)
}

fn talk(
    replica: &mut Replica<SqliteStore>,
    client: &RelayClient,
    hear: &mut dyn FnMut(&Kind, &HttpReply),
) -> Result<End, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    replica.tick(clock::now(), &mut SystemChance).map_err(|error| error.to_string())?;
    replica.begin_round();
    for _ in 0..CALLS_MAX {
        let call = replica.next_call(Lane::Work).map_err(|error| error.to_string())?;
        let Some(call) = call else { return Ok(End::Done) };
        let reply = runtime.block_on(client.send(&call.http));
        if let Ok(reply) = &reply {
            hear(&call.kind, reply);
        }
        let progress = replica.answered(&call.kind, reply, clock::now(), &mut SystemChance);
        if progress.map_err(|error| error.to_string())? == Progress::Failed {
            return Ok(End::Failed);
        }
    }
    Ok(End::Failed)
}

/// Says how a community stands, and whether nothing is wrong with it.
fn standing(
    replica: &Replica<SqliteStore>,
    end: &End,
    text: &Text,
) -> Result<(String, bool), String> {
    let standing = replica.standing().map_err(|error| error.to_string())?;
    let phase = match standing.phase {
        Phase::Fresh => "fresh",
        Phase::Founding => "founding",
        Phase::Applying => "applying",
        Phase::WaitingForReviewer => "waiting_for_reviewer",
        Phase::Comparing => "comparing",
        Phase::Approved => "approved",
        Phase::Refused => "refused",
        Phase::Member => "member",
        Phase::Ended => "ended",
    };
    let waits = standing.unsent.saturating_add(standing.handed_over);
    let mut said = format!(
        "{}: {}, {} {}, {waits} {}\n",
        standing.name,
        text.word("phase", phase),
        text.pick("已读到", "read to"),
        standing.seq,
        text.pick("条未送出", "not sent"),
    );
    if let Some(code) = &standing.code {
        said.push_str(&format!("{code}\n"));
    }
    if *end == End::Failed {
        let line = text.pick("没有连上中转服务", "the relay was not reached, or refused");
        said.push_str(&format!("{line}\n"));
    }
    for alarm in &standing.alarms {
        let device = alarm.device.map(|device| device.short()).unwrap_or_default();
        let line = text.word("alarm", alarm.lie.word());
        said.push_str(&format!("! {line} ({} {device})\n", alarm.seq));
    }
    match replica.restored() {
        Some(Restored::Unproven) => {
            let line = text.pick(
                "这是从备份恢复的副本：核对完之前只能查看",
                "this copy stands on a backup: it can only be read until it is proved",
            );
            said.push_str(&format!("! {line}\n"));
        }
        Some(Restored::NeedsNewKeys) => {
            let line = text.pick(
                "这份备份不能再用来办事：请凭邀请换新密钥（linli join），再用 linli rewrite 重写未送出的",
                "this backup can be read only: get new keys by invitation (linli join), then write \
                 anew what was not sent (linli rewrite)",
            );
            said.push_str(&format!("! {line}\n"));
        }
        None => {}
    }
    let ended = matches!(standing.phase, Phase::Ended | Phase::Refused);
    let sound = standing.alarms.is_empty() && replica.restored().is_none() && !ended;
    Ok((said, sound))
}
