//! Taking a bill run back (撤销出账): one person asks, another one agrees.
//!
//! From the agreement on the run's bills count for nothing, what was paid on them is their homes' credit, and
//! the same months can be billed anew. What was before it stays as it was: a month of the ledger that was
//! signed is not changed by what somebody finds out later.

use linli_wire::{FactId, PersonId};

use super::{Books, Run};
use crate::{
    kernel::{Author, Draft, Moment, Written},
    payments::{CosignedFields, Fields, Refusal, WithdrawalFields, check_text, draft_of, rights},
};

/// The withdrawal of a run: asked for, and agreed with or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The fact that asks.
    pub id: FactId,
    /// Who asks.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Why.
    pub reason: String,
    /// Who agreed: only then it has an effect.
    pub agreed: Option<Agreement>,
}

/// The second person's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The fact.
    pub id: FactId,
    /// Who agreed.
    pub by: PersonId,
    /// When: from then on the run is withdrawn.
    pub when: Moment,
}

/// What people ask about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Take it back.
    Withdraw {
        /// The run.
        run: FactId,
        /// Why.
        reason: String,
    },
    /// Agree that it is taken back.
    Agree {
        /// The fact that asks.
        to: FactId,
    },
}

impl Run {
    /// Returns the agreement by which it is withdrawn.
    #[must_use]
    pub fn withdrawn(&self) -> Option<&Agreement> {
        self.withdrawal.as_ref()?.agreed.as_ref()
    }
}

impl Books {
    /// Turns what is asked about a run into a draft, or says why not.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn decide_run(&self, author: &Author, asked: &Asked) -> Result<Draft, Refusal> {
        let fields = match asked {
            Asked::Withdraw { run, reason } => {
                let fields = WithdrawalFields { run: *run, reason: reason.clone() };
                check_asked(self.runs.get(run), author, &fields)?;
                Fields::Withdrawal(fields)
            }
            Asked::Agree { to } => {
                let withdrawal = self.runs.values().find_map(|run| run.asked(to));
                check_agreed(withdrawal, author)?;
                Fields::WithdrawalAgreed(CosignedFields { to: *to })
            }
        };
        Ok(draft_of(&fields, Some(Self::id())))
    }

    /// Takes what is asked or agreed about a run.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] where the run or what asks is not here yet, any other for good.
    pub(super) fn take_withdrawal(
        &mut self,
        fact: &Written,
        fields: &Fields,
        late_days: u32,
    ) -> Result<(), Refusal> {
        let when = fact.when(Moment(i64::MIN), late_days);
        let (id, by) = (fact.id, fact.author.person);
        if let Fields::Withdrawal(fields) = fields {
            let run = self.runs.get_mut(&fields.run);
            check_asked(run.as_deref(), &fact.author, fields)?;
            if let Some(run) = run {
                let (reason, agreed) = (fields.reason.clone(), None);
                run.withdrawal = Some(Withdrawal { id, by, when, reason, agreed });
            }
        } else if let Fields::WithdrawalAgreed(CosignedFields { to }) = fields {
            let run = self.runs.values_mut().find(|run| run.asked(to).is_some());
            let withdrawal = run.and_then(|run| run.withdrawal.as_mut());
            check_agreed(withdrawal.as_deref(), &fact.author)?;
            if let Some(withdrawal) = withdrawal {
                let when = when.max(withdrawal.when);
                withdrawal.agreed.get_or_insert(Agreement { id, by, when });
            }
        }
        Ok(())
    }
}

impl Run {
    /// Returns its withdrawal, if that is the fact that asks for it.
    fn asked(&self, to: &FactId) -> Option<&Withdrawal> {
        self.withdrawal.as_ref().filter(|withdrawal| withdrawal.id == *to)
    }
}

fn check_asked(
    run: Option<&Run>,
    author: &Author,
    fields: &WithdrawalFields,
) -> Result<(), Refusal> {
    let run = run.ok_or(Refusal::Unknown)?;
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    if run.withdrawal.is_some() {
        return Err(Refusal::AlreadyWithdrawn);
    }
    check_text(&fields.reason)
}

/// Who agrees is another person who may bill.
fn check_agreed(withdrawal: Option<&Withdrawal>, author: &Author) -> Result<(), Refusal> {
    let withdrawal = withdrawal.ok_or(Refusal::Unknown)?;
    match rights::keeps_books(author) {
        false => Err(Refusal::NotYours),
        true if author.person == withdrawal.by => Err(Refusal::SamePerson),
        true => Ok(()),
    }
}
