//! What in the books somebody has to look into. None of it stops the ledger: it stays visible.

use linli_wire::FactId;

use crate::{
    kernel::{Month, UnitCode},
    payments::{Method, ReceiptNumber},
};

/// Something that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerProblem {
    /// A receipt was made void, and its cash counted: there is cash that is nobody's, until a receipt for the right home
    /// takes it up.
    VoidAfterCount {
        /// The home.
        unit: UnitCode,
        /// The receipt.
        receipt: FactId,
    },
    /// More was paid than was owed, and nobody meant it.
    PaidTwice {
        /// The home.
        unit: UnitCode,
        /// The receipt.
        receipt: FactId,
    },
    /// The payer's scan alone tells of a receipt: its collector has not sent it.
    ScannedOnly {
        /// The home.
        unit: UnitCode,
        /// The receipt.
        receipt: FactId,
    },
    /// Two receipts have one number.
    NumberTwice {
        /// The number.
        number: ReceiptNumber,
        /// The receipts, ascending.
        receipts: Vec<FactId>,
    },
    /// Two receipts have one reference of bank or wallet: one transfer was recorded twice. Both count until one is
    /// void.
    ReferenceTwice {
        /// How it came.
        method: Method,
        /// The reference.
        reference: String,
        /// The receipts, each with its home, ascending.
        receipts: Vec<(UnitCode, FactId)>,
    },
    /// Two receipts name one paper slip: who has no phone has nothing else in hand. Both count until one is void.
    SlipTwice {
        /// The slip's serial.
        slip: String,
        /// The receipts, each with its home, ascending.
        receipts: Vec<(UnitCode, FactId)>,
    },
    /// Numbers of a device are missing between others of the month.
    Gap {
        /// The characters by which the device's numbers begin.
        prefix: String,
        /// The month.
        month: Month,
        /// The first one that is missing.
        from: u16,
        /// The last one.
        to: u16,
    },
    /// A second count names a receipt that was counted; the second one does not count.
    CountedTwice {
        /// The second count.
        count: FactId,
    },
    /// Somebody else took a count over already, or it was paid into the bank twice; this one does not
    /// count.
    TakenTwice {
        /// The second handover, or slip.
        fact: FactId,
    },
    /// A count differs from its receipts, or the handover from the count.
    Differs {
        /// The count, or the handover.
        fact: FactId,
    },
    /// More was given back than the home had to its credit.
    OverRefund {
        /// The home.
        unit: UnitCode,
        /// The refund.
        refund: FactId,
    },
    /// The bank's slip says another sum than was taken over.
    OtherSlip {
        /// The slip.
        fact: FactId,
    },
    /// The fund paid more than it had.
    Overdrawn {
        /// The spending after which it was so.
        fact: FactId,
    },
    /// A project rests on a decision that nobody here can recompute.
    Provisional {
        /// The approval.
        fact: FactId,
    },
    /// A split of common income said that the fund is not low, and it was; or the other way round.
    OtherLow {
        /// The split.
        fact: FactId,
    },
}

impl LedgerProblem {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::VoidAfterCount { .. } => "void_after_count",
            Self::PaidTwice { .. } => "paid_twice",
            Self::ScannedOnly { .. } => "scanned_only",
            Self::NumberTwice { .. } => "number_twice",
            Self::ReferenceTwice { .. } => "reference_twice",
            Self::SlipTwice { .. } => "slip_twice",
            Self::Gap { .. } => "gap",
            Self::CountedTwice { .. } => "counted_twice",
            Self::TakenTwice { .. } => "taken_twice",
            Self::Differs { .. } => "differs",
            Self::OverRefund { .. } => "over_refund",
            Self::OtherSlip { .. } => "other_slip",
            Self::Overdrawn { .. } => "overdrawn",
            Self::Provisional { .. } => "provisional",
            Self::OtherLow { .. } => "other_low",
        }
    }
}
