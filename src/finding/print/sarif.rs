//! A SARIF 2.1.0 log (OASIS), which code hosts show beside the changed lines and keep over time.
//!
//! A rule stands for a code that was found, with its meaning and examples as help. Columns count characters from one, and a
//! region ends before `endColumn`, as the standard has it. A finding about the site as a whole has no location.

use super::{Located, Place, severity_name};
use crate::finding::{Code, CodeTexts, Messages, message};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Address of the schema of a log.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn print(findings: &[Located], messages: &Messages) -> String {
    let codes: BTreeSet<Code> = findings.iter().map(|located| located.finding.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, messages)).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|located| result(located, &codes, messages))
        .collect();
    let driver = json!({ "name": "utsikt", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    format!(
        "{:#}\n",
        json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })
    )
}

fn rule(code: Code, messages: &Messages) -> Value {
    let CodeTexts {
        explain, wrong, right, ..
    } = messages.code(code);
    let explain = explain.trim();
    let first = explain
        .split_once(". ")
        .map_or_else(|| explain.to_owned(), |(first, _)| format!("{first}."));
    let [wrongly, rightly] = [message::wrong(), message::right()].map(|heading| messages.text(&heading));
    let (wrong, right) = (wrong.trim_end(), right.trim_end());
    json!({
        "id": code.name(),
        "shortDescription": { "text": first },
        "fullDescription": { "text": explain },
        "help": {
            "text": format!("{explain}\n\n{wrongly}\n{wrong}\n\n{rightly}\n{right}\n"),
            "markdown": format!("{explain}\n\n{wrongly}\n\n````\n{wrong}\n````\n\n{rightly}\n\n````\n{right}\n````\n"),
        },
        "defaultConfiguration": { "level": severity_name(code.severity()) },
    })
}

fn result(located: &Located, codes: &BTreeSet<Code>, messages: &Messages) -> Value {
    let finding = &located.finding;
    let help = messages
        .help(finding)
        .map(|help| format!("\n{help}"))
        .unwrap_or_default();
    let mut result = json!({
        "ruleId": finding.code.name(),
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": severity_name(finding.severity),
        "message": { "text": format!("{}{help}", messages.headline(finding)) },
    });
    if let Some(place) = &located.place {
        result["locations"] = json!([location(place)]);
    }
    if let Some(other) = &located.other {
        let mut related = location(other);
        related["message"] = json!({ "text": messages.text(&message::also_here()) });
        result["relatedLocations"] = json!([related]);
    }
    result
}

fn location(place: &Place) -> Value {
    let artifact = if place.path.starts_with('/') {
        json!({ "uri": format!("file://{}", uri(&place.path)) })
    } else {
        json!({ "uri": uri(&place.path), "uriBaseId": "%SRCROOT%" })
    };
    let (line, column) = place.line_column();
    let mut region = json!({ "startLine": line, "startColumn": column });
    // A place is never longer than its line; one without length is left open.
    if let Some(marked) = place.text.get(place.span.clone()).filter(|marked| !marked.is_empty()) {
        region["endColumn"] = json!(column + marked.chars().count());
    }
    json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } })
}

/// A path as an address: everything but letters, digits and a few signs as `%XX`.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
