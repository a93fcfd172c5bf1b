//! What a phone keeps beside its communities' facts: drafts with their photos, what was chosen, and
//! what it carries for others.

use std::path::Path;

use linli_app::{
    operation::{ReplicaOp, ReplicaOut, Slot},
    slice::Settings,
    words::Language,
};
use linli_replica::{
    ReplicaError,
    store::{Durability, Store as _, Table, Write},
};

use super::{
    phone::{Failure, Phone},
    share,
};
use crate::{SystemChance, clock::now};

impl Phone {
    /// Takes what is not about a community's facts or its relay.
    pub(super) fn keep(&mut self, op: ReplicaOp) -> Result<ReplicaOut, Failure> {
        match op {
            ReplicaOp::Attach { slot, draft, picture } => {
                let replica = &mut self.home(slot)?.replica;
                replica.attach(&draft, &picture, now(), &mut SystemChance)?;
                Ok(ReplicaOut::Done)
            }
            ReplicaOp::Detach { slot, draft, number } => {
                let number = usize::try_from(number).unwrap_or(usize::MAX);
                self.home(slot)?.replica.detach(&draft, number)?;
                Ok(ReplicaOut::Done)
            }
            ReplicaOp::WantPictures { slot, of } => {
                let replica = &mut self.home(slot)?.replica;
                let pictures = match replica.repair(&of, now())? {
                    Some(page) => page.detail.pictures(),
                    None => replica.vouchers(&of)?,
                };
                let mut wanted = false;
                for picture in pictures {
                    wanted |= replica.want_attachment(&picture)?;
                }
                Ok(if wanted { ReplicaOut::Done } else { ReplicaOut::Nothing })
            }
            ReplicaOp::ShareOutbox { slot } => {
                let load = self.home(slot)?.replica.share_outbox()?;
                Ok(ReplicaOut::File(share::write(&self.config.folder, slot, &load)?))
            }
            ReplicaOp::Carry { slot, file } => {
                let load = share::read(Path::new(&file))?;
                self.home(slot)?.replica.carry(&load)?;
                Ok(ReplicaOut::Done)
            }
            ReplicaOp::KeepSettings(settings) => {
                let write = Write::Put(Table::Meta, SETTINGS.to_vec(), settings_row(settings));
                self.own.commit(&[write], Durability::Full).map_err(ReplicaError::from)?;
                Ok(ReplicaOut::Done)
            }
            ReplicaOp::KeepDraft { slot, name, text } if self.is_member(slot) => {
                let replica = &mut self.home(slot)?.replica;
                replica.keep_draft(&name, &text, now(), &mut SystemChance)?;
                Ok(ReplicaOut::Done)
            }
            ReplicaOp::KeepDraft { name, text, .. } => {
                let key = name.into_bytes();
                let write = if text.is_empty() {
                    Write::Delete(Table::Draft, key)
                } else {
                    Write::Put(Table::Draft, key, text.into_bytes())
                };
                self.own.commit(&[write], Durability::Full).map_err(ReplicaError::from)?;
                Ok(ReplicaOut::Done)
            }
            _ => Ok(ReplicaOut::Nothing),
        }
    }

    fn is_member(&self, slot: Slot) -> bool {
        self.homes.get(slot).is_some_and(|home| home.replica.community().is_some())
    }
}

/// Where the phone keeps what was chosen.
pub(super) const SETTINGS: &[u8] = b"settings";

/// What was chosen, as it is kept: language, mode for elders.
fn settings_row(settings: Settings) -> Vec<u8> {
    vec![u8::from(settings.language == Language::En), u8::from(settings.elder)]
}

/// Reads what was chosen.
pub(super) fn read_settings(row: &[u8]) -> Option<Settings> {
    let [language, elder] = row else { return None };
    let language = if *language == 1 { Language::En } else { Language::Zh };
    Some(Settings { language, elder: *elder == 1 })
}
