//! Workflow commands that GitHub Actions turns into annotations beside the changed lines.

use super::{Located, severity_name};
use crate::finding::Messages;
use std::fmt::Write;

pub(super) fn print(findings: &[Located], messages: &Messages) -> String {
    let mut out = String::new();
    for located in findings {
        let finding = &located.finding;
        let _ = write!(out, "::{} ", severity_name(finding.severity));
        if let Some(place) = &located.place {
            let (line, column) = place.line_column();
            let _ = write!(out, "file={},line={line},col={column},", property(&place.path));
        }
        let mut text = messages.headline(finding);
        if let Some(help) = messages.help(finding) {
            let _ = write!(text, "\n{help}");
        }
        let _ = writeln!(out, "title={}::{}", property(finding.code.name()), data(&text));
    }
    out
}

/// Message text as workflow commands want it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Property values escape their separators as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
