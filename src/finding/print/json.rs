//! One JSON document: `{"findings": [{code, severity, headline, help, file, line, column, start, end}]}`.
//!
//! `line` and `column` count from one, the column in characters; `start` and `end` are bytes. A
//! finding about the site as a whole has no `file`.

use super::{Located, severity_name};
use crate::finding::Messages;
use serde_json::{Value, json};

pub(super) fn print(findings: &[Located], messages: &Messages) -> String {
    let list: Vec<Value> = findings
        .iter()
        .map(|located| {
            let finding = &located.finding;
            let mut entry = json!({
                "code": finding.code.name(),
                "severity": severity_name(finding.severity),
                "headline": messages.headline(finding),
                "label": messages.label(finding),
                "help": messages.help(finding),
            });
            if let Some(place) = &located.place {
                let (line, column) = place.line_column();
                entry["file"] = json!(place.path);
                entry["line"] = json!(line);
                entry["column"] = json!(column);
                entry["start"] = json!(place.span.start);
                entry["end"] = json!(place.span.end);
            }
            entry
        })
        .collect();
    format!("{:#}\n", json!({ "findings": list }))
}
