//! The rows of any CSV file, with their places: for tables whose columns are not ours to decide.
//!
//! Takes text; gives every row as fields and the byte where it begins. Rows may differ in length.

use super::field;
use crate::source::{FilePath, Origin};
use csv::{ReaderBuilder, StringRecord};

/// What separates the fields of this text: whatever its first line has most of, outside quotation marks.
pub(crate) fn delimiter(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(own, _)| *own == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first is taken: a comma may stand in a heading without quotation marks, a semicolon hardly does.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(delimiter, _)| *delimiter)
}

/// Hands over every row: the byte where it begins, and its fields.
pub(crate) fn rows(text: &str, delimiter: u8, mut each: impl FnMut(usize, &StringRecord)) {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let at = record
            .position()
            .map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        each(at, &record);
    }
}

/// The place of a field of the row that begins at this byte.
pub(crate) fn place(path: &FilePath, text: &str, at: usize, column: usize, delimiter: u8) -> Origin {
    let rest = &text[at..];
    let at = at + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    Origin::span(path, field(&text[at..], column, delimiter, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_the_first_line_has_most_of() {
        assert_eq!(delimiter("a;\"b,c,d\";e\n1,2,3,4"), b';');
        assert_eq!(delimiter("a\tb\n"), b'\t');
        assert_eq!(delimiter("a,b;c,d\n"), b',');
        assert_eq!(delimiter("\"a;b\n;;\",c"), b',');
        assert_eq!(delimiter("one column"), b';');
    }
}
