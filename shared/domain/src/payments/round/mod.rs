//! A round from door to door (收费), its counts and handovers.
//!
//! *A round* is given by the books to one collector: homes of one building, a first and a last day. Which
//! homes is said once, when it is given: those that owe something then, or all, of the building or of one of
//! its stairs. Two collectors may have the same home on the same days; the second is told. A round's
//! receipts name it. A home off the round, or a day off it, takes a reason. Rounds are read by the heads of
//! the building and the office; the office's own counter is a round without a building and without homes,
//! served by who takes money for any home.
//!
//! *Cash in hand* is what the round's receipts say and no count has taken up. It has a ceiling, and after
//! some hours it has to be counted; until then the app writes no further receipt (`cash_ceiling_yuan`,
//! `count_within_hours` of the RuleSet). The ceiling is a person's, not a round's: it takes in what was
//! counted and nobody has taken over yet, and what the same person carries from other rounds.
//!
//! *A count* names its receipts, each of which was in no earlier count, and the notes and coins. What is
//! short or over is recorded with a reason; nothing closes silently.
//!
//! *The handover* takes two steps of another person. They recount ([`Recount`]) without having seen any sum, as
//! often as they like: each recount stands, their last one is what counts. Then they see both sums and accept
//! ([`Taken`]), with a reason where the two differ; before that nothing has changed hands. A recount that comes
//! after the handover changes nothing. The bank's slip closes it.

mod asked;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use linli_wire::{FactId, PersonId};

pub use asked::Asked;
pub use rules::{WORTHS, sum_of};

use super::{
    BankedFields, CountFields, Fields, RecountFields, Refusal, RoundFields, TakenFields, Visit,
};
use crate::kernel::{Author, Circle, Fen, Moment, Position, SUM_MAX, UnitCode, Written};

/// A receipt of a round, as its home's account tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundReceipt {
    /// The fact.
    pub id: FactId,
    /// The home.
    pub unit: UnitCode,
    /// The number.
    pub number: String,
    /// What was paid.
    pub amount: Fen,
    /// Who took it: on another's round it is none of the round's.
    pub collector: PersonId,
    /// When it was taken, by the collector's own clock.
    pub at: Moment,
    /// Whether it is void.
    pub void: bool,
}

/// What came of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited {
    /// What.
    pub visit: Visit,
    /// When to come back, in the home's words.
    pub note: String,
    /// When it was.
    pub at: Moment,
}

/// What another person counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recount {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: RecountFields,
    /// Who counted.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What was counted.
    pub counted: Fen,
}

/// Somebody took it over, by their own recount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: TakenFields,
    /// Who took it.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What was counted.
    pub counted: Fen,
}

/// Paid into the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banked {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: BankedFields,
    /// Who did it.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// A count that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: CountFields,
    /// Who counted.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What was counted.
    pub counted: Fen,
    /// What others counted, in the order of the log.
    pub recounts: Vec<Recount>,
    /// Who took it over, once somebody did.
    pub taken: Option<Taken>,
    /// The bank's slip, once it was paid in.
    pub banked: Option<Banked>,
}

impl Count {
    /// Returns what was counted less what the receipts say: below zero is short, above is over.
    #[must_use]
    pub fn difference(&self) -> Fen {
        self.counted.minus(self.fields.expected).unwrap_or_default()
    }

    /// Returns the last recount of a person.
    #[must_use]
    pub fn last_recount(&self, by: &PersonId) -> Option<&Recount> {
        self.recounts.iter().rev().find(|recount| recount.by == *by)
    }
}

/// How a home of a round stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// Nobody has been there.
    NotVisited,
    /// Somebody has, without money.
    Visited(Visited),
    /// Something was paid.
    Paid(Fen),
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: RoundFields,
    /// Who gave it.
    pub author: Author,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// The last visit of each home.
    pub visits: BTreeMap<UnitCode, Visited>,
    /// Its receipts.
    pub receipts: BTreeMap<FactId, RoundReceipt>,
    /// Its counts.
    pub counts: BTreeMap<FactId, Count>,
    /// Facts that the room refused: kept, shown, not counted.
    pub refused: Vec<(FactId, Refusal)>,
    /// Facts that wait for a receipt or a count.
    pub waiting: Vec<FactId>,
}

impl Round {
    /// Folds a round from the fact that opened it, what is about it, and its receipts, in whatever order
    /// they are given; `None` if it was not its author's to give.
    ///
    /// # Errors
    /// [`Refusal`] of the opening.
    pub fn fold(
        opening: &Written,
        later: &[Written],
        receipts: impl IntoIterator<Item = RoundReceipt>,
        late_days: u32,
    ) -> Result<Self, Refusal> {
        let Some(Fields::Round(fields)) = Fields::of(&opening.fact) else {
            return Err(Refusal::Unreadable);
        };
        rules::check_round(&opening.author, &fields)?;
        let mut round = Self {
            id: opening.id,
            fields,
            author: opening.author.clone(),
            when: opening.when(Moment(i64::MIN), late_days),
            place: opening.place,
            visits: BTreeMap::new(),
            receipts: BTreeMap::new(),
            counts: BTreeMap::new(),
            refused: Vec::new(),
            waiting: Vec::new(),
        };
        // Nobody puts cash into the hand of another.
        let own = receipts.into_iter().filter(|r| r.collector == round.fields.collector);
        round.receipts = own.map(|receipt| (receipt.id, receipt)).collect();
        let mut left: Vec<&Written> = later.iter().collect();
        left.sort_by_key(|fact| fact.order());
        loop {
            let before = left.len();
            left.retain(|fact| match rules::take(&mut round, fact, late_days) {
                Ok(()) => false,
                Err(Refusal::Unknown) => true,
                Err(refusal) => {
                    round.refused.push((fact.id, refusal));
                    false
                }
            });
            if left.len() == before {
                break;
            }
        }
        round.waiting = left.iter().map(|fact| fact.id).collect();
        round.refused.sort();
        Ok(round)
    }

    /// Returns who can read it.
    #[must_use]
    pub fn circle(&self) -> Circle {
        circle_of(&self.fields)
    }

    /// Returns the receipts that some count has taken up.
    #[must_use]
    pub fn counted(&self) -> BTreeSet<FactId> {
        self.counts.values().flat_map(|count| &count.fields.receipts).copied().collect()
    }

    /// Returns the receipts whose cash is in the collector's hand: not void, in no count.
    #[must_use]
    pub fn in_hand(&self) -> Vec<&RoundReceipt> {
        let counted = self.counted();
        let mut receipts: Vec<&RoundReceipt> = self
            .receipts
            .values()
            .filter(|receipt| !receipt.void && !counted.contains(&receipt.id))
            .collect();
        receipts.sort_by_key(|receipt| receipt.id);
        receipts
    }

    /// Returns what these receipts sum to.
    #[must_use]
    pub fn cash_in_hand(&self) -> Fen {
        Fen::sum(self.in_hand().iter().map(|receipt| receipt.amount)).unwrap_or_default()
    }

    /// Returns the cash that its collector carries: what is in hand, and what was counted and nobody has
    /// taken over yet.
    #[must_use]
    pub fn carried(&self) -> Fen {
        let waiting = self.counts.values().filter(|count| count.taken.is_none());
        let waiting = waiting.map(|count| count.counted);
        Fen::sum(waiting.chain([self.cash_in_hand()])).unwrap_or(SUM_MAX)
    }

    /// Tells how a home stands.
    #[must_use]
    pub fn door(&self, unit: &UnitCode) -> Door {
        let paid = self.receipts.values().filter(|r| r.unit == *unit && !r.void);
        let paid = Fen::sum(paid.map(|receipt| receipt.amount)).unwrap_or_default();
        if paid > Fen::ZERO {
            return Door::Paid(paid);
        }
        self.visits.get(unit).map_or(Door::NotVisited, |visited| Door::Visited(visited.clone()))
    }

    /// Returns the homes in the order of their doors: building, stair, floor, room.
    #[must_use]
    pub fn doors(&self) -> Vec<&UnitCode> {
        let mut units: Vec<&UnitCode> = self.fields.units.iter().collect();
        units.sort();
        units
    }
}

/// Returns the id under which is filed what receipts say that name a round. It is the round's in no other use: a
/// receipt may name anything as its round.
#[must_use]
pub fn receipts_id(round: &FactId) -> FactId {
    super::thing_id("receipts", &[&round.0])
}

/// Returns who can read a round.
#[must_use]
pub fn circle_of(fields: &RoundFields) -> Circle {
    fields.building.clone().map_or(Circle::Office, Circle::Keepers)
}
