//! Accounts of the ledger, and their stable names.

use linli_wire::PersonId;

use crate::{kernel::UnitCode, payments::CommonSource};

/// A fund that balances in itself: no entry moves money of one into another without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purse {
    /// Fees.
    Fees,
    /// The maintenance fund.
    Fund,
    /// Common income.
    Common,
    /// What the committee spends.
    Committee,
    /// Deposits.
    Deposits,
}

impl Purse {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Fees, Self::Fund, Self::Common, Self::Committee, Self::Deposits];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fees => "fees",
            Self::Fund => "fund",
            Self::Common => "common",
            Self::Committee => "committee",
            Self::Deposits => "deposits",
        }
    }
}

/// What kind of account it is; its word begins the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// What is there, or is owed to the community.
    Assets,
    /// What is held for others.
    Liabilities,
    /// What came in.
    Income,
    /// What was spent.
    Expenses,
}

impl Class {
    /// All of them, in the order of a chart.
    pub const ALL: [Self; 4] = [Self::Assets, Self::Liabilities, Self::Income, Self::Expenses];

    /// Returns the stable word, which `hledger` and `beancount` know.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assets => "assets",
            Self::Liabilities => "liabilities",
            Self::Income => "income",
            Self::Expenses => "expenses",
        }
    }

    /// Tells whether its balance goes on from year to year.
    #[must_use]
    pub const fn is_carried(self) -> bool {
        match self {
            Self::Assets | Self::Liabilities => true,
            Self::Income | Self::Expenses => false,
        }
    }
}

/// An account of the ledger, in the order of the chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerAccount {
    /// Cash that somebody took and has not counted.
    InHand(PersonId),
    /// Cash that somebody counted and nobody has taken over.
    Counted(PersonId),
    /// Cash of the office.
    Office,
    /// The bank.
    Bank,
    /// `WeChat`.
    Wechat,
    /// Alipay.
    Alipay,
    /// What a home owes; below zero it is its credit.
    Home(UnitCode),
    /// Income of a charge, by its name.
    Charge(String),
    /// Income for lateness.
    Late,
    /// What was short or over when cash was counted: above zero is short.
    ShortOver,
    /// Money of the maintenance fund, in its own account.
    FundMoney,
    /// What a unit owes the fund: its share of works that its sub-account did not cover.
    FundOwed(UnitCode),
    /// The sub-account of a unit: below zero, as the fund holds it for the owner.
    FundShare(UnitCode),
    /// Money of common income.
    CommonMoney,
    /// Common income, by where it comes from.
    CommonIncome(CommonSource),
    /// What it cost.
    CommonCost(CommonSource),
    /// What of it went to the fund and the committee.
    CommonShared,
    /// Money that the committee has to spend.
    CommitteeMoney,
    /// What it got.
    CommitteeGot,
    /// What it spent.
    CommitteeSpent,
    /// Money of deposits.
    DepositMoney,
    /// What is held for a unit: below zero.
    Deposit(UnitCode),
}

/// Digits of a hash that tell apart names which lost a character.
const MARK_DIGITS: usize = 6;

impl LedgerAccount {
    /// Returns its kind.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::InHand(_)
            | Self::Counted(_)
            | Self::Office
            | Self::Bank
            | Self::Wechat
            | Self::Alipay
            | Self::Home(_)
            | Self::FundMoney
            | Self::FundOwed(_)
            | Self::CommonMoney
            | Self::CommitteeMoney
            | Self::DepositMoney => Class::Assets,
            Self::FundShare(_) | Self::Deposit(_) => Class::Liabilities,
            Self::Charge(_) | Self::Late | Self::CommonIncome(_) | Self::CommitteeGot => {
                Class::Income
            }
            Self::ShortOver | Self::CommonCost(_) | Self::CommonShared | Self::CommitteeSpent => {
                Class::Expenses
            }
        }
    }

    /// Returns the fund it belongs to.
    #[must_use]
    pub const fn purse(&self) -> Purse {
        match self {
            Self::InHand(_)
            | Self::Counted(_)
            | Self::Office
            | Self::Bank
            | Self::Wechat
            | Self::Alipay
            | Self::Home(_)
            | Self::Charge(_)
            | Self::Late
            | Self::ShortOver => Purse::Fees,
            Self::FundMoney | Self::FundOwed(_) | Self::FundShare(_) => Purse::Fund,
            Self::CommonMoney
            | Self::CommonIncome(_)
            | Self::CommonCost(_)
            | Self::CommonShared => Purse::Common,
            Self::CommitteeMoney | Self::CommitteeGot | Self::CommitteeSpent => Purse::Committee,
            Self::DepositMoney | Self::Deposit(_) => Purse::Deposits,
        }
    }

    /// Returns the person whose hands it is in.
    #[must_use]
    pub const fn person(&self) -> Option<&PersonId> {
        match self.parts().1 {
            Whose::Person(person) => Some(person),
            Whose::All | Whose::Home(_) | Whose::Charge(_) | Whose::Source(_) => None,
        }
    }

    /// Returns the unit whose own account it is.
    #[must_use]
    pub const fn home(&self) -> Option<&UnitCode> {
        match self.parts().1 {
            Whose::Home(unit) => Some(unit),
            Whose::All | Whose::Person(_) | Whose::Charge(_) | Whose::Source(_) => None,
        }
    }

    /// Returns the stable word under which people's words for it are found.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::InHand(_) => "in_hand",
            Self::Counted(_) => "counted",
            Self::Office => "office",
            Self::Bank => "bank",
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
            Self::Home(_) => "home",
            Self::Charge(_) => "charge",
            Self::Late => "late",
            Self::ShortOver => "short_over",
            Self::FundMoney => "fund_money",
            Self::FundOwed(_) => "fund_owed",
            Self::FundShare(_) => "fund_share",
            Self::CommonMoney => "common_money",
            Self::CommonIncome(_) => "common_income",
            Self::CommonCost(_) => "common_cost",
            Self::CommonShared => "common_shared",
            Self::CommitteeMoney => "committee_money",
            Self::CommitteeGot => "committee_got",
            Self::CommitteeSpent => "committee_spent",
            Self::DepositMoney => "deposit_money",
            Self::Deposit(_) => "deposit",
        }
    }

    /// Returns its word after kind and fund, and what tells it from others of the word.
    const fn parts(&self) -> (&'static str, Whose<'_>) {
        match self {
            Self::InHand(person) => ("in-hand", Whose::Person(person)),
            Self::Counted(person) => ("counted", Whose::Person(person)),
            Self::Office => ("office", Whose::All),
            Self::Bank | Self::FundMoney => ("bank", Whose::All),
            Self::Wechat => ("wechat", Whose::All),
            Self::Alipay => ("alipay", Whose::All),
            Self::Home(unit) => ("home", Whose::Home(unit)),
            Self::Charge(name) => ("charge", Whose::Charge(name.as_str())),
            Self::Late => ("late", Whose::All),
            Self::ShortOver => ("short-over", Whose::All),
            Self::FundOwed(unit) => ("owed", Whose::Home(unit)),
            Self::FundShare(unit) | Self::Deposit(unit) => ("unit", Whose::Home(unit)),
            Self::CommonMoney | Self::CommitteeMoney | Self::DepositMoney => ("money", Whose::All),
            Self::CommonIncome(source) | Self::CommonCost(source) => {
                ("source", Whose::Source(*source))
            }
            Self::CommonShared => ("shared", Whose::All),
            Self::CommitteeGot => ("got", Whose::All),
            Self::CommitteeSpent => ("spent", Whose::All),
        }
    }

    /// Returns its stable name: `assets:fees:home:3-2-501`. Two accounts never have one name.
    #[must_use]
    pub fn name(&self) -> String {
        let (word, whose) = self.parts();
        let part = match whose {
            Whose::All => None,
            Whose::Person(person) => Some(person.to_hex()),
            Whose::Home(unit) => Some(component(&unit.to_string())),
            Whose::Charge(name) => Some(component(name)),
            Whose::Source(source) => Some(source.word().to_owned()),
        };
        let (class, purse) = (self.class().word(), self.purse().word());
        match part {
            None => format!("{class}:{purse}:{word}"),
            Some(part) => format!("{class}:{purse}:{word}:{part}"),
        }
    }
}

/// What tells an account from others of its word.
enum Whose<'a> {
    All,
    Person(&'a PersonId),
    Home(&'a UnitCode),
    Charge(&'a str),
    Source(CommonSource),
}

/// Makes a part of a name that bookkeeping programs read: digits, Latin letters, Chinese characters and
/// dashes, with a capital first. A name that is changed by it gets a mark, so that no two become one.
fn component(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '㐀'..='䶿' | '一'..='鿿');
    let mut part: String = name.chars().map(|c| if plain(c) { c } else { '-' }).collect();
    if part.starts_with('-') || part.is_empty() {
        part.insert(0, 'X');
    }
    let capital: String = part.chars().take(1).map(|c| c.to_ascii_uppercase()).collect();
    let part: String = capital.chars().chain(part.chars().skip(1)).collect();
    if part == name {
        return part;
    }
    let hash = linli_wire::sha256(&[b"linli/ledger/1\0", name.as_bytes()]);
    let mark: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let mark: String = mark.chars().take(MARK_DIGITS).collect();
    format!("{part}-{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_no_two_become_one() {
        let name = |name: &str| LedgerAccount::Charge(name.to_owned()).name();
        assert_eq!(name("物业费"), "income:fees:charge:物业费");
        assert_eq!(name("Lift-A"), "income:fees:charge:Lift-A");
        for (one, other) in [("Lift A", "Lift:A"), ("lift", "Lift"), ("", "-"), ("X-", "-")] {
            assert_ne!(name(one), name(other));
        }
        assert!(name("电梯 费;x").starts_with("income:fees:charge:电梯-费-x-"));
    }
}
