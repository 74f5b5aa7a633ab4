//! Lines over time: the own place, the country, others by name; all other places as a band.

use crate::chart::{Band, Shape};
use crate::measure;
use crate::measure::Spread;
use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::Table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{measure_line, period_span, place_names};
use crate::render::figure::tables::place_cell;
use crate::render::figure::{lines, select, target_line};

/// Places a band needs to say more than a line would.
const BAND_OF: usize = 3;

pub(super) fn trend<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> ChartContent<'a> {
    let part = spec.selection.part();
    let places = select::line_places(page, spec, indicator);
    let mut periods = select::periods(page, spec, indicator, &places, part);
    let main = select::main_place(page, spec).filter(|place| places.contains(place) && part == Part::TOTAL);
    let path = main
        .and_then(|place| target_line::path(page, indicator, place))
        .filter(|_| !periods.is_empty());
    let axis = target_line::axis(page, indicator, path.as_ref(), &mut periods, &spec.selection);
    let all_others = band_places(page, spec, indicator, &places);
    let outlier = outlier(indicator, part, &axis, &all_others);
    let others: Vec<PlaceId> = all_others
        .iter()
        .copied()
        .filter(|place| outlier != Some(*place))
        .collect();
    let spreads: Vec<Option<Spread>> = axis
        .iter()
        .map(|period| measure::spread(indicator, part, *period, &others))
        .collect();
    let has_band = spreads.iter().flatten().any(|spread| spread.count >= BAND_OF);
    let breaks = lines::breaks(indicator, &places, &periods, part);
    let shape = (!periods.is_empty()).then(|| Shape::Trend {
        periods: axis.iter().map(|period| page.locale.format.period(*period)).collect(),
        positions: axis.iter().map(|period| period.position()).collect(),
        lines: lines::lines(page, spec, indicator, &places, &axis, part),
        band: has_band.then(|| band(page, &spreads, outlier, lines::cuts(indicator, None, part, &axis))),
        breaks: lines::break_marks(page, &breaks, &periods),
        target: path
            .as_ref()
            .and_then(|path| target_line::mark(page, indicator, path, &axis)),
    });
    let mut sentences = vec![page.fill("sentence.chart.trend", &[("span", &period_span(page, &periods))])];
    sentences.extend(
        places
            .iter()
            .filter_map(|place| lines::line_sentence(page, indicator, *place, &periods, part)),
    );
    sentences.extend(lines::break_sentences(page, &breaks));
    if let Some(place) = outlier.filter(|_| has_band)
        && let Some(highest) = axis
            .iter()
            .filter_map(|period| measure::value(indicator, place, part, *period))
            .reduce(f64::max)
    {
        let highest = page.locale.format.value(highest, &indicator.unit, page.code());
        sentences.push(page.fill(
            "sentence.chart.outlier",
            &[("place", page.place_name(place)), ("value", &highest)],
        ));
    }
    if has_band {
        sentences.push(page.word("sentence.chart.band").to_owned());
    }
    let caption = measure_line(page, indicator, part, "", &period_span(page, &periods));
    let mut table = table(page, indicator, &places, &axis, part, caption);
    if has_band {
        add_band_columns(page, indicator, &spreads, &mut table);
    }
    if let Some(path) = &path {
        sentences.push(target_line::sentence(page, indicator, path));
        target_line::add_column(page, indicator, path, &axis, &mut table);
    }
    ChartContent {
        shape,
        unit: indicator.unit.clone(),
        subtitle: measure_line(
            page,
            indicator,
            part,
            &place_names(page, &places),
            &period_span(page, &periods),
        ),
        description: sentences.join(" "),
        table,
        indicators: vec![indicator],
    }
}

/// Places of the main place's level that have no line of their own.
fn band_places(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    line_places: &[PlaceId],
) -> Vec<PlaceId> {
    let Some(main) = select::main_place(page, spec) else {
        return Vec::new();
    };
    // Totals of large places would leave no room for one's own line.
    if page.site.places[main].level == Level::Country || !indicator.comparable {
        return Vec::new();
    }
    page.peers_of(main)
        .into_iter()
        .filter(|place| !line_places.contains(place))
        .collect()
}

/// How many times higher than any other a place must be to be left out of the band, which it would flatten all lines in.
const OUTLYING: f64 = 2.5;

/// The one place that is far above all others in every period; `None` where there is none.
fn outlier(indicator: &Indicator, part: Part, periods: &[Period], places: &[PlaceId]) -> Option<PlaceId> {
    let highest_two = |period: &Period| {
        let mut ranked: Vec<(f64, PlaceId)> = places
            .iter()
            .filter_map(|place| Some((measure::value(indicator, *place, part, *period)?, *place)))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let [first, second, ..] = ranked.as_slice() else {
            return None;
        };
        Some((second.0 > 0.0 && first.0 > OUTLYING * second.0).then_some(first.1))
    };
    let mut found = periods.iter().filter_map(highest_two);
    let first = found.next()??;
    found.all(|place| place == Some(first)).then_some(first)
}

fn band(page: PageContext<'_>, spreads: &[Option<Spread>], outlier: Option<PlaceId>, cut: Vec<bool>) -> Band {
    let numbers = |number: fn(&Spread) -> f64| spreads.iter().map(|spread| spread.as_ref().map(number)).collect();
    Band {
        name: match outlier {
            Some(place) => page.fill("sentence.band_without", &[("place", page.place_short(place))]),
            None => page.word("sentence.band").to_owned(),
        },
        median_name: page.word("sentence.median").to_owned(),
        low: numbers(|spread| spread.low),
        high: numbers(|spread| spread.high),
        median: numbers(|spread| spread.median),
        cut,
    }
}

/// A row a period, a column a place.
fn table(
    page: PageContext<'_>,
    indicator: &Indicator,
    places: &[PlaceId],
    periods: &[Period],
    part: Part,
    caption: String,
) -> Table {
    let unit = table::unit(page, &indicator.unit);
    let mut columns = vec![table::texts(page.word("sentence.column.period"))];
    columns.extend(
        places
            .iter()
            .map(|place| table::numbers(page.place_name(*place), unit.clone())),
    );
    let rows = periods.iter().map(|period| {
        let cell = |place: &PlaceId| {
            let cell = table::observation(page, indicator, *place, part, *period);
            place_cell(page, *place, cell)
        };
        table::row(page.locale.format.period(*period), places.iter().map(cell).collect())
    });
    table::table(caption, columns, rows.collect())
}

/// Columns for median, lowest and highest of the places in the band.
fn add_band_columns(page: PageContext<'_>, indicator: &Indicator, spreads: &[Option<Spread>], table: &mut Table) {
    let unit = table::unit(page, &indicator.unit);
    let words = ["sentence.column.median", "sentence.column.low", "sentence.column.high"];
    table
        .columns
        .extend(words.map(|word| table::numbers(page.word(word), unit.clone())));
    for (row, spread) in table.rows.iter_mut().zip(spreads) {
        let spread = spread.as_ref();
        let numbers = [
            spread.map(|spread| spread.median),
            spread.map(|spread| spread.low),
            spread.map(|spread| spread.high),
        ];
        row.cells
            .extend(numbers.map(|number| table::number(page, number, &indicator.unit)));
    }
}
