//! The fields of a repair in CSV and JSON. Their names and words are stable: add, never rename.

use linli_domain::repairs::{
    Repair, Status,
    clock::{ClockKind, clocks},
    sla::building,
    view::RepairRow,
};

use crate::office::{
    csv::{Cell, Record},
    desk::Desk,
};

/// What a row of a list tells.
const COMMON: [&str; 22] = [
    "id",
    "status",
    "open",
    "late",
    "class",
    "emergency",
    "place",
    "building",
    "reported_at",
    "changed_at",
    "due_kind",
    "due_at",
    "reporter",
    "assignee",
    "complaint_about",
    "merged_into",
    "conflict",
    "not_yet_in_log",
    "attachments",
    "comments",
    "me_too",
    "stars",
];

/// What a list has beside that: the beginning of the text.
const OF_ROW: [&str; 1] = ["excerpt"];

/// What an export has beside that.
const OF_REPAIR: [&str; 7] =
    ["answered_at", "arrived_at", "done_at", "confirmed_at", "reopened", "reported_place", "text"];

/// The columns of a list.
pub(super) fn columns_of_rows() -> Vec<&'static str> {
    [&COMMON[..], &OF_ROW].concat()
}

/// The columns of an export.
pub(super) fn columns_of_repairs() -> Vec<&'static str> {
    [&COMMON[..], &OF_REPAIR].concat()
}

fn named<const N: usize>(names: [&'static str; N], cells: [Cell; N]) -> Record {
    names.into_iter().zip(cells).collect()
}

fn common(desk: &Desk, row: &RepairRow) -> Record {
    let moment = |at| Cell::text(desk.stamp(at));
    let cells = [
        Cell::text(row.id.to_hex()),
        Cell::text(row.status.word()),
        Cell::Flag(row.open),
        Cell::Flag(row.is_late(desk.now)),
        Cell::text(row.class.clone()),
        Cell::Flag(row.emergency),
        Cell::text(row.place.to_string()),
        Cell::some_text(building(&row.place)),
        moment(row.at),
        moment(row.changed_at),
        Cell::some_text(row.due.map(|(kind, _)| kind.word().to_owned())),
        Cell::some_text(row.due.map(|(_, at)| desk.stamp(at))),
        Cell::text(row.reporter.to_hex()),
        Cell::some_text(row.assignee.map(|person| person.to_hex())),
        Cell::some_text(row.target.map(|role| role.word().to_owned())),
        Cell::some_text(row.into.map(|id| id.to_hex())),
        Cell::Flag(row.conflict),
        Cell::Flag(row.pending),
        Cell::number(row.attachments),
        Cell::number(row.comments),
        Cell::number(row.me_too),
        Cell::some_number(row.stars),
    ];
    named(COMMON, cells)
}

/// Makes the record of a row: the text is only its beginning.
pub(super) fn of_row(desk: &Desk, row: &RepairRow) -> Record {
    let mut record = common(desk, row);
    record.extend(named(OF_ROW, [Cell::text(row.excerpt.clone())]));
    record
}

/// Makes the record of a whole repair: when each promise was met, and the whole text.
pub(super) fn of_repair(desk: &Desk, row: &RepairRow, repair: &Repair) -> Result<Record, String> {
    let law = desk.replica.law().map_err(|error| error.to_string())?;
    let clocks = clocks(repair, law);
    let met = |kind: ClockKind| {
        // Of several rounds of work the last one tells.
        let last = clocks.iter().rev().find(|clock| clock.kind == kind);
        let at = last.filter(|clock| clock.met).and_then(|clock| clock.ended);
        Cell::some_text(at.map(|at| desk.stamp(at)))
    };
    let path = repair.path();
    let confirmed = path.iter().rev().find(|version| version.status() == Status::Confirmed);
    let reopened = path.iter().map(|version| version.reopens).max().unwrap_or_default();
    let mut record = common(desk, row);
    let cells = [
        met(ClockKind::Answer),
        met(ClockKind::Arrive),
        met(ClockKind::Fix),
        Cell::some_text(confirmed.map(|version| desk.stamp(version.when))),
        Cell::number(reopened),
        Cell::text(repair.report.place.to_string()),
        Cell::text(repair.report.text.clone()),
    ];
    record.extend(named(OF_REPAIR, cells));
    Ok(record)
}
