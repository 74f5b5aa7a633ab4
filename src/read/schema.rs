//! Readers → JSON Schemas (2020-12) for the YAML files of a site, so that editors complete and check as one types.
//!
//! `utsikt schema` runs every reader over a probe ([`super::yaml`]) that notes the keys, types and words it is asked for, and
//! makes one schema of the notes for each kind of file. Where an answer decides what is asked next, the reader is run again
//! with the other answers, so that a schema knows which keys go with which word. What needs other files, such as whether a
//! place exists, or several keys at once, such as that exactly one of three must stand there, is left to a build.
//!
//! The schemas are kept in `src/schema/`, where a test compares them, and `utsikt new` gives them to sites.

use super::yaml::{Kind, Node, Presence, Shape, Shapes, WORD, explore};
use super::{
    analysis, block, chart, consultation, index, indicator, keys, mapping, outcome, page, places, responses, set,
    settings, terms, theme, update,
};
use crate::finding::Language;
use crate::model::{Area, ConsultationKind, Level, Place, PlaceGroup, Places, Prose, Text};
use crate::source::{Origin, Snapshot};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The schema of a kind of file.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Kind of file, as in `utsikt schema indicator`.
    pub kind: &'static str,
    /// Path of such files in a site, `*` for an id.
    pub files: &'static str,
    /// JSON Schema, draft 2020-12.
    pub schema: Value,
}

/// Kinds of file and where they lie.
pub const SCHEMA_FILES: &[(&str, &str)] = &[
    ("site", "data/site.yaml"),
    ("places", "data/places.yaml"),
    ("topics", "data/topics.yaml"),
    ("terms", "data/terms.yaml"),
    ("areas", "data/areas.yaml"),
    ("indicator", "data/indicators/*.yaml"),
    ("set", "data/sets/*.yaml"),
    ("index", "data/indices/*.yaml"),
    ("analysis", "data/analyses/*.yaml"),
    ("chart", "data/charts/*.yaml"),
    ("survey", "data/surveys/*.yaml"),
    ("consultation", "data/consultations/*.yaml"),
    ("codebook", "data/codebooks/*.yaml"),
    ("outcomes", "data/outcomes/*.yaml"),
    ("update", "data/changes/*.yaml"),
    ("page", "content/**/*.md"),
    ("theme", "themes/*/theme.yaml"),
    ("mapping", "ANSWERS/*/mapping.yaml"),
    ("quotes", "ANSWERS/*/quotes.yaml"),
    ("rulings", "ANSWERS/*/rulings.yaml"),
];

/// Path in a site at which editors find the schema of this kind of file.
#[must_use]
pub fn schema_path(kind: &str) -> String {
    format!(".utsikt/schema/{kind}.json")
}

/// The line at the head of a data file that tells editors of its schema; the file lies two folders deep.
#[must_use]
pub fn schema_line(kind: &str) -> String {
    format!("# yaml-language-server: $schema=../../{}\n", schema_path(kind))
}

/// The schema of this kind of file, its keys described in this language; `None` when there is no such kind.
#[must_use]
pub fn schema(kind: &str, language: Language) -> Option<Schema> {
    SCHEMA_FILES
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|described| schema_of(*described, language))
}

/// The schema of what is read by this name from these files.
pub(super) fn schema_of((kind, files): (&'static str, &'static str), language: Language) -> Schema {
    let shapes = explore(|node| run_reader(kind, node));
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!(files));
    schema.extend(value_schema("", &shapes));
    let by_language = json!({ "type": ["string", "object"], "additionalProperties": { "type": "string" } });
    let by_language_or_null =
        json!({ "type": ["string", "object", "null"], "additionalProperties": { "type": "string" } });
    if [TEXT, TEXT_OR_NULL]
        .iter()
        .any(|name| Value::Object(schema.clone()).to_string().contains(name))
    {
        schema.insert(
            "$defs".to_owned(),
            json!({ "text": by_language, "text_or_nothing": by_language_or_null }),
        );
    }
    let mut schema = Value::Object(schema);
    keys::describe(kind, &mut schema, language);
    Schema { kind, files, schema }
}

const TEXT: &str = "#/$defs/text";
const TEXT_OR_NULL: &str = "#/$defs/text_or_nothing";

/// Runs the reader of this kind of file. Its findings about the probe's answers mean nothing.
fn run_reader(kind: &str, node: &Node<'_>) {
    let (places, snapshot, areas) = (one_place(&node.origin), Snapshot::default(), [one_area(&node.origin)]);
    let consultation = |kind| drop(consultation::read(node, WORD, kind, &places, &areas));
    match kind {
        "site" => drop(settings::read(node, &places)),
        "places" => drop(places::all_places(node, &snapshot)),
        "topics" => drop(terms::topics(node)),
        "terms" => drop(terms::terms(node)),
        "areas" => drop(outcome::all_areas(node)),
        "indicator" => drop(indicator::read(node, WORD, &places, &snapshot)),
        "set" => drop(set::read(node, WORD, &places)),
        "index" => drop(index::read(node, WORD, &places)),
        "analysis" => drop(analysis::read(node, WORD)),
        "chart" => drop(chart::spec(node, &places)),
        "blocks" => drop(block::all_blocks(node, &places)),
        "survey" => consultation(ConsultationKind::Survey),
        "consultation" => consultation(ConsultationKind::Consultation),
        "codebook" => drop(outcome::codebook(node, WORD)),
        "outcomes" => drop(outcome::outcomes(node, WORD)),
        "update" => drop(update::read(node, WORD, &places)),
        "page" => drop(page::page(
            node,
            WORD,
            WORD,
            Prose {
                file: WORD.into(),
                bytes: Vec::new().into(),
                start: 0,
            },
        )),
        "theme" => drop(theme::manifest(node)),
        "mapping" => drop(mapping::read(node)),
        "quotes" => drop(responses::quotes_of(node, |quote, _| Some(quote))),
        "rulings" => drop(responses::rulings_of(node, &BTreeSet::new())),
        _ => {}
    }
}

/// The place that a probe's answers name, so that readers which look it up read on.
fn one_place(origin: &Origin) -> Places {
    let name = Text::plain(WORD);
    let mut places = Places::default();
    let place = Place {
        code: WORD.to_owned(),
        name: name.clone(),
        short: name.clone(),
        in_text: name.clone(),
        level: Level::County,
        parent: None,
        aliases: Vec::new(),
        origin: origin.clone(),
    };
    let members = places.add(place).into_iter().collect();
    places.groups = vec![PlaceGroup {
        id: WORD.to_owned(),
        name,
        places: members,
        source: Text::default(),
    }];
    places
}

/// The area that a probe's answers name.
fn one_area(origin: &Origin) -> Area {
    Area {
        id: WORD.to_owned(),
        name: Text::plain(WORD),
        description: Text::default(),
        indicators: Vec::new(),
        page: None,
        origin: origin.clone(),
    }
}

/// The schema of the value at this path.
fn value_schema(path: &str, shapes: &Shapes) -> Map<String, Value> {
    let Some(shape) = shapes.get(path) else {
        return Map::new();
    };
    let has = |kind: Kind| shape.kinds.contains(&kind);
    if let Some(Kind::Same(path)) = shape.kinds.last() {
        return object(json!({ "$ref": pointer(path) }));
    }
    if has(Kind::Any) {
        return Map::new();
    }
    let entry = format!("{path}/*");
    let has_text_entries = shapes
        .get(&entry)
        .is_some_and(|entry| entry.kinds.iter().eq([&Kind::Text]));
    if shape.kinds.iter().eq([&Kind::Text, &Kind::Entries]) && has_text_entries {
        return object(json!({ "$ref": TEXT }));
    }
    let mut types: Vec<&str> = Vec::new();
    if has(Kind::Text) || has(Kind::Scalar) {
        types.push("string");
    }
    match (has(Kind::Number) || has(Kind::Scalar), has(Kind::Count)) {
        (true, _) => types.push("number"),
        (false, true) => types.push("integer"),
        _ => {}
    }
    if has(Kind::Truth) || has(Kind::Scalar) {
        types.push("boolean");
    }
    let mut out = Map::new();
    if has(Kind::Count) && !types.contains(&"number") {
        out.insert("minimum".to_owned(), json!(0));
    }
    if has(Kind::List) {
        types.push("array");
        out.insert(
            "items".to_owned(),
            Value::Object(value_schema(&format!("{path}/-"), shapes)),
        );
    }
    if has(Kind::Mapping) || has(Kind::Entries) {
        types.push("object");
        out.extend(keys_of(path, shape, shapes));
        let others = if has(Kind::Entries) {
            Value::Object(value_schema(&entry, shapes))
        } else {
            json!(false)
        };
        out.insert("additionalProperties".to_owned(), others);
    }
    // Where any text will do, the words are no limit.
    let has_words = has(Kind::Word) && !types.contains(&"string");
    match &types[..] {
        [] if has_words => return object(json!({ "enum": shape.words })),
        [] => {}
        [one] => drop(out.insert("type".to_owned(), json!(one))),
        several => drop(out.insert("type".to_owned(), json!(several))),
    }
    if has_words {
        object(json!({ "anyOf": [{ "enum": shape.words }, out] }))
    } else {
        out
    }
}

/// The keys of a mapping, those that must be there, and the conditions under which others must.
fn keys_of(path: &str, shape: &Shape, shapes: &Shapes) -> Map<String, Value> {
    let mut all: BTreeMap<&str, Presence> = BTreeMap::new();
    for (_, keys) in &shape.variants {
        for (key, presence) in keys {
            let strictest = all.entry(key).or_insert(*presence);
            *strictest = (*strictest).max(*presence);
        }
    }
    let mut out = Map::new();
    let properties: Map<String, Value> = all
        .iter()
        .map(|(key, presence)| {
            let schema = value_schema(&format!("{path}/{key}"), shapes);
            let schema = match presence {
                Presence::Optional => or_null(schema),
                Presence::Present | Presence::Required => schema,
            };
            ((*key).to_owned(), Value::Object(schema))
        })
        .collect();
    if !properties.is_empty() {
        out.insert("properties".to_owned(), Value::Object(properties));
    }
    let required = required(shape.variants.iter());
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    let conditions = conditions(shape, &all, &required);
    if !conditions.is_empty() {
        out.insert("allOf".to_owned(), Value::Array(conditions));
    }
    out
}

/// The demands of an answer to a question on the other keys.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Demand<'a> {
    /// A key whose word decides, or `key?` where its presence does.
    question: &'a str,
    required: Vec<&'a str>,
    excluded: Vec<&'a str>,
}

/// Answers, and the keys asked for under them.
type Variant = (BTreeMap<String, String>, BTreeMap<String, Presence>);

/// The keys that each of these variants requires.
fn required<'a>(variants: impl Iterator<Item = &'a Variant>) -> BTreeSet<&'a str> {
    let each = variants.map(|(_, keys)| {
        keys.iter()
            .filter(|(_, presence)| **presence == Presence::Required)
            .map(|(key, _)| key.as_str())
            .collect::<BTreeSet<_>>()
    });
    each.reduce(|one, other| &one & &other).unwrap_or_default()
}

/// The demands of each answer beyond what always holds.
fn conditions(shape: &Shape, all: &BTreeMap<&str, Presence>, always: &BTreeSet<&str>) -> Vec<Value> {
    let mut by_answer: BTreeMap<(&str, &str), Vec<&Variant>> = BTreeMap::new();
    for variant in &shape.variants {
        for (question, answer) in &variant.0 {
            by_answer.entry((question, answer)).or_default().push(variant);
        }
    }
    // Words that demand the same stand together.
    let mut answers_by_demand: BTreeMap<Demand<'_>, Vec<&str>> = BTreeMap::new();
    for ((question, answer), variants) in by_answer {
        let key = question.trim_end_matches('?');
        // That a key is absent says nothing where a word alone decides whether it must be there.
        let decides = |presence: Option<&Presence>| {
            presence.is_some_and(|presence| question == key || *presence != Presence::Required)
        };
        if !shape.variants.iter().all(|(_, keys)| decides(keys.get(key))) {
            continue;
        }
        let required = required(variants.iter().copied());
        let is_asked = |other: &str| variants.iter().any(|(_, keys)| keys.contains_key(other));
        let demand = Demand {
            question,
            required: required
                .into_iter()
                .filter(|other| *other != key && !always.contains(other))
                .collect(),
            excluded: all.keys().copied().filter(|other| !is_asked(other)).collect(),
        };
        if !demand.required.is_empty() || !demand.excluded.is_empty() {
            answers_by_demand.entry(demand).or_default().push(answer);
        }
    }
    answers_by_demand
        .into_iter()
        .map(|(demand, answers)| condition(&demand, &answers))
        .collect()
}

/// `if` one of these answers is given, `then` the demand holds.
fn condition(demand: &Demand<'_>, answers: &[&str]) -> Value {
    let question = demand.question;
    let answered = match question.strip_suffix('?') {
        Some(key) if answers == ["yes"] => json!({ "required": [key] }),
        Some(key) => json!({ "not": { "required": [key] } }),
        None => json!({ "properties": { question: { "enum": answers } }, "required": [question] }),
    };
    let mut then = Map::new();
    if !demand.required.is_empty() {
        then.insert("required".to_owned(), json!(demand.required));
    }
    if !demand.excluded.is_empty() {
        let excluded = demand.excluded.iter().map(|key| ((*key).to_owned(), json!(false)));
        then.insert("properties".to_owned(), Value::Object(excluded.collect()));
    }
    json!({ "if": answered, "then": then })
}

/// A schema that also takes a key without a value, which is read as if it were absent.
fn or_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    if schema.get("$ref").is_some_and(|at| at == TEXT) {
        return object(json!({ "$ref": TEXT_OR_NULL }));
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    if let Some(Value::Array(ways)) = schema.get_mut("anyOf") {
        ways.push(json!({ "type": "null" }));
    }
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one.take(), "null"]),
        None => {}
    }
    schema
}

/// The JSON pointer of a path in its schema.
fn pointer(path: &str) -> String {
    let parts = path.split('/').skip(1).map(|part| match part {
        "-" => "/items".to_owned(),
        "*" => "/additionalProperties".to_owned(),
        key => format!("/properties/{key}"),
    });
    format!("#{}", parts.collect::<String>())
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
