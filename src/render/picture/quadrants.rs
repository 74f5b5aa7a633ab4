//! Level and change: where the places stand, and where they are going.

use super::bars::{placed, who};
use super::points::{crowd, dimension, listed, name_ends, point, unit_in_words};
use super::trend::{measure_line, sex};
use super::{Subject, tabular};
use crate::chart::{Point, Shape};
use crate::measure::{self, Centre, LevelAndChange, Quadrant, Quadrants};
use crate::model::{Better, ChartSpec, Indicator, Part, Period, PlaceId};
use crate::render::report::Standpoint;
use crate::render::view::{Cell, Column, Table, TableRow};

/// Whether an indicator can be shown so at all: places can be compared by it, and one way is better.
pub(super) fn is_judged(indicator: &Indicator) -> bool {
    indicator.comparable && indicator.better != Better::Neither
}

pub(super) fn quadrants<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = crowd(standpoint, spec, &[indicator]);
    let found = measured(standpoint, spec, indicator, &places);
    let who = if places.is_empty() {
        String::new()
    } else {
        who(standpoint, spec, &places)
    };
    let span = found
        .as_ref()
        .map_or(String::new(), |found| span(standpoint, found.periods));
    let subtitle = measure_line(standpoint, indicator, part, &who, &span);
    let table = match &found {
        Some(found) => table(standpoint, indicator, part, found, &places),
        None => tabular::table(subtitle.clone(), columns(standpoint, indicator, None), Vec::new()),
    };
    Subject {
        shape: found
            .as_ref()
            .map(|found| shape(standpoint, spec, indicator, part, found)),
        unit: indicator.unit.clone(),
        subtitle,
        description: found.map_or(String::new(), |found| description(standpoint, spec, indicator, &found)),
        table,
        indicators: vec![indicator],
    }
}

/// What the picture of all places of the own place's level says of it, as a title.
pub(crate) fn quadrant_title(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator) -> Option<String> {
    let home = standpoint.home()?;
    let found = measured(standpoint, spec, indicator, &crowd(standpoint, spec, &[indicator]))?;
    let quadrant = found.places.iter().find(|standing| standing.place == home)?.quadrant?;
    let centre = centre(standpoint, &found);
    let words = [("place", standpoint.place_name(home)), ("centre", &centre)];
    Some(standpoint.fill(&format!("sentence.title.{}", quadrant.name()), &words))
}

/// Level and change within the years asked for, else the report's.
fn measured(
    standpoint: Standpoint<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
) -> Option<Quadrants> {
    let part = spec.selection.part();
    let years = match (spec.selection.from, spec.selection.to) {
        (None, None) => standpoint.site().settings().period,
        (from, to) => Some((from.map_or(i32::MIN, Period::year), to.map_or(i32::MAX, Period::year))),
    };
    let periods = measure::quadrant_periods(indicator, part, places, years)?;
    measure::quadrants(indicator, part, periods, places, standpoint.country())
}

fn span(standpoint: Standpoint<'_>, [from, to]: [Period; 2]) -> String {
    standpoint.voice().format.span(from, to)
}

/// What the lines stand for, within a sentence.
fn centre(standpoint: Standpoint<'_>, found: &Quadrants) -> String {
    match found.centre {
        Centre::Place(place) => standpoint.place_in_text(place),
        Centre::Mean => standpoint.word("sentence.quadrant.mean"),
    }
    .to_owned()
}

fn level(standpoint: Standpoint<'_>, indicator: &Indicator, level: f64) -> String {
    standpoint
        .voice()
        .format
        .value(level, &indicator.unit, standpoint.code())
}

fn change(standpoint: Standpoint<'_>, indicator: &Indicator, change: f64) -> String {
    let format = &standpoint.voice().format;
    if measure::change_is_in_unit(indicator) {
        format.difference(change, &indicator.unit, standpoint.code())
    } else {
        format.percent(change, measure::change_decimals(indicator))
    }
}

/// The unit of changes: for a table's head, or in words.
fn change_unit(standpoint: Standpoint<'_>, indicator: &Indicator) -> String {
    if measure::change_is_in_unit(indicator) {
        standpoint
            .voice()
            .format
            .short_difference_unit(&indicator.unit, standpoint.code())
            .to_owned()
    } else {
        standpoint.word("unit.percent_long").to_owned()
    }
}

fn quadrant_word(standpoint: Standpoint<'_>, quadrant: Option<Quadrant>) -> &str {
    standpoint.word(&format!(
        "sentence.quadrant.{}",
        quadrant.map_or("on_line", Quadrant::name)
    ))
}

fn shape(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator, part: Part, found: &Quadrants) -> Shape {
    let of = |standing: &LevelAndChange| {
        let figures = format!(
            "{}; {}",
            level(standpoint, indicator, standing.level),
            change(standpoint, indicator, standing.change)
        );
        let word = quadrant_word(standpoint, standing.quadrant);
        let said = format!("{}: {figures}; {word}", standpoint.place_name(standing.place));
        point(
            standpoint,
            spec,
            standing.place,
            [standing.level, standing.change],
            said,
        )
    };
    let mut points: Vec<Point> = found.places.iter().map(of).collect();
    name_ends(&mut points);
    let format = &standpoint.voice().format;
    let name = indicator.name.in_language(standpoint.code());
    let last = format.period(found.periods[1]);
    let sex = sex(standpoint, part);
    let across = listed(&[name, &sex, &last, unit_in_words(standpoint, &indicator.unit)]);
    let span = span(standpoint, found.periods);
    let upright = listed(&[
        &format!("{} {span}", standpoint.word("sentence.column.change")),
        &change_unit(standpoint, indicator),
    ]);
    let decimals = measure::change_decimals(indicator);
    let name = match found.centre {
        Centre::Place(place) => standpoint.place_name(place),
        Centre::Mean => standpoint.word("sentence.quadrant.mean_alone"),
    };
    let [at, moved] = found.lines;
    let line_name = standpoint.fill(
        "sentence.quadrant.key",
        &[
            ("name", name),
            ("level", &level(standpoint, indicator, at)),
            ("change", &change(standpoint, indicator, moved)),
        ],
    );
    let corner = |quadrant| quadrant_word(standpoint, Some(quadrant)).to_owned();
    let higher = [
        Quadrant::FallingBehind,
        Quadrant::LosingPace,
        Quadrant::CatchingUp,
        Quadrant::PullingAhead,
    ];
    let mut corners = higher.map(corner);
    if indicator.better == Better::Lower {
        corners.reverse();
    }
    Shape::Quadrants {
        axes: [
            dimension(standpoint, across, &indicator.unit, indicator.unit.decimals),
            dimension(standpoint, upright, &indicator.unit, decimals),
        ],
        points,
        lines: found.lines,
        line_name,
        corners,
    }
}

fn description(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator, found: &Quadrants) -> String {
    let format = &standpoint.voice().format;
    let count = found.places.len().to_string();
    let [from, to] = found.periods.map(|period| format.period(period));
    let centre = centre(standpoint, found);
    let mut sentences = vec![standpoint.fill(
        "sentence.chart.quadrants",
        &[("n", &count), ("from", &from), ("to", &to), ("centre", &centre)],
    )];
    let own = |place: &PlaceId| standpoint.home() == Some(*place) || spec.selection.places.contains(place);
    for standing in found.places.iter().filter(|standing| own(&standing.place)) {
        let how = standing.quadrant.map_or("on_line", Quadrant::name);
        let arguments = [
            ("place", standpoint.place_name(standing.place)),
            ("centre", &centre),
            ("level", &level(standpoint, indicator, standing.level)),
            ("change", &change(standpoint, indicator, standing.change)),
        ];
        sentences.push(standpoint.fill(&format!("sentence.chart.quadrant_{how}"), &arguments));
    }
    let of = |quadrant: Option<Quadrant>| {
        found
            .places
            .iter()
            .filter(|standing| standing.quadrant == quadrant)
            .count()
            .to_string()
    };
    sentences.push(standpoint.fill(
        "sentence.chart.quadrant_counts",
        &[
            ("ahead", &of(Some(Quadrant::PullingAhead))),
            ("losing", &of(Some(Quadrant::LosingPace))),
            ("catching", &of(Some(Quadrant::CatchingUp))),
            ("behind", &of(Some(Quadrant::FallingBehind))),
        ],
    ));
    if of(None) != "0" {
        sentences.push(standpoint.fill("sentence.chart.quadrant_even", &[("n", &of(None)), ("centre", &centre)]));
    }
    sentences.join(" ")
}

fn columns(standpoint: Standpoint<'_>, indicator: &Indicator, periods: Option<[Period; 2]>) -> Vec<Column> {
    let unit = tabular::unit(standpoint, &indicator.unit);
    let of = |period: Period| tabular::numbers(standpoint.voice().format.period(period), unit.clone());
    let change = if measure::change_is_in_unit(indicator) {
        tabular::difference_unit(standpoint, &indicator.unit)
    } else {
        Some("%".to_owned())
    };
    let mut columns = vec![tabular::texts(standpoint.word("sentence.column.place"))];
    columns.extend(periods.into_iter().flatten().map(of));
    columns.push(tabular::numbers(standpoint.word("sentence.column.change"), change));
    columns.push(tabular::texts(standpoint.word("sentence.column.quadrant")));
    columns
}

/// Best level first; places without both numbers last, and the country after all.
fn table(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    part: Part,
    found: &Quadrants,
    places: &[PlaceId],
) -> Table {
    let mut standings: Vec<&LevelAndChange> = found.places.iter().collect();
    standings.sort_by(|a, b| match indicator.better {
        Better::Lower => a.level.total_cmp(&b.level),
        Better::Higher | Better::Neither => b.level.total_cmp(&a.level),
    });
    let observed = |place| {
        found
            .periods
            .map(|period| tabular::observed(standpoint, indicator, place, part, period))
    };
    let changed = |change: Option<f64>| {
        let decimals = measure::change_decimals(indicator);
        let cell = tabular::number(standpoint, change, &indicator.unit);
        match change {
            Some(change) => Cell {
                text: standpoint.voice().format.signed(change, decimals),
                ..cell
            },
            None => cell,
        }
    };
    let nothing = || Cell {
        text: "–".to_owned(),
        missing: Some(standpoint.word("sentence.no_value").to_owned()),
        ..Cell::default()
    };
    let row = |place: PlaceId, change: Option<f64>, last: Cell| {
        let cells = observed(place).into_iter().chain([changed(change), last]);
        placed(standpoint, place, cells.collect())
    };
    let of = |standing: &&LevelAndChange| {
        let word = Cell {
            text: quadrant_word(standpoint, standing.quadrant).to_owned(),
            ..Cell::default()
        };
        row(standing.place, Some(standing.change), word)
    };
    let without = places
        .iter()
        .filter(|place| !found.places.iter().any(|standing| standing.place == **place));
    let mut rows: Vec<TableRow> = standings.iter().map(of).collect();
    rows.extend(without.map(|place| row(*place, None, nothing())));
    if let Centre::Place(country) = found.centre {
        let lines = Cell {
            text: standpoint.word("sentence.quadrant.lines").to_owned(),
            ..Cell::default()
        };
        rows.push(row(country, Some(found.lines[1]), lines));
    }
    let caption = measure_line(standpoint, indicator, part, "", &span(standpoint, found.periods));
    tabular::table(caption, columns(standpoint, indicator, Some(found.periods)), rows)
}
