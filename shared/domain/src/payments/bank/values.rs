//! What single cells say: days with times, figures with separators, numbers that are names.

use super::TimeOfDay;
use crate::kernel::{Day, Fen, plain};

/// Takes away what an export puts around a value so that spreadsheets leave it alone: tabs, a
/// backtick or apostrophe before it, `="…"` around it.
pub(super) fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let cell = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
    cell.strip_prefix(['`', '\'']).unwrap_or(cell).trim()
}

/// Reads a day with or without a time: `2026-03-01`, `2026/3/1 9:05`, `20260301`, `20260301090500`.
pub(super) fn moment(text: &str) -> Option<(Day, Option<TimeOfDay>)> {
    let mut words = text
        .split(|char: char| char.is_whitespace() || char == 'T')
        .filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next());
    if words.next().is_some() {
        return None;
    }
    let digits = first.bytes().all(|byte| byte.is_ascii_digit());
    let (date, rest) = match first.split_at_checked(8) {
        Some((date, rest)) if digits => (date, Some(rest).filter(|rest| !rest.is_empty())),
        Some(_) | None => (first, None),
    };
    let day = if digits { day_of_digits(date)? } else { Day::read(date)? };
    match second.or(rest) {
        None => Some((day, None)),
        Some(text) => Some((day, Some(time(text)?))),
    }
}

fn day_of_digits(text: &str) -> Option<Day> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Day::parse(&format!("{year}-{month}-{day}"))
}

/// Reads a time: `9:05`, `09:05:00`, `090500`, also with parts of a second.
pub(super) fn time(text: &str) -> Option<TimeOfDay> {
    let plain = plain(text);
    let whole = plain.split('.').next().unwrap_or_default();
    let (hour, minute, second) = if whole.contains(':') {
        let mut parts = whole.split(':');
        let three = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
        if parts.next().is_some() {
            return None;
        }
        three
    } else {
        let (hour, rest) = whole.split_at_checked(2)?;
        let (minute, second) = rest.split_at_checked(2)?;
        (hour, minute, if second.is_empty() { "0" } else { second })
    };
    TimeOfDay::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)
}

/// Why a text is no figure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAFigure;

/// Reads a sum as statements write it: `1,234.56`, `¥210.02`, `-5`, `(5.00)`; none for an empty cell
/// or a dash.
///
/// Separators count only where every group has three digits: `12,34` is refused.
pub(super) fn figure(text: &str) -> Result<Option<Fen>, NotAFigure> {
    let plain = plain(text).to_uppercase();
    if plain.chars().all(|char| char == '-') || plain == "/" {
        return Ok(None);
    }
    let inner = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (mut digits, mut negative) = (inner.unwrap_or(&plain), inner.is_some());
    let mut signed = inner.is_some();
    // -¥5 and ¥-5 both occur; a second sign does not.
    loop {
        let rest = match digits.strip_prefix(['-', '+']) {
            Some(_) if signed => return Err(NotAFigure),
            Some(rest) => {
                signed = true;
                negative = digits.starts_with('-');
                Some(rest)
            }
            None => ["¥", "￥", "CNY", "RMB"].iter().find_map(|sign| digits.strip_prefix(sign)),
        };
        let Some(rest) = rest else { break };
        digits = rest;
    }
    let digits =
        ["元", "CNY", "RMB"].iter().find_map(|unit| digits.strip_suffix(unit)).unwrap_or(digits);
    let joined = without_separators(digits).ok_or(NotAFigure)?;
    let signed = if negative { format!("-{joined}") } else { joined };
    Fen::parse_signed(&signed).map(Some).ok_or(NotAFigure)
}

fn without_separators(digits: &str) -> Option<String> {
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    if whole.is_empty() || whole.starts_with('-') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        if first.is_empty() || first.len() > 3 || group.len() != 3 {
            return None;
        }
        joined.push_str(group);
    }
    Some(match fraction {
        Some(fraction) => format!("{joined}.{fraction}"),
        None => joined,
    })
}

/// Reads a number that names something; none for an empty cell, dashes and zeros, with which exports
/// fill a column that has nothing.
pub(super) fn number(text: &str) -> Option<String> {
    let plain = plain(text);
    let nothing = plain.chars().all(|char| matches!(char, '-' | '/' | '0'));
    (!nothing).then_some(plain)
}

/// Tells whether a spreadsheet made a rounded number of a serial: `2.02603E+27`, `2E+27`.
pub(super) fn is_cut(serial: &str) -> bool {
    let Some((digits, power)) = serial.split_once(['E', 'e']) else { return false };
    let number = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    number(digits) && power.strip_prefix('+').is_some_and(number)
}
