//! `import --refresh`: the recorded imports once more, and what they would change before it is changed.

use super::super::{Import, ImportArguments};
use super::arguments::{Wanted, recorded};
use super::make::{self, Ground};
use crate::cli::{terminal, usage};
use crate::finding::print::Format as Printed;
use crate::finding::{Failure, Finding, Language, Log, Messages, OrFail, Result, has_errors, message};
use crate::import::figures::{Revision, told};
use crate::source::Snapshot;
use crate::{clock, disk, read};
use clap::{FromArgMatches as _, Subcommand as _};

/// Repeats imports; false when something is wrong, or figures would be revised and nobody has agreed.
pub(in crate::cli) fn refresh(arguments: &ImportArguments, ids: &[String], language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let fetched = clock::moment(arguments.today.as_deref())?;
    let ground = Ground::open(&arguments.site, &messages)?;
    let known = || ground.provenances.iter().map(|own| own.indicator.as_str());
    if let Some(unknown) = ids.iter().find(|id| !known().any(|own| own == id.as_str())) {
        return Err(Failure::from(message::no_imported_series(unknown)).near(unknown, known()));
    }
    let wanted = ground
        .provenances
        .iter()
        .filter(|own| ids.is_empty() || ids.contains(&own.indicator));
    let mut files = Vec::new();
    let mut revisions: Vec<(String, Revision)> = Vec::new();
    let mut faulty = false;
    for provenance in wanted {
        let log = Log::default();
        let mut given = Snapshot::default();
        let made = again(&provenance.command, arguments).and_then(|wanted| {
            make::make(
                &wanted,
                &ground,
                provenance.command.clone(),
                &fetched,
                &mut given,
                language,
                &log,
            )
        });
        // A source that does not answer says nothing about the others.
        let made = made.unwrap_or_else(|error| {
            let failure = messages.failure(&error);
            terminal::eprint_line(&format!("utsikt: {}: {failure}", provenance.indicator));
            faulty = true;
            None
        });
        let findings: Vec<Finding> = read::findings(log);
        faulty |= has_errors(&findings);
        if arguments.format == Printed::Json {
            // One document on standard output: findings go where people read them.
            super::tell(findings, &given, language, Printed::Short)?;
        } else {
            super::tell(findings, &given, language, arguments.format)?;
        }
        if let Some(made) = made {
            if !made.revision.is_empty() {
                files.extend(made.files);
            }
            revisions.push((provenance.indicator.clone(), made.revision));
        }
    }
    let revises = revisions.iter().any(|(_, revision)| revision.revises());
    let written = arguments.yes && !faulty && !files.is_empty();
    if written {
        disk::DataLock::take(&arguments.site)?.write(&files)?;
    }
    if arguments.format == Printed::Json {
        terminal::print(&told::json(&revisions, written))?;
    } else {
        terminal::print(&told::text(&revisions, &messages))?;
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
fn again(command: &[String], arguments: &ImportArguments) -> Result<Wanted> {
    let words = recorded(["import".to_owned()].into_iter().chain(command.iter().cloned()));
    let tree = Import::augment_subcommands(clap::Command::new("import"));
    let matches = tree
        .clone()
        .try_get_matches_from(["import".to_owned()].into_iter().chain(words));
    let import = matches
        .and_then(|matches| Import::from_arg_matches(&matches))
        .map_err(|error| usage::complaint(&error, "import", &tree))
        .or_fail(message::command_not_repeatable)?;
    let mut wanted = Wanted::of(&import).or_fail(message::command_without_figures)?;
    wanted.site.clone_from(&arguments.site);
    wanted.new = false;
    Ok(wanted)
}
