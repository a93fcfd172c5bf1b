//! What to send next.

use linli_domain::registry;
use linli_wire::{
    CircleId, DeviceId, InviteId, KeyEpoch,
    call::{SessionAsk, SessionProof, join_packs, path},
    cbor::Bytes,
    limits,
    sign::Purpose,
};

use crate::{
    ReplicaError,
    act::{Handed, read_outbox_row},
    epoch,
    http::{HttpCall, Method},
    memory::meta,
    replica::Replica,
    store::{Store, Table},
    stored::Cut,
};

use super::{Call, Kind, Lane, Update};

/// Bytes after which one append is closed; the next follows at once.
const APPEND_BYTES_TARGET: usize = 64 * 1024;

/// Seconds a live call waits for news.
const LIVE_WAIT_S: u64 = 25;

impl<S: Store> Replica<S> {
    /// Starts a round: news, applications, wraps and answers are asked for once more, also where a
    /// live call was thought to bring them.
    pub fn begin_round(&mut self) {
        let talk = &mut self.conversation;
        talk.refused = false;
        // The relay may be newer by now; this app is what it is until it is started anew.
        talk.update = talk.update.filter(|update| *update == Update::App);
        talk.caught_up = false;
        talk.wraps_fetched = false;
        talk.applications_fetched = false;
        talk.answer_fetched = false;
        talk.uploads_paused = false;
        talk.carry_paused.clear();
        talk.absent.clear();
        talk.own_answer_fetched = false;
    }

    /// Returns the next call of a lane, if there is one to make.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn next_call(&mut self, lane: Lane) -> Result<Option<Call>, ReplicaError> {
        if lane == Lane::Work
            && let Some(call) = self.next_stopped()?
        {
            return Ok(Some(call));
        }
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
        // An ended device reads nothing more and hands on no keys, but may still hand in what it wrote.
        if !self.conversation.refused
            && let Some(call) = self.next_wrap()?
        {
            return Ok(Some(call));
        }
        let reads = !stopped && !self.conversation.refused;
        if reads && !self.conversation.caught_up && !self.is_first_day_unsent()? {
            let path = path::pull(&community, cursor.seq);
            return Ok(Some(self.call(Kind::Pull(cursor.seq), Method::Get, path, Vec::new(), 0)));
        }
        if !stopped && let Some(call) = self.next_append()? {
            return Ok(Some(call));
        }
        if !stopped && let Some(body) = self.next_carried()? {
            let path = path::log(&self.member()?.community);
            return Ok(Some(self.call(Kind::AppendCarried, Method::Post, path, body, 0)));
        }
        if !reads {
            return if stopped { Ok(None) } else { self.next_upload() };
        }
        let due = self.conversation.wraps_due || self.is_locked()?;
        if due && !self.conversation.wraps_fetched {
            let path = path::wraps(&community);
            return Ok(Some(self.call(Kind::Wraps, Method::Get, path, Vec::new(), 0)));
        }
        if let Some(call) = self.next_backfill()? {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_ending()? {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_application()? {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_review()? {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_upload()? {
            return Ok(Some(call));
        }
        self.next_download()
    }

    /// Tells whether packs wait for a key, or no key of the community is held at all.
    fn is_locked(&self) -> Result<bool, ReplicaError> {
        let locked = !self.store().scan(Table::Locked, &[], None, 1)?.is_empty();
        Ok(locked || self.store().scan(Table::Key, &[], None, 1)?.is_empty())
    }

    fn next_session(&mut self) -> Result<Option<Call>, ReplicaError> {
        if self.conversation.refused || self.conversation.update.is_some() {
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
        let body = SessionAsk::new(community, device, proof).encode()?;
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

    /// Tells whether a founder's first day is not handed over yet.
    ///
    /// The record that lists the founder is the last of it. Whoever reads before it is at the relay is
    /// shown nothing but hashes, and would take what was written before it for kept back.
    fn is_first_day_unsent(&self) -> Result<bool, ReplicaError> {
        let memory = self.member()?;
        let founds = memory.charter.charter.founders.contains(&self.keys().id());
        if !founds || !memory.complete.is_empty() {
            return Ok(false);
        }
        for (_, row) in self.store().scan(Table::Outbox, &[], None, usize::MAX)? {
            if read_outbox_row(&row)?.1 == Handed::NotYet {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Packs that a new log lacks come first, in the old order; then the own outbox.
    pub(crate) fn next_append(&self) -> Result<Option<Call>, ReplicaError> {
        if self.restored().is_some() {
            // Until the log has shown where the own chain ends, nothing of it is repeated.
            return Ok(None);
        }
        let offered =
            self.store().scan(Table::Meta, meta::OFFER, None, limits::APPEND_PACKS_MAX)?;
        let mut hashes =
            offered.iter().map(|(_, hash)| epoch::offered(hash)).collect::<Result<Vec<_>, _>>()?;
        if hashes.is_empty() {
            for (_, row) in self.store().scan(Table::Outbox, &[], None, limits::APPEND_PACKS_MAX)? {
                let (hash, handed) = read_outbox_row(&row)?;
                if handed == Handed::NotYet {
                    hashes.push(hash);
                }
            }
        }
        let mut packs: Vec<Vec<u8>> = Vec::new();
        let mut bytes = 0;
        for hash in hashes {
            let pack = self.unplaced_pack(&hash)?.bytes;
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

    /// Ends the own application once every approval is in the log: until then another reviewer may
    /// have to open it.
    fn next_ending(&self) -> Result<Option<Call>, ReplicaError> {
        let Some(ending) = self.store().get(Table::Meta, meta::ENDING)? else { return Ok(None) };
        let memory = self.member()?;
        let own = memory.placed.device(&self.keys().id());
        let mut cut = Cut { row: "ending", bytes: &ending };
        let invite = InviteId(cut.take()?);
        let applied = |tenure: &&registry::Tenure| tenure.invite == Some(invite);
        let mut granted = own.into_iter().flat_map(|own| own.tenures.iter().filter(applied));
        let begun = granted.next().is_some_and(|tenure| tenure.begins.is_some());
        if !begun {
            return Ok(None);
        }
        let path = path::application(&memory.community, &invite);
        Ok(Some(self.call(Kind::EndApplication, Method::Delete, path, cut.bytes.to_vec(), 0)))
    }

    /// Finds a circle that this phone may read since lately, and has not read from the start.
    pub(crate) fn missing_circle(&self) -> Result<Option<CircleId>, ReplicaError> {
        let memory = self.member()?;
        let listed = memory.access.get(&self.keys().id());
        let begun = !memory.complete.is_empty() || memory.read_unlisted;
        let listed = listed.filter(|listed| !listed.access.ended && begun);
        let mut circles = listed.into_iter().flat_map(|listed| &listed.access.circles);
        Ok(circles.find(|circle| !memory.complete.contains(*circle)).copied())
    }

    fn next_backfill(&mut self) -> Result<Option<Call>, ReplicaError> {
        let memory = self.member()?;
        let community = memory.community;
        if self.conversation.backfill.is_none() {
            self.conversation.backfill = self.missing_circle()?.map(|circle| (circle, 0));
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

    /// A newcomer's: the application, the answer to it, then the charter.
    fn next_joining(&self) -> Result<Option<Call>, ReplicaError> {
        let granted = self.joining.as_ref().filter(|joining| joining.is_granted());
        let Some(joining) = granted else { return self.next_application() };
        let path = path::community(&joining.invite.community());
        Ok(Some(self.call(Kind::Charter, Method::Get, path, Vec::new(), 0)))
    }

    /// Hands in this phone's application and asks for the answer; a member's too.
    fn next_application(&self) -> Result<Option<Call>, ReplicaError> {
        let Some(joining) = &self.joining else { return Ok(None) };
        let community = joining.invite.community();
        if !joining.posted {
            let path = path::applications(&community);
            return Ok(Some(self.call(Kind::Apply, Method::Post, path, joining.post()?, 0)));
        }
        if self.conversation.own_answer_fetched {
            return Ok(None);
        }
        let path = path::application(&community, &joining.invite.certificate.invite);
        Ok(Some(self.call(Kind::AskAnswer, Method::Get, path, Vec::new(), 0)))
    }

    pub(crate) fn call(
        &self,
        kind: Kind,
        method: Method,
        path: String,
        body: Vec<u8>,
        wait_s: u64,
    ) -> Call {
        let token = self.conversation.token.clone();
        Call { kind, http: HttpCall { method, path, token, body, wait_s } }
    }
}
