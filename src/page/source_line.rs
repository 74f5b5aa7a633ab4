//! The source line under figures.

use crate::model::{Indicator, Source};
use crate::page::context::PageContext;
use crate::page::view::Html;
use crate::theme::escape;

/// A source line, as HTML and as plain text.
pub(crate) struct SourceLine {
    pub(crate) html: String,
    pub(crate) plain: String,
}

/// "Källa: Skolverket, title. Bearbetning: …" for these indicators, each source once.
pub(crate) fn line(page: PageContext<'_>, indicators: &[&Indicator]) -> SourceLine {
    let mut html: Vec<String> = Vec::new();
    let mut plain: Vec<String> = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for indicator in indicators {
        let source = &indicator.source;
        let key = (
            source.publisher.in_language(page.code()),
            source.title.in_language(page.code()),
        );
        if seen.contains(&key) || key.0.is_empty() {
            continue;
        }
        seen.push(key);
        html.push(labelled_html(page, source));
        plain.push(labelled_text(page, source));
    }
    SourceLine {
        html: html.join(" "),
        plain: plain.join(" "),
    }
}

/// One source as HTML, its title linked when it has an address.
fn labelled_html(page: PageContext<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(page, source);
    sentence(page, source, &publisher, &title, escape)
}

/// One source as HTML without the word "Källa", for a list that has it as its label.
pub(crate) fn unlabelled(page: PageContext<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(page, source);
    fill_source(
        page,
        source,
        ["sentence.source_alone", "sentence.source_alone_processed"],
        &publisher,
        &title,
        escape,
    )
}

/// One source as HTML, for a view.
pub(crate) fn view(page: PageContext<'_>, source: &Source) -> Html {
    Html(labelled_html(page, source))
}

/// Publisher and title as HTML, the title linked when it has an address.
fn marked_up(page: PageContext<'_>, source: &Source) -> (String, String) {
    let code = page.code();
    let title = escape(source.title.in_language(code));
    let linked_title = if source.url.is_empty() || title.is_empty() {
        title
    } else {
        format!("<a href=\"{}\">{title}</a>", escape(&source.url))
    };
    (escape(source.publisher.in_language(code)), linked_title)
}

/// One source as plain text.
fn labelled_text(page: PageContext<'_>, source: &Source) -> String {
    let code = page.code();
    sentence(
        page,
        source,
        source.publisher.in_language(code),
        source.title.in_language(code),
        ToOwned::to_owned,
    )
}

fn sentence(page: PageContext<'_>, source: &Source, publisher: &str, title: &str, write: fn(&str) -> String) -> String {
    fill_source(
        page,
        source,
        ["sentence.source", "sentence.source_processed"],
        publisher,
        title,
        write,
    )
}

/// Fills one of two words: the first for figures as published, the second for figures that were processed since.
fn fill_source(
    page: PageContext<'_>,
    source: &Source,
    words: [&str; 2],
    publisher: &str,
    title: &str,
    write: fn(&str) -> String,
) -> String {
    let processing = source.processing.in_language(page.code());
    let names: Vec<&str> = [publisher, title].into_iter().filter(|text| !text.is_empty()).collect();
    let name = names.join(", ");
    if name.is_empty() {
        return String::new();
    }
    let processing = write(processing.trim_end_matches('.'));
    let path = words[usize::from(!processing.is_empty())];
    page.fill(
        path,
        &[("source", name.trim_end_matches('.')), ("processing", &processing)],
    )
}
