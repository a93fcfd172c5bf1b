//! What people ask about a round.

use linli_wire::FactId;

use super::{Round, rules};
use crate::{
    kernel::{Attachment, Author, Draft, Fen, UnitCode},
    payments::{
        BankedFields, CountFields, Fields, Notes, RecountFields, Refusal, RoundFields, TakenFields,
        Visit, VisitFields, draft_of,
    },
};

/// What people ask about a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Note a visit without money.
    Visit {
        /// The home.
        unit: UnitCode,
        /// What came of it.
        visit: Visit,
        /// When to come back, in the home's words.
        note: String,
    },
    /// Count the cash in hand.
    Count {
        /// The notes and coins.
        notes: Vec<Notes>,
        /// Why it differs, if it does.
        reason: String,
    },
    /// Count what another counted, without having seen the sum; or count it again.
    Recount {
        /// The count.
        count: FactId,
        /// The notes and coins.
        notes: Vec<Notes>,
    },
    /// Take over what another counted, by one's own last recount.
    Take {
        /// The recount.
        recount: FactId,
        /// Why it differs from the collector's count, if it does.
        reason: String,
    },
    /// Pay it into the bank.
    Bank {
        /// The count.
        count: FactId,
        /// What the bank's slip says.
        amount: Fen,
        /// The slip's number.
        slip: String,
        /// A photo of it.
        proof: Vec<Attachment>,
    },
}

impl Round {
    /// Gives a round, or says why not.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn open(author: &Author, fields: &RoundFields) -> Result<Draft, Refusal> {
        rules::check_round(author, fields)?;
        Ok(draft_of(&Fields::Round(fields.clone()), None))
    }

    /// Turns what is asked into a draft, or says why not.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn decide(&self, author: &Author, asked: &Asked) -> Result<Draft, Refusal> {
        let fields = match asked.clone() {
            Asked::Visit { unit, visit, note } => {
                let fields = VisitFields { unit, visit, note };
                rules::check_visit(self, author, &fields)?;
                Fields::Visited(fields)
            }
            Asked::Count { notes, reason } => {
                let receipts: Vec<FactId> = self.in_hand().iter().map(|r| r.id).collect();
                let expected = self.cash_in_hand();
                let fields = CountFields { receipts, notes, expected, reason };
                rules::check_count(self, author, &fields)?;
                Fields::Counted(fields)
            }
            Asked::Recount { count, notes } => {
                let fields = RecountFields { count, notes };
                rules::check_recount(self, author, &fields)?;
                if self.counts.get(&count).is_some_and(|count| count.taken.is_some()) {
                    return Err(Refusal::AlreadyTaken);
                }
                Fields::Recounted(fields)
            }
            Asked::Take { recount, reason } => {
                let fields = TakenFields { recount, reason };
                rules::check_taken(self, author, &fields)?;
                Fields::Taken(fields)
            }
            Asked::Bank { count, amount, slip, proof } => {
                if self.counts.get(&count).is_some_and(|count| count.taken.is_none()) {
                    return Err(Refusal::NotTaken);
                }
                let fields = BankedFields { count, amount, slip, proof };
                rules::check_banked(self, author, &fields)?;
                Fields::Banked(fields)
            }
        };
        Ok(draft_of(&fields, Some(self.id)))
    }
}
