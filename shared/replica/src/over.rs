//! Rights whose last moment is over: one phone says so, so that lists and keys follow.
//!
//! The right itself ends for everybody by the relay's stamp, without any fact. What does not end by
//! itself is what the relay lists and which keys are held.

use linli_domain::{
    kernel::{Moment, When},
    registry::{self, DutyEnded, EndReason, Registry},
};
use linli_seal::Chance;
use linli_wire::DeviceId;

use crate::{Ask, AskError, ReplicaError, replica::Replica, store::Store};

impl<S: Store> Replica<S> {
    /// Ends the duties that are over by the relay's own stamp, where it is this phone's to do.
    pub(crate) fn end_what_is_over(&mut self, chance: &mut dyn Chance) -> Result<(), ReplicaError> {
        let memory = self.member()?;
        if !self.conversation.caught_up || memory.rereading || memory.is_stopped() {
            return Ok(());
        }
        // This phone's own clock may be wrong; the last entry of the log was stamped by the relay.
        let now = Moment(memory.cursor.stamp);
        let me = self.keys().id();
        let due: Vec<DutyEnded> = over(&memory.current, now)
            .filter(|ended| who_ends(&memory.current, ended, now) == Some(me))
            .collect();
        for ended in due {
            match self.ask(&Ask::Registry(registry::Event::EndDuty(ended)), 0, now, chance) {
                // Two phones of one person: the first fact ended both.
                Ok(_) | Err(AskError::Refused(_)) => {}
                Err(AskError::Failed(error)) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The duties that are over and were not renewed.
fn over(registry: &Registry, now: Moment) -> impl Iterator<Item = DutyEnded> {
    let standing = registry.devices().filter(|entry| entry.ended.is_none());
    let tenures =
        standing.flat_map(|entry| entry.tenures.iter().map(move |tenure| (entry, tenure)));
    tenures.filter(move |(_, tenure)| tenure.is_over(now)).filter_map(move |(entry, tenure)| {
        let author = registry.author(&entry.device, When::Now(now));
        let renewed = author.is_ok_and(|author| author.duties.contains(&tenure.duty));
        let (role, scope) = (tenure.duty.role, tenure.duty.scope.clone());
        let ended = DutyEnded { person: entry.person, role, scope, reason: EndReason::Expired };
        (!renewed).then_some(ended)
    })
}

/// The one phone whose fact it is: of those who approved the duty and may end it, else of all who
/// may, the first. Others would write a second record about the same device.
fn who_ends(registry: &Registry, ended: &DutyEnded, now: Moment) -> Option<DeviceId> {
    let event = registry::Event::EndDuty(ended.clone());
    let may = |device: &DeviceId| {
        let at = When::Now(now);
        registry.may_list(device, at)
            && registry.author(device, at).is_ok_and(|author| {
                author.person != ended.person
                    && registry::decide(registry, &author, &event, now).is_ok()
            })
    };
    let entries = registry.devices_of(&ended.person).flat_map(|entry| &entry.tenures);
    let approvals = entries.flat_map(|tenure| tenure.approvals.iter().map(|(device, ..)| *device));
    let approver = approvals.filter(|device| may(device)).min();
    approver.or_else(|| registry.devices().map(|entry| entry.device).find(may))
}
