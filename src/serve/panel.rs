//! What is wrong with the input, as data for the panel in the page.
//!
//! Takes findings whose places have been looked up; gives JSON: the words of the panel, and for each finding what is wrong,
//! where, the lines there with the place marked, and what to do. Text stays text: the script never reads it as markup.

use crate::finding::print::{Located, Place, summary};
use crate::finding::{Messages, Severity, message};
use serde_json::{Value, json};

/// Findings that are shown; the count tells how many there are.
const MOST: usize = 50;
/// Lines of an excerpt.
const LINES: usize = 6;
/// Characters shown on each side of a place in a long line.
const AROUND: usize = 80;

/// The contents of the panel.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub(super) value: Value,
}

impl Panel {
    /// The panel for these findings in the language of these messages. `stale`: the page below is older than they are.
    #[must_use]
    pub fn of(located: &[Located], messages: &Messages, stale: bool) -> Self {
        let is_error = |it: &&Located| it.finding.severity == Severity::Error;
        // Errors first: they are why nothing changes.
        let sorted = located
            .iter()
            .filter(is_error)
            .chain(located.iter().filter(|it| !is_error(it)));
        let findings: Vec<Value> = sorted.take(MOST).map(|it| entry(it, messages)).collect();
        let stale = if stale {
            messages.text(&message::preview_stale())
        } else {
            String::new()
        };
        let value = json!({
            "language": messages.text(&message::preview_language()),
            "errors": located.iter().filter(is_error).count(),
            "count": summary(located, messages),
            "key": blake3::hash(json!(findings).to_string().as_bytes()).to_hex()[..16],
            "findings": findings,
            "words": {
                "name": messages.text(&message::preview_name()),
                "close": messages.text(&message::preview_close()),
                "show": messages.text(&message::preview_show()),
                "hide": messages.text(&message::preview_hide()),
                "stale": stale,
                "lost": messages.text(&message::preview_lost()),
                "help": messages.text(&message::help()),
            },
        });
        Self { value }
    }
}

fn entry(located: &Located, messages: &Messages) -> Value {
    let finding = &located.finding;
    let (severity, name) = match finding.severity {
        Severity::Error => ("error", message::error()),
        Severity::Warning => ("warning", message::warning()),
    };
    json!({
        "severity": severity,
        "name": messages.text(&name),
        "code": finding.code.name(),
        "headline": messages.headline(finding),
        "label": messages.label(finding),
        "more": messages.more(finding),
        "help": messages.help(finding),
        "place": located.place.as_ref().map(where_it_is),
        "excerpt": located.place.as_ref().map(excerpt).unwrap_or_default(),
    })
}

/// `content/om.md:3:14`, or the file alone when all of it is meant.
fn where_it_is(place: &Place) -> String {
    if place.span.end == 0 {
        return place.path.clone();
    }
    let (line, column) = place.line_column();
    format!("{}:{line}:{column}", place.path)
}

/// The lines of a place: number, text before it, the place itself, text after it.
fn excerpt(place: &Place) -> Vec<Value> {
    if place.text.is_empty() || place.span.end == 0 {
        return Vec::new();
    }
    let (first, _) = place.line_column();
    let mut begun = place.text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let mut lines = Vec::new();
    for (line, number) in place.text[begun..].split_inclusive('\n').zip(first..).take(LINES) {
        if number > first && begun >= place.span.end {
            break;
        }
        let shown = line.trim_end_matches(['\n', '\r']);
        let within = |at: usize| at.saturating_sub(begun).min(shown.len());
        let (start, end) = (within(place.span.start), within(place.span.end));
        let before = cut(&shown[..start], true);
        let marked = cut(&shown[start..end], false);
        lines.push(json!([number, before, marked, cut(&shown[end..], false)]));
        begun += line.len();
    }
    lines
}

/// The end (or the beginning) of a text that is too long to be shown.
fn cut(text: &str, end: bool) -> String {
    let length = text.chars().count();
    if length <= 2 * AROUND {
        return text.to_owned();
    }
    if end {
        format!("…{}", text.chars().skip(length - AROUND).collect::<String>())
    } else {
        format!("{}…", text.chars().take(AROUND).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, span: std::ops::Range<usize>) -> Place {
        Place {
            path: "content/om.md".into(),
            text: text.into(),
            span,
        }
    }

    #[test]
    fn an_excerpt_marks_the_place() {
        let place = place("ett\ntvå ord\ntre\n", 9..12);
        assert_eq!(excerpt(&place), [json!([2, "två ", "ord", ""])]);
        assert_eq!(where_it_is(&place), "content/om.md:2:5");
    }

    #[test]
    fn an_excerpt_over_several_lines_ends_with_the_place() {
        let expected = [json!([1, "e", "tt", ""]), json!([2, "", "tv", "å"])];
        assert_eq!(excerpt(&place("ett\r\ntvå\ntre", 1..7)), expected);
    }

    #[test]
    fn a_long_line_is_cut_to_where_the_place_is() {
        let text = format!("{}ord{}", "å".repeat(500), "ä".repeat(500));
        let lines = excerpt(&place(&text, 1000..1003));
        assert_eq!(
            lines,
            [json!([
                1,
                format!("…{}", "å".repeat(80)),
                "ord",
                format!("{}…", "ä".repeat(80))
            ])]
        );
    }

    #[test]
    fn a_file_as_a_whole_has_no_excerpt() {
        assert_eq!(excerpt(&place("ett", 0..0)), Vec::<Value>::new());
        assert_eq!(where_it_is(&place("ett", 0..0)), "content/om.md");
    }
}
