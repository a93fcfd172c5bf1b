//! Which bills of a home count.

use super::{Account, Bill, Context};
use crate::{
    kernel::{Moment, Written},
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
