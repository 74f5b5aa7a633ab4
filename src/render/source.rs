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
        let key = (source.publisher.in_language(standpoint.code()), source.title.in_language(standpoint.code()));
        if seen.contains(&key) || key.0.is_empty() {
            continue;
        }
        seen.push(key);
        html.push(html_of(standpoint, source));
        plain.push(plain_of(standpoint, source));
    }
    SourceLine { html: html.join(" "), plain: plain.join(" ") }
}

/// One source as HTML, its title linked when it has an address.
pub(crate) fn html_of(standpoint: Standpoint<'_>, source: &Source) -> String {
    let code = standpoint.code();
    let title = escape(source.title.in_language(code));
    let title = if source.url.is_empty() || title.is_empty() { title } else { format!("<a href=\"{}\">{title}</a>", escape(&source.url)) };
    sentence(standpoint, source, &escape(source.publisher.in_language(code)), &title, |text| escape(text))
}

/// One source as HTML, for a view.
pub(crate) fn view(standpoint: Standpoint<'_>, source: &Source) -> Html {
    Html(html_of(standpoint, source))
}

fn plain_of(standpoint: Standpoint<'_>, source: &Source) -> String {
    let code = standpoint.code();
    sentence(standpoint, source, source.publisher.in_language(code), source.title.in_language(code), ToOwned::to_owned)
}

fn sentence(standpoint: Standpoint<'_>, source: &Source, publisher: &str, title: &str, write: fn(&str) -> String) -> String {
    let processing = source.processing.in_language(standpoint.code());
    let named = if title.is_empty() { publisher.to_owned() } else { format!("{publisher}, {title}") };
    let path = if processing.is_empty() { "sentence.source" } else { "sentence.source_processed" };
    let processing = write(processing.trim_end_matches('.'));
    standpoint.fill(path, &[("source", named.trim_end_matches('.')), ("processing", &processing)])
}
