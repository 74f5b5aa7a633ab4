//! `import --refresh`: the recorded imports once more, and what they would change before it is changed.

use super::super::print::tell;
use super::arguments::{FiguresCommand, recorded};
use super::prepare::{ImportSite, Preparation};
use super::source::FiguresSource;
use crate::cli::speech::Speech;
use crate::finding::print::Format as Printed;
use crate::finding::{Finding, Language, Log, Messages, has_errors};
use crate::import::figures::revision::{self, Revision};
use crate::source::Snapshot;
use crate::{clock, disk};
use anyhow::{anyhow, bail};
use clap::{Args, FromArgMatches as _, Subcommand as _};
use std::path::PathBuf;

/// Arguments of `import --refresh`.
#[derive(Debug, Args)]
pub(in crate::cli) struct RefreshArguments {
    /// Repeat recorded imports (all, or these indicators') and show what they would change.
    #[arg(long, value_name = "ID", num_args = 0..)]
    refresh: Option<Vec<String>>,
    /// Write what has changed.
    #[arg(long, requires = "refresh")]
    yes: bool,
    /// The day, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else now.
    #[arg(long, value_name = "DATE", requires = "refresh")]
    today: Option<String>,
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".", requires = "refresh")]
    site: PathBuf,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t, requires = "refresh")]
    format: Printed,
}

/// Repeats imports; false when something is wrong, or figures would be revised and nobody has agreed.
pub(in crate::cli) fn refresh(arguments: &RefreshArguments, language: Language) -> anyhow::Result<bool> {
    let ids = arguments.refresh.as_deref().unwrap_or_default();
    let messages = Messages::of(language);
    let fetched = clock::moment(arguments.today.as_deref())?;
    let today = clock::today(arguments.today.as_deref())?;
    let site = ImportSite::open(&arguments.site, &messages)?;
    let known = || site.provenances.iter().map(|provenance| provenance.indicator.as_str());
    if let Some(unknown) = ids.iter().find(|id| !known().any(|known| known == id.as_str())) {
        bail!(messages.unknown("no_provenance", unknown, known()));
    }
    let chosen = site
        .provenances
        .iter()
        .filter(|provenance| ids.is_empty() || ids.contains(&provenance.indicator));
    let mut files = Vec::new();
    let mut revisions: Vec<(String, Revision)> = Vec::new();
    let mut faulty = false;
    for provenance in chosen {
        let log = Log::default();
        let mut shown = Snapshot::default();
        let mut preparation = Preparation {
            site: &site,
            fetched: &fetched,
            today,
            language,
            shown: &mut shown,
            log: &log,
        };
        let prepared = repeated(&provenance.command, arguments)
            .and_then(|command| preparation.run(&command, provenance.command.clone()));
        // A source that does not answer says nothing about the others.
        let prepared = prepared.unwrap_or_else(|error| {
            eprintln!(
                "utsikt: {}: {}",
                provenance.indicator,
                Speech::of(language).refusal(&error)
            );
            faulty = true;
            None
        });
        let findings: Vec<Finding> = log.into_sorted();
        faulty |= has_errors(&findings);
        if arguments.format == Printed::Json {
            // One document on standard output: findings go where people read them.
            tell(findings, &shown, language, Printed::Short);
        } else {
            tell(findings, &shown, language, arguments.format);
        }
        if let Some(prepared) = prepared {
            if !prepared.revision.is_empty() {
                files.extend(prepared.files);
            }
            revisions.push((provenance.indicator.clone(), prepared.revision));
        }
    }
    let revises = revisions.iter().any(|(_, revision)| revision.revises());
    let written = arguments.yes && !faulty && !files.is_empty();
    if written {
        disk::DataLock::take(&arguments.site)?.write(&files)?;
    }
    if arguments.format == Printed::Json {
        print!("{}", revision::json(&revisions, written));
    } else {
        print!("{}", revision::text(&revisions, &messages));
        if !files.is_empty() {
            println!("{}", messages.word(if written { "refreshed" } else { "would_refresh" }));
        }
    }
    Ok(!faulty && (arguments.yes || !revises))
}

/// The command that was recorded, for this site.
fn repeated(recorded_words: &[String], arguments: &RefreshArguments) -> anyhow::Result<FiguresCommand> {
    let words = recorded(["import".to_owned()].into_iter().chain(recorded_words.iter().cloned()));
    let parser = FiguresSource::augment_subcommands(clap::Command::new("import"));
    let matches = parser.try_get_matches_from(["import".to_owned()].into_iter().chain(words));
    let source = matches.and_then(|matches| FiguresSource::from_arg_matches(&matches));
    let source = source.map_err(|error| anyhow!("the recorded command cannot be repeated: {}", error.kind()))?;
    let mut command = FiguresCommand::new(&source);
    command.site.clone_from(&arguments.site);
    command.new = false;
    Ok(command)
}
