//! The files of an import: made, read back as a build would read them, and compared with what is there.

use super::arguments::FiguresCommand;
use super::obtain::{Obtained, obtain};
use crate::check::plausibility;
use crate::finding::{Code, Finding, Language, Log, Messages, Result, Severity, message};
use crate::import::figures::{self, Facts, Figures, ImportRecord, Mapped, Revision};
use crate::model::{EarlierImport, Indicator, Provenance, Site};
use crate::source::{FilePath, Snapshot};
use crate::{disk, read};
use jiff::civil::Date;
use std::path::Path;

/// A site, as far as an import of figures needs it.
pub(super) struct ImportSite {
    pub(super) snapshot: Snapshot,
    pub(super) site: Site,
    pub(super) provenances: Vec<Provenance>,
    findings: Vec<Finding>,
}

impl ImportSite {
    /// Reads the site. Its findings are a build's business, unless it cannot be read at all.
    pub(super) fn open(site: &Path, messages: &Messages) -> Result<Self> {
        disk::DataLock::recover(site)?;
        let snapshot = super::super::site::gather(site)?;
        let log = Log::default();
        let provenances = read::provenances(&snapshot, &log);
        let site = read::site(&snapshot, &log);
        let findings = read::findings(log);
        let Some(site) = site else {
            let first = findings.first().map(|finding| messages.headline(finding));
            return Err(message::site_unreadable(first.unwrap_or_default()).into());
        };
        Ok(Self {
            snapshot,
            site,
            provenances,
            findings,
        })
    }

    fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.site.indicators.iter().find(|indicator| indicator.id == id)
    }

    fn provenance(&self, id: &str) -> Option<&Provenance> {
        self.provenances.iter().find(|provenance| provenance.indicator == id)
    }

    /// Errors in the table of an indicator's figures: what could not be read of it would be lost when it is written anew.
    fn table_faults(&self, id: &str) -> Vec<Finding> {
        let table = self.indicator(id).and_then(|indicator| indicator.table.clone());
        let is_in_table = |finding: &&Finding| {
            let file = finding.origin.as_ref().map(|origin| origin.file.clone());
            finding.severity == Severity::Error && table.is_some() && file == table
        };
        self.findings.iter().filter(is_in_table).cloned().collect()
    }

    fn language(&self) -> &str {
        self.site.settings.languages.first().map_or("sv", String::as_str)
    }
}

fn indicator_path(id: &str) -> String {
    format!("data/indicators/{id}.yaml")
}

fn series_path(id: &str) -> String {
    format!("data/series/{id}.csv")
}

/// What an import comes to.
pub(super) struct Prepared {
    /// Paths within the site, and contents.
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) mapped: Mapped,
    pub(super) revision: Revision,
}

/// What an import is prepared with.
pub(super) struct Preparation<'a> {
    pub(super) site: &'a ImportSite,
    /// The moment of the import, or the day when it was given.
    pub(super) fetched: &'a str,
    /// The day of the import.
    pub(super) today: Date,
    /// The language of texts that are written for the user.
    pub(super) language: Language,
    /// Files that findings may show.
    pub(super) shown: &'a mut Snapshot,
    pub(super) log: &'a Log,
}

impl Preparation<'_> {
    /// Obtains, reads and maps; `None` after findings. `recorded` is the command as its origin keeps it.
    pub(super) fn run(&mut self, command: &FiguresCommand, recorded: Vec<String>) -> Result<Option<Prepared>> {
        let id = &command.indicator;
        let faults = self.site.table_faults(id);
        if !faults.is_empty() {
            let table = self.site.snapshot.find(&series_path(id));
            if let Some(file) = table {
                self.shown.insert(&file.path, file.bytes.clone());
            }
            self.log.append(faults);
            return Ok(None);
        }
        let Some(obtained) = obtain(command, &self.site.site, self.shown, self.log)? else {
            return Ok(None);
        };
        let Some(figures) = self.read(command, &obtained) else {
            return Ok(None);
        };
        let existing = self.site.indicator(id);
        let Some(mapped) = self.map(command, &figures, existing, &obtained) else {
            return Ok(None);
        };
        let provenance = self.site.provenance(id);
        let places = &self.site.site.places;
        let mut revision = figures::revision(existing, provenance, &mapped, &figures.facts, places);
        let is_read = existing.is_some_and(|indicator| indicator.table.as_deref() == Some(&*series_path(id)));
        if !is_read && self.site.snapshot.find(&series_path(id)).is_some() {
            revision.overwritten = series_path(id);
        }
        let import = ImportRecord {
            indicator: id.clone(),
            earlier: earlier(provenance, &revision, &recorded),
            command: recorded,
            fetched: self.fetched.to_owned(),
            exchanges: obtained.exchanges,
            url: obtained.url,
        };
        let files = self.files(command, &import, (&figures.facts, &mapped), existing);
        self.read_back(&files, id);
        Ok(Some(Prepared {
            files,
            mapped,
            revision,
        }))
    }

    fn read(&self, command: &FiguresCommand, obtained: &Obtained) -> Option<Figures> {
        let before = self.log.len();
        let mut figures = if command.files.is_empty() && obtained.format == figures::Format::JsonStat {
            figures::read_portions(&obtained.files, self.log)?
        } else {
            figures::read(obtained.format, &obtained.files, &command.columns, self.log)?
        };
        complete(&mut figures.facts, obtained);
        obtained.question.check(&figures, &obtained.path(), self.log);
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        (!self.log.any_since(before, is_error)).then_some(figures)
    }

    fn map(
        &self,
        command: &FiguresCommand,
        figures: &Figures,
        existing: Option<&Indicator>,
        obtained: &Obtained,
    ) -> Option<Mapped> {
        let mut choice = command.choice.clone();
        choice.kind = choice.kind.or(existing.map(|indicator| indicator.period));
        let context = figures::SiteContext {
            places: &self.site.site.places,
            language: self.site.language(),
            path: &obtained.path(),
        };
        figures::map(figures, &choice, context, self.log)
    }

    /// The series, where it comes from, and the indicator's file when it is new.
    fn files(
        &self,
        command: &FiguresCommand,
        import: &ImportRecord,
        (facts, mapped): (&Facts, &Mapped),
        existing: Option<&Indicator>,
    ) -> Vec<(String, Vec<u8>)> {
        let id = &command.indicator;
        let column = existing
            .and_then(|indicator| indicator.breakdown.as_ref())
            .map_or(figures::BREAKDOWN_COLUMN, |breakdown| &breakdown.column);
        let rows = figures::merged(existing, &mapped.rows);
        let series = figures::table(&rows, &self.site.site.places, column);
        let origin = figures::origin(import, facts, mapped, &series, self.site.language() == "sv");
        let mut files = vec![
            (series_path(id), series.into_bytes()),
            (format!("data/series/{id}.origin.yaml"), origin.into_bytes()),
        ];
        if command.new {
            let skeleton = figures::skeleton(import, facts, mapped, self.language == Language::Sv);
            // Editors check the file by its schema, where the site has one.
            let has_schema = command.site.join(read::schema_path("indicator")).is_file();
            let head = if has_schema {
                read::schema_line("indicator")
            } else {
                String::new()
            };
            files.push((indicator_path(id), format!("{head}{skeleton}").into_bytes()));
        }
        files
    }

    /// Reads the files as a build would: an import never leaves a site that cannot be built because of it.
    fn read_back(&mut self, files: &[(String, Vec<u8>)], id: &str) {
        let mut snapshot = self.site.snapshot.clone();
        for (path, bytes) in files {
            snapshot.insert(path, bytes.clone());
            self.shown.insert(path, bytes.clone());
        }
        let log = Log::default();
        if let Some(site) = read::site(&snapshot, &log) {
            plausibility::check(&site, &snapshot, self.today, &log);
        }
        let is_about_them = |finding: &Finding| {
            let path = finding.origin.as_ref().map(|origin| origin.file.clone());
            files.iter().any(|(own, _)| path.as_deref() == Some(own))
                && (finding.severity == Severity::Error || finding.code != Code::FiguresFetched)
        };
        self.log
            .append(read::findings(log).into_iter().filter(is_about_them).collect());
        if let Some(finding) = figures::unused(id, &snapshot) {
            if let Some(file) = snapshot.find(&indicator_path(id)) {
                self.shown.insert(&file.path, file.bytes.clone());
            }
            self.log.add(finding);
        }
    }
}

/// Earlier imports whose figures stay: those that were kept before, and the last one unless this is the same again.
fn earlier(provenance: Option<&Provenance>, revision: &Revision, recorded: &[String]) -> Vec<EarlierImport> {
    let Some(provenance) = provenance.filter(|_| !revision.kept.is_empty()) else {
        return Vec::new();
    };
    let last = EarlierImport {
        fetched: provenance.fetched.clone(),
        command: provenance.command.clone(),
    };
    let mut all = provenance.earlier.clone();
    all.push(last);
    all.retain(|earlier| earlier.command != recorded);
    all
}

/// What the question knows and the answer does not say.
fn complete(facts: &mut Facts, obtained: &Obtained) {
    if facts.licence.is_empty() {
        facts.licence.clone_from(&obtained.licence);
    }
    if facts.table.is_empty() {
        facts.table.clone_from(&obtained.table);
    }
}

impl Obtained {
    /// The file that findings about the figures as a whole name.
    fn path(&self) -> FilePath {
        self.files
            .first()
            .map_or_else(|| FilePath::from(""), |file| file.path.clone())
    }
}
