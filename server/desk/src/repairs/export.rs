//! `linli repairs export`: everything that was reported in some days, for other programs.

use linli_domain::{
    kernel::{Day, Moment},
    repairs::{Repair, sla::Period, view::RepairRow},
};
use linli_replica::repairs::Filter;

use super::{Export, Exported, open311, record};
use crate::office::{
    Trouble, csv,
    desk::Desk,
    sink::{self, Sink},
    text::Text,
};

/// Whole days at the community's offset, the last one included.
fn period(desk: &Desk, from: Option<Day>, to: Option<Day>) -> Result<Period, Trouble> {
    let begins = |day: Day| day.begins(desk.offset);
    let from = from.map_or(Some(Moment(i64::MIN)), begins);
    let to = to.map_or(Some(Moment(i64::MAX)), |day| day.next().and_then(begins));
    match (from, to) {
        (Some(from), Some(to)) if from < to => Ok(Period { from, to }),
        _ => Err(Trouble::Usage("--to lies before --from".to_owned())),
    }
}

pub(super) fn run(desk: &Desk, wanted: &Export, text: &Text) -> Result<(), Trouble> {
    let period = period(desk, wanted.from, wanted.to)?;
    sink::check(wanted.output.as_deref(), &[], text)?;
    let mut sink = Sink::open(wanted.output.as_deref())?;
    match wanted.form {
        Exported::Csv => as_csv(desk, &period, &mut sink)?,
        Exported::Json => as_json(desk, &period, &mut sink)?,
        Exported::Open311(part) => {
            let whom = open311::Whom { text, homes: wanted.homes, period: &period };
            open311::write(desk, part, &whom, &mut sink)?;
        }
    }
    Ok(sink.finish()?)
}

/// Visits each repair of a period with its row.
pub(super) fn each(
    desk: &Desk,
    period: &Period,
    mut visit: impl FnMut(&RepairRow, &Repair) -> Result<(), String>,
) -> Result<(), String> {
    desk.each_row(Filter::All, "", |row| {
        if !period.has(row.at) {
            return Ok(());
        }
        let repair = desk.replica.folded(&row.id).map_err(|error| error.to_string())?;
        let Some(repair) = repair else { return Ok(()) };
        visit(&row, &repair)
    })
}

fn as_csv(desk: &Desk, period: &Period, sink: &mut Sink) -> Result<(), String> {
    sink.write(csv::header(&record::columns_of_repairs()))?;
    each(desk, period, |row, repair| sink.write(csv::line(&record::of_repair(desk, row, repair)?)))
}

fn as_json(desk: &Desk, period: &Period, sink: &mut Sink) -> Result<(), String> {
    let head = serde_json::json!({
        "community": desk.standing()?.name, "exported_at": desk.stamp(desk.now),
    });
    // One object for all, its list written as it is read.
    let head = head.to_string();
    let open = head.strip_suffix('}').unwrap_or(&head);
    sink.write(format!("{open},\"repairs\":["))?;
    let mut between = "\n";
    each(desk, period, |row, repair| {
        let record = record::of_repair(desk, row, repair)?;
        sink.write(format!("{between}{}", csv::object(&record)))?;
        between = ",\n";
        Ok(())
    })?;
    sink.write("\n]}\n")
}
