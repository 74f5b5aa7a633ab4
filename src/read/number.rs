//! Numbers as people write them.
//!
//! Takes text; gives a finite number or a finding about its fault.

use crate::finding::{Code, Finding};
use crate::source::Origin;

/// Which decimal sign a table uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `78.1`
    Point,
    /// `78,1`
    Comma,
}

/// The number in a table's field, or `None`. Spaces may part thousands, in groups of three digits alone: `45 1` is a number
/// and a footnote, not 451. U+2212 is accepted as minus.
pub(crate) fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    parse_with(text, decimal, |c| c == ' ')
}

/// The same, where thousands may also be parted by apostrophes, or by the sign that is not the decimal one: `1.234,5`.
pub(crate) fn parse_grouped(text: &str, decimal: Decimal) -> Option<f64> {
    let other_sign = match decimal {
        Decimal::Point => ',',
        Decimal::Comma => '.',
    };
    parse_with(text, decimal, |c| {
        matches!(c, ' ' | '\'' | '\u{2019}') || c == other_sign
    })
}

fn parse_with(text: &str, decimal: Decimal, is_separator: impl Fn(char) -> bool) -> Option<f64> {
    let sign = match decimal {
        Decimal::Point => '.',
        Decimal::Comma => ',',
    };
    let plain = |c: char| match c {
        '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.trim().chars().map(plain).collect();
    let (whole, rest) = text.split_at(text.find([sign, 'e', 'E']).unwrap_or(text.len()));
    let number = ungrouped(whole, is_separator)? + &rest.replacen(sign, ".", 1);
    let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    let number = number.bytes().all(is_plain).then(|| number.parse::<f64>());
    number?.ok().filter(|number| number.is_finite())
}

/// The whole part of a number without what parts its thousands; `None` when something parts other than groups of three.
fn ungrouped(whole: &str, is_separator: impl Fn(char) -> bool) -> Option<String> {
    let digits = whole.trim_start_matches(['-', '+']);
    let sign = &whole[..whole.len() - digits.len()];
    let digits = digits.trim_start();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(separator) = digits.chars().find(|c| is_separator(*c)) else {
        return is_number(digits).then(|| format!("{sign}{digits}"));
    };
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    let begins = (1..=3).contains(&first.len()) && is_number(first) && !first.starts_with('0');
    let goes_on = groups.all(|group| group.len() == 3 && is_number(group));
    (begins && goes_on).then(|| format!("{sign}{}", digits.replace(separator, "")))
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
        assert_eq!(parse("1.5e3", Decimal::Point), Some(1500.0));
        assert_eq!(parse(",5", Decimal::Comma), Some(0.5));
    }

    #[test]
    fn only_thousands_are_parted() {
        for text in [
            "45 1", "46,3 2", "12 345 6", "1234 567", "1 234 ,5", "01 234", "45 ", "1  234",
        ] {
            let number = parse(text, Decimal::Comma);
            assert_eq!(number, (text == "45 ").then_some(45.0), "{text}");
        }
        assert_eq!(parse("\u{2212}1 234 567,8", Decimal::Comma), Some(-1_234_567.8));
        assert_eq!(parse_grouped("1.234.567,8", Decimal::Comma), Some(1_234_567.8));
        assert_eq!(parse_grouped("1'234.5", Decimal::Point), Some(1234.5));
        assert_eq!(parse_grouped("1.234", Decimal::Comma), Some(1234.0));
        assert_eq!(parse_grouped("0.615", Decimal::Comma), None);
        assert_eq!(parse_grouped("1,234.567", Decimal::Comma), None);
        assert_eq!(parse_grouped("1.234 567", Decimal::Comma), None);
    }
}
