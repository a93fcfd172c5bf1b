//! The first line: which column holds what.

use std::collections::BTreeMap;

use super::{Cell, Fault, Line, Problem, swallows};
use crate::kernel::plain;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The whole code of a unit.
    Unit,
    /// The building.
    Building,
    /// The stair.
    Stair,
    /// The room.
    Room,
    /// What the unit is for.
    Use,
    /// Its exclusive area in m².
    Area,
    /// What the area rests on.
    Basis,
    /// The owners' names.
    Owners,
    /// Hashes of their ID numbers.
    IdHash,
    /// Their phones.
    Phone,
    /// Their shares.
    Share,
    /// How the unit stands.
    Status,
    /// Whether it was handed over.
    Delivered,
    /// From when it is billed.
    BillFrom,
    /// Whether the stair has a lift.
    Lift,
    /// Something for people: a running number, a remark.
    Remark,
}

/// The words that a column goes by, the English one first.
const WORDS: &[(Column, &[&str])] = &[
    (Column::Unit, &["unit", "unitcode", "房屋编号", "房产编号", "户号"]),
    (
        Column::Building,
        &["building", "楼", "楼号", "楼栋", "楼栋号", "楼幢", "栋", "栋号", "幢", "幢号", "座"],
    ),
    (Column::Stair, &["stair", "entrance", "单元", "单元号", "门"]),
    (Column::Room, &["room", "室", "室号", "房间", "房间号"]),
    (Column::Use, &["use", "kind", "用途", "房屋用途", "类型", "性质"]),
    (Column::Area, &["area", "面积", "专有面积", "专有部分面积", "建筑面积", "产权面积"]),
    (Column::Basis, &["basis", "areabasis", "面积依据", "依据"]),
    (Column::Owners, &["owners", "owner", "name", "业主", "业主姓名", "产权人", "姓名", "共有人"]),
    (Column::IdHash, &["idhash", "证件哈希", "证件摘要"]),
    (Column::Phone, &["phone", "mobile", "电话", "联系电话", "手机", "手机号"]),
    (Column::Share, &["share", "shares", "份额", "共有份额", "产权份额"]),
    (Column::Status, &["status", "状态", "房屋状态", "入住状态"]),
    (Column::Delivered, &["delivered", "交付", "是否交付", "交付情况"]),
    (Column::BillFrom, &["billfrom", "计费起日", "计费起始", "计费日期", "起费日"]),
    (Column::Lift, &["lift", "elevator", "电梯", "有无电梯"]),
    (Column::Remark, &["no", "remark", "note", "序号", "备注"]),
];

/// A column of ID numbers: they do not belong into a table that is handed around.
const ID_NUMBERS: &[&str] =
    &["idnumber", "idcard", "身份证", "身份证号", "身份证号码", "证件号", "证件号码"];

/// The header of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Where each column is, from 0.
    at: BTreeMap<Column, usize>,
    /// The words as they stand.
    words: Vec<String>,
    cells: Vec<Cell>,
}

impl Header {
    /// Reads the first line. `None` where rows cannot be read by it; what is wrong with it is added
    /// to the problems either way.
    pub(super) fn read(line: &Line, problems: &mut Vec<Problem>) -> Option<Self> {
        let words: Vec<String> = line.cells.iter().map(|cell| cell.shown().to_owned()).collect();
        let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
        let parts = keys.iter().any(|key| {
            matches!(column(key), Some(Column::Building | Column::Stair | Column::Room))
        });
        if keys.iter().all(|key| meaning(key, parts).is_none()) {
            let value = words.iter().find(|word| !word.is_empty()).cloned().unwrap_or_default();
            problems.push(Problem::new(line.number, 0, "", Fault::HeaderMissing, &value));
            return None;
        }
        let mut at: BTreeMap<Column, usize> = BTreeMap::new();
        for (position, (word, key)) in words.iter().zip(&keys).enumerate() {
            if word.is_empty() {
                continue;
            }
            let problem = |fault| Problem::new(line.number, position + 1, word, fault, word);
            if swallows(word, words.len()) {
                problems.push(problem(Fault::CellSwallows));
            }
            let Some(column) = meaning(key, parts) else {
                let id = ID_NUMBERS.contains(&key.as_str());
                problems.push(problem(if id { Fault::IdColumn } else { Fault::HeaderUnknown }));
                continue;
            };
            match at.get(&column) {
                Some(first) if column != Column::Remark => {
                    problems.push(problem(Fault::HeaderTwice).with((first + 1).to_string()));
                }
                _ => {
                    at.insert(column, position);
                }
            }
        }
        let header = Self { at, words, cells: line.cells.clone() };
        let missing = header.missing();
        for names in &missing {
            problems.push(Problem::new(line.number, 0, "", Fault::ColumnMissing, names));
        }
        missing.is_empty().then_some(header)
    }

    fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if !self.has(Column::Unit) {
            if !self.has(Column::Building) {
                missing.push("楼号 building");
            }
            if !self.has(Column::Room) {
                missing.push("房号 room");
            }
        }
        if !self.has(Column::Use) {
            missing.push("用途 use");
        }
        if !self.has(Column::Area) {
            missing.push("面积 area");
        }
        missing
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.at.get(&column).copied()
    }

    /// Returns the column at a position.
    pub(super) fn column_at(&self, position: usize) -> Option<Column> {
        self.at.iter().find(|(_, at)| **at == position).map(|(column, _)| *column)
    }

    /// Returns the word above a position.
    pub(super) fn word(&self, position: usize) -> &str {
        self.words.get(position).map_or("", String::as_str)
    }

    /// Returns how many columns have a name.
    pub(super) fn width(&self) -> usize {
        self.words.iter().rposition(|word| !word.is_empty()).map_or(0, |last| last + 1)
    }

    /// Tells whether a line is this header once more.
    pub(super) fn is_again(&self, line: &Line) -> bool {
        line.cells == self.cells
    }
}

/// Tells whether a text names a column.
pub(super) fn is_name(text: &str) -> bool {
    let key = key(text);
    meaning(&key, true).is_some()
}

/// The word without blanks, underscores and a unit in brackets: `面积（㎡）` is 面积.
pub(crate) fn key(word: &str) -> String {
    let plain = plain(word).to_lowercase();
    let plain = plain.split('(').next().unwrap_or_default();
    plain.chars().filter(|char| !matches!(char, '_' | '-' | '*' | '/' | '.')).collect()
}

fn column(key: &str) -> Option<Column> {
    WORDS.iter().find(|(_, words)| words.contains(&key)).map(|(column, _)| *column)
}

/// 房号 is the room beside building and stair, and the whole code where it stands alone.
fn meaning(key: &str, parts: bool) -> Option<Column> {
    match key {
        "房号" if parts => Some(Column::Room),
        "房号" => Some(Column::Unit),
        other => column(other),
    }
}
