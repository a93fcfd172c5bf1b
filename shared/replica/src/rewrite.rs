//! What a device wrote and can hand in no more, because its key is lost to it: read out, to be asked
//! anew with the keys that its person was issued instead.

use linli_domain::{
    kernel::Attachment,
    repairs::{self, event_of},
};
use linli_wire::{FactId, fact::Fact};

use crate::{
    ReplicaError,
    act::read_outbox_row,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table, Write},
    stored::FactRow,
};

/// Something that was written and never seen in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsent {
    /// The fact.
    pub id: FactId,
    /// The repair it is about; none if it is a report.
    pub about: Option<FactId>,
    /// What was asked; none if it was not about repairs: rights are given anew by people.
    pub event: Option<repairs::Event>,
    /// Its photos and voice.
    pub attachments: Vec<Attachment>,
    /// The fact that was written anew for it.
    pub anew: Option<FactId>,
}

fn key(id: &FactId) -> Vec<u8> {
    [meta::ANEW, &id.0].concat()
}

impl<S: Store> Replica<S> {
    /// Lists what lies in the outbox, in its order.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn unsent(&self) -> Result<Vec<Unsent>, ReplicaError> {
        let mut unsent = Vec::new();
        for (_, row) in self.store().scan(Table::Outbox, &[], None, usize::MAX)? {
            let (hash, _) = read_outbox_row(&row)?;
            for id in self.unplaced_pack(&hash)?.facts {
                let Some(row) = self.store().get(Table::Fact, &id.0)? else { continue };
                let fact = Fact::decode(&FactRow::decode(&row)?.bytes)?;
                let anew = self.store().get(Table::Meta, &key(&id))?;
                let anew = anew.as_deref().and_then(FactId::from_slice);
                let (event, attachments) = event_of(&fact).unzip();
                let attachments = attachments.unwrap_or_default();
                unsent.push(Unsent { id, about: fact.about, event, attachments, anew });
            }
        }
        Ok(unsent)
    }

    /// Notes that something unsent was written anew, so that it is written once.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn note_anew(&mut self, id: &FactId, anew: &FactId) -> Result<(), ReplicaError> {
        let write = Write::Put(Table::Meta, key(id), anew.0.to_vec());
        Ok(self.store_mut().commit(&[write], Durability::Full)?)
    }

    /// Tells whether a fact is known here.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn has_fact(&self, id: &FactId) -> Result<bool, ReplicaError> {
        Ok(self.store().get(Table::Fact, &id.0)?.is_some())
    }
}
