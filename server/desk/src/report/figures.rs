//! The figures of a report as records, and as a table for a terminal.

use linli_domain::repairs::sla::{Line, Promise, Sla};

use crate::office::{
    csv::{Cell, Record},
    desk::Desk,
    table::Table,
    text::{Text, short},
};

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    All,
    Class,
    Building,
    Worker,
}

impl Group {
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Class, Self::Building, Self::Worker];

    const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Class => "class",
            Self::Building => "building",
            Self::Worker => "worker",
        }
    }

    pub(super) const fn title(self, text: &Text) -> &'static str {
        match self {
            Self::All => text.pick("合计", "All"),
            Self::Class => text.pick("按类别", "By class"),
            Self::Building => text.pick("按楼", "By building"),
            Self::Worker => text.pick("按经手人", "By worker"),
        }
    }
}

/// One line of a report.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) group: Group,
    /// The stable word or id.
    key: Option<String>,
    /// What people read.
    pub(super) label: String,
    pub(super) line: Line,
}

/// The columns in CSV and JSON: stable.
pub(super) fn columns() -> Vec<&'static str> {
    let empty =
        Figures { group: Group::All, key: None, label: String::new(), line: Line::default() };
    empty.record().into_iter().map(|(name, _)| name).collect()
}

/// The names of what is told of a promise.
const ANSWER: [&str; 8] = [
    "answer_in_time",
    "answer_late",
    "answer_running",
    "answer_overdue",
    "answer_void",
    "answer_percent",
    "answer_average_min",
    "answer_median_min",
];

const ARRIVE: [&str; 8] = [
    "arrive_in_time",
    "arrive_late",
    "arrive_running",
    "arrive_overdue",
    "arrive_void",
    "arrive_percent",
    "arrive_average_min",
    "arrive_median_min",
];

const FIX: [&str; 8] = [
    "fix_in_time",
    "fix_late",
    "fix_running",
    "fix_overdue",
    "fix_void",
    "fix_percent",
    "fix_average_min",
    "fix_median_min",
];

fn promise(names: [&'static str; 8], promise: &Promise) -> Record {
    let cells = [
        Cell::number(promise.kept),
        Cell::number(promise.late),
        Cell::number(promise.running),
        Cell::number(promise.overdue),
        Cell::number(promise.void),
        Cell::some_number(promise.percent()),
        Cell::some_number(promise.average()),
        Cell::some_number(promise.median()),
    ];
    names.into_iter().zip(cells).collect()
}

impl Figures {
    pub(super) fn record(&self) -> Record {
        let line = &self.line;
        let mut record: Record = vec![
            ("group", Cell::text(self.group.word())),
            ("key", Cell::some_text(self.key.clone())),
            ("reported", Cell::number(line.reported)),
            ("open", Cell::number(line.open)),
            ("overdue", Cell::number(line.overdue)),
            ("reopened", Cell::number(line.reopened)),
        ];
        record.extend(promise(ANSWER, &line.answer));
        record.extend(promise(ARRIVE, &line.arrive));
        record.extend(promise(FIX, &line.fix));
        record.push(("ratings", Cell::number(line.ratings)));
        record.push(("stars_tenths", Cell::some_number(line.stars_tenths())));
        record
    }

    /// What people read of a line: label, then the figures in the order of [`heads`].
    pub(super) fn cells(&self) -> Vec<String> {
        let line = &self.line;
        let mut cells = vec![self.label.clone()];
        cells
            .extend([line.reported, line.open, line.overdue, line.reopened].map(|n| n.to_string()));
        for promise in [&line.answer, &line.arrive, &line.fix] {
            let had_to = promise.kept + promise.late + promise.overdue;
            cells.push(match promise.percent() {
                Some(percent) => format!("{}/{had_to} {percent}%", promise.kept),
                None => "–".to_owned(),
            });
            cells.push(match (promise.average(), promise.median()) {
                (Some(average), Some(median)) => format!("{average} / {median}"),
                _ => "–".to_owned(),
            });
        }
        cells.push(match line.stars_tenths() {
            Some(tenths) => format!("{}.{} ({})", tenths / 10, tenths % 10, line.ratings),
            None => "–".to_owned(),
        });
        cells
    }
}

/// The heads of what people read; the first is the group's.
pub(super) const fn heads(text: &Text) -> [&'static str; 11] {
    [
        text.pick("报修", "Reported"),
        text.pick("未完", "Open"),
        text.pick("超时", "Overdue"),
        text.pick("返工", "Reopened"),
        text.pick("按时答复", "Answered in time"),
        text.pick("答复分钟 均/中", "Minutes avg/med"),
        text.pick("按时到场", "Came in time"),
        text.pick("到场分钟 均/中", "Minutes avg/med"),
        text.pick("按时修好", "Fixed in time"),
        text.pick("修好分钟 均/中", "Minutes avg/med"),
        text.pick("评价", "Stars"),
    ]
}

/// Puts all lines in order: all, classes, buildings, workers.
pub(super) fn all(desk: &Desk, sla: &Sla, text: &Text) -> Result<Vec<Figures>, String> {
    let mut lines = Vec::new();
    let mut put = |group, key: Option<String>, label: &str, line: &Line| {
        lines.push(Figures { group, key, label: label.to_owned(), line: line.clone() });
    };
    put(Group::All, None, Group::All.title(text), &sla.all);
    for (class, line) in &sla.classes {
        put(Group::Class, Some(class.clone()), text.word("class", class), line);
    }
    for (building, line) in &sla.buildings {
        let whole = text.word("place", "community");
        let label = building.as_ref().map_or_else(
            || whole.to_owned(),
            |building| format!("{} {building}", text.word("place", "building")),
        );
        put(Group::Building, building.clone(), &label, line);
    }
    for (worker, line) in &sla.workers {
        let label = match worker {
            None => text.pick("尚未派单", "Handed to nobody").to_owned(),
            Some(person) => {
                let role = desk.replica.role_of(person, desk.now).map_err(|e| e.to_string())?;
                format!("{} {}", text.role(role), short(person))
            }
        };
        put(Group::Worker, worker.map(|person| person.to_hex()), &label, line);
    }
    Ok(lines)
}

/// Writes the table for a terminal.
pub(super) fn table(lines: &[Figures], text: &Text) -> String {
    let mut table = Table::new(&[&[""][..], &heads(text)].concat());
    for group in Group::ALL {
        if group != Group::All {
            table.row(vec![group.title(text).to_owned()]);
        }
        for line in lines.iter().filter(|line| line.group == group) {
            table.row(line.cells());
        }
    }
    table.text()
}
