//! Parts of a whole over time, stacked: the categories of the indicator's breakdown.

use crate::chart::{Line, Role, Shape};
use crate::measure;
use crate::model::{Breakdown, ChartSpec, Indicator, Part, Period};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{measure_line, period_span};
use crate::render::figure::select;

pub(super) fn stacked<'a>(
    page: PageContext<'a>,
    spec: &ChartSpec,
    indicator: &'a Indicator,
    breakdown: &Breakdown,
) -> ChartContent<'a> {
    let code = page.code();
    let place = select::main_place(page, spec).or(page.country());
    let part = |index: usize| Part {
        sex: spec.selection.sex.unwrap_or_default(),
        category: u16::try_from(index).ok(),
    };
    let mut periods: Vec<Period> = Vec::new();
    if let Some(place) = place {
        for index in 0..breakdown.categories.len() {
            periods.extend(select::periods(page, spec, indicator, &[place], part(index)));
        }
    }
    periods.sort_unstable();
    periods.dedup();
    let value = |index: usize, period: &Period| measure::value(indicator, place?, part(index), *period);
    let mut parts: Vec<(usize, String)> = breakdown
        .categories
        .iter()
        .enumerate()
        .map(|(index, (_, name))| (index, name.in_language(code).to_owned()))
        .collect();
    parts.retain(|(index, _)| periods.iter().any(|period| value(*index, period).is_some()));
    // The largest at the bottom, where it is easiest to compare.
    let weight = |index: usize| periods.last().and_then(|period| value(index, period)).unwrap_or(0.0);
    parts.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)));
    let lines = parts.iter().zip(0u8..).map(|((index, name), nth)| Line {
        name: name.clone(),
        role: Role::Other(nth),
        values: periods.iter().map(|period| value(*index, period)).collect(),
        open: vec![false; periods.len()],
        cut: Vec::new(),
    });
    let format = &page.locale.format;
    let mut columns = vec![table::texts(breakdown.name.in_language(code))];
    columns.extend(
        periods
            .iter()
            .map(|period| table::numbers(format.period(*period), table::unit(page, &indicator.unit))),
    );
    let rows = parts.iter().map(|(index, name)| {
        let cells = periods.iter().map(|period| match place {
            Some(place) => table::observation(page, indicator, place, part(*index), *period),
            None => table::number(page, None, &indicator.unit),
        });
        table::row(name.clone(), cells.collect())
    });
    let name = place.map_or("", |place| page.place_in_text(place));
    let caption = measure_line(
        page,
        indicator,
        spec.selection.part(),
        name,
        &period_span(page, &periods),
    );
    let table = table::table(caption.clone(), columns, rows.collect());
    ChartContent {
        shape: (!parts.is_empty() && !periods.is_empty()).then(|| Shape::Stacked {
            periods: periods.iter().map(|period| format.period(*period)).collect(),
            parts: lines.collect(),
        }),
        unit: indicator.unit.clone(),
        subtitle: caption,
        description: description(page, indicator, &parts, &periods, &value),
        table,
        indicators: vec![indicator],
    }
}

fn description(
    page: PageContext<'_>,
    indicator: &Indicator,
    parts: &[(usize, String)],
    periods: &[Period],
    value: &dyn Fn(usize, &Period) -> Option<f64>,
) -> String {
    let (Some(last), Some((largest, name))) = (periods.last(), parts.first()) else {
        return String::new();
    };
    let format = &page.locale.format;
    let count = parts.len().to_string();
    let share = value(*largest, last).map_or(String::new(), |value| format.value(value, &indicator.unit, page.code()));
    let arguments = [
        ("n", count.as_str()),
        ("span", &period_span(page, periods)),
        ("largest", name),
        ("value", &share),
        ("period", &format.period_in_text(*last)),
    ];
    page.fill("sentence.chart.stacked", &arguments)
}
