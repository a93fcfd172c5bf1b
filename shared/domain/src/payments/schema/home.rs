//! What is paid, given back, demanded: the money of one home.

use linli_wire::{FactId, cbor::Bytes};
use serde::{Deserialize, Serialize};

use super::super::ReceiptNumber;
use crate::kernel::{Attachment, Fen, UnitCode};

/// How money came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Cash.
    Cash,
    /// By bank.
    Bank,
    /// By `WeChat`.
    Wechat,
    /// By Alipay.
    Alipay,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cash, Self::Bank, Self::Wechat, Self::Alipay];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }
}

/// A receipt (收据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptFields {
    /// The unit it is for.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// What was paid.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// How.
    #[serde(rename = "3")]
    pub method: Method,
    /// Its number.
    #[serde(rename = "4")]
    pub number: ReceiptNumber,
    /// The bill that the payer chose; none as the law has it.
    #[serde(rename = "5", default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<FactId>,
    /// The round on which cash was taken.
    #[serde(rename = "6", default, skip_serializing_if = "Option::is_none")]
    pub round: Option<FactId>,
    /// The serial of the paper slip that was given.
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<String>,
    /// The reference of bank or wallet.
    #[serde(rename = "8", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why it was taken although the home is not on the round.
    #[serde(rename = "9", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether more than is owed is paid on purpose (预缴).
    #[serde(rename = "10", default, skip_serializing_if = "is_false")]
    pub ahead: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// A receipt is to be void.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The receipt.
    #[serde(rename = "2")]
    pub receipt: FactId,
    /// Why.
    #[serde(rename = "3")]
    pub reason: String,
}

/// Money is to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// How much.
    #[serde(rename = "2")]
    pub amount: Fen,
    /// How.
    #[serde(rename = "3")]
    pub method: Method,
    /// Why.
    #[serde(rename = "4")]
    pub reason: String,
}

/// A second person agrees with a void or a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// What is agreed with.
    #[serde(rename = "2")]
    pub to: FactId,
}

/// The payer has the receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgedFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The receipt as it was scanned: it stands even if its collector never sends it.
    #[serde(rename = "2")]
    pub receipt: Bytes,
}

/// How a demand reached the home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// In the app.
    App,
    /// Handed over on paper, with a signature.
    Paper,
    /// By post.
    Post,
    /// By registered post.
    Registered,
}

impl Delivery {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::App, Self::Paper, Self::Post, Self::Registered];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Paper => "paper",
            Self::Post => "post",
            Self::Registered => "registered",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.word() == word)
    }
}

/// What is owed was demanded (催告).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The bills that were demanded.
    #[serde(rename = "2")]
    pub bills: Vec<FactId>,
    /// How it reached the home.
    #[serde(rename = "3")]
    pub delivery: Delivery,
    /// A photo of the signed letter or the post's slip.
    #[serde(rename = "4", default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Attachment>,
}

/// What was paid twice stays as the home's credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditFields {
    /// The unit.
    #[serde(rename = "1")]
    pub unit: UnitCode,
    /// The receipt that was too much.
    #[serde(rename = "2")]
    pub receipt: FactId,
}
