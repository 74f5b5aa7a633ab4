//! The sheets of a workbook (XLSX).
//!
//! Takes bytes; gives the cells of one sheet as their reader sees them, with what the workbook says they are. Cells are read
//! one by one, so that a cell far out does not make a table as large as it is far. A hidden sheet is read only when it is
//! named, and which one was read is told wherever there are several.

use crate::finding::message::Message;
use crate::finding::{Code, Finding, Log, message};
use crate::source::{Origin, SourceFile};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use std::io::{self, Cursor, Read as _};
use zip::ZipArchive;

/// Columns beyond this are not a survey's.
const WIDEST: u32 = 4096;
/// Cells beyond this are not a survey's: 50,000 responses to 200 questions.
const MOST: usize = 10_000_000;
/// Rows beyond this no program writes.
const LONGEST: u32 = 2_000_000;
/// Bytes of an unpacked workbook beyond this are not a survey's.
const LARGEST: u64 = 400 << 20;

/// What a workbook says that a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum CellKind {
    /// Words, or a number that was typed as text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A number that is shown as a percentage; 78 % is stored as 0.78.
    Percent,
    /// A day or time.
    Moment,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct BookCell {
    pub(super) text: String,
    pub(super) kind: CellKind,
}

/// Whether these bytes are a workbook: a zip archive.
pub(in crate::import) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether these bytes are a workbook as Excel wrote them until 2003 (.xls).
pub(super) fn is_old_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The rows of the sheet of this name (empty: the first that is not hidden), or `None` after a finding. Rows without cells
/// are empty.
pub(super) fn open(file: &SourceFile, wanted: &str, log: &Log) -> Option<Vec<Vec<BookCell>>> {
    let fault =
        |problem: Message| Finding::new(Code::ImportFile, Origin::file(&file.path)).with_message("problem", problem);
    let workbook = unpacked(&file.bytes)
        .filter(|size| *size <= LARGEST)
        .and_then(|_| Xlsx::new(Cursor::new(&*file.bytes)).ok());
    let Some(mut workbook) = workbook else {
        log.add(fault(message::no_workbook()));
        return None;
    };
    let sheets = workbook.sheets_metadata();
    let tables = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let visible = || tables().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let found = if wanted.is_empty() {
        visible().next()
    } else {
        tables().find(|sheet| sheet.name == wanted)
    };
    let Some(name) = found.map(|sheet| sheet.name.clone()) else {
        let names = tables().map(|sheet| sheet.name.as_str());
        log.add(fault(message::no_sheet()).with("value", wanted).near(wanted, names));
        return None;
    };
    let others: Vec<&str> = tables()
        .map(|sheet| sheet.name.as_str())
        .filter(|other| *other != name)
        .collect();
    if wanted.is_empty() && !others.is_empty() {
        let finding = Finding::new(Code::ImportSheet, Origin::file(&file.path)).with("value", &name);
        log.add(finding.with("known", others.join(", ")));
    }
    let rows = rows(&mut workbook, &name);
    if rows.is_none() {
        log.add(fault(message::no_workbook()));
    }
    if let Some(((row, column), count)) = uncomputed(&mut workbook, &name) {
        let origin = Origin::cell(&file.path, row as usize + 1, column as usize + 1);
        log.add(Finding::new(Code::ImportFormula, origin).with("count", count));
    }
    rows
}

/// The cells of a sheet; `None` when it cannot be read or is unreasonably large.
fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Option<Vec<Vec<BookCell>>> {
    let mut reader = workbook.worksheet_cells_reader(name).ok()?;
    let is_percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| {
            style
                .number_format
                .as_ref()
                .is_some_and(|format| shows_percent(&format.format_code))
        })
        .collect();
    let mut rows: Vec<Vec<BookCell>> = Vec::new();
    let mut count = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().ok()? {
        let (row, column) = cell.get_position();
        let value = cell.get_value();
        let text = text(value);
        if text.is_empty() {
            continue;
        }
        count += 1;
        if column >= WIDEST || count > MOST || row > LONGEST {
            return None;
        }
        let kind = match value {
            DataRef::Int(_) | DataRef::Float(_) if is_percent.get(style) == Some(&true) => CellKind::Percent,
            DataRef::Int(_) | DataRef::Float(_) => CellKind::Number,
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) => CellKind::Moment,
            _ => CellKind::Text,
        };
        let (row, column) = (row as usize, column as usize);
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        if rows[row].len() <= column {
            rows[row].resize_with(column + 1, BookCell::default);
        }
        rows[row][column] = BookCell { text, kind };
    }
    Some(rows)
}

/// The first formula without a computed value, which reads as an empty cell, and how many there are.
fn uncomputed(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Option<((u32, u32), usize)> {
    let mut reader = workbook.worksheet_cells_reader(name).ok()?;
    let mut first = None;
    let mut count = 0;
    while let Ok(Some(cell)) = reader.next_cell_with_formula() {
        if cell.formula.is_some() && text(&cell.value).is_empty() {
            first.get_or_insert(cell.pos);
            count += 1;
        }
    }
    first.map(|first| (first, count))
}

/// Whether a number format shows numbers as percentages. Text within quotation marks is only text.
fn shows_percent(format: &str) -> bool {
    format
        .split('"')
        .step_by(2)
        .any(|part| part.contains('%') && !part.contains("\\%"))
}

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

    #[test]
    fn percentages_are_known_by_their_format() {
        for format in ["0%", "0.0%", "0.00\\ %"] {
            assert!(shows_percent(format), "{format}");
        }
        for format in ["General", "0.0", "0\" %\"", "0\\%"] {
            assert!(!shows_percent(format), "{format}");
        }
    }
}
