//! Slopes: a line a place, from one period to another.

use crate::chart::{Line, Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{measure_line, place_names};
use crate::render::figure::lines::{line_sentence, lines};
use crate::render::figure::select;
use crate::render::figure::tables::place_row;

pub(super) fn slope<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> ChartContent<'a> {
    let part = spec.selection.part();
    let mut places = select::named_places(page, spec);
    let all_of_level = places.is_empty() && (spec.selection.level.is_some() || spec.selection.parent.is_some());
    if all_of_level {
        places = select::many_places(page, spec, indicator);
    }
    if places.is_empty() || all_of_level {
        let country = page.country().filter(|_| indicator.comparable);
        for place in select::main_place(page, spec).into_iter().chain(country) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let periods = select::periods(page, spec, indicator, &places, part);
    let (first, last) = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        _ => {
            let subtitle = measure_line(page, indicator, part, "", "");
            let columns = vec![table::texts(page.word("sentence.column.place"))];
            return ChartContent {
                shape: None,
                unit: indicator.unit.clone(),
                table: table::table(subtitle.clone(), columns, Vec::new()),
                subtitle,
                description: String::new(),
                indicators: vec![indicator],
            };
        }
    };
    let ends = |place: &PlaceId| {
        Some([
            measure::value(indicator, *place, part, first)?,
            measure::value(indicator, *place, part, last)?,
        ])
    };
    let is_broken = |place: &PlaceId| measure::break_between(indicator, *place, part, first, last).is_some();
    let broken: Vec<PlaceId> = places
        .iter()
        .copied()
        .filter(|place| ends(place).is_some() && is_broken(place))
        .collect();
    places.retain(|place| ends(place).is_some() && !is_broken(place));
    let lines = slope_lines(page, spec, indicator, &places, [first, last]);
    let format = &page.locale.format;
    let names = [format.period(first), format.period(last)];
    let span = format.span(first, last);
    let unit = table::unit(page, &indicator.unit);
    let columns = vec![
        table::texts(page.word("sentence.column.place")),
        table::numbers(names[0].clone(), unit.clone()),
        table::numbers(names[1].clone(), unit),
        table::numbers(
            page.word("sentence.column.change"),
            table::difference_unit(page, &indicator.unit),
        ),
    ];
    let rows = places.iter().filter_map(|place| {
        let [a, b] = ends(place)?;
        let at = |period| table::observation(page, indicator, *place, part, period);
        let cells = vec![
            at(first),
            at(last),
            table::difference(page, Some([b, a]), &indicator.unit),
        ];
        Some(place_row(page, *place, cells))
    });
    let table = table::table(measure_line(page, indicator, part, "", &span), columns, rows.collect());
    let mut sentences = vec![page.fill(
        "sentence.chart.slope",
        &[("from", &names[0]), ("to", &names[1]), ("n", &places.len().to_string())],
    )];
    for place in places
        .iter()
        .filter(|place| [page.home(), page.country()].contains(&Some(**place)))
    {
        sentences.extend(line_sentence(page, indicator, *place, &[first, last], part));
    }
    if !broken.is_empty() {
        let names = place_names(page, &broken);
        let words = [
            ("places", &*names),
            ("from", &format.period(first)),
            ("to", &format.period(last)),
        ];
        sentences.push(page.fill("sentence.chart.slope_break", &words));
    }
    ChartContent {
        shape: (!lines.is_empty()).then_some(Shape::Slope { periods: names, lines }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(page, indicator, part, "", &span),
        description: sentences.join(" "),
        table,
        indicators: vec![indicator],
    }
}

/// A line a place, from the one period to the other, whatever lies between.
fn slope_lines(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
    ends: [Period; 2],
) -> Vec<Line> {
    let mut lines = lines(page, spec, indicator, places, &ends, spec.selection.part());
    // More than a handful of named lines cannot be told apart: the rest stand in the background.
    let is_crowded = lines.len() > 6;
    for line in &mut lines {
        line.cut.clear();
        if is_crowded && matches!(line.role, Role::Other(_)) {
            line.role = Role::Crowd;
        }
    }
    lines
}
