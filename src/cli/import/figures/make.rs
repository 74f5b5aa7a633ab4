//! The files of an import: made, read back as a build would read them, and compared with what is there.

use super::arguments::Wanted;
use super::obtain::{Obtained, obtain};
use crate::finding::{Code, Finding, Language, Log, Messages, Severity};
use crate::import::figures::{self, Facts, Mapped, Revision, revision};
use crate::model::{Provenance, Site};
use crate::source::{FilePath, Snapshot};
use crate::{disk, read};
use anyhow::{Context, anyhow};
use std::path::Path;

/// A site, as far as an import needs it.
pub(super) struct Ground {
    pub(super) snapshot: Snapshot,
    pub(super) site: Site,
    pub(super) provenances: Vec<Provenance>,
}

impl Ground {
    /// Reads the site. Its findings are a build's business, unless it cannot be read at all.
    pub(super) fn open(site: &Path, messages: &Messages) -> anyhow::Result<Self> {
        disk::DataLock::recover(site)?;
        let snapshot = super::super::build::gather(site)?;
        let log = Log::default();
        let provenances = read::provenances(&snapshot, &log);
        let Some(site) = read::site(&snapshot, &log) else {
            let findings = log.into_sorted();
            let said = findings
                .first()
                .map(|finding| messages.headline(finding))
                .unwrap_or_default();
            return Err(anyhow!("{said}")).context("the site cannot be read");
        };
        Ok(Self {
            snapshot,
            site,
            provenances,
        })
    }

    fn indicator_path(id: &str) -> String {
        format!("data/indicators/{id}.yaml")
    }
}

/// What an import comes to.
pub(super) struct Made {
    /// Paths within the site, and contents.
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) mapped: Mapped,
    pub(super) revision: Revision,
}

/// Obtains, reads and maps; `None` after findings.
pub(super) fn make(
    wanted: &Wanted,
    ground: &Ground,
    command: Vec<String>,
    fetched: &str,
    given: &mut Snapshot,
    language: Language,
    log: &Log,
) -> anyhow::Result<Option<Made>> {
    let Some(obtained) = obtain(wanted, &ground.site, given, log)? else {
        return Ok(None);
    };
    let Some(mut table) = figures::read(obtained.format, &obtained.files, &wanted.columns, log) else {
        return Ok(None);
    };
    complete(&mut table.facts, &obtained);
    let existing = ground.site.indicators.iter().find(|own| own.id == wanted.indicator);
    let mut choice = wanted.choice.clone();
    choice.kind = choice.kind.or(existing.map(|own| own.period));
    let site_language = ground.site.settings.languages.first().map_or("sv", String::as_str);
    let path = obtained
        .files
        .first()
        .map_or_else(|| FilePath::from(""), |file| file.path.clone());
    let on = figures::SiteContext {
        places: &ground.site.places,
        language: site_language,
        path: &path,
    };
    let Some(mapped) = figures::map(&table, &choice, on, log) else {
        return Ok(None);
    };
    let id = &wanted.indicator;
    let column = existing
        .and_then(|own| own.breakdown.as_ref())
        .map_or(figures::BREAKDOWN_COLUMN, |own| &own.column);
    let series = figures::table(&mapped, &ground.site.places, column);
    let import = figures::Import {
        indicator: id.clone(),
        command,
        fetched: fetched.to_owned(),
        asked: obtained.asked,
        url: obtained.url,
    };
    let origin = figures::origin(&import, &table.facts, &mapped, &series, site_language == "sv");
    let mut files = vec![
        (format!("data/series/{id}.csv"), series.into_bytes()),
        (format!("data/series/{id}.origin.yaml"), origin.into_bytes()),
    ];
    if wanted.new {
        let skeleton = figures::skeleton(&import, &table.facts, &mapped, language == Language::Sv);
        // Editors check the file by its schema, where the site has one.
        let has_schema = wanted.site.join(read::schema_path("indicator")).is_file();
        let head = if has_schema {
            read::schema_line("indicator")
        } else {
            String::new()
        };
        files.push((Ground::indicator_path(id), format!("{head}{skeleton}").into_bytes()));
    }
    read_back(&files, wanted, ground, given, log);
    let was = ground.provenances.iter().find(|own| own.indicator == *id);
    let revision = revision(existing, was, &mapped, &table.facts, &ground.site.places);
    Ok(Some(Made {
        files,
        mapped,
        revision,
    }))
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

/// Reads the files as a build would: an import never leaves a site that cannot be built because of it.
fn read_back(files: &[(String, Vec<u8>)], wanted: &Wanted, ground: &Ground, given: &mut Snapshot, log: &Log) {
    let mut snapshot = ground.snapshot.clone();
    for (path, bytes) in files {
        snapshot.insert(path, bytes.clone());
        given.insert(path, bytes.clone());
    }
    let found = Log::default();
    let _ = read::site(&snapshot, &found);
    let own = |finding: &Finding| {
        let path = finding
            .origin
            .as_ref()
            .map(|origin| origin.file.clone())
            .unwrap_or_default();
        files.iter().any(|(own, _)| **own == *path)
            && (finding.severity == Severity::Error || finding.code != Code::FiguresFetched)
    };
    log.append(found.into_sorted().into_iter().filter(own).collect());
    if let Some(finding) = figures::unused(&wanted.indicator, &snapshot) {
        let file = snapshot.find(&Ground::indicator_path(&wanted.indicator));
        if let Some(file) = file {
            given.insert(&file.path, file.bytes.clone());
        }
        log.add(finding);
    }
}
