//! From one period to another: a line a place.

use crate::chart::{Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::bars::placed;
use crate::render::figure::trend::{break_sentences, line, lines, measure_line};
use crate::render::figure::{Subject, select};

pub(super) fn slope<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let mut places = select::named(page, spec);
    let everybody = places.is_empty() && (spec.selection.level.is_some() || spec.selection.parent.is_some());
    if everybody {
        places = select::many(page, spec, indicator);
    }
    if places.is_empty() || everybody {
        let own = select::subject(page, spec).into_iter().chain(page.country());
        places.extend(own.filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }
    let known = select::periods(page, spec, indicator, &places, part);
    let (first, last) = match (known.first(), known.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        _ => {
            let subtitle = measure_line(page, indicator, part, "", "");
            let columns = vec![table::texts(page.word("sentence.column.place"))];
            let (table, unit) = (
                table::table(subtitle.clone(), columns, Vec::new()),
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
    let mut drawn = lines(page, spec, indicator, &places, &[first, last], part);
    // More than a handful of named lines cannot be told apart: the rest stand in the background.
    if drawn.len() > 6 {
        drawn
            .iter_mut()
            .filter(|line| matches!(line.role, Role::Other(_)))
            .for_each(|line| line.role = Role::Crowd);
    }
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
        Some(placed(page, *place, cells))
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
        sentences.extend(line(page, indicator, *place, &[first, last], part));
    }
    sentences.extend(break_sentences(page, indicator, &places, &[first, last], part));
    Subject {
        shape: (!drawn.is_empty()).then_some(Shape::Slope {
            periods: names,
            lines: drawn,
        }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(page, indicator, part, "", &span),
        description: sentences.join(" "),
        table,
        indicators: vec![indicator],
    }
}
