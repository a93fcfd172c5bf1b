//! `linli join`: a new desk asks to be let in, or one that lost its key asks for a new one.
//!
//! It is the same way for both: an invitation, six digits compared face to face, an approval. A lost
//! key is replaced, never restored: two people approve and say whose it was; with the first approval
//! the old device ends, with the second the new one begins, and it is the same person as before.

use std::{path::PathBuf, sync::mpsc};

use linli_app::operation::{ReplicaOp, ReplicaOut};
use linli_io::{
    folder,
    lanes::{Lanes, PhoneConfig},
};

use super::{Trouble, flags::Flags, sync, text::Text};

#[derive(Debug)]
pub(crate) struct Order {
    desk: PathBuf,
    name: String,
    relay: Option<String>,
    invitation: String,
}

impl Order {
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--name", "--relay"], &[])?;
        let name =
            flags.take("--name").ok_or("--name needs the name that the reviewer will see")?;
        let (desk, relay) = (flags.desk()?, flags.take("--relay"));
        Ok(Self { desk, name, relay, invitation: flags.only("invitation")? })
    }
}

pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    let slot = begin(order, text)?;
    let entries = folder::communities(&order.desk).map_err(|error| error.to_string())?;
    let missing = || Trouble::Failed(text.refusal("app.no_community"));
    let entry = entries.get(slot).ok_or_else(missing)?;
    let relay = order.relay.as_deref().unwrap_or(&entry.relay);
    let pin = entry.pin.as_ref().map(|pin| pin.0.as_slice());
    let reached = sync::one(&order.desk, slot, (relay, pin), text)?;
    let said = text.pick(
        "申请还没有交出，请再运行 linli sync",
        "the application is not handed in yet; run linli sync",
    );
    if reached { Ok(()) } else { Err(Trouble::Failed(said.to_owned())) }
}

/// Writes the application into the desk's folder, as a phone would.
fn begin(order: &Order, text: &Text) -> Result<usize, Trouble> {
    let config = PhoneConfig { folder: order.desk.clone(), ..PhoneConfig::default() };
    let lanes = Lanes::start(config).map_err(|error| error.to_string())?;
    let (sender, receiver) = mpsc::channel();
    let (invite, name) = (order.invitation.clone(), order.name.clone());
    let reply = Box::new(move |out| {
        // Nobody waits any more only if this program has ended.
        let _ = sender.send(out);
    });
    lanes.replica(ReplicaOp::Join { invite, name }, reply);
    let out = receiver.recv().map_err(|error| error.to_string())?;
    drop(lanes);
    match out {
        ReplicaOut::Slot(slot) => Ok(slot),
        ReplicaOut::Refused(word) | ReplicaOut::Failed(word) => {
            Err(Trouble::Failed(text.refusal(&word)))
        }
        other => Err(Trouble::Failed(format!("{other:?}"))),
    }
}
