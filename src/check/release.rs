//! The rules of a release: no sample figures, no drafts that are asked for, no placeholders (`placeholders.txt`, found as whole
//! words in YAML values as parsed and in narrative), no empty names and sources, an address with `https`, and an accessibility
//! statement as the law asks.
//!
//! Takes the site and its files; adds findings, which are errors. None of this is reported in daily work, since every site
//! begins with it; `check --release` lists what is left at any time. A release also raises some warnings of daily work to
//! errors, such as pictures without text and overdue results: those an author has just caused, or time has.

use super::placeholder;
use crate::finding::{Code, Finding, Log, message};
use crate::model::{Layout, Page, Settings, Site};
use crate::page::BuildOptions;
use crate::read::{self, YamlValue};
use crate::source::{FilePath, Origin, Snapshot};
use std::ops::Range;

/// Reports everything for which a release is refused.
pub(super) fn check(site: &Site, snapshot: &Snapshot, options: &BuildOptions, log: &Log) {
    refused(site, options, log);
    address(site, options, log);
    statement(&site.settings, log);
    statement_pages(site, log);
    placeholders(site, snapshot, options, log);
}

/// An address at which nothing is to be published. One that is no address is refused when the settings are read.
fn address(site: &Site, options: &BuildOptions, log: &Log) {
    let address = options.base_url(site);
    if read::is_insecure(&address) {
        let finding = Finding::new(Code::SiteBaseUrl, site.settings.origin.at("base_url")).with("value", address);
        log.add(finding.with_message("problem", message::base_url_insecure()));
    }
}

/// Constructed figures, and drafts that are asked for.
fn refused(site: &Site, options: &BuildOptions, log: &Log) {
    for indicator in site.indicators.iter().filter(|indicator| indicator.sample) {
        log.add(Finding::new(Code::ReleaseRefused, indicator.origin.at("sample")).with("what", &indicator.id));
    }
    for consultation in site.consultations.iter().filter(|consultation| consultation.sample) {
        let origin = consultation.origin.at("sample");
        log.add(Finding::new(Code::ReleaseRefused, origin).with("what", &consultation.id));
    }
    for page in site.pages.iter().filter(|page| page.draft && options.drafts) {
        log.add(Finding::new(Code::ReleaseRefused, page.origin.at("draft")).with("what", &page.title));
    }
}

/// The contents of every accessibility statement: Digg's regulations MDFFS 2019:2, after the act 2018:1937 and the EU's model
/// statement (2018/1523). Which parts are exempt, and why, stands among the shortcomings.
fn statement(settings: &Settings, log: &Log) {
    let statement = &settings.accessibility;
    let is_partial = statement.status != "full";
    let lacking: Vec<&str> = [
        ("publisher.name", settings.publisher.is_empty()),
        ("accessibility.status", statement.status.is_empty()),
        ("accessibility.tested", statement.tested.trim().is_empty()),
        ("accessibility.method", statement.method.is_empty()),
        ("accessibility.contact", statement.contact.is_empty()),
        ("accessibility.supervisor", statement.supervisor.is_empty()),
        (
            "accessibility.shortcomings",
            is_partial && statement.shortcomings.is_empty(),
        ),
    ]
    .into_iter()
    .filter_map(|(key, lacks)| lacks.then_some(key))
    .collect();
    if !lacking.is_empty() {
        let keys: Vec<String> = lacking.iter().map(|key| format!("`{key}`")).collect();
        let origin = settings.origin.at("accessibility");
        log.add(Finding::new(Code::ReleaseAccessibility, origin).with("keys", keys.join(", ")));
    }
}

/// A page with the statement in every language, to which all pages link.
fn statement_pages(site: &Site, log: &Log) {
    let settings = &site.settings;
    let is_linked = |page: &Page| {
        settings
            .footer
            .iter()
            .chain(&settings.navigation)
            .any(|(id, _)| *id == page.id)
    };
    for language in &settings.languages {
        let is_there = site.pages.iter().any(|page| {
            page.layout == Layout::Accessibility && page.language == *language && !page.draft && is_linked(page)
        });
        if !is_there {
            let finding = Finding::new(Code::ReleaseAccessibilityPage, settings.origin.at("footer"));
            log.add(finding.with("language", language));
        }
    }
}

/// Placeholders in the texts that readers see: values of data files, and pages. Answers are others' words and are passed over.
fn placeholders(site: &Site, snapshot: &Snapshot, options: &BuildOptions, log: &Log) {
    let answers = format!("{}/", read::answers_folder(snapshot).trim_end_matches('/'));
    for file in snapshot
        .list("data/", ".yaml")
        .filter(|file| !file.path.starts_with(&answers))
    {
        // What is not UTF-8 has its own finding.
        let text = file.text().unwrap_or_default();
        in_yaml(text, 0..text.len(), &file.path, log);
    }
    for page in site.pages.iter().filter(|page| !page.draft || options.drafts) {
        let (text, file) = (page.prose.text(), &page.prose.file);
        if let Some((start, end)) = page.origin.block {
            in_yaml(text, start..end, file, log);
        }
        for piece in narrative(text, page.prose.start) {
            match piece {
                Piece::Yaml(block) => in_yaml(text, block, file, log),
                Piece::Text(piece) => in_lines(text, piece, file, log),
            }
        }
    }
}

fn in_lines(text: &str, piece: Range<usize>, file: &FilePath, log: &Log) {
    let mut at = piece.start;
    for line in text[piece.clone()].split_inclusive('\n') {
        // Dots alone are left out words, whatever marks of a list, a quotation or emphasis they stand in.
        let bare = line
            .trim()
            .trim_matches(|c: char| "-*+>#_ ".contains(c) || c.is_ascii_digit());
        let is_dots = !bare.contains(char::is_alphanumeric) && placeholder::is_whole(bare);
        if placeholder::is_whole(line) || is_dots {
            report(text, at..at + line.trim_end().len(), file, log);
        }
        at += line.len();
    }
    in_text(text, piece, file, log);
}

fn in_yaml(text: &str, block: Range<usize>, file: &FilePath, log: &Log) {
    for value in read::yaml_values(&text[block.clone()]) {
        let span = block.start + value.span.start..block.start + value.span.end;
        // In the file words may be parted by other signs than in the value; then all of it is shown.
        let place = |words: &str| {
            let at = text[span.clone()].find(words).map(|at| span.start + at);
            at.map_or(span.clone(), |at| at..at + words.len())
        };
        if placeholder::is_whole(&value.text) {
            report_words(&value.text, place(&value.text), file, log);
            continue;
        }
        for found in placeholder::find(&value.text) {
            let words = &value.text[found];
            report_words(words, place(words), file, log);
        }
        if let Some(key) = is_empty_name(&value).filter(|_| !file.ends_with(".origin.yaml")) {
            log.add(Finding::new(Code::ReleaseEmpty, Origin::span(file, span)).with("key", key));
        }
    }
}

/// Keys whose texts readers see as names, titles and sources.
const NAMING_KEYS: [&str; 8] = [
    "name",
    "title",
    "short",
    "short_title",
    "menu",
    "publisher",
    "licence",
    "question",
];

/// The key of a name, title or source that says nothing: without a letter or digit. A text in several languages has its key
/// above theirs.
fn is_empty_name(value: &YamlValue) -> Option<&'static str> {
    let mut keys = value.pointer.rsplit('/');
    let mut next = || {
        let key = keys.next()?;
        NAMING_KEYS.iter().find(|naming| **naming == key).copied()
    };
    let key = next().or_else(next)?;
    (!value.text.contains(char::is_alphanumeric)).then_some(key)
}

fn in_text(text: &str, part: Range<usize>, file: &FilePath, log: &Log) {
    for found in placeholder::find(&text[part.clone()]) {
        report(text, part.start + found.start..part.start + found.end, file, log);
    }
}

fn report(text: &str, span: Range<usize>, file: &FilePath, log: &Log) {
    report_words(&text[span.clone()], span, file, log);
}

fn report_words(words: &str, span: Range<usize>, file: &FilePath, log: &Log) {
    // The words may stand on several lines.
    let words: Vec<&str> = words.split_whitespace().collect();
    log.add(Finding::new(Code::ReleasePlaceholder, Origin::span(file, span)).with("value", words.join(" ")));
}

/// A part of a narrative: text, or a fenced block of YAML.
enum Piece {
    Text(Range<usize>),
    Yaml(Range<usize>),
}

/// The narrative in pieces; a fenced block whose first line is a key is YAML, whose comments readers never see.
fn narrative(text: &str, start: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut begin, mut at, mut fenced) = (start, start, false);
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if line.trim_start().starts_with("```") {
            let piece = begin..at;
            let first = text[piece.clone()]
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            let is_key = |line: &str| {
                line.split_once(':')
                    .is_some_and(|(key, _)| read::is_id(&key.replace('_', "-")))
            };
            let is_yaml = fenced && first.is_some_and(is_key);
            pieces.push(if is_yaml {
                Piece::Yaml(piece)
            } else {
                Piece::Text(piece)
            });
            fenced = !fenced;
            begin = end;
        }
        at = end;
    }
    pieces.push(Piece::Text(begin..at));
    pieces
}
