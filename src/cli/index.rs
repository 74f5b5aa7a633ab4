//! `index`: all that is computed of an index, as text, CSV or JSON.

use super::arguments::{IndexArguments, IndexFormat};
use super::{build, colour};
use crate::export::index::{self as printed, Document, Request, Scope, Unknown};
use crate::finding::print::{self, Format};
use crate::finding::{Finding, Language, Log, Messages, Severity};
use crate::index::{self, Composite};
use crate::source::Snapshot;
use crate::{bind, read};
use anyhow::anyhow;
use std::io::{ErrorKind, IsTerminal, Write};

/// Prints an index, or lists them all; false when the input has errors that concern it.
pub(super) fn index(wanted: &IndexArguments, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let snapshot = build::gather(&wanted.site)?;
    let log = Log::default();
    let Some(site) = read::site(&snapshot, &log) else {
        say(&log.into_sorted(), &snapshot, &messages);
        return Ok(false);
    };
    bind::check(&site, &log);
    let Some(id) = &wanted.id else {
        // An index that is not listed may be one that cannot be read.
        let findings = log.into_sorted();
        say(
            findings.iter().filter(|finding| finding.severity == Severity::Error),
            &snapshot,
            &messages,
        );
        put(&printed::list(&site, language))?;
        return Ok(true);
    };
    let Some(own) = site.index(id) else {
        // One whose file cannot be read is not unknown.
        if snapshot.find(&format!("data/indices/{id}.yaml")).is_none() {
            return Err(unknown(&Unknown::index(&site, id), &messages));
        }
        let findings = log.into_sorted();
        say(
            printed::concerning(&findings, id, None, &snapshot),
            &snapshot,
            &messages,
        );
        return Ok(false);
    };
    let own = printed::varied(own, wanted.runs, wanted.seed);
    let composite = Composite::of(&site, &own);
    index::check(&site, std::slice::from_ref(&composite), &log);
    let findings = log.into_sorted();
    let concerning = printed::concerning(&findings, id, Some((&site, &own)), &snapshot);
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    // Of the rest of the site only errors are told: they are none of this index's business.
    let told = findings
        .iter()
        .filter(|finding| is_error(finding) || concerning.contains(finding));
    say(told, &snapshot, &messages);
    if concerning.iter().any(is_error) {
        return Ok(false);
    }
    let request = Request {
        unit: wanted.unit.as_deref(),
        against: wanted.against.as_deref(),
        period: wanted.period.as_deref(),
        sex: wanted.sex.map(Into::into),
        top: wanted.top.as_deref(),
        uncertainty: !wanted.no_uncertainty,
    };
    let scope = Scope::of(&site, &composite, &request).map_err(|own| unknown(&own, &messages))?;
    let document = Document::of(&scope);
    put(&match wanted.format {
        IndexFormat::Table => printed::text(&scope, &document, language),
        IndexFormat::Csv => printed::csv(&document),
        IndexFormat::Json => printed::json(&document),
    })?;
    Ok(true)
}

/// Findings for people, on standard error.
fn say<'f>(findings: impl IntoIterator<Item = &'f Finding>, snapshot: &Snapshot, messages: &Messages) {
    let located = read::locate(findings.into_iter().cloned().collect(), snapshot);
    if !located.is_empty() {
        eprint!(
            "{}",
            print::print(
                &located,
                messages,
                Format::Human,
                colour(std::io::stderr().is_terminal())
            )
        );
    }
}

/// What was asked for and is not there, with the nearest that is.
fn unknown(unknown: &Unknown, messages: &Messages) -> anyhow::Error {
    let said = format!(
        "{} `{}`",
        messages.word(&format!("no_{}", unknown.kind)),
        unknown.written
    );
    match &unknown.near {
        Some(near) => anyhow!("{said}. {}", messages.word("did_you_mean").replace("{near}", near)),
        None if unknown.known.is_empty() => anyhow!(said),
        None => anyhow!("{said}. {} {}", messages.word("there_are"), unknown.known.join(", ")),
    }
}

/// Writes to standard output. A reader who has seen enough, such as `head`, is no fault.
pub(super) fn put(text: &str) -> std::io::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
