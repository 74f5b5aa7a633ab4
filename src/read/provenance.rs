//! `data/series/ID.origin.yaml`: where an imported series comes from.
//!
//! Takes what `utsikt import` has written; gives the day to the indicator, and says so when a series is no longer as it
//! was imported, or the indicator's own file says another day.

use super::{Fields, Node, document, string_at};
use crate::finding::{Code, Finding, Log};
use crate::model::{EarlierImport, Indicator, Provenance};
use crate::source::{Origin, Snapshot};

/// How the files begin.
pub(crate) const FORMAT: &str = "utsikt-origin/1";
const ENDING: &str = ".origin.yaml";
const FOLDER: &str = "data/series/";

/// Where the provenance of this indicator's series stands, if it has been imported.
pub(crate) fn provenance_of(indicator: &str) -> String {
    format!("{FOLDER}{indicator}{ENDING}")
}

/// The fingerprint of a series or an answer: BLAKE3, in hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// What is known of imported series, by the path of the file.
#[must_use]
pub fn provenances(snapshot: &Snapshot, log: &Log) -> Vec<Provenance> {
    let files = snapshot.under(FOLDER, ENDING);
    files
        .filter_map(|file| {
            let id = file.path[FOLDER.len()..].trim_end_matches(ENDING);
            document(file, log, |node| read(node, id))
        })
        .collect()
}

fn read(node: &Node<'_>, id: &str) -> Option<Provenance> {
    let mut fields = node.fields()?;
    fields.require("format").and_then(|node| node.choice(&[(FORMAT, ())]));
    let provenance = Provenance {
        indicator: id.to_owned(),
        publisher: string_at(&mut fields, "publisher"),
        table: string_at(&mut fields, "table"),
        title: string_at(&mut fields, "title"),
        measure: string_at(&mut fields, "measure"),
        definition: string_at(&mut fields, "definition"),
        unit: string_at(&mut fields, "unit"),
        fetched: day(&mut fields),
        hash: string_at(&mut fields, "hash"),
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
    let [dimension, code, name] = ["dimension", "code", "name"].map(|key| string_at(&mut fields, key));
    fields.done();
    Some((dimension, code, name))
}

/// An import before the last one.
fn earlier(node: &Node<'_>) -> Option<EarlierImport> {
    let mut fields = node.fields()?;
    let earlier = EarlierImport {
        fetched: string_at(&mut fields, "fetched"),
        command: fields.list("command", Node::scalar),
    };
    fields.done();
    Some(earlier)
}

/// The day of the moment at which the figures were fetched.
fn day(fields: &mut Fields<'_>) -> String {
    let Some(node) = fields.find("fetched") else {
        return String::new();
    };
    let written = node.scalar().unwrap_or_default();
    let day = written.get(..10).unwrap_or_default();
    if day.parse::<jiff::civil::Date>().is_err() {
        node.report(node.finding(Code::DateForm).with("value", &written));
        return String::new();
    }
    day.to_owned()
}

/// Gives indicators the day on which their figures were fetched, and reports what no longer fits.
pub(super) fn apply(provenances: &[Provenance], indicators: &mut [Indicator], snapshot: &Snapshot, log: &Log) {
    for own in provenances {
        let table = snapshot.find(&format!("{FOLDER}{}.csv", own.indicator));
        let indicator = indicators.iter_mut().find(|indicator| indicator.id == own.indicator);
        let (Some(table), Some(indicator)) = (table, indicator) else {
            let finding = Finding::new(Code::FiguresAlone, own.origin.clone());
            log.add(finding.with("value", &own.indicator));
            continue;
        };
        if !own.hash.is_empty() && own.hash != fingerprint(&table.bytes) {
            let finding = Finding::new(Code::FiguresEdited, Origin::file(&table.path));
            log.add(finding.with("value", &own.indicator).with("date", &own.fetched));
        }
        let said = &mut indicator.source.fetched;
        if said.is_empty() {
            said.clone_from(&own.fetched);
        } else if *said != own.fetched {
            let finding = Finding::new(Code::FiguresFetched, indicator.origin.at("source").at("fetched"));
            log.add(finding.with("value", said).with("date", &own.fetched));
        }
    }
}
