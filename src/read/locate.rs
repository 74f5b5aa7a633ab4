//! Findings → findings with the bytes at which authors should look.
//!
//! While a site is read, places are pointers into YAML or bytes of a table. Here they are followed, only in files that have
//! findings, by a second parse ([`super::outline`]). Cells of workbooks are given without their text, and so are places among
//! answers: what respondents have written is told to nobody, since findings are printed in logs that many read.

use super::{outline::Outline, table};
use crate::finding::{Argument, Finding, print};
use crate::source::{At, FilePath, Origin, Snapshot, SourceFile};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Findings with their places as bytes; the files that have none are not looked at again.
#[must_use]
pub fn locate(findings: Vec<Finding>, snapshot: &Snapshot) -> Vec<print::Located> {
    let mut texts: BTreeMap<FilePath, Arc<str>> = BTreeMap::new();
    let mut outlines: BTreeMap<(FilePath, Option<(usize, usize)>), Outline> = BTreeMap::new();
    let mut place = |origin: &Origin, is_withheld: bool| {
        let path = print::shown_path(snapshot, &origin.file);
        if let At::Cell(row, column) = origin.at {
            return blank_place(path, row, column);
        }
        let text = texts
            .entry(origin.file.clone())
            .or_insert_with(|| excerpt_text(snapshot.find(&origin.file)))
            .clone();
        let (start, end) = origin.block.unwrap_or((0, text.len()));
        let span = match &origin.at {
            At::Span(start, end) => *start..*end,
            At::Whole => start..start,
            at => {
                let key = (origin.file.clone(), origin.block);
                let outline = outlines
                    .entry(key)
                    .or_insert_with(|| Outline::of(text.get(start..end).unwrap_or_default()));
                let span = outline.find(at);
                let span = start + span.start..start + span.end;
                let begin = match at {
                    // Where quotation marks are escaped it reads otherwise.
                    At::Within(_, words) => text
                        .get(span.clone())
                        .and_then(|value| Some((value.find(words)?, words))),
                    _ => None,
                };
                begin.map_or(span.clone(), |(begin, words)| {
                    span.start + begin..span.start + begin + words.len()
                })
            }
        };
        let span = first_line(&text, span);
        let place = print::Place { path, text, span };
        if is_withheld && matches!(origin.at, At::Whole) {
            return print::Place {
                span: 0..0,
                text: "".into(),
                ..place
            };
        }
        if is_withheld && !place.text.is_empty() {
            let (line, column) = place.line_column();
            return blank_place(place.path, line, column);
        }
        place
    };
    findings
        .into_iter()
        .map(|mut finding| {
            let place_file = finding.origin.as_ref().map(|origin| &origin.file);
            let is_withheld = place_file.is_some_and(|file| snapshot.holds_answers(file));
            if is_withheld {
                withhold_words(&mut finding);
            }
            print::Located {
                place: finding.origin.as_ref().map(|origin| place(origin, is_withheld)),
                other: finding.other.as_ref().map(|origin| place(origin, is_withheld)),
                finding,
            }
        })
        .collect()
}

/// What takes the place of words that are withheld.
const WITHHELD: &str = "…";

/// Withholds what a finding quotes of the file it is about. Findings that are about answers alone quote only ids, which a human
/// needs to find the answer.
fn withhold_words(finding: &mut Finding) {
    let quotes_only_ids = ["answers/", "import/", "unknown/"]
        .iter()
        .any(|category| finding.code.name().starts_with(category));
    if quotes_only_ids {
        return;
    }
    // A suggestion may be the value itself, written in another way.
    finding.arguments.retain(|(name, _)| *name != "near");
    for (name, argument) in &mut finding.arguments {
        let is_of_program = matches!(*name, "expected" | "known" | "more");
        let is_count = |text: &str| *name != "value" && text.parse::<usize>().is_ok();
        if let Argument::Text(text) = argument
            && !is_of_program
            && !is_count(text)
        {
            WITHHELD.clone_into(text);
        }
    }
}

/// A place in text that is not shown.
fn blank_place(path: String, line: usize, column: usize) -> print::Place {
    let text = "\n".repeat(line.saturating_sub(1)) + &" ".repeat(column);
    let end = text.len();
    print::Place {
        path,
        span: end.saturating_sub(1)..end,
        text: text.into(),
    }
}

/// A file's text for an excerpt; what is not UTF-8 is shown as if it were Windows-1252.
fn excerpt_text(file: Option<&SourceFile>) -> Arc<str> {
    let Some(file) = file else { return "".into() };
    match file.text() {
        Err(at) if !file.path.ends_with(".csv") => {
            let (valid, rest) = file.bytes.split_at(at);
            (table::decode(valid).into_owned() + &table::decode(rest)).into()
        }
        _ => table::decode(&file.bytes).into(),
    }
}

/// The part of the span that lies on its first line and on character boundaries of the text.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary(span.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..boundary(span.end).clamp(start, line_end)
}
