//! Kolada: data, key figures and places, as versions 3 and 2 of its API send them.
//!
//! Takes the pages of one query, in any order, with or without the description of its key figures. A page that names a
//! next one which is not there is a fault, since the figures would be half.

use super::fault::{Fault, MOST_CELLS, malformed, too_large};
use super::json;
use super::model::{Cell, Dialect, Dimension, Facts, Figures, Register, Role};
use crate::finding::{Code, Finding, message};
use crate::source::{FilePath, Origin, SourceFile};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the next page's address is called: version 3, version 2.
const NEXT: [&str; 2] = ["next_url", "next_page"];
/// What the address of the page before is called.
const PREVIOUS: [&str; 2] = ["previous_url", "previous_page"];

/// The address of the page that follows this answer, if one does.
///
/// # Errors
/// A finding when the bytes are no answer of Kolada's.
pub fn next_page(file: &SourceFile) -> Result<Option<String>, Fault> {
    let value = json::open(file)?;
    let answer = json::object(&value, &file.path, "")?;
    json::list(answer, "values", &file.path)?;
    Ok(link(answer, NEXT))
}

fn link(answer: &Map<String, Value>, names: [&str; 2]) -> Option<String> {
    names
        .into_iter()
        .map(|name| json::text(answer.get(name)))
        .find(|address| !address.is_empty())
}

/// What holds for all of Kolada's figures: its terms ask that it is named as the source.
fn kolada_facts() -> Facts {
    let licence = "Fri användning; källan ska anges: Kolada".to_owned();
    Facts {
        publisher: "Kolada".to_owned(),
        licence,
        ..Facts::default()
    }
}

#[derive(Default)]
struct Reading {
    kpis: Register,
    places: Register,
    sexes: Register,
    periods: Register,
    cells: Vec<Cell>,
    facts: Vec<(String, Facts)>,
    deleted: usize,
}

/// The figures in these pages.
pub(super) fn read(files: &[SourceFile]) -> Result<Figures, Fault> {
    let mut reading = Reading::default();
    let (mut following, mut preceding) = (Vec::new(), 0);
    let (mut counts, mut total) = (Vec::new(), 0);
    for file in files {
        let value = json::open(file)?;
        let answer = json::object(&value, &file.path, "")?;
        let rows = json::list(answer, "values", &file.path)?;
        let mut data = rows.is_empty();
        for (row, number) in rows.iter().zip(0_usize..) {
            let place = format!("values/{number}");
            let row = json::object(row, &file.path, &place)?;
            if row.contains_key("kpi") {
                reading.row(row, &file.path, &place)?;
                data = true;
            } else if row.contains_key("id") {
                reading.description(row);
            } else {
                return Err(malformed(&file.path, message::figures_none(), place));
            }
        }
        if data {
            following.extend(link(answer, NEXT).map(|address| (address, file.path.clone())));
            preceding += usize::from(link(answer, PREVIOUS).is_some());
            total += rows.len();
            counts.push((
                answer.get("count").and_then(Value::as_u64),
                rows.len(),
                file.path.clone(),
            ));
        }
    }
    pages(&following, preceding, &files[0].path)?;
    for (count, rows, path) in counts {
        let all = [rows, total].map(|found| u64::try_from(found).unwrap_or(u64::MAX));
        if let Some(count) = count.filter(|count| !all.contains(count)) {
            let finding = Finding::new(Code::FiguresSize, Origin::file(&path));
            return Err(Box::new(finding.with("expected", count).with("found", rows)));
        }
    }
    Ok(reading.finish())
}

/// Every page but the last names the next, every one but the first the one before.
fn pages(following: &[(String, FilePath)], preceding: usize, first: &FilePath) -> Result<(), Fault> {
    let missing = |path: &FilePath, address: &str| {
        Err(Box::new(
            Finding::new(Code::FiguresPageMissing, Origin::file(path)).with("value", address),
        ))
    };
    match following.last() {
        Some((address, path)) if following.len() > preceding => missing(path, address),
        _ if preceding > following.len() => missing(first, ""),
        _ => Ok(()),
    }
}

impl Reading {
    /// A row of data: one key figure, place and period, with its values by sex.
    fn row(&mut self, row: &Map<String, Value>, path: &FilePath, place: &str) -> Result<(), Fault> {
        let needed = |key: &str| {
            let text = json::text(row.get(key));
            if text.is_empty() {
                Err(malformed(path, message::figures_no_field(), format!("{place}/{key}")))
            } else {
                Ok(text)
            }
        };
        let unit = if row.contains_key("ou") { "ou" } else { "municipality" };
        let (kpi, unit_id, period) = (needed("kpi")?, needed(unit)?, needed("period")?);
        let values = row.get("values").and_then(Value::as_array);
        let values = values.ok_or_else(|| malformed(path, message::figures_no_list(), format!("{place}/values")))?;
        for (value, number) in values.iter().zip(0_usize..) {
            let place = format!("{place}/values/{number}");
            let value = json::object(value, path, &place)?;
            if value.get("isdeleted").and_then(Value::as_bool) == Some(true) {
                self.deleted += 1;
                continue;
            }
            // Old texts write F for women, the data K.
            let sex = match json::text(value.get("gender")).as_str() {
                "" => "T".to_owned(),
                "F" => "K".to_owned(),
                other => other.to_owned(),
            };
            let number = match value.get("value") {
                None | Some(Value::Null) => None,
                Some(Value::Number(number)) => number.as_f64(),
                Some(_) => return Err(malformed(path, message::figures_no_number(), format!("{place}/value"))),
            };
            let at = [
                self.kpis.position(&kpi),
                self.places.position(&unit_id),
                self.sexes.position(&sex),
                self.periods.position(&period),
            ];
            let members = value
                .get("count")
                .and_then(Value::as_u64)
                .and_then(|count| u32::try_from(count).ok());
            self.cells.push(Cell {
                at: at.into(),
                number,
                status: json::text(value.get("status")),
                note: String::new(),
                members: members.unwrap_or(1).max(1),
                source: None,
            });
            if self.cells.len() > MOST_CELLS {
                return Err(too_large(path, self.cells.len()));
            }
        }
        Ok(())
    }

    /// What is said about a key figure or a place.
    fn description(&mut self, row: &Map<String, Value>) {
        let (id, title) = (json::text(row.get("id")), json::text(row.get("title")));
        let place = row.contains_key("type") || row.contains_key("members");
        if place {
            let position = self.places.position(&id);
            self.places.categories[position as usize].label = title;
            return;
        }
        let position = self.kpis.position(&id);
        self.kpis.categories[position as usize].label.clone_from(&title);
        let facts = Facts {
            definition: json::text(row.get("description")),
            next: json::text(row.get("publication_date")),
            unit: if title.contains("(%)") {
                "procent".to_owned()
            } else {
                String::new()
            },
            table: id.clone(),
            title,
            ..kolada_facts()
        };
        self.facts.push((id, facts));
    }

    fn finish(mut self) -> Figures {
        // Described places without figures are no categories of the table.
        let used =
            |cells: &[Cell], dimension: usize, position: u32| cells.iter().any(|cell| cell.at[dimension] == position);
        let kpis = (0..)
            .zip(&self.kpis.categories)
            .filter(|(position, _)| used(&self.cells, 0, *position));
        let only: Vec<String> = kpis.map(|(_, kpi)| kpi.code.clone()).collect();
        let described = self.facts.iter().position(|(id, _)| match &only[..] {
            [] => true,
            [only_id] => only_id == id,
            _ => false,
        });
        let facts = described.map(|at| self.facts.swap_remove(at).1);
        let table = only.join(",");
        let facts = facts.unwrap_or_else(|| Facts {
            table,
            ..kolada_facts()
        });
        let dimension = |code: &str, label: &str, role, register: Register| Dimension {
            column: None,
            code: code.to_owned(),
            label: label.to_owned(),
            role,
            categories: register.categories,
        };
        let dimensions = vec![
            dimension("kpi", "nyckeltal", Role::Measure, self.kpis),
            dimension("municipality", "plats", Role::Place, self.places),
            dimension("gender", "kön", Role::Sex, self.sexes),
            dimension("period", "period", Role::Time, self.periods),
        ];
        Figures {
            dimensions,
            cells: self.cells,
            facts,
            dialect: Dialect::Kolada,
            deleted: self.deleted,
            blank: 0,
            symbols: BTreeMap::new(),
            remarks: 0,
            tables: Vec::new(),
        }
    }
}
