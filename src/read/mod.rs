//! Text → parts: YAML, tables and pages become the model's types, each remembering where it was said.
//!
//! Takes a [`Snapshot`]; gives a [`Site`] whose places and periods are resolved, while references between
//! indicators, sets and pages are still only names: [`crate::bind`] follows them. Every fault is a
//! finding and the rest is read on. The only stage that knows YAML and CSV.

mod analysis;
mod chart;
mod consultation;
mod index;
mod indicator;
mod mapping;
mod number;
mod outcome;
mod outline;
mod page;
mod places;
mod provenance;
mod responses;
mod schema;
mod series;
mod set;
mod settings;
mod table;
mod terms;
mod update;
mod yaml;

pub use mapping::mapping;
pub use provenance::{fingerprint, provenances};
pub use responses::{JOURNAL, answers, codes};
pub use schema::{SCHEMA_FILES, Schema, schema, schema_line, schema_path};

pub(crate) use chart::spec as chart_spec;
pub(crate) use indicator::PERIOD_KINDS;
pub use number::Decimal;
pub(crate) use number::{parse as number, parse_grouped as grouped_number};
pub(crate) use provenance::{FORMAT as ORIGIN_FORMAT, provenance_of};
pub(crate) use responses::{FORMAT, moment};
pub(crate) use table::{decode, delimiter, field_origin, quote_faults, rows as table_rows};
pub(crate) use terms::anchor;
pub(crate) use update::FOLDER as UPDATES;
pub(crate) use yaml::{Fields, Node};

use crate::finding::{Code, Finding, Log, print};
use crate::model::{Area, Consultation, ConsultationKind, Period, PeriodKind, PlaceId, Places, Site, Text};
use crate::source::{At, FilePath, Origin, Snapshot, SourceFile};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything the author has said.
///
/// Gives `None` only when there is no `data/site.yaml` to start from.
pub fn site(snapshot: &Snapshot, log: &Log) -> Option<Site> {
    for file in &snapshot.unreadable {
        log.add(Finding::new(Code::FileUnreadable, Origin::file(&file.path)).with("reason", &file.reason));
    }
    let unreadable = |path: &str| snapshot.unreadable.iter().any(|file| *file.path == *path);
    let Some(site_file) = snapshot.find("data/site.yaml") else {
        if !unreadable("data/site.yaml") {
            log.add(Finding::general(Code::SiteMissing));
        }
        return None;
    };
    let places_path: FilePath = "data/places.yaml".into();
    if snapshot.find(&places_path).is_none()
        && !unreadable(&places_path)
        && snapshot.under("data/indicators/", ".yaml").next().is_some()
    {
        log.add(Finding::new(Code::FileMissing, Origin::file(&places_path)).with("path", &places_path));
    }
    let places = places::read(snapshot, log);
    let settings = document(site_file, log, |node| settings::read(node, &places))?;
    let areas = outcome::areas(snapshot, log);
    let (topics, terms) = terms::read(snapshot, log);
    let mut pages = page::read_all(snapshot, &settings.languages, log);
    pages.sort_by(|a, b| (&a.language, &a.id).cmp(&(&b.language, &b.id)));
    let mut indicators = each(snapshot, "data/indicators/", log, |node, id| {
        indicator::read(node, id, &places, snapshot)
    });
    indicators.sort_by(|a, b| a.id.cmp(&b.id));
    let mut updates = each(snapshot, update::FOLDER, log, |node, id| {
        update::read(node, id, &places)
    });
    updates.sort_by_key(|it| std::cmp::Reverse(it.date));
    provenance::apply(&provenances(snapshot, log), &mut indicators, snapshot, log);
    Some(Site {
        topics,
        terms,
        updates,
        consultations: consultations(snapshot, &places, &areas, log),
        codebooks: each(snapshot, "data/codebooks/", log, outcome::codebook),
        outcomes: each(snapshot, "data/outcomes/", log, outcome::outcomes),
        areas,
        indicators,
        sets: each(snapshot, "data/sets/", log, |node, id| set::read(node, id, &places)),
        indices: each(snapshot, "data/indices/", log, |node, id| {
            index::read(node, id, &places)
        }),
        analyses: each(snapshot, "data/analyses/", log, analysis::read),
        charts: each(snapshot, "data/charts/", log, |node, id| {
            Some((id.to_owned(), chart::spec(node, &places)?))
        }),
        settings,
        places,
        pages,
    })
}

/// Surveys and consultations, by id.
fn consultations(snapshot: &Snapshot, places: &Places, areas: &[Area], log: &Log) -> Vec<Consultation> {
    let folders = [
        ("data/surveys/", ConsultationKind::Survey),
        ("data/consultations/", ConsultationKind::Consultation),
    ];
    let all = folders.into_iter().flat_map(|(folder, kind)| {
        each(snapshot, folder, log, |node, id| {
            consultation::read(node, id, kind, places, areas)
        })
    });
    let mut all: Vec<Consultation> = all.collect();
    unique(all.iter().map(|it| (it.id.as_str(), it.origin.clone())), log);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    all
}

/// The folder with the answers to surveys, as seen from the site's; what is wrong with the settings is told by [`site`].
#[must_use]
pub fn answers_folder(snapshot: &Snapshot) -> String {
    let log = Log::default();
    let found = snapshot.find("data/site.yaml").and_then(|file| {
        document(file, &log, |node| {
            node.fields()?.find("answers").and_then(|node| node.string())
        })
    });
    found.unwrap_or_else(|| settings::ANSWERS.to_owned())
}

/// Bytes of the values of a YAML text that are no mappings or lists, in their order; keys and comments are left out.
pub(crate) fn yaml_values(text: &str) -> Vec<std::ops::Range<usize>> {
    outline::Outline::of(text).scalars()
}

/// The older editions that the settings name, each with the folder of its bag as seen from the site's; what is wrong with
/// the settings is told by [`site`].
#[must_use]
pub fn edition_folders(snapshot: &Snapshot) -> Vec<(String, String)> {
    let log = Log::default();
    let editions = snapshot.find("data/site.yaml").and_then(|file| {
        document(file, &log, |node| {
            Some(settings::editions(&node.fields()?.find("editions")?))
        })
    });
    editions
        .into_iter()
        .flatten()
        .map(|edition| (edition.id, edition.archive.0))
        .collect()
}

/// Findings with their places as bytes; the files that have none are not looked at again.
#[must_use]
pub fn locate(findings: Vec<Finding>, snapshot: &Snapshot) -> Vec<print::Located> {
    let mut texts: BTreeMap<FilePath, Arc<str>> = BTreeMap::new();
    let mut outlines: BTreeMap<(FilePath, Option<(usize, usize)>), outline::Outline> = BTreeMap::new();
    let mut place = |origin: &Origin| {
        if let Some(place) = blank(origin, snapshot) {
            return place;
        }
        let text = texts
            .entry(origin.file.clone())
            .or_insert_with(|| shown(snapshot.find(&origin.file)))
            .clone();
        let (start, end) = origin.block.unwrap_or((0, text.len()));
        let span = match &origin.at {
            At::Span(start, end) => *start..*end,
            At::Whole => start..start,
            at => {
                let key = (origin.file.clone(), origin.block);
                let outline = outlines
                    .entry(key)
                    .or_insert_with(|| outline::Outline::of(text.get(start..end).unwrap_or_default()));
                let span = outline.find(at);
                start + span.start..start + span.end
            }
        };
        print::Place {
            path: print::shown_path(snapshot, &origin.file),
            span: first_line(&text, span),
            text,
        }
    };
    findings
        .into_iter()
        .map(|finding| print::Located {
            place: finding.origin.as_ref().map(&mut place),
            other: finding.other.as_ref().map(&mut place),
            finding,
        })
        .collect()
}

/// A place in text that is not shown: a cell of a workbook, which is no text, or a line of responses or invitation codes,
/// since findings are printed in logs that others read.
fn blank(origin: &Origin, snapshot: &Snapshot) -> Option<print::Place> {
    if let At::Cell(row, column) = origin.at {
        let text = "\n".repeat(row.saturating_sub(1)) + &" ".repeat(column);
        let end = text.len();
        return Some(print::Place {
            path: print::shown_path(snapshot, &origin.file),
            span: end.saturating_sub(1)..end,
            text: text.into(),
        });
    }
    let file = snapshot
        .find(&origin.file)
        .filter(|file| file.path.ends_with(".jsonl") || file.path.ends_with("/codes.csv"))?;
    let start = match origin.at {
        At::Span(start, _) => start.min(file.bytes.len()),
        _ => 0,
    };
    let before = file.bytes[..start].split(|byte| *byte == b'\n').count() - 1;
    let text = "\n".repeat(before + 1).into();
    Some(print::Place {
        path: print::shown_path(snapshot, &origin.file),
        span: before..before,
        text,
    })
}

/// A file's text for an excerpt; what is not UTF-8 is shown as if it were Windows-1252.
fn shown(file: Option<&SourceFile>) -> Arc<str> {
    let Some(file) = file else { return "".into() };
    match file.text() {
        Err(at) if !file.path.ends_with(".csv") => {
            let (valid, rest) = file.bytes.split_at(at);
            (table::decode(valid).into_owned() + &table::decode(rest)).into()
        }
        _ => table::decode(&file.bytes).into(),
    }
}

/// The part of the span that lies on its first line and on character boundaries of the text.
fn first_line(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary(span.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..boundary(span.end).clamp(start, line_end)
}

/// Reads every YAML file of a folder, side by side; results and findings are in the order of the paths.
fn each<T: Send>(
    snapshot: &Snapshot,
    folder: &str,
    log: &Log,
    read: impl Fn(&Node<'_>, &str) -> Option<T> + Sync,
) -> Vec<T> {
    let files: Vec<&SourceFile> = snapshot.under(folder, ".yaml").collect();
    let results: Vec<(Option<T>, Vec<Finding>)> = files
        .par_iter()
        .map(|file| {
            let own = Log::default();
            let id = file.path[folder.len()..].trim_end_matches(".yaml");
            let result = if is_id(id) {
                document(file, &own, |node| read(node, id))
            } else {
                let finding = Finding::new(Code::FileName, Origin::file(&file.path)).with("name", id);
                let near = anchor(id);
                own.add(if near.is_empty() {
                    finding
                } else {
                    finding.with("near", near)
                });
                None
            };
            (result, own.into_inner())
        })
        .collect();
    results
        .into_iter()
        .filter_map(|(result, findings)| {
            log.append(findings);
            result
        })
        .collect()
}

/// Whether this can be an id. Ids are file names and addresses: lower-case ASCII letters, digits and hyphens.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Reports every id that an earlier one of the list is equal to.
fn unique<'a>(ids: impl IntoIterator<Item = (&'a str, Origin)>, log: &Log) {
    let mut seen = BTreeMap::new();
    for (id, origin) in ids {
        if let Some(first) = seen.get(id) {
            log.add(
                Finding::new(Code::DuplicateId, origin)
                    .with("value", id)
                    .beside(Origin::clone(first)),
            );
        } else {
            seen.insert(id, origin);
        }
    }
}

/// Reads a file's YAML document.
fn document<T>(file: &SourceFile, log: &Log, read: impl FnOnce(&Node<'_>) -> Option<T>) -> Option<T> {
    let origin = Origin::file(&file.path);
    let text = text_of(file, log)?;
    let value = yaml::parse(text, &origin, log)?;
    read(&Node::new(&value, origin, log))
}

/// Reads a YAML document that stands inside another text, such as a fenced block. `origin` is the block.
pub(crate) fn embedded<T>(
    text: &str,
    origin: &Origin,
    log: &Log,
    read: impl FnOnce(&Node<'_>) -> Option<T>,
) -> Option<T> {
    let value = yaml::parse(text, origin, log)?;
    read(&Node::new(&value, origin.clone(), log))
}

/// A file's text, or a finding.
fn text_of<'a>(file: &'a SourceFile, log: &Log) -> Option<&'a str> {
    utf8(&file.path, &file.bytes, log)
}

/// Bytes as text without a byte-order mark, or a finding.
pub(crate) fn utf8<'a>(path: &FilePath, bytes: &'a [u8], log: &Log) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let at = error.valid_up_to();
            log.add(Finding::new(Code::FileEncoding, Origin::span(path, at..at)));
            None
        }
    }
}

/// Text in one language or several.
pub(crate) fn text(node: &Node<'_>) -> Option<Text> {
    if node.is_mapping() {
        node.entries(|language, node| Some((language.to_owned(), node.string()?)))
            .map(Text::by_language)
    } else {
        node.string().map(Text::plain)
    }
}

/// Text under a key that may be absent.
fn text_at(fields: &mut Fields<'_>, key: &'static str) -> Text {
    fields.find(key).and_then(|node| text(&node)).unwrap_or_default()
}

/// A plain string under a key that may be absent.
fn string_at(fields: &mut Fields<'_>, key: &'static str) -> String {
    fields.find(key).and_then(|node| node.scalar()).unwrap_or_default()
}

/// A period of a kind that is known.
fn period(node: &Node<'_>, kind: PeriodKind) -> Option<Period> {
    period_of(&node.scalar()?, Some(kind), node)
}

/// A period in whatever kind its form shows.
fn any_period(node: &Node<'_>) -> Option<Period> {
    period_of(&node.scalar()?, None, node)
}

fn period_of(text: &str, kind: Option<PeriodKind>, node: &Node<'_>) -> Option<Period> {
    let read = match kind {
        Some(kind) => Period::parse(text, kind),
        None => Period::guess(text),
    };
    if read.is_none() {
        node.report(period_fault(text, kind, &node.origin));
    }
    read
}

/// What is wrong with a period that could not be read.
fn period_fault(text: &str, kind: Option<PeriodKind>, origin: &Origin) -> Finding {
    match (Period::guess(text), kind) {
        (Some(_), Some(kind)) => Finding::new(Code::PeriodKind, origin.clone())
            .with("value", text)
            .with("expected", period_example(kind)),
        _ => Finding::new(Code::PeriodForm, origin.clone())
            .with("value", text)
            .with("expected", period_example(kind.unwrap_or_default())),
    }
}

/// How a period of this kind is written.
pub(crate) fn period_example(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Year | PeriodKind::Election => "2024",
        PeriodKind::SchoolYear => "2023/2024",
        PeriodKind::HalfYear => "2024H1",
        PeriodKind::Quarter => "2024Q1",
        PeriodKind::Month => "2024M03",
        PeriodKind::Span => "2020-2023",
    }
}

/// A place by code or alias.
fn place(node: &Node<'_>, places: &Places) -> Option<PlaceId> {
    let code = node.string()?;
    let found = places.find(&code);
    if found.is_none() {
        node.report(
            node.finding(Code::UnknownPlace)
                .with("value", &code)
                .near(&code, places.codes()),
        );
    }
    found
}

/// A file under `data/` that another file names, or a finding.
fn data_file<'a>(node: &Node<'_>, snapshot: &'a Snapshot) -> Option<&'a SourceFile> {
    let written = node.string()?;
    if written.starts_with(['/', '\\']) || written.contains(':') || written.split(['/', '\\']).any(|part| part == "..")
    {
        node.report(node.finding(Code::FileOutside).with("path", &written));
        return None;
    }
    let path = format!("data/{written}");
    let found = snapshot.find(&path);
    if found.is_none() {
        // A file that exists but cannot be read has its own finding already.
        if !snapshot.unreadable.iter().any(|file| *file.path == *path) {
            let known = snapshot
                .under("data/", "")
                .filter_map(|file| file.path.strip_prefix("data/"));
            let finding = node.finding(Code::FileMissing).with("path", &path);
            let near = crate::finding::nearest(&written, known).map(ToOwned::to_owned);
            node.report(match near {
                Some(near) => finding.with("near", near),
                None => finding,
            });
        }
    }
    found
}
