//! What of the treasury counts: the checks that both doors share, and what each fact changes.

use std::collections::BTreeSet;

use linli_wire::FactId;

use super::{Approval, Cosigned, Entered, Project, Split, Treasury, balances};
use crate::{
    kernel::{
        AreaDm2, Attachment, AttachmentKind, Author, Fen, Moment, Month, Position, UnitCode,
        Written,
    },
    law::RuleSet,
    payments::{
        ApprovedFields, CommonIncomeFields, EmergencyFields, ExpenseFields, Fields, ProjectFields,
        Refusal, SpentFields, SplitFields,
        account::{check_proof, check_reference, check_sum},
        books::Roster,
        check_text, rights,
    },
    repairs::Place,
};

/// Registers of so many units.
type Rosters<'a> = dyn FnMut(u32) -> Option<Roster> + 'a;

/// Takes a fact.
///
/// # Errors
/// [`Refusal::Unknown`] and [`Refusal::NotApproved`] where something it builds on is not here yet, any other
/// for good.
pub(super) fn take(
    treasury: &mut Treasury,
    fact: &Written,
    law: &RuleSet,
    rosters: &mut Rosters<'_>,
) -> Result<(), Refusal> {
    let author = &fact.author;
    match Fields::of(&fact.fact).ok_or(Refusal::Unreadable)? {
        Fields::Project(fields) => take_project(treasury, fact, fields, law, rosters),
        Fields::Approved(fields) => {
            let project = check_approved(treasury, author, &fields)?;
            let approval = approval(fact, fields.budget, None);
            treasury.project_mut(&project)?.approvals.insert(fact.id, approval);
            Ok(())
        }
        Fields::Emergency(fields) => {
            let budget = check_emergency(treasury, author, &fields)?;
            let approval = approval(fact, budget, Some(fields.cause));
            treasury.project_mut(&fields.project)?.approvals.insert(fact.id, approval);
            Ok(())
        }
        Fields::Cosigned(fields) => take_cosigned(treasury, fact, &fields.to, law),
        Fields::Spent(fields) => {
            check_spent(treasury, author, fact.place, &fields, law)?;
            let project = fields.project;
            let spent = entered(fact, fields, law);
            treasury.project_mut(&project)?.spent.insert(fact.id, spent);
            Ok(())
        }
        Fields::Income(fields) => {
            check_income(author, &fields)?;
            treasury.incomes.insert(fact.id, entered(fact, fields, law));
            Ok(())
        }
        Fields::Split(fields) => {
            check_split(treasury, author, &fields, law)?;
            let roster = rosters(fields.units).filter(|roster| roster.hash() == fields.roster);
            let units = payers(&roster.ok_or(Refusal::OtherRoster)?, &Place::Community);
            let entered = entered(fact, fields, law);
            treasury.splits.insert(fact.id, Split { entered, units });
            Ok(())
        }
        Fields::Expense(fields) => {
            check_expense(author, &fields)?;
            treasury.expenses.insert(fact.id, entered(fact, fields, law));
            Ok(())
        }
        Fields::Balances(fields) => balances::take(treasury, fact, fields, law),
        Fields::BalancesConfirmed(fields) => balances::confirm(treasury, fact, &fields.to, law),
        Fields::Tariff(_)
        | Fields::Run(_)
        | Fields::Withdrawal(_)
        | Fields::WithdrawalAgreed(_)
        | Fields::Bill(_)
        | Fields::Receipt(_)
        | Fields::Void(_)
        | Fields::Refund(_)
        | Fields::Agreed(_)
        | Fields::Acknowledged(_)
        | Fields::Demand(_)
        | Fields::Credit(_)
        | Fields::Round(_)
        | Fields::Visited(_)
        | Fields::Counted(_)
        | Fields::Recounted(_)
        | Fields::Taken(_)
        | Fields::Banked(_)
        | Fields::FundPaid(_)
        | Fields::Deposit(_)
        | Fields::DepositReturned(_) => Err(Refusal::Unreadable),
    }
}

impl Treasury {
    fn project_mut(&mut self, id: &FactId) -> Result<&mut Project, Refusal> {
        self.projects.get_mut(id).ok_or(Refusal::Unknown)
    }

    fn project(&self, id: &FactId) -> Result<&Project, Refusal> {
        self.projects.get(id).ok_or(Refusal::Unknown)
    }
}

pub(super) fn when(fact: &Written, law: &RuleSet) -> Moment {
    fact.when(Moment(i64::MIN), law.repairs.late_sync_days_max)
}

pub(super) fn entered<T>(fact: &Written, fields: T, law: &RuleSet) -> Entered<T> {
    let (id, author, place) = (fact.id, fact.author.clone(), fact.place);
    Entered { id, fields, author, when: when(fact, law), place }
}

fn approval(
    fact: &Written,
    budget: Fen,
    emergency: Option<crate::payments::Emergency>,
) -> Approval {
    Approval { id: fact.id, budget, author: fact.author.clone(), emergency, cosigned: None }
}

fn take_project(
    treasury: &mut Treasury,
    fact: &Written,
    fields: ProjectFields,
    law: &RuleSet,
    rosters: &mut Rosters<'_>,
) -> Result<(), Refusal> {
    let roster = rosters(fields.units);
    let payers = check_project(&fact.author, &fields, roster.as_ref())?;
    let opened = entered(fact, fields, law);
    let (approvals, spent) = Default::default();
    treasury.projects.insert(fact.id, Project { opened, payers, approvals, spent });
    Ok(())
}

/// Checks a project, and finds who shares its cost.
pub(super) fn check_project(
    author: &Author,
    fields: &ProjectFields,
    roster: Option<&Roster>,
) -> Result<Vec<(UnitCode, AreaDm2)>, Refusal> {
    if !rights::runs(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.budget)?;
    check_text(&fields.purpose)?;
    let roster = roster.filter(|roster| roster.hash() == fields.roster);
    let payers = payers(roster.ok_or(Refusal::OtherRoster)?, &fields.place);
    if payers.is_empty() { Err(Refusal::PlaceNotVerified) } else { Ok(payers) }
}

/// The units that have a part in a place; nobody shares what lies inside a home.
fn payers(roster: &Roster, place: &Place) -> Vec<(UnitCode, AreaDm2)> {
    let shares = |code: &UnitCode| match place {
        Place::Home(_) => false,
        Place::Stair { building, stair } => code.building() == building && code.stair() == *stair,
        Place::Building(building) => code.building() == building,
        Place::Community => true,
    };
    let units = roster.codes().zip(roster.units());
    units.filter(|(code, _)| shares(code)).map(|(code, unit)| (code.clone(), unit.area)).collect()
}

/// Checks an approval, and returns its project.
pub(super) fn check_approved(
    treasury: &Treasury,
    author: &Author,
    fields: &ApprovedFields,
) -> Result<FactId, Refusal> {
    treasury.project(&fields.project)?;
    if !rights::decides(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.budget)?;
    Ok(fields.project)
}

/// Checks an emergency, and returns what may be spent: what the project asked for.
pub(super) fn check_emergency(
    treasury: &Treasury,
    author: &Author,
    fields: &EmergencyFields,
) -> Result<Fen, Refusal> {
    let project = treasury.project(&fields.project)?;
    let may = rights::runs(author);
    if may { Ok(project.opened.fields.budget) } else { Err(Refusal::NotYours) }
}

/// An approval takes the committee and an auditor; an emergency somebody of the committee and another person of
/// the office, or an auditor.
pub(super) fn check_cosigned(
    treasury: &Treasury,
    author: &Author,
    to: &FactId,
) -> Result<(), Refusal> {
    let approval = treasury.asked(to).ok_or(Refusal::Unknown)?;
    let first = rights::decides(&approval.author);
    let may = match approval.emergency {
        None => rights::audits(author),
        Some(_) => {
            rights::decides(author) || first && (rights::runs(author) || rights::audits(author))
        }
    };
    match may {
        false => Err(Refusal::NotYours),
        true if author.person == approval.author.person => Err(Refusal::SamePerson),
        true => Ok(()),
    }
}

fn take_cosigned(
    treasury: &mut Treasury,
    fact: &Written,
    to: &FactId,
    law: &RuleSet,
) -> Result<(), Refusal> {
    check_cosigned(treasury, &fact.author, to)?;
    let (id, by, place) = (fact.id, fact.author.person, fact.place);
    let cosigned = Cosigned { id, by, when: when(fact, law), place };
    let mut approvals = treasury.projects.values_mut().map(|project| &mut project.approvals);
    if let Some(approval) = approvals.find_map(|approvals| approvals.get_mut(to)) {
        approval.cosigned.get_or_insert(cosigned);
    }
    Ok(())
}

/// Spends what was approved before, within the over-run that the rules allow (Hangzhou 72: 10 %).
pub(super) fn check_spent(
    treasury: &Treasury,
    author: &Author,
    place: Option<Position>,
    fields: &SpentFields,
    law: &RuleSet,
) -> Result<(), Refusal> {
    let project = treasury.project(&fields.project)?;
    if !rights::decides(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_reference(&fields.invoice)?;
    check_vouchers(&fields.proof)?;
    let before = |signed: &Cosigned| match (signed.place, place) {
        (Some(signed), Some(spent)) => signed < spent,
        (None, _) | (_, None) => true,
    };
    let approved = project.approvals.values();
    let approved = approved.filter(|approval| approval.cosigned.as_ref().is_some_and(before));
    let budget = approved.map(|approval| approval.budget).max().ok_or(Refusal::NotApproved)?;
    let total = project.total().and_then(|total| total.plus(fields.amount));
    let total = i128::from(total.ok_or(Refusal::BadSum)?.get());
    let over = law.money.overrun;
    let (above, below) = (i128::from(over.numerator()), i128::from(over.denominator()));
    // Compared exactly: total ≤ budget × (1 + overrun).
    let most = below.checked_add(above).and_then(|sum| sum.checked_mul(budget.get().into()));
    let within = most.zip(total.checked_mul(below)).is_some_and(|(most, total)| total <= most);
    if within { Ok(()) } else { Err(Refusal::OverBudget) }
}

/// What is spent is shown by a photo of its invoice.
fn check_vouchers(proof: &[Attachment]) -> Result<(), Refusal> {
    let is_shown = proof.iter().any(|one| one.kind == AttachmentKind::Photo);
    if is_shown { check_proof(proof) } else { Err(Refusal::BadAttachment) }
}

pub(super) fn check_income(author: &Author, fields: &CommonIncomeFields) -> Result<(), Refusal> {
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    check_quarter(fields.quarter)?;
    check_sum(fields.amount)?;
    if fields.cost < Fen::ZERO || fields.cost > fields.amount {
        return Err(Refusal::BadSum);
    }
    check_reference(&fields.voucher)?;
    check_proof(&fields.proof)
}

fn check_quarter(quarter: Month) -> Result<(), Refusal> {
    if quarter.first().is_some() && quarter == quarter.quarter() {
        Ok(())
    } else {
        Err(Refusal::BadTime)
    }
}

/// No more is shared out than came in; below its low line the fund gets its least share (Beijing 74,
/// Shanghai 51; the RuleSet's `common_to_fund`).
pub(super) fn check_split(
    treasury: &Treasury,
    author: &Author,
    fields: &SplitFields,
    law: &RuleSet,
) -> Result<(), Refusal> {
    if !rights::decides(author) {
        return Err(Refusal::NotYours);
    }
    check_quarter(fields.quarter)?;
    let (to_fund, to_committee) = treasury.shared_of(fields.quarter).ok_or(Refusal::BadSum)?;
    let before = to_fund.plus(to_committee).ok_or(Refusal::BadSum)?;
    let net = treasury.net_of(fields.quarter).ok_or(Refusal::BadSum)?;
    let out = fields.to_fund.plus(fields.to_committee).ok_or(Refusal::BadSum)?;
    let positive = fields.to_fund >= Fen::ZERO && fields.to_committee >= Fen::ZERO;
    if !positive || out == Fen::ZERO {
        return Err(Refusal::BadSum);
    }
    if before > Fen::ZERO && before >= net {
        return Err(Refusal::AlreadySplit);
    }
    if before.plus(out).is_none_or(|all| all > net) {
        // Income may not be here yet.
        return Err(Refusal::Unknown);
    }
    let least = law.money.common_to_fund;
    let to_fund = to_fund.plus(fields.to_fund).ok_or(Refusal::BadSum)?;
    let given = i128::from(to_fund.get()) * i128::from(least.denominator());
    let enough = given >= i128::from(net.get()) * i128::from(least.numerator());
    if fields.low && !enough { Err(Refusal::TooLittleToFund) } else { Ok(()) }
}

impl Treasury {
    /// Returns the quarters in which something came in.
    #[must_use]
    pub fn quarters(&self) -> BTreeSet<Month> {
        self.incomes.values().map(|income| income.fields.quarter).collect()
    }

    /// Returns what of a quarter was shared out already: to the fund, and to the committee. What came in after
    /// a first split is shared by a further one.
    #[must_use]
    pub fn shared_of(&self, quarter: Month) -> Option<(Fen, Fen)> {
        let of = self.splits.values().map(|split| &split.entered.fields);
        let of = of.filter(|fields| fields.quarter == quarter);
        of.into_iter().try_fold((Fen::ZERO, Fen::ZERO), |(fund, committee), fields| {
            Some((fund.plus(fields.to_fund)?, committee.plus(fields.to_committee)?))
        })
    }

    /// Returns what came in in a quarter less its cost.
    #[must_use]
    pub fn net_of(&self, quarter: Month) -> Option<Fen> {
        let of = self.incomes.values().filter(|income| income.fields.quarter == quarter);
        of.into_iter().try_fold(Fen::ZERO, |sum, income| {
            sum.plus(income.fields.amount)?.minus(income.fields.cost)
        })
    }
}

pub(super) fn check_expense(author: &Author, fields: &ExpenseFields) -> Result<(), Refusal> {
    if !rights::decides(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_text(&fields.purpose)?;
    check_reference(&fields.invoice)?;
    check_vouchers(&fields.proof)
}
