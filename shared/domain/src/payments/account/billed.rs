//! Which bills of a home count.

use std::collections::BTreeMap;

use linli_wire::FactId;

use super::{Account, Bill, Context};
use crate::{
    kernel::{Moment, Written, order_of},
    payments::{BillFields, Refusal, rights},
};

/// Takes a bill: it is what this phone computes, the only one of its run, and its run stands.
///
/// # Errors
/// [`Refusal::Unknown`] where its run is not here yet, any other for good.
pub(super) fn take(
    account: &mut Account,
    fact: &Written,
    fields: BillFields,
    when: Moment,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if !rights::keeps_books(&fact.author) {
        return Err(Refusal::NotYours);
    }
    let run = context.books.run(&fields.run).ok_or(Refusal::Unknown)?;
    let charges = run.check(&fields)?.by_charge().ok_or(Refusal::BadSum)?;
    let mut known = account.bills.values().chain(account.withdrawn.values());
    if known.any(|bill| bill.fields.run == fields.run) {
        return Err(Refusal::BilledTwice);
    }
    let bill = Bill { id: fact.id, fields, charges, when, place: fact.place };
    if run.withdrawn().is_some() {
        account.withdrawn.insert(bill.id, bill);
        return Err(Refusal::RunWithdrawn);
    }
    account.bills.insert(bill.id, bill);
    Ok(())
}

/// Returns the bills that count, one of each run: the first in the log, in whatever year it is filed. Within a year
/// the account has seen to it.
pub(in crate::payments) fn one_of_each_run<'a>(
    accounts: &[&'a Account],
) -> impl Iterator<Item = &'a Bill> {
    let mut first: BTreeMap<FactId, usize> = BTreeMap::new();
    let mut bills: Vec<&Bill> = Vec::new();
    for account in accounts {
        for bill in account.bills.values().chain(account.withdrawn.values()) {
            let at = *first.entry(bill.fields.run).or_insert(bills.len());
            match bills.get_mut(at) {
                None => bills.push(bill),
                Some(other) if order_of(bill.place, bill.id) < order_of(other.place, other.id) => {
                    *other = bill;
                }
                Some(_) => {}
            }
        }
    }
    bills.into_iter()
}
