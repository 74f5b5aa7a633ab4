//! From one period to another: a line a place.

use super::bars::placed;
use super::trend::{lines, measure_line};
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
        let own = select::subject(standpoint, spec).into_iter().chain(standpoint.country());
        places.extend(own.filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }
    let known = select::periods(standpoint, spec, indicator, &places, part);
    let (first, last) = match (known.first(), known.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        _ => {
            let table = tabular::table(indicator.name.in_language(standpoint.code()).to_owned(), Vec::new(), Vec::new());
            let unit = indicator.unit.clone();
            return Subject { shape: None, unit, subtitle: String::new(), description: String::new(), table, indicators: vec![indicator] };
        }
    };
    let ends = |place: &PlaceId| Some([measure::value(indicator, *place, part, first)?, measure::value(indicator, *place, part, last)?]);
    places.retain(|place| ends(place).is_some());
    let mut drawn = lines(standpoint, spec, indicator, &places, &[first, last], part);
    // More than a handful of named lines cannot be told apart: the rest stand in the background.
    if drawn.len() > 6 {
        drawn.iter_mut().filter(|line| matches!(line.role, Role::Other(_))).for_each(|line| line.role = Role::Crowd);
    }
    let format = &standpoint.voice().format;
    let code = standpoint.code();
    let names = [format.period(first), format.period(last)];
    let span = format!("{}\u{2013}{}", names[0], names[1]);
    let unit = tabular::unit(standpoint, &indicator.unit);
    let columns = vec![
        tabular::texts(standpoint.word("sentence.column.place")),
        tabular::numbers(names[0].clone(), unit.clone()),
        tabular::numbers(names[1].clone(), unit.clone()),
        tabular::numbers(standpoint.word("sentence.column.change"), unit),
    ];
    let rows = places.iter().filter_map(|place| {
        let [a, b] = ends(place)?;
        let mut change = tabular::number(standpoint, Some(b - a), &indicator.unit);
        change.text = format.signed(b - a, indicator.unit.decimals);
        let cells = vec![tabular::number(standpoint, Some(a), &indicator.unit), tabular::number(standpoint, Some(b), &indicator.unit), change];
        Some(placed(standpoint, *place, cells))
    });
    let table = tabular::table(measure_line(standpoint, indicator, "", &span), columns, rows.collect());
    let mut sentences = vec![standpoint.fill("sentence.chart.slope", &[("from", &names[0]), ("to", &names[1]), ("n", &places.len().to_string())])];
    for place in places.iter().filter(|place| [standpoint.home(), standpoint.country()].contains(&Some(**place))) {
        let Some([a, b]) = ends(place) else { continue };
        let values = [a, b].map(|value| format.value(value, &indicator.unit, code));
        let name = standpoint.place_name(*place);
        sentences.push(standpoint.fill(
            "sentence.chart.line",
            &[("place", name), ("from", &names[0]), ("first", &values[0]), ("to", &names[1]), ("last", &values[1])],
        ));
    }
    Subject {
        shape: (!drawn.is_empty()).then_some(Shape::Slope { periods: names, lines: drawn }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(standpoint, indicator, "", &span),
        description: sentences.join(" "),
        table,
        indicators: vec![indicator],
    }
}
