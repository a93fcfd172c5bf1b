//! Newcomers: the applicant's side until the first session, and the reviewers' side.

use linli_domain::{
    kernel::{Moment, When},
    registry::{Refusal, Terms},
};
use linli_seal::{
    Chance,
    device::InviteKey,
    join::{self, Answer, Application, Reviewer, Verdict},
};
use linli_wire::{
    Hash, InviteId,
    call::Waiting,
    cbor::{self, Bytes},
    invite::{ApplicationPost, Certificate},
    sign::Purpose,
};
use serde::{Deserialize, Serialize};

use crate::{
    AskError, ReplicaError,
    approve::{read_terms, write_terms},
    invite::Invite,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

/// Most reviewers that an invitation names: with more, its QR gets hard to scan.
const REVIEWERS_MAX: usize = 6;

/// How long an invitation holds, in milliseconds: a weekend and the working week around it.
const INVITE_HOLDS_MS: i64 = 7 * 24 * 3600 * 1000;

/// A join that is under way on a newcomer's phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Joining {
    #[serde(rename = "1")]
    pub(crate) invite: Invite,
    #[serde(rename = "2")]
    pub(crate) application: Application,
    #[serde(rename = "3")]
    sealed: Bytes,
    #[serde(rename = "4")]
    pub(crate) posted: bool,
    #[serde(rename = "5", default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<Answer>,
}

impl Joining {
    pub(crate) fn load(store: &impl Store) -> Result<Option<Self>, ReplicaError> {
        let Some(bytes) = store.get(Table::Meta, meta::JOIN)? else { return Ok(None) };
        Ok(Some(cbor::from_bytes("join", &bytes)?))
    }

    pub(crate) fn sealed(&self) -> &[u8] {
        &self.sealed.0
    }

    /// Returns the six digits, once a reviewer has answered.
    pub(crate) fn code(&self) -> Option<String> {
        let answer = self.answer.as_ref()?;
        Some(join::code(&self.application, &answer.reviewer, &answer.nonce))
    }

    /// Tells whether a reviewer said yes.
    pub(crate) fn is_granted(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::Granted)
    }

    /// Tells whether a reviewer said no.
    pub(crate) fn is_refused(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.verdict == Verdict::Refused)
    }

    /// Builds the body that hands the application in.
    pub(crate) fn post(&self) -> Result<Vec<u8>, ReplicaError> {
        let community = self.invite.community();
        let sealed = self.sealed.clone();
        let signature = self.invite.key().sign(Purpose::Application, &[&community.0, &sealed.0]);
        let certificate = self.invite.certificate.clone();
        Ok(ApplicationPost { certificate, sealed, signature }.encode()?)
    }

    /// What ends the application at the relay: the invitation, and its key's signature.
    pub(crate) fn ending(&self) -> Vec<u8> {
        let (key, community) = (self.invite.key(), self.invite.community());
        let signature = key.sign(Purpose::EndApplication, &[&community.0]);
        [&key.id().0[..], &signature.0].concat()
    }

    fn write(&self) -> Result<Write, ReplicaError> {
        Ok(Write::Put(Table::Meta, meta::JOIN.to_vec(), cbor::to_bytes("join", self)?))
    }
}

/// An application as a reviewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Review {
    #[serde(rename = "1")]
    pub(crate) application: Application,
    /// Hash of the sealed application as it lies on the relay.
    #[serde(rename = "2")]
    sealed: Bytes,
    #[serde(rename = "3")]
    pub(crate) reviewer: Reviewer,
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub(crate) nonce: Option<Hash>,
    #[serde(rename = "5")]
    pub(crate) verdict: Verdict,
    /// Whether the relay still has to be told.
    #[serde(rename = "6")]
    pub(crate) unsent: bool,
    /// Whether the invitation was issued by this phone: then its nonce makes the code.
    #[serde(rename = "7")]
    pub(crate) own: bool,
}

impl Review {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReplicaError> {
        Ok(cbor::from_bytes("review", bytes)?)
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, ReplicaError> {
        Ok(cbor::to_bytes("review", self)?)
    }

    pub(crate) fn sealed(&self) -> &[u8] {
        &self.sealed.0
    }

    /// Returns the six digits, once the issuer's nonce is known.
    pub(crate) fn code(&self) -> Option<String> {
        let nonce = self.nonce.as_ref()?;
        Some(join::code(&self.application, &self.reviewer.device, nonce))
    }
}

impl<S: Store> Replica<S> {
    /// Begins to join: writes the application, sealed to the reviewers, to be handed in. A member
    /// applies with the same phone for a further home or role.
    ///
    /// # Errors
    /// [`AskError::Refused`] if this replica belongs to another community, holds what is offered or
    /// has an application under way; [`AskError::Failed`].
    pub fn join(
        &mut self,
        invite: &Invite,
        name: &str,
        chance: &mut dyn Chance,
    ) -> Result<(), AskError> {
        self.check_free(invite)?;
        if !join::is_name(name) {
            return Err(AskError::Refused("join.bad_name".to_owned()));
        }
        let community = invite.community();
        let application =
            Application::new(&community, self.keys(), name.to_owned(), invite.offered.clone());
        let sealed = join::seal(&community, &application, &invite.reviewers, chance)?;
        let joining = Joining {
            invite: invite.clone(),
            application,
            sealed: Bytes(sealed),
            posted: false,
            answer: None,
        };
        self.keep_joining(joining)?;
        Ok(())
    }

    fn check_free(&self, invite: &Invite) -> Result<(), AskError> {
        let refuse = |word: &str| Err(AskError::Refused(word.to_owned()));
        if self.joining.as_ref().is_some_and(|joining| !joining.is_refused()) {
            return refuse("join.under_way");
        }
        let Some(memory) = self.memory() else { return Ok(()) };
        if memory.community != invite.community() {
            return refuse("join.joined_already");
        }
        let asked = read_terms(&invite.offered)?;
        let known = memory.current.device(&self.keys().id());
        let mut held = known.into_iter().flat_map(|entry| &entry.tenures);
        let same = held.any(|tenure| {
            let terms = (tenure.duty.role, &tenure.duty.scope, tenure.from, tenure.to);
            let asked_for = (asked.role, &asked.scope, asked.from, asked.to);
            tenure.ended.is_none() && terms == asked_for && tenure.staff == asked.staff
        });
        if same { refuse("join.held_already") } else { Ok(()) }
    }

    pub(crate) fn keep_joining(&mut self, joining: Joining) -> Result<(), ReplicaError> {
        self.store_mut().commit(&[joining.write()?], Durability::Full)?;
        self.joining = Some(joining);
        Ok(())
    }

    /// Makes an invitation for a role, to be shown as a QR.
    ///
    /// # Errors
    /// [`AskError::Refused`] if this person may not review, [`AskError::Failed`].
    pub fn invite(
        &self,
        terms: &Terms,
        relay: &str,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<Invite, AskError> {
        let memory = self.member()?;
        let me = self.keys().id();
        let refused = |refusal: Refusal| AskError::Refused(refusal.word().to_owned());
        memory.current.check_terms(terms).map_err(refused)?;
        if !memory.current.may_list(&me, When::Now(now)) {
            return Err(AskError::Refused("registry.may_not_invite".to_owned()));
        }
        let author = memory.current.author(&me, When::Now(now));
        let author = author.map_err(|why| refused(Refusal::NoRight(why)))?;
        memory.current.check_invitation(&author, terms).map_err(refused)?;
        let mut secret = [0; 32];
        chance.fill(&mut secret);
        let invite = InviteKey::new(secret).id();
        let until = now.0.saturating_add(INVITE_HOLDS_MS);
        let message = Certificate::message(&memory.community, &invite, &me, until);
        let signature = self.keys().sign(Purpose::Invite, &[&message]);
        let community = memory.community;
        Ok(Invite {
            certificate: Certificate { community, invite, issuer: me, until, signature },
            secret: Hash(secret),
            reviewers: self.reviewers(now)?,
            relay: relay.to_owned(),
            name: memory.current.name().to_owned(),
            offered: write_terms(terms),
            pin: None,
        })
    }

    /// This phone first, then others who may review.
    fn reviewers(&self, now: Moment) -> Result<Vec<Reviewer>, ReplicaError> {
        let memory = self.member()?;
        let me = self.keys().id();
        let own = Reviewer { device: me, exchange: Hash(self.keys().exchange()) };
        let others = memory
            .current
            .devices()
            .filter(|entry| entry.device != me)
            .filter(|entry| memory.current.may_list(&entry.device, When::Now(now)))
            .map(|entry| Reviewer { device: entry.device, exchange: Hash(entry.exchange) });
        Ok(std::iter::once(own).chain(others).take(REVIEWERS_MAX).collect())
    }

    /// Takes in the applications that wait at the relay, and forgets those that no longer do; draws
    /// the nonce for own invitations.
    pub(crate) fn take_applications(
        &mut self,
        waiting: &[Waiting],
        chance: &mut dyn Chance,
    ) -> Result<bool, ReplicaError> {
        let community = self.member()?.community;
        let mut batch = Vec::new();
        for application in waiting {
            if self.store().get(Table::Application, &application.invite.0)?.is_some() {
                continue;
            }
            let Ok(opened) = join::open(&community, self.keys(), &application.sealed.0) else {
                // Sealed to other reviewers.
                continue;
            };
            let own = application.issuer == self.keys().id();
            let mut nonce = [0; 32];
            chance.fill(&mut nonce);
            let exchange = Hash([0; 32]);
            let review = Review {
                application: opened,
                sealed: application.sealed.clone(),
                reviewer: Reviewer { device: application.issuer, exchange },
                nonce: own.then_some(Hash(nonce)),
                verdict: Verdict::Waiting,
                unsent: own,
                own,
            };
            batch.push(Write::Put(
                Table::Application,
                application.invite.0.to_vec(),
                review.encode()?,
            ));
        }
        // Ended meanwhile: another reviewer decided, and the newcomer is in.
        for (invite, review) in self.reviews()? {
            let gone = waiting.iter().all(|application| application.invite != invite);
            if gone && review.verdict == Verdict::Waiting {
                batch.push(Write::Delete(Table::Application, invite.0.to_vec()));
            }
        }
        if !batch.is_empty() {
            self.store_mut().commit(&batch, Durability::Normal)?;
        }
        Ok(!batch.is_empty())
    }

    /// Returns the applications under review.
    pub(crate) fn reviews(&self) -> Result<Vec<(InviteId, Review)>, ReplicaError> {
        let pairs = self.store().scan(Table::Application, &[], None, usize::MAX)?;
        pairs
            .iter()
            .map(|(key, value)| {
                let invite = InviteId::from_slice(key)
                    .ok_or(ReplicaError::Damaged { row: "application" })?;
                Ok((invite, Review::decode(value)?))
            })
            .collect()
    }

    pub(crate) fn keep_review(
        &mut self,
        invite: &InviteId,
        review: &Review,
    ) -> Result<(), ReplicaError> {
        let write = Write::Put(Table::Application, invite.0.to_vec(), review.encode()?);
        Ok(self.store_mut().commit(&[write], Durability::Full)?)
    }

    /// Refuses an application; the newcomer's phone is told.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn refuse_application(&mut self, invite: &InviteId) -> Result<(), AskError> {
        let mut review = self.review(invite)?;
        review.verdict = Verdict::Refused;
        review.unsent = review.own;
        self.keep_review(invite, &review)?;
        Ok(())
    }

    pub(crate) fn review(&self, invite: &InviteId) -> Result<Review, AskError> {
        let value = self.store().get(Table::Application, &invite.0)?;
        let value = value.ok_or_else(|| AskError::Refused("join.unknown".to_owned()))?;
        Ok(Review::decode(&value)?)
    }

    /// Builds the answer to an application as it stands.
    pub(crate) fn answer(&self, review: &Review) -> Result<Option<Vec<u8>>, ReplicaError> {
        let Some(nonce) = review.nonce else { return Ok(None) };
        let community = self.member()?.community;
        let answer = Answer::new(&community, self.keys(), review.sealed(), nonce, review.verdict);
        Ok(Some(answer.encode()?))
    }
}
