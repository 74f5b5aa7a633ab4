//! Findings with an excerpt of the file, drawn by annotate-snippets.

use super::{Located, Place, summary};
use crate::finding::{Messages, Severity, message};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Lines longer than this are cut to the neighbourhood of the place, so that a minified file cannot flood the terminal.
const LONGEST_EXCERPT: usize = 2_000;

pub(super) fn print(findings: &[Located], messages: &Messages, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for located in findings {
        out.push_str(&renderer.render(&[group(located, messages)]));
        out.push_str("\n\n");
    }
    let closing = summary(findings, messages);
    if !closing.is_empty() {
        out.push_str(&closing);
        out.push('\n');
    }
    out
}

fn group<'a>(located: &'a Located, messages: &'a Messages) -> Group<'a> {
    let finding = &located.finding;
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, message::error()),
        Severity::Warning => (Level::WARNING, message::warning()),
    };
    let title = level
        .with_name(messages.text(&name))
        .primary_title(messages.headline(finding))
        .id(finding.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &located.place {
        let label = messages.label(finding);
        group = if place.text.is_empty() || (label.is_empty() && place.span.end == 0) {
            group.element(Origin::path(place.path.as_str()))
        } else {
            group.element(excerpt(place, AnnotationKind::Primary, label))
        };
    }
    if let Some(other) = &located.other {
        group = group.element(excerpt(
            other,
            AnnotationKind::Context,
            messages.text(&message::also_here()),
        ));
    }
    if let Some(more) = messages.more(finding) {
        group = group.element(Level::NOTE.with_name(messages.text(&message::note())).message(more));
    }
    match messages.help(finding) {
        Some(help) => group.element(Level::HELP.with_name(messages.text(&message::help())).message(help)),
        None => group,
    }
}

fn excerpt(place: &Place, kind: AnnotationKind, label: String) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let (line, _) = place.line_column();
    let start = place.text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = place.text[place.span.end..]
        .find('\n')
        .map_or(place.text.len(), |at| place.span.end + at);
    let (start, end) = if end - start > LONGEST_EXCERPT {
        (
            floor(&place.text, place.span.start.saturating_sub(80)).max(start),
            floor(&place.text, place.span.start + 200).min(end),
        )
    } else {
        (start, end)
    };
    // A carriage return ends the line as well; it would be drawn as a character.
    let end = end.max(start);
    let lines = place.text[start..end].trim_end_matches('\r');
    let end = start + lines.len();
    let span = place.span.start.min(end) - start..place.span.end.min(end) - start;
    let annotation = kind.span(span);
    let annotation = if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    };
    Snippet::source(lines)
        .line_start(line - lines_before(place, start))
        .path(place.path.as_str())
        .fold(false)
        .annotation(annotation)
}

/// Lines between the excerpt's first character and the place itself.
fn lines_before(place: &Place, start: usize) -> usize {
    place.text[start..place.span.start].matches('\n').count()
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
