//! `data/indicators/ID.yaml`: an indicator's definition, and its figures from a table or written in place.
//!
//! Takes YAML and the table it names; gives an [`Indicator`] with its series. The table itself is [`super::table`]'s.

use super::values::{data_file, period, place};
use super::yaml::{Fields, Node};
use super::{series, table};
use crate::finding::{Code, Finding, Log, message};
use crate::model::{
    Absence, Acceptance, Better, Break, Breakdown, Improbability, Indicator, Margin, Note, PeriodKind, Places, Prices,
    Reason, Source, Text, TrendRule, Unit, UnitKind,
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
    let name = fields.required("name", Node::name);
    let unit = fields.required("unit", unit);
    let better = fields.required("better", |node| node.choice(Better::NAMES));
    let kind = fields
        .optional("period", |node| node.choice(PERIOD_KINDS))
        .unwrap_or_default();
    let breakdown = fields.optional("breakdown", breakdown);
    let source = fields.required("source", source);
    let name_or_id = name.clone().unwrap_or_else(|| Text::plain(id));
    let mut indicator = Indicator {
        id: id.to_owned(),
        short: fields.name_or("short", &name_or_id),
        name: name_or_id,
        topic: fields.string("topic"),
        order: fields.optional("order", Node::count),
        question: fields.text("question"),
        definition: fields.text("definition"),
        unit: unit.unwrap_or_default(),
        better: better.unwrap_or(Better::Neither),
        comparable: fields.optional("comparable", Node::truth).unwrap_or(true),
        modelled: fields.flag("modelled"),
        prices: fields.optional("prices", |node| node.choice(Prices::NAMES)),
        margin: fields.optional("margin", margin),
        trend: fields.optional("trend", |node| trend_rule(node, kind)),
        period: kind,
        source: source.unwrap_or_default(),
        external: fields.entries("external", |publisher, node| {
            Some((publisher.to_owned(), node.scalar()?))
        }),
        notes: fields.list("notes", |node| note(node, kind, places)),
        breaks: fields.list("breaks", |node| break_in_series(node, kind, places)),
        accepted: fields.list("accept", |node| acceptance(node, kind, places)),
        breakdown,
        next_release: fields.text("next_release"),
        sample: fields.flag("sample"),
        absence: None,
        table: None,
        series: Vec::new(),
        origin: node.origin.clone(),
    };
    figures(&mut fields, &mut indicator, places, snapshot);
    fields.done();
    name.map(|_| indicator)
}

/// The figures, under exactly one of `series`, `values` and `missing`.
fn figures(fields: &mut Fields<'_>, indicator: &mut Indicator, places: &Places, snapshot: &Snapshot) {
    let [table, values, missing] = ["series", "values", "missing"].map(|key| fields.present(key));
    let keys = [("series", &table), ("values", &values), ("missing", &missing)];
    fields.exactly_one(&keys, message::none_given());
    if let Some(node) = table {
        let file = table_file(&node, snapshot);
        let before = node.log().len();
        indicator.table = file.map(|file| file.path.clone());
        indicator.series = file
            .map(|file| table::read(file, indicator, places, node.log()))
            .unwrap_or_default();
        let origin = file.map(|file| Origin::file(&file.path));
        empty(indicator, origin.filter(|_| node.log().len() == before), node.log());
    } else if let Some(node) = values {
        let before = node.log().len();
        indicator.series = series::inline(&node, indicator.period, places);
        let origin = Some(node.origin.clone());
        empty(indicator, origin.filter(|_| node.log().len() == before), node.log());
    } else if let Some(node) = missing {
        indicator.absence = absence(&node);
    }
}

/// Reports a series without a single row; `origin` is absent where another fault is the reason.
fn empty(indicator: &Indicator, origin: Option<Origin>, log: &Log) {
    if indicator.series.is_empty()
        && let Some(origin) = origin
    {
        log.add(Finding::new(Code::TableEmpty, origin));
    }
}

fn table_file<'a>(node: &Node<'_>, snapshot: &'a Snapshot) -> Option<&'a SourceFile> {
    let mut fields = node.fields()?;
    let file = fields.required("file", |node| data_file(node, snapshot));
    fields.done();
    file
}

fn absence(node: &Node<'_>) -> Option<Absence> {
    let mut fields = node.fields()?;
    let reason = fields.required("reason", |node| node.choice(Reason::NAMES));
    let text = fields.text("text");
    fields.done();
    Some(Absence { reason: reason?, text })
}

pub(super) fn unit(node: &Node<'_>) -> Option<Unit> {
    let mut fields = node.fields()?;
    let label = fields.name("label");
    let kind = fields.required("kind", |node| {
        if label.is_empty() {
            return node.choice(UnitKind::NAMES);
        }
        // With a label of its own the kind is only a hint, so an unknown word is a plain number.
        let word = node.string()?;
        let known = UnitKind::NAMES.iter().find(|(name, _)| *name == word);
        Some(known.map_or(UnitKind::Number, |(_, kind)| *kind))
    });
    let decimals = fields
        .optional("decimals", Node::count)
        .map_or(0, |count| u8::try_from(count.min(9)).unwrap_or(9));
    let short = fields.name_or("short", &label);
    fields.done();
    Some(Unit {
        kind: kind?,
        decimals,
        short,
        label,
    })
}

pub(super) fn source(node: &Node<'_>) -> Option<Source> {
    let mut fields = node.fields()?;
    let source = Source {
        publisher: fields.required("publisher", Node::text).unwrap_or_default(),
        title: fields.text("title"),
        url: fields.string("url"),
        licence: fields.required("licence", Node::text).unwrap_or_default(),
        fetched: fields.optional("fetched", date).unwrap_or_default(),
        processing: fields.text("processing"),
    };
    fields.done();
    Some(source)
}

/// A day, as `2026-11-23`.
fn date(node: &Node<'_>) -> Option<String> {
    let text = node.scalar()?;
    if text.parse::<jiff::civil::Date>().is_err() {
        node.report(node.finding(Code::DateForm).with("value", &text));
        return None;
    }
    Some(text)
}

fn note(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Note> {
    let mut fields = node.fields()?;
    let written = Note {
        place: fields.optional("place", |node| place(node, places)),
        period: fields.optional("period", |node| period(node, kind)),
        text: fields.required("text", Node::text).unwrap_or_default(),
    };
    fields.done();
    Some(written)
}

fn break_in_series(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Break> {
    let mut fields = node.fields()?;
    let place = fields.optional("place", |node| place(node, places));
    let period = fields.required("period", |node| period(node, kind));
    let text = fields.text("text");
    fields.done();
    Some(Break {
        place,
        period: period?,
        text,
    })
}

/// Improbable figures that somebody has found to be right; the reason is required.
fn acceptance(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Option<Acceptance> {
    let mut fields = node.fields()?;
    let improbability = fields.required("rule", |node| node.choice(Improbability::NAMES));
    let place = fields.optional("place", |node| place(node, places));
    let period = fields.optional("period", |node| period(node, kind));
    let reason = fields.required("reason", Node::text);
    fields.done();
    Some(Acceptance {
        improbability: improbability?,
        place,
        period,
        reason: reason?,
        origin: node.origin.clone(),
    })
}

/// Half the width of the 95 per cent interval, or the word that it is not known.
fn margin(node: &Node<'_>) -> Option<Margin> {
    if node.peek_text().is_some() {
        return node.choice(&[("unknown", Margin::Unknown)]);
    }
    let half = node.number()?;
    if half < 0.0 {
        node.report(node.finding(Code::NumberRange).with("from", 0).with("to", "∞"));
        return None;
    }
    Some(Margin::Known(half))
}

/// The author's own span for the trend; the reason is required, since readers see it.
fn trend_rule(node: &Node<'_>, kind: PeriodKind) -> Option<TrendRule> {
    let mut fields = node.fields()?;
    let from = fields.optional("from", |node| period(node, kind));
    let to = fields.optional("to", |node| period(node, kind));
    let withheld = fields.flag("withheld");
    let reason = fields.required("reason", Node::text);
    fields.done();
    Some(TrendRule {
        from,
        to,
        withheld,
        reason: reason?,
    })
}

fn breakdown(node: &Node<'_>) -> Option<Breakdown> {
    let mut fields = node.fields()?;
    let column = fields.required("column", Node::string);
    let name = fields.required("name", Node::name);
    let categories = fields
        .required("values", |node| {
            node.entries(|code, node| Some((code.to_owned(), node.name()?)))
        })
        .unwrap_or_default();
    fields.done();
    Some(Breakdown {
        column: column?,
        name: name?,
        categories,
    })
}
