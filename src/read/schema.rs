//! Readers → JSON Schemas (2020-12) for the YAML files of a site, so that editors complete and check as one types.
//!
//! Takes nothing but the readers themselves, which are run over a probe ([`super::yaml`]); gives one schema for each kind of
//! file. A schema knows keys, types, words, and which keys go with which word. What needs other files, such as whether a
//! place exists, or sees several keys at once, such as that exactly one of three must stand there, is left to a build.

use super::yaml::{Asked, Kind, Node, Shape, Shapes, WORD, explore};
use super::{
    analysis, chart, consultation, index, indicator, mapping, outcome, page, places, responses, set, settings, terms,
    update,
};
use crate::model::{Area, ConsultationKind, Level, Place, PlaceGroup, Places, Prose, Text};
use crate::source::{Origin, Snapshot};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The schema of a kind of file.
#[derive(Clone, Debug)]
pub struct Schema {
    /// What the file is: `indicator`.
    pub kind: &'static str,
    /// Where such files lie, `*` for an id.
    pub files: &'static str,
    /// The schema.
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
    ("mapping", "ANSWERS/*/mapping.yaml"),
    ("quotes", "ANSWERS/*/quotes.yaml"),
    ("rulings", "ANSWERS/*/rulings.yaml"),
];

/// Where a site keeps the schema of this kind of file, for editors.
#[must_use]
pub fn schema_path(kind: &str) -> String {
    format!(".utsikt/schema/{kind}.json")
}

/// The line at the head of a data file that tells editors of its schema; the file lies two folders deep.
#[must_use]
pub fn schema_line(kind: &str) -> String {
    format!("# yaml-language-server: $schema=../../{}\n", schema_path(kind))
}

/// The schema of this kind of file; `None` when there is no such kind.
#[must_use]
pub fn schema(kind: &str) -> Option<Schema> {
    let (kind, files) = SCHEMA_FILES.iter().find(|(known, _)| *known == kind)?;
    let shapes = explore(|node| ask(kind, node));
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!(files));
    schema.extend(value_of("", &shapes));
    let by_language = json!({ "type": ["string", "object"], "additionalProperties": { "type": "string" } });
    let by_language_or_nothing =
        json!({ "type": ["string", "object", "null"], "additionalProperties": { "type": "string" } });
    if [TEXT, TEXT_OR_NOTHING]
        .iter()
        .any(|name| Value::Object(schema.clone()).to_string().contains(name))
    {
        schema.insert(
            "$defs".to_owned(),
            json!({ "text": by_language, "text_or_nothing": by_language_or_nothing }),
        );
    }
    Some(Schema {
        kind,
        files,
        schema: Value::Object(schema),
    })
}

const TEXT: &str = "#/$defs/text";
const TEXT_OR_NOTHING: &str = "#/$defs/text_or_nothing";

/// Runs the reader of this kind of file. What it would find wrong with the probe's answers is of no interest.
fn ask(kind: &str, node: &Node<'_>) {
    let (places, snapshot, areas) = (one_place(&node.origin), Snapshot::default(), [one_area(&node.origin)]);
    let asked = |kind| drop(consultation::read(node, WORD, kind, &places, &areas));
    match kind {
        "site" => drop(settings::read(node, &places)),
        "places" => drop(places::all(node, &snapshot)),
        "topics" => drop(terms::topics(node)),
        "terms" => drop(terms::terms(node)),
        "areas" => drop(outcome::all_areas(node)),
        "indicator" => drop(indicator::read(node, WORD, &places, &snapshot)),
        "set" => drop(set::read(node, WORD, &places)),
        "index" => drop(index::read(node, WORD, &places)),
        "analysis" => drop(analysis::read(node, WORD)),
        "chart" => drop(chart::spec(node, &places)),
        "survey" => asked(ConsultationKind::Survey),
        "consultation" => asked(ConsultationKind::Consultation),
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

/// The same of areas.
fn one_area(origin: &Origin) -> Area {
    let (id, name, description) = (WORD.to_owned(), Text::plain(WORD), Text::default());
    Area {
        id,
        name,
        description,
        indicators: Vec::new(),
        page: None,
        origin: origin.clone(),
    }
}

/// What the value at this path may be.
fn value_of(path: &str, shapes: &Shapes) -> Map<String, Value> {
    let Some(shape) = shapes.get(path) else {
        return Map::new();
    };
    let has = |kind: Kind| shape.kinds.contains(&kind);
    if let Some(Kind::Same(forebear)) = shape.kinds.last() {
        return object(json!({ "$ref": pointer(forebear) }));
    }
    if has(Kind::Any) {
        return Map::new();
    }
    let entry = format!("{path}/*");
    let plain_entries = shapes
        .get(&entry)
        .is_some_and(|entry| entry.kinds.iter().eq([&Kind::Text]));
    if shape.kinds.iter().eq([&Kind::Text, &Kind::Entries]) && plain_entries {
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
            Value::Object(value_of(&format!("{path}/-"), shapes)),
        );
    }
    if has(Kind::Mapping) || has(Kind::Entries) {
        types.push("object");
        out.extend(keys_of(path, shape, shapes));
        let others = if has(Kind::Entries) {
            Value::Object(value_of(&entry, shapes))
        } else {
            json!(false)
        };
        out.insert("additionalProperties".to_owned(), others);
    }
    let words = has(Kind::Word) && !types.contains(&"string");
    match &types[..] {
        [] if words => return object(json!({ "enum": shape.words })),
        [] => {}
        [one] => drop(out.insert("type".to_owned(), json!(one))),
        several => drop(out.insert("type".to_owned(), json!(several))),
    }
    if words {
        object(json!({ "anyOf": [{ "enum": shape.words }, out] }))
    } else {
        out
    }
}

/// The keys of a mapping, those that must be there, and what depends on what.
fn keys_of(path: &str, shape: &Shape, shapes: &Shapes) -> Map<String, Value> {
    let mut all: BTreeMap<&str, Asked> = BTreeMap::new();
    for (_, keys) in &shape.variants {
        for (key, how) in keys {
            let known = all.entry(key).or_insert(*how);
            *known = (*known).max(*how);
        }
    }
    let mut out = Map::new();
    let properties: Map<String, Value> = all
        .iter()
        .map(|(key, how)| {
            let own = value_of(&format!("{path}/{key}"), shapes);
            let own = if *how == Asked::Optional { or_nothing(own) } else { own };
            ((*key).to_owned(), Value::Object(own))
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

/// A question, the keys that an answer to it requires, and those it rules out.
type Demand<'a> = (&'a str, Vec<&'a str>, Vec<&'a str>);

/// Answers, and the keys asked for under them.
type Variant = (BTreeMap<String, String>, BTreeMap<String, Asked>);

/// The keys that each of these variants requires.
fn required<'a>(variants: impl Iterator<Item = &'a Variant>) -> BTreeSet<&'a str> {
    let each = variants.map(|(_, keys)| {
        keys.iter()
            .filter(|(_, how)| **how == Asked::Required)
            .map(|(key, _)| key.as_str())
            .collect::<BTreeSet<_>>()
    });
    each.reduce(|one, other| &one & &other).unwrap_or_default()
}

/// What an answer demands and rules out beyond what always holds.
fn conditions(shape: &Shape, all: &BTreeMap<&str, Asked>, always: &BTreeSet<&str>) -> Vec<Value> {
    let mut by_answer: BTreeMap<(&str, &str), Vec<&Variant>> = BTreeMap::new();
    for variant in &shape.variants {
        for (question, answer) in &variant.0 {
            by_answer.entry((question, answer)).or_default().push(variant);
        }
    }
    // Words that demand the same are told together.
    let mut told: BTreeMap<Demand<'_>, Vec<&str>> = BTreeMap::new();
    for ((question, answer), variants) in by_answer {
        let key = question.trim_end_matches('?');
        // That a key is absent says nothing where a word alone decides whether it must be there.
        let answers = |how: Option<&Asked>| how.is_some_and(|how| question == key || *how != Asked::Required);
        if !shape.variants.iter().all(|(_, keys)| answers(keys.get(key))) {
            continue;
        }
        let more = required(variants.iter().copied());
        let more: Vec<&str> = more
            .into_iter()
            .filter(|own| *own != key && !always.contains(own))
            .collect();
        let asked = |own: &str| variants.iter().any(|(_, keys)| keys.contains_key(own));
        let never: Vec<&str> = all.keys().copied().filter(|own| !asked(own)).collect();
        if !more.is_empty() || !never.is_empty() {
            told.entry((question, more, never)).or_default().push(answer);
        }
    }
    let one = |((question, more, never), answers): (Demand<'_>, Vec<&str>)| {
        let condition = match question.strip_suffix('?') {
            Some(key) if answers == ["yes"] => json!({ "required": [key] }),
            Some(key) => json!({ "not": { "required": [key] } }),
            None => json!({ "properties": { question: { "enum": answers } }, "required": [question] }),
        };
        let mut then = Map::new();
        if !more.is_empty() {
            then.insert("required".to_owned(), json!(more));
        }
        if !never.is_empty() {
            let never: Map<String, Value> = never.into_iter().map(|key| (key.to_owned(), json!(false))).collect();
            then.insert("properties".to_owned(), Value::Object(never));
        }
        json!({ "if": condition, "then": then })
    };
    told.into_iter().map(one).collect()
}

/// The same, or a key without a value, which is read as if it were absent.
fn or_nothing(mut schema: Map<String, Value>) -> Map<String, Value> {
    if schema.get("$ref").is_some_and(|at| at == TEXT) {
        return object(json!({ "$ref": TEXT_OR_NOTHING }));
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

/// The place of a path in its schema.
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
