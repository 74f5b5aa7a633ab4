//! Scores on several axes: one line a place, an axis an indicator.

use super::{Subject, select, tabular};
use crate::chart::{Line, Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, PlaceId};
use crate::render::report::Standpoint;

pub(super) fn profile<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> Subject<'a> {
    let part = spec.selection.part();
    let code = standpoint.code();
    let mut places = select::named(standpoint, spec);
    if places.is_empty() {
        places.extend(select::subject(standpoint, spec));
        places.extend(standpoint.country());
    }
    let value = |indicator: &Indicator, place: PlaceId| {
        let period = select::period(spec, indicator, &places, part)?;
        measure::value(indicator, place, part, period)
    };
    let mut others = 0;
    let lines: Vec<Line> = places
        .iter()
        .map(|place| {
            let role = select::role(standpoint, spec, *place, others);
            others += u8::from(matches!(role, Role::Other(_)));
            let values = indicators.iter().map(|indicator| value(indicator, *place)).collect();
            Line { name: standpoint.place_short(*place).to_owned(), role, values, open: vec![false; indicators.len()] }
        })
        .collect();
    let known = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    // Scores of an index run from 0 to 100, but may lie outside, and other units have ranges of their own.
    let (low, high) = (known().fold(0.0, f64::min), known().fold(f64::MIN, f64::max));
    let high = if indicators[0].unit.kind == crate::model::UnitKind::Index { high.max(100.0) } else { high };
    let axes: Vec<String> = indicators.iter().map(|indicator| indicator.short.in_language(code).to_owned()).collect();
    let unit = tabular::unit(standpoint, &indicators[0].unit);
    let mut columns = vec![tabular::texts(standpoint.word("sentence.column.indicator"))];
    columns.extend(places.iter().map(|place| tabular::numbers(standpoint.place_name(*place), unit.clone())));
    let rows = indicators.iter().map(|indicator| {
        let cells = places.iter().map(|place| crate::render::view::Cell {
            home: standpoint.home() == Some(*place),
            ..tabular::number(standpoint, value(indicator, *place), &indicator.unit)
        });
        tabular::row(indicator.name.in_language(code), cells.collect())
    });
    let names: Vec<String> = places.iter().map(|place| standpoint.place_name(*place).to_owned()).collect();
    let period = select::period(spec, indicators[0], &places, part).map_or(String::new(), |period| standpoint.voice().format.period(period));
    let subtitle = format!("{}, {period}", standpoint.voice().format.list(&names));
    Subject {
        shape: (known().next().is_some() && axes.len() > 2).then(|| Shape::Profile { axes, range: [low, high], lines: lines.clone() }),
        unit: indicators[0].unit.clone(),
        description: description(standpoint, indicators, &places, &value),
        table: tabular::table(subtitle.clone(), columns, rows.collect()),
        subtitle,
        indicators: indicators.to_vec(),
    }
}

/// How many axes the first place is above the second on, and where it is furthest above and below.
fn description(standpoint: Standpoint<'_>, indicators: &[&Indicator], places: &[PlaceId], value: &dyn Fn(&Indicator, PlaceId) -> Option<f64>) -> String {
    let count = indicators.len().to_string();
    let mut text = standpoint.fill("sentence.chart.profile", &[("n", &count)]);
    let [first, second, ..] = places else { return text };
    let gaps: Vec<(&Indicator, f64)> =
        indicators.iter().filter_map(|indicator| Some((*indicator, value(indicator, *first)? - value(indicator, *second)?))).collect();
    let above = gaps.iter().filter(|(_, gap)| *gap > 0.0).count().to_string();
    let lowest = gaps.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let highest = gaps.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some((low, _)), Some((high, _))) = (lowest, highest) {
        let name = |indicator: &Indicator| indicator.short.in_language(standpoint.code()).to_owned();
        let arguments = [
            ("place", standpoint.place_name(*first).to_owned()),
            ("other", standpoint.place_name(*second).to_owned()),
            ("above", above),
            ("n", gaps.len().to_string()),
            ("low", name(low)),
            ("high", name(high)),
        ];
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(key, value)| (*key, value.as_str())).collect();
        text.push(' ');
        text.push_str(&standpoint.fill("sentence.chart.profile_gaps", &arguments));
    }
    text
}
