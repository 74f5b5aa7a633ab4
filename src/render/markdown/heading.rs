//! Headings: their anchors and the page's contents.

use crate::page::ids::UniqueIds;
use crate::page::view::Heading;
use crate::read::anchor;
use pulldown_cmark::{Event, HeadingLevel, Tag};

/// Gives each heading of a page an anchor of its own.
#[derive(Default)]
pub(super) struct HeadingAnchors {
    /// The heading that has begun: the position of its event, its level, and the id that the author wrote.
    open: Option<(usize, HeadingLevel, Option<String>)>,
    taken: UniqueIds,
}

impl HeadingAnchors {
    /// A heading begins with the event of this position.
    pub(super) fn open(&mut self, at: usize, level: HeadingLevel, id: Option<String>) {
        self.open = Some((at, level, id));
    }

    /// The heading with its anchor, when its events are complete. Figures are no part of an anchor: an address must not change
    /// with the data.
    pub(super) fn close(&mut self, events: &mut [Event<'_>]) -> Option<Heading> {
        let (at, level, author_id) = self.open.take()?;
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
        let wish = author_id.unwrap_or_else(|| anchor(&lasting.collect::<String>()));
        let id = self.taken.take(if wish.is_empty() { "avsnitt" } else { &wish });
        if let Event::Start(Tag::Heading { id: slot, .. }) = &mut events[at] {
            *slot = Some(id.clone().into());
        }
        Some(Heading {
            id,
            title,
            level: level as u8,
        })
    }
}

/// The text of markup of our own, which has no other entities than these.
pub(super) fn without_tags(markup: &str) -> String {
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
