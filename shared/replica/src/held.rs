//! Acts that can still be undone: they stand in the file, written to nothing else.

use linli_domain::{
    kernel::{Circle, Moment},
    shelf::{Room, Shelf},
};
use linli_seal::Chance;
use linli_wire::fact::Fact;

use crate::{
    ReplicaError,
    act::Filed,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table},
    stored::Cut,
};

impl<S: Store> Replica<S> {
    /// Undoes a held act. Returns whether it was still held.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn undo(&mut self, held: u64) -> Result<bool, ReplicaError> {
        self.work(Durability::Full, |work| {
            let key = held.to_be_bytes();
            let was = work.at.has(Table::Held, &key)?;
            work.at.delete(Table::Held, key);
            Ok(was)
        })
    }

    /// Writes the held acts whose time is over. Returns when the next is due.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn tick(
        &mut self,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Option<Moment>, ReplicaError> {
        let mut next: Option<Moment> = None;
        for (key, value) in self.store().scan(Table::Held, &[], None, usize::MAX)? {
            let (until, filed) = unhold(&value)?;
            if until > now {
                next = Some(next.map_or(until, |next| next.min(until)));
                continue;
            }
            self.work(Durability::Full, |work| {
                work.at.delete(Table::Held, key);
                work.write(filed, None, now, chance).map(|_| ())
            })?;
        }
        Ok(next)
    }

    /// Holds an act until its time is over. Returns its number.
    pub(crate) fn hold(
        &mut self,
        filed: &Filed,
        now: Moment,
        hold_ms: u32,
    ) -> Result<u64, ReplicaError> {
        let until = now.0.saturating_add(i64::from(hold_ms));
        self.work(Durability::Full, |work| {
            let last = work.at.get(Table::Meta, meta::HELD)?;
            let last = last.and_then(|last| last.try_into().ok()).map_or(0, u64::from_be_bytes);
            let number = last.saturating_add(1);
            work.at.put(Table::Meta, meta::HELD, number.to_be_bytes());
            work.at.put(Table::Held, number.to_be_bytes(), hold_row(until, filed));
            Ok(number)
        })
    }
}

/// A held act in the store: until, room, period, circle name, fact.
fn hold_row(until: i64, filed: &Filed) -> Vec<u8> {
    let name = filed.shelf.circle.name();
    let len = u16::try_from(name.len()).unwrap_or(u16::MAX);
    [
        &until.to_be_bytes()[..],
        &[filed.shelf.room.code()],
        &filed.shelf.period.to_be_bytes(),
        &len.to_be_bytes(),
        name.as_bytes(),
        &filed.fact.encode(),
    ]
    .concat()
}

fn unhold(bytes: &[u8]) -> Result<(Moment, Filed), ReplicaError> {
    const DAMAGED: ReplicaError = ReplicaError::Damaged { row: "held" };
    let mut cut = Cut { row: "held", bytes };
    let until = Moment(i64::from_be_bytes(cut.take()?));
    let [room] = cut.take()?;
    let period = u32::from_be_bytes(cut.take()?);
    let len = u16::from_be_bytes(cut.take()?);
    let name = std::str::from_utf8(cut.run(usize::from(len))?).map_err(|_| DAMAGED)?;
    let circle = Circle::parse(name).ok_or(DAMAGED)?;
    let room = Room::from_code(room).ok_or(DAMAGED)?;
    let fact = Fact::decode(cut.bytes)?;
    Ok((until, Filed { fact, shelf: Shelf { circle, room, period } }))
}
