//! Markdown without expressions: a line in a data file, a section of a draft.

use crate::read::leads_out;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

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
    let mut out = String::new();
    html::push_html(
        &mut out,
        harmless(Parser::new(text))
            .filter(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))),
    );
    out
}

/// Markdown of a data file: markup stands as the text it is, a picture as its description, and a link that does not lead out of
/// the site as its words.
fn harmless<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut links = Vec::new();
    events.filter_map(move |event| match event {
        Event::Html(markup) | Event::InlineHtml(markup) => Some(Event::Text(markup)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link {
            link_type,
            ref dest_url,
            ..
        }) => {
            let is_kept = leads_out(link_type, dest_url);
            links.push(is_kept);
            is_kept.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().is_some_and(|is_kept| is_kept).then_some(event),
        event => Some(event),
    })
}

/// Several paragraphs of Markdown as HTML. Markup stands as the text it is, and a picture as its description.
pub(crate) fn block(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, harmless(Parser::new_ext(text, Options::ENABLE_TABLES)));
    out
}

/// The words of each paragraph, item and row of Markdown, without marks.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let (mut all, mut words) = (Vec::new(), String::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::TableCell) => words.push_str(" | "),
            Event::Start(Tag::List(_) | Tag::Item)
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => all.push(std::mem::take(&mut words)),
            _ => {}
        }
    }
    all.push(words);
    let trimmed = all.iter().map(|words| words.trim_end_matches(" | ").trim());
    trimmed.filter(|words| !words.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{block, inline, paragraphs};

    #[test]
    fn markup_in_a_draft_is_text() {
        assert_eq!(
            block("a <script>b</script>"),
            "<p>a &lt;script&gt;b&lt;/script&gt;</p>\n"
        );
    }

    #[test]
    fn links_lead_out_of_the_site_or_are_words() {
        assert_eq!(
            inline("[a](https://b.se) [c](javascript:d)"),
            "<a href=\"https://b.se\">a</a> c"
        );
        assert_eq!(inline("<javascript:a> ![b](c.png)"), "javascript:a b");
        assert_eq!(inline("<a@b.se>"), "<a href=\"mailto:a@b.se\">a@b.se</a>");
    }

    #[test]
    fn words_are_parted_by_paragraph_item_and_row() {
        let text = "Ett *två*\ntre.\n\n- a\n- b\n  - c\n\n| h | i |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(paragraphs(text), ["Ett två tre.", "a", "b", "c", "h | i", "1 | 2"]);
    }
}
