//! JSON-stat 2.0: dense and sparse values, status in three forms, categories by list, by position or by name alone.
//!
//! Takes one dataset (also version 1's, wrapped under a name, with ids and sizes among its dimensions), as `PxWeb` and
//! Eurostat send it. The same dimensions without values are what describes a table of `PxWebApi` 2. Positions and sizes
//! are held against each other; nothing is set aside for a size that is only stated.

use super::fault::{Fault, MOST_CELLS, malformed, too_large};
use super::join::{Titles, joined};
use super::json;
use super::model::{Category, Cell, Dialect, Dimension, Facts, Figures, Role, combinations, role_by_name, unravel};
use crate::finding::{Code, Finding, message};
use crate::source::{FilePath, Origin, SourceFile};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The figures in these datasets, which are parts of one table.
pub(super) fn read(files: &[SourceFile], titles: Titles) -> Result<Figures, Fault> {
    let mut whole: Option<Figures> = None;
    for file in files {
        let part = dataset(&json::open(file)?, &file.path)?;
        whole = Some(joined(whole, part, titles, &file.path)?);
    }
    whole.ok_or_else(|| malformed(&"".into(), message::figures_none(), ""))
}

/// Whether a file is a dataset of JSON-stat, which `PxWeb` sends too.
#[must_use]
pub fn is_json_stat(file: &SourceFile) -> bool {
    let Ok(Value::Object(object)) = json::open(file) else {
        return false;
    };
    object.contains_key("dataset") || (object.contains_key("dimension") && object.contains_key("id"))
}

/// The dimensions that a dataset without values describes.
pub(crate) fn description(file: &SourceFile) -> Result<(Vec<Dimension>, Facts), Fault> {
    let value = json::open(file)?;
    let object = inner(&value, &file.path)?;
    Ok((dimensions(object, &file.path)?, facts(object)))
}

fn inner<'a>(value: &'a Value, path: &FilePath) -> Result<&'a Map<String, Value>, Fault> {
    let object = json::object(value, path, "")?;
    // Eurostat sends a list of what is wrong, `PxWeb` a word.
    let refusal = match object.get("error") {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_object)
            .map(|object| json::text(object.get("label")))
            .next(),
        word => Some(json::text(word)),
    };
    if let Some(refusal) = refusal.filter(|refusal| !refusal.is_empty()) {
        let finding = Finding::new(Code::FiguresRefused, Origin::file(path)).with("reason", refusal);
        return Err(Box::new(finding));
    }
    if json::text(object.get("class")) == "collection" {
        return Err(malformed(path, message::figures_collection(), "class"));
    }
    if object.contains_key("dimension") {
        return Ok(object);
    }
    // Version 1 wraps datasets under names of their own; `dataset` is the usual one.
    let mut wrapped = object
        .values()
        .filter_map(Value::as_object)
        .filter(|wrapped_object| wrapped_object.contains_key("dimension"));
    match (wrapped.next(), wrapped.next()) {
        (Some(_), Some(_)) => Err(malformed(path, message::figures_collection(), "class")),
        (Some(dataset), None) => Ok(dataset),
        (None, _) => Ok(object),
    }
}

fn dataset(value: &Value, path: &FilePath) -> Result<Figures, Fault> {
    let object = inner(value, path)?;
    let dimensions = dimensions(object, path)?;
    let sizes: Vec<usize> = dimensions.iter().map(|dimension| dimension.categories.len()).collect();
    let mut facts = facts(object);
    for dimension in object
        .get("dimension")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(_, dimension)| dimension)
    {
        facts.notes.extend(notes(dimension.get("note")));
    }
    let statuses = Statuses::new(object);
    let mut cells = Vec::new();
    let mut push = |position: usize, number: Option<f64>, status: String| {
        cells.push(Cell {
            at: unravel(position, &sizes),
            number,
            status,
            note: String::new(),
            members: 1,
            source: None,
        });
    };
    let mut blank = 0;
    match object.get("value") {
        Some(Value::Array(values)) => {
            let expected = combinations(path, &sizes)?;
            if values.len() != expected {
                return Err(wrong_size(path, expected, values.len()));
            }
            for (value, position) in values.iter().zip(0..) {
                let (number, status) = (number(value, path, position)?, statuses.at(position));
                if number.is_none() && status.is_empty() {
                    blank += 1;
                } else {
                    push(position, number, status);
                }
            }
        }
        Some(Value::Object(values)) => {
            // A sparse table may be large beyond reason and still hold few figures.
            let expected = sizes
                .iter()
                .try_fold(1_usize, |product, size| product.checked_mul(*size));
            let expected = expected.ok_or_else(|| too_large(path, "sparse"))?;
            let mut known = BTreeMap::new();
            for (key, value) in values {
                let position = key.parse::<usize>().ok().filter(|position| *position < expected);
                let position = position.ok_or_else(|| malformed(path, message::figures_outside(), key))?;
                known.insert(position, number(value, path, position)?);
            }
            for (position, _) in statuses
                .by_position
                .iter()
                .filter(|(position, _)| **position < expected)
            {
                known.entry(*position).or_insert(None);
            }
            if known.len() > MOST_CELLS {
                return Err(too_large(path, known.len()));
            }
            blank = expected - known.len();
            for (position, number) in known {
                let status = statuses.at(position);
                if number.is_none() && status.is_empty() {
                    blank += 1;
                } else {
                    push(position, number, status);
                }
            }
        }
        _ => return Err(malformed(path, message::figures_none(), "value")),
    }
    Ok(Figures {
        dimensions,
        cells,
        facts,
        dialect: Dialect::Office,
        deleted: 0,
        blank,
        symbols: BTreeMap::new(),
        remarks: 0,
        tables: Vec::new(),
    })
}

fn wrong_size(path: &FilePath, expected: usize, found: usize) -> Fault {
    let finding = Finding::new(Code::FiguresSize, Origin::file(path));
    Box::new(finding.with("expected", expected).with("found", found))
}

fn number(value: &Value, path: &FilePath, position: usize) -> Result<Option<f64>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(number.as_f64().filter(|number| number.is_finite())),
        _ => Err(malformed(
            path,
            message::figures_no_number(),
            format!("value/{position}"),
        )),
    }
}

/// Symbols and flags by position.
struct Statuses {
    by_position: BTreeMap<usize, String>,
    everywhere: String,
}

impl Statuses {
    fn new(object: &Map<String, Value>) -> Self {
        let mut by_position = BTreeMap::new();
        let mut everywhere = String::new();
        match object.get("status") {
            Some(Value::Array(list)) => {
                let texts = list.iter().map(|status| json::text(Some(status))).zip(0..);
                by_position.extend(
                    texts
                        .filter(|(status, _)| !status.is_empty())
                        .map(|(status, at)| (at, status)),
                );
            }
            Some(Value::Object(map)) => {
                let texts = map
                    .iter()
                    .filter_map(|(at, status)| Some((at.parse().ok()?, json::text(Some(status)))));
                by_position.extend(texts.filter(|(_, status): &(usize, String)| !status.is_empty()));
            }
            other => everywhere = json::text(other),
        }
        Self {
            by_position,
            everywhere,
        }
    }

    fn at(&self, position: usize) -> String {
        self.by_position.get(&position).unwrap_or(&self.everywhere).clone()
    }
}

fn dimensions(object: &Map<String, Value>, path: &FilePath) -> Result<Vec<Dimension>, Fault> {
    let all = object.get("dimension").and_then(Value::as_object);
    let all = all.ok_or_else(|| malformed(path, message::figures_no_dimensions(), "dimension"))?;
    // Version 1 keeps ids, sizes and roles among the dimensions.
    let beside = |key: &str| object.get(key).or_else(|| all.get(key));
    let ids = beside("id")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed(path, message::figures_no_list(), "id"))?;
    let sizes = beside("size")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed(path, message::figures_no_list(), "size"))?;
    if ids.len() != sizes.len() {
        return Err(malformed(path, message::figures_sizes(), "id"));
    }
    let role = beside("role").and_then(Value::as_object);
    let has_role = |kind: &str, id: &str| {
        let named = role.and_then(|role| role.get(kind)).and_then(Value::as_array);
        named.is_some_and(|named| named.iter().any(|one| one.as_str() == Some(id)))
    };
    let mut dimensions = Vec::new();
    for (id, size) in ids.iter().zip(sizes) {
        let id = json::text(Some(id));
        let place = format!("dimension/{id}");
        let size = json::count(size).ok_or_else(|| malformed(path, message::figures_no_size(), &place))?;
        let dimension = all
            .get(&id)
            .ok_or_else(|| malformed(path, message::figures_no_dimension(), &place))?;
        let dimension = json::object(dimension, path, &place)?;
        let categories = categories(dimension, size, path, &place)?;
        let label = json::text(dimension.get("label"));
        let role = match role_by_name(&id) {
            _ if has_role("time", &id) => Role::Time,
            _ if has_role("geo", &id) => Role::Place,
            _ if has_role("metric", &id) => Role::Measure,
            named => named,
        };
        dimensions.push(Dimension {
            column: None,
            label: if label.is_empty() { id.clone() } else { label },
            code: id,
            role,
            categories,
        });
    }
    Ok(dimensions)
}

/// Categories in the order of their positions.
fn categories(
    dimension: &Map<String, Value>,
    size: usize,
    path: &FilePath,
    place: &str,
) -> Result<Vec<Category>, Fault> {
    let object = dimension.get("category").and_then(Value::as_object);
    let object = object.ok_or_else(|| malformed(path, message::figures_no_categories(), place))?;
    let labels = object.get("label").and_then(Value::as_object);
    let codes: Vec<String> = match object.get("index") {
        Some(Value::Array(codes)) => codes.iter().map(|code| json::text(Some(code))).collect(),
        Some(Value::Object(index)) => {
            let mut ordered = Vec::new();
            for (code, position) in index {
                let position =
                    json::count(position).ok_or_else(|| malformed(path, message::figures_no_position(), place))?;
                ordered.push((position, code.clone()));
            }
            ordered.sort();
            if ordered
                .iter()
                .zip(0..)
                .any(|((position, _), expected)| *position != expected)
            {
                return Err(malformed(path, message::figures_gaps(), place));
            }
            ordered.into_iter().map(|(_, code)| code).collect()
        }
        // Of a single category the label is enough.
        _ => labels
            .map(|labels| labels.keys().cloned().collect())
            .unwrap_or_default(),
    };
    if codes.len() != size || (codes.len() > 1 && !object.contains_key("index")) {
        return Err(wrong_size(path, size, codes.len()));
    }
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = codes.iter().find(|code| !seen.insert(code.as_str())) {
        return Err(malformed(
            path,
            message::figures_category_twice(),
            format!("{place}/{twice}"),
        ));
    }
    let units = object.get("unit").and_then(Value::as_object);
    Ok(codes
        .into_iter()
        .map(|code| {
            let unit = units.and_then(|units| units.get(&code)).and_then(Value::as_object);
            let unit_fact = |key: &str| json::text(unit.and_then(|unit| unit.get(key)));
            let base = [unit_fact("base"), unit_fact("label"), unit_fact("symbol")]
                .into_iter()
                .find(|text| !text.is_empty());
            let scale = unit_fact("multiplier");
            let unit_text = match (base.unwrap_or_default(), scale.as_str()) {
                (base, "" | "0") => base,
                (base, scale) => format!("10^{scale} {base}"),
            };
            Category {
                label: json::text(labels.and_then(|labels| labels.get(&code))),
                unit: unit_text,
                decimals: json::decimals(unit.and_then(|unit| unit.get("decimals"))),
                code,
            }
        })
        .collect())
}

fn notes(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.map(|note| json::text(Some(note)))
        .filter(|note| !note.is_empty())
        .collect()
}

fn facts(object: &Map<String, Value>) -> Facts {
    let extension = object.get("extension").and_then(Value::as_object);
    let px = extension
        .and_then(|extension| extension.get("px"))
        .and_then(Value::as_object);
    let px_text = |key: &str| json::text(px.and_then(|px| px.get(key)));
    let datasets = json::text(extension.and_then(|extension| extension.get("id")));
    Facts {
        table: [px_text("tableid"), datasets, px_text("matrix")]
            .into_iter()
            .find(|id| !id.is_empty())
            .unwrap_or_default(),
        title: json::text(object.get("label")),
        publisher: json::text(object.get("source")),
        updated: json::text(object.get("updated")),
        next: px_text("nextUpdate"),
        decimals: json::decimals(px.and_then(|px| px.get("decimals"))),
        notes: notes(object.get("note")),
        ..Facts::default()
    }
}
