//! `linli settle`: what a payment pays of several debts, and what is left over.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use linli_domain::{
    law::{RuleSet, SettleOrder},
    payments::{
        Debt, Fault, NotSettled, Settlement, UnitName, settle,
        sheet::{self, Row},
    },
};
use serde_json::{Value, json};

use super::{Written, file, needed, said};
use crate::office::{Trouble, flags::Flags, table::Table, text::Text};

/// Flags with a value.
pub(super) const FLAGS: &[&str] = &["--debts", "--pay", "--order", "--choose"];

/// Most ids that a refusal lists.
const IDS_SHOWN: usize = 12;

/// What is asked.
#[derive(Debug)]
pub(super) struct Order {
    debts: PathBuf,
    pay: String,
    order: Option<SettleOrder>,
    choose: Option<String>,
}

impl Order {
    pub(super) fn read(flags: &mut Flags) -> Result<Self, String> {
        let debts = needed(flags, "--debts", "a file with the columns id, due, principal, late")?;
        let pay = needed(flags, "--pay", "a sum in yuan, such as 210.02")?;
        let order = match flags.take("--order") {
            None => None,
            Some(word) => Some(
                SettleOrder::from_word(&word)
                    .ok_or("--order needs code, principal_first or late_first")?,
            ),
        };
        Ok(Self { debts: debts.into(), pay, order, choose: flags.take("--choose") })
    }

    pub(super) fn inputs(&self) -> Vec<&Path> {
        vec![self.debts.as_path()]
    }
}

pub(super) fn run(order: &Order, law: &RuleSet, text: &Text) -> Result<Written, Trouble> {
    let pay = said::sum_flag("--pay", &order.pay, text)?;
    let mut first = BTreeMap::new();
    let debts = file::read(&order.debts, &sheet::DEBT, text, |row| debt(row, None, &mut first))?;
    let by = order.order.unwrap_or(law.money.alloc_order);
    let settled = settle(&debts, pay, by, order.choose.as_deref());
    let settled = settled.map_err(|why| match why {
        NotSettled::NoSuchDebt(id) => {
            let ids: Vec<&str> = debts.iter().map(|debt| debt.id.as_str()).collect();
            let more = if ids.len() > IDS_SHOWN { ", …" } else { "" };
            let ids = ids.into_iter().take(IDS_SHOWN).collect::<Vec<_>>().join(", ");
            said::flag("--choose", Fault::DebtUnknown, &id, &format!("{ids}{more}"), text)
        }
        NotSettled::Twice(id) | NotSettled::NegativeDebt(id) => {
            said::whole(&order.debts, Fault::DebtTwice, &id, "", text)
        }
        NotSettled::NegativePayment | NotSettled::TooLarge => {
            let all = text.pick("欠费合计", "all debts");
            said::whole(&order.debts, Fault::SumLarge, all, "", text)
        }
    })?;
    Ok(Written { table: table(&settled, text), json: data(&settled) })
}

/// Reads a debt. Its id stands once: in the table, or for each unit where the table has units.
pub(crate) fn debt(
    row: &mut Row<'_>,
    unit: Option<UnitName>,
    first: &mut BTreeMap<(Option<UnitName>, String), u32>,
) -> Option<Debt> {
    let (id, due) = (row.needed("id"), row.needed_day("due"));
    let (principal, late) = (row.sum("principal"), row.sum("late"));
    let id = id?;
    row.once(("id", Fault::DebtTwice), (unit, id.clone()), &id, first)?;
    Some(Debt { id, due: due?, principal: principal?, late: late? })
}

fn table(settled: &Settlement, text: &Text) -> String {
    let head = [
        ("编号", "Id"),
        ("付违约金", "Late fee paid"),
        ("付本金", "Principal paid"),
        ("欠违约金", "Late fee left"),
        ("欠本金", "Principal left"),
    ];
    let mut table = Table::new(&head.map(|(zh, en)| text.pick(zh, en)));
    for debt in &settled.debts {
        let sums = [debt.late_paid, debt.principal_paid, debt.late_left, debt.principal_left];
        let sums = sums.iter().map(ToString::to_string);
        table.row(std::iter::once(debt.id.clone()).chain(sums).collect());
    }
    let credit = settled.credit;
    let (zh, en) = (format!("余额 {credit} 元\n"), format!("Credit {credit} yuan\n"));
    table.text() + text.pick(&zh, &en)
}

fn data(settled: &Settlement) -> Value {
    let debts: Vec<Value> = settled
        .debts
        .iter()
        .map(|debt| {
            json!({
                "id": debt.id, "late_paid": debt.late_paid.get(),
                "principal_paid": debt.principal_paid.get(), "late_left": debt.late_left.get(),
                "principal_left": debt.principal_left.get(),
            })
        })
        .collect();
    json!({ "debts": debts, "credit_fen": settled.credit.get() })
}
