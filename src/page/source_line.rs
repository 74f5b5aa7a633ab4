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

/// "Källa: Skolverket, title. Bearbetning: …" for the indicators shown, each source once.
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
        html.push(html_of(page, source));
        plain.push(plain_of(page, source));
    }
    SourceLine {
        html: html.join(" "),
        plain: plain.join(" "),
    }
}

/// One source as HTML, its title linked when it has an address.
fn html_of(page: PageContext<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(page, source);
    sentence(page, source, &publisher, &title, escape)
}

/// The same for a place that is already headed "Källa".
pub(crate) fn unlabelled(page: PageContext<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(page, source);
    written(
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
    Html(html_of(page, source))
}

fn marked_up(page: PageContext<'_>, source: &Source) -> (String, String) {
    let code = page.code();
    let title = escape(source.title.in_language(code));
    let title = if source.url.is_empty() || title.is_empty() {
        title
    } else {
        format!("<a href=\"{}\">{title}</a>", escape(&source.url))
    };
    (escape(source.publisher.in_language(code)), title)
}

fn plain_of(page: PageContext<'_>, source: &Source) -> String {
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
    written(
        page,
        source,
        ["sentence.source", "sentence.source_processed"],
        publisher,
        title,
        write,
    )
}

/// The source in one of two words: as published, or worked on since.
fn written(
    page: PageContext<'_>,
    source: &Source,
    words: [&str; 2],
    publisher: &str,
    title: &str,
    write: fn(&str) -> String,
) -> String {
    let processing = source.processing.in_language(page.code());
    let named: Vec<&str> = [publisher, title].into_iter().filter(|text| !text.is_empty()).collect();
    let named = named.join(", ");
    if named.is_empty() {
        return String::new();
    }
    let processing = write(processing.trim_end_matches('.'));
    let path = words[usize::from(!processing.is_empty())];
    page.fill(
        path,
        &[("source", named.trim_end_matches('.')), ("processing", &processing)],
    )
}
