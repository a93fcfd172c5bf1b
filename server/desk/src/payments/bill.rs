//! `linli bill`: what every unit of a table has to pay by a tariff, line by line.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use linli_app::explain;
use linli_domain::{
    kernel::Month,
    law::RuleSet,
    payments::{
        Billed, Conditions, Fault, Line, MONTHS_MAX, NotBilled, Run, Span, Tariff, UnitUse, bill,
        books::conditions,
        sheet::{AREA, Column, Row, UNIT},
        tariff,
    },
};
use serde_json::{Value, json};

use super::{Written, file, needed, said};
use crate::{
    office::{Trouble, flags::Flags, table::Table, text::Text},
    roster,
};

/// Flags with a value.
pub(crate) const FLAGS: &[&str] = &["--roster", "--tariff", "--from", "--to"];

const COLUMNS: &[Column] = &[
    UNIT,
    AREA,
    Column::needed("kind", &["use", "用途", "房屋用途", "类型", "性质"]),
    conditions::BILL_FROM,
    conditions::VACANT_FROM,
    conditions::PREPAID,
];

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    roster: PathBuf,
    tariff: PathBuf,
    from: String,
    to: String,
}

impl Order {
    pub(crate) fn read(flags: &mut Flags) -> Result<Self, String> {
        Ok(Self {
            roster: needed(flags, "--roster", "a file with the columns unit, area_m2 and kind")?
                .into(),
            tariff: needed(flags, "--tariff", "a file with the charges")?.into(),
            from: needed(flags, "--from", "the first month, such as 2026-01")?,
            to: needed(flags, "--to", "the last month, such as 2026-12")?,
        })
    }

    /// Reads both files and reckons what every unit has to pay, in which months, by which tariff.
    pub(crate) fn reckon(
        &self,
        law: &RuleSet,
        text: &Text,
    ) -> Result<(Run, Span, Tariff), Trouble> {
        reckon(self, law, text)
    }

    /// The files that are read.
    pub(crate) fn inputs(&self) -> Vec<&Path> {
        vec![self.roster.as_path(), self.tariff.as_path()]
    }

    /// Returns the file of the units.
    pub(crate) fn roster(&self) -> &Path {
        &self.roster
    }

    fn span(&self, text: &Text) -> Result<Span, Trouble> {
        let month = |flag, value: &str| {
            let month = Month::parse(value);
            month.ok_or_else(|| said::flag(flag, Fault::MonthForm, value, "", text))
        };
        let (from, to) = (month("--from", &self.from)?, month("--to", &self.to)?);
        let Some(later) = to.since(from) else {
            return Err(said::flag("--to", Fault::MonthsBackwards, &self.to, &self.from, text));
        };
        Span::new(from, to).ok_or_else(|| {
            let (many, most) = (u64::from(later) + 1, MONTHS_MAX);
            let (many, most) = (many.to_string(), most.to_string());
            said::flag("--to", Fault::MonthsMany, &many, &most, text)
        })
    }
}

pub(super) fn run(order: &Order, law: &RuleSet, text: &Text) -> Result<Written, Trouble> {
    let (run, _, tariff) = order.reckon(law, text)?;
    Ok(Written { table: table(&run, text), json: data(&run, &tariff.law, text) })
}

fn reckon(order: &Order, law: &RuleSet, text: &Text) -> Result<(Run, Span, Tariff), Trouble> {
    let span = order.span(text)?;
    let written = roster::text(&order.tariff);
    let written = written.map_err(|why| said::not_read(&order.tariff, &why, text))?;
    let tariff = tariff::read(&written, law)
        .map_err(|problems| said::problems(&order.tariff, &problems, text))?;
    let mut first = BTreeMap::new();
    let units = file::read(&order.roster, COLUMNS, text, |row| {
        // Every column is read, so that every problem is told.
        let (unit, area, kind) = (row.unit(), row.area(), kind(row));
        let conditions = conditions::of_row(row, span, &tariff);
        let unit = row.unit_once(unit?, &mut first)?;
        let (area, kind, conditions) = (area?, kind?, conditions?);
        let Conditions { bill_from, vacant_from, prepaid } = conditions;
        Some(Billed { unit, area, kind, bill_from, vacant_from, prepaid })
    })?;
    let run = bill(&units, &tariff, span).map_err(|why| {
        let unit = match &why {
            NotBilled::TooLarge(unit) => unit.as_str(),
            NotBilled::AllTooLarge => text.pick("合计", "all units"),
        };
        said::whole(&order.roster, Fault::SumLarge, unit, "", text)
    })?;
    Ok((run, span, tariff))
}

fn kind(row: &mut Row<'_>) -> Option<UnitUse> {
    let word = row.needed("kind")?;
    let kind = UnitUse::parse(&word);
    if kind.is_none() {
        let known = UnitUse::ALL.map(UnitUse::word).join(", ");
        row.fault("kind", Fault::KindUnknown, &word, &known);
    }
    kind
}

fn table(run: &Run, text: &Text) -> String {
    let head =
        [("房号", "Unit"), ("月份", "Month"), ("收费", "Charge"), ("元", "Yuan"), ("说明", "Why")];
    let mut table = Table::new(&head.map(|(zh, en)| text.pick(zh, en)));
    let total = || text.pick("合计", "Total").to_owned();
    for bill in &run.units {
        let unit = bill.unit.as_str();
        for line in &bill.lines {
            table.row(vec![
                unit.to_owned(),
                line.month.to_string(),
                line.charge.to_string(),
                line.amount.to_string(),
                why(line, text),
            ]);
        }
        let sum = bill.total.to_string();
        table.row(vec![unit.to_owned(), String::new(), total(), sum]);
    }
    table.row(vec![total(), String::new(), String::new(), run.total.to_string()]);
    table.text()
}

fn data(run: &Run, law: &RuleSet, text: &Text) -> Value {
    let line = |line: &Line| {
        json!({
            "charge": &*line.charge, "month": line.month.to_string(), "fen": line.amount.get(),
            "why": why(line, text),
        })
    };
    let units: Vec<Value> = run
        .units
        .iter()
        .map(|bill| {
            let lines: Vec<Value> = bill.lines.iter().map(line).collect();
            json!({ "unit": bill.unit.as_str(), "lines": lines, "total_fen": bill.total.get() })
        })
        .collect();
    json!({
        "units": units, "total_fen": run.total.get(),
        "ruleset": {
            "name": law.id.name, "version": law.id.version, "hash": law.hash().to_hex(),
        },
    })
}

/// Says why a line is what it is.
pub(crate) fn why(line: &Line, text: &Text) -> String {
    explain::line(line, text.words())
}
