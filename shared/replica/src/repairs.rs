//! What screens are told about repairs: lists, one in full, what waits for this person.

use linli_domain::{
    kernel::{Author, Moment, PersonId, When},
    repairs::{
        Place,
        view::{self, RepairRow, Urgency, tag},
    },
    shelf::Room,
};
use linli_wire::{FactId, Hash, cbor, fact::Fact};

use crate::{
    ReplicaError,
    act::{Handed, read_outbox_row},
    memory::seen_key,
    replica::Replica,
    store::{FOUND_MAX, Listed, Query, Store, Table},
    stored::{FactRow, PackRow, Verdict},
};

/// Most reports of the same thing that are suggested: one look is enough to find one's own.
const ALIKE_MAX: u32 = 5;

/// Most reminders at a time: platforms keep some sixty, for all rooms together.
const REMINDERS_MAX: usize = 16;

/// How long before a clock runs out its person is reminded (ms): time to get there.
const REMIND_MS: i64 = 15 * 60 * 1000;

/// Which repairs a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    All,
    /// Those that wait for somebody.
    #[default]
    Open,
    /// Those that wait for nobody.
    Closed,
    /// Those this person reported, or that were reported for them.
    Mine,
    /// Those handed to this person.
    ForMe,
    /// Complaints.
    Complaints,
    /// Those whose clock has run out, the longest overdue first.
    Late,
}

impl Filter {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::Open,
        Self::Closed,
        Self::Mine,
        Self::ForMe,
        Self::Complaints,
        Self::Late,
    ];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Mine => "mine",
            Self::ForMe => "for_me",
            Self::Complaints => "complaints",
            Self::Late => "late",
        }
    }

    /// Reads a stable word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.word() == word)
    }
}

/// How far something that this phone wrote has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// On this phone only.
    SavedHere,
    /// The relay has it.
    HandedOver,
    /// Another device that reads the circle has it.
    Seen,
    /// Another device has it, and it counts.
    Accepted,
}

impl Delivery {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::SavedHere, Self::HandedOver, Self::Seen, Self::Accepted];

    /// Returns its place in the order, from 0.
    #[must_use]
    pub const fn step(self) -> usize {
        match self {
            Self::SavedHere => 0,
            Self::HandedOver => 1,
            Self::Seen => 2,
            Self::Accepted => 3,
        }
    }

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SavedHere => "saved_here",
            Self::HandedOver => "handed_over",
            Self::Seen => "seen",
            Self::Accepted => "accepted",
        }
    }
}

/// One repair in full, with what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairPage {
    /// The repair as its room tells it.
    pub detail: view::RepairDetail,
    /// How far what this phone wrote about it has come.
    pub deliveries: Vec<(FactId, Delivery)>,
    /// Other open reports of the same place and class: it may be the same thing.
    pub alike: Vec<RepairRow>,
    /// Reports that were merged into this one.
    pub merged: Vec<RepairRow>,
    /// Whom it can be handed to, for those who may.
    pub workers: Vec<PersonId>,
}

/// Something that waits for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How much it hurries.
    pub urgency: Urgency,
    /// The repair.
    pub row: RepairRow,
}

/// A local reminder, for when the app is not in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// When to remind.
    pub at: Moment,
    /// Of which repair.
    pub row: RepairRow,
}

/// What waits for this person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// By urgency, then by clock.
    pub waiting: Vec<Waiting>,
    /// How many there are in all; at most [`FOUND_MAX`] are listed.
    pub total: u32,
    /// What to remind of, the earliest first.
    pub reminders: Vec<Reminder>,
    /// Of the newest three that this person reported, those that are open.
    pub mine: Vec<RepairRow>,
}

/// How many of one's own reports stand on the first page: more is a list.
const MINE_MAX: u32 = 3;

impl<S: Store> Replica<S> {
    /// Returns this phone's person with the rights held now.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn viewer(&self, now: Moment) -> Result<Author, ReplicaError> {
        let me = self.keys().id();
        let author = self.member()?.current.author(&me, When::Now(now));
        Ok(author.unwrap_or_else(|_| Author::nobody(me)))
    }

    /// Reads a window of repairs.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn repairs(
        &self,
        filter: Filter,
        search: &str,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> Result<(u32, Vec<RepairRow>), ReplicaError> {
        let tag = |tag: &str| Listed::Tag(tag.to_owned());
        let person = || self.viewer(now).map(|viewer| viewer.person);
        let listed = match filter {
            Filter::All => Listed::All,
            Filter::Open => tag(tag::OPEN),
            Filter::Closed => tag(tag::CLOSED),
            Filter::Mine => tag(&tag::by(&person()?)),
            Filter::ForMe => tag(&tag::to(&person()?)),
            Filter::Complaints => tag(tag::COMPLAINT),
            Filter::Late => Listed::Overdue(now.0),
        };
        self.listed(listed, search, offset, limit)
    }

    fn listed(
        &self,
        listed: Listed,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<RepairRow>), ReplicaError> {
        let (room, search) = (Room::Repairs.code(), search.to_owned());
        let window = self.store().window(&Query { room, listed, search, offset, limit })?;
        let rows: Result<_, _> =
            window.rows.iter().map(|row| cbor::from_bytes("repair row", &row.body)).collect();
        Ok((window.total, rows?))
    }

    /// Counts the repairs under a tag, or all, without reading them.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn count_repairs(&self, tag: Option<&str>) -> Result<u32, ReplicaError> {
        Ok(self.store().count(Room::Repairs.code(), tag)?)
    }

    /// Finds open reports of a place and class: before one reports, it may be the same thing.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn alike(&self, place: &Place, class: &str) -> Result<Vec<RepairRow>, ReplicaError> {
        Ok(self.listed(Listed::Tag(tag::at(place, class)), "", 0, ALIKE_MAX)?.1)
    }

    /// Tells all about one repair, as this phone's person may see and do it.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn repair(&self, id: &FactId, now: Moment) -> Result<Option<RepairPage>, ReplicaError> {
        let Some(repair) = self.repair_state(id)? else { return Ok(None) };
        let law = self.member()?.current.law();
        let detail = view::detail(&repair, &self.viewer(now)?, now, law);
        let me = self.keys().id();
        let steps = repair.versions.values().map(|v| (v.id, v.author.device));
        let notes = repair.notes.iter().map(|note| (note.id, note.author.device));
        let own = steps.chain(notes).filter(|(_, device)| *device == me);
        let deliveries: Result<_, ReplicaError> =
            own.map(|(id, _)| Ok((id, self.delivery(&id)?))).collect();
        let mut alike =
            if detail.row.open { self.alike(repair.place(), &detail.row.class)? } else { vec![] };
        alike.retain(|row| row.id != *id);
        let (_, merged) = self.listed(Listed::Tag(tag::into(id)), "", 0, FOUND_MAX)?;
        let hands_out = detail.actions.iter().any(|(action, _)| *action == view::Action::Dispatch);
        let workers = if hands_out { self.workers(now)? } else { vec![] };
        Ok(Some(RepairPage { detail, deliveries: deliveries?, alike, merged, workers }))
    }

    /// Tells how far an own fact has come.
    pub(crate) fn delivery(&self, id: &FactId) -> Result<Delivery, ReplicaError> {
        let Some(row) = self.store().get(Table::Fact, &id.0)? else {
            return Ok(Delivery::SavedHere);
        };
        let row = FactRow::decode(&row)?;
        // Nothing is shown as sent before its photos are.
        for attachment in linli_domain::shelf::attachments(&Fact::decode(&row.bytes)?) {
            for part in &attachment.parts {
                if self.store().get(Table::Upload, &part.0)?.is_some() {
                    return Ok(Delivery::SavedHere);
                }
            }
        }
        let Some(place) = row.place else {
            let handed = self.is_handed(&row.pack)?;
            return Ok(if handed { Delivery::HandedOver } else { Delivery::SavedHere });
        };
        let seen = self.store().get(Table::Meta, &seen_key(&row.circle))?;
        let seen = seen.and_then(|seen| seen.try_into().ok()).map_or(0, u64::from_be_bytes);
        Ok(match row.verdict {
            _ if seen < place.seq => Delivery::HandedOver,
            Verdict::Counted | Verdict::Adopted => Delivery::Accepted,
            _ => Delivery::Seen,
        })
    }

    fn is_handed(&self, pack: &Hash) -> Result<bool, ReplicaError> {
        let Some(row) = self.store().get(Table::Pack, &pack.0)? else { return Ok(false) };
        let n = PackRow::decode(&row)?.pack()?.header.n;
        let row = self.store().get(Table::Outbox, &n.to_be_bytes())?;
        Ok(match row {
            Some(row) => read_outbox_row(&row)?.1 == Handed::Acknowledged,
            None => false,
        })
    }

    /// Tells what waits for this phone's person, by urgency.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn attention(&self, now: Moment) -> Result<Attention, ReplicaError> {
        let viewer = self.viewer(now)?;
        let mut rows: Vec<RepairRow> = Vec::new();
        let mut total = 0_u32;
        for key in view::keys_of(&viewer) {
            let (count, found) = self.listed(Listed::Tag(key), "", 0, FOUND_MAX)?;
            total = total.saturating_add(count);
            rows.extend(found);
        }
        rows.sort_by_key(|row| row.id);
        let all = rows.len();
        rows.dedup_by_key(|row| row.id);
        total = total.saturating_sub(u32::try_from(all - rows.len()).unwrap_or_default());
        let mut waiting: Vec<Waiting> = rows
            .into_iter()
            .map(|row| Waiting { urgency: view::urgency(&row, now), row })
            .collect();
        waiting.sort_by_key(|waiting| {
            let due = waiting.row.due.map_or(i64::MAX, |(_, due)| due.0);
            (waiting.urgency, due, waiting.row.at, waiting.row.id)
        });
        waiting.truncate(usize::try_from(FOUND_MAX).unwrap_or_default());
        let reminders = reminders(&waiting, now);
        let own = Listed::Tag(tag::by(&viewer.person));
        let (_, mut mine) = self.listed(own, "", 0, MINE_MAX)?;
        mine.retain(|row| row.status.is_open());
        Ok(Attention { waiting, total, reminders, mine })
    }
}

/// Reminds a while before a clock runs out, or when it does if less is left.
fn reminders(waiting: &[Waiting], now: Moment) -> Vec<Reminder> {
    let mut reminders: Vec<Reminder> = waiting
        .iter()
        .filter_map(|waiting| {
            let (_, due) = waiting.row.due.filter(|(_, due)| *due > now)?;
            let early = Moment(due.0.saturating_sub(REMIND_MS));
            let at = if early > now { early } else { due };
            Some(Reminder { at, row: waiting.row.clone() })
        })
        .collect();
    reminders.sort_by_key(|reminder| (reminder.at, reminder.row.id));
    reminders.truncate(REMINDERS_MAX);
    reminders
}
