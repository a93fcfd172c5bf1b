//! The conversation with the relay as plain data: what to send next, and what its answer means.
//!
//! Two lanes run side by side: `Work` hands in and catches up, `Live` waits for news. Both feed the
//! same page reader, which skips what it has.

use linli_domain::kernel::Moment;
use linli_seal::Chance;
use linli_seal::{join::Answer, wrap};
use linli_wire::{
    CircleId, DeviceId, InviteId, KeyEpoch,
    call::{
        Appended, Applications, ErrorAnswer, Page, SessionAnswer, SessionAsk, SessionProof, Wraps,
        code, join_packs, path,
    },
    cbor::Bytes,
    charter::SignedCharter,
    limits,
    sign::Purpose,
};

use crate::{
    ReplicaError,
    act::{Handed, outbox_row, read_outbox_row},
    alarm::{Alarm, Lie},
    http::{HttpCall, HttpReply, Method, Unreachable},
    memory::meta,
    page::Followed,
    replica::Replica,
    store::{Durability, Store, Table, Write},
    stored::Cut,
};

/// Bytes after which one append is closed; the next follows at once.
const APPEND_BYTES_TARGET: usize = 64 * 1024;

/// Seconds a live call waits for news.
const LIVE_WAIT_S: u64 = 25;

/// The two lanes of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Hands in and catches up.
    Work,
    /// Waits for news.
    Live,
}

/// What a call is for: it comes back with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Founds the community at the relay.
    Found,
    /// Hands in an application.
    Apply,
    /// Asks whether the application was answered.
    AskAnswer,
    /// Fetches the charter.
    Charter,
    /// Asks for a challenge.
    Challenge,
    /// Answers the challenge.
    Session,
    /// Hands in a wrapped key.
    PutWrap(CircleId, KeyEpoch, DeviceId),
    /// Fetches the wraps for this device.
    Wraps,
    /// Hands in packs.
    Append,
    /// Reads on in the log, after an entry.
    Pull(u64),
    /// Waits for news, after an entry.
    Live(u64),
    /// Reads the whole packs of one circle again, after an entry.
    Backfill(CircleId, u64),
    /// Fetches the applications to review.
    Applications,
    /// Fetches the issuer's answer to an application, for its nonce.
    Nonce(InviteId),
    /// Hands in the answer to an application.
    PutAnswer(InviteId),
}

/// One call to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it is for.
    pub kind: Kind,
    /// What to send.
    pub http: HttpCall,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Something moved: ask for the next call at once.
    Moved,
    /// Nothing to do for now.
    Idle,
    /// The relay was not reached or could not: try again later.
    Failed,
}

/// What is remembered between calls and forgotten at the end of the process.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    token: Option<String>,
    challenge: Option<Vec<u8>>,
    /// Whether the relay may have more than this phone.
    pub(crate) caught_up: bool,
    wraps_fetched: bool,
    applications_fetched: bool,
    answer_fetched: bool,
    backfill: Option<(CircleId, u64)>,
    /// The relay refused this device: not listed, or ended.
    pub(crate) refused: bool,
    /// When the relay last answered.
    pub(crate) contact: Option<Moment>,
}

impl<S: Store> Replica<S> {
    /// Starts a round: applications, wraps and answers are asked for once more.
    pub fn begin_round(&mut self) {
        let talk = &mut self.conversation;
        talk.refused = false;
        talk.wraps_fetched = false;
        talk.applications_fetched = false;
        talk.answer_fetched = false;
    }

    /// Returns the next call of a lane, if there is one to make.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn next_call(&mut self, lane: Lane) -> Result<Option<Call>, ReplicaError> {
        if self.joining.is_some() && self.memory().is_none() {
            return if lane == Lane::Work { self.next_joining() } else { Ok(None) };
        }
        let Some(memory) = self.memory() else { return Ok(None) };
        let stopped = memory.is_stopped();
        match lane {
            Lane::Live => {
                let talk = &self.conversation;
                let ready = talk.token.is_some() && talk.caught_up && !talk.refused;
                if stopped || !ready || memory.rereading {
                    return Ok(None);
                }
                let after = memory.cursor.seq;
                let path = path::live(&memory.community, after, LIVE_WAIT_S);
                Ok(Some(self.call(Kind::Live(after), Method::Get, path, Vec::new(), LIVE_WAIT_S)))
            }
            Lane::Work => self.next_work(stopped),
        }
    }

    fn next_work(&mut self, stopped: bool) -> Result<Option<Call>, ReplicaError> {
        let memory = self.member()?;
        let (community, cursor) = (memory.community, memory.cursor);
        if let Some(token) = self.store().get(Table::Meta, meta::FOUNDING)? {
            let body = memory.charter.encode()?;
            let mut call =
                self.call(Kind::Found, Method::Put, path::community(&community), body, 0);
            call.http.token = Some(String::from_utf8_lossy(&token).into_owned());
            return Ok(Some(call));
        }
        if self.conversation.token.is_none() {
            return self.next_session();
        }
        if let Some(call) = self.next_wrap()? {
            return Ok(Some(call));
        }
        // An ended device reads nothing more, but may still hand in what it wrote.
        let reads = !stopped && !self.conversation.refused;
        if reads && !self.conversation.caught_up {
            let path = path::pull(&community, cursor.seq);
            return Ok(Some(self.call(Kind::Pull(cursor.seq), Method::Get, path, Vec::new(), 0)));
        }
        if !stopped && let Some(call) = self.next_append()? {
            return Ok(Some(call));
        }
        if !reads {
            return Ok(None);
        }
        if !self.conversation.wraps_fetched && self.is_locked()? {
            let path = path::wraps(&community);
            return Ok(Some(self.call(Kind::Wraps, Method::Get, path, Vec::new(), 0)));
        }
        if let Some(call) = self.next_backfill()? {
            return Ok(Some(call));
        }
        self.next_review()
    }

    /// Tells whether packs wait for a key, or no key of the community is held at all.
    fn is_locked(&self) -> Result<bool, ReplicaError> {
        let locked = !self.store().scan(Table::Locked, &[], None, 1)?.is_empty();
        Ok(locked || self.store().scan(Table::Key, &[], None, 1)?.is_empty())
    }

    fn next_session(&mut self) -> Result<Option<Call>, ReplicaError> {
        if self.conversation.refused {
            return Ok(None);
        }
        let community = self.member()?.community;
        let device = self.keys().id();
        let proof = self.conversation.challenge.clone().map(|challenge| {
            let parts: [&[u8]; 3] = [&community.0, &device.0, &challenge];
            let signature = self.keys().sign(Purpose::Session, &parts);
            SessionProof { challenge: Bytes(challenge), signature }
        });
        let kind = if proof.is_some() { Kind::Session } else { Kind::Challenge };
        let body = SessionAsk { community, device, answer: proof }.encode()?;
        Ok(Some(self.call(kind, Method::Post, path::SESSION.to_owned(), body, 0)))
    }

    fn next_wrap(&self) -> Result<Option<Call>, ReplicaError> {
        let Some((key, wrapped)) = self.store().scan(Table::Wrap, &[], None, 1)?.pop() else {
            return Ok(None);
        };
        let community = self.member()?.community;
        let mut cut = Cut { row: "wrap", bytes: &key };
        let (circle, epoch) = (CircleId(cut.take()?), KeyEpoch(cut.take()?));
        let device = DeviceId(cut.take()?);
        let path = path::wrap(&community, &circle, &epoch, &device);
        let kind = Kind::PutWrap(circle, epoch, device);
        Ok(Some(self.call(kind, Method::Put, path, wrapped, 0)))
    }

    /// Packs that a new log lacks come first, in the old order; then the own outbox.
    fn next_append(&self) -> Result<Option<Call>, ReplicaError> {
        let offered =
            self.store().scan(Table::Meta, meta::OFFER, None, limits::APPEND_PACKS_MAX)?;
        let mut hashes: Vec<Vec<u8>> = offered.into_iter().map(|(_, hash)| hash).collect();
        if hashes.is_empty() {
            for (_, row) in self.store().scan(Table::Outbox, &[], None, limits::APPEND_PACKS_MAX)? {
                let (hash, handed) = read_outbox_row(&row)?;
                if handed == Handed::NotYet {
                    hashes.push(hash.0.to_vec());
                }
            }
        }
        let mut packs: Vec<Vec<u8>> = Vec::new();
        let mut bytes = 0;
        for hash in hashes {
            let pack = self
                .store()
                .get(Table::Pack, &hash)?
                .ok_or(ReplicaError::Broken { invariant: "a pack in the outbox is kept" })?;
            bytes += pack.len();
            if !packs.is_empty() && bytes > APPEND_BYTES_TARGET {
                break;
            }
            packs.push(pack);
        }
        if packs.is_empty() {
            return Ok(None);
        }
        let body = join_packs(packs.iter().map(Vec::as_slice))?;
        let path = path::log(&self.member()?.community);
        Ok(Some(self.call(Kind::Append, Method::Post, path, body, 0)))
    }

    fn next_backfill(&mut self) -> Result<Option<Call>, ReplicaError> {
        let memory = self.member()?;
        let community = memory.community;
        if self.conversation.backfill.is_none() {
            let listed = memory.access.get(&self.keys().id());
            let missing = listed
                .filter(|listed| !listed.access.ended && !memory.complete.is_empty())
                .and_then(|listed| {
                    listed.access.circles.iter().find(|c| !memory.complete.contains(*c)).copied()
                });
            self.conversation.backfill = missing.map(|circle| (circle, 0));
        }
        let Some((circle, after)) = self.conversation.backfill else { return Ok(None) };
        let path = path::pull_circle(&community, after, &circle);
        Ok(Some(self.call(Kind::Backfill(circle, after), Method::Get, path, Vec::new(), 0)))
    }

    fn next_review(&mut self) -> Result<Option<Call>, ReplicaError> {
        let memory = self.member()?;
        let community = memory.community;
        let may_list = memory.access.may_list(&self.keys().id()).is_ok();
        if !may_list {
            return Ok(None);
        }
        for (invite, review) in self.reviews()? {
            if review.unsent
                && let Some(body) = self.answer(&review)?
            {
                let path = path::application(&community, &invite);
                return Ok(Some(self.call(Kind::PutAnswer(invite), Method::Put, path, body, 0)));
            }
            if review.nonce.is_none() && !self.conversation.answer_fetched {
                let path = path::application(&community, &invite);
                return Ok(Some(self.call(Kind::Nonce(invite), Method::Get, path, Vec::new(), 0)));
            }
        }
        if self.conversation.applications_fetched {
            return Ok(None);
        }
        let path = path::applications(&community);
        Ok(Some(self.call(Kind::Applications, Method::Get, path, Vec::new(), 0)))
    }

    fn next_joining(&self) -> Result<Option<Call>, ReplicaError> {
        let Some(joining) = &self.joining else { return Ok(None) };
        let community = joining.invite.community();
        if !joining.posted {
            let path = path::applications(&community);
            return Ok(Some(self.call(Kind::Apply, Method::Post, path, joining.post()?, 0)));
        }
        let granted = joining
            .answer
            .as_ref()
            .is_some_and(|answer| answer.verdict == linli_seal::join::Verdict::Granted);
        if granted {
            let path = path::community(&community);
            return Ok(Some(self.call(Kind::Charter, Method::Get, path, Vec::new(), 0)));
        }
        if self.conversation.answer_fetched {
            return Ok(None);
        }
        let path = path::application(&community, &joining.invite.certificate.invite);
        Ok(Some(self.call(Kind::AskAnswer, Method::Get, path, Vec::new(), 0)))
    }

    fn call(&self, kind: Kind, method: Method, path: String, body: Vec<u8>, wait_s: u64) -> Call {
        let token = self.conversation.token.clone();
        Call { kind, http: HttpCall { method, path, token, body, wait_s } }
    }

    /// Takes in the answer to a call.
    ///
    /// # Errors
    /// [`ReplicaError`] if this phone's store failed; a bad answer of the relay is no error.
    pub fn answered(
        &mut self,
        kind: &Kind,
        reply: Result<HttpReply, Unreachable>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Progress, ReplicaError> {
        let Ok(reply) = reply else {
            if matches!(kind, Kind::Live(_)) {
                // Whatever came meanwhile has to be asked for.
                self.conversation.caught_up = false;
            }
            return Ok(Progress::Failed);
        };
        self.conversation.contact = Some(now);
        if (200..300).contains(&reply.status) {
            return self.succeeded(kind, &reply.body, chance);
        }
        self.refused(kind, &reply)
    }

    fn succeeded(
        &mut self,
        kind: &Kind,
        body: &[u8],
        chance: &mut dyn Chance,
    ) -> Result<Progress, ReplicaError> {
        match kind {
            Kind::Found => {
                let ended = Write::Delete(Table::Meta, meta::FOUNDING.to_vec());
                self.store_mut().commit(&[ended], Durability::Full)?;
            }
            Kind::Apply => {
                if let Some(mut joining) = self.joining.clone() {
                    joining.posted = true;
                    self.keep_joining(joining)?;
                }
            }
            Kind::AskAnswer => return self.take_answer(body),
            Kind::Charter => return self.take_charter(body),
            Kind::Challenge | Kind::Session => {
                let Ok(answer) = SessionAnswer::decode(body) else { return Ok(Progress::Failed) };
                let granted = !answer.token.is_empty();
                self.conversation.challenge = (!granted).then_some(answer.challenge.0);
                self.conversation.token = granted.then_some(answer.token);
            }
            Kind::PutWrap(circle, epoch, device) => {
                let key = [&circle.0[..], &epoch.0, &device.0].concat();
                self.store_mut().commit(&[Write::Delete(Table::Wrap, key)], Durability::Normal)?;
            }
            Kind::Wraps => return self.take_wraps(body),
            Kind::Append => return self.take_appended(body),
            Kind::Pull(after) | Kind::Live(after) => return self.take_page(*after, body),
            Kind::Backfill(circle, after) => return self.take_backfill(*circle, *after, body),
            Kind::Applications => {
                self.conversation.applications_fetched = true;
                let Ok(list) = Applications::decode(body) else { return Ok(Progress::Failed) };
                self.take_applications(&list.waiting, chance)?;
            }
            Kind::Nonce(invite) => return self.take_nonce(invite, body),
            Kind::PutAnswer(invite) => {
                for (at, mut review) in self.reviews()? {
                    if at == *invite {
                        review.unsent = false;
                        self.keep_review(invite, &review)?;
                    }
                }
            }
        }
        Ok(Progress::Moved)
    }

    fn take_answer(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        self.conversation.answer_fetched = true;
        let Some(mut joining) = self.joining.clone() else { return Ok(Progress::Idle) };
        let (community, reviewers) = (joining.invite.community(), &joining.invite.reviewers);
        let Ok(answer) = Answer::decode(&community, reviewers, joining.sealed(), body) else {
            // Not signed by one of the invitation's reviewers: as if nothing had come.
            return Ok(Progress::Idle);
        };
        if joining.answer.as_ref() == Some(&answer) {
            return Ok(Progress::Idle);
        }
        joining.answer = Some(answer);
        self.keep_joining(joining)?;
        Ok(Progress::Moved)
    }

    fn take_charter(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        let Some(joining) = &self.joining else { return Ok(Progress::Idle) };
        let community = joining.invite.community();
        let Ok(charter) = SignedCharter::decode(body) else { return Ok(Progress::Failed) };
        if charter.charter.id()? != community {
            return Ok(Progress::Failed);
        }
        let batch = [
            Write::Put(Table::Meta, meta::CHARTER.to_vec(), charter.encode()?),
            Write::Delete(Table::Meta, meta::JOIN.to_vec()),
        ];
        self.store_mut().commit(&batch, Durability::Full)?;
        self.begin(charter)?;
        self.joining = None;
        Ok(Progress::Moved)
    }

    fn take_wraps(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        self.conversation.wraps_fetched = true;
        let Ok(list) = Wraps::decode(body) else { return Ok(Progress::Failed) };
        self.work(Durability::Full, |work| {
            let (community, device) = (work.memory.community, work.me());
            for entry in list.wraps {
                let (circle, key_epoch) = (&entry.circle, &entry.key_epoch);
                let purpose =
                    wrap::Purpose { community: &community, circle, key_epoch, device: &device };
                // One that does not open is not for this phone, whoever put it there.
                if let Ok(key) = wrap::unwrap(&purpose, work.keys, &entry.wrapped.0) {
                    work.keep_key(entry.circle, key);
                }
            }
            work.follow_key_chains()
        })?;
        Ok(Progress::Moved)
    }

    fn take_appended(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        let Ok(appended) = Appended::decode(body) else { return Ok(Progress::Failed) };
        self.note_appended(&appended)?;
        Ok(Progress::Moved)
    }

    /// Notes what the relay acknowledged; it leaves the outbox when it is seen in the log.
    fn note_appended(&mut self, appended: &Appended) -> Result<(), ReplicaError> {
        self.conversation.caught_up = false;
        let me = self.keys().id();
        self.work(Durability::Full, |work| {
            for placed in &appended.placed {
                let key = placed.n.to_be_bytes();
                if placed.device == me
                    && let Some(row) = work.at.get(Table::Outbox, &key)?
                {
                    let (hash, _) = read_outbox_row(&row)?;
                    work.at.put(Table::Outbox, key, outbox_row(&hash, Handed::Acknowledged));
                }
            }
            for (key, hash) in work.at.scan(Table::Meta, meta::OFFER)? {
                let bytes = work.at.get(Table::Pack, &hash)?.unwrap_or_default();
                let pack = linli_wire::pack::Pack::decode(&bytes)?;
                let (device, n) = (pack.header.device, pack.header.n);
                if appended.placed.iter().any(|p| p.device == device && p.n == n) {
                    work.at.delete(Table::Meta, key);
                }
            }
            let cursor = work.memory.cursor;
            let differs = appended.epoch == cursor.epoch
                && appended.last == cursor.seq
                && appended.head != cursor.head;
            if differs {
                let detail = "the head named at an append is not the one shown";
                work.raise(Alarm::new(Lie::Forked, cursor.seq, None, detail))?;
            }
            Ok(())
        })
    }

    fn take_page(&mut self, after: u64, body: &[u8]) -> Result<Progress, ReplicaError> {
        let Ok(page) = Page::decode(body) else { return Ok(Progress::Failed) };
        let followed = self.work(Durability::Normal, |work| {
            let followed = work.follow(after, &page)?;
            if let Followed::Page { behind: false } = followed {
                work.end_rereading()?;
            }
            Ok(followed)
        })?;
        self.conversation.caught_up = followed == Followed::Page { behind: false };
        if followed == (Followed::Page { behind: false }) && page.entries.is_empty() {
            return Ok(Progress::Idle);
        }
        self.conversation.wraps_fetched = false;
        Ok(Progress::Moved)
    }

    fn take_backfill(
        &mut self,
        circle: CircleId,
        after: u64,
        body: &[u8],
    ) -> Result<Progress, ReplicaError> {
        let Ok(page) = Page::decode(body) else { return Ok(Progress::Failed) };
        let last = page.entries.last().map_or(after, |entry| entry.seq);
        let done = self.work(Durability::Normal, |work| {
            work.backfill(&page)?;
            let done = page.entries.is_empty() || last >= work.memory.cursor.seq;
            if done {
                work.mark_complete(circle);
            }
            Ok(done)
        })?;
        self.conversation.backfill = (!done).then_some((circle, last));
        Ok(Progress::Moved)
    }

    fn take_nonce(&mut self, invite: &InviteId, body: &[u8]) -> Result<Progress, ReplicaError> {
        self.conversation.answer_fetched = true;
        let community = self.member()?.community;
        for (at, mut review) in self.reviews()? {
            if at != *invite {
                continue;
            }
            let reviewers = [review.reviewer];
            if let Ok(answer) = Answer::decode(&community, &reviewers, review.sealed(), body) {
                review.nonce = Some(answer.nonce);
                self.keep_review(invite, &review)?;
            }
        }
        Ok(Progress::Moved)
    }

    fn refused(&mut self, kind: &Kind, reply: &HttpReply) -> Result<Progress, ReplicaError> {
        let answer = ErrorAnswer::decode(&reply.body).ok();
        let word = answer.as_ref().map_or("", |answer| answer.code.as_str());
        if let Some(appended) = answer.as_ref().and_then(|answer| answer.appended.clone()) {
            self.note_appended(&appended)?;
        }
        match (word, kind) {
            (code::NO_SESSION, _) => {
                self.conversation.token = None;
                self.conversation.challenge = None;
                Ok(Progress::Moved)
            }
            (
                code::NOT_ALLOWED,
                Kind::Challenge | Kind::Session | Kind::Pull(_) | Kind::Live(_),
            ) => {
                self.conversation.refused = true;
                self.conversation.caught_up = false;
                Ok(Progress::Failed)
            }
            (code::FORK, Kind::Append) => {
                let seq = self.member()?.cursor.seq;
                let device = Some(self.keys().id());
                let detail = "this phone's count was used before: it was restored from a copy";
                let alarm = Alarm::new(Lie::Restored, seq, device, detail);
                self.work(Durability::Full, |work| work.raise(alarm))?;
                Ok(Progress::Failed)
            }
            (code::GAP, Kind::Append) => {
                // The relay lacks earlier packs: a new log epoch will say so at the next pull.
                self.conversation.caught_up = false;
                Ok(Progress::Failed)
            }
            (code::NOT_FOUND, Kind::AskAnswer | Kind::Nonce(_)) => {
                self.conversation.answer_fetched = true;
                Ok(Progress::Idle)
            }
            _ => Ok(Progress::Failed),
        }
    }
}
