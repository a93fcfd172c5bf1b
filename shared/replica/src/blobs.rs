//! Photos and voice on this phone: sealed parts, drafts that hold them, and room for them.
//!
//! An attachment is sealed when it is taken, and its parts lie in the file from then on. While a
//! draft names it, and until the relay holds it, nothing removes it. What the relay holds goes,
//! the oldest first, when the parts take more room than the phone gives; it is fetched again when
//! somebody looks at it.

use linli_domain::kernel::{Attachment, AttachmentKind, BlobKey, Moment, PART_BYTES};
use linli_seal::{Chance, blob};
use linli_wire::{
    Hash,
    cbor::{self},
    fact::Fact,
};
use serde::{Deserialize, Serialize};

use crate::{
    AskError, ReplicaError,
    held::Due,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table},
    stored::Cut,
    work::Work,
};

/// Room that a phone gives to photos and voice, in bytes, unless it is told otherwise: some five
/// hundred photos.
pub const PARTS_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// What somebody is typing, with its photos and voice notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The text.
    #[serde(rename = "1")]
    pub text: String,
    /// Photos and voice notes.
    #[serde(rename = "2")]
    pub attachments: Vec<Attachment>,
}

/// A photo or a voice note as it is sealed: nothing in it says where it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What it is.
    pub kind: AttachmentKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How a photo has to be turned to be upright: 1 to 8, as EXIF counts them.
    pub turn: u8,
}

/// What lies here of photos and voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Bytes of all parts.
    pub bytes: u64,
    /// How many parts the relay does not hold yet.
    pub unsent: u32,
}

impl<S: Store> Replica<S> {
    /// Seals a photo or a voice note and keeps it with a draft.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it is too large or there are too many, [`AskError::Failed`].
    pub fn attach(
        &mut self,
        draft: &str,
        picture: &Picture,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), AskError> {
        // What was sent from this draft and is still held takes its photos with it first.
        self.write_held(Due::All, now, chance)?;
        let refused = || AskError::Refused("repairs.bad_attachment".to_owned());
        let mut typed = self.draft(draft)?;
        if typed.attachments.len() >= linli_domain::repairs::ATTACHMENTS_MAX {
            return Err(refused());
        }
        let (attachment, parts) = seal(picture, chance)?;
        if !attachment.is_sound() {
            return Err(refused());
        }
        typed.attachments.push(attachment);
        Ok(self.work(Durability::Full, |work| {
            for (hash, sealed) in &parts {
                work.keep_part(hash, sealed)?;
            }
            work.put_draft(draft, &typed)
        })?)
    }

    /// Takes an attachment away from a draft, by its number from 0.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn detach(&mut self, draft: &str, number: usize) -> Result<(), ReplicaError> {
        let mut typed = self.draft(draft)?;
        if number >= typed.attachments.len() {
            return Ok(());
        }
        let gone = typed.attachments.remove(number);
        self.work(Durability::Full, |work| {
            work.put_draft(draft, &typed)?;
            gone.parts.iter().try_for_each(|part| work.drop_part(part))
        })
    }

    /// Keeps the text of a draft as typed. What was sent from it and is still held is written first.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn keep_draft(
        &mut self,
        draft: &str,
        text: &str,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        self.write_held(Due::All, now, chance)?;
        let typed = Typed { text: text.to_owned(), ..self.draft(draft)? };
        self.work(Durability::Full, |work| work.put_draft(draft, &typed))
    }

    /// Returns a draft; an empty one if there is none.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn draft(&self, draft: &str) -> Result<Typed, ReplicaError> {
        match self.store().get(Table::Draft, draft.as_bytes())? {
            Some(row) => Ok(cbor::from_bytes("draft", &row)?),
            None => Ok(Typed::default()),
        }
    }

    /// Returns all drafts by their names, without those whose act is held: sent once more they would
    /// be two. They are there again if the act is undone.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn drafts(&self) -> Result<Vec<(String, Typed)>, ReplicaError> {
        let held = self.held_drafts()?;
        let is_held = |name: &str| {
            let beside = |held: &String| name.strip_prefix(held.as_str());
            held.iter().filter_map(beside).any(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut drafts = Vec::new();
        for (name, row) in self.store().scan(Table::Draft, &[], None, usize::MAX)? {
            let name = String::from_utf8(name);
            let name = name.map_err(|_| ReplicaError::Damaged { row: "draft" })?;
            if is_held(&name) {
                continue;
            }
            drafts.push((name, cbor::from_bytes("draft", &row)?));
        }
        Ok(drafts)
    }

    /// Opens an attachment, if all its parts lie here.
    ///
    /// # Errors
    /// [`ReplicaError`] if the store fails or a part does not open.
    pub fn open_attachment(&self, what: &Attachment) -> Result<Option<Vec<u8>>, ReplicaError> {
        let mut clear = Vec::new();
        for (number, hash) in (0_u32..).zip(&what.parts) {
            let Some(row) = self.store().get(Table::Part, &hash.0)? else { return Ok(None) };
            let sealed = PartRow::decode(&row)?.sealed;
            let part = blob::Part { number, count: count(&what.parts) };
            clear.extend(blob::open(&what.key.0, part, sealed)?);
        }
        Ok(Some(clear))
    }

    /// Asks for the parts of an attachment that do not lie here: they come with the next round.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn want_attachment(&mut self, what: &Attachment) -> Result<bool, ReplicaError> {
        let mut missing = Vec::new();
        for hash in &what.parts {
            let here = self.store().get(Table::Part, &hash.0)?.is_some();
            let asked = here || self.store().get(Table::Wanted, &hash.0)?.is_some();
            if !asked {
                missing.push(*hash);
            }
        }
        if missing.is_empty() {
            return Ok(false);
        }
        self.work(Durability::Normal, |work| {
            for hash in missing {
                work.at.put(Table::Wanted, hash.0, []);
            }
            Ok(true)
        })
    }

    /// Tells how much lies here and how much of it the relay lacks.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn parts(&self) -> Result<Parts, ReplicaError> {
        let bytes = self.store().get(Table::Meta, meta::PARTS)?;
        let unsent = self.store().scan(Table::Upload, &[], None, usize::MAX)?.len();
        let unsent = u32::try_from(unsent).unwrap_or(u32::MAX);
        Ok(Parts { bytes: number(bytes), unsent })
    }

    /// Makes room: while the parts take more than `most` bytes, the oldest that the relay holds go.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn make_room(&mut self, most: u64) -> Result<(), ReplicaError> {
        if self.memory().is_none() || self.parts()?.bytes <= most {
            return Ok(());
        }
        let mut kept: Vec<Hash> = Vec::new();
        for (_, typed) in self.drafts()? {
            kept.extend(typed.attachments.into_iter().flat_map(|attachment| attachment.parts));
        }
        self.work(Durability::Normal, |work| {
            for (key, _) in work.at.scan(Table::PartAge, &[])? {
                if number(work.at.get(Table::Meta, meta::PARTS)?) <= most {
                    break;
                }
                let hash = aged(&key)?;
                if !kept.contains(&hash) && !work.at.has(Table::Upload, &hash.0)? {
                    work.drop_part(&hash)?;
                }
            }
            Ok(())
        })
    }
}

impl<S: Store> Work<'_, S> {
    /// Keeps a sealed part.
    pub(crate) fn keep_part(&mut self, hash: &Hash, sealed: &[u8]) -> Result<(), ReplicaError> {
        if self.at.has(Table::Part, &hash.0)? {
            return Ok(());
        }
        let age = number(self.at.get(Table::Meta, meta::PART_AGE)?).saturating_add(1);
        let length = u64::try_from(sealed.len()).unwrap_or(u64::MAX);
        let bytes = number(self.at.get(Table::Meta, meta::PARTS)?).saturating_add(length);
        self.at.put(Table::Meta, meta::PART_AGE, age.to_be_bytes());
        self.at.put(Table::Meta, meta::PARTS, bytes.to_be_bytes());
        self.at.put(Table::PartAge, [&age.to_be_bytes()[..], &hash.0].concat(), []);
        self.at.put(Table::Part, hash.0, [&age.to_be_bytes()[..], sealed].concat());
        Ok(())
    }

    fn drop_part(&mut self, hash: &Hash) -> Result<(), ReplicaError> {
        let Some(row) = self.at.get(Table::Part, &hash.0)? else { return Ok(()) };
        let PartRow { age, sealed } = PartRow::decode(&row)?;
        let length = u64::try_from(sealed.len()).unwrap_or(u64::MAX);
        let bytes = number(self.at.get(Table::Meta, meta::PARTS)?).saturating_sub(length);
        self.at.put(Table::Meta, meta::PARTS, bytes.to_be_bytes());
        self.at.delete(Table::PartAge, [&age.to_be_bytes()[..], &hash.0].concat());
        self.at.delete(Table::Part, hash.0);
        Ok(())
    }

    /// Offers every part that lies here, own or fetched: a relay restored from a copy may lack it.
    pub(crate) fn offer_parts(&mut self) -> Result<(), ReplicaError> {
        let mut drafted: Vec<Hash> = Vec::new();
        for (_, row) in self.at.scan(Table::Draft, &[])? {
            let typed: Typed = cbor::from_bytes("draft", &row)?;
            drafted.extend(typed.attachments.into_iter().flat_map(|attachment| attachment.parts));
        }
        for (key, _) in self.at.scan(Table::PartAge, &[])? {
            let hash = aged(&key)?;
            if !drafted.contains(&hash) {
                self.at.put(Table::Upload, hash.0, []);
            }
        }
        Ok(())
    }

    /// Keeps a draft; an empty one is forgotten.
    fn put_draft(&mut self, draft: &str, typed: &Typed) -> Result<(), ReplicaError> {
        if *typed == Typed::default() {
            self.at.delete(Table::Draft, draft.as_bytes());
        } else {
            self.at.put(Table::Draft, draft.as_bytes(), cbor::to_bytes("draft", typed)?);
        }
        Ok(())
    }

    /// A fact of this phone is written: its photos are to be handed over, and no draft's any more.
    pub(crate) fn send_attachments(
        &mut self,
        fact: &Fact,
        draft: Option<&str>,
    ) -> Result<(), ReplicaError> {
        let sent = linli_domain::shelf::attachments(fact);
        for part in sent.iter().flat_map(|attachment| &attachment.parts) {
            if self.at.has(Table::Part, &part.0)? {
                self.at.put(Table::Upload, part.0, []);
            }
        }
        if let Some(draft) = draft {
            self.at.delete(Table::Draft, draft.as_bytes());
            for (beside, _) in self.at.scan(Table::Draft, format!("{draft}/").as_bytes())? {
                self.at.delete(Table::Draft, beside);
            }
        }
        Ok(())
    }
}

/// A part as it is stored.
struct PartRow<'a> {
    age: u64,
    sealed: &'a [u8],
}

impl<'a> PartRow<'a> {
    fn decode(row: &'a [u8]) -> Result<Self, ReplicaError> {
        let mut cut = Cut { row: "part", bytes: row };
        Ok(Self { age: u64::from_be_bytes(cut.take()?), sealed: cut.bytes })
    }
}

/// Returns the sealed bytes of a stored part, to hand them over.
pub(crate) fn sealed(row: &[u8]) -> Result<Vec<u8>, ReplicaError> {
    Ok(PartRow::decode(row)?.sealed.to_vec())
}

/// Reads the part off a row of ages.
fn aged(key: &[u8]) -> Result<Hash, ReplicaError> {
    let hash = key.get(8..).and_then(Hash::from_slice);
    hash.ok_or(ReplicaError::Damaged { row: "part age" })
}

fn number(value: Option<Vec<u8>>) -> u64 {
    value.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes)
}

fn count(parts: &[Hash]) -> u32 {
    u32::try_from(parts.len()).unwrap_or(u32::MAX)
}

/// An attachment and its sealed parts by name.
type Sealed = (Attachment, Vec<(Hash, Vec<u8>)>);

fn seal(picture: &Picture, chance: &mut dyn Chance) -> Result<Sealed, ReplicaError> {
    let clear = picture.bytes.as_slice();
    let mut key = [0; 32];
    chance.fill(&mut key);
    let size = usize::try_from(PART_BYTES).unwrap_or(usize::MAX);
    let pieces: Vec<&[u8]> = clear.chunks(size).collect();
    let count = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
    let mut parts = Vec::new();
    for (number, piece) in (0_u32..).zip(pieces) {
        let sealed = blob::seal(&key, blob::Part { number, count }, piece)?;
        parts.push((Hash::of(&sealed), sealed));
    }
    let attachment = Attachment {
        kind: picture.kind,
        turn: picture.turn,
        key: BlobKey(key),
        parts: parts.iter().map(|(hash, _)| *hash).collect(),
        bytes: u64::try_from(clear.len()).unwrap_or(u64::MAX),
    };
    Ok((attachment, parts))
}
