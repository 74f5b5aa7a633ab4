//! `data/indicators/ID.yaml`: what an indicator is, and its figures from a table or written in place.

use super::{
    data_file, period, place, series, string_at, table, text, text_at,
    yaml::{Fields, Node},
};
use crate::finding::{Code, Finding};
use crate::model::{
    Absence, Acceptance, Better, Break, Breakdown, Improbability, Indicator, Note, PeriodKind, Places, Reason, Source,
    Text, Unit, UnitKind,
};
use crate::source::{Origin, Snapshot, SourceFile};

/// Kinds of period as written in data files.
pub(crate) const PERIOD_KINDS: &[(&str, PeriodKind)] = &[
    ("year", PeriodKind::Year),
    ("school_year", PeriodKind::SchoolYear),
    ("half_year", PeriodKind::HalfYear),
    ("quarter", PeriodKind::Quarter),
    ("month", PeriodKind::Month),
    ("election", PeriodKind::Election),
    ("span", PeriodKind::Span),
];

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places, snapshot: &Snapshot) -> Option<Indicator> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let short = text_at(&mut fields, "short");
    let unit = fields.require("unit").and_then(|node| unit(&node));
    let better = fields.require("better").and_then(|node| node.choice(Better::NAMES));
    let kind = fields
        .find("period")
        .and_then(|node| node.choice(PERIOD_KINDS))
        .unwrap_or_default();
    let breakdown = fields.find("breakdown").and_then(|node| breakdown(&node));
    let source = fields.require("source").and_then(|node| source(&node));
    let name_or_id = name.clone().unwrap_or_else(|| Text::plain(id));
    let mut indicator = Indicator {
        id: id.to_owned(),
        short: if short.is_empty() { name_or_id.clone() } else { short },
        name: name_or_id,
        topic: string_at(&mut fields, "topic"),
        order: fields.find("order").and_then(|node| node.count()),
        question: text_at(&mut fields, "question"),
        definition: text_at(&mut fields, "definition"),
        unit: unit.unwrap_or_default(),
        better: better.unwrap_or(Better::Neither),
        comparable: fields.find("comparable").and_then(|node| node.truth()).unwrap_or(true),
        period: kind,
        source: source.unwrap_or_default(),
        external: fields
            .find("external")
            .and_then(|node| external(&node))
            .unwrap_or_default(),
        notes: fields.list("notes", |node| note(node, kind, places)),
        breaks: fields.list("breaks", |node| a_break(node, kind, places)),
        accepted: fields.list("accept", |node| acceptance(node, kind, places)),
        breakdown,
        next_release: text_at(&mut fields, "next_release"),
        sample: fields.find("sample").and_then(|node| node.truth()).unwrap_or(false),
        absence: None,
        table: None,
        series: Vec::new(),
        origin: node.origin.clone(),
    };
    figures(&mut fields, &mut indicator, places, snapshot);
    fields.done();
    name.map(|_| indicator)
}

/// Exactly one of `series`, `values` and `missing` says where the figures are.
fn figures(fields: &mut Fields<'_>, indicator: &mut Indicator, places: &Places, snapshot: &Snapshot) {
    let [table, values, missing] = ["series", "values", "missing"].map(|key| fields.present(key));
    let said: Vec<Origin> = [&table, &values, &missing]
        .into_iter()
        .flatten()
        .map(|node| node.origin.clone())
        .collect();
    let fault =
        |origin: &Origin| Finding::new(Code::KeyChoice, origin.clone()).with("keys", "`series`, `values`, `missing`");
    match &said[..] {
        [] if fields.has_misspelling_of("series")
            || fields.has_misspelling_of("values")
            || fields.has_misspelling_of("missing") => {}
        [] => fields.report(fault(&indicator.origin).with("found", "none")),
        [_] => {}
        [first, others @ ..] => fields.report(fault(&others[0]).with("found", "several").beside(first.clone())),
    }
    if let Some(node) = table {
        let file = table_file(&node, snapshot);
        indicator.table = file.map(|file| file.path.clone());
        indicator.series = file
            .map(|file| table::read(file, indicator, places, node.log()))
            .unwrap_or_default();
    } else if let Some(node) = values {
        indicator.series = series::inline(&node, indicator.period, places);
    } else if let Some(node) = missing {
        indicator.absence = absence(&node);
    }
}

fn table_file<'a>(node: &Node<'_>, snapshot: &'a Snapshot) -> Option<&'a SourceFile> {
    let mut fields = node.fields()?;
    let file = fields.require("file").and_then(|node| data_file(&node, snapshot));
    fields.done();
    file
}

fn absence(node: &Node<'_>) -> Option<Absence> {
    let mut fields = node.fields()?;
    let reason = fields.require("reason").and_then(|node| node.choice(Reason::NAMES));
    let text = text_at(&mut fields, "text");
    fields.done();
    Some(Absence { reason: reason?, text })
}

pub(super) fn unit(node: &Node<'_>) -> Option<Unit> {
    let mut fields = node.fields()?;
    let label = text_at(&mut fields, "label");
    let written = fields.require("kind");
    // With a label of its own the kind is only a hint, so an unknown word is a plain number.
    let kind = match (written, label.is_empty()) {
        (Some(node), true) => node.choice(UnitKind::NAMES),
        (Some(node), false) => {
            let word = node.string()?;
            Some(
                UnitKind::NAMES
                    .iter()
                    .find(|(name, _)| *name == word)
                    .map_or(UnitKind::Number, |(_, kind)| *kind),
            )
        }
        (None, _) => None,
    };
    let decimals = fields
        .find("decimals")
        .and_then(|node| node.count())
        .map_or(0, |count| u8::try_from(count.min(9)).unwrap_or(9));
    let short = text_at(&mut fields, "short");
    fields.done();
    Some(Unit {
        kind: kind?,
        decimals,
        short: if short.is_empty() { label.clone() } else { short },
        label,
    })
}

pub(super) fn source(node: &Node<'_>) -> Option<Source> {
    let mut fields = node.fields()?;
    let publisher = fields
        .require("publisher")
        .and_then(|node| text(&node))
        .unwrap_or_default();
    let licence = fields
        .require("licence")
        .and_then(|node| text(&node))
        .unwrap_or_default();
    let source = Source {
        publisher,
        title: text_at(&mut fields, "title"),
        url: string_at(&mut fields, "url"),
        licence,
        fetched: fields.find("fetched").and_then(|node| date(&node)).unwrap_or_default(),
        processing: text_at(&mut fields, "processing"),
    };
    fields.done();
    Some(source)
}

/// A day, as `2026-11-23`.
fn date(node: &Node<'_>) -> Option<String> {
    let written = node.scalar()?;
    if written.parse::<jiff::civil::Date>().is_err() {
        node.report(node.finding(Code::DateForm).with("value", &written));
        return None;
    }
    Some(written)
}

fn external(node: &Node<'_>) -> Option<Vec<(String, String)>> {
    node.entries(|publisher, node| Some((publisher.to_owned(), node.scalar()?)))
}

fn note(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Note> {
    let mut fields = node.fields()?;
    let found = Note {
        place: fields.find("place").and_then(|node| place(&node, places)),
        period: fields.find("period").and_then(|node| period(&node, kind)),
        text: fields.require("text").and_then(|node| text(&node)).unwrap_or_default(),
    };
    fields.done();
    Some(found)
}

fn a_break(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Break> {
    let mut fields = node.fields()?;
    let place = fields.find("place").and_then(|node| place(&node, places));
    let from = fields.require("period").and_then(|node| period(&node, kind));
    let text = text_at(&mut fields, "text");
    fields.done();
    Some(Break {
        place,
        period: from?,
        text,
    })
}

/// Improbable figures that somebody has found to be right; the reason is required.
fn acceptance(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Acceptance> {
    let mut fields = node.fields()?;
    let improbability = fields
        .require("rule")
        .and_then(|node| node.choice(Improbability::NAMES));
    let place = fields.find("place").and_then(|node| place(&node, places));
    let period = fields.find("period").and_then(|node| period(&node, kind));
    let reason = fields.require("reason").and_then(|node| text(&node));
    fields.done();
    Some(Acceptance {
        improbability: improbability?,
        place,
        period,
        reason: reason?,
        origin: node.origin.clone(),
    })
}

fn breakdown(node: &Node<'_>) -> Option<Breakdown> {
    let mut fields = node.fields()?;
    let column = fields.require("column").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let categories = fields
        .require("values")
        .and_then(|node| node.entries(|code, node| Some((code.to_owned(), text(node)?))))
        .unwrap_or_default();
    fields.done();
    Some(Breakdown {
        column: column?,
        name: name?,
        categories,
    })
}
