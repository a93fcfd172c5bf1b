//! Page-makers: what is on a page, as plain values, becomes marks. Whoever has the values (a plain file
//! now, a community's own books later) hands them over; nothing here reads a file.
//!
//! | look in | for |
//! |---|---|
//! | [`bills`] | bills, two to a page where they are short |
//! | [`demands`] | letters that ask for debts (催告书) |
//! | [`round`] | the sheet of a round from door to door |
//! | [`slips`] | receipts to be filled in by hand |

pub(super) mod bills;
pub(super) mod demands;
pub(super) mod round;
pub(super) mod slips;

use linli_domain::kernel::{Day, Fen, Month};
use linli_relay::settings::Language;

use super::paper::{Block, Font, HEIGHT, Page, Side, Style, WIDTH, mm};
use crate::office::text::Text;

/// Where texts begin and end on a page (twips from its left edge).
const LEFT: i32 = mm(20);
const RIGHT: i32 = WIDTH - LEFT;

/// Side of a QR code: read from an arm's length off a notice board.
const CODE: i32 = mm(26);

/// Smallest letters, for a name that is longer than its place (half points).
const SMALLEST: i32 = 8;

/// What stands beside, the text of tables, and their sums.
const QUIET: Style = Style::quiet(18);
const BODY: Style = Style::plain(21);
const FIGURE: Style = Style::strong(21);

/// What every page-maker needs.
pub(super) struct Maker<'a> {
    pub(super) font: &'a Font<'a>,
    pub(super) text: &'a Text,
    /// Whose paper it is: the community.
    pub(super) title: &'a str,
}

/// A column of a table.
#[derive(Clone, Copy)]
struct Column {
    x: i32,
    width: i32,
    side: Side,
}

impl Column {
    const fn left(x: i32, width: i32) -> Self {
        Self { x, width, side: Side::Left }
    }

    /// A column whose texts end at a place.
    const fn right(x: i32, width: i32) -> Self {
        Self { x, width, side: Side::Right }
    }
}

impl Maker<'_> {
    const fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.text.pick(zh, en)
    }

    fn is_chinese(&self) -> bool {
        self.text.tag() == Text::of(Language::Zh).tag()
    }

    /// Writes from which month to which, or the only one.
    fn months(&self, first: Month, last: Month) -> String {
        let (zh, en) = (format!("{first} 至 {last}"), format!("{first} to {last}"));
        if first == last { first.to_string() } else { self.pick(&zh, &en).to_owned() }
    }

    /// Writes a day as letters have it: `2026 年 12 月 31 日`, `2026-12-31`.
    fn day(&self, day: Day) -> String {
        let plain = day.to_string();
        let mut parts = plain.splitn(3, '-').map(|part| part.trim_start_matches('0'));
        match (parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), Some(day)) if self.is_chinese() => {
                format!("{year} 年 {month} 月 {day} 日")
            }
            _ => plain,
        }
    }

    /// Writes a row of a table: cells that are too wide go on below.
    fn row(&self, cells: &[(Column, Style, &str)]) -> Block {
        let broken = cells.iter().map(|(column, style, text)| {
            (column, *style, self.font.lines(text, *style, column.width))
        });
        let broken: Vec<_> = broken.collect();
        let height = broken.iter().map(|(_, style, lines)| style.line() * count(lines)).max();
        let mut block = Block::new(height.unwrap_or_default());
        for (column, style, lines) in broken {
            for (line, text) in (1..).zip(lines) {
                // The letters stand on a third of the space between lines.
                let y = style.line() * line - style.size() / 3;
                block.write((column.x, y), column.side, style, text);
            }
        }
        block
    }

    /// Writes a paragraph.
    fn paragraph(&self, style: Style, text: &str) -> Block {
        let mut block = self.row(&[(Column::left(LEFT, RIGHT - LEFT), style, text)]);
        block.height += style.size() / 2;
        block
    }

    /// Writes one line, smaller where it would be wider than its place.
    fn fitted(&self, block: &mut Block, at: (i32, i32), width: i32, style: Style, text: &str) {
        let mut style = style;
        while style.half_points > SMALLEST && self.font.width(text, style) > width {
            style.half_points -= 1;
        }
        block.text(at, style, text);
    }

    /// Writes the head of a page after the first: what goes on, and which page it is.
    fn again(&self, name: &str, page: usize) -> Block {
        let mut block = Block::new(mm(9));
        block.text((LEFT, mm(4)), FIGURE, name);
        let (zh, en) = (format!("续，第 {page} 页"), format!("continued, page {page}"));
        block.write((RIGHT, mm(4)), Side::Right, QUIET, self.pick(&zh, &en));
        block
    }
}

/// Writes the number of each page at its foot.
fn number(pages: &mut [Page], text: &Text) {
    let all = pages.len();
    for (at, page) in (1..).zip(pages.iter_mut()) {
        let (zh, en) = (format!("第 {at} 页，共 {all} 页"), format!("Page {at} of {all}"));
        let mut block = Block::new(0);
        block.write((WIDTH / 2, HEIGHT - mm(10)), Side::Middle, QUIET, text.pick(&zh, &en));
        block.put(page, 0, 0);
    }
}

fn count<T>(things: &[T]) -> i32 {
    i32::try_from(things.len()).unwrap_or(i32::MAX)
}

/// Writes a sum as paper has it: `2,520.24`, with `−` before what is below zero.
pub(super) fn money(sum: Fen) -> String {
    let plain = sum.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |rest| ("−", rest));
    let (yuan, fen) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut grouped = String::new();
    for (at, digit) in yuan.char_indices() {
        if at > 0 && (yuan.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{fen}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_grouped_by_thousands() {
        for (fen, said) in [
            (0, "0.00"),
            (252_024, "2,520.24"),
            (99_999, "999.99"),
            (-123_456_789, "−1,234,567.89"),
        ] {
            assert_eq!(money(Fen::new(fen)), said);
        }
    }
}
