//! A sentence on every key: in the schemas, which editors show, and in the key reference.
//!
//! Takes `src/schema/keys/LANGUAGE.yaml` and schemas of the readers; gives the same schemas with descriptions, and one page of
//! all keys. A sentence is found by the longest end of a key's path that the file has, so that what is read alike in several
//! places is told once.

use super::schema::{SCHEMA_FILES, schema_of};
use crate::finding::{Language, own_texts};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Sentences by kind of file and path of the key.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

static SWEDISH: LazyLock<Texts> = LazyLock::new(|| own_texts(include_str!("../schema/keys/sv.yaml")));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| own_texts(include_str!("../schema/keys/en.yaml")));

/// What all kinds of file share.
const SHARED: &str = "shared";
/// The words of the key reference itself.
const REFERENCE: &str = "reference";
/// Keys that are read as others are, and would only be told again.
const TOLD_ALREADY: &str = "questionnaire.earlier.steps";

/// The blocks of pages, which are read within them rather than from files of their own.
const PAGE_BLOCKS: (&str, &str) = ("blocks", "content/**/*.md");

/// What the reference tells of: kinds of file, and blocks of pages.
fn described() -> impl Iterator<Item = (&'static str, &'static str)> {
    SCHEMA_FILES.iter().copied().chain([PAGE_BLOCKS])
}

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Sv => &SWEDISH,
        Language::En => &ENGLISH,
    }
}

/// The section with the keys of a kind of file: surveys and consultations have the same, and charts have those of their files
/// in pages too.
fn section_of<'k>(kind: &'k str, path: &str) -> &'k str {
    match kind {
        "survey" => "consultation",
        "blocks" if path.starts_with("chart.") && path != "chart.chart" => "chart",
        _ => kind,
    }
}

/// The entry for a key of a kind of file: its section, its path there, its sentence.
fn entry(texts: &'static Texts, kind: &str, path: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let ends = || std::iter::successors(Some(path), |path| path.split_once('.').map(|(_, rest)| rest));
    [section_of(kind, path), SHARED].into_iter().find_map(|section| {
        let (section, entries) = texts.get_key_value(section)?;
        ends().find_map(|end| {
            let (path, sentence) = entries.get_key_value(end)?;
            Some((section.as_str(), path.as_str(), sentence.as_str()))
        })
    })
}

/// A key on a walk through a schema: its dotted path, whether it must be there, and its schema.
type Visit<'v> = dyn FnMut(&str, bool, &mut Value) + 'v;

/// Visits every key of a schema, parents before their children.
fn each_key(schema: &mut Value, path: &str, visit: &mut Visit<'_>) {
    let required: BTreeSet<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|key| key.as_str().map(ToOwned::to_owned))
        .collect();
    if let Some(keys) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (key, below) in keys.iter_mut().filter(|(_, below)| below.is_object()) {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            visit(&path, required.contains(key), below);
            each_key(below, &path, visit);
        }
    }
    for inner in ["items", "additionalProperties"] {
        if let Some(below) = schema.get_mut(inner).filter(|below| below.is_object()) {
            each_key(below, path, visit);
        }
    }
    for way in schema
        .get_mut("anyOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        each_key(way, path, visit);
    }
}

/// Adds a description to every key of the schema of this kind of file.
pub(super) fn describe(kind: &str, schema: &mut Value, language: Language) {
    each_key(schema, "", &mut |path, _, below| {
        if let (Some((.., sentence)), Some(below)) = (entry(texts(language), kind, path), below.as_object_mut()) {
            below.insert("description".to_owned(), json!(sentence));
        }
    });
}

/// Every key of every kind of file with its sentence, in Markdown.
#[must_use]
pub fn key_reference(language: Language) -> String {
    let word = |key: &str| {
        texts(language)
            .get(REFERENCE)
            .and_then(|words| words.get(key))
            .map_or("", String::as_str)
    };
    let mut page = format!("# {}\n\n{}\n", word("title"), word("introduction").trim_end());
    for described in described() {
        let (kind, files) = described;
        let _ = writeln!(page, "\n## {kind}: `{files}`\n");
        if section_of(kind, "") != kind {
            let _ = writeln!(page, "{}", word("same").replace("KIND", section_of(kind, "")));
            continue;
        }
        each_key(
            &mut schema_of(described, language).schema,
            "",
            &mut |path, is_required, below| {
                if path.starts_with(TOLD_ALREADY) || section_of(kind, path) != kind {
                    return;
                }
                let required = if is_required { word("required") } else { "" };
                let sentence = below["description"].as_str().unwrap_or_default();
                let _ = writeln!(page, "- `{path}`{required}: {sentence}");
            },
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of all schemas: kind and dotted path.
    fn keys() -> Vec<(&'static str, String)> {
        let mut keys = Vec::new();
        for described in described() {
            let mut found = schema_of(described, Language::Sv).schema;
            each_key(&mut found, "", &mut |path, _, _| {
                keys.push((described.0, path.to_owned()))
            });
        }
        keys
    }

    #[test]
    fn every_key_has_a_sentence_in_every_language_and_no_sentence_is_left_over() {
        let keys = keys();
        for language in Language::ALL {
            let texts = texts(language);
            let untold: Vec<_> = keys
                .iter()
                .filter(|(kind, path)| entry(texts, kind, path).is_none())
                .collect();
            assert!(untold.is_empty(), "no sentence in {language:?}: {untold:#?}");
            let used: BTreeSet<(&str, &str)> = keys
                .iter()
                .filter_map(|(kind, path)| entry(texts, kind, path).map(|(section, path, _)| (section, path)))
                .collect();
            let sections = texts.iter().filter(|(section, _)| *section != REFERENCE);
            let unused: Vec<(&str, &str)> = sections
                .flat_map(|(section, entries)| entries.keys().map(|path| (section.as_str(), path.as_str())))
                .filter(|told| !used.contains(told))
                .collect();
            assert!(unused.is_empty(), "nothing has these keys in {language:?}: {unused:#?}");
        }
    }

    #[test]
    fn a_sentence_ends_as_sentences_do() {
        for (section, entries) in Language::ALL.into_iter().flat_map(texts) {
            for (path, sentence) in entries.iter().filter(|_| section != REFERENCE) {
                assert!(
                    sentence.ends_with('.') && sentence.len() > 5,
                    "{section}: {path}: {sentence}"
                );
            }
        }
    }
}
