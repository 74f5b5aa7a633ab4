//! Headings: their anchors and the page's contents.

use crate::page::view::Heading;
use crate::read::anchor;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::collections::BTreeSet;

/// Headings of a page, each with an anchor of its own.
#[derive(Default)]
pub(super) struct Headings {
    open: Option<(usize, HeadingLevel, Option<String>)>,
    taken: BTreeSet<String>,
}

impl Headings {
    /// A heading begins with the event of this position.
    pub(super) fn open(&mut self, at: usize, level: HeadingLevel, id: Option<String>) {
        self.open = Some((at, level, id));
    }

    /// The heading's events are complete: gives it an anchor. Figures are no part of it, or the address would change with the data.
    pub(super) fn close(&mut self, events: &mut [Event<'_>]) -> Option<Heading> {
        let (at, level, written) = self.open.take()?;
        let title: String = events[at..]
            .iter()
            .map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.to_string(),
                Event::InlineHtml(markup) => without_tags(markup),
                _ => String::new(),
            })
            .collect();
        let lasting = events[at..].iter().filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(&**text),
            _ => None,
        });
        let own = written.unwrap_or_else(|| anchor(&lasting.collect::<String>()));
        let id = self.free(if own.is_empty() { "avsnitt".to_owned() } else { own });
        if let Event::Start(Tag::Heading { id: slot, .. }) = &mut events[at] {
            *slot = Some(id.clone().into());
        }
        Some(Heading {
            id,
            title,
            level: level as u8,
        })
    }

    fn free(&mut self, wanted: String) -> String {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|id| !self.taken.contains(id))
            .unwrap_or(wanted);
        self.taken.insert(free.clone());
        free
    }
}

/// The text of a bit of markup that we made ourselves.
fn without_tags(markup: &str) -> String {
    let mut inside = false;
    let text: String = markup
        .chars()
        .filter(|c| {
            inside = (inside || *c == '<') && *c != '>';
            !inside && *c != '>'
        })
        .collect();
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
}
