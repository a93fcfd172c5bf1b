//! `linli allocate`: a sum shared by area, to the fen.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use linli_domain::{
    kernel::{Fen, SUM_MAX},
    payments::{
        Fault, allocate,
        sheet::{AREA, Column, UNIT},
    },
};
use serde_json::{Value, json};

use super::{Written, file, needed, said};
use crate::office::{Trouble, flags::Flags, table::Table, text::Text};

/// Flags with a value.
pub(super) const FLAGS: &[&str] = &["--amount", "--areas"];

const COLUMNS: &[Column] = &[UNIT, AREA];

/// What is asked.
#[derive(Debug)]
pub(super) struct Order {
    amount: String,
    areas: PathBuf,
}

impl Order {
    pub(super) fn read(flags: &mut Flags) -> Result<Self, String> {
        let amount = needed(flags, "--amount", "a sum in yuan, such as 100.00 or -100.00")?;
        let areas = needed(flags, "--areas", "a file with the columns unit and area_m2")?;
        Ok(Self { amount, areas: areas.into() })
    }

    pub(super) fn inputs(&self) -> Vec<&Path> {
        vec![self.areas.as_path()]
    }
}

pub(super) fn run(order: &Order, text: &Text) -> Result<Written, Trouble> {
    let amount = Fen::parse_signed(&order.amount).ok_or_else(|| {
        said::flag("--amount", Fault::SumForm, &order.amount, &SUM_MAX.to_string(), text)
    })?;
    let mut first = BTreeMap::new();
    let units = file::read(&order.areas, COLUMNS, text, |row| {
        let (unit, area) = (row.unit(), row.area());
        let unit = row.unit_once(unit?, &mut first)?;
        Some((unit, area?))
    })?;
    // Every area is above zero, and there is at least one.
    let parts = allocate(amount, &units)
        .map_err(|_| said::whole(&order.areas, Fault::FileEmpty, "", "", text))?;
    let mut table = Table::new(&[text.pick("房号", "Unit"), text.pick("元", "Yuan")]);
    for part in &parts {
        table.row(vec![part.unit.as_str().to_owned(), part.amount.to_string()]);
    }
    table.row(vec![text.pick("合计", "Total").to_owned(), amount.to_string()]);
    let parts: Vec<Value> = parts
        .iter()
        .map(|part| json!({ "unit": part.unit.as_str(), "fen": part.amount.get() }))
        .collect();
    let json = json!({ "parts": parts, "total_fen": amount.get() });
    Ok(Written { table: table.text(), json })
}
