//! Elements of SVG: those that ECharts writes, read and written again, and our own.
//!
//! Takes well-formed markup without entities of its own; keeps text and attribute values escaped as they came. Leaves out
//! comments, CDATA, declarations and the white space between elements. It is no general XML reader.

use std::fmt::Write as _;

/// An element. Texts are escaped as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// Tag.
    pub(crate) name: String,
    /// Names and values in order, values escaped.
    pub(crate) attributes: Vec<(String, String)>,
    /// Elements inside.
    pub(crate) children: Vec<Element>,
    /// Text inside, before all children, escaped.
    pub(crate) text: String,
}

impl Element {
    /// An element without content. Values are to be escaped already.
    pub(crate) fn new(name: &str, attributes: &[(&str, &str)]) -> Element {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Element {
            name: name.to_owned(),
            attributes: attributes.iter().map(owned).collect(),
            ..Element::default()
        }
    }

    /// The root of a drawing for a page, width and height in pixels.
    pub(crate) fn drawing(width: &str, height: &str) -> Element {
        let view_box = format!("0 0 {width} {height}");
        Element::new(
            "svg",
            &[
                ("class", "drawing"),
                ("viewBox", &view_box),
                ("width", width),
                ("height", height),
            ],
        )
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// An attribute's value as a number; a unit of `px` is left out.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.trim_end_matches("px").parse().ok()
    }

    /// Sets or replaces an attribute.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// Takes an attribute out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.attributes.iter().position(|(other, _)| other == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// The element and all in it as text.
    pub(crate) fn markup(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// Appends the element and all in it to a text.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            // Writing to a string cannot fail.
            let _ = write!(out, " {name}=\"{value}\"");
        }
        if self.children.is_empty() && self.text.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        out.push_str(&self.text);
        for child in &self.children {
            child.write(out);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

/// Reads markup; `None` where it is not well formed.
pub(crate) fn read(markup: &str) -> Option<Element> {
    let mut open: Vec<Element> = Vec::new();
    let mut rest = markup;
    loop {
        let start = rest.find('<')?;
        if let Some(element) = open.last_mut() {
            element.text.push_str(rest[..start].trim_matches(['\n', '\r', '\t']));
        }
        rest = &rest[start..];
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            rest = &inner[inner.find("]]>")? + 3..];
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = &rest[rest.find('>')? + 1..];
        } else if rest.starts_with("</") {
            rest = &rest[rest.find('>')? + 1..];
            let done = open.pop()?;
            match open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => return Some(done),
            }
        } else {
            let (element, closed, after) = open_tag(rest)?;
            rest = after;
            match (closed, open.last_mut()) {
                (false, _) => open.push(element),
                (true, Some(parent)) => parent.children.push(element),
                (true, None) => return Some(element),
            }
        }
    }
}

/// Reads `<name a="b" …>`; gives the element, whether it closed itself, and the text after.
fn open_tag(from: &str) -> Option<(Element, bool, &str)> {
    let mut rest = from.get(1..)?;
    let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')?;
    let mut element = Element::new(&rest[..end], &[]);
    rest = &rest[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((element, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((element, false, after));
        }
        let equals = rest.find("=\"")?;
        let name = &rest[..equals];
        let value = &rest[equals + 2..];
        let quote = value.find('"')?;
        element.attributes.push((name.to_owned(), value[..quote].to_owned()));
        rest = &value[quote + 1..];
    }
}

/// Text made safe for markup, inside and outside attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let markup = r#"<svg a="1"><g><path d="M0 0"/><text>å &lt; b</text></g></svg>"#;
        assert_eq!(read(markup).expect("well formed").markup(), markup);
        assert_eq!(read("<svg><g></svg"), None);
    }
}
