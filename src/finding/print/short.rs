//! One line a finding: `file:line:column: severity[code]: headline; help`.

use super::{Located, severity_name};
use crate::finding::Messages;
use std::fmt::Write;

pub(super) fn print(findings: &[Located], messages: &Messages) -> String {
    let mut out = String::new();
    for located in findings {
        if let Some(place) = &located.place {
            let (line, column) = place.line_column();
            let _ = write!(out, "{}:{line}:{column}: ", place.path);
        }
        let finding = &located.finding;
        let _ = write!(
            out,
            "{}[{}]: {}",
            severity_name(finding.severity),
            finding.code.name(),
            messages.headline(finding)
        );
        if let Some(help) = messages.help(finding) {
            let _ = write!(out, "; {help}");
        }
        out.push('\n');
    }
    out
}
