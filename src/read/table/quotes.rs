//! Quotation marks of a CSV file: where they make another table than its author meant.
//!
//! Takes text; gives faults. A mark that is never closed takes every row below it into its cell, and one that happens to be
//! closed further down takes the rows in between.

use crate::finding::{Code, Finding};
use crate::source::{FilePath, Origin};

/// A quotation mark that is not closed where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuoteFault {
    kind: QuoteFaultKind,
    /// Byte of the mark that opens the cell.
    opened: usize,
    /// Byte of what is wrong: the same mark, or the text after the closing one.
    at: usize,
    /// Lines that the cell takes in beside its own.
    lines: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuoteFaultKind {
    /// The text ends within the cell.
    Unclosed,
    /// Text between the closing mark and the end of the field.
    TextAfter,
    /// Lines within the cell have as many fields as the row itself.
    RowsWithin,
}

impl QuoteFault {
    /// Whether the rows after it are not those of the table. A cell with lines that look like rows may be meant.
    pub(crate) fn is_fatal(self) -> bool {
        self.kind != QuoteFaultKind::RowsWithin
    }

    /// The finding about it.
    pub(crate) fn finding(self, path: &FilePath, text: &str) -> Finding {
        let code = match self.kind {
            QuoteFaultKind::Unclosed => Code::TableQuote,
            QuoteFaultKind::TextAfter => Code::TableQuoteText,
            QuoteFaultKind::RowsWithin => Code::TableQuoteRows,
        };
        let line_end = |at: usize| text[at..].find(['\r', '\n']).map_or(text.len(), |length| at + length);
        let finding = Finding::new(code, Origin::span(path, self.at..line_end(self.at))).with("lines", self.lines);
        if self.at == self.opened {
            finding
        } else {
            finding.beside(Origin::span(path, self.opened..line_end(self.opened)))
        }
    }
}

/// A quoted cell that runs over several lines, by the bytes of its marks.
struct LongCell {
    open: usize,
    close: usize,
}

/// The faults of this text, in order; after a fatal one nothing is looked at.
pub(crate) fn quote_faults(text: &str, delimiter: u8) -> Vec<QuoteFault> {
    let bytes = text.as_bytes();
    let mut faults = Vec::new();
    let mut long_cells: Vec<LongCell> = Vec::new();
    let (mut at, mut separators, mut is_field_start) = (0, 0, true);
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'"' if is_field_start => {
                let fault = |kind, wrong, lines| QuoteFault {
                    kind,
                    opened: at,
                    at: wrong,
                    lines,
                };
                let lines = |end: usize| text[at..end].matches('\n').count();
                let Some(close) = closing_mark(bytes, at + 1) else {
                    faults.push(fault(
                        QuoteFaultKind::Unclosed,
                        at,
                        lines(text.trim_end().len().max(at)),
                    ));
                    return faults;
                };
                let rest = &bytes[close + 1..];
                let blanks = rest
                    .iter()
                    .take_while(|byte| **byte != delimiter && matches!(byte, b' ' | b'\t'))
                    .count();
                let ends_field = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
                if !rest.get(blanks).is_none_or(ends_field) {
                    let wrong = close + 1 + blanks;
                    faults.push(fault(QuoteFaultKind::TextAfter, wrong, lines(close)));
                    return faults;
                }
                if lines(close) > 0 {
                    long_cells.push(LongCell { open: at, close });
                }
                at = close + 1 + blanks;
                is_field_start = false;
            }
            b'\n' => {
                faults.extend(rows_within(text, &long_cells, separators, delimiter));
                long_cells.clear();
                separators = 0;
                is_field_start = true;
                at += 1;
            }
            byte => {
                is_field_start = byte == delimiter || byte == b'\r';
                separators += usize::from(byte == delimiter);
                at += 1;
            }
        }
    }
    faults.extend(rows_within(text, &long_cells, separators, delimiter));
    faults
}

/// The mark that closes a cell whose text begins here; doubled ones are part of it.
fn closing_mark(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// The first of these cells, all of one row, that takes in lines with as many separators as the row.
fn rows_within(text: &str, cells: &[LongCell], separators: usize, delimiter: u8) -> Option<QuoteFault> {
    let delimiter = char::from(delimiter);
    let count = |text: &str| text.matches(delimiter).count();
    let looks_like_row = |cell: &LongCell, start: usize| {
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        // In prose a blank follows a comma or semicolon. The line on which the cell ends holds the fields after it as
        // well; one of its separators must be the cell's.
        let is_prose = line.contains(&format!("{delimiter} "));
        !is_prose && count(line) == separators && count(&text[start..end.min(cell.close)]) > 0
    };
    cells.iter().filter(|_| separators > 0).find_map(|cell| {
        let breaks = text[cell.open..cell.close].match_indices('\n');
        let line_starts = breaks.map(|(at, _)| cell.open + at + 1);
        let lines = line_starts.filter(|start| looks_like_row(cell, *start)).count();
        (lines > 0).then_some(QuoteFault {
            kind: QuoteFaultKind::RowsWithin,
            opened: cell.open,
            at: cell.open,
            lines,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<(QuoteFaultKind, usize)> {
        let faults = quote_faults(text, b';');
        faults.into_iter().map(|fault| (fault.kind, fault.lines)).collect()
    }

    #[test]
    fn a_mark_that_is_never_closed_takes_the_rest() {
        assert_eq!(kinds("a;b\n1;\"2\n3;4\n5;6\n"), [(QuoteFaultKind::Unclosed, 2)]);
        assert_eq!(kinds("\"a"), [(QuoteFaultKind::Unclosed, 0)]);
        assert_eq!(kinds("a;\"b\"\"\n"), [(QuoteFaultKind::Unclosed, 0)]);
    }

    #[test]
    fn text_after_the_closing_mark_is_no_part_of_the_cell() {
        assert_eq!(kinds("1;\"2;3\n4;\"L\";5\n"), [(QuoteFaultKind::TextAfter, 1)]);
        assert_eq!(kinds("1;\"2\" ;3\n"), []);
    }

    #[test]
    fn rows_that_a_cell_has_taken_in_are_seen() {
        assert_eq!(
            kinds("a;b;c\n1;2;\"x\n3;4;y\n5;6;z\"\n"),
            [(QuoteFaultKind::RowsWithin, 2)]
        );
        assert_eq!(kinds("a;b;c\n\"x\n3;4;y\n5\";6;z\n"), [(QuoteFaultKind::RowsWithin, 1)]);
    }

    #[test]
    fn what_cells_may_hold_is_no_fault() {
        // Lines of prose, doubled marks, and marks that do not begin a field.
        assert_eq!(
            kinds("1;\"one\ntwo; three\n\"\"four\"\"\"\n2;5\" pipe;=F(\"x\")\r\n"),
            []
        );
        assert_eq!(kinds("\"one\ntwo\";b;c\n"), []);
        assert_eq!(kinds("\"one\ntwo\"\n"), []);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in "[a;\"\r\n ]{0,40}") {
            for fault in quote_faults(&text, b';') {
                let finding = fault.finding(&"x".into(), &text);
                prop_assert!(finding.argument("lines").is_some());
            }
        }
    }
}
