//! `index`: all that is computed of an index, as text, CSV or JSON.

use super::number::whole_number;
use super::{site, terminal};
use crate::finding::print::{self, Format};
use crate::finding::{Failure, Finding, Language, Log, Messages, Result, Severity, message};
use crate::index::{self, Composite};
use crate::index_report::{self, Document, NotFound, Request, Scope};
use crate::model::Sex;
use crate::source::Snapshot;
use crate::{bind, read};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `index`.
#[derive(Debug, Args)]
pub(super) struct Index {
    id: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_name = "PLACE")]
    unit: Option<String>,
    #[arg(long, value_name = "WHAT")]
    against: Option<String>,
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    #[arg(long, value_enum, ignore_case = true)]
    sex: Option<Letter>,
    #[arg(long, value_name = "NODE")]
    top: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    format: IndexFormat,
    #[arg(long, value_name = "N", value_parser = whole_number(10..=100_000_u32))]
    runs: Option<u32>,
    #[arg(long, value_name = "N", value_parser = whole_number(0..=u64::MAX))]
    seed: Option<u64>,
    #[arg(long)]
    no_uncertainty: bool,
}

/// Format in which an index is printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum IndexFormat {
    #[default]
    Table,
    Csv,
    Json,
}

/// Letters of the sexes, as in data files.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Letter {
    #[value(name = "T", alias = "total")]
    Total,
    #[value(name = "K", alias = "women")]
    Women,
    #[value(name = "M", alias = "men")]
    Men,
}

impl From<Letter> for Sex {
    fn from(letter: Letter) -> Self {
        match letter {
            Letter::Total => Sex::Total,
            Letter::Women => Sex::Women,
            Letter::Men => Sex::Men,
        }
    }
}

impl Index {
    /// The site's folder, and the index. What is no id but a folder is the site: `utsikt index .` lists its indices.
    fn site_and_id(&self) -> (&Path, Option<&str>) {
        match self.id.as_deref() {
            Some(folder) if !read::is_id(folder) && Path::new(folder).is_dir() => (Path::new(folder), None),
            id => (&self.site, id),
        }
    }
}

/// Prints an index, or lists them all; false when the input has errors that concern it.
pub(super) fn index(arguments: &Index, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let (folder, id) = arguments.site_and_id();
    let snapshot = site::gather(folder)?;
    let log = Log::default();
    let Some(site) = read::site(&snapshot, &log) else {
        report(&read::findings(log), &snapshot, &messages);
        return Ok(false);
    };
    bind::check(&site, &log);
    let Some(id) = id else {
        // An index that is not listed may be one that cannot be read.
        let findings = read::findings(log);
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        report(errors, &snapshot, &messages);
        terminal::print(&index_report::list(&site, language))?;
        return Ok(true);
    };
    let Some(index) = site.index(id) else {
        // One whose file cannot be read is not unknown.
        if snapshot.find(&format!("data/indices/{id}.yaml")).is_none() {
            return Err(unknown(&NotFound::index(&site, id)));
        }
        let findings = read::findings(log);
        let concerning = index_report::relevant_findings(&findings, id, None, &snapshot);
        report(concerning, &snapshot, &messages);
        return Ok(false);
    };
    let index = index_report::with_variation(index, arguments.runs, arguments.seed);
    let composite = Composite::new(&site, &index);
    index::check(&site, std::slice::from_ref(&composite), &log);
    let findings = read::findings(log);
    let concerning = index_report::relevant_findings(&findings, id, Some((&site, &index)), &snapshot);
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    // Warnings about the rest of the site are none of this index's business.
    let reported = findings
        .iter()
        .filter(|finding| is_error(finding) || concerning.contains(finding));
    report(reported, &snapshot, &messages);
    if concerning.iter().any(is_error) {
        return Ok(false);
    }
    let request = Request {
        unit: arguments.unit.as_deref(),
        against: arguments.against.as_deref(),
        period: arguments.period.as_deref(),
        sex: arguments.sex.map(Into::into),
        top: arguments.top.as_deref(),
        uncertainty: !arguments.no_uncertainty,
    };
    let scope = Scope::resolve(&site, &composite, &request).map_err(|nothing| unknown(&nothing))?;
    let document = Document::new(&scope);
    terminal::print(&match arguments.format {
        IndexFormat::Table => index_report::text(&scope, &document, language),
        IndexFormat::Csv => index_report::csv(&document),
        IndexFormat::Json => index_report::json(&document),
    })?;
    Ok(true)
}

/// Findings for people, on standard error.
fn report<'f>(findings: impl IntoIterator<Item = &'f Finding>, snapshot: &Snapshot, messages: &Messages) {
    let located = read::locate(findings.into_iter().cloned().collect(), snapshot);
    if !located.is_empty() {
        terminal::eprint(&print::print(&located, messages, Format::Human, terminal::has_colour()));
    }
}

/// The failure that says what is not there, with the nearest that is.
fn unknown(unknown: &NotFound) -> Failure {
    let no_such = match unknown.kind {
        "index" => message::no_index,
        "unit" => message::no_unit,
        "node" => message::no_node,
        "group" => message::no_group,
        "period" => message::no_period,
        _ => message::no_sex,
    };
    let failure = Failure::from(no_such(&unknown.written));
    match &unknown.near {
        Some(near) => failure.hint(message::did_you_mean(near)),
        None if unknown.known.is_empty() => failure,
        None => failure.hint(message::there_are(unknown.known.join(", "))),
    }
}
