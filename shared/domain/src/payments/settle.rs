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
    // Most homes owe one thing: nothing has to be put in turn.
    if let [debt] = debts {
        let paid = owed(debt).ok_or(NotSettled::TooLarge)?.min(payment);
        let credit = payment.minus(paid).ok_or(NotSettled::TooLarge)?;
        let settled = divide(debt, paid, order).ok_or(NotSettled::TooLarge)?;
        return Ok(Settlement { debts: vec![settled], credit });
    }
    let mut paid: Vec<Fen> = vec![Fen::ZERO; debts.len()];
    let mut left = payment;
    for group in turns(debts, chosen) {
        let owed: Vec<Fen> = group.iter().filter_map(|at| owed(debts.get(*at)?)).collect();
        let parts = pay(&owed, left).ok_or(NotSettled::TooLarge)?;
        for (at, part) in group.iter().zip(parts) {
            left = left.minus(part).ok_or(NotSettled::TooLarge)?;
            if let Some(paid) = paid.get_mut(*at) {
                *paid = part;
            }
        }
    }
    let settled = debts.iter().zip(paid).map(|(debt, paid)| divide(debt, paid, order));
    let debts = settled.collect::<Option<_>>().ok_or(NotSettled::TooLarge)?;
    Ok(Settlement { debts, credit: left })
}

fn check(debts: &[Debt], payment: Fen) -> Result<(), NotSettled> {
    if payment < Fen::ZERO {
        return Err(NotSettled::NegativePayment);
    }
    let (mut ids, mut sum) = (BTreeSet::new(), Fen::ZERO);
    for debt in debts {
        if debt.principal < Fen::ZERO || debt.late < Fen::ZERO {
            return Err(NotSettled::NegativeDebt(debt.id.clone()));
        }
        if debts.len() > 1 && !ids.insert(&debt.id) {
            return Err(NotSettled::Twice(debt.id.clone()));
        }
        sum = owed(debt).and_then(|owed| sum.plus(owed)).ok_or(NotSettled::TooLarge)?;
    }
    Ok(())
}

fn owed(debt: &Debt) -> Option<Fen> {
    debt.principal.plus(debt.late)
}

/// Puts debts in turns: the chosen one, then by due day, those of one day together.
fn turns(debts: &[Debt], chosen: Option<usize>) -> Vec<Vec<usize>> {
    let mut rest: Vec<(Day, usize)> = debts
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != chosen)
        .map(|(at, debt)| (debt.due, at))
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
fn divide(debt: &Debt, paid: Fen, order: SettleOrder) -> Option<Settled> {
    let (late_paid, principal_paid) = match order {
        SettleOrder::Code | SettleOrder::LateFirst => {
            let late = paid.min(debt.late);
            (late, paid.minus(late)?)
        }
        SettleOrder::PrincipalFirst => {
            let principal = paid.min(debt.principal);
            (paid.minus(principal)?, principal)
        }
    };
    Some(Settled {
        id: debt.id.clone(),
        late_paid,
        principal_paid,
        late_left: debt.late.minus(late_paid)?,
        principal_left: debt.principal.minus(principal_paid)?,
    })
}
