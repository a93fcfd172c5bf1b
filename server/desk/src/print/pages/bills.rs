//! Bills: what a unit has to pay, until when, and why.

use linli_domain::{
    kernel::{Day, Fen, Month},
    payments::{Paper, Scan, UnitName, in_capitals},
};

use super::{BODY, CODE, Column, FIGURE, LEFT, Maker, QUIET, RIGHT, money};
use crate::print::paper::{Block, Frame, HEIGHT, Ink, Page, Side, Style, Turn, WIDTH, mm, pour};

/// A bill.
pub(in crate::print) struct Bill {
    pub(in crate::print) unit: UnitName,
    /// The first and the last month.
    pub(in crate::print) months: (Month, Month),
    pub(in crate::print) charges: Vec<Charge>,
    pub(in crate::print) total: Fen,
    pub(in crate::print) due: Option<Day>,
}

/// Months that follow each other and are charged alike.
pub(in crate::print) struct Charge {
    pub(in crate::print) name: String,
    pub(in crate::print) first: Month,
    pub(in crate::print) last: Month,
    /// What one month costs, and why.
    pub(in crate::print) month: Fen,
    pub(in crate::print) why: String,
    /// What all of them cost.
    pub(in crate::print) sum: Fen,
}

const WHOLE: Frame = Frame { top: mm(13), bottom: HEIGHT - mm(16) };

/// Half a page.
const HALF: i32 = HEIGHT / 2;

/// Most height of a bill of which two go on a page.
const SHORT: i32 = HALF - WHOLE.top - mm(8);

const NAME: Column = Column::left(LEFT, mm(54));
const MONTHS: Column = Column::left(LEFT + mm(58), mm(48));
const MONTH: Column = Column::right(RIGHT - mm(32), mm(30));
const SUM: Column = Column::right(RIGHT, mm(30));
const WHY: Column = Column::left(LEFT, mm(136));

/// Makes the pages of bills, in their order.
pub(in crate::print) fn pages(maker: &Maker<'_>, bills: &[Bill]) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut room_below = false;
    for bill in bills {
        let blocks = blocks(maker, bill);
        let height: i32 = blocks.iter().map(|block| block.height).sum();
        if height > SHORT {
            let again = |turn: Turn| vec![maker.again(bill.unit.as_str(), turn.page), head(maker)];
            pages.extend(pour(blocks, WHOLE, again));
            room_below = false;
            continue;
        }
        let mut y = WHOLE.top;
        if room_below {
            y += HALF;
        } else {
            pages.push(Page::new());
        }
        let Some(page) = pages.last_mut() else { continue };
        if room_below {
            let mut line = Block::new(0);
            line.cut((0, HALF), (WIDTH, HALF));
            line.put(page, 0, 0);
        }
        for block in blocks {
            let height = block.height;
            block.put(page, 0, y);
            y += height;
        }
        room_below = !room_below;
    }
    pages
}

fn blocks(maker: &Maker<'_>, bill: &Bill) -> Vec<Block> {
    let mut blocks = vec![top(maker, bill), head(maker).with_next()];
    let last = bill.charges.len().saturating_sub(1);
    for (at, charge) in bill.charges.iter().enumerate() {
        for block in charged(maker, charge) {
            // The sum never stands alone on a page.
            blocks.push(if at == last { block.with_next() } else { block });
        }
    }
    let total = money(bill.total);
    let mut sum = maker.row(&[(NAME, FIGURE, maker.pick("合计", "Total")), (SUM, FIGURE, &total)]);
    sum.height += mm(2);
    blocks.push(sum);
    blocks
}

/// Whose bill it is, what is to be paid, and until when.
fn top(maker: &Maker<'_>, bill: &Bill) -> Block {
    let band = if maker.is_chinese() { mm(26) } else { mm(21) };
    let mut block = Block::new(mm(31) + band);
    let (first, last) = (bill.months.0.to_string(), bill.months.1.to_string());
    let what = maker.pick("账单", "Bill");
    block.text((LEFT, mm(3)), QUIET, [maker.title, what].join("  ").trim());
    let unit = bill.unit.as_str();
    let width = RIGHT - LEFT - CODE - mm(6);
    maker.fitted(&mut block, (LEFT, mm(15)), width, Style::strong(48), unit);
    let months = maker.months(bill.months.0, bill.months.1);
    block.text((LEFT, mm(22)), Style::quiet(22), months);
    let id = if first == last { first } else { format!("{first}_{last}") };
    let (unit, due) = (Some(&bill.unit), bill.due);
    let scan = Scan { paper: Paper::Bill, unit, due, total: bill.total, id: &id };
    block.code((RIGHT - CODE, 0), CODE, &scan.to_string());

    let inner = mm(5);
    block.fill((LEFT, mm(28)), (RIGHT - LEFT, band), Ink::Tint);
    block.text((LEFT + inner, mm(33)), QUIET, maker.pick("应付", "To pay"));
    let total = format!("¥{}", money(bill.total));
    block.text((LEFT + inner, mm(44)), Style::strong(56).accent(), total);
    if maker.is_chinese() {
        let capitals = format!("人民币{}", in_capitals(bill.total));
        block.text((LEFT + inner, mm(51)), Style::plain(19), capitals);
    }
    if let Some(due) = bill.due {
        let place = |y| (RIGHT - inner, y);
        block.write(place(mm(33)), Side::Right, QUIET, maker.pick("付款截止", "Due by"));
        block.write(place(mm(44)), Side::Right, Style::strong(30), maker.day(due));
    }
    block
}

/// The head of the table.
fn head(maker: &Maker<'_>) -> Block {
    let mut block = maker.row(&[
        (NAME, QUIET, maker.pick("收费项目", "Charge")),
        (MONTHS, QUIET, maker.pick("月份", "Months")),
        (MONTH, QUIET, maker.pick("每月（元）", "A month (yuan)")),
        (SUM, QUIET, maker.pick("小计（元）", "Sum (yuan)")),
    ]);
    block.rule((LEFT, block.height), RIGHT - LEFT);
    block.height += mm(1);
    block
}

/// A charge, and below it why it is what it is.
fn charged(maker: &Maker<'_>, charge: &Charge) -> [Block; 2] {
    let months = maker.months(charge.first, charge.last);
    let (month, sum) = (money(charge.month), money(charge.sum));
    let row = maker.row(&[
        (NAME, BODY, &charge.name),
        (MONTHS, BODY, &months),
        (MONTH, BODY, &month),
        (SUM, BODY, &sum),
    ]);
    let mut why = maker.row(&[(WHY, Style::quiet(17), &charge.why)]);
    why.rule((LEFT, why.height + mm(1)), RIGHT - LEFT);
    why.height += mm(2);
    [row.with_next(), why]
}
