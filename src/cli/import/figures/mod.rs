//! `import kolada`, `pxweb`, `jsonstat`, `px`, `csv`, `xlsx`: figures → a series, with where it comes from.

mod arguments;
mod make;
mod obtain;
mod refresh;

pub(in crate::cli) use arguments::{KoladaArguments, LinkArguments, PxwebArguments, TableArguments};
pub(in crate::cli) use refresh::refresh;

use super::{Import, tell};
use crate::cli::terminal;
use crate::finding::print::Format as Printed;
use crate::finding::{Language, Log, Messages, Result, message};
use crate::import::figures::{self, Account, told};
use crate::source::Snapshot;
use crate::{clock, disk, read};
use arguments::Wanted;
use make::{Ground, Made};

/// Imports one series; false when something is wrong, and nothing was written.
pub(in crate::cli) fn series(import: &Import, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let Some(wanted) = Wanted::of(import) else {
        return Ok(true);
    };
    let fetched = clock::moment(wanted.today.as_deref())?;
    let ground = Ground::open(&wanted.site, &messages)?;
    let log = Log::default();
    let mut given = Snapshot::default();
    let obstacle = figures::obstacle(&wanted.indicator, wanted.new, &ground.site.indicators, &ground.snapshot);
    let made = if let Some(finding) = obstacle {
        log.add(finding);
        None
    } else {
        let command = arguments::recorded(std::env::args());
        make::make(&wanted, &ground, command, &fetched, &mut given, language, &log)?
    };
    let findings = read::findings(log);
    if tell(findings, &given, language, wanted.format)? || made.is_none() {
        if is_for_people(wanted.format) {
            terminal::eprint_line(&messages.text(&message::not_imported()));
        }
        return Ok(false);
    }
    let Some(made) = made else { return Ok(false) };
    if !wanted.dry_run {
        disk::DataLock::take(&wanted.site)?.write(&made.files)?;
    }
    if is_for_people(wanted.format) {
        terminal::print_line(&summary(&made, &messages))?;
        if wanted.dry_run {
            terminal::print_line(&messages.text(&message::dry_run()))?;
        }
    }
    Ok(true)
}

fn is_for_people(format: Printed) -> bool {
    matches!(format, Printed::Human | Printed::Short)
}

/// What was done, in words: the files, what became of the figures, and what differs from before.
fn summary(made: &Made, messages: &Messages) -> String {
    let paths: Vec<&str> = made.files.iter().map(|(path, _)| path.as_str()).collect();
    let mut text = format!("{}\n{}", paths.join("\n"), counts(&made.mapped.account, messages));
    let difference = told::summary(&made.revision, messages);
    if !difference.is_empty() {
        text.push('\n');
        text.push_str(&difference);
    }
    text
}

fn counts(account: &Account, messages: &Messages) -> String {
    let counts = [
        (account.written, message::observations()),
        (account.not_chosen, message::not_chosen()),
        (account.unmapped, message::unmapped()),
        (account.blank, message::blank()),
        (account.repeated, message::repeated()),
        (account.deleted, message::deleted()),
    ];
    let told = counts
        .into_iter()
        .filter(|(n, counted)| *n > 0 || *counted == message::observations());
    told.map(|(n, counted)| messages.count(n, &counted))
        .collect::<Vec<_>>()
        .join(", ")
}
