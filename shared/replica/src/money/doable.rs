//! The acts that a button can stand for.

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doable {
    /// Take cash at the door or the counter.
    Collect,
    /// Record what came by bank or wallet.
    Record,
    /// Give money back.
    Refund,
    /// Demand what is owed.
    Demand,
    /// Make a receipt void.
    Void,
    /// Agree with a void.
    AgreeVoid,
    /// Agree with a refund.
    AgreeRefund,
    /// Let what was paid twice stay as credit.
    KeepCredit,
    /// Keep a scanned receipt.
    Acknowledge,
    /// Note a visit without money.
    Visit,
    /// Count the cash in hand.
    Count,
    /// Count what another counted.
    Recount,
    /// Take over what one has counted oneself.
    Take,
    /// Pay it into the bank.
    Bank,
    /// Give somebody a round.
    OpenRound,
    /// Let a tariff come into force.
    Tariff,
    /// Bill all homes by the tariff that came last.
    Bill,
    /// Take a bill run back.
    WithdrawRun,
    /// Agree that it is taken back.
    AgreeWithdrawal,
    /// Note what came into a home's sub-account of the maintenance fund.
    PayFund,
    /// Take a deposit.
    TakeDeposit,
    /// Give a deposit back.
    ReturnDeposit,
    /// Plan works that the maintenance fund is to pay.
    Plan,
    /// Approve a project by a decision of the owners.
    Approve,
    /// Say that it cannot wait for a vote.
    Urge,
    /// Sign an approval as the second person.
    Cosign,
    /// Pay for a project.
    Spend,
    /// Note common income.
    Earn,
    /// Share a quarter's common income out.
    Share,
    /// Note what the committee paid.
    Expense,
    /// Sign what the ledger had at the end of a month.
    SignMonth,
    /// Sign the same as the second person.
    ConfirmMonth,
}

impl Doable {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::Collect,
        Self::Record,
        Self::Refund,
        Self::Demand,
        Self::Void,
        Self::AgreeVoid,
        Self::AgreeRefund,
        Self::KeepCredit,
        Self::Acknowledge,
        Self::Visit,
        Self::Count,
        Self::Recount,
        Self::Take,
        Self::Bank,
        Self::OpenRound,
        Self::Tariff,
        Self::Bill,
        Self::WithdrawRun,
        Self::AgreeWithdrawal,
        Self::PayFund,
        Self::TakeDeposit,
        Self::ReturnDeposit,
        Self::Plan,
        Self::Approve,
        Self::Urge,
        Self::Cosign,
        Self::Spend,
        Self::Earn,
        Self::Share,
        Self::Expense,
        Self::SignMonth,
        Self::ConfirmMonth,
    ];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Record => "record",
            Self::Refund => "refund",
            Self::Demand => "demand",
            Self::Void => "void",
            Self::AgreeVoid => "agree_void",
            Self::AgreeRefund => "agree_refund",
            Self::KeepCredit => "keep_credit",
            Self::Acknowledge => "acknowledge",
            Self::Visit => "visit",
            Self::Count => "count",
            Self::Recount => "recount",
            Self::Take => "take",
            Self::Bank => "bank",
            Self::OpenRound => "open_round",
            Self::Tariff => "tariff",
            Self::Bill => "bill",
            Self::WithdrawRun => "withdraw_run",
            Self::AgreeWithdrawal => "agree_withdrawal",
            Self::PayFund => "pay_fund",
            Self::TakeDeposit => "take_deposit",
            Self::ReturnDeposit => "return_deposit",
            Self::Plan => "plan",
            Self::Approve => "approve",
            Self::Urge => "urge",
            Self::Cosign => "cosign",
            Self::Spend => "spend",
            Self::Earn => "earn",
            Self::Share => "share",
            Self::Expense => "expense",
            Self::SignMonth => "sign_month",
            Self::ConfirmMonth => "confirm_month",
        }
    }

    /// Reads a stable word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doable| doable.word() == word)
    }
}
