//! Tables as rows of text: CSV in both dialects, and the sheets of a workbook.
//!
//! Takes bytes; hands over rows, each with its number and a way to its cells' places. A file whose quotation marks make
//! another table of it is refused.

mod workbook;

use crate::finding::{Code, Finding, Log, Severity};
use crate::model::Mapping;
use crate::read::{decode, delimiter, field_origin, quote_faults, table_rows};
use crate::source::{FilePath, Origin, SourceFile};
use workbook::BookCell;

pub(super) use workbook::{CellKind, is_workbook};

/// A table that can be gone through several times.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    path: FilePath,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    Text { text: String, delimiter: u8 },
    Book(Vec<Vec<BookCell>>),
}

/// A row.
pub(super) struct Row<'r> {
    /// Its number in the file, from 1; of a CSV file lines within cells are not counted.
    pub(super) number: usize,
    /// Its cells.
    pub(super) cells: Vec<&'r str>,
    kinds: Vec<CellKind>,
    /// Byte where a CSV file's row begins.
    at: usize,
    sheet: &'r Sheet,
}

impl Row<'_> {
    /// A cell; empty where the row ends before it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// What a workbook says that the cell is; a CSV file's are text.
    pub(super) fn kind(&self, column: usize) -> CellKind {
        self.kinds.get(column).copied().unwrap_or_default()
    }

    /// The place of a cell.
    pub(super) fn place(&self, column: usize) -> Origin {
        let path = &self.sheet.path;
        match &self.sheet.rows {
            Rows::Text { text, delimiter } => field_origin(path, text, self.at, column, *delimiter),
            Rows::Book(_) => Origin::cell(path, self.number, column + 1),
        }
    }

    /// The place of the first cell with words beyond this many columns, if there is one, as an error about the row.
    pub(super) fn surplus(&self, columns: usize) -> Option<Finding> {
        let surplus = self
            .cells
            .iter()
            .skip(columns)
            .position(|cell| !cell.trim().is_empty())?;
        let finding = Finding::new(Code::TableRagged, self.place(columns + surplus));
        Some(finding.with("expected", columns).with("found", self.cells.len()))
    }
}

impl Sheet {
    /// The table in this file, or `None` after a finding.
    pub(super) fn open(file: &SourceFile, mapping: Option<&Mapping>, log: &Log) -> Option<Self> {
        let name = mapping.map_or("", |mapping| &mapping.sheet);
        let sheet = Self::open_as(file, name, mapping.and_then(|mapping| mapping.delimiter), log)?;
        // A free text may hold what looks like rows; whoever imports it sees whether it does.
        sheet.has_sound_quotes(Severity::Warning, log).then_some(sheet)
    }

    /// The table in this file, whose figures are lost where a cell takes in rows; `None` after a finding.
    pub(super) fn open_figures(file: &SourceFile, name: &str, separator: Option<u8>, log: &Log) -> Option<Self> {
        let sheet = Self::open_as(file, name, separator, log)?;
        sheet.has_sound_quotes(Severity::Error, log).then_some(sheet)
    }

    /// A sheet by name (empty: the first that is not hidden), or a CSV file with its separator when it is known.
    fn open_as(file: &SourceFile, name: &str, separator: Option<u8>, log: &Log) -> Option<Self> {
        let path = file.path.clone();
        let rows = if workbook::is_old_workbook(&file.bytes) {
            log.add(Finding::new(Code::ImportOldWorkbook, Origin::file(&path)));
            return None;
        } else if is_workbook(&file.bytes) {
            Rows::Book(workbook::open(file, name, log)?)
        } else {
            let text = decode(&file.bytes).into_owned();
            let delimiter = separator.unwrap_or_else(|| delimiter(&text));
            Rows::Text { text, delimiter }
        };
        Some(Self { path, rows })
    }

    /// Whether quotation marks leave the rows as they were meant; `severity` is that of a cell which takes in rows.
    fn has_sound_quotes(&self, severity: Severity, log: &Log) -> bool {
        let Rows::Text { text, delimiter } = &self.rows else {
            return true;
        };
        let mut is_sound = true;
        for fault in quote_faults(text, *delimiter) {
            let mut finding = fault.finding(&self.path, text);
            if !fault.is_fatal() {
                finding.severity = severity;
            }
            is_sound &= finding.severity == Severity::Warning;
            log.add(finding);
        }
        is_sound
    }

    /// The separator of a CSV file; a workbook has nothing of the kind.
    pub(super) fn delimiter(&self) -> Option<u8> {
        match &self.rows {
            Rows::Text { delimiter, .. } => Some(*delimiter),
            Rows::Book(_) => None,
        }
    }

    /// Hands over every row that is not blank.
    pub(super) fn each(&self, mut each: impl FnMut(&Row<'_>)) {
        match &self.rows {
            Rows::Text { text, delimiter } => {
                let mut number = 0;
                table_rows(text, *delimiter, |at, record| {
                    number += 1;
                    let cells: Vec<&str> = record.iter().collect();
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        each(&Row {
                            number,
                            cells,
                            kinds: Vec::new(),
                            at,
                            sheet: self,
                        });
                    }
                });
            }
            Rows::Book(rows) => {
                for (row, number) in rows.iter().zip(1..).filter(|(row, _)| !row.is_empty()) {
                    each(&Row {
                        number,
                        cells: row.iter().map(|cell| cell.text.as_str()).collect(),
                        kinds: row.iter().map(|cell| cell.kind).collect(),
                        at: 0,
                        sheet: self,
                    });
                }
            }
        }
    }

    /// The file.
    pub(super) fn origin(&self) -> Origin {
        Origin::file(&self.path)
    }

    /// The place of a cell in the row of this number; the file when there is no such row.
    pub(super) fn cell_origin(&self, row: usize, column: usize) -> Origin {
        if let Rows::Book(_) = self.rows {
            return Origin::cell(&self.path, row, column + 1);
        }
        let mut found = self.origin();
        self.each(|own| {
            if own.number == row {
                found = own.place(column);
            }
        });
        found
    }
}
