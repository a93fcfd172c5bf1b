//! A table in a file, read by its columns: whole, or every problem is told.

use std::path::Path;

use linli_domain::payments::sheet::{self, Column, Row};

use super::said;
use crate::{
    office::{Trouble, text::Text},
    roster,
};

/// Reads it line by line.
pub(crate) fn read<T>(
    path: &Path,
    columns: &[Column],
    text: &Text,
    row: impl FnMut(&mut Row<'_>) -> Option<T>,
) -> Result<Vec<T>, Trouble> {
    let lines = roster::lines(path).map_err(|why| said::not_read(path, &why, text))?;
    sheet::read(&lines, columns, row).map_err(|problems| said::problems(path, &problems, text))
}
