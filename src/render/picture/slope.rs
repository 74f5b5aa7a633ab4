//! From one period to another: a line a place.

use super::bars::placed;
use super::trend::{break_sentences, line, lines, measure_line};
use super::{Subject, select, tabular};
use crate::chart::{Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, PlaceId};
use crate::render::report::Standpoint;

pub(super) fn slope<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let mut places = select::named(standpoint, spec);
    let everybody = places.is_empty() && (spec.selection.level.is_some() || spec.selection.parent.is_some());
    if everybody {
        places = select::many(standpoint, spec, indicator);
    }
    if places.is_empty() || everybody {
        let own = select::subject(standpoint, spec)
            .into_iter()
            .chain(standpoint.country());
        places.extend(own.filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }
    let known = select::periods(standpoint, spec, indicator, &places, part);
    let (first, last) = match (known.first(), known.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        _ => {
            let subtitle = measure_line(standpoint, indicator, part, "", "");
            let columns = vec![tabular::texts(standpoint.word("sentence.column.place"))];
            let (table, unit) = (
                tabular::table(subtitle.clone(), columns, Vec::new()),
                indicator.unit.clone(),
            );
            return Subject {
                shape: None,
                unit,
                subtitle,
                description: String::new(),
                table,
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
    places.retain(|place| ends(place).is_some());
    let mut drawn = lines(standpoint, spec, indicator, &places, &[first, last], part);
    // More than a handful of named lines cannot be told apart: the rest stand in the background.
    if drawn.len() > 6 {
        drawn
            .iter_mut()
            .filter(|line| matches!(line.role, Role::Other(_)))
            .for_each(|line| line.role = Role::Crowd);
    }
    let format = &standpoint.voice().format;
    let names = [format.period(first), format.period(last)];
    let span = format.span(first, last);
    let unit = tabular::unit(standpoint, &indicator.unit);
    let columns = vec![
        tabular::texts(standpoint.word("sentence.column.place")),
        tabular::numbers(names[0].clone(), unit.clone()),
        tabular::numbers(names[1].clone(), unit),
        tabular::numbers(
            standpoint.word("sentence.column.change"),
            tabular::difference_unit(standpoint, &indicator.unit),
        ),
    ];
    let rows = places.iter().filter_map(|place| {
        let [a, b] = ends(place)?;
        let at = |period| tabular::observed(standpoint, indicator, *place, part, period);
        let cells = vec![
            at(first),
            at(last),
            tabular::difference(standpoint, Some([b, a]), &indicator.unit),
        ];
        Some(placed(standpoint, *place, cells))
    });
    let table = tabular::table(
        measure_line(standpoint, indicator, part, "", &span),
        columns,
        rows.collect(),
    );
    let mut sentences = vec![standpoint.fill(
        "sentence.chart.slope",
        &[("from", &names[0]), ("to", &names[1]), ("n", &places.len().to_string())],
    )];
    for place in places
        .iter()
        .filter(|place| [standpoint.home(), standpoint.country()].contains(&Some(**place)))
    {
        sentences.extend(line(standpoint, indicator, *place, &[first, last], part));
    }
    sentences.extend(break_sentences(standpoint, indicator, &places, &[first, last], part));
    Subject {
        shape: (!drawn.is_empty()).then_some(Shape::Slope {
            periods: names,
            lines: drawn,
        }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(standpoint, indicator, part, "", &span),
        description: sentences.join(" "),
        table,
        indicators: vec![indicator],
    }
}
