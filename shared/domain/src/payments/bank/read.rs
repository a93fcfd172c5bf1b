//! Rows of a statement's file to its lines.

use super::{
    Channel, ROWS_MAX, StatementLine,
    header::{self, Column, Header},
    standing::{Says, standing},
    values::{bare, figure, is_cut, moment, number, time},
};
use crate::{
    kernel::{Day, Fen, SUM_MAX, plain},
    payments::{Fault, Problem},
    registry::roster::{CELL_CHARS_MAX, Cell, Line},
};

/// Words that a row begins with that is no movement of money: sums, balances, footnotes.
const REMARKS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "本页",
    "累计",
    "总笔数",
    "笔数",
    "共",
    "期初",
    "期末",
    "上期",
    "承前",
    "余额",
    "注",
    "说明",
    "备注",
    "特别提示",
    "导出时间",
    "打印",
    "已收入",
    "待收入",
    "已支出",
    "待支出",
    "不计收支",
    "total",
    "sum",
    "opening",
    "closing",
    "balance",
    "note",
    "#",
    "--",
];

/// Words for money that came in, and for money that went out.
const INCOMING: &[&str] =
    &["收入", "收", "贷", "贷方", "入账", "转入", "in", "credit", "c", "cr", "+"];
const OUTGOING: &[&str] =
    &["支出", "支", "付", "借", "借方", "出账", "转出", "out", "debit", "d", "dr", "-"];

/// Words of the services for what is neither.
const NEUTRAL: &[&str] = &["", "/", "不计收支", "其他", "中性交易", "不计"];

/// A statement that was read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Whose layout it has.
    pub channel: Channel,
    /// The line of the file that names the columns, from 1.
    pub header: u32,
    /// Its lines, in the order of the file.
    pub lines: Vec<StatementLine>,
    /// Lines of the file after the header that are no movements of money: sums and footnotes.
    pub remarks: Vec<u32>,
}

/// Reads the rows of a file.
///
/// # Errors
/// Every [`Problem`] of the file: no header, two of them, more than [`ROWS_MAX`] rows, days and sums
/// that cannot be read, serials that a spreadsheet has cut. Then nothing of the file is used.
pub fn read(rows: &[Line]) -> Result<Statement, Vec<Problem>> {
    if rows.len() > ROWS_MAX {
        return Err(vec![Problem::of_file(Fault::LinesMany, "").with(ROWS_MAX.to_string())]);
    }
    let mut filled = rows.iter().filter(|row| !row.is_blank());
    let (row, header) = filled
        .by_ref()
        .find_map(|row| Some((row, Header::of(&cells(row))?)))
        .ok_or_else(|| vec![no_header(rows)])?;
    let mut statement = Statement {
        channel: header.channel,
        header: row.number,
        lines: Vec::new(),
        remarks: Vec::new(),
    };
    let mut problems = twice(row, &header);
    for row in filled {
        if Header::of(&cells(row)).is_some() {
            let problem = Problem::new(row.number, 0, "", Fault::StatementTwice, "");
            problems.push(problem.with(statement.header.to_string()));
            break;
        }
        let mut reader = Reader { row, header: &header, problems: &mut problems };
        match reader.line() {
            Read::Line(line) => statement.lines.push(*line),
            Read::Remark => statement.remarks.push(row.number),
            Read::Problem => {}
        }
    }
    if statement.lines.is_empty() && problems.is_empty() {
        problems
            .push(Problem::of_file(Fault::StatementEmpty, "").with(statement.header.to_string()));
    }
    if problems.is_empty() { Ok(statement) } else { Err(problems) }
}

fn cells(row: &Line) -> Vec<&str> {
    row.cells.iter().map(Cell::shown).collect()
}

fn no_header(rows: &[Line]) -> Problem {
    let filled: Vec<&Line> = rows.iter().filter(|row| !row.is_blank()).collect();
    let Some(first) = filled.first() else { return Problem::of_file(Fault::FileEmpty, "") };
    // The row that was meant as one, if any has more than one of the words.
    let meant = filled.iter().map(|row| (header::likeness(&cells(row)), row));
    let meant =
        meant.filter(|(words, _)| *words > 1).min_by_key(|(words, _)| std::cmp::Reverse(*words));
    let row = meant.map_or(*first, |(_, row)| *row);
    let said = cells(row).into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(",");
    let problem = Problem::new(row.number, 0, "", Fault::StatementHeader, &said);
    problem.with(header::NEEDED.to_owned())
}

/// A word that stands twice in the header leaves open which column is meant.
fn twice(row: &Line, header: &Header) -> Vec<Problem> {
    let single =
        [Column::Day, Column::In, Column::Out, Column::Amount, Column::Balance, Column::Serial];
    let mut problems = Vec::new();
    for column in single {
        let places = header.positions(column);
        let Some(first) = places.first() else { continue };
        for place in places.iter().filter(|place| *place != first) {
            if header.word(*place) == header.word(*first) {
                let word = header.word(*place);
                let problem = Problem::new(row.number, place + 1, word, Fault::HeaderTwice, word);
                problems.push(problem.with((first + 1).to_string()));
            }
        }
    }
    problems
}

/// What a row was.
enum Read {
    Line(Box<StatementLine>),
    Remark,
    /// It was told.
    Problem,
}

/// A sum with its sign, and whether the service counts it as neither.
struct Sum {
    amount: Fen,
    neutral: bool,
}

/// One row, with the header above it.
struct Reader<'a> {
    row: &'a Line,
    header: &'a Header,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn line(&mut self) -> Read {
        let before = self.problems.len();
        self.check_cells();
        if self.problems.len() > before {
            return Read::Problem;
        }
        if self.is_remark() {
            return Read::Remark;
        }
        let (day, sum, balance) = (self.day(), self.sum(), self.figure(Column::Balance));
        let (serial, refunded) = (self.serial(), self.figure(Column::Refunded));
        let (Some((day, time)), Some(sum)) = (day, sum) else { return Read::Problem };
        if self.problems.len() > before {
            return Read::Problem;
        }
        let memo = self.memo();
        let says = Says {
            neutral: sum.neutral,
            kind: self.text(Column::Kind),
            memo: &memo,
            statuses: self.statuses(),
            refunded,
        };
        let channel = self.header.channel;
        let standing = standing(channel, sum.amount, &says);
        Read::Line(Box::new(StatementLine {
            row: self.row.number,
            channel,
            serial,
            order: number(self.text(Column::Order)),
            day,
            time,
            amount: sum.amount,
            balance,
            party: Some(self.text(Column::Party))
                .filter(|party| *party != "/")
                .unwrap_or_default()
                .to_owned(),
            standing,
            memo,
        }))
    }

    fn fault(&mut self, place: Option<usize>, fault: Fault, value: &str, other: &str) {
        let (at, word) = place.map_or((0, ""), |place| (place + 1, self.header.word(place)));
        let problem = Problem::new(self.row.number, at, word, fault, value);
        self.problems.push(problem.with(other.to_owned()));
    }

    fn cell(&self, place: usize) -> &'a str {
        self.row.cells.get(place).map_or("", |cell| bare(cell.shown()))
    }

    fn text(&self, column: Column) -> &'a str {
        self.header.position(column).map_or("", |place| self.cell(place))
    }

    /// Cells that no export writes: they are what an unclosed quotation mark or a formula makes.
    fn check_cells(&mut self) {
        let width = self.header.width();
        for (place, cell) in self.row.cells.iter().enumerate() {
            let shown = cell.shown();
            if matches!(cell, Cell::Failed(_)) {
                self.fault(Some(place), Fault::CellUnfit, shown, "");
            } else if shown.len() > CELL_CHARS_MAX && shown.chars().nth(CELL_CHARS_MAX).is_some() {
                self.fault(Some(place), Fault::CellLong, "", &CELL_CHARS_MAX.to_string());
            } else if cell.swallows(width) {
                self.fault(Some(place), Fault::CellSwallows, shown, "");
            } else if place >= width && !shown.is_empty() {
                self.fault(None, Fault::LineLong, shown, "");
            }
        }
    }

    /// A sum at the end or a footnote: it has no day, and no sum where sums stand, or begins as such.
    /// Where something else stands as its day, that is a movement, whatever its text begins with.
    fn is_remark(&self) -> bool {
        let sums = [Column::In, Column::Out, Column::Amount].into_iter();
        let sums: Vec<&str> = sums.map(|column| self.text(column)).collect();
        let empty = sums.iter().all(|sum| sum.is_empty());
        let filled =
            (0..self.row.cells.len()).map(|place| self.cell(place)).filter(|cell| !cell.is_empty());
        let filled: Vec<&str> = filled.collect();
        let begins = |cell: &str| {
            let plain = plain(cell).to_lowercase();
            REMARKS.iter().any(|word| plain.starts_with(word))
        };
        let day = self.day_place().map_or("", |place| self.cell(place));
        match moment(day) {
            None => {
                let footnote = filled.first().is_some_and(|first| begins(first));
                empty || footnote && (number(day).is_none() || begins(day))
            }
            // 期初余额: a balance with the day it begins.
            Some(_) => empty && filled.iter().skip(1).any(|cell| begins(cell)),
        }
    }

    /// Where its day stands. An older export names several days, and the better one may be empty:
    /// not paid yet.
    fn day_place(&self) -> Option<usize> {
        let places = self.header.positions(Column::Day);
        places.iter().copied().find(|place| !self.cell(*place).is_empty())
    }

    fn day(&mut self) -> Option<(Day, Option<super::TimeOfDay>)> {
        let Some(place) = self.day_place() else {
            self.fault(self.header.position(Column::Day), Fault::CellMissing, "", "");
            return None;
        };
        let text = self.cell(place);
        let Some((day, with_day)) = moment(text) else {
            self.fault(Some(place), Fault::StatementDay, text, "");
            return None;
        };
        let own = self.text(Column::Time);
        // The column of the time may repeat the day.
        let own = time(own).or_else(|| moment(own).and_then(|(_, time)| time));
        Some((day, own.or(with_day)))
    }

    fn figure(&mut self, column: Column) -> Option<Fen> {
        let place = self.header.position(column)?;
        let text = self.cell(place);
        figure(text).unwrap_or_else(|_| {
            self.fault(Some(place), Fault::FigureForm, text, &SUM_MAX.to_string());
            None
        })
    }

    fn sum(&mut self) -> Option<Sum> {
        if self.header.has(Column::In) || self.header.has(Column::Out) {
            return self.in_and_out();
        }
        let before = self.problems.len();
        let Some(amount) = self.figure(Column::Amount) else {
            if self.problems.len() == before {
                self.fault(self.header.position(Column::Amount), Fault::CellMissing, "", "");
            }
            return None;
        };
        let Some(place) = self.header.position(Column::Direction) else {
            return Some(Sum { amount, neutral: false });
        };
        let text = self.cell(place);
        let word = plain(text).to_lowercase();
        let word = word.as_str();
        if INCOMING.contains(&word) {
            return Some(Sum { amount, neutral: false });
        }
        if OUTGOING.contains(&word) {
            // A sum that is negative already is out, not in again.
            let out = if amount > Fen::ZERO { Fen::ZERO.minus(amount) } else { Some(amount) };
            return out.map(|amount| Sum { amount, neutral: false });
        }
        if self.header.channel != Channel::Bank && NEUTRAL.contains(&word) {
            return Some(Sum { amount, neutral: true });
        }
        self.fault(Some(place), Fault::DirectionForm, text, "收入 in, 支出 out");
        None
    }

    /// Two columns: what went out is below zero, and so is an income that is struck off.
    fn in_and_out(&mut self) -> Option<Sum> {
        let before = self.problems.len();
        let (come, gone) = (self.figure(Column::In), self.figure(Column::Out));
        if self.problems.len() > before {
            return None;
        }
        let is_sum = |sum: &Fen| *sum != Fen::ZERO;
        let amount = match (come.filter(is_sum), gone.filter(is_sum)) {
            (Some(come), Some(_)) => {
                let place = self.header.position(Column::Out);
                let text = self.text(Column::Out);
                self.fault(place, Fault::FigureTwice, text, &come.to_string());
                return None;
            }
            (Some(come), None) => come,
            // -50.00 in the column of what went out came back.
            (None, Some(gone)) => Fen::ZERO.minus(gone)?,
            (None, None) if come.or(gone).is_some() => Fen::ZERO,
            (None, None) => {
                let place = self.header.position(Column::In).or(self.header.position(Column::Out));
                self.fault(place, Fault::CellMissing, "", "");
                return None;
            }
        };
        Some(Sum { amount, neutral: false })
    }

    fn serial(&mut self) -> Option<String> {
        let place = self.header.position(Column::Serial)?;
        let serial = number(self.cell(place))?;
        if is_cut(&serial) {
            self.fault(Some(place), Fault::SerialCut, &serial, "");
        }
        Some(serial)
    }

    /// All texts, each once.
    fn memo(&self) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for place in self.header.positions(Column::Memo) {
            let text = self.cell(*place);
            if !text.is_empty() && text != "/" && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(" ")
    }

    /// What is said of the trade; of its money only where something is said.
    fn statuses(&self) -> Vec<&'a str> {
        let trade = self.header.position(Column::Status).map(|place| self.cell(place));
        let funds = Some(self.text(Column::Funds)).filter(|text| !text.is_empty());
        trade.into_iter().chain(funds).collect()
    }
}
