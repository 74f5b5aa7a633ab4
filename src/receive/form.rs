//! The body of a POST → names and values: `application/x-www-form-urlencoded`, as browsers write it.

use std::fmt::Write as _;

/// Names and values in order; `None` when the bytes are no text in UTF-8.
pub(super) fn fields(body: &[u8]) -> Option<Vec<(String, String)>> {
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    let field = |pair: &[u8]| {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let value = pair.get(at + 1..).unwrap_or_default();
        Some((decoded(&pair[..at])?, decoded(value)?))
    };
    pairs.map(field).collect()
}

/// A name or value without its escapes. A `%` that begins none stands for itself, as the URL standard has it.
fn decoded(written: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut at = 0;
    while let Some(byte) = written.get(at) {
        let escaped = || Some(hexadecimal(*written.get(at + 1)?)? * 16 + hexadecimal(*written.get(at + 2)?)?);
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match escaped() {
                Some(byte) => {
                    bytes.push(byte);
                    at += 2;
                }
                None => bytes.push(b'%'),
            },
            byte => bytes.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Names and values as a browser would send them.
pub(super) fn encoded(fields: &[(String, String)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Text with everything but plain letters, digits and four signs written as bytes.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let pairs = |body: &str| fields(body.as_bytes()).expect("text");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            pairs("a=1&b=%C3%85r+2%261&a=&c"),
            [pair("a", "1"), pair("b", "År 2&1"), pair("a", ""), pair("c", "")]
        );
        assert_eq!(pairs("&&a=100%&b=%zz%4"), [pair("a", "100%"), pair("b", "%zz%4")]);
        assert_eq!(pairs("a=b=c"), [pair("a", "b=c")]);
        assert_eq!((fields(b"a=%FF"), fields(b"a=\xff")), (None, None));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let all = [
            ("riktning.vägar".to_owned(), "Å & ö=100 % + \r\n🙂".to_owned()),
            (String::new(), String::new()),
        ];
        assert_eq!(fields(encoded(&all).as_bytes()).as_deref(), Some(&all[..]));
    }
}
