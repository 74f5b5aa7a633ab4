//! `data/series/ID.origin.yaml`: where an imported series comes from.
//!
//! Takes what `utsikt import` has written; gives the indicator the day on which its figures were fetched. Reports a series
//! that has been edited since, and an indicator whose own file states another day.

use super::document::document;
use super::expressions::Expressions;
use super::yaml::{Fields, Node};
use crate::finding::{Code, Finding, Log};
use crate::model::{EarlierImport, Indicator, Provenance};
use crate::source::{Origin, Snapshot};

/// The `format` of the files.
pub(crate) const FORMAT: &str = "utsikt-origin/1";
const ENDING: &str = ".origin.yaml";
const FOLDER: &str = "data/series/";

/// Path of the provenance of this indicator's series, if it has been imported.
pub(crate) fn provenance_path(indicator: &str) -> String {
    format!("{FOLDER}{indicator}{ENDING}")
}

/// The fingerprint of a series or an answer: BLAKE3, in hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The provenance of every imported series, by the path of the file.
#[must_use]
pub fn provenances(snapshot: &Snapshot, log: &Log) -> Vec<Provenance> {
    let files = snapshot.under(FOLDER, ENDING);
    files
        .filter_map(|file| {
            let id = file.path[FOLDER.len()..].trim_end_matches(ENDING);
            document(file, Expressions::Unread, log, |node| read(node, id))
        })
        .collect()
}

fn read(node: &Node<'_>, id: &str) -> Option<Provenance> {
    let mut fields = node.fields()?;
    fields.required("format", |node| node.choice(&[(FORMAT, ())]));
    let provenance = Provenance {
        indicator: id.to_owned(),
        publisher: fields.string("publisher"),
        table: fields.string("table"),
        title: fields.string("title"),
        measure: fields.string("measure"),
        definition: fields.string("definition"),
        unit: fields.string("unit"),
        fetched: day(&mut fields),
        hash: fields.string("hash"),
        command: fields.list("command", Node::scalar),
        notes: fields.list("notes", Node::scalar),
        names: fields.list("names", name),
        earlier: fields.list("earlier", earlier),
        origin: node.origin.clone(),
    };
    // Kept for readers of the file; nothing here depends on them.
    for key in ["licence", "updated", "next", "url", "program", "requests"] {
        let _ = fields.present(key);
    }
    fields.done();
    Some(provenance)
}

/// What the source calls a category: dimension, code, name.
fn name(node: &Node<'_>) -> Option<(String, String, String)> {
    let mut fields = node.fields()?;
    let [dimension, code, name] = ["dimension", "code", "name"].map(|key| fields.string(key));
    fields.done();
    Some((dimension, code, name))
}

/// An import before the last one.
fn earlier(node: &Node<'_>) -> Option<EarlierImport> {
    let mut fields = node.fields()?;
    let earlier = EarlierImport {
        fetched: fields.string("fetched"),
        command: fields.list("command", Node::scalar),
    };
    fields.done();
    Some(earlier)
}

/// The day of the moment at which the figures were fetched.
fn day(fields: &mut Fields<'_>) -> String {
    let day = fields.optional("fetched", |node| {
        let moment = node.scalar().unwrap_or_default();
        let day = moment.get(..10).unwrap_or_default();
        if day.parse::<jiff::civil::Date>().is_err() {
            node.report(node.finding(Code::DateForm).with("value", &moment));
            return None;
        }
        Some(day.to_owned())
    });
    day.unwrap_or_default()
}

/// Gives indicators the day on which their figures were fetched, and reports what no longer fits.
pub(super) fn apply(provenances: &[Provenance], indicators: &mut [Indicator], snapshot: &Snapshot, log: &Log) {
    for provenance in provenances {
        let (id, day) = (&provenance.indicator, &provenance.fetched);
        let table = snapshot.find(&format!("{FOLDER}{id}.csv"));
        let indicator = indicators.iter_mut().find(|indicator| indicator.id == *id);
        let (Some(table), Some(indicator)) = (table, indicator) else {
            log.add(Finding::new(Code::FiguresAlone, provenance.origin.clone()).with("value", id));
            continue;
        };
        if !provenance.hash.is_empty() && provenance.hash != fingerprint(&table.bytes) {
            let finding = Finding::new(Code::FiguresEdited, Origin::file(&table.path));
            log.add(finding.with("value", id).with("date", day));
        }
        let stated_day = &mut indicator.source.fetched;
        if stated_day.is_empty() {
            stated_day.clone_from(day);
        } else if stated_day != day {
            let finding = Finding::new(Code::FiguresFetched, indicator.origin.at("source").at("fetched"));
            log.add(finding.with("value", stated_day).with("date", day));
        }
    }
}
