//! Tables for a terminal: columns stand under each other whatever the script.

use unicode_width::UnicodeWidthStr as _;

/// A table of texts.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(ToString::to_string).collect()] }
    }

    /// Adds a row. What would break the lines or drive the terminal is shown as a space.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        let tame = |cell: String| cell.replace(char::is_control, " ");
        self.rows.push(cells.into_iter().map(tame).collect());
    }

    /// Writes the table: two spaces between columns, the last one as long as it is.
    pub(crate) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |at: usize| {
            self.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max()
        };
        let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or_default()).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_in_either_script() {
        let mut table = Table::new(&["编号", "Place", "说明"]);
        table.row(vec!["1a2b".to_owned(), "单元 3-2".to_owned(), "主管漏水\n很急".to_owned()]);
        table.row(vec!["ff".to_owned(), "Stair 1-1".to_owned(), String::new()]);
        assert_eq!(
            table.text(),
            "编号  Place      说明\n1a2b  单元 3-2   主管漏水 很急\nff    Stair 1-1\n"
        );
    }
}
