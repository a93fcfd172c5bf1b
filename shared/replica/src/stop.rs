//! An application that its person gives up: nobody here waits for it any more, and the relay is told.

use linli_seal::DeviceKeys;
use linli_wire::{CommunityId, InviteId, call::path};

use crate::{
    AskError, ReplicaError,
    http::Method,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table, Write},
    stored::Cut,
    sync::{Call, Kind, Progress},
    view::Phase,
};

fn key(invite: &InviteId) -> Vec<u8> {
    [meta::STOPPED, &invite.0].concat()
}

impl<S: Store> Replica<S> {
    /// Tells whether there is an application that can still be given up.
    #[must_use]
    pub fn may_stop_joining(&self) -> bool {
        self.joining.as_ref().is_some_and(|joining| !joining.is_granted())
    }

    /// Gives up the application that is under way, or that was refused.
    ///
    /// # Errors
    /// [`AskError::Refused`] if there is none or it is approved already, [`AskError::Failed`].
    pub fn stop_joining(&mut self) -> Result<(), AskError> {
        let refuse = |word: &str| Err(AskError::Refused(word.to_owned()));
        let Some(joining) = &self.joining else { return refuse("join.unknown") };
        if joining.is_granted() {
            return refuse("join.granted_already");
        }
        // Also where the relay has not answered that it was handed in: it may lie there.
        let told = [&joining.invite.community().0[..], &joining.ending()].concat();
        let invite = joining.invite.certificate.invite;
        let batch = [
            Write::Delete(Table::Meta, meta::JOIN.to_vec()),
            Write::Put(Table::Meta, key(&invite), told),
        ];
        self.store_mut().commit(&batch, Durability::Full).map_err(ReplicaError::from)?;
        self.joining = None;
        self.conversation.own_answer_fetched = false;
        Ok(())
    }

    /// Tells whether nothing was founded or joined here, or is about to be.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn is_fresh(&self) -> Result<bool, ReplicaError> {
        Ok(self.phase()? == Phase::Fresh)
    }

    /// Returns the community that this phone is in, or applies to.
    #[must_use]
    pub fn concerns(&self) -> Option<CommunityId> {
        let applied = || self.joining.as_ref().map(|joining| joining.invite.community());
        self.community().or_else(applied)
    }

    /// Takes new keys in place of those of an application that was given up.
    ///
    /// # Errors
    /// [`AskError::Refused`] if something stands here that the old keys are known for.
    pub fn renew_keys(&mut self, keys: DeviceKeys) -> Result<(), AskError> {
        self.stands_alone()?;
        self.set_keys(keys);
        Ok(())
    }

    /// Ends what was given up at the relay.
    pub(crate) fn next_stopped(&self) -> Result<Option<Call>, ReplicaError> {
        let stopped = self.store().scan(Table::Meta, meta::STOPPED, None, 1)?;
        let Some((_, value)) = stopped.first() else { return Ok(None) };
        let mut cut = Cut { row: "stopped", bytes: value };
        let (community, invite) = (CommunityId(cut.take()?), InviteId(cut.take()?));
        let (path, kind) = (path::application(&community, &invite), Kind::EndStopped(invite));
        Ok(Some(self.call(kind, Method::Delete, path, cut.bytes.to_vec(), 0)))
    }

    /// The relay has ended it, or has nothing to end.
    pub(crate) fn stopped_is_told(&mut self, invite: &InviteId) -> Result<Progress, ReplicaError> {
        let told = Write::Delete(Table::Meta, key(invite));
        self.store_mut().commit(&[told], Durability::Normal)?;
        Ok(Progress::Moved)
    }
}
