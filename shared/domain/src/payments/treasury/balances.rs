//! Balances at the end of a month: signed by finance and committee, recomputed by everybody who holds the
//! books.

use std::collections::BTreeMap;

use linli_wire::FactId;

use super::{Cosigned, Entered, Treasury, rules};
use crate::{
    kernel::{Author, Day, Fen, Month, Written},
    law::RuleSet,
    payments::{
        Balance, BalancesFields, Refusal,
        ledger::{Ledger, LedgerAccount},
        rights,
    },
};

/// Most balances of one fact: homes are summed up, so it is kinds of accounts, charges and collectors.
const BALANCES_MAX: usize = 120;

/// Balances that somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What was written.
    pub entered: Entered<BalancesFields>,
    /// The second person.
    pub confirmed: Option<Cosigned>,
}

pub(super) fn take(
    treasury: &mut Treasury,
    fact: &Written,
    fields: BalancesFields,
    law: &RuleSet,
) -> Result<(), Refusal> {
    check(&fact.author, &fields)?;
    let entered = rules::entered(fact, fields, law);
    treasury.balances.insert(fact.id, Signed { entered, confirmed: None });
    Ok(())
}

pub(super) fn check(author: &Author, fields: &BalancesFields) -> Result<(), Refusal> {
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    let ascending = fields
        .balances
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if one.account < next.account));
    let few = fields.balances.len() <= BALANCES_MAX;
    let sum = Fen::sum(fields.balances.iter().map(|balance| balance.amount));
    if ascending && few && sum == Some(Fen::ZERO) { Ok(()) } else { Err(Refusal::BadSum) }
}

/// Finance writes, the committee signs, or the other way round.
pub(super) fn check_confirmed(
    treasury: &Treasury,
    author: &Author,
    to: &FactId,
) -> Result<(), Refusal> {
    let first = &treasury.balances.get(to).ok_or(Refusal::Unknown)?.entered.author;
    let may = rights::keeps_books(author) && (rights::decides(author) || rights::decides(first));
    match may {
        false => Err(Refusal::NotYours),
        true if author.person == first.person => Err(Refusal::SamePerson),
        true => Ok(()),
    }
}

pub(super) fn confirm(
    treasury: &mut Treasury,
    fact: &Written,
    to: &FactId,
    law: &RuleSet,
) -> Result<(), Refusal> {
    check_confirmed(treasury, &fact.author, to)?;
    let (id, by, place) = (fact.id, fact.author.person, fact.place);
    let cosigned = Cosigned { id, by, when: rules::when(fact, law), place };
    if let Some(signed) = treasury.balances.get_mut(to) {
        signed.confirmed.get_or_insert(cosigned);
    }
    Ok(())
}

/// Sums the ledger up at the end of a month, as it is signed: one figure for all homes. `None` where a sum
/// cannot be held, or the calendar ends.
#[must_use]
pub fn summary(ledger: &Ledger, month: Month) -> Option<Vec<Balance>> {
    let last: Day = month.first()?.in_days(u64::from(month.days()?.checked_sub(1)?))?;
    let mut sums: BTreeMap<String, Fen> = BTreeMap::new();
    for (account, amount) in ledger.balances(last)? {
        let sum = sums.entry(summed(account)).or_default();
        *sum = sum.plus(amount)?;
    }
    sums.retain(|_, sum| *sum != Fen::ZERO);
    Some(sums.into_iter().map(|(account, amount)| Balance { account, amount }).collect())
}

/// The name under which an account is signed: that of a home without the home.
fn summed(account: &LedgerAccount) -> String {
    let name = account.name();
    match account.home() {
        Some(_) => name.rsplit_once(':').map_or(name.clone(), |(all, _)| all.to_owned()),
        None => name,
    }
}

/// Recomputes signed balances: accounts that have another figure in this ledger, with what was signed and what
/// this ledger has. Nothing if all is as it was signed.
///
/// `None` where a sum cannot be held.
#[must_use]
pub fn differences(ledger: &Ledger, signed: &BalancesFields) -> Option<Vec<(String, Fen, Fen)>> {
    let computed = summary(ledger, signed.month)?;
    let mut both: BTreeMap<&str, (Fen, Fen)> = BTreeMap::new();
    for balance in &signed.balances {
        both.entry(&balance.account).or_default().0 = balance.amount;
    }
    for balance in &computed {
        both.entry(&balance.account).or_default().1 = balance.amount;
    }
    let differs = both.into_iter().filter(|(_, (signed, computed))| signed != computed);
    Some(differs.map(|(name, (signed, computed))| (name.to_owned(), signed, computed)).collect())
}
