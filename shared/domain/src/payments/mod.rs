//! Money of a home: what is charged, how a sum is shared, what lateness costs, what is paid first.
//!
//! *Sums* are whole fen, areas whole hundredths of a square metre, rates whole ten-thousandths of a
//! yuan, shares fractions of the RuleSet. Nothing is a float, and nothing overflows: what cannot be
//! held is refused.
//!
//! *Rounding.* A charge line is rounded once, at its end ([`bill`](bill())); a late fee once; the
//! discount of a prepayment once. What is split is not rounded: it is shared by largest remainder, and
//! the parts sum to the whole ([`allocate`](allocate())).
//!
//! *Who pays for what.* A charge is for units of some kinds, from a month to a month ([`tariff`]). The
//! month of the handover is the developer's, or is shared by days. An empty unit is charged less after
//! some months: only what is for service (area, fixed), not a space that is kept for it, nor what was
//! used together. All these figures are the RuleSet's.
//!
//! *Why.* A line carries the facts of its explanation ([`Why`]); the sentences are made where the words
//! are.
//!
//! *What is owed* is settled oldest first, of each debt late fee before principal unless the contract
//! says otherwise, and the payer's own choice before everything ([`settle`](settle())). What is left
//! over is the payer's credit.
//!
//! *Facts.* Tariffs and the headers of bill runs stand in the community's circle ([`books`]); a home's
//! bills, receipts, voids, refunds and demands in the home's own, one document a year ([`account`]); rounds,
//! counts and handovers in the circle of the building's keepers ([`round`]). What the home owes after all
//! of them is told by [`statement`](statement()).
//!
//! *The ledger* is derived from all of them ([`ledger`](mod@ledger)), and never written. The owners' common money
//! (maintenance fund, common income, the committee's expenses) is the [`treasury`]'s.
//!
//! *Who may.* The committee decides tariffs. The company's finance, or the committee, keeps the books: runs,
//! rounds, handovers, bank. Heads and the company take money for the homes in their scope; every void, every
//! refund and the withdrawal of a run take two persons.
//!
//! *What came in* is read from a statement of the bank, WeChat or Alipay, and put beside what is awaited
//! ([`bank`]). What fits two things alike is left to a person.
//!
//! *Tables* are read by the names of their columns ([`sheet`]), the same from a file and from what is pasted.
//!
//! *On paper* a sum also stands in capital figures ([`in_capitals`]), a bill or demand tells a camera what
//! it is ([`Scan`]), and a slip that is filled in by hand has a serial with a check character
//! ([`slip_serial`]).

pub mod account;
mod allocate;
pub mod bank;
mod bill;
pub mod books;
mod capital;
mod check;
mod fund;
#[cfg(any(test, feature = "testing"))]
pub mod given;
mod late;
pub mod ledger;
mod limitation;
mod name;
mod number;
mod paper;
mod prepaid;
mod problem;
mod reference;
mod refusal;
mod rights;
pub mod round;
mod schema;
mod settle;
pub mod sheet;
mod statement;
pub mod tariff;
#[cfg(test)]
mod tests;
pub mod treasury;
pub mod view;
mod why;

use linli_wire::{FactId, fact::Fact};

pub use account::Account;
pub use allocate::{NotShared, Part, allocate};
pub use bill::{Billed, Line, MONTHS_MAX, NotBilled, Run, Span, UnitBill, bill};
pub use books::{Books, Run as BillRun, RunAsked, Withdrawal};
pub use capital::in_capitals;
pub use check::check_37_36;
pub use fund::{Fund, deposit};
pub use late::{LateFee, NotLate, late, may_be_cut};
pub use limitation::{Limitation, limitation};
pub use name::{UnitName, UnitUse};
pub use number::{COUNT_MAX, ReceiptNumber, prefix_of};
pub use paper::{Paper, SCAN_BYTES_MAX, SLIP_MAX, Scan, fits_a_code, is_sound_slip, slip_serial};
pub use prepaid::unused;
pub use problem::{Fault, Problem};
pub use refusal::Refusal;
pub use rights::{collects as may_collect, serves_counter as may_serve_counter};
pub use round::Round;
pub use schema::{
    AcknowledgedFields, AgreedFields, BankedFields, BillFields, Conditions, CountFields,
    CreditFields, Delivery, DemandFields, Fields, Method, Notes, ReceiptFields, RecountFields,
    RefundFields, RoundFields, RunFields, StairTotal, TakenFields, TariffFields, Visit,
    VisitFields, VoidFields, WithdrawalFields, kind,
};
pub use schema::{
    ApprovedFields, Balance, BalancesFields, CommonIncomeFields, CommonSource, CosignedFields,
    DepositFields, DepositReturnedFields, Emergency, EmergencyFields, ExpenseFields,
    FundPaidFields, ProjectFields, SpentFields, SplitFields,
};
pub use settle::{Debt, NotSettled, Settled, Settlement, settle};
pub use statement::{Applied, Owed, Statement, statement};
pub use tariff::{Charge, ChargeKind, Rate, Tariff};
pub use treasury::Treasury;
pub use why::{Exact, Measure, PartOfMonth, Prepaid, Why};

use crate::kernel::{Attachment, Circle, Draft};

/// Most characters of a reason.
const TEXT_CHARS_MAX: usize = 500;

/// Returns the id of a thing that no fact begins: a home's year, the books.
fn thing_id(tag: &str, parts: &[&[u8]]) -> FactId {
    let mut all: Vec<&[u8]> = vec![b"linli/", tag.as_bytes(), b"/1\0"];
    all.extend_from_slice(parts);
    let hash = linli_wire::sha256(&all);
    FactId(std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default()))
}

/// Makes the draft of a fact that is filed under a thing.
#[must_use]
pub fn draft_of(fields: &Fields, about: Option<FactId>) -> Draft {
    let kind = fields.kind();
    Draft { kind, about, fields: fields.value(), supersedes: Vec::new(), legal: is_legal(kind) }
}

fn check_text(text: &str) -> Result<(), Refusal> {
    let fits = !text.trim().is_empty() && text.chars().count() <= TEXT_CHARS_MAX;
    if fits { Ok(()) } else { Err(Refusal::BadText) }
}

/// Tells whether a kind of fact carries its own signature: what stands alone as evidence. A bill does not:
/// its run's header does, and everybody computes the bill.
#[must_use]
pub const fn is_legal(kind: u16) -> bool {
    matches!(
        kind,
        kind::TARIFF
            | kind::BILL_RUN
            | kind::RECEIPT
            | kind::VOID_ASKED
            | kind::REFUND
            | kind::AGREED
            | kind::ACKNOWLEDGED
            | kind::DEMANDED
            | kind::ROUND
            | kind::COUNTED
            | kind::RECEIVED
            | kind::BANKED..=kind::RECOUNTED
    )
}

/// Returns who can read a fact, as far as it follows from the fact alone: what is about a round is read by
/// whoever reads the round.
#[must_use]
pub fn circle_of(fact: &Fact) -> Option<Circle> {
    let fields = Fields::of(fact)?;
    if let Some(unit) = fields.home() {
        return Some(Circle::Home(unit.clone()));
    }
    match fields {
        Fields::Tariff(_)
        | Fields::Run(_)
        | Fields::Withdrawal(_)
        | Fields::WithdrawalAgreed(_) => Some(Circle::Community),
        Fields::Round(fields) => Some(round::circle_of(&fields)),
        // Owners may read what their money did (Civil Code 281, 282): there is no circle of owners alone.
        Fields::Project(_)
        | Fields::Approved(_)
        | Fields::Emergency(_)
        | Fields::Cosigned(_)
        | Fields::Spent(_)
        | Fields::Income(_)
        | Fields::Split(_)
        | Fields::Expense(_) => Some(Circle::Community),
        Fields::Balances(_) | Fields::BalancesConfirmed(_) => Some(Circle::Office),
        Fields::Bill(_)
        | Fields::Receipt(_)
        | Fields::Void(_)
        | Fields::Refund(_)
        | Fields::Agreed(_)
        | Fields::Acknowledged(_)
        | Fields::Demand(_)
        | Fields::Credit(_)
        | Fields::Visited(_)
        | Fields::Counted(_)
        | Fields::Recounted(_)
        | Fields::Taken(_)
        | Fields::Banked(_)
        | Fields::FundPaid(_)
        | Fields::Deposit(_)
        | Fields::DepositReturned(_) => None,
    }
}

/// Returns the attachments that a fact of this room names.
#[must_use]
pub fn attachments(fact: &Fact) -> Vec<Attachment> {
    match Fields::of(fact) {
        Some(Fields::Demand(fields)) => fields.proof,
        Some(Fields::Banked(fields)) => fields.proof,
        Some(Fields::Spent(fields)) => fields.proof,
        Some(Fields::Income(fields)) => fields.proof,
        Some(Fields::Expense(fields)) => fields.proof,
        _ => Vec::new(),
    }
}

/// Returns the run that a bill is of.
#[must_use]
pub fn run_of(fact: &Fact) -> Option<FactId> {
    match (fact.kind == kind::BILL).then(|| Fields::of(fact))? {
        Some(Fields::Bill(fields)) => Some(fields.run),
        _ => None,
    }
}

/// Returns the number that a receipt uses.
#[must_use]
pub fn number_of(fact: &Fact) -> Option<ReceiptNumber> {
    match (fact.kind == kind::RECEIPT).then(|| Fields::of(fact))? {
        Some(Fields::Receipt(fields)) => Some(fields.number),
        _ => None,
    }
}
