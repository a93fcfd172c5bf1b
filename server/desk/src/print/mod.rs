//! `linli print`: bills, demands, a round's sheet and receipts on paper (PDF, A4, with QR codes).
//!
//! From plain files, so that a committee can try it on its own spreadsheets. What is on a page is plain
//! values ([`pages`]): a community's own books can be handed to the same page-makers.
//!
//! | look in | for |
//! |---|---|
//! | [`files`] | plain files, read into what is on the pages |
//! | [`pages`] | values into marks: one file for each kind of paper |
//! | [`paper`] | marks, fonts, the file |
//! | [`typeface`] | which font is taken, and what is said if none will do |

mod files;
mod help;
mod pages;
mod paper;
mod typeface;

use std::path::{Path, PathBuf};

use linli_domain::{law::RuleSet, payments::Fault};

use crate::{
    office::{Trouble, flags::Flags, sink, text::Text},
    payments::{bill, needed, said},
};
pub(crate) use help::{HELP_EN, HELP_ZH};
use pages::{Maker, bills, demands, round, slips};
use paper::Page;

/// Flags with a value that every paper has.
const FLAGS: &[&str] = &["--output", "--font", "--title"];

/// Most characters of the title: one line.
const TITLE_CHARS_MAX: usize = 40;

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    what: What,
    output: PathBuf,
    font: Option<PathBuf>,
    title: String,
}

#[derive(Debug)]
enum What {
    Bills { bill: bill::Order, due: Option<String> },
    Demands { debts: PathBuf, day: Option<String> },
    Round { debts: PathBuf },
    Slips { prefix: String, from: String, count: String },
}

/// What is on the pages.
enum Content {
    Bills(Vec<bills::Bill>),
    Demands(Vec<demands::Demand>),
    Round(round::Round),
    Slips(Vec<String>),
}

impl Order {
    /// Reads the words after `print`.
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let (what, rest) =
            words.split_first().ok_or("print needs bills, demands, round or slips")?;
        let own: Vec<&'static str> = match what.as_str() {
            "bills" => [bill::FLAGS, &["--due"]].concat(),
            "demands" => vec!["--debts", "--day"],
            "round" => vec!["--debts"],
            "slips" => vec!["--prefix", "--from", "--count"],
            _ => return Err("print needs bills, demands, round or slips".to_owned()),
        };
        let mut flags = Flags::read(rest, &[&own, FLAGS].concat(), &[])?;
        flags.none()?;
        const DEBTS: &str = "a file with the columns unit, id, due, principal, late";
        let what = match what.as_str() {
            "bills" => {
                What::Bills { bill: bill::Order::read(&mut flags)?, due: flags.take("--due") }
            }
            "demands" => What::Demands {
                debts: needed(&mut flags, "--debts", DEBTS)?.into(),
                day: flags.take("--day"),
            },
            "round" => What::Round { debts: needed(&mut flags, "--debts", DEBTS)?.into() },
            _ => What::Slips {
                prefix: needed(&mut flags, "--prefix", "1 to 8 digits or capital letters")?,
                from: needed(&mut flags, "--from", "the number of the first slip, such as 1")?,
                count: needed(&mut flags, "--count", "how many slips")?,
            },
        };
        let output = needed(&mut flags, "--output", "a file to write, such as -o bills.pdf")?;
        let title = flags.take("--title").unwrap_or_default();
        if title.chars().count() > TITLE_CHARS_MAX || title.contains(char::is_control) {
            return Err(format!("--title needs one line of at most {TITLE_CHARS_MAX} characters"));
        }
        let font = flags.take("--font").map(PathBuf::from);
        Ok(Self { what, output: output.into(), font, title })
    }

    /// The files that are read.
    fn inputs(&self) -> Vec<&Path> {
        let mut inputs = match &self.what {
            What::Bills { bill, .. } => bill.inputs(),
            What::Demands { debts, .. } | What::Round { debts } => vec![debts.as_path()],
            What::Slips { .. } => Vec::new(),
        };
        inputs.extend(self.font.as_deref());
        inputs
    }
}

/// Does what is asked: nothing is written before all files are read and all characters are there.
pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    sink::check(Some(&order.output), &order.inputs(), text)?;
    let law = RuleSet::national().map_err(|error| Trouble::Failed(error.to_string()))?;
    let content = match &order.what {
        What::Bills { bill, due } => {
            Content::Bills(files::bills(bill, due.as_deref(), &law, text)?)
        }
        What::Demands { debts, day } => {
            Content::Demands(files::demands(debts, day.as_deref(), &law, text)?)
        }
        What::Round { debts } => Content::Round(files::round(debts, text)?),
        What::Slips { prefix, from, count } => {
            Content::Slips(files::slips(prefix, from, count, text)?)
        }
    };
    let name = content.name(text);
    let title = [order.title.as_str(), name].join(" ");
    let written = typeface::with_font(order.font.as_deref(), text, |font| {
        let maker = Maker { font, text, title: &order.title };
        paper::pdf::write(&content.pages(&maker), font, (title.trim(), text.tag()))
    })?;
    Ok(sink::write(Some(&order.output), written)?)
}

impl Content {
    fn pages(&self, maker: &Maker<'_>) -> Vec<Page> {
        match self {
            Self::Bills(bills) => bills::pages(maker, bills),
            Self::Demands(demands) => demands::pages(maker, demands),
            Self::Round(round) => round::pages(maker, round),
            Self::Slips(serials) => slips::pages(maker, serials),
        }
    }

    /// What a reader of the file calls it.
    const fn name<'t>(&self, text: &'t Text) -> &'t str {
        match self {
            Self::Bills(_) => text.pick("账单", "Bills"),
            Self::Demands(_) => text.pick("催告书", "Demands"),
            Self::Round(_) => text.pick("上门收款单", "Round"),
            Self::Slips(_) => text.pick("收据", "Receipts"),
        }
    }
}

/// Reads the day of a flag.
fn day(name: &str, value: &str, text: &Text) -> Result<linli_domain::kernel::Day, Trouble> {
    let day = linli_domain::kernel::Day::parse(value);
    day.ok_or_else(|| said::flag(name, Fault::DayForm, value, "", text))
}
