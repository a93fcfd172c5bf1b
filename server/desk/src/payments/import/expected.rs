//! What is expected: open bills, receipts that were written already, slips of cash handovers.

use std::{collections::BTreeMap, path::Path};

use linli_domain::{
    kernel::Fen,
    payments::{
        Fault,
        bank::Expected,
        sheet::{Column, Row, UNIT},
    },
};

use super::super::file;
use crate::office::{Trouble, text::Text};

const COLUMNS: &[Column] = &[
    Column::needed("id", &["编号", "账单", "账单号"]),
    UNIT,
    Column::needed("amount", &["sum", "金额", "应收", "应付"]),
    Column::optional("due", &["day", "到期日", "应付日", "日期"]),
    Column::optional("reference", &["参考号", "单号", "流水号"]),
    Column::optional("party", &["付款人", "户名", "姓名", "对方"]),
];

pub(super) fn read(path: &Path, text: &Text) -> Result<Vec<Expected>, Trouble> {
    let mut first = BTreeMap::new();
    file::read(path, COLUMNS, text, |row| one(row, &mut first))
}

fn one(row: &mut Row<'_>, first: &mut BTreeMap<String, u32>) -> Option<Expected> {
    let id = row.needed("id");
    // A slip of cash is for no unit.
    let unit = row.text("unit").map(|_| row.unit());
    let (amount, day) = (row.sum("amount"), row.day("due"));
    let (reference, party) = (row.text("reference"), row.text("party"));
    if amount == Some(Fen::ZERO) {
        row.fault("amount", Fault::SumZero, "", "");
    }
    let written = id?;
    let id = row.once(("id", Fault::DebtTwice), written.clone(), &written, first)?;
    let unit = match unit {
        Some(unit) => Some(unit?),
        None => None,
    };
    Some(Expected { id, amount: amount?, unit, day, reference, party })
}
