//! Tables read by the names of their columns.

use super::{
    sheet::{AREA, Column, UNIT},
    *,
};
use crate::registry::roster;

const COLUMNS: &[Column] = &[UNIT, AREA, Column::needed("kind", &["用途"])];

/// The units of a table, or faults with line and column.
fn units(
    header: &[&str],
    row: &[&str],
    next: &[&str],
) -> Result<Vec<String>, Vec<(Fault, u32, usize)>> {
    let lines = [header, row, next];
    let lines: Vec<roster::Line> =
        (1..).zip(lines).map(|(number, cells)| roster::Line::of(number, cells)).collect();
    let read = sheet::read(&lines, COLUMNS, |row| row.unit());
    let read = read.map(|units| units.iter().map(|unit| unit.as_str().to_owned()).collect());
    read.map_err(|problems| {
        problems.iter().map(|problem| (problem.fault, problem.line, problem.column)).collect()
    })
}

const HEADER: &[&str] = &["unit", "area_m2", "kind", "remark"];
const LAST: &[&str] = &["3-2-509", "10", "home", ""];

#[test]
fn a_quotation_mark_that_is_not_closed_swallows_no_row_in_silence() {
    for remark in ["x\n3-2-502,20,home,y\n", "\n3-2-502,20,home,y", "x\n\n3-2-502;20;home;y"] {
        let read = units(HEADER, &["3-2-501", "10", "home", remark], LAST);
        assert_eq!(read, Err(vec![(Fault::CellSwallows, 2, 4)]), "{remark:?}");
    }
    // In a column that is read it is the one thing that is said.
    let read = units(HEADER, &["3-2-501,10,home,\n3-2-502,20,home,", "", "", ""], LAST);
    assert_eq!(read, Err(vec![(Fault::CellSwallows, 2, 1)]));
    let header = ["unit", "area_m2", "kind", "备注（选填）\n3-2-502,20,home,y"];
    let read = units(&header, &["3-2-501", "10", "home", ""], LAST);
    assert_eq!(read, Err(vec![(Fault::CellSwallows, 1, 4)]), "in the header");
}

#[test]
fn a_remark_of_two_lines_is_a_remark() {
    for remark in ["call first,\nthen come", "一\n二，三，四，五", "x\n"] {
        let read = units(HEADER, &["3-2-501", "10", "home", remark], LAST);
        assert_eq!(read, Ok(vec!["3-2-501".to_owned(), "3-2-509".to_owned()]), "{remark:?}");
    }
}
