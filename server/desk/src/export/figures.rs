//! Figures that are published, as a table: no home, no person.

use linli_domain::{
    kernel::{Day, Month},
    payments::ledger::{Ledger, journal::Days},
};

use super::too_large;
use crate::office::{
    Trouble,
    csv::{self, Cell, Record},
    desk::{Desk, refused},
    text::Text,
};

const COLUMNS: [&str; 6] = ["figure", "period", "subject", "amount", "of", "count"];

pub(super) fn write(
    desk: &Desk,
    ledger: &Ledger,
    days: &Days,
    text: &Text,
) -> Result<String, Trouble> {
    let mut out = csv::header(&COLUMNS);
    let mut line = |figure: &str, period: &str, subject: String, cells: [Cell; 3]| {
        let [amount, of, count] = cells;
        let record: Record = vec![
            ("figure", Cell::text(figure)),
            ("period", Cell::text(period)),
            ("subject", Cell::text(subject)),
            ("amount", amount),
            ("of", of),
            ("count", count),
        ];
        out.push_str(&csv::line(&record));
    };
    for ((quarter, name), total) in ledger.quarters(days).ok_or_else(|| too_large(text))? {
        let cells = [Cell::Sum(total.amount), Cell::Nothing, Cell::number(total.entries)];
        line("total", &quarter_name(quarter), name, cells);
    }
    let fees = desk.replica.published_fees(days, desk.now).map_err(|why| refused(why, text))?;
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let period = format!("{}/{}", day(days.from), day(days.to));
    for (building, collected) in fees.collected {
        let cells = [Cell::Sum(collected.paid), Cell::Sum(collected.billed), Cell::Nothing];
        line("collected", &period, format!("building/{building}"), cells);
    }
    let today = day(Day::of(desk.now, desk.offset));
    for (age, arrears) in fees.arrears {
        let cells = [Cell::Sum(arrears.left), Cell::Nothing, Cell::number(arrears.bills)];
        line("arrears", &today, format!("days/{}", age.word()), cells);
    }
    Ok(out)
}

/// Writes a quarter, told by its first month: `2026Q4`.
fn quarter_name(quarter: Month) -> String {
    quarter.first().map_or_else(String::new, |day| format!("{}Q{}", day.year(), day.quarter()))
}
