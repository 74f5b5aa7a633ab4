//! `import`: what others have → files of the site's data. Each source is a command of its own.

mod codes;
mod figures;
mod print;
mod sheet;
mod survey;

use codes::codes;
use figures::{FiguresSource, RefreshArguments};
use sheet::sheet;
use survey::survey;

use super::site;
use crate::finding::print::Format;
use crate::finding::{Failure, Language, Log, Messages, Result, message};
use crate::import::SheetRelation;
use crate::model::{Consultation, Site, Tool};
use crate::source::Snapshot;
use crate::{disk, read};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(in crate::cli) struct ImportArguments {
    #[command(flatten)]
    refresh: RefreshArguments,
    #[command(subcommand)]
    source: Option<Import>,
}

/// Brings in what was asked for; false when something is wrong, and nothing was written.
pub(super) fn import(arguments: &ImportArguments, language: Language) -> Result<bool> {
    match &arguments.source {
        Some(Import::Survey(arguments)) => survey(arguments, language),
        Some(Import::Codes(arguments)) => codes(arguments, language),
        Some(Import::Sheet(arguments)) => sheet(arguments, language),
        Some(Import::Figures(source)) => figures::series(source, language),
        None => figures::refresh(&arguments.refresh, language),
    }
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Import {
    Survey(SurveyArguments),
    Codes(CodesArguments),
    Sheet(SheetArguments),
    #[command(flatten)]
    Figures(Box<FiguresSource>),
}

/// Arguments of `import survey`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SurveyArguments {
    id: String,
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[arg(long, value_name = "NAME", value_parser = tool)]
    preset: Option<Tool>,
    #[arg(long)]
    draft_mapping: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "RELATION", value_parser = relation)]
    sheet: Option<SheetRelation>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Arguments of `import codes`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CodesArguments {
    id: String,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Arguments of `import sheet`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SheetArguments {
    id: String,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Where things are.
#[derive(Debug, Args)]
struct PlaceArguments {
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
}

fn tool(written: &str) -> Result<Tool> {
    choice(written, Tool::NAMES)
}

fn relation(written: &str) -> Result<SheetRelation> {
    choice(written, SheetRelation::NAMES)
}

fn choice<T: Copy>(written: &str, vocabulary: &[(&str, T)]) -> Result<T> {
    let found = vocabulary.iter().find(|(name, _)| *name == written);
    let names: Vec<&str> = vocabulary.iter().map(|(name, _)| *name).collect();
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| message::choose_one(names.join(", ")).into())
}

/// A site with its answers, as far as an import needs them.
struct AnswerSite {
    snapshot: Snapshot,
    site: Site,
    /// The site's folder, and the one with the answers.
    place: PathBuf,
    folder: PathBuf,
}

impl AnswerSite {
    /// Reads the site. Its findings are a build's business, unless it cannot be read at all.
    fn open(place: &PlaceArguments, messages: &Messages) -> Result<Self> {
        let mut snapshot = site::gather(&place.site)?;
        let folder = disk::answers_folder(&place.site, &read::answers_folder(&snapshot), place.answers.as_deref());
        disk::gather_answers(&mut snapshot, &place.site, &folder);
        let log = Log::default();
        let Some(site) = read::site(&snapshot, &log) else {
            let findings = read::findings(log);
            let first = findings
                .first()
                .map(|finding| messages.headline(finding))
                .unwrap_or_default();
            return Err(message::site_unreadable(first).into());
        };
        Ok(Self {
            snapshot,
            site,
            place: place.site.clone(),
            folder,
        })
    }

    /// Takes the right to change a consultation's answers, and reads them as they are from then on.
    fn lock(&mut self, id: &str) -> Result<disk::AnswersLock> {
        self.consultation(id)?;
        let lock = disk::AnswersLock::take(&self.folder, id)?;
        disk::gather_answers(&mut self.snapshot, &self.place, &self.folder);
        Ok(lock)
    }

    /// The consultation of this id.
    fn consultation(&self, id: &str) -> Result<&Consultation> {
        let known = || {
            self.site
                .consultations
                .iter()
                .map(|consultation| consultation.id.as_str())
        };
        let found = self
            .site
            .consultations
            .iter()
            .find(|consultation| consultation.id == id);
        found.ok_or_else(|| Failure::from(message::no_consultation(id)).near(id, known()))
    }

    /// A file of the consultation's answers.
    fn text(&self, id: &str, name: &str) -> Vec<u8> {
        self.snapshot
            .find(&format!("answers/{id}/{name}"))
            .map(|file| file.bytes.to_vec())
            .unwrap_or_default()
    }
}

/// A path as the user called it.
fn path_as_typed(path: &Path) -> String {
    path.display().to_string()
}
