//! `index`: all that is computed of an index, as text, CSV or JSON.

use super::arguments::{IndexArguments, IndexFormat};
use super::{build, colour};
use crate::finding::print::{self, Format};
use crate::finding::{Finding, Language, Log, Messages, Severity};
use crate::index::{self, Composite};
use crate::index_report::{self, Document, NotFound, Request, Scope};
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
        say(&read::findings(log), &snapshot, &messages);
        return Ok(false);
    };
    bind::check(&site, &log);
    let Some(id) = &wanted.id else {
        // An index that is not listed may be one that cannot be read.
        let findings = read::findings(log);
        say(
            findings.iter().filter(|finding| finding.severity == Severity::Error),
            &snapshot,
            &messages,
        );
        put(&index_report::list(&site, language))?;
        return Ok(true);
    };
    let Some(own) = site.index(id) else {
        // One whose file cannot be read is not unknown.
        if snapshot.find(&format!("data/indices/{id}.yaml")).is_none() {
            return Err(unknown(&NotFound::index(&site, id), &messages));
        }
        let findings = read::findings(log);
        say(
            index_report::relevant_findings(&findings, id, None, &snapshot),
            &snapshot,
            &messages,
        );
        return Ok(false);
    };
    let own = index_report::with_variation(own, wanted.runs, wanted.seed);
    let composite = Composite::new(&site, &own);
    index::check(&site, std::slice::from_ref(&composite), &log);
    let findings = read::findings(log);
    let concerning = index_report::relevant_findings(&findings, id, Some((&site, &own)), &snapshot);
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
    let scope = Scope::resolve(&site, &composite, &request).map_err(|own| unknown(&own, &messages))?;
    let document = Document::new(&scope);
    put(&match wanted.format {
        IndexFormat::Table => index_report::text(&scope, &document, language),
        IndexFormat::Csv => index_report::csv(&document),
        IndexFormat::Json => index_report::json(&document),
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
fn unknown(unknown: &NotFound, messages: &Messages) -> anyhow::Error {
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
