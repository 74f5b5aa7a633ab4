//! A small tree for the SVG ECharts writes: read, changed, written again.
//!
//! Takes well-formed markup without entities of its own; keeps text and attribute values escaped as they came. Leaves out
//! comments, CDATA, declarations and the white space between elements. It is no general XML reader.

use std::fmt::Write as _;

/// An element, or, with an empty name, nothing but text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    /// Tag.
    pub(crate) name: String,
    /// Attributes in order, values escaped.
    pub(crate) attrs: Vec<(String, String)>,
    /// Elements inside.
    pub(crate) kids: Vec<Node>,
    /// Text inside, escaped.
    pub(crate) text: String,
}

impl Node {
    /// An element without content.
    pub(crate) fn new(name: &str) -> Node {
        Node {
            name: name.to_owned(),
            ..Node::default()
        }
    }

    /// An attribute's value.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// An attribute's value as a number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.attr(name)?.trim_end_matches("px").parse().ok()
    }

    /// Sets or replaces an attribute.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attrs.iter_mut().find(|(known, _)| known == name) {
            Some((_, place)) => *place = value,
            None => self.attrs.push((name.to_owned(), value)),
        }
    }

    /// Takes an attribute out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.attrs.iter().position(|(known, _)| known == name)?;
        Some(self.attrs.remove(at).1)
    }

    /// Writes the element and all in it.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attrs {
            // Writing to a string cannot fail.
            let _ = write!(out, " {name}=\"{value}\"");
        }
        if self.kids.is_empty() && self.text.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        out.push_str(&self.text);
        for kid in &self.kids {
            kid.write(out);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

/// Reads markup; `None` where it is not well formed.
pub(crate) fn read(markup: &str) -> Option<Node> {
    let mut open: Vec<Node> = Vec::new();
    let mut rest = markup;
    loop {
        let start = rest.find('<')?;
        if let Some(node) = open.last_mut() {
            node.text.push_str(rest[..start].trim_matches(['\n', '\r', '\t']));
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
                Some(parent) => parent.kids.push(done),
                None => return Some(done),
            }
        } else {
            let (node, closed, after) = open_tag(rest)?;
            rest = after;
            match (closed, open.last_mut()) {
                (false, _) => open.push(node),
                (true, Some(parent)) => parent.kids.push(node),
                (true, None) => return Some(node),
            }
        }
    }
}

/// Reads `<name a="b" …>`; says whether it closed itself, and what comes after.
fn open_tag(from: &str) -> Option<(Node, bool, &str)> {
    let mut rest = from.get(1..)?;
    let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')?;
    let mut node = Node::new(&rest[..end]);
    rest = &rest[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((node, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((node, false, after));
        }
        let equals = rest.find("=\"")?;
        let name = &rest[..equals];
        let value = &rest[equals + 2..];
        let quote = value.find('"')?;
        node.attrs.push((name.to_owned(), value[..quote].to_owned()));
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
        let mut out = String::new();
        read(markup).expect("well formed").write(&mut out);
        assert_eq!(out, markup);
        assert_eq!(read("<svg><g></svg"), None);
    }
}
