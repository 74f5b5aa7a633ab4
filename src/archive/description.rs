//! The files beside `data/` in a bag: publisher, title, day, case numbers, program version, sources, hashes of the input.
//!
//! Takes the site and the circumstances of the build; gives the files. Takes the files; gives back what a rebuild needs.
//! Answers to consultations are described by their number of files alone: a hash of few words could be guessed.

use super::hash_list::{hash_line, parse_hash_list};
use super::{BAG_INFO, DECLARATION, FileDigest, INPUT, MANIFEST, PAYLOAD, REBUILD_INFO, TAG_MANIFEST};
use crate::model::{Indicator, Site};
use crate::read;
use crate::source::Snapshot;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The circumstances of a bag, which its files do not show.
#[derive(Clone, Debug)]
pub struct BagDescription<'a> {
    /// The site.
    pub site: &'a Site,
    /// The files it was made of, as [`input_hashes`] gives them: path and SHA-256.
    pub input: &'a BTreeMap<String, String>,
    /// Number of files with answers to consultations that went in.
    pub answers: usize,
    /// Day of the archive.
    pub archived: &'a str,
    /// Day the pages were built for.
    pub built: &'a str,
    /// Absolute address of the front page; empty when it is not known.
    pub base_url: &'a str,
    /// Whether drafts are among the pages.
    pub drafts: bool,
    /// The commit of the site's repository and whether the files were as committed; `None` without a repository.
    pub revision: Option<(&'a str, bool)>,
    /// Foreign files of the output folder, which are not in the bag.
    pub left_out: &'a [String],
}

/// The files of a site by path with their SHA-256: content, data and themes, without the answers (`answers` is where those
/// lie, as seen from the site) and without older editions, which have lists of their own.
#[must_use]
pub fn input_hashes(snapshot: &Snapshot, answers: &str) -> BTreeMap<String, String> {
    let answers_folder = format!("{}/", answers.trim_start_matches("./").trim_end_matches('/'));
    let folders = ["content/", "data/", "themes/"].into_iter();
    let files = folders.flat_map(|folder| snapshot.under(folder, ""));
    let input = files.filter(|file| !file.path.starts_with(&answers_folder));
    input
        .map(|file| (file.path.to_string(), FileDigest::of_bytes(&file.bytes).sha256))
        .collect()
}

/// The files beside `data/`, by name, for these files in it.
#[must_use]
pub fn tag_files(about: &BagDescription<'_>, payload: &[(&str, &[u8])]) -> BTreeMap<&'static str, String> {
    let lines = |files: &[(&str, &[u8])], folder: &str| -> String {
        files
            .iter()
            .map(|(path, bytes)| hash_line(&format!("{folder}{path}"), &FileDigest::of_bytes(bytes).sha256))
            .collect()
    };
    let bytes: usize = payload.iter().map(|(_, bytes)| bytes.len()).sum();
    let input: String = about
        .input
        .iter()
        .map(|(path, sha256)| hash_line(path, sha256))
        .collect();
    let mut files = BTreeMap::from([
        (
            DECLARATION,
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned(),
        ),
        (BAG_INFO, bag_info(about, &format!("{bytes}.{}", payload.len()))),
        (REBUILD_INFO, format!("{:#}\n", rebuild_info(about, &input))),
        (INPUT, input),
        (MANIFEST, lines(payload, PAYLOAD)),
    ]);
    let tags: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let tags = lines(&tags, "");
    files.insert(TAG_MANIFEST, tags);
    files
}

/// `bag-info.txt`: labels of RFC 8493, 2.2.2, and the title, which it has none for.
fn bag_info(about: &BagDescription<'_>, oxum: &str) -> String {
    let settings = &about.site.settings;
    let language = settings.languages.first().map_or("", String::as_str);
    let mut fields: Vec<(&str, &str)> = vec![
        ("Source-Organization", settings.publisher.in_language(language)),
        ("Contact-Email", &settings.publisher_email),
        ("Title", settings.title.in_language(language)),
        ("External-Description", settings.description.in_language(language)),
    ];
    let cases: Vec<(&str, &str)> = cases(about.site).collect();
    fields.extend(cases.iter().map(|(_, number)| ("External-Identifier", *number)));
    let agent = format!("utsikt {}", env!("CARGO_PKG_VERSION"));
    fields.extend([
        ("Bagging-Date", about.archived),
        ("Payload-Oxum", oxum),
        ("Bag-Software-Agent", &agent),
    ]);
    let line = |(label, value): (&str, &str)| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            String::new()
        } else {
            format!("{label}: {value}\n")
        }
    };
    fields.into_iter().map(line).collect()
}

/// Case numbers, each with the id of its consultation; the first, without an id, is the report's own.
fn cases(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    let report = std::iter::once(("", site.settings.case_number.as_str()));
    let consultations = site.consultations.iter().filter(|consultation| !consultation.sample);
    let consultations = consultations.map(|one| (one.id.as_str(), one.case_number.as_str()));
    report.chain(consultations).filter(|(_, number)| !number.is_empty())
}

/// `utsikt.json`.
fn rebuild_info(about: &BagDescription<'_>, input: &str) -> Value {
    let settings = &about.site.settings;
    let language = settings.languages.first().map_or("", String::as_str);
    let case = |(of, number): (&str, &str)| match of {
        "" => json!({ "number": number }),
        id => json!({ "number": number, "consultation": id }),
    };
    json!({
        "format": "utsikt archive 1",
        "program": { "name": "utsikt", "version": env!("CARGO_PKG_VERSION"), "echarts": env!("ECHARTS_VERSION") },
        "title": settings.title.in_language(language),
        "publisher": settings.publisher.in_language(language),
        "case_numbers": cases(about.site).map(case).collect::<Vec<_>>(),
        "period": settings.period.map(|(from, to)| json!({ "from": from, "to": to })),
        "languages": settings.languages,
        "archived": about.archived,
        "built_for": about.built,
        "base_url": about.base_url,
        "drafts": about.drafts,
        "input": {
            "fingerprint": FileDigest::of_bytes(input.as_bytes()).sha256,
            "files": about.input.len(),
            "files_of_answers": about.answers,
        },
        "revision": about.revision.map(|(commit, clean)| json!({ "commit": commit, "clean": clean })),
        "sources": about.site.indicators.iter().map(|indicator| source(indicator, language, about.input)).collect::<Vec<_>>(),
        "editions": settings.editions.iter().map(|edition| edition.id.as_str()).collect::<Vec<_>>(),
        "left_out": about.left_out,
    })
}

/// The source of an indicator's figures; `imported` is the path of their provenance.
fn source(indicator: &Indicator, language: &str, input: &BTreeMap<String, String>) -> Value {
    let source = &indicator.source;
    let imported = read::provenance_path(&indicator.id);
    json!({
        "indicator": indicator.id,
        "name": indicator.name.in_language(language),
        "publisher": source.publisher.in_language(language),
        "title": source.title.in_language(language),
        "url": source.url,
        "licence": source.licence.in_language(language),
        "fetched": source.fetched,
        "processing": source.processing.in_language(language),
        "sample": indicator.sample,
        "file": &*indicator.origin.file,
        "imported": input.contains_key(&imported).then_some(imported),
    })
}

/// Everything that a rebuild needs to know of a bag made by this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RebuildInfo {
    /// Version of the program.
    pub version: String,
    /// Day the pages were built for, as written.
    pub built: String,
    /// Absolute address of the front page; empty when it was not known.
    pub base_url: String,
    /// Whether drafts are among the pages.
    pub drafts: bool,
    /// Older editions among its pages, by id: each is a folder.
    pub editions: Vec<String>,
    /// The files it was made of: path and SHA-256.
    pub input: BTreeMap<String, String>,
}

impl RebuildInfo {
    /// Read from the files beside `data/`; `None` when another program made the bag.
    #[must_use]
    pub fn read<'a>(tag: impl Fn(&str) -> Option<&'a [u8]>) -> Option<Self> {
        let about: Value = serde_json::from_slice(tag(REBUILD_INFO)?).ok()?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let input = tag(INPUT)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default();
        Some(Self {
            version: text(&about["program"]["version"]),
            built: text(&about["built_for"]),
            base_url: text(&about["base_url"]),
            drafts: about["drafts"].as_bool().unwrap_or_default(),
            editions: about["editions"].as_array().into_iter().flatten().map(text).collect(),
            input: parse_hash_list(INPUT, input, "", &mut Vec::new()),
        })
    }
}
