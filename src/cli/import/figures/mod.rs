//! `import kolada`, `pxweb`, `jsonstat`, `px`, `csv`, `xlsx`: figures → a series, with where it comes from.

mod arguments;
mod budget;
mod obtain;
mod prepare;
mod refresh;
mod source;

pub(in crate::cli) use refresh::{RefreshArguments, refresh};
pub(in crate::cli) use source::FiguresSource;

use super::print::tell;
use crate::cli::terminal;
use crate::finding::print::Format as Printed;
use crate::finding::{Language, Log, Messages, Result, message};
use crate::import::figures::revision::{self, Revision};
use crate::import::figures::{self, Account};
use crate::source::Snapshot;
use crate::{clock, disk, read};
use arguments::FiguresCommand;
use prepare::{ImportSite, Preparation, Prepared};

/// Imports one series; false when something is wrong, or figures would be taken away and nobody has agreed: then nothing
/// was written.
pub(in crate::cli) fn series(source: &FiguresSource, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let command = FiguresCommand::new(source);
    let fetched = clock::moment(command.today.as_deref())?;
    let today = clock::today(command.today.as_deref())?;
    let site = ImportSite::open(&command.site, &messages)?;
    let log = Log::default();
    let mut shown = Snapshot::default();
    let obstacle = figures::obstacle(&command.indicator, command.new, &site.site.indicators, &site.snapshot);
    let prepared = if let Some(finding) = obstacle {
        log.add(finding);
        None
    } else {
        let mut preparation = Preparation {
            site: &site,
            fetched: &fetched,
            today,
            language,
            shown: &mut shown,
            log: &log,
        };
        preparation.run(&command, arguments::recorded(std::env::args()))?
    };
    let has_errors = tell(read::findings(log), &shown, language, command.format)?;
    let Some(prepared) = prepared.filter(|_| !has_errors) else {
        if is_for_people(command.format) {
            terminal::eprint_line(&messages.text(&message::not_imported()));
        }
        return Ok(false);
    };
    let may_write = command.yes || !prepared.revision.takes_away();
    if may_write && !command.dry_run {
        disk::DataLock::take(&command.site)?.write(&prepared.files)?;
    }
    if is_for_people(command.format) {
        let takes_away = prepared.revision.takes_away();
        terminal::print(&report(&command, &prepared, may_write, &messages))?;
        let outcome = match (command.dry_run, may_write) {
            (true, _) => Some(message::dry_run()),
            (false, false) => Some(message::would_refresh()),
            (false, true) => takes_away.then(message::refreshed),
        };
        if let Some(outcome) = outcome {
            terminal::print_line(&messages.text(&outcome))?;
        }
    }
    Ok(may_write || command.dry_run)
}

fn is_for_people(format: Printed) -> bool {
    matches!(format, Printed::Human | Printed::Short)
}

/// The files, what became of the figures, and what differs from before: each difference where something is taken away.
fn report(command: &FiguresCommand, prepared: &Prepared, may_write: bool, messages: &Messages) -> String {
    let mut text = String::new();
    for (path, _) in prepared.files.iter().filter(|_| may_write) {
        text.push_str(path);
        text.push('\n');
    }
    text.push_str(&counts(&prepared.mapped.account, messages));
    text.push('\n');
    let revision: &Revision = &prepared.revision;
    if revision.takes_away() {
        text.push_str(&revision::text(
            &[(command.indicator.clone(), revision.clone())],
            messages,
        ));
    } else if !revision::summary(revision, messages).is_empty() {
        text.push_str(&revision::summary(revision, messages));
        text.push('\n');
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
        (account.remarks, message::remarks()),
    ];
    let counts = counts
        .into_iter()
        .filter(|(n, counted)| *n > 0 || *counted == message::observations());
    counts
        .map(|(n, counted)| messages.count(n, &counted))
        .collect::<Vec<_>>()
        .join(", ")
}
