//! Text → model: YAML, tables and pages become the model's types, each with the place where it is written.
//!
//! Takes a [`Snapshot`]; gives a [`Site`] whose places and periods are resolved, while references between indicators, sets and
//! pages are still only names: [`crate::bind`] follows them. Every fault is a finding and the rest is read on. The only stage
//! that knows YAML and CSV.
//!
//! Places are pointers into YAML or bytes of a table; [`locate()`] turns them into bytes for those who print findings.

mod analysis;
mod base_url;
mod block;
mod boundaries;
mod chart;
mod commitment;
mod consequence;
mod consultation;
mod document;
mod draft;
mod evidence;
mod expressions;
mod ids;
mod index;
mod indicator;
mod json;
mod keys;
mod locate;
mod mapping;
mod number;
mod outcome;
mod outline;
mod page;
mod places;
mod probe;
mod provenance;
mod responses;
mod schema;
mod series;
mod set;
mod settings;
mod table;
mod terms;
mod text_links;
mod theme;
mod update;
mod values;
mod web_address;
mod yaml;

pub use base_url::{base_url_fault, is_insecure};
pub use consequence::findings;
pub use ids::is_id;
pub use keys::key_reference;
pub use locate::locate;
pub use mapping::mapping;
pub use provenance::{fingerprint, provenances};
pub use responses::{JOURNAL, LEDGER, answers, codes};
pub use schema::{SCHEMA_FILES, Schema, schema, schema_line, schema_path};
pub use web_address::{AddressKind, address_kind};

pub(crate) use block::{BLOCKS, Block, Named, block};
pub(crate) use document::{embedded, utf8};
pub(crate) use expressions::{Expressions, TextEvaluator};
pub(crate) use ids::anchor;
pub(crate) use indicator::PERIOD_KINDS;
pub(crate) use json::{json_offset, json_problem};
pub use number::Decimal;
pub(crate) use number::{parse as number, parse_grouped as grouped_number};
pub(crate) use outline::{YamlValue, yaml_values};
pub(crate) use provenance::{FORMAT as ORIGIN_FORMAT, provenance_path};
pub(crate) use responses::{FORMAT, TEST_ID, in_sweden, moment, surplus_hands, unfit_answers, without_personal};
pub(crate) use table::{decode, delimiter, field_origin, quote_faults, rows as table_rows};
pub(crate) use text_links::{is_outside, leads_out};
pub(crate) use theme::{ThemeManifest, manifest as theme_manifest};
pub(crate) use update::FOLDER as UPDATES;
pub(crate) use values::period_example;
pub(crate) use yaml::Node;

use crate::finding::{Code, Finding, Log, message};
use crate::model::{Area, Consultation, ConsultationKind, Places, Site};
use crate::source::{FilePath, Origin, Snapshot, Unreadable, UnreadableReason};
use document::{document, document_at, each_document};
use ids::unique;

/// The finding that says why a file could not be read.
fn unreadable_file(file: &Unreadable) -> Finding {
    use std::io::ErrorKind;
    let finding = Finding::new(Code::FileUnreadable, Origin::file(&file.path));
    let reason = match &file.reason {
        UnreadableReason::LinkLeadsOut => message::file_link_out(),
        UnreadableReason::LinkInCircles => message::file_link_loop(),
        UnreadableReason::LinkInRevision => message::file_link_in_revision(),
        UnreadableReason::Repository => message::file_repository(),
        UnreadableReason::NotInRepository => message::file_not_in_repository(),
        UnreadableReason::NameEncoding => message::file_name_encoding(),
        UnreadableReason::NameCharacters => message::file_name_characters(),
        UnreadableReason::NeitherFileNorFolder => message::file_neither(),
        UnreadableReason::TooLarge => message::file_large(),
        UnreadableReason::System(ErrorKind::PermissionDenied, _) => message::file_denied(),
        UnreadableReason::System(ErrorKind::IsADirectory, _) => message::file_folder(),
        UnreadableReason::System(ErrorKind::NotFound, _) => message::file_vanished(),
        UnreadableReason::System(_, words) => return finding.with("reason", words),
    };
    finding.with_message("reason", reason)
}

/// Whether a file's name has a character that cannot stand in an address, nor on one line of a message.
fn has_unfit_name(path: &str) -> bool {
    path.contains('\\') || path.contains(char::is_control)
}

/// Everything the author has said, with expressions in texts as they are written.
///
/// Gives `None` only when there is no `data/site.yaml` to start from.
pub fn site(snapshot: &Snapshot, log: &Log) -> Option<Site> {
    site_with(snapshot, Expressions::Unread, log)
}

/// [`site`], with something done about expressions in texts.
pub(crate) fn site_with(snapshot: &Snapshot, expressions: Expressions<'_>, log: &Log) -> Option<Site> {
    let reading = (expressions, log);
    for file in &snapshot.unreadable {
        log.add(unreadable_file(file));
    }
    for file in snapshot.list("", "").filter(|file| has_unfit_name(&file.path)) {
        log.add(unreadable_file(&Unreadable {
            path: file.path.clone(),
            reason: UnreadableReason::NameCharacters,
        }));
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
        && snapshot.list("data/indicators/", ".yaml").next().is_some()
    {
        log.add(Finding::new(Code::FileMissing, Origin::file(&places_path)).with("path", &places_path));
    }
    let places = places::read(snapshot, expressions, log);
    let settings = document(site_file, expressions, log, |node| settings::read(node, &places))?;
    let areas = outcome::areas(snapshot, expressions, log);
    let (topics, terms) = terms::read(snapshot, expressions, log);
    let mut pages = page::read_all(snapshot, &settings.languages, reading);
    pages.sort_by(|a, b| (&a.language, &a.id).cmp(&(&b.language, &b.id)));
    let mut indicators = each_document(snapshot, "data/indicators/", reading, |node, id| {
        indicator::read(node, id, &places, snapshot)
    });
    indicators.sort_by(|a, b| a.id.cmp(&b.id));
    let mut updates = each_document(snapshot, update::FOLDER, reading, |node, id| {
        update::read(node, id, &places)
    });
    updates.sort_by_key(|update| std::cmp::Reverse(update.date));
    provenance::apply(&provenances(snapshot, log), &mut indicators, snapshot, log);
    Some(Site {
        topics,
        terms,
        updates,
        consultations: consultations(snapshot, &places, &areas, reading),
        codebooks: each_document(snapshot, "data/codebooks/", reading, outcome::codebook),
        outcomes: each_document(snapshot, "data/outcomes/", reading, |node, id| {
            outcome::outcomes(node, id, snapshot)
        }),
        areas,
        indicators,
        sets: each_document(snapshot, "data/sets/", reading, |node, id| set::read(node, id, &places)),
        indices: each_document(snapshot, "data/indices/", reading, |node, id| {
            index::read(node, id, &places)
        }),
        analyses: each_document(snapshot, "data/analyses/", reading, analysis::read),
        charts: each_document(snapshot, "data/charts/", reading, |node, id| {
            Some((id.to_owned(), chart::spec(node, &places)?))
        }),
        settings,
        places,
        pages,
    })
}

/// Surveys and consultations, by id.
fn consultations(
    snapshot: &Snapshot,
    places: &Places,
    areas: &[Area],
    reading: (Expressions<'_>, &Log),
) -> Vec<Consultation> {
    let folders = [
        ("data/surveys/", ConsultationKind::Survey),
        ("data/consultations/", ConsultationKind::Consultation),
    ];
    let all = folders.into_iter().flat_map(|(folder, kind)| {
        each_document(snapshot, folder, reading, |node, id| {
            consultation::read(node, id, kind, places, (areas, snapshot))
        })
    });
    let mut all: Vec<Consultation> = all.collect();
    unique(all.iter().map(|one| (&*one.id, one.origin.clone())), reading.1);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    all
}

/// The folder with the answers to surveys, as seen from the site's. Faults of the settings are [`site`]'s to report.
#[must_use]
pub fn answers_folder(snapshot: &Snapshot) -> String {
    let folder = document_at(
        snapshot,
        "data/site.yaml",
        Expressions::Unread,
        &Log::default(),
        |node| node.fields()?.optional("answers", Node::string),
    );
    folder.unwrap_or_else(|| settings::ANSWERS.to_owned())
}

/// Id of every older edition that the settings name, and the folder of its bag as seen from the site's. Faults of the settings
/// are [`site`]'s to report.
#[must_use]
pub fn edition_folders(snapshot: &Snapshot) -> Vec<(String, String)> {
    let editions = document_at(
        snapshot,
        "data/site.yaml",
        Expressions::Unread,
        &Log::default(),
        |node| Some(settings::editions(&node.fields()?.find("editions")?)),
    );
    let editions = editions.into_iter().flatten();
    editions.map(|edition| (edition.id, edition.archive.0)).collect()
}
