//! Lines over time: own place, country, others by name, the rest as a band. And many such, small, side by side.

use super::{Subject, select, tabular};
use crate::chart::{Band, Line, Mark, Panel, Role, Shape, Target};
use crate::measure::{self, Spread};
use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId};
use crate::render::report::Standpoint;
use crate::render::row::own_target;

/// Places a band needs to say more than a line would.
const BAND_OF: usize = 3;

pub(super) fn trend<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = shown(standpoint, spec, indicator);
    let mut periods = select::periods(standpoint, spec, indicator, &places, part);
    let main = select::subject(standpoint, spec).filter(|place| places.contains(place));
    let target = main.and_then(|place| target(standpoint, indicator, place)).filter(|_| part == Part::TOTAL);
    if let Some((_, base)) = &target
        && let Some(base) = base
        && spec.selection.from.is_none()
        && !periods.contains(base)
    {
        periods.insert(0, *base);
    }
    let others = crowd(standpoint, spec, indicator, &places);
    let spreads: Vec<Option<Spread>> = periods.iter().map(|period| measure::spread(indicator, part, *period, &others)).collect();
    let banded = spreads.iter().flatten().any(|spread| spread.count >= BAND_OF);
    let lines: Vec<Line> = lines(standpoint, spec, indicator, &places, &periods, part);
    let shape = (!periods.is_empty()).then(|| Shape::Trend {
        periods: periods.iter().map(|period| standpoint.voice().format.period(*period)).collect(),
        positions: periods.iter().map(|period| period.position()).collect(),
        lines: lines.clone(),
        band: banded.then(|| Band {
            name: standpoint.word("sentence.band").to_owned(),
            median_name: standpoint.word("sentence.median").to_owned(),
            low: spreads.iter().map(|spread| Some(spread.as_ref()?.low)).collect(),
            high: spreads.iter().map(|spread| Some(spread.as_ref()?.high)).collect(),
            median: spreads.iter().map(|spread| Some(spread.as_ref()?.median)).collect(),
        }),
        breaks: breaks(standpoint, indicator, &places, &periods),
        target: target.map(|(target, _)| target),
    });
    Subject {
        shape,
        unit: indicator.unit.clone(),
        subtitle: subtitle(standpoint, indicator, &places, &periods),
        description: description(standpoint, indicator, &places, &periods, part, banded),
        table: table(standpoint, indicator, &places, &periods, part, banded.then_some(&spreads)),
        indicators: vec![indicator],
    }
}

/// Places with a line of their own: those named, else the subject and the country, as far as they have figures.
fn shown(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator) -> Vec<PlaceId> {
    let mut places = select::named(standpoint, spec);
    if places.is_empty() {
        places.extend(select::subject(standpoint, spec));
        places.extend(standpoint.country().filter(|country| !places.contains(country) && indicator.comparable));
    }
    let known = |place: &PlaceId| measure::latest(indicator, *place, spec.selection.part(), None).is_some();
    places.into_iter().filter(known).collect()
}

/// Places of the subject's level that have no line of their own.
fn crowd(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator, shown: &[PlaceId]) -> Vec<PlaceId> {
    let Some(subject) = select::subject(standpoint, spec) else { return Vec::new() };
    // Totals of large places would leave no room for one's own line.
    if standpoint.site().places[subject].level == Level::Country || !indicator.comparable {
        return Vec::new();
    }
    standpoint.peers_of(subject).into_iter().filter(|place| !shown.contains(place)).collect()
}

pub(super) fn lines(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator, places: &[PlaceId], periods: &[Period], part: Part) -> Vec<Line> {
    let mut others = 0;
    places
        .iter()
        .map(|place| {
            let role = select::role(standpoint, spec, *place, others);
            others += u8::from(matches!(role, Role::Other(_)));
            let at = |period: &Period| indicator.at(*place, part, *period);
            let open = |period: &Period| at(period).is_some_and(|observation| observation.flags.provisional || observation.flags.estimated);
            Line {
                name: standpoint.place_short(*place).to_owned(),
                role,
                values: periods.iter().map(|period| at(period)?.value.known()).collect(),
                open: periods.iter().map(open).collect(),
            }
        })
        .collect()
}

fn breaks(standpoint: Standpoint<'_>, indicator: &Indicator, places: &[PlaceId], periods: &[Period]) -> Vec<Mark> {
    let concerned = indicator.breaks.iter().filter(|a_break| a_break.place.is_none_or(|place| places.contains(&place)));
    let mark = |a_break: &crate::model::Break| {
        let at = periods.iter().position(|period| *period >= a_break.period).filter(|at| *at > 0)?;
        Some(Mark { at, text: standpoint.word("flag.break").to_owned() })
    };
    concerned.filter_map(mark).collect()
}

/// The target as a labelled line, and the base period it counts from.
fn target(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<(Target, Option<Period>)> {
    let target = own_target(standpoint, indicator, place)?;
    let value = measure::target_value(indicator, &target.kind, place)?;
    let format = &standpoint.voice().format;
    let shown = format.short_value(value, &indicator.unit, standpoint.code());
    let by = measure::target_period(&target.kind).map_or(String::new(), |by| format.period(by));
    let text = standpoint.fill("sentence.target_label", &[("period", &by), ("value", &shown)]);
    let base = match &target.kind {
        crate::model::TargetKind::Change { from, .. } => Some(*from),
        _ => None,
    };
    Some((Target { value, text }, base))
}

fn subtitle(standpoint: Standpoint<'_>, indicator: &Indicator, places: &[PlaceId], periods: &[Period]) -> String {
    let names: Vec<String> = places.iter().map(|place| standpoint.place_name(*place).to_owned()).collect();
    let place = standpoint.voice().format.list(&names);
    measure_line(standpoint, indicator, &place, &span(standpoint, periods))
}

/// "Measure, place, period, unit".
pub(super) fn measure_line(standpoint: Standpoint<'_>, indicator: &Indicator, place: &str, period: &str) -> String {
    let code = standpoint.code();
    let unit = standpoint.voice().format.unit(&indicator.unit, code);
    let unit = if unit == "%" { standpoint.word("unit.percent_long") } else { unit };
    let parts = [indicator.name.in_language(code), place, period, unit];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// First and last of the periods.
pub(crate) fn span(standpoint: Standpoint<'_>, periods: &[Period]) -> String {
    let format = &standpoint.voice().format;
    match periods {
        [] => String::new(),
        [one] => format.period(*one),
        [first, .., last] => format!("{}\u{2013}{}", format.period(*first), format.period(*last)),
    }
}

fn description(standpoint: Standpoint<'_>, indicator: &Indicator, places: &[PlaceId], periods: &[Period], part: Part, banded: bool) -> String {
    let format = &standpoint.voice().format;
    let code = standpoint.code();
    let count = periods.len().to_string();
    let mut sentences = vec![standpoint.fill("sentence.chart.trend", &[("n", &count), ("span", &span(standpoint, periods))])];
    for place in places {
        let known: Vec<(Period, f64)> = periods.iter().filter_map(|period| Some((*period, measure::value(indicator, *place, part, *period)?))).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else { continue };
        let [from, to] = [first, last].map(|(period, value)| (format.period(*period), format.value(*value, &indicator.unit, code)));
        let path = if known.len() == 1 { "sentence.chart.single" } else { "sentence.chart.line" };
        let name = standpoint.place_name(*place);
        sentences.push(standpoint.fill(path, &[("place", name), ("from", &from.0), ("first", &from.1), ("to", &to.0), ("last", &to.1)]));
    }
    if banded {
        sentences.push(standpoint.word("sentence.chart.band").to_owned());
    }
    sentences.join(" ")
}

fn table(standpoint: Standpoint<'_>, indicator: &Indicator, places: &[PlaceId], periods: &[Period], part: Part, spreads: Option<&Vec<Option<Spread>>>) -> crate::render::view::Table {
    let unit = &indicator.unit;
    let shown_unit = tabular::unit(standpoint, unit);
    let mut columns = vec![tabular::texts(standpoint.word("sentence.column.period"))];
    columns.extend(places.iter().map(|place| tabular::numbers(standpoint.place_name(*place), shown_unit.clone())));
    if spreads.is_some() {
        let words = ["sentence.column.median", "sentence.column.low", "sentence.column.high"];
        columns.extend(words.map(|word| tabular::numbers(standpoint.word(word), shown_unit.clone())));
    }
    let home = standpoint.home();
    let rows = periods.iter().enumerate().map(|(index, period)| {
        let mut cells: Vec<_> = places
            .iter()
            .map(|place| {
                let cell = tabular::observed(standpoint, indicator.at(*place, part, *period), unit);
                crate::render::view::Cell { home: home == Some(*place), ..cell }
            })
            .collect();
        if let Some(spreads) = spreads {
            let spread = spreads[index].as_ref();
            let three = [spread.map(|it| it.median), spread.map(|it| it.low), spread.map(|it| it.high)];
            cells.extend(three.map(|value| tabular::number(standpoint, value, unit)));
        }
        tabular::row(standpoint.voice().format.period(*period), cells)
    });
    let caption = measure_line(standpoint, indicator, "", &span(standpoint, periods));
    tabular::table(caption, columns, rows.collect())
}

/// Several indicators, one small trend each, on one value axis.
pub(super) fn multiples<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> Subject<'a> {
    let part = spec.selection.part();
    let first = indicators[0];
    // One indicator with several places: a panel a place. Several indicators: a panel each.
    let places = select::named(standpoint, spec);
    let by_place = indicators.len() == 1 && !(places.is_empty() && spec.selection.level.is_none() && spec.selection.parent.is_none());
    let panels: Vec<(String, &Indicator, Vec<PlaceId>)> = if by_place {
        let country = standpoint.country().filter(|country| first.series(*country, part).is_some());
        let of = |place: PlaceId| std::iter::once(place).chain(country.filter(|country| *country != place)).collect();
        select::many(standpoint, spec, first).into_iter().map(|place| (standpoint.place_name(place).to_owned(), first, of(place))).collect()
    } else {
        let title = |indicator: &Indicator| indicator.short.in_language(standpoint.code()).to_owned();
        indicators.iter().map(|indicator| (title(indicator), *indicator, shown(standpoint, spec, indicator))).collect()
    };
    let mut periods: Vec<Period> = panels.iter().flat_map(|(_, indicator, places)| select::periods(standpoint, spec, indicator, places, part)).collect();
    periods.sort_unstable();
    periods.dedup();
    let format = &standpoint.voice().format;
    let drawn = panels.iter().map(|(title, indicator, places)| {
        let mut lines = lines(standpoint, spec, indicator, places, &periods, part);
        if by_place && let Some(own) = lines.first_mut() {
            own.role = Role::Home;
        }
        Panel { title: title.clone(), lines }
    });
    let shape = (!periods.is_empty()).then(|| Shape::Multiples {
        periods: periods.iter().map(|period| format.period(*period)).collect(),
        positions: periods.iter().map(|period| period.position()).collect(),
        panels: drawn.collect(),
    });
    let mut columns = vec![tabular::texts(standpoint.word("sentence.column.part"))];
    columns.extend(periods.iter().map(|period| tabular::numbers(format.period(*period), tabular::unit(standpoint, &first.unit))));
    let rows = panels.iter().filter_map(|(title, indicator, places)| {
        let place = *places.first()?;
        let cells = periods.iter().map(|period| tabular::observed(standpoint, indicator.at(place, part, *period), &indicator.unit));
        Some(tabular::row(title.clone(), cells.collect()))
    });
    let caption = measure_line(standpoint, first, "", &span(standpoint, &periods));
    Subject {
        shape,
        unit: first.unit.clone(),
        subtitle: caption.clone(),
        description: standpoint.fill("sentence.chart.multiples", &[("n", &panels.len().to_string()), ("span", &span(standpoint, &periods))]),
        table: tabular::table(caption, columns, rows.collect()),
        indicators: indicators.to_vec(),
    }
}
