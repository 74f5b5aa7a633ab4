//! `import`: what others have → files of the site's data. Each source is a command of its own.

mod codes;
mod figures;
mod print;
mod survey;

use codes::codes;
use figures::{FiguresSource, RefreshArguments};
use survey::survey;

use super::build;
use crate::finding::print::Format;
use crate::finding::{Language, Log, Messages};
use crate::model::{Consultation, Site, Tool};
use crate::source::Snapshot;
use crate::{disk, read};
use anyhow::{Context, anyhow};
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
pub(super) fn import(arguments: &ImportArguments, language: Language) -> anyhow::Result<bool> {
    match &arguments.source {
        Some(Import::Survey(arguments)) => survey(arguments, language),
        Some(Import::Codes(arguments)) => codes(arguments, language),
        Some(Import::Figures(source)) => figures::series(source, language),
        None => figures::refresh(&arguments.refresh, language),
    }
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Import {
    /// Bring in answers to a survey or consultation.
    #[command(long_about = SURVEY_LONG, after_help = SURVEY_AFTER)]
    Survey(SurveyArguments),
    /// Make an invitation code for every invited body that has none.
    ///
    /// They are written to ANSWERS/ID/codes.csv, which is never published. Codes that are there already stay.
    Codes(CodesArguments),
    #[command(flatten)]
    Figures(Box<FiguresSource>),
}

const SURVEY_LONG: &str = "\
Bring in answers to a survey or consultation.

Reads answer files and posted answers of Utsikt's own form (JSON, JSON lines, CSV), recording sheets of meetings (CSV), and \
exports of survey tools (CSV, XLSX) through a mapping: ANSWERS/ID/mapping.yaml if it is there. What is new is added to the \
journal ANSWERS/ID/responses.jsonl, from which nothing is ever removed; importing the same file again changes nothing. \
ANSWERS/ID/import.log says what each import did.

A column that the mapping does not name stops the import, so that nothing is lost and nothing private slips in. Columns \
with names and addresses of persons are left behind unless the mapping names them.";

const SURVEY_AFTER: &str = "\
Try:  utsikt import survey enkat svar/*.json                              answer files from the form
      utsikt import survey enkat export.xlsx --preset msforms --draft-mapping > mapping.yaml
      utsikt import survey enkat export.xlsx --mapping mapping.yaml --dry-run";

/// Arguments of `import survey`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SurveyArguments {
    /// Which: the name of its file in data/surveys or data/consultations.
    id: String,
    /// Files with answers; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How an export is read, instead of ANSWERS/ID/mapping.yaml.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Whose habits to go by: msforms, google, limesurvey, generic or form.
    #[arg(long, value_name = "NAME", value_parser = tool)]
    preset: Option<Tool>,
    /// Write a mapping for the first file to standard output, and import nothing.
    #[arg(long)]
    draft_mapping: bool,
    /// Say what would be done, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The day for the log, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else today.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Arguments of `import codes`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CodesArguments {
    /// Which: the name of its file in data/surveys or data/consultations.
    id: String,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Where things are.
#[derive(Debug, Args)]
struct PlaceArguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The folder with the answers to surveys, instead of the one that data/site.yaml names.
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
}

fn tool(written: &str) -> Result<Tool, String> {
    let found = Tool::NAMES
        .iter()
        .find(|(name, _)| *name == written)
        .map(|(_, tool)| *tool);
    let names: Vec<&str> = Tool::NAMES.iter().map(|(name, _)| *name).collect();
    found.ok_or_else(|| format!("choose one of {}", names.join(", ")))
}

/// A site with its answers, as far as an import needs them.
struct AnswerSite {
    snapshot: Snapshot,
    site: Site,
    /// The folder with the answers.
    folder: PathBuf,
}

impl AnswerSite {
    /// Reads the site. Its findings are a build's business, unless it cannot be read at all.
    fn open(place: &PlaceArguments, messages: &Messages) -> anyhow::Result<Self> {
        let mut snapshot = build::gather(&place.site)?;
        let folder = disk::answers_folder(&place.site, &read::answers_folder(&snapshot), place.answers.as_deref());
        disk::gather_answers(&mut snapshot, &place.site, &folder);
        let log = Log::default();
        let Some(site) = read::site(&snapshot, &log) else {
            let findings = log.into_sorted();
            let first = findings
                .first()
                .map(|finding| messages.headline(finding))
                .unwrap_or_default();
            return Err(anyhow!("{first}")).context("the site cannot be read");
        };
        Ok(Self { snapshot, site, folder })
    }

    /// The consultation of this id.
    fn consultation(&self, id: &str, messages: &Messages) -> anyhow::Result<&Consultation> {
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
        found.ok_or_else(|| anyhow!(messages.unknown("no_consultation", id, known())))
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
