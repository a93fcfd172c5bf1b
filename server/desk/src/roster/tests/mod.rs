//! Rosters as people make them: every message here is read as its user will read it.

mod bad_files;
mod bad_owners;
mod bad_sheets;
mod bad_units;
mod good;
mod workbook;

use linli_domain::registry::roster::Secret;

use super::read_bytes;

const SECRET: Secret = Secret([7; 32]);

/// What is said about a bad file, line by line.
fn said(bytes: &[u8]) -> Vec<String> {
    let problems = read_bytes(bytes, &SECRET).unwrap_err();
    problems.iter().map(linli_domain::registry::roster::Problem::en).collect()
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Lines under the plainest header.
fn rows(rows: &str) -> Vec<u8> {
    text(&format!("楼号,单元,房号,用途,面积\n{rows}\n"))
}

/// One good home with more columns.
fn more(columns: &str, cells: &str) -> Vec<u8> {
    text(&format!("楼号,单元,房号,用途,面积,{columns}\n3,2,501,住宅,89.37,{cells}\n"))
}
