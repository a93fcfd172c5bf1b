//! Bad units and areas.

use super::{rows, said, text};

#[test]
fn a_unit_twice() {
    let file = rows("3,2,501,住宅,89.37\n3,2,502,住宅,78.90\n03,2单元,５０１室,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 4, column 3 (房号): 3-2-501 stands in line 2 already; remove one of the lines or correct the code.",
        ]
    );
}

#[test]
fn the_upper_floor_of_a_duplex() {
    let file = rows("3,2,501/601,住宅,150.00\n3,2,601,住宅,75.00");
    assert_eq!(
        said(&file),
        [
            "line 3, column 3 (房号): 3-2-601 is the upper floor of the duplex in line 2, which is one unit; remove this line.",
        ]
    );
}

#[test]
fn area_with_a_separator() {
    let file = rows("3,2,501,住宅,\"8,9.37\"\n3,2,502,住宅,\"1,089.37\"");
    assert_eq!(
        said(&file),
        [
            "line 2, column 5 (面积): the area “8,9.37” has a comma; write it as 89.37, without separators of thousands.",
            "line 3, column 5 (面积): the area “1,089.37” has a comma; write it as 89.37, without separators of thousands.",
        ]
    );
}

#[test]
fn area_zero_negative_or_too_large() {
    let file = rows("3,2,501,住宅,0.00\n3,2,502,住宅,-89.37\n3,2,503,住宅,893700");
    assert_eq!(
        said(&file),
        [
            "line 2, column 5 (面积): the area is zero.",
            "line 3, column 5 (面积): the area “-89.37” is negative.",
            "line 4, column 5 (面积): the area “893700” is too large (at most 100000 m²); is the decimal point missing?",
        ]
    );
}

#[test]
fn area_with_three_decimals_or_none_at_all() {
    let file = rows("3,2,501,住宅,89.375\n3,2,502,住宅,\n3,2,503,住宅,约90\n3,2,504,住宅,89.");
    assert_eq!(
        said(&file),
        [
            "line 2, column 5 (面积): the area “89.375” has more than two decimals; write it to 0.01 m² as registered.",
            "line 3, column 5 (面积): the area is missing.",
            "line 4, column 5 (面积): the area “约90” is not a number; write it as 89.37.",
            "line 5, column 5 (面积): the area “89.” is not a number; write it as 89.37.",
        ]
    );
}

#[test]
fn a_day_instead_of_a_room() {
    let file = rows("3,2,2-Jan,住宅,89.37\n3,2,1月2日,住宅,89.37\n2026/3/2,2,501,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 2, column 3 (房号): the spreadsheet took it for a date: 2-Jan; set the column to “Text” and type it anew.",
            "line 3, column 3 (房号): the spreadsheet took it for a date: 1月2日; set the column to “Text” and type it anew.",
            "line 4, column 1 (楼号): the spreadsheet took it for a date: 2026/3/2; set the column to “Text” and type it anew.",
        ]
    );
}

#[test]
fn a_day_instead_of_a_unit() {
    let file = text(
        "房号,用途,面积\n2026-3-2,住宅,89.37\n3-2-501,住宅,78.90\n501,住宅,78.90\n,住宅,1.00\n",
    );
    assert_eq!(
        said(&file),
        [
            "line 2, column 1 (房号): the spreadsheet took it for a date: 2026-3-2; set the column to “Text” and type it anew.",
            "line 4, column 1 (房号): the unit “501” cannot be read; write it as 3-2-501 or 3号楼2单元501.",
            "line 5, column 1 (房号): the room is missing.",
        ]
    );
}

#[test]
fn numbers_with_decimals() {
    let file = rows("3.0,2,501,住宅,89.37\n3,2.0,502,住宅,89.37\n3,2,503.00,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 2, column 1 (楼号): “3.0” became a number with decimals; write 3.",
            "line 3, column 2 (单元): “2.0” became a number with decimals; write 2.",
            "line 4, column 3 (房号): “503.00” became a number with decimals; write 503.",
        ]
    );
}

#[test]
fn parts_missing() {
    let file = rows(",2,501,住宅,89.37\n3,,502,住宅,89.37\n3,2,,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 2, column 1 (楼号): the building is missing.",
            "line 3, column 2 (单元): the stair is missing; write 1 where a building has only one.",
            "line 4, column 3 (房号): the room is missing.",
        ]
    );
}

#[test]
fn bad_stairs() {
    let file = rows("3,0,501,住宅,89.37\n3,100,501,住宅,89.37\n3,东,501,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 2, column 2 (单元): the stair “0” is not a number from 1 to 99.",
            "line 3, column 2 (单元): the stair “100” is not a number from 1 to 99.",
            "line 4, column 2 (单元): the stair “东” is not a number from 1 to 99.",
        ]
    );
}

#[test]
fn an_unreadable_room() {
    let file = rows("3,2,5#0-1,住宅,89.37\n3,2,??,住宅,89.37");
    assert_eq!(
        said(&file),
        [
            "line 2, column 3 (房号): the unit “3-2-5#0-1” cannot be read; write it as 3-2-501 or 3号楼2单元501.",
            "line 3, column 3 (房号): the unit “3-2-??” cannot be read; write it as 3-2-501 or 3号楼2单元501.",
        ]
    );
}

#[test]
fn unknown_use() {
    let file = rows("3,2,501,别墅,89.37\nB1,1,0123,车位,12.50\n3,2,502,,78.90");
    assert_eq!(
        said(&file),
        [
            "line 2, column 4 (用途): unknown use “别墅”; write “home” or “shop”; parking is not in this table.",
            "line 3, column 4 (用途): unknown use “车位”; write “home” or “shop”; parking is not in this table.",
            "line 4, column 4 (用途): unknown use “”; write “home” or “shop”; parking is not in this table.",
        ]
    );
}
