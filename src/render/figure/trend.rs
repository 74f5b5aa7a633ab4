//! Lines over time: own place, country, others by name, the rest as a band. And many such, small, side by side.

use crate::chart::{Band, Line, Mark, Panel, Role, Shape};
use crate::measure;
use crate::measure::Spread;
use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId, Sex};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::figure::{Subject, aim, select};

/// Places a band needs to say more than a line would.
const BAND_OF: usize = 3;

pub(super) fn trend<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = shown(page, spec, indicator);
    let mut periods = select::periods(page, spec, indicator, &places, part);
    let main = select::subject(page, spec).filter(|place| places.contains(place) && part == Part::TOTAL);
    let path = main
        .and_then(|place| aim::path(page, indicator, place))
        .filter(|_| !periods.is_empty());
    let axis = aim::axis(page, indicator, path.as_ref(), &mut periods, &spec.selection);
    let others = crowd(page, spec, indicator, &places);
    let spreads: Vec<Option<Spread>> = axis
        .iter()
        .map(|period| measure::spread(indicator, part, *period, &others))
        .collect();
    let banded = spreads.iter().flatten().any(|spread| spread.count >= BAND_OF);
    let lines: Vec<Line> = lines(page, spec, indicator, &places, &axis, part);
    let breaks = breaks(indicator, &places, &periods, part);
    let shape = (!periods.is_empty()).then(|| Shape::Trend {
        periods: axis.iter().map(|period| page.locale.format.period(*period)).collect(),
        positions: axis.iter().map(|period| period.position()).collect(),
        lines: lines.clone(),
        band: banded.then(|| Band {
            name: page.word("sentence.band").to_owned(),
            median_name: page.word("sentence.median").to_owned(),
            low: spreads.iter().map(|spread| Some(spread.as_ref()?.low)).collect(),
            high: spreads.iter().map(|spread| Some(spread.as_ref()?.high)).collect(),
            median: spreads.iter().map(|spread| Some(spread.as_ref()?.median)).collect(),
        }),
        breaks: marks(page, &breaks, &periods),
        target: path.as_ref().and_then(|path| aim::drawn(page, indicator, path, &axis)),
    });
    let mut description = description(page, indicator, &places, &periods, part, banded);
    let mut table = table(
        page,
        indicator,
        &places,
        (&axis, &periods),
        part,
        banded.then_some(&spreads),
    );
    if let Some(path) = &path {
        description = format!("{description} {}", aim::described(page, indicator, path));
        aim::tabulated(page, indicator, path, &axis, &mut table);
    }
    Subject {
        shape,
        unit: indicator.unit.clone(),
        subtitle: measure_line(page, indicator, part, &names(page, &places), &span(page, &periods)),
        description,
        table,
        indicators: vec![indicator],
    }
}

/// Places with a line of their own: those named, else the subject and the country, as far as they have figures.
fn shown(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator) -> Vec<PlaceId> {
    let mut places = select::named(page, spec);
    if places.is_empty() {
        places.extend(select::subject(page, spec));
        places.extend(
            page.country()
                .filter(|country| !places.contains(country) && indicator.comparable),
        );
    }
    let known = |place: &PlaceId| measure::latest(indicator, *place, spec.selection.part(), None).is_some();
    places.into_iter().filter(known).collect()
}

/// Places of the subject's level that have no line of their own.
fn crowd(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, shown: &[PlaceId]) -> Vec<PlaceId> {
    let Some(subject) = select::subject(page, spec) else {
        return Vec::new();
    };
    // Totals of large places would leave no room for one's own line.
    if page.site.places[subject].level == Level::Country || !indicator.comparable {
        return Vec::new();
    }
    page.peers_of(subject)
        .into_iter()
        .filter(|place| !shown.contains(place))
        .collect()
}

pub(super) fn lines(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
    periods: &[Period],
    part: Part,
) -> Vec<Line> {
    let mut others = 0;
    places
        .iter()
        .map(|place| {
            let role = select::role(page, spec, *place, others);
            others += u8::from(matches!(role, Role::Other(_)));
            let at = |period: &Period| indicator.at(*place, part, *period);
            let open = |period: &Period| {
                at(period).is_some_and(|observation| observation.flags.provisional || observation.flags.estimated)
            };
            Line {
                name: page.place_short(*place).to_owned(),
                role,
                values: periods.iter().map(|period| at(period)?.value.known()).collect(),
                open: periods.iter().map(open).collect(),
            }
        })
        .collect()
}

/// Breaks of the places' series within the periods, each once.
fn breaks(indicator: &Indicator, places: &[PlaceId], periods: &[Period], part: Part) -> Vec<Period> {
    let within = |start: &Period| {
        periods.first().is_some_and(|first| first < start) && periods.last().is_some_and(|last| start <= last)
    };
    let mut all: Vec<Period> = places
        .iter()
        .flat_map(|place| measure::breaks(indicator, *place, part))
        .filter(within)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn marks(page: PageContext<'_>, breaks: &[Period], periods: &[Period]) -> Vec<Mark> {
    let mark = |start: &Period| {
        let at = periods.iter().position(|period| period >= start)?;
        Some(Mark {
            at,
            text: page.word("flag.break").to_owned(),
        })
    };
    breaks.iter().filter_map(mark).collect()
}

/// That there are breaks, one sentence each; empty when there is none.
pub(super) fn break_sentences(
    page: PageContext<'_>,
    indicator: &Indicator,
    places: &[PlaceId],
    periods: &[Period],
    part: Part,
) -> Vec<String> {
    let sentence = |start: &Period| {
        page.fill(
            "sentence.chart.break",
            &[("period", &page.locale.format.period_in_text(*start))],
        )
    };
    breaks(indicator, places, periods, part).iter().map(sentence).collect()
}

/// Places as a phrase: `Örebro län och riket`.
pub(super) fn names(page: PageContext<'_>, places: &[PlaceId]) -> String {
    let names: Vec<String> = places
        .iter()
        .map(|place| page.place_in_text(*place).to_owned())
        .collect();
    page.locale.format.list(&names)
}

/// "Measure, sex, place, period, unit", as far as there is something to say.
pub(super) fn measure_line(
    page: PageContext<'_>,
    indicator: &Indicator,
    part: Part,
    place: &str,
    period: &str,
) -> String {
    let code = page.code();
    let unit = page.locale.format.unit(&indicator.unit, code);
    let unit = if unit == "%" {
        page.word("unit.percent_long")
    } else {
        unit
    };
    let sex = sex(page, part);
    let parts = [indicator.name.in_language(code), &sex, place, period, unit];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whose figures are shown, where it is one sex only; empty for all.
pub(super) fn sex(page: PageContext<'_>, part: Part) -> String {
    if part.sex == Sex::Total {
        String::new()
    } else {
        page.word(&format!("sex.{}", part.sex.letter())).to_lowercase()
    }
}

/// First and last of the periods.
pub(crate) fn span(page: PageContext<'_>, periods: &[Period]) -> String {
    let format = &page.locale.format;
    match periods {
        [] => String::new(),
        [one] => format.period(*one),
        [first, .., last] => format.span(*first, *last),
    }
}

fn description(
    page: PageContext<'_>,
    indicator: &Indicator,
    places: &[PlaceId],
    periods: &[Period],
    part: Part,
    banded: bool,
) -> String {
    let mut sentences = vec![page.fill("sentence.chart.trend", &[("span", &span(page, periods))])];
    sentences.extend(
        places
            .iter()
            .filter_map(|place| line(page, indicator, *place, periods, part)),
    );
    sentences.extend(break_sentences(page, indicator, places, periods, part));
    if banded {
        sentences.push(page.word("sentence.chart.band").to_owned());
    }
    sentences.join(" ")
}

/// Where a line begins and ends; after a break only what comes after it, since the rest cannot be compared.
pub(super) fn line(
    page: PageContext<'_>,
    indicator: &Indicator,
    place: PlaceId,
    periods: &[Period],
    part: Part,
) -> Option<String> {
    let format = &page.locale.format;
    let known: Vec<(Period, f64)> = periods
        .iter()
        .filter_map(|period| Some((*period, measure::value(indicator, place, part, *period)?)))
        .collect();
    let last = known.last()?;
    let start = measure::last_break(indicator, place, part, last.0);
    let first = known
        .iter()
        .find(|(period, _)| start.is_none_or(|start| *period >= start))?;
    let [from, to] = [first, last].map(|(period, value)| {
        (
            format.period(*period),
            format.value(*value, &indicator.unit, page.code()),
        )
    });
    let path = if first.0 == last.0 {
        "sentence.chart.single"
    } else {
        "sentence.chart.line"
    };
    let name = page.place_name(place);
    Some(page.fill(
        path,
        &[
            ("place", name),
            ("from", &from.0),
            ("first", &from.1),
            ("to", &to.0),
            ("last", &to.1),
        ],
    ))
}

fn table(
    page: PageContext<'_>,
    indicator: &Indicator,
    places: &[PlaceId],
    (axis, periods): (&[Period], &[Period]),
    part: Part,
    spreads: Option<&Vec<Option<Spread>>>,
) -> Table {
    let unit = &indicator.unit;
    let shown_unit = table::unit(page, unit);
    let mut columns = vec![table::texts(page.word("sentence.column.period"))];
    columns.extend(
        places
            .iter()
            .map(|place| table::numbers(page.place_name(*place), shown_unit.clone())),
    );
    if spreads.is_some() {
        let words = ["sentence.column.median", "sentence.column.low", "sentence.column.high"];
        columns.extend(words.map(|word| table::numbers(page.word(word), shown_unit.clone())));
    }
    let home = page.home();
    let rows = axis.iter().enumerate().map(|(index, period)| {
        let mut cells: Vec<_> = places
            .iter()
            .map(|place| {
                let cell = table::observation(page, indicator, *place, part, *period);
                Cell {
                    home: home == Some(*place),
                    ..cell
                }
            })
            .collect();
        if let Some(spreads) = spreads {
            let spread = spreads[index].as_ref();
            let three = [
                spread.map(|it| it.median),
                spread.map(|it| it.low),
                spread.map(|it| it.high),
            ];
            cells.extend(three.map(|value| table::number(page, value, unit)));
        }
        table::row(page.locale.format.period(*period), cells)
    });
    let caption = measure_line(page, indicator, part, "", &span(page, periods));
    table::table(caption, columns, rows.collect())
}

/// Several indicators, one small trend each, on one value axis.
pub(super) fn multiples<'a>(page: PageContext<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> Subject<'a> {
    let part = spec.selection.part();
    let first = indicators[0];
    // One indicator with several places: a panel a place. Several indicators: a panel each.
    let places = select::named(page, spec);
    let by_place = indicators.len() == 1
        && !(places.is_empty() && spec.selection.level.is_none() && spec.selection.parent.is_none());
    let panels: Vec<(String, &Indicator, Vec<PlaceId>)> = if by_place {
        let country = page.country().filter(|country| first.series(*country, part).is_some());
        let of = |place: PlaceId| {
            std::iter::once(place)
                .chain(country.filter(|country| *country != place))
                .collect()
        };
        select::many(page, spec, first)
            .into_iter()
            .map(|place| (page.place_name(place).to_owned(), first, of(place)))
            .collect()
    } else {
        let title = |indicator: &Indicator| indicator.short.in_language(page.code()).to_owned();
        indicators
            .iter()
            .map(|indicator| (title(indicator), *indicator, shown(page, spec, indicator)))
            .collect()
    };
    let mut periods: Vec<Period> = panels
        .iter()
        .flat_map(|(_, indicator, places)| select::periods(page, spec, indicator, places, part))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let format = &page.locale.format;
    let drawn = panels.iter().map(|(title, indicator, places)| {
        let mut lines = lines(page, spec, indicator, places, &periods, part);
        if by_place && let Some(own) = lines.first_mut() {
            own.role = Role::Home;
        }
        Panel {
            title: title.clone(),
            lines,
        }
    });
    let shape = (!periods.is_empty()).then(|| Shape::Multiples {
        periods: periods.iter().map(|period| format.period(*period)).collect(),
        positions: periods.iter().map(|period| period.position()).collect(),
        panels: drawn.collect(),
    });
    let head = page.word(if by_place {
        "sentence.column.place"
    } else {
        "sentence.column.indicator"
    });
    let mut columns = vec![table::texts(head)];
    columns.extend(
        periods
            .iter()
            .map(|period| table::numbers(format.period(*period), table::unit(page, &first.unit))),
    );
    let rows = multiples_rows(page, &panels, by_place);
    let rows = rows.into_iter().map(|(title, indicator, place)| {
        let cells = periods
            .iter()
            .map(|period| table::observation(page, indicator, place, part, *period));
        table::row(title, cells.collect())
    });
    let caption = measure_line(page, first, part, "", &span(page, &periods));
    Subject {
        shape,
        unit: first.unit.clone(),
        subtitle: caption.clone(),
        description: page.fill(
            "sentence.chart.multiples",
            &[("n", &panels.len().to_string()), ("span", &span(page, &periods))],
        ),
        table: table::table(caption, columns, rows.collect()),
        indicators: indicators.to_vec(),
    }
}

/// Every line of the panels once: title, indicator, place. The country is in every panel, but one row.
fn multiples_rows<'a>(
    page: PageContext<'_>,
    panels: &[(String, &'a Indicator, Vec<PlaceId>)],
    by_place: bool,
) -> Vec<(String, &'a Indicator, PlaceId)> {
    let mut rows: Vec<(String, &Indicator, PlaceId)> = Vec::new();
    if by_place {
        let own = panels
            .iter()
            .filter_map(|(title, indicator, places)| Some((title.clone(), *indicator, *places.first()?)));
        rows.extend(own);
        let shared = panels
            .iter()
            .find_map(|(_, indicator, places)| Some((*indicator, *places.get(1)?)));
        let shared = shared.filter(|(_, shared)| !rows.iter().any(|(.., place)| place == shared));
        rows.extend(shared.map(|(indicator, place)| (page.place_name(place).to_owned(), indicator, place)));
        return rows;
    }
    for (title, indicator, places) in panels {
        let named = |place: &PlaceId| {
            if places.len() > 1 {
                format!("{title}, {}", page.place_in_text(*place))
            } else {
                title.clone()
            }
        };
        rows.extend(places.iter().map(|place| (named(place), *indicator, *place)));
    }
    rows
}
