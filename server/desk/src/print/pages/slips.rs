//! Receipts to be filled in by hand: the payer's part and a stub, cut apart.

use super::{Maker, QUIET};
use crate::print::paper::{Block, HEIGHT, Page, Style, WIDTH, mm};

/// Slips on a page.
const ON_A_PAGE: usize = 4;

/// Height of a slip (twips).
const SLIP: i32 = HEIGHT / 4;

/// Where stub and receipt are cut apart, and where each begins and ends.
const CUT: i32 = mm(68);
const STUB: (i32, i32) = (mm(12), CUT - mm(8));
const RECEIPT: (i32, i32) = (CUT + mm(8), WIDTH - mm(12));

/// Sides of the QR codes.
const CODE: i32 = mm(20);
const STUB_CODE: i32 = mm(16);

/// Where the lines to write on stand.
const LINES: [i32; 5] = [mm(33), mm(41), mm(49), mm(57), mm(65)];

/// Makes the pages of slips, one for each serial.
pub(in crate::print) fn pages(maker: &Maker<'_>, serials: &[String]) -> Vec<Page> {
    let page = |serials: &[String]| {
        let mut page = Page::new();
        for (at, serial) in (0..).zip(serials) {
            let mut slip = Block::new(SLIP);
            stub(maker, serial, &mut slip);
            receipt(maker, serial, &mut slip);
            slip.cut((CUT, mm(4)), (CUT, SLIP - mm(4)));
            let below = (at + 1) * SLIP;
            if below + SLIP <= HEIGHT {
                slip.cut((0, SLIP), (WIDTH, SLIP));
            }
            slip.put(&mut page, 0, at * SLIP);
        }
        page
    };
    serials.chunks(ON_A_PAGE).map(page).collect()
}

/// Writes a label and the line after it, from one place to another.
fn field(maker: &Maker<'_>, block: &mut Block, label: &str, (from, to): (i32, i32), y: i32) {
    block.text((from, y), QUIET, label);
    let begins = from + maker.font.width(label, QUIET) + mm(2);
    block.rule((begins, y + mm(1)), to - begins);
}

fn stub(maker: &Maker<'_>, serial: &str, block: &mut Block) {
    let (left, right) = STUB;
    block.text((left, mm(12)), Style::strong(28), maker.pick("存根", "Stub"));
    block.text((left, mm(20)), Style::plain(18), serial);
    block.code((right - STUB_CODE, mm(6)), STUB_CODE, serial);
    let labels = [
        maker.pick("房号", "Unit"),
        maker.pick("付款人", "Payer"),
        maker.pick("事由", "For"),
        maker.pick("金额 ¥", "Sum ¥"),
        maker.pick("收款人 / 日期", "Collector, day"),
    ];
    for (y, label) in LINES.into_iter().zip(labels) {
        field(maker, block, label, (left, right), y);
    }
}

fn receipt(maker: &Maker<'_>, serial: &str, block: &mut Block) {
    let (left, right) = RECEIPT;
    let middle = (left + right) / 2;
    block.text((left, mm(13)), Style::strong(40).accent(), maker.pick("收据", "Receipt"));
    block.text((left, mm(20)), Style::strong(22), serial);
    let width = right - left - CODE - mm(3);
    maker.fitted(block, (left, mm(26)), width, QUIET, maker.title);
    block.code((right - CODE, mm(6)), CODE, serial);
    let [one, two, three, four, five] = LINES;
    let mut line = |label, from, to, y| field(maker, block, label, (from, to), y);
    line(maker.pick("房号", "Unit"), left, middle - mm(3), one);
    line(maker.pick("付款人", "Payer"), middle, right, one);
    line(maker.pick("事由（收费项目、月份）", "For (charge, months)"), left, right, two);
    line(maker.pick("人民币（大写）", "Sum in words"), left, right, three);
    line("¥", left, middle - mm(3), four);
    line(maker.pick("收款人签名", "Collector's signature"), left, middle - mm(3) + mm(10), five);
    line(maker.pick("日期", "Day"), middle + mm(12), right, five);
    let ways =
        [maker.pick("现金", "cash"), maker.pick("转账", "transfer"), maker.pick("扫码", "by code")];
    let mut x = middle;
    for way in ways {
        block.tick((x, four - mm(3)), mm(3));
        block.text((x + mm(5), four), QUIET, way);
        x += mm(10) + maker.font.width(way, QUIET);
    }
}
