//! Money that the owners have together: the maintenance fund (维修资金), common income (公共收益), what the
//! committee spends, and the balances that are signed at the end of a month.
//!
//! *A project* is works on a common part whose place was verified: the place decides whose sub-accounts pay
//! (Civil Code 283), by area, to the fen. It is paid once it was approved, or confirmed as an emergency: either
//! takes two persons, one of them of the committee. Final costs beyond the approved sum by more than `overrun`
//! of the RuleSet need a new approval.
//!
//! *An approval* is the hash of the owners' decision, signed by the committee (a founder until there is one) and
//! by an auditor. That is provisional until sessions are held in the app: nobody recomputes a paper vote, so it
//! is marked ([`Approval::PROVISIONAL`]).
//!
//! *Common income* is told by source and quarter with the cost that was agreed, and shared out as resolved: to
//! the fund, to the committee, the rest stays. While the fund is below its low line it gets at least
//! `common_to_fund` of it.
//!
//! *Who reads.* Owners may read all of that (Civil Code 281, 282; Supreme Court on divided ownership, 13); there
//! is no circle of owners alone, so it stands in the community's. What a home paid into the fund, and its
//! deposits, stand in the home's own circle, balances in the office's.
//!
//! *One fold.* Projects draw on the same sub-accounts, splits on the same quarter's income: all of it is one
//! thing ([`Treasury::id`]).

mod asked;
mod balances;
mod rules;

use std::collections::BTreeMap;

use linli_wire::{FactId, PersonId};

pub use asked::{Asked, Known};
pub use balances::{Signed, differences, summary};

use super::{
    CommonIncomeFields, ExpenseFields, ProjectFields, Refusal, SpentFields, SplitFields, UnitName,
    allocate, books::Roster,
};
use crate::{
    kernel::{AreaDm2, Author, Fen, Moment, Position, UnitCode, Written},
    law::RuleSet,
    registry::Registry,
};

/// A fact of the treasury that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered<T> {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: T,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// A second signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The fact.
    pub id: FactId,
    /// Who signed.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// An approval, or the confirmation of an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The fact.
    pub id: FactId,
    /// What may be spent, all in all.
    pub budget: Fen,
    /// Who wrote it.
    pub author: Author,
    /// Why it cannot wait, or nothing: then it rests on a decision.
    pub emergency: Option<super::Emergency>,
    /// The second person; without one it counts for nothing.
    pub cosigned: Option<Cosigned>,
}

impl Approval {
    /// A decision that is known by its hash alone: whoever reads this cannot recompute the vote.
    pub const PROVISIONAL: bool = true;
}

/// How a project stands, as far as money tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody has approved it.
    Planned,
    /// Somebody has, and a second person has to sign.
    AwaitsSecond,
    /// It may be paid: the owners decided.
    Approved,
    /// It may be paid: it cannot wait.
    Emergency,
    /// Something was paid for it.
    Paid,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Planned, Self::AwaitsSecond, Self::Approved, Self::Emergency, Self::Paid];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::AwaitsSecond => "awaits_second",
            Self::Approved => "approved",
            Self::Emergency => "emergency",
            Self::Paid => "paid",
        }
    }
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// What was written first.
    pub opened: Entered<ProjectFields>,
    /// Who shares the cost, by area.
    pub payers: Vec<(UnitCode, AreaDm2)>,
    /// Approvals and confirmed emergencies.
    pub approvals: BTreeMap<FactId, Approval>,
    /// What was paid.
    pub spent: BTreeMap<FactId, Entered<SpentFields>>,
}

impl Project {
    /// Returns what was paid in all.
    #[must_use]
    pub fn total(&self) -> Option<Fen> {
        Fen::sum(self.spent.values().map(|spent| spent.fields.amount))
    }

    /// Shares a sum among who pays, by area, to the fen. `None` where it cannot be held.
    #[must_use]
    pub fn shares(&self, sum: Fen) -> Option<Vec<(&UnitCode, Fen)>> {
        by_area(sum, &self.payers)
    }

    /// Returns what each payer was charged: invoice by invoice, as the ledger does; before the first one,
    /// what the plan would cost them.
    #[must_use]
    pub fn charged(&self) -> Option<Vec<(&UnitCode, Fen)>> {
        if self.spent.is_empty() {
            return self.shares(self.opened.fields.budget);
        }
        let mut charged: Vec<(&UnitCode, Fen)> =
            self.payers.iter().map(|(unit, _)| (unit, Fen::ZERO)).collect();
        for spent in self.spent.values() {
            let shares = self.shares(spent.fields.amount)?;
            for ((_, sum), (_, share)) in charged.iter_mut().zip(shares) {
                *sum = sum.plus(share)?;
            }
        }
        Some(charged)
    }

    /// Tells how it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let mut signed = self.approvals.values().filter(|approval| approval.cosigned.is_some());
        if !self.spent.is_empty() {
            Stage::Paid
        } else if let Some(first) = signed.next() {
            let decided = first.emergency.is_none() || signed.any(|one| one.emergency.is_none());
            if decided { Stage::Approved } else { Stage::Emergency }
        } else if self.approvals.is_empty() {
            Stage::Planned
        } else {
            Stage::AwaitsSecond
        }
    }

    /// Tells whether the accounts have to be audited: works above `small_audit_yuan` of the RuleSet.
    #[must_use]
    pub fn needs_audit(&self, law: &RuleSet) -> bool {
        let small = i64::from(law.money.small_audit_yuan).saturating_mul(100);
        self.total().is_none_or(|total| total.get() > small)
    }
}

/// A split with who gets the fund's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What was written.
    pub entered: Entered<SplitFields>,
    /// All units, by area.
    pub units: Vec<(UnitCode, AreaDm2)>,
}

/// Shares a sum by area, to the fen. `None` where it cannot be held.
pub(super) fn by_area(sum: Fen, units: &[(UnitCode, AreaDm2)]) -> Option<Vec<(&UnitCode, Fen)>> {
    let named: Vec<(UnitName, AreaDm2)> =
        units.iter().map(|(unit, area)| (UnitName::from(unit), *area)).collect();
    let parts = allocate(sum, &named).ok()?;
    // Parts come in the order of the units, which is that of a roster.
    let sums = parts.into_iter().map(|part| part.amount);
    Some(units.iter().map(|(unit, _)| unit).zip(sums).collect())
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treasury {
    /// Projects.
    pub projects: BTreeMap<FactId, Project>,
    /// Common income.
    pub incomes: BTreeMap<FactId, Entered<CommonIncomeFields>>,
    /// What became of it.
    pub splits: BTreeMap<FactId, Split>,
    /// What the committee paid.
    pub expenses: BTreeMap<FactId, Entered<ExpenseFields>>,
    /// Balances at the end of months; only the office reads them.
    pub balances: BTreeMap<FactId, Signed>,
    /// Facts that the room refused: kept, shown, not counted.
    pub refused: Vec<(FactId, Refusal)>,
    /// Facts that wait for what they build on.
    pub waiting: Vec<FactId>,
}

impl Treasury {
    /// Returns the id under which all facts of the treasury are filed.
    #[must_use]
    pub fn id() -> FactId {
        super::thing_id("treasury", &[])
    }

    /// Folds the treasury from its facts, in whatever order they are given.
    #[must_use]
    pub fn fold(facts: &[Written], registry: &Registry) -> Self {
        let mut rosters = BTreeMap::new();
        let mut roster = |units: u32| -> Option<Roster> {
            let made = || Roster::of_first(registry, units);
            rosters.entry(units).or_insert_with(made).clone()
        };
        Self::fold_with(facts, registry.law(), &mut roster)
    }

    /// Folds it with registers of so many units.
    pub(super) fn fold_with(
        facts: &[Written],
        law: &RuleSet,
        roster: &mut dyn FnMut(u32) -> Option<Roster>,
    ) -> Self {
        let mut treasury = Self::default();
        let mut left: Vec<&Written> = facts.iter().collect();
        left.sort_by_key(|fact| fact.order());
        // Within one order of the log; what is not in it yet has none, so it is tried until nothing moves.
        loop {
            let before = left.len();
            left.retain(|fact| match rules::take(&mut treasury, fact, law, roster) {
                Ok(()) => false,
                Err(Refusal::Unknown | Refusal::NotApproved) => true,
                Err(refusal) => {
                    treasury.refused.push((fact.id, refusal));
                    false
                }
            });
            if left.len() == before {
                break;
            }
        }
        treasury.waiting = left.iter().map(|fact| fact.id).collect();
        treasury.refused.sort();
        treasury
    }

    /// Returns who wrote what waits for a second signature, by the fact's id.
    fn asked(&self, id: &FactId) -> Option<&Approval> {
        self.projects.values().find_map(|project| project.approvals.get(id))
    }
}
