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
        kernel::{AreaDm2, Day, Month},
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

    /// Why the first unit's line is what it is in March, where it was handed over on the 15th or stands empty.
    fn of_march(charge: &str, change: impl FnOnce(&mut Billed), language: Language) -> String {
        let text =
            format!("[[charge]]\nname = \"fee\"\n{charge}\n[rules]\nhandover_month = \"daily\"\n");
        let tariff = tariff::read(&text, &RuleSet::national().unwrap()).unwrap();
        let of = |unit: &str, area| Billed {
            unit: UnitName::parse(unit).unwrap(),
            area: AreaDm2(area),
            kind: UnitUse::Home,
            bill_from: None,
            vacant_from: None,
            prepaid: 0,
        };
        let mut units = [of("3-2-501", 8_937), of("3-2-502", 10_011)];
        change(&mut units[0]);
        let march = Month::parse("2026-03").unwrap();
        let run = bill(&units, &tariff, Span::new(march, march).unwrap()).unwrap();
        line(&run.units[0].lines[0], Words::of(language))
    }

    #[test]
    fn days_an_empty_home_a_space_and_what_is_shared_are_said() {
        let said = |charge: &str, change: fn(&mut Billed)| {
            [Language::En, Language::Zh].map(|language| of_march(charge, change, language))
        };
        let area = "kind = \"area\"\nrate = 2.35";
        assert_eq!(
            said(area, |unit| unit.bill_from = Day::parse("2026-03-15")),
            [
                "89.37 m² × 2.35 yuan/m² × 1 month × 17/31 days from the handover on = 115.171983… yuan, rounded half up to 115.17.",
                "89.37 ㎡ × 每平方米 2.35 元 × 1 个月 × 交付后 17/31 天 = 115.171983… 元，四舍五入到分为 115.17 元。",
            ]
        );
        assert_eq!(
            said(area, |unit| unit.vacant_from = Day::parse("2025-01-01")),
            [
                "89.37 m² × 2.35 yuan/m² × 1 month × 60% as it stands empty = 126.0117 yuan, rounded half up to 126.01.",
                "89.37 ㎡ × 每平方米 2.35 元 × 1 个月 × 空置按 60% 计 = 126.0117 元，四舍五入到分为 126.01 元。",
            ]
        );
        assert_eq!(
            said("kind = \"parking\"\nrate = 80", |unit| unit.kind = UnitUse::Parking),
            ["80.00 yuan × 1 space × 1 month.", "80.00 元 × 1 个车位 × 1 个月。"]
        );
        assert_eq!(
            said("kind = \"shared\"\nrate = 100.01", |_| {}),
            [
                "100.01 yuan shared by area, 89.37 of 189.48 m²: 47.17 yuan by largest remainder.",
                "共 100.01 元按面积分摊，189.48 ㎡ 中的 89.37 ㎡，最大余额法得 47.17 元。",
            ]
        );
    }
}
