//! Numbers as people write them.
//!
//! Takes text; gives a finite number or a finding about its fault.

use crate::finding::{Code, Finding};
use crate::source::Origin;

/// Which decimal sign a table uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// `78.1`
    Point,
    /// `78,1`
    Comma,
}

/// The number in a table's field, or `None`. Spaces and no-break spaces between thousands and U+2212 as minus are accepted.
pub(crate) fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let plain = |text: &str| {
        text.parse::<f64>()
            .ok()
            .filter(|number| number.is_finite() && !text.contains(['n', 'N', 'i', 'I']))
    };
    if let (Decimal::Point, Some(number)) = (decimal, plain(text)) {
        return Some(number);
    }
    let cleaned: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        .map(|c| match (c, decimal) {
            ('\u{2212}', _) => '-',
            (',', Decimal::Comma) => '.',
            ('.', Decimal::Comma) => '?',
            (c, _) => c,
        })
        .collect();
    plain(&cleaned)
}

/// The finding about text that stands where a number belongs.
pub(crate) fn fault(text: &str, origin: &Origin) -> Finding {
    let lower = text.trim().trim_start_matches(['+', '-', '.']).to_lowercase();
    let code = if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        Code::NumberInfinite
    } else if parse(text, Decimal::Comma).is_some() && text.contains(',') {
        Code::NumberComma
    } else {
        Code::NumberText
    };
    let finding = Finding::new(code, origin.clone()).with("value", text);
    let is_number = code == Code::NumberComma || parse(text, Decimal::Point).is_some();
    if is_number {
        finding.with("near", typed(text))
    } else {
        finding
    }
}

/// A number as YAML wants it typed: no spaces, decimal point, hyphen as minus.
fn typed(text: &str) -> String {
    let plain = |c| match c {
        ',' => '.',
        '\u{2212}' => '-',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_dialects_are_read() {
        assert_eq!(parse("1\u{a0}234.5", Decimal::Point), Some(1234.5));
        assert_eq!(parse("1 234,5", Decimal::Comma), Some(1234.5));
        assert_eq!(parse("\u{2212}3,5", Decimal::Comma), Some(-3.5));
        assert_eq!(parse("1.234,5", Decimal::Comma), None);
        assert_eq!(parse("nan", Decimal::Point), None);
        assert_eq!(parse("", Decimal::Point), None);
    }
}
