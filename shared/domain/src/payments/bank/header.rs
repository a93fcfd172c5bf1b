//! The row that names the columns, wherever it stands.

use std::collections::BTreeMap;

use super::Channel;
use crate::registry::roster::column_key;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Day,
    Time,
    In,
    Out,
    Amount,
    /// Whether it came in or went out.
    Direction,
    Balance,
    Party,
    Memo,
    /// What kind of trade it is.
    Kind,
    Serial,
    Order,
    Status,
    /// How the money stands, beside the trade.
    Funds,
    /// How much was given back.
    Refunded,
}

/// Words of a layout's columns. Of several words for one column the first that is there counts;
/// of texts all do.
type Words = &'static [(Column, &'static [&'static str])];

/// A bank looks from its own side: what it owes its client is on the credit side, 贷方, and there
/// stands what came in.
const BANK: Words = &[
    (
        Column::Day,
        &[
            "交易日期",
            "交易日",
            "记账日期",
            "记账日",
            "入账日期",
            "会计日期",
            "日期",
            "date",
            "transactiondate",
            "postingdate",
            "bookingdate",
            "valuedate",
        ],
    ),
    (Column::Time, &["交易时间", "记账时间", "入账时间", "时间", "time", "transactiontime"]),
    (
        Column::In,
        &[
            "收入",
            "收入金额",
            "贷方发生额",
            "贷方金额",
            "贷方",
            "存入",
            "存入金额",
            "转入金额",
            "in",
            "credit",
            "creditamount",
            "deposit",
            "moneyin",
            "paidin",
        ],
    ),
    (
        Column::Out,
        &[
            "支出",
            "支出金额",
            "借方发生额",
            "借方金额",
            "借方",
            "支取",
            "取出金额",
            "转出金额",
            "out",
            "debit",
            "debitamount",
            "withdrawal",
            "moneyout",
            "paidout",
        ],
    ),
    (Column::Amount, &["交易金额", "发生额", "金额", "交易额", "amount", "transactionamount"]),
    (
        Column::Direction,
        &["借贷标志", "借贷方向", "借贷", "收支标志", "收付标志", "收支", "收支类型", "direction"],
    ),
    (Column::Balance, &["余额", "账户余额", "交易后余额", "联机余额", "balance"]),
    (
        Column::Party,
        &[
            "对方户名",
            "对方名称",
            "对方账户名称",
            "对方账户名",
            "对方单位名称",
            "对方单位",
            "对手户名",
            "对手方名称",
            "交易对方",
            "对方",
            "付款人名称",
            "付款人",
            "party",
            "counterparty",
            "payer",
            "name",
        ],
    ),
    (
        Column::Memo,
        &[
            "摘要",
            "附言",
            "用途",
            "备注",
            "交易附言",
            "交易摘要",
            "交易说明",
            "说明",
            "memo",
            "description",
            "remark",
            "note",
            "purpose",
        ],
    ),
    (
        Column::Serial,
        &[
            "交易流水号",
            "流水号",
            "银行流水号",
            "核心流水号",
            "主机流水号",
            "交易流水",
            "serial",
            "serialno",
            "transactionid",
            "transactionno",
        ],
    ),
    (Column::Status, &["交易状态", "状态", "status"]),
    (Column::Order, &["订单号", "商户订单号", "业务编号", "order", "orderno"]),
];

const WECHAT: Words = &[
    (Column::Day, &["交易时间"]),
    (Column::Kind, &["交易类型"]),
    (Column::Party, &["交易对方"]),
    (Column::Memo, &["商品", "备注"]),
    (Column::Direction, &["收支"]),
    (Column::Amount, &["金额"]),
    (Column::Status, &["当前状态"]),
    (Column::Serial, &["交易单号"]),
    (Column::Order, &["商户单号"]),
];

/// The newer layout and the older one.
const ALIPAY: Words = &[
    (Column::Day, &["交易时间", "付款时间", "交易创建时间"]),
    (Column::Kind, &["交易分类", "类型"]),
    (Column::Party, &["交易对方"]),
    (Column::Memo, &["商品说明", "商品名称", "备注"]),
    (Column::Direction, &["收支"]),
    (Column::Amount, &["金额"]),
    (Column::Status, &["交易状态"]),
    (Column::Serial, &["交易订单号", "交易号"]),
    (Column::Order, &["商家订单号"]),
    (Column::Refunded, &["成功退款"]),
    (Column::Funds, &["资金状态"]),
];

/// What has to be there, for each layout; the bank's sums are looked at apart.
const LAYOUTS: [(Channel, Words, &[Column]); 3] = [
    (
        Channel::WeChat,
        WECHAT,
        &[Column::Day, Column::Direction, Column::Amount, Column::Status, Column::Serial],
    ),
    (
        Channel::Alipay,
        ALIPAY,
        &[Column::Day, Column::Direction, Column::Amount, Column::Status, Column::Serial],
    ),
    (Channel::Bank, BANK, &[Column::Day]),
];

/// Words of the services. Where one of their columns was deleted, the rest must not pass for a bank's:
/// a closed trade would be income.
const NO_BANK: &[&str] = &["交易单号", "交易订单号", "商户单号", "当前状态"];

/// What a header of a bank has to name, as a problem says it.
pub(super) const NEEDED: &str = "交易日期 date; 收入 in + 支出 out, or 金额 amount; 余额 balance, 对方户名 party, 摘要 memo, 流水号 serial";

/// A row that names columns.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) channel: Channel,
    /// Where each column is, from 0; several for texts.
    at: BTreeMap<Column, Vec<usize>>,
    /// The words as they stand.
    words: Vec<String>,
}

impl Header {
    /// Reads a row of cells; `None` if it is no header.
    pub(super) fn of(cells: &[&str]) -> Option<Self> {
        let keys: Vec<String> = cells.iter().map(|cell| column_key(cell)).collect();
        LAYOUTS.iter().find_map(|(channel, words, needed)| {
            let at = places(words, &keys);
            let sums = [Column::In, Column::Out, Column::Amount];
            let fits = needed.iter().all(|column| at.contains_key(column))
                && sums.iter().any(|column| at.contains_key(column));
            let service =
                *channel == Channel::Bank && keys.iter().any(|key| NO_BANK.contains(&key.as_str()));
            let fits = fits && !service;
            let words = cells.iter().map(|cell| (*cell).to_owned()).collect();
            fits.then_some(Self { channel: *channel, at, words })
        })
    }

    /// Returns where a column is; for texts the first one.
    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.positions(column).first().copied()
    }

    /// Returns where a text's columns are.
    pub(super) fn positions(&self, column: Column) -> &[usize] {
        self.at.get(&column).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    /// Returns the word above a position.
    pub(super) fn word(&self, position: usize) -> &str {
        self.words.get(position).map_or("", String::as_str)
    }

    /// Returns how many cells a row has.
    pub(super) fn width(&self) -> usize {
        self.words.iter().rposition(|word| !word.is_empty()).map_or(0, |last| last + 1)
    }
}

fn places(words: Words, keys: &[String]) -> BTreeMap<Column, Vec<usize>> {
    let mut at: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    for (column, words) in words {
        for word in *words {
            let here = keys.iter().enumerate().filter(|(_, key)| key == word);
            at.entry(*column).or_default().extend(here.map(|(position, _)| position));
        }
    }
    // An export with one column for day and time calls it the time.
    let day = at.get(&Column::Day).is_some_and(|places| !places.is_empty());
    if !day && let Some(time) = at.remove(&Column::Time) {
        at.insert(Column::Day, time);
    }
    at.retain(|_, places| !places.is_empty());
    at
}

/// Tells whether a line of a text file names the columns of a statement, by whatever sign it is cut.
#[must_use]
pub fn is_header(line: &str) -> bool {
    [',', ';', '\t'].into_iter().any(|sign| {
        let cells: Vec<&str> = line.split(sign).map(|cell| cell.trim().trim_matches('"')).collect();
        cells.len() > 1 && Header::of(&cells).is_some()
    })
}

/// Tells how many cells of a row are words of a bank's header: the row that was meant as one.
pub(super) fn likeness(cells: &[&str]) -> usize {
    let known = |cell: &str| {
        let key = column_key(cell);
        BANK.iter().any(|(_, words)| words.contains(&key.as_str()))
    };
    cells.iter().filter(|cell| known(cell)).count()
}
