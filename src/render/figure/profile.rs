//! Scores on several axes: one line a place, an axis an indicator.

use crate::chart::{Extents, Line, Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::Cell;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{comma_list, place_names, sex_word};
use crate::render::figure::select;
use crate::render::figure::tables::place_cell;

pub(super) fn profile<'a>(page: PageContext<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> ChartContent<'a> {
    let part = spec.selection.part();
    let code = page.code();
    let mut places = select::named_places(page, spec);
    if places.is_empty() {
        places.extend(select::main_place(page, spec));
        places.extend(page.country());
    }
    let period = |indicator: &Indicator| select::period(spec, indicator, &places, part);
    let value = |indicator: &Indicator, place: PlaceId| measure::value(indicator, place, part, period(indicator)?);
    let mut others = 0;
    let lines: Vec<Line> = places
        .iter()
        .map(|place| {
            let role = select::role(page, spec, *place, others);
            others += u8::from(matches!(role, Role::Other(_)));
            let values = indicators.iter().map(|indicator| value(indicator, *place)).collect();
            Line {
                name: page.place_short(*place).to_owned(),
                role,
                values,
                open: vec![false; indicators.len()],
                cut: Vec::new(),
            }
        })
        .collect();
    let numbers = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let extents = extents(page, &places, indicators, part, &period);
    let extremes = || extents.iter().flatten().flat_map(|[low, high]| [low.1, high.1]);
    // Scores of an index run from 0 to 100, but may lie outside, and other units have ranges of their own.
    let (low, high) = (
        numbers().chain(extremes()).fold(0.0, f64::min),
        numbers().chain(extremes()).fold(f64::MIN, f64::max),
    );
    let high = if indicators[0].unit.kind == crate::model::UnitKind::Index {
        high.max(100.0)
    } else {
        high
    };
    let axes: Vec<String> = indicators
        .iter()
        .map(|indicator| indicator.short.in_language(code).to_owned())
        .collect();
    let unit = table::unit(page, &indicators[0].unit);
    let mut columns = vec![table::texts(page.word("sentence.column.indicator"))];
    columns.extend(
        places
            .iter()
            .map(|place| table::numbers(page.place_name(*place), unit.clone())),
    );
    let has_extents = extents.iter().any(Option::is_some);
    if has_extents {
        columns.push(table::numbers(page.word("sentence.interval.low"), unit.clone()));
        columns.push(table::numbers(page.word("sentence.interval.high"), unit.clone()));
    }
    let rows = indicators.iter().zip(&extents).map(|(indicator, extent)| {
        let period = period(indicator);
        let cell = |place: PlaceId| match period {
            Some(period) => table::observation(page, indicator, place, part, period),
            None => table::number(page, None, &indicator.unit),
        };
        let cells = places.iter().map(|place| place_cell(page, *place, cell(*place)));
        let ends = has_extents.then(|| [0, 1].map(|end| end_cell(page, indicator, extent.map(|ends| ends[end]))));
        table::row(
            indicator.name.in_language(code),
            cells.chain(ends.into_iter().flatten()).collect(),
        )
    });
    let first_period = period(indicators[0]).map_or(String::new(), |period| page.locale.format.period(period));
    let subtitle = comma_list(&[&place_names(page, &places), &sex_word(page, part), &first_period]);
    ChartContent {
        shape: (numbers().next().is_some() && axes.len() > 2).then(|| Shape::Profile {
            axes,
            range: [low, high],
            spread: has_extents.then(|| Extents {
                name: page.word("sentence.chart.profile_extent").to_owned(),
                ends: extents
                    .iter()
                    .map(|ends| ends.map(|[low, high]| [low.1, high.1]))
                    .collect(),
            }),
            lines: lines.clone(),
        }),
        unit: indicators[0].unit.clone(),
        description: description(page, indicators, &places, &value, has_extents),
        table: table::table(subtitle.clone(), columns, rows.collect()),
        subtitle,
        indicators: indicators.to_vec(),
    }
}

/// The places with the lowest and the highest number, and these numbers.
type Extremes = [(PlaceId, f64); 2];

/// Lowest and highest place of each indicator, among those of the first place's level; `None` where fewer than three have
/// a number, or where the chart already names that many.
fn extents(
    page: PageContext<'_>,
    places: &[PlaceId],
    indicators: &[&Indicator],
    part: Part,
    period: &dyn Fn(&Indicator) -> Option<Period>,
) -> Vec<Option<Extremes>> {
    let peers = places
        .first()
        .filter(|_| places.len() < 3)
        .map(|first| page.peers_of(*first))
        .unwrap_or_default();
    let extremes = |indicator: &Indicator| {
        let period = period(indicator)?;
        let numbers = peers
            .iter()
            .filter_map(|place| Some((*place, measure::value(indicator, *place, part, period)?)));
        let mut ranked: Vec<(PlaceId, f64)> = numbers.collect();
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
        (ranked.len() > 2).then(|| [ranked[0], ranked[ranked.len() - 1]])
    };
    indicators.iter().map(|indicator| extremes(indicator)).collect()
}

/// A number and the place that has it; a dash for `None`.
fn end_cell(page: PageContext<'_>, indicator: &Indicator, end: Option<(PlaceId, f64)>) -> Cell {
    let Some((place, value)) = end else {
        return table::number(page, None, &indicator.unit);
    };
    let cell = table::number(page, Some(value), &indicator.unit);
    Cell {
        text: format!("{} ({})", cell.text, page.place_short(place)),
        ..cell
    }
}

/// On how many axes the first place is above the second, and where it is furthest above and below.
fn description(
    page: PageContext<'_>,
    indicators: &[&Indicator],
    places: &[PlaceId],
    value: &dyn Fn(&Indicator, PlaceId) -> Option<f64>,
    has_extents: bool,
) -> String {
    let count = indicators.len().to_string();
    let mut text = page.fill("sentence.chart.profile", &[("n", &count)]);
    if has_extents {
        text = format!("{text} {}", page.word("sentence.chart.profile_band"));
    }
    let [first, second, ..] = places else { return text };
    let gap = |indicator: &Indicator| {
        Some(measure::difference(
            value(indicator, *first)?,
            value(indicator, *second)?,
            indicator.unit.decimals,
        ))
    };
    let gaps: Vec<(&Indicator, f64)> = indicators
        .iter()
        .filter_map(|indicator| Some((*indicator, gap(indicator)?)))
        .collect();
    let above = gaps.iter().filter(|(_, gap)| *gap > 0.0).count().to_string();
    let lowest = gaps.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let highest = gaps.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (total, code) = (gaps.len().to_string(), page.code());
    let places = [
        ("place", page.place_name(*first)),
        ("other", page.place_in_text(*second)),
    ];
    let counts = [("above", above.as_str()), ("total", total.as_str())];
    if !gaps.is_empty() {
        text = format!(
            "{text} {}",
            page.fill("sentence.chart.profile_gaps", &[places, counts].concat())
        );
    }
    // One is furthest above only where one is above at all.
    if let Some((high, _)) = highest.filter(|(_, gap)| *gap > 0.0) {
        text = format!(
            "{text} {}",
            page.fill("sentence.chart.profile_high", &[("axis", high.short.in_language(code))])
        );
    }
    if let Some((low, _)) = lowest.filter(|(_, gap)| *gap < 0.0) {
        text = format!(
            "{text} {}",
            page.fill("sentence.chart.profile_low", &[("axis", low.short.in_language(code))])
        );
    }
    text
}
