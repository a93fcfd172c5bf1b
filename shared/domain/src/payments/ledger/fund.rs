//! The owners' common money: maintenance fund, common income, committee; and deposits.

use linli_wire::FactId;

use super::{LedgerAccount, LedgerProblem, Memo, Sources, build::Build};
use crate::{
    kernel::{Fen, Moment, UnitCode},
    payments::{
        Account, Fund, SpentFields, account,
        treasury::{Entered, Project, Split, by_area},
    },
};

/// What moves sub-accounts, in time.
enum Move<'a> {
    Paid(&'a account::FundPaid),
    Split(&'a Split),
    Spent(&'a Project, &'a Entered<SpentFields>),
}

/// Takes all of it.
pub(super) fn take(build: &mut Build, sources: &Sources<'_>) -> Option<()> {
    take_common(build, sources)?;
    for account in sources.accounts {
        take_deposits(build, account)?;
    }
    let mut money = Fen::ZERO;
    for (when, _, fact, moved) in moves(sources) {
        match moved {
            Move::Paid(paid) => {
                money = money.plus(paid.fields.amount)?;
                take_paid(build, paid)?;
            }
            Move::Split(split) => {
                money = money.plus(split.entered.fields.to_fund)?;
                take_split(build, sources, split)?;
            }
            Move::Spent(project, spent) => {
                money = money.minus(spent.fields.amount)?;
                take_spent(build, project, spent, when)?;
                if money < Fen::ZERO {
                    build.problem(LedgerProblem::Overdrawn { fact });
                }
            }
        }
    }
    for project in sources.treasury.projects.values() {
        for approval in project.approvals.values() {
            if approval.emergency.is_none() && approval.cosigned.is_some() {
                build.problem(LedgerProblem::Provisional { fact: approval.id });
            }
        }
    }
    Some(())
}

fn moves<'a>(sources: &Sources<'a>) -> Vec<(Moment, u8, FactId, Move<'a>)> {
    let mut moves = Vec::new();
    for paid in sources.accounts.iter().flat_map(|account| account.fund_paid.values()) {
        moves.push((paid.when, 0, paid.id, Move::Paid(paid)));
    }
    for split in sources.treasury.splits.values() {
        moves.push((split.entered.when, 1, split.entered.id, Move::Split(split)));
    }
    for project in sources.treasury.projects.values() {
        for spent in project.spent.values() {
            moves.push((spent.when, 2, spent.id, Move::Spent(project, spent)));
        }
    }
    moves.sort_by_key(|(when, rank, id, _)| (*when, *rank, *id));
    moves
}

fn take_paid(build: &mut Build, paid: &account::FundPaid) -> Option<()> {
    let (unit, amount) = (&paid.fields.unit, paid.fields.amount);
    if paid.fields.first {
        let sub = build.sub_accounts.entry(unit.clone()).or_default();
        sub.first = sub.first.plus(amount)?;
    }
    let money = build.account(LedgerAccount::FundMoney)?;
    let mut postings = vec![(money, amount)];
    postings.extend(credit(build, unit, amount)?);
    build.enter(paid.id, paid.when, Memo::FundPaid, &postings)
}

/// Puts a sum to a unit: what it owes comes first, the rest goes into its sub-account.
fn credit(build: &mut Build, unit: &UnitCode, amount: Fen) -> Option<Vec<(u32, Fen)>> {
    let sub = build.sub_accounts.entry(unit.clone()).or_default();
    let settled = sub.owed.min(amount);
    let kept = amount.minus(settled)?;
    sub.owed = sub.owed.minus(settled)?;
    sub.balance = sub.balance.plus(kept)?;
    let mut postings = Vec::new();
    if settled > Fen::ZERO {
        let owed = build.account(LedgerAccount::FundOwed(unit.clone()))?;
        postings.push((owed, Fen::ZERO.minus(settled)?));
    }
    if kept > Fen::ZERO {
        let share = build.account(LedgerAccount::FundShare(unit.clone()))?;
        postings.push((share, Fen::ZERO.minus(kept)?));
    }
    Some(postings)
}

/// Each sub-account pays its share as far as it goes; the rest is owed by its unit.
fn take_spent(
    build: &mut Build,
    project: &Project,
    spent: &Entered<SpentFields>,
    when: Moment,
) -> Option<()> {
    let amount = spent.fields.amount;
    let money = build.account(LedgerAccount::FundMoney)?;
    let mut postings = vec![(money, Fen::ZERO.minus(amount)?)];
    for (unit, share) in project.shares(amount)? {
        let sub = build.sub_accounts.entry(unit.clone()).or_default();
        let paid = sub.balance.min(share);
        let lacking = share.minus(paid)?;
        sub.balance = sub.balance.minus(paid)?;
        sub.owed = sub.owed.plus(lacking)?;
        if paid > Fen::ZERO {
            postings.push((build.account(LedgerAccount::FundShare(unit.clone()))?, paid));
        }
        if lacking > Fen::ZERO {
            postings.push((build.account(LedgerAccount::FundOwed(unit.clone()))?, lacking));
        }
    }
    build.enter(spent.id, when, Memo::Spent, &postings)
}

/// One entry, even in each of the three funds.
fn take_split(build: &mut Build, sources: &Sources<'_>, split: &Split) -> Option<()> {
    let fields = &split.entered.fields;
    let before: Vec<Fund> = build.sub_accounts.values().map(super::SubAccount::fund).collect();
    let deposit = Fen::sum(before.iter().map(|fund| fund.deposit))?;
    let balance = Fen::sum(before.iter().map(|fund| fund.balance))?;
    if (Fund { deposit, balance }).is_low(&sources.law.money) != fields.low {
        build.problem(LedgerProblem::OtherLow { fact: split.entered.id });
    }
    let out = fields.to_fund.plus(fields.to_committee)?;
    let mut postings = vec![
        (build.account(LedgerAccount::CommonMoney)?, Fen::ZERO.minus(out)?),
        (build.account(LedgerAccount::CommonShared)?, out),
        (build.account(LedgerAccount::CommitteeMoney)?, fields.to_committee),
        (build.account(LedgerAccount::CommitteeGot)?, Fen::ZERO.minus(fields.to_committee)?),
        (build.account(LedgerAccount::FundMoney)?, fields.to_fund),
    ];
    for (unit, share) in by_area(fields.to_fund, &split.units)? {
        postings.extend(credit(build, unit, share)?);
    }
    build.enter(split.entered.id, split.entered.when, Memo::CommonSplit, &postings)
}

fn take_common(build: &mut Build, sources: &Sources<'_>) -> Option<()> {
    for income in sources.treasury.incomes.values() {
        let (source, amount, cost) =
            (income.fields.source, income.fields.amount, income.fields.cost);
        let postings = [
            (build.account(LedgerAccount::CommonMoney)?, amount.minus(cost)?),
            (build.account(LedgerAccount::CommonCost(source))?, cost),
            (build.account(LedgerAccount::CommonIncome(source))?, Fen::ZERO.minus(amount)?),
        ];
        build.enter(income.id, income.when, Memo::CommonIncome, &postings)?;
    }
    for expense in sources.treasury.expenses.values() {
        let amount = expense.fields.amount;
        let postings = [
            (build.account(LedgerAccount::CommitteeSpent)?, amount),
            (build.account(LedgerAccount::CommitteeMoney)?, Fen::ZERO.minus(amount)?),
        ];
        build.enter(expense.id, expense.when, Memo::Expense, &postings)?;
    }
    Some(())
}

fn take_deposits(build: &mut Build, account: &Account) -> Option<()> {
    for deposit in account.deposits.values() {
        let money = build.account(LedgerAccount::DepositMoney)?;
        let held = build.account(LedgerAccount::Deposit(account.unit.clone()))?;
        let amount = deposit.fields.amount;
        let postings = [(money, amount), (held, Fen::ZERO.minus(amount)?)];
        build.enter(deposit.id, deposit.when, Memo::DepositTaken, &postings)?;
        for (fact, (amount, when)) in &deposit.returned {
            let postings = [(held, *amount), (money, Fen::ZERO.minus(*amount)?)];
            build.enter(*fact, *when, Memo::DepositReturned, &postings)?;
        }
    }
    Some(())
}
