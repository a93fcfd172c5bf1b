//! Why a charge line is what it is, as one sentence; what an account of the ledger is called.

use linli_domain::{
    kernel::PersonId,
    law::Ratio,
    payments::{Line, Measure, Why, ledger::LedgerAccount},
};

use crate::words::Words;

/// The group of the words.
const GROUP: &str = "why";

/// Says what an account is called, with whose it is; `who` names a person.
#[must_use]
pub fn account(
    account: &LedgerAccount,
    who: &dyn Fn(&PersonId) -> String,
    words: &Words,
) -> String {
    let kind = account_kind(account, words);
    match (account.person(), account.home()) {
        (Some(person), _) => format!("{kind} {}", who(person)),
        (None, Some(unit)) => format!("{kind} {unit}"),
        (None, None) => kind,
    }
}

/// Says what an account is called without home and person, as it is published.
#[must_use]
pub fn account_kind(account: &LedgerAccount, words: &Words) -> String {
    let kind = words.get("account", account.word());
    match account {
        LedgerAccount::Charge(name) => format!("{kind} {name}"),
        LedgerAccount::CommonIncome(source) | LedgerAccount::CommonCost(source) => {
            format!("{kind} {}", words.get("common_source", source.word()))
        }
        _ => kind.to_owned(),
    }
}

/// Says why a line is what it is: area, rate, months, rounding.
#[must_use]
pub fn line(line: &Line, words: &Words) -> String {
    let why = &line.why;
    let mut said = measure(&why.measure, words);
    let mut say = |key, values: &[(&str, &str)]| said.push_str(&words.fill(GROUP, key, values));
    if let Some(part) = why.part {
        say("days", &[("days", &part.days.to_string()), ("of", &part.of.to_string())]);
    }
    if let Some(empty) = why.empty {
        say("empty", &[("share", &share(empty))]);
    }
    if is_reckoned(why) {
        let key = if why.exact.cut { "about" } else { "exact" };
        say(key, &[("exact", &why.exact.to_string())]);
    }
    if !why.exact.is_whole(why.round) {
        say(why.round.word(), &[("amount", &why.rounded.to_string())]);
    }
    if let Some(prepaid) = why.prepaid {
        let months = prepaid.months.to_string();
        let (before, after) = (prepaid.before.to_string(), prepaid.after.to_string());
        let (discount, amount) = (share(prepaid.discount), line.amount.to_string());
        let values = [("months", &*months), ("before", &before), ("after", &after)];
        let more = [("discount", &*discount), ("amount", &amount)];
        say("prepaid", &[&values[..], &more].concat());
    }
    say("end", &[]);
    said
}

fn measure(measure: &Measure, words: &Words) -> String {
    match measure {
        Measure::Area { area, rate } => {
            words.fill(GROUP, "area", &[("area", &area.to_string()), ("rate", &rate.to_string())])
        }
        Measure::Fixed { rate } => words.fill(GROUP, "fixed", &[("rate", &rate.to_string())]),
        Measure::Parking { rate } => words.fill(GROUP, "parking", &[("rate", &rate.to_string())]),
        Measure::Shared { total, area, whole, part } => {
            let (total, area) = (total.to_string(), area.to_string());
            let (whole, part) = (whole.to_string(), part.to_string());
            let values = [("total", &*total), ("area", &area), ("whole", &whole), ("part", &part)];
            words.fill(GROUP, "shared", &values)
        }
    }
}

/// Tells whether there is something to reckon: a part of a whole month is told already.
const fn is_reckoned(why: &Why) -> bool {
    match why.measure {
        Measure::Area { .. } => true,
        Measure::Fixed { .. } | Measure::Parking { .. } => {
            why.part.is_some() || why.empty.is_some() || why.exact.cut
        }
        Measure::Shared { .. } => why.part.is_some(),
    }
}

/// Writes a share in percent, or as a fraction where that is not exact.
fn share(ratio: Ratio) -> String {
    ratio.in_percent().map_or_else(|| String::from(ratio), |percent| format!("{percent}%"))
}

#[cfg(test)]
mod tests {
    use linli_domain::{
        kernel::{AreaDm2, Month},
        law::RuleSet,
        payments::{Billed, Span, UnitName, UnitUse, bill, tariff},
    };

    use super::*;
    use crate::words::Language;

    /// Why 89.37 m² cost what they cost in January, by rules.
    fn said(rules: &str, language: Language) -> String {
        let text = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n[rules]\n";
        let tariff = tariff::read(&format!("{text}{rules}"), &RuleSet::national().unwrap());
        let unit = Billed {
            unit: UnitName::parse("3-2-501").unwrap(),
            area: AreaDm2(8_937),
            kind: UnitUse::Home,
            bill_from: None,
            vacant_from: None,
            prepaid: 1,
        };
        let january = Month::parse("2026-01").unwrap();
        let span = Span::new(january, january).unwrap();
        let run = bill(&[unit], &tariff.unwrap(), span).unwrap();
        line(&run.units[0].lines[0], Words::of(language))
    }

    #[test]
    fn a_line_says_area_rate_months_and_rounding_in_one_sentence() {
        assert_eq!(
            said("", Language::En),
            "89.37 m² × 2.35 yuan/m² × 1 month = 210.0195 yuan, rounded half up to 210.02."
        );
        assert_eq!(
            said("round = \"half_up_jiao\"", Language::Zh),
            "89.37 ㎡ × 每平方米 2.35 元 × 1 个月 = 210.0195 元，四舍五入到角为 210.00 元。"
        );
        assert_eq!(
            said("round = \"half_up_yuan\"\nprepay_discount = \"1/3\"", Language::En),
            "89.37 m² × 2.35 yuan/m² × 1 month = 210.0195 yuan, rounded half up to whole yuan: \
             210.00; prepaid for 1 month(s), 210.00 less 1/3 is 140.00: this month 140.00 by largest \
             remainder."
        );
    }
}
