//! Tariffs and bill runs: what a community bills by, as everybody may see it.
//!
//! *A tariff* is the plain text that was decided, word for word; it lays its rules over the RuleSet. The
//! committee writes it (a founder until there is one).
//!
//! *A bill run* is a header in the community's circle: tariff, months, due day, the hashes of RuleSet and
//! register, and what each stair is billed in all. The bill of each home stands in the home's own circle
//! and names the run. Nobody has to believe either: tariff and register are known to every phone, and what
//! a bill depends on beside them stands in it ([`Conditions`]), so each phone computes every bill that it
//! may see, line by line, and refuses one that comes out otherwise.
//!
//! *A run is taken back* by two people ([`Withdrawal`]): the wrong tariff, the wrong months, homes that are not
//! as usual. Its header stays, with the reason.
//!
//! *The register grows.* A run says how many units it was made from; they are the first so many in the
//! order of the log, on every phone.

pub mod conditions;
#[cfg(any(test, feature = "testing"))]
pub mod given;
mod roster;
mod run;
mod withdraw;

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::FactId;

pub use roster::Roster;
pub use run::{Bills, Run, RunAsked};
pub use withdraw::{Agreement, Asked, Withdrawal};

use super::{Fields, Refusal, RunFields, Span, Tariff, TariffFields, draft_of, rights, tariff};
use crate::{
    kernel::{Author, Draft, Fen, Moment, Position, UnitCode, Written},
    law::{Ratio, RuleSet},
    registry::Registry,
};

/// Most bytes of a tariff's text: it has to fit one fact, and has a few dozen lines.
pub const TARIFF_BYTES_MAX: usize = 12 * 1024;

/// A tariff in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TariffEntry {
    /// The fact.
    pub id: FactId,
    /// What was decided.
    pub fields: TariffFields,
    /// The tariff, read.
    pub tariff: Tariff,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

impl TariffEntry {
    /// Returns what lateness costs a day, as a share of the principal.
    #[must_use]
    pub fn late_per_day(&self) -> Ratio {
        self.fields.late_per_day.unwrap_or(Ratio::ZERO)
    }
}

/// All tariffs and runs.
#[derive(Clone, Debug, Default)]
pub struct Books {
    tariffs: BTreeMap<FactId, TariffEntry>,
    runs: BTreeMap<FactId, Run>,
    /// Facts that the room refused: kept, shown, not counted.
    pub refused: Vec<(FactId, Refusal)>,
}

impl Books {
    /// Returns the id under which all facts of the books are filed.
    #[must_use]
    pub fn id() -> FactId {
        super::thing_id("books", &[])
    }

    /// Folds the books from their facts, in whatever order they are given.
    #[must_use]
    pub fn fold(facts: &[Written], registry: &Registry) -> Self {
        let law = registry.law();
        let mut facts: Vec<&Written> = facts.iter().collect();
        facts.sort_by_key(|fact| fact.order());
        let mut books = Self::default();
        for fact in &facts {
            if let Some(Fields::Tariff(fields)) = Fields::of(&fact.fact) {
                match check_tariff(&fact.author, &fields, law) {
                    Ok(tariff) => books.take_tariff(fact, fields, tariff, law),
                    Err(refusal) => books.refused.push((fact.id, refusal)),
                }
            }
        }
        books.take_runs(&facts, registry);
        books.refused.sort();
        books
    }

    /// Takes runs and their withdrawals in the order of the log: months are billed anew after the withdrawal,
    /// and a run that came before it stays refused.
    fn take_runs(&mut self, facts: &[&Written], registry: &Registry) {
        let late_days = registry.law().repairs.late_sync_days_max;
        let mut rosters: BTreeMap<u32, Option<Roster>> = BTreeMap::new();
        let mut waiting: Vec<(&Written, Fields)> = Vec::new();
        for fact in facts {
            let Some(fields) = Fields::of(&fact.fact) else { continue };
            let taken = if let Fields::Run(fields) = fields {
                let roster = rosters
                    .entry(fields.units)
                    .or_insert_with(|| Roster::of_first(registry, fields.units));
                let run = self.check_run(fact, &fields, roster.as_ref());
                run.map(|run| _ = self.runs.insert(fact.id, run))
            } else {
                let taken = self.take_withdrawal(fact, &fields, late_days);
                if taken == Err(Refusal::Unknown) {
                    waiting.push((fact, fields));
                    continue;
                }
                taken
            };
            if taken.is_ok() {
                self.take_waiting(&mut waiting, late_days);
            }
            self.refused.extend(taken.err().map(|refusal| (fact.id, refusal)));
        }
        self.refused.extend(waiting.iter().map(|(fact, _)| (fact.id, Refusal::Unknown)));
    }

    /// Takes withdrawals that came before the fact they name as soon as that is here, before any later run is judged:
    /// first who asks, then who agrees.
    fn take_waiting(&mut self, waiting: &mut Vec<(&Written, Fields)>, late_days: u32) {
        waiting.sort_by_key(|(fact, _)| fact.fact.kind);
        waiting.retain(|(fact, fields)| match self.take_withdrawal(fact, fields, late_days) {
            Err(Refusal::Unknown) => true,
            taken => {
                self.refused.extend(taken.err().map(|refusal| (fact.id, refusal)));
                false
            }
        });
    }

    /// Lets a tariff come into force, or says why not.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn decide(author: &Author, fields: &TariffFields, law: &RuleSet) -> Result<Draft, Refusal> {
        check_tariff(author, fields, law)?;
        Ok(draft_of(&Fields::Tariff(fields.clone()), Some(Self::id())))
    }

    fn take_tariff(&mut self, fact: &Written, fields: TariffFields, tariff: Tariff, law: &RuleSet) {
        let when = fact.when(Moment(i64::MIN), law.repairs.late_sync_days_max);
        let (id, author, place) = (fact.id, fact.author.clone(), fact.place);
        self.tariffs.insert(id, TariffEntry { id, fields, tariff, author, when, place });
    }

    /// Checks a header: who may write it, whether tariff, rules and register are those it names.
    fn check_run(
        &self,
        fact: &Written,
        fields: &RunFields,
        roster: Option<&Roster>,
    ) -> Result<Run, Refusal> {
        if !rights::keeps_books(&fact.author) {
            return Err(Refusal::NotYours);
        }
        let entry = self.tariffs.get(&fields.tariff).ok_or(Refusal::Unknown)?;
        let span = Span::new(fields.from, fields.to).ok_or(Refusal::BadTime)?;
        if fields.law != entry.tariff.law.hash() {
            return Err(Refusal::OtherLaw);
        }
        let roster = roster.filter(|roster| roster.hash() == fields.roster);
        let roster = roster.ok_or(Refusal::OtherRoster)?;
        if !sums_up(fields) {
            return Err(Refusal::BadSum);
        }
        if self.is_billed(&entry.tariff, span) {
            return Err(Refusal::BilledTwice);
        }
        Ok(Run::new(fact, fields.clone(), span, entry, roster.clone()))
    }

    /// Tells whether some charge of a tariff was billed for some of these months by an earlier run that stands.
    pub(super) fn is_billed(&self, tariff: &Tariff, span: Span) -> bool {
        let mut standing = self.runs.values().filter(|run| run.withdrawn().is_none());
        standing.any(|run| run.bills_too(tariff, span))
    }

    /// Returns the tariffs, the one that came last in the log first.
    #[must_use]
    pub fn tariffs(&self) -> Vec<&TariffEntry> {
        let mut entries: Vec<&TariffEntry> = self.tariffs.values().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.when, entry.id)));
        entries
    }

    /// Finds a tariff.
    #[must_use]
    pub fn tariff(&self, id: &FactId) -> Option<&TariffEntry> {
        self.tariffs.get(id)
    }

    /// Finds a run, also one that was withdrawn.
    #[must_use]
    pub fn run(&self, id: &FactId) -> Option<&Run> {
        self.runs.get(id)
    }

    /// Returns the runs, also those that were withdrawn, the one due last first.
    #[must_use]
    pub fn runs(&self) -> Vec<&Run> {
        let mut runs: Vec<&Run> = self.runs.values().collect();
        runs.sort_by_key(|run| std::cmp::Reverse((run.fields.due, run.id)));
        runs
    }
}

/// Tells whether somebody may bill.
#[must_use]
pub fn may_bill(author: &Author) -> bool {
    rights::keeps_books(author)
}

/// Tells whether somebody may have to do with a home's money: take it, or agree as the second person.
#[must_use]
pub fn may_act_for(author: &Author, unit: &UnitCode) -> bool {
    rights::collects(author, unit) || rights::is_second(author, unit)
}

/// Tells whether somebody may let a tariff come into force.
#[must_use]
pub fn may_decide(author: &Author) -> bool {
    rights::decides(author)
}

/// Checks a tariff, and reads it.
fn check_tariff(author: &Author, fields: &TariffFields, law: &RuleSet) -> Result<Tariff, Refusal> {
    if !rights::decides(author) {
        return Err(Refusal::NotYours);
    }
    if fields.text.len() > TARIFF_BYTES_MAX {
        return Err(Refusal::BadText);
    }
    let tariff = tariff::read(&fields.text, law).map_err(|_| Refusal::BadTariff)?;
    if tariff.charges.is_empty() { Err(Refusal::BadTariff) } else { Ok(tariff) }
}

/// Each stair stands once, and they sum to the total.
fn sums_up(fields: &RunFields) -> bool {
    let stairs: BTreeSet<(&str, u16)> =
        fields.stairs.iter().map(|stair| (stair.building.as_str(), stair.stair)).collect();
    let once = stairs.len() == fields.stairs.len();
    let none_negative = fields.stairs.iter().all(|stair| stair.total >= Fen::ZERO);
    let sum = Fen::sum(fields.stairs.iter().map(|stair| stair.total));
    once && none_negative && sum == Some(fields.total)
}
