//! Bad owners, and what else is said about a unit.

use super::{more, said, text};

#[test]
fn unknown_status_and_basis() {
    let file = more("状态,面积依据", "卖了,估计");
    assert_eq!(
        said(&file),
        [
            "line 2, column 6 (状态): unknown status “卖了”; write unsold, undelivered, delivered, not_moved_in, moved_in, decorating, rented or empty.",
            "line 2, column 7 (面积依据): unknown basis of the area “估计”; write “register”, “survey” or “contract”.",
        ]
    );
}

#[test]
fn delivered_against_the_status() {
    let file = more("状态,交付", "未售,是");
    assert_eq!(
        said(&file),
        ["line 2, column 7 (交付): handed over “是” contradicts the status “未售”.",]
    );
}

#[test]
fn delivered_unreadable() {
    let file = more("交付", "大概");
    assert_eq!(
        said(&file),
        [
            "line 2, column 6 (交付): “大概” does not say whether it was handed over; write “yes”, “no” or the day.",
        ]
    );
}

#[test]
fn lifts_that_differ() {
    let file = text(
        "楼号,单元,房号,用途,面积,电梯\n3,2,501,住宅,89.37,有\n3,2,502,住宅,78.90,无\n3,2,601,住宅,78.90,两部\n",
    );
    assert_eq!(
        said(&file),
        [
            "line 3, column 6 (电梯): line 2 of the same stair says otherwise about the lift.",
            "line 4, column 6 (电梯): “两部” does not say whether there is a lift; write “yes” or “no”.",
        ]
    );
}

#[test]
fn shares_that_do_not_add_up() {
    let file = more("业主,份额", "样例甲、样例乙,1/2、1/3");
    assert_eq!(
        said(&file),
        ["line 2, column 7 (份额): the shares “1/2、1/3” of this unit do not add up to 1.",]
    );
}

#[test]
fn shares_unreadable_or_too_few() {
    let file = text(
        "楼号,单元,房号,用途,面积,业主,份额\n3,2,501,住宅,89.37,样例甲、样例乙,一半、一半\n3,2,502,住宅,78.90,样例甲、样例乙,1/2\n",
    );
    assert_eq!(
        said(&file),
        [
            "line 2, column 7 (份额): the share “一半” cannot be read; write 1/2 or 50%, or “joint”.",
            "line 2, column 7 (份额): the share “一半” cannot be read; write 1/2 or 50%, or “joint”.",
            "line 3, column 7 (份额): there are 2 owners, but 1 here; write “-” where one has none.",
        ]
    );
}

#[test]
fn an_id_number_instead_of_its_hash() {
    let file = more("业主,证件哈希", "样例甲,11010119900307003X");
    assert_eq!(
        said(&file),
        [
            "line 2, column 7 (证件哈希): this is an ID number; it does not belong here: give its SHA-256.",
        ]
    );
}

#[test]
fn a_bad_id_hash() {
    let file = more("业主,证件哈希", "样例甲,abc123");
    assert_eq!(
        said(&file),
        ["line 2, column 7 (证件哈希): an ID hash has 64 hexadecimal digits (SHA-256).",]
    );
}

#[test]
fn one_id_with_two_names() {
    let file = text(&format!(
        "楼号,单元,房号,用途,面积,业主,id-hash\n3,2,501,住宅,89.37,样例甲,{0}\n3,2,502,住宅,78.90,样例乙,{0}\n",
        "ab".repeat(32)
    ));
    assert_eq!(
        said(&file),
        ["line 3, column 7 (id-hash): line 2 has the same ID with another name than “样例乙”.",]
    );
}

#[test]
fn bad_phones() {
    let file = more("业主,电话", "样例甲、样例乙,12345、1380000");
    assert_eq!(
        said(&file),
        [
            "line 2, column 7 (电话): this is no phone number; write the 11 digits of a mobile, or area code and number.",
            "line 2, column 7 (电话): this is no phone number; write the 11 digits of a mobile, or area code and number.",
        ]
    );
}

#[test]
fn phones_without_owners() {
    let file = more("业主,电话", ",13800000000");
    assert_eq!(said(&file), ["line 2, column 7 (电话): there is a 电话 phone but no owner.",]);
}

#[test]
fn an_owner_twice() {
    let file = more("业主", "样例甲、样例甲");
    assert_eq!(said(&file), ["line 2, column 6 (业主): “样例甲” is named twice in one unit.",]);
}

#[test]
fn owners_with_a_gap() {
    let file = more("业主", "样例甲、、样例乙");
    assert_eq!(
        said(&file),
        [
            "line 2, column 6 (业主): the owner's name “” is empty or too long; put “、” between several owners.",
        ]
    );
}

#[test]
fn a_bad_day_to_bill_from() {
    let file = more("计费起日", "2026-02-30");
    assert_eq!(
        said(&file),
        [
            "line 2, column 6 (计费起日): “2026-02-30” is no day of the calendar; write it as 2026-03-01.",
        ]
    );
}
