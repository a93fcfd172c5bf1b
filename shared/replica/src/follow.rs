//! What follows from rights that change without this phone's doing: the relay's list and the keys.
//!
//! A right begins and ends for everybody by its place in the log and the relay's stamp. What does
//! not follow by itself is what the relay lists and which keys are held. One reviewer's phone sees
//! to it: where somebody changed a right who may not list, where two wrote at once, and where a
//! first or last day has come.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::{Moment, When},
    registry::{self, DeviceEntry, DutyEnded, EndReason, Registry},
};
use linli_seal::Chance;
use linli_wire::DeviceId;

use crate::{
    Ask, AskError, ReplicaError,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

impl<S: Store> Replica<S> {
    /// Brings list and keys in line with the rights, where it is this phone's to do.
    pub(crate) fn follow_rights(
        &mut self,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let memory = self.member()?;
        if !self.conversation.caught_up || memory.rereading || memory.is_stopped() {
            return Ok(());
        }
        let me = self.keys().id();
        let keeps = memory.placed.may_list(&me, When::Now(now));
        // This phone's own clock may be wrong; the last entry of the log was stamped by the relay.
        let stamp = Moment(memory.cursor.stamp);
        if keeps {
            self.end_what_is_over(&me, stamp, chance)?;
        }
        let changed = self.store().scan(Table::Meta, meta::TO_LIST, None, usize::MAX)?;
        let mut devices: BTreeSet<DeviceId> = changed
            .iter()
            .filter_map(|(key, _)| key.strip_prefix(meta::TO_LIST).and_then(DeviceId::from_slice))
            .collect();
        if keeps {
            let since = self.conversation.followed;
            devices.extend(begun(&self.member()?.current, since, stamp));
            self.list_own(&me, &devices, now, chance)?;
        }
        self.conversation.followed = Some(stamp);
        if changed.is_empty() {
            return Ok(());
        }
        let done: Vec<Write> =
            changed.into_iter().map(|(key, _)| Write::Delete(Table::Meta, key)).collect();
        Ok(self.store_mut().commit(&done, Durability::Normal)?)
    }

    fn list_own(
        &mut self,
        me: &DeviceId,
        devices: &BTreeSet<DeviceId>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let registry = &self.member()?.current;
        let known = devices.iter().filter_map(|device| registry.device(device));
        let keyed = |entry: &DeviceEntry, by: &DeviceId| {
            !is_office(entry) || registry.device(by).is_some_and(is_office)
        };
        let own: Vec<DeviceId> = known
            .filter(|entry| who_follows(registry, entry, now, |by| keyed(entry, by)) == Some(*me))
            .map(|entry| entry.device)
            .collect();
        if own.is_empty() {
            return Ok(());
        }
        self.work(Durability::Full, |work| {
            own.iter().try_for_each(|device| {
                work.list_device(device, now, chance)?;
                work.hand_keys_of(device, now, chance)
            })
        })
    }

    /// Ends the duties whose last moment is over by the relay's stamp.
    fn end_what_is_over(
        &mut self,
        me: &DeviceId,
        stamp: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let registry = &self.member()?.current;
        let mut due: Vec<registry::Event> = Vec::new();
        for (entry, ended) in over(registry, stamp) {
            let event = registry::Event::EndDuty(ended);
            let may = |device: &DeviceId| {
                registry
                    .author(device, When::Now(stamp))
                    .is_ok_and(|author| registry::decide(registry, &author, &event, stamp).is_ok())
            };
            if who_follows(registry, entry, stamp, may) == Some(*me) {
                due.push(event);
            }
        }
        for event in due {
            match self.ask(&Ask::Registry(event), 0, stamp, chance) {
                // Two phones of one person: the first fact ended the duty on both.
                Ok(_) | Err(AskError::Refused(_) | AskError::Misread(_)) => {}
                Err(AskError::Failed(error)) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Tells whether a device was given something of the office: only the office has its keys.
pub(crate) fn is_office(entry: &DeviceEntry) -> bool {
    entry.tenures.iter().any(|tenure| tenure.duty.role.is_office() && tenure.begins.is_some())
}

/// The duties that are over and were not renewed.
fn over(registry: &Registry, now: Moment) -> impl Iterator<Item = (&DeviceEntry, DutyEnded)> {
    let standing = registry.devices().filter(|entry| entry.ended.is_none());
    let tenures =
        standing.flat_map(|entry| entry.tenures.iter().map(move |tenure| (entry, tenure)));
    tenures.filter(move |(_, tenure)| tenure.is_over(now)).filter_map(move |(entry, tenure)| {
        let author = registry.author(&entry.device, When::Now(now));
        let renewed = author.is_ok_and(|author| author.duties.contains(&tenure.duty));
        let (role, scope) = (tenure.duty.role, tenure.duty.scope.clone());
        let ended = DutyEnded { person: entry.person, role, scope, reason: EndReason::Expired };
        (!renewed).then_some((entry, ended))
    })
}

/// The devices with a right that began or was sold on a day since the last look.
fn begun(registry: &Registry, since: Option<Moment>, now: Moment) -> Vec<DeviceId> {
    let fresh = |from: Option<Moment>| {
        from.is_some_and(|from| from <= now && since.is_none_or(|since| since < from))
    };
    let begun = registry.devices().filter(|entry| {
        entry.tenures.iter().any(|tenure| tenure.begins.is_some() && fresh(tenure.from))
    });
    let mut devices: Vec<DeviceId> = begun.map(|entry| entry.device).collect();
    let sold = registry.all_owner_changes().filter(|change| fresh(change.changed.from));
    devices.extend(sold.flat_map(|change| registry.owner_devices(&change.changed.unit)));
    devices
}

/// The one phone that follows a device's rights: of those who approved one of them, else of all
/// who may, the first. Others would write a second record about the same device.
fn who_follows(
    registry: &Registry,
    entry: &DeviceEntry,
    now: Moment,
    may: impl Fn(&DeviceId) -> bool,
) -> Option<DeviceId> {
    let may = |device: &DeviceId| {
        *device != entry.device && registry.may_list(device, When::Now(now)) && may(device)
    };
    let approvals = entry.tenures.iter().flat_map(|tenure| &tenure.approvals);
    let approver = approvals.map(|(device, ..)| *device).filter(&may).min();
    approver.or_else(|| registry.devices().map(|entry| entry.device).find(may))
}
