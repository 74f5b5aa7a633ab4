//! `import`: what others have → files of the site's data. Each source is a command of its own.

mod codes;
mod figures;
mod survey;

use codes::codes;
use figures::{KoladaArguments, LinkArguments, PxwebArguments, TableArguments};
use survey::survey;

use super::build;
use crate::finding::print::Format;
use crate::finding::{Finding, Language, Log, Messages};
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
    /// Repeat recorded imports (all, or these indicators') and show what they would change.
    #[arg(long, value_name = "ID", num_args = 0..)]
    refresh: Option<Vec<String>>,
    /// Write what has changed.
    #[arg(long, requires = "refresh")]
    yes: bool,
    /// The day, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else now.
    #[arg(long, value_name = "DATE", requires = "refresh")]
    today: Option<String>,
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".", requires = "refresh")]
    site: PathBuf,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t, requires = "refresh")]
    format: Format,
    #[command(subcommand)]
    source: Option<Import>,
}

/// Brings in what was asked for; false when something is wrong, and nothing was written.
pub(super) fn import(arguments: &ImportArguments, language: Language) -> anyhow::Result<bool> {
    match &arguments.source {
        Some(Import::Survey(arguments)) => survey(arguments, language),
        Some(Import::Codes(arguments)) => codes(arguments, language),
        Some(figures) => figures::series(figures, language),
        None => figures::refresh(arguments, arguments.refresh.as_deref().unwrap_or_default(), language),
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
    /// Bring in figures from Kolada, by its API of version 3 or files of version 3 or 2.
    #[command(long_about = KOLADA_LONG, after_help = KOLADA_AFTER)]
    Kolada(KoladaArguments),
    /// Bring in figures from a PxWeb database, such as SCB's, by its API of version 1 or 2.
    #[command(long_about = PXWEB_LONG, after_help = PXWEB_AFTER)]
    Pxweb(PxwebArguments),
    /// Bring in figures in JSON-stat 2, from Eurostat or anybody.
    Jsonstat(LinkArguments),
    /// Bring in figures from a PX file.
    Px(LinkArguments),
    /// Bring in figures from a CSV file, in either dialect, long or with a column a period.
    #[command(after_help = TABLE_AFTER)]
    Csv(TableArguments),
    /// Bring in figures from a sheet of a workbook, long or with a column a period.
    #[command(after_help = TABLE_AFTER)]
    Xlsx(TableArguments),
}

const KOLADA_LONG: &str = "\
Bring in figures from Kolada.

Writes data/series/INDICATOR.csv and, beside it, INDICATOR.origin.yaml: what was asked, when, and fingerprints of the \
answers. Codes become places, periods and sexes only where the site knows them exactly; what it does not know is told, \
and nothing is guessed. Files are written together or not at all. Kolada must be named as the source of its own figures; \
figures that you compute from them are yours (`processing`).";

const KOLADA_AFTER: &str = "\
Try:  utsikt import kolada brp --kpi N03702 --years 2017-2024 --new
      utsikt import kolada brp --file sida1.json sida2.json kpi.json
      utsikt import --refresh brp                                   what has changed since";

const PXWEB_LONG: &str = "\
Bring in figures from a PxWeb database, such as SCB's.

Asks what the table is divided by, then for what was chosen, in portions no larger than the database gives. Of places only \
the site's are asked for, unless --where says others. A dimension that is neither place, time nor sex must be chosen \
from, or become the indicator's breakdown.";

const PXWEB_AFTER: &str = "\
Try:  utsikt import pxweb befolkning --table TAB638 --measure BE0101N1 --where Tid=top(3) --new
      utsikt import pxweb arbetsloshet --table AM/AM0210/AM0210A/ArbStatusAr --where alder=20-64";

const TABLE_AFTER: &str = "\
Try:  utsikt import csv skolresultat --file tabell.csv --place kommunkod --time år --value andel
      utsikt import xlsx skolresultat --file tabell.xlsx --sheet Kommuner --status \"-=unavailable\"";

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

/// Prints findings as a build does; gives whether there is an error among them.
fn tell(findings: Vec<Finding>, snapshot: &Snapshot, language: Language, format: Format) -> bool {
    let has_errors = crate::finding::has_errors(&findings);
    build::print(findings, snapshot, &Messages::of(language), format);
    has_errors
}

/// A path as the user called it.
fn path_as_typed(path: &Path) -> String {
    path.display().to_string()
}
