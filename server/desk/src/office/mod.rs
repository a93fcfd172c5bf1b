//! The office: what the people of a company or committee do with their desk.
//!
//! A desk is a folder with the same files as a phone's, a member with keys like any phone; one
//! process holds it at a time.
//!
//! | look in | for |
//! |---|---|
//! | [`crate::repairs`] | lists, one repair, handing out, exports |
//! | [`crate::report`] | the figures of a month |
//! | [`crate::backup`] | a sealed copy of the desk, and going on from it |
//! | [`crate::payments`] | bills, shares, late fees, settlements, statements, all plain files |
//! | [`crate::print`] | the same on paper |
//! | [`sync`], [`join`] | talking to the relay; a new desk, or new keys for a lost one |
//! | [`carry`] | files with what somebody could not send |
//! | [`desk`], [`flags`], [`sink`], [`text`] | opening, reading the command line, writing, words |

mod carry;
pub(crate) mod csv;
pub(crate) mod desk;
pub(crate) mod flags;
mod help;
mod join;
pub(crate) mod sink;
mod sync;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod unsent;

use std::process::ExitCode;

use linli_relay::settings::Language;

use crate::{backup, payments, print, repairs, report};
pub(crate) use help::{HELP_EN, HELP_ZH};
use text::Text;

/// Why something was not done: exit code and sentence.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It was asked for wrongly.
    Usage(String),
    /// It could not be done, or a rule says no.
    Failed(String),
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

/// What the office is asked to do.
#[derive(Debug)]
pub(crate) enum Order {
    Repairs(repairs::Order),
    Report(report::Order),
    Backup(backup::Order),
    Restore(backup::Order),
    Sync(sync::Order),
    Join(join::Order),
    Unsent(unsent::Order),
    Carry(carry::Carry),
    Share(carry::Share),
    Payments(payments::Order),
    Print(print::Order),
}

/// The words that begin an order of the office.
pub(crate) const COMMANDS: [&str; 15] = [
    "repairs",
    "report",
    "backup",
    "restore",
    "sync",
    "join",
    "rewrite",
    "carry",
    "share-outbox",
    "bill",
    "allocate",
    "late",
    "settle",
    "import",
    "print",
];

/// Reads an order of the office.
pub(crate) fn read(command: &str, rest: &[String]) -> Result<Order, String> {
    Ok(match command {
        "repairs" => Order::Repairs(repairs::Order::read(rest)?),
        "report" => Order::Report(report::Order::read(rest)?),
        "backup" => Order::Backup(backup::Order::read(rest)?),
        "restore" => Order::Restore(backup::Order::read(rest)?),
        "sync" => Order::Sync(sync::Order::read(rest)?),
        "join" => Order::Join(join::Order::read(rest)?),
        "rewrite" => Order::Unsent(unsent::Order::read(rest)?),
        "carry" => Order::Carry(carry::Carry::read(rest)?),
        "share-outbox" => Order::Share(carry::Share::read(rest)?),
        "bill" | "allocate" | "late" | "settle" | "import" => {
            Order::Payments(payments::Order::read(command, rest)?)
        }
        "print" => Order::Print(print::Order::read(rest)?),
        other => return Err(format!("unknown command {other:?}; see linli --help")),
    })
}

/// Does what was asked for.
#[expect(clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn run(order: &Order, language: Language) -> ExitCode {
    let text = Text::of(language);
    let done = match order {
        Order::Repairs(order) => repairs::run(order, &text),
        Order::Report(order) => report::run(order, &text),
        Order::Backup(order) => backup::make(order, &text),
        Order::Restore(order) => backup::restore(order, &text),
        Order::Sync(order) => sync::run(order, &text),
        Order::Join(order) => join::run(order, &text),
        Order::Unsent(order) => unsent::run(order, &text),
        Order::Carry(order) => carry::carry(order, &text),
        Order::Share(order) => carry::share(order, &text),
        Order::Payments(order) => payments::run(order, &text),
        Order::Print(order) => print::run(order, &text),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Usage(why)) => {
            eprintln!("linli: {why}");
            ExitCode::from(crate::USAGE)
        }
        Err(Trouble::Failed(why)) => {
            eprintln!("linli: {why}");
            ExitCode::FAILURE
        }
    }
}
