//! What of a home's money counts: the checks that both doors share, and what each fact changes.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use linli_wire::{DeviceId, FactId, fact::Fact};

use super::{Account, Context, Demand, Deposit, FundPaid, Receipt, Refund, Void, billed};
use crate::{
    kernel::{Attachment, Author, Day, Fen, Moment, Month, SUM_MAX, UnitCode, Written},
    payments::{
        AcknowledgedFields, DemandFields, DepositFields, DepositReturnedFields, Fields,
        FundPaidFields, Method, ReceiptFields, RefundFields, Refusal, VoidFields, check_text, kind,
        rights,
    },
};

/// Most characters of a bank's reference or a slip's serial.
const REFERENCE_CHARS_MAX: usize = 64;

/// Most bills of one demand: five years of months.
pub const DEMANDED_MAX: usize = 60;

/// Most photos of one proof: both sides of a letter and of the post's slip.
const PROOF_MAX: usize = 4;

/// Takes a fact.
///
/// # Errors
/// [`Refusal::Unknown`] where something it builds on is not here yet, any other for good.
pub(super) fn take(
    account: &mut Account,
    fact: &Written,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let fields = Fields::of(&fact.fact).ok_or(Refusal::Unreadable)?;
    if fields.home() != Some(&account.unit) {
        return Err(Refusal::Unreadable);
    }
    if opens(fact.fact.kind) && Account::year_of(Moment(fact.fact.at)) != account.year {
        return Err(Refusal::Unreadable);
    }
    let when = fact.when(Moment(i64::MIN), context.late_sync_days_max);
    let (id, place, by) = (fact.id, fact.place, fact.author.person);
    match fields {
        Fields::Bill(fields) => billed::take(account, fact, fields, when, context)?,
        Fields::Receipt(fields) => take_receipt(account, fact, fields, context)?,
        Fields::Acknowledged(fields) => take_scan(account, fact, &fields, context)?,
        Fields::Refund(fields) => {
            check_refund(&fact.author, &fields)?;
            let (agreed, agreed_when) = (None, None);
            let refund = Refund { id, fields, by, when, place, agreed, agreed_when };
            account.refunds.insert(id, refund);
        }
        Fields::Demand(fields) => {
            check_demand(&fact.author, &fields)?;
            account.demands.push(Demand { id, fields, when });
        }
        Fields::Void(fields) => take_void(account, fact, fields)?,
        Fields::Credit(fields) => {
            if !rights::keeps_books(&fact.author) {
                return Err(Refusal::NotYours);
            }
            let receipt = account.receipts.get_mut(&fields.receipt).ok_or(Refusal::Unknown)?;
            receipt.credit_kept = true;
        }
        held @ (Fields::FundPaid(_) | Fields::Deposit(_) | Fields::DepositReturned(_)) => {
            take_held(account, fact, held, when)?;
        }
        Fields::Agreed(fields) => take_agreement(account, fact, &fields.to, when)?,
        Fields::Tariff(_)
        | Fields::Run(_)
        | Fields::Round(_)
        | Fields::Visited(_)
        | Fields::Counted(_)
        | Fields::Recounted(_)
        | Fields::Taken(_)
        | Fields::Banked(_)
        | Fields::Project(_)
        | Fields::Approved(_)
        | Fields::Emergency(_)
        | Fields::Cosigned(_)
        | Fields::Spent(_)
        | Fields::Income(_)
        | Fields::Split(_)
        | Fields::Expense(_)
        | Fields::Balances(_)
        | Fields::BalancesConfirmed(_)
        | Fields::Withdrawal(_)
        | Fields::WithdrawalAgreed(_) => return Err(Refusal::Unreadable),
    }
    Ok(())
}

/// Tells whether a kind says itself of which year it is.
const fn opens(kind: u16) -> bool {
    matches!(
        kind,
        kind::BILL
            | kind::RECEIPT
            | kind::REFUND
            | kind::DEMANDED
            | kind::FUND_PAID
            | kind::DEPOSIT_TAKEN
    )
}

fn take_receipt(
    account: &mut Account,
    fact: &Written,
    fields: ReceiptFields,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    check_receipt(&fact.author, &fields, Moment(fact.fact.at), context.utc_offset_minutes)?;
    let mut taken = Receipt { scanned_only: false, ..receipt(fact, fields, context) };
    // Its payer's scan may have come first, and shows that it was there by then: a collector who sends it late makes
    // nobody pay late.
    if let Some(scanned) = account.receipts.remove(&fact.id) {
        taken.when = taken.when.min(scanned.when);
        taken.acknowledged = scanned.acknowledged;
    }
    account.receipts.insert(fact.id, taken);
    Ok(())
}

/// A receipt that the payer scanned counts as if it had come.
fn take_scan(
    account: &mut Account,
    fact: &Written,
    fields: &AcknowledgedFields,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if !rights::pays(&fact.author, &account.unit) {
        return Err(Refusal::NotYours);
    }
    let (scanned, said) = read_scan(&fields.receipt.0, context)?;
    let at = Moment(scanned.at);
    if said.unit != account.unit || Account::year_of(at) != account.year {
        return Err(Refusal::Unreadable);
    }
    let id = FactId::of(&context.document, &fields.receipt.0);
    if let Entry::Vacant(entry) = account.receipts.entry(id) {
        let author = (context.author_of)(&scanned.by, fact.place, scanned.at);
        check_receipt(&author, &said, at, context.utc_offset_minutes)?;
        let written = Written { id, fact: scanned, author, place: fact.place };
        entry.insert(receipt(&written, said, context));
    }
    if let Some(receipt) = account.receipts.get_mut(&id) {
        receipt.acknowledged.insert(fact.author.person);
    }
    Ok(())
}

/// Reads a scanned receipt: it is one of this community, with its collector's signature.
pub(super) fn read_scan(
    bytes: &[u8],
    context: &Context<'_>,
) -> Result<(Fact, ReceiptFields), Refusal> {
    let fact = Fact::decode(bytes).map_err(|_| Refusal::Unreadable)?;
    fact.verify(&context.community).map_err(|_| Refusal::Unreadable)?;
    match Fields::of(&fact) {
        Some(Fields::Receipt(fields)) => Ok((fact, fields)),
        _ => Err(Refusal::Unreadable),
    }
}

fn receipt(fact: &Written, fields: ReceiptFields, context: &Context<'_>) -> Receipt {
    Receipt {
        id: fact.id,
        fields,
        author: fact.author.clone(),
        at: Moment(fact.fact.at),
        when: fact.when(Moment(i64::MIN), context.late_sync_days_max),
        place: fact.place,
        acknowledged: BTreeSet::new(),
        scanned_only: true,
        void: None,
        credit_kept: false,
    }
}

fn take_void(account: &mut Account, fact: &Written, fields: VoidFields) -> Result<(), Refusal> {
    let receipt = account.receipts.get_mut(&fields.receipt).ok_or(Refusal::Unknown)?;
    check_void(&fact.author, receipt, &fields)?;
    let (id, by, reason) = (fact.id, fact.author.person, fields.reason);
    receipt.void = Some(Box::new(Void { id, by, reason, agreed: None, agreed_when: None }));
    Ok(())
}

/// What is held for the home beside its fees.
fn take_held(
    account: &mut Account,
    fact: &Written,
    fields: Fields,
    when: Moment,
) -> Result<(), Refusal> {
    let (id, place, by) = (fact.id, fact.place, fact.author.person);
    if let Fields::FundPaid(fields) = fields {
        check_fund_paid(&fact.author, &fields)?;
        account.fund_paid.insert(id, FundPaid { id, fields, by, when, place });
    } else if let Fields::Deposit(fields) = fields {
        check_deposit(&fact.author, &fields)?;
        let returned = BTreeMap::new();
        account.deposits.insert(id, Deposit { id, fields, by, when, place, returned });
    } else if let Fields::DepositReturned(fields) = fields {
        let deposit = account.deposits.get_mut(&fields.deposit).ok_or(Refusal::Unknown)?;
        check_return(&fact.author, deposit, &fields)?;
        deposit.returned.insert(id, (fields.amount, when.max(deposit.when)));
    }
    Ok(())
}

fn take_agreement(
    account: &mut Account,
    fact: &Written,
    to: &FactId,
    when: Moment,
) -> Result<(), Refusal> {
    check_agreement(account, &fact.author, to)?;
    let person = fact.author.person;
    if let Some(refund) = account.refunds.get_mut(to) {
        refund.agreed.get_or_insert(person);
        refund.agreed_when.get_or_insert(when.max(refund.when));
    }
    for receipt in account.receipts.values_mut() {
        let taken = receipt.when;
        if let Some(void) = receipt.void.as_mut().filter(|void| void.id == *to) {
            void.agreed.get_or_insert(person);
            void.agreed_when.get_or_insert(when.max(taken));
        }
    }
    Ok(())
}

/// Checks a receipt: whether its author may take this money, and whether all of it is sound.
///
/// # Errors
/// [`Refusal`], the first that applies.
pub fn check_receipt(
    author: &Author,
    fields: &ReceiptFields,
    at: Moment,
    utc_offset_minutes: i32,
) -> Result<(), Refusal> {
    if !rights::collects(author, &fields.unit) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_number(fields, &author.device, at, utc_offset_minutes)?;
    let short = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| {
            !text.trim().is_empty() && text.chars().count() <= REFERENCE_CHARS_MAX
        })
    };
    if !short(&fields.slip) || !short(&fields.reference) {
        return Err(Refusal::BadText);
    }
    if let Some(reason) = &fields.reason {
        check_text(reason)?;
    }
    match (fields.method, fields.round, &fields.reference) {
        (Method::Cash, None, _) => Err(Refusal::NeedsRound),
        (Method::Cash, Some(_), _) => Ok(()),
        (Method::Bank | Method::Wechat | Method::Alipay, _, None) => Err(Refusal::NeedsReference),
        (Method::Bank | Method::Wechat | Method::Alipay, Some(_), _) => Err(Refusal::Unreadable),
        (Method::Bank | Method::Wechat | Method::Alipay, None, Some(_)) => Ok(()),
    }
}

/// The number is of the device and month of its author; the month's first and last day may be told by
/// a clock at another offset.
fn check_number(
    fields: &ReceiptFields,
    device: &DeviceId,
    at: Moment,
    utc_offset_minutes: i32,
) -> Result<(), Refusal> {
    let month = Day::of(at, utc_offset_minutes).map(Month::of);
    let fits = fields.number.is_of(device) && month == Some(fields.number.month());
    if fits { Ok(()) } else { Err(Refusal::BadNumber) }
}

pub(super) fn check_void(
    author: &Author,
    receipt: &Receipt,
    fields: &VoidFields,
) -> Result<(), Refusal> {
    let collector = author.person == receipt.author.person && !author.duties.is_empty();
    if !collector && !rights::is_second(author, &fields.unit) {
        return Err(Refusal::NotYours);
    }
    if receipt.void.is_some() {
        return Err(Refusal::AlreadyVoid);
    }
    check_text(&fields.reason)
}

pub(super) fn check_refund(author: &Author, fields: &RefundFields) -> Result<(), Refusal> {
    if !rights::collects(author, &fields.unit) && !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_text(&fields.reason)
}

/// Who agrees is another person: with a void the household, too; with a refund somebody of the books.
pub(super) fn check_agreement(
    account: &Account,
    author: &Author,
    to: &FactId,
) -> Result<(), Refusal> {
    let by = account.asked(to).ok_or(Refusal::Unknown)?;
    let unit: &UnitCode = &account.unit;
    let may = if account.refunds.contains_key(to) {
        rights::keeps_books(author)
    } else {
        rights::pays(author, unit) || rights::is_second(author, unit)
    };
    match may {
        false => Err(Refusal::NotYours),
        true if author.person == by => Err(Refusal::SamePerson),
        true => Ok(()),
    }
}

pub(super) fn check_demand(author: &Author, fields: &DemandFields) -> Result<(), Refusal> {
    if !rights::demands(author, &fields.unit) {
        return Err(Refusal::NotYours);
    }
    let bills: BTreeSet<&FactId> = fields.bills.iter().collect();
    if bills.is_empty() || bills.len() != fields.bills.len() || bills.len() > DEMANDED_MAX {
        return Err(Refusal::NothingOwed);
    }
    check_proof(&fields.proof)
}

pub(super) fn check_fund_paid(author: &Author, fields: &FundPaidFields) -> Result<(), Refusal> {
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_reference(&fields.reference)
}

pub(super) fn check_deposit(author: &Author, fields: &DepositFields) -> Result<(), Refusal> {
    if !rights::keeps_deposits(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    check_text(&fields.purpose)
}

/// No more is given back than was taken.
pub(super) fn check_return(
    author: &Author,
    deposit: &Deposit,
    fields: &DepositReturnedFields,
) -> Result<(), Refusal> {
    if !rights::keeps_deposits(author) {
        return Err(Refusal::NotYours);
    }
    check_sum(fields.amount)?;
    if fields.amount > deposit.left() { Err(Refusal::OverCredit) } else { Ok(()) }
}

/// A bank's reference, an invoice's number.
pub(in crate::payments) fn check_reference(reference: &str) -> Result<(), Refusal> {
    let length = reference.trim().chars().count();
    let fits = length > 0 && length <= REFERENCE_CHARS_MAX;
    if fits { Ok(()) } else { Err(Refusal::NeedsReference) }
}

/// Photos are few and sound.
pub(in crate::payments) fn check_proof(proof: &[Attachment]) -> Result<(), Refusal> {
    let sound = proof.len() <= PROOF_MAX && proof.iter().all(Attachment::is_sound);
    if sound { Ok(()) } else { Err(Refusal::BadAttachment) }
}

/// A sum that changes hands is more than nothing.
pub(in crate::payments) fn check_sum(sum: Fen) -> Result<(), Refusal> {
    if sum > Fen::ZERO && sum <= SUM_MAX { Ok(()) } else { Err(Refusal::BadSum) }
}
