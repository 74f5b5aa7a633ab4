//! The values of a table as numbers.
//!
//! Takes the cells of all columns with figures, which are one series: their notation is decided from all of them. Cells that
//! contradict each other, or are percentages among plain numbers, are errors; a number that can be read in two ways is one
//! unless the file or the user says which is meant.

use super::layout::Line;
use crate::finding::{Code, Finding, Log, Severity};
use crate::import::number::{Notation, notation, number_in};
use crate::import::sheet::{CellKind, Sheet};
use crate::read::{Decimal, grouped_number};

/// How the values of a table are read.
pub(super) struct Amounts {
    notation: Notation,
}

/// A cell that may hold a number, and where it stands.
struct ValueCell<'a> {
    text: &'a str,
    kind: CellKind,
    row: usize,
    column: usize,
}

impl ValueCell<'_> {
    /// Whether it is shown as a percentage.
    fn is_percent(&self) -> bool {
        self.kind == CellKind::Percent || self.kind == CellKind::Text && self.text.ends_with('%')
    }

    /// Whether it is a number in some notation.
    fn is_number(&self) -> bool {
        let is_written = |decimal| grouped_number(without_percent(self.text), decimal).is_some();
        match self.kind {
            CellKind::Number | CellKind::Percent => true,
            CellKind::Text => is_written(Decimal::Point) || is_written(Decimal::Comma),
            CellKind::Moment => false,
        }
    }
}

/// The text without a percent sign at its end.
fn without_percent(text: &str) -> &str {
    text.trim_end_matches('%').trim_end()
}

impl Amounts {
    /// Decides how values are read; `None` after a finding.
    pub(super) fn read(
        sheet: &Sheet,
        lines: &[Line],
        columns: &[usize],
        decimal: Option<Decimal>,
        log: &Log,
    ) -> Option<Self> {
        let cells = lines
            .iter()
            .flat_map(|line| columns.iter().map(move |column| (line, *column)));
        let cells = cells.map(|(line, column)| ValueCell {
            text: line.cell(column),
            kind: line.kind(column),
            row: line.number,
            column,
        });
        let cells: Vec<ValueCell<'_>> = cells.filter(|cell| !cell.text.is_empty()).collect();
        let finding = |code, cell: &ValueCell<'_>| {
            Finding::new(code, sheet.cell_origin(cell.row, cell.column)).with("value", cell.text)
        };
        let numbers = || cells.iter().filter(|cell| cell.is_number());
        let percentages = numbers().filter(|cell| cell.is_percent()).count();
        let plain = numbers().count() - percentages;
        if let Some(cell) = numbers().find(|cell| cell.is_percent()).filter(|_| plain > 0) {
            let finding = finding(Code::FiguresPercent, cell);
            log.add(finding.with("count", percentages).with("others", plain));
            return None;
        }
        // Numbers of a workbook are what they are; only text has a notation.
        let texts: Vec<&ValueCell<'_>> = cells.iter().filter(|cell| cell.kind == CellKind::Text).collect();
        let found = match decimal {
            Some(decimal) => Notation::Sign(decimal),
            None => notation(texts.iter().map(|cell| without_percent(cell.text))),
        };
        let notation = match found {
            Notation::Mixed { point, comma } => {
                let [point, comma] = [point, comma].map(|at| texts[at]);
                let finding = finding(Code::FiguresDecimalMixed, comma).with("other", point.text);
                log.add(finding.beside(sheet.cell_origin(point.row, point.column)));
                return None;
            }
            Notation::Open(at) => {
                let cell = texts[at];
                let read = |decimal| grouped_number(without_percent(cell.text), decimal).unwrap_or_default();
                let mut finding = finding(Code::FiguresDecimal, cell)
                    .with("point", read(Decimal::Point))
                    .with("comma", read(Decimal::Comma));
                // With commas between the fields a decimal comma would be a field of its own.
                let has_commas = sheet.delimiter() == Some(b',');
                if has_commas {
                    finding.severity = Severity::Warning;
                }
                log.add(finding);
                has_commas.then_some(Notation::Sign(Decimal::Point))?
            }
            notation => notation,
        };
        Some(Self { notation })
    }

    /// The number in this cell, if it is one. A percentage of a workbook is the share that is stored.
    pub(super) fn number(&self, line: &Line, column: usize) -> Option<f64> {
        let text = line.cell(column);
        match line.kind(column) {
            CellKind::Number | CellKind::Percent => text.parse().ok().filter(|number: &f64| number.is_finite()),
            CellKind::Text => number_in(without_percent(text), self.notation),
            CellKind::Moment => None,
        }
    }
}
