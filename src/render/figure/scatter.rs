//! Two indicators against each other, and how strongly they go together.

use crate::chart::{Point, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::Table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{comma_list, in_sentence, place_count, sex_word, unit_in_words};
use crate::render::figure::points::{dimension, label_points, point, point_places};
use crate::render::figure::tables::place_row;

/// Linear and rank correlation further apart than this show that a few places decide the former.
const AT_ODDS: f64 = 0.2;
/// With fewer places than this, chance decides much.
const FEW: usize = 10;

/// Places with numbers of both indicators, and the period of each indicator.
struct PlacePairs {
    places: Vec<(PlaceId, [f64; 2])>,
    periods: [Period; 2],
}

pub(super) fn scatter<'a>(page: PageContext<'a>, spec: &ChartSpec, both: [&'a Indicator; 2]) -> ChartContent<'a> {
    let part = spec.selection.part();
    let places = point_places(page, spec, &both);
    let pairs = pairs(spec, both, &places);
    let count = place_count(page, spec, &places);
    let subtitle = subtitle(page, both, part, pairs.as_ref(), &count);
    let table = if let Some(pairs) = &pairs {
        table(page, both, part, pairs, &places, &subtitle)
    } else {
        let columns = vec![table::texts(page.word("sentence.column.place"))];
        table::table(subtitle.clone(), columns, Vec::new())
    };
    ChartContent {
        shape: pairs.as_ref().map(|pairs| shape(page, spec, both, part, pairs)),
        unit: both[1].unit.clone(),
        subtitle,
        description: pairs.map_or(String::new(), |pairs| description(page, spec, both, &pairs)),
        table,
        indicators: both.to_vec(),
    }
}

/// The correlation of two indicators, as a note below the chart; `None` where no place has both.
pub(super) fn remark(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2]) -> Option<String> {
    let pairs = pairs(spec, both, &point_places(page, spec, &both))?;
    Some(correlation(page, &pairs).join(" "))
}

/// Numbers of both indicators, in a period they share or the two that lie nearest; `None` where no place has both.
fn pairs(spec: &ChartSpec, both: [&Indicator; 2], places: &[PlaceId]) -> Option<PlacePairs> {
    let selection = &spec.selection;
    let part = selection.part();
    let inside = |period: &Period| {
        let is_selected = selection
            .period
            .is_none_or(|selected| selected.to_string() == period.to_string());
        is_selected
            && selection.from.is_none_or(|from| period.year() >= from.year())
            && selection.to.is_none_or(|to| period.year() <= to.year())
    };
    let shared = both.map(|indicator| {
        let periods = measure::shared_periods(indicator, part, places);
        periods.into_iter().filter(inside).collect::<Vec<Period>>()
    });
    let periods = measure::nearest_periods(&shared[0], &shared[1])?;
    let pair = |place: &PlaceId| {
        let value = |axis: usize| measure::value(both[axis], *place, part, periods[axis]);
        Some((*place, [value(0)?, value(1)?]))
    };
    let places: Vec<(PlaceId, [f64; 2])> = places.iter().filter_map(pair).collect();
    (!places.is_empty()).then_some(PlacePairs { places, periods })
}

/// Both indicators with their periods: once where they share one.
fn subtitle(
    page: PageContext<'_>,
    both: [&Indicator; 2],
    part: Part,
    pairs: Option<&PlacePairs>,
    place_count: &str,
) -> String {
    let [x, y] = both.map(|indicator| indicator.name.in_language(page.code()));
    let y = in_sentence(y);
    let sex = sex_word(page, part);
    let pair = |x: &str, y: &str| page.fill("sentence.pair", &[("x", x), ("y", y)]);
    let Some(pairs) = pairs else {
        return comma_list(&[&pair(x, &y), &sex, place_count]);
    };
    let [x_period, y_period] = pairs.periods.map(|period| page.locale.format.period(period));
    if x_period == y_period {
        return comma_list(&[&pair(x, &y), &sex, place_count, &x_period]);
    }
    let dated_pair = pair(&format!("{x} ({x_period})"), &format!("{y} ({y_period})"));
    comma_list(&[&dated_pair, &sex, place_count])
}

fn values(page: PageContext<'_>, both: [&Indicator; 2], at: [f64; 2]) -> [String; 2] {
    let value = |axis: usize| page.locale.format.value(at[axis], &both[axis].unit, page.code());
    [value(0), value(1)]
}

fn shape(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2], part: Part, pairs: &PlacePairs) -> Shape {
    let pair_point = |place: PlaceId, at: [f64; 2]| {
        let label = format!("{}: {}", page.place_name(place), values(page, both, at).join("; "));
        point(page, spec, place, at, label)
    };
    let mut points: Vec<Point> = pairs.places.iter().map(|(place, at)| pair_point(*place, *at)).collect();
    label_points(&mut points);
    points.extend(country(page, both, part, pairs).map(|(place, at)| pair_point(place, at)));
    let axis = |axis: usize| {
        let indicator = both[axis];
        let period = page.locale.format.period(pairs.periods[axis]);
        let name = indicator.name.in_language(page.code());
        let title = comma_list(&[name, &period, unit_in_words(page, &indicator.unit)]);
        dimension(page, title, &indicator.unit, indicator.unit.decimals)
    };
    Shape::Scatter {
        axes: [axis(0), axis(1)],
        points,
    }
}

/// The country beside the places; it does not count in the correlation. Totals of a country would leave no room for others.
fn country(
    page: PageContext<'_>,
    both: [&Indicator; 2],
    part: Part,
    pairs: &PlacePairs,
) -> Option<(PlaceId, [f64; 2])> {
    let country = page
        .country()
        .filter(|_| both.iter().all(|indicator| indicator.comparable))?;
    let value = |axis: usize| measure::value(both[axis], country, part, pairs.periods[axis]);
    Some((country, [value(0)?, value(1)?]))
}

fn description(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2], pairs: &PlacePairs) -> String {
    let [x, y] = both.map(|indicator| indicator.name.in_language(page.code()));
    let [from, to] = pairs.periods.map(|period| page.locale.format.period_in_text(period));
    let count = pairs.places.len().to_string();
    let mut sentences = vec![page.fill(
        "sentence.chart.scatter",
        &[
            ("n", &count),
            ("x", x),
            ("x_period", &from),
            ("y", y),
            ("y_period", &to),
        ],
    )];
    let is_told = |place: &PlaceId| page.home() == Some(*place) || spec.selection.places.contains(place);
    for (place, at) in pairs.places.iter().filter(|(place, _)| is_told(place)) {
        let [a, b] = values(page, both, *at);
        let arguments = [("place", page.place_name(*place)), ("x", &a), ("y", &b)];
        sentences.push(page.fill("sentence.chart.scatter_own", &arguments));
    }
    sentences.extend(correlation(page, pairs));
    sentences.join(" ")
}

/// The correlation in sentences: the coefficient with its interval, and that it is no cause.
fn correlation(page: PageContext<'_>, pairs: &PlacePairs) -> Vec<String> {
    let numbers: Vec<(f64, f64)> = pairs.places.iter().map(|(_, [x, y])| (*x, *y)).collect();
    let count = numbers.len().to_string();
    let mut sentences = Vec::new();
    if pairs.periods[0].year() != pairs.periods[1].year() {
        let [a, b] = pairs.periods.map(|period| page.locale.format.period_in_text(period));
        sentences.push(page.fill("sentence.correlation.periods", &[("x_period", &a), ("y_period", &b)]));
    }
    let Some((linear, by_rank)) = measure::pearson(&numbers).zip(measure::spearman(&numbers)) else {
        sentences.push(page.fill("sentence.correlation.unknown", &[("n", &count)]));
        return sentences;
    };
    let number = |coefficient: f64| page.locale.format.number(coefficient, 2);
    let (r, rho) = (number(linear), number(by_rank));
    let Some([low, high]) = measure::correlation_interval(linear, numbers.len()) else {
        sentences.push(page.fill("sentence.correlation.unknown", &[("n", &count)]));
        return sentences;
    };
    let path = if low > 0.0 {
        "sentence.correlation.positive"
    } else if high < 0.0 {
        "sentence.correlation.negative"
    } else {
        "sentence.correlation.either"
    };
    let (low, high) = (number(low), number(high));
    let words = [("r", &*r), ("low", &low), ("high", &high), ("rho", &rho), ("n", &count)];
    sentences.push(page.fill(path, &words));
    if (linear - by_rank).abs() >= AT_ODDS {
        sentences.push(page.word("sentence.correlation.at_odds").to_owned());
    }
    if numbers.len() < FEW {
        sentences.push(page.word("sentence.correlation.few").to_owned());
    }
    sentences.push(page.word("sentence.correlation.no_cause").to_owned());
    sentences
}

/// Places by the first indicator, highest first; those without both numbers last, and the country after all.
fn table(
    page: PageContext<'_>,
    both: [&Indicator; 2],
    part: Part,
    pairs: &PlacePairs,
    places: &[PlaceId],
    caption: &str,
) -> Table {
    let column = |axis: usize| {
        let name = both[axis].short.in_language(page.code());
        let period = page.locale.format.period(pairs.periods[axis]);
        table::numbers(format!("{name} {period}"), table::unit(page, &both[axis].unit))
    };
    let row = |place: PlaceId| {
        let cell = |axis: usize| table::observation(page, both[axis], place, part, pairs.periods[axis]);
        place_row(page, place, vec![cell(0), cell(1)])
    };
    let mut order: Vec<&(PlaceId, [f64; 2])> = pairs.places.iter().collect();
    order.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]));
    let without = places
        .iter()
        .filter(|place| !pairs.places.iter().any(|(paired, _)| paired == *place));
    let last = country(page, both, part, pairs).map(|(place, _)| place);
    let in_order = order
        .into_iter()
        .map(|(place, _)| *place)
        .chain(without.copied())
        .chain(last);
    let columns = vec![table::texts(page.word("sentence.column.place")), column(0), column(1)];
    table::table(caption.to_owned(), columns, in_order.map(row).collect())
}
