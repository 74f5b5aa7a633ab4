//! `import --refresh`: the recorded imports once more, and what they would change before it is changed.

use super::super::{Import, ImportArguments};
use super::arguments::{Wanted, recorded};
use super::make::{self, Ground};
use crate::cli::speech::Speech;
use crate::finding::print::Format as Printed;
use crate::finding::{Finding, Language, Log, Messages, has_errors};
use crate::import::figures::{Revision, told};
use crate::source::Snapshot;
use crate::{clock, disk};
use anyhow::{anyhow, bail};
use clap::{FromArgMatches as _, Subcommand as _};

/// Repeats imports; false when something is wrong, or figures would be revised and nobody has agreed.
pub(in crate::cli) fn refresh(arguments: &ImportArguments, ids: &[String], language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let fetched = clock::moment(arguments.today.as_deref())?;
    let ground = Ground::open(&arguments.site, &messages)?;
    let known = || ground.provenances.iter().map(|own| own.indicator.as_str());
    if let Some(unknown) = ids.iter().find(|id| !known().any(|own| own == id.as_str())) {
        bail!(messages.unknown("no_provenance", unknown, known()));
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
            eprintln!(
                "utsikt: {}: {}",
                provenance.indicator,
                Speech::of(language).refusal(&error)
            );
            faulty = true;
            None
        });
        let findings: Vec<Finding> = read::findings(log);
        faulty |= has_errors(&findings);
        if arguments.format == Printed::Json {
            // One document on standard output: findings go where people read them.
            super::tell(findings, &given, language, Printed::Short);
        } else {
            super::tell(findings, &given, language, arguments.format);
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
        print!("{}", told::json(&revisions, written));
    } else {
        print!("{}", told::text(&revisions, &messages));
        if !files.is_empty() {
            println!("{}", messages.word(if written { "refreshed" } else { "would_refresh" }));
        }
    }
    Ok(!faulty && (arguments.yes || !revises))
}

/// The command that was recorded, for this site.
fn again(command: &[String], arguments: &ImportArguments) -> anyhow::Result<Wanted> {
    let words = recorded(["import".to_owned()].into_iter().chain(command.iter().cloned()));
    let own = Import::augment_subcommands(clap::Command::new("import"));
    let matches = own.try_get_matches_from(["import".to_owned()].into_iter().chain(words));
    let import = matches.and_then(|matches| Import::from_arg_matches(&matches));
    let import = import.map_err(|error| anyhow!("the recorded command cannot be repeated: {}", error.kind()))?;
    let mut wanted = Wanted::of(&import).ok_or_else(|| anyhow!("the recorded command imports no figures"))?;
    wanted.site.clone_from(&arguments.site);
    wanted.new = false;
    Ok(wanted)
}
