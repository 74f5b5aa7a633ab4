//! The rows of any CSV file, and where they and their fields stand.
//!
//! Takes bytes or text; gives every row as fields and the byte where the reader came to it, from which [`row_origin`] and
//! [`field_origin`] find the place for a finding. Rows may differ in length.

use crate::source::{FilePath, Origin};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::ops::Range;

/// The text of a table. UTF-16, which spreadsheets call Unicode text, is known by its byte-order mark, or by the zeros
/// between Latin letters; other bytes that are not UTF-8 are read as Windows-1252, which spreadsheets still write.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(encoding) = utf_16(bytes) {
        return encoding.decode_with_bom_removal(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Which of the two kinds of UTF-16 the bytes are in, if any.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match head {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ if pairs < 4 => None,
        _ if even == 0 && odd * 2 > pairs => Some(UTF_16LE),
        _ if odd == 0 && even * 2 > pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// The separator of the fields of this text: whatever its first line has most of, outside quotation marks.
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
                .filter(|(candidate, _)| *candidate == byte)
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

/// Hands over every row: the byte where the reader came to it, and its fields.
pub(crate) fn rows(text: &str, delimiter: u8, mut each: impl FnMut(usize, &StringRecord)) {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        each(byte_of(&record), &record);
    }
}

/// The byte where the reader came to this row.
pub(super) fn byte_of(record: &StringRecord) -> usize {
    record
        .position()
        .map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0))
}

/// The byte of a row's first field. The reader stands before the line break that ends the row above, and before blank
/// lines.
fn row_start(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(['\r', '\n']).len()
}

/// The place of the row that the reader came to at this byte: its first line.
pub(super) fn row_origin(path: &FilePath, text: &str, at: usize) -> Origin {
    let start = row_start(text, at);
    let end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |length| start + length);
    Origin::span(path, start..end)
}

/// The place of a field of the row that the reader came to at this byte.
pub(crate) fn field_origin(path: &FilePath, text: &str, at: usize, column: usize, delimiter: u8) -> Origin {
    let start = row_start(text, at);
    Origin::span(path, field_bytes(&text[start..], column, delimiter, start))
}

/// Bytes of the field of this number in the row that `row` begins with; quotes belong to the field.
fn field_bytes(row: &str, column: usize, delimiter: u8, offset: usize) -> Range<usize> {
    let (mut start, mut index, mut quoted) = (0, 0, false);
    for (at, byte) in row.bytes().enumerate() {
        let ends_row = matches!(byte, b'\r' | b'\n') && !quoted;
        if (byte == delimiter && !quoted) || ends_row {
            if index == column || ends_row {
                return offset + start..offset + at;
            }
            index += 1;
            start = at + 1;
        } else if byte == b'"' {
            quoted = !quoted;
        }
    }
    offset + start..offset + row.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_separator_is_what_the_first_line_has_most_of() {
        assert_eq!(delimiter("a;\"b,c,d\";e\n1,2,3,4"), b';');
        assert_eq!(delimiter("a\tb\n"), b'\t');
        assert_eq!(delimiter("a,b;c,d\n"), b',');
        assert_eq!(delimiter("\"a;b\n;;\",c"), b',');
        assert_eq!(delimiter("one column"), b';');
    }

    #[test]
    fn fields_are_found_behind_quotes() {
        assert_eq!(field_bytes("18;\"a;b\";3\n", 1, b';', 0), 3..8);
        assert_eq!(field_bytes("18;\"a;b\";3\n", 2, b';', 10), 19..20);
    }

    #[test]
    fn windows_1252_is_read() {
        assert_eq!(decode(b"\xd6rebro"), "Örebro");
        assert_eq!(decode("\u{feff}Örebro".as_bytes()), "Örebro");
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let units: Vec<u8> = "län;år\n18;2022".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let swapped: Vec<u8> = units.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        for bytes in [units, swapped] {
            assert_eq!(decode(&bytes), "län;år\n18;2022");
        }
        assert_eq!(decode(b"\xff\xfea\0;\0b\0"), "a;b");
    }

    proptest! {
        #[test]
        fn fields_stay_within_the_row(row in "[a-c;,\"\n]{0,20}", column in 0usize..5) {
            let bytes = field_bytes(&row, column, b';', 0);
            prop_assert!(bytes.start <= bytes.end && bytes.end <= row.len());
        }
    }
}
