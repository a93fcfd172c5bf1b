//! What this person does: judged by the same rules as everybody's, held while it can be undone,
//! then written, sealed and put into the outbox in one transaction.

use linli_domain::{
    kernel::{Circle, Draft, Moment, Scope, When},
    law, payments, registry, repairs,
    shelf::{self, Room, Shelf},
};
use linli_seal::{Chance, CircleKey, DeviceKeys, body};
use linli_wire::{
    CircleId, CommunityId, DocumentId, FactId, Hash, KeyEpoch,
    access::Access,
    fact::Fact,
    pack::{Header, Kind, Pack, Seen},
    sign::Purpose,
};

use crate::{
    AskError, ReplicaError,
    admit::{Piece, join_body},
    document::{compose, vet},
    held::Due,
    keyring::circle_id,
    memory::meta,
    money,
    replica::Replica,
    store::{Durability, Store, Table},
    stored::{Cut, FactRow, Link, NEVER_PLACED, PackRow, Verdict},
    work::{Fresh, Work},
};

/// What a person asks of their replica.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Something about a repair, or a new one.
    Repair {
        /// The repair; none to report a new one.
        about: Option<FactId>,
        /// What is asked.
        event: repairs::Event,
        /// The draft whose photos and voice go with it.
        draft: Option<String>,
    },
    /// Something about the registry.
    Registry(registry::Event),
    /// Something about money.
    Money(money::Ask),
}

impl Ask {
    /// Asks something about a repair, or for a new one, without photos of a draft.
    #[must_use]
    pub const fn repair(about: Option<FactId>, event: repairs::Event) -> Self {
        Self::Repair { about, event, draft: None }
    }
}

/// What an ask led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is written; the fact's id.
    Written(FactId),
    /// It is held and can be undone; the number of the held act.
    Held(u64),
}

/// A fact that is about to be written, with where it belongs.
pub(crate) struct Filed {
    pub(crate) fact: Fact,
    pub(crate) shelf: Shelf,
}

impl Filed {
    /// Puts device, time and, on a legal fact, the signature to a draft. A step is filed with its
    /// `thing`; for everything else the fact itself says where it belongs.
    pub(crate) fn new(
        keys: &DeviceKeys,
        community: &CommunityId,
        draft: Draft,
        thing: Option<Shelf>,
        now: Moment,
    ) -> Result<Self, ReplicaError> {
        let mut supersedes = draft.supersedes;
        supersedes.sort();
        let mut fact = Fact {
            kind: draft.kind,
            by: keys.id(),
            at: now.0,
            about: draft.about,
            fields: draft.fields,
            supersedes,
            sig: None,
        };
        if draft.legal {
            let unsigned = fact.encode_unsigned();
            fact.sig = Some(keys.sign(Purpose::Fact, &[&community.0, &unsigned]));
        }
        let shelf = shelf::shelf_of(&fact)
            .or(thing)
            .ok_or(ReplicaError::Broken { invariant: "a fact has its shelf" })?;
        Ok(Self { fact, shelf })
    }
}

impl<S: Store> Replica<S> {
    /// Asks for something. With `hold_ms` above zero it can be undone for so long; what is legal or
    /// an emergency is never held. Whoever does the next thing stands by the last: acts that are
    /// still held are written first.
    ///
    /// # Errors
    /// [`AskError::Refused`] with the word of the refusal, also while this replica stands on a backup;
    /// [`AskError::Failed`].
    pub fn ask(
        &mut self,
        ask: &Ask,
        hold_ms: u32,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Done, AskError> {
        if self.restored().is_some() {
            return Err(AskError::Refused("app.restored".to_owned()));
        }
        self.write_held(Due::All, now, chance)?;
        match ask {
            Ask::Money(money::Ask::Bill { run, draft }) => {
                return Ok(Done::Written(self.bill(run, draft.as_deref(), now, chance)?));
            }
            Ask::Money(_) | Ask::Repair { .. } | Ask::Registry(_) => {}
        }
        let (filed, draft) = self.decide(ask, now)?;
        let waits = filed.fact.sig.is_none() && !self.is_urgent(ask)?;
        if hold_ms > 0 && waits {
            return Ok(Done::Held(self.hold(&filed, draft, now, hold_ms)?));
        }
        let id = self.write(filed, draft, now, chance)?;
        Ok(Done::Written(id))
    }

    /// Tells whether something is reported that cannot wait a few seconds.
    fn is_urgent(&self, ask: &Ask) -> Result<bool, ReplicaError> {
        let Ask::Repair { event: repairs::Event::Report(report), .. } = ask else {
            return Ok(false);
        };
        let class = self.member()?.current.law().class(&report.class);
        Ok(class.is_some_and(|class| class.emergency))
    }

    fn decide<'a>(&self, ask: &'a Ask, now: Moment) -> Result<(Filed, Option<&'a str>), AskError> {
        let memory = self.member()?;
        let author = memory
            .current
            .author(&self.keys().id(), When::Now(now))
            .map_err(|refusal| AskError::Refused(refusal.word().to_owned()))?;
        match ask {
            Ask::Registry(event) => {
                let draft = registry::decide(&memory.current, &author, event, now)
                    .map_err(|refusal| AskError::Refused(refusal.word().to_owned()))?;
                Ok((self.file(draft, None, now)?, None))
            }
            Ask::Money(ask) => {
                self.check_version()?;
                let (decided, thing, draft) = self.decide_money(ask, &author, now)?;
                let filed = self.file(decided, thing, now)?;
                if !payments::fits_a_code(&filed.fact) {
                    return Err(money::refused(payments::Refusal::BadText));
                }
                Ok((filed, draft))
            }
            Ask::Repair { about, event, draft } => {
                self.check_version()?;
                let draft = draft.as_deref();
                let given = draft.map(|draft| self.draft(draft)).transpose()?;
                let event = &match given {
                    Some(given) => event.clone().with_attachments(given.attachments),
                    None => event.clone(),
                };
                let before = about.map(|about| self.repair_state(&about)).transpose()?.flatten();
                if about.is_some() && before.is_none() {
                    return Err(AskError::Refused("repairs.unknown".to_owned()));
                }
                let repair = before.as_ref();
                if let (Some(repair), repairs::Event::Merge { into }) = (repair, event) {
                    self.check_merge(repair, into)?;
                }
                if let repairs::Event::Report(report) = event {
                    if !memory.current.is_registered(&report.place.scope()) {
                        let word = registry::Refusal::UnknownPlace.word();
                        return Err(AskError::Refused(word.to_owned()));
                    }
                    self.check_on_behalf(report, now)?;
                }
                let decided = repairs::decide(repair, &author, event, now, memory.current.law())
                    .map_err(|refusal| AskError::Refused(refusal.word().to_owned()))?;
                Ok((self.file(decided, repair.map(shelf::shelf_of_repair), now)?, draft))
            }
        }
    }

    /// An app that is too old writes nothing that is judged by rules it may not know.
    pub(crate) fn check_version(&self) -> Result<(), AskError> {
        if self.member()?.current.needs_newer_app(law::APP) {
            return Err(AskError::Refused(registry::Refusal::Update.word().to_owned()));
        }
        Ok(())
    }

    /// A report is merged into an open one that everybody who reads it can read.
    fn check_merge(&self, repair: &repairs::Repair, into: &FactId) -> Result<(), AskError> {
        let target = self.repair_state(into)?.filter(|target| {
            let (wider, own) = (target.report.place.scope(), repair.report.place.scope());
            target.is_open() && wider.covers(&own)
        });
        let refused = || AskError::Refused(repairs::Refusal::BadTarget.word().to_owned());
        target.map(|_| ()).ok_or_else(refused)
    }

    /// Whoever acts for somebody acts for a person who is registered at the place.
    fn check_on_behalf(&self, report: &repairs::Report, now: Moment) -> Result<(), AskError> {
        let Some(person) = report.on_behalf else { return Ok(()) };
        let place = report.place.scope();
        let duties = self.member()?.current.person_at(&person, When::Now(now));
        let shares = |scope: &Scope| place.covers(scope) || scope.covers(&place);
        if duties.iter().any(|duty| duty.role.is_household() && shares(&duty.scope)) {
            return Ok(());
        }
        Err(AskError::Refused(repairs::Refusal::UnknownPerson.word().to_owned()))
    }

    fn file(&self, draft: Draft, thing: Option<Shelf>, now: Moment) -> Result<Filed, AskError> {
        Ok(Filed::new(self.keys(), &self.member()?.community, draft, thing, now)?)
    }

    fn write(
        &mut self,
        filed: Filed,
        draft: Option<&str>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<FactId, ReplicaError> {
        let fact = filed.fact.clone();
        self.work(Durability::Full, |work| {
            let id = work.write(filed, None, now, chance)?;
            work.send_attachments(&fact, draft)?;
            if shelf::room_of(fact.kind) == Some(Room::Registry) {
                work.after_own_facts(&[fact], now, chance)?;
            }
            Ok(id)
        })
    }
}

impl<S: Store> Work<'_, S> {
    /// Writes a fact: change, rows and outbox together. One that stands already is not written
    /// again: others would refuse it.
    pub(crate) fn write(
        &mut self,
        filed: Filed,
        key: Option<CircleKey>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<FactId, ReplicaError> {
        let Filed { fact, shelf: Shelf { circle, room, period } } = filed;
        let (memory, me, room) = (&self.memory, self.me(), room.code());
        let circle_id = circle_id(&memory.community, &circle);
        let document = DocumentId::of(&memory.community, &circle_id, room, period);
        let bytes = fact.encode();
        let id = FactId::of(&document, &bytes);
        if self.at.has(Table::Fact, &id.0)? {
            return Ok(id);
        }
        let key = key
            .or_else(|| memory.ring.current(&memory.community, &memory.current, &circle))
            .ok_or(ReplicaError::Broken { invariant: "the circle's key is held" })?;
        let writer = self.writer(&document, &me)?;
        let raw = compose(&me, &document, &writer, &bytes);
        // The gate that others will put it through.
        let vetted = vet(&raw, &me, &document, &writer)
            .map_err(|_| ReplicaError::Broken { invariant: "an own change passes the own gate" })?;
        let body = join_body(&[Piece { room, period, raw: &raw }]);
        let header = self.header(Kind::Change, circle_id, key.epoch(), now, chance)?;
        let pack = body::seal(header, &body, &key, self.keys)?;
        if let Circle::Home(unit) = &circle {
            self.hand_home_key(unit, now, chance)?;
        }
        if let Some(number) = payments::number_of(&fact) {
            // A number is used up by the same commit that uses it.
            let key = [meta::RECEIPTS, number.month().to_string().as_bytes()].concat();
            self.at.put(Table::Meta, key, number.count().to_be_bytes());
        }
        self.send(&pack, vec![id]);
        let row = FactRow {
            verdict: Verdict::Pending,
            place: None,
            index: 0,
            order: NEVER_PLACED | pack.header.n,
            circle: circle_id,
            document,
            pack: pack.hash(),
            bytes,
        };
        self.take_change(document, Fresh { circle: circle_id, room, period, vetted })?;
        self.note_fact(id, &fact, row)?;
        Ok(id)
    }

    /// Writes and signs the record that tells the relay what a device may read.
    pub(crate) fn write_access(
        &mut self,
        access: &Access,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let header = self.header(Kind::Access, CircleId::NONE, KeyEpoch::NONE, now, chance)?;
        let pack = body::sign(header, &access.encode()?, self.keys)?;
        self.send(&pack, Vec::new());
        Ok(())
    }

    /// Writes the header of the next own pack.
    pub(crate) fn header(
        &self,
        kind: Kind,
        circle: CircleId,
        key_epoch: KeyEpoch,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Header, ReplicaError> {
        let (own, in_circle) = (self.own_link(None)?, self.own_link(Some(&circle))?);
        let cursor = self.memory.cursor;
        let seen = if cursor.seq == 0 {
            Seen::NOTHING
        } else {
            Seen { epoch: cursor.epoch, seq: cursor.seq, head: cursor.head }
        };
        let mut nonce = [0; 24];
        chance.fill(&mut nonce);
        Ok(Header {
            kind,
            community: self.memory.community,
            circle,
            key_epoch,
            device: self.me(),
            n: own.n.saturating_add(1),
            prev: own.hash,
            cn: in_circle.n.saturating_add(1),
            cprev: in_circle.hash,
            seen,
            time: now.0,
            nonce,
        })
    }

    /// Puts a pack into the outbox and moves the own chains on.
    pub(crate) fn send(&mut self, pack: &Pack, facts: Vec<FactId>) {
        let (header, hash): (&Header, Hash) = (&pack.header, pack.hash());
        let bytes = pack.bytes().to_vec();
        self.put_pack(&hash, &PackRow::unplaced(facts, bytes));
        self.at.put(Table::Outbox, header.n.to_be_bytes(), outbox_row(&hash, Handed::NotYet));
        self.put_own_link(None, &Link { n: header.n, hash });
        self.put_own_link(Some(&header.circle), &Link { n: header.cn, hash });
    }
}

/// Whether the relay has acknowledged a pack of the outbox.
///
/// An acknowledged pack stays in the outbox until it is seen in the log, so that a relay restored
/// from a backup can be given it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handed {
    NotYet,
    Acknowledged,
}

/// A row of the outbox: hash, and whether it was acknowledged.
pub(crate) fn outbox_row(hash: &Hash, handed: Handed) -> Vec<u8> {
    [&hash.0[..], &[u8::from(handed == Handed::Acknowledged)]].concat()
}

pub(crate) fn read_outbox_row(bytes: &[u8]) -> Result<(Hash, Handed), ReplicaError> {
    let mut cut = Cut { row: "outbox", bytes };
    let hash = Hash(cut.take()?);
    let handed = if cut.take()? == [1] { Handed::Acknowledged } else { Handed::NotYet };
    Ok((hash, handed))
}
