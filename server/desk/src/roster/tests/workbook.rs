//! Workbooks, made cell by cell.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

/// A cell of a sheet.
pub(super) enum Given<'a> {
    Text(&'a str),
    Number(&'a str),
    /// A number that is shown as a date.
    Day(&'a str),
    Error(&'a str),
    None,
}

use Given::{Day, Error, None, Number, Text};

fn sheet(rows: &[Vec<Given<'_>>], merged: &[&str]) -> String {
    let mut xml = String::from(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for (row, cells) in (1..).zip(rows) {
        xml.push_str(&format!(r#"<row r="{row}">"#));
        for (column, cell) in ('A'..).zip(cells) {
            let at = format!("{column}{row}");
            xml.push_str(&match cell {
                Text(text) => {
                    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
                }
                Number(number) => format!(r#"<c r="{at}"><v>{number}</v></c>"#),
                Day(number) => format!(r#"<c r="{at}" s="1"><v>{number}</v></c>"#),
                Error(error) => format!(r#"<c r="{at}" t="e"><f>1/0</f><v>{error}</v></c>"#),
                None => String::new(),
            });
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if !merged.is_empty() {
        let cells: String =
            merged.iter().map(|range| format!(r#"<mergeCell ref="{range}"/>"#)).collect();
        xml.push_str(&format!("<mergeCells>{cells}</mergeCells>"));
    }
    xml + "</worksheet>"
}

/// Makes a workbook of sheets, each with its merged ranges.
pub(super) fn workbook(sheets: &[(&[Vec<Given<'_>>], &[&str])]) -> Vec<u8> {
    let xml: Vec<String> = sheets.iter().map(|(rows, merged)| sheet(rows, merged)).collect();
    of_sheets(&xml)
}

/// Makes a workbook of sheets that are given as XML.
pub(super) fn of_sheets(sheets: &[String]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut names, mut targets) = (String::new(), String::new());
    for number in 1..=sheets.len() {
        names.push_str(&format!(
            r#"<sheet name="表{number}" sheetId="{number}" r:id="r{number}"/>"#
        ));
        targets.push_str(&format!(
            r#"<Relationship Id="r{number}" Type="{links}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        ));
    }
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{links}"><sheets>{names}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{package}">{targets}<Relationship Id="s" Type="{links}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#
            ),
        ),
    ];
    for (number, sheet) in (1..).zip(sheets) {
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet.clone()));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
