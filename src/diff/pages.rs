//! Pages and files that are new, gone or different.
//!
//! Takes the outputs of two builds; gives addresses. Bytes are compared, and of a page that differs also its text, so that a
//! new stylesheet is not taken for a new text.

use crate::page::Output;
use std::collections::BTreeMap;
use std::path::Path;

/// The difference between two trees of outputs, by address.
#[derive(Debug, Default)]
pub struct Pages {
    /// Pages that only the new site has.
    pub added: Vec<String>,
    /// Pages that only the old site has; links to them from elsewhere lead nowhere.
    pub removed: Vec<String>,
    /// Pages that differ.
    pub changed: Vec<ChangedPage>,
    /// Other files that only the new site has.
    pub files_added: Vec<String>,
    /// Other files that only the old site has.
    pub files_removed: Vec<String>,
    /// Other files that differ.
    pub files_changed: Vec<String>,
}

/// A page that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPage {
    /// Its address.
    pub route: String,
    /// Whether its words or numbers differ; else only the markup around them.
    pub text: bool,
}

impl Pages {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            added,
            removed,
            changed,
            files_added,
            files_removed,
            files_changed,
        } = self;
        changed.is_empty()
            && [added, removed, files_added, files_removed, files_changed]
                .iter()
                .all(|list| list.is_empty())
    }
}

pub(super) fn changes(old: &[Output], new: &[Output]) -> Pages {
    let mut before: BTreeMap<&str, &[u8]> = old
        .iter()
        .map(|output| (output.route.as_str(), &*output.bytes))
        .collect();
    let mut pages = Pages::default();
    for output in new {
        let route = output.route.clone();
        match (before.remove(output.route.as_str()), is_page(&route)) {
            (Some(bytes), _) if *bytes == *output.bytes => {}
            (Some(bytes), true) => {
                let text = text_of(bytes) != text_of(&output.bytes);
                pages.changed.push(ChangedPage { route, text });
            }
            (Some(_), false) => pages.files_changed.push(route),
            (None, true) => pages.added.push(route),
            (None, false) => pages.files_added.push(route),
        }
    }
    for route in before.into_keys() {
        let list = if is_page(route) {
            &mut pages.removed
        } else {
            &mut pages.files_removed
        };
        list.push(route.to_owned());
    }
    pages
}

fn is_page(route: &str) -> bool {
    Path::new(route).extension().is_some_and(|ending| ending == "html")
}

/// The text between the tags of a page that this program made, without white space.
fn text_of(page: &[u8]) -> Vec<u8> {
    let mut within = false;
    let outside = page.iter().filter(|byte| {
        let was = within;
        match byte {
            b'<' => within = true,
            b'>' => within = false,
            _ => {}
        }
        !was && !within
    });
    outside.copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(files: &[(&str, &str)]) -> Vec<Output> {
        files
            .iter()
            .map(|(route, text)| Output {
                route: (*route).to_owned(),
                bytes: text.as_bytes().into(),
            })
            .collect()
    }

    #[test]
    fn another_stylesheet_is_not_another_text() {
        let old = outputs(&[
            ("a.html", "<p class=x>Hej</p>"),
            ("b.html", "<p>Hej</p>"),
            ("c.css", ""),
        ]);
        let new = outputs(&[
            ("a.html", "<p class=y>Hej</p>"),
            ("b.html", "<p>Nej</p>"),
            ("d.css", ""),
        ]);
        let pages = changes(&old, &new);
        let changed: Vec<(&str, bool)> = pages
            .changed
            .iter()
            .map(|page| (page.route.as_str(), page.text))
            .collect();
        assert_eq!(changed, [("a.html", false), ("b.html", true)]);
        assert_eq!(
            (pages.files_added, pages.files_removed),
            (vec!["d.css".to_owned()], vec!["c.css".to_owned()])
        );
    }

    #[test]
    fn the_same_is_no_difference() {
        let old = outputs(&[("a.html", "<p>Hej</p>")]);
        assert!(changes(&old, &old).is_empty());
    }
}
