//! How far what this phone wrote has come: the newest of it, for the page about sending.

use linli_domain::{
    kernel::Moment,
    repairs::view::{self, RepairRow},
    shelf::{Room, room_of},
};
use linli_wire::{FactId, Hash, fact::Fact};

use crate::{
    ReplicaError,
    repairs::Delivery,
    replica::Replica,
    store::{Store, Table},
    stored::{FactRow, Link, PackRow},
    work::own_key,
};

/// How many of the newest own entries are counted: a page is no archive.
pub const OWN_MAX: usize = 200;

/// How many of those that are on this phone only are named.
const NAMED_MAX: usize = 20;

/// The newest own entries, by how far they have come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// How many have come how far, of at most [`OWN_MAX`].
    pub counts: [u32; 4],
    /// Those that are on this phone only, the oldest first.
    pub here: Vec<OwnEntry>,
}

/// One entry that is on this phone only.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnEntry {
    /// When it was written, by this phone's clock.
    pub at: Moment,
    /// Which room it belongs to; none of a kind that this app does not know.
    pub room: Option<Room>,
    /// The repair it is about, if it is about one.
    pub repair: Option<RepairRow>,
}

impl<S: Store> Replica<S> {
    /// Counts the newest own entries by how far they have come.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn own(&self) -> Result<Own, ReplicaError> {
        let mut own = Own::default();
        let mut here: Vec<FactId> = Vec::new();
        let mut left = OWN_MAX;
        let last = self.store().get(Table::Meta, &own_key(None))?;
        let mut next = last.map_or(Ok(Link::START), |link| Link::decode(&link))?.hash;
        while next != Hash::ZERO && left > 0 {
            // What a backup lacks of its own chain cannot be counted.
            let Some(row) = self.store().get(Table::Pack, &next.0)? else { break };
            let row = PackRow::decode(&row)?;
            if row.bytes.is_empty() {
                break;
            }
            for id in row.facts.iter().rev().take(left) {
                let delivery = self.delivery(id)?;
                if let Some(count) = own.counts.get_mut(delivery.step()) {
                    *count = count.saturating_add(1);
                }
                if delivery == Delivery::SavedHere {
                    here.push(*id);
                }
            }
            left = left.saturating_sub(row.facts.len());
            next = row.pack()?.header.prev;
        }
        let oldest = here.iter().rev().take(NAMED_MAX);
        own.here = oldest.map(|id| self.own_entry(id)).collect::<Result<_, _>>()?;
        Ok(own)
    }

    fn own_entry(&self, id: &FactId) -> Result<OwnEntry, ReplicaError> {
        let row = self.store().get(Table::Fact, &id.0)?;
        let row = FactRow::decode(&row.ok_or(ReplicaError::Damaged { row: "own fact" })?)?;
        let fact = Fact::decode(&row.bytes)?;
        let room = room_of(fact.kind);
        let about = fact.about.unwrap_or(*id);
        let repair = if room == Some(Room::Repairs) { self.repair_state(&about)? } else { None };
        let law = self.member()?.current.law();
        let repair = repair.map(|repair| view::row(&repair, law));
        Ok(OwnEntry { at: Moment(fact.at), room, repair })
    }
}
