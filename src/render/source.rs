//! The source line under figures.

use super::report::Standpoint;
use super::view::Html;
use crate::model::{Indicator, Source};
use crate::theme::escape;

/// A source line, as HTML and as plain text.
pub(crate) struct SourceLine {
    pub(crate) html: String,
    pub(crate) plain: String,
}

/// "Källa: Skolverket, title. Bearbetning: …" for the indicators shown, each source once.
pub(crate) fn line(standpoint: Standpoint<'_>, indicators: &[&Indicator]) -> SourceLine {
    let mut html: Vec<String> = Vec::new();
    let mut plain: Vec<String> = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for indicator in indicators {
        let source = &indicator.source;
        let key = (
            source.publisher.in_language(standpoint.code()),
            source.title.in_language(standpoint.code()),
        );
        if seen.contains(&key) || key.0.is_empty() {
            continue;
        }
        seen.push(key);
        html.push(html_of(standpoint, source));
        plain.push(plain_of(standpoint, source));
    }
    SourceLine {
        html: html.join(" "),
        plain: plain.join(" "),
    }
}

/// One source as HTML, its title linked when it has an address.
fn html_of(standpoint: Standpoint<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(standpoint, source);
    sentence(standpoint, source, &publisher, &title, escape)
}

/// The same for a place that is already headed "Källa".
pub(crate) fn unlabelled(standpoint: Standpoint<'_>, source: &Source) -> String {
    let (publisher, title) = marked_up(standpoint, source);
    written(
        standpoint,
        source,
        ["sentence.source_alone", "sentence.source_alone_processed"],
        &publisher,
        &title,
        escape,
    )
}

/// One source as HTML, for a view.
pub(crate) fn view(standpoint: Standpoint<'_>, source: &Source) -> Html {
    Html(html_of(standpoint, source))
}

fn marked_up(standpoint: Standpoint<'_>, source: &Source) -> (String, String) {
    let code = standpoint.code();
    let title = escape(source.title.in_language(code));
    let title = if source.url.is_empty() || title.is_empty() {
        title
    } else {
        format!("<a href=\"{}\">{title}</a>", escape(&source.url))
    };
    (escape(source.publisher.in_language(code)), title)
}

fn plain_of(standpoint: Standpoint<'_>, source: &Source) -> String {
    let code = standpoint.code();
    sentence(
        standpoint,
        source,
        source.publisher.in_language(code),
        source.title.in_language(code),
        ToOwned::to_owned,
    )
}

fn sentence(
    standpoint: Standpoint<'_>,
    source: &Source,
    publisher: &str,
    title: &str,
    write: fn(&str) -> String,
) -> String {
    written(
        standpoint,
        source,
        ["sentence.source", "sentence.source_processed"],
        publisher,
        title,
        write,
    )
}

/// The source in one of two words: as published, or worked on since.
fn written(
    standpoint: Standpoint<'_>,
    source: &Source,
    words: [&str; 2],
    publisher: &str,
    title: &str,
    write: fn(&str) -> String,
) -> String {
    let processing = source.processing.in_language(standpoint.code());
    let named: Vec<&str> = [publisher, title].into_iter().filter(|text| !text.is_empty()).collect();
    let named = named.join(", ");
    if named.is_empty() {
        return String::new();
    }
    let processing = write(processing.trim_end_matches('.'));
    let path = words[usize::from(!processing.is_empty())];
    standpoint.fill(
        path,
        &[("source", named.trim_end_matches('.')), ("processing", &processing)],
    )
}
