//! `linli report sla`: what came of the company's promises in a month, for people and for programs.
//!
//! The figures and how they are counted are the room's ([`linli_domain::repairs::sla`]).

mod figures;
mod page;

use std::path::PathBuf;

use linli_domain::{
    kernel::Day,
    repairs::sla::{Period, Sla},
};
use linli_replica::repairs::Filter;

use crate::{
    office::{
        Trouble, csv,
        desk::Desk,
        flags::Flags,
        sink,
        text::{Text, day_and_time},
    },
    repairs::Of,
};
use figures::Figures;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Table,
    Csv,
    Json,
    Html,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    of: Of,
    month: String,
    form: Form,
    output: Option<PathBuf>,
}

/// A report with what stands above it.
struct Report<'a> {
    community: String,
    month: &'a str,
    /// The moment of the report, for programs and for people.
    at: String,
    shown_at: String,
    lines: Vec<Figures>,
}

impl Order {
    /// Reads the words after `report`.
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let Some((word, rest)) = words.split_first().filter(|(word, _)| *word == "sla") else {
            return Err("report needs sla".to_owned());
        };
        let values = ["--desk", "--community", "--month", "--output"];
        let mut flags = Flags::read(rest, &values, &["--csv", "--json", "--html"])?;
        flags.none()?;
        let of = Of::read(&mut flags)?;
        let month = flags.take("--month");
        let month = month.filter(|month| Day::of_month(month).is_some());
        let month = month.ok_or_else(|| format!("{word} needs --month, such as 2026-11"))?;
        let form = match (flags.has("--csv"), flags.has("--json"), flags.has("--html")) {
            (false, false, false) => Form::Table,
            (true, false, false) => Form::Csv,
            (false, true, false) => Form::Json,
            (false, false, true) => Form::Html,
            _ => return Err("choose one of --csv, --json and --html".to_owned()),
        };
        Ok(Self { of, month, form, output: flags.take("--output").map(PathBuf::from) })
    }
}

/// Writes the report.
pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    sink::check(order.output.as_deref(), &[], text)?;
    let desk = order.of.open(text)?;
    let period = period(&order.month, desk.offset);
    let period =
        period.ok_or_else(|| Trouble::Usage("the month is outside the calendar".to_owned()))?;
    let sla = count(&desk, &period)?;
    let report = Report {
        community: desk.standing()?.name,
        month: &order.month,
        at: desk.stamp(desk.now),
        shown_at: day_and_time(desk.now, desk.offset),
        lines: figures::all(&desk, &sla, text)?,
    };
    let written = match order.form {
        Form::Table => figures::table(&report.lines, text),
        Form::Html => page::write(&report, text),
        Form::Csv => {
            let lines = report.lines.iter().map(|line| csv::line(&line.record()));
            std::iter::once(csv::header(&figures::columns())).chain(lines).collect()
        }
        Form::Json => {
            let lines: Vec<_> =
                report.lines.iter().map(|line| csv::object(&line.record())).collect();
            let whole = serde_json::json!({
                "community": report.community, "month": report.month, "at": report.at,
                "lines": lines,
            });
            format!("{whole:#}\n")
        }
    };
    Ok(sink::write(order.output.as_deref(), written)?)
}

fn period(month: &str, offset: i32) -> Option<Period> {
    let first = Day::of_month(month)?;
    Some(Period { from: first.begins(offset)?, to: first.in_a_month()?.begins(offset)? })
}

/// Counts window by window; only what was reported in the month is folded.
fn count(desk: &Desk, period: &Period) -> Result<Sla, String> {
    let law = desk.replica.law().map_err(|error| error.to_string())?;
    let mut sla = Sla::default();
    desk.each_row(Filter::All, "", |row| {
        if !period.has(row.at) {
            return Ok(());
        }
        let repair = desk.replica.folded(&row.id).map_err(|error| error.to_string())?;
        if let Some(repair) = repair {
            sla.count(&repair, law, period, desk.now);
        }
        Ok(())
    })?;
    Ok(sla)
}
