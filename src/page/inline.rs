//! A line of Markdown in a data file.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// One line of Markdown as HTML, without a paragraph around it: for texts in data files.
pub(crate) fn inline(text: &str) -> String {
    if !text.contains(['*', '_', '`', '[', '<', '&', '\\', '\n', '>']) {
        return text.to_owned();
    }
    let plain = Parser::new(text).map(|event| match event {
        // Data files hold text, not markup.
        Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
        event => event,
    });
    let mut out = String::new();
    html::push_html(
        &mut out,
        plain.filter(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))),
    );
    out
}
