//! HTML of our own among the events of a narrative.

use pulldown_cmark::Event;

/// HTML that stands between blocks.
pub(super) fn block_html<'a>(html: String) -> Event<'a> {
    Event::Html(html.into())
}

/// HTML within running text.
pub(super) fn inline_html<'a>(html: String) -> Event<'a> {
    Event::InlineHtml(html.into())
}
