//! One line of a statement.

use crate::kernel::{Day, Fen};

/// Through whom money came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// A bank.
    Bank,
    /// WeChat Pay.
    WeChat,
    /// Alipay.
    Alipay,
}

impl Channel {
    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::WeChat => "wechat",
            Self::Alipay => "alipay",
        }
    }
}

/// A time of a day, in seconds from midnight, as the statement has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// Takes hours (0 to 23), minutes and seconds (0 to 59).
    #[must_use]
    pub fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second < 60;
        fits.then(|| Self(hour * 3_600 + minute * 60 + second))
    }
}

/// `09:05:00`.
impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0 / 3_600, self.0 / 60 % 60, self.0 % 60)
    }
}

/// Why a line is no income.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotIncome {
    /// Money went out, or an income was struck off with a negative figure.
    PaidOut,
    /// The service counts it neither as income nor as spending.
    Neutral,
    /// Money that the account itself had spent came back.
    Refund,
    /// What had come in was given back.
    Refunded,
    /// The trade was closed or cancelled.
    Closed,
    /// The trade failed, or ran out.
    Failed,
    /// It is not there yet.
    Pending,
    /// The sum is zero.
    Zero,
}

impl NotIncome {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PaidOut => "paid_out",
            Self::Neutral => "neutral",
            Self::Refund => "refund",
            Self::Refunded => "refunded",
            Self::Closed => "closed",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::Zero => "zero",
        }
    }
}

/// Why a person has to look at a line, whatever it would fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A part of it was given back: the sum is no longer what came in.
    PartlyRefunded,
    /// The status is none that is known.
    StatusUnknown,
    /// The bank's text speaks of a reversal or of money that came back.
    Reversal,
}

impl Doubt {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PartlyRefunded => "partly_refunded",
            Self::StatusUnknown => "status_unknown",
            Self::Reversal => "reversal",
        }
    }
}

/// Whether a line is income.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It came in and stays.
    Income,
    /// It is none.
    Not(NotIncome),
    /// It cannot be told.
    Doubtful(Doubt),
}

/// One movement of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Its line in the file, from 1.
    pub row: u32,
    /// Through whom it came.
    pub channel: Channel,
    /// The number that the bank or service gave it.
    pub serial: Option<String>,
    /// The number that whoever was paid gave it.
    pub order: Option<String>,
    /// The day.
    pub day: Day,
    /// The time, where the statement has it.
    pub time: Option<TimeOfDay>,
    /// The sum: above zero in, below zero out. What is neutral is above zero.
    pub amount: Fen,
    /// What the account held after it.
    pub balance: Option<Fen>,
    /// Who is at the other end; empty where nobody is named.
    pub party: String,
    /// All texts of the line: what it was for, what the payer wrote.
    pub memo: String,
    /// Whether it is income.
    pub standing: Standing,
}
