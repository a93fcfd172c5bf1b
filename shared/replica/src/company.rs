//! What the company's desk is told beside the screens: the rules in force, who works there, whose
//! turn it is, a repair by the beginning of its id, and whole repairs one by one.

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Moment, PersonId, Role, When},
    law::RuleSet,
    repairs::{
        Repair, Status,
        turn::{self, Load},
        view::tag,
    },
};
use linli_wire::{FactId, fact::Fact, ids};

use crate::{
    ReplicaError,
    repairs::Filter,
    replica::Replica,
    store::{Store, Table},
    stored::FactRow,
};

/// Newest repairs that are looked through for when somebody was sent last. In a community of two
/// thousand homes it is half a year.
const REMEMBERED: u32 = 1_000;

/// Repairs read at a time.
const WINDOW: u32 = 60;

/// Most repairs that the beginning of an id is found in: to say that it is ambiguous, two would do.
const ALIKE_IDS_MAX: usize = 20;

/// Fewest characters that name a repair: with four, one in sixty thousand is meant.
pub const ID_CHARS_MIN: usize = 4;

impl<S: Store> Replica<S> {
    /// Returns the rules in force.
    ///
    /// # Errors
    /// [`ReplicaError`] before a community is founded or joined.
    pub fn law(&self) -> Result<&RuleSet, ReplicaError> {
        Ok(self.member()?.current.law())
    }

    /// Folds one repair from its facts.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn folded(&self, id: &FactId) -> Result<Option<Repair>, ReplicaError> {
        self.repair_state(id)
    }

    /// Returns the weightiest role that a person holds now, on any of their devices.
    ///
    /// # Errors
    /// [`ReplicaError`] before a community is founded or joined.
    pub fn role_of(&self, person: &PersonId, now: Moment) -> Result<Option<Role>, ReplicaError> {
        let registry = &self.member()?.current;
        let devices = registry.devices().filter(|entry| entry.person == *person);
        let authors =
            devices.filter_map(|entry| registry.author(&entry.device, When::Now(now)).ok());
        Ok(authors.filter_map(|author| author.role()).min())
    }

    /// Returns the persons of the property company, by id.
    ///
    /// # Errors
    /// [`ReplicaError`] before a community is founded or joined.
    pub fn workers(&self, now: Moment) -> Result<Vec<PersonId>, ReplicaError> {
        let registry = &self.member()?.current;
        let devices = registry.devices();
        let authors =
            devices.filter_map(|entry| registry.author(&entry.device, When::Now(now)).ok());
        let works =
            authors.filter(|author| author.duties.iter().any(|duty| duty.role == Role::Property));
        let mut workers: Vec<PersonId> = works.map(|author| author.person).collect();
        workers.sort();
        workers.dedup();
        Ok(workers)
    }

    /// Tells whose turn it is of the property company; none if nobody works there.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn next_in_turn(&self, now: Moment) -> Result<Option<PersonId>, ReplicaError> {
        let mut loads = Vec::new();
        for person in self.workers(now)? {
            let open = self.count_repairs(Some(&tag::to(&person)))?;
            loads.push(Load { person, open, handed: None });
        }
        let least = loads.iter().map(|load| load.open).min();
        loads.retain(|load| Some(load.open) == least);
        if loads.len() > 1 {
            let handed = self.last_handed(now)?;
            for load in &mut loads {
                load.handed = handed.get(&load.person).copied();
            }
        }
        Ok(turn::next(&loads))
    }

    /// Finds when something was handed to each person last, in the newest repairs.
    fn last_handed(&self, now: Moment) -> Result<BTreeMap<PersonId, Moment>, ReplicaError> {
        let mut handed: BTreeMap<PersonId, Moment> = BTreeMap::new();
        for offset in (0..REMEMBERED).step_by(usize::try_from(WINDOW).unwrap_or(1)) {
            let (_, rows) = self.repairs(Filter::All, "", offset, WINDOW, now)?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().filter(|row| row.assignee.is_some()) {
                let Some(repair) = self.folded(&row.id)? else { continue };
                for version in repair.versions.values() {
                    if version.status() == Status::Dispatched
                        && let Some(person) = version.step.assignee
                    {
                        let last = handed.entry(person).or_insert(version.when);
                        *last = version.when.max(*last);
                    }
                }
            }
        }
        Ok(handed)
    }

    /// Finds the repairs whose id begins so; more than one means that it is ambiguous.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn repairs_by_id(&self, beginning: &str) -> Result<Vec<FactId>, ReplicaError> {
        let beginning = beginning.to_ascii_lowercase();
        let even = beginning.get(..beginning.len() & !1).and_then(ids::unhex);
        let Some(prefix) = even.filter(|_| beginning.len() >= ID_CHARS_MIN) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (key, value) in self.store().scan(Table::Fact, &prefix, None, usize::MAX)? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "fact" })?;
            if !id.to_hex().starts_with(&beginning) {
                continue;
            }
            let row = FactRow::decode(&value)?;
            let fact = Fact::decode(&row.bytes)?;
            let report = fact.kind == linli_domain::repairs::kind::REPORTED;
            if report && row.verdict.folds() && found.len() < ALIKE_IDS_MAX {
                found.push(id);
            }
        }
        Ok(found)
    }
}
