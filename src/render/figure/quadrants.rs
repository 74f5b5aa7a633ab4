//! Quadrants: the level of each place across, its change upright, and lines that part better from worse.

use crate::chart::{Point, Shape};
use crate::measure;
use crate::measure::{Centre, LevelAndChange, Quadrant, Quadrants};
use crate::model::{Better, ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, Column, Table, TableRow};
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{comma_list, measure_line, place_count, sex_word, unit_in_words};
use crate::render::figure::points::{dimension, label_points, point, point_places};
use crate::render::figure::tables::{dash, place_row};

/// Whether an indicator can have quadrants: places can be compared by it, and one direction is better.
pub(super) fn is_judged(indicator: &Indicator) -> bool {
    indicator.comparable && indicator.better != Better::Neither
}

pub(super) fn quadrants<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> ChartContent<'a> {
    let part = spec.selection.part();
    let places = point_places(page, spec, &[indicator]);
    let quadrants = levels_and_changes(page, spec, indicator, &places);
    let count = place_count(page, spec, &places);
    let span = quadrants
        .as_ref()
        .map_or(String::new(), |quadrants| span(page, quadrants.periods));
    let subtitle = measure_line(page, indicator, part, &count, &span);
    let table = match &quadrants {
        Some(quadrants) => table(page, indicator, part, quadrants, &places),
        None => table::table(subtitle.clone(), columns(page, indicator, None), Vec::new()),
    };
    ChartContent {
        shape: quadrants
            .as_ref()
            .map(|quadrants| shape(page, spec, indicator, part, quadrants)),
        unit: indicator.unit.clone(),
        subtitle,
        description: quadrants.map_or(String::new(), |quadrants| {
            description(page, spec, indicator, &quadrants)
        }),
        table,
        indicators: vec![indicator],
    }
}

/// The chart's finding about the report's own place, as a title; `None` where the place lies on a line or has no numbers.
pub(crate) fn quadrant_title(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator) -> Option<String> {
    let home = page.home()?;
    let quadrants = levels_and_changes(page, spec, indicator, &point_places(page, spec, &[indicator]))?;
    let quadrant = quadrants
        .places
        .iter()
        .find(|standing| standing.place == home)?
        .quadrant?;
    let centre = centre(page, &quadrants);
    let words = [("place", page.place_name(home)), ("centre", &centre)];
    Some(page.fill(&format!("sentence.title.{}", quadrant.name()), &words))
}

/// Level and change of the places within the specification's years, else within the report's.
fn levels_and_changes(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
) -> Option<Quadrants> {
    let part = spec.selection.part();
    let years = match (spec.selection.from, spec.selection.to) {
        (None, None) => page.site.settings.period,
        (from, to) => Some((from.map_or(i32::MIN, Period::year), to.map_or(i32::MAX, Period::year))),
    };
    let periods = measure::quadrant_periods(indicator, part, places, years)?;
    measure::quadrants(indicator, part, periods, places, page.country())
}

fn span(page: PageContext<'_>, [from, to]: [Period; 2]) -> String {
    page.locale.format.span(from, to)
}

/// The meaning of the lines, within a sentence: the country, or the mean.
fn centre(page: PageContext<'_>, quadrants: &Quadrants) -> String {
    match quadrants.centre {
        Centre::Place(place) => page.place_in_text(place),
        Centre::Mean => page.word("sentence.quadrant.mean"),
    }
    .to_owned()
}

fn level(page: PageContext<'_>, indicator: &Indicator, level: f64) -> String {
    page.locale.format.value(level, &indicator.unit, page.code())
}

fn change(page: PageContext<'_>, indicator: &Indicator, change: f64) -> String {
    let format = &page.locale.format;
    if measure::change_is_in_unit(indicator) {
        format.difference(change, &indicator.unit, page.code())
    } else {
        format.percent(change, measure::change_decimals(indicator))
    }
}

/// The unit of changes in words.
fn change_unit(page: PageContext<'_>, indicator: &Indicator) -> String {
    if measure::change_is_in_unit(indicator) {
        page.locale
            .format
            .short_difference_unit(&indicator.unit, page.code())
            .to_owned()
    } else {
        page.word("unit.percent_long").to_owned()
    }
}

/// The quadrant in words; for `None` that the place lies on a line.
fn quadrant_word(page: PageContext<'_>, quadrant: Option<Quadrant>) -> &str {
    page.word(&format!(
        "sentence.quadrant.{}",
        quadrant.map_or("on_line", Quadrant::name)
    ))
}

fn shape(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, part: Part, quadrants: &Quadrants) -> Shape {
    let standing_point = |standing: &LevelAndChange| {
        let figures = format!(
            "{}; {}",
            level(page, indicator, standing.level),
            change(page, indicator, standing.change)
        );
        let word = quadrant_word(page, standing.quadrant);
        let label = format!("{}: {figures}; {word}", page.place_name(standing.place));
        point(page, spec, standing.place, [standing.level, standing.change], label)
    };
    let mut points: Vec<Point> = quadrants.places.iter().map(standing_point).collect();
    label_points(&mut points);
    let format = &page.locale.format;
    let name = indicator.name.in_language(page.code());
    let last = format.period(quadrants.periods[1]);
    let sex = sex_word(page, part);
    let across = comma_list(&[name, &sex, &last, unit_in_words(page, &indicator.unit)]);
    let span = span(page, quadrants.periods);
    let upright = comma_list(&[
        &format!("{} {span}", page.word("sentence.column.change")),
        &change_unit(page, indicator),
    ]);
    let decimals = measure::change_decimals(indicator);
    let name = match quadrants.centre {
        Centre::Place(place) => page.place_name(place),
        Centre::Mean => page.word("sentence.quadrant.mean_alone"),
    };
    let [at, moved] = quadrants.lines;
    let line_name = page.fill(
        "sentence.quadrant.key",
        &[
            ("name", name),
            ("level", &level(page, indicator, at)),
            ("change", &change(page, indicator, moved)),
        ],
    );
    let corner = |quadrant| quadrant_word(page, Some(quadrant)).to_owned();
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
            dimension(page, across, &indicator.unit, indicator.unit.decimals),
            dimension(page, upright, &indicator.unit, decimals),
        ],
        points,
        lines: quadrants.lines,
        line_name,
        corners,
    }
}

fn description(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, quadrants: &Quadrants) -> String {
    let format = &page.locale.format;
    let count = quadrants.places.len().to_string();
    let [from, to] = quadrants.periods.map(|period| format.period(period));
    let centre = centre(page, quadrants);
    let mut sentences = vec![page.fill(
        "sentence.chart.quadrants",
        &[("n", &count), ("from", &from), ("to", &to), ("centre", &centre)],
    )];
    let is_told = |place: &PlaceId| page.home() == Some(*place) || spec.selection.places.contains(place);
    for standing in quadrants.places.iter().filter(|standing| is_told(&standing.place)) {
        let quadrant = standing.quadrant.map_or("on_line", Quadrant::name);
        let arguments = [
            ("place", page.place_name(standing.place)),
            ("centre", &centre),
            ("level", &level(page, indicator, standing.level)),
            ("change", &change(page, indicator, standing.change)),
        ];
        sentences.push(page.fill(&format!("sentence.chart.quadrant_{quadrant}"), &arguments));
    }
    let count_in = |quadrant: Option<Quadrant>| {
        quadrants
            .places
            .iter()
            .filter(|standing| standing.quadrant == quadrant)
            .count()
            .to_string()
    };
    sentences.push(page.fill(
        "sentence.chart.quadrant_counts",
        &[
            ("ahead", &count_in(Some(Quadrant::PullingAhead))),
            ("losing", &count_in(Some(Quadrant::LosingPace))),
            ("catching", &count_in(Some(Quadrant::CatchingUp))),
            ("behind", &count_in(Some(Quadrant::FallingBehind))),
        ],
    ));
    let on_line = count_in(None);
    if on_line != "0" {
        sentences.push(page.fill("sentence.chart.quadrant_even", &[("n", &on_line), ("centre", &centre)]));
    }
    sentences.join(" ")
}

fn columns(page: PageContext<'_>, indicator: &Indicator, periods: Option<[Period; 2]>) -> Vec<Column> {
    let unit = table::unit(page, &indicator.unit);
    let level_column = |period: Period| table::numbers(page.locale.format.period(period), unit.clone());
    let change = if measure::change_is_in_unit(indicator) {
        table::difference_unit(page, &indicator.unit)
    } else {
        Some("%".to_owned())
    };
    let mut columns = vec![table::texts(page.word("sentence.column.place"))];
    columns.extend(periods.into_iter().flatten().map(level_column));
    columns.push(table::numbers(page.word("sentence.column.change"), change));
    columns.push(table::texts(page.word("sentence.column.quadrant")));
    columns
}

/// Best level first; places without both numbers last, and the country after all.
fn table(page: PageContext<'_>, indicator: &Indicator, part: Part, quadrants: &Quadrants, places: &[PlaceId]) -> Table {
    let mut standings: Vec<&LevelAndChange> = quadrants.places.iter().collect();
    standings.sort_by(|a, b| match indicator.better {
        Better::Lower => a.level.total_cmp(&b.level),
        Better::Higher | Better::Neither => b.level.total_cmp(&a.level),
    });
    let observed = |place| {
        quadrants
            .periods
            .map(|period| table::observation(page, indicator, place, part, period))
    };
    let change_cell = |change: Option<f64>| {
        let decimals = measure::change_decimals(indicator);
        let cell = table::number(page, change, &indicator.unit);
        match change {
            Some(change) => Cell {
                text: page.locale.format.signed(change, decimals),
                ..cell
            },
            None => cell,
        }
    };
    let row = |place: PlaceId, change: Option<f64>, last: Cell| {
        let cells = observed(place).into_iter().chain([change_cell(change), last]);
        place_row(page, place, cells.collect())
    };
    let standing_row = |standing: &&LevelAndChange| {
        let word = Cell {
            text: quadrant_word(page, standing.quadrant).to_owned(),
            ..Cell::default()
        };
        row(standing.place, Some(standing.change), word)
    };
    let without = places
        .iter()
        .filter(|place| !quadrants.places.iter().any(|standing| standing.place == **place));
    let mut rows: Vec<TableRow> = standings.iter().map(standing_row).collect();
    rows.extend(without.map(|place| row(*place, None, dash(page.word("sentence.no_value")))));
    if let Centre::Place(country) = quadrants.centre {
        let lines = Cell {
            text: page.word("sentence.quadrant.lines").to_owned(),
            ..Cell::default()
        };
        rows.push(row(country, Some(quadrants.lines[1]), lines));
    }
    let caption = measure_line(page, indicator, part, "", &span(page, quadrants.periods));
    table::table(caption, columns(page, indicator, Some(quadrants.periods)), rows)
}
