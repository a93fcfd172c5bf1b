//! What the relay's answers mean.

use linli_domain::kernel::Moment;
use linli_seal::Chance;
use linli_seal::{join::Answer, wrap};
use linli_wire::{
    CircleId, InviteId,
    call::{
        Appended, Applications, ErrorAnswer, PROTOCOL, Page, Protocols, SessionAnswer, Wraps, code,
    },
    charter::SignedCharter,
};

use crate::{
    ReplicaError,
    act::{Handed, outbox_row, read_outbox_row},
    alarm::{Alarm, Lie},
    http::{HttpReply, Unreachable},
    memory::meta,
    page::Followed,
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

use super::{Kind, Progress, Update};

/// Tells who has to be updated; nobody if the relay's own range says otherwise than it does.
const fn who_is_old(theirs: Protocols) -> Option<Update> {
    if PROTOCOL < theirs.oldest {
        Some(Update::App)
    } else if PROTOCOL > theirs.newest {
        Some(Update::Relay)
    } else {
        None
    }
}

impl<S: Store> Replica<S> {
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
            let progress = self.succeeded(kind, &reply.body, now, chance)?;
            return Ok(if self.end_restored()? { Progress::Moved } else { progress });
        }
        self.refused(kind, &reply)
    }

    fn succeeded(
        &mut self,
        kind: &Kind,
        body: &[u8],
        now: Moment,
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
                self.conversation.wraps_due |= granted;
                self.conversation.token = granted.then_some(answer.token);
                self.conversation.update = None;
            }
            Kind::PutWrap(..) => return self.wrap_is_there(kind),
            Kind::Wraps => return self.take_wraps(body),
            Kind::Append | Kind::AppendCarried => return self.take_appended(body),
            Kind::Pull(after) | Kind::Live(after) => {
                let progress = self.take_page(*after, body)?;
                self.hand_home_keys(now, chance)?;
                self.follow_rights(now, chance)?;
                return Ok(progress);
            }
            Kind::Backfill(circle, after) => return self.take_backfill(*circle, *after, body),
            Kind::Applications => {
                self.conversation.applications_fetched = true;
                let Ok(list) = Applications::decode(body) else { return Ok(Progress::Failed) };
                self.take_applications(&list.waiting, chance)?;
            }
            Kind::EndApplication => return self.application_is_ended(),
            Kind::EndStopped(invite) => return self.stopped_is_told(invite),
            Kind::Nonce(invite) => return self.take_nonce(invite, body),
            Kind::MissingParts => return self.take_missing(body),
            Kind::PutPart(hash) => return self.part_is_there(hash),
            Kind::GetPart(hash) => return self.take_part(hash, body),
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

    /// A wrap lies at the relay, ours or somebody's: it need not be handed in again.
    fn wrap_is_there(&mut self, kind: &Kind) -> Result<Progress, ReplicaError> {
        if let Kind::PutWrap(circle, epoch, device) = kind {
            let key = [&circle.0[..], &epoch.0, &device.0].concat();
            self.store_mut().commit(&[Write::Delete(Table::Wrap, key)], Durability::Normal)?;
        }
        Ok(Progress::Moved)
    }

    /// The application is gone, or the relay will not have it ended: either way it was told.
    fn application_is_ended(&mut self) -> Result<Progress, ReplicaError> {
        let ended = Write::Delete(Table::Meta, meta::ENDING.to_vec());
        self.store_mut().commit(&[ended], Durability::Normal)?;
        Ok(Progress::Moved)
    }

    fn take_answer(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        self.conversation.own_answer_fetched = true;
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
        if joining.is_granted() && self.memory().is_some() {
            // A member's further home: the grant comes by the log like everything else.
            let batch = [
                Write::Delete(Table::Meta, meta::JOIN.to_vec()),
                Write::Put(Table::Meta, meta::ENDING.to_vec(), joining.ending()),
            ];
            self.store_mut().commit(&batch, Durability::Full)?;
            self.joining = None;
            return Ok(Progress::Moved);
        }
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
            Write::Put(Table::Meta, meta::ENDING.to_vec(), joining.ending()),
        ];
        self.store_mut().commit(&batch, Durability::Full)?;
        self.begin(charter)?;
        self.joining = None;
        Ok(Progress::Moved)
    }

    fn take_wraps(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        self.conversation.wraps_fetched = true;
        self.conversation.wraps_due = false;
        let Ok(list) = Wraps::decode(body) else { return Ok(Progress::Failed) };
        self.work(Durability::Full, |work| {
            let (community, device) = (work.memory.community, work.me());
            for entry in list.wraps {
                let (circle, key_epoch) = (&entry.circle, &entry.key_epoch);
                let purpose =
                    wrap::Purpose { community: &community, circle, key_epoch, device: &device };
                // One that does not open is not for this phone, whoever put it there.
                if let Ok((key, from)) = wrap::unwrap(&purpose, work.keys, &entry.wrapped.0) {
                    work.keep_key(entry.circle, key, from);
                }
            }
            work.follow_key_chains()
        })?;
        Ok(Progress::Moved)
    }

    /// Hands the present key to the households that were seen to write with an older one.
    fn hand_home_keys(&mut self, now: Moment, chance: &mut dyn Chance) -> Result<(), ReplicaError> {
        if self.store().scan(Table::Meta, meta::TO_HAND, None, 1)?.is_empty() {
            return Ok(());
        }
        self.work(Durability::Normal, |work| {
            for (key, _) in work.at.scan(Table::Meta, meta::TO_HAND)? {
                let circle = key.strip_prefix(meta::TO_HAND).and_then(CircleId::from_slice);
                let unit = circle.and_then(|circle| work.memory.home_of(&circle).cloned());
                if let Some(unit) = unit {
                    work.hand_home_key(&unit, now, chance)?;
                }
                work.at.delete(Table::Meta, key);
            }
            Ok(())
        })
    }

    fn take_appended(&mut self, body: &[u8]) -> Result<Progress, ReplicaError> {
        let Ok(appended) = Appended::decode(body) else { return Ok(Progress::Failed) };
        self.note_appended(&appended)?;
        Ok(Progress::Moved)
    }

    /// Notes what the relay acknowledged; it leaves the outbox when it is seen in the log.
    fn note_appended(&mut self, appended: &Appended) -> Result<(), ReplicaError> {
        self.conversation.caught_up = false;
        self.carried_are_there(&appended.placed)?;
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
            work.forget_offers(|work, hash| {
                let Some(known) = work.pack(hash)? else { return Ok(false) };
                let header = known.pack()?.header;
                let (device, n) = (header.device, header.n);
                Ok(appended.placed.iter().any(|p| p.device == device && p.n == n))
            })?;
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
                work.note_end();
            }
            Ok(followed)
        })?;
        self.shorten()?;
        self.conversation.caught_up = followed == Followed::Page { behind: false };
        if followed == (Followed::Page { behind: false }) && page.entries.is_empty() {
            return Ok(Progress::Idle);
        }
        self.conversation.wraps_fetched = false;
        // The keys of a further home lie at the relay before the record that lists it.
        self.conversation.wraps_due |= self.missing_circle()?.is_some();
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

    /// The relay gives this device nothing more in this round.
    fn be_shut_out(&mut self) {
        self.conversation.refused = true;
        self.conversation.caught_up = false;
    }

    fn refused(&mut self, kind: &Kind, reply: &HttpReply) -> Result<Progress, ReplicaError> {
        let answer = ErrorAnswer::decode(&reply.body).ok();
        let word = answer.as_ref().map_or("", |answer| answer.code.as_str());
        if let Some(appended) = answer.as_ref().and_then(|answer| answer.appended.clone()) {
            self.note_appended(&appended)?;
        }
        match (word, kind) {
            // The operator's token is wrong: asked again at once, the relay says the same.
            (code::NO_SESSION, Kind::Found) => Ok(Progress::Failed),
            (code::NO_SESSION, _) => {
                self.conversation.token = None;
                self.conversation.challenge = None;
                Ok(Progress::Moved)
            }
            (code::VERSION, Kind::Challenge | Kind::Session) => {
                let theirs = answer.and_then(|answer| answer.protocols);
                self.conversation.update = theirs.and_then(who_is_old);
                Ok(Progress::Failed)
            }
            (code::NOT_ALLOWED, Kind::Challenge | Kind::Session) => {
                self.be_shut_out();
                Ok(Progress::Failed)
            }
            // It reads nothing more, and goes on at once: a wait would begin the round anew, ask for
            // news again, and never come to hand in what this phone wrote before.
            (
                code::NOT_ALLOWED,
                Kind::Pull(_) | Kind::Live(_) | Kind::PutWrap(..) | Kind::Wraps,
            ) => {
                self.be_shut_out();
                Ok(Progress::Moved)
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
            (word, Kind::AppendCarried) => {
                let never = [code::FORK, code::BAD_PACK, code::NOT_ALLOWED].contains(&word);
                self.carried_are_refused(never)?;
                Ok(Progress::Moved)
            }
            (_, Kind::MissingParts | Kind::PutPart(_) | Kind::GetPart(_)) => {
                Ok(self.part_is_refused(kind))
            }
            (code::CONFLICT, Kind::PutWrap(..)) => self.wrap_is_there(kind),
            (code::NOT_FOUND | code::NOT_ALLOWED, Kind::EndApplication) => {
                self.application_is_ended()
            }
            // Asked again, the relay would say the same: it ends with the invitation.
            (word, Kind::EndStopped(invite)) if !word.is_empty() && word != code::QUOTA => {
                self.stopped_is_told(invite)
            }
            (code::NOT_FOUND, Kind::AskAnswer) => {
                self.conversation.own_answer_fetched = true;
                Ok(Progress::Idle)
            }
            (code::NOT_FOUND, Kind::Nonce(_)) => {
                self.conversation.answer_fetched = true;
                Ok(Progress::Idle)
            }
            _ => Ok(Progress::Failed),
        }
    }
}
