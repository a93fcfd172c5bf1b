//! What is told of a statement: a table with the sums of each result, or the same as data.

use linli_domain::{
    kernel::Fen,
    payments::bank::{By, Channel, Doubt, NotIncome, OpenWhy, StatementLine},
};
use serde_json::{Value, json};

use super::{Import, Kept};
use crate::office::{table::Table, text::Text};

/// The results, in the order in which they are told.
const RESULTS: [(&str, &str, &str); 6] = [
    ("matched", "配上", "matched"),
    ("ambiguous", "待选", "ambiguous"),
    ("open", "待办", "open"),
    ("known", "已导入", "known"),
    ("twice", "重复", "twice"),
    ("not_income", "不是收入", "not income"),
];

/// A line with what came of it.
struct Told {
    line: usize,
    result: &'static str,
    /// For people.
    about: (String, String),
    /// For programs, beside what the line says.
    data: Value,
}

fn told(import: &Import) -> Vec<Told> {
    let matched = &import.matched;
    let ids = |places: &[usize]| -> Vec<&str> {
        let expected = places.iter().filter_map(|at| import.expected.get(*at));
        expected.map(|one| one.id.as_str()).collect()
    };
    let known =
        |line: usize| matched.keys.get(line).is_some_and(|key| import.already.0.contains_key(key));
    let mut all = Vec::new();
    all.extend(matched.pairs.iter().map(|pair| {
        let id = ids(&[pair.expected]).concat();
        let (zh, en) = by(pair.by);
        let about = (format!("{id}（{zh}）"), format!("{id} ({en})"));
        Told {
            line: pair.line,
            result: "matched",
            about,
            data: json!({ "id": id, "by": pair.by.word(), "known": known(pair.line) }),
        }
    }));
    all.extend(matched.ambiguous.iter().map(|one| {
        let ids = ids(&one.candidates);
        let (zh, en) = by(one.by);
        let more = if one.total > ids.len() { ", …" } else { "" };
        let names = ids.join(", ");
        let about = (format!("{names}{more}（{zh}）"), format!("{names}{more} ({en})"));
        let data = json!({
            "by": one.by.word(), "candidates": ids, "candidates_total": one.total,
            "known": known(one.line),
        });
        Told { line: one.line, result: "ambiguous", about, data }
    }));
    all.extend(matched.open.iter().map(|open| {
        let ids = ids(&open.candidates);
        let (zh, en) = why_open(open.why);
        let names = if ids.is_empty() { String::new() } else { format!(": {}", ids.join(", ")) };
        let about = (format!("{zh}{names}"), format!("{en}{names}"));
        let data = json!({ "why": open.why.word(), "candidates": ids, "known": known(open.line) });
        Told { line: open.line, result: "open", about, data }
    }));
    all.extend(matched.already_known.iter().map(|one| {
        let data = json!({ "match": one.with });
        Told { line: one.line, result: "known", about: (one.with.clone(), one.with.clone()), data }
    }));
    all.extend(matched.twice.iter().map(|line| {
        let about = ("与前面一行完全相同".to_owned(), "the same as a line before".to_owned());
        Told { line: *line, result: "twice", about, data: json!({}) }
    }));
    all.extend(matched.not_income.iter().map(|one| {
        let (zh, en) = why_not(one.why);
        let mut about = (zh.to_owned(), en.to_owned());
        if let Some(was) = &one.was {
            about.0.push_str(&format!("；以前配给了 {was}，请更正"));
            about.1.push_str(&format!("; it was matched with {was} before: correct that"));
        }
        let data = json!({ "why": one.why.word(), "was": one.was });
        Told { line: one.line, result: "not_income", about, data }
    }));
    all
}

/// Lines and sum of a result. A file of the most lines with the largest sums still adds up.
fn total(import: &Import, told: &[Told], result: &str) -> (usize, Fen) {
    let lines: Vec<&StatementLine> = told
        .iter()
        .filter(|one| one.result == result)
        .filter_map(|one| import.statement.lines.get(one.line))
        .collect();
    (lines.len(), Fen::sum(lines.iter().map(|line| line.amount)).unwrap_or_default())
}

pub(super) fn table(import: &Import, text: &Text) -> String {
    let all = told(import);
    let head = [
        ("行", "Line"),
        ("日期", "Day"),
        ("元", "Yuan"),
        ("对方", "Party"),
        ("结果", "Result"),
        ("说明", "About"),
    ];
    let mut lines = Table::new(&head.map(|(zh, en)| text.pick(zh, en)));
    let name = |result: &str| {
        let of = RESULTS.iter().find(|(word, ..)| *word == result);
        of.map_or("", |(_, zh, en)| text.pick(zh, en)).to_owned()
    };
    for one in &all {
        let Some(line) = import.statement.lines.get(one.line) else { continue };
        let (day, yuan) = (line.day.to_string(), line.amount.to_string());
        let about = text.pick(&one.about.0, &one.about.1).to_owned();
        let party = line.party.clone();
        lines.row(vec![line.row.to_string(), day, yuan, party, name(one.result), about]);
    }
    let head = [("结果", "Result"), ("笔", "Lines"), ("元", "Yuan")];
    let mut sums = Table::new(&head.map(|(zh, en)| text.pick(zh, en)));
    for (result, ..) in RESULTS {
        let (count, sum) = total(import, &all, result);
        sums.row(vec![name(result), count.to_string(), sum.to_string()]);
    }
    let count = import.statement.lines.len();
    let channel = match import.statement.channel {
        Channel::Bank => text.pick("银行", "Bank"),
        Channel::WeChat => text.pick("微信", "WeChat"),
        Channel::Alipay => text.pick("支付宝", "Alipay"),
    };
    let closing = closing(import, text);
    let (zh, en) = (
        format!("{channel}流水，{count} 笔。{closing}\n"),
        format!("{channel} statement, {count} lines. {closing}\n"),
    );
    format!("{}\n{}\n{}", lines.text(), sums.text(), text.pick(&zh, &en))
}

fn closing(import: &Import, text: &Text) -> String {
    let (zh, en) = match &import.kept {
        Kept::Nowhere => (
            "什么也没有记下；用 --known 文件 记下，下次就认得这些交易。".to_owned(),
            "Nothing was kept: with --known FILE the next import knows these lines.".to_owned(),
        ),
        Kept::Tried(added) => (
            format!(
                "只是试算，什么也没有写出；会新记 {} 笔，另有 {} 笔待办会配上。",
                added.lines, added.matched
            ),
            format!(
                "Tried only, nothing was written: {} new, {} open ones matched.",
                added.lines, added.matched
            ),
        ),
        Kept::There(added) if added.lines + added.matched == 0 => (
            "没有新的交易，什么也没有记下。".to_owned(),
            "Nothing new: nothing was added.".to_owned(),
        ),
        Kept::There(added) => (
            format!("新记 {} 笔，另有 {} 笔待办配上了。", added.lines, added.matched),
            format!("Added: {} new, {} open ones matched.", added.lines, added.matched),
        ),
    };
    text.pick(&zh, &en).to_owned()
}

pub(super) fn data(import: &Import) -> Value {
    let all = told(import);
    let mut data = json!({
        "channel": import.statement.channel.word(),
        "header_line": import.statement.header,
        "lines": import.statement.lines.len(),
        "remarks": import.statement.remarks,
        "totals": {},
    });
    for (result, ..) in RESULTS {
        let of_result = all.iter().filter(|one| one.result == result);
        let lines: Vec<Value> = of_result.filter_map(|one| line(import, one)).collect();
        let (count, sum) = total(import, &all, result);
        set(&mut data, result, lines.into());
        if let Some(totals) = data.get_mut("totals") {
            set(totals, result, json!({ "lines": count, "fen": sum.get() }));
        }
    }
    let (kept, added) = match &import.kept {
        Kept::Nowhere => ("nowhere", None),
        Kept::Tried(added) => ("dry_run", Some(added)),
        Kept::There(added) => ("file", Some(added)),
    };
    let added = added.map(|added| json!({ "lines": added.lines, "matched": added.matched }));
    set(&mut data, "kept", kept.into());
    set(&mut data, "added", added.unwrap_or_default());
    data
}

fn set(data: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = data {
        fields.insert(name.to_owned(), value);
    }
}

fn line(import: &Import, told: &Told) -> Option<Value> {
    let line = import.statement.lines.get(told.line)?;
    let mut data = json!({
        "line": line.row, "key": import.matched.keys.get(told.line)?.as_str(),
        "serial": line.serial, "order": line.order, "day": line.day.to_string(),
        "time": line.time.map(|time| time.to_string()), "fen": line.amount.get(),
        "balance_fen": line.balance.map(Fen::get), "party": line.party, "memo": line.memo,
    });
    if let Value::Object(more) = &told.data {
        for (name, value) in more {
            set(&mut data, name, value.clone());
        }
    }
    Some(data)
}

const fn by(by: By) -> (&'static str, &'static str) {
    match by {
        By::Reference => ("单号相同", "reference"),
        By::Unit => ("房号和金额相同", "unit and sum"),
        By::DaySumParty => ("日期、金额、付款人相同", "day, sum and party"),
    }
}

const fn why_open(why: OpenWhy) -> (&'static str, &'static str) {
    match why {
        OpenWhy::NothingFits => ("没有对得上的", "nothing fits"),
        OpenWhy::SumDiffers => ("金额不同", "the sum differs"),
        OpenWhy::Doubtful(Doubt::PartlyRefunded) => ("退了一部分", "a part was given back"),
        OpenWhy::Doubtful(Doubt::StatusUnknown) => ("状态不认识", "its status is unknown"),
        OpenWhy::Doubtful(Doubt::Reversal) => {
            ("摘要说是冲正或退款", "its text speaks of a reversal or refund")
        }
    }
}

const fn why_not(why: NotIncome) -> (&'static str, &'static str) {
    match why {
        NotIncome::PaidOut => ("是支出", "money went out"),
        NotIncome::Neutral => ("不计收支", "neither income nor spending"),
        NotIncome::Refund => ("是自己付款的退款", "own money that came back"),
        NotIncome::Refunded => ("已退款", "it was given back"),
        NotIncome::Closed => ("交易关闭", "the trade was closed"),
        NotIncome::Failed => ("交易失败", "the trade failed"),
        NotIncome::Pending => ("还没有到账", "it is not there yet"),
        NotIncome::Zero => ("金额是零", "the sum is zero"),
    }
}
