//! Who had the right, by place in the log.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::{Position, Role, When},
    payments,
    registry::{self, NoRight},
    shelf,
    shelf::Room,
};
use linli_wire::{FactId, fact::Fact};

use crate::{
    ReplicaError, follow,
    memory::meta,
    store::{Store, Table},
    stored::{FactRow, Verdict},
    work::Work,
};

/// Version of the folds. Rows written by another version are rebuilt from the facts.
pub(crate) const FOLD_VERSION: u8 = 7;

impl<S: Store> Work<'_, S> {
    /// Judges a fact and stores it with its verdict.
    pub(crate) fn note_fact(
        &mut self,
        id: FactId,
        fact: &Fact,
        mut row: FactRow,
    ) -> Result<(), ReplicaError> {
        row.verdict = self.judge(id, fact, &row)?;
        if let Some(about) = &fact.about {
            self.at.put(Table::About, [&about.0[..], &id.0].concat(), []);
        }
        if shelf::room_of(fact.kind) == Some(Room::Registry) {
            if let Some(before) = self.fact(&id)? {
                self.at.delete(Table::Registry, before.registry_key(&id));
            }
            self.at.put(Table::Registry, row.registry_key(&id), []);
            self.follow_key_chain(fact);
        }
        if let Some(run) = payments::run_of(fact) {
            // Once the run is known, its bills are folded anew.
            self.at.put(Table::About, [&run.0[..], &id.0].concat(), []);
        }
        self.put_fact(&id, &row);
        self.touch(id, fact);
        Ok(())
    }

    fn judge(&mut self, id: FactId, fact: &Fact, row: &FactRow) -> Result<Verdict, ReplicaError> {
        match shelf::room_of(fact.kind) {
            None => Ok(Verdict::Newer),
            Some(Room::Registry) if registry::is_newer(fact) => Ok(Verdict::Newer),
            Some(Room::Registry) => self.judge_registry(id, fact, row),
            Some(Room::Repairs | Room::Payments) => Ok(self.judge_by_right(id, fact, row.place)),
        }
    }

    fn judge_registry(
        &mut self,
        id: FactId,
        fact: &Fact,
        row: &FactRow,
    ) -> Result<Verdict, ReplicaError> {
        self.registry_moved = true;
        self.memory.unplaced.retain(|(_, _, known), _| *known != id);
        let Some(place) = row.place else {
            self.memory.unplaced.insert((row.order, row.index, id), fact.clone());
            return Ok(Verdict::Pending);
        };
        if self.memory.folded_to.is_some_and(|last| last > place) {
            // It was locked until now: what came after it has to be judged anew.
            self.rejudge = true;
            return Ok(Verdict::Pending);
        }
        self.memory.folded_to = Some(place);
        let verdict = match self.memory.placed.apply(id, fact, When::Placed(place)) {
            Ok(()) => Verdict::Counted,
            Err(refusal) if refusal.is_missing_right() => Verdict::Quarantined,
            Err(_) => Verdict::Refused,
        };
        if verdict == Verdict::Counted {
            self.after_registry_fact(fact, place)?;
        }
        Ok(verdict)
    }

    /// What follows from a registry fact: lists are compared with it, adopted facts count.
    fn after_registry_fact(&mut self, fact: &Fact, place: Position) -> Result<(), ReplicaError> {
        let registry = &self.memory.placed;
        let author = registry.author(&fact.by, When::Placed(place));
        let office = author.is_ok_and(|author| author.is_any(Role::is_office));
        let lists = office || registry.may_list(&fact.by, When::Placed(place));
        for device in registry::subjects(registry, fact) {
            // Whoever may list has written the record together with the fact, and handed the keys;
            // only the office has those of the office.
            let staff = registry.device(&device).is_some_and(follow::is_office);
            if !lists || staff && !office {
                self.at.put(Table::Meta, [meta::TO_LIST, &device.0].concat(), []);
            }
        }
        if fact.kind == registry::kind::ADOPTED {
            for id in registry::adopted_ids(fact) {
                let Some(mut row) = self.fact(&id)? else { continue };
                let adopted = Fact::decode(&row.bytes)?;
                let counts = self.memory.placed.is_adopted(&id, &adopted.by);
                if row.verdict == Verdict::Quarantined && counts {
                    row.verdict = Verdict::Adopted;
                    self.touch(id, &adopted);
                    self.put_fact(&id, &row);
                }
            }
        }
        Ok(())
    }

    fn judge_by_right(&self, id: FactId, fact: &Fact, place: Option<Position>) -> Verdict {
        let Some(place) = place else { return Verdict::Pending };
        match self.memory.placed.author(&fact.by, When::Placed(place)) {
            Ok(_) => Verdict::Counted,
            Err(_) if self.memory.placed.is_adopted(&id, &fact.by) => Verdict::Adopted,
            Err(NoRight::Unknown | NoRight::NotYet | NoRight::Ended { .. }) => Verdict::Quarantined,
        }
    }

    /// Judges everything anew, in log order: after a new log epoch, or when registry facts came
    /// that had been locked.
    pub(crate) fn judge_all(&mut self) -> Result<(), ReplicaError> {
        self.rejudge = false;
        let community = self.memory.community;
        self.memory.placed = registry::Registry::new(community);
        self.memory.unplaced.clear();
        self.memory.folded_to = None;
        self.file_registry_facts()?;
        let registry = self.at.scan(Table::Registry, &[])?;
        let ids: Vec<FactId> = registry
            .iter()
            .filter_map(|(key, _)| key.get(10..).and_then(FactId::from_slice))
            .collect();
        let folded: BTreeSet<FactId> = ids.iter().copied().collect();
        for id in &ids {
            self.judge_again(id)?;
        }
        for (key, _) in self.at.scan(Table::Fact, &[])? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "fact" })?;
            if !folded.contains(&id) {
                self.judge_again(&id)?;
            }
        }
        self.memory.refresh_current();
        Ok(())
    }

    /// Files the registry's facts in log order, also those that an older app did not know as such.
    fn file_registry_facts(&mut self) -> Result<(), ReplicaError> {
        for (key, value) in self.at.scan(Table::Fact, &[])? {
            let id = FactId::from_slice(&key).ok_or(ReplicaError::Damaged { row: "fact" })?;
            let row = FactRow::decode(&value)?;
            let fact = Fact::decode(&row.bytes)?;
            if shelf::room_of(fact.kind) == Some(Room::Registry) {
                self.at.put(Table::Registry, row.registry_key(&id), []);
            }
        }
        Ok(())
    }

    fn judge_again(&mut self, id: &FactId) -> Result<(), ReplicaError> {
        let Some(mut row) = self.fact(id)? else { return Ok(()) };
        let fact = Fact::decode(&row.bytes)?;
        let verdict = self.judge(*id, &fact, &row)?;
        self.touch(*id, &fact);
        if verdict != row.verdict {
            row.verdict = verdict;
            self.put_fact(id, &row);
        }
        Ok(())
    }
}
