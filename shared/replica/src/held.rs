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

/// Which held acts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Those whose time is over.
    Over,
    /// All of them: somebody goes on.
    All,
}

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
        self.write_held(Due::Over, now, chance)
    }

    /// Writes held acts. Returns when the next is due.
    pub(crate) fn write_held(
        &mut self,
        due: Due,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Option<Moment>, ReplicaError> {
        let mut next: Option<Moment> = None;
        for (key, value) in self.store().scan(Table::Held, &[], None, usize::MAX)? {
            let Held { until, filed, draft } = unhold(&value)?;
            if until > now && due == Due::Over {
                next = Some(next.map_or(until, |next| next.min(until)));
                continue;
            }
            self.work(Durability::Full, |work| {
                work.at.delete(Table::Held, key);
                let fact = filed.fact.clone();
                work.write(filed, None, now, chance)?;
                work.send_attachments(&fact, draft.as_deref())
            })?;
        }
        Ok(next)
    }

    /// The drafts that held acts came from.
    pub(crate) fn held_drafts(&self) -> Result<Vec<String>, ReplicaError> {
        let held = self.store().scan(Table::Held, &[], None, usize::MAX)?;
        let drafts: Result<Vec<_>, _> =
            held.iter().map(|(_, value)| unhold(value).map(|held| held.draft)).collect();
        Ok(drafts?.into_iter().flatten().collect())
    }

    /// Holds an act until its time is over. Returns its number.
    pub(crate) fn hold(
        &mut self,
        filed: &Filed,
        draft: Option<&str>,
        now: Moment,
        hold_ms: u32,
    ) -> Result<u64, ReplicaError> {
        let until = now.0.saturating_add(i64::from(hold_ms));
        self.work(Durability::Full, |work| {
            let last = work.at.get(Table::Meta, meta::HELD)?;
            let last = last.and_then(|last| last.try_into().ok()).map_or(0, u64::from_be_bytes);
            let number = last.saturating_add(1);
            work.at.put(Table::Meta, meta::HELD, number.to_be_bytes());
            work.at.put(Table::Held, number.to_be_bytes(), hold_row(until, filed, draft));
            Ok(number)
        })
    }
}

/// A held act.
struct Held {
    until: Moment,
    filed: Filed,
    /// The draft that it came from: it stays until the act is written.
    draft: Option<String>,
}

/// A held act in the store: until, room, period, circle name, draft, fact.
fn hold_row(until: i64, filed: &Filed, draft: Option<&str>) -> Vec<u8> {
    let named = |text: &str| {
        let len = u16::try_from(text.len()).unwrap_or(u16::MAX);
        [&len.to_be_bytes()[..], text.as_bytes()].concat()
    };
    [
        &until.to_be_bytes()[..],
        &[filed.shelf.room.code()],
        &filed.shelf.period.to_be_bytes(),
        &named(&filed.shelf.circle.name()),
        &named(draft.unwrap_or_default()),
        &filed.fact.encode(),
    ]
    .concat()
}

fn unhold(bytes: &[u8]) -> Result<Held, ReplicaError> {
    const DAMAGED: ReplicaError = ReplicaError::Damaged { row: "held" };
    fn named<'a>(cut: &mut Cut<'a>) -> Result<&'a str, ReplicaError> {
        let len = u16::from_be_bytes(cut.take()?);
        std::str::from_utf8(cut.run(usize::from(len))?).map_err(|_| DAMAGED)
    }
    let mut cut = Cut { row: "held", bytes };
    let until = Moment(i64::from_be_bytes(cut.take()?));
    let [room] = cut.take()?;
    let period = u32::from_be_bytes(cut.take()?);
    let circle = Circle::parse(named(&mut cut)?).ok_or(DAMAGED)?;
    let draft = Some(named(&mut cut)?.to_owned()).filter(|draft| !draft.is_empty());
    let room = Room::from_code(room).ok_or(DAMAGED)?;
    let fact = Fact::decode(cut.bytes)?;
    Ok(Held { until, filed: Filed { fact, shelf: Shelf { circle, room, period } }, draft })
}
