//! Bad workbooks.

use super::{
    said,
    workbook::{
        Given::{self, Day, Error, None, Number, Text},
        of_sheets, workbook,
    },
};

fn header() -> Vec<Given<'static>> {
    vec![Text("楼号"), Text("单元"), Text("房号"), Text("用途"), Text("面积")]
}

fn home(room: Given<'static>) -> Vec<Given<'static>> {
    vec![Number("3"), Number("2"), room, Text("住宅"), Number("89.37")]
}

#[test]
fn a_room_that_the_spreadsheet_took_for_a_date() {
    let rows = [header(), home(Day("46083")), home(Number("502"))];
    assert_eq!(
        said(&workbook(&[(&rows, &[])])),
        [
            "line 2, column 3 (房号): the spreadsheet took it for a date: 2026-03-02; set the column to \
          “Text” and type it anew."
        ]
    );
}

#[test]
fn merged_cells_are_named_once() {
    let below = |room| vec![None, Number("2"), Number(room), Text("住宅"), Number("78.90")];
    let rows = [header(), home(Number("501")), below("502"), below("503")];
    assert_eq!(
        said(&workbook(&[(&rows, &["A2:A4"])])),
        [
            "line 3, column 1 (楼号): cells A2:A4 are merged, so those underneath are empty; unmerge \
          them and fill each line."
        ]
    );
}

#[test]
fn a_formula_that_failed() {
    let mut row = home(Number("501"));
    row.pop();
    row.push(Error("#DIV/0!"));
    assert_eq!(
        said(&workbook(&[(&[header(), row], &[])])),
        ["line 2, column 5 (面积): the formula failed: #DIV/0!; replace it by its value."]
    );
}

#[test]
fn an_area_that_a_formula_left_with_a_tail() {
    let mut row = home(Number("501"));
    row.pop();
    row.push(Number("178.270000000001"));
    assert_eq!(
        said(&workbook(&[(&[header(), row], &[])])),
        [
            "line 2, column 5 (面积): the area “178.270000000001” has more than two decimals; write it \
          to 0.01 m² as registered."
        ]
    );
}

#[test]
fn two_sheets_that_hold_something() {
    let (one, other) = ([header(), home(Number("501"))], [vec![Text("说明")]]);
    assert_eq!(
        said(&workbook(&[(&one, &[]), (&other, &[])])),
        ["the file: several sheets hold something: 表1、表2; keep only the roster's."]
    );
}

#[test]
fn a_workbook_without_anything() {
    assert_eq!(
        said(&workbook(&[(&[], &[])])),
        ["the file: the file holds nothing; check that it is the right one."]
    );
}

#[test]
fn a_workbook_cut_off_anywhere_is_refused_and_never_ends_the_program() {
    let whole = workbook(&[(&[header(), home(Number("501"))], &[])]);
    for length in (4..whole.len()).step_by(7) {
        let said = said(&whole[..length]);
        assert!(said[0].starts_with("the file: the spreadsheet is damaged"), "{length}: {said:?}");
    }
}

#[test]
fn a_workbook_with_any_byte_changed_is_read_or_refused() {
    let whole = workbook(&[(&[header(), home(Number("501"))], &[])]);
    for at in (4..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        // Either answer is good; a panic, a hang or a crash is not.
        let _ = super::read_bytes(&changed, &super::SECRET);
    }
}

#[test]
fn a_bomb_is_not_followed() {
    let sheet = format!("<worksheet><sheetData>{}", " ".repeat(65 * 1024 * 1024));
    let bomb = of_sheets(&[sheet]);
    assert!(bomb.len() < 1024 * 1024, "it is small: {}", bomb.len());
    assert_eq!(
        said(&bomb),
        ["the file: the file is too large (at most 64 MiB); keep only the roster's sheet."]
    );
}

#[test]
fn two_cells_at_opposite_corners_take_no_memory() {
    let sheet = r#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>楼号</t></is></c></row>
        <row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let said = said(&of_sheets(&[sheet.to_owned()]));
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("line 1: this column is missing"), "{said:?}");
}
