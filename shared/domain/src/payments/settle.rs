//! What a payment settles: the payer's choice first, else the order of the law.

use std::collections::BTreeSet;

use crate::{
    kernel::{Day, Fen, shares},
    law::SettleOrder,
};

/// Something that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// What it is called, such as `2026-03`.
    pub id: String,
    /// When it was due.
    pub due: Day,
    /// What is owed of the bill itself.
    pub principal: Fen,
    /// What is owed for lateness.
    pub late: Fen,
}

/// What a payment did to a debt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The debt.
    pub id: String,
    /// Paid of the late fee.
    pub late_paid: Fen,
    /// Paid of the principal.
    pub principal_paid: Fen,
    /// Left of the late fee.
    pub late_left: Fen,
    /// Left of the principal.
    pub principal_left: Fen,
}

/// What a payment did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The debts, as they were given.
    pub debts: Vec<Settled>,
    /// What is left over: the payer's credit.
    pub credit: Fen,
}

/// Why nothing was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSettled {
    /// Less than nothing is paid.
    NegativePayment,
    /// Less than nothing is owed.
    NegativeDebt(String),
    /// Two debts have one id.
    Twice(String),
    /// The payer chose what is not owed.
    NoSuchDebt(String),
    /// The sum of what is owed cannot be held.
    TooLarge,
}

/// Settles debts by a payment.
///
/// The payer's own choice comes first (Civil Code 560, first paragraph); what is more than that goes on
/// as if nothing were chosen. Without a choice the oldest due day comes first, and debts of one day are
/// paid in proportion, ties by how they were given (Civil Code 560, second paragraph; the fees of one
/// home are secured alike and weigh alike). Of each debt the late fee comes before the principal (Civil
/// Code 561), unless the contract says principal first. What is paid and what is left over sum to the
/// payment.
///
/// # Errors
/// [`NotSettled`].
pub fn settle(
    debts: &[Debt],
    payment: Fen,
    order: SettleOrder,
    choice: Option<&str>,
) -> Result<Settlement, NotSettled> {
    check(debts, payment)?;
    let chosen = match choice {
        None => None,
        Some(id) => {
            let at = debts.iter().position(|debt| debt.id == id);
            Some(at.ok_or_else(|| NotSettled::NoSuchDebt(id.to_owned()))?)
        }
    };
    let sums = |debt: &Debt| Due { due: debt.due, principal: debt.principal, late: debt.late };
    let sums: Vec<Due> = debts.iter().map(sums).collect();
    let (paid, credit) = pay_off(&sums, payment, order, chosen).ok_or(NotSettled::TooLarge)?;
    let settled = debts.iter().zip(paid).map(|(debt, paid)| {
        Some(Settled {
            id: debt.id.clone(),
            late_paid: paid.late,
            principal_paid: paid.principal,
            late_left: debt.late.minus(paid.late)?,
            principal_left: debt.principal.minus(paid.principal)?,
        })
    });
    let debts = settled.collect::<Option<_>>().ok_or(NotSettled::TooLarge)?;
    Ok(Settlement { debts, credit })
}

/// Something that is owed, known by its place among others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    /// When it was due.
    pub(super) due: Day,
    /// What is owed of the bill itself.
    pub(super) principal: Fen,
    /// What is owed for lateness.
    pub(super) late: Fen,
}

/// What is paid of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paid {
    /// Of the late fee.
    pub(super) late: Fen,
    /// Of the principal.
    pub(super) principal: Fen,
}

/// Pays what is owed, in the order of [`settle`]; returns what is paid of each, and what is left over.
/// `None` where a sum cannot be held, or is less than nothing.
pub(super) fn pay_off(
    dues: &[Due],
    payment: Fen,
    order: SettleOrder,
    chosen: Option<usize>,
) -> Option<(Vec<Paid>, Fen)> {
    let negative = |due: &Due| due.principal < Fen::ZERO || due.late < Fen::ZERO;
    let mut sum = Fen::ZERO;
    for due in dues {
        sum = sum.plus(owed(due)?)?;
    }
    if payment < Fen::ZERO || dues.iter().any(negative) {
        return None;
    }
    // Most homes owe one thing: nothing has to be put in turn.
    if let [due] = dues {
        let part = sum.min(payment);
        return Some((vec![divide(due, part, order)?], payment.minus(part)?));
    }
    let mut parts: Vec<Fen> = vec![Fen::ZERO; dues.len()];
    let mut left = payment;
    for turn in turns(dues, chosen) {
        let owed: Vec<Fen> = turn.iter().filter_map(|at| owed(dues.get(*at)?)).collect();
        for (at, part) in turn.iter().zip(pay(&owed, left)?) {
            left = left.minus(part)?;
            if let Some(at) = parts.get_mut(*at) {
                *at = part;
            }
        }
    }
    let paid = dues.iter().zip(parts).map(|(due, part)| divide(due, part, order));
    Some((paid.collect::<Option<_>>()?, left))
}

fn check(debts: &[Debt], payment: Fen) -> Result<(), NotSettled> {
    if payment < Fen::ZERO {
        return Err(NotSettled::NegativePayment);
    }
    let mut ids = BTreeSet::new();
    for debt in debts {
        if debt.principal < Fen::ZERO || debt.late < Fen::ZERO {
            return Err(NotSettled::NegativeDebt(debt.id.clone()));
        }
        if !ids.insert(&debt.id) {
            return Err(NotSettled::Twice(debt.id.clone()));
        }
    }
    Ok(())
}

fn owed(due: &Due) -> Option<Fen> {
    due.principal.plus(due.late)
}

/// Puts what is owed in turns: the chosen one, then by due day, what is of one day together.
fn turns(dues: &[Due], chosen: Option<usize>) -> Vec<Vec<usize>> {
    let mut rest: Vec<(Day, usize)> = dues
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != chosen)
        .map(|(at, due)| (due.due, at))
        .collect();
    rest.sort();
    let mut turns: Vec<Vec<usize>> = chosen.into_iter().map(|at| vec![at]).collect();
    for day in rest.chunk_by(|(one, _), (other, _)| one == other) {
        turns.push(day.iter().map(|(_, at)| *at).collect());
    }
    turns
}

/// Pays what is owed of one day: all of it, or in proportion.
fn pay(owed: &[Fen], payment: Fen) -> Option<Vec<Fen>> {
    if payment >= Fen::sum(owed.iter().copied())? {
        return Some(owed.to_vec());
    }
    let weights = owed.iter().map(|owed| u64::try_from(owed.get()).ok());
    // Less is paid than is owed, so no share is more than its debt.
    shares(payment, &weights.collect::<Option<Vec<u64>>>()?)
}

/// Divides what is paid of one debt between late fee and principal.
fn divide(due: &Due, part: Fen, order: SettleOrder) -> Option<Paid> {
    Some(match order {
        SettleOrder::Code | SettleOrder::LateFirst => {
            let late = part.min(due.late);
            Paid { late, principal: part.minus(late)? }
        }
        SettleOrder::PrincipalFirst => {
            let principal = part.min(due.principal);
            Paid { late: part.minus(principal)?, principal }
        }
    })
}
