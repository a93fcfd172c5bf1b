//! The rules that a tariff lays over the RuleSet, with the RuleSet's names.

use toml::de::{DeTable, DeValue};

use super::{
    super::Fault,
    read::{Reader, Value},
};
use crate::{
    kernel::plain,
    law::{HandoverMonth, Money, Ratio, Rounding},
};

const RULES: &str = "round, handover_month, vacancy_months, vacancy_rate, prepay_months_max, \
                     prepay_discount";

/// Most months that a rule may name: fifty years.
const MONTHS_MAX: u16 = 600;

/// Lays a tariff's `[rules]` over those of the RuleSet.
pub(super) fn read<'i>(reader: &mut Reader<'i>, table: &DeTable<'i>, rules: &mut Money) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let written = number(value).unwrap_or_default();
        let (read, form) = match name {
            "round" => (
                Rounding::from_word(written).map(|word| rules.round = word),
                "half_up_fen, half_up_jiao, half_up_yuan",
            ),
            "handover_month" => (
                HandoverMonth::from_word(written).map(|word| rules.handover_month = word),
                "next_month, daily",
            ),
            "vacancy_months" => {
                (months(written).map(|count| rules.vacancy_months = count), "6 (0–600)")
            }
            "prepay_months_max" => {
                (months(written).map(|count| rules.prepay_months_max = count), "12 (0–600)")
            }
            "vacancy_rate" => {
                (share(written).map(|share| rules.vacancy_rate = share), "60%, 0.6, 3/5")
            }
            "prepay_discount" => {
                (share(written).map(|share| rules.prepay_discount = share), "5%, 0.05, 1/20")
            }
            _ => {
                reader.fault(key.span().start, name, Fault::FieldUnknown, name, RULES);
                continue;
            }
        };
        if read.is_none() {
            let (at, written) = (value.span().start, reader.written(value));
            reader.fault(at, name, Fault::RuleForm, written, form);
        }
    }
}

/// Returns a number, or a text that holds one, as it was written: TOML's own floats would not be exact.
pub(super) fn number<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        DeValue::Integer(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    }
}

fn months(text: &str) -> Option<u16> {
    plain(text).parse().ok().filter(|months| *months <= MONTHS_MAX)
}

/// Reads a share that is not more than the whole: 60 is as likely a slip for 60 % as one for 0.6.
fn share(text: &str) -> Option<Ratio> {
    Ratio::parse(text).filter(|share| !share.is_over_one())
}
