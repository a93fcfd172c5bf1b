//! The first day of a community: charter, register, keys, and the founder's own access.

use linli_domain::{
    kernel::{Circle, Moment, When},
    registry,
};
use linli_seal::{Chance, CircleKey, DeviceKeys};
use linli_wire::charter::SignedCharter;

use crate::{
    AskError, ReplicaError,
    founding::{Draft, Signed, public_keys},
    keyring::circle_id,
    memory::{Memory, meta},
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

/// What founders agreed on and signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Name, rules and the founders' keys.
    pub terms: registry::FoundingTerms,
    /// Buildings, stairs and units.
    pub stairs: Vec<registry::StairRegistered>,
    /// The charter with the founders' signatures.
    pub charter: SignedCharter,
    /// What the relay's operator gave for founding one community.
    pub operator_token: String,
}

impl Plan {
    /// Draws up a charter for a trial with a single founder, and signs it.
    ///
    /// # Errors
    /// [`AskError`] never in practice.
    pub fn trial(
        name: &str,
        utc_offset_minutes: i32,
        stairs: Vec<registry::StairRegistered>,
        operator_token: String,
        founder: &DeviceKeys,
        chance: &mut dyn Chance,
    ) -> Result<Self, AskError> {
        let (name, rules) = (name.to_owned(), "cn".to_owned());
        let founders = vec![public_keys(founder)];
        let terms = registry::FoundingTerms { name, utc_offset_minutes, rules, founders };
        let draft = Draft::new(terms, stairs, 1, chance)?;
        let signed = draft.sign(founder)?;
        Self::of(draft, &[signed], operator_token)
    }

    /// Takes a draft with its founders' signatures.
    ///
    /// # Errors
    /// [`AskError::Refused`] if they are too few, or over something else.
    pub fn of(
        draft: Draft,
        signatures: &[Signed],
        operator_token: String,
    ) -> Result<Self, AskError> {
        let charter = draft.signed(signatures)?;
        let Draft { terms, stairs, .. } = draft;
        Ok(Self { terms, stairs, charter, operator_token })
    }
}

impl<S: Store> Replica<S> {
    /// Founds the community of a plan on this phone; the relay is told at the next round.
    ///
    /// # Errors
    /// [`AskError::Refused`] if a community stands here already or the register does not fit the
    /// charter, [`AskError::Failed`].
    pub fn found(
        &mut self,
        plan: &Plan,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), AskError> {
        self.stands_alone()?;
        if plan.charter.charter.register != registry::register_hash(&plan.terms, &plan.stairs) {
            return Err(AskError::Refused("registry.register_differs".to_owned()));
        }
        if !plan.charter.charter.founders.contains(&self.keys().id()) {
            return Err(AskError::Refused("registry.not_a_founder".to_owned()));
        }
        self.begin(plan.charter.clone())?;
        let result = self.write_first_day(plan, now, chance);
        if result.is_err() {
            self.set_memory(None);
        }
        Ok(result?)
    }

    /// Takes another of the operator's tokens, while the relay does not know the community yet.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn renew_operator_token(&mut self, token: &str) -> Result<(), ReplicaError> {
        if self.store().get(Table::Meta, meta::FOUNDING)?.is_none() {
            return Ok(());
        }
        let write = Write::Put(Table::Meta, meta::FOUNDING.to_vec(), token.as_bytes().to_vec());
        Ok(self.store_mut().commit(&[write], Durability::Full)?)
    }

    /// Takes a charter as the root of this replica.
    pub(crate) fn begin(&mut self, charter: SignedCharter) -> Result<(), ReplicaError> {
        self.set_memory(Some(Memory::rooted_in(charter)?));
        Ok(())
    }

    fn write_first_day(
        &mut self,
        plan: &Plan,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let charter = plan.charter.encode()?;
        self.work(Durability::Full, |work| {
            work.at.put(Table::Meta, meta::CHARTER, charter.clone());
            work.at.put(Table::Meta, meta::FOUNDING, plan.operator_token.as_bytes());
            let community = work.memory.community;
            let key = CircleKey::generate(chance);
            let me = work.me();
            work.keep_key(circle_id(&community, &Circle::Community), key.clone(), me);
            let registry::FoundingTerms { name, utc_offset_minutes, rules, founders } =
                plan.terms.clone();
            let found =
                registry::Event::Found { name, utc_offset_minutes, rules, charter, founders };
            let stairs = plan.stairs.iter().cloned().map(registry::Event::RegisterStair);
            for event in std::iter::once(found).chain(stairs) {
                work.write_first(&event, &key, now, chance)?;
            }
            let circles = work.memory.current.buildings().into_iter().map(Circle::Building);
            for circle in [Circle::Office].into_iter().chain(circles) {
                work.first_key(&circle, CircleKey::generate(chance), now, chance)?;
            }
            work.first_key(&Circle::Community, key, now, chance)?;
            // Every founder is let in on the first day, with the keys of all circles.
            let founders = &plan.charter.charter.founders;
            founders.iter().try_for_each(|device| work.list_device(device, now, chance))
        })
    }
}

impl<S: Store> crate::work::Work<'_, S> {
    /// Writes a fact of the first day as a founder.
    fn write_first(
        &mut self,
        event: &registry::Event,
        key: &CircleKey,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let author = self.memory.current.founder(&self.me());
        let draft = registry::decide(&self.memory.current, &author, event, now)
            .map_err(|_| ReplicaError::Broken { invariant: "founders may found" })?;
        let filed = self.file_registry(draft, now)?;
        let fact = filed.fact.clone();
        let id = self.write(filed, Some(key.clone()), now, chance)?;
        // Facts of the first day only add: folding all of them anew after each would cost as many
        // folds as there are stairs, squared.
        self.memory
            .current
            .apply(id, &fact, When::Now(now))
            .map_err(|_| ReplicaError::Broken { invariant: "what was decided is admitted" })
    }

    /// Writes the fact that opens a circle's first key.
    fn first_key(
        &mut self,
        circle: &Circle,
        key: CircleKey,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<(), ReplicaError> {
        let event = registry::Event::OpenKey {
            circle: circle.clone(),
            key_epoch: key.epoch(),
            previous: None,
            sealed_previous: None,
        };
        self.keep_key(circle_id(&self.memory.community, circle), key.clone(), self.me());
        self.write_first(&event, &key, now, chance)
    }
}
