//! `linli export`: the books for other programs.
//!
//! The ledger is derived from what the office's desk holds ([`linli_domain::payments::ledger`]); nothing is
//! reckoned here.

mod figures;
mod table;
mod words;

use std::path::PathBuf;

use linli_domain::{
    kernel::Day,
    payments::ledger::{
        Ledger,
        journal::{Days, Form, NotWritten, journal},
    },
};

use crate::office::{
    Trouble,
    desk::{Desk, refused},
    flags::Flags,
    sink,
    text::Text,
};

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    form: Exported,
    desk: PathBuf,
    community: usize,
    days: Days,
    output: PathBuf,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exported {
    Journal(Form),
    Csv(What),
}

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A line for each posting.
    Ledger,
    /// Figures that are published: no home, no person.
    Disclosure,
}

impl Order {
    /// Reads the words after `export`.
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let values = [
            "--at",
            "--desk",
            "--community",
            "--year",
            "--from",
            "--to",
            "--what",
            "--out",
            "--output",
        ];
        let mut flags = Flags::read(words, &values, &[])?;
        let form = match flags.only("form (hledger, beancount or csv)")?.as_str() {
            "hledger" => Exported::Journal(Form::Hledger),
            "beancount" => Exported::Journal(Form::Beancount),
            "csv" => Exported::Csv(What::Ledger),
            other => return Err(format!("export needs hledger, beancount or csv, not {other:?}")),
        };
        let form = match (form, flags.take("--what").as_deref()) {
            (form, None) | (form @ Exported::Csv(_), Some("ledger")) => form,
            (Exported::Csv(_), Some("disclosure")) => Exported::Csv(What::Disclosure),
            _ => return Err("--what needs ledger or disclosure, and goes with csv".to_owned()),
        };
        // The other orders of the office say --desk and -o.
        let desk = flags.take("--at").or_else(|| flags.take("--desk")).map(PathBuf::from);
        let output = flags.take("--out").or_else(|| flags.take("--output")).map(PathBuf::from);
        Ok(Self {
            form,
            desk: desk.ok_or("--at needs the desk's folder")?,
            community: flags.community()?,
            days: days(&mut flags)?,
            output: output.ok_or("--out needs a file")?,
        })
    }
}

fn days(flags: &mut Flags) -> Result<Days, String> {
    let mut day = |name: &str| {
        let read = flags.take(name).map(|text| Day::parse(&text).ok_or(text));
        read.transpose()
            .map_err(|text| format!("{name} needs a day such as 2026-11-01, not {text:?}"))
    };
    let (from, to) = (day("--from")?, day("--to")?);
    let days = match flags.take("--year") {
        None => Days { from, to },
        Some(year) if from.is_none() && to.is_none() => {
            let of_year = |day: &str| Day::parse(&format!("{year}-{day}"));
            let (from, to) = (of_year("01-01"), of_year("12-31"));
            from.zip(to)
                .ok_or_else(|| format!("--year needs a year such as 2026, not {year:?}"))?;
            Days { from, to }
        }
        Some(_) => return Err("--year does not go with --from or --to".to_owned()),
    };
    match days {
        Days { from: Some(from), to: Some(to) } if to < from => {
            Err("--to lies before --from".to_owned())
        }
        days => Ok(days),
    }
}

/// Does what is asked.
pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    sink::check(Some(&order.output), &[], text)?;
    let desk = Desk::open(&order.desk, order.community, text)?;
    let ledger = desk.replica.ledger(desk.now).map_err(|error| refused(error, text))?;
    let written = match order.form {
        Exported::Journal(form) => as_journal(&ledger, &order.days, form, text)?,
        Exported::Csv(What::Ledger) => table::write(&ledger, &order.days),
        Exported::Csv(What::Disclosure) => figures::write(&desk, &ledger, &order.days, text)?,
    };
    Ok(sink::write(Some(&order.output), written)?)
}

fn as_journal(ledger: &Ledger, days: &Days, form: Form, text: &Text) -> Result<String, String> {
    let mut out = String::new();
    match journal(ledger, days, form, &words::Said(text), &mut out) {
        Ok(()) => Ok(out),
        Err(NotWritten::TooLarge | NotWritten::Writer) => Err(too_large(text)),
    }
}

fn too_large(text: &Text) -> String {
    text.pick("有的合计太大，无法写出", "a sum is too large to be written").to_owned()
}
