//! Letters that ask for debts (催告书): what is owed since when, until when it can be enforced, a fair time
//! to pay, and where it is signed for.

use linli_domain::{
    kernel::{Day, Fen},
    payments::{Paper, Scan, UnitName, in_capitals},
};

use super::{BODY, CODE, Column, FIGURE, LEFT, Maker, QUIET, RIGHT, money};
use crate::print::paper::{Block, Frame, HEIGHT, Ink, Page, Side, Style, Turn, mm, pour};

/// A letter to one unit.
pub(in crate::print) struct Demand {
    pub(in crate::print) unit: UnitName,
    /// The day of the letter, and the last day to pay.
    pub(in crate::print) day: Day,
    pub(in crate::print) pay_by: Day,
    pub(in crate::print) debts: Vec<Owed>,
    pub(in crate::print) principal: Fen,
    pub(in crate::print) late: Fen,
    pub(in crate::print) total: Fen,
}

/// One debt.
pub(in crate::print) struct Owed {
    pub(in crate::print) id: String,
    pub(in crate::print) due: Day,
    pub(in crate::print) principal: Fen,
    pub(in crate::print) late: Fen,
    pub(in crate::print) sum: Fen,
    /// The last day of limitation, without this letter.
    pub(in crate::print) limitation: Day,
}

const FRAME: Frame = Frame { top: mm(20), bottom: HEIGHT - mm(20) };

const ID: Column = Column::left(LEFT, mm(40));
const DUE: Column = Column::left(LEFT + mm(43), mm(26));
const PRINCIPAL: Column = Column::right(LEFT + mm(94), mm(26));
const LATE: Column = Column::right(LEFT + mm(116), mm(22));
const SUM: Column = Column::right(LEFT + mm(142), mm(26));
const UNTIL: Column = Column::right(RIGHT, mm(26));

/// The words of the letter.
const LETTER: Style = Style::plain(23);

/// Makes the pages of letters: each begins on a page of its own.
pub(in crate::print) fn pages(maker: &Maker<'_>, demands: &[Demand]) -> Vec<Page> {
    let letter = |demand: &Demand| {
        let (blocks, sum) = blocks(maker, demand);
        let again = |turn: Turn| {
            let name = maker.again(demand.unit.as_str(), turn.page);
            // Below the sum there is no table any more.
            if turn.block <= sum { vec![name, head(maker)] } else { vec![name] }
        };
        pour(blocks, FRAME, again)
    };
    demands.iter().flat_map(letter).collect()
}

/// The letter, and which of its blocks is the sum.
fn blocks(maker: &Maker<'_>, demand: &Demand) -> (Vec<Block>, usize) {
    let mut blocks = vec![top(maker, demand)];
    blocks.extend(asked(maker, demand));
    blocks.push(head(maker).with_next());
    let last = demand.debts.len().saturating_sub(1);
    for (at, owed) in demand.debts.iter().enumerate() {
        let row = row(maker, demand.day, owed);
        // The sum never stands alone on a page.
        blocks.push(if at == last { row.with_next() } else { row });
    }
    let (principal, late) = (money(demand.principal), money(demand.late));
    let total = money(demand.total);
    let mut sum = maker.row(&[
        (ID, FIGURE, maker.pick("合计", "Total")),
        (PRINCIPAL, FIGURE, &principal),
        (LATE, FIGURE, &late),
        (SUM, FIGURE, &total),
    ]);
    sum.height += mm(8);
    let end = blocks.len();
    blocks.push(sum);
    blocks.extend(told(maker, demand));
    blocks.push(promise(maker));
    blocks.push(signed(maker));
    (blocks, end)
}

fn top(maker: &Maker<'_>, demand: &Demand) -> Block {
    let mut block = Block::new(mm(42));
    block.text((LEFT, mm(3)), QUIET, maker.title);
    let heading = maker.pick("催告书", "Demand for payment");
    block.text((LEFT, mm(15)), Style::strong(48).accent(), heading);
    block.text((LEFT, mm(22)), Style::quiet(22), maker.day(demand.day));
    let (unit, due) = (Some(&demand.unit), Some(demand.pay_by));
    let id = demand.day.to_string();
    let scan = Scan { paper: Paper::Demand, unit, due, total: demand.total, id: &id };
    block.code((RIGHT - CODE, 0), CODE, &scan.to_string());
    block.rule((LEFT, mm(32)), RIGHT - LEFT);
    block
}

/// Who is asked, for what, and until when.
fn asked(maker: &Maker<'_>, demand: &Demand) -> [Block; 2] {
    let unit = demand.unit.as_str();
    let (zh, en) = (format!("{unit} 业主："), format!("To the owner of {unit}:"));
    let whom = maker.paragraph(Style::strong(26), maker.pick(&zh, &en));
    let (day, by) = (maker.day(demand.day), maker.day(demand.pay_by));
    let (total, capitals) = (money(demand.total), in_capitals(demand.total));
    let zh = format!(
        "截至 {day}，下列费用已经到期，尚未支付，合计 {total} 元（人民币{capitals}）。请在 {by}前付清。对费用有疑问的，\
         请在这段时间内提出；确有困难的，可以商量分期支付。"
    );
    let en = format!(
        "On {day} the debts below are due and not paid: {total} yuan in all. Please pay until {by}. If a \
         sum seems wrong, say so within this time; if paying at once is hard, instalments can be agreed on."
    );
    let mut what = maker.paragraph(LETTER, maker.pick(&zh, &en));
    what.height += mm(3);
    [whom, what]
}

fn head(maker: &Maker<'_>) -> Block {
    let mut block = maker.row(&[
        (ID, QUIET, maker.pick("编号", "Debt")),
        (DUE, QUIET, maker.pick("到期日", "Due")),
        (PRINCIPAL, QUIET, maker.pick("本金（元）", "Principal")),
        (LATE, QUIET, maker.pick("违约金（元）", "Late fee")),
        (SUM, QUIET, maker.pick("小计（元）", "Sum (yuan)")),
        (UNTIL, QUIET, maker.pick("诉讼时效至", "Enforceable to")),
    ]);
    block.rule((LEFT, block.height), RIGHT - LEFT);
    block.height += mm(1);
    block
}

fn row(maker: &Maker<'_>, day: Day, owed: &Owed) -> Block {
    let (due, until) = (owed.due.to_string(), owed.limitation.to_string());
    let past = maker.pick("已届满", "run out");
    let until = if owed.limitation < day { past } else { &until };
    let (principal, late, sum) = (money(owed.principal), money(owed.late), money(owed.sum));
    let mut block = maker.row(&[
        (ID, BODY, &owed.id),
        (DUE, BODY, &due),
        (PRINCIPAL, BODY, &principal),
        (LATE, BODY, &late),
        (SUM, BODY, &sum),
        (UNTIL, BODY, until),
    ]);
    block.rule((LEFT, block.height + mm(1)), RIGHT - LEFT);
    block.height += mm(2);
    block
}

/// What follows if nothing is paid, and what this letter does.
fn told(maker: &Maker<'_>, demand: &Demand) -> Vec<Block> {
    let court = maker.pick(
        "期限届满仍不支付的，可以依法提起诉讼或者申请仲裁（民法典第 944 条）。",
        "If it is not paid by then, the matter may be taken to court or to arbitration (Civil Code 944).",
    );
    let anew = maker.pick(
        "在诉讼时效内送达的，诉讼时效从送达时起重新计算（民法典第 195 条）。",
        "Where limitation has not run out, it runs anew from the delivery of this letter (Civil Code 195).",
    );
    // Whoever signs for such a demand could be said to have owned to the debt anew.
    let past = maker.pick(
        "诉讼时效已届满的欠费，业主可以不支付，签收本函不等于同意支付；自愿支付的，不能要求返还（民法典第 192 条）。",
        "What limitation has run out for may be refused, and to sign for this letter is not to agree to it; \
         what is paid of it willingly stays paid (Civil Code 192).",
    );
    let (mut any_past, mut any_open) = (false, false);
    for owed in &demand.debts {
        let is_past = owed.limitation < demand.day;
        any_past |= is_past;
        any_open |= !is_past;
    }
    let said = [(true, court), (any_open, anew), (any_past, past)];
    let said = said.into_iter().filter(|(holds, _)| *holds);
    said.map(|(_, text)| maker.paragraph(LETTER, text)).collect()
}

/// What nobody may do: it stands out, because it is feared.
fn promise(maker: &Maker<'_>) -> Block {
    let text = maker.pick(
        "不会因欠费停电、停水、停热、停气：民法典第 944 条禁止这样催交。",
        "Nothing is cut off for arrears: the law forbids to stop electricity, water, heating or gas for them \
         (Civil Code 944).",
    );
    let column = Column::left(LEFT + mm(5), RIGHT - LEFT - mm(10));
    let words = maker.row(&[(column, Style::strong(23).accent(), text)]);
    let mut block = Block::new(words.height + mm(14));
    block.fill((LEFT, mm(2)), (RIGHT - LEFT, words.height + mm(6)), Ink::Tint);
    block.add(words, (0, mm(5) - mm(1)));
    block
}

/// Where it is signed, and where its delivery is.
fn signed(maker: &Maker<'_>) -> Block {
    let middle = LEFT + mm(88);
    let mut block = Block::new(mm(50));
    let mut field = |x: i32, y: i32, label: &str| {
        block.text((x, y), QUIET, label);
        block.rule((x + mm(34), y + mm(1)), mm(48));
    };
    let lines = [mm(16), mm(27), mm(38)];
    let from = [
        maker.pick("催告人（签章）", "Signed"),
        maker.pick("经办人", "Handled by"),
        maker.pick("日期", "Day"),
    ];
    let delivered = [
        maker.pick("收件人签名", "Received by"),
        maker.pick("送达人、见证人", "Delivered, witness"),
        maker.pick("送达日期", "Day of delivery"),
    ];
    for (y, (from, delivered)) in lines.into_iter().zip(from.into_iter().zip(delivered)) {
        field(LEFT, y, from);
        field(middle, y, delivered);
    }
    let ways = [
        maker.pick("当面送达", "by hand"),
        maker.pick("邮寄", "by post"),
        maker.pick("拒收，留置送达", "left there"),
    ];
    block.text((middle, mm(48)), QUIET, maker.pick("方式", "How"));
    let mut x = middle + mm(14);
    for way in ways {
        block.tick((x, mm(48) - mm(3)), mm(3));
        block.write((x + mm(5), mm(48)), Side::Left, QUIET, way);
        x += mm(9) + maker.font.width(way, QUIET);
    }
    block
}
