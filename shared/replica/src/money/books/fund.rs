//! Pages of what the owners have together: fund, common income, what the committee spends.

use linli_domain::{
    kernel::{Fen, Moment, Month, UnitCode},
    law::RuleSet,
    payments::{
        CommonIncomeFields, ExpenseFields, Refusal, SplitFields,
        ledger::SubAccount,
        treasury::{Entered, Project},
    },
};
use linli_wire::FactId;

use super::{Book, BookPage, Kept};
use crate::{ReplicaError, replica::Replica, store::Store};

/// The maintenance fund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FundPage {
    /// All sub-accounts together; only where all homes are known.
    pub whole: Option<SubAccount>,
    /// Whether it is below its low line; likewise.
    pub low: bool,
    /// Building by building; likewise.
    pub buildings: Vec<(String, SubAccount)>,
    /// The sub-accounts of this person's homes, with what is to be paid in to reach the share that the rules ask
    /// for; nothing above the low line.
    pub own: Vec<(UnitCode, SubAccount, Fen)>,
    /// Projects, the newest first.
    pub projects: Vec<Project>,
    /// Why facts of fund, common income and committee do not count.
    pub refused: Vec<Refusal>,
}

/// The sub-accounts of a building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsPage {
    /// The building.
    pub building: String,
    /// Unit by unit, with what is to be paid in as of [`FundPage::own`].
    pub units: Vec<(UnitCode, SubAccount, Fen)>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectPage {
    /// All of it.
    pub project: Project,
    /// What was paid.
    pub paid: Fen,
    /// Whether its accounts have to be audited.
    pub audit: bool,
    /// What this person's homes bear of what was paid, or else of what it may cost.
    pub shares: Vec<(UnitCode, Fen)>,
}

/// Common income.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommonPage {
    /// What there is of it, neither spent nor shared out.
    pub left: Fen,
    /// The newest quarter first.
    pub quarters: Vec<QuarterPage>,
}

/// Common income of a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterPage {
    /// Its first month.
    pub quarter: Month,
    /// What came in, less what it cost.
    pub net: Fen,
    /// By source.
    pub incomes: Vec<Entered<CommonIncomeFields>>,
    /// What became of it, the earliest first.
    pub splits: Vec<Entered<SplitFields>>,
}

/// What the committee spends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitteePage {
    /// What it got.
    pub got: Fen,
    /// What it spent.
    pub spent: Fen,
    /// What for, the newest first.
    pub expenses: Vec<Entered<ExpenseFields>>,
}

fn added(sum: SubAccount, other: &SubAccount) -> Option<SubAccount> {
    Some(SubAccount {
        first: sum.first.plus(other.first)?,
        balance: sum.balance.plus(other.balance)?,
        owed: sum.owed.plus(other.owed)?,
    })
}

/// What is to be paid in below the low line (Maintenance Fund Measures 17).
fn to_pay_in(sub: &SubAccount, law: &RuleSet) -> Option<Fen> {
    let low = sub.fund().is_low(&law.money);
    if low { sub.fund().missing_to(law.money.fund_topup) } else { Some(Fen::ZERO) }
}

impl Kept {
    fn fund_page(&self, law: &RuleSet) -> Option<FundPage> {
        let mut page = FundPage { refused: self.refusals(), ..FundPage::default() };
        for (unit, sub) in &self.ledger.sub_accounts {
            if self.own.contains(unit) {
                page.own.push((unit.clone(), *sub, to_pay_in(sub, law)?));
            }
            if self.is_whole() {
                page.whole = Some(added(page.whole.unwrap_or_default(), sub)?);
                match page.buildings.last_mut().filter(|(last, _)| last == unit.building()) {
                    Some((_, sum)) => *sum = added(*sum, sub)?,
                    None => page.buildings.push((unit.building().to_owned(), *sub)),
                }
            }
        }
        page.low = page.whole.is_some() && self.ledger.fund_is_low(&law.money)?;
        page.projects = self.treasury.projects.values().cloned().collect();
        page.projects.sort_by_key(|project| std::cmp::Reverse(project.opened.when));
        Some(page)
    }

    fn refusals(&self) -> Vec<Refusal> {
        let refused = self.treasury.refused.iter().map(|(_, refusal)| *refusal);
        refused.chain(self.treasury.waiting.iter().map(|_| Refusal::Unknown)).collect()
    }

    fn units_page(&self, building: &str, law: &RuleSet) -> Option<UnitsPage> {
        let subs = self.ledger.sub_accounts.iter().filter(|(unit, _)| unit.building() == building);
        let shown = subs.filter(|(unit, _)| self.shows(Some(unit)));
        let units = shown.map(|(unit, sub)| Some((unit.clone(), *sub, to_pay_in(sub, law)?)));
        Some(UnitsPage { building: building.to_owned(), units: units.collect::<Option<_>>()? })
    }

    fn project_page(&self, id: &FactId, law: &RuleSet) -> Option<ProjectPage> {
        let project = self.treasury.projects.get(id)?.clone();
        let paid = project.total()?;
        let shares = project.charged()?.into_iter();
        let shares = shares.filter(|(unit, _)| self.own.contains(unit));
        let shares = shares.map(|(unit, share)| (unit.clone(), share)).collect();
        Some(ProjectPage { paid, audit: project.needs_audit(law), shares, project })
    }

    fn common_page(&self) -> Option<CommonPage> {
        let (incomes, splits) = (&self.treasury.incomes, &self.treasury.splits);
        let mut page = CommonPage::default();
        for quarter in self.treasury.quarters().into_iter().rev() {
            let of = incomes.values().filter(|income| income.fields.quarter == quarter);
            let mut incomes: Vec<_> = of.cloned().collect();
            incomes.sort_by_key(|income| (income.fields.source, income.when));
            let net = self.treasury.net_of(quarter)?;
            let of = splits.values().filter(|split| split.entered.fields.quarter == quarter);
            let mut of_quarter: Vec<_> = of.map(|split| split.entered.clone()).collect();
            of_quarter.sort_by_key(|split| (split.when, split.id));
            let (to_fund, to_committee) = self.treasury.shared_of(quarter)?;
            page.left = page.left.plus(net)?.minus(to_fund)?.minus(to_committee)?;
            page.quarters.push(QuarterPage { quarter, net, incomes, splits: of_quarter });
        }
        Some(page)
    }

    fn committee_page(&self) -> Option<CommitteePage> {
        let got = self.treasury.splits.values().map(|split| split.entered.fields.to_committee);
        let got = Fen::sum(got)?;
        let mut expenses: Vec<_> = self.treasury.expenses.values().cloned().collect();
        expenses.sort_by_key(|expense| std::cmp::Reverse(expense.when));
        let spent = Fen::sum(expenses.iter().map(|expense| expense.fields.amount))?;
        Some(CommitteePage { got, spent, expenses })
    }
}

impl<S: Store> Replica<S> {
    /// Makes a page of the books; nothing where there is none that this person may read.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn book_page(
        &self,
        book: &Book,
        kept: &Kept,
        now: Moment,
    ) -> Result<Option<BookPage>, ReplicaError> {
        let law = self.member()?.current.law();
        Ok(match book {
            Book::Ledger => kept.ledger_page().map(BookPage::Ledger),
            Book::Account(name, quarter) => {
                kept.account_page(name, *quarter).map(BookPage::Account)
            }
            Book::Entry(fact) => self.entry_page(kept, fact, now)?.map(BookPage::Entry),
            Book::Fund => kept.fund_page(law).map(BookPage::Fund),
            Book::Units(building) => kept.units_page(building, law).map(BookPage::Units),
            Book::Project(id) => {
                kept.project_page(id, law).map(|page| BookPage::Project(Box::new(page)))
            }
            Book::Common => kept.common_page().map(BookPage::Common),
            Book::Committee => kept.committee_page().map(BookPage::Committee),
        })
    }
}
