//! A line of Markdown in a data file.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// A line of Markdown without its marks: for what shows no HTML, such as feeds.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => out.push(' '),
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

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
