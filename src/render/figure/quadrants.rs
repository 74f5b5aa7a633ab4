//! Level and change: where the places stand, and where they are going.

use crate::chart::{Point, Shape};
use crate::measure;
use crate::measure::{Centre, Quadrant, Quadrants, Standing};
use crate::model::{Better, ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, Column, Table, TableRow};
use crate::render::figure::Subject;
use crate::render::figure::bars::{placed, who};
use crate::render::figure::points::{crowd, dimension, listed, name_ends, point, unit_in_words};
use crate::render::figure::trend::{measure_line, sex};

/// Whether an indicator can be shown so at all: places can be compared by it, and one way is better.
pub(super) fn is_judged(indicator: &Indicator) -> bool {
    indicator.comparable && indicator.better != Better::Neither
}

pub(super) fn quadrants<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = crowd(page, spec, &[indicator]);
    let found = measured(page, spec, indicator, &places);
    let who = if places.is_empty() {
        String::new()
    } else {
        who(page, spec, &places)
    };
    let span = found.as_ref().map_or(String::new(), |found| span(page, found.periods));
    let subtitle = measure_line(page, indicator, part, &who, &span);
    let table = match &found {
        Some(found) => table(page, indicator, part, found, &places),
        None => table::table(subtitle.clone(), columns(page, indicator, None), Vec::new()),
    };
    Subject {
        shape: found.as_ref().map(|found| shape(page, spec, indicator, part, found)),
        unit: indicator.unit.clone(),
        subtitle,
        description: found.map_or(String::new(), |found| description(page, spec, indicator, &found)),
        table,
        indicators: vec![indicator],
    }
}

/// What the picture of all places of the own place's level says of it, as a title.
pub(crate) fn quadrant_title(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator) -> Option<String> {
    let home = page.home()?;
    let found = measured(page, spec, indicator, &crowd(page, spec, &[indicator]))?;
    let quadrant = found
        .standings
        .iter()
        .find(|standing| standing.place == home)?
        .quadrant?;
    let centre = centre(page, &found);
    let words = [("place", page.place_name(home)), ("centre", &centre)];
    Some(page.fill(&format!("sentence.title.{}", quadrant.name()), &words))
}

/// Level and change within the years asked for, else the report's.
fn measured(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, places: &[PlaceId]) -> Option<Quadrants> {
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

/// What the lines stand for, within a sentence.
fn centre(page: PageContext<'_>, found: &Quadrants) -> String {
    match found.centre {
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
    if measure::in_points(indicator) {
        format.difference(change, &indicator.unit, page.code())
    } else {
        format.percent(change, measure::change_decimals(indicator))
    }
}

/// The unit of changes: for a table's head, or in words.
fn change_unit(page: PageContext<'_>, indicator: &Indicator) -> String {
    if measure::in_points(indicator) {
        page.locale
            .format
            .short_difference_unit(&indicator.unit, page.code())
            .to_owned()
    } else {
        page.word("unit.percent_long").to_owned()
    }
}

fn quadrant_word(page: PageContext<'_>, quadrant: Option<Quadrant>) -> &str {
    page.word(&format!(
        "sentence.quadrant.{}",
        quadrant.map_or("on_line", Quadrant::name)
    ))
}

fn shape(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, part: Part, found: &Quadrants) -> Shape {
    let of = |standing: &Standing| {
        let figures = format!(
            "{}; {}",
            level(page, indicator, standing.level),
            change(page, indicator, standing.change)
        );
        let word = quadrant_word(page, standing.quadrant);
        let said = format!("{}: {figures}; {word}", page.place_name(standing.place));
        point(page, spec, standing.place, [standing.level, standing.change], said)
    };
    let mut points: Vec<Point> = found.standings.iter().map(of).collect();
    name_ends(&mut points);
    let format = &page.locale.format;
    let name = indicator.name.in_language(page.code());
    let last = format.period(found.periods[1]);
    let sex = sex(page, part);
    let across = listed(&[name, &sex, &last, unit_in_words(page, &indicator.unit)]);
    let span = span(page, found.periods);
    let upright = listed(&[
        &format!("{} {span}", page.word("sentence.column.change")),
        &change_unit(page, indicator),
    ]);
    let decimals = measure::change_decimals(indicator);
    let name = match found.centre {
        Centre::Place(place) => page.place_name(place),
        Centre::Mean => page.word("sentence.quadrant.mean_alone"),
    };
    let [at, moved] = found.lines;
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
        lines: found.lines,
        line_name,
        corners,
    }
}

fn description(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator, found: &Quadrants) -> String {
    let format = &page.locale.format;
    let count = found.standings.len().to_string();
    let [from, to] = found.periods.map(|period| format.period(period));
    let centre = centre(page, found);
    let mut sentences = vec![page.fill(
        "sentence.chart.quadrants",
        &[("n", &count), ("from", &from), ("to", &to), ("centre", &centre)],
    )];
    let own = |place: &PlaceId| page.home() == Some(*place) || spec.selection.places.contains(place);
    for standing in found.standings.iter().filter(|standing| own(&standing.place)) {
        let how = standing.quadrant.map_or("on_line", Quadrant::name);
        let arguments = [
            ("place", page.place_name(standing.place)),
            ("centre", &centre),
            ("level", &level(page, indicator, standing.level)),
            ("change", &change(page, indicator, standing.change)),
        ];
        sentences.push(page.fill(&format!("sentence.chart.quadrant_{how}"), &arguments));
    }
    let of = |quadrant: Option<Quadrant>| {
        found
            .standings
            .iter()
            .filter(|standing| standing.quadrant == quadrant)
            .count()
            .to_string()
    };
    sentences.push(page.fill(
        "sentence.chart.quadrant_counts",
        &[
            ("ahead", &of(Some(Quadrant::PullingAhead))),
            ("losing", &of(Some(Quadrant::LosingPace))),
            ("catching", &of(Some(Quadrant::CatchingUp))),
            ("behind", &of(Some(Quadrant::FallingBehind))),
        ],
    ));
    if of(None) != "0" {
        sentences.push(page.fill("sentence.chart.quadrant_even", &[("n", &of(None)), ("centre", &centre)]));
    }
    sentences.join(" ")
}

fn columns(page: PageContext<'_>, indicator: &Indicator, periods: Option<[Period; 2]>) -> Vec<Column> {
    let unit = table::unit(page, &indicator.unit);
    let of = |period: Period| table::numbers(page.locale.format.period(period), unit.clone());
    let change = if measure::in_points(indicator) {
        table::difference_unit(page, &indicator.unit)
    } else {
        Some("%".to_owned())
    };
    let mut columns = vec![table::texts(page.word("sentence.column.place"))];
    columns.extend(periods.into_iter().flatten().map(of));
    columns.push(table::numbers(page.word("sentence.column.change"), change));
    columns.push(table::texts(page.word("sentence.column.quadrant")));
    columns
}

/// Best level first; places without both numbers last, and the country after all.
fn table(page: PageContext<'_>, indicator: &Indicator, part: Part, found: &Quadrants, places: &[PlaceId]) -> Table {
    let mut standings: Vec<&Standing> = found.standings.iter().collect();
    standings.sort_by(|a, b| match indicator.better {
        Better::Lower => a.level.total_cmp(&b.level),
        Better::Higher | Better::Neither => b.level.total_cmp(&a.level),
    });
    let observed = |place| {
        found
            .periods
            .map(|period| table::observation(page, indicator, place, part, period))
    };
    let changed = |change: Option<f64>| {
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
    let nothing = || Cell {
        text: "–".to_owned(),
        missing: Some(page.word("sentence.no_value").to_owned()),
        ..Cell::default()
    };
    let row = |place: PlaceId, change: Option<f64>, last: Cell| {
        let cells = observed(place).into_iter().chain([changed(change), last]);
        placed(page, place, cells.collect())
    };
    let of = |standing: &&Standing| {
        let word = Cell {
            text: quadrant_word(page, standing.quadrant).to_owned(),
            ..Cell::default()
        };
        row(standing.place, Some(standing.change), word)
    };
    let without = places
        .iter()
        .filter(|place| !found.standings.iter().any(|standing| standing.place == **place));
    let mut rows: Vec<TableRow> = standings.iter().map(of).collect();
    rows.extend(without.map(|place| row(*place, None, nothing())));
    if let Centre::Place(country) = found.centre {
        let lines = Cell {
            text: page.word("sentence.quadrant.lines").to_owned(),
            ..Cell::default()
        };
        rows.push(row(country, Some(found.lines[1]), lines));
    }
    let caption = measure_line(page, indicator, part, "", &span(page, found.periods));
    table::table(caption, columns(page, indicator, Some(found.periods)), rows)
}
