//! Bad files, headers and lines.

use super::{super::file::BYTES_MAX, rows, said, text};

#[test]
fn an_empty_file() {
    let file = b"";
    assert_eq!(said(file), ["the file: the file holds nothing; check that it is the right one.",]);
}

#[test]
fn only_blank_lines() {
    let file = b"\n \n,,\n";
    assert_eq!(said(file), ["the file: the file holds nothing; check that it is the right one.",]);
}

#[test]
fn only_a_header() {
    let file = text("楼号,单元,房号,用途,面积\n");
    assert_eq!(said(&file), ["the file: the file holds nothing; check that it is the right one.",]);
}

#[test]
fn no_header() {
    let file = text("和园业主名册\n3,2,501,住宅,89.37\n");
    assert_eq!(
        said(&file),
        [
            "line 1: the first line is no header (“和园业主名册”); it has to name the columns: building, stair, room, use, area …",
        ]
    );
}

#[test]
fn neither_utf8_nor_gb18030() {
    let file = b"\xff\x81,\x80\n";
    assert_eq!(
        said(file),
        [
            "the file: this is neither UTF-8 nor GB18030; save it as “CSV UTF-8” in your spreadsheet program.",
        ]
    );
}

#[test]
fn a_broken_utf8_with_its_mark() {
    let file = b"\xef\xbb\xbfbuilding\xff\n";
    assert_eq!(
        said(file),
        [
            "the file: this is neither UTF-8 nor GB18030; save it as “CSV UTF-8” in your spreadsheet program.",
        ]
    );
}

#[test]
fn an_old_excel_file() {
    let file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    assert_eq!(
        said(file),
        [
            "the file: this is an old .xls or a file with a password; save it without one as .xlsx or CSV.",
        ]
    );
}

#[test]
fn unknown_column() {
    let file = text("楼号,单元,房号,用途,面积,朝向\n3,2,501,住宅,89.37,南\n");
    assert_eq!(
        said(&file),
        [
            "line 1, column 6 (朝向): unknown column “朝向”; use a name from the help, or remove the column.",
        ]
    );
}

#[test]
fn a_column_twice() {
    let file = text("楼号,单元,房号,用途,面积,area\n3,2,501,住宅,89.37,89.37\n");
    assert_eq!(
        said(&file),
        ["line 1, column 6 (area): column 5 is “area” already; remove one of them.",]
    );
}

#[test]
fn a_column_missing() {
    let file = text("楼号,单元,房号,用途\n3,2,501,住宅\n");
    assert_eq!(said(&file), ["line 1: this column is missing: 面积 area.",]);
}

#[test]
fn a_column_of_id_numbers() {
    let file = text(
        "楼号,单元,房号,用途,面积,业主,身份证号\n3,2,501,住宅,89.37,样例甲,110101199003070038\n",
    );
    assert_eq!(
        said(&file),
        [
            "line 1, column 7 (身份证号): column “身份证号” holds ID numbers; they do not belong here: give their SHA-256 as “id-hash”, or remove it.",
        ]
    );
}

#[test]
fn the_header_again() {
    let file = rows("3,2,501,住宅,89.37\n楼号,单元,房号,用途,面积\n3,2,502,住宅,78.90");
    assert_eq!(said(&file), ["line 3: the header stands here once more; remove this line.",]);
}

#[test]
fn a_line_too_long() {
    let file = rows("3,2,501,住宅,89,37");
    assert_eq!(
        said(&file),
        [
            "line 2: the line has more cells than the header (“37” is left over); is there a comma too many?",
        ]
    );
}

#[test]
fn a_line_too_short() {
    let file = rows("3,2,501");
    assert_eq!(
        said(&file),
        [
            "line 2, column 4 (用途): unknown use “”; write “home” or “shop”; parking is not in this table.",
            "line 2, column 5 (面积): the area is missing.",
        ]
    );
}

#[test]
fn hidden_nul() {
    let file = rows("3,2,50\0 1,住宅,89.37\n3,2,5\u{200b}02,住宅,78.90");
    assert_eq!(
        said(&file),
        [
            "line 2, column 3 (房号): the cell holds hidden control characters; clear it and type it anew.",
            "line 3, column 3 (房号): the cell holds hidden control characters; clear it and type it anew.",
        ]
    );
}

#[test]
fn a_line_break_in_a_cell() {
    let file = rows("3,2,\"501\n502\",住宅,89.37\n3,2,503,别墅,78.90");
    assert_eq!(
        said(&file),
        [
            "line 2, column 3 (房号): the cell has a line break: “501 502”; write it on one line.",
            "line 4, column 4 (用途): unknown use “别墅”; write “home” or “shop”; parking is not in this table.",
        ]
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed() {
    let file = rows(&format!("3,2,\"501,住宅,89.37\n{}", "3,2,502,住宅,78.90\n".repeat(60)));
    assert_eq!(
        said(&file),
        [
            "line 2, column 3 (房号): the cell has more than 1000 characters; perhaps a quotation mark is not closed.",
            "line 2, column 4 (用途): unknown use “”; write “home” or “shop”; parking is not in this table.",
            "line 2, column 5 (面积): the area is missing.",
        ]
    );
}

#[test]
fn a_quotation_mark_in_the_remark_that_is_not_closed() {
    let file =
        text("楼号,单元,房号,用途,面积,备注\n3,2,501,住宅,89.37,\"x\n3,2,502,住宅,78.90,y\n");
    assert_eq!(
        said(&file),
        [
            "line 2, column 6 (备注): the cell runs on over lines of their own; a quotation mark is not closed, mend it or export again.",
        ]
    );
}

#[test]
fn too_many_lines() {
    let file = rows(&"3,2,501,住宅,89.37\n".repeat(20_001));
    assert_eq!(
        said(&file),
        ["the file: there are more than 20000 lines; remove what is not a unit.",]
    );
}

#[test]
fn too_many_bytes() {
    let file = &vec![b'a'; BYTES_MAX + 1];
    assert_eq!(
        said(file),
        ["the file: the file is too large (at most 16 MiB); keep only the roster's sheet.",]
    );
}

#[test]
fn a_semicolon_file() {
    let file = text("building;stair;room;use;area\n3;2;501;home;89,37\n");
    assert_eq!(
        said(&file),
        [
            "line 2, column 5 (area): the area “89,37” has a comma; write it as 89.37, without separators of thousands.",
        ]
    );
}
