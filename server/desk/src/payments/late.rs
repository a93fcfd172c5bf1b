//! `linli late`: what is owed for paying late, for one bill or for a table of them.

use std::path::{Path, PathBuf};

use linli_domain::{
    kernel::Day,
    law::{Ratio, RuleSet},
    payments::{
        Fault, LateFee, late,
        sheet::{Column, Row},
    },
};
use serde_json::{Value, json};

use super::{Written, file, needed, said};
use crate::office::{Trouble, flags::Flags, table::Table, text::Text};

/// Flags with a value.
pub(super) const FLAGS: &[&str] =
    &["--due", "--paid", "--principal", "--rate-per-day", "--cap", "--csv"];

/// Returns the columns: the rate has to stand there unless a flag says it.
fn columns(rate: Option<Ratio>) -> [Column; 6] {
    const RATE: &str = "rate_per_day";
    const ALSO: &[&str] = &["日利率", "每日百分比"];
    [
        Column::optional("id", &["编号"]),
        Column::needed("due", &["到期日", "应付日"]),
        Column::needed("paid", &["付款日", "缴费日"]),
        Column::needed("principal", &["本金", "欠费"]),
        rate.map_or(Column::needed(RATE, ALSO), |_| Column::optional(RATE, ALSO)),
        Column::optional("cap", &["上限"]),
    ]
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Order {
    bills: Bills,
    rate: Option<String>,
    cap: Option<String>,
}

#[derive(Debug)]
enum Bills {
    One { due: String, paid: String, principal: String },
    Table(PathBuf),
}

/// A late fee with what it is called.
struct Named {
    id: Option<String>,
    fee: LateFee,
}

impl Order {
    pub(super) fn read(flags: &mut Flags) -> Result<Self, String> {
        let (rate, cap) = (flags.take("--rate-per-day"), flags.take("--cap"));
        if let Some(file) = flags.take("--csv") {
            for one in ["--due", "--paid", "--principal"] {
                if flags.take(one).is_some() {
                    return Err(format!("{one} stands in the columns of --csv FILE"));
                }
            }
            return Ok(Self { bills: Bills::Table(file.into()), rate, cap });
        }
        let bills = Bills::One {
            due: needed(flags, "--due", "a day such as 2026-01-31, or --csv FILE")?,
            paid: needed(flags, "--paid", "a day such as 2026-03-02")?,
            principal: needed(flags, "--principal", "a sum in yuan, such as 210.02")?,
        };
        if rate.is_none() {
            return Err("--rate-per-day needs a number of percent, such as 0.05".to_owned());
        }
        Ok(Self { bills, rate, cap })
    }

    pub(super) fn inputs(&self) -> Vec<&Path> {
        match &self.bills {
            Bills::Table(file) => vec![file.as_path()],
            Bills::One { .. } => Vec::new(),
        }
    }
}

pub(super) fn run(order: &Order, law: &RuleSet, text: &Text) -> Result<Written, Trouble> {
    let percent = |flag, value: &Option<String>| {
        let Some(value) = value else { return Ok(None) };
        let percent = Ratio::percent(value);
        let bad = || said::flag(flag, Fault::PercentForm, value, "", text);
        percent.map(Some).ok_or_else(bad)
    };
    let rate = percent("--rate-per-day", &order.rate)?;
    let cap = percent("--cap", &order.cap)?.unwrap_or(law.money.late_cap);
    match &order.bills {
        Bills::Table(file) => {
            let fees = file::read(file, &columns(rate), text, |row| one_of(row, rate, cap))?;
            let json = fees.iter().map(|row| data(row.id.as_deref(), &row.fee)).collect();
            let fees = fees.iter().map(|row| (row.id.as_deref(), &row.fee));
            Ok(Written { table: table(fees, text), json })
        }
        Bills::One { due, paid, principal } => {
            let day = |flag, value: &str| {
                let day = Day::parse(value);
                day.ok_or_else(|| said::flag(flag, Fault::DayForm, value, "", text))
            };
            let (due, paid) = (day("--due", due)?, day("--paid", paid)?);
            let sum = said::sum_flag("--principal", principal, text)?;
            // It was asked for when the flags were read.
            let rate = rate.unwrap_or(Ratio::ZERO);
            let fee = late(due, paid, sum, rate, cap)
                .map_err(|_| said::flag("--principal", Fault::SumLarge, principal, "", text))?;
            let table = table(std::iter::once((None, &fee)), text);
            Ok(Written { table, json: data(None, &fee) })
        }
    }
}

fn one_of(row: &mut Row<'_>, rate: Option<Ratio>, cap: Ratio) -> Option<Named> {
    let id = row.text("id");
    let (due, paid) = (row.needed_day("due"), row.needed_day("paid"));
    let principal = row.sum("principal");
    let own = match rate {
        // The flag counts where the line says nothing.
        Some(rate) => Some(row.percent("rate_per_day").unwrap_or(rate)),
        None => row.needed("rate_per_day").and_then(|_| row.percent("rate_per_day")),
    };
    let cap = row.percent("cap").unwrap_or(cap);
    let fee = late(due?, paid?, principal?, own?, cap);
    if fee.is_err() {
        row.fault("principal", Fault::SumLarge, &principal?.to_string(), "");
    }
    Some(Named { id, fee: fee.ok()? })
}

fn data(id: Option<&str>, fee: &LateFee) -> Value {
    let mut data = json!({ "days": fee.days, "late_fen": fee.fee.get(), "capped": fee.capped });
    if let (Some(id), Some(fields)) = (id, data.as_object_mut()) {
        fields.insert("id".to_owned(), id.into());
    }
    data
}

fn table<'a>(fees: impl Iterator<Item = (Option<&'a str>, &'a LateFee)>, text: &Text) -> String {
    let head = [("编号", "Id"), ("天数", "Days"), ("违约金（元）", "Late fee (yuan)"), ("", "")];
    let mut table = Table::new(&head.map(|(zh, en)| text.pick(zh, en)));
    let mut any = false;
    for (at, (id, fee)) in fees.enumerate() {
        any |= fee.capped;
        let id = id.map_or_else(|| (at + 1).to_string(), ToOwned::to_owned);
        let capped = if fee.capped { text.pick("已到上限", "capped") } else { "" };
        table.row(vec![id, fee.days.to_string(), fee.fee.to_string(), capped.to_owned()]);
    }
    let mut said = table.text();
    if any {
        said.push_str(text.pick(
            "违约金过高的，法院可以适当减少（民法典第 585 条）。\n",
            "A court may cut a late fee that is excessive (Civil Code 585).\n",
        ));
    }
    said
}
