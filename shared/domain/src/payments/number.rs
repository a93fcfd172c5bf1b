//! Numbers of receipts (收据编号): `KJ3D-2611-0001-X`.
//!
//! Four characters say which device gave it, then come year and month, a count from 0001, and a check
//! character. No two phones have to meet to number alike: the first four follow from the device's own
//! key, so that anybody who checks the receipt's signature sees whose number it is.

use std::fmt;

use linli_wire::DeviceId;
use serde::{Deserialize, Serialize};

use super::check::check_37_36;
use crate::kernel::Month;

/// Digits and capitals that are not taken for each other: without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Highest count of a device in a month: a head has some 200 homes.
pub const COUNT_MAX: u16 = 9_999;

/// The characters by which a device's numbers begin.
///
/// Twenty bits: of forty collectors, two have the same in one community of thirteen hundred. Receipts
/// are told apart by their hash in any case, and two of one number are shown.
#[must_use]
pub fn prefix_of(device: &DeviceId) -> String {
    letters_of(device).map(char::from).iter().collect()
}

fn letters_of(device: &DeviceId) -> [u8; 4] {
    let hash = linli_wire::sha256(&[b"linli/receipts/1\0", &device.0]);
    let letter = |bits: u8| LETTERS.get(usize::from(bits & 31)).copied().unwrap_or(b'0');
    hash.first_chunk::<4>().copied().unwrap_or_default().map(letter)
}

/// The number of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ReceiptNumber {
    /// Some of [`LETTERS`].
    prefix: [u8; 4],
    month: Month,
    count: u16,
}

impl ReceiptNumber {
    /// Numbers the receipt that a device gives in a month as its `count`th; `None` beyond
    /// [`COUNT_MAX`], or outside this century.
    #[must_use]
    pub fn new(device: &DeviceId, month: Month, count: u16) -> Option<Self> {
        let number = Self { prefix: letters_of(device), month, count };
        let fits = (1..=COUNT_MAX).contains(&count) && Self::parse(&number.to_string()).is_some();
        fits.then_some(number)
    }

    /// Reads a number as it is written, checked.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [prefix, month, count, check] = parts.as_slice() else { return None };
        let digits = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let letters: [u8; 4] = prefix.as_bytes().try_into().ok()?;
        if !letters.iter().all(|letter| LETTERS.contains(letter))
            || !digits(month)
            || !digits(count)
        {
            return None;
        }
        let sum = check_37_36(&format!("{prefix}{month}{count}"))?;
        let (year, in_year) = month.split_at_checked(2)?;
        let month = Month::parse(&format!("20{year}-{in_year}"))?;
        let count = count.parse().ok().filter(|count| *count > 0)?;
        (*check == sum.to_string()).then_some(Self { prefix: letters, month, count })
    }

    /// Tells whether a device gives such numbers.
    #[must_use]
    pub fn is_of(&self, device: &DeviceId) -> bool {
        self.prefix == letters_of(device)
    }

    /// Returns the characters of the device.
    #[must_use]
    pub fn prefix(&self) -> &str {
        std::str::from_utf8(&self.prefix).unwrap_or_default()
    }

    /// Returns what it is counted within: its device and month.
    pub(super) const fn series(&self) -> ([u8; 4], Month) {
        (self.prefix, self.month)
    }

    /// Returns the month.
    #[must_use]
    pub const fn month(&self) -> Month {
        self.month
    }

    /// Returns the count within device and month, from 1.
    #[must_use]
    pub const fn count(&self) -> u16 {
        self.count
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month: String = self.month.to_string().chars().skip(2).filter(|c| *c != '-').collect();
        let plain = format!("{}{month}{:04}", self.prefix(), self.count);
        let check = check_37_36(&plain).unwrap_or_default();
        write!(f, "{}-{month}-{:04}-{check}", self.prefix(), self.count)
    }
}

impl From<ReceiptNumber> for String {
    fn from(number: ReceiptNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for ReceiptNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not a receipt's number".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId([7; 32]);

    fn number(count: u16) -> ReceiptNumber {
        ReceiptNumber::new(&DEVICE, Month::parse("2026-11").unwrap(), count).unwrap()
    }

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for count in [1, 42, COUNT_MAX] {
            let written = number(count).to_string();
            assert_eq!(written.len(), 16, "{written}");
            assert_eq!(ReceiptNumber::parse(&written), Some(number(count)));
        }
        assert!(number(1).is_of(&DEVICE));
        assert!(!number(1).is_of(&DeviceId([8; 32])));
    }

    #[test]
    fn a_slip_of_the_pen_is_no_number() {
        let written = number(17).to_string();
        let (body, check) = written.rsplit_once('-').unwrap();
        assert_eq!(ReceiptNumber::parse(&format!("{body}-{check}-")), None);
        assert_eq!(ReceiptNumber::parse(&written.replace("0017", "0071")), None);
        assert_eq!(ReceiptNumber::parse(&written.replace("2611", "2613")), None);
        assert_eq!(ReceiptNumber::parse(&written.to_lowercase()), None);
        assert_eq!(ReceiptNumber::parse("收据"), None);
        assert_eq!(ReceiptNumber::new(&DEVICE, Month::parse("2026-11").unwrap(), 0), None);
    }
}
