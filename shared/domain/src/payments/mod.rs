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
//! *On paper* a sum also stands in capital figures ([`in_capitals`]), a bill or demand tells a camera what
//! it is ([`Scan`]), and a slip that is filled in by hand has a serial with a check character
//! ([`slip_serial`]).
//!
//! Nothing here is written as a fact yet: the room has rules, no events.

mod allocate;
mod bill;
mod capital;
mod check;
mod count;
mod fund;
mod late;
mod limitation;
mod name;
mod paper;
mod prepaid;
mod problem;
mod settle;
pub mod tariff;
#[cfg(test)]
mod tests;
mod why;

pub use allocate::{NotShared, Part, allocate};
pub use bill::{Billed, Line, MONTHS_MAX, NotBilled, Run, Span, UnitBill, bill};
pub use capital::in_capitals;
pub use check::check_37_36;
pub use count::{Count, Receipt, Voided, count};
pub use fund::{Fund, deposit};
pub use late::{LateFee, NotLate, late, may_be_cut};
pub use limitation::{Limitation, limitation};
pub use name::{UnitName, UnitUse};
pub use paper::{Paper, SCAN_BYTES_MAX, SLIP_MAX, Scan, slip_serial};
pub use prepaid::unused;
pub use problem::{Fault, Problem};
pub use settle::{Debt, NotSettled, Settled, Settlement, settle};
pub use tariff::{Charge, ChargeKind, Rate, Tariff};
pub use why::{Exact, Measure, PartOfMonth, Prepaid, Why};
