//! Chart specifications → charts on a page: figures selected, drawn, described, and set out as a table.
//!
//! One file a kind makes a [`Subject`]; what all charts share happens here once: subtitle, source, notes, drawings,
//! downloads. Nothing is drawn here: [`crate::chart`] does that.

mod aim;
mod bars;
mod contributions;
pub(crate) mod diagram;
mod draw;
mod given;
mod intervals;
mod map;
mod pairs;
mod points;
mod profile;
mod quadrants;
mod scatter;
mod select;
mod slope;
mod stacked;
mod trend;

pub(crate) use given::{Drawings, Given, drawings};
pub(crate) use quadrants::quadrant_title;
pub(crate) use select::periods_in_report;
pub(crate) use trend::span as span_of;

use crate::chart::{Picture, Shape, Size, ValueAxis};
use crate::finding::{Code, Finding, Log};
use crate::model::{ChartKind, ChartSpec, Indicator, Unit};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::view::{Chart, Html, Table};
use crate::page::{source_line, table};

/// What a chart shows, before it is drawn.
pub(super) struct Subject<'a> {
    /// The drawing; nothing when there is nothing to draw.
    pub(super) shape: Option<Shape>,
    /// Unit of its values.
    pub(super) unit: Unit,
    /// Measure, place, period, unit.
    pub(super) subtitle: String,
    /// One to four sentences made from the data.
    pub(super) description: String,
    /// Exactly what is shown.
    pub(super) table: Table,
    /// What it rests on.
    pub(super) indicators: Vec<&'a Indicator>,
}

/// The chart of an author's specification; nothing after a finding when it cannot be made.
pub(crate) fn chart(page: PageContext<'_>, spec: &ChartSpec, log: &Log) -> Option<Chart> {
    let subject = subject(page, spec, log)?;
    if subject.shape.is_none() {
        log.add(Finding::new(Code::ChartEmpty, spec.origin.clone()).with("title", spec.title.in_language(page.code())));
    }
    Some(finish(page, spec, subject, log))
}

/// A chart that a page makes for itself: when there is nothing to draw there is none, and no author to tell.
pub(crate) fn made(page: PageContext<'_>, spec: &ChartSpec, log: &Log) -> Option<Chart> {
    let subject = subject(page, spec, &Log::default()).filter(|subject| subject.shape.is_some())?;
    Some(finish(page, spec, subject, log))
}

fn subject<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<Subject<'a>> {
    let indicators: Vec<&Indicator> = spec
        .indicators
        .iter()
        .filter_map(|id| page.site.indicator(id))
        .collect();
    match spec.kind {
        ChartKind::Contributions => return contributions::contributions(page, spec, log),
        ChartKind::Intervals => return intervals::intervals(page, spec, log),
        _ => {}
    }
    let first = match indicators.first() {
        _ if spec.kind == ChartKind::Option => return free(page, spec, indicators, log),
        Some(first) => *first,
        None => return needs(spec, "indicator", log),
    };
    check_periods(spec, first, log);
    Some(match spec.kind {
        ChartKind::Trend | ChartKind::Option | ChartKind::Contributions | ChartKind::Intervals => {
            trend::trend(page, spec, first)
        }
        ChartKind::Multiples => trend::multiples(page, spec, &indicators),
        ChartKind::Ranking | ChartKind::Comparison => bars::bars(page, spec, first),
        ChartKind::Slope => slope::slope(page, spec, first),
        ChartKind::Stacked => match &first.breakdown {
            Some(breakdown) => stacked::stacked(page, spec, first, breakdown),
            None => return needs(spec, "breakdown", log),
        },
        ChartKind::Pairs => pairs::pairs(page, spec, &indicators),
        ChartKind::Profile => profile::profile(page, spec, &indicators),
        ChartKind::Quadrants if !quadrants::is_judged(first) => return needs(spec, "judged", log),
        ChartKind::Quadrants => quadrants::quadrants(page, spec, first),
        ChartKind::Scatter => match *indicators.as_slice() {
            [x, y] => scatter::scatter(page, spec, [x, y]),
            _ => return needs(spec, "pair", log),
        },
        ChartKind::Map => match map::map(page, spec, first) {
            Some(subject) => subject,
            None => return needs(spec, "maps", log),
        },
    })
}

/// Reports periods of another kind than the indicator's, which no observation could ever match.
fn check_periods(spec: &ChartSpec, indicator: &Indicator, log: &Log) {
    let selection = &spec.selection;
    for (key, period) in [
        ("from", selection.from),
        ("to", selection.to),
        ("period", selection.period),
    ] {
        let Some(period) = period else { continue };
        if crate::model::Period::parse(&period.to_string(), indicator.period).is_none() {
            let finding = Finding::new(Code::PeriodKind, spec.origin.at(key)).with("value", period);
            log.add(finding.with("expected", crate::read::period_example(indicator.period)));
        }
    }
}

/// Nothing, after a finding about what is lacking.
fn needs<'a>(spec: &ChartSpec, what: &str, log: &Log) -> Option<Subject<'a>> {
    log.add(
        Finding::new(Code::ChartNeeds, spec.origin.clone())
            .with("kind", spec.kind.name())
            .with("needs", what),
    );
    None
}

/// A chart that is all the author's own option.
fn free<'a>(page: PageContext<'a>, spec: &ChartSpec, indicators: Vec<&'a Indicator>, log: &Log) -> Option<Subject<'a>> {
    if spec.option.is_null() || spec.description.is_empty() {
        return needs(spec, if spec.option.is_null() { "option" } else { "description" }, log);
    }
    let table = table::from_option(page, &spec.option, spec.title.in_language(page.code()));
    let (subtitle, description) = (String::new(), String::new());
    Some(Subject {
        shape: Some(Shape::Free),
        unit: Unit::default(),
        subtitle,
        description,
        table,
        indicators,
    })
}

fn finish(page: PageContext<'_>, spec: &ChartSpec, subject: Subject<'_>, log: &Log) -> Chart {
    let code = page.code();
    let said = |own: &crate::model::Text, made: String| {
        if own.is_empty() {
            made
        } else {
            own.in_language(code).to_owned()
        }
    };
    let title = spec.title.in_language(code).to_owned();
    let of_index = spec.index.as_ref().map(|(index, node)| node.as_ref().unwrap_or(index));
    let name = spec
        .indicators
        .first()
        .or(of_index)
        .map_or(spec.kind.name(), String::as_str);
    let wanted = format!("{}-{name}", spec.kind.name());
    let subtitle = said(&spec.subtitle, subject.subtitle);
    // Of nothing there is nothing to describe.
    let description = said(
        &spec.description,
        if subject.shape.is_some() {
            subject.description
        } else {
            String::new()
        },
    );
    for option in crate::chart::unknown_options(&spec.option) {
        let mut parts: Vec<String> = option
            .split('/')
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .collect();
        let name = parts.pop().unwrap_or_default();
        let around = parts
            .iter()
            .skip(1)
            .fold(spec.origin.at("option"), |origin, part| origin.at(part));
        log.add(Finding::new(Code::ChartOption, around.key(&name)).with("option", name));
    }
    let voice = page.locale;
    let unit = voice.format.short_unit(&subject.unit, code).to_owned();
    let axis = ValueAxis {
        unit_in_labels: unit.chars().count() <= 1,
        signed: spec.kind == ChartKind::Contributions,
        unit,
        decimals: subject.unit.decimals,
        numbers: voice.format.style.clone(),
    };
    let picture = subject.shape.map(|shape| Picture {
        shape,
        axis,
        overlay: spec.option.clone(),
    });
    let source = source_line::line(page, &subject.indicators);
    let mut notes: Vec<Html> = Vec::new();
    if !spec.note.is_empty() {
        notes.push(Html(inline(spec.note.in_language(code))));
    }
    if let (ChartKind::Scatter, [x, y]) = (spec.kind, subject.indicators.as_slice()) {
        notes.extend(scatter::remark(page, spec, [x, y]).map(|said| Html(crate::theme::escape(&said))));
    }
    let drawn = |size| {
        picture
            .as_ref()
            .and_then(|picture| draw::drawing(page, picture, size, &spec.origin, log))
    };
    let given = Given {
        kind: spec.kind.name(),
        name: wanted,
        title,
        subtitle,
        description,
        drawings: (drawn(Size::Wide), drawn(Size::Narrow)),
        table: subject.table,
        empty: page.word("sentence.chart.empty").to_owned(),
        source,
        notes,
        sample: subject.indicators.iter().any(|indicator| indicator.sample),
    };
    given.set_out(page)
}
