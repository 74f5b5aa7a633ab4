//! Shared by the commands about a site: the arguments that decide what is built, and the steps gather, compile and print.

use super::terminal;
use crate::cache::Cache;
use crate::compile::{Outcome, compile_followed};
use crate::finding::print::{self as printed, Format};
use crate::finding::{Failure, Finding, Messages, OrFail, Result, message};
use crate::page::{BuildOptions, Follower};
use crate::source::Snapshot;
use crate::{clock, disk, read};
use clap::Args;
use clap::builder::{PathBufValueParser, StringValueParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// Arguments that decide what is built.
#[derive(Debug, Args)]
pub(super) struct Input {
    #[arg(value_name = "DIR", conflicts_with = "site", value_parser = PathBufValueParser::new().try_map(existing_folder))]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(super) answers: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    #[arg(long, value_name = "URL", value_parser = StringValueParser::new().try_map(base_url))]
    pub(super) base_url: Option<String>,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long)]
    pub(super) release: bool,
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Input {
    /// The site's folder: the one that was typed with or without `--site`, else this one.
    pub(super) fn site(&self) -> &Path {
        self.folder.as_deref().unwrap_or(&self.site)
    }

    /// The files of the site, and the answers to its surveys, which must not lie in `output`, where they would be published.
    pub(super) fn gather(&self, output: &Path) -> Result<Snapshot> {
        gather_with_answers(self.site(), self.answers.as_deref(), output)
    }
}

fn existing_folder(path: PathBuf) -> Result<PathBuf> {
    if path.is_dir() {
        Ok(path)
    } else {
        Err(Failure::from(message::no_such_folder()))
    }
}

/// An address that a site can have.
pub(super) fn base_url(address: String) -> Result<String> {
    match read::base_url_fault(&address) {
        Some(problem) => Err(Failure::from(problem)),
        None => Ok(address),
    }
}

/// The files of a site and the answers to its surveys, which must not lie where they would be published.
pub(super) fn gather_with_answers(site: &Path, answers: Option<&Path>, output: &Path) -> Result<Snapshot> {
    let mut snapshot = gather(site)?;
    let folder = disk::answers_folder(site, &read::answers_folder(&snapshot), answers);
    if disk::lies_in(&folder, output) {
        return Err(message::answers_in_output(folder.display()).into());
    }
    disk::gather_answers(&mut snapshot, site, &folder);
    let editions = read::edition_folders(&snapshot);
    disk::gather_editions(&mut snapshot, site, &editions);
    Ok(snapshot)
}

/// The files of a site.
pub(super) fn gather(site: &Path) -> Result<Snapshot> {
    disk::gather(site).or_fail(|| message::cannot_read_site(site.display()))
}

/// Compiles the site with the options from the command line.
pub(super) fn compile(input: &Input, snapshot: &Snapshot, cache: &Cache, follower: &dyn Follower) -> Result<Outcome> {
    Ok(compile_followed(snapshot, &options(input)?, cache, follower))
}

/// The options from the command line.
pub(super) fn options(input: &Input) -> Result<BuildOptions> {
    Ok(BuildOptions {
        today: clock::today(input.today.as_deref())?,
        base_url: input.base_url.clone(),
        drafts: input.drafts,
        embargoed: false,
        release: input.release,
    })
}

/// Prints the findings: for people on standard error, for programs on standard output.
pub(super) fn print(findings: Vec<Finding>, snapshot: &Snapshot, messages: &Messages, format: Format) -> Result<()> {
    let located = read::locate(findings, snapshot);
    if format.is_for_programs() {
        return terminal::print(&printed::print(&located, messages, format, false));
    }
    terminal::eprint(&printed::print(&located, messages, format, terminal::has_colour()));
    Ok(())
}
