//! What can be wrong with a roster: where it is, what it is, and what to do.

/// What is wrong. Each has a stable word and a sentence in both languages, in which `{value}` is what
/// stands there and `{other}` what it collides with.
macro_rules! faults {
    ($($name:ident $word:literal $zh:literal $en:literal)*) => {
        /// What is wrong with a roster.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault {
            $(#[doc = $en] $name,)*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            const fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* }
            }

            const fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

faults! {
    FileEmpty "file.empty"
        "文件里没有内容。请检查是否选错了文件。"
        "the file holds nothing; check that it is the right one."
    FileLarge "file.large"
        "文件太大（最大 {other}）。请只保留名册这一张表。"
        "the file is too large (at most {other}); keep only the roster's sheet."
    FileEncoding "file.encoding"
        "这不是 UTF-8，也不是 GB18030 文本。请在表格软件里另存为“CSV UTF-8”。"
        "this is neither UTF-8 nor GB18030; save it as “CSV UTF-8” in your spreadsheet program."
    FileOldExcel "file.old_excel"
        "这是旧版 .xls 文件，或有密码的文件。请去掉密码并另存为 .xlsx 或 CSV。"
        "this is an old .xls or a file with a password; save it without one as .xlsx or CSV."
    FileDamaged "file.damaged"
        "表格文件损坏，读不出来（{value}）。请用表格软件打开后另存一份。"
        "the spreadsheet is damaged ({value}); open it in your spreadsheet program and save it anew."
    FileSheets "file.sheets"
        "有好几张非空的表：{value}。请只保留名册这一张。"
        "several sheets hold something: {value}; keep only the roster's."
    LinesMany "file.lines"
        "超过 {other} 行。请删去多余的行，或分小区导入。"
        "there are more than {other} lines; remove what is not a unit."
    CellLong "cell.long"
        "单元格超过 {other} 个字。可能有引号没有成对。"
        "the cell has more than {other} characters; perhaps a quotation mark is not closed."
    CellHidden "cell.hidden"
        "单元格里有看不见的控制字符。请删掉后重新输入。"
        "the cell holds hidden control characters; clear it and type it anew."
    CellBreak "cell.break"
        "单元格里换了行：“{value}”。请写在一行里。"
        "the cell has a line break: “{value}”; write it on one line."
    CellMerged "cell.merged"
        "单元格 {other} 合并了，被盖住的格子是空的。请取消合并并逐行填写。"
        "cells {other} are merged, so those underneath are empty; unmerge them and fill each line."
    CellFailed "cell.failed"
        "公式出错：{value}。请改成数值。"
        "the formula failed: {value}; replace it by its value."
    CellDate "cell.date"
        "表格软件把它当成了日期：{value}。请把这一列设为“文本”后重新输入。"
        "the spreadsheet took it for a date: {value}; set the column to “Text” and type it anew."
    LineLong "line.long"
        "这一行的格子比表头多（多出“{value}”）。是不是多了逗号？"
        "the line has more cells than the header (“{value}” is left over); is there a comma too many?"
    HeaderMissing "header.missing"
        "第一行不是表头（“{value}”）。第一行要写列名：楼号、单元、房号、用途、面积……"
        "the first line is no header (“{value}”); it has to name the columns: building, stair, room, use, area …"
    HeaderUnknown "header.unknown"
        "不认识的列名“{value}”。请改用说明里的列名，或删去这一列。"
        "unknown column “{value}”; use a name from the help, or remove the column."
    HeaderTwice "header.twice"
        "列名“{value}”在第 {other} 列已经有了。请删去一列。"
        "column {other} is “{value}” already; remove one of them."
    HeaderAgain "header.again"
        "表头又出现了一次。请删去这一行。"
        "the header stands here once more; remove this line."
    ColumnMissing "header.column"
        "缺少这一列：{value}。"
        "this column is missing: {value}."
    IdColumn "header.id_number"
        "“{value}”这一列是证件号码。名册里不放证件号码，请换成“证件哈希”（SHA-256）或删去。"
        "column “{value}” holds ID numbers; they do not belong here: give their SHA-256 as “id-hash”, or remove it."
    UnitUnreadable "unit.unreadable"
        "看不懂的房号“{value}”。请写成 3-2-501 或 3号楼2单元501室。"
        "the unit “{value}” cannot be read; write it as 3-2-501 or 3号楼2单元501."
    UnitDecimals "unit.decimals"
        "“{value}”被当成了带小数的数字。请写成 {other}。"
        "“{value}” became a number with decimals; write {other}."
    UnitTwice "unit.twice"
        "{value} 在第 {other} 行已经有了。请删去一行，或改正房号。"
        "{value} stands in line {other} already; remove one of the lines or correct the code."
    UnitInDuplex "unit.in_duplex"
        "{value} 是第 {other} 行跃层的上层。跃层是一个专有部分，请删去这一行。"
        "{value} is the upper floor of the duplex in line {other}, which is one unit; remove this line."
    BuildingMissing "building.missing"
        "没有楼号。"
        "the building is missing."
    StairMissing "stair.missing"
        "没有单元号。只有一个单元的楼请写 1。"
        "the stair is missing; write 1 where a building has only one."
    StairNumber "stair.number"
        "单元号“{value}”不对。请写 1 到 99 的数字。"
        "the stair “{value}” is not a number from 1 to 99."
    RoomMissing "room.missing"
        "没有房号。"
        "the room is missing."
    UseUnknown "use.unknown"
        "不认识的用途“{value}”。请写“住宅”或“商铺”；车位不在这张表里。"
        "unknown use “{value}”; write “home” or “shop”; parking is not in this table."
    AreaMissing "area.missing"
        "没有面积。"
        "the area is missing."
    AreaNumber "area.number"
        "面积“{value}”不是数字。请写成 89.37。"
        "the area “{value}” is not a number; write it as 89.37."
    AreaSeparator "area.separator"
        "面积“{value}”里有逗号。请写成 89.37，不要千位分隔符。"
        "the area “{value}” has a comma; write it as 89.37, without separators of thousands."
    AreaDecimals "area.decimals"
        "面积“{value}”超过两位小数。请按登记写到 0.01 平方米。"
        "the area “{value}” has more than two decimals; write it to 0.01 m² as registered."
    AreaZero "area.zero"
        "面积是零。"
        "the area is zero."
    AreaNegative "area.negative"
        "面积“{value}”是负数。"
        "the area “{value}” is negative."
    AreaLarge "area.large"
        "面积“{value}”太大（最大 {other} 平方米）。是不是少了小数点？"
        "the area “{value}” is too large (at most {other} m²); is the decimal point missing?"
    BasisUnknown "basis.unknown"
        "不认识的面积依据“{value}”。请写“登记”“测绘”或“合同”。"
        "unknown basis of the area “{value}”; write “register”, “survey” or “contract”."
    StatusUnknown "status.unknown"
        "不认识的状态“{value}”。请写：未售、未交付、已交付、未入住、已入住、装修中、出租、空置。"
        "unknown status “{value}”; write unsold, undelivered, delivered, not_moved_in, moved_in, decorating, rented or empty."
    DeliveredUnknown "delivered.unknown"
        "“交付”这一列的“{value}”看不懂。请写“是”“否”或交付日期。"
        "“{value}” does not say whether it was handed over; write “yes”, “no” or the day."
    DeliveredDiffers "delivered.differs"
        "交付“{value}”和状态“{other}”矛盾。"
        "handed over “{value}” contradicts the status “{other}”."
    LiftUnknown "lift.unknown"
        "“电梯”这一列的“{value}”看不懂。请写“有”或“无”。"
        "“{value}” does not say whether there is a lift; write “yes” or “no”."
    LiftDiffers "lift.differs"
        "同一单元的第 {other} 行电梯写得不一样。"
        "line {other} of the same stair says otherwise about the lift."
    OwnerName "owner.name"
        "业主姓名“{value}”太长，或是空的。几位业主之间用“、”隔开。"
        "the owner's name “{value}” is empty or too long; put “、” between several owners."
    OwnerTwice "owner.twice"
        "同一套房里“{value}”写了两次。"
        "“{value}” is named twice in one unit."
    OwnersMissing "owner.missing"
        "写了{other}，却没有业主姓名。"
        "there is a {other} but no owner."
    OwnersCount "owner.count"
        "业主有 {other} 位，这里却有 {value} 个。没有的请写“-”占位。"
        "there are {other} owners, but {value} here; write “-” where one has none."
    IdHash "id_hash.form"
        "证件哈希应是 64 位十六进制数字（SHA-256）。"
        "an ID hash has 64 hexadecimal digits (SHA-256)."
    IdNumber "id_hash.number"
        "这里写了证件号码。名册里不放证件号码，请换成它的 SHA-256。"
        "this is an ID number; it does not belong here: give its SHA-256."
    IdOtherName "id_hash.other_name"
        "第 {other} 行同一证件的姓名不是“{value}”。"
        "line {other} has the same ID with another name than “{value}”."
    PhoneForm "phone.form"
        "电话号码不对。请写 11 位手机号，或区号加座机号。"
        "this is no phone number; write the 11 digits of a mobile, or area code and number."
    ShareForm "share.form"
        "份额“{value}”看不懂。请写成 1/2 或 50%；共同共有请写“共同”。"
        "the share “{value}” cannot be read; write 1/2 or 50%, or “joint”."
    ShareSum "share.sum"
        "这套房的份额“{value}”加起来不是 1。"
        "the shares “{value}” of this unit do not add up to 1."
    BillFrom "bill_from.form"
        "日期“{value}”不对。请写成 2026-03-01。"
        "“{value}” is no day of the calendar; write it as 2026-03-01."
}

/// Most characters of a cell that a sentence repeats.
const VALUE_CHARS_MAX: usize = 40;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1; 0 for the file as a whole.
    pub line: u32,
    /// The column, from 1; 0 for the line as a whole.
    pub column: usize,
    /// The word above the column.
    pub header: String,
    /// What is wrong.
    pub fault: Fault,
    /// What stands there, shortened.
    pub value: String,
    /// What it collides with, or what it may be at most.
    pub other: String,
}

impl Problem {
    /// Says what is wrong at a place.
    #[must_use]
    pub fn new(line: u32, column: usize, header: &str, fault: Fault, value: &str) -> Self {
        let shown = value.chars().map(|char| if char.is_control() { ' ' } else { char });
        let mut shown: String = shown.collect();
        if shown.chars().count() > VALUE_CHARS_MAX {
            shown = shown.chars().take(VALUE_CHARS_MAX).chain(['…']).collect();
        }
        let (header, other) = (header.to_owned(), String::new());
        Self { line, column, header, fault, value: shown, other }
    }

    /// Says what is wrong with the file as a whole.
    #[must_use]
    pub fn of_file(fault: Fault, value: &str) -> Self {
        Self::new(0, 0, "", fault, value)
    }

    /// Adds what it collides with.
    #[must_use]
    pub fn with(mut self, other: String) -> Self {
        self.other = other;
        self
    }

    /// Says in Chinese what is wrong and what to do, without the place.
    #[must_use]
    pub fn reason_zh(&self) -> String {
        self.fill(self.fault.zh())
    }

    /// Says in English what is wrong and what to do, without the place.
    #[must_use]
    pub fn reason_en(&self) -> String {
        self.fill(self.fault.en())
    }

    /// Says in Chinese where it is, what is wrong and what to do.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = match (self.line, self.column) {
            (0, _) => "整个文件".to_owned(),
            (line, 0) => format!("第 {line} 行"),
            (line, column) if self.header.is_empty() => format!("第 {line} 行第 {column} 列"),
            (line, column) => format!("第 {line} 行第 {column} 列（{}）", self.header),
        };
        format!("{place}：{}", self.reason_zh())
    }

    /// Says in English where it is, what is wrong and what to do.
    #[must_use]
    pub fn en(&self) -> String {
        let place = match (self.line, self.column) {
            (0, _) => "the file".to_owned(),
            (line, 0) => format!("line {line}"),
            (line, column) if self.header.is_empty() => format!("line {line}, column {column}"),
            (line, column) => format!("line {line}, column {column} ({})", self.header),
        };
        format!("{place}: {}", self.reason_en())
    }

    fn fill(&self, sentence: &str) -> String {
        sentence.replace("{other}", &self.other).replace("{value}", &self.value)
    }
}
