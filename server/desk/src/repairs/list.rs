//! `linli repairs list`.

use linli_domain::repairs::{sla::building, view::RepairRow};

use super::{Form, Wanted, record};
use crate::office::{
    Trouble, csv,
    desk::Desk,
    sink::Sink,
    table::Table,
    text::{SHORT, Text, day_and_time, short},
};

/// Most rows of a table for people; a spreadsheet or a script is given all of them.
const TABLE_ROWS_MAX: usize = 1_000;

pub(super) fn run(desk: &Desk, wanted: &Wanted, form: Form, text: &Text) -> Result<(), Trouble> {
    let mut sink = Sink::open(None)?;
    match form {
        Form::Table => {
            let table = table(desk, wanted, text)?;
            sink.write(table)?;
        }
        Form::Csv => {
            sink.write(csv::header(&record::columns_of_rows()))?;
            each(desk, wanted, |row| sink.write(csv::line(&record::of_row(desk, &row))))?;
        }
        Form::Json => {
            let mut between = "[\n";
            each(desk, wanted, |row| {
                let object = csv::object(&record::of_row(desk, &row));
                sink.write(format!("{between}{object}"))?;
                between = ",\n";
                Ok(())
            })?;
            let end = if between == "[\n" { "[]\n" } else { "\n]\n" };
            sink.write(end)?;
        }
    }
    Ok(sink.finish()?)
}

fn each(
    desk: &Desk,
    wanted: &Wanted,
    mut visit: impl FnMut(RepairRow) -> Result<(), String>,
) -> Result<(), String> {
    desk.each_row(wanted.filter, &wanted.search, |row| {
        let there = wanted.building.is_none() || building(&row.place) == wanted.building;
        let so = wanted.class.as_ref().is_none_or(|class| *class == row.class);
        if there && so { visit(row) } else { Ok(()) }
    })
}

fn table(desk: &Desk, wanted: &Wanted, text: &Text) -> Result<String, String> {
    let head = match text.tag() {
        "en" => ["Id", "Status", "Class", "Place", "Reported", "Due", "For", "What"],
        _ => ["编号", "状态", "类别", "位置", "报修时间", "时限", "经手人", "内容"],
    };
    let mut table = Table::new(&head);
    let mut count = 0_usize;
    each(desk, wanted, |row| {
        count = count.saturating_add(1);
        if count <= TABLE_ROWS_MAX {
            table.row(cells(desk, &row, text));
        }
        Ok(())
    })?;
    let mut said = table.text();
    let more = count.saturating_sub(TABLE_ROWS_MAX);
    if more > 0 {
        let line = text.pick("条未列出；用 --csv 得到全部", "more are not listed; --csv gives all");
        said.push_str(&format!("{more} {line}\n"));
    }
    Ok(said)
}

fn cells(desk: &Desk, row: &RepairRow, text: &Text) -> Vec<String> {
    let due = row.due.map(|(kind, at)| {
        let over = if desk.now > at { text.word("urgency", "late") } else { "" };
        let at = day_and_time(at, desk.offset);
        format!("{} {at} {over}", text.word("clock", kind.word())).trim_end().to_owned()
    });
    let mut status = text.word("status", row.status.word()).to_owned();
    if row.conflict {
        status = format!("{status} ({})", text.word("urgency", "conflict"));
    }
    vec![
        row.id.to_hex().chars().take(SHORT).collect(),
        status,
        text.word("class", &row.class).to_owned(),
        text.place(&row.place),
        day_and_time(row.at, desk.offset),
        due.unwrap_or_default(),
        row.assignee.as_ref().map(short).unwrap_or_default(),
        row.excerpt.clone(),
    ]
}
