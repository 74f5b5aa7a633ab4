//! A code quality report, the part of Code Climate's format that GitLab shows beside the changed lines of a merge request.
//!
//! Every entry needs a place: a finding about the site as a whole is put at the first line of `data/site.yaml`. A fingerprint
//! tells a finding from all others and stays the same when lines move.

use super::Located;
use crate::finding::{Messages, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn print(findings: &[Located], messages: &Messages) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let entries: Vec<Value> = findings
        .iter()
        .map(|located| {
            let finding = &located.finding;
            let (path, line) = match &located.place {
                Some(place) => (place.path.trim_start_matches("./"), place.line_column().0),
                None => ("data/site.yaml", 1),
            };
            let headline = messages.headline(finding);
            let help = messages
                .help(finding)
                .map(|help| format!("\n{help}"))
                .unwrap_or_default();
            let identity = format!("{} {path} {headline}", finding.code.name());
            let earlier = seen.entry(identity.clone()).or_default();
            let fingerprint = format!("{identity} {earlier}");
            *earlier += 1;
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            };
            json!({
                "description": format!("{headline}{help}"),
                "check_name": finding.code.name(),
                "fingerprint": fingerprint,
                "severity": severity,
                "location": { "path": path, "lines": { "begin": line } },
            })
        })
        .collect();
    format!("{:#}\n", Value::from(entries))
}
