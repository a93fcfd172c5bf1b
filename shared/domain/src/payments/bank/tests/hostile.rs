use super::*;
use crate::registry::roster::{CELL_CHARS_MAX, Cell};

const HEADER: &str = "日期,收入,支出,余额,对方户名,摘要,流水号\n";

/// The fault of the one problem, its line and column.
fn fault(text: &str) -> (Fault, u32, usize) {
    let problems = problems(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    (problems[0].fault, problems[0].line, problems[0].column)
}

#[test]
fn a_file_without_a_header_says_which_row_was_meant() {
    assert_eq!(fault(""), (Fault::FileEmpty, 0, 0));
    assert_eq!(fault("\n,,\n"), (Fault::FileEmpty, 0, 0));
    assert_eq!(fault("户名,和园\n1,2\n"), (Fault::StatementHeader, 1, 0));
    assert_eq!(
        fault("户名,和园\n日期,余额,摘要\n2026-03-01,1,x\n"),
        (Fault::StatementHeader, 2, 0)
    );
    // A service's export that lost its status is no bank's: closed trades would be income.
    let lost = "交易时间,交易对方,收/支,金额(元),交易单号\n2026-03-01 09:00:00,王,收入,1,7\n";
    assert_eq!(fault(lost).0, Fault::StatementHeader);
}

#[test]
fn two_headers_are_two_statements() {
    let two = format!("{HEADER}2026-03-01,1,,,,,1\n{HEADER}2026-03-01,1,,,,,1\n");
    assert_eq!(fault(&two), (Fault::StatementTwice, 3, 0));
    assert_eq!(fault("日期,收入,收入\n2026-03-01,1,2\n"), (Fault::HeaderTwice, 1, 3));
    // Two days of other names are no contradiction: the day of the trade counts.
    let days = statement("记账日期,交易日期,金额\n2026-03-02,2026-03-01,1\n");
    assert_eq!(days.lines[0].day, day("2026-03-01"));
}

#[test]
fn every_problem_is_told_with_its_place_and_nothing_is_used() {
    let text = format!(
        "{HEADER}2026-02-30,1,,,,,1\n2026-03-01,x,,,,,2\n2026-03-01,1,2,,,,3\n2026-03-01,,,9,王,费,4\n\
         ,1,,,,费,5\n2026-03-01,1,,,,,2.02603E+27\n2026-03-01,1,,,,,6,7\n"
    );
    let found: Vec<_> = problems(&text)
        .iter()
        .map(|problem| (problem.line, problem.column, problem.fault))
        .collect();
    assert_eq!(
        found,
        [
            (2, 1, Fault::StatementDay),
            (3, 2, Fault::FigureForm),
            (4, 3, Fault::FigureTwice),
            (5, 2, Fault::CellMissing),
            (6, 1, Fault::CellMissing),
            (7, 7, Fault::SerialCut),
            (8, 0, Fault::LineLong),
        ]
    );
    assert_eq!(fault(HEADER), (Fault::StatementEmpty, 0, 0));
}

#[test]
fn rows_and_cells_have_a_largest_size() {
    let line = Line::of(1, &["2026-03-01", "1"]);
    let many = read(&vec![line; 1_000_000]).unwrap_err();
    assert_eq!((many[0].fault, many[0].other.as_str()), (Fault::LinesMany, "20000"));
    let long = "长".repeat(CELL_CHARS_MAX + 1);
    assert_eq!(fault(&format!("{HEADER}2026-03-01,1,,,,{long},1\n")), (Fault::CellLong, 2, 6));
    let fits = "长".repeat(CELL_CHARS_MAX);
    assert_eq!(statement(&format!("{HEADER}2026-03-01,1,,,,{fits},1\n")).lines.len(), 1);
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_noticed_and_a_text_of_two_lines_is_not() {
    let header = Line::of(1, &HEADER.trim().split(',').collect::<Vec<_>>());
    let row = |memo: &str| Line::of(2, &["2026-03-01", "1", "", "", "王", memo, "1"]);
    let two_lines = read(&[header.clone(), row("物业费\n三月,四月")]).unwrap();
    assert_eq!(two_lines.lines[0].memo, "物业费\n三月,四月");
    let swallowed = "费,1\n2026-03-02,5,,,李,费,2\n";
    let problems = read(&[header.clone(), row(swallowed)]).unwrap_err();
    assert_eq!((problems[0].fault, problems[0].column), (Fault::CellSwallows, 6));
    let at_once = read(&[header.clone(), row("\n2026-03-02,5,,,李,费,2\n")]).unwrap_err();
    assert_eq!(at_once[0].fault, Fault::CellSwallows, "the mark is the last of its line");
    let mut failed = row("费");
    failed.cells[1] = Cell::Failed("#REF!".to_owned());
    assert_eq!(read(&[header, failed]).unwrap_err()[0].fault, Fault::CellUnfit);
}

#[test]
fn a_row_whose_day_is_none_is_a_footnote_only_where_its_day_says_so_too() {
    let header = "摘要,交易日期,收入金额,支出金额\n";
    let income = format!("{header}备注:物业费 3-2-501,2026-02-30,210.02,\n");
    assert_eq!(fault(&income), (Fault::StatementDay, 2, 2), "an income is never dropped");
    let line = "物业费,2026-03-01,210.02,\n";
    let sums = "合计,,210.02,\n本页合计,小计,210.02,\n总计,-,210.02,\n说明,见附件,,\n";
    let statement = statement(&format!("{header}{line}{sums}"));
    assert_eq!((statement.lines.len(), statement.remarks), (1, vec![3, 4, 5, 6]));
    // An older export whose better day is empty: the other one counts.
    let two = "备注,交易日期,记账日期,金额\n备注3-2-501,,2026-03-01,210.02\n";
    assert_eq!(super::statement(two).lines[0].amount, yuan("210.02"));
}

#[test]
fn a_serial_that_became_a_power_is_cut_with_or_without_decimals() {
    for serial in ["2.02603E+27", "2E+27", "2e+27"] {
        let text = format!("{HEADER}2026-03-01,1,,,,,{serial}\n");
        assert_eq!(fault(&text), (Fault::SerialCut, 2, 7), "{serial}");
    }
    for serial in ["2E27", "E+27", "2E+", "AE+27", "2E+2A"] {
        let text = format!("{HEADER}2026-03-01,1,,,,,{serial}\n");
        assert_eq!(statement(&text).lines[0].serial.as_deref(), Some(serial));
    }
}

#[test]
fn what_spreadsheets_need_around_a_number_is_no_part_of_it() {
    let text = format!(
        "{HEADER}2026-03-01,1,,,,,=\"0077\"\n2026-03-01,1,,,,,`0077\n2026-03-01,1,,,,,'0077\n2026-03-01,1,,,,,0000\n"
    );
    let serials: Vec<_> = statement(&text).lines.into_iter().map(|line| line.serial).collect();
    let same = Some("0077".to_owned());
    assert_eq!(serials, [same.clone(), same.clone(), same, None], "zeros name nothing");
}

#[test]
fn an_opening_balance_is_no_payment_and_a_payment_without_a_sum_is_a_problem() {
    let text = format!(
        "{HEADER}2026-03-01,,,1000.00,,期初余额,\n2026-03-01,1,,1001.00,,费,1\n本页合计,1,,,,,\n打印时间 2026-03-31,,,,,,\n"
    );
    let statement = statement(&text);
    assert_eq!((statement.lines.len(), statement.remarks), (1, vec![2, 4, 5]));
}
