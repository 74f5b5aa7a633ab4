//! E-mail addresses as links that open a letter, with its subject.

use crate::theme::escape;
use std::fmt::Write;

/// The address of a link that opens a letter; an empty subject is left out.
pub(super) fn mailto(address: &str, subject: &str) -> String {
    if subject.is_empty() {
        format!("mailto:{address}")
    } else {
        format!("mailto:{address}?subject={}", percent_encoded(subject))
    }
}

/// A link that opens a letter and shows the address, as HTML.
pub(super) fn link(address: &str, subject: &str) -> String {
    format!(
        "<a href=\"{}\">{}</a>",
        escape(&mailto(address, subject)),
        escape(address)
    )
}

/// Text as part of an address (RFC 3986): all but unreserved characters are written by their bytes.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{link, mailto};

    #[test]
    fn a_subject_is_no_part_of_the_address() {
        assert_eq!(
            mailto("a@example.se", "RS 2026/123 å&b"),
            "mailto:a@example.se?subject=RS%202026%2F123%20%C3%A5%26b"
        );
    }

    #[test]
    fn a_link_without_a_subject_is_the_address_alone() {
        assert_eq!(
            link("a@example.se", ""),
            r#"<a href="mailto:a@example.se">a@example.se</a>"#
        );
    }
}
