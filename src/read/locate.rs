//! Findings → findings with the bytes at which authors should look.
//!
//! While a site is read, places are pointers into YAML or bytes of a table. Here they are followed, only in files that have
//! findings, by a second parse ([`super::outline`]); cells of workbooks, lines of responses and invitation codes are given without their text.

use super::{outline::Outline, table};
use crate::finding::{Finding, print};
use crate::source::{At, FilePath, Origin, Snapshot, SourceFile};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Findings with their places as bytes; the files that have none are not looked at again.
#[must_use]
pub fn locate(findings: Vec<Finding>, snapshot: &Snapshot) -> Vec<print::Located> {
    let mut texts: BTreeMap<FilePath, Arc<str>> = BTreeMap::new();
    let mut outlines: BTreeMap<(FilePath, Option<(usize, usize)>), Outline> = BTreeMap::new();
    let mut place = |origin: &Origin| {
        if let Some(place) = place_without_text(origin, snapshot) {
            return place;
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
        print::Place {
            path: print::shown_path(snapshot, &origin.file),
            span: first_line(&text, span),
            text,
        }
    };
    findings
        .into_iter()
        .map(|finding| print::Located {
            place: finding.origin.as_ref().map(&mut place),
            other: finding.other.as_ref().map(&mut place),
            finding,
        })
        .collect()
}

/// A place in text that is not shown: a cell of a workbook, which is no text, or a line of responses or invitation codes,
/// since findings are printed in logs that others read.
fn place_without_text(origin: &Origin, snapshot: &Snapshot) -> Option<print::Place> {
    if let At::Cell(row, column) = origin.at {
        let text = "\n".repeat(row.saturating_sub(1)) + &" ".repeat(column);
        let end = text.len();
        return Some(print::Place {
            path: print::shown_path(snapshot, &origin.file),
            span: end.saturating_sub(1)..end,
            text: text.into(),
        });
    }
    let file = snapshot
        .find(&origin.file)
        .filter(|file| file.path.ends_with(".jsonl") || file.path.ends_with("/codes.csv"))?;
    let start = match origin.at {
        At::Span(start, _) => start.min(file.bytes.len()),
        _ => 0,
    };
    let before = file.bytes[..start].split(|byte| *byte == b'\n').count() - 1;
    let text = "\n".repeat(before + 1).into();
    Some(print::Place {
        path: print::shown_path(snapshot, &origin.file),
        span: before..before,
        text,
    })
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
