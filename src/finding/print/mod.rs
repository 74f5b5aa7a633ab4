//! Findings for people and for programs: one file a format.
//!
//! Takes findings whose places have been looked up ([`Located`]); gives text. Writes nowhere.

mod github;
mod gitlab;
mod human;
mod json;
mod sarif;
mod short;

use super::message::{self, Message};
use super::{Finding, Messages, Severity};
use crate::source::Snapshot;
use std::ops::Range;
use std::sync::Arc;

/// A finding and where it is, in bytes of a file.
#[derive(Clone, Debug)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// Path and bytes of the place; `None` when it concerns the site as a whole.
    pub place: Option<Place>,
    /// Path and bytes of the second place, if there is one.
    pub other: Option<Place>,
}

/// Bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path as the user would type it.
    pub path: String,
    /// The file's text; empty when it is not text.
    pub text: Arc<str>,
    /// Bytes of that text; empty at 0 for the file as a whole.
    pub span: Range<usize>,
}

impl Place {
    /// Line and column of the start, counted from one, the column in characters.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.text[..self.span.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

/// Format in which findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With an excerpt and a remedy.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON document.
    Json,
    /// Annotations for GitHub Actions.
    Github,
    /// A SARIF 2.1.0 log for code hosts.
    Sarif,
    /// A code quality report for GitLab.
    Gitlab,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] = [
        Format::Human,
        Format::Short,
        Format::Json,
        Format::Github,
        Format::Sarif,
        Format::Gitlab,
    ];

    /// The name as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
            Format::Gitlab => "gitlab",
        }
    }

    /// True if the format is for programs, which get it on standard output and nothing else beside it.
    #[must_use]
    pub fn is_for_programs(self) -> bool {
        matches!(self, Format::Json | Format::Github | Format::Sarif | Format::Gitlab)
    }
}

/// All findings as text in this format, a closing line included where the format has one.
#[must_use]
pub fn print(findings: &[Located], messages: &Messages, format: Format, colour: bool) -> String {
    match format {
        Format::Human => human::print(findings, messages, colour),
        Format::Short => short::print(findings, messages),
        Format::Json => json::print(findings, messages),
        Format::Github => github::print(findings, messages),
        Format::Sarif => sarif::print(findings, messages),
        Format::Gitlab => gitlab::print(findings, messages),
    }
}

/// "2 errors, 1 warning" in the reader's language; empty when nothing was found.
#[must_use]
pub fn summary(findings: &[Located], messages: &Messages) -> String {
    let count = |severity| {
        findings
            .iter()
            .filter(|located| located.finding.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let part = |n: usize, counted: &Message| (n > 0).then(|| messages.count(n, counted));
    [part(errors, &message::errors()), part(warnings, &message::warnings())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Path as shown: below the folder the user named.
#[must_use]
pub fn shown_path(snapshot: &Snapshot, path: &str) -> String {
    let shown = match path.strip_prefix("answers/").filter(|_| !snapshot.answers.is_empty()) {
        Some(below) => format!("{}{below}", snapshot.answers),
        None => format!("{}{path}", snapshot.prefix),
    };
    if !shown.contains(char::is_control) {
        return shown;
    }
    // A line break in a name must not break a line of the report.
    shown
        .chars()
        .map(|character| {
            if character.is_control() {
                character.escape_default().to_string()
            } else {
                character.to_string()
            }
        })
        .collect()
}
