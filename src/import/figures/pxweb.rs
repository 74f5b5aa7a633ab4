//! `PxWeb` version 1: answers in its format `json`, and what it says about a table.
//!
//! Takes answers (several are parts of one) and, if there is one, the table's description, which gives categories their
//! names. Values are text, as the publisher writes them: numbers with a decimal point, or symbols.

use super::fault::{Fault, MOST_CELLS, malformed, too_large};
use super::json;
use super::model::{Category, Cell, Dialect, Dimension, Facts, Figures, Register, Role, role_by_name};
use crate::finding::{Code, Finding, message};
use crate::source::{FilePath, Origin, SourceFile};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The figures in these answers.
pub(super) fn read(files: &[SourceFile]) -> Result<Figures, Fault> {
    let mut table: Option<PxwebAnswer> = None;
    let mut described = None;
    for file in files {
        let value = json::open(file)?;
        let object = json::object(&value, &file.path, "")?;
        if object.contains_key("variables") {
            described = Some(description_of(object, &file.path)?);
            continue;
        }
        check_not_refused(object, &file.path)?;
        match &mut table {
            None => table = Some(PxwebAnswer::open(object, &file.path)?),
            Some(table) => table.same(object, &file.path)?,
        }
        if let Some(table) = &mut table {
            table.rows(object, &file.path)?;
        }
    }
    let first = files.first().map_or_else(|| "".into(), |file| file.path.clone());
    let table = table.ok_or_else(|| malformed(&first, message::figures_none(), "data"))?;
    Ok(table.finish(described))
}

/// The dimensions of a table and what is said about it.
///
/// # Errors
/// A finding when the file is no description of a table.
pub(crate) fn description(file: &SourceFile) -> Result<(Vec<Dimension>, Facts), Fault> {
    let value = json::open(file)?;
    let object = json::object(&value, &file.path, "")?;
    check_not_refused(object, &file.path)?;
    description_of(object, &file.path)
}

/// `PxWeb` says what it did not understand in `error`.
fn check_not_refused(object: &Map<String, Value>, path: &FilePath) -> Result<(), Fault> {
    let refusal = json::text(object.get("error"));
    if refusal.is_empty() {
        return Ok(());
    }
    Err(Box::new(
        Finding::new(Code::FiguresRefused, Origin::file(path)).with("reason", refusal),
    ))
}

fn description_of(object: &Map<String, Value>, path: &FilePath) -> Result<(Vec<Dimension>, Facts), Fault> {
    let mut dimensions = Vec::new();
    for (variable, number) in json::list(object, "variables", path)?.iter().zip(0_usize..) {
        let place = format!("variables/{number}");
        let variable = json::object(variable, path, &place)?;
        let texts = |key: &str| -> Vec<String> {
            let list = variable.get(key).and_then(Value::as_array).into_iter().flatten();
            list.map(|text| json::text(Some(text))).collect()
        };
        let (codes, labels) = (texts("values"), texts("valueTexts"));
        if !labels.is_empty() && labels.len() != codes.len() {
            return Err(malformed(path, message::figures_texts(), place));
        }
        let label = |at: usize| labels.get(at).cloned().unwrap_or_default();
        let categories = codes.into_iter().zip(0..);
        let code = json::text(variable.get("code"));
        let time = variable.get("time").and_then(Value::as_bool) == Some(true);
        dimensions.push(Dimension {
            column: None,
            role: if time { Role::Time } else { role_by_name(&code) },
            label: Some(json::text(variable.get("text")))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| code.clone()),
            categories: categories
                .map(|(code, at)| Category {
                    label: label(at),
                    code,
                    ..Category::default()
                })
                .collect(),
            code,
        });
    }
    Ok((
        dimensions,
        Facts {
            title: json::text(object.get("title")),
            ..Facts::default()
        },
    ))
}

/// An answer, while its rows are read.
struct PxwebAnswer {
    /// Code, name, kind (`d`, `t` or `c`) of each column.
    columns: Vec<(String, String, String)>,
    registers: Vec<Register>,
    cells: Vec<Cell>,
    facts: Facts,
}

fn columns(object: &Map<String, Value>, path: &FilePath) -> Result<Vec<(String, String, String)>, Fault> {
    let mut columns = Vec::new();
    for (column, number) in json::list(object, "columns", path)?.iter().zip(0_usize..) {
        let column = json::object(column, path, &format!("columns/{number}"))?;
        let text = |key: &str| json::text(column.get(key));
        columns.push((text("code"), text("text"), text("type")));
    }
    Ok(columns)
}

fn facts_of(object: &Map<String, Value>) -> Facts {
    let metadata = object
        .get("metadata")
        .and_then(Value::as_array)
        .and_then(|list| list.first());
    let text = |key: &str| json::text(metadata.and_then(|metadata| metadata.get(key)));
    Facts {
        title: text("label"),
        publisher: text("source"),
        updated: text("updated"),
        ..Facts::default()
    }
}

impl PxwebAnswer {
    fn open(object: &Map<String, Value>, path: &FilePath) -> Result<Self, Fault> {
        let columns = columns(object, path)?;
        let keys = columns.iter().filter(|(_, _, kind)| kind != "c").count();
        if keys == columns.len() {
            return Err(malformed(path, message::figures_none(), "columns"));
        }
        let facts = facts_of(object);
        let registers = (0..=keys).map(|_| Register::default()).collect();
        Ok(Self {
            columns,
            registers,
            cells: Vec::new(),
            facts,
        })
    }

    fn same(&self, object: &Map<String, Value>, path: &FilePath) -> Result<(), Fault> {
        let part = columns(object, path)?;
        let codes = |columns: &[(String, String, String)]| -> Vec<String> {
            columns.iter().map(|(code, _, _)| code.clone()).collect()
        };
        if codes(&part) != codes(&self.columns) {
            return Err(malformed(path, message::figures_other_dimensions(), "columns"));
        }
        let names = part.iter().zip(&self.columns).map(|(part, first)| (&first.1, &part.1));
        let titles = (&self.facts.title, &facts_of(object).title);
        let differing = names
            .chain([titles])
            .find(|(first, part)| first != part && !first.is_empty() && !part.is_empty());
        match differing {
            None => Ok(()),
            Some((first, part)) => {
                let finding = Finding::new(Code::FiguresParts, Origin::file(path)).with("value", part);
                Err(Box::new(finding.with("other", first)))
            }
        }
    }

    fn rows(&mut self, object: &Map<String, Value>, path: &FilePath) -> Result<(), Fault> {
        let keys = self.registers.len() - 1;
        let contents: Vec<String> = self
            .columns
            .iter()
            .filter(|(_, _, kind)| kind == "c")
            .map(|(code, _, _)| code.clone())
            .collect();
        for (row, number) in json::list(object, "data", path)?.iter().zip(0_usize..) {
            let place = format!("data/{number}");
            let row = json::object(row, path, &place)?;
            let (key, values) = (json::list(row, "key", path)?, json::list(row, "values", path)?);
            if key.len() != keys || values.len() != contents.len() {
                return Err(malformed(path, message::figures_fields(), place));
            }
            let mut at: Vec<u32> = key
                .iter()
                .zip(&mut self.registers)
                .map(|(code, register)| register.position(&json::text(Some(code))))
                .collect();
            at.push(0);
            for (value, content) in values.iter().zip(&contents) {
                at[keys] = self.registers[keys].position(content);
                let (number, status) = amount(&json::text(Some(value)));
                self.cells.push(Cell {
                    at: at.clone().into(),
                    number,
                    status,
                    note: String::new(),
                    members: 1,
                    source: None,
                });
            }
            if self.cells.len() > MOST_CELLS {
                return Err(too_large(path, self.cells.len()));
            }
        }
        for comment in object.get("comments").and_then(Value::as_array).into_iter().flatten() {
            let remark = match comment {
                Value::Object(comment) => json::text(comment.get("comment")),
                other => json::text(Some(other)),
            };
            if !remark.is_empty() && !self.facts.notes.contains(&remark) {
                self.facts.notes.push(remark);
            }
        }
        Ok(())
    }

    fn finish(self, described: Option<(Vec<Dimension>, Facts)>) -> Figures {
        let keys = self.columns.iter().filter(|(_, _, kind)| kind != "c");
        let heads = keys.map(|(code, text, kind)| (code.clone(), text.clone(), kind == "t"));
        let heads = heads.chain([("ContentsCode".to_owned(), String::new(), false)]);
        let mut dimensions: Vec<Dimension> = heads
            .zip(self.registers)
            .map(|((code, text, time), register)| Dimension {
                column: None,
                role: if time { Role::Time } else { role_by_name(&code) },
                label: if text.is_empty() { code.clone() } else { text },
                code,
                categories: register.categories,
            })
            .collect();
        let contents = self.columns.iter().filter(|(_, _, kind)| kind == "c");
        if let Some(measures) = dimensions.last_mut() {
            for (category, (_, text, _)) in measures.categories.iter_mut().zip(contents) {
                category.label.clone_from(text);
            }
        }
        let mut facts = self.facts;
        if let Some((described, described_facts)) = described {
            name(&mut dimensions, &described);
            if facts.title.is_empty() {
                facts.title = described_facts.title;
            }
        }
        Figures {
            dimensions,
            cells: self.cells,
            facts,
            dialect: Dialect::Office,
            deleted: 0,
            blank: 0,
            symbols: BTreeMap::new(),
            remarks: 0,
            tables: Vec::new(),
        }
    }
}

/// Gives categories the names that the table's description has for their codes.
fn name(dimensions: &mut [Dimension], known: &[Dimension]) {
    for dimension in dimensions {
        let Some(described) = known.iter().find(|other| other.code == dimension.code) else {
            continue;
        };
        let labels: BTreeMap<&str, &str> = described
            .categories
            .iter()
            .map(|category| (category.code.as_str(), category.label.as_str()))
            .collect();
        for category in dimension
            .categories
            .iter_mut()
            .filter(|category| category.label.is_empty())
        {
            labels
                .get(category.code.as_str())
                .copied()
                .unwrap_or_default()
                .clone_into(&mut category.label);
        }
    }
}

/// A number with a decimal point, or the symbol that stands in its place.
pub(super) fn amount(written: &str) -> (Option<f64>, String) {
    let digits = written
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    match written
        .parse::<f64>()
        .ok()
        .filter(|number| digits && number.is_finite())
    {
        Some(number) => (Some(number), String::new()),
        None => (None, written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_no_numbers() {
        for symbol in ["..", ".", "-", "inf", "NaN", ""] {
            assert_eq!(amount(symbol), (None, symbol.to_owned()));
        }
        assert_eq!(amount("6.7"), (Some(6.7), String::new()));
        assert_eq!(amount("-3"), (Some(-3.0), String::new()));
    }
}
