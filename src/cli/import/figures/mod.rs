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
use crate::finding::print::Format as Printed;
use crate::finding::{Language, Log, Messages};
use crate::import::figures::revision::{self, Revision};
use crate::import::figures::{self, Account};
use crate::source::Snapshot;
use crate::{clock, disk};
use arguments::FiguresCommand;
use prepare::{ImportSite, Preparation, Prepared};

/// Imports one series; false when something is wrong, or figures would be taken away and nobody has agreed: then nothing
/// was written.
pub(in crate::cli) fn series(source: &FiguresSource, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
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
    let has_errors = tell(log.into_sorted(), &shown, language, command.format);
    let Some(prepared) = prepared.filter(|_| !has_errors) else {
        if is_for_people(command.format) {
            eprintln!("{}", messages.word("not_imported"));
        }
        return Ok(false);
    };
    let may_write = command.yes || !prepared.revision.takes_away();
    if may_write && !command.dry_run {
        disk::DataLock::take(&command.site)?.write(&prepared.files)?;
    }
    if is_for_people(command.format) {
        let takes_away = prepared.revision.takes_away();
        print!("{}", report(&command, &prepared, may_write, &messages));
        match (command.dry_run, may_write) {
            (true, _) => println!("{}", messages.word("dry_run")),
            (false, false) => println!("{}", messages.word("would_refresh")),
            (false, true) if takes_away => println!("{}", messages.word("refreshed")),
            _ => {}
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
        (account.written, "one_observation", "observations"),
        (account.not_chosen, "one_not_chosen", "not_chosen"),
        (account.unmapped, "one_unmapped", "unmapped"),
        (account.blank, "one_blank", "blank"),
        (account.repeated, "one_repeated", "repeated"),
        (account.deleted, "one_deleted", "deleted"),
        (account.remarks, "one_remark", "remarks"),
    ];
    let counts = counts
        .into_iter()
        .filter(|(n, one, _)| *n > 0 || *one == "one_observation");
    counts
        .map(|(n, one, many)| messages.count(n, one, many))
        .collect::<Vec<_>>()
        .join(", ")
}
