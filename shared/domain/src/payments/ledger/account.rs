//! Accounts of the ledger, and their stable names.

use linli_wire::PersonId;

use crate::kernel::UnitCode;

/// A fund that balances in itself: no entry moves money of one into another without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purse {
    /// Fees.
    Fees,
}

impl Purse {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Fees];

    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fees => "fees",
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
            | Self::Home(_) => Class::Assets,
            Self::Charge(_) | Self::Late => Class::Income,
            Self::ShortOver => Class::Expenses,
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
        }
    }

    /// Returns the parts of its stable name after kind and fund, such as `home` and `3-2-501`.
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::InHand(person) => ("in-hand", Some(person.to_hex())),
            Self::Counted(person) => ("counted", Some(person.to_hex())),
            Self::Office => ("office", None),
            Self::Bank => ("bank", None),
            Self::Wechat => ("wechat", None),
            Self::Alipay => ("alipay", None),
            Self::Home(unit) => ("home", Some(component(&unit.to_string()))),
            Self::Charge(name) => ("charge", Some(component(name))),
            Self::Late => ("late", None),
            Self::ShortOver => ("short-over", None),
        }
    }

    /// Returns its stable name: `assets:fees:home:3-2-501`. Two accounts never have one name.
    #[must_use]
    pub fn name(&self) -> String {
        let (class, purse) = (self.class().word(), self.purse().word());
        match self.parts() {
            (word, None) => format!("{class}:{purse}:{word}"),
            (word, Some(part)) => format!("{class}:{purse}:{word}:{part}"),
        }
    }
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
