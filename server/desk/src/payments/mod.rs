//! Payments on plain files, without a community: a committee tries the rules on its own spreadsheets.
//!
//! Figures and rules are the room's ([`linli_domain::payments`]). Nothing is written before all of a
//! file was read: it is used whole, or every problem is told.
//!
//! | look in | for |
//! |---|---|
//! | [`bill`], [`allocate`], [`late`], [`settle`], [`import`] | one order each |
//! | [`file`] | reading a table by its columns |
//! | [`said`] | what is said where something is wrong |

mod allocate;
pub(crate) mod bill;
pub(crate) mod file;
mod help;
mod import;
mod late;
pub(crate) mod said;
pub(crate) mod settle;

use std::path::{Path, PathBuf};

use linli_domain::law::RuleSet;

use crate::office::{
    Trouble,
    flags::Flags,
    sink::{self, Sink},
    text::Text,
};
pub(crate) use help::{HELP_EN, HELP_ZH};

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    what: What,
    json: bool,
    output: Option<PathBuf>,
}

#[derive(Debug)]
enum What {
    Bill(bill::Order),
    Allocate(allocate::Order),
    Late(late::Order),
    Settle(settle::Order),
    Import(import::Order),
}

/// What is written, for people and for programs.
struct Written {
    table: String,
    json: serde_json::Value,
}

impl Order {
    /// Reads an order and the words after it.
    pub(crate) fn read(command: &str, words: &[String]) -> Result<Self, String> {
        let own: &[&'static str] = match command {
            "bill" => bill::FLAGS,
            "allocate" => allocate::FLAGS,
            "late" => late::FLAGS,
            "import" => import::FLAGS,
            _ => settle::FLAGS,
        };
        let switches = if command == "import" { import::SWITCHES } else { &[] };
        let (with_value, switches) = ([own, &["--output"]], [switches, &["--json"]]);
        let mut flags = Flags::read(words, &with_value.concat(), &switches.concat())?;
        if command != "import" {
            flags.none()?;
        }
        let what = match command {
            "bill" => What::Bill(bill::Order::read(&mut flags)?),
            "allocate" => What::Allocate(allocate::Order::read(&mut flags)?),
            "late" => What::Late(late::Order::read(&mut flags)?),
            "import" => What::Import(import::Order::read(&mut flags)?),
            _ => What::Settle(settle::Order::read(&mut flags)?),
        };
        Ok(Self { what, json: flags.has("--json"), output: flags.take("--output").map(Into::into) })
    }

    /// The files that are read.
    fn inputs(&self) -> Vec<&Path> {
        match &self.what {
            What::Bill(order) => order.inputs(),
            What::Allocate(order) => order.inputs(),
            What::Late(order) => order.inputs(),
            What::Settle(order) => order.inputs(),
            What::Import(order) => order.inputs(),
        }
    }
}

/// Does what is asked.
pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    sink::check(order.output.as_deref(), &order.inputs(), text)?;
    let law = RuleSet::national().map_err(|error| Trouble::Failed(error.to_string()))?;
    let mut keep = None;
    let written = match &order.what {
        What::Bill(order) => bill::run(order, &law, text)?,
        What::Allocate(order) => allocate::run(order, text)?,
        What::Late(order) => late::run(order, &law, text)?,
        What::Settle(order) => settle::run(order, &law, text)?,
        What::Import(order) => {
            let (written, rows) = import::run(order, text)?;
            keep = rows;
            written
        }
    };
    let written = if order.json { format!("{:#}\n", written.json) } else { written.table };
    let mut sink = Sink::open(order.output.as_deref())?;
    // What is told is true, so it is kept first; but not where it cannot be told.
    if let Some(keep) = keep {
        keep.write()?;
    }
    sink.write(written)?;
    Ok(sink.finish()?)
}

/// Takes a flag that has to be there.
pub(crate) fn needed(flags: &mut Flags, name: &str, what: &str) -> Result<String, String> {
    flags.take(name).ok_or_else(|| format!("{name} needs {what}"))
}
