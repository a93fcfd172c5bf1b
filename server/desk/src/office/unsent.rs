//! `linli rewrite`: what an old device wrote and can hand in no more is asked anew by the desk that
//! was issued in its place. The rules decide anew: what has become impossible meanwhile is named.

use std::{collections::BTreeMap, path::PathBuf};

use linli_domain::repairs::Event;
use linli_io::{SqliteStore, SystemChance, clock, folder};
use linli_replica::{Ask, AskError, Done, Replica, ReplicaError, blobs::Picture, rewrite::Unsent};
use linli_wire::FactId;

use super::{Trouble, flags::Flags, sink, text::Text};

/// The draft that photos are carried over with.
const DRAFT: &str = "rewrite";

#[derive(Debug)]
pub(crate) struct Order {
    old: PathBuf,
    desk: PathBuf,
    community: usize,
}

impl Order {
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--from", "--community"], &[])?;
        flags.none()?;
        let old = flags.take("--from").ok_or("--from needs the old desk's folder")?;
        Ok(Self { old: old.into(), desk: flags.desk()?, community: flags.community()? })
    }
}

/// What became of something unsent.
enum Fate {
    Anew(FactId),
    /// It is in the log after all, or was written anew before.
    Known,
    Refused(String),
}

pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    let opened = folder::open(&order.old, order.community, None);
    let mut old = opened.map_err(|error| error.to_string())?;
    let mut new = successor(order, &old, text)?;
    if old.keys().id() == new.keys().id() {
        return Err(Trouble::Usage("--from and --desk are the same device".to_owned()));
    }
    let mut ids: BTreeMap<FactId, FactId> = BTreeMap::new();
    let (mut said, mut refused) = (String::new(), 0_u32);
    for unsent in old.unsent().map_err(|error| error.to_string())? {
        let id: String = unsent.id.to_hex().chars().take(8).collect();
        let fate = one(&old, &mut new, &unsent, &ids, text).map_err(|error| error.to_string())?;
        match fate {
            Fate::Known => {
                ids.extend(unsent.anew.map(|anew| (unsent.id, anew)));
                said.push_str(&format!("{id}: {}\n", text.pick("已有", "is there already")));
            }
            Fate::Anew(anew) => {
                old.note_anew(&unsent.id, &anew).map_err(|error| error.to_string())?;
                ids.insert(unsent.id, anew);
                let anew: String = anew.to_hex().chars().take(8).collect();
                said.push_str(&format!(
                    "{id}: {} {anew}\n",
                    text.pick("已重写为", "written anew as")
                ));
            }
            Fate::Refused(why) => {
                refused = refused.saturating_add(1);
                said.push_str(&format!(
                    "{id}: {} {why}\n",
                    text.pick("没有重写：", "not written:")
                ));
            }
        }
    }
    sink::write(None, said)?;
    let not = text.pick("有的没有重写", "not everything was written anew");
    if refused == 0 { Ok(()) } else { Err(Trouble::Failed(not.to_owned())) }
}

/// Opens the same community on the new desk.
fn successor(
    order: &Order,
    old: &Replica<SqliteStore>,
    text: &Text,
) -> Result<Replica<SqliteStore>, Trouble> {
    let entries = folder::communities(&order.desk).map_err(|error| error.to_string())?;
    for slot in 0..entries.len() {
        let opened = folder::open(&order.desk, slot, None);
        let replica = opened.map_err(|error| error.to_string())?;
        if replica.community().is_some() && replica.community() == old.community() {
            return Ok(replica);
        }
    }
    Err(Trouble::Failed(text.refusal("app.no_community")))
}

fn one(
    old: &Replica<SqliteStore>,
    new: &mut Replica<SqliteStore>,
    unsent: &Unsent,
    ids: &BTreeMap<FactId, FactId>,
    text: &Text,
) -> Result<Fate, ReplicaError> {
    if unsent.anew.is_some() || new.has_fact(&unsent.id)? {
        return Ok(Fate::Known);
    }
    let Some(event) = unsent.event.clone() else {
        let why = text.pick("权限要由人重新授予", "rights are given anew by people");
        return Ok(Fate::Refused(why.to_owned()));
    };
    let event = match event {
        Event::Merge { into } => Event::Merge { into: ids.get(&into).copied().unwrap_or(into) },
        Event::Settle { keep } => Event::Settle { keep: ids.get(&keep).copied().unwrap_or(keep) },
        other => other,
    };
    let about = unsent.about.map(|about| ids.get(&about).copied().unwrap_or(about));
    match ask(old, new, unsent, Ask::Repair { about, event, draft: None }) {
        Ok(Done::Written(id)) => Ok(Fate::Anew(id)),
        Ok(Done::Held(_)) => Err(ReplicaError::Broken { invariant: "a desk holds nothing" }),
        Err(AskError::Refused(word)) => Ok(Fate::Refused(text.refusal(&word))),
        Err(AskError::Misread(problem)) => {
            Ok(Fate::Refused(text.pick(&problem.zh(), &problem.en()).to_owned()))
        }
        Err(AskError::Failed(error)) => Err(error),
    }
}

/// Asks it, with the photos that lie on the old desk.
fn ask(
    old: &Replica<SqliteStore>,
    new: &mut Replica<SqliteStore>,
    unsent: &Unsent,
    ask: Ask,
) -> Result<Done, AskError> {
    let (now, chance) = (clock::now(), &mut SystemChance);
    // What an earlier, refused attempt left there.
    while !new.draft(DRAFT)?.attachments.is_empty() {
        new.detach(DRAFT, 0)?;
    }
    for attachment in &unsent.attachments {
        if let Some(bytes) = old.open_attachment(attachment)? {
            let picture = Picture { kind: attachment.kind, bytes, turn: attachment.turn };
            new.attach(DRAFT, &picture, now, chance)?;
        }
    }
    let with_photos = !new.draft(DRAFT)?.attachments.is_empty();
    let ask = match ask {
        Ask::Repair { about, event, .. } if with_photos => {
            Ask::Repair { about, event, draft: Some(DRAFT.to_owned()) }
        }
        other => other,
    };
    new.ask(&ask, 0, now, chance)
}
