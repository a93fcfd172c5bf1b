//! What screens, the desk and the tests are told.

use linli_domain::{
    kernel::{Author, Moment, Role, When},
    law,
    registry::view::{PeopleFilter, PeopleWindow, people},
};
use linli_seal::join::{Asked, Verdict as Decided};
use linli_wire::{DeviceId, FactId, InviteId, fact::Fact, pack::Pack};

use crate::{
    ReplicaError,
    act::{Handed, read_outbox_row},
    alarm::Alarm,
    approve::read_terms,
    blobs::Parts,
    join::Review,
    memory::meta,
    replica::Replica,
    store::{Store, Table},
    stored::{FactRow, PackRow, Verdict},
    sync::Update,
    who::{Reviewing, WhoChoice},
};

/// Most uncounted facts that a screen lists and counts. A thief with a revoked phone may write
/// thousands a day; no screen gets slow by them, and what is reviewed makes room for the rest.
const UNCOUNTED_MAX: usize = 200;

/// Where this phone stands with its community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing founded or joined.
    Fresh,
    /// Kept for a founding: others have to sign, or this phone to enter.
    Founding,
    /// The application is on its way to the relay.
    Applying,
    /// A reviewer has to open the application.
    WaitingForReviewer,
    /// The six digits are compared.
    Comparing,
    /// The application was refused.
    Refused,
    /// Approved, and nothing read yet; where two have to approve, it takes until the second.
    Approved,
    /// A member.
    Member,
    /// Its access has ended.
    Ended,
}

/// One page about this phone and its community.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Where it stands.
    pub phase: Phase,
    /// Where a member's application for a further home or role stands.
    pub further: Option<Phase>,
    /// Whether an application can still be given up.
    pub may_stop: bool,
    /// Whether the community asks for a newer version of the app before it writes.
    pub needs_update: bool,
    /// Whether what was written before this phone came is still on its way.
    pub reading: bool,
    /// The community's name; empty until it is known.
    pub name: String,
    /// Whether the community is a trial with a single founder.
    pub trial: bool,
    /// The six digits to compare, while joining.
    pub code: Option<String>,
    /// The last log entry read.
    pub seq: u64,
    /// How many own packs the relay has not acknowledged.
    pub unsent: u32,
    /// When the oldest of them was written.
    pub oldest_unsent: Option<Moment>,
    /// How many own packs are acknowledged but not yet seen in the log.
    pub handed_over: u32,
    /// When the relay last answered.
    pub contact: Option<Moment>,
    /// Who has to be updated before anything is exchanged again.
    pub update: Option<Update>,
    /// What a relay was caught at.
    pub alarms: Vec<Alarm>,
    /// The act that can still be undone, and until when.
    pub held: Option<(u64, Moment)>,
    /// How many facts wait in quarantine.
    pub quarantined: u32,
    /// What lies here of photos and voice.
    pub parts: Parts,
    /// How many packs of others this phone carries to the relay.
    pub carried: u32,
}

impl Standing {
    /// Tells whether everything this person did is handed over: nothing is held, unsent, or waits
    /// for its photos.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.unsent == 0 && self.parts.unsent == 0 && self.held.is_none()
    }
}

/// One of this phone's communities, in a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityRow {
    /// Where this phone stands with it.
    pub phase: Phase,
    /// Its name; empty until it is known.
    pub name: String,
    /// The weightiest role that this phone's person holds there.
    pub role: Option<Role>,
}

/// An application as a reviewer's screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// The invitation used; names the application.
    pub invite: InviteId,
    /// The name given by the applicant.
    pub name: String,
    /// What is asked for, in stored words.
    pub asked: Asked,
    /// Whom this reviewer can name: nobody, if the rule would not take the approval.
    pub who: Vec<WhoChoice>,
    /// Whether it is this reviewer's to decide, now that the digits are known.
    pub may_decide: bool,
    /// The six digits to compare, once known.
    pub code: Option<String>,
    /// The applicant's device.
    pub device: DeviceId,
    /// Whether this phone has decided already.
    pub decided: bool,
}

/// A fact that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncounted {
    /// The fact.
    pub id: FactId,
    /// What became of it.
    pub verdict: Verdict,
    /// The thing it is about.
    pub about: Option<FactId>,
    /// The device that wrote it.
    pub by: DeviceId,
    /// Its place in the log.
    pub seq: u64,
}

fn applicant(reviewing: Reviewing<'_>, invite: InviteId, review: Review) -> Applicant {
    let (code, decided) = (review.code(), review.verdict != Decided::Waiting);
    let application = review.application;
    // A role of a newer app is not this one's to judge.
    let terms = read_terms(&application.asked).ok().filter(|_| !decided);
    let who = terms.as_ref().map(|terms| reviewing.choices(&invite, &application, terms));
    let may = terms.zip(who.as_ref()).is_some_and(|(terms, who)| reviewing.may_decide(&terms, who));
    Applicant {
        invite,
        device: application.device,
        name: application.name,
        asked: application.asked,
        who: who.unwrap_or_default(),
        may_decide: may && code.is_some(),
        code,
        decided,
    }
}

impl<S: Store> Replica<S> {
    /// Tells where this phone stands.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn standing(&self) -> Result<Standing, ReplicaError> {
        let (mut unsent, mut handed_over, mut oldest_unsent) = (0_u32, 0_u32, None);
        for (_, row) in self.store().scan(Table::Outbox, &[], None, usize::MAX)? {
            let (hash, handed) = read_outbox_row(&row)?;
            if handed == Handed::Acknowledged {
                handed_over = handed_over.saturating_add(1);
                continue;
            }
            unsent = unsent.saturating_add(1);
            if oldest_unsent.is_none()
                && let Some(row) = self.store().get(Table::Pack, &hash.0)?
            {
                oldest_unsent = Some(Moment(PackRow::decode(&row)?.pack()?.header.time));
            }
        }
        let held = self.store().last(Table::Held, &[])?.and_then(|(key, value)| {
            let number = u64::from_be_bytes(key.try_into().ok()?);
            let until = value.first_chunk::<8>().copied().map(i64::from_be_bytes)?;
            Some((number, Moment(until)))
        });
        let memory = self.memory();
        Ok(Standing {
            phase: self.phase()?,
            further: memory.and_then(|_| self.joining_phase()),
            may_stop: self.may_stop_joining(),
            needs_update: memory.is_some_and(|m| m.current.needs_newer_app(law::APP)),
            reading: memory.is_some() && self.missing_circle()?.is_some(),
            name: self.name(),
            trial: memory.is_some_and(|memory| memory.charter.charter.trial),
            code: self.joining.as_ref().and_then(crate::join::Joining::code),
            seq: memory.map_or(0, |memory| memory.cursor.seq),
            unsent,
            oldest_unsent,
            handed_over,
            contact: self.conversation.contact,
            update: self.conversation.update,
            alarms: memory
                .map(|memory| memory.alarms.iter().cloned().collect())
                .unwrap_or_default(),
            held,
            quarantined: self.count_uncounted()?,
            parts: self.parts()?,
            carried: self.carried()?,
        })
    }

    /// Tells in a line where this phone stands.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn line(&self, now: Moment) -> Result<CommunityRow, ReplicaError> {
        let author = self.memory().map(|_| self.viewer(now)).transpose()?;
        let role = author.and_then(|author| author.role());
        Ok(CommunityRow { phase: self.phase()?, name: self.name(), role })
    }

    /// The community's name, as the log or else the invitation says it.
    fn name(&self) -> String {
        let known = self.memory().map(|memory| memory.current.name().to_owned());
        let invited = || self.joining.as_ref().map(|joining| joining.invite.name.clone());
        known.or_else(invited).unwrap_or_default()
    }

    /// Reads the own packs that are not seen in the log yet, in their order.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn outbox(&self) -> Result<Vec<Pack>, ReplicaError> {
        let mut packs = Vec::new();
        for (_, row) in self.store().scan(Table::Outbox, &[], None, usize::MAX)? {
            let (hash, _) = read_outbox_row(&row)?;
            packs.push(self.unplaced_pack(&hash)?.pack()?);
        }
        Ok(packs)
    }

    pub(crate) fn phase(&self) -> Result<Phase, ReplicaError> {
        let Some(memory) = self.memory() else {
            let alone = if self.is_founding()? { Phase::Founding } else { Phase::Fresh };
            return Ok(self.joining_phase().unwrap_or(alone));
        };
        // The application is ended once every approval is in the log.
        let applied = self.store().get(Table::Meta, meta::ENDING)?.is_some();
        Ok(if applied && memory.placed.device(&self.keys().id()).is_none() {
            Phase::Approved
        } else if self.conversation.refused || self.is_revoked() {
            Phase::Ended
        } else {
            Phase::Member
        })
    }

    /// Whether the log says that this phone was shut out; the relay may not know it yet.
    fn is_revoked(&self) -> bool {
        let entry = self.memory().and_then(|memory| memory.placed.device(&self.keys().id()));
        entry.is_some_and(|entry| entry.ended.is_some())
    }

    /// Where the application stands that is under way.
    fn joining_phase(&self) -> Option<Phase> {
        let joining = self.joining.as_ref()?;
        Some(match &joining.answer {
            _ if !joining.posted => Phase::Applying,
            None => Phase::WaitingForReviewer,
            Some(answer) => match answer.verdict {
                Decided::Waiting => Phase::Comparing,
                Decided::Refused => Phase::Refused,
                Decided::Granted => Phase::Approved,
            },
        })
    }

    /// Lists the applications that this phone's person may review.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn applicants(&self, now: Moment) -> Result<Vec<Applicant>, ReplicaError> {
        let Some(memory) = self.memory() else { return Ok(Vec::new()) };
        let author = self.viewer(now)?;
        let reviewing = Reviewing { registry: &memory.current, author: &author, now };
        let reviews = self.reviews()?.into_iter();
        Ok(reviews.map(|(invite, review)| applicant(reviewing, invite, review)).collect())
    }

    /// Reads a window of people, own pending grants included.
    #[must_use]
    pub fn people(
        &self,
        filter: &PeopleFilter,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> PeopleWindow {
        let Some(memory) = self.memory() else { return PeopleWindow::default() };
        let me = self.keys().id();
        let viewer = memory.current.author(&me, When::Now(now));
        let viewer = viewer.unwrap_or_else(|_| Author::nobody(me));
        people(&memory.current, filter, offset, limit, &viewer, now)
    }

    /// Lists the devices that the registry knows, own pending grants included.
    #[must_use]
    pub fn devices(&self) -> Vec<&linli_domain::registry::DeviceEntry> {
        self.memory().map(|memory| memory.current.devices().collect()).unwrap_or_default()
    }

    fn count_uncounted(&self) -> Result<u32, ReplicaError> {
        let keys = self.store().scan(Table::Uncounted, &[], None, UNCOUNTED_MAX)?;
        Ok(u32::try_from(keys.len()).unwrap_or(u32::MAX))
    }

    /// Lists the facts that are kept but do not count: quarantined, refused, or of a newer app; at
    /// most as many as a person can review.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn uncounted(&self) -> Result<Vec<Uncounted>, ReplicaError> {
        let mut uncounted = Vec::new();
        for (key, _) in self.store().scan(Table::Uncounted, &[], None, UNCOUNTED_MAX)? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "uncounted" })?;
            let Some(row) = self.store().get(Table::Fact, &key)? else { continue };
            let row = FactRow::decode(&row)?;
            let fact = Fact::decode(&row.bytes)?;
            let seq = row.place.map_or(0, |place| place.seq);
            let verdict = row.verdict;
            uncounted.push(Uncounted { id, verdict, about: fact.about, by: fact.by, seq });
        }
        Ok(uncounted)
    }
}
