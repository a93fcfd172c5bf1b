//! How the replica's own rows lie in the store. They never leave the phone.

use linli_domain::kernel::{Moment, Position};
use linli_wire::{CircleId, DocumentId, FactId, Hash, LogEpoch, pack::Pack};

use crate::ReplicaError;

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet in the community log; shown as pending.
    Pending,
    /// It counts.
    Counted,
    /// Its author had no right at its place: kept, shown, counted only when adopted.
    Quarantined,
    /// A reviewer adopted it: it counts.
    Adopted,
    /// Its room refused it: kept and shown in the audit.
    Refused,
    /// Written by a newer app: kept and carried, not folded.
    Newer,
}

impl Verdict {
    const fn byte(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Counted => 1,
            Self::Quarantined => 2,
            Self::Adopted => 3,
            Self::Refused => 4,
            Self::Newer => 5,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            0 => Self::Pending,
            1 => Self::Counted,
            2 => Self::Quarantined,
            3 => Self::Adopted,
            4 => Self::Refused,
            5 => Self::Newer,
            _ => return None,
        })
    }

    /// Tells whether the fact enters folds.
    #[must_use]
    pub const fn folds(self) -> bool {
        matches!(self, Self::Pending | Self::Counted | Self::Adopted)
    }
}

/// Lifts what has no place above every place.
const UNPLACED: u64 = 1 << 63;

/// Lifts own facts that were never placed above those that had a place in an earlier log.
pub(crate) const NEVER_PLACED: u64 = 1 << 62;

/// A fact with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// What became of it.
    pub verdict: Verdict,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// Its place within its pack.
    pub index: u16,
    /// Orders facts without a place: the last place it had, or the count of its own pack.
    pub order: u64,
    /// The circle it was sealed for.
    pub circle: CircleId,
    /// The document that holds it.
    pub document: DocumentId,
    /// The pack that carried it.
    pub pack: Hash,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
}

impl FactRow {
    /// The key of a registry fact: by place in the log, those without one after all others.
    pub(crate) fn registry_key(&self, id: &FactId) -> Vec<u8> {
        let seq = self.place.map_or(UNPLACED | self.order, |place| place.seq);
        [&seq.to_be_bytes()[..], &self.index.to_be_bytes(), &id.0].concat()
    }

    /// Returns the row as it lies in the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let (seq, stamp) = self.place.map_or((0, 0), |place| (place.seq, place.stamp.0));
        let mut bytes = vec![self.verdict.byte()];
        bytes.extend_from_slice(&seq.to_be_bytes());
        bytes.extend_from_slice(&self.index.to_be_bytes());
        bytes.extend_from_slice(&self.order.to_be_bytes());
        bytes.extend_from_slice(&stamp.to_be_bytes());
        bytes.extend_from_slice(&self.circle.0);
        bytes.extend_from_slice(&self.document.0);
        bytes.extend_from_slice(&self.pack.0);
        bytes.extend_from_slice(&self.bytes);
        bytes
    }

    /// Reads a row of the store.
    ///
    /// # Errors
    /// [`ReplicaError::Damaged`].
    pub fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "fact", bytes };
        let [verdict] = cut.take()?;
        let seq = u64::from_be_bytes(cut.take()?);
        let index = u16::from_be_bytes(cut.take()?);
        let order = u64::from_be_bytes(cut.take()?);
        let stamp = Moment(i64::from_be_bytes(cut.take()?));
        Ok(Self {
            verdict: Verdict::from_byte(verdict).ok_or(ReplicaError::Damaged { row: "fact" })?,
            place: (seq > 0).then_some(Position { seq, index, stamp }),
            index,
            order,
            circle: CircleId(cut.take()?),
            document: DocumentId(cut.take()?),
            pack: Hash(cut.take()?),
            bytes: cut.bytes.to_vec(),
        })
    }
}

/// What is known of a pack: where it stands, the facts that were taken from it, and its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PackRow {
    /// The log in which it has its place, by the first half of its epoch: a new log makes every
    /// place of the old one void.
    era: [u8; 8],
    /// Its place; 0 without one.
    seq: u64,
    /// In the order of the pack; none while it is locked or waits, or if it was refused.
    pub(crate) facts: Vec<FactId>,
    /// Empty if only its hash is known.
    pub(crate) bytes: Vec<u8>,
}

impl PackRow {
    /// A pack that is not in any log yet.
    pub(crate) const fn unplaced(facts: Vec<FactId>, bytes: Vec<u8>) -> Self {
        Self { era: [0; 8], seq: 0, facts, bytes }
    }

    /// Returns its place in a log.
    pub(crate) fn place(&self, epoch: &LogEpoch) -> Option<u64> {
        (self.seq > 0 && self.era == era(epoch)).then_some(self.seq)
    }

    /// Puts it at a place in a log.
    pub(crate) fn put_at(&mut self, epoch: &LogEpoch, seq: u64) {
        (self.era, self.seq) = (era(epoch), seq);
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let count = u16::try_from(self.facts.len()).unwrap_or(u16::MAX);
        let mut row = [&self.era[..], &self.seq.to_be_bytes(), &count.to_be_bytes()].concat();
        self.facts.iter().for_each(|fact| row.extend_from_slice(&fact.0));
        row.extend_from_slice(&self.bytes);
        row
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "pack", bytes };
        let (era, seq) = (cut.take()?, u64::from_be_bytes(cut.take()?));
        let count = u16::from_be_bytes(cut.take()?);
        let facts = (0..count).map(|_| cut.take().map(FactId)).collect::<Result<_, _>>()?;
        Ok(Self { era, seq, facts, bytes: cut.bytes.to_vec() })
    }

    /// Reads the pack itself.
    pub(crate) fn pack(&self) -> Result<Pack, ReplicaError> {
        Ok(Pack::decode(&self.bytes)?)
    }
}

fn era(epoch: &LogEpoch) -> [u8; 8] {
    epoch.0.first_chunk().copied().unwrap_or_default()
}

/// One entry of the log as it was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogRow {
    pub(crate) stamp: i64,
    pub(crate) hash: Hash,
    pub(crate) head: Hash,
    /// Whether the pack was given whole.
    pub(crate) whole: bool,
}

impl LogRow {
    pub(crate) fn encode(&self) -> Vec<u8> {
        [&self.stamp.to_be_bytes()[..], &self.hash.0, &self.head.0, &[u8::from(self.whole)]]
            .concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "log", bytes };
        Ok(Self {
            stamp: i64::from_be_bytes(cut.take()?),
            hash: Hash(cut.take()?),
            head: Hash(cut.take()?),
            whole: cut.take()? == [1],
        })
    }
}

/// The end of a chain of packs: of a device, or of a device in a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) n: u64,
    pub(crate) hash: Hash,
}

impl Link {
    pub(crate) const START: Self = Self { n: 0, hash: Hash::ZERO };

    pub(crate) fn encode(&self) -> Vec<u8> {
        [&self.n.to_be_bytes()[..], &self.hash.0].concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "chain", bytes };
        Ok(Self { n: u64::from_be_bytes(cut.take()?), hash: Hash(cut.take()?) })
    }
}

/// What is known of a document beside its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DocumentRow {
    pub(crate) circle: CircleId,
    pub(crate) room: u8,
    pub(crate) period: u32,
    /// Changes after the snapshot.
    pub(crate) tail: u64,
    /// Changes ever, so that their keys ascend.
    pub(crate) count: u64,
}

/// Changes after which a small document is saved anew.
const TAIL_MIN: u64 = 64;

impl DocumentRow {
    /// Tells whether the changes after the snapshot are so many that it is time for a new one: as
    /// the document grows by a half, what saving costs is spread over as many changes.
    pub(crate) const fn is_long(&self) -> bool {
        self.tail >= TAIL_MIN && self.tail >= self.count / 3
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        [
            &self.circle.0[..],
            &[self.room],
            &self.period.to_be_bytes(),
            &self.tail.to_be_bytes(),
            &self.count.to_be_bytes(),
        ]
        .concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "document", bytes };
        let circle = CircleId(cut.take()?);
        let [room] = cut.take()?;
        let period = u32::from_be_bytes(cut.take()?);
        let tail = u64::from_be_bytes(cut.take()?);
        let count = u64::from_be_bytes(cut.take()?);
        Ok(Self { circle, room, period, tail, count })
    }
}

/// Cuts fixed pieces off a row.
pub(crate) struct Cut<'a> {
    pub(crate) row: &'static str,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Cut<'a> {
    pub(crate) fn take<const N: usize>(&mut self) -> Result<[u8; N], ReplicaError> {
        let (piece, rest) =
            self.bytes.split_first_chunk::<N>().ok_or(ReplicaError::Damaged { row: self.row })?;
        self.bytes = rest;
        Ok(*piece)
    }

    pub(crate) fn run(&mut self, len: usize) -> Result<&'a [u8], ReplicaError> {
        let (run, rest) =
            self.bytes.split_at_checked(len).ok_or(ReplicaError::Damaged { row: self.row })?;
        self.bytes = rest;
        Ok(run)
    }
}
