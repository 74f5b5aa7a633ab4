//! Expressions in Markdown, hidden from the Markdown parser.
//!
//! `{{ value("a|b") * 2 }}` holds characters that mean something to Markdown: bars split table cells, stars make
//! emphasis. So each expression is replaced by as many bytes that mean nothing, and every place in the text
//! stays where it was. An expression that turns out to stand in code is put back as written.

use crate::finding::{Code, Finding, Log, message};
use crate::source::Origin;
use std::borrow::Cow;
use std::ops::Range;

/// First character of a hidden expression: of the private use area, three bytes long.
pub(super) const MARK: char = '\u{e000}';
/// Fills the rest; no word breaks, no markup.
const FILL: char = 'x';

/// A text whose expressions are hidden.
pub(super) struct Masked<'t> {
    /// The text, as long as the original.
    pub(super) text: Cow<'t, str>,
    /// Expressions, braces included, in order, in bytes of the text.
    expressions: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// The expressions within these bytes of the text.
    pub(super) fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        // A page may have thousands: those before the range are not looked at again for each part of the text.
        let first = self
            .expressions
            .partition_point(|expression| expression.start < range.start);
        let end = range.end;
        self.expressions[first..]
            .iter()
            .take_while(move |expression| expression.end <= end)
    }
}

/// Hides the expressions of `text`, which begins at byte `offset` of its file.
pub(super) fn mask<'t>(text: &'t str, offset: usize, origin: &Origin, log: &Log) -> Masked<'t> {
    if !text.contains("{{") {
        return Masked {
            text: Cow::Borrowed(text),
            expressions: Vec::new(),
        };
    }
    let mut masked = String::with_capacity(text.len());
    let mut expressions = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|index| at + index) {
        masked.push_str(&text[at..start]);
        if let Some(end) = end(text, start) {
            masked.push(MARK);
            masked.extend(std::iter::repeat_n(FILL, end - start - MARK.len_utf8()));
            expressions.push(start..end);
            at = end;
        } else {
            if !in_code(text, start) {
                let place = Origin::span(&origin.file, offset + start..offset + start + 2);
                log.add(
                    Finding::new(Code::ExpressionSyntax, place).with_message("problem", message::expression_open()),
                );
            }
            masked.push_str("{{");
            at = start + 2;
        }
    }
    masked.push_str(&text[at..]);
    Masked {
        text: Cow::Owned(masked),
        expressions,
    }
}

/// Just behind the `}}` that closes the expression, on the same paragraph; strings may hold braces.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = start + 2;
    while at < bytes.len() {
        match (bytes[at], quote) {
            (b'\\', Some(_)) => at += 1,
            (byte, Some(open)) if byte == open => quote = None,
            (b'"' | b'\'', None) => quote = Some(bytes[at]),
            (b'}', None) if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            (b'\n', _) if text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether an odd number of backticks stands before it on its line: an unclosed `{{` in code is code.
fn in_code(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..at].matches('`').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hidden(text: &str) -> String {
        mask(text, 0, &Origin::file(&"x".into()), &Log::default())
            .text
            .into_owned()
    }

    #[test]
    fn bars_and_stars_are_hidden() {
        let text = r#"| {{ value("a") | round }} * |"#;
        assert_eq!(hidden(text).matches('|').count(), 2);
        assert_eq!(hidden(text).len(), text.len());
    }

    #[test]
    fn braces_in_strings_do_not_close() {
        let text = r#"{{ claim("a }} b", 1 < 2) }}."#;
        let masked = mask(text, 0, &Origin::file(&"x".into()), &Log::default());
        assert!(masked.expressions.iter().eq([&(0..text.len() - 1)]));
    }

    proptest! {
        #[test]
        fn the_length_never_changes(text in "[ {}\"'a|å\n`]{0,40}") {
            prop_assert_eq!(hidden(&text).len(), text.len());
        }
    }
}
