//! A count of what was collected against the receipts of a round (点钞核对).

use std::collections::BTreeMap;

use crate::kernel::{Fen, PersonId};

/// Why a receipt is void, and who says so: always two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    reason: String,
    by: [PersonId; 2],
}

impl Voided {
    /// Voids with a reason and two persons; `None` without a reason or with one person twice.
    #[must_use]
    pub fn new(reason: &str, by: [PersonId; 2]) -> Option<Self> {
        let [one, other] = &by;
        let fits = !reason.trim().is_empty() && one != other;
        fits.then(|| Self { reason: reason.trim().to_owned(), by })
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the two persons.
    #[must_use]
    pub const fn by(&self) -> &[PersonId; 2] {
        &self.by
    }
}

/// A receipt as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id: the hash of what it says.
    pub id: [u8; 32],
    /// Its number, which stays used.
    pub number: String,
    /// What was paid.
    pub amount: Fen,
    /// Where it is void.
    pub voided: Option<Voided>,
}

/// What a count shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What the receipts say.
    pub expected: Fen,
    /// What was counted, less what is expected: below zero is short, above is over.
    pub difference: Fen,
    /// Numbers that are used, the void ones among them.
    pub used: Vec<String>,
}

impl Count {
    /// Tells whether a round may close without a word: nothing is short, and nothing is over.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.difference == Fen::ZERO
    }
}

/// Counts receipts, each once however often it came; one that is void anywhere is void. `None` where the
/// sum cannot be held.
#[must_use]
pub fn count(receipts: &[Receipt], counted: Fen) -> Option<Count> {
    let mut once: BTreeMap<[u8; 32], (&Receipt, bool)> = BTreeMap::new();
    for receipt in receipts {
        let (_, void) = once.entry(receipt.id).or_insert((receipt, false));
        *void |= receipt.voided.is_some();
    }
    let valid = once.values().filter(|(_, void)| !void);
    let expected = Fen::sum(valid.map(|(receipt, _)| receipt.amount))?;
    let mut used: Vec<String> = once.values().map(|(receipt, _)| receipt.number.clone()).collect();
    used.sort();
    Some(Count { expected, difference: counted.minus(expected)?, used })
}
