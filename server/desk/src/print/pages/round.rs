//! The sheet of a round, for a head without a phone: homes in the order of the way, and what came of each.

use linli_domain::{
    kernel::Fen,
    payments::{Paper, Scan, UnitName},
};

use super::{CODE, FIGURE, LEFT, Maker, QUIET, RIGHT, money, number};
use crate::print::paper::{Block, Frame, HEIGHT, Ink, Page, Side, Style, Turn, mm, pour};

/// A round.
pub(in crate::print) struct Round {
    pub(in crate::print) stairs: Vec<Stair>,
    pub(in crate::print) total: Fen,
}

/// The homes of one stair, from the lowest floor up.
pub(in crate::print) struct Stair {
    /// Building and stair; none for what has no code, such as a kiosk.
    pub(in crate::print) place: Option<(String, u16)>,
    pub(in crate::print) homes: Vec<Home>,
    pub(in crate::print) total: Fen,
}

/// What is to be collected at one door.
pub(in crate::print) struct Home {
    pub(in crate::print) unit: UnitName,
    pub(in crate::print) due: Fen,
    /// What a page leaves a little room before, where it differs from the home above.
    pub(in crate::print) floor: String,
}

const FRAME: Frame = Frame { top: mm(48), bottom: HEIGHT - mm(18) };

/// Height of a home's row: written in by hand, on a clipboard.
const ROW: i32 = mm(10);

/// Where the columns stand.
const AMOUNT: i32 = LEFT + mm(56);
const AWAY: i32 = LEFT + mm(62);
const REFUSED: i32 = LEFT + mm(82);
const PAID: i32 = LEFT + mm(102);
const BACK: i32 = LEFT + mm(138);

/// Side of a box to tick.
const TICK: i32 = mm(4);

/// Makes the pages of a round: their number stands on each.
pub(in crate::print) fn pages(maker: &Maker<'_>, round: &Round) -> Vec<Page> {
    let (mut blocks, mut begins) = (Vec::new(), Vec::new());
    for stair in &round.stairs {
        begins.push((blocks.len(), stair));
        blocks.extend(of_stair(maker, stair));
    }
    let end = blocks.len();
    blocks.push(sum(maker.pick("全部合计", "All"), round.total, Ink::Tint));
    let again = |turn: Turn| {
        let stair = begins.iter().rev().find(|(first, _)| *first <= turn.block);
        // What begins on the page has its own head, and the sum of all needs none.
        let goes_on = stair.filter(|(first, _)| *first != turn.block && turn.block != end);
        goes_on
            .map(|(_, stair)| head(maker, stair, maker.pick("续", "continued")))
            .into_iter()
            .collect()
    };
    let mut pages = pour(blocks, FRAME, again);
    let all = pages.len();
    for (at, page) in (1..).zip(pages.iter_mut()) {
        top(maker, round, &format!("{at}/{all}")).put(page, 0, mm(14));
    }
    number(&mut pages, maker.text);
    pages
}

/// What a stair is called.
fn name(maker: &Maker<'_>, stair: &Stair) -> String {
    let Some((building, number)) = &stair.place else {
        return maker.pick("其他", "Others").to_owned();
    };
    let numbered = building.bytes().all(|byte| byte.is_ascii_digit());
    let house = if numbered { " 号楼" } else { "" };
    let zh = format!("{building}{house} {number} 单元");
    let en = format!("Building {building}, stair {number}");
    maker.pick(&zh, &en).to_owned()
}

/// The head of a stair, with something on its right.
fn head(maker: &Maker<'_>, stair: &Stair, said: &str) -> Block {
    let mut head = Block::new(mm(12));
    head.text((LEFT, mm(8)), Style::strong(26).accent(), name(maker, stair));
    head.write((RIGHT, mm(8)), Side::Right, QUIET, said);
    head.rule((LEFT, mm(11)), RIGHT - LEFT);
    head
}

fn of_stair(maker: &Maker<'_>, stair: &Stair) -> Vec<Block> {
    let count = stair.homes.len();
    let homes = match count {
        1 => maker.pick("1 户", "1 home").to_owned(),
        _ => maker.pick(&format!("{count} 户"), &format!("{count} homes")).to_owned(),
    };
    let mut blocks = vec![head(maker, stair, &homes).with_next()];
    let mut floor = stair.homes.first().map(|home| home.floor.as_str());
    for (at, home) in (1..).zip(&stair.homes) {
        let above = floor.replace(&home.floor);
        let block = row(maker, home, if above == floor { 0 } else { mm(3) });
        // The sum never stands alone on a page.
        blocks.push(if at == count { block.with_next() } else { block });
    }
    let name = name(maker, stair);
    let (zh, en) = (format!("{name} 小计"), format!("Sum of {name}"));
    blocks.push(sum(maker.pick(&zh, &en), stair.total, Ink::Text));
    blocks
}

fn row(maker: &Maker<'_>, home: &Home, gap: i32) -> Block {
    let mut block = Block::new(ROW + gap);
    let line = gap + mm(7);
    let name = home.unit.as_str();
    maker.fitted(&mut block, (LEFT, line), mm(32), Style::strong(26), name);
    block.write((AMOUNT, line), Side::Right, FIGURE, money(home.due));
    for (x, label) in [
        (AWAY, maker.pick("不在家", "not in")),
        (REFUSED, maker.pick("拒付", "refused")),
        (PAID, maker.pick("已付", "paid")),
    ] {
        block.tick((x, line - TICK + mm(1)), TICK);
        block.text((x + mm(6), line), QUIET, label);
    }
    block.rule((PAID + mm(15), line + mm(1)), mm(20));
    block.text((BACK, line), QUIET, maker.pick("再来", "back at"));
    block.rule((BACK + mm(12), line + mm(1)), RIGHT - BACK - mm(12));
    block
}

fn sum(label: &str, total: Fen, ink: Ink) -> Block {
    let mut block = Block::new(mm(13));
    if ink == Ink::Tint {
        block.fill((LEFT, mm(1)), (RIGHT - LEFT, mm(10)), ink);
    } else {
        block.rule((LEFT, mm(1)), RIGHT - LEFT);
    }
    block.text((LEFT + mm(2), mm(7) + mm(1) / 2), FIGURE, label);
    block.write((RIGHT - mm(2), mm(7) + mm(1) / 2), Side::Right, FIGURE, money(total));
    block
}

/// What stands above each page.
fn top(maker: &Maker<'_>, round: &Round, page: &str) -> Block {
    let mut block = Block::new(mm(30));
    block.text((LEFT, mm(3)), QUIET, maker.title);
    let heading = maker.pick("上门收款单", "Round from door to door");
    block.text((LEFT, mm(14)), Style::strong(40).accent(), heading);
    for (x, label, indent) in [
        (LEFT, maker.pick("楼长", "Head"), mm(14)),
        (LEFT + mm(66), maker.pick("日期", "Day"), mm(14)),
    ] {
        block.text((x, mm(24)), QUIET, label);
        block.rule((x + indent, mm(25)), mm(44));
    }
    let scan = Scan { paper: Paper::Round, unit: None, due: None, total: round.total, id: page };
    block.code((RIGHT - CODE, 0), CODE, &scan.to_string());
    block
}
