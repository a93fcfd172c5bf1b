//! From a file's bytes to lines: which kind of file it is, in which letters, cut by which sign.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use linli_domain::registry::roster::{Cell, Fault, LINES_MAX, Line, Problem};

use super::xlsx;

/// Most bytes of a roster's file: a community of 20,000 units with all its owners has half of it.
pub(super) const BYTES_MAX: usize = 16 * 1024 * 1024;

/// How a ZIP begins, and with it every XLSX.
const ZIP: &[u8] = b"PK\x03\x04";

/// How the old Excel files begin, and new ones with a password.
const OLD_EXCEL: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Cuts a file into lines of cells; a text by the sign that its header has most of.
pub(super) fn lines(bytes: &[u8], is_header: impl Fn(&str) -> bool) -> Result<Vec<Line>, Problem> {
    if bytes.starts_with(ZIP) {
        return xlsx::lines(bytes);
    }
    if bytes.starts_with(OLD_EXCEL) {
        return Err(Problem::of_file(Fault::FileOldExcel, ""));
    }
    let text = text(bytes).ok_or_else(|| Problem::of_file(Fault::FileEncoding, ""))?;
    // Lines are counted as editors count them.
    Ok(cut(&text.replace("\r\n", "\n").replace('\r', "\n"), is_header))
}

/// Reads UTF-8 with or without a byte order mark, UTF-16 with one, and else GB18030, which holds GBK
/// and GB 2312.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    for (mark, encoding) in [(&[0xFF, 0xFE][..], UTF_16LE), (&[0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(std::borrow::Cow::into_owned);
        }
    }
    let marked = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]);
    if let Ok(text) = std::str::from_utf8(marked.unwrap_or(bytes)) {
        return Some(text.to_owned());
    }
    if marked.is_some() {
        return None;
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Cuts a text at commas, semicolons or tabs, whichever its header has most of.
fn cut(text: &str, is_header: impl Fn(&str) -> bool) -> Vec<Line> {
    let mut first = text.lines().take(LINES_MAX);
    let header = first.find(|line| is_header(line)).unwrap_or_default();
    let count = |sign: &u8| header.bytes().filter(|byte| byte == sign).count();
    // Of equals the last wins: the comma.
    let sign = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // One more than is allowed shows that there are too many.
    let records = reader.records().flatten().take(LINES_MAX + 1);
    records
        .map(|record| {
            let number = record.position().map_or(0, csv::Position::line);
            let cells = record.iter().map(|cell| Cell::Text(cell.to_owned())).collect();
            Line { number: u32::try_from(number).unwrap_or(u32::MAX), cells }
        })
        .collect()
}
