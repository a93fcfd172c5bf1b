//! Why a charge line is what it is, as one sentence.

use linli_domain::{
    law::Ratio,
    payments::{Line, Measure, Why},
};

use crate::words::Words;

/// The group of the words.
const GROUP: &str = "why";

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
