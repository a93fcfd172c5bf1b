//! Rows that lists of money are drawn from.

use linli_wire::{FactId, PersonId};
use serde::{Deserialize, Serialize};

use super::{
    Account, Method, Round,
    account::Receipt,
    reference,
    round::{Door, RoundReceipt},
};
use crate::kernel::{Day, Fen, Moment, UnitCode};

/// A receipt, for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// The fact.
    pub id: FactId,
    /// The home.
    pub unit: UnitCode,
    /// The number.
    pub number: String,
    /// What was paid.
    pub amount: Fen,
    /// How.
    pub method: Method,
    /// When it was taken, by the collector's own clock.
    pub at: Moment,
    /// The reference of bank or wallet.
    #[serde(default)]
    pub reference: Option<String>,
    /// The serial of the paper slip that was given.
    #[serde(default)]
    pub slip: Option<String>,
    /// Who took it.
    pub collector: PersonId,
    /// The round it was taken on.
    pub round: Option<FactId>,
    /// Whether somebody asked for it to be void.
    pub void_asked: bool,
    /// Whether it is void.
    pub void: bool,
    /// Whether somebody of the household has it.
    pub acknowledged: bool,
    /// Whether its collector has not sent it: the payer's scan alone tells of it.
    pub scanned_only: bool,
}

impl ReceiptRow {
    /// Tells a receipt.
    #[must_use]
    pub fn of(receipt: &Receipt) -> Self {
        let fields = &receipt.fields;
        Self {
            id: receipt.id,
            unit: fields.unit.clone(),
            number: fields.number.to_string(),
            amount: fields.amount,
            method: fields.method,
            at: receipt.at,
            reference: fields.reference.clone(),
            slip: fields.slip.clone(),
            collector: receipt.author.person,
            round: fields.round,
            void_asked: receipt.void.is_some(),
            void: receipt.is_void(),
            acknowledged: !receipt.acknowledged.is_empty(),
            scanned_only: receipt.scanned_only,
        }
    }

    /// Returns what its round needs of it.
    #[must_use]
    pub fn for_round(self) -> RoundReceipt {
        let Self { id, unit, number, amount, collector, at, void, .. } = self;
        RoundReceipt { id, unit, number, amount, collector, at, void }
    }

    /// Returns the tags it is listed under.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let mut tags = vec![
            "receipt".to_owned(),
            format!("paid/{}", self.unit),
            format!("number/{}", self.number),
            format!("taken/{}", self.collector.to_hex()),
        ];
        tags.extend(self.round.map(|round| format!("round/{}", round.to_hex())));
        // What is void holds no reference and no slip: it is recorded anew where it belongs.
        if !self.void {
            tags.extend(self.reference.iter().map(|text| reference_tag(self.method, text)));
            tags.extend(self.slip.iter().map(|text| slip_tag(text)));
        }
        tags
    }
}

/// The tag under which a receipt is found by how its money came and under which reference.
#[must_use]
pub fn reference_tag(method: Method, reference: &str) -> String {
    format!("reference/{}/{}", method.word(), reference::key(reference))
}

/// The tag under which a receipt is found by the serial of its paper slip.
#[must_use]
pub fn slip_tag(slip: &str) -> String {
    format!("slip/{}", reference::key(slip))
}

/// A home's year, for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The home.
    pub unit: UnitCode,
    /// The year.
    pub year: i32,
    /// What its bills sum to.
    pub billed: Fen,
    /// What its receipts sum to, the void ones not.
    pub received: Fen,
    /// What was given back.
    pub refunded: Fen,
    /// Facts that do not count.
    pub refused: u32,
}

impl AccountRow {
    /// Tells a home's year; sums that cannot be held are told as nothing, and shown as refused.
    #[must_use]
    pub fn of(account: &Account) -> Self {
        let bills = Fen::sum(account.bills.values().map(|bill| bill.fields.total));
        let valid = account.receipts.values().filter(|receipt| !receipt.is_void());
        let received = Fen::sum(valid.map(|receipt| receipt.fields.amount));
        let agreed = account.refunds.values().filter(|refund| refund.agreed.is_some());
        let refunded = Fen::sum(agreed.map(|refund| refund.fields.amount));
        let overflowed = [bills, received, refunded].iter().filter(|sum| sum.is_none()).count();
        Self {
            unit: account.unit.clone(),
            year: account.year,
            billed: bills.unwrap_or_default(),
            received: received.unwrap_or_default(),
            refunded: refunded.unwrap_or_default(),
            refused: u32::try_from(account.refused.len() + overflowed).unwrap_or(u32::MAX),
        }
    }

    /// Returns the tags it is listed under.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let mut tags =
            vec!["account".to_owned(), home_tag(&self.unit), format!("year/{}", self.year)];
        let owed = self.billed.plus(self.refunded);
        if owed.is_none_or(|owed| self.received > owed) {
            tags.push(PAID_MORE.to_owned());
        }
        tags
    }
}

/// The tag of a home's year in which more was paid than billed. A home that has credit has such a year.
pub const PAID_MORE: &str = "paid_more";

/// The tag under which all years of a home are listed.
#[must_use]
pub fn home_tag(unit: &UnitCode) -> String {
    format!("home/{unit}")
}

/// A round, for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// The fact.
    pub id: FactId,
    /// The building; none for the office's counter.
    pub building: Option<String>,
    /// Who collects.
    pub collector: PersonId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How many homes it has.
    pub homes: u32,
    /// How many of them paid.
    pub paid: u32,
    /// What its receipts sum to, the void ones not.
    pub received: Fen,
    /// What of that is in the collector's hand.
    pub in_hand: Fen,
    /// How many counts wait for somebody to take them over.
    pub to_take: u32,
    /// How many counts were taken over and not paid into the bank.
    pub to_bank: u32,
    /// Facts that do not count.
    pub refused: u32,
}

impl RoundRow {
    /// Tells a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let valid = round.receipts.values().filter(|receipt| !receipt.void);
        let paid = |unit: &&UnitCode| matches!(round.door(unit), Door::Paid(_));
        let counts = || round.counts.values();
        Self {
            id: round.id,
            building: round.fields.building.clone(),
            collector: round.fields.collector,
            from: round.fields.from,
            to: round.fields.to,
            homes: count(round.fields.units.len()),
            paid: count(round.fields.units.iter().filter(paid).count()),
            received: Fen::sum(valid.map(|receipt| receipt.amount)).unwrap_or_default(),
            in_hand: round.cash_in_hand(),
            to_take: count(counts().filter(|count| count.taken.is_none()).count()),
            to_bank: count(
                counts().filter(|count| count.taken.is_some() && count.banked.is_none()).count(),
            ),
            refused: count(round.refused.len()),
        }
    }

    /// Returns the tags it is listed under.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let mut tags = vec!["round".to_owned(), collects_tag(&self.collector)];
        if self.to_take > 0 {
            tags.push("to_take".to_owned());
        }
        tags
    }
}

/// The tag under which a person's rounds are listed.
#[must_use]
pub fn collects_tag(person: &PersonId) -> String {
    format!("collects/{}", person.to_hex())
}
