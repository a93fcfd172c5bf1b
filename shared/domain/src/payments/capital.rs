//! Sums in capital figures (人民币大写), as a bill, a receipt and a bank want them.

use crate::kernel::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// Places within four digits, the highest first.
const PLACES: [(u64, &str); 4] = [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")];

/// Marks between groups of digits, the highest first.
const MARKS: [(u64, &str); 2] = [(100_000_000, "亿"), (10_000, "万")];

/// Writes a sum in capital figures: `贰仟伍佰贰拾元零贰角肆分`.
///
/// As the rules on filling in negotiable instruments have it (People's Bank of China, Payment and
/// Settlement Measures, annex 1): zeros that stand together are one `零`; after yuan that end in zero
/// the fen or jiao are led in by `零`; whole yuan end in `整`. A sum below zero begins with `负`.
#[must_use]
pub fn in_capitals(sum: Fen) -> String {
    let fen = sum.get().unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut said = if sum < Fen::ZERO { "负" } else { "" }.to_owned();
    if yuan > 0 {
        said.push_str(&number(yuan));
        said.push('元');
    }
    if (jiao, fen) == (0, 0) {
        said.push_str(if yuan > 0 { "整" } else { "零元整" });
        return said;
    }
    if yuan > 0 && (jiao == 0 || yuan % 10 == 0) {
        said.push('零');
    }
    for (value, mark) in [(jiao, '角'), (fen, '分')] {
        if value > 0 {
            said.push_str(digit(value));
            said.push(mark);
        }
    }
    said
}

/// Writes a whole number above zero.
fn number(value: u64) -> String {
    for (size, mark) in MARKS {
        if value >= size {
            let (above, below) = (value / size, value % size);
            let zero = if below > 0 && below < size / 10 { "零" } else { "" };
            let below = if below > 0 { number(below) } else { String::new() };
            return format!("{}{mark}{zero}{below}", number(above));
        }
    }
    let (mut said, mut gap) = (String::new(), false);
    for (size, mark) in PLACES {
        match value / size % 10 {
            // Zeros before the first digit and after the last one are not said.
            0 => gap = !said.is_empty(),
            some => {
                if gap {
                    said.push('零');
                }
                said.push_str(digit(some));
                said.push_str(mark);
                gap = false;
            }
        }
    }
    said
}

/// Returns the sign of one digit.
fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default()
}
