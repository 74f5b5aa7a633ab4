//! Faults of JSON: what is wrong, and at which byte.

use crate::finding::message::{self, Message};

/// What is wrong with a text that is no JSON.
pub(crate) fn json_problem(error: &serde_json::Error) -> Message {
    if error.is_eof() {
        message::text_cut_off()
    } else {
        message::text_no_json()
    }
}

/// The byte at which the parser stopped; the beginning of the character it is in.
pub(crate) fn json_offset(text: &str, error: &serde_json::Error) -> usize {
    byte_at(text, error.line(), error.column())
}

/// Byte of a line and a column in bytes, both from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::byte_at;

    #[test]
    fn a_place_of_the_parser_is_a_byte() {
        assert_eq!(byte_at("å\nbc", 2, 2), 4);
        assert_eq!(byte_at("å", 1, 2), 0);
        assert_eq!(byte_at("", 9, 9), 0);
    }
}
