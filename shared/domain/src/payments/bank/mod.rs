//! Statements of a bank, of WeChat and of Alipay: what came in, and what it was for.
//!
//! *Words.* A **statement** (流水) is a file that the bank or a payment service exports; a
//! **line** of it is one movement of money. The **serial** (流水号, 交易单号) is the number they gave
//! it; the **order** (商户单号) is the number of whoever was paid. **Expected** is what somebody waits
//! for: an open bill, a receipt that was written already, the slip of a cash handover.
//!
//! *Reading* ([`read()`]). The layout is found by the words of its header row, wherever it stands, never
//! by a count of lines: preambles and footers change. All or nothing: a file gives either every line,
//! or every problem. What is no line (a total, a footnote) is named by its number.
//!
//! *What is income.* Money that went out, refunds, closed, failed and waiting trades, and what the service
//! calls neutral are not ([`NotIncome`]); each says why. What a program cannot tell (part of it was
//! refunded, a status nobody knows, a bank's memo of a reversal) stays open for a person ([`Doubt`]).
//!
//! *Once.* A line has a [`Key`] that is the same in every export that holds it. With a serial: serial,
//! day and sum, as some banks begin their serials anew each day and give a fee the serial of its
//! transfer. Without: day, sum, party and balance, and which of several equal ones it is. What cannot be
//! told apart is told at [`keys`].
//!
//! *Matching* ([`match_lines`]): by reference, else by a unit's code in the text, else by day, sum and
//! party; always with the same sum, and only where nothing else fits as well. Nothing is guessed.
//!
//! | look in | for |
//! |---|---|
//! | `header` | the layouts and the words of their columns |
//! | `read`, `values`, `standing` | rows to lines, cells to values, a trade's status |
//! | `line`, `key` | a line, and what it is known by |
//! | `matching`, `named` | what belongs together; units in a text |

mod header;
mod key;
mod line;
mod matching;
mod named;
mod read;
mod stage;
mod standing;
#[cfg(test)]
mod tests;
mod values;

pub use header::is_header;
pub use key::{Account, Key, keys};
pub use line::{Channel, Doubt, NotIncome, Standing, StatementLine, TimeOfDay};
pub use matching::{
    Already, Ambiguous, By, CANDIDATES_MAX, Expected, Known, Matched, NotCounted, Open, OpenWhy,
    Pair, match_lines,
};
pub use read::{Statement, read};

/// Most rows of one file: a month of the largest community, where each of its homes pays once.
///
/// A longer export is split by days; what is in two of the parts is counted once.
pub const ROWS_MAX: usize = crate::registry::roster::LINES_MAX;

/// Days that a payment may lie before or after the day that is awaited, where only day, sum and party
/// speak for it: a weekend, and a day that the bank takes.
pub const DAYS_APART_MAX: i64 = 3;
