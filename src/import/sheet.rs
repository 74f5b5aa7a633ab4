//! Tables as rows of text: CSV in both dialects, and the sheets of a workbook.
//!
//! Takes bytes; hands over rows, each with its number and a way to its cells' places. A workbook's cells are read one by
//! one, so that a cell far out does not make a table as large as it is far.

use crate::finding::{Code, Finding, Log};
use crate::model::Mapping;
use crate::read::{decode, delimiter, field_origin, table_rows};
use crate::source::{Origin, SourceFile};
use calamine::{DataRef, Reader as _, Xlsx};
use std::borrow::Cow;
use std::io::{self, Cursor, Read as _};
use zip::ZipArchive;

/// Columns beyond this are not a survey's.
const WIDEST: u32 = 4096;
/// Cells beyond this are not a survey's: 50,000 responses to 200 questions.
const MOST: usize = 10_000_000;

/// Bytes of an unpacked workbook beyond this are not a survey's.
const LARGEST: u64 = 400 << 20;

/// A table that can be gone through several times.
pub(super) struct Sheet<'a> {
    file: &'a SourceFile,
    rows: Rows<'a>,
}

enum Rows<'a> {
    Text { text: Cow<'a, str>, delimiter: u8 },
    Book(Vec<Vec<String>>),
}

/// A row.
pub(super) struct Row<'r> {
    /// Its number in the file, from 1; of a CSV file lines within cells are not counted.
    pub(super) number: usize,
    /// Its cells.
    pub(super) cells: Vec<&'r str>,
    at: Option<(usize, &'r str, u8)>,
    file: &'r SourceFile,
}

impl Row<'_> {
    /// A cell; empty where the row ends before it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The place of a cell; of a workbook only the file.
    pub(super) fn place(&self, column: usize) -> Origin {
        match self.at {
            Some((at, text, delimiter)) => field_origin(&self.file.path, text, at, column, delimiter),
            None => Origin::file(&self.file.path),
        }
    }
}

/// Whether these bytes are a workbook: a zip archive.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl<'a> Sheet<'a> {
    /// The table in this file, or `None` after a finding.
    pub(super) fn open(file: &'a SourceFile, mapping: Option<&Mapping>, log: &Log) -> Option<Self> {
        Self::open_as(
            file,
            mapping.map_or("", |own| &own.sheet),
            mapping.and_then(|own| own.delimiter),
            log,
        )
    }

    /// The same for a table without a mapping: a sheet by name (empty: the first), a separator when it is known.
    pub(super) fn open_as(file: &'a SourceFile, sheet: &str, separator: Option<u8>, log: &Log) -> Option<Self> {
        let rows = if is_workbook(&file.bytes) {
            Rows::Book(book(file, sheet, log)?)
        } else {
            let text = decode(&file.bytes);
            let delimiter = separator.unwrap_or_else(|| delimiter(&text));
            Rows::Text { text, delimiter }
        };
        Some(Self { file, rows })
    }

    /// What separates the fields of a CSV file; a workbook has nothing of the kind.
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
                            at: Some((at, text, *delimiter)),
                            file: self.file,
                        });
                    }
                });
            }
            Rows::Book(rows) => {
                for (cells, number) in rows.iter().zip(1..).filter(|(cells, _)| !cells.is_empty()) {
                    let cells = cells.iter().map(String::as_str).collect();
                    each(&Row {
                        number,
                        cells,
                        at: None,
                        file: self.file,
                    });
                }
            }
        }
    }

    /// The file.
    pub(super) fn origin(&self) -> Origin {
        Origin::file(&self.file.path)
    }
}

/// The rows of a sheet of a workbook; those without cells are empty.
/// Size of an archive's files unpacked, at most one byte more than is allowed; `None` when it is no archive. Unpacked into
/// nothing, since the sizes that an archive tells of itself may be wrong.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut size = 0;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).ok()?;
        size += io::copy(&mut entry.take(LARGEST + 1 - size), &mut io::sink()).ok()?;
        if size > LARGEST {
            break;
        }
    }
    Some(size)
}

fn book(file: &SourceFile, wanted: &str, log: &Log) -> Option<Vec<Vec<String>>> {
    let fault = |problem: &str| Finding::new(Code::ImportFile, Origin::file(&file.path)).with("problem", problem);
    if unpacked(&file.bytes).is_none_or(|size| size > LARGEST) {
        log.add(fault("not a workbook"));
        return None;
    }
    let Ok(mut book) = Xlsx::new(Cursor::new(&*file.bytes)) else {
        log.add(fault("not a workbook"));
        return None;
    };
    let names = book.sheet_names();
    let found = names.iter().find(|name| wanted.is_empty() || *name == wanted);
    let Some(name) = found else {
        log.add(
            fault("no such sheet")
                .with("value", wanted)
                .near(wanted, names.iter().map(String::as_str)),
        );
        return None;
    };
    let rows = book.worksheet_cells_reader(name).ok().and_then(|mut cells| {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut count = 0;
        while let Some(cell) = cells.next_cell().ok()? {
            let (row, column) = cell.get_position();
            let text = text(cell.get_value());
            if text.is_empty() {
                continue;
            }
            count += 1;
            if column >= WIDEST || count > MOST || row > 2_000_000 {
                return None;
            }
            let (row, column) = (row as usize, column as usize);
            if rows.len() <= row {
                rows.resize_with(row + 1, Vec::new);
            }
            if rows[row].len() <= column {
                rows[row].resize_with(column + 1, String::new);
            }
            rows[row][column] = text;
        }
        Some(rows)
    });
    if rows.is_none() {
        log.add(fault("not a workbook"));
    }
    rows
}

/// A cell as its reader sees it, days and times in ISO 8601.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    #[test]
    fn an_archive_is_unpacked_no_further_than_is_allowed() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let zeros = vec![0; 1 << 20];
        for name in ["a", "b"] {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            (0..210).for_each(|_| archive.write_all(&zeros).unwrap());
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 2 << 20);
        assert_eq!(unpacked(&bytes), Some(LARGEST + 1));
        assert_eq!(unpacked(b"PK\x03\x04 and nothing else"), None);
    }
}
