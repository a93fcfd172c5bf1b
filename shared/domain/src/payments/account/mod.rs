//! The money of one home in one year, as its facts tell it.
//!
//! *Bills* come from runs and are refused if they do not recompute, or once their run is withdrawn. *Receipts* are numbered by their
//! collector's phone and signed; a second one for the same bill stands beside the first, for the cash was
//! taken: what is too much is the home's credit ([`statement`](crate::payments::statement())). A receipt
//! that its payer scanned stands even if its collector's phone never sends it.
//!
//! *A void* is asked for with a reason and agreed with by another person: somebody of the household, the
//! head, the office. Then the receipt counts for nothing, and its number stays used. *A refund* likewise,
//! by people of the books. *Demands* are counted and begin the limitation anew.
//!
//! All of a year's facts name the account of that year ([`Account::id`]), also those that come later about
//! a receipt of that year.

mod admit;
mod asked;
mod billed;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use linli_wire::{CommunityId, DeviceId, DocumentId, FactId, PersonId, fact::Fact};

pub use admit::{DEMANDED_MAX, check_receipt};
pub(super) use admit::{check_proof, check_reference, check_sum};
pub use asked::{Asked, At, Elsewhere, ReceiptAsked};
pub(super) use billed::one_of_each_run;

use super::{
    BillFields, Books, DemandFields, DepositFields, Fields, FundPaidFields, ReceiptFields,
    RefundFields, Refusal, kind,
};
use crate::kernel::{Author, Day, Fen, Moment, Position, UnitCode, Written};

/// A bill that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: BillFields,
    /// What its lines sum to, charge by charge, in the order of the tariff.
    pub charges: Vec<(Arc<str>, Fen)>,
    /// When it was made.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// A void: asked for, and agreed with or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// The fact that asks.
    pub id: FactId,
    /// Who asks.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// Who agreed.
    pub agreed: Option<PersonId>,
    /// When: from then on it has its effect.
    pub agreed_when: Option<Moment>,
}

/// A receipt that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: ReceiptFields,
    /// Who took the money, with the rights held then.
    pub author: Author,
    /// The collector's own clock.
    pub at: Moment,
    /// When it counts as taken.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// Who of the household has it.
    pub acknowledged: BTreeSet<PersonId>,
    /// Whether it is known by the payer's scan alone: its collector has not sent it.
    pub scanned_only: bool,
    /// The void, if somebody asked for one; apart, as most receipts have none.
    pub void: Option<Box<Void>>,
    /// Whether what was paid twice by it stays as the home's credit.
    pub credit_kept: bool,
}

impl Receipt {
    /// Tells whether it counts for nothing.
    #[must_use]
    pub fn is_void(&self) -> bool {
        self.void.as_ref().is_some_and(|void| void.agreed.is_some())
    }
}

/// A refund: asked for, and agreed with or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: RefundFields,
    /// Who asks.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// Who agreed.
    pub agreed: Option<PersonId>,
    /// When: then the money is given.
    pub agreed_when: Option<Moment>,
}

/// A demand that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: DemandFields,
    /// When it reached the home.
    pub when: Moment,
}

/// Money that came into the home's sub-account of the maintenance fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundPaid {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: FundPaidFields,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
}

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// The fact.
    pub id: FactId,
    /// What it says.
    pub fields: DepositFields,
    /// Who took it.
    pub by: PersonId,
    /// When.
    pub when: Moment,
    /// Its place in the log, once it has one.
    pub place: Option<Position>,
    /// What was given back of it, and when.
    pub returned: BTreeMap<FactId, (Fen, Moment)>,
}

impl Deposit {
    /// Returns what is still held.
    #[must_use]
    pub fn left(&self) -> Fen {
        let back = Fen::sum(self.returned.values().map(|(amount, _)| *amount));
        back.and_then(|back| self.fields.amount.minus(back)).unwrap_or_default()
    }
}

/// A home's year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The home.
    pub unit: UnitCode,
    /// The year (UTC, by its authors' clocks).
    pub year: i32,
    /// Bills.
    pub bills: BTreeMap<FactId, Bill>,
    /// Bills whose run was withdrawn: they are refused, and the ledger tells how they came and went.
    pub withdrawn: BTreeMap<FactId, Bill>,
    /// Receipts.
    pub receipts: BTreeMap<FactId, Receipt>,
    /// Refunds.
    pub refunds: BTreeMap<FactId, Refund>,
    /// Demands.
    pub demands: Vec<Demand>,
    /// What came into the home's sub-account of the maintenance fund.
    pub fund_paid: BTreeMap<FactId, FundPaid>,
    /// Deposits.
    pub deposits: BTreeMap<FactId, Deposit>,
    /// Facts that the room refused: kept, shown, not counted.
    pub refused: Vec<(FactId, Refusal)>,
    /// Facts whose run or receipt is not here yet.
    pub waiting: Vec<FactId>,
}

/// What a fold needs beside an account's own facts.
pub struct Context<'a> {
    /// The community, which signatures are bound to.
    pub community: CommunityId,
    /// Tariffs and runs.
    pub books: &'a Books,
    /// Days after which a phone's clock is not believed any more.
    pub late_sync_days_max: u32,
    /// Minutes ahead of UTC at which a day begins.
    pub utc_offset_minutes: i32,
    /// The document that receipts of this account lie in.
    pub document: DocumentId,
    /// Who a device is at a place in the log.
    pub author_of: &'a dyn Fn(&DeviceId, Option<Position>, i64) -> Author,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("community", &self.community).finish_non_exhaustive()
    }
}

impl Account {
    /// Tells whether something that can be agreed with, made void or given back is of this year: a receipt, also
    /// one that is known by a scan alone, a void, a refund, a deposit.
    #[must_use]
    pub fn holds(&self, id: &FactId) -> bool {
        let voids = || self.receipts.values().filter_map(|receipt| receipt.void.as_ref());
        self.receipts.contains_key(id)
            || self.refunds.contains_key(id)
            || self.deposits.contains_key(id)
            || voids().any(|void| void.id == *id)
    }

    /// Returns the id under which the facts of a home's year are filed.
    #[must_use]
    pub fn id(unit: &UnitCode, year: i32) -> FactId {
        super::thing_id("account", &[unit.to_string().as_bytes(), &year.to_be_bytes()])
    }

    /// Returns the year that a moment is filed under (UTC: a community's offset comes too late for its
    /// first fact).
    #[must_use]
    pub fn year_of(at: Moment) -> i32 {
        Day::of(at, 0).map_or(0, Day::year)
    }

    /// Starts empty.
    #[must_use]
    pub const fn new(unit: UnitCode, year: i32) -> Self {
        Self {
            unit,
            year,
            bills: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            receipts: BTreeMap::new(),
            refunds: BTreeMap::new(),
            demands: Vec::new(),
            fund_paid: BTreeMap::new(),
            deposits: BTreeMap::new(),
            refused: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Folds a home's year from the facts that name it, in whatever order they are given; `None` if none
    /// of them tells whose it is.
    #[must_use]
    pub fn fold(id: &FactId, facts: &[Written], context: &Context<'_>) -> Option<Self> {
        let (unit, year) = Self::whose(id, facts)?;
        let mut account = Self::new(unit, year);
        let mut facts: Vec<&Written> = facts.iter().collect();
        facts.sort_by_key(|fact| fact.order());
        // What others are about comes first; then it does not matter in which order the rest came.
        for rank in 0..3 {
            for fact in facts.iter().filter(|fact| rank_of(fact.fact.kind) == rank) {
                match admit::take(&mut account, fact, context) {
                    Ok(()) => {}
                    Err(Refusal::Unknown) => account.waiting.push(fact.id),
                    Err(refusal) => account.refused.push((fact.id, refusal)),
                }
            }
        }
        account.demands.sort_by_key(|demand| (demand.when, demand.id));
        account.refused.sort();
        account.waiting.sort();
        Some(account)
    }

    /// Finds the home and year that an id stands for, by facts that name it.
    #[must_use]
    pub fn whose(id: &FactId, facts: &[Written]) -> Option<(UnitCode, i32)> {
        facts.iter().filter_map(whose).find(|(unit, year)| Self::id(unit, *year) == *id)
    }

    /// Finds a bill, also one whose run was withdrawn.
    #[must_use]
    pub fn bill(&self, id: &FactId) -> Option<&Bill> {
        self.bills.get(id).or_else(|| self.withdrawn.get(id))
    }

    /// Returns the void or refund with an id, with who asked for it.
    fn asked(&self, id: &FactId) -> Option<PersonId> {
        let voids = self.receipts.values().filter_map(|receipt| receipt.void.as_ref());
        let void = voids.into_iter().find(|void| void.id == *id).map(|void| void.by);
        void.or_else(|| self.refunds.get(id).map(|refund| refund.by))
    }
}

/// Returns the home and year of a fact that tells both.
fn whose(fact: &Written) -> Option<(UnitCode, i32)> {
    let year = |fact: &Fact| Account::year_of(Moment(fact.at));
    match Fields::of(&fact.fact)? {
        Fields::Bill(BillFields { unit, .. })
        | Fields::Receipt(ReceiptFields { unit, .. })
        | Fields::Refund(RefundFields { unit, .. })
        | Fields::Demand(DemandFields { unit, .. })
        | Fields::FundPaid(FundPaidFields { unit, .. })
        | Fields::Deposit(DepositFields { unit, .. }) => Some((unit, year(&fact.fact))),
        Fields::Acknowledged(fields) => {
            let receipt = Fact::decode(&fields.receipt.0).ok()?;
            Some((fields.unit, year(&receipt)))
        }
        Fields::Tariff(_)
        | Fields::Run(_)
        | Fields::Void(_)
        | Fields::Agreed(_)
        | Fields::Credit(_)
        | Fields::Round(_)
        | Fields::Visited(_)
        | Fields::Counted(_)
        | Fields::Recounted(_)
        | Fields::Taken(_)
        | Fields::Banked(_)
        | Fields::DepositReturned(_)
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
        | Fields::WithdrawalAgreed(_) => None,
    }
}

/// Receipts before what is about them, voids before who agrees with them.
const fn rank_of(kind: u16) -> u8 {
    match kind {
        kind::BILL | kind::RECEIPT | kind::REFUND | kind::DEMANDED | kind::ACKNOWLEDGED => 0,
        kind::FUND_PAID | kind::DEPOSIT_TAKEN => 0,
        kind::VOID_ASKED | kind::CREDIT_KEPT => 1,
        _ => 2,
    }
}
