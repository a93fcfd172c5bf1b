//! How money is stored: kinds, words and numbered fields, for ever.

mod books;
mod home;
mod round;
mod treasury;

use linli_wire::{
    cbor::{self, Value},
    fact::Fact,
};
use serde::{Serialize, de::DeserializeOwned};

pub use books::{BillFields, Conditions, RunFields, StairTotal, TariffFields, WithdrawalFields};
pub use home::{
    AcknowledgedFields, AgreedFields, CreditFields, Delivery, DemandFields, Method, ReceiptFields,
    RefundFields, VoidFields,
};
pub use round::{
    BankedFields, CountFields, Notes, RecountFields, RoundFields, TakenFields, Visit, VisitFields,
};
pub use treasury::{
    ApprovedFields, Balance, BalancesFields, CommonIncomeFields, CommonSource, CosignedFields,
    DepositFields, DepositReturnedFields, Emergency, EmergencyFields, ExpenseFields,
    FundPaidFields, ProjectFields, SpentFields, SplitFields,
};

use crate::kernel::UnitCode;

/// Kinds of the facts of payments.
pub mod kind {
    /// A tariff comes into force.
    pub const TARIFF: u16 = 40;
    /// The header of a bill run.
    pub const BILL_RUN: u16 = 41;
    /// The bill of one home.
    pub const BILL: u16 = 42;
    /// Money was received.
    pub const RECEIPT: u16 = 43;
    /// A receipt is to be void.
    pub const VOID_ASKED: u16 = 44;
    /// Money is to be given back.
    pub const REFUND: u16 = 45;
    /// A second person agrees with a void or a refund.
    pub const AGREED: u16 = 46;
    /// The payer has the receipt.
    pub const ACKNOWLEDGED: u16 = 47;
    /// What is owed was demanded.
    pub const DEMANDED: u16 = 48;
    /// What was paid twice stays as the home's credit.
    pub const CREDIT_KEPT: u16 = 49;
    /// A round from door to door is given to somebody.
    pub const ROUND: u16 = 50;
    /// Nobody was in, or nothing was paid.
    pub const VISITED: u16 = 51;
    /// The collector counted the cash.
    pub const COUNTED: u16 = 52;
    /// Another person took it over, by their own count.
    pub const RECEIVED: u16 = 53;
    /// It was paid into the bank.
    pub const BANKED: u16 = 54;
    /// Money came into the sub-account of a unit.
    pub const FUND_PAID: u16 = 55;
    /// A deposit was taken.
    pub const DEPOSIT_TAKEN: u16 = 56;
    /// A deposit was given back.
    pub const DEPOSIT_RETURNED: u16 = 57;
    /// Works that the maintenance fund is to pay.
    pub const PROJECT: u16 = 58;
    /// The owners decided.
    pub const APPROVED: u16 = 59;
    /// It cannot wait for a vote.
    pub const EMERGENCY: u16 = 60;
    /// A second person signs, for everybody to see.
    pub const COSIGNED: u16 = 61;
    /// The fund paid.
    pub const SPENT: u16 = 62;
    /// Common income of a quarter.
    pub const COMMON_INCOME: u16 = 63;
    /// It is shared out.
    pub const COMMON_SPLIT: u16 = 64;
    /// The committee paid something.
    pub const EXPENSE: u16 = 65;
    /// What the ledger had at the end of a month.
    pub const BALANCES: u16 = 66;
    /// A second person signs balances, within the office.
    pub const BALANCES_CONFIRMED: u16 = 67;
    /// A bill run is to be withdrawn.
    pub const WITHDRAWAL_ASKED: u16 = 68;
    /// A second person agrees: the run is withdrawn.
    pub const WITHDRAWAL_AGREED: u16 = 69;
    /// Another person counted it.
    pub const RECOUNTED: u16 = 70;
}

const PART: &str = "payment fact";

/// Any fact of this room, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fields {
    /// [`kind::TARIFF`].
    Tariff(TariffFields),
    /// [`kind::BILL_RUN`].
    Run(RunFields),
    /// [`kind::BILL`].
    Bill(BillFields),
    /// [`kind::RECEIPT`].
    Receipt(ReceiptFields),
    /// [`kind::VOID_ASKED`].
    Void(VoidFields),
    /// [`kind::REFUND`].
    Refund(RefundFields),
    /// [`kind::AGREED`].
    Agreed(AgreedFields),
    /// [`kind::ACKNOWLEDGED`].
    Acknowledged(AcknowledgedFields),
    /// [`kind::DEMANDED`].
    Demand(DemandFields),
    /// [`kind::CREDIT_KEPT`].
    Credit(CreditFields),
    /// [`kind::ROUND`].
    Round(RoundFields),
    /// [`kind::VISITED`].
    Visited(VisitFields),
    /// [`kind::COUNTED`].
    Counted(CountFields),
    /// [`kind::RECOUNTED`].
    Recounted(RecountFields),
    /// [`kind::RECEIVED`].
    Taken(TakenFields),
    /// [`kind::BANKED`].
    Banked(BankedFields),
    /// [`kind::FUND_PAID`].
    FundPaid(FundPaidFields),
    /// [`kind::DEPOSIT_TAKEN`].
    Deposit(DepositFields),
    /// [`kind::DEPOSIT_RETURNED`].
    DepositReturned(DepositReturnedFields),
    /// [`kind::PROJECT`].
    Project(ProjectFields),
    /// [`kind::APPROVED`].
    Approved(ApprovedFields),
    /// [`kind::EMERGENCY`].
    Emergency(EmergencyFields),
    /// [`kind::COSIGNED`].
    Cosigned(CosignedFields),
    /// [`kind::SPENT`].
    Spent(SpentFields),
    /// [`kind::COMMON_INCOME`].
    Income(CommonIncomeFields),
    /// [`kind::COMMON_SPLIT`].
    Split(SplitFields),
    /// [`kind::EXPENSE`].
    Expense(ExpenseFields),
    /// [`kind::BALANCES`].
    Balances(BalancesFields),
    /// [`kind::BALANCES_CONFIRMED`].
    BalancesConfirmed(CosignedFields),
    /// [`kind::WITHDRAWAL_ASKED`].
    Withdrawal(WithdrawalFields),
    /// [`kind::WITHDRAWAL_AGREED`].
    WithdrawalAgreed(CosignedFields),
}

impl Fields {
    /// Reads a fact of this room; `None` if it is none or cannot be read.
    #[must_use]
    pub fn of(fact: &Fact) -> Option<Self> {
        Some(match fact.kind {
            kind::TARIFF => Self::Tariff(read(fact)?),
            kind::BILL_RUN => Self::Run(read(fact)?),
            kind::BILL => Self::Bill(read(fact)?),
            kind::RECEIPT => Self::Receipt(read(fact)?),
            kind::VOID_ASKED => Self::Void(read(fact)?),
            kind::REFUND => Self::Refund(read(fact)?),
            kind::AGREED => Self::Agreed(read(fact)?),
            kind::ACKNOWLEDGED => Self::Acknowledged(read(fact)?),
            kind::DEMANDED => Self::Demand(read(fact)?),
            kind::CREDIT_KEPT => Self::Credit(read(fact)?),
            kind::ROUND => Self::Round(read(fact)?),
            kind::VISITED => Self::Visited(read(fact)?),
            kind::COUNTED => Self::Counted(read(fact)?),
            kind::RECOUNTED => Self::Recounted(read(fact)?),
            kind::RECEIVED => Self::Taken(read(fact)?),
            kind::BANKED => Self::Banked(read(fact)?),
            kind::FUND_PAID => Self::FundPaid(read(fact)?),
            kind::DEPOSIT_TAKEN => Self::Deposit(read(fact)?),
            kind::DEPOSIT_RETURNED => Self::DepositReturned(read(fact)?),
            kind::PROJECT => Self::Project(read(fact)?),
            kind::APPROVED => Self::Approved(read(fact)?),
            kind::EMERGENCY => Self::Emergency(read(fact)?),
            kind::COSIGNED => Self::Cosigned(read(fact)?),
            kind::SPENT => Self::Spent(read(fact)?),
            kind::COMMON_INCOME => Self::Income(read(fact)?),
            kind::COMMON_SPLIT => Self::Split(read(fact)?),
            kind::EXPENSE => Self::Expense(read(fact)?),
            kind::BALANCES => Self::Balances(read(fact)?),
            kind::BALANCES_CONFIRMED => Self::BalancesConfirmed(read(fact)?),
            kind::WITHDRAWAL_ASKED => Self::Withdrawal(read(fact)?),
            kind::WITHDRAWAL_AGREED => Self::WithdrawalAgreed(read(fact)?),
            _ => return None,
        })
    }

    /// Returns the kind it is stored as.
    #[must_use]
    pub const fn kind(&self) -> u16 {
        match self {
            Self::Tariff(_) => kind::TARIFF,
            Self::Run(_) => kind::BILL_RUN,
            Self::Bill(_) => kind::BILL,
            Self::Receipt(_) => kind::RECEIPT,
            Self::Void(_) => kind::VOID_ASKED,
            Self::Refund(_) => kind::REFUND,
            Self::Agreed(_) => kind::AGREED,
            Self::Acknowledged(_) => kind::ACKNOWLEDGED,
            Self::Demand(_) => kind::DEMANDED,
            Self::Credit(_) => kind::CREDIT_KEPT,
            Self::Round(_) => kind::ROUND,
            Self::Visited(_) => kind::VISITED,
            Self::Counted(_) => kind::COUNTED,
            Self::Recounted(_) => kind::RECOUNTED,
            Self::Taken(_) => kind::RECEIVED,
            Self::Banked(_) => kind::BANKED,
            Self::FundPaid(_) => kind::FUND_PAID,
            Self::Deposit(_) => kind::DEPOSIT_TAKEN,
            Self::DepositReturned(_) => kind::DEPOSIT_RETURNED,
            Self::Project(_) => kind::PROJECT,
            Self::Approved(_) => kind::APPROVED,
            Self::Emergency(_) => kind::EMERGENCY,
            Self::Cosigned(_) => kind::COSIGNED,
            Self::Spent(_) => kind::SPENT,
            Self::Income(_) => kind::COMMON_INCOME,
            Self::Split(_) => kind::COMMON_SPLIT,
            Self::Expense(_) => kind::EXPENSE,
            Self::Balances(_) => kind::BALANCES,
            Self::BalancesConfirmed(_) => kind::BALANCES_CONFIRMED,
            Self::Withdrawal(_) => kind::WITHDRAWAL_ASKED,
            Self::WithdrawalAgreed(_) => kind::WITHDRAWAL_AGREED,
        }
    }

    /// Returns what is stored.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::Tariff(fields) => value(fields),
            Self::Run(fields) => value(fields),
            Self::Bill(fields) => value(fields),
            Self::Receipt(fields) => value(fields),
            Self::Void(fields) => value(fields),
            Self::Refund(fields) => value(fields),
            Self::Agreed(fields) => value(fields),
            Self::Acknowledged(fields) => value(fields),
            Self::Demand(fields) => value(fields),
            Self::Credit(fields) => value(fields),
            Self::Round(fields) => value(fields),
            Self::Visited(fields) => value(fields),
            Self::Counted(fields) => value(fields),
            Self::Recounted(fields) => value(fields),
            Self::Taken(fields) => value(fields),
            Self::Banked(fields) => value(fields),
            Self::FundPaid(fields) => value(fields),
            Self::Deposit(fields) => value(fields),
            Self::DepositReturned(fields) => value(fields),
            Self::Project(fields) => value(fields),
            Self::Approved(fields) => value(fields),
            Self::Emergency(fields) => value(fields),
            Self::Cosigned(fields) => value(fields),
            Self::Spent(fields) => value(fields),
            Self::Income(fields) => value(fields),
            Self::Split(fields) => value(fields),
            Self::Expense(fields) => value(fields),
            Self::Balances(fields) => value(fields),
            Self::BalancesConfirmed(fields) => value(fields),
            Self::Withdrawal(fields) => value(fields),
            Self::WithdrawalAgreed(fields) => value(fields),
        }
    }

    /// Returns what its paper is called: the number of a receipt, invoice or slip, a bank's reference.
    #[must_use]
    pub fn paper(&self) -> Option<String> {
        match self {
            Self::Receipt(fields) => Some(fields.number.to_string()),
            Self::Banked(fields) => Some(fields.slip.clone()),
            Self::FundPaid(fields) => Some(fields.reference.clone()),
            Self::Spent(fields) => Some(fields.invoice.clone()),
            Self::Income(fields) => Some(fields.voucher.clone()),
            Self::Expense(fields) => Some(fields.invoice.clone()),
            Self::Bill(_)
            | Self::Void(_)
            | Self::Refund(_)
            | Self::Agreed(_)
            | Self::Acknowledged(_)
            | Self::Demand(_)
            | Self::Credit(_)
            | Self::Deposit(_)
            | Self::DepositReturned(_)
            | Self::Tariff(_)
            | Self::Run(_)
            | Self::Round(_)
            | Self::Visited(_)
            | Self::Counted(_)
            | Self::Recounted(_)
            | Self::Taken(_)
            | Self::Project(_)
            | Self::Approved(_)
            | Self::Emergency(_)
            | Self::Cosigned(_)
            | Self::Split(_)
            | Self::Balances(_)
            | Self::BalancesConfirmed(_)
            | Self::Withdrawal(_)
            | Self::WithdrawalAgreed(_) => None,
        }
    }

    /// Returns the home whose money it is; none for what is the community's or a round's.
    #[must_use]
    pub const fn home(&self) -> Option<&UnitCode> {
        match self {
            Self::Bill(BillFields { unit, .. })
            | Self::Receipt(ReceiptFields { unit, .. })
            | Self::Void(VoidFields { unit, .. })
            | Self::Refund(RefundFields { unit, .. })
            | Self::Agreed(AgreedFields { unit, .. })
            | Self::Acknowledged(AcknowledgedFields { unit, .. })
            | Self::Demand(DemandFields { unit, .. })
            | Self::Credit(CreditFields { unit, .. })
            | Self::FundPaid(FundPaidFields { unit, .. })
            | Self::Deposit(DepositFields { unit, .. })
            | Self::DepositReturned(DepositReturnedFields { unit, .. }) => Some(unit),
            Self::Tariff(_)
            | Self::Run(_)
            | Self::Round(_)
            | Self::Visited(_)
            | Self::Counted(_)
            | Self::Recounted(_)
            | Self::Taken(_)
            | Self::Banked(_)
            | Self::Project(_)
            | Self::Approved(_)
            | Self::Emergency(_)
            | Self::Cosigned(_)
            | Self::Spent(_)
            | Self::Income(_)
            | Self::Split(_)
            | Self::Expense(_)
            | Self::Balances(_)
            | Self::BalancesConfirmed(_)
            | Self::Withdrawal(_)
            | Self::WithdrawalAgreed(_) => None,
        }
    }
}

fn read<T: DeserializeOwned>(fact: &Fact) -> Option<T> {
    cbor::from_value(PART, &fact.fields).ok()
}

fn value<T: Serialize>(fields: &T) -> Value {
    // Our own types always encode; a fact without fields would be refused by everybody.
    cbor::to_value(PART, fields).unwrap_or(Value::Null)
}
