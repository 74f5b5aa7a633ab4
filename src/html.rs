//! HTML as it is written: its tags, one after the other, with the bytes of their attributes.
//!
//! Takes an author's HTML or a finished page; gives just enough to find the addresses in it and to change one. Any text is
//! read to its end.

use std::ops::Range;

/// A tag as it stands in a page.
#[derive(Clone, Debug)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Whether it ends an element.
    pub closing: bool,
    /// Its bytes, from `<` to after `>`.
    pub span: Range<usize>,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
#[derive(Clone, Debug)]
pub struct Attribute<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Its value as written, without quotation marks and with its entities.
    pub value: &'a str,
    /// Bytes of the value.
    pub span: Range<usize>,
}

impl<'a> Tag<'a> {
    /// Whether it begins an element of this name.
    #[must_use]
    pub fn opens(&self, name: &str) -> bool {
        !self.closing && self.name.eq_ignore_ascii_case(name)
    }

    /// The attribute of this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// Whether the attribute holds this word among others.
    #[must_use]
    pub fn has_word(&self, name: &str, word: &str) -> bool {
        self.attribute(name).is_some_and(|attribute| {
            attribute
                .value
                .split_ascii_whitespace()
                .any(|other| other.eq_ignore_ascii_case(word))
        })
    }
}

/// All tags of a page; what stands in comments, scripts and styles is none.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    tags_named(html, |_| true)
}

/// The tags of a page whose names are wanted: the others, of which a page has thousands, are passed over unread.
pub fn tags_named(html: &str, is_wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += html.get(at..)?.find('<')?;
            let rest = &html[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                at += 4 + comment.find("-->")? + 3;
                continue;
            }
            let name = name_at(html, at + 1);
            let raw = RAW_TEXT.into_iter().find(|raw| raw.eq_ignore_ascii_case(name));
            if raw.is_none() && !is_wanted(name) {
                at += 1 + name.len();
                continue;
            }
            let Some(tag) = tag_at(html, at) else {
                at += 1;
                continue;
            };
            at = tag.span.end;
            if let Some(raw) = raw.filter(|_| !tag.closing) {
                at += until_end_of(&html[at..], raw);
            }
            if is_wanted(tag.name) {
                return Some(tag);
            }
        }
    })
}

/// Elements whose text is no HTML.
const RAW_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// The letters and digits that stand here, which begin the name of a tag.
fn name_at(html: &str, start: usize) -> &str {
    let rest = &html[start..];
    let length = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric());
    &rest[..length.unwrap_or(rest.len())]
}

/// Bytes before the end tag of this name; all of the text when there is none.
fn until_end_of(text: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        text.get(at + 2..at + 2 + name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(ends)
        .unwrap_or(text.len())
}

/// The tag that begins here, if one does and it ends.
fn tag_at(html: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let while_not = |from: usize, stops: &[u8]| {
        let stop = |byte: &u8| byte.is_ascii_whitespace() || stops.contains(byte);
        bytes[from..]
            .iter()
            .position(stop)
            .map_or(bytes.len(), |length| from + length)
    };
    let mut at = while_not(name_start, b"/>");
    let mut tag = Tag {
        name: &html[name_start..at],
        closing,
        span: start..start,
        attributes: Vec::new(),
    };
    loop {
        at += bytes[at..]
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
        if bytes[at] == b'>' {
            tag.span.end = at + 1;
            return Some(tag);
        }
        // An equals sign in front belongs to the name, as browsers read it.
        let name_end = while_not(at + 1, b"=/>");
        let name = html.get(at..name_end)?;
        at = name_end + bytes[name_end..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let mut span = name_end..name_end;
        if bytes[at] == b'=' {
            at += 1 + bytes[at + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
            span = match bytes[at] {
                quote @ (b'"' | b'\'') => at + 1..at + 1 + bytes[at + 1..].iter().position(|byte| *byte == quote)?,
                _ => at..while_not(at, b">"),
            };
            at = span.end + usize::from(matches!(bytes[at], b'"' | b'\''));
        }
        tag.attributes.push(Attribute {
            name,
            value: html.get(span.clone())?,
            span,
        });
    }
}

/// A path with its percent escapes undone.
pub(crate) fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = path
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_and_their_attributes_are_found() {
        let html =
            "<!doctype html><p class=a id='b' hidden>x < y<br/><!-- <i> --><script>'<b>'</script><A HREF=\"c d\" >";
        let found: Vec<String> = tags(html)
            .map(|tag| {
                let attributes: Vec<String> = tag
                    .attributes
                    .iter()
                    .map(|it| format!("{}={}", it.name, it.value))
                    .collect();
                format!(
                    "{}{} {}",
                    if tag.closing { "/" } else { "" },
                    tag.name,
                    attributes.join(",")
                )
            })
            .collect();
        assert_eq!(
            found,
            ["p class=a,id=b,hidden=", "br ", "script ", "/script ", "A HREF=c d"]
        );
    }

    #[test]
    fn places_are_those_of_the_text() {
        let html = "å<link rel=canonical href='x'>";
        let tag = tags(html).next().unwrap();
        assert_eq!(&html[tag.span.clone()], "<link rel=canonical href='x'>");
        assert_eq!(&html[tag.attribute("href").unwrap().span.clone()], "x");
        assert!(tag.has_word("rel", "canonical"));
    }

    #[test]
    fn whatever_the_text_is_it_is_read_to_its_end() {
        let whole = "<!-- x --><p a='å' b=c d></p><script>x</script><é><p =x>";
        for start in 0..whole.len() {
            for end in start..=whole.len() {
                if let Some(part) = whole.get(start..end) {
                    let _ = tags(part).count();
                }
            }
        }
    }
}
