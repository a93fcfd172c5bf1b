//! Taking in one stretch of the log: is it the log that everybody else is shown?
//!
//! A phone recomputes the head over every entry, also over those it cannot read, and checks each
//! author's chain. What does not fit is named: the lie, the place, the device.

use std::collections::BTreeSet;

use linli_wire::{
    CircleId, DeviceId, Hash,
    access::{Access, AccessRefusal, TakeError},
    call::{Content, Entry, Page},
    head,
    pack::{Header, Kind, Pack},
};

use crate::{
    ReplicaError,
    alarm::{Alarm, Lie},
    memory::{Cursor, meta, seen_key},
    store::{Store, Table},
    stored::{Link, LogRow, PackRow},
    work::Work,
};

const KEPT_BACK: &str = "a pack of a circle that this phone reads was kept back";

/// How far a page was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Followed {
    /// To its end; `behind` tells whether the relay has more.
    Page {
        /// Whether entries follow after this page.
        behind: bool,
    },
    /// The relay began a new log: it has to be read anew from the start.
    NewEpoch,
    /// A lie stopped it; what came before the lie was taken in.
    Stopped,
}

impl<S: Store> Work<'_, S> {
    /// Follows a page entry by entry; `after` is the entry after which it was asked for.
    pub(crate) fn follow(&mut self, after: u64, page: &Page) -> Result<Followed, ReplicaError> {
        if self.memory.cursor.epoch != page.epoch {
            if self.memory.cursor.seq > 0 {
                self.begin_epoch(page)?;
                return Ok(Followed::NewEpoch);
            }
            self.memory.cursor = Cursor::start(&self.memory.community, page.epoch);
        }
        if let Some(alarm) = self.check_head(after, page)? {
            self.raise(alarm)?;
            return Ok(Followed::Stopped);
        }
        for (at, entry) in page.entries.iter().enumerate() {
            if entry.seq <= self.memory.cursor.seq {
                continue;
            }
            if let Err(stop) = self.entry(entry, page.entries.get(at..).unwrap_or_default()) {
                return match stop {
                    Stop::Lie(alarm) => {
                        self.raise(alarm)?;
                        self.keep_cursor();
                        Ok(Followed::Stopped)
                    }
                    Stop::Error(error) => Err(error),
                };
            }
        }
        self.keep_cursor();
        Ok(Followed::Page { behind: page.last > self.memory.cursor.seq })
    }

    fn keep_cursor(&mut self) {
        let cursor = self.memory.cursor.encode();
        self.at.put(Table::Meta, meta::CURSOR, cursor);
    }

    /// Compares what is known already with what the page says again, and the head it names with
    /// the head that follows from its own entries.
    fn check_head(&self, after: u64, page: &Page) -> Result<Option<Alarm>, ReplicaError> {
        let cursor = self.memory.cursor;
        let mut head = cursor.head;
        let mut seq = cursor.seq;
        for entry in &page.entries {
            if entry.seq <= cursor.seq {
                let known = self.log_row(entry.seq)?;
                if known.is_some_and(|row| row.hash != entry.content.hash()) {
                    let detail = "another pack stands where one was shown before";
                    return Ok(Some(Alarm::new(Lie::Replayed, entry.seq, author(entry), detail)));
                }
                continue;
            }
            if entry.seq != seq + 1 {
                // A gap is named where it is met, with the device it concerns.
                return Ok(None);
            }
            seq = entry.seq;
            head = head::next(&head, entry.seq, entry.stamp, &entry.content.hash());
        }
        // A page that was asked for earlier overlaps with what came since: its head is an old one.
        // An altered entry is named where it is met.
        if after != cursor.seq || head == page.head || !page.entries.iter().all(holds) {
            return Ok(None);
        }
        let device = page.entries.last().and_then(author);
        let detail = "the head does not follow from the entries";
        Ok(Some(Alarm::new(Lie::Forked, seq, device, detail)))
    }

    pub(crate) fn log_row(&self, seq: u64) -> Result<Option<LogRow>, ReplicaError> {
        self.at.get(Table::Log, &seq.to_be_bytes())?.map(|row| LogRow::decode(&row)).transpose()
    }

    fn entry(&mut self, entry: &Entry, rest: &[Entry]) -> Result<(), Stop> {
        let cursor = self.memory.cursor;
        let seq = cursor.seq.saturating_add(1);
        if entry.seq != seq {
            let device = self.suspect(rest)?;
            return Err(lie(Lie::Withheld, seq, device, "an entry of the log is missing"));
        }
        let hash = entry.content.hash();
        let mut known = self.pack(&hash)?.unwrap_or_default();
        if known.place(&cursor.epoch).is_some() {
            let detail = "a pack is shown at a second place";
            return Err(lie(Lie::Replayed, seq, author(entry), detail));
        }
        if entry.stamp < cursor.stamp {
            return Err(lie(Lie::Backdated, seq, author(entry), "the stamp went backwards"));
        }
        let pack = match &entry.content {
            Content::Whole(bytes) => Some(self.check_pack(seq, bytes)?),
            Content::Foreign(_) => None,
        };
        if let Some(pack) = &pack
            && self.is_of_a_copy(pack, &known)?
        {
            let detail = "a pack of this device that it did not write: another copy of it is alive";
            return Err(lie(Lie::Restored, seq, Some(pack.header.device), detail));
        }
        let head = head::next(&cursor.head, seq, entry.stamp, &hash);
        let row = LogRow { stamp: entry.stamp, hash, head, whole: pack.is_some() };
        self.at.put(Table::Log, seq.to_be_bytes(), row.encode());
        self.memory.cursor = Cursor { seq, head, stamp: entry.stamp, ..cursor };
        known.put_at(&cursor.epoch, seq);
        let Some(pack) = pack else {
            self.put_pack(&hash, &known);
            return Ok(());
        };
        let header = &pack.header;
        self.put_link(&header.device, None, &Link { n: header.n, hash });
        self.put_link(&header.device, Some(&header.circle), &Link { n: header.cn, hash });
        Ok(self.place_pack(seq, entry.stamp, hash, &pack, known)?)
    }

    /// Checks form, signature, community and chains of a whole pack.
    fn check_pack(&mut self, seq: u64, bytes: &[u8]) -> Result<Pack, Stop> {
        let altered = |device, detail| lie(Lie::Altered, seq, device, detail);
        let pack = Pack::decode(bytes).map_err(|_| altered(None, "not a pack"))?;
        let device = Some(pack.header.device);
        pack.verify().map_err(|_| altered(device, "the signature does not match"))?;
        if pack.header.community != self.memory.community {
            return Err(altered(device, "a pack of another community"));
        }
        self.check_chain(seq, &pack)?;
        self.check_seen(seq, &pack)?;
        Ok(pack)
    }

    fn check_chain(&mut self, seq: u64, pack: &Pack) -> Result<(), Stop> {
        let header = &pack.header;
        let withheld = |seq, detail| Err(lie(Lie::Withheld, seq, Some(header.device), detail));
        let known = self.link(&header.device, None)?;
        let fits = match known {
            Some(last) if header.n <= last.n => {
                let detail = "the author's count was used before";
                return Err(lie(Lie::Replayed, seq, Some(header.device), detail));
            }
            Some(last) if header.n == last.n + 1 => header.prev == last.hash,
            _ if header.n == 1 => header.prev == Hash::ZERO,
            _ => self.place_of(&header.prev)?.is_some(),
        };
        if !fits {
            return withheld(seq, "the author's previous pack was kept back");
        }
        let last = self.link(&header.device, Some(&header.circle))?.unwrap_or(Link::START);
        if header.kind != Kind::Change || (header.cn == last.n + 1 && header.cprev == last.hash) {
            return Ok(());
        }
        // Shown only by its hash, though this phone may read its circle.
        let place = self.place_of(&header.cprev)?.unwrap_or(seq);
        if self.memory.is_complete(&header.circle) {
            return withheld(place, KEPT_BACK);
        }
        if self.memory.complete.is_empty() && !self.memory.read_unlisted {
            // The first reading: which circles are this phone's own is known at its end.
            self.memory.suspects.push((place, header.device, header.circle));
        }
        Ok(())
    }

    /// Compares the head its author says to have seen with the one shown here.
    fn check_seen(&mut self, seq: u64, pack: &Pack) -> Result<(), Stop> {
        let seen = pack.header.seen;
        if seen.epoch != self.memory.cursor.epoch || seen.seq == 0 {
            return Ok(());
        }
        let shown = self.log_row(seen.seq)?;
        if seen.seq < seq && shown.is_none_or(|row| row.head == seen.head) {
            return Ok(self.note_seen(&pack.header)?);
        }
        let detail = "its author was shown another log";
        let alarm = Alarm::new(Lie::Forked, seen.seq, Some(pack.header.device), detail);
        self.raise(alarm).map_err(Stop::Error)
    }

    /// Notes how far another device has read: it writes into the circle, so it reads it.
    fn note_seen(&mut self, header: &Header) -> Result<(), ReplicaError> {
        if header.device == self.me() || header.kind != Kind::Change {
            return Ok(());
        }
        let key = seen_key(&header.circle);
        let before = self.at.get(Table::Meta, &key)?;
        let before = before.and_then(|seen| seen.try_into().ok()).map_or(0, u64::from_be_bytes);
        if header.seen.seq > before {
            self.at.put(Table::Meta, key, header.seen.seq.to_be_bytes());
        }
        Ok(())
    }

    /// Finds whose pack is missing: somebody names it as predecessor, and it is nowhere.
    fn suspect(&self, rest: &[Entry]) -> Result<Option<DeviceId>, Stop> {
        let shown: BTreeSet<Hash> = rest.iter().map(|entry| entry.content.hash()).collect();
        for entry in rest {
            let Content::Whole(bytes) = &entry.content else { continue };
            let Ok(pack) = Pack::decode(bytes) else { continue };
            let header = pack.header;
            let missing = header.n > 1
                && !shown.contains(&header.prev)
                && self.place_of(&header.prev)?.is_none();
            if missing {
                return Ok(Some(header.device));
            }
        }
        Ok(None)
    }

    /// Notes where a checked pack stands, and takes in what it carries.
    pub(crate) fn place_pack(
        &mut self,
        seq: u64,
        stamp: i64,
        hash: Hash,
        pack: &Pack,
        mut known: PackRow,
    ) -> Result<(), ReplicaError> {
        let header = &pack.header;
        known.bytes = pack.bytes().to_vec();
        self.put_pack(&hash, &known);
        if header.device == self.me() {
            self.at.delete(Table::Outbox, header.n.to_be_bytes());
        }
        match header.kind {
            Kind::Access => {
                self.take_access(seq, stamp, pack)?;
                self.judge_suspects()
            }
            Kind::Change if !known.facts.is_empty() => self.replace_facts(seq, stamp, known.facts),
            // New, or locked, early or refused before: it may be taken in now.
            Kind::Change => self.take_pack(seq, stamp, hash, pack),
        }
    }

    fn take_access(&mut self, seq: u64, stamp: i64, pack: &Pack) -> Result<(), ReplicaError> {
        let taken = self.memory.access.take_pack(pack, stamp);
        if let Err(TakeError::Refused(AccessRefusal::OldSerial)) = taken {
            // Two reviewers wrote at once: the first record stands, and is compared anew.
            let device = Access::decode(pack.body())?.device;
            self.at.put(Table::Meta, [meta::TO_LIST, &device.0].concat(), []);
            return Ok(());
        }
        let Ok(Some(_)) = taken else {
            let detail = "an access record that its signer may not write";
            let device = Some(pack.header.device);
            return self.raise(Alarm::new(Lie::Hostile, seq, device, detail));
        };
        let key = [meta::ACCESS, &seq.to_be_bytes()].concat();
        self.at.put(Table::Meta, key, [&stamp.to_be_bytes()[..], pack.bytes()].concat());
        self.note_own_circles();
        Ok(())
    }

    /// The first record about this phone makes its circles complete: it was shown their packs whole
    /// from the start. A circle that comes later is pulled again first, and each of who read before.
    fn note_own_circles(&mut self) {
        let me = self.me();
        let Some(listed) = self.memory.access.get(&me) else { return };
        if !self.memory.complete.is_empty() || listed.access.ended || self.memory.read_unlisted {
            return;
        }
        for circle in listed.access.circles.clone() {
            self.mark_complete(circle);
        }
    }

    /// The end of the log is reached. Who is not listed there was shown hashes only: every circle of
    /// theirs is pulled again once they are, and no hash speaks against the relay.
    pub(crate) fn note_end(&mut self) {
        // The charter names its founders, but no circle of theirs: that is for their first record.
        let listed = self.memory.access.get(&self.me());
        let listed = listed.is_some_and(|listed| !listed.access.circles.is_empty());
        if listed || !self.memory.complete.is_empty() || self.memory.read_unlisted {
            return;
        }
        self.memory.read_unlisted = true;
        self.memory.suspects.clear();
        self.at.put(Table::Meta, meta::UNLISTED, []);
    }

    /// Once this phone's circles are known: was a pack of theirs kept back in the first reading?
    fn judge_suspects(&mut self) -> Result<(), ReplicaError> {
        if self.memory.complete.is_empty() {
            return Ok(());
        }
        for (seq, device, circle) in std::mem::take(&mut self.memory.suspects) {
            if self.memory.is_complete(&circle) {
                self.raise(Alarm::new(Lie::Withheld, seq, Some(device), KEPT_BACK))?;
            }
        }
        Ok(())
    }

    pub(crate) fn mark_complete(&mut self, circle: CircleId) {
        self.memory.complete.insert(circle);
        self.at.put(Table::Meta, [meta::COMPLETE, &circle.0].concat(), []);
    }
}

/// Why an entry was not taken in.
enum Stop {
    Lie(Alarm),
    Error(ReplicaError),
}

impl<E: Into<ReplicaError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

fn lie(lie: Lie, seq: u64, device: Option<DeviceId>, detail: &str) -> Stop {
    Stop::Lie(Alarm::new(lie, seq, device, detail))
}

/// Reads the author off an entry, whether or not it tells the truth.
fn author(entry: &Entry) -> Option<DeviceId> {
    match &entry.content {
        Content::Whole(bytes) => Pack::decode(bytes).ok().map(|pack| pack.header.device),
        Content::Foreign(_) => None,
    }
}

fn holds(entry: &Entry) -> bool {
    match &entry.content {
        Content::Whole(bytes) => Pack::decode(bytes).is_ok_and(|pack| pack.verify().is_ok()),
        Content::Foreign(_) => true,
    }
}
