//! `import --refresh`: the recorded imports once more, and what they would change before it is changed.

use super::super::print::tell;
use super::arguments::{FiguresCommand, recorded};
use super::prepare::{ImportSite, Preparation};
use super::source::FiguresSource;
use crate::cli::{terminal, usage};
use crate::finding::print::Format as Printed;
use crate::finding::{Failure, Finding, Language, Log, Messages, OrFail, Result, has_errors, message};
use crate::import::figures::revision::{self, Revision};
use crate::source::Snapshot;
use crate::{clock, disk, read};
use clap::{Args, FromArgMatches as _, Subcommand as _};
use std::path::PathBuf;

/// Arguments of `import --refresh`.
#[derive(Debug, Args)]
pub(in crate::cli) struct RefreshArguments {
    #[arg(long, value_name = "ID", num_args = 0..)]
    refresh: Option<Vec<String>>,
    #[arg(long, requires = "refresh")]
    yes: bool,
    #[arg(long, value_name = "DATE", requires = "refresh")]
    today: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".", requires = "refresh")]
    site: PathBuf,
    #[arg(long, value_enum, default_value_t, requires = "refresh")]
    format: Printed,
}

/// Repeats imports; false when something is wrong, or figures would be revised and nobody has agreed.
pub(in crate::cli) fn refresh(arguments: &RefreshArguments, language: Language) -> Result<bool> {
    let ids = arguments.refresh.as_deref().unwrap_or_default();
    let messages = Messages::new(language);
    let fetched = clock::moment(arguments.today.as_deref())?;
    let today = clock::today(arguments.today.as_deref())?;
    let site = ImportSite::open(&arguments.site, &messages)?;
    let known = || site.provenances.iter().map(|provenance| provenance.indicator.as_str());
    if let Some(unknown) = ids.iter().find(|id| !known().any(|known| known == id.as_str())) {
        return Err(Failure::from(message::no_imported_series(unknown)).near(unknown, known()));
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
            let failure = messages.failure(&error);
            terminal::eprint_line(&format!("utsikt: {}: {failure}", provenance.indicator));
            faulty = true;
            None
        });
        let findings: Vec<Finding> = read::findings(log);
        faulty |= has_errors(&findings);
        if arguments.format == Printed::Json {
            // One document on standard output: findings go where people read them.
            tell(findings, &shown, language, Printed::Short)?;
        } else {
            tell(findings, &shown, language, arguments.format)?;
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
        terminal::print(&revision::json(&revisions, written))?;
    } else {
        terminal::print(&revision::text(&revisions, &messages))?;
        if !files.is_empty() {
            let outcome = if written {
                message::refreshed()
            } else {
                message::would_refresh()
            };
            terminal::print_line(&messages.text(&outcome))?;
        }
    }
    Ok(!faulty && (arguments.yes || !revises))
}

/// The command that was recorded, for this site.
fn repeated(recorded_words: &[String], arguments: &RefreshArguments) -> Result<FiguresCommand> {
    let words = recorded(["import".to_owned()].into_iter().chain(recorded_words.iter().cloned()));
    let parser = FiguresSource::augment_subcommands(clap::Command::new("import"));
    let matches = parser
        .clone()
        .try_get_matches_from(["import".to_owned()].into_iter().chain(words));
    let source = matches
        .and_then(|matches| FiguresSource::from_arg_matches(&matches))
        .map_err(|error| usage::complaint(&error, "import", &parser))
        .or_fail(message::command_not_repeatable)?;
    let mut command = FiguresCommand::new(&source);
    command.site.clone_from(&arguments.site);
    command.new = false;
    Ok(command)
}
