//! What people ask about the owners' common money.

use linli_wire::{FactId, Hash};

use super::{Treasury, balances, rules};
use crate::{
    kernel::{Attachment, Author, Draft, Fen, Month},
    law::RuleSet,
    payments::{
        ApprovedFields, BalancesFields, CommonIncomeFields, CosignedFields, Emergency,
        EmergencyFields, ExpenseFields, Fields, ProjectFields, Refusal, SpentFields, SplitFields,
        books::Roster, draft_of, ledger::Ledger,
    },
    registry::Registry,
    repairs::Place,
};

/// What people ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Plan works that the fund is to pay.
    Plan {
        /// What is to be done.
        purpose: String,
        /// The common part.
        place: Place,
        /// The repair whose place was verified; none if the author verified it.
        repair: Option<FactId>,
        /// What it may cost.
        budget: Fen,
    },
    /// The owners decided.
    Approve(ApprovedFields),
    /// It cannot wait for a vote.
    Urge {
        /// The project.
        project: FactId,
        /// Why.
        cause: Emergency,
    },
    /// Sign as the second person.
    Cosign {
        /// What.
        to: FactId,
    },
    /// Pay for a project.
    Spend {
        /// The project.
        project: FactId,
        /// How much.
        amount: Fen,
        /// The invoice's number.
        invoice: String,
        /// Photos of it.
        proof: Vec<Attachment>,
    },
    /// Note common income.
    Earn(CommonIncomeFields),
    /// Share a quarter's common income out.
    Share {
        /// The first month of the quarter.
        quarter: Month,
        /// What goes to the fund.
        to_fund: Fen,
        /// What the committee gets.
        to_committee: Fen,
        /// The hash of the decision.
        decision: Hash,
    },
    /// The committee paid something.
    Pay(ExpenseFields),
    /// Sign what the ledger had at the end of a month.
    SignMonth {
        /// The month.
        month: Month,
    },
    /// Sign the same as the second person.
    ConfirmMonth {
        /// What was signed.
        to: FactId,
    },
}

/// What is known beside the treasury when somebody asks.
#[derive(Debug)]
pub struct Known<'a> {
    /// Who is who, and the rules.
    pub registry: &'a Registry,
    /// The place of the repair that is named, once it was verified.
    pub verified: Option<Place>,
    /// The ledger, for who belongs to the office.
    pub ledger: Option<&'a Ledger>,
}

impl Treasury {
    /// Turns what is asked into a draft, or says why not.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn decide(
        &self,
        author: &Author,
        asked: &Asked,
        known: &Known<'_>,
    ) -> Result<Draft, Refusal> {
        let law = known.registry.law();
        let fields = match asked {
            Asked::Plan { .. } | Asked::Share { .. } => self.of_register(author, asked, known)?,
            Asked::Approve(fields) => {
                rules::check_approved(self, author, fields)?;
                Fields::Approved(*fields)
            }
            Asked::Urge { project, cause } => {
                let fields = EmergencyFields { project: *project, cause: *cause };
                rules::check_emergency(self, author, &fields)?;
                Fields::Emergency(fields)
            }
            Asked::Cosign { to } => {
                rules::check_cosigned(self, author, to)?;
                Fields::Cosigned(CosignedFields { to: *to })
            }
            Asked::Spend { project, amount, invoice, proof } => {
                let (invoice, proof) = (invoice.clone(), proof.clone());
                let fields = SpentFields { project: *project, amount: *amount, invoice, proof };
                rules::check_spent(self, author, None, &fields, law)?;
                Fields::Spent(fields)
            }
            Asked::Earn(fields) => {
                rules::check_income(author, fields)?;
                Fields::Income(fields.clone())
            }
            Asked::Pay(fields) => {
                rules::check_expense(author, fields)?;
                Fields::Expense(fields.clone())
            }
            Asked::SignMonth { month } => {
                let ledger = known.ledger.ok_or(Refusal::NotYours)?;
                let balances = balances::summary(ledger, *month).ok_or(Refusal::BadSum)?;
                let fields = BalancesFields { month: *month, balances };
                balances::check(author, &fields)?;
                Fields::Balances(fields)
            }
            Asked::ConfirmMonth { to } => {
                balances::check_confirmed(self, author, to)?;
                let signed = self.balances.get(to).ok_or(Refusal::Unknown)?;
                let ledger = known.ledger.ok_or(Refusal::NotYours)?;
                let differs = balances::differences(ledger, &signed.entered.fields);
                if differs.is_none_or(|differs| !differs.is_empty()) {
                    return Err(Refusal::DoesNotRecompute);
                }
                Fields::BalancesConfirmed(CosignedFields { to: *to })
            }
        };
        Ok(draft_of(&fields, Some(Self::id())))
    }

    /// What is shared by area names the register.
    fn of_register(
        &self,
        author: &Author,
        asked: &Asked,
        known: &Known<'_>,
    ) -> Result<Fields, Refusal> {
        let law: &RuleSet = known.registry.law();
        let roster = Roster::of(known.registry);
        let units = u32::try_from(roster.units().len()).map_err(|_| Refusal::OtherRoster)?;
        match asked {
            Asked::Plan { purpose, place, repair, budget } => {
                if repair.is_some() && known.verified.as_ref() != Some(place) {
                    return Err(Refusal::PlaceNotVerified);
                }
                let (purpose, place, repair) = (purpose.clone(), place.clone(), *repair);
                let (budget, hash) = (*budget, roster.hash());
                let fields = ProjectFields { purpose, place, repair, budget, units, roster: hash };
                rules::check_project(author, &fields, Some(&roster))?;
                Ok(Fields::Project(fields))
            }
            Asked::Share { quarter, to_fund, to_committee, decision } => {
                let ledger = known.ledger.ok_or(Refusal::NotYours)?;
                let low = ledger.fund_is_low(&law.money).ok_or(Refusal::BadSum)?;
                let (quarter, decision, roster) = (*quarter, *decision, roster.hash());
                let (to_fund, to_committee) = (*to_fund, *to_committee);
                let fields =
                    SplitFields { quarter, to_fund, to_committee, low, decision, units, roster };
                match rules::check_split(self, author, &fields, law) {
                    // What is here is all there is for who asks.
                    Err(Refusal::Unknown) => Err(Refusal::BadSum),
                    checked => checked.map(|()| Fields::Split(fields)),
                }
            }
            Asked::Approve(_)
            | Asked::Urge { .. }
            | Asked::Cosign { .. }
            | Asked::Spend { .. }
            | Asked::Earn(_)
            | Asked::Pay(_)
            | Asked::SignMonth { .. }
            | Asked::ConfirmMonth { .. } => Err(Refusal::Unreadable),
        }
    }
}
