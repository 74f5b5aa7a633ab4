//! Chart specifications → charts on a page: figures selected, drawn, described, and set out as a table.
//!
//! One file a kind makes a [`ChartContent`]; subtitle, source, notes, drawings and downloads are added here, once for all
//! kinds. Nothing is drawn here: [`crate::chart`] does that.

mod bars;
mod content;
mod contributions;
pub(crate) mod diagram;
mod draw;
mod finished;
mod intervals;
mod labels;
mod lines;
mod map;
mod multiples;
mod pairs;
mod points;
mod profile;
mod quadrants;
mod scatter;
mod select;
mod slope;
mod stacked;
mod tables;
mod target_line;
mod trend;

pub(crate) use draw::{Drawings, drawings};
pub(crate) use finished::FinishedChart;
pub(crate) use labels::{in_sentence, period_span};
pub(crate) use quadrants::quadrant_title;
pub(crate) use select::periods_in_report;

use crate::chart::{Picture, Shape, ValueAxis};
use crate::finding::message;
use crate::finding::{Code, Finding, Log};
use crate::model::{ChartKind, ChartSpec, Indicator, Text, Unit};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::view::{Chart, Html};
use crate::page::{source_line, table};
use content::{ChartContent, needs};

/// The chart of an author's specification; `None`, after a finding, when it cannot be made.
pub(crate) fn chart(page: PageContext<'_>, spec: &ChartSpec, log: &Log) -> Option<Chart> {
    let content = content(page, spec, log)?;
    if content.shape.is_none() {
        log.add(Finding::new(Code::ChartEmpty, spec.origin.clone()).with("title", spec.title.in_language(page.code())));
    }
    Some(finish(page, spec, content, log))
}

/// A chart that a page makes for itself; `None` when there is nothing to draw, and no finding, since no author wrote it.
pub(crate) fn page_chart(page: PageContext<'_>, spec: &ChartSpec, log: &Log) -> Option<Chart> {
    let content = content(page, spec, &Log::default()).filter(|content| content.shape.is_some())?;
    Some(finish(page, spec, content, log))
}

fn content<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<ChartContent<'a>> {
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
        _ if spec.kind == ChartKind::Option => return authors_option(page, spec, indicators, log),
        Some(first) => *first,
        None => return needs(spec, message::needs_indicator(), log),
    };
    check_periods(spec, first, log);
    let shares_a_scale = matches!(spec.kind, ChartKind::Multiples | ChartKind::Pairs | ChartKind::Profile);
    if shares_a_scale && !have_one_unit(&indicators) {
        return needs(spec, message::needs_one_unit(), log);
    }
    Some(match spec.kind {
        ChartKind::Trend | ChartKind::Option | ChartKind::Contributions | ChartKind::Intervals => {
            trend::trend(page, spec, first)
        }
        ChartKind::Multiples => multiples::multiples(page, spec, &indicators),
        ChartKind::Ranking | ChartKind::Comparison => bars::bars(page, spec, first),
        ChartKind::Slope => slope::slope(page, spec, first),
        ChartKind::Stacked => match &first.breakdown {
            Some(breakdown) => stacked::stacked(page, spec, first, breakdown),
            None => return needs(spec, message::needs_breakdown(), log),
        },
        ChartKind::Pairs => pairs::pairs(page, spec, &indicators),
        ChartKind::Profile if indicators.len() < 3 => return needs(spec, message::needs_three(), log),
        ChartKind::Profile => profile::profile(page, spec, &indicators),
        ChartKind::Quadrants if !quadrants::is_judged(first) => return needs(spec, message::needs_judged(), log),
        ChartKind::Quadrants => quadrants::quadrants(page, spec, first),
        ChartKind::Scatter => match *indicators.as_slice() {
            [x, y] => scatter::scatter(page, spec, [x, y]),
            _ => return needs(spec, message::needs_pair(), log),
        },
        ChartKind::Map => match map::map(page, spec, first) {
            Some(content) => content,
            // It would be blamed for a file of boundaries that is broken.
            None if page.site.places.has_broken_boundaries => return None,
            None => return needs(spec, message::needs_maps(), log),
        },
    })
}

/// Whether all figures may stand on one scale: kronor and per cent do not.
fn have_one_unit(indicators: &[&Indicator]) -> bool {
    indicators.windows(2).all(|pair| {
        let [one, other] = [pair[0], pair[1]].map(|indicator| &indicator.unit);
        one.kind == other.kind && one.label.all().eq(other.label.all())
    })
}

/// Reports periods of another kind than the indicator's, since no observation can match them.
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

/// A chart that is drawn by the author's own ECharts option alone, and described in the author's words.
fn authors_option<'a>(
    page: PageContext<'a>,
    spec: &ChartSpec,
    indicators: Vec<&'a Indicator>,
    log: &Log,
) -> Option<ChartContent<'a>> {
    if spec.option.is_null() || spec.description.is_empty() {
        let lacking = if spec.option.is_null() {
            message::needs_option()
        } else {
            message::needs_description()
        };
        return needs(spec, lacking, log);
    }
    let table = table::from_option(page, &spec.option, spec.title.in_language(page.code()));
    Some(ChartContent {
        shape: Some(Shape::Free),
        unit: Unit::default(),
        subtitle: String::new(),
        description: String::new(),
        table,
        indicators,
    })
}

/// The content drawn, and the author's words in place of those made from the data.
fn finish(page: PageContext<'_>, spec: &ChartSpec, content: ChartContent<'_>, log: &Log) -> Chart {
    let code = page.code();
    let authors_or = |text: &Text, default: String| {
        if text.is_empty() {
            default
        } else {
            text.in_language(code).to_owned()
        }
    };
    let of_index = spec.index.as_ref().map(|(index, node)| node.as_ref().unwrap_or(index));
    let name = spec
        .indicators
        .first()
        .or(of_index)
        .map_or(spec.kind.name(), String::as_str);
    // Of nothing there is nothing to describe.
    let description = if content.shape.is_some() {
        content.description
    } else {
        String::new()
    };
    report_unknown_options(spec, log);
    let format = &page.locale.format;
    let unit = format.short_unit(&content.unit, code).to_owned();
    let axis = ValueAxis {
        unit_in_labels: unit.chars().count() <= 1,
        signed: spec.kind == ChartKind::Contributions,
        unit,
        decimals: content.unit.decimals,
        numbers: format.style.clone(),
    };
    let picture = content.shape.map(|shape| Picture {
        shape,
        axis,
        overlay: spec.option.clone(),
    });
    let mut notes: Vec<Html> = Vec::new();
    if !spec.note.is_empty() {
        notes.push(Html(inline(spec.note.in_language(code))));
    }
    if let (ChartKind::Scatter, [x, y]) = (spec.kind, content.indicators.as_slice()) {
        notes.extend(scatter::remark(page, spec, [x, y]).map(|remark| Html(crate::theme::escape(&remark))));
    }
    let chart = FinishedChart {
        kind: spec.kind.name(),
        id: format!("{}-{name}", spec.kind.name()),
        title: spec.title.in_language(code).to_owned(),
        subtitle: authors_or(&spec.subtitle, content.subtitle),
        description: authors_or(&spec.description, description),
        drawings: picture.map_or((None, None), |picture| {
            draw::picture_drawings(page, &picture, &spec.origin, log)
        }),
        table: content.table,
        empty: page.word("sentence.chart.empty").to_owned(),
        source: source_line::line(page, &content.indicators),
        notes,
        sample: content.indicators.iter().any(|indicator| indicator.sample),
    };
    chart.into_view(page)
}

/// Reports names in the author's option that ECharts does not know.
fn report_unknown_options(spec: &ChartSpec, log: &Log) {
    for pointer in crate::chart::unknown_options(&spec.option) {
        let mut parts: Vec<String> = pointer
            .split('/')
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .collect();
        let name = parts.pop().unwrap_or_default();
        let parent = parts
            .iter()
            .skip(1)
            .fold(spec.origin.at("option"), |origin, part| origin.at(part));
        log.add(Finding::new(Code::ChartOption, parent.key(&name)).with("option", name));
    }
}
