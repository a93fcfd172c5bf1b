//! Records as CSV and JSON: one description of the fields for both.
//!
//! CSV is RFC 4180 with a byte order mark, so that a spreadsheet reads Chinese; the header has the
//! stable English names in every language, so that formulas and scripts go on working. A text that
//! a spreadsheet would run as a formula gets an apostrophe in front: whoever reports a repair writes
//! into the office's spreadsheet.

use linli_domain::kernel::Fen;
use serde_json::Value;

/// What a spreadsheet needs to know that the text is UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    Flag(bool),
    /// A sum in yuan, which may be negative: it is no formula.
    Sum(Fen),
    Nothing,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn some_text(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }

    pub(crate) fn number(number: impl Into<i64>) -> Self {
        Self::Number(number.into())
    }

    pub(crate) fn some_number<N: Into<i64>>(number: Option<N>) -> Self {
        number.map_or(Self::Nothing, Self::number)
    }

    fn csv(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Sum(sum) => sum.to_string(),
            Self::Text(text) => quote(&defuse(text)),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Sum(sum) => sum.to_string().into(),
            Self::Text(text) => text.clone().into(),
        }
    }
}

/// A record: its fields by name, in the order of the columns.
pub(crate) type Record = Vec<(&'static str, Cell)>;

fn defuse(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.into()
    }
}

fn quote(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Writes the header of records.
pub(crate) fn header(columns: &[&str]) -> String {
    format!("{BYTE_ORDER_MARK}{}\r\n", columns.join(","))
}

/// Writes one line.
pub(crate) fn line(record: &Record) -> String {
    let cells: Vec<String> = record.iter().map(|(_, cell)| cell.csv()).collect();
    format!("{}\r\n", cells.join(","))
}

/// Makes the object of a record.
pub(crate) fn object(record: &Record) -> Value {
    Value::Object(record.iter().map(|(name, cell)| ((*name).to_owned(), cell.json())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_a_line_is_quoted_and_what_would_run_is_defused() {
        let record: Record = vec![
            ("a", Cell::text("门,\"坏\"了\r\n")),
            ("b", Cell::text("=HYPERLINK(\"http://x\")")),
            ("c", Cell::text("-1+1")),
            ("d", Cell::number(-3)),
            ("e", Cell::Flag(true)),
            ("f", Cell::Nothing),
            ("g", Cell::text("@x")),
            ("h", Cell::text("\t=1")),
            ("i", Cell::Sum(Fen::new(-21_002))),
        ];
        assert_eq!(
            line(&record),
            "\"门,\"\"坏\"\"了\r\n\",\"'=HYPERLINK(\"\"http://x\"\")\",'-1+1,-3,true,,'@x,'\t=1,-210.02\r\n"
        );
        assert_eq!(header(&["a", "b"]).as_bytes(), b"\xef\xbb\xbfa,b\r\n");
        // JSON runs nothing: the text is as it was written.
        assert_eq!(object(&record)["b"], "=HYPERLINK(\"http://x\")");
    }
}
