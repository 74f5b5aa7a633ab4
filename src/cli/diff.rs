//! `diff`: two sites, each from a folder or a git revision → what differs, for people or programs, and as a record for readers.

use super::{schema, site, terminal};
use crate::compile::{Outcome, compile};
use crate::diff::{self, Difference, Side};
use crate::disk::{self, SiteVersion};
use crate::finding::print::Format;
use crate::finding::{Code, Finding, Language, Messages, Result, Severity, has_errors, message};
use crate::model::Site;
use crate::page::BuildOptions;
use crate::source::Snapshot;
use crate::{clock, read};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(super) struct Diff {
    old: String,
    new: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    #[arg(long)]
    drafts: bool,
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
    #[arg(long, conflicts_with = "new")]
    publish: bool,
    #[arg(long, requires = "publish")]
    replace: bool,
}

/// Format in which a difference is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DiffFormat {
    #[default]
    Human,
    Json,
    Markdown,
}

/// Tells what differs; false when the new site has errors, or one of the two is no site.
pub(super) fn diff(arguments: &Diff, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let options = BuildOptions {
        today: clock::today(arguments.today.as_deref())?,
        base_url: None,
        drafts: arguments.drafts,
        embargoed: false,
        release: false,
    };
    let before = disk::site_version(&arguments.site, &arguments.old)?;
    let after = match &arguments.new {
        Some(name) => disk::site_version(&arguments.site, name)?,
        None => SiteVersion::Folder(arguments.site.clone()),
    };
    // Most pages are the same on both sides, and mostly as they were last built.
    let cache = disk::load_cache(&arguments.site.join("output"));
    let compiled = |stand: &SiteVersion| -> Result<(Snapshot, Outcome)> {
        let snapshot = gathered(stand, arguments)?;
        let outcome = compile(&snapshot, &options, &cache);
        Ok((snapshot, outcome))
    };
    let (old, new) = (compiled(&before)?, compiled(&after)?);
    let (Some(old_site), Some(new_site)) = (old.1.site.clone(), new.1.site.clone()) else {
        for (snapshot, outcome) in [old, new].into_iter().filter(|(_, outcome)| outcome.site.is_none()) {
            site::print(outcome.findings, &snapshot, &messages, Format::Human)?;
        }
        return Ok(false);
    };
    let sides = (
        Side {
            site: &old_site,
            outcome: &old.1,
        },
        Side {
            site: &new_site,
            outcome: &new.1,
        },
    );
    let difference = diff::between(sides.0, sides.1, i32::from(options.today.year()));
    let unexplained = diff::unexplained(&difference, &new_site);
    let here = arguments.site.display().to_string();
    let names = (arguments.old.as_str(), arguments.new.as_deref().unwrap_or(&here));
    match arguments.format {
        DiffFormat::Json => terminal::print(&diff::json(&difference, &unexplained, names, language))?,
        DiffFormat::Markdown => terminal::print(&diff::markdown(&difference, &unexplained, names, language))?,
        DiffFormat::Human => {
            terminal::print(&diff::text(&difference, names, language))?;
            site::print(unexplained, &new.0, &messages, Format::Human)?;
        }
    }
    if arguments.publish && !publish(arguments, &difference, (&new_site, &new.1.findings), &options, language)? {
        return Ok(false);
    }
    Ok(!has_errors(&new.1.findings))
}

/// Records the difference as an update of the site; false when the site has errors that make it another than its author meant.
fn publish(
    arguments: &Diff,
    difference: &Difference<'_>,
    (site, findings): (&Site, &[Finding]),
    options: &BuildOptions,
    language: Language,
) -> Result<bool> {
    let messages = Messages::new(language);
    // A claim that no longer holds is what an update tells of; it is mended in the text, not in the figures.
    let is_claim = |finding: &Finding| matches!(finding.code, Code::ClaimFalse | Code::ClaimOpen);
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error && !is_claim(finding))
    {
        terminal::eprint_line(&messages.text(&message::diff_errors()));
        return Ok(false);
    }
    let Some(text) = diff::record(difference, site, options.today, language) else {
        terminal::eprint_line(&messages.text(&message::diff_nothing()));
        return Ok(true);
    };
    let path = diff::record_path(options.today);
    let lock = disk::DataLock::take(&arguments.site)?;
    if arguments.site.join(&path).exists() && !arguments.replace {
        return Err(message::diff_exists(path).into());
    }
    let mut files = vec![(path.clone(), text.into_bytes())];
    let schema_path = read::schema_path("update");
    if !arguments.site.join(&schema_path).exists() {
        files.push((schema_path, schema::text("update", language).into_bytes()));
    }
    lock.write(&files)?;
    terminal::eprint_line(&messages.text(&message::diff_recorded(path)));
    Ok(true)
}

/// The files of one side, and the answers to its surveys.
fn gathered(stand: &SiteVersion, arguments: &Diff) -> Result<Snapshot> {
    let (site, answers) = (&arguments.site, arguments.answers.as_deref());
    let commit = match stand {
        SiteVersion::Folder(folder) => return site::gather_with_answers(folder, answers, &folder.join("output")),
        SiteVersion::Commit(commit) => commit,
    };
    let mut snapshot = disk::gather_revision(site, commit, read::answers_folder)?;
    let configured = read::answers_folder(&snapshot);
    // What lies outside the site has no revisions: both sides then have it as it is now.
    if answers.is_some() || configured.starts_with("..") || Path::new(&configured).is_absolute() {
        disk::gather_answers(&mut snapshot, site, &disk::answers_folder(site, &configured, answers));
    }
    let editions = read::edition_folders(&snapshot);
    disk::gather_editions(&mut snapshot, site, &editions);
    Ok(snapshot)
}
