//! The first day of a community: charter, register, keys, and the founder's own access.

use linli_domain::{
    kernel::{Circle, Moment},
    registry,
};
use linli_seal::{Chance, CircleKey, DeviceKeys};
use linli_wire::{
    Hash,
    charter::{Charter, FounderSignature, SignedCharter},
    sign::Purpose,
};

use crate::{
    AskError, ReplicaError,
    keyring::circle_id,
    memory::{Memory, meta},
    replica::Replica,
    store::{Durability, Store, Table},
};

/// What founders agreed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The community's name.
    pub name: String,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// The RuleSet that holds from the first day: `cn` or `cn-hangzhou`.
    pub rules: String,
    /// The founders' public keys.
    pub founders: Vec<registry::FounderKeys>,
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
    /// [`ReplicaError`] never in practice.
    pub fn trial(
        name: &str,
        utc_offset_minutes: i32,
        stairs: Vec<registry::StairRegistered>,
        operator_token: String,
        founder: &DeviceKeys,
        chance: &mut dyn Chance,
    ) -> Result<Self, ReplicaError> {
        let mut salt = [0; 32];
        chance.fill(&mut salt);
        let charter = Charter {
            version: Charter::VERSION,
            founders: vec![founder.id()],
            threshold: 1,
            trial: true,
            register: registry::register_hash(name, &stairs),
            salt: Hash(salt),
        };
        let signature = founder.sign(Purpose::Charter, &[&charter.id()?.0]);
        let signatures = vec![FounderSignature { device: founder.id(), signature }];
        let charter = SignedCharter { charter, signatures };
        let founders = vec![registry::FounderKeys {
            device: founder.id(),
            exchange: Hash(founder.exchange()),
            ballot: Hash(founder.ballot()),
        }];
        let (name, rules) = (name.to_owned(), "cn".to_owned());
        Ok(Self { name, utc_offset_minutes, rules, founders, stairs, charter, operator_token })
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
        if self.memory().is_some() || self.joining.is_some() {
            return Err(AskError::Refused("registry.founded_already".to_owned()));
        }
        if plan.charter.charter.register != registry::register_hash(&plan.name, &plan.stairs) {
            return Err(AskError::Refused("registry.register_differs".to_owned()));
        }
        self.begin(plan.charter.clone())?;
        let result = self.write_first_day(plan, now, chance);
        if result.is_err() {
            self.set_memory(None);
        }
        Ok(result?)
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
            let found = registry::Event::Found {
                name: plan.name.clone(),
                utc_offset_minutes: plan.utc_offset_minutes,
                rules: plan.rules.clone(),
                charter,
                founders: plan.founders.clone(),
            };
            let stairs = plan.stairs.iter().cloned().map(registry::Event::RegisterStair);
            let mut buildings: Vec<String> = Vec::new();
            for event in std::iter::once(found).chain(stairs) {
                if let registry::Event::RegisterStair(stair) = &event
                    && !buildings.contains(&stair.building)
                {
                    buildings.push(stair.building.clone());
                }
                let me = work.me();
                let author = work.memory.current.founder(&me);
                let draft = registry::decide(&work.memory.current, &author, &event, now)
                    .map_err(|_| ReplicaError::Broken { invariant: "founders may found" })?;
                let filed = work.file_registry(draft, now)?;
                work.write(filed, Some(key.clone()), now, chance)?;
                work.memory.refresh_current();
            }
            let circles = buildings.into_iter().map(Circle::Building);
            for circle in [Circle::Office].into_iter().chain(circles) {
                work.first_key(&circle, CircleKey::generate(chance), now, chance)?;
            }
            work.first_key(&Circle::Community, key, now, chance)?;
            let me = work.me();
            work.list_device(&me, now, chance)
        })
    }
}

impl<S: Store> crate::work::Work<'_, S> {
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
        self.write_key_opened(circle, &key, &event, now, chance)?;
        self.memory.refresh_current();
        Ok(())
    }
}
