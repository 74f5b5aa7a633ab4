//! A series as the site's own files: the table, and where it comes from.
//!
//! Takes rows, facts and requests; gives text. Strings are written as JSON strings, which YAML reads as they are.

use super::ask::Request;
use super::model::Facts;
use super::series::{Mapped, SeriesRow};
use crate::model::{EarlierImport, Places, Sex, Value};
use crate::read::{ORIGIN_FORMAT, fingerprint};
use csv::WriterBuilder;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// One request as it was sent, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The request; of a file that was read instead, its name.
    pub request: Request,
    /// Fingerprint of the answer: BLAKE3, in hexadecimal.
    pub hash: String,
    /// Length of the answer in bytes.
    pub bytes: usize,
}

/// How an import came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportRecord {
    /// Id of the indicator.
    pub indicator: String,
    /// What was typed after `utsikt import`, without what only concerned that time.
    pub command: Vec<String>,
    /// The moment, or the day when it was given.
    pub fetched: String,
    /// Requests, in order.
    pub exchanges: Vec<Exchange>,
    /// Where a reader finds the table.
    pub url: String,
    /// Earlier imports whose figures the series still has.
    pub earlier: Vec<EarlierImport>,
}

/// A string for YAML.
pub(super) fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

/// The table, in the form that `read/table` reads: comma, decimal point, only the columns that say something.
///
/// # Panics
/// Never: a list in memory takes every record.
#[must_use]
pub fn table(rows: &[SeriesRow], places: &Places, column: &str) -> String {
    let has_sex = rows.iter().any(|row| row.sex != Sex::Total);
    let has_category = rows.iter().any(|row| !row.category.is_empty());
    let status = |row: &SeriesRow| {
        let mut words = row.flags.names();
        if let Value::Missing(reason) = row.value {
            words.push(reason.name());
        }
        words.join("|")
    };
    let has_status = rows.iter().any(|row| !status(row).is_empty());
    let has_bounds = rows.iter().any(|row| row.bounds.is_some());
    let has_note = rows.iter().any(|row| !row.note.is_empty());
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let columns = [
        (true, "place"),
        (true, "period"),
        (true, "value"),
        (has_sex, "sex"),
        (has_category, column),
        (has_status, "status"),
        (has_bounds, "low"),
        (has_bounds, "high"),
        (has_note, "note"),
    ];
    let write = |writer: &mut csv::Writer<Vec<u8>>, record: Vec<String>| {
        writer
            .write_record(record)
            .expect("a list in memory takes every record of the same length");
    };
    write(
        &mut writer,
        columns
            .into_iter()
            .filter(|(has, _)| *has)
            .map(|(_, name)| name.to_owned())
            .collect(),
    );
    for row in rows {
        let number = row.value.known().map(|number| number.to_string()).unwrap_or_default();
        let bound = |pick: fn((f64, f64)) -> f64| row.bounds.map(|bounds| pick(bounds).to_string());
        let fields = [
            (true, places[row.place].code.clone()),
            (true, row.period.to_string()),
            (true, number),
            (has_sex, row.sex.letter().to_owned()),
            (has_category, row.category.clone()),
            (has_status, status(row)),
            (has_bounds, bound(|(low, _)| low).unwrap_or_default()),
            (has_bounds, bound(|(_, high)| high).unwrap_or_default()),
            (has_note, row.note.clone()),
        ];
        write(
            &mut writer,
            fields
                .into_iter()
                .filter(|(has, _)| *has)
                .map(|(_, text)| text)
                .collect(),
        );
    }
    let bytes = writer.into_inner().expect("a list in memory is never full");
    String::from_utf8(bytes).expect("it is made of strings")
}

/// The file that says where a table comes from.
#[must_use]
pub fn origin(import: &ImportRecord, facts: &Facts, mapped: &Mapped, table: &str, swedish: bool) -> String {
    let mut text = String::new();
    let head = if swedish {
        "# Var siffrorna i tabellen bredvid kommer ifrån. Skriven av `utsikt import`, som skriver om den nästa gång.\n"
    } else {
        "# Where the figures in the table beside come from. Written by `utsikt import`, which rewrites it next time.\n"
    };
    text.push_str(head);
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{key}: {}", quoted(value));
        }
    };
    line("format", ORIGIN_FORMAT);
    line("publisher", &facts.publisher);
    line("table", &facts.table);
    line("title", &facts.title);
    line("measure", &mapped.measure);
    line("definition", &facts.definition);
    line("unit", &mapped.unit);
    line("licence", &facts.licence);
    line("updated", &facts.updated);
    line("next", &facts.next);
    line("url", &import.url);
    line("fetched", &import.fetched);
    line("program", concat!("utsikt ", env!("CARGO_PKG_VERSION")));
    line("hash", &fingerprint(table.as_bytes()));
    let list = |items: &[String]| items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "command: [{}]", list(&import.command));
    if !facts.notes.is_empty() {
        text.push_str("notes:\n");
        for note in &facts.notes {
            let _ = writeln!(text, "  - {}", quoted(note));
        }
    }
    if !mapped.names.is_empty() {
        text.push_str("names:\n");
        for (dimension, code, name) in &mapped.names {
            let [dimension, code, name] = [dimension, code, name].map(|text| quoted(text));
            let _ = writeln!(text, "  - {{ dimension: {dimension}, code: {code}, name: {name} }}");
        }
    }
    if !import.earlier.is_empty() {
        text.push_str("earlier:\n");
        for earlier in &import.earlier {
            let _ = writeln!(text, "  - fetched: {}", quoted(&earlier.fetched));
            let _ = writeln!(text, "    command: [{}]", list(&earlier.command));
        }
    }
    text.push_str("requests:\n");
    for exchange in &import.exchanges {
        let _ = writeln!(text, "  - url: {}", quoted(&exchange.request.url));
        if let Some(body) = &exchange.request.body {
            let _ = writeln!(text, "    body: {}", quoted(body));
        }
        let _ = writeln!(
            text,
            "    hash: {}\n    bytes: {}",
            quoted(&exchange.hash),
            exchange.bytes
        );
    }
    text
}

/// The column of categories in a table whose indicator names none yet.
pub const BREAKDOWN_COLUMN: &str = "category";
