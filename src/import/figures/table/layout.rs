//! The rows of a table: title, headings, observations and remarks.
//!
//! The headings are the first row with more than one filled cell. What stands alone above them is the title, and more of it
//! are remarks. A row below with one filled cell is a row of the table whose other cells are empty; only words that stand
//! alone below the last whole row are a remark.

use super::super::codes::written_period;
use super::super::fault::{Fault, malformed_at};
use super::super::model::Dialect;
use super::super::status::{Meaning, meaning};
use crate::finding::message;
use crate::import::sheet::{CellKind, Sheet};
use crate::source::FilePath;
use crate::source::Origin;

/// A row below the headings.
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
    pub(super) kinds: Vec<CellKind>,
}

impl Line {
    /// A cell; empty where the row ends before it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// What a workbook says that the cell is.
    pub(super) fn kind(&self, column: usize) -> CellKind {
        self.kinds.get(column).copied().unwrap_or_default()
    }

    fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let cells = self.cells.iter().map(String::as_str).enumerate();
        cells.filter(|(_, cell)| !cell.is_empty())
    }
}

/// A table whose rows have been told apart.
pub(super) struct Layout {
    /// What stands above the headings first; empty when nothing does.
    pub(super) title: String,
    pub(super) headings: Vec<String>,
    /// Number of their row, from 1.
    pub(super) heading_row: usize,
    /// Rows of the table.
    pub(super) lines: Vec<Line>,
    /// Further words above the headings, and those below the last row.
    pub(super) remarks: Vec<String>,
}

impl Layout {
    /// The rows of this sheet, without those that the user skips.
    pub(super) fn read(sheet: &Sheet, skip: usize, path: &FilePath) -> Result<Self, Fault> {
        let mut all = Vec::new();
        sheet.each(|row| {
            all.push(Line {
                number: row.number,
                cells: row.cells.iter().map(|cell| cell.trim().to_owned()).collect(),
                kinds: (0..row.cells.len()).map(|column| row.kind(column)).collect(),
            });
        });
        if all.iter().all(|line| line.filled().next().is_none()) {
            return Err(malformed_at(Origin::file(path), message::figures_no_text(), all.len()));
        }
        let mut below = all.into_iter().skip(skip);
        let mut above = Vec::new();
        let headings = loop {
            let line = below.next();
            let line = line.ok_or_else(|| malformed_at(Origin::file(path), message::no_headings(), ""))?;
            if line.filled().count() > 1 {
                break line;
            }
            above.extend(line.filled().map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>());
        };
        let mut above = above.into_iter();
        let mut layout = Self {
            title: above.next().unwrap_or_default(),
            heading_row: headings.number,
            headings: headings.cells,
            lines: below.collect(),
            remarks: above.collect(),
        };
        layout.part_remarks();
        Ok(layout)
    }

    /// Takes remarks out of the rows.
    fn part_remarks(&mut self) {
        if self.headings.len() < 2 {
            return;
        }
        let whole = self.lines.iter().rposition(|line| line.filled().count() > 1);
        let end = whole.map_or(0, |last| last + 1);
        let below = self.lines.split_off(end);
        for line in below {
            let remark = line.filled().next().filter(|(at, cell)| self.is_remark(*at, cell));
            match remark.map(|(_, cell)| cell.to_owned()) {
                Some(remark) => self.remarks.push(remark),
                None => self.lines.push(line),
            }
        }
    }

    /// Whether words that stand alone below the table are a remark: neither a number, a period, a symbol, nor what stands
    /// in the same column elsewhere.
    fn is_remark(&self, column: usize, cell: &str) -> bool {
        let is_code = cell.chars().all(|c| !c.is_alphabetic()) || written_period(cell).is_some();
        let is_repeated = || self.lines.iter().any(|line| line.cell(column) == cell);
        !is_code && symbol(cell).is_none() && !is_repeated()
    }

    /// The name of a column: its heading, or its number where it has none (`#3` is the third).
    pub(super) fn name(&self, column: usize) -> String {
        match self.headings[column].as_str() {
            "" => format!("#{}", column + 1),
            heading => heading.to_owned(),
        }
    }

    /// The row below the headings, if it goes on with them: it names no place and has words in the place of values.
    pub(super) fn second_heading(&self, value_columns: &[usize]) -> Option<&Line> {
        let line = self.lines.first()?;
        let is_first = |at: usize| line.cell(at).is_empty() || self.headings.first().is_some_and(String::is_empty);
        let mut values = value_columns
            .iter()
            .map(|column| line.cell(*column))
            .filter(|cell| !cell.is_empty())
            .peekable();
        let is_word = |cell: &str| {
            let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
            symbol(cell).is_none() && (letters > 1 || cell == "%")
        };
        (is_first(0) && values.peek().is_some() && values.all(is_word)).then_some(line)
    }
}

/// What a symbol of somebody's own table means.
fn symbol(cell: &str) -> Option<Meaning> {
    meaning(cell, Dialect::Own, &[])
}
